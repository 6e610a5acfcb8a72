package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"kabar/storage/news"
)

// maxCategories bounds what is kept of a page's sections and labels.
const maxCategories = 12

// canonical is the address that the page calls its own, absolute; empty when
// it names none.
func (c *claims) canonical() string {
	for _, claim := range [...]string{c.rel("canonical"), c.metaContent("og:url"), c.linked().URL} {
		if a := c.Page.Resolve(claim); a != "" {
			return a
		}
	}
	return ""
}

// language is the language that the page says it is in.
func (c *claims) language() string {
	for _, claim := range [...]string{c.Lang, c.linked().Language, c.metaContent("og:locale"), c.metaContent("content-language", "language", "dc.language")} {
		if claim = strings.TrimSpace(claim); claim != "" && len(claim) <= 35 {
			return strings.ReplaceAll(claim, "_", "-")
		}
	}
	return ""
}

// categories are the sections and labels that the page puts itself under.
func (c *claims) categories() []string {
	var all []string
	note := func(name string) {
		name = strings.Trim(strings.TrimSpace(plainText(name)), "#,;")
		if name == "" || len(name) > 80 || len(all) >= maxCategories {
			return
		}
		for _, known := range all {
			if strings.EqualFold(known, name) {
				return
			}
		}
		all = append(all, name)
	}
	for _, section := range c.linked().Section {
		for part := range strings.SplitSeq(section, ",") {
			note(part)
		}
	}
	for _, m := range c.Metas {
		if m.Name == "article:section" {
			note(m.Content)
		}
	}
	for _, a := range c.Anchors {
		if c.isCategory(a) {
			note(c.anchorText(a))
		}
	}
	return all
}

// isCategory tells the links by which WordPress and Blogger file a post.
func (c *claims) isCategory(a Anchor) bool {
	if !hasWord(attr(a.Node, "rel"), "category") && !(strings.Contains(a.Href, "/search/label/") && hasWord(attr(a.Node, "rel"), "tag")) {
		return false
	}
	if a.Block >= len(c.Blocks) {
		return false
	}
	const elsewhere = RoleNav | RoleAside | RoleFooter | RoleRelated
	return c.Boxes[c.Blocks[a.Block].Box].Within&elsewhere == 0 || c.nearHeadline(a.Block)
}

func (c *claims) anchorText(a Anchor) string {
	text := c.Blocks[a.Block].Text
	if a.Start > a.End || a.End > len(text) {
		return ""
	}
	return strings.TrimSpace(text[a.Start:a.End])
}

// lead is the image that the page shows of itself elsewhere.
func (c *claims) lead() news.Image {
	for _, src := range [...]string{c.metaContent("og:image", "og:image:url", "og:image:secure_url"), c.linked().Image, c.metaContent("twitter:image", "twitter:image:src"), c.rel("image_src")} {
		if a := c.Page.Resolve(src); a != "" {
			return news.Image{Src: a, Alt: plainText(c.metaContent("og:image:alt", "twitter:image:alt"))}
		}
	}
	return news.Image{}
}

// postID is the CMS's own number of the article, with its kind.
func (c *claims) postID() string {
	for i := range c.Boxes[:min(len(c.Boxes), 4)] {
		n := c.Boxes[i].Node
		if n.DataAtom != atom.Body {
			continue
		}
		for class := range strings.FieldsSeq(attr(n, "class")) {
			if id := numberAfter(class, "postid-"); id != "" {
				return "wp:" + id
			}
		}
	}
	if _, query, found := strings.Cut(c.rel("shortlink"), "?"); found {
		if id := numberAfter(query, "p="); id != "" {
			return "wp:" + id
		}
	}
	for _, r := range c.Rels {
		if _, id, found := strings.Cut(r.Href, "/wp/v2/posts/"); found && isNumber(id) {
			return "wp:" + id
		}
	}
	if id := c.metaContent("postid"); isNumber(id) {
		return "blogger:" + id
	}
	return c.bloggerID()
}

// bloggerID reads the number that Blogger's templates put into the id of the
// post's body.
func (c *claims) bloggerID() string {
	for i := range c.Boxes {
		if id := numberAfter(attr(c.Boxes[i].Node, "id"), "post-body-"); id != "" {
			return "blogger:" + id
		}
	}
	return ""
}

// numberAfter is what follows a prefix, when it is a number.
func numberAfter(s, prefix string) string {
	rest, found := strings.CutPrefix(s, prefix)
	if !found {
		return ""
	}
	rest, _, _ = strings.Cut(rest, "&")
	if !isNumber(rest) {
		return ""
	}
	return rest
}

func isNumber(s string) bool {
	if s == "" || len(s) > 24 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
