package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"kabar/crawler/discover"
	"kabar/crawler/extract"
	"kabar/crawler/fetch"
	"kabar/crawler/normalize"
	"kabar/crawler/page"
	"kabar/crawler/schedule"
	"kabar/storage/news"
)

// maxParts bounds the pages of one split article.
const maxParts = 12

// forgiven is how long after a page was no article it is read again if it is
// still listed: readers of pages learn, and so do those who make them.
const forgiven = 28 * 24 * time.Hour

// full tells whether the visit has read as many articles as it may.
func (v *visit) full() bool { return v.MaxArticles > 0 && v.read >= v.MaxArticles }

// readWaiting reads the links that wait and may be fetched now.
func (v *visit) readWaiting(ctx context.Context) error {
	for !v.full() {
		links, err := v.Ledger.WaitingLinks(ctx, v.portal.ID, v.Now(), 50)
		if err != nil {
			return fmt.Errorf("reading the waiting links of portal %s: %w", v.portal.ID, err)
		}
		if len(links) == 0 {
			return nil
		}
		for _, link := range links {
			if v.full() {
				break
			}
			if err := v.readLink(ctx, link); err != nil {
				return err
			}
		}
	}
	return nil
}

// readLink fetches one link and stores the article that it leads to, or
// records why there is none. The error is one that ends the visit.
func (v *visit) readLink(ctx context.Context, link news.Link) error {
	p, err := v.get(ctx, link.URL, "article", false)
	if err != nil {
		return v.failed(ctx, link, err)
	}
	a, reason, err := v.article(ctx, p, link)
	if err != nil {
		return v.failed(ctx, link, err)
	}
	if reason != "" {
		v.record.Dropped[reason]++
		v.known.Model.Learn(link.URL, false)
		return v.settle(ctx, link, news.LinkDropped, reason, v.Now().Add(forgiven))
	}
	return v.store(context.WithoutCancel(ctx), p, a, link)
}

// store keeps an article with all that belongs to it. It is not cut short:
// what is stored is not read again, so nothing of it may be missing.
func (v *visit) store(ctx context.Context, p *page.Page, a news.Article, link news.Link) error {
	changes, err := v.Ledger.Save(ctx, a)
	if err != nil {
		return fmt.Errorf("storing %s: %w", link.URL, err)
	}
	v.known.Model.Learn(link.URL, true)
	v.read++
	v.known.Clean++
	v.known.Fitting++
	v.known.watchFields(a)
	switch changes[0].Kind {
	case news.Added, news.Quarantined:
		v.record.New++
		v.published = append(v.published, clockOf(a.Published))
		v.progress.articles.Add(1)
	case news.Revised:
		v.record.Revised++
	default:
		v.record.Same++
	}
	if err := v.settle(ctx, link, news.LinkStored, "", time.Time{}); err != nil {
		return err
	}
	if changes[0].Kind == news.Added || changes[0].Kind == news.Quarantined {
		if err := v.planLook(ctx, changes[0].ID, a); err != nil {
			return err
		}
	}
	if changes[0].Kind == news.Added || changes[0].Kind == news.Revised {
		if err := v.joinCopies(ctx, changes[0].ID, a); err != nil {
			return err
		}
	}
	if err := v.keep(ctx, p, a.URL, link); err != nil {
		return err
	}
	return v.learnLayouts(ctx)
}

// clockOf is the moment of a stamp, zero when its time of day is not known.
func clockOf(s news.Stamp) time.Time {
	if !s.HasClock() {
		return time.Time{}
	}
	return s.Time
}

// keep keeps the page of a stored article as it is, and remembers to ask for
// changes only. A further part of a split article has no link of its own.
func (v *visit) keep(ctx context.Context, p *page.Page, address string, link news.Link) error {
	raw := news.RawPage{Portal: v.portal.ID, URL: address, Type: p.Type, Body: p.Body, Fetched: p.At, Link: link}
	if err := v.Ledger.KeepPage(ctx, raw); err != nil {
		return fmt.Errorf("keeping the page %s: %w", address, err)
	}
	return v.Fetcher.Digested(ctx, p)
}

// failed decides what becomes of a link whose page could not be had.
func (v *visit) failed(ctx context.Context, link news.Link, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, errWithheld) {
		v.withheld++
		return v.tryLater(ctx, link, err.Error(), time.Time{})
	}
	var failed *fetch.Error
	if !errors.As(err, &failed) {
		return err
	}
	if failed.Kind == fetch.MustWait {
		return err // the link keeps its place; the whole host waits
	}
	if failed.Status == http.StatusNotFound && link.Tries == 0 {
		// Many sites list an article some time before its page can be had.
		return v.tryLater(ctx, link, "status 404", v.Now().Add(secondLook))
	}
	if !failed.Temporary() {
		reason := string(failed.Kind)
		if failed.Kind == fetch.BadStatus {
			reason = fmt.Sprintf("status %d", failed.Status)
		}
		v.record.Dropped[reason]++
		return v.settle(ctx, link, news.LinkDropped, reason, v.Now().Add(forgiven))
	}
	return v.tryLater(ctx, link, string(failed.Kind), failed.RetryAt)
}

