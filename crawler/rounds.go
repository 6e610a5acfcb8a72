package crawler

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"kabar/crawler/portal"
	"kabar/storage/news"
)

// Report is what a crawl did.
type Report struct {
	Progress
	Failed  []news.Visit // last visits that ended with a problem
	Waiting int          // portals that still have something due later
}

// tour is one portal's place in a round.
type tour struct {
	portal  portal.Definition
	next    time.Time
	poll    bool // ask its source on the first visit although it is not due
	running bool
	stop    context.CancelCauseFunc // ends the running visit
	removed bool                    // no portal any more; the running visit is the last one
	visited bool
	last    news.Visit
}

// Crawl visits the portals once and returns when nothing more is due within
// patience: pages and portals that failed are tried again until then. What is
// left stays due in the ledger. The error is that of the context or ledger.
func (c *Crawler) Crawl(ctx context.Context, portals []portal.Definition, patience time.Duration) (Report, error) {
	now := c.Now()
	tours := make(map[string]*tour, len(portals))
	for _, d := range portals {
		tours[d.ID] = &tour{portal: d, next: now, poll: true}
	}
	return c.once(ctx, tours, func(t *tour, now time.Time) bool {
		return !t.visited || !t.next.IsZero() && !t.next.After(now.Add(patience))
	})
}

// CrawlDue does once what the schedule has due at this moment and returns.
func (c *Crawler) CrawlDue(ctx context.Context, portals []portal.Definition) (Report, error) {
	now := c.Now()
	tours := make(map[string]*tour)
	for _, d := range portals {
		known, err := c.Ledger.Portal(ctx, d.ID)
		if err != nil {
			return Report{}, fmt.Errorf("reading the state of portal %s: %w", d.ID, err)
		}
		if c.isDue(known.State.NextDue, now) {
			tours[d.ID] = &tour{portal: d, next: now}
		}
	}
	return c.once(ctx, tours, func(t *tour, _ time.Time) bool { return !t.visited })
}

// once makes the rounds until nothing is wanted any more.
func (c *Crawler) once(ctx context.Context, tours map[string]*tour, wanted func(*tour, time.Time) bool) (Report, error) {
	c.progress.portals.Store(int64(len(tours)))
	err := c.rounds(ctx, tours, wanted, nil)
	report := Report{Progress: c.Progress()}
	for _, t := range tours {
		if t.last.Problem != "" {
			report.Failed = append(report.Failed, t.last)
		}
		if !t.next.IsZero() {
			report.Waiting++
		}
	}
	return report, err
}

// keepSchedule is how often what the planner learned is kept: a crash costs it
// no more.
const keepSchedule = 10 * time.Minute

// Run visits the portals on schedule until the context ends. load is asked now
// and once a minute which portals there are; its error leaves them as they
// are. After every portal was visited once, firstRound is called.
func (c *Crawler) Run(ctx context.Context, load func() ([]portal.Definition, error), firstRound func(Report)) error {
	tours := make(map[string]*tour)
	var loaded time.Time
	kept := c.Now()
	reload := func() error {
		now := c.Now()
		if now.Sub(loaded) < time.Minute {
			return nil
		}
		loaded = now
		if now.Sub(kept) >= keepSchedule {
			kept = now
			if err := c.rememberSchedule(ctx); err != nil {
				return err
			}
		}
		portals, err := load()
		if err != nil {
			c.Log.Error("portal definitions cannot be read, the known ones go on", "err", err)
			return nil
		}
		return c.adopt(ctx, tours, portals)
	}
	told := false
	return c.rounds(ctx, tours, func(*tour, time.Time) bool { return true }, func() error {
		if !told && len(tours) > 0 && c.progress.done.Load() >= c.progress.portals.Load() {
			told = true
			report := Report{Progress: c.Progress()}
			for _, t := range tours {
				if t.last.Problem != "" {
					report.Failed = append(report.Failed, t.last)
				}
			}
			firstRound(report)
		}
		return reload()
	})
}

