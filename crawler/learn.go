package crawler

import (
	"context"
	"errors"
	"fmt"
	"slices"

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

	// lessons are those of the articles met on this visit, by address.
	lessons map[string]*extract.Lesson
}

// meet notes an article that was read. One without a lesson teaches nothing.
func (k *layouts) meet(address string, lesson *extract.Lesson) {
	if lesson == nil {
		return
	}
	if k.lessons == nil {
		k.lessons = make(map[string]*extract.Lesson)
	}
	known := slices.Contains(k.Early, address) || slices.Contains(k.Strange, address)
	switch {
	case known:
		k.lessons[address] = lesson
	case !k.Stable && len(k.Early) < maxEarly:
		k.Early = append(k.Early, address)
		k.lessons[address] = lesson
	case k.Template != nil && !k.Template.Fits(lesson):
		k.Strange = append(k.Strange, address)
		k.lessons[address] = lesson
	default:
		k.lessons[address] = nil // only that it was met
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
		lesson := v.known.Layouts.lessons[address]
		if lesson == nil {
			kept, err := v.kept(ctx, address)
			if err != nil {
				return nil, err
			}
			raw, _ := v.claims(keptPage(kept), kept.Link)
			lesson = raw.Lesson
		}
		if lesson != nil {
			lessons = append(lessons, lesson)
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
		if _, met := k.lessons[kept.URL]; !met && !slices.Contains(k.Early, kept.URL) {
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

// readAgain reads the kept page of a stored article and corrects the article.
// It leaves alone what was edited or joined from parts: there the kept page is
// not all there is. The zero change says so.
func (v *visit) readAgain(ctx context.Context, address string) (news.Change, error) {
	kept, err := v.kept(ctx, address)
	if err != nil || len(kept.Body) == 0 {
		return news.Change{}, err
	}
	stored, err := v.Ledger.ArticleAt(ctx, address)
	if errors.Is(err, news.ErrNotFound) || err == nil && (stored.URL != address || stored.Version > 1) {
		return news.Change{}, nil
	}
	if err != nil {
		return news.Change{}, fmt.Errorf("reading article %s: %w", address, err)
	}
	p := keptPage(kept)
	raw, reason := v.claims(p, kept.Link)
	if reason != "" || raw.Next != "" {
		return news.Change{}, nil
	}
	again := normalize.Article(p, raw, v.context(p, kept.Link))
	if again.Title == "" || len(again.Body) == 0 {
		return news.Change{}, nil
	}
	change, err := v.Ledger.Correct(ctx, better(stored, again))
	if errors.Is(err, news.ErrOutdated) || errors.Is(err, news.ErrNotFound) {
		return news.Change{}, nil
	}
	return change, err
}

// better is a stored article with what another reading of its page says.
func better(stored, again news.Article) news.Article {
	again.ID, again.Portal, again.URL, again.Version = stored.ID, stored.Portal, stored.URL, stored.Version
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
