package extract

import "strings"

// tidy is the text of a block without the lines and links that point to other
// articles or only to the page itself.
func tidy(s *Survey, b *Block) string {
	text := b.Text
	for i := b.EndAnchor - 1; i >= b.Anchor; i-- {
		text = withoutPointer(text, &s.Anchors[i])
	}
	if strings.IndexByte(text, '\n') < 0 {
		if isLitter(text) {
			return ""
		}
		return text
	}
	return tidyLines(text)
}

// tidyLines drops the lines that are litter.
func tidyLines(text string) string {
	var out strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || isLitter(line) {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(line)
	}
	return out.String()
}

// pointers are the words before a link to another article.
var pointers = []string{
	"baca juga", "baca pula", "baca lainnya", "baca selengkapnya", "baca", "simak juga", "simak", "lihat juga", "tonton juga", "artikel terkait", "berita terkait",
	"read also", "also read", "read more", "see also", "related", "lihat",
}

// withoutPointer takes a link out of a text when words such as "Baca juga:"
// stand right before it, with those words.
func withoutPointer(text string, a *Anchor) string {
	if a.End > len(text) || a.Start > a.End {
		return text
	}
	before := strings.TrimRight(text[:a.Start], " \n:–—-|»>.*•")
	colon := strings.ContainsAny(text[len(before):a.Start], ":|»>\n-–—")
	for _, p := range pointers {
		from := len(before) - len(p)
		if from < 0 || !strings.EqualFold(before[from:], p) {
			continue
		}
		if from > 0 && !startsAfresh(before[:from]) || !colon && !strings.Contains(p, " ") {
			continue
		}
		rest := text[a.End:]
		before = strings.TrimRight(before[:from], " ([*•-–—>»|")
		rest = strings.TrimLeft(rest, " )]*|")
		if before == "" || rest == "" || strings.HasPrefix(rest, "\n") {
			return before + rest
		}
		return before + " " + rest
	}
	return text
}

// startsAfresh tells whether a text ends where a sentence may start.
func startsAfresh(before string) bool {
	trimmed := strings.TrimRight(before, " ")
	if trimmed == "" {
		return true
	}
	return strings.ContainsAny(trimmed[len(trimmed)-1:], ".!?)(\"'\n[|>*:") || strings.HasSuffix(trimmed, "”") || strings.HasSuffix(trimmed, "…")
}

// isLitter tells lines that say nothing: lone marks, "Advertisement",
// "Baca Juga: …".
func isLitter(line string) bool {
	words := countWords(line)
	if words == 0 {
		return true
	}
	if words > 40 {
		return false
	}
	switch speechOf(line, words) {
	case saysAd:
		return words <= 6
	case saysRelated:
		return startsWithPointer(line) && strings.Contains(line[:min(len(line), 24)], ":") || words <= 3
	case saysShare, saysCounter:
		return words <= 3
	}
	return false
}

func startsWithPointer(line string) bool {
	line = strings.TrimLeft(line, "*•-–—>»|([ ")
	for _, p := range pointers {
		if len(line) >= len(p) && strings.EqualFold(line[:len(p)], p) {
			return true
		}
	}
	return false
}
