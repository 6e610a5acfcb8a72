package extract

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"kabar/crawler/page"
)

// times writes markup n times; %d is the number of the turn.
func times(n int, markup string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, markup, i+10)
	}
	return b.String()
}

// TestKindOfLists tells pages that lead to others from those that tell
// something themselves, also where both look alike.
func TestKindOfLists(t *testing.T) {
	const (
		website  = `<meta property="og:type" content="website">`
		news     = `<meta property="og:type" content="article">`
		foreword = `<p>Di sini kami kumpulkan semua kabar dari nagari dan kampung di sekitar danau, disusun menurut hari terbitnya agar mudah dicari pembaca.</p>`
	)
	short := `<p>Harga cabai naik lagi di pasar pagi ini.</p><p>Pedagang menyebut pasokan berkurang karena hujan lebat di sentra tanam.</p>`
	links := times(30, `<li><a href="/kabar/%[1]d">Kabar nomor %[1]d dari nagari di tepi danau</a></li>`)
	tests := []struct {
		name, address, head, body string
		want                      Kind
	}{
		{"index of links under a foreword", "/danau", "", `<h1>Kabar Danau</h1>` + foreword + `<ul>` + links + `</ul>`, KindListing},
		{"section that calls itself an article", "/danau/", news, `<h1>Kabar Danau</h1><p>Semua kabar.</p>` +
			times(12, `<div class="kartu"><h3><a href="/kabar/%[1]d">Kabar nomor %[1]d dari nagari di tepi danau</a></h3></div>`), KindListing},
		{"newsletter issues as cards", "/edisi/", news, `<h1>Edisi</h1>` +
			times(12, `<div class="edisi"><h2><a href="/edisi/%[1]d">Edisi %[1]d surat kabar kecil kami</a></h2><p>%[1]d Januari 2026</p><p>Pekan ini tentang nagari, panen, jembatan dan pasar yang ramai lagi.</p></div>`), KindListing},
		{"goods and their prices", "/produk-unggulan-daerah-kami", "", `<h1>Produk Unggulan Daerah Kami</h1>` + foreword + foreword +
			times(14, `<div class="barang"><p><a href="/barang/%[1]d">Kopi bubuk kemasan %[1]d</a></p><p>Rp%[1]d.000</p></div>`), KindListing},
		{"catalog of courses of a website", "/pelatihan", website, `<h1>Pelatihan</h1>` + foreword + `<p>Pilih yang sesuai.</p><p><a href="/a">Dasar data</a></p><p><a href="/b">Statistik</a></p>`, KindListing},
		{"short news beside many links", "/2026/01/harga-cabai-naik-lagi-di-pasar", news, `<h1>Harga Cabai Naik Lagi</h1><time datetime="2026-01-20">20 Januari 2026</time>` + foreword + short + `<ul>` + links + `</ul>`, KindArticle},
		{"news about prices", "/harga-sembako-di-pasar-raya-naik", news, `<h1>Harga Sembako di Pasar Raya Naik</h1><time datetime="2026-01-20">20 Januari 2026</time>` + foreword + foreword +
			times(10, `<p>Rp%d.000</p>`) + foreword, KindArticle},
		{"explainer of a website", "/layanan-adminduk-di-nagari", website, `<h1>Layanan Adminduk di Nagari</h1>` + strings.Repeat(foreword, 14), KindArticle},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, title, _ := strings.Cut(tt.body, "<h1>")
			title, _, _ = strings.Cut(title, "</h1>")
			raw := claimsOf(t, "https://kabar.example"+tt.address, `<!doctype html><html lang="id"><head><title>`+title+` - Kabar</title>`+tt.head+`</head><body><nav><a href="/">Beranda</a></nav><main>`+tt.body+`</main></body></html>`, Options{})
			if raw.Kind != tt.want {
				t.Errorf("kind %s (%s), want %s", raw.Kind, raw.KindWhy, tt.want)
			}
		})
	}
}

