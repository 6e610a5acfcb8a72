package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"kabar/crawler/discover"
	"kabar/crawler/fetch"
	"kabar/crawler/indodate"
	"kabar/crawler/normalize"
	"kabar/crawler/page"
	"kabar/crawler/schedule"
	"kabar/storage/news"
)

// reexplore is how long a source is used before the others are tried again.
const reexplore = 7 * 24 * time.Hour

// maxChain bounds the pages of one list that a visit follows.
const maxChain = 400

// maxStale is how many pages of a list in a row may bring nothing new before
// it is taken for endless. It is not small, because a side column with the
// newest articles already holds those of the list's first pages.
const maxStale = 10

// findLinks asks the portal's sources for links to articles.
func (v *visit) findLinks(ctx context.Context) error {
	if v.known.Backfilled && v.Now().Sub(v.known.Explored) < reexplore {
		err := v.ask(ctx)
		if err == nil || v.known.SourceURL == v.portal.Home || ctx.Err() != nil {
			return err
		}
		v.Log.Info("the source failed, looking for another", "portal", v.portal.ID, "source", v.known.SourceURL, "err", err)
	}
	return v.explore(ctx)
}

// ask reads the remembered source and follows it while it brings only news.
func (v *visit) ask(ctx context.Context) error {
	if v.known.Source == discover.KindFeed || v.known.Source == discover.KindAPI {
		if _, err := v.chain(ctx, v.known.SourceURL, v.known.Source, v.feed, untilKnown); err != nil {
			return err
		}
		return v.empty(v.known.SourceURL)
	}
	for _, address := range v.listings() {
		if _, err := v.chain(ctx, address, discover.KindListing, v.listing, untilKnown); err != nil {
			return err
		}
	}
	return v.empty(v.listings()[0])
}

// empty is the problem of a source that lists nothing although it answered.
func (v *visit) empty(source string) error {
	if v.record.Links > 0 || v.same {
		return nil
	}
	return problem{causeZeroLinks, fmt.Sprintf("no article links were found on %s; look whether the site lists articles there, or name a listing in the definition", source)}
}

// listings are the pages that list articles: those of the definition, else the
// list that was found, else the front page.
func (v *visit) listings() []string {
	var addresses []string
	for _, l := range v.portal.Listings {
		addresses = append(addresses, l.URL)
	}
	switch {
	case len(addresses) > 0:
	case v.known.Source == discover.KindListing && v.known.SourceURL != "":
		addresses = append(addresses, v.known.SourceURL)
	default:
		addresses = append(addresses, v.portal.Home)
	}
	return addresses
}

// explore looks at the front page, tries what may tell of articles, reads back
// as far as asked, and settles on the source to poll from now on.
func (v *visit) explore(ctx context.Context) error {
	home, err := v.get(ctx, v.portal.Home, "home", false)
	if err != nil {
		return err
	}
	home, err = v.enter(ctx, home)
	if err != nil {
		return err
	}
	file, err := v.Fetcher.Robots(ctx, fetch.Request{URL: v.portal.Home, Reason: "robots", Portal: &v.portal})
	var sitemaps []string
	if err == nil {
		sitemaps = file.Sitemaps
	}
	sources, err := discover.FindSources(home, v.portal, sitemaps)
	if err != nil {
		return problem{causeUnreadable, fmt.Sprintf("the front page %s cannot be read: %v; look at it in a browser", v.portal.Home, err)}
	}
	v.known.Family = string(sources.Family)
	before, beforeURL := v.known.Source, v.known.SourceURL
	v.known.Source, v.known.SourceURL = discover.KindListing, v.portal.Home
	if home.Asked != nil && home.Asked.String() != v.portal.Home {
		v.known.SourceURL = home.Asked.String()
	}

	v.inspect(home, &news.Article{})
	front, err := discover.ReadListing(home, v.portal, &v.known.Model)
	if err != nil {
		return problem{causeUnreadable, fmt.Sprintf("the front page %s cannot be read: %v; look at it in a browser", v.portal.Home, err)}
	}
	first, err := v.add(ctx, front.Items, home)
	if err == nil {
		err = v.Fetcher.Digested(ctx, home)
	}
	if err != nil {
		return err
	}
	complete, err := v.tryFeeds(ctx, sources, front, beforeURL)
	if err != nil {
		return err
	}
	if beforeURL != "" && beforeURL != v.known.SourceURL {
		v.moved = fmt.Sprintf("articles were found by the %s %s, now by the %s %s; name a feed in the definition if that is worse",
			before, beforeURL, v.known.Source, v.known.SourceURL)
	}
	if !complete && !v.known.Backfilled {
		if err := v.backfill(ctx, sources, front, first); err != nil {
			return err
		}
	}
	if v.record.Links == 0 && !v.same {
		if raw, _ := v.claims(home, news.Link{}); raw.Withheld() {
			return problem{causeBlocked, fmt.Sprintf("the front page %s is withheld by %s; open it in a browser, and ask the portal to let kabar in", v.portal.Home, raw.KindWhy)}
		}
		if front.Scripted {
			return problem{causeScripted, fmt.Sprintf("the front page %s is empty without its scripts; name a feed in the definition", v.portal.Home)}
		}
		return v.empty(v.portal.Home)
	}
	v.known.Explorations++
	if v.broken && v.known.Explorations < maxTries {
		v.again = v.Now().Add(schedule.Backoff(v.known.Explorations)).UTC()
		return nil
	}
	v.known.Backfilled, v.known.Explorations = true, 0
	v.known.Explored = v.Now().UTC()
	return nil
}

