package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"kabar/storage/news"
)

var copyTests = map[string]func(*testing.T, *fixture){
	"neighbors, most alike first": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		stored := f.save(t, short("Asal", 60), short("Dekat", 50), short("Jauh", 40), short("Lama", 60*24*40))
		must(t, f.SaveSketch(ctx, stored[0].ID, []uint32{1, 2, 3, 4, 1<<32 - 1}))
		must(t, f.SaveSketch(ctx, stored[1].ID, []uint32{1, 2, 3, 9}))
		must(t, f.SaveSketch(ctx, stored[2].ID, []uint32{1, 7, 8}))
		must(t, f.SaveSketch(ctx, stored[3].ID, []uint32{1, 2, 3, 4}))
		f.reopen(t)
		month := start.AddDate(0, 0, -30)
		f.wantNear(t, []uint32{1, 2, 3, 4, 1<<32 - 1}, month, 10, "Asal 5,Dekat 3")
		f.wantNear(t, []uint32{1, 2, 3, 4, 1<<32 - 1}, month, 1, "Asal 5")
		f.wantNear(t, []uint32{3, 2, 2, 1}, time.Time{}, 10, "Lama 3,Asal 3,Dekat 3")
		f.wantNear(t, []uint32{1}, month, 10, "") // one mark is no trace
		f.wantNear(t, nil, month, 10, "")
	},
	"a sketch replaces the one before": func(t *testing.T, f *fixture) {
		a := f.save(t, short("Asal", 60))[0]
		for _, marks := range [][]uint32{{1, 2, 3}, {1, 2, 3}, {4, 5}, {5, 6, 7}} {
			must(t, f.SaveSketch(t.Context(), a.ID, marks))
		}
		f.wantNear(t, []uint32{1, 2, 3, 4}, start.AddDate(0, 0, -1), 10, "")
		f.wantNear(t, []uint32{5, 6, 7}, start.AddDate(0, 0, -1), 10, "Asal 3")
		must(t, f.SaveSketch(t.Context(), a.ID, nil))
		f.wantNear(t, []uint32{5, 6, 7}, start.AddDate(0, 0, -1), 10, "")
		if err := f.SaveSketch(t.Context(), "urn:uuid:nobody", []uint32{1}); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("sketch of an article that is not there: %v, want %v", err, news.ErrNotFound)
		}
	},
	"neighbors follow their articles": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		held := short("Ditahan", 30)
		held.Quarantine = "gambling"
		other := short("Lain", 20)
		other.Portal, other.URL = "lain", "https://lain.example/lain.html"
		stored := f.save(t, short("Asal", 60), held, other)
		for _, a := range stored {
			must(t, f.SaveSketch(ctx, a.ID, []uint32{1, 2}))
		}
		f.wantNear(t, []uint32{1, 2}, start.AddDate(0, 0, -2), 10, "Asal 2,Lain 2")
		corrected := short("Asal", 60*24)
		f.save(t, corrected) // another place in the order
		f.wantNear(t, []uint32{1, 2}, start.AddDate(0, 0, -2), 10, "Asal 2,Lain 2")
		must(t, f.RemovePortal(ctx, "lain", true))
		f.wantNear(t, []uint32{1, 2}, start.AddDate(0, 0, -2), 10, "Asal 2")
		f.later(40 * 24 * time.Hour)
		must(t, f.Prune(ctx, f.time.AddDate(0, 0, -30)))
		f.wantNear(t, []uint32{1, 2}, time.Time{}, 10, "")
	},
	"clusters are named by the first publisher": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		stored := f.save(t, short("Pertama", 60), short("Kedua", 50), short("Ketiga", 40), short("Keempat", 30), short("Sendiri", 20))
		join := func(want int, of ...int) {
			t.Helper()
			var ids []string
			for _, i := range of {
				ids = append(ids, stored[i].ID)
			}
			cluster, err := f.Join(ctx, ids)
			must(t, err)
			if cluster != stored[want].ID {
				t.Errorf("joining %v gives cluster %q, want %q", of, cluster, stored[want].ID)
			}
		}
		join(1, 2, 1)
		join(1, 1, 2)
		join(0, 2, 0) // an earlier one is found later
		join(0, 3, 1)
		for i, a := range stored {
			want := stored[0].ID
			if i == 4 {
				want = ""
			}
			if got := f.article(t, a.ID).Cluster; got != want {
				t.Errorf("%s is in cluster %q, want %q", a.Title, got, want)
			}
		}
		f.wantTitles(t, news.Query{FoldCopies: true}, "Sendiri,Pertama")
		if cluster, err := f.Join(ctx, []string{stored[4].ID, "urn:uuid:nobody"}); cluster != "" || err != nil {
			t.Errorf("one article alone made cluster %q, error %v", cluster, err)
		}
		log, err := f.Changes(ctx, 5, 10)
		must(t, err)
		wantKinds(t, log, news.Amended, news.Amended, news.Amended, news.Amended, news.Amended, news.Amended)
	},
}

// wantNear checks which neighbors a sketch has.
func (f *fixture) wantNear(t *testing.T, marks []uint32, since time.Time, limit int, want string) {
	t.Helper()
	near, err := f.Near(t.Context(), marks, since, limit)
	must(t, err)
	got := ""
	for i, n := range near {
		if i > 0 {
			got += ","
		}
		got += fmt.Sprint(f.article(t, n.ID).Title, " ", n.Shared)
	}
	if got != want {
		t.Errorf("near %v are %q, want %q", marks, got, want)
	}
}
