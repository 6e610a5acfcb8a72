package hygiene

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence is what the words of one sentence say, each term counted once.
type sentence struct {
	words                       int
	game, trade, report, deface int
	sure                        int  // terms that cannot be anything else
	disguised                   int  // words that are written to pass filters
	brands                      int  // made-up names of sites
	quotes                      bool // some of it stands in quotation marks
	first, last                 int  // bytes of the text
}

// maxSentence ends sentences that never end, in words; landing pages seldom
// use a full stop.
const maxSentence = 40

// scan reads a text sentence by sentence.
type scan struct {
	lexicon *lexicon
	each    func(sentence)
	met     map[int]bool // sure terms of all sentences

	s       sentence
	seen    []int  // terms of the sentence
	buf     []byte // its words in folded form, parted by blanks
	starts  []int  // where the last words begin in buf
	letters []byte // letters standing alone, one after the other
}

func newScan(each func(sentence)) *scan {
	return &scan{lexicon: theLexicon(), each: each, met: make(map[int]bool)}
}

// text reads one block; sentences do not reach beyond it.
func (c *scan) text(text string) {
	c.s = sentence{}
	for i := 0; i < len(text); {
		from, to, ends := nextWord(text, i)
		if ends && c.s.words > 0 {
			c.end()
		}
		if from == to {
			break
		}
		if from > i+1 && strings.ContainsAny(text[i:from], "\"“”„«»") {
			c.s.quotes = true
		}
		if c.s.words == 0 && len(c.letters) == 0 {
			c.s.first = from
		}
		c.raw(text[from:to])
		c.s.last = to
		i = to
		if c.s.words >= maxSentence {
			c.end()
		}
	}
	c.end()
}

// end hands over the sentence.
func (c *scan) end() {
	c.spelled()
	if c.s.words > 0 {
		c.each(c.s)
	}
	c.s = sentence{}
	c.seen, c.buf, c.starts = c.seen[:0], c.buf[:0], c.starts[:0]
}

// nextWord finds the next word from i on, and whether a sentence ends before
// it. from equals to at the end of the text.
func nextWord(text string, i int) (from, to int, ends bool) {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if isWordRune(r) || inWord(r, text[i+size:], false) {
			break
		}
		switch r {
		case '\n', '\t', '•', '●', '✅', '🔥', '⭐', '➤', '»', '…':
			ends = true
		case '.', '!', '?', ';', '|':
			ends = ends || i+size >= len(text) || text[i+size] == ' ' || text[i+size] == '\n' || text[i+size] == '"'
		}
		i += size
	}
	from = i
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWordRune(r) && !unseen(r) && !inWord(r, text[i+size:], i > from) {
			break
		}
		i += size
	}
	return from, i, ends
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || r >= 0x1F130 && r <= 0x1F1FF || r >= 0x24B6 && r <= 0x24E9
}

