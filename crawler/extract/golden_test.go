package extract

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kabar/crawler/page"
	"kabar/storage/news"
)

var update = flag.Bool("update", false, "write the expected files anew")

// addresses of the saved pages; where none stands the page is an article of
// kabar.example.
var addresses = map[string]string{
	"listing": "https://kabar.example/kategori/daerah",
}

// TestPages reads whole pages of the template families that portals use and
// compares kind and body with the file beside them.
func TestPages(t *testing.T) {
	files, err := filepath.Glob("testdata/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".html")
		t.Run(name, func(t *testing.T) {
			got := describe(t, readPage(t, file), addresses[name])
			wantFile := "testdata/" + name + ".txt"
			if *update {
				if err := os.WriteFile(wantFile, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(wantFile)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

// describe is kind and body of a page, a line a block.
func describe(t *testing.T, raw []byte, address string) string {
	t.Helper()
	if address == "" {
		address = "https://kabar.example/2026/01/berita-dari-nagari-kita.html"
	}
	p, err := page.FromBytes(address, raw, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Extract(p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "kind: %s\norigin: %s\n\n", got.Kind, got.BodyOrigin)
	if got.Kind != KindArticle {
		return out.String()
	}
	for _, b := range got.Body {
		text := strings.ReplaceAll(b.Plain(), "\n", "\n\t")
		if b.Kind == news.Picture {
			text = b.Image.Src + " | " + text
		}
		fmt.Fprintf(&out, "%s\t%s\n", b.Kind, text)
	}
	return out.String()
}
