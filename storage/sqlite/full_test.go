package sqlite

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"kabar/storage/news"
)

// limitPages lets the writer's connection see a disk of a size, in pages.
func limitPages(t *testing.T, s *Store, pages int) {
	t.Helper()
	if _, err := s.writer.conn.ExecContext(t.Context(), fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)); err != nil {
		t.Fatal(err)
	}
}

func bulky(n int) news.Article {
	var text strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&text, "kata%d ", n*4000+i)
	}
	return news.Article{Portal: "contoh", URL: fmt.Sprintf("https://contoh.example/%d", n), Title: fmt.Sprint("Berita ", n),
		Body: []news.Block{{Kind: news.Paragraph, Text: text.String()}}}
}

func TestFullDisk(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "kabar.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	stored := 0
	for round := range 5 {
		stats, err := s.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		limitPages(t, s, int(stats.Bytes/4096)+60)
		for err == nil {
			if _, err = s.Save(t.Context(), bulky(stored)); err == nil {
				stored++
			}
		}
		var told storeError
		if !errors.As(err, &told) || !strings.Contains(err.Error(), "disk is full") {
			t.Fatalf("round %d: %v, want a word about the disk", round, err)
		}
		for range 3 {
			if _, err := s.Save(t.Context(), bulky(stored)); err == nil {
				t.Fatalf("round %d: a full disk took an article", round)
			}
		}
		got, err := s.Articles(t.Context(), news.Query{Words: "berita", Limit: 1000})
		if err != nil || len(got) != stored {
			t.Fatalf("round %d: %d articles readable, %v, want %d", round, len(got), err, stored)
		}
		limitPages(t, s, 1<<30)
		if _, err := s.Save(t.Context(), bulky(stored)); err != nil {
			t.Fatalf("round %d: not mended by itself: %v", round, err)
		}
		stored++
	}
	if found, err := s.Check(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("Check: %v, %v", found, err)
	}
	if last, err := s.LastChange(t.Context()); err != nil || last != int64(stored) {
		t.Errorf("last change %d, %v, want %d", last, err, stored)
	}
}
