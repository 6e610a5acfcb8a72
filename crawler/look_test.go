package crawler_test

import (
	"net/http"
	"testing"
	"time"

	"kabar/crawler/portal"
	"kabar/storage/news"
)

// visitUntil visits a portal every three hours until some time after the start.
func (c *crawl) visitUntil(t *testing.T, age time.Duration, s *site, d portal.Definition) {
	t.Helper()
	for c.now.Before(start.Add(age)) {
		c.later(3*time.Hour, s)
		c.run(t, d)
	}
}

func TestEditsBecomeVersions(t *testing.T) {
	s := newSite(t, "wordpress", posts(8, time.Hour))
	s.promo = "Berita ini sudah dibaca 41 kali"
	c := newCrawl(t)
	d := s.definition("nagari")
	c.run(t, d)
	s.change(func() {
		s.promo = "Berita ini sudah dibaca 1.207 kali"
		s.posts[2].paragraphs[1] = "Ralat: biaya pekerjaan itu seluruhnya berasal dari anggaran provinsi, bukan dari iuran perantau."
		s.posts[4].title += ", Selesai Lebih Cepat"
	})
	c.visitUntil(t, 24*time.Hour, s, d)
	stored := c.stored(t, s, "nagari")
	for i, p := range s.posts {
		want := 1
		if i == 2 || i == 4 {
			want = 2
		}
		if got := stored[p.path].Version; got != want {
			t.Errorf("article %d has version %d, want %d", i, got, want)
		}
	}
	if got := stored[s.posts[4].path].Title; got != s.posts[4].title {
		t.Errorf("title %q, want the new one %q", got, s.posts[4].title)
	}
	c.visitUntil(t, 60*time.Hour, s, d)
	if got := c.stored(t, s, "nagari")[s.posts[2].path].Version; got != 2 {
		t.Errorf("one edit made %d versions", got)
	}
}

func TestVanishedArticlesAreWithdrawnAtTheSecondLook(t *testing.T) {
	s := newSite(t, "listing", posts(6, time.Hour))
	c := newCrawl(t)
	d := s.definition("nagari")
	c.run(t, d)
	victim := s.posts[0].path
	s.change(func() { s.failing[victim] = http.StatusNotFound })
	state := func() news.Article {
		t.Helper()
		a, err := c.ArticleAt(t.Context(), s.URL+victim)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	c.visitUntil(t, 6*time.Hour, s, d)
	if a := state(); !a.GoneSince.IsZero() || s.count(victim) != 2 {
		t.Errorf("gone since %v after %d requests; one look is not enough", a.GoneSince, s.count(victim))
	}
	first := c.now
	c.visitUntil(t, 12*time.Hour, s, d)
	if a := state(); !a.GoneSince.Equal(first) {
		t.Errorf("gone since %v, want %v, when it was first missing", a.GoneSince, first)
	}
	s.change(func() { delete(s.failing, victim) })
	c.visitUntil(t, 90*time.Hour, s, d)
	if a := state(); !a.GoneSince.IsZero() || a.Version != 1 {
		t.Errorf("gone since %v with version %d after its return", a.GoneSince, a.Version)
	}
}

func TestASiteThatFailsWithdrawsNothing(t *testing.T) {
	s := newSite(t, "listing", posts(6, time.Hour))
	c := newCrawl(t)
	d := s.definition("nagari")
	c.run(t, d)
	s.change(func() {
		s.failing["/"] = http.StatusInternalServerError
		for _, p := range s.posts {
			s.failing[p.path] = http.StatusNotFound
		}
	})
	c.visitUntil(t, 40*time.Hour, s, d)
	gone, err := c.Articles(t.Context(), news.Query{Gone: true})
	if err != nil || len(gone) > 0 {
		t.Errorf("%d articles were withdrawn while the front page failed, %v", len(gone), err)
	}
}

func TestLooksAreFewAndEnd(t *testing.T) {
	s := newSite(t, "listing", posts(6, time.Hour))
	s.etag = true
	c := newCrawl(t)
	d := s.definition("nagari")
	c.run(t, d)
	c.visitUntil(t, 15*24*time.Hour, s, d)
	for i, p := range s.posts {
		asked, same := s.count(p.path), s.same[p.path]
		if asked < 3 || asked > 5 || same != asked-1 {
			t.Errorf("article %d was asked for %d times with %d answers 304; want once, and at most four looks that cost nothing", i, asked, same)
		}
	}
	if n := s.count(s.posts[0].path); n != 5 {
		t.Errorf("the newest article was asked for %d times, want 5", n)
	}
}