// enter goes through a front page that is only a door to the page behind it.
func (v *visit) enter(ctx context.Context, home *page.Page) (*page.Page, error) {
	for range 2 {
		front, err := discover.ReadListing(home, v.portal, &v.known.Model)
		if err != nil || front.Entry == "" {
			return home, nil // explore tells what is wrong
		}
		behind, err := v.get(ctx, front.Entry, "home", false)
		if passing(ctx, err) {
			return home, nil
		}
		if err != nil {
			return nil, err
		}
		home = behind
	}
	return home, nil
}

// tryFeeds takes the best feed that works as the source. It tells whether the
// feed alone led back as far as asked. present is the source so far.
func (v *visit) tryFeeds(ctx context.Context, sources discover.Sources, front discover.Listing, present string) (complete bool, err error) {
	enough := v.untilOld
	if v.known.Backfilled {
		enough = untilKnown
	}
	for _, rung := range sources.Rungs {
		if rung.Kind != discover.KindFeed && rung.Kind != discover.KindAPI {
			continue
		}
		if rung.Guess && len(front.Items) > 0 && sources.Family == discover.Unknown {
			continue // the front page lists articles: no need to guess
		}
		before := v.record.Links
		complete, err := v.chain(ctx, rung.URL, rung.Kind, v.feed, enough)
		if passing(ctx, err) {
			v.Log.Debug("no feed", "portal", v.portal.ID, "url", rung.URL, "err", err)
			continue
		}
		if err != nil {
			return false, err
		}
		unchanged := v.record.Links == before && rung.URL == present
		if unchanged || v.record.Links > before && v.covers(front) {
			v.known.Source, v.known.SourceURL = rung.Kind, rung.URL
		}
		return complete, nil
	}
	return false, nil
}

// covers tells whether the feed read so far holds most of what the front page
// shows first; one that does not is stale.
func (v *visit) covers(front discover.Listing) bool {
	newest := front.Items[:min(5, len(front.Items))]
	held := 0
	for _, item := range newest {
		if v.seen["feed "+item.Key] {
			held++
		}
	}
	return 2*held >= len(newest)
}

// backfill reads the older pages of the front page's list, of the listings
// that the definition names, and where the list ends early, of sections and
// sitemaps.
func (v *visit) backfill(ctx context.Context, sources discover.Sources, front discover.Listing, first []news.Link) error {
	complete, err := v.untilOld(ctx, first)
	if err != nil {
		return err
	}
	if !complete && front.Older != "" {
		complete, err = v.chain(ctx, front.Older, discover.KindListing, v.listing, v.untilOld)
		if err != nil && !passing(ctx, err) {
			return err
		}
	}
	for _, l := range v.portal.Listings {
		if _, err := v.chain(ctx, l.URL, discover.KindRule, v.listing, v.untilOld); err != nil && !passing(ctx, err) {
			return err
		}
	}
	if complete {
		return nil
	}
	for _, rung := range sources.Rungs {
		if rung.Kind != discover.KindNewsSitemap && rung.Kind != discover.KindSitemap || rung.Guess && len(v.seen) > 0 {
			continue
		}
		if err := v.sitemap(ctx, rung.URL, 0); err != nil && !passing(ctx, err) {
			return err
		}
	}
	return v.readSections(ctx, front)
}

