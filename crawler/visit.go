package crawler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kabar/crawler/fetch"
	"kabar/crawler/page"
	"kabar/crawler/portal"
	"kabar/crawler/schedule"
	"kabar/storage/news"
)

// leftWaiting counts in Visit.Dropped the pages that are tried again later.
const leftWaiting = "tried again later"

// longestHint is how long a feed may ask to be left alone: most of those that
// ask name what their program has as a default.
const longestHint = 30 * time.Minute

// farthest is how far ahead a visit is planned where polls are not rarer: hosts
// may ask for a day of patience.
const farthest = 24 * time.Hour

// restBetween is how long a portal rests at least between two visits.
const restBetween = time.Second

// isDue tells whether the time of a visit has come. What lies farther ahead
// than anything is planned was planned by a clock that was wrong, and is due.
func (c *Crawler) isDue(at, now time.Time) bool {
	reach := max(farthest, time.Duration(float64(24*time.Hour)/c.Budget))
	return !at.After(now) || at.After(now.Add(reach))
}

// maxTries is how often a page is tried before it is given up for hours.
const maxTries = 6

// maxBroken is the same for a page whose connection breaks, which is no sign of
// a server in trouble.
const maxBroken = 10

// visit is one round at one portal: what it knows, reads and has to tell.
type visit struct {
	*Crawler
	survey // of the sources, when they are asked
	portal portal.Definition
	known  *knowledge
	record news.Visit
	since  time.Time // articles before it are not read

	read      int         // articles read on this visit
	published []time.Time // of the articles stored for the first time; zero without a time of day
	withheld  int         // pages in whose place the site showed a challenge or the like
	shut      time.Time   // until when the host asked to be left alone; zero when it did not

	layout string // a sentence about a layout of pages that was learned on this visit; empty when none was
	hacked string // the first sign that the portal is hacked; empty when there was none
}

// survey is what one visit met while it asked a portal's sources for links.
type survey struct {
	polled    bool  // the source was asked
	failure   error // why the source could not be read; nil when it could
	exploring bool  // all sources are looked at, whether they changed or not
	probing   bool  // a list is only looked at for what others do not have

	seen    map[string]bool        // addresses met on this visit
	firsts  map[string][]news.Link // links of the first pages of lists
	listed  int                    // items on the lists that were read
	newest  time.Time              // newest time of publication on a list
	hint    time.Duration          // how long the feed asks to be left alone
	same    bool                   // a list answered that it has not changed
	broken  bool                   // a page of a list failed and may work later
	guessed bool                   // nothing on the list that was read names its next page

	section string    // a list that shows more than the front page; empty when there is none
	moved   string    // a sentence about another rung of the source ladder; empty when it is the same
	again   time.Time // when the sources are looked for again; zero when they were found
}

// visit asks one portal's sources when they are due or when poll says so, reads
// what is new and records the visit. unfinished tells whether something is left
// to try again soon. The error is one that ends the crawl: of the context or of
// the ledger.
func (c *Crawler) visit(ctx context.Context, d portal.Definition, poll bool) (record news.Visit, unfinished bool, err error) {
	known, err := c.recall(ctx, d.ID)
	if err != nil {
		return record, false, err
	}
	state, err := c.Ledger.Portal(ctx, d.ID)
	if err != nil {
		return record, false, fmt.Errorf("reading portal %s: %w", d.ID, err)
	}
	known.follow(d)
	started := c.Now().UTC()
	v := &visit{Crawler: c, portal: d, known: known, since: horizon(d, state.State, started), survey: survey{seen: make(map[string]bool), firsts: make(map[string][]news.Link)},
		record: news.Visit{Portal: d.ID, Started: started, Dropped: make(map[string]int)}}

	err = v.readWaiting(ctx) // what an earlier visit left comes first
	if err == nil && (poll || c.isDue(known.PollDue, started)) {
		err = v.poll(ctx, state.State)
	}
	if err == nil {
		err = v.review(ctx)
	}
	if fatal := v.judge(ctx, err); fatal != nil {
		if ctx.Err() != nil && context.Cause(ctx) != errRemoved { // cut short; what was learned is kept
			fatal = errors.Join(fatal, c.remember(context.WithoutCancel(ctx), d.ID, known))
		}
		return v.record, false, fatal
	}
	v.record.Ended = c.Now().UTC()
	if v.record.NextDue, unfinished, err = v.plan(ctx); err != nil {
		return v.record, false, err
	}
	v.record.Source, v.record.SourceURL = known.Source, known.SourceURL
	if err := v.tell(ctx, state.State); err != nil {
		return v.record, false, err
	}
	if err := c.remember(ctx, d.ID, known); err != nil {
		return v.record, false, err
	}
	if err := c.Ledger.SaveVisit(ctx, v.record); err != nil {
		return v.record, false, fmt.Errorf("recording the visit at portal %s: %w", d.ID, err)
	}
	c.Log.Info("visited", "portal", d.ID, "pages", v.record.Pages, "new", v.record.New, "failed", v.record.Failed,
		"source", known.Source, "problem", v.record.Problem, "next", v.record.NextDue.Format(time.RFC3339))
	return v.record, unfinished, nil
}

