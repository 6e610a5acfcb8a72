package storetest

import (
	"testing"
	"time"

	"kabar/storage/news"
)

var stateTests = map[string]func(*testing.T, *fixture){
	"gone and back": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		a := f.save(t, short("Satu", 2), short("Dua", 1))[0]
		gone := start.Add(time.Hour)
		f.later(2 * time.Hour)
		must(t, f.MarkGone(ctx, a.ID, gone))
		must(t, f.MarkGone(ctx, a.ID, gone.Add(time.Hour)))
		if got := f.article(t, a.ID); !got.GoneSince.Equal(gone) || !got.Changed.Equal(f.time) {
			t.Errorf("gone since %v, changed %v", got.GoneSince, got.Changed)
		}
		f.wantTitles(t, news.Query{}, "Dua")
		f.wantTitles(t, news.Query{Portal: "contoh"}, "Dua")
		f.wantTitles(t, news.Query{Words: "berita"}, "Dua")
		f.wantTitles(t, news.Query{WithGone: true}, "Dua,Satu")
		f.wantTitles(t, news.Query{WithGone: true, Words: "berita"}, "Dua,Satu")
		f.wantTitles(t, news.Query{All: true}, "Dua,Satu")
		f.wantTitles(t, news.Query{Gone: true}, "Satu")
		f.wantTitles(t, news.Query{Gone: true, Portal: "contoh", Words: "satu"}, "Satu")
		f.reopen(t)
		must(t, f.MarkBack(ctx, a.ID, f.time))
		must(t, f.MarkBack(ctx, a.ID, f.time))
		if got := f.article(t, a.ID); !got.GoneSince.IsZero() || !got.LastSeen.Equal(f.time) {
			t.Errorf("gone since %v, last seen %v", got.GoneSince, got.LastSeen)
		}
		f.wantTitles(t, news.Query{Words: "berita"}, "Dua,Satu")
		f.wantTitles(t, news.Query{Gone: true}, "")
		changes, err := f.Changes(ctx, 2, 10)
		must(t, err)
		wantKinds(t, changes, news.Gone, news.Back)
	},
	"newest withdrawal first": func(t *testing.T, f *fixture) {
		stored := f.save(t, short("Satu", 3), short("Dua", 2), short("Tiga", 1))
		for i, a := range []int{2, 0, 1} {
			must(t, f.MarkGone(t.Context(), stored[a].ID, start.Add(time.Duration(i)*time.Hour)))
		}
		f.wantTitles(t, news.Query{Gone: true}, "Dua,Satu,Tiga")
		f.wantTitles(t, news.Query{Gone: true, Limit: 1}, "Dua")
		f.wantTitles(t, news.Query{Gone: true, After: news.Cursor{Seq: stored[1].Seq}}, "Satu,Tiga")
	},
	"a withdrawn article that is read again is back": func(t *testing.T, f *fixture) {
		a := f.save(t, short("Satu", 1))[0]
		must(t, f.MarkGone(t.Context(), a.ID, start.Add(time.Hour)))
		early := short("Satu", 1)
		early.LastSeen = start.Add(time.Minute) // such as a kept page that is read with better rules
		wantKinds(t, f.changes(t, early), news.Same)
		f.later(2 * time.Hour)
		wantKinds(t, f.changes(t, short("Satu", 1)), news.Back)
		f.wantTitles(t, news.Query{}, "Satu")
	},
	"quarantine and release": func(t *testing.T, f *fixture) {
		bad := short("Situs Gacor", 1)
		bad.Quarantine = "the visible text praises gambling"
		changes := f.changes(t, short("Satu", 2), bad)
		wantKinds(t, changes, news.Added, news.Quarantined)
		for _, q := range []news.Query{{}, {Portal: "contoh"}, {Words: "berita"}, {WithGone: true}, {FoldCopies: true},
			{Since: start.Add(-time.Hour)}} {
			f.wantTitles(t, q, "Satu")
		}
		f.wantTitles(t, news.Query{All: true}, "Situs Gacor,Satu")
		f.wantTitles(t, news.Query{All: true, Words: "berita"}, "Situs Gacor,Satu")
		f.wantTitles(t, news.Query{Quarantined: true}, "Situs Gacor")
		held, err := f.HeldBack(t.Context(), 5)
		must(t, err)
		if stored := f.article(t, changes[1].ID); len(held) != 1 || held[0].ID != stored.ID || held[0].Portal != "contoh" ||
			!held[0].Changed.Equal(stored.Changed) || len(held[0].Regions) != len(stored.Regions) || held[0].Title != "" {
			t.Errorf("held back are %+v", held)
		}
		f.wantTitles(t, news.Query{Quarantined: true, Portal: "contoh"}, "Situs Gacor")
		f.wantTitles(t, news.Query{Quarantined: true, Portal: "lain"}, "")
		clean := short("Situs Gacor", 1)
		wantKinds(t, f.changes(t, clean), news.Same)
		f.reopen(t)
		id := changes[1].ID
		must(t, f.Release(t.Context(), id))
		must(t, f.Release(t.Context(), id))
		f.wantTitles(t, news.Query{Words: "berita"}, "Situs Gacor,Satu")
		wantKinds(t, f.changes(t, bad), news.Same)
		if got := f.article(t, id); got.Quarantine != "" {
			t.Errorf("held back again after a person let it go: %q", got.Quarantine)
		}
		log, err := f.Changes(t.Context(), 2, 10)
		must(t, err)
		wantKinds(t, log, news.Released)
	},
	"a published article can be held back": func(t *testing.T, f *fixture) {
		a := short("Satu", 1)
		f.save(t, a)
		a.Quarantine = "defaced"
		a.Title = "Diretas"
		wantKinds(t, f.changes(t, a), news.Quarantined)
		f.wantTitles(t, news.Query{}, "")
		f.wantTitles(t, news.Query{Edited: true}, "")
		log, err := f.Changes(t.Context(), 1, 10)
		must(t, err)
		wantKinds(t, log, news.Revised, news.Quarantined)
	},
	"clusters fold to the first publication": func(t *testing.T, f *fixture) {
		first, second, third := short("Asal", 60), short("Salinan", 30), short("Salinan Lain", 20)
		second.Portal, third.Portal = "lain", "lain"
		stored := f.save(t, first, second, third, short("Sendiri", 10))
		ids := []string{stored[0].ID, stored[1].ID, stored[2].ID}
		f.later(time.Hour)
		must(t, f.SetCluster(t.Context(), "c1", ids))
		must(t, f.SetCluster(t.Context(), "c1", ids))
		f.wantTitles(t, news.Query{}, "Sendiri,Salinan Lain,Salinan,Asal")
		f.wantTitles(t, news.Query{FoldCopies: true}, "Sendiri,Asal")
		f.wantTitles(t, news.Query{FoldCopies: true, Words: "berita"}, "Sendiri,Asal")
		f.wantTitles(t, news.Query{FoldCopies: true, Portal: "lain"}, "Salinan")
		if got := f.article(t, stored[1].ID); got.Cluster != "c1" || !got.Changed.Equal(f.time) {
			t.Errorf("cluster %q, changed %v", got.Cluster, got.Changed)
		}
		must(t, f.MarkGone(t.Context(), stored[0].ID, f.time))
		f.wantTitles(t, news.Query{FoldCopies: true}, "Sendiri,Salinan")
		log, err := f.Changes(t.Context(), 4, 10)
		must(t, err)
		wantKinds(t, log, news.Amended, news.Amended, news.Amended, news.Gone)
	},
	"looks": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		stored := f.save(t, short("Satu", 3), short("Dua", 2), short("Tiga", 1))
		looks := []news.Look{
			{ID: stored[0].ID, Looks: 1, Missing: start, Next: start.Add(2 * time.Hour)},
			{ID: stored[1].ID, Next: start.Add(time.Hour)},
			{ID: stored[2].ID, Next: start.Add(5 * time.Hour)},
		}
		for _, l := range looks {
			must(t, f.SaveLook(ctx, l))
		}
		f.reopen(t)
		due, err := f.Looks(ctx, "contoh", start.Add(2*time.Hour), 10)
		must(t, err)
		if len(due) != 2 || due[0].ID != stored[1].ID || due[1].URL != stored[0].URL || due[1].Looks != 1 || !due[1].Missing.Equal(start) {
			t.Errorf("due %+v", due)
		}
		must(t, f.SaveLook(ctx, news.Look{ID: stored[1].ID, Looks: 4}))
		due, err = f.Looks(ctx, "contoh", start.Add(20*time.Hour), 1)
		must(t, err)
		if len(due) != 1 || due[0].ID != stored[0].ID {
			t.Errorf("due %+v", due)
		}
	},
}
