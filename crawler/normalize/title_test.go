package normalize

import (
	"net/url"
	"testing"
	"unicode/utf8"

	"kabar/crawler/extract"
	"kabar/storage/news"
)

func claim(origin, value string, weight int) extract.Claim {
	return extract.Claim{Origin: origin, Value: value, Weight: weight}
}

func TestChooseTitle(t *testing.T) {
	const full = "Jembatan Gantung Nagari Ambruk, Warga Memutar Lima Kilometer"
	cases := []struct {
		name   string
		claims []extract.Claim
		url    string
		site   []string
		want   string
	}{
		{
			name: "a rule of the portal wins",
			claims: []extract.Claim{
				claim("rule", "Judul Menurut Aturan", 0), claim("h1", full, 2), claim("title", full, 0),
			},
			want: "Judul Menurut Aturan",
		},
		{
			name:   "visible headline without the site's name",
			claims: []extract.Claim{claim("og", full+" - Kabar Ranah", 0), claim("title", full+" - Kabar Ranah", 0), claim("h1", full, 2)},
			want:   full,
		},
		{
			name: "visible headline over the social title",
			claims: []extract.Claim{
				claim("og", "Geger! Jembatan Gantung Nagari Ambruk, Begini Nasib Warga", 0),
				claim("title", full+" | Kabar Ranah", 0), claim("h1", full, 2),
			},
			want: full,
		},
		{
			name: "section in h1, headline in h2",
			claims: []extract.Claim{
				claim("title", full+" - Kabar Ranah", 0), claim("h1", "Daerah", 6), claim("h2", full, 3),
			},
			want: full,
		},
		{
			name: "name of the site in h1",
			claims: []extract.Claim{
				claim("og", full, 0), claim("title", full+" - Kabar Ranah", 0), claim("h1", "Kabar Ranah", 20),
			},
			site: []string{"Kabar Ranah"},
			want: full,
		},
		{
			name: "several h1, the one that the title tag agrees with",
			claims: []extract.Claim{
				claim("title", full+" : Kabar", 0), claim("h1", "Kabar Ranah Minang Terkini", 30), claim("h1", "Foto Pilihan Pekan Ini", 9), claim("h1", full, 2),
			},
			want: full,
		},
		{
			name: "the address decides between two headings",
			claims: []extract.Claim{
				claim("title", "Kabar Ranah", 0), claim("h1", "Berita Pilihan Redaksi Hari Ini", 9), claim("h1", full, 2),
			},
			url:  "https://kabar.example/2026/01/jembatan-gantung-nagari-ambruk-warga-memutar.html",
			want: full,
		},
		{
			name:   "no heading: JSON-LD",
			claims: []extract.Claim{claim("jsonld", full, 0), claim("title", "Kabar Ranah", 0)},
			want:   full,
		},
		{
			name:   "no heading: og without the site's name",
			claims: []extract.Claim{claim("og", full+" - Kabar Ranah", 0)},
			site:   []string{"Kabar Ranah"},
			want:   full,
		},
		{
			name:   "only the title tag, cut at its separators",
			claims: []extract.Claim{claim("title", full+" | Daerah | kabar.example", 0)},
			url:    "https://kabar.example/a/1",
			want:   full,
		},
		{
			name:   "name of the site in front",
			claims: []extract.Claim{claim("title", "Kabar Ranah - "+full, 0)},
			site:   []string{"Kabar Ranah"},
			want:   full,
		},
		{
			name:   "a dash inside a headline stays",
			claims: []extract.Claim{claim("title", "Solok - Padang Kini Satu Jam Lewat Jalan Baru di Pebukitan", 0)},
			want:   "Solok - Padang Kini Satu Jam Lewat Jalan Baru di Pebukitan",
		},
		{
			name: "an anchor cut with an ellipsis is no title but a vote",
			claims: []extract.Claim{
				claim("anchor", "Jembatan Gantung Nagari Ambruk, ...", 0), claim("title", "Kabar Ranah", 0), claim("h1", "Pengumuman Penting Redaksi Kami", 12), claim("h2", full, 2),
			},
			want: full,
		},
		{
			name: "a lone h1 above the body over other words for machines",
			claims: []extract.Claim{
				claim("title", "Beranda", 0), claim("h1", "Wali Nagari Baru Dilantik Bupati", 1),
			},
			want: "Wali Nagari Baru Dilantik Bupati",
		},
		{
			name: "a kicker on its own line gets its colon back",
			claims: []extract.Claim{
				claim("og", "Bencana: Jembatan Gantung Nagari Ambruk", 0), claim("title", "Bencana: Jembatan Gantung Nagari Ambruk - Kabar", 0),
				claim("h1", "Bencana Jembatan Gantung Nagari Ambruk", 2),
			},
			want: "Bencana: Jembatan Gantung Nagari Ambruk",
		},
		{
			name: "a date within the heading goes",
			claims: []extract.Claim{
				claim("og", full, 0), claim("title", full+" | Kabar", 0), claim("h1", full+" 02.02.2026 • Daerah", 1),
			},
			want: full,
		},
		{
			name: "a heading inside the text is not the headline",
			claims: []extract.Claim{
				claim("title", "Panduan Lengkap Mengurus Kartu Keluarga | Kabar", 0), claim("h2", "Mengurus Kartu Keluarga Hilang", 1030),
				claim("h1", "Panduan Lengkap Mengurus Kartu Keluarga", 2),
			},
			want: "Panduan Lengkap Mengurus Kartu Keluarga",
		},
		{
			name: "the page marks its kicker apart",
			claims: []extract.Claim{
				claim("title", "Bencana: "+full+" | Kabar", 0), claim("h1", "Bencana "+full, 3), claim("heading", full, 3),
			},
			want: full,
		},
		{
			name: "one part of the kicker line is in h1, all of it in og",
			claims: []extract.Claim{
				claim("og", "Bencana Alam: Jembatan Gantung Ambruk", 0), claim("title", "Bencana Alam: Jembatan Gantung Ambruk - Kabar", 0),
				claim("h4", "Bencana Alam", 1), claim("h1", "Jembatan Gantung Ambruk", 0),
			},
			want: "Jembatan Gantung Ambruk",
		},
		{
			name: "archive title with the site in front",
			claims: []extract.Claim{
				claim("title", "Kabar Ranah » Arsip » Harga Cabai Naik Lagi", 0), claim("h1", "Kabar Ranah", 3), claim("h2", "Harga Cabai Naik Lagi", 1020),
			},
			site: []string{"Kabar Ranah"},
			want: "Harga Cabai Naik Lagi",
		},
		{
			name: "an h1 for search engines above the headline",
			claims: []extract.Claim{
				claim("jsonld", full, 0), claim("og", "Jembatan Ambruk Solok: Warga Memutar", 0), claim("title", "Jembatan Ambruk Solok: Warga Memutar", 0),
				claim("h1", "Jembatan Ambruk Solok: Warga Memutar", 5), claim("h2", full, 2),
			},
			want: full,
		},
		{
			name: "a lower heading gets the kicker that two origins tell",
			claims: []extract.Claim{
				claim("jsonld", "Solok Hari Ini: Pasar Raya Dibuka", 0), claim("og", "Solok Hari Ini: Pasar Raya Dibuka", 0),
				claim("title", "Solok Hari Ini: Pasar Raya Dibuka | Kabar", 0), claim("heading", "Pasar Raya Dibuka", 4),
			},
			url:  "https://kabar.example/solok-hari-ini-pasar-raya-dibuka",
			want: "Solok Hari Ini: Pasar Raya Dibuka",
		},
		{
			name:   "the site's name at the end of the heading itself",
			claims: []extract.Claim{claim("title", full+" – Kabar Ranah", 0), claim("h1", full+" – Kabar Ranah", 2)},
			site:   []string{"Kabar Ranah"},
			want:   full,
		},
		{
			name: "a blog's name in h1, the post in h3",
			claims: []extract.Claim{
				claim("og", "Harga Cabai Naik", 0), claim("title", "Catatan Pasar: Harga Cabai Naik", 0), claim("h1", "Catatan Pasar", 4), claim("h3", "Harga Cabai Naik", 1),
			},
			want: "Harga Cabai Naik",
		},
		{
			name: "a kicker on its own line, told with the site's name",
			claims: []extract.Claim{
				claim("og", "Bencana - Jembatan Gantung Ambruk - Kabar Ranah", 0), claim("title", "Bencana - Jembatan Gantung Ambruk - Kabar Ranah", 0),
				claim("h1", "Bencana Jembatan Gantung Ambruk", 2),
			},
			site: []string{"Kabar Ranah"},
			want: "Bencana - Jembatan Gantung Ambruk",
		},
		{name: "nothing", want: ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var u *url.URL
			if c.url != "" {
				u, _ = url.Parse(c.url)
			}
			got, why := ChooseTitle(c.claims, TitleContext{URL: u, Site: c.site})
			if got != c.want {
				t.Errorf("got %q (%s), want %q", got, why, c.want)
			}
			if why == "" {
				t.Error("no reason given")
			}
		})
	}
}

