package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kabar/storage/news"
)

func portal(id string) news.Portal {
	return news.Portal{ID: id, Name: "Kabar " + id, Home: "https://" + id + ".example/",
		Regions: []string{"13.02", "13"}, Clock: "WIB", Republish: "summary"}
}

var portalTests = map[string]func(*testing.T, *fixture){
	"removed ones keep their articles": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		must(t, f.SetPortals(ctx, []news.Portal{portal("satu"), portal("contoh")}))
		f.save(t, short("A", 1))
		f.later(time.Hour)
		renamed := portal("satu")
		renamed.Name, renamed.Regions = "Lain", nil
		must(t, f.SetPortals(ctx, []news.Portal{renamed}))
		f.reopen(t)
		got, err := f.Portals(ctx)
		must(t, err)
		gone := portal("contoh")
		gone.Removed, gone.State.Articles = f.time.UTC(), 1
		if diff := cmp.Diff([]news.Portal{gone, renamed}, got); diff != "" {
			t.Errorf("portals differ (-want +got):\n%s", diff)
		}
		f.wantTitles(t, news.Query{Portal: "contoh"}, "A")
		must(t, f.SetPortals(ctx, []news.Portal{portal("contoh")}))
		if p, err := f.Portal(ctx, "contoh"); err != nil || !p.Removed.IsZero() {
			t.Errorf("portal put back: %+v, %v", p, err)
		}
	},
	"visits leave a state": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		must(t, f.SetPortals(ctx, []news.Portal{portal("contoh"), portal("lain")}))
		good := news.Visit{Portal: "contoh", Started: start.UTC(), Ended: start.Add(time.Minute).UTC(), Pages: 9, Links: 7, New: 3,
			Revised: 1, Same: 2, Failed: 1, Dropped: map[string]int{"listing": 2}, Source: "feed",
			SourceURL: "https://contoh.example/feed/", NextDue: start.Add(time.Hour).UTC()}
		bad := news.Visit{Portal: "contoh", Started: start.Add(time.Hour).UTC(), Ended: start.Add(61 * time.Minute).UTC(),
			Problem: "the server does not answer", NextDue: start.Add(3 * time.Hour).UTC()}
		for _, v := range []news.Visit{good, bad, bad} {
			must(t, f.SaveVisit(ctx, v))
		}
		must(t, f.SetPortals(ctx, []news.Portal{portal("contoh"), portal("lain")}))
		f.reopen(t)
		p, err := f.Portal(ctx, "contoh")
		must(t, err)
		want := news.PortalState{LastVisit: bad.Ended, LastSuccess: good.Ended, LastNew: good.Ended, NextDue: bad.NextDue,
			Failures: 2, Problem: bad.Problem, Source: "feed", SourceURL: good.SourceURL}
		if diff := cmp.Diff(want, p.State); diff != "" {
			t.Errorf("state differs (-want +got):\n%s", diff)
		}
		visits, err := f.Visits(ctx, "contoh", 10)
		must(t, err)
		if diff := cmp.Diff([]news.Visit{bad, bad, good}, visits); diff != "" {
			t.Errorf("visits differ (-want +got):\n%s", diff)
		}
		must(t, f.SaveVisit(ctx, news.Visit{Portal: "lain", Ended: start.UTC()}))
		if all, err := f.Visits(ctx, "", 2); err != nil || len(all) != 2 || all[0].Portal != "lain" {
			t.Errorf("visits of all: %+v, %v", all, err)
		}
		must(t, f.SaveVisit(ctx, good))
		if p, err = f.Portal(ctx, "contoh"); err != nil || p.State.Failures != 0 || p.State.Problem != "" {
			t.Errorf("after a good visit: %+v, %v", p.State, err)
		}
	},
	"articles are counted": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		must(t, f.SetPortals(ctx, []news.Portal{portal("contoh"), portal("lain")}))
		held := short("C", 1)
		held.Quarantine = "spam"
		stored := f.save(t, short("A", 3), short("B", 2), held)
		count := func(want int) {
			t.Helper()
			if p, err := f.Portal(ctx, "contoh"); err != nil || p.State.Articles != want {
				t.Errorf("%d articles, want %d; %v", p.State.Articles, want, err)
			}
		}
		count(2)
		must(t, f.Release(ctx, stored[2].ID))
		count(3)
		a := short("A", 3)
		a.Quarantine = "spam"
		f.changes(t, a, a)
		count(2)
		a.Title = "A2"
		f.changes(t, a)
		stats, err := f.Stats(ctx)
		must(t, err)
		if stats.Articles != 3 || stats.Versions != 4 || stats.Portals != 2 || stats.Bytes <= 0 {
			t.Errorf("stats %+v", stats)
		}
	},
	"forgotten ones": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		must(t, f.SetPortals(ctx, []news.Portal{portal("contoh"), portal("lain")}))
		other := short("Lain", 5)
		other.Portal = "lain"
		a := short("A", 3)
		f.save(t, a, short("B", 2), other)
		a.Title = "A2"
		f.changes(t, a)
		_, err := f.AddLinks(ctx, []news.Link{link("x", 0)})
		must(t, err)
		must(t, f.SaveTemplate(ctx, "contoh", []byte("learned")))
		must(t, f.KeepPage(ctx, news.RawPage{Portal: "contoh", URL: a.URL, Body: []byte("<p>")}))
		must(t, f.RemovePortal(ctx, "contoh", false))
		f.wantWaiting(t, start, "")
		f.wantTitles(t, news.Query{}, "B,A2,Lain")
		if at, err := f.LastForgotten(ctx); err != nil || !at.IsZero() {
			t.Errorf("something was forgotten at %v, %v", at, err)
		}
		must(t, f.RemovePortal(ctx, "contoh", true))
		if at, err := f.LastForgotten(ctx); err != nil || !at.Equal(f.time) {
			t.Errorf("last forgotten at %v, %v, want %v", at, err, f.time)
		}
		f.wantTitles(t, news.Query{All: true}, "Lain")
		f.wantTitles(t, news.Query{Words: "berita"}, "Lain")
		stats, err := f.Stats(ctx)
		must(t, err)
		if stats.Articles != 1 || stats.Versions != 1 || stats.Portals != 1 || stats.Waiting != 0 || stats.RawPages != 0 {
			t.Errorf("stats %+v", stats)
		}
		log, err := f.Changes(ctx, 4, 10)
		must(t, err)
		wantKinds(t, log, news.Forgotten, news.Forgotten)
		if found, err := f.Check(ctx); err != nil || len(found) > 0 {
			t.Errorf("Check: %v, %v", found, err)
		}
	},
	"templates": func(t *testing.T, f *fixture) {
		for _, data := range []string{"first", "second", ""} {
			must(t, f.SaveTemplate(t.Context(), "contoh", []byte(data)))
			if got, err := f.Template(t.Context(), "contoh"); err != nil || string(got) != data {
				t.Errorf("template %q, %v, want %q", got, err, data)
			}
		}
	},
}