// TestListDatesAreNoDateOfThePage holds that days side by side in one place,
// and those far from the headline, speak for no article.
func TestListDatesAreNoDateOfThePage(t *testing.T) {
	place := func(day string, weight int) Claim {
		return Claim{Value: day, Origin: "text", Where: "li > span.tgl", Weight: weight}
	}
	tests := []struct {
		name   string
		claims []Claim
		want   bool
	}{
		{"none", nil, false},
		{"machine stamp", []Claim{{Value: "2026-01-20", Origin: "jsonld"}}, true},
		{"near the headline", []Claim{place("20 Januari 2026", 2)}, true},
		{"far away", []Claim{place("20 Januari 2026", 40)}, false},
		{"those of a list", []Claim{place("20 Januari 2026", 2), place("19 Januari 2026", 4), place("18 Januari 2026", 6), place("17 Januari 2026", 8)}, false},
	}
	for _, tt := range tests {
		if got := isDated(tt.claims); got != tt.want {
			t.Errorf("%s: dated %t, want %t", tt.name, got, tt.want)
		}
		if got := signsOf(surveyed(t, around("")), &Raw{Published: tt.claims}).dated; got != tt.want {
			t.Errorf("%s: the signs say dated %t, want %t", tt.name, got, tt.want)
		}
	}
}

// TestSignsOfLists holds each sign of a list by itself: a page that has all
// else of an article is one without the sign, and none with it.
func TestSignsOfLists(t *testing.T) {
	tests := []struct {
		name       string
		page, list signs
	}{
		{"half of the page is links, nothing is claimed",
			signs{words: 330, running: 300, longest: 80, titled: true, linked: 30},
			signs{words: 330, running: 300, longest: 80, titled: true, linked: 62, cards: 16, cardWords: 480}},
		{"nearly all is links, whatever is claimed",
			signs{words: 75, running: 75, longest: 75, titled: true, slug: true, article: true, dated: true, authored: true, linked: 70},
			signs{words: 75, running: 75, longest: 75, titled: true, slug: true, article: true, dated: true, authored: true, linked: 86, cards: 12, cardWords: 230}},
		{"all text is that of cards under linked headings",
			signs{words: 140, running: 140, titled: true, article: true, dated: true, authored: true, teasers: 10, cards: 10, cardWords: 400},
			signs{words: 140, running: 140, titled: true, article: true, dated: true, authored: true, teasers: 10, cards: 10, cardWords: 400, cardBody: 140}},
		{"goods with prices",
			signs{words: 490, running: 280, titled: true, cards: 9, cardWords: 270, cardBody: 160},
			signs{words: 490, running: 280, titled: true, cards: 9, cardWords: 270, cardBody: 160, prices: 12}},
		{"a website that claims nothing",
			signs{words: 150, running: 140, titled: true, listed: true, numbered: true},
			signs{words: 150, running: 140, titled: true, listed: true}},
		{"an address with a number is that of one thing",
			signs{words: 27, titled: true, linked: 71, numbered: true, article: true},
			signs{words: 27, titled: true, linked: 71, teasers: 9, article: true}},
		{"the address of a section",
			signs{words: 60, running: 60, titled: true},
			signs{words: 60, running: 60, titled: true, path: true}},
		{"short paragraphs are text too, cards are none",
			signs{words: 190, running: 44, titled: true, cards: 6, cardWords: 56},
			signs{words: 190, running: 44, titled: true, cards: 6, cardWords: 560}},
	}
	for _, tt := range tests {
		if p := tt.page.points(); p < articlePoints {
			t.Errorf("%s: the page has %.1f points, want at least %.1f", tt.name, p, articlePoints)
		}
		if p := tt.list.points(); p >= articlePoints {
			t.Errorf("%s: the list has %.1f points, want less than %.1f", tt.name, p, articlePoints)
		}
	}
}

// TestKindByAddressAndStatus holds what the address and the answer's status say.
func TestKindByAddressAndStatus(t *testing.T) {
	for _, address := range []string{"/category/daerah", "/tag/jembatan/page/2", "/?s=jembatan", "/indeks", "/search/label/Daerah?updated-max=2026"} {
		var g signs
		path, query, _ := strings.Cut(address, "?")
		g.address("kabar.example", path, query)
		if !g.path {
			t.Errorf("%s is no address of a list", address)
		}
	}
	u, _ := url.Parse("https://kabar.example/2026/01/tanggul-diperbaiki-hari-ini.html")
	for status, want := range map[int]Kind{200: KindArticle, 404: KindOther, 503: KindOther} {
		raw, err := Extract(page.New(u, u, false, status, nil, []byte("<!doctype html>"+around("")), time.Time{}), Options{})
		if err != nil || raw.Kind != want {
			t.Errorf("an article answered with %d is %s (%s), want %s; error %v", status, raw.Kind, raw.KindWhy, want, err)
		}
	}
}
