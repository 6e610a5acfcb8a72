package feed

import (
	"html"
	"strings"

	"kabar/storage/news"
)

// fillCorrection sets what the feed of corrections shows of an edited article:
// the words that changed, then the notes.
func (c Channel) fillCorrection(it *item, before news.Version) {
	it.title = Line("Koreksi: "+it.title, maxTitle)
	it.summary = "Portal mengubah artikel ini."
	var b builder
	allowed := c.Allowed(it.article.Portal)
	switch {
	case !it.article.GoneSince.IsZero():
		it.summary = Withdrawn(it.article.GoneSince, c.Portals[it.article.Portal].Clock)
		b.element("p", it.summary)
	case allowed == Link:
		b.element("p", it.summary)
	default:
		b.WriteString(ChangesHTML(before.Title, it.article.Title))
		if allowed == Full {
			b.WriteString(ChangesHTML(news.PlainText(before.Body), it.article.Text()))
		}
		if b.Len() == 0 {
			b.element("p", it.summary)
		}
	}
	c.foot(&b, it)
	it.html = b.String()
}

// ChangesHTML shows which words changed between two texts, with some words
// around each change; empty when nothing did.
func ChangesHTML(before, after string) string {
	parts := Diff(Clean(before, maxBody), Clean(after, maxBody))
	if len(parts) == 0 || len(parts) == 1 && parts[0].Kind == Kept {
		return ""
	}
	var b strings.Builder
	b.WriteString("<p>")
	for i, p := range parts {
		if i > 0 {
			b.WriteByte(' ')
		}
		switch p.Kind {
		case Removed:
			b.WriteString("<del>" + html.EscapeString(p.Text) + "</del>")
		case Inserted:
			b.WriteString("<ins>" + html.EscapeString(p.Text) + "</ins>")
		default:
			b.WriteString(html.EscapeString(shorten(p.Text, i == 0, i == len(parts)-1)))
		}
	}
	b.WriteString("</p>\n")
	return b.String()
}

// shorten keeps the words of an unchanged part that stand next to a change.
func shorten(text string, first, last bool) string {
	const around = 8
	words := strings.Fields(text)
	switch {
	case first && len(words) > around:
		return "… " + strings.Join(words[len(words)-around:], " ")
	case last && len(words) > around:
		return strings.Join(words[:around], " ") + " …"
	case !first && !last && len(words) > 2*around:
		return strings.Join(words[:around], " ") + " … " + strings.Join(words[len(words)-around:], " ")
	default:
		return text
	}
}