// inWord tells the signs that stand for letters within a word.
func inWord(r rune, rest string, inside bool) bool {
	switch r {
	case '$', '@':
	case '!', '|':
		if !inside {
			return false
		}
	default:
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	return next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z'
}

// raw takes a word as it is written.
func (c *scan) raw(word string) {
	const maxWord = 120 // bytes; nothing that we know is longer
	if len(word) > maxWord {
		c.spelled()
		c.plain("", false)
		return
	}
	disguised := false
	if isASCII(word) {
		word = strings.ToLower(word)
	} else {
		word, disguised = fold(word)
	}
	if len(word) == 1 && word[0] >= 'a' && word[0] <= 'z' {
		c.letters = append(c.letters, word[0])
		return
	}
	c.spelled()
	c.word(word, disguised)
}

// spelled takes the letters that stand alone as one word: "S L O T".
func (c *scan) spelled() {
	if len(c.letters) == 0 {
		return
	}
	letters := string(c.letters)
	c.letters = c.letters[:0]
	if len(letters) < 4 {
		for i := range len(letters) {
			c.plain(letters[i:i+1], false)
		}
		return
	}
	c.word(letters, true)
}

// word takes a folded word: as it is, else as what its digits stand for, else
// as the words that it is made of.
func (c *scan) word(word string, disguised bool) {
	if c.lexicon.terms[word] != nil {
		c.plain(word, disguised)
		return
	}
	base, digits := word, false
	if hasDigitOrSign(word) {
		if base, digits = cutDigits(word); digits && c.lexicon.terms[base] == nil {
			base = unleetKnown(c.lexicon, base)
		}
		if !digits {
			if plain := unleetKnown(c.lexicon, word); plain != word {
				c.word(plain, true)
				return
			}
		}
	}
	parts := c.lexicon.split(base)
	switch {
	case len(parts) > 0:
		trade := c.s.trade
		for _, part := range parts {
			c.plain(part, disguised)
		}
		if digits {
			c.s.trade = trade // a name sells nothing
			c.brand()
		}
	case digits && len(base) >= 3 && lucky(word[len(base):]):
		c.plain(base, disguised)
		c.brand()
	case namesGames(base):
		c.plain(base, disguised)
		c.brand()
	default:
		c.plain(word, false)
	}
}

// plain counts a word and the phrases that end with it.
func (c *scan) plain(word string, disguised bool) {
	c.s.words++
	if word == "" {
		return
	}
	if len(c.buf) > 0 {
		c.buf = append(c.buf, ' ')
	}
	if len(c.starts) == maxPhrase {
		copy(c.starts, c.starts[1:])
		c.starts = c.starts[:maxPhrase-1]
	}
	c.starts = append(c.starts, len(c.buf))
	c.buf = append(c.buf, word...)
	last := len(c.starts) - 1
	for i := last; i >= 0; i-- {
		t := c.lexicon.terms[string(c.buf[c.starts[i]:])]
		switch {
		case t != nil:
			c.count(t, disguised)
		case i == last:
			t = stemmed(c.lexicon, word)
			if t != nil {
				c.count(t, disguised)
			}
		}
		if t != nil && i < last && t.game+t.trade > 0 {
			c.overrule(i)
		}
	}
}

// overrule takes back what the words of a phrase say of reporting: "anti
// blokir" is no report on blocking.
func (c *scan) overrule(start int) {
	for i := start; i < len(c.starts); i++ {
		end := len(c.buf)
		if i+1 < len(c.starts) {
			end = c.starts[i+1] - 1
		}
		if t := c.lexicon.terms[string(c.buf[c.starts[i]:end])]; t != nil && t.report > 0 {
			c.s.report = max(0, c.s.report-t.report)
		}
	}
}

// stemmed finds a word without the endings that Indonesian hangs on it.
func stemmed(l *lexicon, word string) *term {
	for _, ending := range [...]string{"nya", "lah", "kah", "pun"} {
		if base, found := strings.CutSuffix(word, ending); found && len(base) >= 4 {
			return l.terms[base]
		}
	}
	return nil
}

func (c *scan) count(t *term, disguised bool) {
	for _, id := range c.seen {
		if id == t.id {
			return
		}
	}
	c.seen = append(c.seen, t.id)
	c.s.game += t.game
	c.s.trade += t.trade
	c.s.report += t.report
	c.s.deface += t.deface
	if t.sure {
		c.s.sure++
		c.met[t.id] = true
	}
	if disguised && t.game+t.trade > 0 {
		c.s.disguised++
	}
}

// brand counts a name that is made like those of gambling sites, such as
// "kapal777" or "dewaslot"; two of them in a sentence at most.
func (c *scan) brand() {
	c.s.brands++
	for _, id := range [...]int{-1, -2} {
		before := len(c.seen)
		if c.count(&term{id: id, game: 1}, false); len(c.seen) > before {
			return
		}
	}
}
