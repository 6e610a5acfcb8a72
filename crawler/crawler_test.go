package crawler_test

import (
	"net/http"
	"testing"
	"time"

	"kabar/crawler"
	"kabar/crawler/portal"
	"kabar/crawler/schedule"
)

func TestCrawlReadsEveryFamily(t *testing.T) {
	for _, kind := range []string{"blog", "wordpress", "listing", "feed"} {
		t.Run(kind, func(t *testing.T) {
			s := newSite(t, kind, posts(9, 5*time.Hour))
			s.relative = kind == "feed"
			c := newCrawl(t)
			report := c.run(t, s.definition("nagari"))
			if len(report.Failed) > 0 {
				t.Errorf("the visit failed: %+v", report.Failed)
			}
			c.wantPosts(t, s, "nagari", s.posts)
		})
	}
}

func TestCrawlReadsBackAsFarAsAsked(t *testing.T) {
	s := newSite(t, "listing", posts(40, 24*time.Hour))
	d := s.definition("nagari")
	d.Limits.Backfill = portal.Duration(12 * 24 * time.Hour)
	c := newCrawl(t)
	c.run(t, d)
	c.wantPosts(t, s, "nagari", s.posts[:12])
	if n := s.articlesAsked(); n != 12 {
		t.Errorf("%d articles were asked for, want the 12 of the last twelve days", n)
	}
	if n := s.count("/?page=5"); n > 0 {
		t.Errorf("the list was followed %d times to a page whose neighbor was too old already", n)
	}
}

func TestKnownLinksEndAPoll(t *testing.T) {
	s := newSite(t, "listing", posts(20, 5*time.Hour))
	c := newCrawl(t)
	c.run(t, s.definition("nagari"))
	second := s.count("/?page=2")
	c.later(24*time.Hour, s)
	s.change(func() { s.posts = append([]post{newPost(77, start.Add(20*time.Hour))}, s.posts...) })
	before := s.count("/")
	c.run(t, s.definition("nagari"))
	if n := s.count("/?page=2"); n != second {
		t.Errorf("the second page of the list was asked for %d times more although the first ends in known links", n-second)
	}
	if n := s.count("/"); n != before+1 {
		t.Errorf("the front page was asked for %d times more, want once", n-before)
	}
	if n := s.count(s.posts[0].path); n != 1 {
		t.Errorf("the new article was asked for %d times, want once", n)
	}
	c.wantPosts(t, s, "nagari", s.posts)
}

// After days of absence, everything between is read, although the side column
// of each page holds articles that are known, and the definition asks for less.
func TestNothingIsMissedAfterAnAbsence(t *testing.T) {
	all := posts(40, 3*time.Hour)
	s := newSite(t, "listing", all[30:])
	s.popular = all[30:34]
	d := s.definition("nagari")
	d.Limits.Backfill = portal.Duration(48 * time.Hour)
	c := newCrawl(t)
	c.set(all[30].at.Add(time.Hour))
	c.run(t, d)
	c.wantPosts(t, s, "nagari", all[30:])
	s.change(func() { s.posts = all })
	c.later(start.Sub(c.now), s)
	c.run(t, d)
	c.wantPosts(t, s, "nagari", all)
}

