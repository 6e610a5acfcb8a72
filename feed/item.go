package feed

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"kabar/storage/news"

	"github.com/google/uuid"
)

// item is an article as every format shows it: clean, bounded, complete.
type item struct {
	id         string
	title      string
	link       string // the portal's address, else our own page
	page       string // our own page, empty when there is none
	published  time.Time
	estimated  bool
	updated    time.Time // never before published
	authors    []string  // never empty
	summary    string    // plain text, never empty
	html       string    // never empty
	categories []string
	regions    []tag
	source     source
	image      string // empty for none
	caption    string
	article    news.Article
}

type tag struct {
	code, name string
	primary    bool
}

// source is the portal of an article.
type source struct{ id, name, home string }

// items prepares articles for rendering in the order given, and the moment of
// the newest among them.
func (c Channel) items(articles []news.Article) (list []item, updated time.Time) {
	list = make([]item, 0, len(articles))
	updated = c.Updated
	for _, a := range articles {
		it := c.item(a)
		list = append(list, it)
		if it.updated.After(updated) {
			updated = it.updated
		}
	}
	if updated.IsZero() {
		updated = time.Unix(0, 0)
	}
	return list, updated.UTC()
}

func (c Channel) item(a news.Article) item {
	portal := c.Portals[a.Portal]
	it := item{
		id:         a.ID,
		title:      Line(a.Title, maxTitle),
		link:       Address(a.URL),
		page:       c.page(a.ID),
		authors:    lines(a.Authors, 8),
		categories: lines(a.Categories, maxTags),
		regions:    tags(a.Regions),
		source:     sourceOf(a.Portal, portal),
		article:    a,
	}
	if it.link == "" {
		it.link = it.page
	}
	if it.title == "" {
		it.title = "(tanpa judul)"
	}
	if len(it.authors) == 0 {
		it.authors = []string{it.source.name}
	}
	it.published, it.estimated = Shown(a, portal.Clock)
	it.updated = later(a.Updated, it.published).UTC()
	if before, ok := c.Before[a.ID]; ok {
		it.id = correctionID(a.ID, a.Version)
		c.fillCorrection(&it, before)
		return it
	}
	c.fill(&it)
	return it
}

// fill sets what depends on how much may be published.
func (c Channel) fill(it *item) {
	allowed := c.Allowed(it.article.Portal)
	if it.article.GoneSince.IsZero() && allowed != Link {
		it.image = Address(it.article.Lead.Src)
		it.caption = Line(it.article.Lead.Caption, maxSummary)
		it.summary = Line(it.article.Summary(maxSummary), maxSummary+1)
	}
	if it.summary == "" {
		it.summary = it.title
	}
	if gone := it.article.GoneSince; !gone.IsZero() {
		it.summary = Withdrawn(gone, c.Portals[it.article.Portal].Clock)
	}
	it.html = c.html(it, allowed)
}

// page is the address of our own page of an article.
func (c Channel) page(id string) string {
	if c.Pages == "" {
		return ""
	}
	return Address(c.Pages + strings.TrimPrefix(id, "urn:uuid:"))
}

// correctionID is the identity of one correction of an article.
func correctionID(id string, version int) string {
	name := id + "/" + strconv.Itoa(version)
	return "urn:uuid:" + uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)).String()
}

// clockGrace is how far the clock of a portal may be ahead of ours.
const clockGrace = 10 * time.Minute

// Shown is the moment to print and to sort by, in the offset that the page gave
// or else on the portal's clock. A time that lies after the article was first
// seen cannot be when it was published, and a year that no date format knows
// counts as unknown: then the time of first sight stands in, as an estimate.
func Shown(a news.Article, clock string) (at time.Time, estimated bool) {
	at, estimated = a.Shown()
	if y := at.Year(); !estimated && (y < 1 || y > 9998 || !a.FirstSeen.IsZero() && at.After(a.FirstSeen.Add(clockGrace))) {
		at, estimated = a.FirstSeen, true
	}
	if estimated {
		at = at.In(Zone(clock))
	}
	return at, estimated
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func sourceOf(id string, p news.Portal) source {
	s := source{id: id, name: Line(p.Name, maxName), home: Address(p.Home)}
	if s.name == "" {
		s.name = Line(id, maxName)
	}
	if s.name == "" {
		s.name = "sumber tak dikenal"
	}
	return s
}

// lines cleans a list of short texts and drops what is empty or repeated.
func lines(texts []string, max int) []string {
	var clean []string
	seen := make(map[string]bool, len(texts))
	for _, t := range texts {
		t = Line(t, maxName)
		key := strings.ToLower(t)
		if t == "" || seen[key] {
			continue
		}
		seen[key] = true
		clean = append(clean, t)
		if len(clean) == max {
			break
		}
	}
	return clean
}

// tags lists regions with their names, the primary one first.
func tags(regions []news.RegionTag) []tag {
	var list []tag
	for _, r := range regions {
		code := Line(r.Code, 16)
		if code == "" || len(list) == maxTags {
			continue
		}
		list = append(list, tag{code: code, name: RegionName(code), primary: r.Primary})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].primary && !list[j].primary })
	return list
}
