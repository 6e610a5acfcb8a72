package normalize

import (
	"strings"

	"kabar/crawler/extract"
	"kabar/storage/news"
)

// Where bylines are looked for in a body.
const (
	bylinesAtTop = 2 // blocks at the beginning
	bylinesAtEnd = 3 // blocks at the end
)

// takeBylines takes the lines that name who wrote out of the body, at its
// beginning and at its end, and keeps them as printed. When nobody else is
// named, they name the authors, which why then says.
func takeBylines(a *news.Article, claims []extract.Claim, why *Choices) {
	printed := topByline(claims)
	if top := takeTop(a); printed == "" {
		printed = top
	}
	signature := takeEnd(a)
	if signature == "" {
		signature = claimedSignature(claims)
	}
	switch {
	case printed == "":
		a.Byline = signature
	case signature == "" || strings.Contains(printed, signature):
		a.Byline = printed
	default:
		a.Byline = printed + " | " + signature
	}
	if len(a.Authors) > 0 {
		return
	}
	if a.Authors = authorsOf(signature, printed); len(a.Authors) > 0 {
		why.Authors = "only a signature names them"
	}
}

// authorsOf are the authors that the first of some bylines names.
func authorsOf(bylines ...string) []string {
	for _, byline := range bylines {
		if names, ok := ReadByline(byline); ok && len(names) > 0 {
			return names
		}
	}
	return nil
}

// topByline is the nearest visible claim that is a byline as a whole.
func topByline(claims []extract.Claim) string {
	best, found := extract.Claim{}, false
	for _, c := range claims {
		if c.Origin != "text" && c.Origin != "byline" {
			continue
		}
		if found && c.Weight >= best.Weight {
			continue
		}
		if _, ok := ReadByline(c.Value); ok {
			best, found = c, true
		}
	}
	return Clean(best.Value)
}

// claimedSignature joins the claims of signatures that are bylines as a whole;
// package extract has left them out of the body.
func claimedSignature(claims []extract.Claim) string {
	var lines []string
	for _, c := range claims {
		if c.Origin != "signature" {
			continue
		}
		if _, ok := ReadByline(c.Value); ok {
			lines = append(lines, Clean(c.Value))
		}
	}
	return strings.Join(lines, " | ")
}

// takeTop removes the bylines before the first sentence.
func takeTop(a *news.Article) string {
	for i := 0; i < len(a.Body) && i < bylinesAtTop; i++ {
		b := a.Body[i]
		if b.Kind == news.Picture {
			continue
		}
		if b.Kind != news.Paragraph || !isByline(b) {
			return ""
		}
		a.Body = append(a.Body[:i], a.Body[i+1:]...)
		return Clean(b.Text)
	}
	return ""
}

// takeEnd removes the signature behind the last sentence.
func takeEnd(a *news.Article) string {
	var signature []string
	for range bylinesAtEnd {
		last := lastText(a.Body)
		if last <= 0 {
			break
		}
		b := &a.Body[last]
		if b.Kind != news.Paragraph {
			if !isByline(*b) {
				break
			}
			signature = append([]string{Clean(strings.ReplaceAll(b.Plain(), "\n", " | "))}, signature...)
			a.Body = append(a.Body[:last], a.Body[last+1:]...)
			continue
		}
		byline, rest := TrailingByline(b.Text)
		if byline == "" {
			break
		}
		signature = append([]string{Clean(byline)}, signature...)
		if rest != "" {
			b.Text = rest
			break
		}
		a.Body = append(a.Body[:last], a.Body[last+1:]...)
	}
	return strings.Join(signature, " | ")
}

// lastText is the index of the last block that is no picture, -1 for none.
func lastText(blocks []news.Block) int {
	for i := len(blocks) - 1; i >= 0; i-- {
		if blocks[i].Kind != news.Picture {
			return i
		}
	}
	return -1
}

// isByline tells whether every line of a block is a byline.
func isByline(b news.Block) bool {
	if b.Kind != news.Paragraph && b.Kind != news.Table && b.Kind != news.List {
		return false
	}
	text := b.Plain()
	if text == "" || len(text) > 2*maxSignature {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		if _, ok := ReadByline(strings.ReplaceAll(line, "\t", " ")); !ok {
			return false
		}
	}
	return true
}
