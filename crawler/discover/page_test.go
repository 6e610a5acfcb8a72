package discover

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"kabar/crawler/page"
	"kabar/crawler/portal"
)

func TestOlder(t *testing.T) {
	card := `<h2><a href="/berita/judul-berita-pertama-hari-ini">Judul Berita Pertama Hari Ini</a></h2>`
	tests := map[string]struct{ address, body, older string }{
		"rel next":                {"https://a.example/", `<a rel="next" href="/indeks?page=2">2</a>`, "https://a.example/indeks?page=2"},
		"rel next in the head":    {"https://a.example/", `<link rel="next" href="/page/2/">`, "https://a.example/page/2/"},
		"rel next is an article":  {"https://a.example/", `<link rel="next" href="/berita/judul-berita-kedua-hari-ini">`, ""},
		"numbers":                 {"https://a.example/berita", `<a href="/berita?page=2">2</a> <a href="/berita?page=3">3</a>`, "https://a.example/berita?page=2"},
		"numbers in the middle":   {"https://a.example/berita?page=4", `<a href="/berita?page=3">3</a> <a href="/berita?page=5">5</a> <a href="/berita?page=6">6</a>`, "https://a.example/berita?page=5"},
		"numbers at the end":      {"https://a.example/berita?page=6", `<a href="/berita?page=4">4</a> <a href="/berita?page=5">5</a>`, ""},
		"numbers in the path":     {"https://a.example/arsip/2", `<a href="/arsip/1">1</a> <a href="/arsip/3">3</a>`, "https://a.example/arsip/3"},
		"numbers in a file":       {"https://a.example/", `<a href="semua-berita-2.html">2</a> <a href="semua-berita-3.html">3</a>`, "https://a.example/semua-berita-2.html"},
		"offsets":                 {"https://a.example/index.php/berita?start=20", `<a href="?start=10">2</a> <a href="?start=30">4</a> <a href="?start=40">5</a>`, "https://a.example/index.php/berita?start=30"},
		"words":                   {"https://a.example/berita", `<a href="/berita?hal=2">Selanjutnya »</a>`, "https://a.example/berita?hal=2"},
		"words are a call":        {"https://a.example/berita", `<a href="/berita/judul-berita-kedua-hari-ini">Baca selanjutnya</a>`, ""},
		"button":                  {"https://a.example/", `<button data-url="/terbaru?page=2">Muat lagi</button>`, "https://a.example/terbaru?page=2"},
		"arrow":                   {"https://a.example/berita", `<div class="paging"><a href="/berita?page=2">›</a></div>`, "https://a.example/berita?page=2"},
		"blogger":                 {"https://a.example/", `<a class='blog-pager-older-link' href='/search?updated-max=2026-01-01T00:00:00%2B07:00&max-results=7'>Posting Lama</a>`, "https://a.example/search?updated-max=2026-01-01T00:00:00%2B07:00&max-results=7"},
		"blogger, loaded":         {"https://a.example/", `<a class='js-load' data-load='/search?updated-max=2026-01-01T00:00:00%2B07:00' href='javascript:;'>Muat Lebih Banyak</a>`, "https://a.example/search?updated-max=2026-01-01T00:00:00%2B07:00"},
		"the way back":            {"https://a.example/berita?page=3", `<a class="next" href="/berita?page=2">Next</a>`, ""},
		"itself":                  {"https://a.example/berita?page=3", `<a rel="next" href="/berita?page=3">Next</a>`, ""},
		"calendar":                {"https://a.example/", `<a rel="next" href="/kalender?thn=2026&bln=2">Februari »</a>`, ""},
		"other site":              {"https://a.example/", `<a rel="next" href="https://b.example/page/2">2</a>`, ""},
		"wordpress without links": {"https://a.example/", `<img src="/wp-content/x.jpg">` + many5, "https://a.example/page/2/"},
		"counts on":               {"https://a.example/?halaman=2", `<a href="/?halaman=1">Lainnya</a><a href="/?halaman=3">Berita Lainnya</a>`, "https://a.example/?halaman=3"},
		"counts from one":         {"https://a.example/berita?k=4", `<a href="/berita?k=4&hal=2">Kabar yang lain</a>`, "https://a.example/berita?k=4&hal=2"},
		"counts in the path":      {"https://a.example/berita", `<a href="/berita/hal/2">Kabar yang lain</a>`, "https://a.example/berita/hal/2"},
		"named in the path":       {"https://a.example/berita", `<a href="/berita/page:2">2</a> <a href="/berita/page:3">3</a>`, "https://a.example/berita/page:2"},
		"named, in the middle":    {"https://a.example/berita/page:2", `<a href="/berita/page:1">1</a> <a href="/berita/page:2">2</a> <a href="/berita/page:3">3</a>`, "https://a.example/berita/page:3"},
		"counts another list":     {"https://a.example/berita", `<a href="/layanan?hal=2">Layanan lain</a>`, ""},
		"skips a page":            {"https://a.example/berita", `<a href="/berita?hal=7">Kabar yang lain</a>`, ""},
		"wordpress, further":      {"https://a.example/kategori/daerah/page/3/", `<img src="/wp-content/x.jpg">` + many5, "https://a.example/kategori/daerah/page/4/"},
		"nothing":                 {"https://a.example/", ``, ""},
		"session id":              {"https://a.example/?sid=1a2b3c4d", `<a rel="next" href="/index.php?mod=arsip&hal=2&sid=9f8e7d6c">»</a>`, "https://a.example/index.php?mod=arsip&hal=2"},
	}
	for name, test := range tests {
		list, err := ReadListing(newPage(t, test.address, "<html><body>"+card+test.body+"</body></html>"), portal.Definition{Home: "https://a.example/"}, nil)
		if err != nil || list.Older != test.older {
			t.Errorf("%s: Older = %q, %v, want %q", name, list.Older, err, test.older)
		}
	}
}

