package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"kabar/crawler/discover"
	"kabar/crawler/fetch"
	"kabar/crawler/indodate"
	"kabar/crawler/normalize"
	"kabar/crawler/page"
	"kabar/storage/news"
)

// maxChain bounds the pages of one list that a visit follows.
const maxChain = 400

// maxStale is how many pages of a list in a row may bring nothing new before
// it is taken for endless. It is not small, because a side column with the
// newest articles already holds those of the list's first pages.
const maxStale = 10

// maxLeft bounds the pages of lists that are remembered to be read later.
const maxLeft = 8

// source is a rung of the source ladder in use, or a further page of one.
type source struct {
	Kind string `json:"kind"`
	URL  string `json:"url"`
}

// reader reads one page of a list and says what it holds and what is older.
type reader func(p *page.Page) (items []discover.Item, older string, err error)

func (v *visit) readerOf(s source) reader {
	if s.Kind == discover.KindFeed || s.Kind == discover.KindAPI {
		return v.feed
	}
	return v.listing
}

func (v *visit) feed(p *page.Page) ([]discover.Item, string, error) {
	f, err := discover.ReadFeed(p)
	v.hint, v.guessed = f.TTL, false
	return f.Items, f.Older, err
}

func (v *visit) listing(p *page.Page) ([]discover.Item, string, error) {
	v.inspect(p, &news.Article{})
	l, err := discover.ReadListing(p, v.portal, &v.known.Model)
	v.guessed = l.Guessed
	v.listed += len(l.Items)
	return l.Items, l.Older, err
}

// chain reads a list page by page until its links lead back far enough: on a
// first visit as far as asked, later to what is known. It tells whether that
// came before the list ended. Only the first page can fail the list.
func (v *visit) chain(ctx context.Context, at source, read reader) (complete bool, err error) {
	asked, listed := make(map[string]bool), make(map[string]bool)
	stale := 0
	for at.URL != "" && !asked[at.URL] && len(asked) < maxChain {
		asked[at.URL] = true
		met := v.record.Links
		p, links, older, err := v.listPage(ctx, at, read)
		if err != nil && passing(ctx, err) && len(asked) > 1 {
			return false, v.skip(ctx, at, err)
		}
		if err != nil {
			return false, err
		}
		if p.Status == http.StatusNotModified {
			v.same = true
			return true, v.leave(ctx, at, "")
		}
		if len(asked) == 1 {
			v.firsts[at.URL] = links
		}
		before := len(listed)
		for _, l := range links {
			listed[l.URL] = true
		}
		stale++
		if len(listed) > before {
			stale = 0
		}
		vain := v.guessed && stale > 0 || v.probing && v.record.Links == met
		complete := stale == maxStale || vain || v.known.Backfilled && mostlyKnown(links)
		if complete || asked[older] {
			older = ""
		}
		if err := v.leave(ctx, at, older); err != nil {
			return false, err
		}
		if err := v.Fetcher.Digested(ctx, p); err != nil {
			return false, err
		}
		if err := v.readWaiting(ctx); err != nil {
			return false, err
		}
		if !complete && !v.known.Backfilled {
			if complete, err = v.leadBack(ctx, links); err != nil {
				return false, err
			}
		}
		if complete || v.full() {
			return true, nil
		}
		at.URL = older
	}
	return false, nil
}

// listPage fetches one page of a list and queues its links.
func (v *visit) listPage(ctx context.Context, at source, read reader) (p *page.Page, links []news.Link, older string, err error) {
	p, err = v.get(ctx, at.URL, at.Kind, v.known.Backfilled && !v.exploring)
	if err != nil {
		v.broken = v.broken || isTemporary(err)
		return nil, nil, "", err
	}
	if p.Status == http.StatusNotModified {
		return p, nil, "", nil
	}
	items, older, err := read(p)
	if err != nil {
		return nil, nil, "", fmt.Errorf("reading %s: %w", at.URL, err)
	}
	links, err = v.add(ctx, items, p)
	return p, links, older, err
}

// leave remembers that a regular poll has read one page of a list and has the
// next one still to read, before the first one counts as read: what the next
// page lists is found again by nothing else, whenever this visit ends.
func (v *visit) leave(ctx context.Context, at source, older string) error {
	if !v.known.Backfilled {
		return nil // all of it is read again
	}
	left := slices.DeleteFunc(slices.Clone(v.known.Left), func(s source) bool { return s == at })
	if next := (source{at.Kind, older}); older != "" && len(left) < maxLeft && !slices.Contains(left, next) {
		left = append(left, next)
	}
	if slices.Equal(left, v.known.Left) {
		return nil
	}
	v.known.Left, v.known.LeftTries = left, 0
	return v.remember(ctx, v.portal.ID, v.known)
}

// skip goes on without a page of a list that could not be had. It is tried
// again at the next polls if that may help.
func (v *visit) skip(ctx context.Context, at source, err error) error {
	if v.known.LeftTries++; isTemporary(err) && v.known.LeftTries < maxTries {
		return nil
	}
	return v.leave(ctx, at, "")
}

