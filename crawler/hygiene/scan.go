package hygiene

import (
	"slices"
	"strings"
)

// sentence is what the words of one sentence say, each term counted once.
type sentence struct {
	words                       int
	game, trade, report, deface int
	sure                        int  // terms that cannot be anything else
	disguised                   int  // words that are written to pass filters
	brands                      int  // made-up names of sites
	quoted                      int  // games and trade within quotation marks
	invites                     bool // speaks to a customer
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
	running []int  // where in buf phrases begin that the next word may end
	quoting bool   // within quotation marks
	letters []byte // letters standing alone, one after the other
}

func newScan(each func(sentence)) *scan {
	return &scan{lexicon: theLexicon(), each: each, met: make(map[int]bool)}
}

// text reads one block; sentences do not reach beyond it.
func (c *scan) text(text string) {
	c.s, c.quoting = sentence{}, false
	for i := 0; i < len(text); {
		from, to, ends := nextWord(text, i)
		if ends && c.s.words+len(c.letters) > 0 {
			c.end()
		}
		if from == to {
			break
		}
		if from > i {
			c.quote(text[i:from])
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

// quote follows the quotation marks between two words.
func (c *scan) quote(gap string) {
	for _, r := range gap {
		switch r {
		case '"':
			c.quoting = !c.quoting
		case '“', '„', '«':
			c.quoting = true
		case '”', '»':
			c.quoting = false
		}
	}
}

// end hands over the sentence.
func (c *scan) end() {
	c.spelled()
	if c.s.words > 0 {
		c.each(c.s)
	}
	c.s = sentence{}
	c.seen, c.buf, c.running = c.seen[:0], c.buf[:0], c.running[:0]
}

// raw takes a word as it is written. Most words are plain ones that say
// nothing, and are done with here.
func (c *scan) raw(word string) {
	const maxWord = 120 // bytes; nothing that we know is longer
	if len(word) == 1 && isLetter(word[0]) {
		c.letters = append(c.letters, word[0]|0x20)
		return
	}
	c.spelled()
	switch {
	case len(word) > maxWord:
		c.s.words++
	case !isASCII(word):
		folded, disguised := fold(word)
		c.word(folded, disguised)
	default:
		c.ascii(word)
	}
}

// ascii takes a word of plain characters.
func (c *scan) ascii(word string) {
	before := len(c.buf)
	start := c.open()
	h, odd := uint32(hashSeed), false
	for i := range len(word) {
		b := word[i]
		if isLetter(b) {
			b |= 0x20
		} else {
			odd = true
		}
		c.buf = append(c.buf, b)
		h = (h ^ uint32(b)) * hashPrime
	}
	if folded := c.buf[start:]; odd || c.lexicon.mayHave(h) || hasEnding(folded) || c.lexicon.mayPart(folded) {
		slow := string(folded)
		c.buf = c.buf[:before]
		c.word(slow, false)
		return
	}
	c.close(start, nil, false)
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
	case digits && len(base) >= 3 && lucky(word[len(base):]), namesGames(base):
		c.plain(base, disguised)
		c.brand()
	default:
		c.plain(word, false)
	}
}

// plain counts a word and the phrases that end with it.
func (c *scan) plain(word string, disguised bool) {
	if word == "" {
		c.s.words++
		return
	}
	start := c.open()
	c.buf = append(c.buf, word...)
	t := c.lexicon.terms[word]
	if t == nil {
		t = stemmed(c.lexicon, word)
	}
	c.close(start, t, disguised)
}

// open makes room for a word in buf and tells where it begins.
func (c *scan) open() int {
	if len(c.buf) > 0 {
		c.buf = append(c.buf, ' ')
	}
	return len(c.buf)
}

// close counts the word that was written to buf from start on, which says t or
// nothing, and the phrases that it ends.
func (c *scan) close(start int, t *term, disguised bool) {
	c.s.words++
	kept := c.running[:0]
	for _, from := range c.running {
		phrase := c.lexicon.terms[string(c.buf[from:])]
		if phrase == nil {
			continue
		}
		c.count(phrase, disguised)
		if phrase.game+phrase.trade > 0 {
			c.overrule(from, t)
		}
		if phrase.begins {
			kept = append(kept, from)
		}
	}
	c.running = kept
	if t == nil {
		return
	}
	c.count(t, disguised)
	if t.begins {
		c.running = append(c.running, start)
	}
}

// overrule takes back what the words of a phrase say of reporting: "anti
// blokir" is no report on blocking. last is what its last word says.
func (c *scan) overrule(from int, last *term) {
	first, _, _ := strings.Cut(string(c.buf[from:]), " ")
	if t := c.lexicon.terms[first]; t.report > 0 {
		c.s.report = max(0, c.s.report-t.report)
	}
	if last != nil && last.report > 0 && !c.counted(last) {
		c.seen = append(c.seen, last.id)
	}
}

func (c *scan) count(t *term, disguised bool) {
	if c.counted(t) {
		return
	}
	c.seen = append(c.seen, t.id)
	if c.quoting {
		c.s.quoted += t.game + t.trade
	} else {
		c.s.game += t.game
		c.s.trade += t.trade
		c.s.invites = c.s.invites || t.invites
	}
	c.s.report += t.report
	c.s.deface += t.deface
	if t.sure && !c.quoting {
		c.s.sure++
		c.met[t.id] = true
	}
	if disguised && t.game+t.trade > 0 {
		c.s.disguised++
	}
}

// counted tells whether the sentence has a term already.
func (c *scan) counted(t *term) bool { return slices.Contains(c.seen, t.id) }

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
