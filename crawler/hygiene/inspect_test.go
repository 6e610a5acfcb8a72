package hygiene

import (
	"strings"
	"testing"
	"time"

	"kabar/crawler/page"
	"kabar/storage/news"
)

// bridge is an intact article.
var bridge = news.Article{Title: "Jembatan Gantung Nagari Ambruk Diterjang Arus", Body: []news.Block{
	{Kind: news.Paragraph, Text: "SOLOK - Sebuah jembatan gantung ambruk setelah diterjang arus sungai, Senin pagi."},
	{Kind: news.Paragraph, Text: "Warga kini memutar sejauh tujuh kilometer untuk sampai ke pasar."},
}}

// pageOf is a page of that article with something more in its head and body.
func pageOf(t *testing.T, head, more string) *page.Page {
	t.Helper()
	if !strings.Contains(head, "<title>") {
		head += "<title>" + bridge.Title + " - Kabar Nagari</title>"
	}
	html := "<!doctype html><html><head>" + head + "</head><body><nav><a href='/'>Beranda</a> <a href='/kategori/hukum'>Hukum</a></nav>" +
		"<article><h1>" + bridge.Title + "</h1><p>" + bridge.Body[0].Text + "</p><p>" + bridge.Body[1].Text + "</p></article>" + more + "</body></html>"
	p, err := page.FromBytes("https://kabar.example/2026/01/jembatan-gantung-ambruk.html", []byte(html), time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestHackedPages(t *testing.T) {
	cases := []struct{ name, head, more, want string }{
		{name: "cloaked title", head: "<title>Situs Slot Gacor Terpercaya Hari Ini Maxwin</title>", want: "<title>"},
		{name: "cloaked og:title", head: `<meta property="og:title" content="Daftar Slot Online Gampang Menang">`, want: "og:title"},
		{name: "description", head: `<meta name="description" content="Link slot gacor resmi dengan RTP live tertinggi dan bonus new member">`, want: "description"},
		{name: "JSON-LD", head: `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bandar Togel Terpercaya Hadiah 4D"}</script>`, want: "JSON-LD"},
		{name: "hidden link", more: `<div style="display: none"><a href="https://jahat.example/">slot gacor</a></div>`, want: "hides"},
		{name: "hidden link within the site", more: `<div style="position:absolute;left:-9999px"><a href="/slot/">link slot gacor</a></div>`, want: "hides"},
		{name: "hidden words", more: `<p style="font-size:0">situs slot gacor maxwin togel online terpercaya</p>`, want: "hides"},
		{name: "hidden by attribute", more: `<p hidden>agen judi bola sbobet terpercaya</p>`, want: "hides"},
		{name: "hidden by a rule", head: `<style>.kaki .lain{position:absolute;left:-999px}</style>`, more: `<div class="kaki"><div class="lain"><a href="/x">slot gacor</a></div></div>`, want: "hides"},
		{name: "hidden in a line", more: `<marquee height="1"><a href="/x">slot gacor</a></marquee>`, want: "hides"},
		{name: "hidden in a box of no size", more: `<div style="overflow:auto;width:300px;height:0"><a href="/x">slot gacor</a></div>`, want: "hides"},
		{name: "link in the foot", more: `<footer><a href="https://jahat.example/">Slot Gacor</a></footer>`, want: "link that sells"},
		{name: "links in disguise", more: `<footer><a href="https://jahat.example/">sl0t g4c0r</a> <a href="https://jahat2.example">𝘀𝗹𝗼𝘁 𝗴𝗮𝗰𝗼𝗿</a></footer>`, want: "2 links"},
		{name: "doorway among related articles", more: `<aside><a href="/situs-slot">Daftar Situs Slot Gacor Gampang Menang Maxwin</a></aside>`, want: "link that sells"},
		{name: "signature", more: `<h2>Hacked by RimbaRaya</h2>`, want: "broke in"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v := Judge(pageOf(t, c.head, c.more), bridge)
			if v.Quarantine != "" {
				t.Errorf("an intact article is held back: %s", v.Quarantine)
			}
			if !strings.Contains(v.Hacked, c.want) {
				t.Errorf("got %q, want a sentence with %q", v.Hacked, c.want)
			}
		})
	}
}

func TestIntactPages(t *testing.T) {
	cases := []struct{ name, head, more string }{
		{name: "nothing"},
		{name: "news about gambling among related articles", more: `<aside><a href="/a">Polisi Ringkus Bandar Togel Online</a> <a href="/b">Daftar Situs Slot yang Diblokir Komdigi</a></aside>`},
		{name: "labels", more: `<a rel="tag" href="/tag/judi-online/">judi online</a> <a href="/tag/slot-gacor/">slot gacor</a>`},
		{name: "what readers say", more: `<div id="comments"><p><a href="https://jahat.example">slot gacor terpercaya maxwin</a></p></div>`},
		{name: "a hidden menu", more: `<ul style="display:none"><li><a href="/judi">Polisi Gerebek Arena Judi</a><li><a href="/olahraga">Olahraga</a></ul>`},
		{name: "a program for parking", more: `<div hidden><p>Daftar slot parkir online, gratis untuk member baru</p></div>`},
		{name: "a label behind a picture of some ratio", more: `<div style="height:0;padding-top:56%;overflow:hidden"><p>agen judi bola sbobet terpercaya</p></div>`},
		{name: "description of another story", head: `<meta name="description" content="Sebuah jembatan gantung ambruk, warga memutar jauh.">`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if v := Judge(pageOf(t, c.head, c.more), bridge); v != (Verdict{}) {
				t.Errorf("got %+v", v)
			}
		})
	}
}
