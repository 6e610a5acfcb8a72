package crawler_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kabar/crawler/portal"
	"kabar/storage/news"
)

// visitUntil visits a portal until some time after the start: every three
// hours in the first days, twice a day later.
func (c *crawl) visitUntil(t *testing.T, age time.Duration, s *site, d portal.Definition) {
	t.Helper()
	for c.now.Before(start.Add(age)) {
		step := 3 * time.Hour
		if c.now.Sub(start) >= 4*24*time.Hour {
			step = 12 * time.Hour
		}
		c.later(step, s)
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

// What many sites do with an article that they took away.
func TestWithdrawalsInManyForms(t *testing.T) {
	page := func(title, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write([]byte("<!doctype html><title>" + title + "</title><h1>" + title + "</h1><p>" + text + "</p>"))
		}
	}
	for _, test := range []struct {
		name string
		gone bool
		most int // requests at most for the page, the first one counted
		do   func(s *site) http.HandlerFunc
	}{
		{"an error page with status 200", true, 8, func(*site) http.HandlerFunc {
			return page("Halaman tidak ditemukan", "Maaf, halaman yang Anda cari tidak ditemukan.")
		}},
		{"an empty page", true, 8, func(*site) http.HandlerFunc { return page("", "") }},
		{"the front page", true, 8, func(*site) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }
		}},
		{"another article", true, 8, func(s *site) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, s.posts[3].path, http.StatusMovedPermanently)
			}
		}},
		{"a log-in at the same address", false, 64, func(*site) http.HandlerFunc {
			return page("Masuk", "<form><input name=nama><input type=password></form>")
		}},
		{"a refusal elsewhere", false, 64, func(s *site) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/tolak", http.StatusFound) }
		}},
		{"a refusal by status", false, 64, func(*site) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) { http.Error(w, "tidak boleh", http.StatusForbidden) }
		}},
		{"an error of the server", false, 64, func(*site) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) { http.Error(w, "rusak", http.StatusInternalServerError) }
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t, "listing", posts(6, time.Hour))
			c := newCrawl(t)
			d := s.definition("nagari")
			c.run(t, d)
			victim := s.posts[0]
			instead, asked := test.do(s), 1
			s.change(func() {
				s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					switch r.URL.Path {
					case victim.path:
						asked++
						instead(w, r)
					case "/tolak":
						page("Access denied", "Request blocked.")(w, r)
					default:
						s.ServeHTTP(w, r)
					}
				})
			})
			c.visitUntil(t, 30*time.Hour, s, d)
			a, err := c.ArticleAt(t.Context(), s.URL+victim.path)
			if err != nil || a.GoneSince.IsZero() == test.gone || a.Title != victim.title || a.Version != 1 {
				t.Errorf("gone since %v with version %d, %q, %v; want gone %t", a.GoneSince, a.Version, a.Title, err, test.gone)
			}
			if len(c.stored(t, s, "nagari")) < len(s.posts)-1 {
				t.Error("another article is lost")
			}
			c.visitUntil(t, 20*24*time.Hour, s, d)
			ended := asked
			c.visitUntil(t, 22*24*time.Hour, s, d)
			if asked != ended || asked > test.most {
				t.Errorf("the page was asked for %d times in 20 days and %d times later, want at most %d and none", ended, asked-ended, test.most)
			}
		})
	}
}