// horizon is since when articles are read: as far back as asked, and after a
// long absence of the portal or of ourselves, back to the last good visit.
func horizon(d portal.Definition, state news.PortalState, now time.Time) time.Time {
	since := now.Add(-d.Backfill())
	if absent := state.LastSuccess.Add(-24 * time.Hour); !state.LastSuccess.IsZero() && absent.Before(since) {
		return absent
	}
	return since
}

// poll looks for links, reads them, looks at old articles again, and settles
// when the source is asked next.
func (v *visit) poll(ctx context.Context, state news.PortalState) error {
	first := !v.known.Backfilled
	err := v.findLinks(ctx, state)
	if err == nil {
		err = v.readWaiting(ctx)
	}
	if err == nil {
		err = v.lookAgain(ctx)
	}
	v.polled, v.failure = true, err
	now := v.Now()
	var failed *fetch.Error
	switch {
	case err == nil && v.again.IsZero():
		v.planner.Polled(v.portal.ID, v.portal.Location(), now, v.published, first)
		v.known.PollDue = v.planner.Next(v.portal.ID, now).UTC()
		if hint := now.Add(min(v.hint, longestHint)); hint.After(v.known.PollDue) {
			v.known.PollDue = hint.UTC()
		}
	case err == nil:
		v.known.PollDue = v.again
	default:
		v.known.PollDue = now.Add(schedule.Backoff(state.Failures)).UTC()
		if errors.As(err, &failed) && failed.RetryAt.After(v.known.PollDue) {
			v.known.PollDue = failed.RetryAt.UTC()
		}
	}
	return err
}

// judge turns the failure of a source into the visit's problem; it returns
// errors that are not the portal's.
func (v *visit) judge(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var failed *fetch.Error
	var trouble problem
	switch {
	case errors.As(err, &failed):
		if failed.Kind == fetch.MustWait {
			v.shut = failed.RetryAt
			return nil // the portal asked for patience and gets it
		}
	case errors.As(err, &trouble):
	default:
		return err
	}
	v.record.Problem = err.Error()
	return nil
}

// problem is a sentence about a portal from which nothing could be read.
type problem struct{ cause, text string }

func (p problem) Error() string { return p.text }

// plan says when the portal should be visited again: when its source is due,
// or earlier for a link that waits, but not before the host may be asked.
// unfinished tells whether this visit left something to try again.
func (v *visit) plan(ctx context.Context) (next time.Time, unfinished bool, err error) {
	waiting, first, err := v.Ledger.Waiting(ctx, v.portal.ID)
	if err != nil {
		return next, false, fmt.Errorf("counting the waiting links of portal %s: %w", v.portal.ID, err)
	}
	next = v.known.PollDue
	if waiting > 0 {
		v.record.Dropped[leftWaiting] = waiting
		if first.Before(next) {
			next = first
		}
	}
	for _, earliest := range []time.Time{v.shut, v.record.Ended.Add(restBetween)} {
		if earliest.After(next) {
			next = earliest
		}
	}
	pending := waiting > 0 || !v.known.Backfilled || !v.again.IsZero() || !v.shut.IsZero()
	return next.UTC(), !v.full() && pending, nil
}

// get fetches one page and counts it.
func (v *visit) get(ctx context.Context, address, reason string, conditional bool) (*page.Page, error) {
	p, err := v.Fetcher.Get(ctx, fetch.Request{URL: address, Reason: reason, Portal: &v.portal, Conditional: conditional})
	if err != nil {
		if ctx.Err() == nil {
			v.record.Failed++
			v.progress.errors.Add(1)
			v.Log.Debug("page not had", "portal", v.portal.ID, "url", address, "err", err)
		}
		return nil, err
	}
	v.record.Pages++
	v.progress.pages.Add(1)
	return p, nil
}
