package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kabar/storage/news"
)

var queryTests = map[string]func(*testing.T, *fixture){
	"newest first, estimated ones by first sight": func(t *testing.T, f *fixture) {
		undated, future := short("Tanpa Tanggal", 0), short("Masa Depan", -600)
		undated.Published = news.Stamp{}
		undated.FirstSeen = start.Add(-15 * time.Minute)
		future.FirstSeen = start.Add(-25 * time.Minute)
		f.save(t, short("Lama", 30), future, short("Baru", 10), undated, short("Tengah", 20))
		f.wantTitles(t, news.Query{}, "Baru,Tanpa Tanggal,Tengah,Masa Depan,Lama")
	},
	"ties go by arrival": func(t *testing.T, f *fixture) {
		f.save(t, short("Satu", 1), short("Dua", 1), short("Tiga", 1))
		f.wantTitles(t, news.Query{}, "Tiga,Dua,Satu")
	},
	"by portal, region, province and category": func(t *testing.T, f *fixture) {
		place := func(title string, minutes int, portal, category string, codes ...string) news.Article {
			a := short(title, minutes)
			a.Portal, a.URL = portal, "https://"+portal+"/"+title
			if category != "" {
				a.Categories = []string{category}
			}
			for _, code := range codes {
				a.Regions = append(a.Regions, news.RegionTag{Code: code})
			}
			return a
		}
		f.save(t,
			place("A", 5, "contoh.co.id", "Ekonomi", "13.02"),
			place("B", 4, "contoh.co.id", "ekonomi & bisnis", "13.02", "13.72"),
			place("C", 3, "contoh", "EKONOMI", "13"),
			place("D", 2, "contoh", "", "11.02"),
			place("E", 1, "contoh", "Ekonomi", "14.71", "13.02"))
		for _, c := range []struct {
			query news.Query
			want  string
		}{
			{news.Query{Portal: "contoh.co.id"}, "B,A"},
			{news.Query{Portal: "contoh"}, "E,D,C"},
			{news.Query{Portal: "CONTOH"}, ""},
			{news.Query{Region: "13.02"}, "E,B,A"},
			{news.Query{Region: "13.72"}, "B"},
			{news.Query{Region: "13"}, "E,C,B,A"},
			{news.Query{Region: "1"}, ""},
			{news.Query{Region: "13.0"}, ""},
			{news.Query{Region: "11"}, "D"},
			{news.Query{Category: "ekonomi"}, "E,C,A"},
			{news.Query{Category: "Ekonomi & Bisnis"}, "B"},
			{news.Query{Portal: "contoh", Region: "13"}, "E,C"},
			{news.Query{Portal: "contoh", Region: "13", Category: "Ekonomi", Words: "berita"}, "E,C"},
			{news.Query{Portal: "contoh.co.id", Region: "13.02", Words: "b"}, "B"},
			{news.Query{Portal: "contoh.co.id", Region: "13.02", Words: "e OR a"}, "A"},
		} {
			f.wantTitles(t, c.query, c.want)
		}
	},
	"windows of time": func(t *testing.T, f *fixture) {
		f.save(t, short("A", 30), short("B", 20), short("C", 10))
		at := func(minutes int) time.Time { return start.Add(-time.Duration(minutes) * time.Minute) }
		for _, c := range []struct {
			query news.Query
			want  string
		}{
			{news.Query{Since: at(20)}, "C,B"},
			{news.Query{Since: at(20).Add(time.Nanosecond)}, "C"},
			{news.Query{Until: at(20)}, "A"},
			{news.Query{Since: at(30), Until: at(10)}, "B,A"},
			{news.Query{Since: at(30), Until: at(10), Words: "berita", Portal: "contoh"}, "B,A"},
			{news.Query{Since: at(5)}, ""},
			{news.Query{Since: time.Unix(0, 0).AddDate(-300, 0, 0)}, "C,B,A"},
			{news.Query{Until: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}, "C,B,A"},
		} {
			f.wantTitles(t, c.query, c.want)
		}
	},
	"edited and updated": func(t *testing.T, f *fixture) {
		a, b, c := short("A", 30), short("B", 20), short("C", 10)
		f.save(t, a, b, c)
		f.later(time.Hour)
		a.Body = append(a.Body, news.Block{Kind: news.Paragraph, Text: "Ralat."})
		f.changes(t, a)
		f.later(time.Hour)
		c.Body = append(c.Body, news.Block{Kind: news.Paragraph, Text: "Ralat."})
		f.changes(t, c)
		f.later(time.Hour)
		a.Body = append(a.Body, news.Block{Kind: news.Paragraph, Text: "Ralat kedua."})
		edited := f.save(t, a)[0]
		f.wantTitles(t, news.Query{Edited: true}, "A,C")
		f.wantTitles(t, news.Query{Edited: true, Portal: "contoh", Words: "ralat"}, "A,C")
		f.wantTitles(t, news.Query{Edited: true, Limit: 1}, "A")
		f.wantTitles(t, news.Query{Edited: true, After: news.Cursor{Seq: edited.Seq}}, "C")
		f.wantTitles(t, news.Query{UpdatedSince: start}, "C,B,A")
		f.wantTitles(t, news.Query{UpdatedSince: start.Add(time.Minute)}, "C,A")
		f.wantTitles(t, news.Query{UpdatedSince: start.Add(2 * time.Hour)}, "C,A")
		f.wantTitles(t, news.Query{UpdatedSince: start.Add(3 * time.Hour)}, "A")
		f.wantTitles(t, news.Query{UpdatedSince: start.Add(time.Minute), Words: "kedua", Portal: "contoh"}, "A")
		f.wantTitles(t, news.Query{UpdatedSince: start.Add(time.Minute), Edited: true, Limit: 1}, "A")
	},
	"pages without loss or repeat": func(t *testing.T, f *fixture) {
		var articles []news.Article
		for i := range 137 {
			articles = append(articles, short(fmt.Sprintf("Nomor %d", i), i/9))
		}
		stored := f.save(t, articles...)
		for i, a := range stored {
			if i%10 == 0 {
				must(t, f.MarkGone(t.Context(), a.ID, start.Add(time.Duration(i/20)*time.Minute)))
			}
		}
		for _, q := range []news.Query{{}, {Portal: "contoh"}, {Words: "berita"}, {All: true}, {Gone: true},
			{Gone: true, Portal: "contoh"}, {FoldCopies: true}, {UpdatedSince: start}} {
			whole := q
			whole.Limit = 1000
			want := f.titles(t, whole)
			if got := f.paged(t, q); got != want {
				t.Errorf("%+v in pages: %s\nat once: %s", q, got, want)
			}
			if n := strings.Count(want, ",") + 1; n != 137 && n != 123 && n != 14 {
				t.Errorf("%+v gives %d articles", q, n)
			}
		}
		articles, err := f.Articles(t.Context(), news.Query{})
		must(t, err)
		if len(articles) != news.DefaultLimit {
			t.Errorf("without a limit %d articles", len(articles))
		}
	},
	"articles that come while one pages do not disturb": func(t *testing.T, f *fixture) {
		f.save(t, short("A", 40), short("B", 30), short("C", 20))
		page, err := f.Articles(t.Context(), news.Query{Limit: 2})
		must(t, err)
		f.save(t, short("D", 10))
		f.wantTitles(t, news.Query{After: news.Cursor{Seq: page[1].Seq}}, "A")
	},
	"one bucket of many at the same moment": func(t *testing.T, f *fixture) {
		var articles []news.Article
		for i := range 600 {
			a := short(fmt.Sprintf("Hari %d", i), 0)
			a.Published = news.Stamp{Time: time.Date(2026, 1, 19, 0, 0, 0, 0, wib), Precision: news.Day, Origin: "text"}
			articles = append(articles, a)
		}
		f.changes(t, articles...)
		day := time.Date(2026, 1, 19, 0, 0, 0, 0, wib)
		got, err := f.Articles(t.Context(), news.Query{Since: day, Until: day.Add(time.Second), Limit: 1000})
		must(t, err)
		if len(got) != 600 || got[0].Title != "Hari 599" || got[599].Title != "Hari 0" {
			t.Errorf("%d articles", len(got))
		}
	},
}

