package similar

import (
	"cmp"
	"slices"
)

// Text is a text made ready to be compared. It does not change.
type Text struct {
	words    int
	shingles []uint64 // hashes of three words in a row, sorted, each once
	head     []uint64 // those of the beginning, in order
	facts    []fact   // sorted by the words around them
	tokens   []token
	marks    Marks
}

// fact is a number, a date or a name.
type fact struct {
	around uint64   // hash of the words around it
	words  []uint64 // hashes, sorted
	kind   kind
	date   bool
}

const (
	shingle   = 3    // words
	headWords = 24   // of the beginning that has to be alike
	maxWords  = 4000 // of a text that are looked at
	maxAlike  = 32   // facts in the same words that are compared
	maxFact   = 16   // words of a fact
)

// Read makes a text ready: its title and its body, a line a paragraph.
func Read(title, body string) *Text {
	head, lines := scan(title, body)
	t := &Text{}
	t.collect(head)
	var tokens []token
	for _, line := range lines {
		t.collect(line)
		tokens = append(tokens, line...)
	}
	slices.SortFunc(t.facts, func(a, b fact) int { return cmp.Compare(a.around, b.around) })
	t.words, t.tokens = len(tokens), tokens
	t.cut(tokens)
	return t
}

// cut makes the shingles and draws the marks.
func (t *Text) cut(tokens []token) {
	var telling, common []uint64
	for i := 0; i+shingle <= len(tokens); i++ {
		hash, rich := join(tokens[i : i+shingle])
		t.shingles = append(t.shingles, hash)
		if rich {
			telling = append(telling, hash)
		} else {
			common = append(common, hash)
		}
	}
	t.head = slices.Clone(t.shingles[:min(len(t.shingles), headWords)])
	slices.Sort(t.shingles)
	t.shingles = slices.Compact(t.shingles)
	t.marks = draw(telling, common)
}

// Marks are the numbers by which copies of the text are found.
func (t *Text) Marks() Marks { return slices.Clone(t.marks) }

// join is the hash of words in a row; rich ones hold a fact.
func join(tokens []token) (hash uint64, rich bool) {
	for _, t := range tokens {
		hash = mix(hash ^ t.hash)
		rich = rich || t.kind != plain
	}
	return hash, rich
}

// draw takes the smallest hashes: the same choice in every text that holds
// them (Broder, "On the resemblance and containment of documents", 1997). Words
// around facts come first, since other sequences stand in many texts.
func draw(telling, common []uint64) Marks {
	var marks Marks
	for _, list := range [][]uint64{telling, common} {
		slices.Sort(list)
		for _, hash := range slices.Compact(list) {
			if len(marks) == MaxMarks {
				return marks
			}
			marks = append(marks, uint32(hash>>32))
		}
	}
	return marks
}

// collect keeps the facts of a line by the two words before and behind them.
// Other facts among these words count by their kind, so that "beras 13.500
// rupiah" and "beras 14.000 rupiah" stand in the same words.
func (t *Text) collect(line []token) {
	for i := 0; i < len(line); {
		end := i + 1
		if line[i].kind == plain {
			i = end
			continue
		}
		for end < min(len(line), i+maxFact) && line[end].kind == line[i].kind {
			end++
		}
		t.facts = append(t.facts, factOf(line, i, end))
		i = end
	}
}

func factOf(line []token, from, to int) fact {
	f := fact{kind: line[from].kind, words: make([]uint64, 0, to-from)}
	for _, t := range line[from:to] {
		f.words = append(f.words, t.hash)
		f.date = f.date || t.date
	}
	slices.Sort(f.words)
	f.words = slices.Compact(f.words)
	f.around = mix(uint64(f.kind))
	for _, k := range [...]int{from - 2, from - 1, to, to + 1} {
		switch {
		case k < 0 || k >= len(line):
			f.around = mix(f.around ^ 1)
		case line[k].kind == plain:
			f.around = mix(f.around ^ line[k].hash)
		default:
			f.around = mix(f.around ^ uint64(line[k].kind)<<8)
		}
	}
	return f
}

// same tells whether two facts of one kind mean the same: numbers are equal,
// of dates and names one may tell less than the other.
func (f fact) same(other fact) bool {
	if f.kind == number && !f.date {
		return slices.Equal(f.words, other.words)
	}
	both := 0
	for _, w := range f.words {
		if slices.Contains(other.words, w) {
			both++
		}
	}
	fewer := min(len(f.words), len(other.words))
	if f.date {
		return both == fewer
	}
	return 2*both >= fewer && both > 0
}

// mix spreads a number over all bits (the finalizer of MurmurHash3, Appleby).
func mix(h uint64) uint64 {
	h += 0x9e3779b97f4a7c15
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
