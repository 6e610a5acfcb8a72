package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kabar/storage/news"
)

func link(name string, minutes int) news.Link {
	l := news.Link{URL: "https://contoh.example/" + name, Portal: "contoh", Source: "listing", Found: start}
	if minutes > 0 {
		l.Published = stamp(minutes)
	}
	return l
}

// wantWaiting checks the names of the waiting links.
func (f *fixture) wantWaiting(t *testing.T, now time.Time, want string) []news.Link {
	t.Helper()
	links, err := f.WaitingLinks(t.Context(), "contoh", now, 100)
	must(t, err)
	var names []string
	for _, l := range links {
		names = append(names, strings.TrimPrefix(l.URL, "https://contoh.example/"))
	}
	if got := strings.Join(names, ","); got != want {
		t.Errorf("waiting are %q, want %q", got, want)
	}
	return links
}

var linkTests = map[string]func(*testing.T, *fixture){
	"wait in order and survive": func(t *testing.T, f *fixture) {
		full := link("d", 5)
		full.Title, full.PostID, full.NotBefore = "Judul", "wp:9", start.Add(time.Hour)
		full.Categories = []string{"Daerah", "Kabupaten Solok"}
		added, err := f.AddLinks(t.Context(), []news.Link{link("a", 0), link("b", 30), link("c", 10), full, link("a", 0), link("e", 0)})
		must(t, err)
		if len(added) != 5 {
			t.Errorf("added %d links, want 5", len(added))
		}
		f.reopen(t)
		f.wantWaiting(t, start, "c,b,a,e")
		got := f.wantWaiting(t, start.Add(time.Hour), "d,c,b,a,e")[0]
		if got.Title != "Judul" || got.PostID != "wp:9" || got.Source != "listing" || !got.Found.Equal(start) ||
			!got.NotBefore.Equal(full.NotBefore) || got.Published.RFC3339() != full.Published.RFC3339() ||
			!slices.Equal(got.Categories, full.Categories) {
			t.Errorf("link is %+v", got)
		}
		if some, err := f.WaitingLinks(t.Context(), "contoh", start, 1); err != nil || len(some) != 1 {
			t.Errorf("limit 1 gives %d links, %v", len(some), err)
		}
		if other, err := f.WaitingLinks(t.Context(), "lain", start, 9); err != nil || len(other) != 0 {
			t.Errorf("another portal has %d links, %v", len(other), err)
		}
	},
	"what was dropped for a time may come back": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		links := []news.Link{link("a", 1), link("b", 2), link("c", 3)}
		_, err := f.AddLinks(ctx, links)
		must(t, err)
		must(t, f.SettleLink(ctx, links[0], news.LinkDropped, "listing", f.now().Add(time.Hour)))
		must(t, f.SettleLink(ctx, links[1], news.LinkDropped, "listing", f.now()))
		must(t, f.SettleLink(ctx, links[2], news.LinkDropped, "listing", time.Time{}))
		known, err := f.Known(ctx, []string{links[0].URL, links[1].URL, links[2].URL})
		must(t, err)
		if !known[links[0].URL] || known[links[1].URL] || !known[links[2].URL] {
			t.Errorf("known are %v, want all but b", known)
		}
		f.wantWaiting(t, f.now(), "")
		added, err := f.AddLinks(ctx, links)
		must(t, err)
		if len(added) != 1 || added[0].URL != links[1].URL {
			t.Errorf("added again are %+v, want b", added)
		}
		f.wantWaiting(t, f.now(), "b")
	},
	"how many wait, and until when": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		check := func(want int, wantFirst time.Time) {
			t.Helper()
			n, first, err := f.Waiting(ctx, "contoh")
			if err != nil || n != want || !first.Equal(wantFirst) {
				t.Errorf("%d links wait, the first until %v (%v), want %d until %v", n, first, err, want, wantFirst)
			}
		}
		check(0, time.Time{})
		links := []news.Link{link("a", 1), link("b", 2), link("c", 3)}
		_, err := f.AddLinks(ctx, links)
		must(t, err)
		check(3, time.Time{})
		must(t, f.SettleLink(ctx, links[0], news.LinkFailed, "timeout", start.Add(2*time.Hour)))
		must(t, f.SettleLink(ctx, links[1], news.LinkFailed, "timeout", start.Add(time.Hour)))
		check(3, time.Time{})
		must(t, f.SettleLink(ctx, links[2], news.LinkDropped, "listing", time.Time{}))
		check(2, start.Add(time.Hour))
	},
	"what a wrong clock put off for years waits no more": func(t *testing.T, f *fixture) {
		late := link("a", 1)
		late.NotBefore = start.AddDate(10, 0, 0)
		_, err := f.AddLinks(t.Context(), []news.Link{late})
		must(t, err)
		f.wantWaiting(t, start, "a")
		stored := f.save(t, short("Satu", 1))[0]
		must(t, f.SaveLook(t.Context(), news.Look{ID: stored.ID, Portal: "contoh", Next: start.AddDate(10, 0, 0)}))
		if looks, err := f.Looks(t.Context(), "contoh", start, 9); err != nil || len(looks) != 1 {
			t.Errorf("looks due are %+v, %v", looks, err)
		}
	},
	"stored ones are settled": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		_, err := f.AddLinks(ctx, []news.Link{link("a", 1), link("b", 2), link("c", 3)})
		must(t, err)
		a := short("A", 1)
		a.URL, a.Aliases = link("a", 0).URL, []string{link("b", 0).URL}
		f.save(t, a)
		f.wantWaiting(t, start, "c")
		must(t, f.SettleLink(ctx, link("a", 1), news.LinkStored, "", time.Time{}))
		added, err := f.AddLinks(ctx, []news.Link{link("a", 1), link("b", 2)})
		must(t, err)
		f.wantWaiting(t, start, "c")
		if len(added) != 0 {
			t.Errorf("stored addresses were queued: %+v", added)
		}
	},
	"dropped and failed": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		links := []news.Link{link("a", 1), link("b", 2), link("c", 3)}
		_, err := f.AddLinks(ctx, links)
		must(t, err)
		must(t, f.SettleLink(ctx, links[0], news.LinkDropped, "listing", time.Time{}))
		must(t, f.SettleLink(ctx, links[1], news.LinkFailed, "timeout", start.Add(time.Hour)))
		must(t, f.SettleLink(ctx, link("unseen", 0), news.LinkDropped, "not an article", time.Time{}))
		f.reopen(t)
		f.wantWaiting(t, start, "c")
		waiting := f.wantWaiting(t, start.Add(time.Hour), "b,c")
		if waiting[0].Tries != 1 {
			t.Errorf("tries %d, want 1", waiting[0].Tries)
		}
		added, err := f.AddLinks(ctx, append(links, link("unseen", 0)))
		must(t, err)
		if len(added) != 0 {
			t.Errorf("settled or waiting links were queued: %+v", added)
		}
	},
	"known": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		_, err := f.AddLinks(ctx, []news.Link{link("a", 1), link("b", 2)})
		must(t, err)
		must(t, f.SettleLink(ctx, link("b", 2), news.LinkDropped, "listing", time.Time{}))
		f.save(t, short("C", 1))
		known, err := f.Known(ctx, []string{link("a", 0).URL, link("b", 0).URL, short("C", 1).URL, link("d", 0).URL, `it's "odd"`})
		must(t, err)
		if len(known) != 3 || known[link("d", 0).URL] {
			t.Errorf("known %v", known)
		}
		if known, err := f.Known(ctx, nil); err != nil || len(known) != 0 {
			t.Errorf("known of nothing: %v, %v", known, err)
		}
	},
	"counted": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		var links []news.Link
		for i := range 5 {
			links = append(links, link(fmt.Sprint(i), 0))
		}
		_, err := f.AddLinks(ctx, links)
		must(t, err)
		must(t, f.SettleLink(ctx, links[0], news.LinkDropped, "x", time.Time{}))
		must(t, f.SettleLink(ctx, links[0], news.LinkDropped, "x", time.Time{}))
		must(t, f.SettleLink(ctx, links[1], news.LinkFailed, "x", start))
		a := short("A", 1)
		a.URL = links[2].URL
		f.save(t, a)
		stats, err := f.Stats(ctx)
		must(t, err)
		if stats.Waiting != 3 {
			t.Errorf("%d waiting, want 3", stats.Waiting)
		}
	},
}
