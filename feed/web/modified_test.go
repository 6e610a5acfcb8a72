package web

import (
	"net/http"
	"testing"
	"time"

	"kabar/storage"
	"kabar/storage/news"
)

// TestLastModifiedMovesWhenArticlesLeave asks with the date of an answer that
// still had the article: that must not give 304.
func TestLastModifiedMovesWhenArticlesLeave(t *testing.T) {
	const path = "/feeds/region/13.02.atom"
	for name, c := range map[string]struct {
		leave    func(t *testing.T, store storage.Store, a news.Article)
		restarts bool // the store alone remembers it
	}{
		"held back": {func(t *testing.T, store storage.Store, a news.Article) {
			a.Quarantine = "the visible text praises gambling"
			save(t, store, a)
		}, true},
		"removed with its portal": {func(t *testing.T, store storage.Store, a news.Article) {
			if err := store.RemovePortal(t.Context(), a.Portal, true); err != nil {
				t.Fatal(err)
			}
		}, true},
		"about another region after all": {func(t *testing.T, store storage.Store, a news.Article) {
			a.Regions = []news.RegionTag{{Code: "71.02", Reason: "typed", Primary: true}}
			save(t, store, a)
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			now := start.Add(time.Hour)
			store := storeWithClock(t, &now)
			stays, leaves := story("solok.example", 1), story("padang.example", 2)
			save(t, store, stays, leaves)
			server := serve(t, store, nil)
			before := get(t, server.URL+path)
			modified := before.Header.Get("Last-Modified")
			if n := len(parseFeed(t, before).Items); n != 2 {
				t.Fatalf("%d articles at first", n)
			}
			if a := get(t, server.URL+path, "If-Modified-Since", modified); a.StatusCode != http.StatusNotModified {
				t.Fatalf("%d while nothing has changed", a.StatusCode)
			}
			now = now.Add(time.Hour)
			c.leave(t, store, leaves)
			urls := []string{server.URL}
			if c.restarts {
				urls = append(urls, serve(t, store, nil).URL)
			}
			for i, url := range urls {
				a := get(t, url+path, "If-Modified-Since", modified)
				if n := len(parseFeed(t, a).Items); n != 1 {
					t.Errorf("server %d: %d articles, want 1", i, n)
				}
				if again := get(t, url+path, "If-Modified-Since", a.Header.Get("Last-Modified")); again.StatusCode != http.StatusNotModified {
					t.Errorf("server %d: %d for its own date %s", i, again.StatusCode, a.Header.Get("Last-Modified"))
				}
			}
		})
	}
}

// TestLastModifiedIgnoresWhatNobodySaw holds an article back before it ever
// stood in a feed: the feed's date stays.
func TestLastModifiedIgnoresWhatNobodySaw(t *testing.T) {
	now := start.Add(time.Hour)
	store := storeWithClock(t, &now)
	save(t, store, story("solok.example", 1))
	server := serve(t, store, nil)
	before := get(t, server.URL+"/feeds/all.rss").Header.Get("Last-Modified")
	now = now.Add(time.Hour)
	bad := story("padang.example", 2)
	bad.FirstSeen, bad.LastSeen, bad.Quarantine = now, now, "the visible text praises gambling"
	save(t, store, bad)
	if after := get(t, server.URL+"/feeds/all.rss").Header.Get("Last-Modified"); after != before {
		t.Errorf("Last-Modified went from %s to %s", before, after)
	}
}