func TestFailedPagesAreTriedAgainWithGrowingGaps(t *testing.T) {
	s := newSite(t, "listing", posts(6, 5*time.Hour))
	bad := s.posts[2]
	s.failing[bad.path] = http.StatusInternalServerError
	c := newCrawl(t)
	var gaps []time.Duration
	for range 8 {
		c.run(t, s.definition("nagari"))
		links, err := c.WaitingLinks(t.Context(), "nagari", c.now.AddDate(1, 0, 0), 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(links) != 1 || links[0].URL != s.URL+bad.path {
			t.Fatalf("waiting links %+v, want %s", links, bad.path)
		}
		gaps = append(gaps, links[0].NotBefore.Sub(c.now))
		c.set(links[0].NotBefore)
	}
	for i, gap := range gaps {
		switch {
		case i > 0 && i < 5 && gap <= gaps[i-1]:
			t.Errorf("gap %d is %v after %v, want it longer", i, gap, gaps[i-1])
		case i >= 5 && gap < schedule.Longest:
			t.Errorf("gap %d is %v, want the page given up for %v", i, gap, schedule.Longest)
		}
	}
	c.wantPosts(t, s, "nagari", append(s.posts[:2:2], s.posts[3:]...))
	s.change(func() { delete(s.failing, bad.path) })
	c.run(t, s.definition("nagari"))
	c.wantPosts(t, s, "nagari", s.posts)
}

// A page whose connection breaks by chance is tried more often, and sooner.
func TestBrokenConnectionsAreTriedMoreOften(t *testing.T) {
	s := newSite(t, "listing", posts(6, 5*time.Hour))
	bad, broken := s.posts[2].path, 0
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == bad && broken < 9 {
			broken++
			w.Header().Set("Content-Length", "5000") // and then it breaks
			w.Write([]byte("<!doctype html>"))
			return
		}
		s.ServeHTTP(w, r)
	})
	c := newCrawl(t)
	var waited time.Duration
	for range 9 {
		c.run(t, s.definition("nagari"))
		links, err := c.WaitingLinks(t.Context(), "nagari", c.now.AddDate(1, 0, 0), 10)
		if err != nil || len(links) != 1 {
			t.Fatalf("waiting links %+v, %v", links, err)
		}
		waited += links[0].NotBefore.Sub(c.now)
		c.set(links[0].NotBefore)
	}
	c.run(t, s.definition("nagari"))
	c.wantPosts(t, s, "nagari", s.posts)
	if waited > 2*time.Minute {
		t.Errorf("nine tries took %v", waited)
	}
}

func TestWhatIsNotThereIsAskedOnce(t *testing.T) {
	s := newSite(t, "listing", posts(6, 5*time.Hour))
	s.failing[s.posts[1].path] = http.StatusNotFound
	c := newCrawl(t)
	for range 3 {
		c.run(t, s.definition("nagari"))
		c.later(time.Hour, s)
	}
	if n := s.count(s.posts[1].path); n != 1 {
		t.Errorf("a page that is not there was asked for %d times, want once", n)
	}
}

// What was no article is looked at again after some weeks, if it is listed.
func TestWhatWasNoArticleMayBecomeOne(t *testing.T) {
	s := newSite(t, "listing", posts(6, 5*time.Hour))
	late := s.posts[1].path
	s.failing[late] = http.StatusNotFound
	c := newCrawl(t)
	d := s.definition("nagari")
	d.Limits.Backfill = portal.Duration(60 * 24 * time.Hour)
	for range 2 {
		c.run(t, d)
		c.later(6*time.Hour, s)
	}
	s.change(func() { clear(s.failing) })
	asked := s.count(late)
	c.later(13*24*time.Hour, s)
	c.run(t, d)
	if n := s.count(late); n != asked {
		t.Errorf("a page that was no article was asked for %d times more within two weeks", n-asked)
	}
	c.later(16*24*time.Hour, s)
	c.run(t, d)
	c.wantPosts(t, s, "nagari", s.posts)
}

func TestABrokenPortalStopsNoOther(t *testing.T) {
	good := newSite(t, "blog", posts(6, 5*time.Hour))
	gone := newSite(t, "blog", posts(6, 5*time.Hour))
	gone.Close()
	ill := newSite(t, "listing", posts(6, 5*time.Hour))
	ill.failing["/"] = http.StatusInternalServerError
	empty := newSite(t, "listing", nil)
	c := newCrawl(t)
	report := c.run(t, gone.definition("hilang"), ill.definition("sakit"), good.definition("sehat"), empty.definition("kosong"))
	c.wantPosts(t, good, "sehat", good.posts)
	failed := make(map[string]bool)
	for _, v := range report.Failed {
		failed[v.Portal] = v.Problem != ""
	}
	if len(failed) != 3 || !failed["hilang"] || !failed["sakit"] || !failed["kosong"] {
		t.Errorf("failed portals %v, want hilang, sakit and kosong with a problem", failed)
	}
	p, err := c.Portal(t.Context(), "hilang")
	if err != nil || p.State.Failures != 1 || !p.State.NextDue.After(c.now) {
		t.Errorf("the state of the portal that is gone is %+v, %v", p.State, err)
	}
}

