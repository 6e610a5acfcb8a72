package crawler_test

import (
	"fmt"
	"testing"
	"time"
)

// Where the front page lists little or nothing, the list behind it is read and
// polled from then on.
func TestTheListBehindTheFrontPage(t *testing.T) {
	all := posts(30, 5*time.Hour)
	newest := ""
	for _, p := range all[:3] {
		newest += fmt.Sprintf(`<h3><a href="%s">%s</a></h3>`, p.path, p.title)
	}
	cases := []struct {
		name, front string
		polled      string
	}{
		{"a door that is a picture", `<title>Selamat Datang</title><img src="/logo.png" onclick="window.open('/arsip','_self')"><h1>Selamat Datang</h1>`, "/arsip"},
		{"a door that is a button", `<title>Selamat Datang</title><form action="/arsip"><button>Masuk</button></form><a href="https://lain.example/">Mitra</a>`, "/arsip"},
		{"a door in an attribute", `<title>Selamat Datang</title><div data-description="&lt;a href='/arsip'&gt;Masuk&lt;/a&gt;"></div>`, "/arsip"},
		{"a front page of few articles", `<title>Nagari</title><a href="/">Beranda</a><a href="/layanan">Layanan</a><a href="/arsip">Lihat Semua Berita</a>` + newest, "/arsip"},
		{"a next page that is none", `<title>Nagari</title><a href="/arsip">Indeks</a>` + newest + `<a class="next" href="/layanan?page=2">Berikutnya</a>`, "/arsip"},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t, "listing", all[1:])
			s.front = "<!doctype html>" + test.front
			c := newCrawl(t)
			c.run(t, s.definition("nagari"))
			c.wantPosts(t, s, "nagari", all[1:])
			fronts, lists := s.count("/"), s.count(test.polled)
			s.change(func() { s.posts = all })
			c.later(24*time.Hour, s)
			c.run(t, s.definition("nagari"))
			c.wantPosts(t, s, "nagari", all)
			if s.count("/") != fronts || s.count(test.polled) != lists+1 {
				t.Errorf("a poll asked %d times for the front page and %d for the list, want the list once", s.count("/")-fronts, s.count(test.polled)-lists)
			}
		})
	}
}
