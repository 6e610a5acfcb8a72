// Package extract finds the parts of an article as the page has them: by the
// portal's rules, metadata, the learned template of the site, and by itself.
// It keeps the origin of every claim; choosing what to believe is the work of
// package normalize.
package extract

import "kabar/storage/news"

// Claim is one statement about a field, with where it stood.
type Claim struct {
	Value  string
	Origin string // rule, jsonld, og, twitter, microdata, meta:NAME, time, h1, h2, heading, title, text, text:first, byline, rel, signature, address, state, anchor, feed, sitemap, listing
	Where  string // place in the page, as a short path of tag and classes; empty when it has none
	Weight int    // blocks between it and the title, or another rank that extract gives; smaller is nearer
}

// Kind is what a page is.
type Kind string

// Kinds of pages.
const (
	KindArticle Kind = "article"
	KindListing Kind = "listing"
	KindOther   Kind = "other" // login, challenge, soft 404, empty, calendar, search …
)

// Raw is an article as its page has it.
type Raw struct {
	Kind    Kind
	KindWhy string // the reason in plain words

	Titles     []Claim
	Published  []Claim // claims of publication, in page order
	Modified   []Claim
	Authors    []Claim
	Body       []news.Block
	BodyOrigin string // rule, template, automatic, jsonld, state
	Lead       news.Image
	Canonical  string // as claimed, absolute; not yet believed
	AMP        string // its AMP twin as claimed, absolute
	PostID     string // "wp:1042", "blogger:77"; empty when the page does not say
	SiteName   string
	SiteNames  []string // all names under which the site calls itself
	Language   string
	Categories []string
	Next       string // address of the next part of a split article, absolute

	Dropped []Dropped // what was left out of the body and why

	// Lesson is what LearnFrom needs of the page; nil unless asked for, and
	// for pages that teach nothing.
	Lesson *Lesson
}

// Dropped is a part of the page that is no part of the body.
type Dropped struct {
	Text string // its first words
	Why  string
}