func TestChooseTitleOnHackedPage(t *testing.T) {
	const headline = "Jembatan Gantung Nagari Ambruk Diterjang Arus"
	hidden := []extract.Claim{
		claim("jsonld", "Agen Terpercaya Menang Besar Setiap Hari", 0), claim("og", "Agen Terpercaya Menang Besar Setiap Hari", 0),
		claim("title", "Agen Terpercaya Menang Besar Setiap Hari - Kabar", 0),
	}
	body := []news.Block{{Kind: news.Paragraph, Text: "Sebuah jembatan gantung di nagari itu ambruk setelah diterjang arus sungai yang deras."}}
	t.Run("the body speaks for a lower heading", func(t *testing.T) {
		got, why := ChooseTitle(append(hidden, claim("h2", headline, 2), claim("h2", "Iklan Layanan Masyarakat Terbaru", 1)), TitleContext{Body: body})
		if got != headline {
			t.Errorf("got %q (%s), want %q", got, why, headline)
		}
	})
	t.Run("the address speaks for it", func(t *testing.T) {
		u := &url.URL{Scheme: "https", Host: "kabar.example", Path: "/berita-77-jembatan-gantung-nagari-ambruk-diterjang.html"}
		got, why := ChooseTitle(append(hidden, claim("heading", headline, 2)), TitleContext{URL: u})
		if got != headline {
			t.Errorf("got %q (%s), want %q", got, why, headline)
		}
	})
	t.Run("the listing speaks for it", func(t *testing.T) {
		got, why := ChooseTitle(append(hidden, claim("anchor", "Jembatan Gantung Nagari Ambruk ...", 0), claim("h3", headline, 2)), TitleContext{})
		if got != headline {
			t.Errorf("got %q (%s), want %q", got, why, headline)
		}
	})
}

