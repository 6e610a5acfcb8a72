package sqlite_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kabar/storage/news"
	"kabar/storage/region"
	"kabar/storage/specimen"
	"kabar/storage/sqlite"
)

func openForBench(b *testing.B, path string) *sqlite.Store {
	b.Helper()
	store, err := sqlite.Open(context.Background(), path, sqlite.AsWriter())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	return store
}

// room makes up the articles of these benchmarks.
func room(total int) *specimen.Newsroom {
	return specimen.New(1, total, time.Date(2026, 1, 20, 1, 0, 0, 0, time.UTC))
}

// BenchmarkSave stores made-up articles with their search index.
func BenchmarkSave(b *testing.B) {
	for _, size := range []int{1, 20, 200} {
		b.Run(fmt.Sprintf("batch=%d", size), func(b *testing.B) {
			store := openForBench(b, filepath.Join(b.TempDir(), "kabar.db"))
			made, next := room(1_000_000), 0
			batch := make([]news.Article, size)
			for b.Loop() {
				b.StopTimer()
				for i := range batch {
					batch[i] = made.Article(next)
					next++
				}
				b.StartTimer()
				if _, err := store.Save(context.Background(), batch...); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(next)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}

// forQueries opens the store that KABAR_BENCH_DB names, as "kabar demo
// --articles N --db FILE" makes it, or fills a new one with 10,000 articles.
func forQueries(b *testing.B) *sqlite.Store {
	b.Helper()
	if path := os.Getenv("KABAR_BENCH_DB"); path != "" {
		return openForBench(b, path)
	}
	const total = 10_000
	store, made := openForBench(b, filepath.Join(b.TempDir(), "kabar.db")), room(total)
	for n := 0; n < total; {
		batch := make([]news.Article, 250)
		for i := range batch {
			batch[i] = made.Article(n)
			n++
		}
		if _, err := store.Save(b.Context(), batch...); err != nil {
			b.Fatal(err)
		}
	}
	return store
}

// asker makes up questions.
type asker struct{ *rand.Rand }

// word is one of a range of ranks: below 50 it is in nearly every article,
// from 20,000 on in few.
func (a asker) word(from, to uint64) string { return specimen.Word(from + a.Uint64N(to-from)) }

func (a asker) phrase(from, to uint64) string {
	return `"` + a.word(from, to) + " " + a.word(from, to) + `"`
}

func (a asker) portal() string { return specimen.PortalID(int(math.Pow(a.Float64(), 3) * 1000)) }

func (a asker) region() string {
	provinces := region.Provinces()
	regencies := region.Regencies(provinces[a.IntN(len(provinces))].Code)
	return regencies[a.IntN(len(regencies))].Code
}

func (a asker) day() time.Time {
	return time.Date(2018, 6, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, a.IntN(2700))
}

// questions are of the kinds that feeds and pages ask.
var questions = []struct {
	name string
	ask  func(a asker) news.Query
}{
	{"latest", func(asker) news.Query { return news.Query{} }},
	{"portal", func(a asker) news.Query { return news.Query{Portal: a.portal()} }},
	{"region", func(a asker) news.Query { return news.Query{Region: a.region()} }},
	{"province", func(a asker) news.Query { return news.Query{Region: a.region()[:2]} }},
	{"portal+region", func(a asker) news.Query { return news.Query{Portal: a.portal(), Region: a.region()} }},
	{"portal+category", func(a asker) news.Query { return news.Query{Portal: a.portal(), Category: "Hukum"} }},
	{"since", func(a asker) news.Query { return news.Query{Since: a.day()} }},
	{"word since", func(a asker) news.Query { return news.Query{Words: a.word(0, 5000), Since: a.day()} }},
	{"month of portal", func(a asker) news.Query {
		day := a.day()
		return news.Query{Since: day, Until: day.AddDate(0, 1, 0), Portal: a.portal()}
	}},
	{"frequent word", func(a asker) news.Query { return news.Query{Words: a.word(0, 50)} }},
	{"middling word", func(a asker) news.Query { return news.Query{Words: a.word(50, 5000)} }},
	{"rare word", func(a asker) news.Query { return news.Query{Words: a.word(20_000, 250_000)} }},
	{"no hit", func(asker) news.Query { return news.Query{Words: "xyzzyq"} }},
	{"no hit among frequent", func(a asker) news.Query { return news.Query{Words: a.word(0, 50) + " xyzzyq " + a.word(0, 50)} }},
	{"two frequent", func(a asker) news.Query { return news.Query{Words: a.word(0, 50) + " AND " + a.word(0, 50)} }},
	{"frequent+rare", func(a asker) news.Query { return news.Query{Words: a.word(0, 50) + " " + a.word(20_000, 250_000)} }},
	{"two middling", func(a asker) news.Query { return news.Query{Words: a.word(500, 5000) + " " + a.word(500, 5000)} }},
	{"three middling", func(a asker) news.Query {
		return news.Query{Words: a.word(100, 1000) + " " + a.word(100, 1000) + " " + a.word(100, 1000)}
	}},
	{"frequent phrase", func(a asker) news.Query { return news.Query{Words: a.phrase(0, 20)} }},
	{"middling phrase", func(a asker) news.Query { return news.Query{Words: a.phrase(50, 500)} }},
	{"rare phrase", func(a asker) news.Query { return news.Query{Words: a.phrase(500, 5000)} }},
	{"phrase of three frequent", func(a asker) news.Query {
		return news.Query{Words: `"` + a.word(0, 50) + " " + a.word(0, 50) + " " + a.word(0, 50) + `"`}
	}},
	{"or", func(a asker) news.Query { return news.Query{Words: a.word(0, 500) + " OR " + a.word(500, 5000)} }},
	{"or of rare", func(a asker) news.Query {
		return news.Query{Words: a.word(5000, 50_000) + " OR " + a.word(5000, 50_000) + " OR " + a.word(5000, 50_000)}
	}},
	{"not", func(a asker) news.Query { return news.Query{Words: a.word(500, 5000) + " NOT " + a.word(0, 20)} }},
	{"frequent not frequent", func(a asker) news.Query { return news.Query{Words: a.word(20, 60) + " NOT " + a.word(0, 6)} }},
	{"word+region", func(a asker) news.Query { return news.Query{Words: a.word(50, 2000), Region: a.region()} }},
	{"frequent+region", func(a asker) news.Query { return news.Query{Words: a.word(0, 50), Region: a.region()} }},
	{"word+province", func(a asker) news.Query { return news.Query{Words: a.word(50, 2000), Region: a.region()[:2]} }},
	{"word+region+portal", func(a asker) news.Query {
		return news.Query{Words: a.word(0, 500), Region: a.region(), Portal: a.portal()}
	}},
	{"phrase+region", func(a asker) news.Query { return news.Query{Words: a.phrase(50, 500), Region: a.region()} }},
	{"folded", func(a asker) news.Query { return news.Query{Words: a.word(0, 500), FoldCopies: true} }},
	{"updated since", func(a asker) news.Query { return news.Query{UpdatedSince: a.day(), Portal: a.portal()} }},
}

// BenchmarkQuery asks a store of made-up articles and reports the slowness of
// the fastest half and of all but one in twenty.
func BenchmarkQuery(b *testing.B) {
	store := forQueries(b)
	for _, c := range questions {
		a := asker{rand.New(rand.NewPCG(9, 9))}
		b.Run(c.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				q := c.ask(a)
				q.WithGone = true
				began := time.Now()
				if _, err := store.Articles(b.Context(), q); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			report(b, took)
		})
	}
	b.Run("portals and stats", func(b *testing.B) {
		for b.Loop() {
			if _, err := store.Portals(b.Context()); err != nil {
				b.Fatal(err)
			}
			if _, err := store.Stats(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkFirstQuery opens the store anew for every question, as a program
// that was just started does.
func BenchmarkFirstQuery(b *testing.B) {
	path := os.Getenv("KABAR_BENCH_DB")
	if path == "" {
		b.Fatal("name a store with KABAR_BENCH_DB")
	}
	a := asker{rand.New(rand.NewPCG(10, 10))}
	var took []time.Duration
	for b.Loop() {
		store := openForBench(b, path)
		q := questions[len(took)%len(questions)].ask(a)
		began := time.Now()
		if _, err := store.Articles(b.Context(), q); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
	}
	report(b, took)
}

func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
}
