package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kabar/storage/news"
	"kabar/storage/sqlite"
)

// TestDamageIsNeverServed flips single bytes of a database and checks that an
// article comes out as it went in or not at all. Clock and ids are fixed, so
// that every run flips the same bits of the same bytes.
func TestDamageIsNeverServed(t *testing.T) {
	sound := map[string]news.Article{}
	origin := filepath.Join(t.TempDir(), "kabar.db")
	now := time.Date(2026, 1, 20, 1, 30, 0, 0, time.UTC)
	store, err := sqlite.Open(t.Context(), origin, sqlite.WithClock(func() time.Time { return now }))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 60 {
		a := article(fmt.Sprint("Nomor ", i))
		a.ID = fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012d", i)
		a.Byline, a.Categories = "Penulis: Rani", []string{"Daerah"}
		a.Body = []news.Block{{Kind: news.Paragraph, Text: strings.Repeat(fmt.Sprint("kalimat ke-", i, " "), 60)}}
		id := save(t, store, a)[0].ID
		if sound[id], err = store.Article(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(origin)
	if err != nil {
		t.Fatal(err)
	}
	const seed = 1
	random := rand.New(rand.NewPCG(seed, seed))
	noticed := 0
	for range 100 {
		place, bit := random.IntN(len(data)), byte(1)<<random.IntN(8)
		data[place] ^= bit
		if servedDamage(t, data, sound, place) {
			noticed++
		}
		data[place] ^= bit
	}
	t.Logf("%d of 100 flips noticed while reading", noticed)
}

// servedDamage reads what it can and tells whether something was noticed.
func servedDamage(t *testing.T, data []byte, sound map[string]news.Article, place int) (noticed bool) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kabar.db")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	store, err := sqlite.Open(t.Context(), path)
	if err != nil {
		return true
	}
	defer store.Close()
	check := func(articles []news.Article, err error) {
		noticed = noticed || err != nil
		if err != nil {
			return
		}
		for _, a := range articles {
			want := sound[a.ID]
			// These move with every sight and change, and are no claim of the portal.
			want.Seq, want.LastSeen, want.Changed = a.Seq, a.LastSeen, a.Changed
			if diff := cmp.Diff(want, a); diff != "" {
				t.Errorf("byte %d flipped: served (-stored +got):\n%s", place, diff)
			}
		}
	}
	check(store.Articles(t.Context(), news.Query{Limit: 100}))
	check(store.Articles(t.Context(), news.Query{Limit: 100, Words: "kalimat", Portal: "contoh"}))
	for id := range sound {
		a, err := store.Article(t.Context(), id)
		check([]news.Article{a}, err)
	}
	return noticed
}