const many5 = `<h2><a href="/daerah/satu-jembatan-baru-mulai-dibangun/">Satu Jembatan Baru Mulai Dibangun</a></h2><h2><a href="/daerah/dua-sekolah-terima-bantuan-buku/">Dua Sekolah Terima Bantuan Buku</a></h2>
<h2><a href="/daerah/tiga-nagari-juara-lomba-desa/">Tiga Nagari Juara Lomba Desa</a></h2><h2><a href="/daerah/empat-ruas-jalan-segera-diaspal/">Empat Ruas Jalan Segera Diaspal</a></h2><h2><a href="/daerah/lima-petani-muda-terima-penghargaan/">Lima Petani Muda Terima Penghargaan</a></h2>`

func TestHiddenLinksAreNotFollowed(t *testing.T) {
	link := `<h2><a href="/berita/judul-berita-yang-tersembunyi-di-sini">Judul Berita yang Tersembunyi di Sini</a></h2>`
	hidden := map[string]string{
		"display":        `<div style="display: none">` + link + `</div>`,
		"visibility":     `<div style="visibility:hidden">` + link + `</div>`,
		"far left":       `<div style="position:absolute;left:-9999px">` + link + `</div>`,
		"far top":        `<div style="position: fixed; top: -12000px">` + link + `</div>`,
		"text-indent":    `<div style="text-indent:-9999px">` + link + `</div>`,
		"font size":      `<div style="font-size:0px">` + link + `</div>`,
		"opacity":        `<div style="opacity:0;">` + link + `</div>`,
		"no height":      `<div style="height:1px;overflow:hidden">` + link + `</div>`,
		"attribute":      `<div hidden>` + link + `</div>`,
		"template":       `<template>` + link + `</template>`,
		"class":          `<style>.x, .gone { color: red; display : none !important }</style><div class="a gone">` + link + `</div>`,
		"id":             `<style>#gone{left:-99999px}</style><div id="gone">` + link + `</div>`,
		"three digits":   `<div style="left:-999px">` + link + `</div>`,
		"screen's width": `<div style="position:absolute;left:-100vw">` + link + `</div>`,
		"box of nothing": `<div style="width:1px;color:red;overflow:auto">` + link + `</div>`,
		"scaled":         `<div style="transform:scale(0)">` + link + `</div>`,
		"own color":      `<div style="background:#fff;color:white">` + link + `</div>`,
		"a line":         `<marquee height="1">` + link + `</marquee>`,
		"within a class": `<style>body .kaki > div{text-indent:-500%}</style><div class="kaki"><div>` + link + `</div></div>`,
		"class of a div": `<style>@media print{.y{display:block}} div.gone{visibility:hidden}</style><div class="gone">` + link + `</div>`,
	}
	for name, body := range hidden {
		list, err := ReadListing(newPage(t, "https://a.example/", body), portal.Definition{Home: "https://a.example/"}, nil)
		if err != nil || len(list.Items) != 0 || len(list.Sections) != 0 {
			t.Errorf("%s: found %v, %v, %v", name, list.Items, list.Sections, err)
		}
	}
	shown := map[string]string{
		"no style":      link,
		"media rule":    `<style>@media (max-width:600px){.x{display:none}}</style><div class="x">` + link + `</div>`,
		"shown again":   `<style>.x{display:none}.x{display:block}</style><div class="x">` + link + `</div>`,
		"part of state": `<style>.x.closed{display:none}</style><div class="x">` + link + `</div>`,
		"small opacity": `<div style="opacity:0.9;font-size:0.9em;left:-10px">` + link + `</div>`,
		"print sheet":   `<style media="print">.x{display:none}</style><div class="x">` + link + `</div>`,
		"wide screens":  `<style>.x{display:none}@media(min-width:800px){.x{display:block}}</style><div class="x">` + link + `</div>`,
		"ratio":         `<div style="height:0;padding-bottom:56.25%;overflow:hidden">` + link + `</div>`,
		"gaps closed":   `<style>.x{font-size:0}.x h2{font-size:18px}</style><div class="x">` + link + `</div>`,
		"guarded body":  `<style>body{opacity:0}</style>` + link,
		"lead picture":  `<div style="margin-left:-15px;min-height:1px">` + link + `</div>`,
	}
	for name, body := range shown {
		list, err := ReadListing(newPage(t, "https://a.example/", body), portal.Definition{Home: "https://a.example/"}, nil)
		if err != nil || len(list.Items) != 1 {
			t.Errorf("%s: found %v, %v", name, list.Items, err)
		}
	}
}