// tryLater leaves a link waiting, with growing gaps and not before a time.
func (v *visit) tryLater(ctx context.Context, link news.Link, reason string, notBefore time.Time) error {
	gap := schedule.Backoff(link.Tries)
	switch {
	case reason == string(fetch.Broken) || reason == string(fetch.Truncated):
		// A connection that broke by chance may well hold next time.
		gap = schedule.Backoff(link.Tries / 2)
		if link.Tries+1 >= maxBroken {
			gap = schedule.Longest
		}
	case link.Tries+1 >= maxTries:
		gap = schedule.Longest
	}
	retry := v.Now().Add(gap)
	if notBefore.After(retry) {
		retry = notBefore
	}
	return v.settle(ctx, link, news.LinkFailed, reason, retry)
}

// errWithheld tells that the site showed a challenge, a refusal or a log-in in
// the place of a page.
var errWithheld = errors.New("withheld")

func (v *visit) settle(ctx context.Context, link news.Link, outcome news.LinkOutcome, reason string, notBefore time.Time) error {
	if err := v.Ledger.SettleLink(ctx, link, outcome, reason, notBefore); err != nil {
		return fmt.Errorf("settling the link %s: %w", link.URL, err)
	}
	return nil
}

// noText is why a page is no article that looks like one.
const noText = "no title or text"

// claims finds what a page says; reason says why it is no article.
func (v *visit) claims(p *page.Page, link news.Link) (raw extract.Raw, reason string) {
	v.parsing <- struct{}{}
	raw, err := extract.Extract(p, extract.Options{Rules: v.portal.Article, Template: v.known.Layouts.Template, Link: link, Teach: true})
	<-v.parsing
	switch {
	case errors.Is(err, page.ErrNoHTML):
		return raw, "no HTML: " + p.Type
	case err != nil:
		return raw, "unreadable page"
	case raw.Kind != extract.KindArticle:
		return raw, string(raw.Kind) + ": " + raw.KindWhy
	}
	return raw, ""
}

// article reads a page; reason says why it is no article.
func (v *visit) article(ctx context.Context, p *page.Page, link news.Link) (a news.Article, reason string, err error) {
	raw, reason := v.claims(p, link)
	if raw.Withheld() {
		return a, "", fmt.Errorf("%w by %s", errWithheld, raw.KindWhy)
	}
	if reason != "" {
		return a, reason, nil
	}
	if raw, err = v.join(ctx, p, raw); err != nil {
		return a, "", err
	}
	c := v.context(p, link)
	a = normalize.Article(p, raw, c)
	if a.Title == "" || len(a.Body) == 0 {
		return a, noText, nil
	}
	v.inspect(p, &a)
	if a.Quarantine == "" {
		v.known.Site.Learn(p, raw, a, c)
		v.known.Layouts.meet(p, raw, a, link)
	}
	if key := discover.Key(link.URL); key != link.URL {
		a.Aliases = append(a.Aliases, key)
	}
	now := v.Now().UTC()
	a.FirstSeen, a.LastSeen = now, now
	return a, "", nil
}

// join reads the further parts of a split article.
func (v *visit) join(ctx context.Context, p *page.Page, raw extract.Raw) (extract.Raw, error) {
	asked := map[string]bool{p.URL.String(): true}
	for next := raw.Next; next != "" && !asked[next] && len(asked) < maxParts; {
		asked[next] = true
		part, err := v.get(ctx, next, "part", false)
		var failed *fetch.Error
		if errors.As(err, &failed) && !failed.Temporary() {
			return raw, nil
		}
		if err != nil {
			return raw, err
		}
		if part.Status != http.StatusOK {
			return raw, nil
		}
		more, err := v.part(part)
		if err != nil {
			return raw, nil
		}
		if err := v.keep(ctx, part, next, news.Link{}); err != nil {
			return raw, err
		}
		raw = normalize.Join(raw, more)
		next = more.Next
	}
	return raw, nil
}

// part finds what a further part of a split article says.
func (v *visit) part(p *page.Page) (extract.Raw, error) {
	return extract.Extract(p, extract.Options{Rules: v.portal.Article, Template: v.known.Layouts.Template})
}