// mostlyKnown tells whether more than half of a page's links were known: there
// a regular poll stops. One known link is no end: side columns of popular
// articles stand on every page.
func mostlyKnown(links []news.Link) bool {
	known := 0
	for _, l := range links {
		if l.Tries < 0 {
			known++
		}
	}
	return 2*known > len(links)
}

// leadBack tells whether every dated link of a page is older than asked: there
// a first visit stops. Links without a date are judged by their stored article.
func (v *visit) leadBack(ctx context.Context, links []news.Link) (bool, error) {
	dated, old := 0, 0
	for _, l := range links {
		at, err := v.dateOf(ctx, l)
		if err != nil {
			return false, err
		}
		if at.IsZero() {
			continue
		}
		dated++
		if at.Before(v.since) {
			old++
		}
	}
	return dated > 0 && dated == old, nil
}

// sitemap reads a sitemap and those that it names.
func (v *visit) sitemap(ctx context.Context, address string, depth int) error {
	p, err := v.get(ctx, address, discover.KindSitemap, v.known.Backfilled)
	if err != nil {
		return err
	}
	if p.Status == http.StatusNotModified {
		return nil
	}
	s, err := discover.ReadSitemap(p)
	if err != nil {
		return fmt.Errorf("reading %s: %w", address, err)
	}
	items := slices.DeleteFunc(s.Items, func(i discover.Item) bool {
		return !i.Modified.IsZero() && i.Modified.Time.Before(v.since) || !s.News && v.known.Model.Score(i.URL) < 2
	})
	if _, err := v.add(ctx, items, p); err != nil {
		return err
	}
	for _, m := range s.Maps[:min(8, len(s.Maps))] {
		if depth > 1 || !m.Articles || !m.Modified.IsZero() && m.Modified.Before(v.since) {
			continue
		}
		if err := v.sitemap(ctx, m.URL, depth+1); err != nil && !passing(ctx, err) {
			return err
		}
	}
	return nil
}

// add queues the links of a page that are neither known under any address nor
// too old. It returns all of them; those not queued have Tries -1.
func (v *visit) add(ctx context.Context, items []discover.Item, p *page.Page) ([]news.Link, error) {
	var met []news.Link
	var keys, addresses []string
	for _, item := range items {
		if !v.seen[item.Key] {
			v.seen[item.Key] = true
			v.record.Links++
		}
		link := item.Link
		link.Portal, link.Found = v.portal.ID, v.Now().UTC()
		if first, ok := discover.Part(link.URL); ok {
			link.URL = first
		}
		if link.Published.IsZero() && item.DateText != "" {
			reading, err := indodate.Read(item.DateText, indodate.Context{Zone: v.portal.Location(), Ref: p.At})
			if err == nil {
				link.Published = reading.Stamp
				link.Published.Origin = link.Source
				if slices.Contains(reading.Flags, "relative") {
					link.Published.Origin += ":" + normalize.Relative
				}
			}
		}
		if at := link.Published.Time; at.After(v.newest) && !at.After(v.Now()) {
			v.newest = at
		}
		met = append(met, link)
		keys = append(keys, item.Key)
		addresses = append(append(append(addresses, item.Key), link.URL), discover.Twins(link.URL)...)
	}
	if len(met) == 0 {
		return nil, nil
	}
	known, err := v.Ledger.Known(ctx, addresses)
	if err != nil {
		return nil, fmt.Errorf("looking up links of portal %s: %w", v.portal.ID, err)
	}
	var fresh []news.Link
	for i := range met {
		twins := append(discover.Twins(met[i].URL), met[i].URL, keys[i])
		old := !met[i].Published.IsZero() && met[i].Published.Time.Before(v.since)
		if old || slices.ContainsFunc(twins, func(a string) bool { return known[a] }) {
			met[i].Tries = -1
			continue
		}
		fresh = append(fresh, met[i])
	}
	if _, err := v.Ledger.AddLinks(ctx, fresh); err != nil {
		return nil, fmt.Errorf("queuing links of portal %s: %w", v.portal.ID, err)
	}
	return met, nil
}

// isTemporary tells whether a page may be had later.
func isTemporary(err error) bool {
	var failed *fetch.Error
	return errors.As(err, &failed) && failed.Temporary()
}

// passing tells errors of one page that leave the rest of the visit alone.
func passing(ctx context.Context, err error) bool {
	if err == nil || ctx.Err() != nil {
		return false
	}
	var failed *fetch.Error
	if errors.As(err, &failed) {
		return failed.Kind != fetch.MustWait
	}
	return errors.Is(err, discover.ErrNoFeed) || errors.Is(err, discover.ErrSitemap) ||
		errors.Is(err, discover.ErrComments) || errors.Is(err, discover.ErrNoSitemap) || errors.Is(err, page.ErrNoHTML)
}
