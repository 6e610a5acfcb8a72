// Package normalize turns what a page said into what we know: one article in
// our terms, each value chosen among claims for a stated reason, with doubts
// kept in plain words. It is pure: no network, no clock.
package normalize

import (
	"net/url"
	"time"

	"kabar/crawler/extract"
	"kabar/crawler/page"
	"kabar/crawler/portal"
	"kabar/storage/news"
	"kabar/storage/region"
)

// Context is what is known besides the page.
type Context struct {
	Portal portal.Definition
	Link   news.Link   // what the finding place said
	Site   *SiteMemory // what other pages of the site taught; nil when nothing
	Now    time.Time   // zero means the page's own Date
}

// SiteMemory is what many pages of one site teach about its articles. It can
// be kept as JSON.
type SiteMemory struct {
	Titles *SiteTitles `json:"titles,omitempty"`
	Dates  *SiteDates  `json:"dates,omitempty"`
}

// Learn counts one more article page of the site; c is what Article was given
// for it.
func (m *SiteMemory) Learn(p *page.Page, raw extract.Raw, a news.Article, c Context) {
	if m.Titles == nil {
		m.Titles = &SiteTitles{}
	}
	m.Titles.Learn(raw.Titles, a.Title)
	if m.Dates == nil {
		m.Dates = &SiteDates{}
	}
	m.Dates.Learn(raw.Published, raw.Modified, stampContext(p, raw, c))
}

// Choices are the reasons behind an article's fields, for explanations.
type Choices struct {
	Title, Authors, Published, Modified, URL, Place string
}

// Article makes the article that a page tells.
func Article(p *page.Page, raw extract.Raw, c Context) news.Article {
	a, _ := Explained(p, raw, c)
	return a
}

// Explained is Article with the reasons for its choices.
func Explained(p *page.Page, raw extract.Raw, c Context) (news.Article, Choices) {
	var why Choices
	a := news.Article{Portal: c.Portal.ID, PostID: raw.PostID, Version: 1}
	if a.PostID == "" {
		a.PostID = c.Link.PostID
	}
	site := siteNames(p, raw, c)

	a.Body = cleanBlocks(raw.Body)
	a.Title, why.Title = ChooseTitle(raw.Titles, TitleContext{URL: p.URL, Site: site, Seen: c.Site.titles(), Body: a.Body})
	a.Body = extract.AfterTitle(a.Body, a.Title)
	a.Authors, why.Authors = ChooseAuthors(raw.Authors, AuthorContext{Site: site})
	var doubts []string
	a.Published, a.Modified, doubts = ChooseStamp(raw.Published, raw.Modified, stampContext(p, raw, c))
	a.Published, a.Modified = onPortalClock(a.Published, c.Portal), onPortalClock(a.Modified, c.Portal)
	why.Published, why.Modified = stampReason(a.Published), stampReason(a.Modified)
	a.Doubts = append(a.Doubts, doubts...)

	a.URL, a.Aliases, why.URL = chooseAddress(p, raw, c)
	takeBylines(&a, raw.Authors, &why)
	readBeginning(&a)
	if c.Portal.Home != "" || readsIndonesian(raw) {
		a.Regions = TagArticle(a.Title, a.Place, a.Text(), homeRegion(c.Portal))
	}
	a.Lead = cleanImage(raw.Lead)
	if a.Lead.Src == "" {
		a.Lead = firstImage(a.Body)
	}
	a.Categories = joinCategories(raw.Categories, c.Link.Categories)
	doubtArticle(&a, raw)
	return a, why
}

func (m *SiteMemory) titles() *SiteTitles {
	if m == nil {
		return nil
	}
	return m.Titles
}

func (m *SiteMemory) dates() *SiteDates {
	if m == nil {
		return nil
	}
	return m.Dates
}

// siteNames are the names of the site, as the portal and the page have them.
func siteNames(p *page.Page, raw extract.Raw, c Context) []string {
	names := append([]string{}, raw.SiteNames...)
	if c.Portal.Name != "" {
		names = append(names, c.Portal.Name)
	}
	return names
}

// homeRegion is the code of the region that a portal belongs to.
func homeRegion(d portal.Definition) string {
	if len(d.Regions) == 0 {
		return ""
	}
	return d.Regions[0]
}

