package extract

import (
	"html"
	"strings"
	"time"

	"kabar/crawler/page"
	"kabar/storage/news"
)

// Below these the visible text is too short to be trusted as the body.
const (
	shortBody = 60 // words for which the page's data is asked
	emptyBody = 12 // words for which less likely blocks are asked too
)

// bodyFromData is the body that the page's own data tells, JSON-LD before
// state, if it says much more than the words that are seen.
func (s *Survey) bodyFromData(seen int) (body []news.Block, origin string) {
	if len(s.JSONLD) > 0 {
		if body := dataBlocks(s.linked().Body); wordsOf(body) > 2*seen+20 {
			return body, "jsonld"
		}
	}
	longest := ""
	for _, state := range s.States {
		text := readJSON(state.Text).longestBody()
		if state.ID == flightState {
			if row := longestFlightText(state.Text); len(row) > len(text) {
				text = row
			}
		}
		if len(text) > len(longest) {
			longest = text
		}
	}
	if body := dataBlocks(longest); wordsOf(body) > 2*seen+20 {
		return body, "state"
	}
	return nil, ""
}

// bodyFromDescription is the summary in the metadata, for articles that show no
// text at all but to their subscribers or their own program.
func (s *Survey) bodyFromDescription() []news.Block {
	for _, name := range [...]string{"og:description", "description"} {
		for _, m := range s.Metas {
			if text := clean(m.Content); m.Name == name && countWords(text) >= 8 {
				return []news.Block{{Kind: news.Paragraph, Text: text}}
			}
		}
	}
	return nil
}

// longestBody is the longest text under a key that means body text; texts of
// an array below such a key count together.
func (t *jsonTree) longestBody() string {
	longest := ""
	for i := range t.nodes {
		n := &t.nodes[i]
		if !isBodyKey(n.key) {
			continue
		}
		switch n.kind {
		case '"':
			if len(n.text) > max(len(longest), 200) {
				longest = t.text(int32(i))
			}
		case '[', '{':
			if text := t.paragraphs(int32(i)); len(text) > max(len(longest), 200) {
				longest = text
			}
		}
	}
	return longest
}

func isBodyKey(key string) bool {
	switch strings.ToLower(key) {
	case "body", "content", "articlebody", "html", "text", "isi", "konten", "bodyhtml", "body_html", "contenthtml",
		"content_html", "rendered", "paragraphs", "blocks", "fulltext", "full_text", "contents", "content_elements", "article_content":
		return true
	}
	return false
}

// paragraphs joins the texts in an array of texts or of objects that hold one.
func (t *jsonTree) paragraphs(id int32) string {
	var out strings.Builder
	for c := t.nodes[id].first; c != 0; c = t.nodes[c].next {
		text := ""
		switch t.nodes[c].kind {
		case '"':
			if t.nodes[id].kind == '[' {
				text = t.text(c)
			}
		case '{':
			for _, key := range [...]string{"text", "content", "html", "value", "body"} {
				if m := t.get(c, key); m != 0 && t.nodes[m].kind == '"' {
					text = t.text(m)
					break
				}
			}
		}
		if text != "" && out.Len() < maxText {
			out.WriteString("<p>" + text + "</p>\n")
		}
	}
	return out.String()
}

// dataBlocks makes blocks of a text from the page's data, with markup or with
// one line a paragraph.
func dataBlocks(text string) []news.Block {
	if len(text) < 100 {
		return nil
	}
	if !strings.Contains(text, "</") && strings.Contains(text, "&lt;") {
		text = html.UnescapeString(text)
	}
	if !strings.Contains(text, "</") && !strings.Contains(text, "<br") {
		text = "<p>" + strings.ReplaceAll(strings.ReplaceAll(text, "<", "&lt;"), "\n", "</p><p>") + "</p>"
	}
	p, err := page.FromBytes("", []byte("<!doctype html><body>"+text), time.Time{})
	if err != nil {
		return nil
	}
	s, err := survey(p)
	if err != nil {
		return nil
	}
	keep := make([]bool, len(s.Blocks))
	for i := range keep {
		keep[i] = !s.Blocks[i].Hidden
	}
	return s.assemble(keep)
}

func wordsOf(body []news.Block) int {
	words := 0
	for i := range body {
		if body[i].Kind != news.Picture {
			words += countWords(body[i].Plain())
		}
	}
	return words
}
