package extract

import (
	"strings"

	"kabar/crawler/indodate"
)

// Bounds of the search for visible dates.
const (
	dateBlocksBefore = 8   // blocks above the headline
	dateBlocksAfter  = 14  // and below it, or below the first one of the body
	maxDateBlock     = 400 // bytes; a longer block is a paragraph, no date line
	maxReadMarks     = 200 // elements that are read for a date, and for a name
	maxDateLine      = 90  // bytes of a line that is made to tell a date
)

// fromMarks claims the elements that name themselves a date or an author.
func (c *claims) fromMarks() {
	dates, authors := 0, 0
	for i := range c.Marks {
		m := &c.Marks[i]
		if m.Roles&RoleDate != 0 && dates < maxReadMarks {
			dates++
			c.markedDate(m)
		}
		if m.Roles&RoleAuthor != 0 && authors < maxReadMarks {
			authors++
			c.markedAuthor(m)
		}
	}
}

// elsewhere are places whose dates and names belong to other things.
const elsewhere = RoleComment | RoleRelated | RoleAside | RoleNav | RoleFooter | RoleAuthorBox

// isElsewhere tells whether a block belongs to other things than the article.
// Near the headline a name such as "sidebar" or "latest" says little; comments,
// and what is related behind the body, are never the article's.
func (c *claims) isElsewhere(box, block int) bool {
	within := c.Boxes[box].Within
	switch {
	case within&elsewhere == 0:
		return false
	case within&RoleComment != 0, within&RoleRelated != 0 && c.BodyLast > 0 && block >= c.BodyLast:
		return true
	}
	atEnd := c.BodyLast > 0 && block >= c.BodyLast && block < c.BodyLast+bodyFoot
	return !atEnd && !c.nearHeadline(block)
}

// bodyFoot is how many blocks behind the body may be the article's own footer.
const bodyFoot = 10

// markedDate claims the machine-readable value of an element and its text.
func (c *claims) markedDate(m *Mark) {
	far := c.isElsewhere(m.Box, m.Block)
	if far && m.Prop == "" {
		c.strayDate(m)
		return
	}
	origin := "text"
	switch {
	case strings.HasPrefix(m.Prop, "date") || m.Prop == "uploaddate":
		origin = "microdata"
	case m.Node.Data == "time" || m.Value != "":
		origin = "time"
	}
	where, weight := Where(m.Node), c.weight(m.Block)
	if far {
		weight += 500
	}
	note := c.published
	if m.Prop == "datemodified" || saysModified(m.Node.Data, attr(m.Node, "class")) {
		note = c.modified
	}
	if looksDated(m.Value) {
		note(m.Value, origin, where, weight)
	}
	if m.Text != "" && len(m.Text) < maxMark {
		c.datedText(m.Text, where, weight, note)
	}
}

// strayDate claims a date that stands among other things, if its own words say
// that it is one of publication: templates put bylines where the markup says
// menu or author box.
func (c *claims) strayDate(m *Mark) {
	if c.Boxes[m.Box].Within&(RoleComment|RoleRelated) != 0 || len(m.Text) > maxDateLine {
		return
	}
	for _, r := range indodate.Find(m.Text, indodate.Context{Ref: c.Page.At}) {
		if wordsBefore(m.Text[:r.From]) == metaPublished {
			c.published(m.Text[r.From:r.To], "text", Where(m.Node), strayWeight)
			return
		}
	}
}

// strayWeight is the weight of dates that stand among other things and say
// what they are.
const strayWeight = 40

// saysModified reads the class names of an element. WordPress marks a post
// that was never edited as "published updated", which is publication.
func saysModified(tag, class string) bool {
	modified, published := false, false
	for name := range strings.FieldsSeq(class) {
		name = strings.ToLower(name)
		if strings.Contains(name, "modif") || strings.Contains(name, "update") {
			modified = true
		}
		if strings.Contains(name, "publi") || strings.Contains(name, "creat") {
			published = true
		}
	}
	return modified && !published
}

// weight is the distance of a block from the headline.
func (c *claims) weight(block int) int {
	if c.headline < 0 {
		return block
	}
	switch {
	case block < c.headline:
		return 2 * (c.headline - block) // above it rather stands a page's clock
	case c.BodyLast > c.headline && block >= c.BodyLast && block < c.BodyLast+bodyFoot:
		return min(block-c.headline, 15+block-c.BodyLast) // the article's own footer, however long it is
	}
	return block - c.headline
}

