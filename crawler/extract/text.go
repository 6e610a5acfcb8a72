package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// text adds the text of one node to the growing block.
func (w *walker) text(s string) {
	if w.inTop || len(w.run) >= maxBlock {
		return
	}
	from := len(w.run)
	w.run, w.space = appendText(w.run, s, w.space)
	if w.dropCap && len(w.run) > from {
		w.dropCap = false
		if from > 0 && w.run[from] == ' ' && joinsDropCap(w.run[from+1:]) {
			w.run = append(w.run[:from], w.run[from+1:]...)
		}
	}
	if w.link != nil && w.linkFrom == from && len(w.run) > from && w.run[from] == ' ' {
		w.linkFrom++ // the space before a link is not part of it
	}
	if w.bold > 0 {
		w.bolded += len(w.run) - from
	}
	if from > 2 && len(w.run) > from && w.run[from-1] == '\n' && w.run[from-2] == '-' {
		w.joinWord(from)
	}
}

// joinWord joins a word that was hyphenated at the end of a line, as texts from
// paper are: run[from:] begins the next line. The hyphen of a doubled word
// ("anak-anak", "sayur-mayur") stays.
func (w *walker) joinWord(from int) {
	left, right := lastLetters(w.run[:from-2]), firstLetters(w.run[from:])
	if r, _ := utf8.DecodeRune(right); len(left) < 2 || len(right) < 2 || !unicode.IsLower(r) {
		return
	}
	cut := from - 2
	if isDoubled(string(left), string(right)) {
		cut = from - 1
	}
	w.run = append(w.run[:cut], w.run[from:]...)
	if w.linkFrom >= from {
		w.linkFrom -= from - cut
	}
	for i := w.anchor; i < len(w.Anchors); i++ {
		w.Anchors[i].End = min(w.Anchors[i].End, cut)
	}
	w.bolded = min(w.bolded, len(w.run))
}

// isDoubled tells the halves of a doubled word: they begin or end alike.
func isDoubled(left, right string) bool {
	const alike = 3
	n, m := len(left), len(right)
	return n >= alike && m >= alike &&
		(strings.EqualFold(left[:alike], right[:alike]) || strings.EqualFold(left[n-alike:], right[m-alike:]))
}

// maxWord bounds how much of a word is looked at, in bytes.
const maxWord = 40

// lastLetters are the letters that a text ends with, firstLetters those that it
// begins with.
func lastLetters(text []byte) []byte {
	at := len(text)
	for at > 0 && at > len(text)-maxWord {
		r, size := utf8.DecodeLastRune(text[:at])
		if !unicode.IsLetter(r) {
			break
		}
		at -= size
	}
	return text[at:]
}

func firstLetters(text []byte) []byte {
	at := 0
	for at < len(text) && at < maxWord {
		r, size := utf8.DecodeRune(text[at:])
		if !unicode.IsLetter(r) {
			break
		}
		at += size
	}
	return text[:at]
}

// afterDropCap remembers that the block is one big letter so far.
func (w *walker) afterDropCap(n *html.Node) {
	if len(w.run) == 0 || len(w.run) > utf8.UTFMax {
		return
	}
	r, size := utf8.DecodeRune(w.run)
	if size == len(w.run) && r >= 'A' && n.FirstChild != nil && namesDropCap(n) {
		w.dropCap = true
	}
}

func namesDropCap(n *html.Node) bool {
	class := attr(n, "class")
	return containsFold(class, "drop") || containsFold(class, "first-letter") || containsFold(class, "initial") ||
		containsFold(attr(n, "style"), "float")
}

// joinsDropCap tells whether text goes on with the word of the big letter.
func joinsDropCap(rest []byte) bool {
	r, _ := utf8.DecodeRune(rest)
	return r >= 'A' && r != utf8.RuneError
}

// lineBreak ends a line, and at the second in a row the block.
func (w *walker) lineBreak() {
	if n := len(w.run); n > 0 && w.run[n-1] == '\n' {
		w.flush()
		return
	}
	w.space = false
	if len(w.run) > 0 {
		w.endLink()
		w.run = append(w.run, '\n')
		w.linkFrom = len(w.run)
	}
}

