package extract

import (
	"strings"

	"kabar/storage/news"
)

// maxClaim bounds the value of a claim, in bytes; longer ones are no title,
// date or name.
const maxClaim = 1000

// metaClaims fills all of raw but the body and the kind: titles, dates,
// authors, lead image, canonical address, post id, site name, language,
// categories and the next part. Extract calls it after the body is found, so
// s.BodyFirst and s.BodyLast tell where the body begins and ends.
func metaClaims(s *Survey, o Options, raw *Raw) {
	c := &claims{Survey: s, raw: raw}
	c.fromRules(o.Rules)
	c.fromLinkedData(s.linked())
	c.fromMetas()
	c.fromLink(o.Link)
	c.fromHeadings()
	c.fromMarks()
	c.fromText()
	c.linkedAuthors()
	c.signatures()
	c.fromState()
	c.fromLayers()
	raw.Canonical = c.canonical()
	raw.AMP = c.Page.Resolve(c.rel("amphtml"))
	raw.PostID = c.postID()
	raw.Language = c.language()
	raw.Categories = c.categories()
	raw.Next = c.nextPart()
	if raw.Lead.Src == "" {
		raw.Lead = c.lead()
	}
}

// claims collects what a page claims about itself.
type claims struct {
	*Survey
	raw *Raw

	headline int // index of the block that is probably the headline, -1 when unknown
}

func (c *claims) title(value, origin, where string, weight int) {
	add(&c.raw.Titles, value, origin, where, weight)
}

func (c *claims) published(value, origin, where string, weight int) {
	add(&c.raw.Published, value, origin, where, weight)
}

func (c *claims) modified(value, origin, where string, weight int) {
	add(&c.raw.Modified, value, origin, where, weight)
}

func (c *claims) author(value, origin, where string, weight int) {
	add(&c.raw.Authors, value, origin, where, weight)
}

// maxClaims bounds the claims of one field.
const maxClaims = 120

// add appends a claim unless it is empty, too long or said already.
func add(list *[]Claim, value, origin, where string, weight int) {
	value = strings.TrimSpace(value)
	if value == "" || len(value) > maxClaim || len(*list) >= maxClaims {
		return
	}
	for _, other := range *list {
		if other.Value == value && other.Origin == origin {
			return
		}
	}
	*list = append(*list, Claim{Value: value, Origin: origin, Where: where, Weight: weight})
}

// rel is the address of the first link with a relation, as written.
func (s *Survey) rel(name string) string {
	for _, r := range s.Rels {
		if hasWord(r.Rel, name) {
			return r.Href
		}
	}
	return ""
}

// metaContent is the content of the first meta element with one of the names.
func (s *Survey) metaContent(names ...string) string {
	for _, name := range names {
		for _, m := range s.Metas {
			if m.Name == name {
				if content := strings.TrimSpace(m.Content); content != "" {
					return content
				}
			}
		}
	}
	return ""
}

// hasWord tells whether a list of words parted by spaces has a word.
func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}

// fromLinkedData takes over what JSON-LD says.
func (c *claims) fromLinkedData(d *linkedData) {
	c.title(plainText(d.Headline), "jsonld", "", 0)
	if d.Headline == "" && d.PageName != "" {
		c.title(plainText(d.PageName), "jsonld:page", "", 1)
	}
	c.published(d.Published, "jsonld", "", 0)
	c.modified(d.Modified, "jsonld", "", 0)
	if d.Published == "" {
		c.published(d.PagePublished, "jsonld:page", "", 1)
	}
	if d.Modified == "" {
		c.modified(d.PageModified, "jsonld:page", "", 1)
	}
	for i, name := range d.Authors {
		c.author(plainText(name), "jsonld", "", i)
	}
	if len(d.Authors) == 0 {
		for i, name := range d.PageAuthors {
			c.author(plainText(name), "jsonld:page", "", i)
		}
	}
	c.raw.SiteName = plainText(d.Publisher)
	c.name(c.raw.SiteName)
}

// name notes a name under which the site calls itself.
func (c *claims) name(name string) {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > 200 || len(c.raw.SiteNames) >= 8 {
		return
	}
	for _, known := range c.raw.SiteNames {
		if strings.EqualFold(known, name) {
			return
		}
	}
	c.raw.SiteNames = append(c.raw.SiteNames, name)
}

// fromMetas reads the <meta> elements by the words of their names.
func (c *claims) fromMetas() {
	writtenBy := c.labelled()
	for _, m := range c.Metas {
		switch field, origin := metaField(m.Name); field {
		case metaTitle:
			c.title(plainText(m.Content), origin, "", 0)
		case metaPublished:
			if looksDated(m.Content) && !c.isMarked(m.Name) {
				c.published(m.Content, origin, "", 0)
			}
		case metaModified:
			if looksDated(m.Content) && !c.isMarked(m.Name) {
				c.modified(m.Content, origin, "", 0)
			}
		case metaAuthor:
			c.author(plainText(m.Content), origin, "", 0)
		case metaSite:
			c.name(plainText(m.Content))
			if origin == "og" {
				c.raw.SiteName = plainText(m.Content)
			}
		}
	}
	c.author(plainText(writtenBy), "twitter", "", 0)
	c.title(c.Title, "title", "", 0)
}