// fromText claims the visible dates near the headline, around the beginning
// of the body, and right behind its end.
func (c *claims) fromText() {
	from, to := 0, min(len(c.Blocks), 40)
	if c.headline >= 0 {
		from, to = c.headline-dateBlocksBefore, c.headline+dateBlocksAfter
	}
	c.datedBlocks(from, to)
	if c.BodyLast > c.BodyFirst {
		c.datedBlocks(max(to, c.BodyFirst-6), min(c.BodyFirst+4, c.BodyLast))
		c.datedBlocks(max(to, c.BodyLast-2), c.BodyLast+3)
	}
}

func (c *claims) datedBlocks(from, to int) {
	for i := max(0, from); i < min(to, len(c.Blocks)); i++ {
		b := &c.Blocks[i]
		if b.Hidden || b.Level == 1 {
			continue
		}
		if c.isElsewhere(b.Box, i) {
			continue
		}
		where, weight := "", c.weight(i)
		if len(b.Text) <= maxDateBlock {
			if i >= c.BodyFirst && i < c.BodyLast && len(b.Text) > maxDateLine {
				weight += proseWeight // a date inside a sentence is rather that of an event
			}
			where = Where(c.Boxes[b.Box].Node)
			c.datedText(b.Text, where, weight, c.published)
		}
		c.bylineBlock(b, i)
	}
}

// proseWeight is what a date inside a sentence weighs more.
const proseWeight = 100

// datedText claims every date that a short text has, each as publication or
// edit by the words before it.
func (c *claims) datedText(text, where string, weight int, note func(value, origin, where string, weight int)) {
	if !mayHoldDate(text) {
		return
	}
	from := 0
	for _, r := range indodate.Find(text, indodate.Context{Ref: c.Page.At}) {
		if r.From < from || r.To > len(text) || r.From >= r.To {
			continue
		}
		say, origin, weight := note, "text", weight
		switch wordsBefore(text[from:r.From]) {
		case metaModified:
			say = c.modified
		case metaPublished:
			say = c.published
			if weight > proseWeight && weight < 2*proseWeight {
				weight -= proseWeight // the sentence says what the date is
			}
			if saysFirst(text[from:r.From]) {
				origin = "text:first"
			}
		}
		say(text[r.From:r.To], origin, where, weight)
		from = r.To
	}
}

// mayHoldDate is a cheap look before the search: a digit, or a relative word.
func mayHoldDate(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= '0' && text[i] <= '9' {
			return true
		}
	}
	for _, word := range [...]string{"kemarin", "yesterday", "baru saja", "just now", "hari ini", "today", "ago", "lalu"} {
		if containsFold(text, word) {
			return true
		}
	}
	return false
}

// wordsBefore tells what the words before a date say about it.
func wordsBefore(text string) metaKind {
	text = strings.ToLower(text)
	best, kind := -1, metaNothing
	for word, k := range dateWords {
		if at := strings.LastIndex(text, word); at > best {
			best, kind = at, k
		}
	}
	return kind
}

// saysFirst tells words that set the first publication apart from later ones.
func saysFirst(text string) bool {
	for _, word := range [...]string{"originally", "first published", "first posted", "pertama kali", "ursprünglich", "zuerst"} {
		if containsFold(text, word) {
			return true
		}
	}
	return false
}

// dateWords are beginnings of the words by which pages name a date, in the
// languages of our portals and of the themes that they use.
var dateWords = map[string]metaKind{
	"update": metaModified, "modif": metaModified, "edited": metaModified, "revis": metaModified, "diperbarui": metaModified,
	"perbarui": metaModified, "pembaruan": metaModified, "terakhir diubah": metaModified, "diubah": metaModified, "diedit": metaModified,
	"disunting": metaModified, "aktualisiert": metaModified, "geändert": metaModified, "zuletzt": metaModified, "mis à jour": metaModified, "mise à jour": metaModified,
	"modifié": metaModified, "actualizado": metaModified, "actualizada": metaModified, "aggiornato": metaModified, "aggiornamento": metaModified,
	"atualizad": metaModified, "bijgewerkt": metaModified, "обновлено": metaModified, "updated": metaModified, "amended": metaModified,

	"publish": metaPublished, "publi": metaPublished, "terbit": metaPublished, "diterbitkan": metaPublished, "posted": metaPublished,
	"diposting": metaPublished, "dipublikasi": metaPublished, "tayang": metaPublished, "rilis": metaPublished, "veröffentlich": metaPublished,
	"erstellt": metaPublished, "erschienen": metaPublished, "paru": metaPublished, "created": metaPublished, "dibuat": metaPublished, "pubblicat": metaPublished,
	"gepubliceerd": metaPublished, "geplaatst": metaPublished, "first ": metaPublished, "ditulis": metaPublished, "diupload": metaPublished,
}
