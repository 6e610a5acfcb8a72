package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kabar/crawler"
	"kabar/crawler/portal"
	"kabar/storage/news"
	"kabar/storage/sqlite"
)

// crawlCmd crawls once.
type crawlCmd struct {
	crawlFlags
	budgetFlag
	Patience time.Duration `help:"Try again what fails until nothing more is due within this time." default:"60s" env:"KABAR_PATIENCE"`
	Due      bool          `help:"Do only what the schedule has due at this moment, without trying again." env:"KABAR_DUE"`
	Only     []string      `arg:"" optional:"" name:"portal" help:"Only these portals."`
}

// Help is shown with the command.
func (crawlCmd) Help() string {
	return "Example:\n\n  kabar crawl --patience 10s\n\nExit code 3 says that some portals could not be read; they are named."
}

// partial says what was left out of work that is done otherwise.
type partial string

func (p partial) Error() string { return string(p) }

// ExitCode tells scripts that the rest is done.
func (p partial) ExitCode() int { return exitPartial }

// Run crawls all or the named portals and ends.
func (c *crawlCmd) Run(ctx context.Context, w *world, s *settings) error {
	all, mistakes, err := s.definitions()
	w.tell(mistakes)
	if err != nil {
		return err
	}
	chosen, err := choose(all, c.Only)
	if err != nil {
		return err
	}
	store, err := s.open(ctx, w, sqlite.AsWriter())
	if err != nil {
		return err
	}
	defer store.Close()
	log, now := w.logger(), s.clock(w)
	fetcher := c.fetcher(store, now, log)
	defer fetcher.Close()
	crawl := crawler.New(crawler.Options{Ledger: store, Fetcher: fetcher, Now: now, Log: log, Budget: c.Budget})
	if err := crawl.Declare(ctx, all); err != nil {
		return err
	}
	stop := watch(ctx, w, crawl.Progress)
	var report crawler.Report
	if c.Due {
		report, err = crawl.CrawlDue(ctx, chosen)
	} else {
		report, err = crawl.Crawl(ctx, chosen, c.Patience)
	}
	stop()
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(w.stderr, "Stopped; everything read so far is kept, and the next crawl goes on from here.")
		return nil
	}
	if err != nil {
		return err
	}
	slices.SortFunc(report.Failed, func(a, b news.Visit) int { return strings.Compare(a.Portal, b.Portal) })
	for _, v := range report.Failed {
		fmt.Fprintf(w.stderr, "%s: %s\n", v.Portal, v.Problem)
	}
	if report.Waiting > 0 {
		fmt.Fprintf(w.stderr, "%d portals have something left that is tried on the next crawl.\n", report.Waiting)
	}
	if len(report.Failed) > 0 {
		return partial(fmt.Sprintf("%d of %d portals could not be read; their lines above say what to do", len(report.Failed), report.Portals))
	}
	if len(mistakes) > 0 {
		return partial(fmt.Sprintf("%d definitions could not be read; mend them as their lines above say", len(mistakes)))
	}
	return nil
}

// choose picks the named portals, all when none is named.
func choose(all []portal.Definition, names []string) ([]portal.Definition, error) {
	if len(names) == 0 {
		return all, nil
	}
	var chosen []portal.Definition
	for _, name := range names {
		i := slices.IndexFunc(all, func(d portal.Definition) bool { return d.ID == name })
		if i < 0 {
			known := make([]string, len(all))
			for i, d := range all {
				known[i] = d.ID
			}
			return nil, fmt.Errorf("there is no portal %q; there are: %s", name, strings.Join(known, ", "))
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}
