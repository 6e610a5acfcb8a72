package extract

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kabar/crawler/page"
	"kabar/crawler/portal"
	"kabar/storage/news"
)

// claimsOf collects the claims of a page at an address.
func claimsOf(t *testing.T, address, markup string, o Options) Raw {
	t.Helper()
	p, err := page.FromBytes(address, []byte(markup), time.Date(2026, 1, 21, 1, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := Extract(p, o)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// said lists claims as "origin=value".
func said(claims []Claim) []string {
	var all []string
	for _, c := range claims {
		all = append(all, c.Origin+"="+c.Value)
	}
	return all
}

func has(claims []Claim, origin, value string) bool {
	for _, c := range claims {
		if c.Origin == origin && c.Value == value {
			return true
		}
	}
	return false
}

const story = `<p>Ratusan warga nagari bergotong royong memperbaiki jembatan gantung yang putus diterjang banjir bandang, sejak pagi hingga petang.</p>
<p>Wali nagari mengatakan pekerjaan itu selesai dalam tiga hari dengan bahan yang disumbangkan para perantau dan pedagang di pasar setempat.</p>
<p>Pemerintah kabupaten berjanji membangun jembatan tetap pada tahun depan setelah anggaran disetujui oleh dewan perwakilan rakyat daerah.</p>`

func TestTitleClaims(t *testing.T) {
	raw := claimsOf(t, "https://kabar.example/2026/01/jembatan.html", `<html><head><title>Warga Perbaiki Jembatan Gantung | Kabar</title>
		<meta property="og:title" content="Warga &amp;quot;Nekat&amp;quot; Perbaiki Jembatan"><meta name="twitter:title" content="Jembatan Gantung">
		<meta name="DC.title" content="Warga Perbaiki Jembatan"><meta name="msapplication-title" content="Kabar">
		</head><body><h1>Daerah</h1><div class="x"><h2>Warga Perbaiki Jembatan Gantung</h2>`+story+`<h2>Berita Lain Hari Ini</h2></div></body></html>`, Options{})
	for _, want := range []Claim{
		{Origin: "og", Value: `Warga "Nekat" Perbaiki Jembatan`}, {Origin: "twitter", Value: "Jembatan Gantung"},
		{Origin: "title", Value: "Warga Perbaiki Jembatan Gantung | Kabar"}, {Origin: "meta:dc.title", Value: "Warga Perbaiki Jembatan"},
		{Origin: "h1", Value: "Daerah"}, {Origin: "h2", Value: "Warga Perbaiki Jembatan Gantung"},
	} {
		if !has(raw.Titles, want.Origin, want.Value) {
			t.Errorf("no claim %s=%q in %q", want.Origin, want.Value, said(raw.Titles))
		}
	}
	if has(raw.Titles, "h2", "Berita Lain Hari Ini") || has(raw.Titles, "meta:msapplication-title", "Kabar") {
		t.Errorf("claims of other things: %q", said(raw.Titles))
	}
}

func TestTitleClaimOfPlainText(t *testing.T) {
	raw := claimsOf(t, "https://kabar.example/berita-7-jembatan.html", `<html><head><title>Warga Perbaiki Jembatan Gantung - Kabar</title></head>
		<body><table><tr><td><span class="besar">Warga Perbaiki Jembatan Gantung</span><br>Selasa, 20 Januari 2026 14:05 WIB<br><br>`+story+`</td></tr></table></body></html>`, Options{})
	if !has(raw.Titles, "heading", "Warga Perbaiki Jembatan Gantung") {
		t.Errorf("the headline that is no heading is not claimed: %q", said(raw.Titles))
	}
	if !has(raw.Published, "text", "Selasa, 20 Januari 2026 14:05 WIB") {
		t.Errorf("the date below it is not claimed: %q", said(raw.Published))
	}
}

func TestTitleClaimsByTheAddress(t *testing.T) {
	raw := claimsOf(t, "https://kabar.example/berita-77-warga-perbaiki-jembatan-gantung.html", `<html><head><title>Agen Besar</title></head>
		<body><p><b>Warga Perbaiki Jembatan Gantung</b></p><p>Selasa, 20 Januari 2026</p>`+story+`</body></html>`, Options{})
	if !has(raw.Titles, "heading", "Warga Perbaiki Jembatan Gantung") {
		t.Errorf("the line that has the words of the address is not claimed: %q", said(raw.Titles))
	}
}

func TestSlug(t *testing.T) {
	cases := []struct{ address, want string }{
		{"https://kabar.example/2026/01/warga-perbaiki-jembatan.html", "warga perbaiki jembatan"},
		{"https://kabar.example/read/warga_perbaiki_jembatan-123/", "warga perbaiki jembatan"},
		{"https://kabar.example/berita/warga-perbaiki-jembatan/12345/amp", "warga perbaiki jembatan"},
		{"https://kabar.example/?p=12", ""},
		{"https://kabar.example/2026/01/20/", ""},
	}
	for _, c := range cases {
		u, err := url.Parse(c.address)
		if err != nil {
			t.Fatal(err)
		}
		if got := Slug(u); got != c.want {
			t.Errorf("Slug(%s) = %q, want %q", c.address, got, c.want)
		}
	}
	if got := Slug(nil); got != "" {
		t.Errorf("Slug(nil) = %q", got)
	}
}

func TestDateClaims(t *testing.T) {
	page := func(head, meta, tail string) string {
		return `<html><head><title>Warga Perbaiki Jembatan Gantung</title>` + head + `</head><body><h1>Warga Perbaiki Jembatan Gantung</h1>` + meta + `<div class="isi">` + story + `</div>` + tail + `</body></html>`
	}
	cases := []struct {
		name, markup        string
		published, modified []string
	}{
		{"meta names by their words", page(`<meta property="article:published_time" content="2026-01-20T14:05:00+07:00"><meta name="publishdate" content="2026/01/20 14:05">
			<meta name="content_PublishedDate" content="2026-01-20 14:05:00"><meta property="article:modified_time" content="2026-01-20T15:00:00+07:00"><meta name="expires" content="2030-01-01">`, "", ""),
			[]string{"meta:article:published_time=2026-01-20T14:05:00+07:00", "meta:publishdate=2026/01/20 14:05", "meta:content_publisheddate=2026-01-20 14:05:00"},
			[]string{"meta:article:modified_time=2026-01-20T15:00:00+07:00"}},
		{"time element and its text", page("", `<time datetime="2026-01-20T14:05:00+07:00">20 Januari 2026</time>`, ""),
			[]string{"time=2026-01-20T14:05:00+07:00", "text=20 Januari 2026"}, nil},
		{"WordPress marks an unedited post published and updated", page("", `<time class="entry-date published updated" datetime="2026-01-20T14:05:00+07:00"></time>`, ""),
			[]string{"time=2026-01-20T14:05:00+07:00"}, nil},
		{"an element that says updated", page("", `<time class="updated" datetime="2026-01-20T15:00:00+07:00"></time>`, ""),
			nil, []string{"time=2026-01-20T15:00:00+07:00"}},
		{"microdata", page("", `<meta itemprop="datePublished" content="2026-01-20"><meta itemprop="dateModified" content="2026-01-21">`, ""),
			[]string{"microdata=2026-01-20"}, []string{"microdata=2026-01-21"}},
		{"two dates in one line", page("", `<p>Diterbitkan: 20 Januari 2026 14:05 WIB | Diperbarui: 21 Januari 2026 08:00 WIB</p>`, ""),
			[]string{"text=20 Januari 2026 14:05 WIB"}, []string{"text=21 Januari 2026 08:00 WIB"}},
		{"dates of comments and related stories", page("", "", `<div class="comments"><time datetime="2026-01-21T09:00:00Z"></time></div><aside class="related-posts"><span class="date">1 Januari 2020</span></aside>`),
			nil, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			raw := claimsOf(t, "https://kabar.example/jembatan.html", c.markup, Options{})
			if diff := cmp.Diff(c.published, said(raw.Published)); diff != "" {
				t.Errorf("published (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.modified, said(raw.Modified)); diff != "" {
				t.Errorf("modified (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDatesInSentencesWeighMore(t *testing.T) {
	raw := claimsOf(t, "https://kabar.example/jembatan.html", `<html><head><title>Warga Perbaiki Jembatan Gantung</title></head><body><h1>Warga Perbaiki Jembatan Gantung</h1>
		<div class="isi"><p>Ratusan warga bergotong royong memperbaiki jembatan gantung yang putus pada 3 Januari 2026 dan selesai dalam tiga hari kerja penuh tanpa bantuan alat berat.</p>`+story+`</div></body></html>`, Options{})
	for _, c := range raw.Published {
		if c.Value == "3 Januari 2026" && c.Weight < 100 {
			t.Errorf("a date inside a sentence has weight %d", c.Weight)
		}
	}
}

func TestDatesThatTheirSentenceNames(t *testing.T) {
	raw := claimsOf(t, "https://kabar.example/jembatan.html", `<html><head><title>Warga Perbaiki Jembatan Gantung</title></head><body><h1>Warga Perbaiki Jembatan Gantung</h1>
		<div class="isi">`+story+`<p>Tulisan ini diterbitkan oleh redaksi pada hari Selasa, 20 Januari 2026 dan disimpan di bawah rubrik daerah bersama kabar lain dari nagari tetangga.</p></div></body></html>`, Options{})
	found := false
	for _, c := range raw.Published {
		if strings.Contains(c.Value, "20 Januari 2026") {
			found = true
			if c.Weight >= proseWeight {
				t.Errorf("a date that its sentence calls the day of publication has weight %d", c.Weight)
			}
		}
	}
	if !found {
		t.Errorf("no claim: %q", said(raw.Published))
	}
}

func TestDateInTheArticlesFooter(t *testing.T) {
	raw := claimsOf(t, "https://kabar.example/jembatan.html", `<html><head><title>Warga Perbaiki Jembatan Gantung</title></head><body><article><h1>Warga Perbaiki Jembatan Gantung</h1>
		<div class="isi">`+story+story+`</div><footer class="article-footer"><time datetime="2026-01-20T14:05:00+07:00">20 Januari</time></footer></article></body></html>`, Options{})
	if !has(raw.Published, "time", "2026-01-20T14:05:00+07:00") {
		t.Errorf("no claim of the article's own footer: %q", said(raw.Published))
	}
}

func TestScriptsAndMetasOfOddForms(t *testing.T) {
	raw := claimsOf(t, "https://kabar.example/jembatan.html", `<html><head><title>Warga Perbaiki Jembatan Gantung</title>
		<script>{"@context":"https://schema.org","@type":"NewsArticle","datePublished":"2026-01-20T14:05:00+07:00"}</script>
		<meta name="publishdate" value="2026/01/20 14:05"></head><body><h1>Warga Perbaiki Jembatan Gantung</h1>`+story+`</body></html>`, Options{})
	if !has(raw.Published, "jsonld", "2026-01-20T14:05:00+07:00") || !has(raw.Published, "meta:publishdate", "2026/01/20 14:05") {
		t.Errorf("claims %q", said(raw.Published))
	}
}

func TestSignatureClaims(t *testing.T) {
	raw := claimsOf(t, "https://kabar.example/jembatan.html", `<html><head><title>Warga Perbaiki Jembatan Gantung</title></head><body><h1>Warga Perbaiki Jembatan Gantung</h1>
		<div class="isi">`+story+`<p>***(Yan)</p></div></body></html>`, Options{})
	if !has(raw.Authors, "signature", "***(Yan)") {
		t.Errorf("no signature in %q", said(raw.Authors))
	}
}

func TestAuthorClaims(t *testing.T) {
	page := func(head, meta string) string {
		return `<html><head><title>Warga Perbaiki Jembatan Gantung</title>` + head + `</head><body><h1>Warga Perbaiki Jembatan Gantung</h1>` + meta + `<div class="isi">` + story + `</div></body></html>`
	}
	cases := []struct {
		name, markup, origin, value string
	}{
		{"meta", page(`<meta name="parsely-author" content="Rahmi Yulita">`, ""), "meta:parsely-author", "Rahmi Yulita"},
		{"twitter label", page(`<meta name="twitter:label1" content="Ditulis oleh"><meta name="twitter:data1" content="Rahmi Yulita">`, ""), "twitter", "Rahmi Yulita"},
		{"byline class", page("", `<div class="byline">Oleh Rahmi Yulita</div>`), "byline", "Oleh Rahmi Yulita"},
		{"the name inside its frame", page("", `<div class="author-box-line author"><span class="author-name">Rahmi Yulita</span> Ikuti</div>`), "byline", "Rahmi Yulita"},
		{"rel=author", page("", `<p><a rel="author" href="/x/1">Rahmi Yulita</a></p>`), "rel", "Rahmi Yulita"},
		{"link to an author's page", page("", `<p><a href="/penulis/rahmi">Rahmi Yulita</a></p>`), "rel", "Rahmi Yulita"},
		{"visible byline", page("", `<p>Penulis: Rahmi Yulita</p>`), "text", "Penulis: Rahmi Yulita"},
		{"label and name in two blocks", page("", `<div><p>Ditulis oleh</p><p>Rahmi Yulita</p></div>`), "text", "Ditulis oleh Rahmi Yulita"},
		{"microdata", page("", `<span itemprop="author">Rahmi Yulita</span>`), "microdata", "Rahmi Yulita"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			raw := claimsOf(t, "https://kabar.example/jembatan.html", c.markup, Options{})
			if !has(raw.Authors, c.origin, c.value) {
				t.Errorf("no claim %s=%q in %q", c.origin, c.value, said(raw.Authors))
			}
		})
	}
}

func TestRulesAndFindingPlaceClaim(t *testing.T) {
	markup := `<html><head><title>Kabar</title></head><body><div id="j">Judul Menurut Aturan</div><b class="t" data-at="2026-01-20">kemarin dulu</b><i>Rahmi</i>` + story + `</body></html>`
	raw := claimsOf(t, "https://kabar.example/a.html", markup, Options{
		Rules: portal.Article{Title: []string{"h1.none", "#j"}, Date: []string{"b.t@data-at"}, Author: []string{"i"}},
		Link:  news.Link{Title: "Judul di Daftar", Source: "feed"},
	})
	for _, c := range []struct {
		claims []Claim
		origin string
		value  string
	}{
		{raw.Titles, "rule", "Judul Menurut Aturan"}, {raw.Titles, "feed", "Judul di Daftar"}, {raw.Published, "rule", "2026-01-20"}, {raw.Authors, "rule", "Rahmi"},
	} {
		if !has(c.claims, c.origin, c.value) {
			t.Errorf("no claim %s=%q in %q", c.origin, c.value, said(c.claims))
		}
	}
}

func TestStateClaims(t *testing.T) {
	state := `{"props":{"pageProps":{"related":[{"title":"Berita Lain Hari Ini di Sini","publishedAt":"2020-01-01T00:00:00Z","author":{"name":"Orang Lain"}}],
		"article":{"title":"Warga Perbaiki Jembatan Gantung","publishedAt":"2026-01-20T07:05:00Z","updatedAt":"2026-01-20T08:00:00Z","author":{"name":"Rahmi Yulita"}}}}` + strings.Repeat(" ", 500) + `}`
	raw := claimsOf(t, "https://kabar.example/a/warga-perbaiki-jembatan", `<html><head><title>Warga Perbaiki Jembatan Gantung</title></head><body><div id="__next"></div>
		<script id="__NEXT_DATA__" type="application/json">`+state+`</script></body></html>`, Options{})
	if !has(raw.Published, "state", "2026-01-20T07:05:00Z") || !has(raw.Modified, "state", "2026-01-20T08:00:00Z") || !has(raw.Authors, "state", "Rahmi Yulita") {
		t.Errorf("published %q, modified %q, authors %q", said(raw.Published), said(raw.Modified), said(raw.Authors))
	}
	if has(raw.Authors, "state", "Orang Lain") {
		t.Error("a related article is taken for the page's own")
	}
}

// A page that its own program fills has no headline in its markup: the object
// with the title that the address has tells what it is.
func TestStateOfThePagesAddress(t *testing.T) {
	text := strings.Repeat("<p>Warga bergotong royong memperbaiki jembatan gantung yang rusak diterjang banjir pada pekan lalu bersama perangkat nagari.</p>", 6)
	dates := map[string]struct{ members, want string }{
		"Indonesian key":    {`"tanggal_terbit":"2026-01-20T07:05:00Z","tanggal_ubah":"2026-01-21T07:05:00Z"`, "2026-01-20T07:05:00Z"},
		"usual key first":   {`"tgl_tayang":"2026-01-19","publishedAt":"2026-01-20"`, "2026-01-20"},
		"written together":  {`"waktuPublikasi":"20 Januari 2026 14:05"`, "20 Januari 2026 14:05"},
		"another moment":    {`"tanggal_mulai":"2026-02-01","author":{"name":"Rahmi"}`, ""},
		"a name, no moment": {`"published_by":"Redaksi Kami","author":{"name":"Rahmi"}`, ""},
	}
	for name, test := range dates {
		state := `{"props":{"pageProps":{"lainnya":[{"judul":"Berita Lain Hari Ini di Sini","tanggal_terbit":"2020-01-01T00:00:00Z"}],
			"berita":{"judul":"Warga Perbaiki Jembatan Gantung Nagari",` + test.members + `,"isi":` + strconv.Quote(text) + `}}}}`
		raw := claimsOf(t, "https://kabar.example/read/warga-perbaiki-jembatan-gantung-nagari", `<html><head><title>Kabar Nagari</title></head><body><div id="__next">Memuat...</div>
			<script id="__NEXT_DATA__" type="application/json">`+state+`</script></body></html>`, Options{})
		if !has(raw.Titles, "state", "Warga Perbaiki Jembatan Gantung Nagari") || raw.Kind != KindArticle {
			t.Errorf("%s: %s (%s) with titles %q", name, raw.Kind, raw.KindWhy, said(raw.Titles))
		}
		if test.want == "" && len(raw.Published) > 0 || test.want != "" && !has(raw.Published, "state", test.want) {
			t.Errorf("%s: published %q, want %q", name, said(raw.Published), test.want)
		}
	}
}

func TestIdentity(t *testing.T) {
	cases := []struct {
		name, head, body string
		check            func(Raw) string
		want             string
	}{
		{"canonical", `<link rel="canonical" href="/a.html">`, "", func(r Raw) string { return r.Canonical }, "https://kabar.example/a.html"},
		{"og:url without canonical", `<meta property="og:url" content="https://kabar.example/b.html">`, "", func(r Raw) string { return r.Canonical }, "https://kabar.example/b.html"},
		{"empty canonical", `<link rel="canonical" href="">`, "", func(r Raw) string { return r.Canonical }, ""},
		{"AMP twin", `<link rel="amphtml" href="/a/amp">`, "", func(r Raw) string { return r.AMP }, "https://kabar.example/a/amp"},
		{"WordPress short link", `<link rel="shortlink" href="https://kabar.example/?p=4411">`, "", func(r Raw) string { return r.PostID }, "wp:4411"},
		{"WordPress REST", `<link rel="alternate" type="application/json" href="https://kabar.example/wp-json/wp/v2/posts/4411">`, "", func(r Raw) string { return r.PostID }, "wp:4411"},
		{"Blogger body", "", `<div id="post-body-5123456789">x</div>`, func(r Raw) string { return r.PostID }, "blogger:5123456789"},
		{"Blogger item", `<meta itemprop="postId" content="5123456789">`, "", func(r Raw) string { return r.PostID }, "blogger:5123456789"},
		{"site name", `<meta property="og:site_name" content="Kabar &amp;amp; Ranah">`, "", func(r Raw) string { return r.SiteName }, "Kabar & Ranah"},
		{"language", `<meta property="og:locale" content="id_ID">`, "", func(r Raw) string { return r.Language }, "id-ID"},
		{"section", `<meta property="article:section" content="Daerah">`, "", func(r Raw) string { return strings.Join(r.Categories, "|") }, "Daerah"},
		{"category links", "", `<p><a rel="category tag" href="/k/solok">Solok</a>, <a rel="category tag" href="/k/padang">Padang</a></p>`, func(r Raw) string { return strings.Join(r.Categories, "|") }, "Solok|Padang"},
		{"lead image", `<meta property="og:image" content="//img.kabar.example/a.jpg">`, "", func(r Raw) string { return r.Lead.Src }, "https://img.kabar.example/a.jpg"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			raw := claimsOf(t, "https://kabar.example/2026/01/jembatan.html", `<html><head><title>Warga Perbaiki Jembatan</title>`+c.head+`</head><body><h1>Warga Perbaiki Jembatan</h1>`+c.body+story+`</body></html>`, Options{})
			if got := c.check(raw); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestNextPart(t *testing.T) {
	cases := []struct{ name, address, markup, want string }{
		{"page in the query", "https://kabar.example/a/jembatan", `<a href="?page=2">2</a>`, "https://kabar.example/a/jembatan?page=2"},
		{"number in the path", "https://kabar.example/a/jembatan/", `<a href="/a/jembatan/2/">2</a>`, "https://kabar.example/a/jembatan/2/"},
		{"page in the path", "https://kabar.example/a/jembatan/page/2", `<a href="/a/jembatan/page/3">3</a>`, "https://kabar.example/a/jembatan/page/3"},
		{"rel=next to the next part", "https://kabar.example/a/jembatan", `<link rel="next" href="https://kabar.example/a/jembatan?page=2">`, "https://kabar.example/a/jembatan?page=2"},
		{"rel=next to another article", "https://kabar.example/a/jembatan", `<a rel="next" href="/a/pasar-baru">Berikutnya</a>`, ""},
		{"the last part", "https://kabar.example/a/jembatan?page=2", `<a href="?page=1">1</a><a href="?page=2">2</a>`, ""},
		{"a part too far", "https://kabar.example/a/jembatan", `<a href="?page=3">3</a>`, ""},
		{"another site", "https://kabar.example/a/jembatan", `<a href="https://lain.example/a/jembatan?page=2">2</a>`, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			raw := claimsOf(t, c.address, `<html><head><title>Jembatan</title></head><body><h1>Jembatan</h1>`+story+c.markup+`</body></html>`, Options{})
			if raw.Next != c.want {
				t.Errorf("next part %q, want %q", raw.Next, c.want)
			}
		})
	}
}

func TestKeyAndOverlap(t *testing.T) {
	if got, want := Key("“Jum’at”: Harga—Naik 5%!"), "jumat harga naik 5"; got != want {
		t.Errorf("Key = %q, want %q", got, want)
	}
	if got := Overlap("a b c d", "a b x y"); got != 0.5 {
		t.Errorf("Overlap = %v, want 0.5", got)
	}
	if got := Overlap("a a b", "a c c"); got != 2.0/6 {
		t.Errorf("Overlap counts a word twice: %v", got)
	}
}

func TestPlainText(t *testing.T) {
	cases := []struct{ in, want string }{
		{"A &amp; B", "A & B"}, {"<b>A</b><br/>B", "A B"}, {"1 < 2 > 0", "1 < 2 > 0"}, {" a\n b ", "a b"}, {"a <", "a <"},
	}
	for _, c := range cases {
		if got := plainText(c.in); got != c.want {
			t.Errorf("plainText(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzClaims(f *testing.F) {
	f.Add(`<title>a | b</title><meta name=date content=2026><h1>a</h1><time datetime=x>y</time><div class=byline>By A B</div>`)
	f.Add(`<script type=application/ld+json>{"@type":"Article","headline":"x"}</script><a href="?page=2">`)
	f.Fuzz(func(t *testing.T, markup string) {
		p, err := page.FromBytes("https://kabar.example/a/b", []byte("<html><body>"+markup), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		raw, err := Extract(p, Options{})
		if err != nil {
			return
		}
		for _, list := range [][]Claim{raw.Titles, raw.Published, raw.Modified, raw.Authors} {
			if len(list) > maxClaims {
				t.Errorf("%d claims", len(list))
			}
			for _, c := range list {
				if c.Value == "" || len(c.Value) > maxClaim || c.Origin == "" {
					t.Errorf("claim %+v", c)
				}
			}
		}
	})
}
