package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"kabar/crawler"
	"kabar/crawler/portal"
	"kabar/storage"
	"kabar/storage/sqlite"

	"golang.org/x/sync/errgroup"
)

// runCmd is the main job.
type runCmd struct {
	crawlFlags
	budgetFlag
	serveFlags
	hubFlags
}

// Help is shown with the command.
func (runCmd) Help() string {
	return "Example:\n\n  kabar run --addr 127.0.0.1:8080\n\nThen open http://127.0.0.1:8080/ in a browser; /feeds lists what can be subscribed to."
}

// Run crawls on schedule and serves until it is told to stop.
func (c *runCmd) Run(ctx context.Context, w *world, s *settings) error {
	definitions, mistakes, err := s.definitions()
	w.tell(mistakes)
	if err != nil {
		return err
	}
	store, err := s.open(ctx, w, sqlite.AsWriter())
	if err != nil {
		return err
	}
	defer store.Close()
	listener, err := c.listen()
	if err != nil {
		return err
	}
	log, now := w.logger(), s.clock(w)
	fetcher := c.fetcher(store, now, log)
	defer fetcher.Close()
	crawl := crawler.New(crawler.Options{Ledger: store, Fetcher: fetcher, Now: now, Log: log, Budget: c.Budget})
	if err := crawl.Declare(ctx, definitions); err != nil {
		return err
	}
	var notice atomic.Value
	opening, err := openingNotice(ctx, store)
	if err != nil {
		return err
	}
	notice.Store(opening)
	push, err := c.pushing(store, now, c.crawlFlags, c.serveFlags, log)
	if err != nil {
		return err
	}
	defer push.Close()
	handler, err := c.handler(store, listener, now, c.crawlFlags, func() string {
		if crawl.Trouble() != nil {
			return "Artikel baru belum dapat disimpan; yang sudah tersimpan tetap disajikan, dan kabar mencobanya lagi dengan sendirinya."
		}
		return notice.Load().(string)
	}, log, c.advertise(push))
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stderr, "Serving on http://%s/ and crawling %d portals; Ctrl-C ends it.\n", listener.Addr(), len(definitions))
	stop := watch(ctx, w, crawl.Progress)
	defer stop()

	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return handler.Serve(ctx, listener) })
	group.Go(func() error { return push.run(ctx, handler) })
	group.Go(func() error {
		return crawl.Run(ctx, s.reload(w, mistakes), func(r crawler.Report) {
			notice.Store("")
			if text := firstRound(r); text != "" {
				notice.Store(unreadNotice(r))
				fmt.Fprintln(w.stderr, text)
			}
			stop()
		})
	})
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// reload reads the definitions again and tells a mistake once, until it
// changes.
func (s *settings) reload(w *world, told []error) func() ([]portal.Definition, error) {
	return func() ([]portal.Definition, error) {
		sound, mistakes, err := s.definitions()
		if errors.As(err, new(emptyFolder)) {
			err = nil // the last portal was removed
		}
		if fmt.Sprint(mistakes) != fmt.Sprint(told) {
			w.tell(mistakes)
			told = mistakes
		}
		return sound, err
	}
}

// openingNotice tells readers of the front page why little is there yet; empty
// when every portal was visited before.
func openingNotice(ctx context.Context, store storage.Store) (string, error) {
	portals, err := store.Portals(ctx)
	for _, p := range portals {
		if p.State.LastVisit.IsZero() {
			return "Putaran pertama sedang berjalan: artikel muncul begitu selesai dibaca.", nil
		}
	}
	return "", err
}

// firstRound says what a person should know after the first round; empty when
// all is well.
func firstRound(r crawler.Report) string {
	switch failed := int64(len(r.Failed)); {
	case r.Portals > 0 && failed == r.Portals:
		return fmt.Sprintf("No portal could be read in the first round (%s). Is this machine connected to the internet? It is tried again by itself; \"kabar demo\" shows everything without the internet.", r.Failed[0].Problem)
	case failed > 0:
		return fmt.Sprintf("%d of %d portals could not be read in the first round; they are tried again by themselves.", failed, r.Portals)
	default:
		return ""
	}
}

// unreadNotice says the same to readers of the front page.
func unreadNotice(r crawler.Report) string {
	notice := fmt.Sprintf("%d dari %d portal belum dapat dibaca; kabar mencobanya lagi dengan sendirinya.", len(r.Failed), r.Portals)
	if int64(len(r.Failed)) == r.Portals {
		notice += " Periksa sambungan internet, atau lihat semuanya tanpa internet dengan perintah: kabar demo"
	}
	return notice
}

// serveCmd only serves.
type serveCmd struct {
	serveFlags
	crawlFlags
	hubFlags
}

// Help is shown with the command.
func (serveCmd) Help() string {
	return "Example:\n\n  kabar serve --db kabar.db --addr 127.0.0.1:8080"
}

// Run serves what is stored until it is told to stop.
func (c *serveCmd) Run(ctx context.Context, w *world, s *settings) error {
	store, err := s.openExisting(ctx, w)
	if err != nil {
		return err
	}
	defer store.Close()
	listener, err := c.listen()
	if err != nil {
		return err
	}
	push, err := c.pushing(store, s.clock(w), c.crawlFlags, c.serveFlags, w.logger())
	if err != nil {
		return err
	}
	defer push.Close()
	handler, err := c.handler(store, listener, s.clock(w), c.crawlFlags, nil, w.logger(), c.advertise(push))
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stderr, "Serving on http://%s/; Ctrl-C ends it.\n", listener.Addr())
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return handler.Serve(ctx, listener) })
	group.Go(func() error { return push.run(ctx, handler) })
	return group.Wait()
}
