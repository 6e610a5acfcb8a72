package crawler_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"kabar/crawler"
	"kabar/crawler/portal"
)

// What stood on a page of a list that could not be had is read later, although
// the pages before it bring nothing new any more.
func TestALaterPageOfAListThatFails(t *testing.T) {
	all := posts(40, 3*time.Hour)
	s := newSite(t, "listing", all[30:])
	s.etag = true
	c := newCrawl(t)
	c.set(all[30].at.Add(time.Hour))
	d := s.definition("nagari")
	c.run(t, d)
	s.change(func() { s.posts, s.failing["/?page=3"] = all, http.StatusInternalServerError })
	c.later(start.Sub(c.now), s)
	c.run(t, d)
	if report := c.run(t, d); len(report.Failed) > 0 {
		t.Errorf("a failing later page fails the portal: %+v", report.Failed)
	}
	s.change(func() { clear(s.failing) })
	c.later(time.Hour, s)
	c.run(t, d)
	c.wantPosts(t, s, "nagari", all)
	asked := s.count("/?page=3")
	c.later(time.Hour, s)
	c.run(t, d)
	if n := s.count("/?page=3"); n != asked {
		t.Errorf("the page was asked for %d times more although it was read", n-asked)
	}
}

func TestAPageOfAListThatFailsForGoodIsGivenUp(t *testing.T) {
	all := posts(40, 3*time.Hour)
	s := newSite(t, "listing", all[30:])
	c := newCrawl(t)
	c.set(all[30].at.Add(time.Hour))
	d := s.definition("nagari")
	c.run(t, d)
	s.change(func() { s.posts, s.failing["/?page=2"] = all, http.StatusInternalServerError })
	c.later(start.Sub(c.now), s)
	for range 12 {
		c.run(t, d)
		c.later(time.Hour, s)
	}
	if n := s.count("/?page=2"); n > 8 {
		t.Errorf("a page that always fails was asked for %d times", n)
	}
}

// A poll that ends at any moment loses nothing of what it had still to read.
func TestAPollThatIsCutShort(t *testing.T) {
	all := posts(40, 3*time.Hour)
	for _, at := range []int{0, 4, 5, 11, 22} {
		s := newSite(t, "listing", all[30:])
		s.etag = true
		c := newCrawl(t)
		c.set(all[30].at.Add(time.Hour))
		d := s.definition("nagari")
		c.run(t, d)
		s.change(func() { s.posts = all })
		c.later(start.Sub(c.now), s)

		ctx, cancel := context.WithCancel(t.Context())
		s.change(func() {
			s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == all[at].path {
					cancel()
				}
				s.ServeHTTP(w, r)
			})
		})
		if _, err := c.crawler.Crawl(ctx, []portal.Definition{d}, 0); err == nil {
			t.Fatal("the crawl was not cut short")
		}
		c.crawler = crawler.New(c.options)
		c.later(time.Minute, s)
		c.run(t, d)
		c.wantPosts(t, s, "nagari", all)
	}
}

// A feed that stands still is noticed by what it lacks, long before the week
// is over, and the front page takes its place.
func TestAFeedThatStandsStill(t *testing.T) {
	all := posts(60, 2*time.Hour)
	s := newSite(t, "blog", all[40:])
	s.etag = true
	c := newCrawl(t)
	c.set(all[40].at.Add(time.Minute))
	// Of one portal alone it is not known whether all are silent.
	other := newSite(t, "listing", posts(60, 2*time.Hour)[40:])
	d, lively := s.definition("nagari"), other.definition("lain")
	c.run(t, d, lively)
	s.feeds = func(p post) bool { return !p.at.After(all[40].at) }
	for i := 39; i >= 28; i-- { // a day
		s.change(func() { s.posts = all[i:] })
		other.change(func() { other.posts = all[i:] })
		c.later(all[i].at.Add(time.Minute).Sub(c.now), s, other)
		c.run(t, d, lively)
	}
	c.wantPosts(t, s, "nagari", all[28:])
	_, events := c.open(t)
	if len(events) != 1 || events[0].Cause != "rung" {
		t.Errorf("events %+v, want one about the rung", events)
	}
}

