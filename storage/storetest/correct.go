package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kabar/storage/news"
)

var correctTests = map[string]func(*testing.T, *fixture){
	"a better reading replaces the text in place": func(t *testing.T, f *fixture) {
		was := full()
		was.Title += " | Kabar Contoh"
		was.Body = append(was.Body, news.Block{Kind: news.Paragraph, Text: "Unduh aplikasi sekarang."})
		stored := f.save(t, was, short("Lain", 5))[0]
		f.later(time.Hour)
		better := stored
		better.Title, better.Body = full().Title, full().Body
		better.Byline, better.Authors, better.Place, better.Agency = "(rn)", []string{"Rani"}, "SOLOK", ""
		better.Lead, better.Categories, better.Doubts = news.Image{}, []string{"Tani"}, nil
		better.Regions = []news.RegionTag{{Code: "13.72", Reason: "typed", Primary: true}}
		better.Modified = news.Stamp{}
		change, err := f.Correct(t.Context(), better)
		must(t, err)
		wantKinds(t, []news.Change{change}, news.Amended)
		f.reopen(t)
		got := f.article(t, stored.ID)
		if diff := cmp.Diff(better, got, cmpopts.IgnoreFields(news.Article{}, "Changed")); diff != "" {
			t.Errorf("the corrected article differs (-want +got):\n%s", diff)
		}
		if got.Version != 1 || !got.Updated.Equal(start) || !got.Changed.Equal(f.time) || change.Version != 1 {
			t.Errorf("version %d, updated %v, changed %v, change %+v", got.Version, got.Updated, got.Changed, change)
		}
		versions, err := f.Versions(t.Context(), stored.ID)
		must(t, err)
		if diff := cmp.Diff([]news.Version{{Number: 1, Seen: start, Title: better.Title, Body: better.Body}}, versions); diff != "" {
			t.Errorf("versions differ (-want +got):\n%s", diff)
		}
		f.wantTitles(t, news.Query{Words: "aplikasi"}, "")
		f.wantTitles(t, news.Query{Words: "gabah"}, better.Title)
		f.wantTitles(t, news.Query{Region: "13.02"}, "")
		f.wantTitles(t, news.Query{Region: "13.72"}, better.Title)
		f.wantTitles(t, news.Query{Category: "tani"}, better.Title)
		f.wantTitles(t, news.Query{Edited: true}, "")
		f.wantTitles(t, news.Query{UpdatedSince: start.Add(time.Minute)}, "")
		if found, err := f.Check(t.Context()); err != nil || len(found) > 0 {
			t.Errorf("Check: %v, %v", found, err)
		}
	},
	"correcting twice is correcting once": func(t *testing.T, f *fixture) {
		stored := f.save(t, short("Satu", 1))[0]
		wantCorrected(t, f, stored, news.Same)
		better := stored
		better.Title = "Satu Saja"
		wantCorrected(t, f, better, news.Amended)
		f.later(time.Hour)
		wantCorrected(t, f, better, news.Same)
		log, err := f.Changes(t.Context(), 0, 10)
		must(t, err)
		wantKinds(t, log, news.Added, news.Amended)
		if got := f.article(t, stored.ID); !got.Changed.Equal(start) {
			t.Errorf("changed %v by a correction that corrected nothing", got.Changed)
		}
		again := short("Satu", 1)
		again.Title = "Satu Saja"
		wantKinds(t, f.changes(t, again), news.Same)
	},
	"what was edited meanwhile is left alone": func(t *testing.T, f *fixture) {
		a := short("Satu", 1)
		stored := f.save(t, a)[0]
		a.Title = "Satu, Diperbarui"
		f.changes(t, a)
		better := stored
		better.Title = "Satu Saja"
		if _, err := f.Correct(t.Context(), better); !errors.Is(err, news.ErrOutdated) {
			t.Errorf("correcting an edited article: %v, want %v", err, news.ErrOutdated)
		}
		f.wantTitles(t, news.Query{All: true}, a.Title)
		edited := f.article(t, stored.ID)
		edited.Title = "Satu: Diperbarui"
		f.later(time.Hour)
		wantCorrected(t, f, edited, news.Amended)
		versions, err := f.Versions(t.Context(), stored.ID)
		must(t, err)
		if len(versions) != 2 || versions[0].Title != "Satu" || versions[1].Title != edited.Title || !versions[1].Seen.Equal(start) {
			t.Errorf("versions %+v", versions)
		}
	},
	"a corrected date moves the article": func(t *testing.T, f *fixture) {
		stored := f.save(t, short("Satu", 3), short("Dua", 2))[0]
		must(t, f.SaveLook(t.Context(), news.Look{ID: stored.ID, Next: start}))
		stored.Published = stamp(1)
		wantCorrected(t, f, stored, news.Amended)
		f.wantTitles(t, news.Query{}, "Satu,Dua")
		f.wantTitles(t, news.Query{Words: "berita"}, "Satu,Dua")
		stored.Published = news.Stamp{} // it was the page's clock
		wantCorrected(t, f, stored, news.Amended)
		got := f.article(t, stored.ID)
		if _, estimated := got.Shown(); !estimated || !got.Updated.Equal(start) {
			t.Errorf("published %v, updated %v", got.Published, got.Updated)
		}
		looks, err := f.Looks(t.Context(), "contoh", start, 10)
		must(t, err)
		if len(looks) != 1 {
			t.Errorf("%d looks after the move", len(looks))
		}
	},
	"a correction changes no state": func(t *testing.T, f *fixture) {
		bad := short("Diretas", 1)
		bad.Quarantine = "defaced"
		stored := f.save(t, bad, short("Hilang", 2))
		must(t, f.MarkGone(t.Context(), stored[1].ID, start))
		must(t, f.SetCluster(t.Context(), "c1", []string{stored[1].ID}))
		for _, a := range stored {
			a.Title += " Lagi"
			a.URL, a.Aliases, a.PostID, a.Portal = "https://lain.example/", []string{"https://lain.example/a"}, "wp:9", "lain"
			a.Quarantine, a.GoneSince, a.Cluster = "", time.Time{}, ""
			a.FirstSeen, a.LastSeen, a.Updated = start.Add(time.Hour), start.Add(time.Hour), start.Add(time.Hour)
			wantCorrected(t, f, a, news.Amended)
		}
		f.wantTitles(t, news.Query{}, "")
		f.wantTitles(t, news.Query{Quarantined: true}, "Diretas Lagi")
		f.wantTitles(t, news.Query{Gone: true}, "Hilang Lagi")
		got := f.article(t, stored[1].ID)
		if got.URL != stored[1].URL || got.Portal != "contoh" || got.PostID != "" || len(got.Aliases) > 0 || got.Cluster != "c1" ||
			!got.FirstSeen.Equal(start) || !got.LastSeen.Equal(stored[1].LastSeen) || !got.Updated.Equal(start) {
			t.Errorf("got %+v", got)
		}
	},
	"what is not there cannot be corrected": func(t *testing.T, f *fixture) {
		a := short("Satu", 1)
		a.ID, a.Version = "urn:uuid:0", 1
		if _, err := f.Correct(t.Context(), a); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("Correct: %v, want %v", err, news.ErrNotFound)
		}
	},
	"a correction is clean and keeps the caller's text": func(t *testing.T, f *fixture) {
		stored := f.save(t, short("Satu", 1))[0]
		stored.Title = "Sa\x00tu\ufffe"
		stored.Body = []news.Block{{Kind: news.Paragraph, Text: "Isi\x0b."}}
		wantCorrected(t, f, stored, news.Amended)
		got := f.article(t, stored.ID)
		if got.Title != "Satu" || got.Text() != "Isi." || stored.Body[0].Text != "Isi\x0b." {
			t.Errorf("stored %q, %q; the caller has %q", got.Title, got.Text(), stored.Body[0].Text)
		}
	},
}

// wantCorrected corrects an article and checks the kind of the change.
func wantCorrected(t *testing.T, f *fixture, a news.Article, want news.ChangeKind) {
	t.Helper()
	change, err := f.Correct(t.Context(), a)
	must(t, err)
	wantKinds(t, []news.Change{change}, want)
}
