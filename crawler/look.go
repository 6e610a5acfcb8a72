package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"kabar/crawler/fetch"
	"kabar/crawler/normalize"
	"kabar/crawler/page"
	"kabar/crawler/schedule"
	"kabar/crawler/similar"
	"kabar/storage/news"
)

// maxLooks bounds the articles that one visit looks at again.
const maxLooks = 40

// lookAges are the ages at which an article is looked at again. Most edits
// come in the first hours, and no two looks are more than a day apart while
// edits are likely.
var lookAges = [...]time.Duration{5 * time.Hour, 26 * time.Hour, 49 * time.Hour, 96 * time.Hour}

const (
	// lookEnd is the age at which articles are left alone for good.
	lookEnd = 14 * 24 * time.Hour
	// secondLook is how long after an article was not there it must be missing
	// again to count as withdrawn.
	secondLook = 5 * time.Hour
	// returnLook is how long after a withdrawal its return is looked for.
	returnLook = 3 * 24 * time.Hour
)

// nextLook is when to look at an article again that is there now; zero for
// never.
func nextLook(a news.Article, now time.Time) time.Time {
	born := a.FirstSeen
	if a.Published.HasClock() && a.Published.Time.Before(born) {
		born = a.Published.Time
	}
	for _, age := range lookAges {
		if at := born.Add(age); at.After(now.Add(time.Hour)) {
			return at
		}
	}
	return time.Time{}
}

// planLook plans the first look at an article that was just stored.
func (v *visit) planLook(ctx context.Context, id string, a news.Article) error {
	next := nextLook(a, v.Now())
	if next.IsZero() {
		return nil
	}
	return v.saveLook(ctx, news.Look{ID: id, Portal: v.portal.ID, Next: next})
}

func (v *visit) saveLook(ctx context.Context, l news.Look) error {
	if err := v.Ledger.SaveLook(ctx, l); err != nil {
		return fmt.Errorf("planning a look at %s: %w", l.ID, err)
	}
	return nil
}

// lookAgain looks at the stored articles whose time has come. It is called on
// a visit on which the source was read, so that a site that fails as a whole
// withdraws nothing.
func (v *visit) lookAgain(ctx context.Context) error {
	looks, err := v.Ledger.Looks(ctx, v.portal.ID, v.Now(), maxLooks)
	if err != nil {
		return fmt.Errorf("reading the looks due at portal %s: %w", v.portal.ID, err)
	}
	for _, l := range looks {
		a, err := v.Ledger.Article(ctx, l.ID)
		if errors.Is(err, news.ErrNotFound) {
			continue // removed with its portal just now
		}
		if err != nil {
			return fmt.Errorf("reading article %s: %w", l.ID, err)
		}
		if err := v.look(ctx, a, l); err != nil {
			return err
		}
	}
	return nil
}

// look fetches a stored article's page again and records what became of it.
func (v *visit) look(ctx context.Context, a news.Article, l news.Look) error {
	kept, err := v.Ledger.Page(ctx, a.URL)
	if errors.Is(err, news.ErrNotFound) {
		kept, err = news.RawPage{Link: news.Link{URL: a.URL, Portal: a.Portal, PostID: a.PostID, Categories: a.Categories}}, nil
	}
	if err != nil {
		return err
	}
	// The address that once gave the article says more about its life than
	// the one that the page claims for itself.
	p, err := v.get(ctx, kept.Link.URL, "look", true)
	var failed *fetch.Error
	switch {
	case err == nil && p.Status == http.StatusNotModified:
		return v.compareParts(ctx, keptPage(kept), kept, a, l)
	case err == nil:
		return v.compare(ctx, p, kept, a, l)
	case !errors.As(err, &failed) || failed.Kind == fetch.MustWait:
		return err
	case failed.Status == http.StatusNotFound || failed.Status == http.StatusGone:
		return v.missing(ctx, a, l)
	case failed.Temporary() || failed.Kind == fetch.BadStatus:
		return v.postpone(ctx, a, l)
	}
	l.Next = time.Time{} // forbidden now, or no page any more
	return v.saveLook(ctx, l)
}