func TestTitleDoubt(t *testing.T) {
	const headline = "Jembatan Gantung Nagari Ambruk"
	cases := []struct {
		name, told string
		doubt      bool
	}{
		{"the same", headline + " - Kabar Ranah", false},
		{"other words for it", "Ambruk! Begini Nasib Warga Nagari", false},
		{"only the site", "Kabar Ranah Minang", false},
		{"another page is hidden behind it", "Agen Terpercaya Menang Besar Setiap Hari", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := titleDoubt([]extract.Claim{claim("title", c.told, 0)}, headline)
			if (got != "") != c.doubt {
				t.Errorf("doubt %q, want one: %v", got, c.doubt)
			}
		})
	}
}

func TestSiteTitlesStripWhatAllPagesShare(t *testing.T) {
	var s SiteTitles
	for _, headline := range []string{"Panen Raya di Sijunjung", "Harga Cabai Naik Lagi", "Festival Danau Dibuka"} {
		s.Learn([]extract.Claim{
			claim("title", "Ranah - "+headline+" ~ Suara Rakyat Kecil Dari Hulu", 0),
			{Origin: "h1", Value: "Suara Rakyat Kecil", Where: "header > h1"},
			{Origin: "h2", Value: headline, Where: "article > h2.judul"},
		}, headline)
	}
	t.Run("document title", func(t *testing.T) {
		claims := []extract.Claim{claim("title", "Ranah - Sekolah Rusak Diperbaiki ~ Suara Rakyat Kecil Dari Hulu", 0)}
		got, why := ChooseTitle(claims, TitleContext{Seen: &s})
		if want := "Sekolah Rusak Diperbaiki"; got != want {
			t.Errorf("got %q (%s), want %q", got, why, want)
		}
	})
	t.Run("heading of all pages", func(t *testing.T) {
		if !s.isFurniture(extract.Key("Suara Rakyat Kecil")) {
			t.Error("a heading on every page is taken for a headline")
		}
		if s.isFurniture(extract.Key("Harga Cabai Naik Lagi")) {
			t.Error("a headline is taken for furniture")
		}
	})
	t.Run("place", func(t *testing.T) {
		if s.placeBonus("article > h2.judul") <= s.placeBonus("header > h1") {
			t.Error("the place of the titles is not preferred")
		}
	})
	t.Run("two pages are too few", func(t *testing.T) {
		two := SiteTitles{Pages: 2, Tails: map[string]int{" ~ X": 2}}
		if got, ok := two.strip("A ~ X"); ok || got != "A ~ X" {
			t.Errorf("strip = %q, %v", got, ok)
		}
	})
}

