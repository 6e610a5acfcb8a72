// Package storetest is the contract of a store, as tests that each store runs.
package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kabar/storage"
	"kabar/storage/news"
)

// Opener opens stores for tests.
type Opener struct {
	// Open opens the store at a path and registers its Close. The store takes
	// the time from now.
	Open func(t *testing.T, path string, now func() time.Time) storage.Store
	// Restore puts a backup in the place of the store at target.
	Restore func(t *testing.T, backup, target string)
}

// Run holds a store to the contract.
func Run(t *testing.T, opener Opener) {
	groups := map[string]map[string]func(*testing.T, *fixture){
		"identity": identityTests,
		"correct":  correctTests,
		"state":    stateTests,
		"queries":  queryTests,
		"past":     pastTests,
		"words":    wordTests,
		"changes":  changeTests,
		"links":    linkTests,
		"portals":  portalTests,
		"manners":  mannerTests,
		"upkeep":   upkeepTests,
		"copies":   copyTests,

		"subscriptions": subscriptionTests,
	}
	for group, tests := range groups {
		for name, test := range tests {
			t.Run(group+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := &fixture{opener: opener, path: t.TempDir() + "/kabar.db", time: start}
				f.Store = opener.Open(t, f.path, f.now)
				test(t, f)
			})
		}
	}
}

// start is the moment at which the clock of every test stands.
var start = time.Date(2026, 1, 20, 8, 30, 0, 0, wib)

var wib = time.FixedZone("WIB", 7*60*60)

// fixture is a new store with a clock that tests set.
type fixture struct {
	storage.Store
	opener Opener
	path   string
	time   time.Time
}

func (f *fixture) now() time.Time { return f.time }

// later moves the clock.
func (f *fixture) later(d time.Duration) { f.time = f.time.Add(d) }

// reopen closes the store and opens it anew.
func (f *fixture) reopen(t *testing.T) {
	t.Helper()
	if err := f.Close(); err != nil {
		t.Fatalf("closing the store: %v", err)
	}
	f.Store = f.opener.Open(t, f.path, f.now)
}

// save saves articles and returns them as stored.
func (f *fixture) save(t *testing.T, articles ...news.Article) []news.Article {
	t.Helper()
	changes := f.changes(t, articles...)
	stored := make([]news.Article, len(changes))
	for i, c := range changes {
		stored[i] = f.article(t, c.ID)
	}
	return stored
}

// changes saves articles and returns the changes.
func (f *fixture) changes(t *testing.T, articles ...news.Article) []news.Change {
	t.Helper()
	changes, err := f.Save(t.Context(), articles...)
	if err != nil {
		t.Fatalf("Save: %v", err)
	}
	if len(changes) != len(articles) {
		t.Fatalf("Save of %d articles gave %d changes", len(articles), len(changes))
	}
	return changes
}

func (f *fixture) article(t *testing.T, id string) news.Article {
	t.Helper()
	a, err := f.Article(t.Context(), id)
	if err != nil {
		t.Fatalf("Article(%s): %v", id, err)
	}
	return a
}

// titles are the titles that a query gives, joined by commas.
func (f *fixture) titles(t *testing.T, q news.Query) string {
	t.Helper()
	articles, err := f.Articles(t.Context(), q)
	if err != nil {
		t.Fatalf("Articles(%+v): %v", q, err)
	}
	titles := make([]string, len(articles))
	for i, a := range articles {
		titles[i] = a.Title
	}
	return strings.Join(titles, ",")
}

// wantTitles checks the answer to a query.
func (f *fixture) wantTitles(t *testing.T, q news.Query, want string) {
	t.Helper()
	if got := f.titles(t, q); got != want {
		t.Errorf("Articles(%+v) = %q, want %q", q, got, want)
	}
}

// must fails the test on an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantKinds checks the kinds of changes.
func wantKinds(t *testing.T, changes []news.Change, want ...news.ChangeKind) {
	t.Helper()
	var got []news.ChangeKind
	for _, c := range changes {
		got = append(got, c.Kind)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("changes are %v, want %v", got, want)
	}
}

// short is an article with a short text of its own; minutes is the age of its
// publication at the start.
func short(title string, minutes int) news.Article {
	return news.Article{
		Portal:    "contoh",
		URL:       "https://contoh.example/" + strings.ToLower(strings.ReplaceAll(title, " ", "-")) + ".html",
		Title:     title,
		Published: stamp(minutes),
		Body:      []news.Block{{Kind: news.Paragraph, Text: "Isi berita " + title + "."}},
	}
}

func stamp(minutes int) news.Stamp {
	return news.Stamp{
		Time:      start.Add(-time.Duration(minutes) * time.Minute),
		Precision: news.Minute,
		Origin:    "meta:article:published_time",
	}
}

// full is an article with a value in every field that one can set.
func full() news.Article {
	a := short("Sawah di Nagari Koto Baru Mulai Dipanen", 90)
	a.Aliases = []string{"http://contoh.example/?p=12", "https://m.contoh.example/panen"}
	a.PostID = "wp:12"
	a.Byline = "Penulis: Rani | Editor: Doni"
	a.Authors = []string{"Rani", "Doni"}
	a.Place = "KOTO BARU"
	a.Agency = "INFOPUBLIK"
	a.Modified = news.Stamp{Time: start.Add(-time.Hour), Precision: news.Second, Origin: "jsonld"}
	a.Lead = news.Image{Src: "https://contoh.example/panen.jpg", Alt: "Sawah", Caption: "Panen raya"}
	a.Categories = []string{"Ekonomi", "Pertanian Rakyat"}
	a.Regions = []news.RegionTag{{Code: "13.02", Reason: "dateline", Primary: true}, {Code: "14", Reason: "typed", Low: true}}
	a.Doubts = []string{"the page gives two times"}
	a.Body = []news.Block{
		{Kind: news.Paragraph, Text: "KOTO BARU — Petani mulai memanen padi.\nHasilnya baik."},
		{Kind: news.Heading, Text: "Harga gabah", Level: 3},
		{Kind: news.List, Ordered: true, Items: []string{"Rp6.500", "Rp7.000"}},
		{Kind: news.Table, Rows: [][]string{{"Nagari", "Ton"}, {"Koto Baru", "12"}}},
		{Kind: news.Picture, Image: &news.Image{Src: "https://contoh.example/2.jpg", Caption: "Gabah"}},
		{Kind: news.Quote, Text: "Alhamdulillah."},
	}
	return a
}

// paragraphs is a body that is long enough to be known again by itself.
func paragraphs(about string) []news.Block {
	text := strings.Repeat("Kepala dinas menerangkan perihal "+about+" kepada warga yang hadir. ", 8)
	return []news.Block{{Kind: news.Paragraph, Text: text}}
}
