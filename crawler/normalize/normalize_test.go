package normalize

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kabar/crawler/extract"
	"kabar/crawler/page"
	"kabar/crawler/portal"
	"kabar/storage/news"
)

var ranah = portal.Definition{ID: "ranah", Name: "Kabar Ranah", Home: "https://ranah.example/", Clock: "WIB", Regions: []string{"13.02"}}

// read extracts and normalizes a page that the portal answered.
func read(t *testing.T, address, markup string, link news.Link) news.Article {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 1, 21, 1, 0, 0, 0, time.UTC)
	p := page.New(u, u, false, 200, nil, []byte(markup), now)
	raw, err := extract.Extract(p, extract.Options{Link: link})
	if err != nil {
		t.Fatal(err)
	}
	return Article(p, raw, Context{Portal: ranah, Link: link})
}

const ranahPage = `<!DOCTYPE html><html lang="id"><head>
<title>Sawah Terendam, Petani Kubung Gagal Panen - Kabar Ranah</title>
<link rel="canonical" href="https://ranah.example/2026/01/sawah-terendam-petani-kubung-gagal-panen.html">
<meta property="og:site_name" content="Kabar Ranah">
<meta property="og:image" content="/foto/sawah.jpg">
<meta property="article:section" content="Daerah">
</head><body class="single postid-7731"><header><a href="/">Kabar Ranah</a></header>
<article><h1>Sawah Terendam, Petani Kubung Gagal Panen</h1>
<div class="meta">Selasa, 20 Januari 2026 | 14:05 WIB</div>
<div class="isi">
<p>AROSUKA, Ranah – Ratusan hektare sawah di Kecamatan Kubung, Kabupaten Solok, terendam sejak Senin malam setelah sungai meluap dan tanggul jebol di dua titik.</p>
<p>Petani setempat memperkirakan panen yang tinggal dua pekan lagi itu tidak dapat diselamatkan, kecuali air surut dalam satu atau dua hari ke depan.</p>
<p>"Kami berharap bantuan benih segera datang supaya musim tanam berikutnya tidak ikut hilang," kata seorang petani yang ditemui di lokasi, Selasa siang.</p>
<p>Dinas pertanian mencatat sedikitnya empat ratus keluarga terdampak, dan pendataan masih berjalan di tiga nagari yang paling parah terendam.</p>
<p>(Rmi)</p>
</div></article></body></html>`

func TestArticle(t *testing.T) {
	a := read(t, "https://ranah.example/2026/01/sawah-terendam-petani-kubung-gagal-panen.html?utm_source=x", ranahPage, news.Link{})
	check := func(field, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s = %q, want %q", field, got, want)
		}
	}
	check("title", a.Title, "Sawah Terendam, Petani Kubung Gagal Panen")
	check("published", a.Published.RFC3339(), "2026-01-20T14:05:00+07:00")
	check("precision", string(a.Published.Precision), "minute")
	check("place", a.Place, "AROSUKA")
	check("byline", a.Byline, "(Rmi)")
	check("url", a.URL, "https://ranah.example/2026/01/sawah-terendam-petani-kubung-gagal-panen.html")
	check("post id", a.PostID, "wp:7731")
	check("lead", a.Lead.Src, "https://ranah.example/foto/sawah.jpg")
	check("categories", strings.Join(a.Categories, ","), "Daerah")
	check("region", a.PrimaryRegion(), "13.02")
	if len(a.Aliases) != 1 || !strings.HasSuffix(a.Aliases[0], "?utm_source=x") {
		t.Errorf("aliases = %q", a.Aliases)
	}
	text := a.Text()
	if !strings.HasPrefix(text, "AROSUKA, Ranah – Ratusan") {
		t.Errorf("the dateline is not kept in the body: %.60q", text)
	}
	if strings.Contains(text, "(Rmi)") || !strings.HasSuffix(text, "parah terendam.") {
		t.Errorf("the signature stays in the body: %q", text)
	}
}

