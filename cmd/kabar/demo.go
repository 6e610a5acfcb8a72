package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"kabar/cmd/kabar/demoweb"
	"kabar/crawler"
	"kabar/crawler/portal"
	"kabar/storage"
	"kabar/storage/sqlite"

	"golang.org/x/sync/errgroup"
)

// demoCmd shows the whole program without the internet.
type demoCmd struct {
	serveFlags
	Stories  int  `help:"Articles on each made-up portal." default:"24"`
	Articles int  `help:"Crawl nothing; store this many made-up articles of eight years, of 1,000 portals, and serve them. With --db they are kept." placeholder:"N"`
	Once     bool `help:"Crawl or fill once and end, without serving."`
}

// Help is shown with the command.
func (demoCmd) Help() string {
	return "Example:\n\n  kabar demo --addr 127.0.0.1:8080\n\nFour made-up portals stand on loopback ports; a new article appears on each every minute. The database is thrown away at the end.\n\nTo see how it is with very many articles:\n\n  kabar demo --articles 100000 --db many.db\n\nThat takes a minute or two; a second start goes on with the same file."
}

// Run starts the made-up portals, crawls them and serves the result.
func (c *demoCmd) Run(ctx context.Context, w *world, s *settings) error {
	if c.Articles > 0 {
		file, remove, err := s.demoFile()
		if err != nil {
			return err
		}
		defer remove()
		return c.many(ctx, w, s, file)
	}
	dir, err := os.MkdirTemp("", "kabar-demo-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	now := s.clock(w)
	store, err := storage.Open(ctx, filepath.Join(dir, "demo.db"), sqlite.AsWriter(), sqlite.WithClock(now))
	if err != nil {
		return err
	}
	defer store.Close()
	listener, err := c.listen()
	if err != nil {
		return err
	}
	defer listener.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	made, err := demoweb.New(now, c.Stories)
	if err != nil {
		return err
	}
	wait, err := made.Serve(ctx)
	if err != nil {
		return err
	}
	defer func() { cancel(); wait() }()

	flags := crawlFlags{AllowNet: []network{{netip.MustParsePrefix("127.0.0.0/8")}}}
	fetcher := flags.fetcher(store, now, w.logger())
	defer fetcher.Close()
	crawl := crawler.New(crawler.Options{Ledger: store, Fetcher: fetcher, Now: now, Log: w.logger()})
	definitions := demoDefinitions(made)
	if err := crawl.Declare(ctx, definitions); err != nil {
		return err
	}
	report, err := crawl.Crawl(ctx, definitions, 0)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stderr, "%d articles read from %d made-up portals.\n", report.Articles, report.Portals)
	if c.Once {
		return nil
	}
	handler, err := c.handler(store, listener, now, flags, func() string { return "Portal dan artikel ini rekaan." }, w.logger())
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stderr, "Serving on http://%s/; Ctrl-C ends it.\nTo add a made-up portal to a database of your own: kabar add %s --allow-net 127.0.0.0/8\n",
		listener.Addr(), made.Portals[0].Home)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return handler.Serve(ctx, listener) })
	group.Go(func() error { return pollOften(ctx, crawl, definitions) })
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// pollOften visits the made-up portals more often than any real one.
func pollOften(ctx context.Context, crawl *crawler.Crawler, definitions []portal.Definition) error {
	ticker := time.NewTicker(20 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
			if _, err := crawl.Crawl(ctx, definitions, 0); err != nil {
				return err
			}
		}
	}
}

func demoDefinitions(made *demoweb.Web) []portal.Definition {
	var definitions []portal.Definition
	for _, p := range made.Portals {
		definitions = append(definitions, portal.Definition{ID: p.ID, Name: p.Name, Home: p.Home, Regions: []string{p.Region},
			Clock: p.Clock, Limits: portal.Limits{Delay: portal.Duration(5 * time.Millisecond)}})
	}
	return definitions
}
