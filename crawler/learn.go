package crawler

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"kabar/crawler/extract"
	"kabar/crawler/normalize"
	"kabar/crawler/page"
	"kabar/storage/news"
)

const (
	// learnAt is how many articles a portal's template is first learned from.
	learnAt = 5
	// stableAt is how many it is learned from for good.
	stableAt = 8
	// maxEarly bounds the articles that are read again.
	maxEarly = 64
)

// layouts is what was learned of how a portal lays out its articles.
type layouts struct {
	Template *extract.Template `json:"template,omitempty"`
	// Stable tells that the template is changed no more; other layouts are
	// learned beside it.
	Stable bool `json:"stable,omitempty"`
	// Early are the addresses of articles that were read with less knowledge
	// than there will be, in the order read.
	Early []string `json:"early,omitempty"`
	// Strange are the addresses of articles that fit no known layout.
	Strange []string `json:"strange,omitempty"`
	// Due tells that something was learned since the early articles were read.
	Due bool `json:"due,omitempty"`
	// Searched tells that pages kept before this knowledge began were looked
	// for: a crawl that was killed, or a damaged memory, leaves such pages.
	Searched bool `json:"searched,omitempty"`

	// met are the articles read on this visit, by address; nil for those from
	// which nothing more is to be learned.
	met map[string]*reading
}

// reading is an article as it was read, without the page.
type reading struct {
	raw      extract.Raw
	template *extract.Template // with which it was read; nil without
	article  news.Article
	page     *page.Page // address and time only
	link     news.Link
}

// meet notes an article that was read. One without a lesson teaches nothing.
func (k *layouts) meet(p *page.Page, raw extract.Raw, a news.Article, link news.Link) {
	if raw.Lesson == nil {
		return
	}
	if k.met == nil {
		k.met = make(map[string]*reading)
	}
	r := &reading{raw: raw, template: k.Template, article: a, link: link,
		page: &page.Page{URL: p.URL, Asked: p.Asked, Status: p.Status, Header: p.Header, Type: p.Type, At: p.At}}
	known := slices.Contains(k.Early, a.URL) || slices.Contains(k.Strange, a.URL)
	switch {
	case known:
		k.met[a.URL] = r
	case !k.Stable && len(k.Early) < maxEarly:
		k.Early = append(k.Early, a.URL)
		k.met[a.URL] = r
	case k.Template != nil && !k.Template.Fits(raw.Lesson):
		k.Strange = append(k.Strange, a.URL)
		k.met[a.URL] = r
	default:
		k.met[a.URL] = nil
	}
}

// learnLayouts learns the portal's template when enough articles were met, and
// a layout beside it when enough did not fit.
func (v *visit) learnLayouts(ctx context.Context) error {
	k := &v.known.Layouts
	switch n := len(k.Early); {
	case !k.Stable && (n >= stableAt || n >= learnAt && k.Template == nil):
		lessons, err := v.lessons(ctx, k.Early[:min(n, stableAt)])
		if err != nil {
			return err
		}
		k.Stable = n >= stableAt
		if t := extract.LearnFrom(lessons); len(t.Layouts) > 0 || k.Stable {
			k.Template, k.Due = t, true
		}
	case k.Stable && len(k.Strange) >= learnAt:
		strange := k.Strange
		k.Strange = nil
		lessons, err := v.lessons(ctx, strange)
		if err != nil {
			return err
		}
		t := extract.LearnFrom(lessons)
		if len(t.Layouts) == 0 {
			return nil // each of its own kind
		}
		k.Template, k.Due = k.Template.With(t), true
		k.Early = append(k.Early, strange...)
		v.known.Fitting = 0
		v.layout = fmt.Sprintf("the portal lays out its articles in a new way, as at %s; it was learned from %d pages: look whether they are read rightly",
			strange[len(strange)-1], len(lessons))
		v.Log.Warn("new layout", "portal", v.portal.ID, "url", strange[len(strange)-1], "pages", len(lessons))
	}
	return nil
}

// lessons are those of some articles: of this visit, or of their kept pages.
// Pages that are there no more teach nothing.
func (v *visit) lessons(ctx context.Context, addresses []string) ([]*extract.Lesson, error) {
	var lessons []*extract.Lesson
	for _, address := range addresses {
		if r := v.known.Layouts.met[address]; r != nil {
			lessons = append(lessons, r.raw.Lesson)
			continue
		}
		kept, err := v.kept(ctx, address)
		if err != nil {
			return nil, err
		}
		if raw, _ := v.claims(keptPage(kept), kept.Link); raw.Lesson != nil {
			lessons = append(lessons, raw.Lesson)
		}
	}
	return lessons, nil
}

// kept is the kept page of an address, an empty one when there is none.
func (v *visit) kept(ctx context.Context, address string) (news.RawPage, error) {
	kept, err := v.Ledger.Page(ctx, address)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return kept, fmt.Errorf("reading the kept page %s: %w", address, err)
	}
	return kept, nil
}

// review reads early articles again from their kept pages with what was
// learned since, and corrects them.
func (v *visit) review(ctx context.Context) error {
	k := &v.known.Layouts
	if !k.Searched {
		k.Searched = true
		if err := v.searchKept(ctx); err != nil {
			return err
		}
	}
	if !k.Due || k.Template == nil {
		return nil
	}
	corrected := 0
	for _, address := range k.Early {
		change, err := v.readAgain(ctx, address)
		if err != nil {
			return err
		}
		if change.Kind == news.Amended {
			corrected++
		}
	}
	v.Log.Info("read early articles again", "portal", v.portal.ID, "articles", len(k.Early), "corrected", corrected)
	k.Due = false
	if k.Stable {
		k.Early = nil
	}
	return nil
}