func TestBelieve(t *testing.T) {
	const at = "https://www.ranah.example/2026/01/sawah-terendam-petani-gagal-panen.html"
	cases := []struct {
		name, claim, at string
		want            bool
	}{
		{"itself", at, at, true},
		{"without www and https", "http://ranah.example/2026/01/sawah-terendam-petani-gagal-panen.html", at, true},
		{"front page", "https://www.ranah.example/", at, false},
		{"front page by name", "https://www.ranah.example/index.php", at, false},
		{"empty", "", at, false},
		{"another site", "https://lain.example/2026/01/sawah-terendam-petani-gagal-panen.html", at, false},
		{"another article", "https://www.ranah.example/2026/01/harga-cabai-naik-lagi-pekan-ini.html", at, false},
		{"a folder above", "https://www.ranah.example/2026/01/", at, false},
		{"of its AMP twin", "https://ranah.example/berita/sawah-terendam-petani-gagal/", "https://ranah.example/berita/sawah-terendam-petani-gagal/amp/", true},
		{"of its mobile twin", at, "https://m.ranah.example/2026/01/sawah-terendam-petani-gagal-panen.html?m=1", true},
		{"of its second part", "https://ranah.example/berita/sawah-terendam-petani-gagal/", "https://ranah.example/berita/sawah-terendam-petani-gagal/2/", true},
		{"changed slug with the same number", "https://ranah.example/berita/88123/petani-merugi-besar-sekali", "https://ranah.example/berita/88123/sawah-terendam-petani-gagal", true},
		{"no web address", "javascript:void(0)", at, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			u, err := url.Parse(c.at)
			if err != nil {
				t.Fatal(err)
			}
			got, why := believe(c.claim, u, Context{})
			if (got != "") != c.want {
				t.Errorf("believe(%q) at %q = %q (%s), want believed %v", c.claim, c.at, got, why, c.want)
			}
		})
	}
}

func TestJoin(t *testing.T) {
	paragraph := func(s string) news.Block { return news.Block{Kind: news.Paragraph, Text: s} }
	first := extract.Raw{Titles: []extract.Claim{claim("h1", "Judul", 0)}, Body: []news.Block{paragraph("satu"), paragraph("dua")}, Next: "https://x.example/a?page=2"}
	next := extract.Raw{Body: []news.Block{paragraph("satu"), paragraph("tiga")}, Next: ""}
	got := Join(first, next)
	want := []news.Block{paragraph("satu"), paragraph("dua"), paragraph("tiga")}
	if diff := cmp.Diff(want, got.Body); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got.Next != "" || len(got.Titles) != 1 {
		t.Errorf("next %q, titles %v", got.Next, got.Titles)
	}
	if len(first.Body) != 2 {
		t.Error("Join changed its argument")
	}
}

