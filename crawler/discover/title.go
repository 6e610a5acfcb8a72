package discover

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

var (
	// callToAction is the text of a link that names no title.
	callToAction = regexp.MustCompile(`(?i)^(?:\W*(?:baca|read|lihat|klik|simak|continue|lanjut(?:kan)?)\b.{0,25}|.{0,20}\b(?:selengkapnya|selanjutnya|lengkap)\W*|` +
		`\W*(?:more|detail|details|next|prev|previous|berikutnya|sebelumnya|komentar|comments?|share|bagikan|view|download|unduh)\W*|` +
		`\d+ (?:komentar|comments?|views?|kali)|(?:no|leave a|tinggalkan) (?:comments?|komentar)|[\W\d_]*)$`)
	permalink = regexp.MustCompile(`(?i)^(?:permanent link(?: to)?|permalink(?: to| ke)?|link to|tautan ke|baca(?: selengkapnya)?|read more(?: about)?)\s*:?\s+`)
	cutMark   = regexp.MustCompile(`\s*(?:\.{2,}|…|\[…\]|\[\.\.\.\])\s*$`)
)

// title chooses the best of what the anchors of one address say: a heading
// before a plain text, a whole text before a cut one, a picture's words only
// where there is no other. Calls to action are no titles.
func (l *link) title() string {
	best, rank := "", -1.0
	slug := splitWords(l.shape.last)
	offer := func(text string, weight float64) {
		text = cleanTitle(permalink.ReplaceAllString(strings.TrimSpace(text), ""))
		words := len(strings.Fields(text))
		if words == 0 || callToAction.MatchString(text) && words < 6 {
			return
		}
		if words < 8 && isDateText(text) {
			return
		}
		value := weight + float64(min(words, 6))/2
		if words > 30 { // a whole card
			value -= 3
		}
		if cutMark.MatchString(text) {
			value--
		}
		if l.shape.slug >= 3 {
			value += 3 * likeness(text, slug)
		}
		if value > rank {
			best, rank = text, value
		}
	}
	for _, a := range l.anchors {
		weight := 2.0
		if a.heading {
			weight = 4
		}
		offer(a.text, weight)
		for _, piece := range a.pieces() {
			offer(piece, 2)
		}
		offer(a.title, 1.5)
		offer(attr(a.node, "data-title"), 1)
		if a.node.Parent != nil {
			offer(attr(a.node.Parent, "data-title"), 1)
		}
		offer(a.alt, 1)
	}
	return l.whole(best)
}

// pieces are the single texts of an anchor that is a whole card.
func (a anchor) pieces() (pieces []string) {
	if a.heading || len(a.text) < 60 {
		return nil
	}
	for n := range a.node.Descendants() {
		if n.Type == html.TextNode && len(strings.TrimSpace(n.Data)) > 12 {
			pieces = append(pieces, n.Data)
		}
	}
	if len(pieces) == 1 || len(pieces) > 12 {
		return nil
	}
	return pieces
}

var titleClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:title|judul|headline)(?:[\s_-]|$)`)

// likeness is between 0 and 1: how far a text and a slug have the same words.
func likeness(text string, slug []string) float64 {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 || len(slug) == 0 {
		return 0
	}
	in := map[string]bool{}
	for _, word := range slug {
		in[word] = true
	}
	same := 0
	for _, word := range words {
		if in[word] {
			same++
		}
	}
	return 2 * float64(same) / float64(len(words)+len(slug))
}

// whole finds the full form of a title that is cut with dots.
func (l *link) whole(title string) string {
	stem := cutMark.ReplaceAllString(title, "")
	if stem == title || len(stem) < 8 {
		return title
	}
	for _, a := range l.anchors {
		for _, text := range []string{a.title, a.alt, a.text} {
			text = cleanTitle(permalink.ReplaceAllString(text, ""))
			if len(text) > len(stem) && !cutMark.MatchString(text) && strings.EqualFold(text[:len(stem)], stem) {
				return text
			}
		}
	}
	return title
}
