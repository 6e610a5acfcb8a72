package sqlite

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kabar/storage/news"
)

// TestNoListSortsEverything asks SQLite how it would find a page of keys: by
// walking an index in the right order, never by sorting all that match.
func TestNoListSortsEverything(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "kabar.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	since := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		query news.Query
		want  string // must stand in the plan
	}{
		{"latest", news.Query{}, "SCAN a"},
		{"window", news.Query{Since: since, Until: since}, "SEARCH a USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"},
		{"page", news.Query{After: news.Cursor{Seq: 5}}, "SEARCH a USING INTEGER PRIMARY KEY (rowid<?)"},
		{"portal", news.Query{Portal: "contoh"}, "SCAN f VIRTUAL TABLE"},
		{"portal page", news.Query{Portal: "contoh", After: news.Cursor{Seq: 5}, Since: since}, "M3><"},
		{"words folded", news.Query{Words: "banjir", FoldCopies: true}, "SCAN f VIRTUAL TABLE"},
		{"folded", news.Query{FoldCopies: true}, "articles_by_cluster"},
		{"edited", news.Query{Edited: true}, "articles_edited"},
		{"gone", news.Query{Gone: true}, "articles_gone"},
		{"quarantined", news.Query{Quarantined: true}, "articles_quarantined"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := s.plan(t.Context(), c.query)
			if err != nil {
				t.Fatal(err)
			}
			page, _, _ := strings.Cut(strings.TrimPrefix(p.statement(), "WITH page (seq) AS MATERIALIZED ("), "LIMIT ?)")
			var lines []string
			err = s.query(t.Context(), func(scan func(...any) error) error {
				var id, parent, unused int
				var line string
				err := scan(&id, &parent, &unused, &line)
				lines = append(lines, line)
				return err
			}, "EXPLAIN QUERY PLAN "+page+"LIMIT ?", p.args...)
			if err != nil {
				t.Fatal(err)
			}
			plan := strings.Join(lines, "\n")
			if !strings.Contains(plan, c.want) || strings.Contains(plan, "TEMP B-TREE") {
				t.Errorf("plan is\n%s\nwant %q and no sorting", plan, c.want)
			}
		})
	}
}
