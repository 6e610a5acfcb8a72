package storetest

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kabar/storage/news"
)

var upkeepTests = map[string]func(*testing.T, *fixture){
	"pages are kept, oldest first": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		var want []news.RawPage
		for i := range 40 {
			page := news.RawPage{Portal: "contoh", URL: fmt.Sprintf("https://contoh.example/%d", i), Type: "text/html",
				Body: []byte(fmt.Sprintf("<p>halaman %d</p>", i)), Fetched: start.Add(time.Duration(i/3) * time.Minute).UTC(),
				Link: link(fmt.Sprint(i), i)}
			must(t, f.KeepPage(ctx, page))
			want = append(want, page)
		}
		must(t, f.KeepPage(ctx, news.RawPage{Portal: "lain", URL: "https://lain.example/", Fetched: start}))
		newer := want[4]
		newer.Body, newer.Fetched = []byte("<p>baru</p>"), start.Add(time.Hour).UTC()
		must(t, f.KeepPage(ctx, newer))
		want = append(append(want[:4:4], want[5:]...), newer)
		f.reopen(t)
		var got []news.RawPage
		must(t, f.EachPage(ctx, "contoh", func(p news.RawPage) error {
			got = append(got, p)
			return f.SaveTemplate(ctx, "contoh", p.Body) // writing meanwhile is allowed
		}))
		if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); diff != "" {
			t.Errorf("pages differ (-want +got):\n%s", diff)
		}
		kept, err := f.Page(ctx, newer.URL)
		must(t, err)
		if string(kept.Body) != "<p>baru</p>" || kept.Link.URL != newer.Link.URL {
			t.Errorf("kept page is %+v", kept)
		}
		if _, err := f.Page(ctx, "https://contoh.example/never"); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("a page that was never kept: %v", err)
		}
		enough := errors.New("enough")
		n := 0
		err = f.EachPage(ctx, "contoh", func(news.RawPage) error { n++; return enough })
		if !errors.Is(err, enough) || n != 1 {
			t.Errorf("EachPage went on for %d pages: %v", n, err)
		}
	},
	"prune forgets old visits": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		must(t, f.SetPortals(ctx, []news.Portal{portal("contoh")}))
		for _, days := range []int{-90, -40, -20, 0} {
			must(t, f.SaveVisit(ctx, news.Visit{Portal: "contoh", Started: start.AddDate(0, 0, days), Ended: start.AddDate(0, 0, days)}))
		}
		must(t, f.Prune(ctx, start.Add(-24*time.Hour))) // visits stay a month at least
		visits, err := f.Visits(ctx, "contoh", 10)
		if err != nil || len(visits) != 2 || !visits[1].Ended.Equal(start.AddDate(0, 0, -20)) {
			t.Errorf("after pruning the visits are %+v, %v, want the last two", visits, err)
		}
	},
	"prune forgets the old": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		old, young := start.Add(-48*time.Hour), start.Add(-time.Hour)
		for i, at := range []time.Time{old, young} {
			must(t, f.KeepPage(ctx, news.RawPage{Portal: "contoh", URL: fmt.Sprint("https://contoh.example/", i), Fetched: at}))
			must(t, f.SaveRobots(ctx, news.RobotsFile{Origin: fmt.Sprint("https://", i), Fetched: at}))
			must(t, f.LogRequests(ctx, []news.Request{{At: at, Host: "contoh.example"}}))
		}
		f.save(t, short("A", 60*24*30))
		must(t, f.Prune(ctx, start.Add(-24*time.Hour)))
		requests, err := f.Requests(ctx, "contoh.example", 10)
		must(t, err)
		stats, err := f.Stats(ctx)
		must(t, err)
		_, gone := f.Robots(ctx, "https://0")
		_, kept := f.Robots(ctx, "https://1")
		if len(requests) != 1 || stats.RawPages != 1 || !errors.Is(gone, news.ErrNotFound) || kept != nil {
			t.Errorf("%d requests, %d pages, robots %v, %v", len(requests), stats.RawPages, gone, kept)
		}
		f.wantTitles(t, news.Query{}, "A")
	},
	"backup while writing equals after restore": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.save(t, full(), short("Kedua", 5))
		must(t, f.SetPortals(ctx, []news.Portal{portal("contoh")}))
		backup := filepath.Join(t.TempDir(), "backup.db")
		done := make(chan error)
		go func() {
			var err error
			for i := range 50 {
				if _, problem := f.Save(ctx, short(fmt.Sprintf("Nomor %d", i), i)); problem != nil {
					err = problem
				}
			}
			done <- err
		}()
		must(t, f.Backup(ctx, backup))
		must(t, <-done)
		if err := f.Backup(ctx, backup); err == nil {
			t.Error("a backup replaced an older one")
		}
		copied := &fixture{opener: f.opener, path: filepath.Join(t.TempDir(), "kabar.db"), time: f.time}
		f.opener.Restore(t, backup, copied.path)
		copied.Store = f.opener.Open(t, copied.path, copied.now)
		got, err := copied.Articles(ctx, news.Query{Limit: 100})
		must(t, err)
		if len(got) < 2 {
			t.Errorf("the copy has %d articles", len(got))
		}
		for _, a := range got {
			if diff := cmp.Diff(f.article(t, a.ID), a); diff != "" {
				t.Errorf("differs (-origin +copy):\n%s", diff)
			}
		}
		last, err := copied.LastChange(ctx)
		must(t, err)
		if last != int64(len(got)) {
			t.Errorf("the copy has %d changes and %d articles", last, len(got))
		}
		copied.wantTitles(t, news.Query{Words: "gabah"}, full().Title)
		if found, err := copied.Check(ctx); err != nil || len(found) > 0 {
			t.Errorf("Check of the copy: %v, %v", found, err)
		}
	},
	"a sound store has nothing to complain about": func(t *testing.T, f *fixture) {
		if found, err := f.Check(t.Context()); err != nil || len(found) > 0 {
			t.Errorf("Check: %v, %v", found, err)
		}
	},
}
