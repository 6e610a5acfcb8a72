package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kabar/crawler/extract"
)

// cutDocument is the document title without the site's name and sections.
func (t *titles) cutDocument() (title, why string) {
	return t.strip(t.document)
}

// strip cuts what names the site or a section off the ends of a title.
func (t *titles) strip(title string) (cut, why string) {
	if cut, ok := t.seen.strip(title); ok {
		return cut, " without what all pages of the site have"
	}
	parts := cutTitle(title)
	first, last := 0, len(parts)-1
	for first < last && t.isName(parts[first].text) && !t.isName(parts[last].text) {
		first++
	}
	for last > first && t.isTail(parts, first, last) {
		last--
	}
	for first < last && t.isName(parts[first].text) {
		first++
	}
	if first == 0 && last == len(parts)-1 {
		return title, ""
	}
	return strings.TrimSpace(title[parts[first].start:parts[last].end]), " cut at its separator"
}

// isTail tells whether the last part of a title can go: a name of the site,
// or short and behind a mark that parts titles from sites.
func (t *titles) isTail(parts []titlePart, first, last int) bool {
	p := parts[last]
	if t.isName(p.text) {
		return true
	}
	rest := extract.KeyWords(extract.Key(parts[last-1].text))
	if last-1 > first {
		rest = shortHeadline
	}
	n := extract.KeyWords(extract.Key(p.text))
	switch p.mark {
	case '|':
		return n <= rest+2 && n <= 8
	case '»', '•', '·', '«', '~', '—':
		return n <= rest && n <= 8
	case '-', '–':
		return n <= longestSection && n <= rest && rest >= shortHeadline
	}
	return false
}

// titlePart is a piece of a document title between separators.
type titlePart struct {
	text       string
	start, end int  // byte range in the title
	mark       rune // the separator before it; 0 for the first
}

// cutTitle cuts a title at the separators that part it from section and site
// names: a bar, dash, arrow or dot with space on both sides, a bar or arrow
// also without.
func cutTitle(title string) []titlePart {
	var parts []titlePart
	start, mark := 0, rune(0)
	add := func(end int) {
		text := strings.TrimSpace(title[start:end])
		if text != "" {
			parts = append(parts, titlePart{text: text, start: start, end: end, mark: mark})
		}
	}
	for i, r := range title {
		if !isTitleMark(title, i, r) {
			continue
		}
		add(i)
		start, mark = i+utf8.RuneLen(r), r
	}
	add(len(title))
	return parts
}

func isTitleMark(title string, at int, r rune) bool {
	switch r {
	case '|', '»', '«', '•', '│', '｜':
		return true
	case '-', '–', '—', '·', ':', '~', '/', '>', '<', '‹', '›', '−', '*':
	default:
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(title[:at])
	after, _ := utf8.DecodeRuneInString(title[at+utf8.RuneLen(r):])
	return unicode.IsSpace(before) && (unicode.IsSpace(after) || isTitlePunct(after)) || isTitlePunct(before) && unicode.IsSpace(after) && before == r
}

func isTitlePunct(r rune) bool { return r == '-' || r == ':' || r == '>' || r == '|' }