// flush ends the growing block.
func (w *walker) flush() {
	w.endLink()
	for len(w.run) > 0 && w.run[len(w.run)-1] <= ' ' {
		w.run = w.run[:len(w.run)-1]
	}
	if len(w.run) > 0 && len(w.Blocks) < maxBlocks && w.total < maxText {
		w.total += len(w.run)
		text := string(w.run)
		if !norm.NFC.IsNormalString(text) {
			text = norm.NFC.String(text)
			w.clampAnchors(len(text))
		}
		w.Blocks = append(w.Blocks, Block{
			Box: w.box, Text: text, Level: w.level, Words: countWords(text),
			LinkBytes: min(w.linked, len(text)), BoldBytes: min(w.bolded, len(text)),
			Anchor: w.anchor, EndAnchor: len(w.Anchors),
			Hidden: w.Boxes[w.box].Within&RoleHidden != 0,
		})
	} else {
		w.Anchors = w.Anchors[:w.anchor]
	}
	w.run, w.space, w.dropCap = w.run[:0], false, false
	w.linkFrom, w.linked, w.bolded = 0, 0, 0
	w.anchor = len(w.Anchors)
}

// clampAnchors keeps anchors within a text that normalization made shorter.
func (w *walker) clampAnchors(size int) {
	for i := w.anchor; i < len(w.Anchors); i++ {
		a := &w.Anchors[i]
		a.Start, a.End = min(a.Start, size), min(a.End, size)
	}
}

// appendText appends s with its white space collapsed and without characters
// that are not seen or that XML 1.0 (production 2) does not allow. space says
// that white space is waiting to be written before the next character.
func appendText(buf []byte, s string, space bool) ([]byte, bool) {
	for i := 0; i < len(s); {
		c := s[i]
		if c > ' ' && c < 0x7F {
			// The long run of plain ASCII is copied at once.
			j := i + 1
			for j < len(s) && s[j] > ' ' && s[j] < 0x7F {
				j++
			}
			buf = appendSpace(buf, space)
			buf, space = append(buf, s[i:j]...), false
			i = j
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case isSpace(r):
			space = true
		case isUnseen(r):
		default:
			buf = appendSpace(buf, space)
			buf, space = utf8.AppendRune(buf, r), false
		}
	}
	return buf, space
}

func appendSpace(buf []byte, space bool) []byte {
	if space && len(buf) > 0 && buf[len(buf)-1] > ' ' {
		return append(buf, ' ')
	}
	return buf
}

func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\f', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200A
}

// isUnseen tells the characters that are left out: controls, what XML does not
// allow, soft hyphens, and marks of no width. Joiners stay, some scripts and
// emoji need them.
func isUnseen(r rune) bool {
	switch r {
	case 0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF:
		return true
	}
	return r < ' ' || r >= 0x7F && r < 0xA0 || r >= 0xD800 && r <= 0xDFFF || r >= 0x202A && r <= 0x202E
}

// textOf is the visible text of a small element, at most max bytes.
func textOf(n *html.Node, max int) string {
	if c := n.FirstChild; c == nil {
		return ""
	}
	buf, _ := appendNode(make([]byte, 0, 64), n, max, false)
	return nfc(strings.ToValidUTF8(string(buf[:min(len(buf), max)]), ""))
}

// nfc is the text in Unicode Normalization Form C.
func nfc(text string) string {
	if norm.NFC.IsNormalString(text) {
		return text
	}
	return norm.NFC.String(text)
}

func appendNode(buf []byte, n *html.Node, max int, space bool) ([]byte, bool) {
	for c := n.FirstChild; c != nil && len(buf) < max; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			buf, space = appendText(buf, c.Data[:min(len(c.Data), max)], space)
		case html.ElementNode:
			if c.DataAtom == atom.Script || c.DataAtom == atom.Style || c.DataAtom == atom.Noscript {
				continue
			}
			space = space || !isInline(c.DataAtom)
			buf, space = appendNode(buf, c, max, space)
			space = space || !isInline(c.DataAtom)
		}
	}
	return buf, space
}

// countWords counts runs of letters and digits. In scripts that put no spaces
// between words, two characters count as one.
func countWords(s string) int {
	n, in, dense := 0, false, 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0xE0 && i+2 < len(s) {
			if r, _ := utf8.DecodeRuneInString(s[i:]); isDense(r) {
				dense++
				in = false
				i += 2
				continue
			}
		}
		letter := c >= 0x80 || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if letter && !in {
			n++
		}
		in = letter
	}
	return n + (dense+1)/2
}

// isDense tells Thai, Lao, Burmese, Khmer, Japanese and Chinese characters.
func isDense(r rune) bool {
	return r >= 0x0E00 && r < 0x0F00 || r >= 0x1000 && r < 0x10A0 || r >= 0x1780 && r < 0x1800 ||
		r >= 0x3040 && r < 0x3100 || r >= 0x3400 && r < 0xA000
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// containsFold tells whether s holds the lower-case ASCII word, in any case.
func containsFold(s, word string) bool {
	for i := 0; i+len(word) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(word)], word) {
			return true
		}
	}
	return false
}