// postpone leaves a look that told nothing for later, until the article is old.
func (v *visit) postpone(ctx context.Context, a news.Article, l news.Look) error {
	now := v.Now()
	if l.Next = now.Add(schedule.Longest); now.Sub(a.FirstSeen) > lookEnd {
		l.Next = time.Time{}
	}
	return v.saveLook(ctx, l)
}

// missing notes that an article was not there: the second time, some hours
// later, it counts as withdrawn.
func (v *visit) missing(ctx context.Context, a news.Article, l news.Look) error {
	now := v.Now().UTC()
	l.Looks++
	switch {
	case l.Missing.IsZero():
		l.Missing, l.Next = now, now.Add(secondLook)
	case now.Sub(l.Missing) < secondLook:
		l.Next = l.Missing.Add(secondLook)
	default:
		if a.GoneSince.IsZero() {
			if err := v.Ledger.MarkGone(ctx, a.ID, l.Missing); err != nil {
				return fmt.Errorf("marking %s as withdrawn: %w", a.URL, err)
			}
		}
		if l.Next = now.Add(returnLook); now.Sub(a.FirstSeen) > lookEnd {
			l.Next = time.Time{}
		}
	}
	return v.saveLook(ctx, l)
}

// unchanged notes that an article is there as it was.
func (v *visit) unchanged(ctx context.Context, a news.Article, l news.Look) error {
	a.LastSeen = v.Now().UTC()
	a.Cluster = "" // a copy may have joined it to another one meanwhile
	if _, err := v.Ledger.Save(ctx, a); err != nil {
		return fmt.Errorf("storing %s: %w", a.URL, err)
	}
	return v.present(ctx, a, l)
}

// present plans the next look at an article that is there.
func (v *visit) present(ctx context.Context, a news.Article, l news.Look) error {
	l.Looks++
	l.Missing, l.Next = time.Time{}, nextLook(a, v.Now())
	return v.saveLook(ctx, l)
}

// compare tells an edit from noise: the page as it was kept and as it is now
// are read in the same way, so that only a change of the page can differ.
func (v *visit) compare(ctx context.Context, p *page.Page, kept news.RawPage, a news.Article, l news.Look) error {
	before, reason := a, ""
	if len(kept.Body) > 0 {
		if before, reason = v.reading(keptPage(kept), kept.Link); reason != "" {
			before = a
		}
	}
	readable := reason == ""
	after, reason := v.reading(p, kept.Link)
	switch {
	case reason == errWithheld.Error(), reason != "" && !readable:
		return v.postpone(ctx, a, l) // nobody knows, or we read otherwise than before
	case reason != "":
		return v.missing(ctx, a, l)
	case sameText(before, after):
		if err := v.Fetcher.Digested(ctx, p); err != nil {
			return err
		}
		return v.compareParts(ctx, p, kept, a, l)
	}
	another, err := v.isAnother(ctx, p, before, after, a.ID)
	if err != nil {
		return err
	}
	if another {
		return v.missing(ctx, a, l)
	}
	return v.edited(ctx, p, kept.Link, a, l)
}

// isAnother tells whether a page is that of another article, to which many
// sites lead who asks for one that they took away.
func (v *visit) isAnother(ctx context.Context, p *page.Page, before, after news.Article, id string) (bool, error) {
	if p.URL.String() == p.Asked.String() {
		return false, nil
	}
	there, err := v.Ledger.ArticleAt(ctx, p.URL.String())
	switch {
	case err == nil:
		return there.ID != id, nil
	case !errors.Is(err, news.ErrNotFound):
		return false, fmt.Errorf("looking up %s: %w", p.URL, err)
	case before.Title == after.Title:
		return false, nil
	}
	return !isCopy(similar.Compare(similar.Read(before.Title, before.Text()), similar.Read(after.Title, after.Text())), false), nil
}

