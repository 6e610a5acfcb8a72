package similar

// swaps counts the words of one text that stand, twice or more, where the
// other text has another word, while neither stands in the other text: a
// bridge here, a school there. Words that a newsroom only prefers are exempt
// (topical), and what is swapped once may be one of them.
func swaps(a, b []token) int {
	inA, inB := topics(a), topics(b)
	places := make(map[uint64]uint64, len(b))
	for i, t := range b {
		if t.topic && t.kind == plain && !inA[t.hash] {
			places[place(b, i)] = t.hash
		}
	}
	times := make(map[[2]uint64]int)
	for i, t := range a {
		if !t.topic || t.kind != plain || inB[t.hash] {
			continue
		}
		if other, ok := places[place(a, i)]; ok {
			times[[2]uint64{t.hash, other}]++
		}
	}
	n := 0
	for _, count := range times {
		if count > 1 {
			n++
		}
	}
	return n
}

func topics(tokens []token) map[uint64]bool {
	set := make(map[uint64]bool, len(tokens))
	for _, t := range tokens {
		if t.topic {
			set[t.hash] = true
		}
	}
	return set
}

// place is a hash of the two words before a word and the two behind it.
func place(tokens []token, at int) uint64 {
	var around uint64
	for _, k := range [...]int{at - 2, at - 1, at + 1, at + 2} {
		if k < 0 || k >= len(tokens) {
			around = mix(around ^ 1)
			continue
		}
		around = mix(around ^ tokens[k].hash)
	}
	return around
}