func TestMaxArticles(t *testing.T) {
	s := newSite(t, "blog", posts(9, 5*time.Hour))
	c := newCrawl(t)
	c.options.MaxArticles = 4
	c.run(t, s.definition("nagari"))
	if n := len(c.stored(t, s, "nagari")); n != 4 {
		t.Errorf("%d articles are stored, want 4", n)
	}
}

func TestSplitArticlesAreJoined(t *testing.T) {
	s := newSite(t, "listing", posts(9, 5*time.Hour))
	long := &s.posts[1]
	long.parts = [][]string{newPost(31, start).paragraphs, newPost(32, start).paragraphs}
	c := newCrawl(t)
	c.run(t, s.definition("nagari"))
	c.wantPosts(t, s, "nagari", s.posts)
}

func TestUnchangedSourcesCostA304(t *testing.T) {
	for kind, source := range map[string]string{"blog": "/feed", "listing": "/"} {
		t.Run(kind, func(t *testing.T) {
			s := newSite(t, kind, posts(6, 5*time.Hour))
			s.etag = true
			c := newCrawl(t)
			for range 4 {
				report := c.run(t, s.definition("nagari"))
				if len(report.Failed) > 0 {
					t.Errorf("a visit failed: %+v", report.Failed)
				}
				c.later(time.Hour, s)
			}
			if s.count(source) < 4 || s.same[source] < s.count(source)-1 {
				t.Errorf("%s was asked for %d times and unchanged %d times, want all but the first one", source, s.count(source), s.same[source])
			}
			s.change(func() { s.posts = append([]post{newPost(40, c.now.Add(-time.Minute))}, s.posts...) })
			c.run(t, s.definition("nagari"))
			c.wantPosts(t, s, "nagari", s.posts)
		})
	}
}

func TestDamagedKnowledgeIsLearnedAgain(t *testing.T) {
	for name, damage := range map[string]string{"cut": `{"model":{"he`, "other kind": `[1,2]`, "wrong fields": `{"layouts":{"early":7}}`, "empty": ``} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, "blog", posts(12, 5*time.Hour))
			c := newCrawl(t)
			c.run(t, s.definition("nagari"))
			if err := c.SaveTemplate(t.Context(), "nagari", []byte(damage)); err != nil {
				t.Fatal(err)
			}
			c.later(3*time.Hour, s)
			s.change(func() { s.posts = append([]post{newPost(45, c.now.Add(-time.Minute))}, s.posts...) })
			c.run(t, s.definition("nagari"))
			c.wantPosts(t, s, "nagari", s.posts)
			learned, err := crawler.Recall(t.Context(), c, "nagari")
			if err != nil || learned.Template == nil || len(learned.Template.Layouts) == 0 {
				t.Errorf("after the damage the template is %+v, %v", learned.Template, err)
			}
		})
	}
}

func TestAFailingLedgerEndsTheCrawl(t *testing.T) {
	s := newSite(t, "listing", posts(12, 5*time.Hour))
	s.dateless = true // so the store is asked how old the linked articles are
	c := newCrawl(t)
	c.options.Ledger = forgetful{c.Store}
	c.crawler = crawler.New(c.options)
	portals := []portal.Definition{s.definition("nagari")}
	if err := c.crawler.Declare(t.Context(), portals); err != nil {
		t.Fatal(err)
	}
	_, err := c.crawler.Crawl(t.Context(), portals, 0)
	if err == nil {
		t.Error("the crawl went on although the ledger could not tell what is stored")
	}
}