func TestWhichFeedBecomesTheSource(t *testing.T) {
	for _, test := range []struct {
		name string
		n    int
		want string
		hold func(post) bool
	}{
		{"one that holds no more than the front page", 4, "feed", nil},
		{"one that holds more", 30, "feed", nil},
		{"one of a part of the portal", 30, "listing", func(p post) bool { return p.at.Hour() < 7 }},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t, "blog", posts(test.n, 5*time.Hour))
			s.feeds = test.hold
			c := newCrawl(t)
			c.run(t, s.definition("nagari"))
			c.wantPosts(t, s, "nagari", s.posts)
			p, err := c.Portal(t.Context(), "nagari")
			if err != nil || p.State.Source != test.want {
				t.Errorf("the source is the %s %s, %v, want the %s", p.State.Source, p.State.SourceURL, err, test.want)
			}
		})
	}
}

// An exploration that breaks off tells of no other source.
func TestABrokenExplorationMovesNothing(t *testing.T) {
	s := newSite(t, "blog", posts(12, 5*time.Hour))
	c := newCrawl(t)
	d := s.definition("nagari")
	c.run(t, d)
	s.change(func() { s.posts = slices.Concat([]post{newPost(50, c.now.Add(7*24*time.Hour))}, s.posts) })
	c.later(8*24*time.Hour, s)
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/feed" {
			w.Header().Set("Retry-After", "3600")
			http.Error(w, "nanti", http.StatusTooManyRequests)
			return
		}
		s.ServeHTTP(w, r)
	})
	c.run(t, d)
	s.Config.Handler = s
	c.later(2*time.Hour, s)
	c.run(t, d)
	_, events := c.open(t)
	for _, e := range events {
		if e.Cause == "rung" {
			t.Errorf("told of another source: %s", e.Detail)
		}
	}
}

// Of several listings only those are polled that show something of their own.
func TestListingsThatOthersCover(t *testing.T) {
	all := posts(40, 3*time.Hour)
	odd := func(p post) bool { return slices.IndexFunc(all, func(q post) bool { return q.path == p.path })%2 == 1 }
	s := newSite(t, "listing", all[12:])
	s.perPage = 8
	s.front = "<!doctype html><title>Kabar</title><h1>Kabar Nagari</h1><p>Selamat datang.</p>"
	s.sections = map[string]func(post) bool{
		"/desa":  odd,
		"/semua": func(p post) bool { return p.path != all[20].path },
		"/lain":  func(p post) bool { return p.path == all[20].path || p.path == all[3].path },
	}
	d := s.definition("nagari")
	for _, path := range []string{"/desa", "/semua", "/lain"} {
		d.Listings = append(d.Listings, portal.Listing{URL: s.URL + path, Link: "h2 a"})
	}
	c := newCrawl(t)
	c.set(all[12].at.Add(time.Minute))
	for i := 12; i > 4; i-- {
		s.change(func() { s.posts = all[i:] })
		c.later(all[i].at.Add(time.Minute).Sub(c.now), s)
		c.run(t, d)
	}
	desa, semua, lain := s.count("/desa"), s.count("/semua"), s.count("/lain")
	for i := 4; i >= 0; i-- {
		s.change(func() { s.posts = all[i:] })
		c.later(all[i].at.Add(time.Minute).Sub(c.now), s)
		c.run(t, d)
	}
	if desa, semua, lain := s.count("/desa")-desa, s.count("/semua")-semua, s.count("/lain")-lain; desa != 0 || semua != 5 || lain != 5 {
		t.Errorf("in five polls the lists were asked for %d, %d and %d times, want 0, 5 and 5", desa, semua, lain)
	}
	c.wantPosts(t, s, "nagari", all)
}

// A visit that only tries an article again, between two explorations that
// break off, is not the end of the crawl.
func TestACrawlEndsNotBeforeItsExploration(t *testing.T) {
	s := newSite(t, "listing", posts(14, 5*time.Hour))
	var mu sync.Mutex
	left := map[string]int{"/?page=2": 2, s.posts[1].path: 2}
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		n := left[r.URL.RequestURI()]
		left[r.URL.RequestURI()] = n - 1
		mu.Unlock()
		if n > 0 {
			panic(http.ErrAbortHandler)
		}
		s.ServeHTTP(w, r)
	})
	c := newCrawl(t)
	began := time.Now()
	c.options.Now = func() time.Time { return start.Add(3 * time.Since(began)) }
	c.crawler = crawler.New(c.options)
	portals := []portal.Definition{s.definition("nagari")}
	if err := c.crawler.Declare(t.Context(), portals); err != nil {
		t.Fatal(err)
	}
	if _, err := c.crawler.Crawl(t.Context(), portals, 5*time.Minute); err != nil {
		t.Fatal(err)
	}
	c.wantPosts(t, s, "nagari", s.posts)
}
