package extract

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// maxByline bounds a printed byline, in bytes.
const maxByline = 200

// markedAuthor claims the names of an element that calls itself an author.
func (c *claims) markedAuthor(m *Mark) {
	if c.Boxes[m.Box].Within&(RoleComment|RoleRelated|RoleAside|RoleNav|RoleFooter) != 0 && !c.nearHeadline(m.Block) {
		return
	}
	origin := "byline"
	switch {
	case m.Prop == "author" || m.Prop == "creator":
		origin = "microdata"
	case hasWord(attr(m.Node, "rel"), "author"):
		origin = "rel"
	}
	text := m.Text
	if m.Node.DataAtom == atom.Meta {
		text = plainText(m.Value)
	}
	if text == "" || len(text) > maxByline || c.holdsAuthor(m) {
		return
	}
	c.author(text, origin, Where(m.Node), c.weight(m.Block))
}

// holdsAuthor tells whether a mark is only the frame of one that names itself
// an author too; the inner one has the bare name.
func (c *claims) holdsAuthor(outer *Mark) bool {
	for i := range c.Marks {
		m := &c.Marks[i]
		if m == outer || m.Roles&RoleAuthor == 0 || m.Block < outer.Block || m.Block > outer.Block+6 || !inside(m, outer) {
			continue
		}
		if name := strings.TrimSpace(m.Text); len(name) >= 4 && name[0] != '@' && strings.Contains(outer.Text, name) && len(name) < len(outer.Text) && strings.Contains(name, " ") {
			return true
		}
	}
	return false
}

func inside(m, outer *Mark) bool {
	for n := m.Node.Parent; n != nil; n = n.Parent {
		if n == outer.Node {
			return true
		}
	}
	return false
}

// bylineBlock claims a short block that begins as a byline does.
func (c *claims) bylineBlock(b *Block, at int) {
	if len(b.Text) > maxByline {
		return
	}
	text := strings.ReplaceAll(b.Text, "\n", " ")
	if next := at + 1; isBylineLabel(text) && next < len(c.Blocks) && len(c.Blocks[next].Text) <= 80 && !c.Blocks[next].Hidden {
		text += " " + c.Blocks[next].Text
	} else if !beginsByline(b.Text) {
		return
	}
	c.author(text, "text", Where(c.Boxes[b.Box].Node), c.weight(at))
}

// signatures claims the short lines around the end of the body that may name
// who wrote: "(And)", "***(Yan)", "#DISKOMINFOTIK", "Editor: Budi".
func (c *claims) signatures() {
	if c.BodyLast <= c.BodyFirst {
		return
	}
	for i := max(c.BodyFirst, c.BodyLast-3); i < min(c.BodyLast+3, len(c.Blocks)); i++ {
		b := &c.Blocks[i]
		if b.Hidden || len(b.Text) > maxSignature || c.Boxes[b.Box].Within&(RoleComment|RoleRelated) != 0 {
			continue
		}
		if strings.ContainsAny(b.Text[:1], "(*#-[~") || beginsByline(b.Text) {
			c.author(strings.ReplaceAll(b.Text, "\n", " "), "signature", Where(c.Boxes[b.Box].Node), c.weight(i))
		}
	}
}

// maxSignature bounds a signature, in bytes.
const maxSignature = 120

// isBylineLabel tells a block that only announces a name.
func isBylineLabel(text string) bool {
	switch strings.ToLower(strings.TrimRight(text, " :")) {
	case "by", "oleh", "penulis", "reporter", "pewarta", "written by", "author", "von", "autor", "par", "por", "ditulis oleh", "article by", "words by":
		return true
	}
	return false
}

// linkedAuthors claims the links near the headline that lead to the page of an
// author, by the words of their address.
func (c *claims) linkedAuthors() {
	if c.headline < 0 {
		return
	}
	for i := range c.Anchors {
		a := &c.Anchors[i]
		if a.Block < c.headline-3 || a.Block >= len(c.Blocks) {
			continue
		}
		if a.Block > c.headline+12 {
			return
		}
		if !leadsToAuthor(a.Href) || c.Boxes[c.Blocks[a.Block].Box].Within&(RoleComment|RoleRelated|RoleAside|RoleNav|RoleFooter) != 0 {
			continue
		}
		if text := c.anchorText(*a); len(text) <= 80 && !beginsByline(text) {
			c.author(text, "rel", Where(a.Node), c.weight(a.Block))
		}
	}
}

// leadsToAuthor reads the folders of an address.
func leadsToAuthor(href string) bool {
	for _, folder := range [...]string{"/author/", "/authors/", "/penulis/", "/autor/", "/autoren/", "/auteur/", "/reporter/", "/writers/", "/contributor/", "/contributors/", "/by/", "/blogger.com/profile/", "/wartawan/", "/staff/"} {
		if at := strings.Index(href, folder); at >= 0 && len(href) > at+len(folder) {
			return true
		}
	}
	return false
}

// beginsByline tells whether a text begins with a word that names who wrote.
func beginsByline(text string) bool {
	text = strings.TrimLeft(text, " -–—|•·(/\n")
	end := strings.IndexAny(text, " :\u00a0|")
	if end < 0 || end > 16 || end+1 >= len(text) {
		return false
	}
	switch word := strings.ToLower(strings.TrimRight(text[:end], ".,")); word {
	case "by", "oleh", "penulis", "reporter", "pewarta", "wartawan", "laporan", "jurnalis", "kontributor", "von", "autor", "author",
		"written", "words", "text", "ditulis", "posted", "diposting", "published":
		return true
	case "par", "por", "di", "door", "av", "af":
		// Short words of other languages: a name must follow.
		next := strings.TrimLeft(text[end:], " :")
		return next != "" && next[0] >= 'A' && next[0] <= 'Z' && len(text) <= 80
	}
	return false
}