const (
	// maxSections bounds the further lists of which a first visit reads.
	maxSections = 12
	// maxVain is how many of them in a row may bring nothing new where the
	// front page itself leads on.
	maxVain = 3
	// fewItems is how many articles a front page shows at least that is worth
	// asking for news.
	fewItems = 5
)

// readSections reads further lists. The first that shows more than a front
// page of few articles is what is polled from now on.
func (v *visit) readSections(ctx context.Context, front discover.Listing) error {
	vain := 0
	for _, section := range front.Sections[:min(maxSections, len(front.Sections))] {
		before := v.record.Links
		_, err := v.chain(ctx, section, discover.KindListing, v.listing, v.untilOld)
		if err != nil && !passing(ctx, err) {
			return err
		}
		found := v.record.Links - before
		if found > fewItems && len(front.Items) < fewItems && v.known.Source == discover.KindListing && !v.elsewhere {
			v.known.SourceURL, v.elsewhere = section, true
		}
		if vain++; found > 0 {
			vain = 0
		}
		if vain == maxVain && front.Older != "" {
			return nil
		}
	}
	return nil
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

// reader reads one page of a list and says what it holds and what is older.
type reader func(p *page.Page) (items []discover.Item, older string, err error)

func (v *visit) feed(p *page.Page) ([]discover.Item, string, error) {
	f, err := discover.ReadFeed(p)
	v.hint, v.guessed = f.TTL, false
	for _, item := range f.Items {
		v.seen["feed "+item.Key] = true
	}
	return f.Items, f.Older, err
}

func (v *visit) listing(p *page.Page) ([]discover.Item, string, error) {
	v.inspect(p, &news.Article{})
	l, err := discover.ReadListing(p, v.portal, &v.known.Model)
	v.guessed = l.Guessed
	return l.Items, l.Older, err
}

// chain reads a list page by page until enough says that the links of a page
// lead back far enough. It tells whether that came before the list ended.
func (v *visit) chain(ctx context.Context, address, kind string, read reader, enough func(context.Context, []news.Link) (bool, error)) (complete bool, err error) {
	asked, listed := make(map[string]bool), make(map[string]bool)
	stale := 0
	for n := 0; address != "" && !asked[address] && n < maxChain; n++ {
		asked[address] = true
		p, err := v.get(ctx, address, kind, v.known.Backfilled)
		if err != nil {
			var failed *fetch.Error
			if errors.As(err, &failed) && failed.Temporary() {
				v.broken = true
			}
			return false, err
		}
		if p.Status == http.StatusNotModified {
			v.same = true
			return true, nil
		}
		items, older, err := read(p)
		if err != nil {
			return false, fmt.Errorf("reading %s: %w", address, err)
		}
		links, err := v.add(ctx, items, p)
		if err != nil {
			return false, err
		}
		if err := v.Fetcher.Digested(ctx, p); err != nil {
			return false, err
		}
		if err := v.readWaiting(ctx); err != nil {
			return false, err
		}
		before := len(listed)
		for _, l := range links {
			listed[l.URL] = true
		}
		stale++
		if len(listed) > before {
			stale = 0
		}
		if stale == maxStale || v.guessed && stale > 0 || v.full() {
			return true, nil
		}
		if complete, err := enough(ctx, links); complete || err != nil {
			return complete, err
		}
		address = older
	}
	return false, nil
}

// untilKnown stops a regular poll at the first page of a list on which less
// than half of the links are new. One known link is no end: side columns of
// popular articles stand on every page.
func untilKnown(_ context.Context, links []news.Link) (bool, error) {
	known := 0
	for _, l := range links {
		if l.Tries < 0 {
			known++
		}
	}
	return 2*known > len(links), nil
}

// untilOld stops a first visit at a page on which every dated link is older
// than asked. Links without a date are judged by their stored article.
func (v *visit) untilOld(ctx context.Context, links []news.Link) (bool, error) {
	dated, old := 0, 0
	for _, l := range links {
		at := l.Published.Time
		if l.Published.IsZero() {
			a, err := v.Ledger.ArticleAt(ctx, l.URL)
			if err != nil && !errors.Is(err, news.ErrNotFound) {
				return false, fmt.Errorf("looking up the date of %s: %w", l.URL, err)
			}
			if a.Published.IsZero() {
				continue
			}
			at = a.Published.Time
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