// isMarked tells whether a property stands in the page's body, where the mark
// knows its place and the meta element does not.
func (c *claims) isMarked(prop string) bool {
	for i := range c.Marks {
		if c.Marks[i].Prop == prop {
			return true
		}
	}
	return false
}

// labelled is the author that a pair of twitter:label and twitter:data names.
func (c *claims) labelled() string {
	for _, n := range [...]string{"1", "2"} {
		switch strings.ToLower(c.metaContent("twitter:label" + n)) {
		case "written by", "ditulis oleh", "penulis", "oleh", "by", "author", "verfasst von", "geschrieben von", "écrit par", "escrito por":
			return c.metaContent("twitter:data" + n)
		}
	}
	return ""
}

// looksDated tells whether a meta's content may be a date: it has at least
// three digits and is short.
func looksDated(content string) bool {
	digits := 0
	for i := 0; i < len(content); i++ {
		if content[i] >= '0' && content[i] <= '9' {
			digits++
		}
	}
	return digits >= 3 && len(content) <= 100
}

// What a <meta> element is about.
type metaKind int

const (
	metaNothing metaKind = iota
	metaTitle
	metaPublished
	metaModified
	metaAuthor
	metaSite
)

// metaField tells what a meta name is about, by the words that it is made of
// ("article:published_time", "content_PublishedDate", "DC.date.issued").
func metaField(name string) (metaKind, string) {
	switch name {
	case "og:title":
		return metaTitle, "og"
	case "twitter:title":
		return metaTitle, "twitter"
	case "headline":
		return metaTitle, "microdata"
	case "og:site_name":
		return metaSite, "og"
	case "application-name", "apple-mobile-web-app-title", "dc.publisher", "dcterms.publisher", "al:ios:app_name", "al:android:app_name", "publisher":
		return metaSite, "meta:" + name
	case "twitter:creator", "og:type", "viewport", "description", "keywords":
		return metaNothing, ""
	}
	origin := "meta:" + name
	w := metaWords(name)
	switch {
	case w.has("expire", "expires", "unpublish", "format", "crawl", "revisit", "valid", "updatable", "description", "image", "url", "id", "section", "tag", "publisher"):
		return metaNothing, ""
	case w.has("modified", "modify", "mod", "lastmod", "update", "updated", "revised", "lastmodified", "updatetime", "modificationdate", "datemodified", "updatedate", "moddate", "lastupdate", "lastupdated", "revision", "dateupdate", "dateupdated"):
		return metaModified, origin
	case w.has("published", "publish", "publication", "pub", "publishdate", "pubdate", "publisheddate", "publicationdate", "datepublished", "publishtime", "publishedtime", "issued", "ptime", "originalpublicationdate", "displaydate", "publishedat", "publishing", "publishingdate", "firstpublished") && !w.has("name", "author"):
		return metaPublished, origin
	case w.has("title", "headline") && !w.has("site", "app", "msapplication", "apple", "alt", "text", "section", "page", "seo", "sub", "short", "description", "author", "parent", "category", "journal"):
		return metaTitle, origin
	case w.has("author", "authors", "creator", "byline", "byl", "authorname", "writer", "reporter", "penulis"):
		if w.has("title", "twitter", "link", "type", "email", "photo", "image") {
			return metaNothing, ""
		}
		return metaAuthor, origin
	case w.has("date", "created", "datecreated", "timestamp", "released", "release", "createdate", "articledate", "uploaded", "uploaddate", "posted", "dateposted", "thedate", "creation", "creationdate") && !w.has("event", "start", "end"):
		return metaPublished, origin
	}
	return metaNothing, ""
}

// metaNameWords are the words of a meta name, at most eight.
type metaNameWords struct {
	words [8]string
	n     int
}

func metaWords(name string) (w metaNameWords) {
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return strings.ContainsRune(":._- ", r) }) {
		if w.n == len(w.words) {
			break
		}
		w.words[w.n] = word
		w.n++
	}
	return w
}

func (w metaNameWords) has(any ...string) bool {
	for _, word := range w.words[:w.n] {
		for _, a := range any {
			if word == a {
				return true
			}
		}
	}
	return false
}

// fromLink adds what the finding place said.
func (c *claims) fromLink(l news.Link) {
	origin := "anchor"
	switch l.Source {
	case "feed", "api":
		origin = "feed"
	case "sitemap", "news-sitemap":
		origin = "sitemap"
	}
	c.title(plainText(l.Title), origin, "", 0)
}

// nearHeadline tells whether a block stands close to the headline, or between
// it and the body.
func (c *claims) nearHeadline(block int) bool {
	if c.headline < 0 || block <= c.headline-4 {
		return false
	}
	return block < c.headline+6 || block < c.BodyFirst && block < c.headline+40
}
