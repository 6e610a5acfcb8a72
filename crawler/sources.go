package crawler

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kabar/crawler/discover"
	"kabar/crawler/fetch"
	"kabar/crawler/page"
	"kabar/crawler/schedule"
	"kabar/storage/news"
)

// reexplore is how long a source is used before the others are tried again.
const reexplore = 7 * 24 * time.Hour

// doubtAfter is how many articles must be missing for the source to be doubted.
// By chance alone one silence in fifty is that long.
const doubtAfter = 4

// maxFeeds bounds the feeds that an exploration reads and finds wanting.
const maxFeeds = 4

// findLinks asks the portal's sources for links to articles.
func (v *visit) findLinks(ctx context.Context, state news.PortalState) error {
	if v.mustExplore(state) {
		return v.explore(ctx)
	}
	err := v.ask(ctx)
	if err == nil || v.known.Source == discover.KindListing || ctx.Err() != nil {
		return err
	}
	v.Log.Info("the source failed, looking for another", "portal", v.portal.ID, "source", v.known.SourceURL, "err", err)
	return v.explore(ctx)
}

// mustExplore tells whether it is time to look at the other sources too: once
// a week, and when the one in use brings nothing although articles were to be
// expected since. A feed that lags or stands still looks like that.
func (v *visit) mustExplore(state news.PortalState) bool {
	now := v.Now()
	if age := now.Sub(v.known.Explored); !v.known.Backfilled || age < 0 || age >= reexplore {
		return true
	}
	if v.known.Source == discover.KindListing {
		return false // there is nothing newer to see
	}
	since := state.LastNew
	if v.known.Explored.After(since) {
		since = v.known.Explored
	}
	return v.planner.Expected(v.portal.ID, since, now) >= doubtAfter
}

// ask reads the remembered source.
func (v *visit) ask(ctx context.Context) error {
	return v.askAll(ctx, v.lists(source{v.known.Source, v.known.SourceURL}))
}

// lists are the lists that are read where a source is the best one.
func (v *visit) lists(best source) []source {
	if best.Kind != discover.KindListing || len(v.portal.Listings) == 0 {
		return []source{best}
	}
	var lists []source
	for _, l := range v.portal.Listings {
		lists = append(lists, source{discover.KindListing, l.URL})
	}
	return lists
}

// askAll reads lists, and what earlier polls left of them, and follows them
// while they bring only news.
func (v *visit) askAll(ctx context.Context, lists []source) error {
	left := slices.Clone(v.known.Left)
	several := len(lists) > 1
	if several && !v.known.Surveyed {
		v.exploring = true // what has not changed would show nothing
	}
	for _, s := range v.needed(lists) {
		if _, err := v.chain(ctx, s, v.readerOf(s)); err != nil {
			v.known.Surveyed = false
			return err
		}
	}
	if several && !v.known.Surveyed {
		if err := v.findCovered(ctx, lists); err != nil {
			return err
		}
	}
	v.exploring = false
	for _, s := range left {
		_, err := v.chain(ctx, s, v.readerOf(s))
		if passing(ctx, err) {
			err = v.skip(ctx, s, err)
		}
		if err != nil {
			return err
		}
	}
	return v.empty(lists[0].URL)
}

// empty is the problem of a source that lists nothing although it answered.
func (v *visit) empty(source string) error {
	if v.record.Links > 0 || v.same {
		return nil
	}
	return problem{causeZeroLinks, fmt.Sprintf("no article links were found on %s; look whether the site lists articles there, or name a listing in the definition", source)}
}

