package extract

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"kabar/crawler/page"
)

// benchPages are the HTML files (plain or gzip) of the folder that KABAR_BENCH
// names, else one page of our own.
func benchPages(b *testing.B) [][]byte {
	dir := os.Getenv("KABAR_BENCH")
	if dir == "" {
		return [][]byte{readPage(b, "testdata/wordpress.html")}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.html*"))
	if err != nil || len(files) == 0 {
		b.Fatalf("no pages in %s: %v", dir, err)
	}
	var pages [][]byte
	for _, file := range files {
		pages = append(pages, readPage(b, file))
	}
	return pages
}

func readPage(tb testing.TB, file string) []byte {
	tb.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	if !strings.HasSuffix(file, ".gz") {
		return raw
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		tb.Fatal(err)
	}
	if raw, err = io.ReadAll(z); err != nil {
		tb.Fatal(err)
	}
	return raw
}

// BenchmarkParse is the bare parser on the same pages, to compare with.
func BenchmarkParse(b *testing.B) {
	pages := benchPages(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		_, _ = html.Parse(bytes.NewReader(pages[i%len(pages)]))
	}
}

// BenchmarkExtract reads a page a round, decoding and parsing included.
func BenchmarkExtract(b *testing.B) {
	pages := benchPages(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p, err := page.FromBytes("https://kabar.example/2026/01/a.html", pages[i%len(pages)], time.Time{})
		if err != nil {
			b.Fatal(err)
		}
		_, _ = Extract(p, Options{})
	}
}
