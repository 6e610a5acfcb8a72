package discover

import (
	"regexp"
	"strings"
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
	offer := func(text string, weight float64) {
		text = cleanTitle(permalink.ReplaceAllString(strings.TrimSpace(text), ""))
		words := len(strings.Fields(text))
		if words == 0 || callToAction.MatchString(text) && words < 6 {
			return
		}
		if isDateText(text) && words < 8 {
			return
		}
		value := weight + float64(min(words, 6))/2
		if words > 30 { // a whole card
			value -= 3
		}
		if cutMark.MatchString(text) {
			value--
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
		offer(a.title, 1.5)
		offer(a.alt, 1)
	}
	return l.whole(best)
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
