package storetest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kabar/storage/news"
)

var identityTests = map[string]func(*testing.T, *fixture){
	"everything set is given back": func(t *testing.T, f *fixture) {
		in := full()
		f.save(t, in)
		f.reopen(t)
		for _, address := range append([]string{in.URL}, in.Aliases...) {
			got, err := f.ArticleAt(t.Context(), address)
			must(t, err)
			want := in
			want.Version, want.FirstSeen, want.LastSeen, want.Updated, want.Changed = 1, f.time, f.time, f.time, f.time
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(news.Article{}, "ID", "Seq")); diff != "" {
				t.Errorf("ArticleAt(%s) differs (-want +got):\n%s", address, diff)
			}
			if !strings.HasPrefix(got.ID, "urn:uuid:") || got.Seq <= 0 {
				t.Errorf("ID is %q and Seq %d", got.ID, got.Seq)
			}
			if got.Published.RFC3339() != in.Published.RFC3339() {
				t.Errorf("published is %s, want %s", got.Published.RFC3339(), in.Published.RFC3339())
			}
		}
	},
	"an empty article keeps its emptiness": func(t *testing.T, f *fixture) {
		in := news.Article{Portal: "contoh", URL: "https://contoh.example/kosong"}
		got := f.save(t, in)[0]
		in.Version, in.FirstSeen, in.LastSeen, in.Updated, in.Changed = 1, f.time, f.time, f.time, f.time
		if diff := cmp.Diff(in, got, cmpopts.IgnoreFields(news.Article{}, "ID", "Seq")); diff != "" {
			t.Errorf("differs (-want +got):\n%s", diff)
		}
	},
	"dirty text comes out clean": func(t *testing.T, f *fixture) {
		const dirty, clean = "a\x00b\x0bc\ufffed\xffe\tf\n", "abcd\ufffde\tf\n"
		fill := func(s string) news.Article {
			a := full()
			a.Title, a.Byline, a.Place, a.Agency, a.PostID = s, s, s, s, s
			a.Authors, a.Categories, a.Doubts, a.Aliases = []string{s}, []string{s}, []string{s}, []string{s}
			a.Regions = []news.RegionTag{{Code: "13", Reason: s}}
			a.Lead = news.Image{Src: s, Alt: s, Caption: s}
			a.Published.Origin = s
			a.Body = []news.Block{
				{Kind: news.Paragraph, Text: s}, {Kind: news.List, Items: []string{s}},
				{Kind: news.Table, Rows: [][]string{{s}}}, {Kind: news.Picture, Image: &news.Image{Src: s, Alt: s, Caption: s}},
			}
			return a
		}
		in := fill(dirty)
		got := f.save(t, in)[0]
		if diff := cmp.Diff(fill(clean), got, cmpopts.IgnoreFields(news.Article{},
			"ID", "Seq", "Version", "FirstSeen", "LastSeen", "Updated", "Changed")); diff != "" {
			t.Errorf("differs (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(fill(dirty), in); diff != "" {
			t.Errorf("the caller's article was changed (-was +is):\n%s", diff)
		}
		wantKinds(t, f.changes(t, fill(dirty)), news.Same)
	},
	"an article without portal or address is refused": func(t *testing.T, f *fixture) {
		for _, a := range []news.Article{{URL: "https://contoh.example/1"}, {Portal: "contoh"}} {
			if _, err := f.Save(t.Context(), short("Baik", 1), a); err == nil {
				t.Errorf("Save(%+v) passed", a)
			}
		}
		f.wantTitles(t, news.Query{}, "")
	},
	"saving twice is saving once": func(t *testing.T, f *fixture) {
		first := f.save(t, full())[0]
		f.later(time.Hour)
		wantKinds(t, f.changes(t, full(), full()), news.Same, news.Same)
		second := f.article(t, first.ID)
		if !second.LastSeen.Equal(f.time) {
			t.Errorf("last seen %v, want %v", second.LastSeen, f.time)
		}
		if diff := cmp.Diff(first, second, cmpopts.IgnoreFields(news.Article{}, "LastSeen")); diff != "" {
			t.Errorf("differs (-want +got):\n%s", diff)
		}
	},
	"twice in one save": func(t *testing.T, f *fixture) {
		changes := f.changes(t, short("Satu", 1), short("Satu", 1))
		wantKinds(t, changes, news.Added, news.Same)
		if changes[0].ID != changes[1].ID || changes[1].Number != 0 {
			t.Errorf("changes %+v", changes)
		}
	},
	"known again": func(t *testing.T, f *fixture) {
		base := short("Pasar Muara Panas Ramai", 60)
		base.Body = paragraphs("pasar")
		base.PostID = "blogger:77"
		base.Aliases = []string{"https://contoh.example/?p=77"}
		stored := f.save(t, base)[0]
		cases := map[string]func(*news.Article){
			"by ID":      func(a *news.Article) { a.ID, a.URL = stored.ID, "https://contoh.example/a" },
			"by alias":   func(a *news.Article) { a.URL = "https://contoh.example/?p=77" },
			"as alias":   func(a *news.Article) { a.URL, a.Aliases = "https://contoh.example/b", []string{stored.URL} },
			"by post":    func(a *news.Article) { a.URL, a.PostID = "https://contoh.example/c", "blogger:77" },
			"by text":    func(a *news.Article) { a.URL, a.Body = "https://contoh.example/d", paragraphs("pasar") },
			"by address": func(*news.Article) {},
		}
		for name, alter := range cases {
			again := news.Article{Portal: "contoh", URL: base.URL, Title: base.Title, Published: base.Published, Body: base.Body}
			alter(&again)
			if got := f.save(t, again)[0]; got.ID != stored.ID || got.Seq != stored.Seq || got.Version != 1 {
				t.Errorf("%s: got article %s version %d, want %s version 1", name, got.ID, got.Version, stored.ID)
			}
		}
		got := f.article(t, stored.ID)
		for _, address := range []string{"/?p=77", "/a", "/b", "/c", "/d"} {
			if a, err := f.ArticleAt(t.Context(), "https://contoh.example"+address); err != nil || a.ID != got.ID {
				t.Errorf("ArticleAt(%s) = %s, %v", address, a.ID, err)
			}
		}
	},
	"not the same": func(t *testing.T, f *fixture) {
		base := short("Jadwal Imsakiyah", 60)
		base.Body = paragraphs("imsakiyah")
		base.PostID = "wp:1"
		f.save(t, base)
		cases := map[string]func(*news.Article){
			"other portal":             func(a *news.Article) { a.Portal = "lain" },
			"other post number":        func(a *news.Article) { a.PostID = "wp:2" },
			"other kind of post":       func(a *news.Article) { a.PostID = "blogger:1" },
			"other title and time":     func(a *news.Article) { a.Title, a.Published = "Jadwal Salat", stamp(5000) },
			"other text, same title":   func(a *news.Article) { a.Body = paragraphs("salat") },
			"other title, no time":     func(a *news.Article) { a.Title, a.Published = "Jadwal Buka", news.Stamp{} },
			"same short text":          func(a *news.Article) { a.Body = []news.Block{{Kind: news.Paragraph, Text: "Lihat jadwal."}} },
			"same short text, another": func(a *news.Article) { a.Body = []news.Block{{Kind: news.Paragraph, Text: "Lihat jadwal."}} },
		}
		for name, alter := range cases {
			other := base
			other.PostID = ""
			other.URL = "https://contoh.example/" + strings.ReplaceAll(name, " ", "-")
			alter(&other)
			if got := f.changes(t, other)[0].Kind; got != news.Added {
				t.Errorf("%s: %s, want added", name, got)
			}
		}
	},
	"two spellings of an address do not change places": func(t *testing.T, f *fixture) {
		a := short("Satu", 1)
		b := a
		b.URL, b.Aliases = "https://www.contoh.example/satu", []string{a.URL}
		f.save(t, a)
		f.changes(t, b)
		wantKinds(t, f.changes(t, a, b, a), news.Same, news.Same, news.Same)
	},
	"an address of another article is left to it": func(t *testing.T, f *fixture) {
		one, two := short("Satu", 2), short("Dua", 1)
		f.save(t, one, two)
		two.Aliases = []string{one.URL}
		f.changes(t, two)
		if a, err := f.ArticleAt(t.Context(), one.URL); err != nil || a.Title != "Satu" {
			t.Errorf("ArticleAt(%s) = %q, %v", one.URL, a.Title, err)
		}
		f.wantTitles(t, news.Query{}, "Dua,Satu")
	},
	"an edit is a new version": func(t *testing.T, f *fixture) {
		a := short("Jembatan Rusak", 60)
		first := f.save(t, a)[0]
		f.later(time.Hour)
		a.Title = "Jembatan Rusak, Warga Memutar"
		a.Body = append(a.Body, news.Block{Kind: news.Paragraph, Text: "Diperbarui."})
		change := f.changes(t, a)[0]
		wantKinds(t, []news.Change{change}, news.Revised)
		second := f.article(t, first.ID)
		if second.Version != 2 || change.Version != 2 || second.Seq != first.Seq {
			t.Errorf("version %d, change %+v, seq %d (was %d)", second.Version, change, second.Seq, first.Seq)
		}
		if !second.Updated.Equal(f.time) || !second.Changed.Equal(f.time) || !second.FirstSeen.Equal(start) {
			t.Errorf("updated %v, changed %v, first seen %v", second.Updated, second.Changed, second.FirstSeen)
		}
		f.reopen(t)
		versions, err := f.Versions(t.Context(), first.ID)
		must(t, err)
		want := []news.Version{
			{Number: 1, Seen: start, Title: first.Title, Body: first.Body},
			{Number: 2, Seen: f.time, Title: a.Title, Body: a.Body},
		}
		if diff := cmp.Diff(want, versions); diff != "" {
			t.Errorf("versions differ (-want +got):\n%s", diff)
		}
		f.wantTitles(t, news.Query{Words: "diperbarui"}, a.Title)
	},
	"what is no text amends": func(t *testing.T, f *fixture) {
		base := full()
		stored := f.save(t, base)[0]
		cases := []struct {
			name  string
			alter func(*news.Article)
		}{
			{"byline", func(a *news.Article) { a.Byline = "(rn)" }},
			{"authors", func(a *news.Article) { a.Authors = []string{"Rani"} }},
			{"place", func(a *news.Article) { a.Place = "SOLOK" }},
			{"lead", func(a *news.Article) { a.Lead.Caption = "Padi" }},
			{"regions", func(a *news.Article) { a.Regions = []news.RegionTag{{Code: "13.72", Primary: true}} }},
			{"categories", func(a *news.Article) { a.Categories = []string{"Tani"} }},
			{"doubts", func(a *news.Article) { a.Doubts = nil }},
			{"picture", func(a *news.Article) {
				a.Body = append([]news.Block{}, a.Body...)
				a.Body[4] = news.Block{Kind: news.Picture, Image: &news.Image{Src: "https://contoh.example/3.jpg"}}
			}},
			{"published", func(a *news.Article) { a.Published = stamp(95) }},
			{"modified", func(a *news.Article) { a.Modified.Time = a.Modified.Time.Add(time.Minute) }},
		}
		for _, c := range cases {
			f.later(time.Minute)
			c.alter(&base)
			wantKinds(t, f.changes(t, base), news.Amended)
			got := f.article(t, stored.ID)
			if got.Version != 1 || !got.Updated.Equal(start) || !got.Changed.Equal(f.time) {
				t.Errorf("%s: version %d, updated %v, changed %v", c.name, got.Version, got.Updated, got.Changed)
			}
			want := base
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(news.Article{},
				"ID", "Seq", "Version", "FirstSeen", "LastSeen", "Updated", "Changed")); diff != "" {
				t.Errorf("%s differs (-want +got):\n%s", c.name, diff)
			}
		}
	},
	"silence forgets nothing": func(t *testing.T, f *fixture) {
		stored := f.save(t, full())[0]
		must(t, f.SetCluster(t.Context(), "c1", []string{stored.ID}))
		again := full()
		again.Published, again.Modified, again.PostID, again.Aliases = news.Stamp{}, news.Stamp{}, "", nil
		wantKinds(t, f.changes(t, again), news.Same)
		got := f.article(t, stored.ID)
		if got.Cluster != "c1" || got.Published.IsZero() || got.PostID != "wp:12" || len(got.Aliases) != 2 {
			t.Errorf("got %+v", got)
		}
	},
	"a corrected time moves the article": func(t *testing.T, f *fixture) {
		a, b := short("Lama", 0), short("Baru", 10)
		a.Published = news.Stamp{}
		f.save(t, a, b)
		f.wantTitles(t, news.Query{}, "Lama,Baru")
		must(t, f.SaveLook(t.Context(), news.Look{ID: f.save(t, a)[0].ID, Next: start}))
		a.Published = stamp(600)
		a.Title = "Lama Sekali"
		f.changes(t, a)
		f.wantTitles(t, news.Query{}, "Baru,Lama Sekali")
		f.wantTitles(t, news.Query{Words: "lama"}, "Lama Sekali")
		f.wantTitles(t, news.Query{Portal: "contoh"}, "Baru,Lama Sekali")
		f.wantTitles(t, news.Query{Until: start.Add(-5 * time.Hour)}, "Lama Sekali")
		got, err := f.ArticleAt(t.Context(), a.URL)
		must(t, err)
		versions, err := f.Versions(t.Context(), got.ID)
		must(t, err)
		looks, err := f.Looks(t.Context(), "contoh", start, 10)
		must(t, err)
		if len(versions) != 2 || len(looks) != 1 {
			t.Errorf("%d versions, %d looks after the move", len(versions), len(looks))
		}
	},
	"unknown things are not found": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		_, articleErr := f.Article(ctx, "urn:uuid:0")
		_, addressErr := f.ArticleAt(ctx, "https://contoh.example/")
		_, versionsErr := f.Versions(ctx, "urn:uuid:0")
		_, portalErr := f.Portal(ctx, "tiada")
		_, templateErr := f.Template(ctx, "tiada")
		_, robotsErr := f.Robots(ctx, "https://tiada.example")
		for name, err := range map[string]error{
			"Article": articleErr, "ArticleAt": addressErr, "Versions": versionsErr, "Portal": portalErr,
			"Template": templateErr, "Robots": robotsErr,
			"MarkGone":  f.MarkGone(ctx, "urn:uuid:0", start),
			"MarkBack":  f.MarkBack(ctx, "urn:uuid:0", start),
			"Release":   f.Release(ctx, "urn:uuid:0"),
			"SaveLook":  f.SaveLook(ctx, news.Look{ID: "urn:uuid:0"}),
			"SaveVisit": f.SaveVisit(ctx, news.Visit{Portal: "tiada"}),
			"AckEvent":  f.AckEvent(ctx, 7, start),
		} {
			if !errors.Is(err, news.ErrNotFound) {
				t.Errorf("%s: %v, want ErrNotFound", name, err)
			}
		}
	},
}
