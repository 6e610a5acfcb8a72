package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kabar/storage/news"

	"github.com/mmcdole/gofeed"
)

// steps are what portals do to an article after it was published.
var steps = []struct {
	name string
	do   func(a *news.Article)
	text bool // the text changes, so updated has to move
}{
	{"text", func(a *news.Article) { a.Body[0].Text += " Ditambah satu kalimat." }, true},
	{"slug", func(a *news.Article) { a.URL = "http://solok.example/berita/judul-baru.html" }, false},
	{"host", func(a *news.Article) { a.URL = "http://www.solok.example/berita/judul-baru.html" }, false},
	{"https", func(a *news.Article) { a.URL = "https://www.solok.example/berita/judul-baru.html" }, false},
	{"title and text", func(a *news.Article) { a.Title = "Judul lain"; a.Body[1].Text = "Semuanya lain." }, true},
}

// seen is an item as a reader keeps it; updated is empty where the reader does
// not tell.
type seen struct{ ID, Published, Updated string }

// TestReadersSeeEditsOnce subscribes readers to all formats and lets a portal
// change an article: no reader may get a second item, the time of publication
// must stay, and the time of the update must move with the text only.
//
// gofeed is always there. With KABAR_READERS=1 the programs newsboat and sfeed,
// and Python's feedparser, are asked too, and must be there.
func TestReadersSeeEditsOnce(t *testing.T) {
	now := start.Add(time.Hour)
	store := storeWithClock(t, &now)
	a := story("solok.example", 1)
	a.URL, a.PostID = "http://solok.example/berita/1.html", "wp:1"
	save(t, store, a, story("solok.example", 2), story("solok.example", 3))
	server := serve(t, store, nil)
	readers := map[string]func(t *testing.T, address, dir string) []seen{"gofeed": readGofeed}
	if os.Getenv("KABAR_READERS") != "" {
		readers["newsboat"], readers["sfeed"], readers["feedparser"] = readNewsboat, readSfeed, readFeedparser
	}
	type subscription struct{ reader, address, dir string }
	before := make(map[subscription][]seen)
	for name := range readers {
		for _, format := range []string{"rss", "atom", "json"} {
			if format == "json" && name != "gofeed" {
				continue // they do not read it
			}
			s := subscription{name, server.URL + "/feeds/portal/solok.example." + format, t.TempDir()}
			before[s] = readers[name](t, s.address, s.dir)
			if len(before[s]) != 3 {
				t.Fatalf("%s of %s has %d items", name, format, len(before[s]))
			}
		}
	}
	for _, step := range steps {
		a.Body = slices.Clone(a.Body)
		step.do(&a)
		now = now.Add(time.Hour)
		save(t, store, a)
		for s, old := range before {
			items := readers[s.reader](t, s.address, s.dir)
			where := fmt.Sprintf("%s, %s, after a change of %s", s.reader, filepath.Ext(s.address), step.name)
			if len(items) != len(old) {
				t.Fatalf("%s: %d items, want %d", where, len(items), len(old))
			}
			for i := range items {
				if items[i].ID != old[i].ID || items[i].Published != old[i].Published {
					t.Errorf("%s: item %d was %+v, is %+v", where, i, old[i], items[i])
				}
				moved := items[i].Updated != old[i].Updated
				if items[i].Updated != "" && moved != (i == 0 && step.text) {
					t.Errorf("%s: item %d was updated %s, is %s", where, i, old[i].Updated, items[i].Updated)
				}
			}
			before[s] = items
		}
	}
}

func readGofeed(t *testing.T, address, _ string) []seen {
	parsed, err := gofeed.NewParser().Parse(bytes.NewReader(get(t, address).body))
	if err != nil {
		t.Fatal(err)
	}
	var list []seen
	for _, it := range parsed.Items {
		list = append(list, seen{it.GUID, it.Published, it.Updated})
	}
	return list
}

// readNewsboat reloads a subscription that lives in a folder and exports what
// it has: old items and new ones.
func readNewsboat(t *testing.T, address, dir string) []seen {
	t.Helper()
	at := func(name string) string { return filepath.Join(dir, name) }
	for name, text := range map[string]string{"urls": address + "\n", "config": "cleanup-on-quit no\n"} {
		if err := os.WriteFile(at(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run(t, nil, "newsboat", "-C", at("config"), "-u", at("urls"), "-c", at("cache.db"), "-x", "reload")
	rows := run(t, nil, "python3", "-c", `import json, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT guid, pubDate FROM rss_item ORDER BY pubDate DESC, guid")
print(json.dumps([{"ID": r[0], "Published": str(r[1])} for r in rows]))`, at("cache.db"))
	return decodeSeen(t, rows)
}

func readFeedparser(t *testing.T, address, _ string) []seen {
	t.Helper()
	return decodeSeen(t, run(t, get(t, address).body, "python3", "-c", `import feedparser, json, sys
print(json.dumps([{"ID": e.id, "Published": e.published, "Updated": e.get("updated", "")}
	for e in feedparser.parse(sys.stdin.buffer.read()).entries]))`))
}

// readSfeed keeps, like sfeed_update, the lines of before beside those of now.
func readSfeed(t *testing.T, address, dir string) []seen {
	t.Helper()
	path := filepath.Join(dir, "ids")
	kept, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(kept)), "\n")
	for line := range strings.Lines(string(run(t, get(t, address).body, "sfeed", address))) {
		// Timestamp, title, link, content, its type, id, author, enclosure, category.
		if fields := strings.Split(line, "\t"); len(fields) > 5 {
			if key := fields[5] + "\t" + fields[0]; !slices.Contains(lines, key) {
				lines = append(lines, key)
			}
		}
	}
	var list []seen
	for _, line := range lines {
		if id, published, ok := strings.Cut(line, "\t"); ok {
			list = append(list, seen{ID: id, Published: published})
		}
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return list
}

func decodeSeen(t *testing.T, data []byte) (list []seen) {
	t.Helper()
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return list
}

func run(t *testing.T, input []byte, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Stdin = bytes.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}
