package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"kabar/storage"
	"kabar/storage/news"
	"kabar/storage/specimen"
	"kabar/storage/sqlite"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// specimenEnd is the time of the newest made-up article: a fixed one, so that
// every machine makes the same database.
var specimenEnd = time.Date(2026, 1, 20, 1, 0, 0, 0, time.UTC)

// specimenBatch is how many made-up articles are stored in one transaction.
const specimenBatch = 250

// many fills a database with made-up articles, as far as it is not full
// already, and serves it. Real news is never mixed with made-up news.
func (c *demoCmd) many(ctx context.Context, w *world, s *settings, file string) error {
	store, err := storage.Open(ctx, file, sqlite.AsWriter(), sqlite.WithClock(s.clock(w)))
	if err != nil {
		return err
	}
	defer store.Close()
	room := specimen.New(1, c.Articles, specimenEnd)
	if err := onlySpecimens(ctx, store, file); err != nil {
		return err
	}
	if err := store.SetPortals(ctx, room.Portals()); err != nil {
		return err
	}
	if err := c.fill(ctx, w, store, room); err != nil || c.Once {
		return err
	}
	listener, err := c.listen()
	if err != nil {
		return err
	}
	defer listener.Close()
	handler, err := c.handler(store, listener, s.clock(w), crawlFlags{}, func() string { return "Portal dan artikel ini rekaan." }, w.logger())
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stderr, "Serving on http://%s/; Ctrl-C ends it.\n", listener.Addr())
	return handler.Serve(ctx, listener)
}

// onlySpecimens refuses a database that has articles of anything else.
func onlySpecimens(ctx context.Context, store storage.Store, file string) error {
	stats, err := store.Stats(ctx)
	if err != nil || stats.Articles == 0 {
		return err
	}
	first := specimen.New(1, 1, specimenEnd).Portals()[0].ID
	if _, err := store.Portal(ctx, first); errors.Is(err, news.ErrNotFound) {
		return fmt.Errorf("%s holds other news: name a new file with --db", file)
	} else if err != nil {
		return err
	}
	return nil
}

// fill stores articles from the number on that the database has, and the edits
// of every batch after it.
func (c *demoCmd) fill(ctx context.Context, w *world, store storage.Store, room *specimen.Newsroom) error {
	stats, err := store.Stats(ctx)
	if err != nil {
		return err
	}
	began, from := time.Now(), int(stats.Articles)
	show := c.filling(w, from)
	for n := from; n < c.Articles; n += specimenBatch {
		var batch, edits []news.Article
		for i := n; i < min(n+specimenBatch, c.Articles); i++ {
			batch = append(batch, room.Article(i))
			if a, ok := room.Edited(i); ok {
				edits = append(edits, a)
			}
		}
		for _, articles := range [][]news.Article{batch, edits} {
			if _, err := store.Save(ctx, articles...); err != nil {
				return err
			}
		}
		show(n + len(batch))
	}
	fmt.Fprintf(w.stderr, "%d articles stored in %s.\n", max(c.Articles-from, 0), time.Since(began).Round(time.Second))
	return nil
}

// filling shows how far the work is: a bar on a terminal, elsewhere a line now
// and then.
func (c *demoCmd) filling(w *world, from int) (show func(done int)) {
	if file, ok := w.stderr.(interface{ Fd() uintptr }); ok && term.IsTerminal(int(file.Fd())) {
		bar := progressbar.NewOptions(c.Articles, progressbar.OptionSetWriter(w.stderr), progressbar.OptionShowCount(),
			progressbar.OptionShowIts(), progressbar.OptionSetItsString("articles"), progressbar.OptionClearOnFinish())
		return func(done int) { _ = bar.Set(done) } // a bar that cannot be drawn stops nothing
	}
	began := time.Now()
	told := began
	return func(done int) {
		if time.Since(told) < 10*time.Second {
			return
		}
		told = time.Now()
		rate := float64(done-from) / told.Sub(began).Seconds()
		left := time.Duration(float64(c.Articles-done) / rate * float64(time.Second)).Round(time.Second)
		fmt.Fprintf(w.stderr, "%d of %d articles, %.0f a second, %s left\n", done, c.Articles, rate, left)
	}
}

// demoFile is where the made-up articles go: where --db says, or into a
// database that is thrown away. The default name is never used: it is the one
// of real news.
func (s *settings) demoFile() (file string, remove func(), err error) {
	if s.DB != "kabar.db" {
		return s.DB, func() {}, nil
	}
	dir, err := os.MkdirTemp("", "kabar-demo-*")
	if err != nil {
		return "", nil, err
	}
	return dir + string(os.PathSeparator) + "demo.db", func() { os.RemoveAll(dir) }, nil
}
