package storetest

import (
	"strings"
	"testing"
	"time"

	"kabar/storage/news"
)

// wantTexts checks the titles of what some days after start brought.
func (f *fixture) wantTexts(t *testing.T, q news.Query, from, until int, want string) []news.Article {
	t.Helper()
	return f.wantSpan(t, q, news.Span{Since: start.AddDate(0, 0, from), Until: start.AddDate(0, 0, until), Limit: 50}, want)
}

func (f *fixture) wantSpan(t *testing.T, q news.Query, span news.Span, want string) []news.Article {
	t.Helper()
	articles, err := f.Texts(t.Context(), q, span)
	must(t, err)
	var titles []string
	for _, a := range articles {
		titles = append(titles, a.Title)
	}
	if got := strings.Join(titles, ","); got != want {
		t.Errorf("Texts(%+v, %+v) = %q, want %q", q, span, got, want)
	}
	return articles
}

var pastTests = map[string]func(*testing.T, *fixture){
	"an edit later changes nothing": func(t *testing.T, f *fixture) {
		const day = 24 * time.Hour
		f.save(t, short("Satu", 9))
		f.later(day)
		f.save(t, short("Dua", 8))
		f.wantTexts(t, news.Query{}, 0, 1, "Satu")
		f.wantTexts(t, news.Query{}, 0, 2, "Dua,Satu")
		edited := short("Satu", 9)
		edited.Title = "Satu Diubah"
		f.later(day)
		id := f.save(t, edited)[0].ID
		edited.Title = "Satu Lagi"
		f.later(day)
		f.save(t, edited)
		f.reopen(t)
		first := f.wantTexts(t, news.Query{}, 0, 1, "Satu")[0]
		if first.ID != id || first.Version != 1 || !first.Updated.Equal(start) || len(first.Body) == 0 {
			t.Errorf("the first text is %+v", first)
		}
		f.wantTexts(t, news.Query{}, 1, 2, "Dua")
		f.wantTexts(t, news.Query{}, 2, 3, "Satu Diubah")
		f.wantTexts(t, news.Query{}, 2, 4, "Satu Lagi") // each once, as it was at the end
		f.wantTexts(t, news.Query{}, 0, 9, "Satu Lagi,Dua")
		f.wantTexts(t, news.Query{}, 4, 9, "")
	},
	"conditions, hidden ones and parts": func(t *testing.T, f *fixture) {
		other := short("Lain", 5)
		other.Portal = "lain"
		other.Regions = []news.RegionTag{{Code: "71.02"}}
		bad := short("Buruk", 4)
		bad.Quarantine = "the visible text praises gambling"
		saved := f.save(t, short("Satu", 9), short("Dua", 8), other, bad)
		must(t, f.MarkGone(t.Context(), saved[0].ID, start))
		f.wantTexts(t, news.Query{Portal: "lain"}, 0, 1, "Lain")
		f.wantTexts(t, news.Query{Region: "71"}, 0, 1, "Lain")
		f.wantTexts(t, news.Query{Category: "tidak ada"}, 0, 1, "")
		all := f.wantTexts(t, news.Query{}, 0, 1, "Lain,Dua,Satu")
		if len(all) == 3 && all[2].GoneSince.IsZero() {
			t.Error("the withdrawn article is not marked")
		}
		span := news.Span{Since: start, Until: start.AddDate(0, 0, 1), Limit: 2}
		f.wantSpan(t, news.Query{}, span, "Lain,Dua")
		span.Skip = 2
		f.wantSpan(t, news.Query{}, span, "Satu")
	},
}
