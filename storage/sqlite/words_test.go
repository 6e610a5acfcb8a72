package sqlite

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"kabar/storage/news"
)

// FuzzSearchTerms checks that whatever a stranger types is either refused in
// our words or understood by the index.
func FuzzSearchTerms(f *testing.F) {
	for _, seed := range []string{"banjir bandang", `"banjir bandang" OR (longsor NOT solok)`, "C++", `"`, "NOT", "()", "a AND",
		"😀 x", "\x00", "\xff", "NEAR(a b)", "title:a", "a*", "^a", "\uE000p61", "a\"b", "ﷺ", "ａ", "١٢", "𝒜", "ı̇", "a NOT \u0301"} {
		f.Add(seed)
	}
	s, err := Open(f.Context(), filepath.Join(f.TempDir(), "kabar.db"))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { s.Close() })
	if _, err := s.Save(f.Context(), bulky(0)); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, words string) {
		_, err := s.Articles(t.Context(), news.Query{Words: words, Portal: "contoh"})
		if err != nil && !errors.Is(err, news.ErrBadQuery) {
			t.Errorf("Words %q: %v", words, err)
		}
		if err == nil {
			return
		}
		for _, foreign := range []string{"fts5", "SQL logic"} {
			if strings.Contains(err.Error(), foreign) {
				t.Errorf("Words %q: %v is not for people", words, err)
			}
		}
	})
}
