// Package similar tells which articles are the same text in nearly the same
// words, as when several portals print one press release. It is pure: texts
// in, an answer out.
//
// Regional news is full of texts that look alike and are not the same: price
// lists of two weeks, the weather of two towns, two death notices. They share
// their sentences and differ in their facts, so facts decide: a number or name
// that stands in the same words but is another one speaks against a copy.
package similar

import (
	"cmp"
	"slices"
)

// Marks are a few numbers drawn from a text such that copies share half of them
// or more and other texts hardly any. A store keeps them to find candidates.
type Marks []uint32

// MaxMarks is the largest number of marks of a text.
const MaxMarks = 10

// Likeness is what two texts have in common.
type Likeness struct {
	Shared    float64 // of the sequences of three words of both, those in both (Jaccard)
	Contained float64 // of those of the shorter text, those in the longer
	Head      float64 // of those at the beginning of either, those in the other; the lesser
	Agree     int     // facts in the same words that are the same
	Differ    int     // and that are not
	Dates     int     // of those that differ, parts of dates
	Swaps     int     // topics of one text that stand where the other has another, again and again
	Words     int     // of the shorter text
}

// Copies tells whether two texts of different publishers are the same text.
func (l Likeness) Copies() bool {
	if l.Words < minWords || !l.close() {
		return false
	}
	others := l.Differ - l.Dates + l.Swaps
	if l.formulaic() {
		// One number makes it the text of another day or place.
		return l.Dates == 0 && others*12 <= l.Agree
	}
	if l.Dates > 0 {
		// The same release of the next day has another date and no more.
		return l.Dates <= 3 && others*20 <= l.Agree
	}
	return others*8 <= l.Agree
}

// Reprint tells whether two texts of one publisher are the same text. A
// publisher's own series look more alike than copies by others do.
func (l Likeness) Reprint() bool {
	return l.Copies() && l.Shared >= .7 && l.Differ+l.Swaps == 0
}

const (
	minWords  = 25  // shorter texts are captions and notices
	longWords = 110 // longer texts are prose, where a release may be redated
)

// close tells whether most words are the same, or all of a text that was cut.
// What two texts share only at their end is what a publisher puts below all.
func (l Likeness) close() bool {
	if l.Head < .4 && l.Shared < .8 {
		return false
	}
	return l.Shared >= .47 || l.Shared >= .3 && l.Contained >= .85
}

// formulaic tells whether the facts are what the text is made for.
func (l Likeness) formulaic() bool {
	return l.Words < longWords || 6*(l.Agree+l.Differ) > l.Words
}

// Compare tells what two texts have in common.
func Compare(a, b *Text) Likeness {
	both := common(a.shingles, b.shingles)
	fewer := min(len(a.shingles), len(b.shingles))
	l := Likeness{Words: min(a.words, b.words), Head: min(part(a.head, b.shingles), part(b.head, a.shingles))}
	if fewer > 0 {
		l.Contained = float64(both) / float64(fewer)
		l.Shared = float64(both) / float64(len(a.shingles)+len(b.shingles)-both)
	}
	for these, those := a.facts, b.facts; len(these) > 0 && len(those) > 0; {
		switch around := these[0].around; cmp.Compare(around, those[0].around) {
		case -1:
			these = these[1:]
		case 1:
			those = those[1:]
		default:
			n, m := run(these), run(those)
			l.weigh(these[:n], those[:m])
			these, those = these[n:], those[m:]
		}
	}
	if l.close() {
		l.Swaps = swaps(a.tokens, b.tokens)
	}
	return l
}

// run is the number of facts that stand in the same words as the first.
func run(facts []fact) int {
	n := 1
	for n < len(facts) && facts[n].around == facts[0].around {
		n++
	}
	return n
}

// weigh counts which of the facts that stand in the same words are the same.
func (l *Likeness) weigh(these, those []fact) {
	if len(those) < len(these) {
		these, those = those, these
	}
	these, those = these[:min(len(these), maxAlike)], those[:min(len(those), maxAlike)]
	for _, f := range these {
		switch {
		case slices.ContainsFunc(those, f.same):
			l.Agree++
		default:
			l.Differ++
			if f.date {
				l.Dates++
			}
		}
	}
}

// common is the number of elements in both of two sorted lists.
func common(a, b []uint64) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch cmp.Compare(a[0], b[0]) {
		case -1:
			a = a[1:]
		case 1:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// part is the share of a list that is in a sorted one; 1 for an empty list.
func part(list, sorted []uint64) float64 {
	if len(list) == 0 {
		return 1
	}
	n := 0
	for _, s := range list {
		if _, found := slices.BinarySearch(sorted, s); found {
			n++
		}
	}
	return float64(n) / float64(len(list))
}