// searchKept takes the oldest kept pages that were not met on this visit for
// early ones.
func (v *visit) searchKept(ctx context.Context) error {
	k := &v.known.Layouts
	enough := errors.New("enough")
	err := v.Ledger.EachPage(ctx, v.portal.ID, func(kept news.RawPage) error {
		if len(k.Early) >= maxEarly {
			return enough
		}
		if kept.Link.URL == "" {
			return nil // a further part of another one
		}
		if _, met := k.met[kept.URL]; !met && !slices.Contains(k.Early, kept.URL) {
			k.Early = append(k.Early, kept.URL)
			k.Due = k.Template != nil
		}
		return nil
	})
	if err != nil && !errors.Is(err, enough) {
		return err
	}
	return v.learnLayouts(ctx)
}

// readAgain reads an article again and corrects what is stored, unless that
// was edited meanwhile. The zero change says that nothing was done.
func (v *visit) readAgain(ctx context.Context, address string) (news.Change, error) {
	again, err := v.secondReading(ctx, address)
	if err != nil || again.Title == "" || len(again.Body) == 0 {
		return news.Change{}, err
	}
	stored, err := v.Ledger.ArticleAt(ctx, address)
	if errors.Is(err, news.ErrNotFound) || err == nil && (stored.URL != address || stored.Version > 1) {
		return news.Change{}, nil
	}
	if err != nil {
		return news.Change{}, fmt.Errorf("reading article %s: %w", address, err)
	}
	right := better(stored, again)
	change, err := v.Ledger.Correct(ctx, right)
	if errors.Is(err, news.ErrOutdated) || errors.Is(err, news.ErrNotFound) {
		return news.Change{}, nil
	}
	if err != nil || change.Kind != news.Amended {
		return change, err
	}
	return change, v.joinCopies(ctx, right.ID, right)
}

// secondReading is an article as it is read with what is known now; the zero
// article when there is nothing to read or nothing new in it. Its page is only
// parsed again when its text may differ. What was joined from parts is then
// left alone: the kept page is not all there is.
func (v *visit) secondReading(ctx context.Context, address string) (news.Article, error) {
	k := &v.known.Layouts
	if r := k.met[address]; r != nil && !extract.Differ(r.raw.Lesson, r.template, k.Template) {
		again := normalize.Article(r.page, r.raw, v.context(r.page, r.link))
		if sameReading(again, r.article) {
			return news.Article{}, nil
		}
		return again, nil
	}
	kept, err := v.kept(ctx, address)
	if err != nil || len(kept.Body) == 0 {
		return news.Article{}, err
	}
	p := keptPage(kept)
	raw, reason := v.claims(p, kept.Link)
	if reason != "" || raw.Next != "" {
		return news.Article{}, nil
	}
	return normalize.Article(p, raw, v.context(p, kept.Link)), nil
}

// sameReading tells whether two readings of a page say the same, as far as
// knowledge of its site can make them differ.
func sameReading(a, b news.Article) bool {
	return a.Title == b.Title && sameStamp(a.Published, b.Published) && sameStamp(a.Modified, b.Modified) && a.Byline == b.Byline &&
		slices.Equal(a.Authors, b.Authors) && slices.Equal(a.Doubts, b.Doubts) && len(a.Body) == len(b.Body) && a.Text() == b.Text()
}

func sameStamp(a, b news.Stamp) bool {
	return a.Time.Equal(b.Time) && a.Precision == b.Precision && a.Origin == b.Origin
}

// better is a stored article with what another reading of its page says. A
// date without the time of day corrects no moment of that day.
func better(stored, again news.Article) news.Article {
	again.ID, again.Portal, again.URL, again.Version = stored.ID, stored.Portal, stored.URL, stored.Version
	if was := stored.Published; was.HasClock() && again.Published.Precision == news.Day {
		if since := was.Time.Sub(again.Published.Time); since >= 0 && since < 24*time.Hour {
			again.Published = was
		}
	}
	return again
}

// context is what is known of an article beside its page.
func (v *visit) context(p *page.Page, link news.Link) normalize.Context {
	return normalize.Context{Portal: v.portal, Link: link, Site: &v.known.Site, Now: p.At}
}

// Learned is what a portal's pages taught.
type Learned struct {
	Template *extract.Template     // nil before enough articles were read
	Site     *normalize.SiteMemory // nil when nothing is known
}

// Recall is what was learned of a portal so far; the zero value when nothing
// is known, or nothing that this program can read.
func Recall(ctx context.Context, ledger interface {
	Template(ctx context.Context, portal string) ([]byte, error)
}, portal string) (Learned, error) {
	data, err := ledger.Template(ctx, portal)
	if errors.Is(err, news.ErrNotFound) {
		return Learned{}, nil
	}
	if err != nil {
		return Learned{}, fmt.Errorf("reading what is known of portal %s: %w", portal, err)
	}
	k, err := readKnowledge(data)
	if err != nil {
		return Learned{}, nil
	}
	return Learned{Template: k.Layouts.Template, Site: &k.Site}, nil
}