func stampContext(p *page.Page, raw extract.Raw, c Context) StampContext {
	s := StampContext{Zone: region.Zone(c.Portal.Clock), Now: c.Now, URL: p.URL, Language: raw.Language, Body: raw.Body, Site: c.Site.dates()}
	if s.Zone == nil {
		if home, ok := region.ByCode(homeRegion(c.Portal)); ok {
			s.Zone = region.Zone(home.Clock)
		}
	}
	if s.Zone == nil && c.Portal.Home == "" && readsIndonesian(raw) {
		// Without a portal nothing is known but the language; four in five
		// Indonesians live by this clock.
		s.Zone = region.Zone("WIB")
	}
	if s.Now.IsZero() {
		s.Now = p.At
	}
	if !c.Link.Published.IsZero() {
		s.Outside = append(s.Outside, c.Link.Published)
	}
	return s
}

// onPortalClock gives a moment that machines wrote in UTC the offset of its
// portal, by which readers know it.
func onPortalClock(s news.Stamp, d portal.Definition) news.Stamp {
	if _, offset := s.Time.Zone(); s.HasClock() && offset == 0 && d.Home != "" {
		s.Time = s.Time.In(d.Location())
	}
	return s
}

func stampReason(s news.Stamp) string {
	if s.IsZero() {
		return "no claim is sure enough"
	}
	return "from " + s.Origin + ", known to the " + string(s.Precision)
}

// readBeginning reads place and agency from the dateline, which stays in the
// body as printed.
func readBeginning(a *news.Article) {
	for _, b := range a.Body {
		if b.Kind != news.Paragraph {
			continue
		}
		line := ReadDateline(b.Text)
		a.Place, a.Agency = line.Place, line.Agency
		return
	}
}

// doubtArticle notes what is odd about the whole.
func doubtArticle(a *news.Article, raw extract.Raw) {
	if doubt := titleDoubt(raw.Titles, a.Title); doubt != "" {
		a.Doubts = append(a.Doubts, doubt)
	}
	if a.Title == "" {
		a.Doubts = append(a.Doubts, "the page has no title")
	}
	if len(a.Body) == 0 {
		a.Doubts = append(a.Doubts, "the page has no text")
	}
	if raw.Kind != extract.KindArticle && raw.Kind != "" {
		a.Doubts = append(a.Doubts, "the page may be no article: "+raw.KindWhy)
	}
}

// cleanBlocks passes the text of all blocks through the one cleaning function
// and drops blocks that have none left.
func cleanBlocks(blocks []news.Block) []news.Block {
	kept := make([]news.Block, 0, len(blocks))
	for _, b := range blocks {
		b.Text = CleanLines(b.Text)
		b.Items = cleanAll(b.Items)
		if b.Rows != nil {
			rows := make([][]string, 0, len(b.Rows))
			for _, row := range b.Rows {
				cells := make([]string, len(row))
				for i, cell := range row {
					cells[i] = Clean(cell)
				}
				rows = append(rows, cells)
			}
			b.Rows = rows
		}
		if b.Image != nil {
			image := cleanImage(*b.Image)
			b.Image = &image
		}
		if b.Text != "" || len(b.Items) > 0 || len(b.Rows) > 0 || b.Image != nil && b.Image.Src != "" {
			kept = append(kept, b)
		}
	}
	return kept
}

func cleanAll(texts []string) []string {
	if texts == nil {
		return nil
	}
	kept := make([]string, 0, len(texts))
	for _, t := range texts {
		if t = CleanLines(t); t != "" {
			kept = append(kept, t)
		}
	}
	return kept
}

func cleanImage(i news.Image) news.Image {
	u, err := url.Parse(i.Src)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return news.Image{}
	}
	return news.Image{Src: i.Src, Alt: Clean(i.Alt), Caption: Clean(i.Caption)}
}

func firstImage(blocks []news.Block) news.Image {
	for _, b := range blocks {
		if b.Image != nil {
			return *b.Image
		}
	}
	return news.Image{}
}

// Join puts the next part of a split article behind the first. What the first
// part says of title, date and people stays.
func Join(first, next extract.Raw) extract.Raw {
	seen := map[string]bool{}
	for _, b := range first.Body {
		seen[b.Plain()] = true
	}
	joined := first
	joined.Body = append([]news.Block{}, first.Body...)
	for _, b := range next.Body {
		// The lead and pictures are often printed again on every part.
		if b.Kind != news.Heading && seen[b.Plain()] && b.Plain() != "" {
			continue
		}
		joined.Body = append(joined.Body, b)
	}
	joined.Dropped = append(append([]extract.Dropped{}, first.Dropped...), next.Dropped...)
	joined.Next = next.Next
	return joined
}