func TestSiteTitlesStayBounded(t *testing.T) {
	var s SiteTitles
	for i := range 3 * maxRemembered {
		s.Learn([]extract.Claim{claim("h1", "Judul Nomor "+string(rune('A'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676)), 0)}, "x")
	}
	if len(s.Headings) > maxRemembered+1 {
		t.Errorf("%d headings remembered, want at most %d", len(s.Headings), maxRemembered+1)
	}
}

func TestCutTitle(t *testing.T) {
	cases := []struct {
		in   string
		want []string
	}{
		{"A B | C", []string{"A B", "C"}},
		{"A|B", []string{"A", "B"}},
		{"Solok-Padang - Kabar", []string{"Solok-Padang", "Kabar"}},
		{"A :: B » C", []string{"A", "B", "C"}},
		{"10:30 pagi", []string{"10:30 pagi"}},
		{"", nil},
		{" | ", nil},
	}
	for _, c := range cases {
		parts := cutTitle(c.in)
		if len(parts) != len(c.want) {
			t.Errorf("cutTitle(%q) = %v, want %q", c.in, parts, c.want)
			continue
		}
		for i, p := range parts {
			if p.text != c.want[i] {
				t.Errorf("cutTitle(%q)[%d] = %q, want %q", c.in, i, p.text, c.want[i])
			}
		}
	}
}

func FuzzChooseTitle(f *testing.F) {
	f.Add("Harga Cabai Naik - Kabar", "Harga Cabai Naik", "Harga Cabai", "harga-cabai-naik")
	f.Add("||| - ::", "-", "…", "%ff")
	f.Add("日本：ニュース", "日本", "日本：ニュース", "a/b/c")
	f.Fuzz(func(t *testing.T, document, h1, og, slug string) {
		claims := []extract.Claim{claim("title", document, 0), claim("h1", h1, 3), claim("og", og, 0)}
		u := &url.URL{Scheme: "https", Host: "kabar.example", Path: "/" + slug}
		got, _ := ChooseTitle(claims, TitleContext{URL: u, Site: []string{"Kabar"}})
		if got != Clean(got) || len(got) > maxTitle || !utf8.ValidString(got) {
			t.Errorf("title %q of %q, %q, %q is not clean or too long", got, document, h1, og)
		}
		for _, p := range cutTitle(document) {
			if p.start < 0 || p.end > len(document) || p.start >= p.end {
				t.Errorf("part %v lies outside %q", p, document)
			}
		}
	})
}
