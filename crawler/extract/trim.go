package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kabar/storage/news"
)

// trimBody takes lines off both ends of a body that are about the article and
// not of it: dates, counters, bylines, initials, tags. Pictures stay. It works
// in place, in one pass over each end.
func (s *Survey) trimBody(body []news.Block) []news.Block {
	kept, next := 0, 0
	for ; next < len(body); next++ {
		if body[next].Kind != news.Picture && !s.trimFirst(&body[next]) {
			break
		}
		if body[next].Kind == news.Picture {
			body[kept] = body[next]
			kept++
		}
	}
	body = slices.Delete(body, kept, next)

	kept, next = len(body), len(body)
	for ; next > 0; next-- {
		if body[next-1].Kind != news.Picture && !trimLast(&body[next-1]) {
			break
		}
		if body[next-1].Kind == news.Picture {
			kept--
			body[kept] = body[next-1]
		}
	}
	return slices.Delete(body, next, kept)
}

// AfterTitle takes the title off the beginning of a body, where a page prints
// it in the same box, and with it the date, counter and byline that follow. A
// body that does not begin with the title stays as it is.
func AfterTitle(body []news.Block, title string) []news.Block {
	if len(body) == 0 || title == "" || Key(body[0].Plain()) != Key(title) {
		return body
	}
	body = body[1:]
	for len(body) > 1 && (body[0].Kind == news.Paragraph || body[0].Kind == news.Heading) && isHeadLine(body[0].Text) {
		body = body[1:]
	}
	return body
}

// trimFirst takes lines off the beginning of a block and tells whether nothing
// is left of it.
func (s *Survey) trimFirst(b *news.Block) bool {
	if b.Kind != news.Paragraph && b.Kind != news.Heading {
		return false
	}
	for {
		line, rest, more := strings.Cut(b.Text, "\n")
		if !isHeadLine(line) && !s.isTitleLine(line) {
			return false
		}
		b.Text = rest
		if !more {
			return true
		}
	}
}

// trimLast takes lines off the end of a block, and initials off its last line,
// and tells whether nothing is left of it.
func trimLast(b *news.Block) bool {
	switch b.Kind {
	case news.Paragraph, news.Quote:
	case news.Heading: // a heading with nothing below it heads what was cut
		return true
	case news.Table: // "Penulis | : Andi"
		for _, row := range b.Rows {
			if !isTailLine(strings.Join(row, " ")) {
				return false
			}
		}
		return true
	case news.List:
		return len(b.Items) == 1 && isTailLine(b.Items[0])
	default:
		return false
	}
	for {
		cut := strings.LastIndexByte(b.Text, '\n')
		if !isTailLine(b.Text[cut+1:]) {
			b.Text = withoutInitials(b.Text)
			return b.Text == ""
		}
		if cut < 0 {
			return true
		}
		b.Text = b.Text[:cut]
	}
}

// isHeadLine tells lines that stand between title and text.
func isHeadLine(line string) bool {
	words := countWords(line)
	if words == 0 {
		return true
	}
	if words > 16 || endsAsSentence(line) {
		return false
	}
	switch speechOf(line, words) {
	case saysByline, saysDate, saysCounter, saysShare, saysTags, saysAd, saysComment:
		return true
	}
	return isDateLine(line) || hasCounter(line)
}

// isTailLine tells lines that stand below a text.
func isTailLine(line string) bool {
	words := countWords(line)
	switch {
	case words == 0:
		return true
	case words > 16:
		return false
	case strings.HasPrefix(line, ":"): // its label was left out before
		return true
	case hasLabel(line, tailLabels), isInitials(line), strings.HasPrefix(line, "#") && !strings.Contains(line, ". "):
		return true
	case words <= 2 && isUpper(line):
		return true // the agency, "ANTARA"
	}
	if endsAsSentence(line) && words > 4 {
		return false
	}
	switch speechOf(line, words) {
	case saysByline, saysDate, saysCounter, saysShare, saysTags, saysRelated, saysRights, saysComment, saysAd:
		return true
	}
	return words <= 12 && (hasCounter(line) || isDateLine(line) && strings.Contains(line, ":"))
}

var tailLabels = []string{
	"penulis", "editor", "pewarta", "reporter", "laporan", "kontributor", "sumber", "redaktur", "jurnalis", "wartawan", "uploader",
	"penyunting", "publisher", "pewarta/editor", "penulis/editor", "source", "foto", "teks", "author", "writer", "rep", "red", "humas", "tags", "tag",
}

// hasLabel tells whether a line is one of the words, a colon and a name.
func hasLabel(line string, labels []string) bool {
	word, rest, ok := strings.Cut(line, ":")
	if !ok || rest == "" && len(word) < 3 {
		return false
	}
	word = strings.TrimSpace(strings.TrimLeft(word, "*(-–— "))
	for _, label := range labels {
		if strings.EqualFold(word, label) {
			return true
		}
	}
	return false
}

// isInitials tells "(And)", "[kpl/sry]", "***(Yan)" and the like.
func isInitials(line string) bool {
	line = strings.Trim(line, "* .-–—")
	if len(line) < 3 || len(line) > 28 || countWords(line) > 3 {
		return false
	}
	open, last := line[0], line[len(line)-1]
	return open == '(' && last == ')' || open == '[' && last == ']'
}

// withoutInitials cuts initials in brackets, and stars, off the end of a text
// whose sentence has ended before them.
func withoutInitials(text string) string {
	out := strings.TrimRight(text, "* ")
	if !strings.HasSuffix(out, ")") && !strings.HasSuffix(out, "]") {
		return out
	}
	open := strings.LastIndexAny(out, "([")
	if open <= 0 || !isInitials(out[open:]) {
		return out
	}
	before := strings.TrimRight(out[:open], "* /-–—")
	if !endsAsSentence(before) {
		return out
	}
	return before
}

func endsAsSentence(line string) bool {
	line = strings.TrimRight(line, "\"'”’»)] ")
	r, _ := utf8.DecodeLastRuneInString(line)
	return r == '.' || r == '!' || r == '?' || r == '…' || r == '。'
}

func isUpper(line string) bool {
	letters := 0
	for _, r := range line {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 2
}

// isDateLine tells short lines with a month by name and a year.
func isDateLine(line string) bool {
	if !hasNumber(line, 4) {
		return false
	}
	for word := range strings.FieldsFuncSeq(line, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) >= 3 && isMonth(word) {
			return true
		}
	}
	return false
}

// isMonth tells the names of months and their usual short forms, in Indonesian
// and English.
func isMonth(word string) bool {
	switch strings.ToLower(word) {
	case "januari", "februari", "pebruari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
		"nopember", "desember", "january", "february", "march", "may", "june", "july", "august", "october", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "agu", "ags", "agt", "aug", "sep", "sept", "okt", "oct", "nov", "nop", "des", "dec":
		return true
	}
	return false
}

// hasCounter tells "139 Kali Dibaca", "Dibaca: 2.807 kali", "94 views".
func hasCounter(line string) bool {
	if !strings.ContainsAny(line, "0123456789") || countWords(line) > 16 {
		return false
	}
	for _, word := range [...]string{"dibaca", "dilihat", "views", "kali", "hits", "pembaca", "view"} {
		if containsFold(line, word) {
			return true
		}
	}
	return false
}
