package feed

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"kabar/storage/news"

	"github.com/google/go-cmp/cmp"
)

func TestSameBytesEachTime(t *testing.T) {
	for format, write := range formats() {
		var first, second bytes.Buffer
		for _, out := range []*bytes.Buffer{&first, &second} {
			if err := write(out, sampleChannel(), []news.Article{sampleArticle()}); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: two renderings differ", format)
		}
	}
}

func TestEmptyFeed(t *testing.T) {
	for format := range formats() {
		parsed, raw := render(t, format, sampleChannel())
		if len(parsed.Items) != 0 || parsed.Title == "" {
			t.Errorf("%s: got %d items, title %q", format, len(parsed.Items), parsed.Title)
		}
		if format == "json" && !strings.Contains(raw, `"items": []`) {
			t.Errorf("json without a list of items: %s", raw)
		}
	}
}

func TestEditKeepsIdentity(t *testing.T) {
	before := sampleArticle()
	after := before
	after.Title, after.URL = "Judul lain", "https://lain.example/x"
	after.Version, after.Updated = 2, before.Updated.Add(time.Hour)
	for format := range formats() {
		a, _ := render(t, format, sampleChannel(), before)
		b, _ := render(t, format, sampleChannel(), after)
		if a.Items[0].GUID != b.Items[0].GUID {
			t.Errorf("%s: id moved from %s to %s", format, a.Items[0].GUID, b.Items[0].GUID)
		}
		if !a.Items[0].PublishedParsed.Equal(*b.Items[0].PublishedParsed) {
			t.Errorf("%s: published moved", format)
		}
		if format != "rss" && !b.Items[0].UpdatedParsed.Equal(after.Updated) {
			t.Errorf("%s: updated %v, want %v", format, b.Items[0].UpdatedParsed, after.Updated)
		}
	}
}

