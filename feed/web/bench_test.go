package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kabar/storage"
	"kabar/storage/news"
	"kabar/storage/specimen"
)

// specimens opens the store that KABAR_BENCH_DB names, as "kabar demo
// --articles N --db FILE" makes it, or fills a new one with 10,000 articles.
func specimens(b *testing.B) storage.Store {
	b.Helper()
	if path := os.Getenv("KABAR_BENCH_DB"); path != "" {
		return openStore(b, path)
	}
	const total = 10_000
	store := openStore(b, filepath.Join(b.TempDir(), "kabar.db"))
	room := specimen.New(1, total, start)
	if err := store.SetPortals(b.Context(), room.Portals()); err != nil {
		b.Fatal(err)
	}
	for n := 0; n < total; {
		var batch []news.Article
		for range 250 {
			batch = append(batch, room.Article(n))
			n++
		}
		save(b, store, batch...)
	}
	return store
}

// BenchmarkChange is the time from the request to the first byte of its answer
// when the newest article of a feed was edited just before, so that the change
// has to be noticed and the feed made again.
func BenchmarkChange(b *testing.B) {
	store := specimens(b)
	for _, path := range []string{
		"/feeds/search.atom?portal=rekaan-0000", // always 50
		"/feeds/search.rss?portal=rekaan-0000",
		"/feeds/search.json?portal=rekaan-0000",
		"/feeds/portal/rekaan-0100.atom",
		"/feeds/region/13.atom",
		"/feeds/all.atom",
	} {
		b.Run(path, func(b *testing.B) {
			h, err := New(Options{Store: store, Fresh: 1})
			if err != nil {
				b.Fatal(err)
			}
			server := httptest.NewServer(h)
			defer server.Close()
			conn, err := net.Dial("tcp", server.Listener.Addr().String())
			if err != nil {
				b.Fatal(err)
			}
			defer conn.Close()
			asked := firstByteOf(b, conn, path)
			newest, err := store.Article(b.Context(), parseFeed(b, answer{asked.Response, asked.body}).Items[0].GUID)
			if err != nil {
				b.Fatal(err)
			}
			var took []time.Duration
			for b.Loop() {
				newest.LastSeen = time.Now()
				newest.Body = append(newest.Body[:1:1], news.Block{Kind: news.Paragraph, Text: time.Now().String()})
				save(b, store, newest)
				took = append(took, firstByteOf(b, conn, path).took)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			b.ReportMetric(float64(len(parseFeed(b, answer{asked.Response, asked.body}).Items)), "items")
		})
	}
}

// timed is an answer and the time to its first byte.
type timed struct {
	answer
	took time.Duration
}

func firstByteOf(b *testing.B, conn net.Conn, path string) timed {
	b.Helper()
	in := bufio.NewReader(conn)
	began := time.Now()
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: example.com\r\n\r\n", path); err != nil {
		b.Fatal(err)
	}
	if _, err := in.Peek(1); err != nil {
		b.Fatal(err)
	}
	took := time.Since(began)
	r, err := http.NewRequest(http.MethodGet, "http://example.com"+path, nil)
	if err != nil {
		b.Fatal(err)
	}
	res, err := http.ReadResponse(in, r)
	if err != nil {
		b.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	return timed{answer{res, body}, took}
}