// paged goes through a query in small pages.
func (f *fixture) paged(t *testing.T, q news.Query) string {
	t.Helper()
	q.Limit = 7
	var titles []string
	for range 100 {
		articles, err := f.Articles(t.Context(), q)
		must(t, err)
		for _, a := range articles {
			titles = append(titles, a.Title)
			q.After.Seq = a.Seq
		}
		if len(articles) < q.Limit {
			break
		}
	}
	return strings.Join(titles, ",")
}

var wordTests = map[string]func(*testing.T, *fixture){
	"what words find": func(t *testing.T, f *fixture) {
		texts := map[string]string{
			"A": "Banjir bandang melanda Solok. Jalan putus.",
			"B": "Bandang dan banjir: warga Padang mengungsi.",
			"C": "Harga cabai naik di Jakarta 12,5 persen; café tutup.",
			"D": "Pelajar belajar C++ dan C# di SMK 2 (negeri).",
			"E": "Nilai AND OR NOT dalam bahasa pemrograman. \uE000zz ",
		}
		for i, title := range []string{"E", "D", "C", "B", "A"} {
			a := short(title, 10-i)
			a.Body = []news.Block{{Kind: news.Paragraph, Text: texts[title]}}
			f.save(t, a)
		}
		for words, want := range map[string]string{
			"banjir":                          "A,B",
			"BANJIR":                          "A,B",
			"banjir bandang":                  "A,B",
			`"banjir bandang"`:                "A",
			"banjir AND solok":                "A",
			"solok OR padang":                 "A,B",
			"banjir NOT padang":               "A",
			"banjir NOT (padang OR solok)":    "",
			"(solok OR padang) warga":         "B",
			"solok OR padang warga":           "A,B",
			"cafe":                            "C",
			"café":                            "C",
			"12,5":                            "C",
			"C++":                             "C,D",
			"C#":                              "C,D",
			"SMK-2":                           "D",
			"banjir 🌊":                        "A,B",
			`"and or not"`:                    "E",
			"solok*":                          "A",
			"title:banjir":                    "",
			"^banjir":                         "A,B",
			"{banjir}":                        "A,B",
			"NEAR(banjir solok)":              "",
			"banjir'; DROP TABLE articles;--": "",
			"  banjir\tsolok\n":               "A",
			"":                                "A,B,C,D,E",
			"  ":                              "A,B,C,D,E",
			"\uE000zz":                        "E",
			"ban\x00jir":                      "",
			"\xff\xfe banjir":                 "A,B",
			"and":                             "E",
			"banjir NOT 🌊":                    "A,B",
		} {
			f.wantTitles(t, news.Query{Words: words}, want)
		}
	},
	"nonsense is told in a sentence": func(t *testing.T, f *fixture) {
		f.save(t, short("Satu", 1))
		for _, words := range []string{
			`"`, `"banjir`, `banjir "`, "AND", "OR", "NOT", "NOT banjir", "banjir AND", "banjir OR", "OR banjir",
			"banjir NOT", "banjir AND AND solok", "banjir OR NOT solok", "(", ")", "()", "(banjir", "banjir)", "((banjir)",
			"😀", "++", `""`, "* ^ :", "😀 NOT banjir", "\x00", strings.Repeat("a", 2000), strings.Repeat("a ", 100),
			strings.Repeat("(", 400),
		} {
			_, err := f.Articles(t.Context(), news.Query{Words: words})
			if !errors.Is(err, news.ErrBadQuery) {
				t.Errorf("Words %q: %v, want ErrBadQuery", words, err)
				continue
			}
			for _, foreign := range []string{"fts5", "SQL", "syntax"} {
				if strings.Contains(err.Error(), foreign) {
					t.Errorf("Words %q: %v is not for people", words, err)
				}
			}
		}
	},
	"no text can pass for a portal or region": func(t *testing.T, f *fixture) {
		spy := short("Spy", 1)
		for _, sign := range []string{"\uE000p", "\uE000r", "\uE000c"} {
			for _, value := range []string{"contoh", "13.02", "636f6e746f68", "31332e3032"} {
				spy.Body = append(spy.Body, news.Block{Kind: news.Paragraph, Text: sign + value})
			}
		}
		spy.Portal = "lain"
		f.save(t, spy)
		f.wantTitles(t, news.Query{Portal: "contoh"}, "")
		f.wantTitles(t, news.Query{Region: "13.02"}, "")
	},
}