func TestTakeBylines(t *testing.T) {
	paragraph := func(s string) news.Block { return news.Block{Kind: news.Paragraph, Text: s} }
	story := paragraph("Bupati meresmikan pasar baru itu, Selasa.")
	cases := []struct {
		name   string
		body   []news.Block
		claims []extract.Claim
		byline string
		left   int
		names  []string
	}{
		{"own line at the end", []news.Block{story, story, paragraph("(And)")}, nil, "(And)", 2, nil},
		{"behind the last sentence", []news.Block{story, paragraph("Pasar itu dibuka besok. (And)")}, nil, "(And)", 2, nil},
		{"table at the end", []news.Block{story, story, {Kind: news.Table, Rows: [][]string{{"Penulis", ": Rahmi Yulita"}, {"Editor", ": Budi Santoso"}}}},
			nil, "Penulis : Rahmi Yulita | Editor : Budi Santoso", 2, nil},
		{"line at the top", []news.Block{paragraph("Penulis: Rahmi Yulita"), story}, nil, "Penulis: Rahmi Yulita", 1, []string{"Rahmi Yulita"}},
		{"visible claim and signature", []news.Block{story, paragraph("(And)")}, []extract.Claim{claim("byline", "Penulis: Rahmi Yulita", 1)}, "Penulis: Rahmi Yulita | (And)", 1, nil},
		{"left out of the body by package extract", []news.Block{story}, []extract.Claim{claim("signature", "(And)", 9), claim("signature", "(lihat foto di halaman lain)", 9)}, "(And)", 1, nil},
		{"a story is no byline", []news.Block{story}, nil, "", 1, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := news.Article{Body: c.body}
			takeBylines(&a, c.claims, &Choices{})
			if a.Byline != c.byline || len(a.Body) != c.left {
				t.Errorf("byline %q with %d blocks left, want %q with %d", a.Byline, len(a.Body), c.byline, c.left)
			}
			if c.names != nil {
				if diff := cmp.Diff(c.names, a.Authors); diff != "" {
					t.Errorf("authors (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestReadsIndonesian(t *testing.T) {
	say := func(s string) extract.Raw {
		return extract.Raw{Body: []news.Block{{Kind: news.Paragraph, Text: s}}}
	}
	if !readsIndonesian(say("Bupati yang hadir pada acara itu mengatakan bahwa pasar akan dibuka dan pedagang dapat pindah dalam waktu dekat untuk berjualan kembali di sana.")) {
		t.Error("Indonesian is not known")
	}
	if readsIndonesian(say("The mayor who came to the event said that the market will be opened and that all of the traders may move there within the next few days or so.")) {
		t.Error("English is taken for Indonesian")
	}
}

func TestCleanBlocksDropsWhatIsEmpty(t *testing.T) {
	got := cleanBlocks([]news.Block{
		{Kind: news.Paragraph, Text: " \u200b "},
		{Kind: news.List, Items: []string{"", " a "}},
		{Kind: news.Picture, Image: &news.Image{Src: "javascript:alert(1)"}},
		{Kind: news.Picture, Image: &news.Image{Src: "https://x.example/a.jpg", Caption: " b\u00a0c "}},
	})
	want := []news.Block{
		{Kind: news.List, Items: []string{"a"}},
		{Kind: news.Picture, Image: &news.Image{Src: "https://x.example/a.jpg", Caption: "b c"}},
	}
	if diff := cmp.Diff(want, got[len(got)-2:]); diff != "" || len(got) != 2 {
		t.Errorf("%d blocks (-want +got):\n%s", len(got), diff)
	}
}

// TestArticleUsesWhatTheSiteTaught holds that the name of a site is cut off a
// title when only other pages of the site show that it is one.
func TestArticleUsesWhatTheSiteTaught(t *testing.T) {
	pageOf := func(title string) (*page.Page, extract.Raw) {
		u, _ := url.Parse("https://hulu.example/" + strings.ReplaceAll(strings.ToLower(title), " ", "-"))
		markup := `<title>` + title + ` - Dari Hulu ke Hilir</title><p>` + title + ` itu disambut warga dengan gembira, kata wali nagari saat ditemui di balai desa, Senin siang.</p>` +
			`<p>Pekerjaan lanjutan akan dimulai pekan depan setelah bahan bangunan tiba dari ibu kota provinsi.</p>`
		p := page.New(u, u, false, 200, nil, []byte(markup), time.Date(2026, 1, 21, 1, 0, 0, 0, time.UTC))
		raw, err := extract.Extract(p, extract.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return p, raw
	}
	var memory SiteMemory
	for _, title := range []string{"Jembatan Gantung Selesai", "Pasar Baru Dibuka", "Sekolah Dapat Buku", "Panen Padi Berlimpah", "Jalan Desa Diaspal"} {
		p, raw := pageOf(title)
		memory.Learn(p, raw, Article(p, raw, Context{}), Context{})
	}
	p, raw := pageOf("Irigasi Nagari - Kabar Baik")
	if got := Article(p, raw, Context{Site: &memory}).Title; got != "Irigasi Nagari - Kabar Baik" {
		t.Errorf("title %q, want the site's name cut and nothing else", got)
	}
}

// What machines wrote in another offset is told by the portal's clock, as readers know it.
func TestMomentsGetThePortalsOffset(t *testing.T) {
	for told, want := range map[string]string{
		"2026-01-20T07:05:00Z":      "2026-01-20T14:05:00+07:00",
		"2026-01-20T07:05:00+00:00": "2026-01-20T14:05:00+07:00",
		"2026-01-20T15:05:00+08:00": "2026-01-20T14:05:00+07:00",
	} {
		markup := strings.Replace(ranahPage, `<div class="meta">Selasa, 20 Januari 2026 | 14:05 WIB</div>`, `<time datetime="`+told+`">20 Januari</time>`, 1)
		a := read(t, "https://ranah.example/2026/01/sawah-terendam-petani-kubung-gagal-panen.html", markup, news.Link{})
		if got := a.Published.RFC3339(); got != want {
			t.Errorf("%s is stored as %s, want %s", told, got, want)
		}
	}
}
