package discover

import (
	"slices"
	"strings"
	"testing"

	"kabar/crawler/portal"
)

func TestEntry(t *testing.T) {
	many := strings.Repeat(`<a href="/layanan/a">Layanan A</a><a href="/layanan/b">B</a><a href="/layanan/c">C</a>`, 1) +
		`<a href="/d">D</a><a href="/e">E</a><a href="/f">F</a><a href="/g">G</a><a href="/h">H</a><a href="/i">I</a>`
	tests := map[string]struct{ body, entry string }{
		"the only link":        {`<a href="/situs">Kabupaten</a>`, "https://a.example/situs"},
		"called like one":      {`<a href="/galeri">Galeri</a><a href="/beranda">Kabupaten</a>`, "https://a.example/beranda"},
		"reads like one":       {`<a href="/galeri">Galeri</a><a href="/x">Masuk ke Situs</a>`, "https://a.example/x"},
		"picture with a click": {`<img src="a.png" onclick="location.href='/home'">`, "https://a.example/home"},
		"plain picture":        {`<img src="/a.png">`, ""},
		"button":               {`<form action="/web"><input type="submit" value="Masuk"></form>`, "https://a.example/web"},
		"search":               {`<form action="/cari"><input name="q"><button>Cari</button></form>`, ""},
		"login":                {`<form action="/web" method="post"><button>Masuk</button></form>`, ""},
		"meta refresh":         {`<meta http-equiv="refresh" content="0; url=/id/index.php">`, "https://a.example/id/index.php"},
		"another site":         {`<a href="https://b.example/home">Beranda</a>`, ""},
		"two of a kind":        {`<a href="/galeri">Galeri</a><a href="/agenda">Agenda</a>`, ""},
		"not a door":           {many + `<a href="/home">Home</a>`, ""},
		"articles":             {many5 + `<a href="/home">Home</a>`, ""},
	}
	for name, test := range tests {
		list, err := ReadListing(newPage(t, "https://a.example/", "<html><body>"+test.body+"</body></html>"), portal.Definition{Home: "https://a.example/"}, nil)
		if err != nil || list.Entry != test.entry {
			t.Errorf("%s: Entry = %q, %v, want %q", name, list.Entry, err, test.entry)
		}
	}
}

func TestSections(t *testing.T) {
	tests := map[string]struct {
		body string
		want bool
	}{
		"by its address":            {`<a href="/berita">Warta</a>`, true},
		"written in one":            {`<a href="?module=semuaberita">X</a>`, true},
		"with underscores":          {`<a href="/list_news">X</a>`, true},
		"by its text":               {`<a href="/publikasi/terkini">Lihat Semua Berita</a>`, true},
		"index":                     {`<a href="?hal=i">Indeks Berita</a>`, true},
		"a month":                   {`<a href="/2026/01">Januari 2026</a>`, true},
		"a day":                     {`<a href="/2026/01/20">20</a>`, false},
		"a picture gallery":         {`<a href="?module=galeri">Galeri</a>`, false},
		"a download named like one": {`<a href="/unduhan/x">Berita Daerah</a>`, false},
		"a sentence":                {`<a href="/x">Berita duka untuk keluarga besar kami</a>`, false},
	}
	for name, test := range tests {
		list, err := ReadListing(newPage(t, "https://a.example/index.php", "<html><body>"+test.body+"</body></html>"), portal.Definition{Home: "https://a.example/"}, nil)
		if err != nil || (len(list.Sections) > 0) != test.want {
			t.Errorf("%s: Sections = %v, %v, want some: %v", name, list.Sections, err, test.want)
		}
	}
}

// A list in the data of a program names neither routes nor next pages; both
// follow from where it lies.
func TestStateWithoutRoute(t *testing.T) {
	state := func(pages string) string {
		return `<html><body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{"posts":[
			{"id":41,"judul":"Harga Gabah Petani Naik Lagi","slug":"harga-gabah-petani-naik-lagi","tanggal_terbit":"2026-01-20T07:05:00Z"},
			{"id":3,"name":"Pertanian dan Pangan Daerah Kita","slug":"pertanian-dan-pangan"}],"pagination":` + pages + `}}</script></body></html>`
	}
	tests := map[string]struct{ address, body, item, older string }{
		"folder of its own":  {"https://a.example/berita", state(`{"page":1,"totalPages":3}`), "https://a.example/berita/harga-gabah-petani-naik-lagi", "https://a.example/berita?page=2"},
		"a later page":       {"https://a.example/read?page=2", state(`{"current_page":2,"last_page":3}`), "https://a.example/read/harga-gabah-petani-naik-lagi", "https://a.example/read?page=3"},
		"the last page":      {"https://a.example/read?page=3", state(`{"current_page":3,"last_page":3}`), "https://a.example/read/harga-gabah-petani-naik-lagi", ""},
		"pages of something": {"https://a.example/read?page=2", state(`{"page":1,"pages":9}`), "https://a.example/read/harga-gabah-petani-naik-lagi", ""},
		"the only folder":    {"https://a.example/", strings.Replace(state(`{}`), "<body>", `<body><a href="/profil">Profil</a><a href="/artikel">Artikel</a>`, 1), "https://a.example/artikel/harga-gabah-petani-naik-lagi", ""},
		"in pieces": {"https://a.example/berita?page=2", `<html><body><script>self.__next_f.push([1,"1:\"$Sreact\"\n7:T1f,<p>1:{\"judul\":\"Bukan Judul\"}\n</p>"])</script>
			<script>self.__next_f.push([1,"2:I[97,[],\"\"]\n5:[\"$\",\"$L1\",null,{\"items\":[{\"title\":\"Harga Gabah Petani Naik Lagi\",\"slug\":\"harga-gabah-"])</script>
			<script>self.__next_f.push([1,"petani-naik-lagi\",\"published_at\":\"2026-01-20T07:05:00Z\"}],\"page\":2,\"lastPage\":4}]\n"])</script></body></html>`,
			"https://a.example/berita/harga-gabah-petani-naik-lagi", "https://a.example/berita?page=3"},
		"nothing known": {"https://a.example/", state(`{}`), "", ""},
	}
	for name, test := range tests {
		list, err := ReadListing(newPage(t, test.address, test.body), portal.Definition{Home: "https://a.example/"}, nil)
		var items []string
		for _, item := range list.Items {
			items = append(items, item.URL)
		}
		if err != nil || !slices.Equal(items, strings.Fields(test.item)) || list.Older != test.older {
			t.Errorf("%s: %v and older %q, %v, want %q and %q", name, items, list.Older, err, test.item, test.older)
		}
	}
}