// edited stores what a page says now. The time of publication stays what it
// was, unless more of it is known now: an age such as "2 jam yang lalu" makes
// another moment at each reading, and many sites print the time of the edit.
func (v *visit) edited(ctx context.Context, p *page.Page, link news.Link, a news.Article, l news.Look) error {
	edited, reason, err := v.article(ctx, p, link)
	var failed *fetch.Error
	switch {
	case errors.As(err, &failed) && failed.Kind != fetch.MustWait, errors.Is(err, errWithheld), err == nil && reason != "":
		return v.postpone(ctx, a, l) // a part of it cannot be had
	case err != nil:
		return err
	}
	if was := a.Published; !was.IsZero() && (was.HasClock() || !edited.Published.HasClock()) {
		edited.Published = was
	}
	changes, err := v.Ledger.Save(ctx, edited)
	if err != nil {
		return fmt.Errorf("storing %s: %w", a.URL, err)
	}
	if changes[0].Kind == news.Revised {
		v.record.Revised++
		if err := v.joinCopies(ctx, changes[0].ID, edited); err != nil {
			return err
		}
	}
	if err := v.keep(ctx, p, a.URL, link); err != nil {
		return err
	}
	return v.present(ctx, a, l)
}

// compareParts looks for an edit in the further parts of an article whose
// first page p is as it was. Parts that cannot be had tell nothing.
func (v *visit) compareParts(ctx context.Context, p *page.Page, kept news.RawPage, a news.Article, l news.Look) error {
	next := ""
	if len(kept.Body) > 0 {
		raw, _ := v.claims(keptPage(kept), kept.Link)
		next = raw.Next
	}
	for n := 1; next != "" && n < maxParts; n++ {
		was, err := v.Ledger.Page(ctx, next)
		if errors.Is(err, news.ErrNotFound) {
			break
		}
		if err != nil {
			return err
		}
		before, err := v.part(keptPage(was))
		if err != nil {
			break
		}
		is, err := v.get(ctx, next, "look", true)
		var failed *fetch.Error
		if errors.As(err, &failed) && failed.Kind != fetch.MustWait {
			break
		}
		if err != nil {
			return err
		}
		if is.Status == http.StatusOK {
			after, err := v.part(is)
			if err != nil {
				break
			}
			if !slices.Equal(lasting(before.Body), lasting(after.Body)) {
				return v.edited(ctx, p, kept.Link, a, l)
			}
		}
		next = before.Next
	}
	return v.unchanged(ctx, a, l)
}

// reading is the article that one page tells, without the further parts of a
// split one, and without learning from it; reason says why it is none.
func (v *visit) reading(p *page.Page, link news.Link) (a news.Article, reason string) {
	raw, reason := v.claims(p, link)
	if raw.Withheld() {
		return a, errWithheld.Error()
	}
	if reason != "" {
		return a, reason
	}
	a = normalize.Article(p, raw, normalize.Context{Portal: v.portal, Link: link, Site: &v.known.Site, Now: p.At})
	if a.Title == "" || len(a.Body) == 0 {
		return a, noText
	}
	return a, ""
}

// keptPage is a page as it was when it was fetched.
func keptPage(kept news.RawPage) *page.Page {
	u, err := url.Parse(kept.URL)
	if err != nil {
		u = nil
	}
	header := http.Header{"Content-Type": {kept.Type + "; charset=utf-8"}}
	return page.New(u, u, false, http.StatusOK, header, kept.Body, kept.Fetched)
}

// sameText tells whether two readings of a page differ in nothing that a
// person wrote: view counters, clocks and ages are noise.
func sameText(a, b news.Article) bool {
	return a.Title == b.Title && slices.Equal(lasting(a.Body), lasting(b.Body))
}

// lasting are the lines of a text without those that change by themselves.
func lasting(body []news.Block) []string {
	var lines []string
	for line := range strings.Lines(news.PlainText(body)) {
		line = strings.Join(strings.Fields(line), " ")
		if line != "" && (len(line) > maxCounter || !counter.MatchString(line)) {
			lines = append(lines, line)
		}
	}
	return lines
}

// maxCounter is how long a line with a counter or clock is at most, in bytes.
const maxCounter = 100

// counter finds lines that count readers or tell an age. It asks for a number.
var counter = regexp.MustCompile(`(?i)\d.*\b(?:dibaca|dilihat|pembaca|pengunjung|kali|views?|hits?|reads?|shares?|komentar|comments?|lalu|ago)\b` +
	`|\b(?:dibaca|dilihat|pembaca|pengunjung|views?|hits?|shares?|komentar|comments?|rendering|loaded in)\b.*\d`)
