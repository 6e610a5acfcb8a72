package crawler_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"kabar/crawler"
	"kabar/crawler/portal"
	"kabar/storage/news"
)

// A portal that moves as a whole is read at its new place at once, and nothing
// that is stored counts as new.
func TestAChangedDefinition(t *testing.T) {
	for _, kind := range []string{"blog", "listing"} {
		t.Run(kind, func(t *testing.T) {
			all := posts(12, 5*time.Hour)
			before, after := newSite(t, kind, all[1:]), newSite(t, kind, all)
			c := newCrawl(t)
			c.run(t, before.definition("nagari"))
			before.Close()
			c.later(time.Hour, after)
			report := c.run(t, after.definition("nagari"))
			if len(report.Failed) > 0 {
				t.Errorf("the visit failed: %+v", report.Failed)
			}
			if n := c.changes(t)[news.Added]; n != 12 {
				t.Errorf("%d articles count as new, want 12", n)
			}
			c.wantOpen(t, "after the move", "", 0)
		})
	}
}

// cutLedger ends the crawl at once after an article was stored.
type cutLedger struct {
	crawler.Ledger
	after int
	cut   func()
}

func (l *cutLedger) Save(ctx context.Context, articles ...news.Article) ([]news.Change, error) {
	changes, err := l.Ledger.Save(ctx, articles...)
	if l.after--; l.after == 0 {
		l.cut()
	}
	return changes, err
}

func TestWhatIsStoredIsStoredWhole(t *testing.T) {
	s := newSite(t, "listing", posts(12, 5*time.Hour))
	c := newCrawl(t)
	ctx, cancel := context.WithCancel(t.Context())
	c.options.Ledger = &cutLedger{c.Store, 7, cancel}
	crawl := crawler.New(c.options)
	portals := []portal.Definition{s.definition("nagari")}
	if err := crawl.Declare(ctx, portals); err != nil {
		t.Fatal(err)
	}
	if _, err := crawl.Crawl(ctx, portals, 0); !errors.Is(err, context.Canceled) {
		t.Fatalf("the crawl ended with %v", err)
	}
	stored := c.stored(t, s, "nagari")
	looks, err := c.Looks(t.Context(), "nagari", start.Add(5*24*time.Hour), 100)
	if err != nil || len(stored) != 7 || len(looks) != 7 {
		t.Errorf("%d articles are stored and %d are looked at again, %v, want 7 and 7", len(stored), len(looks), err)
	}
	for _, a := range stored {
		if _, err := c.Page(t.Context(), a.URL); err != nil {
			t.Errorf("%s: %v", a.URL, err)
		}
	}
	learned, err := crawler.Recall(t.Context(), c, "nagari")
	if err != nil || learned.Template == nil {
		t.Errorf("what was learned is %+v, %v", learned, err)
	}
}

