package sqlite_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kabar/storage/news"
	"kabar/storage/sqlite"
)

// writerOf makes up articles whose words are as unevenly spread as in a
// language (Zipf's law, some 200,000 words): about 200 words each, of one of
// 1,000 portals and one or two of 514 regencies, an article every 30 seconds.
type writerOf struct {
	random *rand.Rand
	zipf   *rand.Zipf
	start  time.Time
	next   int
}

func newWriterOf(seed uint64) *writerOf {
	random := rand.New(rand.NewPCG(seed, 1))
	return &writerOf{
		random: random,
		zipf:   rand.NewZipf(random, 1.07, 3, 200_000),
		start:  time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC),
	}
}

// spell makes a word of a number: more syllables for rarer words.
func spell(n uint64) string {
	const consonants, vowels = "bcdghjklmnprstwy", "aiueo"
	var word strings.Builder
	for {
		word.WriteByte(consonants[n%16])
		word.WriteByte(vowels[n/16%5])
		if n /= 80; n == 0 {
			return word.String()
		}
	}
}

func (w *writerOf) words(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = spell(w.zipf.Uint64())
	}
	return strings.Join(words, " ")
}

func (w *writerOf) article() news.Article {
	n := w.next
	w.next++
	regency := w.random.IntN(514)
	at := w.start.Add(time.Duration(n)*30*time.Second + time.Duration(w.random.IntN(3600))*time.Second)
	a := news.Article{
		Portal:     fmt.Sprintf("portal-%d.example", int(math.Pow(w.random.Float64(), 3)*1000)),
		Title:      w.words(9),
		Published:  news.Stamp{Time: at, Precision: news.Minute, Origin: "jsonld"},
		FirstSeen:  at.Add(time.Minute),
		Categories: []string{spell(uint64(w.random.IntN(30)))},
		Regions:    []news.RegionTag{{Code: regencyCode(regency), Reason: "dateline", Primary: true}},
	}
	a.URL = fmt.Sprintf("https://%s/%d.html", a.Portal, n)
	for range 8 {
		a.Body = append(a.Body, news.Block{Kind: news.Paragraph, Text: w.words(25)})
	}
	return a
}

func regencyCode(n int) string { return fmt.Sprintf("%d.%02d", 11+n/14, 1+n%14) }

func openForBench(b *testing.B, path string) *sqlite.Store {
	b.Helper()
	store, err := sqlite.Open(context.Background(), path, sqlite.AsWriter())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	return store
}

func fill(b *testing.B, store *sqlite.Store, w *writerOf, n int) {
	b.Helper()
	for w.next < n {
		batch := make([]news.Article, min(200, n-w.next))
		for i := range batch {
			batch[i] = w.article()
		}
		if _, err := store.Save(context.Background(), batch...); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSave stores made-up articles with their search index.
func BenchmarkSave(b *testing.B) {
	for _, size := range []int{1, 20, 200} {
		b.Run(fmt.Sprintf("batch=%d", size), func(b *testing.B) {
			store := openForBench(b, filepath.Join(b.TempDir(), "kabar.db"))
			w := newWriterOf(1)
			batch := make([]news.Article, size)
			for b.Loop() {
				b.StopTimer()
				for i := range batch {
					batch[i] = w.article()
				}
				b.StartTimer()
				if _, err := store.Save(context.Background(), batch...); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(w.next)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}

// BenchmarkQuery asks a store of made-up articles and reports the slowness of
// the fastest half and of all but one in twenty. KABAR_BENCH_ARTICLES sets
// their number (default 10,000), KABAR_BENCH_DB a file that is kept and filled
// up as far as needed.
func BenchmarkQuery(b *testing.B) {
	n := 10_000
	if v := os.Getenv("KABAR_BENCH_ARTICLES"); v != "" {
		var err error
		if n, err = strconv.Atoi(v); err != nil {
			b.Fatal(err)
		}
	}
	path := os.Getenv("KABAR_BENCH_DB")
	if path == "" {
		path = filepath.Join(b.TempDir(), "kabar.db")
	}
	store := openForBench(b, path)
	stats, err := store.Stats(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	filler := newWriterOf(uint64(stats.Articles) + 7)
	filler.next = int(stats.Articles)
	fill(b, store, filler, n)
	random := rand.New(rand.NewPCG(9, 9))
	word := func(from, to uint64) string { return spell(from + random.Uint64N(to-from)) }
	middle := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n/2) * 30 * time.Second)
	portal := func() string { return fmt.Sprintf("portal-%d.example", int(math.Pow(random.Float64(), 3)*1000)) }
	region := func() string { return regencyCode(random.IntN(514)) }
	for _, c := range []struct {
		name string
		ask  func() news.Query
	}{
		{"latest", func() news.Query { return news.Query{} }},
		{"portal", func() news.Query { return news.Query{Portal: portal()} }},
		{"region", func() news.Query { return news.Query{Region: region()} }},
		{"province", func() news.Query { return news.Query{Region: strconv.Itoa(11 + random.IntN(36))} }},
		{"portal+region", func() news.Query { return news.Query{Portal: portal(), Region: region()} }},
		{"portal+category", func() news.Query { return news.Query{Portal: portal(), Category: spell(uint64(random.IntN(30)))} }},
		{"month", func() news.Query {
			return news.Query{Since: middle, Until: middle.AddDate(0, 1, 0), Portal: portal()}
		}},
		{"frequent word", func() news.Query { return news.Query{Words: word(0, 50)} }},
		{"rare word", func() news.Query { return news.Query{Words: word(20_000, 200_000)} }},
		{"two frequent", func() news.Query { return news.Query{Words: word(0, 50) + " " + word(0, 50)} }},
		{"frequent+rare", func() news.Query { return news.Query{Words: word(0, 50) + " " + word(20_000, 200_000)} }},
		{"two middling", func() news.Query { return news.Query{Words: word(500, 5000) + " " + word(500, 5000)} }},
		{"three middling", func() news.Query {
			return news.Query{Words: word(100, 1000) + " " + word(100, 1000) + " " + word(100, 1000)}
		}},
		{"frequent phrase", func() news.Query { return news.Query{Words: `"` + word(0, 20) + " " + word(0, 20) + `"`} }},
		{"middling phrase", func() news.Query { return news.Query{Words: `"` + word(50, 500) + " " + word(50, 500) + `"`} }},
		{"or", func() news.Query { return news.Query{Words: word(0, 500) + " OR " + word(500, 5000)} }},
		{"not", func() news.Query { return news.Query{Words: word(500, 5000) + " NOT " + word(0, 20)} }},
		{"word+region", func() news.Query { return news.Query{Words: word(50, 2000), Region: region()} }},
		{"word+region+portal", func() news.Query { return news.Query{Words: word(0, 500), Region: region(), Portal: portal()} }},
		{"folded", func() news.Query { return news.Query{Words: word(0, 500), FoldCopies: true} }},
		{"updated since", func() news.Query { return news.Query{UpdatedSince: middle, Portal: portal()} }},
	} {
		b.Run(c.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				if _, err := store.Articles(context.Background(), c.ask()); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
		})
	}
	b.Run("portals and stats", func(b *testing.B) {
		for b.Loop() {
			if _, err := store.Portals(context.Background()); err != nil {
				b.Fatal(err)
			}
			if _, err := store.Stats(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
