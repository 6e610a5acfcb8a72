package crawler_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kabar/crawler"
	"kabar/crawler/portal"
	"kabar/storage/news"
)

// open are the causes of a portal's open events, and all that there were.
func (c *crawl) open(t *testing.T) (open, all []news.Event) {
	t.Helper()
	all, err := c.Events(t.Context(), true, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.Closed.IsZero() {
			open = append(open, e)
		}
	}
	return open, all
}

// wantOpen checks which causes are open and how many events there ever were.
func (c *crawl) wantOpen(t *testing.T, when, causes string, ever int) {
	t.Helper()
	open, all := c.open(t)
	var got []string
	for _, e := range open {
		got = append(got, e.Cause)
		if e.Detail == "" || e.Since.IsZero() {
			t.Errorf("%s: event without a detail or beginning: %+v", when, e)
		}
	}
	if strings.Join(got, ",") != causes || len(all) != ever {
		t.Errorf("%s: open are %q of %d events, want %q of %d: %+v", when, got, len(all), causes, ever, all)
	}
}

func TestTroublesAreToldOnce(t *testing.T) {
	late := []post{newPost(13, start.Add(time.Hour)), newPost(14, start.Add(time.Hour))}
	for _, test := range []struct {
		name, cause string
		after       int // polls until it is told
		spoil       func(*site)
	}{
		{"a site that is down", "unreachable", 3, func(s *site) { s.failing["/"] = http.StatusBadGateway }},
		{"a site that refuses", "blocked", 3, func(s *site) { s.failing["/"] = http.StatusForbidden }},
		{"a site behind a challenge", "blocked", 1, func(s *site) {
			s.posts = slices.Concat(late, s.posts)
			s.challenge = true
		}},
		{"a list that lost its links", "zero-links", 1, func(s *site) { s.posts = nil }},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t, "listing", posts(12, 5*time.Hour))
			c := newCrawl(t)
			d := s.definition("nagari")
			c.run(t, d)
			c.wantOpen(t, "at first", "", 0)
			kept := slices.Concat(late, s.posts)
			s.change(func() { test.spoil(s) })
			for i := range 6 {
				c.later(7*time.Hour, s)
				c.run(t, d)
				if i+1 < test.after {
					c.wantOpen(t, "so early", "", 0)
				}
			}
			c.wantOpen(t, "while it lasts", test.cause, 1)
			s.change(func() { s.posts = kept; clear(s.failing); s.challenge = false })
			c.later(7*time.Hour, s)
			c.run(t, d)
			c.wantOpen(t, "when it is over", "", 1)
		})
	}
}

func TestSilenceIsMeasuredByThePortalsOwnRhythm(t *testing.T) {
	busy, slow := newSite(t, "listing", posts(46, 4*time.Hour)), newSite(t, "listing", posts(3, 100*time.Hour))
	c := newCrawl(t)
	portals := []portal.Definition{busy.definition("ramai"), slow.definition("sepi")}
	c.run(t, portals...)
	for range 12 {
		c.later(6*time.Hour, busy, slow)
		c.run(t, portals...)
	}
	open, _ := c.open(t)
	if len(open) != 1 || open[0].Cause != "silent" || open[0].Portal != "ramai" {
		t.Fatalf("after three days of silence the open events are %+v, want that of the busy portal", open)
	}
	fresh := newPost(99, c.now.Add(-time.Hour))
	fresh.title = "Panen Raya Bawang Merah Dimulai Pekan Ini"
	fresh.paragraphs = []string{strings.Repeat("Petani bawang di kaki gunung mulai memanen dan berharap harga tidak jatuh seperti tahun lalu. ", 4)}
	busy.change(func() { busy.posts = append([]post{fresh}, busy.posts...) })
	c.later(time.Hour, busy, slow)
	c.run(t, portals...)
	c.wantOpen(t, "after a new article", "", 1)
}

// What is known of a portal may be lost, or be older than its events; these
// end all the same.
func TestEventsEndWithoutMemory(t *testing.T) {
	s := newSite(t, "listing", posts(6, 5*time.Hour))
	c := newCrawl(t)
	d := s.definition("nagari")
	kept := s.posts
	s.posts = nil
	c.run(t, d)
	c.wantOpen(t, "without links", "zero-links", 1)
	if err := c.SaveTemplate(t.Context(), "nagari", []byte("{")); err != nil {
		t.Fatal(err)
	}
	s.change(func() { s.posts = kept })
	c.later(7*time.Hour, s)
	c.run(t, d)
	c.wantOpen(t, "with links", "", 1)
}

func TestArticlesWithoutDatesAreTold(t *testing.T) {
	s := newSite(t, "listing", posts(14, 5*time.Hour))
	s.dateless = true
	c := newCrawl(t)
	c.run(t, s.definition("nagari"))
	c.wantOpen(t, "without dates", "fields", 1)
}

// failingLedger fails as a full disk does, as long as it is told to.
type failingLedger struct {
	crawler.Ledger
	full  atomic.Bool
	stuck chan struct{} // closed at the first failure
	once  sync.Once
	saved chan string // titles of what was stored
	over  chan string // causes of the events that were closed
}

func (l *failingLedger) Save(ctx context.Context, articles ...news.Article) ([]news.Change, error) {
	if l.full.Load() {
		l.once.Do(func() { close(l.stuck) })
		return nil, errors.New("database or disk is full")
	}
	changes, err := l.Ledger.Save(ctx, articles...)
	if err == nil {
		l.saved <- articles[0].Title
	}
	return changes, err
}

func (l *failingLedger) CloseEvent(ctx context.Context, portal, cause string, at time.Time) error {
	err := l.Ledger.CloseEvent(ctx, portal, cause, at)
	if err == nil {
		l.over <- cause
	}
	return err
}

func TestRunEnduresAFullDisk(t *testing.T) {
	s := newSite(t, "listing", posts(5, 5*time.Hour))
	c := newCrawl(t)
	ledger := &failingLedger{Ledger: c.Store, stuck: make(chan struct{}), saved: make(chan string, 100), over: make(chan string, 100)}
	ledger.full.Store(true)
	c.options.Ledger = ledger
	// The clock runs fast, so that the pause after the failure passes at once.
	began := time.Now()
	c.options.Now = func() time.Time { return start.Add(60 * time.Since(began)) }
	crawl := crawler.New(c.options)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		done <- crawl.Run(ctx, func() ([]portal.Definition, error) { return []portal.Definition{s.definition("nagari")}, nil }, func(crawler.Report) {})
	}()
	await := func(told <-chan string, otherwise string) {
		t.Helper()
		select {
		case <-told:
		case err := <-done:
			t.Fatalf("run ended: %v", err)
		case <-time.After(20 * time.Second):
			t.Fatal(otherwise)
		}
	}
	select {
	case <-ledger.stuck:
	case err := <-done:
		t.Fatalf("run ended: %v", err)
	}
	ledger.full.Store(false)
	for range s.posts {
		await(ledger.saved, "nothing is stored although the disk has room again")
	}
	await(ledger.over, "nobody is told that the disk has room again")
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("run ended with %v", err)
	}
	if err := crawl.Trouble(); err != nil {
		t.Errorf("still in trouble: %v", err)
	}
	_, all := c.open(t)
	if len(all) != 1 || all[0].Cause != "storage" || all[0].Closed.IsZero() {
		t.Errorf("events are %+v, want one that tells of the full disk and is over", all)
	}
}