// A portal may go while it is visited: the visit ends, the others go on, and
// nobody is told that the database is broken.
func TestAPortalRemovedWhileItIsVisited(t *testing.T) {
	stays, goes := newSite(t, "listing", posts(6, 5*time.Hour)), newSite(t, "listing", posts(6, 5*time.Hour))
	c := newCrawl(t)
	began := time.Now()
	c.options.Now = func() time.Time { return start.Add(600 * time.Since(began)) }
	crawl := crawler.New(c.options)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()

	var mu sync.Mutex // guards portals
	portals := []portal.Definition{stays.definition("tinggal"), goes.definition("pergi")}
	ended := make(chan struct{})
	var once sync.Once
	goes.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != goes.posts[3].path {
			goes.ServeHTTP(w, r)
			return
		}
		once.Do(func() {
			mu.Lock()
			portals = portals[:1]
			mu.Unlock()
			if err := c.RemovePortal(ctx, "pergi", true); err != nil {
				t.Error(err)
			}
		})
		<-r.Context().Done()
		close(ended)
	})
	first := make(chan crawler.Report, 1)
	done := make(chan error, 1)
	go func() {
		done <- crawl.Run(ctx, func() ([]portal.Definition, error) {
			mu.Lock()
			defer mu.Unlock()
			return portals, nil
		}, func(r crawler.Report) { first <- r })
	}()
	select {
	case <-ended:
	case err := <-done:
		t.Fatalf("run ended: %v", err)
	case <-time.After(20 * time.Second):
		t.Fatal("the visit goes on although the portal is gone")
	}
	select {
	case r := <-first:
		if r.Portals != 1 || r.Done != 1 {
			t.Errorf("the first round has %d of %d portals, want the one that stays", r.Done, r.Portals)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the first round does not end")
	}
	cancel()
	<-done
	if err := crawl.Trouble(); err != nil {
		t.Errorf("trouble with the database: %v", err)
	}
	left, err := c.Articles(t.Context(), news.Query{Portal: "pergi", Limit: 10})
	if _, lost := c.Template(t.Context(), "pergi"); err != nil || len(left) > 0 || lost == nil {
		t.Errorf("%d articles and knowledge (%v) of the portal that was removed, %v", len(left), lost, err)
	}
}

// A clock that was a day ahead when visits were planned delays none.
func TestAClockSetBack(t *testing.T) {
	s := newSite(t, "listing", posts(6, 5*time.Hour))
	c := newCrawl(t)
	d := s.definition("nagari")
	c.later(24*time.Hour+time.Minute, s)
	c.run(t, d)
	c.later(-24*time.Hour-time.Minute, s)
	asked := s.count("/")
	if _, err := c.crawler.CrawlDue(t.Context(), []portal.Definition{d}); err != nil {
		t.Fatal(err)
	}
	state, err := c.Portal(t.Context(), "nagari")
	if err != nil || !state.State.NextDue.Before(start.Add(24*time.Hour)) || s.count("/") == asked {
		t.Errorf("the front page was asked for %d times more and next at %v, %v", s.count("/")-asked, state.State.NextDue, err)
	}
}

// A poll of a feed in pages that brings nothing new is one request.
func TestAQuietFeedCostsOneRequest(t *testing.T) {
	s := newSite(t, "blog", posts(30, 5*time.Hour))
	generator := "<generator>https://wordpress.org/?v=6.4</generator></channel>"
	requests := 0
	serve := s.Config.Handler
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests++
		if r.URL.Path == "/feed" {
			s.change(func() {
				w.Header().Set("Content-Type", "application/rss+xml")
				w.Write([]byte(strings.Replace(s.feed(), "</channel>", generator, 1)))
			})
			return
		}
		serve.ServeHTTP(w, r)
	})
	c := newCrawl(t)
	d := s.definition("nagari")
	d.Limits.Backfill = portal.Duration(40 * time.Hour)
	c.run(t, d)
	requests = 0
	c.later(time.Hour, s)
	c.run(t, d)
	if requests != 1 {
		t.Errorf("a poll that brought nothing took %d requests, want one", requests)
	}
}

// Polls that are rarer than one a day are not taken for a wrong clock's.
func TestASmallBudget(t *testing.T) {
	s := newSite(t, "listing", posts(6, 100*time.Hour))
	c := newCrawl(t)
	c.options.Budget = .25
	d := s.definition("nagari")
	for range 3 {
		c.run(t, d)
	}
	asked := s.count("/")
	state, err := c.Portal(t.Context(), "nagari")
	if err != nil || !state.State.NextDue.After(start.Add(24*time.Hour)) {
		t.Fatalf("with a poll in four days the next one is at %v, %v", state.State.NextDue, err)
	}
	if _, err := c.crawler.CrawlDue(t.Context(), []portal.Definition{d}); err != nil || s.count("/") != asked {
		t.Errorf("the front page was asked for %d times before it was due, %v", s.count("/")-asked, err)
	}
}