func TestBodyHTML(t *testing.T) {
	got, cut := Blocks(sampleArticle().Body)
	want := `<p>AROSUKA, Kabar Solok — Hujan lebat sejak Senin malam membuat sungai meluap.</p>
<h2>Warga mengungsi</h2>
<blockquote><p>Kami butuh selimut</p>
</blockquote>
<ul>
<li>beras</li>
<li>air bersih</li>
</ul>
<table>
<tr><td>Nagari</td><td>Rumah</td></tr>
<tr><td>Aie Dingin</td><td>12</td></tr>
</table>
<figure><img src="https://solok.example/foto/dua.jpg" alt=""><figcaption>Posko</figcaption>
</figure>
`
	if cut {
		t.Error("a short body was cut")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsPublished(t *testing.T) {
	const body, lead = "sungai meluap", "banjir.webp"
	tests := []struct {
		name      string
		republish string
		content   Content
		body      bool // all of the text
		lead      bool // picture and beginning
	}{
		{"all by default", "", "", true, true},
		{"portal allows a summary", "summary", Full, false, true},
		{"portal allows a link", "link", Full, false, false},
		{"summary asked for", "full", Summary, false, true},
		{"less than a summary wins", "link", Summary, false, false},
		{"an unknown word allows a link", "semua", Full, false, false},
	}
	for _, tt := range tests {
		for format := range formats() {
			c := sampleChannel()
			p := c.Portals["solok"]
			p.Republish = tt.republish
			c.Portals["solok"] = p
			c.Content = tt.content
			parsed, raw := render(t, format, c, sampleArticle())
			if got := strings.Contains(parsed.Items[0].Content, "air bersih"); got != tt.body {
				t.Errorf("%s, %s: whole text is there: %v, want %v", tt.name, format, got, tt.body)
			}
			if got := strings.Contains(raw, body); got != tt.lead {
				t.Errorf("%s, %s: beginning is there: %v, want %v", tt.name, format, got, tt.lead)
			}
			if got := strings.Contains(raw, lead); got != tt.lead {
				t.Errorf("%s, %s: lead image is there: %v, want %v", tt.name, format, got, tt.lead)
			}
			if !strings.Contains(parsed.Items[0].Content, "https://solok.example/2026/01/banjir.html") {
				t.Errorf("%s, %s: no link to the source", tt.name, format)
			}
		}
	}
}

func TestTimes(t *testing.T) {
	seen := time.Date(2026, 1, 20, 2, 0, 0, 0, time.UTC)
	day := time.Date(2026, 1, 20, 0, 0, 0, 0, Zone("WIT"))
	tests := []struct {
		name      string
		portal    string
		published news.Stamp
		want      string
		note      string
	}{
		{"own offset", "solok", news.Stamp{Time: day.Add(8 * time.Hour), Precision: news.Minute}, "2026-01-20T08:00:00+09:00", ""},
		{"day only", "papua", news.Stamp{Time: day, Precision: news.Day}, "2026-01-20T00:00:00+09:00", "hanya menyebut tanggal"},
		{"month only", "papua", news.Stamp{Time: day, Precision: news.Month}, "2026-01-20T00:00:00+09:00", "hanya menyebut Januari 2026"},
		{"none", "papua", news.Stamp{}, "2026-01-20T11:00:00+09:00", "perkiraan: portal tidak menyebutnya; artikel ini pertama kali terlihat pada Selasa, 20 Januari 2026 pukul 11.00 WIT"},
		{"portal's clock a little ahead", "solok", news.Stamp{Time: seen.Add(9 * time.Minute).In(Zone("WIB")), Precision: news.Minute}, "2026-01-20T09:09:00+07:00", ""},
		{"in the future", "papua", news.Stamp{Time: seen.Add(time.Hour), Precision: news.Minute}, "2026-01-20T11:00:00+09:00", "belum tiba ketika artikel ini pertama kali terlihat"},
		{"none, unknown portal", "x", news.Stamp{}, "2026-01-20T09:00:00+07:00", "pukul 09.00 WIB"},
		{"no possible year", "solok", news.Stamp{Time: time.Date(20260, 1, 1, 0, 0, 0, 0, time.UTC), Precision: news.Second}, "2026-01-20T09:00:00+07:00", "perkiraan: portal menyebut waktu yang belum tiba"},
	}
	for _, tt := range tests {
		a := sampleArticle()
		a.Portal, a.Published, a.FirstSeen, a.Updated = tt.portal, tt.published, seen, seen
		parsed, raw := render(t, "atom", sampleChannel(), a)
		if got := parsed.Items[0].Published; got != tt.want {
			t.Errorf("%s: published %s, want %s", tt.name, got, tt.want)
		}
		if !strings.Contains(raw, tt.note) {
			t.Errorf("%s: no word of %q", tt.name, tt.note)
		}
		if parsed.Items[0].UpdatedParsed.Before(*parsed.Items[0].PublishedParsed) {
			t.Errorf("%s: updated before published", tt.name)
		}
	}
}

func TestWithdrawnKeepsItsPlace(t *testing.T) {
	a := sampleArticle()
	a.GoneSince = time.Date(2026, 1, 22, 1, 5, 0, 0, time.UTC)
	for format := range formats() {
		parsed, raw := render(t, format, sampleChannel(), a)
		it := parsed.Items[0]
		if it.GUID != a.ID || it.Title != a.Title {
			t.Errorf("%s: got %q %q", format, it.GUID, it.Title)
		}
		if !strings.Contains(it.Content, "ditarik: sejak Kamis, 22 Januari 2026 pukul 08.05 WIB") {
			t.Errorf("%s: no note in %s", format, it.Content)
		}
		if strings.Contains(raw, "sungai meluap") {
			t.Errorf("%s: the text is still there", format)
		}
	}
}

func TestCorrections(t *testing.T) {
	before := news.Version{Number: 1, Title: "Banjir di Lembah Gumanti", Body: []news.Block{{Kind: news.Paragraph, Text: "Dua rumah rusak."}}}
	a := sampleArticle()
	a.Version, a.Title = 2, "Banjir bandang di Lembah Gumanti"
	a.Body = []news.Block{{Kind: news.Paragraph, Text: "Dua belas rumah rusak."}}
	c := sampleChannel()
	c.Before = map[string]news.Version{a.ID: before}
	for format := range formats() {
		parsed, _ := render(t, format, c, a)
		it := parsed.Items[0]
		if it.GUID == a.ID || !strings.HasPrefix(it.GUID, "urn:uuid:") {
			t.Errorf("%s: id %s", format, it.GUID)
		}
		for _, want := range []string{"Banjir <ins>bandang</ins> di", "Dua <ins>belas</ins> rumah"} {
			if !strings.Contains(it.Content, want) {
				t.Errorf("%s: no %q in %s", format, want, it.Content)
			}
		}
		a.Version = 3
		again, _ := render(t, format, c, a)
		if again.Items[0].GUID == it.GUID {
			t.Errorf("%s: two corrections share an id", format)
		}
		a.Version = 2
	}
}

func TestCategoriesOfRegions(t *testing.T) {
	_, atom := render(t, "atom", sampleChannel(), sampleArticle())
	for _, want := range []string{
		`<category term="13.02" scheme="urn:x-kabar:region" label="Kabupaten Solok">`,
		`<category term="Bencana">`,
		`<link rel="enclosure" type="image/webp" href="https://solok.example/foto/banjir.webp" length="0">`,
		`<media:thumbnail url="https://solok.example/foto/banjir.webp">`,
	} {
		if !strings.Contains(atom, want) {
			t.Errorf("atom: no %s", want)
		}
	}
	_, rss := render(t, "rss", sampleChannel(), sampleArticle())
	for _, want := range []string{
		`<category domain="urn:x-kabar:region:13.02">Kabupaten Solok</category>`,
		`<dc:creator>Andi</dc:creator>`, `<language>id</language>`, `<ttl>15</ttl>`,
		`<source url="https://solok.example/">Kabar Solok</source>`,
		`<enclosure url="https://solok.example/foto/banjir.webp" length="0" type="image/webp">`,
	} {
		if !strings.Contains(rss, want) {
			t.Errorf("rss: no %s", want)
		}
	}
}

func TestAddress(t *testing.T) {
	tests := map[string]string{
		"https://a.example/x?b=1&c=2":                    "https://a.example/x?b=1&c=2",
		" http://a.example/ ":                            "http://a.example/",
		"HTTPS://a.example/":                             "https://a.example/",
		"https://a.example/a b":                          "https://a.example/a%20b",
		"https://a.example/é":                            "https://a.example/%C3%A9",
		"https://a.example/?q=\"><":                      "https://a.example/?q=%22%3E%3C",
		"https://a.example/?q=é#'x":                      "https://a.example/?q=%C3%A9#%27x",
		"http://[2001:db8::1]:80/":                       "http://[2001:db8::1]:80/",
		"//a.example/":                                   "",
		"/x":                                             "",
		"javascript:alert(1)":                            "",
		"java\tscript:alert(1)":                          "",
		"https://":                                       "",
		"https://u:p@a.example/":                         "",
		"ftp://a.example/":                               "",
		"https://a.example:bad/":                         "",
		"https://a.example/\x01":                         "",
		"https://a.example/" + strings.Repeat("a", 3000): "",
	}
	for in, want := range tests {
		if got := Address(in); got != want {
			t.Errorf("Address(%.60q) = %q, want %q", in, got, want)
		}
	}
}

func TestLine(t *testing.T) {
	tests := map[string]string{
		"  dua   kata\n":              "dua kata",
		"AT&amp;T &ldquo;baik&rdquo;": "AT&T “baik”",
		"a < b dan c > d":             "a < b dan c > d",
		"<b>tebal</b>":                "‹b>tebal‹/b>",
		"&amp;amp;amp;lt;b&gt;":       "‹b>",
		"&l\x00t;b&gt;":               "‹b>",
		strings.Repeat("é", 30):       strings.Repeat("é", 19) + "…",
	}
	for in, want := range tests {
		if got := Line(in, 20); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzDiff(f *testing.F) {
	f.Add("satu dua tiga", "satu tiga empat")
	f.Add("", "a b")
	f.Add("a a b a", "b a a a")
	f.Fuzz(func(t *testing.T, before, after string) {
		var kept, added []string
		for _, p := range Diff(before, after) {
			if p.Kind != Inserted {
				kept = append(kept, p.Text)
			}
			if p.Kind != Removed {
				added = append(added, p.Text)
			}
		}
		if got, want := strings.Join(kept, " "), strings.Join(strings.Fields(before), " "); got != want {
			t.Errorf("before: %q, want %q", got, want)
		}
		if got, want := strings.Join(added, " "), strings.Join(strings.Fields(after), " "); got != want {
			t.Errorf("after: %q, want %q", got, want)
		}
	})
}
