package normalize

import (
	"strings"
	"testing"

	"kabar/storage/news"
)

// datedPage is an article with something in its head, below its headline and
// behind its body.
func datedPage(head, below, behind string) string {
	return `<html lang="id"><head><title>Warga Perbaiki Jembatan Gantung</title>` + head + `</head><body>
<nav><a href="/">Beranda</a> <a href="/daerah">Daerah</a></nav>
<h1>Warga Perbaiki Jembatan Gantung</h1>` + below + `<div class="isi">
<p>Ratusan warga nagari bergotong royong memperbaiki jembatan gantung yang putus diterjang banjir bandang, sejak pagi hingga petang.</p>
<p>Wali nagari mengatakan pekerjaan itu selesai dalam tiga hari dengan bahan yang disumbangkan para perantau dan pedagang di pasar setempat.</p>
<p>Pemerintah kabupaten berjanji membangun jembatan tetap pada tahun depan setelah anggaran disetujui oleh dewan perwakilan rakyat daerah.</p>
</div>` + behind + `<footer>Hak Cipta 2026 Kabar Ranah</footer></body></html>`
}

// TestDateVocabulary holds the ways in which real pages say when they were
// published, each as the only date of its page.
func TestDateVocabulary(t *testing.T) {
	const day, stamp = "2026-01-20", "2026-01-20T09:00:00+07:00"
	printed := []struct{ name, markup, want string }{
		{"WordPress", `<span class="posted-on">20 Januari 2026</span>`, day},
		{"Drupal", `<div class="submitted">Oleh admin pada Sel, 20/01/2026 - 09:00</div>`, stamp},
		{"authored", `<div class="authored">Oleh admin, 20 Januari 2026</div>`, day},
		{"class newsitem-time", `<span class="newsitem-time">20.01.2026</span>`, day},
		{"words before it", `<div>Diterbitkan pada 20 Januari 2026 09.00 WIB</div>`, stamp},
		{"time without datetime", `<time>20 Januari 2026</time>`, day},
		{"time without text", `<time datetime="2026-01-20T09:00:00+07:00"></time>`, stamp},
		{"icon and list", `<ul><li><i class="fa fa-user"></i> admin</li><li><i class="fa fa-calendar"></i> 20 Jan 2026</li></ul>`, day},
		{"microdata in a meta", `<meta itemprop="datePublished" content="2026-01-20T09:00:00+07:00">`, stamp},
		{"microdata in a span", `<span itemprop="datePublished" content="2026-01-20">kemarin</span>`, day},
		{"abbr of a microformat", `<abbr class="published" title="2026-01-20T09:00:00+07:00">Selasa</abbr>`, stamp},
		{"bare abbr", `<a href="/2026/01/x.html" title="permanent link"><abbr title="2026-01-20T09:00:00+07:00">09.00</abbr></a>`, stamp},
		{"data attribute with a relative text", `<div data-date="2026-01-20T09:00:00+07:00">1 jam lalu</div>`, stamp},
		{"empty element with a data attribute", `<span data-published="2026-01-20T09:00:00+07:00"></span>`, stamp},
		{"city, day and time in a line", `<b>AROSUKA</b> | Selasa, 20 Januari 2026 - 09:00 WIB`, stamp},
	}
	for _, c := range printed {
		t.Run(c.name, func(t *testing.T) {
			for where, markup := range map[string]string{"below the headline": datedPage("", c.markup, ""), "behind the body": datedPage("", "", c.markup)} {
				if got := read(t, "https://ranah.example/jembatan", markup, news.Link{}).Published.Text(); got != c.want {
					t.Errorf("%s %s: published %q, want %q", c.markup, where, got, c.want)
				}
			}
		})
	}
}

// TestMetaVocabulary is the same for what pages tell machines in their head.
func TestMetaVocabulary(t *testing.T) {
	const stamp = "2026-01-20T09:00:00+07:00"
	for _, name := range strings.Fields(`article:published_time og:published_time sailthru.date parsely-pub-date dc.date DC.date.issued
		dcterms.created citation_publication_date cXenseParse:recs:publishtime bt:pubDate pubdate publish_date publication_date
		date_published datePublished rnews:datePublished shareaholic:article_published_time dateposted content_PublishedDate
		publishingdate originalPublicationDate vr:published_time prism.publicationDate creationdate site:uploaded`) {
		head := `<meta name="` + name + `" content="` + stamp + `">`
		if got := read(t, "https://ranah.example/jembatan", datedPage(head, "", ""), news.Link{}).Published.Text(); got != stamp {
			t.Errorf("%s: published %q, want %q", head, got, stamp)
		}
	}
	for name, head := range map[string]string{
		"JSON-LD with entities":         `<script type="application/ld+json">{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;` + stamp + `&quot;}</script>`,
		"JSON-LD with a comma too much": `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"` + stamp + `",}</script>`,
		"JSON-LD within CDATA":          `<script type="application/ld+json">/*<![CDATA[*/{"@type":"NewsArticle","datePublished":"` + stamp + `"}/*]]>*/</script>`,
		"JSON-LD in local words":        `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"20 Januari 2026 09:00 WIB"}</script>`,
		"JSON-LD of the page":           `<script type="application/ld+json">{"@type":"WebPage","datePublished":"` + stamp + `"}</script>`,
		"data layer as JSON":            `<script>dataLayer = [{"publisher":"Kabar 2026","published_date":"2026-01-20 09:00:00"}];</script>`,
		"data layer as a program":       `<script>window.dataLayer.push({'publishedBy': 'admin 123', 'publishDate': '` + stamp + `'});</script>`,
	} {
		if got := read(t, "https://ranah.example/jembatan", datedPage(head, "", ""), news.Link{}).Published.Text(); got != stamp {
			t.Errorf("%s: published %q, want %q", name, got, stamp)
		}
	}
}

// TestDatesThatSayWhatTheyAre holds that words beside a date win over the
// place where it stands.
func TestDatesThatSayWhatTheyAre(t *testing.T) {
	cases := []struct{ name, head, below, behind, want string }{
		{"published among the author's lines", "", "", strings.Repeat("<p>Ikuti kami</p>", 14) + `<div class="author-bio"><p>Rahmi menulis tentang nagari.</p><p>Ia lulusan Padang.</p><div class="item-date">Published on January 20, 2026</div></div>`, "2026-01-20"},
		{"first publication behind a later one", "", `<div class="meta">19 Januari 2026</div>`, `<p class="note">Artikel ini pertama kali diterbitkan pada 2 November 2025</p>`, "2025-11-02"},
		{"the shown day is that of the change", `<meta property="article:published_time" content="2024-05-02T08:00:00+07:00"><meta property="article:modified_time" content="2026-01-20T09:00:00+07:00">`,
			`<div class="meta"><time datetime="2026-01-20">20 Januari 2026</time></div>`, "", "2024-05-02T08:00:00+07:00"},
		{"a day within a sentence of the body is that of an event", "", "", `<div class="isi"><p class="info">Lomba perahu antarnagari yang digelar pada 12 Januari 2026 di tepi danau itu diikuti dua ratus pendayung dari delapan kecamatan.</p></div>`, ""},
		{"relative words count from the answer's Date", "", `<div class="meta">2 jam yang lalu</div>`, "", "2026-01-21T06:00:00+07:00"},
		{"no day from the program of a publisher", `<script>dataLayer = [{"publisher":"20260120"}];</script>`, "", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := read(t, "https://ranah.example/jembatan", datedPage(c.head, c.below, c.behind), news.Link{}).Published.Text(); got != c.want {
				t.Errorf("published %q, want %q", got, c.want)
			}
		})
	}
}
