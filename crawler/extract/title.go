package extract

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// Bounds of heading claims.
const (
	maxHeadings    = 60
	maxHeadingText = 500 // bytes
	headlineReach  = 8   // blocks above the body in which a headline is looked for
)

// fromHeadings claims what a reader may see as the headline: every h1, those
// lower headings and plain blocks that what the page tells machines agrees
// with, and without an h1 the heading that stands right above the body. It
// also decides which block is probably the headline, for the claims that are
// looked for near it.
func (c *claims) fromHeadings() {
	c.headline = -1
	told := c.toldTitles()
	best := 0.0
	headings := 0
	for i := range c.Boxes {
		level := headingLevel(c.Boxes[i].Node.DataAtom)
		if level == 0 || level > 4 || headings >= maxHeadings || c.Boxes[i].Within&(RoleHidden|RoleComment|RoleConsent) != 0 {
			continue
		}
		text := c.boxText(i)
		if text == "" {
			continue
		}
		headings++
		agreed := agreement(Key(text), told)
		if level > 1 && agreed < 0.5 && !c.rightAboveBody(i) {
			continue
		}
		c.heading(text, "h"+string(rune('0'+level)), i)
		if score := agreed + 0.2/float64(level) - c.distance(c.Boxes[i].First); score > best {
			best, c.headline = score, c.Boxes[i].First
		}
	}
	c.fromTitleMarks(told, &best)
	if best < 0.9 {
		c.fromPlainBlocks(told)
	}
	if c.headline < 0 && c.BodyLast > c.BodyFirst {
		c.headline = max(0, c.BodyFirst-1)
	}
}

// distance makes a heading worth less that stands far from the body; below
// the body it is hardly the headline.
func (c *claims) distance(block int) float64 {
	if c.BodyLast <= c.BodyFirst {
		return 0
	}
	if block > c.BodyFirst {
		return 0.3
	}
	return min(0.1, 0.002*float64(c.BodyFirst-block))
}

// heading adds a claim of a box.
func (c *claims) heading(text, origin string, box int) {
	first := c.Boxes[box].First
	weight := c.BodyFirst - first
	if weight < 0 {
		weight = 1000 - weight
	}
	c.title(text, origin, Where(c.Boxes[box].Node), weight)
}

// boxText is the visible text of a small box in one line.
func (c *claims) boxText(box int) string {
	b := &c.Boxes[box]
	if b.Last-b.First == 1 && !c.Blocks[b.First].Hidden {
		text := c.Blocks[b.First].Text
		if len(text) > maxHeadingText {
			return ""
		}
		return strings.ReplaceAll(text, "\n", " ")
	}
	var parts []string
	size := 0
	for i := b.First; i < b.Last && size <= maxHeadingText; i++ {
		if block := &c.Blocks[i]; !block.Hidden {
			parts = append(parts, strings.ReplaceAll(block.Text, "\n", " "))
			size += len(block.Text)
		}
	}
	if size > maxHeadingText {
		return ""
	}
	return strings.Join(parts, " ")
}

// toldTitles are the keys of what names the page besides its headings, the
// words of its address among them.
func (c *claims) toldTitles() []string {
	var keys []string
	for _, claim := range c.raw.Titles {
		if key := Key(claim.Value); key != "" {
			keys = append(keys, key)
		}
	}
	if slug := Slug(c.Page.URL); slug != "" {
		keys = append(keys, slug)
	}
	return keys
}

// agreement is how well a key agrees with the best of some others. A key that
// begins or ends another one, as a headline does the document title, agrees
// nearly fully.
func agreement(key string, told []string) float64 {
	best := 0.0
	for _, other := range told {
		a := Overlap(key, other)
		if KeyWords(key) >= 3 && len(other) > len(key) && (strings.HasPrefix(other, key+" ") || strings.HasSuffix(other, " "+key)) {
			a = max(a, 0.95)
		}
		best = max(best, a)
	}
	return best
}

// rightAboveBody tells the last heading before the body of a page, when no h1
// stands there.
func (c *claims) rightAboveBody(box int) bool {
	first := c.Boxes[box].First
	if c.BodyLast <= c.BodyFirst || first > c.BodyFirst || c.BodyFirst-first > headlineReach {
		return false
	}
	return c.Boxes[box].Within&(RoleNav|RoleAside|RoleRelated|RoleFooter) == 0
}

// fromTitleMarks claims elements that name themselves a title.
func (c *claims) fromTitleMarks(told []string, best *float64) {
	for i := range c.Marks {
		m := &c.Marks[i]
		if m.Roles&RoleTitle == 0 || headingLevel(m.Node.DataAtom) > 0 {
			continue
		}
		text := m.Text
		if m.Prop == "headline" && m.Node.DataAtom == atom.Meta {
			c.title(plainText(m.Value), "microdata", Where(m.Node), 0)
			continue
		}
		if text == "" || len(text) >= maxMark {
			continue
		}
		agreed := agreement(Key(text), told)
		if agreed < 0.6 && m.Prop != "headline" && !c.rightAboveBody(m.Box) {
			continue
		}
		weight := c.BodyFirst - m.Block
		if weight < 0 {
			weight = 1000 - weight
		}
		c.title(text, "heading", Where(m.Node), weight)
		if score := agreed - c.distance(m.Block); score > *best {
			*best, c.headline = score, m.Block
		}
	}
}

// fromPlainBlocks claims a block of plain text that the document title begins
// with, on pages whose headline is no heading.
func (c *claims) fromPlainBlocks(told []string) {
	for i := range c.Blocks {
		b := &c.Blocks[i]
		if b.Hidden || b.Level > 0 || b.Words < 3 || len(b.Text) > 300 || b.LinkBytes == len(b.Text) {
			continue
		}
		line, _, _ := strings.Cut(b.Text, "\n")
		key := Key(line)
		if KeyWords(key) < 3 || !beginsAny(key, told) && !c.isSlug(key, i) {
			continue
		}
		weight := c.BodyFirst - i
		if weight < 0 {
			weight = 1000 - weight
		}
		c.title(line, "heading", Where(c.Boxes[b.Box].Node), weight)
		if c.headline < 0 || c.Blocks[c.headline].Level == 0 {
			c.headline = i
		}
		return
	}
}

// isSlug tells whether a block above the body has the words of the address.
func (c *claims) isSlug(key string, block int) bool {
	slug := Slug(c.Page.URL)
	return slug != "" && KeyWords(slug) > slugWords && block <= c.BodyFirst && Overlap(key, slug) >= 0.75
}

// beginsAny tells whether a key is another one or stands at one of its ends.
func beginsAny(key string, others []string) bool {
	for _, other := range others {
		if other == key || strings.HasPrefix(other, key+" ") || strings.HasSuffix(other, " "+key) {
			return true
		}
	}
	return false
}
