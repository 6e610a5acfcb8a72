package discover

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"kabar/crawler/page"
	"kabar/crawler/portal"
)

var update = flag.Bool("update", false, "renew the expected parts of testdata")

var noon = time.Date(2026, 1, 20, 5, 0, 0, 0, time.UTC)

func newPage(t testing.TB, address, body string) *page.Page {
	t.Helper()
	p, err := page.FromBytes(address, []byte(body), noon)
	if err != nil {
		t.Fatalf("page %s: %v", address, err)
	}
	return p
}

// TestListing reads each saved page and compares what was found with the part
// "want" of its file.
func TestListing(t *testing.T) {
	files, err := filepath.Glob("testdata/listing/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			address := strings.TrimSpace(part(archive, "address"))
			home := strings.TrimSpace(part(archive, "home"))
			if home == "" {
				home = address
			}
			list, err := ReadListing(newPage(t, address, part(archive, "page.html")), portal.Definition{Home: home}, nil)
			if err != nil {
				t.Fatal(err)
			}
			got := describe(list)
			if *update {
				setPart(archive, "want", got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(part(archive, "want"), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

func part(archive *txtar.Archive, name string) string {
	for _, f := range archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func setPart(archive *txtar.Archive, name, text string) {
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == name })
	archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(text)})
}

// describe writes a listing as lines that a person can check.
func describe(l Listing) string {
	var b strings.Builder
	for _, i := range l.Items {
		fmt.Fprintf(&b, "%s\n  %s\n", i.URL, i.Title)
		if i.DateText != "" || !i.Published.IsZero() {
			fmt.Fprintf(&b, "  %s %s\n", i.DateText, i.Published.Text())
		}
		if i.Key != i.URL {
			fmt.Fprintf(&b, "  key %s\n", i.Key)
		}
	}
	fmt.Fprintf(&b, "listing %v, scripted %v\nolder %s\n", l.IsListing, l.Scripted, l.Older)
	for _, s := range l.Sections {
		fmt.Fprintf(&b, "section %s\n", s)
	}
	for _, reason := range slices.Sorted(mapKeys(l.Refused)) {
		fmt.Fprintf(&b, "refused %s: %d\n", reason, l.Refused[reason])
	}
	return b.String()
}

func mapKeys(m map[string]int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}
