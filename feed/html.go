package feed

import (
	"html"
	"strconv"
	"strings"
	"time"

	"kabar/storage/news"
)

// Blocks is the body as HTML. Only elements and attributes that are written
// here can come out: all text is escaped, all addresses are absolute http or
// https ones. Bodies over a quarter of a mebibyte are cut; cut says so.
func Blocks(blocks []news.Block) (markup string, cut bool) {
	var b builder
	for _, block := range blocks {
		if b.room() <= 0 {
			return b.String(), true
		}
		cut = b.block(block) || cut
	}
	return b.String(), cut
}

// builder writes HTML from plain text.
type builder struct{ strings.Builder }

func (b *builder) room() int { return maxBody - b.Len() }

// text writes escaped text with line breaks, and tells whether it was cut.
func (b *builder) text(s string) (cut bool) {
	room := max(b.room(), 0)
	cut = len(s) > room
	s = html.EscapeString(strings.TrimSpace(Clean(s, room)))
	b.WriteString(strings.ReplaceAll(s, "\n", "<br>\n"))
	return cut
}

// element writes text in an element; nothing when there is no text.
func (b *builder) element(name, text string) (cut bool) {
	if strings.TrimSpace(text) == "" {
		return false
	}
	b.WriteString("<" + name + ">")
	cut = b.text(text)
	b.WriteString("</" + name + ">\n")
	return cut
}

func (b *builder) link(address, text string) {
	if address == "" {
		b.text(text)
		return
	}
	b.WriteString(`<a href="` + html.EscapeString(address) + `">`)
	b.text(text)
	b.WriteString("</a>")
}

func (b *builder) block(block news.Block) (cut bool) {
	switch block.Kind {
	case news.Heading:
		level := min(max(block.Level, 2), 6)
		return b.element("h"+strconv.Itoa(level), block.Text)
	case news.Quote:
		b.WriteString("<blockquote>")
		cut = b.element("p", block.Text)
		b.WriteString("</blockquote>\n")
		return cut
	case news.List:
		return b.list(block)
	case news.Table:
		return b.table(block)
	case news.Picture:
		if block.Image != nil {
			b.figure(*block.Image)
		}
		return false
	default:
		return b.element("p", block.Text)
	}
}

func (b *builder) list(block news.Block) (cut bool) {
	name := "ul"
	if block.Ordered {
		name = "ol"
	}
	b.WriteString("<" + name + ">\n")
	for _, item := range block.Items {
		if b.room() <= 0 {
			cut = true
			break
		}
		cut = b.element("li", item) || cut
	}
	b.WriteString("</" + name + ">\n")
	return cut
}

func (b *builder) table(block news.Block) (cut bool) {
	b.WriteString("<table>\n")
	for _, row := range block.Rows {
		if b.room() <= 0 {
			cut = true
			break
		}
		b.WriteString("<tr>")
		for _, cell := range row {
			b.WriteString("<td>")
			cut = b.text(cell) || cut
			b.WriteString("</td>")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table>\n")
	return cut
}

// figure writes a picture with its caption; nothing when its address is no
// web address.
func (b *builder) figure(image news.Image) {
	src := Address(image.Src)
	if src == "" {
		return
	}
	alt := Line(image.Alt, maxTitle)
	b.WriteString(`<figure><img src="` + html.EscapeString(src) + `" alt="` + html.EscapeString(alt) + `">`)
	if caption := Line(image.Caption, 2*maxSummary); caption != "" {
		b.element("figcaption", caption)
	}
	b.WriteString("</figure>\n")
}

// html is what a reader shows of an article.
func (c Channel) html(it *item, allowed Content) string {
	var b builder
	a := it.article
	switch {
	case !a.GoneSince.IsZero():
		b.element("p", it.summary)
	case allowed == Link:
		b.element("p", "Baca selengkapnya di sumber.")
	case allowed == Summary:
		b.leadFigure(it)
		b.element("p", it.summary)
	default:
		b.leadFigure(it)
		body, cut := Blocks(a.Body)
		b.WriteString(body)
		if body == "" {
			b.element("p", it.summary)
		}
		if cut {
			b.element("p", "[Teks dipotong; selengkapnya di sumber.]")
		}
	}
	c.foot(&b, it)
	return b.String()
}

// leadFigure shows the lead image unless the body shows it anyway.
func (b *builder) leadFigure(it *item) {
	if it.image == "" {
		return
	}
	for _, block := range it.article.Body {
		if block.Kind == news.Picture && block.Image != nil && Address(block.Image.Src) == it.image {
			return
		}
	}
	b.figure(it.article.Lead)
}

// foot tells where the article comes from and what is uncertain about it.
func (c Channel) foot(b *builder, it *item) {
	b.WriteString("<hr>\n<p><small>Sumber: ")
	b.link(it.link, it.source.name)
	if it.page != "" && it.page != it.link {
		b.WriteString(" · ")
		b.link(it.page, "halaman di Kabar")
	}
	for _, note := range Notes(it.article, c.Portals[it.article.Portal].Clock) {
		b.WriteString("<br>\n")
		b.text(note)
	}
	b.WriteString("</small></p>\n")
}

// Notes says in words what a reader should know about an article: an
// estimated or coarse time, edits, doubts. A sentence each; none for an
// article that is read without doubt.
func Notes(a news.Article, clock string) []string {
	var notes []string
	at, estimated := Shown(a, clock)
	switch {
	case estimated && a.Published.IsZero():
		notes = append(notes, "Waktu terbit adalah perkiraan: portal tidak menyebutnya; artikel ini pertama kali terlihat pada "+TimeText(at)+".")
	case estimated:
		notes = append(notes, "Waktu terbit adalah perkiraan: portal menyebut waktu yang belum tiba ketika artikel ini pertama kali terlihat pada "+TimeText(at)+".")
	case a.Published.Precision == news.Day:
		notes = append(notes, "Portal hanya menyebut tanggal terbit, tanpa jam.")
	case a.Published.Precision == news.Month, a.Published.Precision == news.Year:
		notes = append(notes, "Portal hanya menyebut "+StampText(a.Published)+" sebagai waktu terbit.")
	}
	if a.Version > 1 {
		notes = append(notes, "Teks ini sudah diubah portal: versi "+strconv.Itoa(a.Version)+", terlihat "+TimeText(a.Updated.In(Zone(clock)))+".")
	}
	for _, doubt := range lines(a.Doubts, 8) {
		notes = append(notes, "Keraguan: "+doubt)
	}
	return notes
}

// Lead is the lead image of an article as HTML; empty when there is none, or
// when the body shows it anyway.
func Lead(a news.Article) string {
	var b builder
	b.leadFigure(&item{article: a, image: Address(a.Lead.Src)})
	return b.String()
}

// Withdrawn is the note that stands in place of an article that its portal
// took away.
func Withdrawn(since time.Time, clock string) string {
	return "Artikel ini ditarik: sejak " + TimeText(since.In(Zone(clock))) + " tidak ada lagi di portal asalnya."
}