// An edit in a further part of a split article is an edit.
func TestEditsOfFurtherParts(t *testing.T) {
	for _, etag := range []bool{false, true} {
		s := newSite(t, "listing", posts(6, time.Hour))
		s.etag = etag
		s.posts[0].parts = [][]string{newPost(31, start).paragraphs, newPost(32, start).paragraphs}
		c := newCrawl(t)
		d := s.definition("nagari")
		c.run(t, d)
		c.wantPosts(t, s, "nagari", s.posts)
		c.visitUntil(t, 12*time.Hour, s, d)
		if a, err := c.ArticleAt(t.Context(), s.URL+s.posts[0].path); err != nil || a.Version != 1 {
			t.Errorf("validators %t: version %d before the edit, %v", etag, a.Version, err)
		}
		s.change(func() {
			s.posts[0].parts[1][2] = "Ralat: pekerjaan di bagian akhir ini baru selesai pada bulan depan, menurut keterangan camat pada Jumat pagi."
		})
		c.visitUntil(t, 36*time.Hour, s, d)
		if a, err := c.ArticleAt(t.Context(), s.URL+s.posts[0].path); err != nil || a.Version != 2 || !strings.Contains(a.Text(), "Ralat: pekerjaan") {
			t.Errorf("validators %t: version %d after the edit, %v:\n%s", etag, a.Version, err, a.Text())
		}
	}
}

// A broken part of one article is no trouble of its portal.
func TestABrokenPartFailsNoPortal(t *testing.T) {
	s := newSite(t, "listing", posts(6, time.Hour))
	s.posts[1].parts = [][]string{newPost(31, start).paragraphs}
	c := newCrawl(t)
	d := s.definition("nagari")
	c.run(t, d)
	s.change(func() {
		s.posts[1].title += ", Kata Camat"
		s.failing[s.posts[1].path+"?page=2"] = http.StatusInternalServerError
	})
	for range 5 {
		c.later(3*time.Hour, s)
		if report := c.run(t, d); len(report.Failed) > 0 {
			t.Fatalf("the visit failed: %+v", report.Failed)
		}
	}
	s.change(func() { clear(s.failing) })
	c.visitUntil(t, 40*time.Hour, s, d)
	if a, err := c.ArticleAt(t.Context(), s.URL+s.posts[1].path); err != nil || a.Version != 2 || a.Title != s.posts[1].title {
		t.Errorf("version %d, %q, %v, want the edit", a.Version, a.Title, err)
	}
}

// A look that finds nothing new takes no article out of its cluster.
func TestLooksKeepClusters(t *testing.T) {
	s := newSite(t, "listing", posts(6, time.Hour))
	c := newCrawl(t)
	d := s.definition("nagari")
	c.run(t, d)
	a, err := c.ArticleAt(t.Context(), s.URL+s.posts[0].path)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SetCluster(t.Context(), "lama", []string{a.ID}); err != nil {
		t.Fatal(err)
	}
	serve := s.Config.Handler
	s.change(func() {
		s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == s.posts[0].path { // while the look is under way
				if err := c.SetCluster(t.Context(), "baru", []string{a.ID}); err != nil {
					t.Error(err)
				}
			}
			serve.ServeHTTP(w, r)
		})
	})
	c.visitUntil(t, 9*time.Hour, s, d)
	if a, err = c.Article(t.Context(), a.ID); err != nil || a.Cluster != "baru" || s.count(s.posts[0].path) < 2 {
		t.Errorf("cluster %q, %v, after %d requests, want the one of meanwhile", a.Cluster, err, s.count(s.posts[0].path))
	}
}

// Many sites print the time of the last edit, or an age that is another moment
// at each reading, as the date of an article.
func TestAnEditMovesNoTimeOfPublication(t *testing.T) {
	s := newSite(t, "listing", posts(6, time.Hour))
	c := newCrawl(t)
	d := s.definition("nagari")
	c.run(t, d)
	edited := &s.posts[2]
	was := edited.at
	s.change(func() {
		edited.paragraphs[1] = "Ralat: biaya pekerjaan itu seluruhnya berasal dari anggaran provinsi, bukan dari iuran perantau."
		edited.at = start.Add(time.Hour)
	})
	c.visitUntil(t, 12*time.Hour, s, d)
	a := c.stored(t, s, "nagari")[edited.path]
	if a.Version != 2 || !a.Published.Time.Equal(was.Truncate(time.Minute)) {
		t.Errorf("version %d was published %v, want version 2 and still %v", a.Version, a.Published.Time, was)
	}
}