// explore looks at the front page, tries what may tell of articles, reads back
// as far as asked, and settles on the source to poll from now on.
func (v *visit) explore(ctx context.Context) error {
	v.exploring = true
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

	v.inspect(home, &news.Article{})
	front, err := discover.ReadListing(home, v.portal, &v.known.Model)
	if err != nil {
		return problem{causeUnreadable, fmt.Sprintf("the front page %s cannot be read: %v; look at it in a browser", v.portal.Home, err)}
	}
	if v.known.Backfilled {
		return v.reconsider(ctx, home, sources, front)
	}
	first, err := v.add(ctx, front.Items, home)
	if err == nil {
		err = v.Fetcher.Digested(ctx, home)
	}
	if err != nil {
		return err
	}
	best, complete, err := v.tryFeeds(ctx, sources, front)
	if err != nil {
		return err
	}
	if !complete {
		if err := v.backfill(ctx, sources, front, first); err != nil {
			return err
		}
	}
	if v.record.Links == 0 && !v.same {
		return v.nothing(home, front)
	}
	switch {
	case best.URL == "" && v.section != "":
		best = source{discover.KindListing, v.section}
	case best.URL == "":
		best = source{discover.KindListing, home.Asked.String()}
	}
	v.settleOn(best)
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

// reconsider looks for the best source of a portal that is known, and reads
// what it has.
func (v *visit) reconsider(ctx context.Context, home *page.Page, sources discover.Sources, front discover.Listing) error {
	best, _, err := v.tryFeeds(ctx, sources, front)
	if err != nil {
		return err
	}
	if len(front.Items) == 0 && v.record.Links == 0 {
		return v.nothing(home, front)
	}
	if best.URL == "" {
		best = source{discover.KindListing, home.Asked.String()}
		if v.known.Source == discover.KindListing && len(front.Items) < fewItems {
			best.URL = v.known.SourceURL // a section that shows more
		}
	}
	v.settleOn(best)
	v.exploring = false
	if best.Kind == discover.KindListing {
		return v.askAll(ctx, v.lists(best))
	}
	// What the feed has not yet.
	if _, err := v.add(ctx, front.Items, home); err != nil {
		return err
	}
	return v.Fetcher.Digested(ctx, home)
}

// nothing is the problem of a front page that shows no articles while no
// other source has any.
func (v *visit) nothing(home *page.Page, front discover.Listing) error {
	if raw, _ := v.claims(home, news.Link{}); raw.Withheld() {
		return problem{causeBlocked, fmt.Sprintf("the front page %s is withheld by %s; open it in a browser, and ask the portal to let kabar in", v.portal.Home, raw.KindWhy)}
	}
	if front.Scripted {
		return problem{causeScripted, fmt.Sprintf("the front page %s is empty without its scripts; name a feed in the definition", v.portal.Home)}
	}
	return v.empty(v.portal.Home)
}

// settleOn remembers the source that an exploration found best, and when to
// explore again. While pages that may work later were missing, a source in use
// is given up only after some tries, and looked for again a day later.
func (v *visit) settleOn(best source) {
	v.known.Explorations++
	again := v.broken && v.known.Explorations < maxTries
	if again {
		v.again = v.Now().Add(schedule.Backoff(v.known.Explorations)).UTC()
	}
	before := v.known.SourceURL
	if again && before != "" {
		return
	}
	if before != "" && before != best.URL {
		v.moved = fmt.Sprintf("articles were found by the %s %s, now by the %s %s; name a feed in the definition if that is worse",
			v.known.Source, before, best.Kind, best.URL)
	}
	v.known.Source, v.known.SourceURL, v.known.Surveyed = best.Kind, best.URL, false
	if again || v.full() {
		return
	}
	v.known.Backfilled, v.known.Explorations = true, 0
	v.known.Explored = v.Now().UTC()
	if v.broken && before != "" {
		v.known.Explored = v.known.Explored.Add(24*time.Hour - reexplore)
	}
}

// tryFeeds finds the best feed that works and holds what the front page shows,
// the zero source when there is none. It tells whether the feed alone led back
// as far as asked.
func (v *visit) tryFeeds(ctx context.Context, sources discover.Sources, front discover.Listing) (feed source, complete bool, err error) {
	tried := 0
	for _, rung := range sources.Rungs {
		if rung.Kind != discover.KindFeed && rung.Kind != discover.KindAPI || tried == maxFeeds {
			continue
		}
		if rung.Guess && len(front.Items) > 0 && sources.Family == discover.Unknown {
			continue // the front page lists articles: no need to guess
		}
		held := make(map[string]bool)
		read := func(p *page.Page) ([]discover.Item, string, error) {
			items, older, err := v.feed(p)
			for _, item := range items {
				held[item.Key] = true
			}
			return items, older, err
		}
		feed = source{rung.Kind, rung.URL}
		complete, err := v.chain(ctx, feed, read)
		if passing(ctx, err) {
			v.Log.Debug("no feed", "portal", v.portal.ID, "url", rung.URL, "err", err)
			continue
		}
		if err != nil {
			return source{}, false, err
		}
		if covers(held, front) {
			return feed, complete, nil
		}
		tried++
	}
	return source{}, false, nil
}

// covers tells whether a feed holds most of what the front page shows first;
// one that does not is stale, or tells of a part of the portal only.
func covers(feed map[string]bool, front discover.Listing) bool {
	newest := front.Items[:min(5, len(front.Items))]
	held := 0
	for _, item := range newest {
		if feed[item.Key] {
			held++
		}
	}
	return len(feed) > 0 && 2*held >= len(newest)
}

// backfill reads the older pages of the front page's list, of the listings
// that the definition names, and where the list ends early, of sections and
// sitemaps.
func (v *visit) backfill(ctx context.Context, sources discover.Sources, front discover.Listing, first []news.Link) error {
	complete, err := v.leadBack(ctx, first)
	if err != nil {
		return err
	}
	vain := maxSections
	if front.Older != "" {
		vain = maxVain
	}
	before, guessed := v.listed, false
	if !complete && front.Older != "" {
		complete, err = v.chain(ctx, source{discover.KindListing, front.Older}, v.listing)
		if err != nil && !passing(ctx, err) {
			return err
		}
		guessed = v.guessed
	}
	if v.listed-before >= fewItems && err == nil && !guessed {
		vain = enoughVain
	}
	for _, l := range v.portal.Listings {
		if _, err := v.chain(ctx, source{discover.KindRule, l.URL}, v.listing); err != nil && !passing(ctx, err) {
			return err
		}
	}
	if complete {
		return nil
	}
	mapped := false
	for _, rung := range sources.Rungs {
		if rung.Kind != discover.KindNewsSitemap && rung.Kind != discover.KindSitemap || rung.Guess && len(v.seen) > 0 {
			continue
		}
		err := v.sitemap(ctx, rung.URL, 0)
		if err != nil && !passing(ctx, err) {
			return err
		}
		mapped = mapped || err == nil
	}
	if mapped && vain == enoughVain {
		return nil // two sources agree
	}
	return v.readSections(ctx, front, vain)
}

const (
	// maxSections bounds the further lists of which a first visit reads.
	maxSections = 12
	// maxVain is how many of them in a row may bring nothing new where the
	// front page names an older page, and enoughVain the same where its list
	// was read to its end.
	maxVain    = 3
	enoughVain = 1
	// fewItems is how many articles a front page shows at least that is worth
	// asking for news.
	fewItems = 5
)

// readSections reads further lists until so many in a row brought nothing new.
// The first that shows more than a front page of few articles is what is
// polled from now on.
func (v *visit) readSections(ctx context.Context, front discover.Listing, most int) error {
	vain := 0
	for _, section := range front.Sections[:min(maxSections, len(front.Sections))] {
		before := v.record.Links
		v.probing = most < maxSections
		_, err := v.chain(ctx, source{discover.KindListing, section}, v.listing)
		v.probing = false
		if err != nil && !passing(ctx, err) {
			return err
		}
		found := v.record.Links - before
		if found > fewItems && len(front.Items) < fewItems && v.section == "" {
			v.section = section
		}
		if vain++; found > 0 {
			vain = 0
		}
		if vain == most {
			return nil
		}
	}
	return nil
}
