package extract

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kabar/crawler/page"
	"kabar/storage/news"
)

// Limits for one page, however it was made.
const (
	hostileTime   = 2 * time.Second
	hostileMemory = 256 << 20
)

func TestHostilePages(t *testing.T) {
	sentence := "Warga di tepi sungai diminta waspada karena hujan deras masih akan turun sampai akhir pekan ini. "
	tests := []struct {
		name   string
		markup func() string
		want   string // text that must be in the body; empty when anything will do
	}{
		{"nested 100,000 deep", func() string {
			return strings.Repeat("<div>", 100_000) + "<p>" + strings.Repeat(sentence, 5) + "</p>"
		}, "Warga di tepi sungai"},
		{"bodies with attributes", func() string {
			var b strings.Builder
			for i := 0; b.Len() < 169_000; i++ {
				fmt.Fprintf(&b, "<body a%d=1>", i)
			}
			return b.String() + "<p>" + strings.Repeat(sentence, 5)
		}, "Warga di tepi sungai"},
		{"20 MB of text without tags", func() string { return "<html>" + strings.Repeat(sentence, 20<<20/len(sentence)) }, ""},
		{"50,000 headings", func() string { return strings.Repeat("<h2>Judul berita pendek</h2>", 50_000) }, ""},
		{"50,000 links", func() string { return strings.Repeat(`<a href="/x">Tautan</a> `, 50_000) }, ""},
		{"50,000 dates", func() string { return strings.Repeat(`<time datetime="2026-01-20">20 Januari 2026</time>`, 50_000) }, ""},
		{"20,000 images", func() string { return "<p>" + sentence + strings.Repeat(`<img src="/a.jpg">`, 20_000) }, ""},
		{"20,000 lines, and 20,000 images before a paragraph", func() string {
			return "<div>" + strings.Repeat("<p>a</p>", 19_000) + strings.Repeat(`<img src="/a.jpg">`, 20_000) + strings.Repeat("<p>"+sentence+"</p>", 900)
		}, ""},
		{"20,000 lines above a title far from its text", func() string {
			return "<title>Nagari</title><div>" + strings.Repeat("<p>a b c</p>", 9_000) + "<h1>Judul berita yang lain</h1>" + strings.Repeat("<p>a b c</p>", 9_000) + "<p>" + sentence
		}, ""},
		{"20,000 hyphenated lines", func() string { return "<p>" + strings.Repeat("peme-<br>rintah ", 20_000) }, ""},
		{"a statistics script of 4 MB", func() string {
			return "<script>dataLayer=[{" + strings.Repeat("publisher:'x',", 300_000) + "}]</script><p>" + sentence
		}, ""},
		{"a table of 40,000 cells", func() string {
			return "<table>" + strings.Repeat("<tr><td>satu</td><td>dua</td></tr>", 20_000) + "</table>"
		}, ""},
		{"nested tables", func() string { return strings.Repeat("<table><tr><td>", 400) + sentence }, ""},
		{"one class of 1 MB", func() string { return `<div class="` + strings.Repeat("post content ", 80_000) + `"><p>` + sentence }, ""},
		{"a style of 1 MB", func() string { return `<div style="` + strings.Repeat("color:red;", 100_000) + `"><p>` + sentence }, ""},
		{"JSON of 4 MB", func() string {
			return `<script type="application/ld+json">` + strings.Repeat(`{"a":[`, 700_000) + `</script><p>` + sentence
		}, ""},
		{"20,000 comments", func() string { return strings.Repeat("<!-- x -->", 20_000) + "<p>" + sentence }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			raw := []byte("<!doctype html>" + tt.markup())
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := time.Now()
			got := extractBytes(t, raw)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if took > hostileTime {
				t.Errorf("took %s, want at most %s", took, hostileTime)
			}
			if grown := int64(after.HeapSys) - int64(before.HeapInuse); grown > hostileMemory {
				t.Errorf("heap grew by %d MiB, want at most %d", grown>>20, int64(hostileMemory)>>20)
			}
			if text := news.PlainText(got.Body); !strings.Contains(text, tt.want) {
				t.Errorf("body %.200q lacks %q", text, tt.want)
			}
		})
	}
}

// TestRandomPages reads 10,000 pages put together at random from the pieces
// that trouble parsers.
func TestRandomPages(t *testing.T) {
	pieces := []string{
		"<div>", "</div>", "<p>", "</p>", "<table><tr><td>", "</table>", "<ul><li>", "</ul>", "<a href='/x'>", "</a>", "<h1>", "</h1>", "<h2>",
		"<br>", "<br><br>", "<span style='display:none'>", "</span>", "<article class='post-content'>", "</article>", "<time datetime='2026-01-20'>",
		"<img src=a.jpg>", "<figure>", "<figcaption>", "<blockquote>", "<script>", "</script>", "<!--", "-->", "<svg>", "</svg>", "<template>",
		"<meta property='og:title' content='Judul'>", "<title>Judul</title>", "&amp;", "&shy;", "&#0;", "&#xFFFF;", "\x00", "\xff\xfe", "\u202e", "e\u0301",
		"Baca Juga: ", "Penulis: Andi", "Hujan deras turun sejak pagi di seluruh kabupaten, kata petugas. ", "20 Januari 2026 ", "(And)", "***", "Komentar",
		"<script type='application/ld+json'>{\"articleBody\":\"isi", "</", "<", ">", "=\"", "<form>", "<select>", "<math>", "<frameset>", "<plaintext>",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 10_000 {
		var b strings.Builder
		for range random.IntN(60) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		checkBody(t, []byte(b.String()), fmt.Sprintf("page %d", n))
		if t.Failed() {
			t.Fatalf("page: %q", b.String())
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add([]byte("<h1>Judul</h1><p>Isi berita yang panjang, kata petugas.</p>"))
	f.Add([]byte("<div hidden><p>x</p></div>\xff"))
	f.Add([]byte(`<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"a\ud800b"}</script>`))
	f.Fuzz(func(t *testing.T, raw []byte) { checkBody(t, raw, "input") })
}

// checkBody holds every text of a body to what news.Article promises.
func checkBody(t *testing.T, raw []byte, name string) {
	t.Helper()
	got := extractBytes(t, raw)
	for _, b := range got.Body {
		for _, text := range append(append([]string{b.Text}, b.Items...), flat(b.Rows)...) {
			if !utf8.ValidString(text) || strings.IndexFunc(text, forbidden) >= 0 {
				t.Errorf("%s: block %q holds what XML forbids", name, text)
			}
		}
		if b.Kind == news.Paragraph && strings.TrimSpace(b.Text) == "" {
			t.Errorf("%s: an empty paragraph", name)
		}
	}
}

func flat(rows [][]string) []string {
	var out []string
	for _, row := range rows {
		out = append(out, row...)
	}
	return out
}

// forbidden tells characters outside XML 1.0, production 2.
func forbidden(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0xD800 && r <= 0xDFFF || r == 0xFFFE || r == 0xFFFF
}

// extractBytes reads a page; what is no HTML has an empty reading.
func extractBytes(t *testing.T, raw []byte) Raw {
	t.Helper()
	p, err := page.FromBytes("https://kabar.example/2026/01/a.html", raw, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Extract(p, Options{})
	if err != nil && p.IsHTML() {
		t.Fatalf("extracting HTML: %v", err)
	}
	return got
}