// adopt makes the given portals the crawled ones.
func (c *Crawler) adopt(ctx context.Context, tours map[string]*tour, portals []portal.Definition) error {
	if err := c.Declare(ctx, portals); err != nil {
		return err
	}
	keep := make(map[string]bool, len(portals))
	for _, d := range portals {
		keep[d.ID] = true
		if t, ok := tours[d.ID]; ok {
			if sourcesOf(t.portal) != sourcesOf(d) {
				t.next = c.Now()
			}
			t.portal, t.removed = d, false
			continue
		}
		known, err := c.Ledger.Portal(ctx, d.ID)
		if err != nil {
			return fmt.Errorf("reading the state of portal %s: %w", d.ID, err)
		}
		tours[d.ID] = &tour{portal: d, next: known.State.NextDue}
		c.progress.portals.Add(1)
	}
	for id, t := range tours {
		switch {
		case keep[id]:
		case t.running:
			t.removed = true
			t.stop(errRemoved)
		default:
			c.drop(tours, id)
		}
	}
	return nil
}

// drop takes a portal out of the rounds.
func (c *Crawler) drop(tours map[string]*tour, id string) {
	c.progress.portals.Add(-1)
	if tours[id].visited {
		c.progress.done.Add(-1)
	}
	delete(tours, id)
}

// Declare tells the ledger which portals are crawled.
func (c *Crawler) Declare(ctx context.Context, portals []portal.Definition) error {
	known := make([]news.Portal, len(portals))
	for i, d := range portals {
		known[i] = news.Portal{ID: d.ID, Name: d.Name, Home: d.Home, Regions: d.Regions,
			Clock: d.ClockName(), Republish: d.Republish}
	}
	if err := c.Ledger.SetPortals(ctx, known); err != nil {
		return fmt.Errorf("telling the database the portals: %w", err)
	}
	return nil
}

// rounds visits each tour when it is due, as long as wanted says so, with at
// most Workers at once. Without between it returns when nothing is wanted any
// more, and at the first failure of the ledger; between runs in the same
// goroutine whenever something happened, and with it failures are endured.
func (c *Crawler) rounds(ctx context.Context, tours map[string]*tour, wanted func(*tour, time.Time) bool, between func() error) error {
	type result struct {
		id         string
		visit      news.Visit
		unfinished bool
		err        error
	}
	if err := c.recallSchedule(ctx); err != nil {
		return err
	}
	defer func() {
		// A planner that forgets some polls plans a little worse.
		if err := c.rememberSchedule(context.WithoutCancel(ctx)); err != nil {
			c.Log.Warn("the schedule's memory is not kept", "err", err)
		}
	}()
	results := make(chan result)
	var group sync.WaitGroup
	defer group.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	running := 0
	for {
		if between != nil {
			if err := between(); ctx.Err() != nil {
				return ctx.Err()
			} else if err != nil {
				c.stuck(err)
			}
		}
		now := c.Now()
		soonest := time.Second
		more := false
		for id, t := range tours {
			if t.running || !wanted(t, now) {
				continue
			}
			more = true
			if wait := t.next.Sub(now); !c.isDue(t.next, now) {
				soonest = min(soonest, max(wait, 5*time.Millisecond))
				continue
			}
			if running == c.Workers {
				continue
			}
			t.running = true
			running++
			definition, poll := t.portal, t.poll && !t.visited
			visiting, stop := context.WithCancelCause(ctx)
			t.stop = stop
			group.Go(func() {
				defer stop(nil)
				visit, unfinished, err := c.visit(visiting, definition, poll)
				select {
				case results <- result{id, visit, unfinished, err}:
				case <-ctx.Done():
				}
			})
		}
		if running == 0 && !more && between == nil {
			return nil
		}
		timer := time.NewTimer(soonest)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case r := <-results:
			timer.Stop()
			if r.err != nil && (between == nil || ctx.Err() != nil) {
				return r.err
			}
			running--
			t := tours[r.id]
			if t.removed {
				c.drop(tours, r.id)
				continue
			}
			if r.err != nil {
				if !isRemoved(r.err) {
					c.stuck(r.err)
				}
				t.running, t.next = false, c.Now().Add(afterTrouble)
				continue
			}
			c.unstuck(ctx)
			if !t.visited {
				t.visited = true
				c.progress.done.Add(1)
			}
			t.running, t.last, t.next = false, r.visit, r.visit.NextDue
			if between == nil && r.visit.Problem == "" && !r.unfinished {
				t.next = time.Time{}
			}
		case <-timer.C:
		}
	}
}

// errRemoved is why a visit ends whose portal was removed.
var errRemoved = errors.New("the portal was removed")

// isRemoved tells errors of a visit whose portal was removed meanwhile.
func isRemoved(err error) bool {
	return errors.Is(err, news.ErrNotFound) || errors.Is(err, context.Canceled)
}