func TestListingByRule(t *testing.T) {
	body := `<ul class="utama"><li><a href="/x/1">Satu</a></li><li><a href="/x/2">Dua</a></li><li><a href="/y/3">Tiga</a></li></ul><h2><a href="/berita/judul-berita-di-luar-aturan">Judul Berita di Luar Aturan</a></h2>`
	rule := portal.Listing{URL: "https://a.example/daftar", Link: "ul.utama a", Accept: `/x/\d+$`}
	tests := map[string]struct {
		address string
		rule    portal.Listing
		source  string
		urls    string
		failed  bool
	}{
		"on its page":      {"https://a.example/daftar", rule, KindRule, "/x/1 /x/2", false},
		"on a later page":  {"https://a.example/daftar?page=2", rule, KindRule, "/x/1 /x/2", false},
		"on a page below":  {"https://a.example/daftar/page/2", rule, KindRule, "/x/1 /x/2", false},
		"on another page":  {"https://a.example/", rule, KindListing, "/berita/judul-berita-di-luar-aturan", false},
		"selector of none": {"https://a.example/daftar", portal.Listing{URL: rule.URL, Link: "ol a"}, KindListing, "/berita/judul-berita-di-luar-aturan", true},
		"only a pattern":   {"https://a.example/daftar", portal.Listing{URL: rule.URL, Accept: "/berita/"}, KindRule, "/berita/judul-berita-di-luar-aturan", false},
	}
	for name, test := range tests {
		d := portal.Definition{Home: "https://a.example/", Listings: []portal.Listing{test.rule}}
		list, err := ReadListing(newPage(t, test.address, body), d, nil)
		var urls []string
		for _, i := range list.Items {
			urls = append(urls, strings.TrimPrefix(i.URL, "https://a.example"))
			if i.Source != test.source {
				t.Errorf("%s: source %q, want %q", name, i.Source, test.source)
			}
		}
		if got := strings.Join(urls, " "); err != nil || got != test.urls || list.RuleFailed != test.failed {
			t.Errorf("%s: %q, failed %v, %v", name, got, list.RuleFailed, err)
		}
	}
}

