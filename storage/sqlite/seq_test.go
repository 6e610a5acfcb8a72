package sqlite

import (
	"path/filepath"
	"testing"
	"time"

	"kabar/storage/news"
)

func TestAFullSecondSpillsIntoTheNext(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "kabar.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	at := time.Date(2026, 1, 19, 17, 0, 0, 0, time.UTC)
	save := func(url string) news.Change {
		t.Helper()
		changes, err := s.Save(t.Context(), news.Article{Portal: "contoh", URL: url,
			Published: news.Stamp{Time: at, Precision: news.Day}})
		if err != nil {
			t.Fatal(err)
		}
		return changes[0]
	}
	first := save("https://contoh.example/1")
	if first.Seq != at.Unix()<<seqBits {
		t.Errorf("the first article of a second has key %d", first.Seq)
	}
	err = s.write(t.Context(), func(w *tx) error {
		return w.exec(t.Context(), `UPDATE articles SET seq = ? WHERE seq = ?`, first.Seq+1<<seqBits-1, first.Seq)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := save("https://contoh.example/2").Seq, (at.Unix()+1)<<seqBits; got != want {
		t.Errorf("the article after a full second has key %d, want %d", got, want)
	}
}

func TestOrderTime(t *testing.T) {
	seen := time.Date(2026, 1, 20, 1, 30, 0, 0, time.UTC)
	stamp := func(at time.Time) news.Stamp { return news.Stamp{Time: at, Precision: news.Minute} }
	for name, c := range map[string]struct {
		published news.Stamp
		want      time.Time
	}{
		"unknown":    {news.Stamp{}, seen},
		"past":       {stamp(seen.Add(-time.Hour)), seen.Add(-time.Hour)},
		"future":     {stamp(seen.AddDate(10, 0, 0)), seen},
		"other zone": {stamp(seen.Add(-time.Hour).In(time.FixedZone("WIT", 9*3600))), seen.Add(-time.Hour)},
	} {
		if got := orderTime(&news.Article{Published: c.published, FirstSeen: seen}); !got.Equal(c.want) {
			t.Errorf("%s: ordered by %v, want %v", name, got, c.want)
		}
	}
	for name, at := range map[string]time.Time{"zero": {}, "before 1970": time.Unix(-5, 0)} {
		if got := firstSeq(at); got != 1<<seqBits {
			t.Errorf("firstSeq of %s is %d", name, got)
		}
	}
}
