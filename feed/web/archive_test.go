package web

import (
	"bytes"
	"strings"
	"testing"

	"kabar/storage/news"
)

// TestArchiveStaysAsWritten edits an article of a past month and finds older
// ones late: the document of that month does not move, and the month of the
// finding has both.
func TestArchiveStaysAsWritten(t *testing.T) {
	store := newStore(t)
	monthAgo := func(n int) news.Article {
		a := story("solok.example", n)
		a.FirstSeen = a.FirstSeen.AddDate(0, -1, 0)
		a.LastSeen, a.Published.Time = a.FirstSeen, a.Published.Time.AddDate(0, -1, 0)
		return a
	}
	save(t, store, monthAgo(0), monthAgo(1), monthAgo(2), story("solok.example", 100))
	server := serve(t, store, nil)
	paths := []string{"/feeds/archive/2025-12/all.atom", "/feeds/archive/2025-12/region/13.rss", "/feeds/archive/2025-12/portal/solok.example.json"}
	before := make(map[string]answer)
	for _, path := range paths {
		before[path] = get(t, server.URL+path)
		if n := len(parseFeed(t, before[path]).Items); n != 3 {
			t.Fatalf("%s holds %d articles, want 3", path, n)
		}
	}

	edited := monthAgo(1)
	edited.Title += " (diperbarui)"
	late := monthAgo(5)
	late.FirstSeen = start.UTC()
	save(t, store, edited, late, story("solok.example", 3))
	second := serve(t, store, nil) // as after a restart
	for _, path := range paths {
		for _, url := range []string{server.URL, second.URL} {
			after := get(t, url+path)
			same := bytes.Equal(bytes.ReplaceAll(after.body, []byte(url), []byte(server.URL)), before[path].body)
			if !same || after.Header.Get("Last-Modified") != before[path].Header.Get("Last-Modified") {
				t.Errorf("%s has changed:\n%s", path, after.body)
			}
		}
	}
	titles := make(map[string]bool)
	for _, month := range []string{"2026-01", monthOf(save(t, store, story("solok.example", 3))[0].At)} {
		for _, it := range parseFeed(t, get(t, server.URL+"/feeds/archive/"+month+"/all.atom")).Items {
			titles[it.Title] = true
		}
	}
	if !titles[edited.Title] || !titles[late.Title] {
		t.Errorf("the later months hold %v, want the edit and the late find", titles)
	}
}

// TestArchiveKeepsWithdrawnWithNote holds that what was taken away is not
// published for ever by its archive.
func TestArchiveKeepsWithdrawnWithNote(t *testing.T) {
	store := newStore(t)
	id := save(t, store, story("solok.example", 0))[0].ID
	server := serve(t, store, nil)
	const path = "/feeds/archive/2026-01/all.atom"
	get(t, server.URL+path)
	if err := store.MarkGone(t.Context(), id, start); err != nil {
		t.Fatal(err)
	}
	items := parseFeed(t, get(t, server.URL+path)).Items
	if len(items) != 1 || !strings.Contains(items[0].Content, "ditarik") || strings.Contains(items[0].Content, "meluap") {
		t.Errorf("the archive shows %+v", items)
	}
}
