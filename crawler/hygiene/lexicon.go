package hygiene

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// term is what a word or phrase of up to four words says. Words of a list
// stand in the folded form of a scan: lower case, without accents.
type term struct {
	id      int
	game    int  // a game of chance: 1 may be one, 2 is one
	trade   int  // how such games are sold: 1 others sell so too, 2 nobody else does
	report  int  // how one reports on them, or warns of them
	deface  int  // how a page is signed by who broke in
	sure    bool // a game or a sale that cannot be anything else
	invites bool // speaks to a customer
	piece   bool // is found in words that are written together
	begins  bool // phrases begin with it
}

type lexicon struct {
	terms  map[string]*term
	hashes [1 << 11]uint32    // of all terms, as bits: what is not there is no term
	pieces [26 * 26 * 26]bool // by the first three letters of pieces
}

// The hash is FNV-1a.
const (
	hashSeed  = 2166136261
	hashPrime = 16777619
)

func hashOf(word string) uint32 {
	h := uint32(hashSeed)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * hashPrime
	}
	return h
}

// mayHave is false for the hash of a word that is no term.
func (l *lexicon) mayHave(h uint32) bool { return l.hashes[h>>5&(1<<11-1)]&(1<<(h&31)) != 0 }

// triple is a number of the first three letters, which must be lower-case.
func triple[T string | []byte](word T) int {
	return (int(word[0]-'a')*26+int(word[1]-'a'))*26 + int(word[2]-'a')
}

const (
	minPiece = 3  // bytes
	maxPiece = 11 // bytes
)

// theLexicon is built at the first use and never changed.
var theLexicon = sync.OnceValue(buildLexicon)

func buildLexicon() *lexicon {
	l := &lexicon{terms: make(map[string]*term, 1500)}
	l.each(sureGames, func(t *term) { t.game, t.sure = 2, true })
	l.each(newsGames, func(t *term) { t.game, t.sure = 1, true })
	l.each(maybeGames, func(t *term) { t.game = 1 })
	l.each(sureTrade, func(t *term) { t.trade = 2 })
	l.each(shopTalk, func(t *term) { t.trade, t.sure = 2, true })
	l.each(maybeTrade, func(t *term) { t.trade = 1 })
	l.each(invitations, func(t *term) { t.invites = true })
	l.each(pieces, func(t *term) { t.piece = true })
	l.each(sureReport, func(t *term) { t.report = 2 })
	l.each(maybeReport, func(t *term) { t.report = 1 })
	l.each(sureDeface, func(t *term) { t.deface = 3 })
	l.each(likelyDeface, func(t *term) { t.deface = 2 })
	l.each(maybeDeface, func(t *term) { t.deface = 1 })
	for _, phrase := range slices.Collect(maps.Keys(l.terms)) {
		for i := range len(phrase) {
			if phrase[i] == ' ' {
				l.term(phrase[:i]).begins = true
			}
		}
	}
	for phrase := range l.terms {
		h := hashOf(phrase)
		l.hashes[h>>5&(1<<11-1)] |= 1 << (h & 31)
	}
	return l
}

func (l *lexicon) each(list string, set func(*term)) {
	for phrase := range strings.SplitSeq(list, ",") {
		phrase = strings.Join(strings.Fields(phrase), " ")
		if phrase == "" {
			continue
		}
		t := l.term(phrase)
		set(t)
		if t.piece {
			l.pieces[triple(phrase)] = true
		}
	}
}

func (l *lexicon) term(phrase string) *term {
	t := l.terms[phrase]
	if t == nil {
		t = &term{id: len(l.terms)}
		l.terms[phrase] = t
	}
	return t
}
