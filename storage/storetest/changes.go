package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"kabar/storage/news"
)

var changeTests = map[string]func(*testing.T, *fixture){
	"an empty log": func(t *testing.T, f *fixture) {
		last, err := f.LastChange(t.Context())
		must(t, err)
		if changes, err := f.Changes(t.Context(), 0, 10); last != 0 || len(changes) != 0 || err != nil {
			t.Errorf("last %d, changes %v, %v", last, changes, err)
		}
	},
	"numbered without gaps and in order": func(t *testing.T, f *fixture) {
		a := short("A", 3)
		saved := f.changes(t, a, short("B", 2), a)
		_, err := f.Save(t.Context(), short("C", 1), news.Article{})
		if err == nil {
			t.Error("an article without portal was saved")
		}
		a.Title = "A lagi"
		saved = append(saved, f.changes(t, a)...)
		f.reopen(t)
		saved = append(saved, f.changes(t, short("D", 1))...)
		log, err := f.Changes(t.Context(), 0, 100)
		must(t, err)
		wantKinds(t, log, news.Added, news.Added, news.Revised, news.Added)
		wantKinds(t, saved, news.Added, news.Added, news.Same, news.Revised, news.Added)
		for i, c := range log {
			if c.Number != int64(i+1) || !c.At.Equal(start) || c.Portal != "contoh" {
				t.Errorf("change %d is %+v", i, c)
			}
			if got := f.article(t, c.ID); got.Seq != c.Seq {
				t.Errorf("change %+v is of article %d", c, got.Seq)
			}
		}
		some, err := f.Changes(t.Context(), 1, 2)
		must(t, err)
		if len(some) != 2 || some[0].Number != 2 {
			t.Errorf("changes after 1: %+v", some)
		}
		last, err := f.LastChange(t.Context())
		must(t, err)
		if last != 4 {
			t.Errorf("last change %d", last)
		}
	},
	"many write at once": func(t *testing.T, f *fixture) {
		const writers, each = 8, 25
		var group sync.WaitGroup
		errs := make(chan error, 2*writers*each)
		for w := range writers {
			group.Go(func() {
				for i := range each {
					// Half of the addresses are saved by all.
					title := fmt.Sprintf("Bersama %d", i)
					if i%2 == 0 {
						title = fmt.Sprintf("Sendiri %d %d", w, i)
					}
					_, err := f.Save(t.Context(), short(title, i))
					errs <- err
					_, err = f.Articles(t.Context(), news.Query{Words: "berita", Portal: "contoh"})
					errs <- err
				}
			})
		}
		group.Wait()
		close(errs)
		for err := range errs {
			must(t, err)
		}
		want := writers*((each+1)/2) + each/2
		all, err := f.Articles(t.Context(), news.Query{Limit: 10000})
		must(t, err)
		log, err := f.Changes(t.Context(), 0, 10000)
		must(t, err)
		if len(all) != want || len(log) != want || log[want-1].Number != int64(want) {
			t.Errorf("%d articles, %d changes, want %d", len(all), len(log), want)
		}
	},
	"an ended context changes nothing": func(t *testing.T, f *fixture) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := f.Save(ctx, short("A", 1)); err == nil {
			t.Error("Save passed")
		}
		f.wantTitles(t, news.Query{}, "")
		f.save(t, short("B", 1))
	},
}