func TestListingAsData(t *testing.T) {
	body := `{"data":[{"id":7,"title":"Nelayan Kembali Melaut Setelah Badai","url":"https://a.example/berita/7/nelayan-kembali-melaut"},{"name":"Beranda","url":"/"}],"next_page_url":"https://a.example/api/berita?page=2"}`
	list, err := ReadListing(newPage(t, "https://a.example/api/berita?page=1", body), portal.Definition{Home: "https://a.example/"}, nil)
	if err != nil || len(list.Items) != 1 || list.Items[0].Title != "Nelayan Kembali Melaut Setelah Badai" || list.Older != "https://a.example/api/berita?page=2" {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := ReadListing(newPage(t, "https://a.example/x", "<rss></rss>"), portal.Definition{}, nil); !errors.Is(err, page.ErrNoHTML) {
		t.Errorf("a feed read as a listing: %v", err)
	}
}

func TestStateWithRoute(t *testing.T) {
	body := `<html><body><div id="app"></div><script>var routes=["/kategori/:nama","/baca/:id/:slug"]</script>
<script>window.__STATE__ = {"latest":[{"id":41,"judul":"Harga Gabah Petani Naik Lagi","slug":"harga-gabah-petani-naik-lagi"}]};</script></body></html>`
	list, err := ReadListing(newPage(t, "https://a.example/", body), portal.Definition{Home: "https://a.example/"}, nil)
	if err != nil || len(list.Items) != 1 || list.Items[0].URL != "https://a.example/baca/41/harga-gabah-petani-naik-lagi" {
		t.Errorf("%+v, %v", list.Items, err)
	}
}

func BenchmarkReadListing(b *testing.B) {
	var body strings.Builder
	body.WriteString("<html><body><div class=menu>" + strings.Repeat(`<a href="/kategori/daerah">Daerah</a>`, 20) + "</div>")
	for i := range 30 {
		fmt.Fprintf(&body, `<article class="post"><a href="/2026/01/judul-berita-nomor-%d-hari-ini.html"><img src="/t.jpg" alt=""></a><div><h3 class="t"><a href="/2026/01/judul-berita-nomor-%d-hari-ini.html">Judul Berita Nomor %d Hari Ini</a></h3><span class="date">20 Januari 2026</span><p>%s</p></div></article>`, i, i, i, strings.Repeat("kata ", 30))
	}
	p := newPage(b, "https://a.example/", body.String())
	if _, err := p.Tree(); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(body.Len()))
	for b.Loop() {
		if _, err := ReadListing(p, portal.Definition{Home: "https://a.example/"}, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func TestSite(t *testing.T) {
	tests := []struct {
		home, link   string
		covers, near bool
	}{
		{"https://a.example.com/", "http://www.a.example.com/x", true, true},
		{"https://www.example.com/", "https://m.example.com/x", true, true},
		{"https://www.example.com/", "https://sport.example.com/x", false, true},
		{"https://www.example.com/", "https://example.com:8443/x", false, true},
		{"https://www.example.com/", "https://example.net/x", false, false},
		{"https://www.example.com/", "https://notexample.com/x", false, false},
		{"https://solokkab.go.id/", "https://infopublik.solokkab.go.id/x", false, false},
		{"https://infopublik.solokkab.go.id/", "https://www.infopublik.solokkab.go.id/x", true, false},
		{"https://satu.blogspot.com/", "https://dua.blogspot.com/x", false, false},
		{"http://127.0.0.1:8080/", "http://127.0.0.1:8081/x", false, false},
		{"http://127.0.0.1:8080/", "http://127.0.0.1:8080/x", true, false},
	}
	for _, test := range tests {
		s := siteOf(portal.Definition{Home: test.home}, newPage(t, test.home, ""))
		u, err := url.Parse(test.link)
		if err != nil {
			t.Fatal(err)
		}
		if s.covers(u) != test.covers || s.near(u) != test.near {
			t.Errorf("site of %s: covers %s = %v, near = %v", test.home, test.link, s.covers(u), s.near(u))
		}
	}
	asked, final := mustURL(t, "http://lama.example/"), mustURL(t, "https://baru.example/")
	moved := page.New(asked, final, true, 200, nil, []byte("x"), noon)
	if s := siteOf(portal.Definition{Home: "http://lama.example/"}, moved); !s.covers(mustURL(t, "https://baru.example/x")) {
		t.Error("a portal that moved to another host is lost")
	}
}

func mustURL(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// TestListingStaysLinear reads pages that grow and must not take much more
// than their size.
func TestListingStaysLinear(t *testing.T) {
	flood := func(n int, link func(i int) string) time.Duration {
		var b strings.Builder
		b.WriteString("<html><body>")
		for i := range n {
			b.WriteString(link(i))
		}
		p := newPage(t, "https://a.example/", b.String())
		if _, err := p.Tree(); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if _, err := ReadListing(p, portal.Definition{Home: "https://a.example/"}, nil); err != nil {
			t.Fatal(err)
		}
		return time.Since(start)
	}
	various := func(i int) string {
		return `<div class="a"><a href="/berita/judul-berita-nomor-` + strings.Repeat("x", i%7) +
			`-panjang?id=` + strings.Repeat("1", i%9) + `">Judul Berita 12/01/2026 yang Panjang</a><div>`
	}
	if took := flood(8000, various); took > 5*time.Second {
		t.Errorf("a page of 8000 links took %v", took)
	}
	same := func(int) string { return `<li><a href="/tentang">Tentang kami dan cara menghubungi redaksi</a></li>` }
	if took := flood(5000, same); took > time.Second {
		t.Errorf("a page of 5000 links to one address took %v", took)
	}
}

func FuzzListing(f *testing.F) {
	f.Add("/berita?page=2", `<style>.a{display:none}</style><div class=card><h2><a href="/berita/a-b-c-d-e?m=1" title="A B C...">A B...</a></h2><time datetime="2026-01-20T05:00:00Z">x</time></div><a rel=next href="?page=3">3</a>`)
	f.Add("/", `<div data-description="&lt;a href='/x/1'&gt;Judul Yang Panjang Sekali&lt;/a&gt;" onclick="location='/y'"></div><script type="application/json">{"title":"Judul Berita Panjang","url":"/berita/1/judul"}</script>`)
	f.Fuzz(func(t *testing.T, path, body string) {
		p, err := page.FromBytes("https://a.example/"+strings.TrimPrefix(path, "/"), []byte("<!doctype html>"+body), noon)
		if err != nil {
			return
		}
		var m Model
		list, err := ReadListing(p, portal.Definition{Home: "https://a.example/"}, &m)
		if err != nil {
			return
		}
		checkItems(t, list.Items)
		for _, address := range append(list.Sections, list.Older) {
			if u, err := url.Parse(address); err != nil || address != "" && u.Hostname() != "a.example" && u.Hostname() != "www.a.example" && u.Hostname() != "m.a.example" {
				t.Fatalf("leads to %q", address)
			}
		}
		if _, err := FindSources(p, portal.Definition{Home: "https://a.example/"}, nil); err != nil {
			t.Fatal(err)
		}
	})
}
