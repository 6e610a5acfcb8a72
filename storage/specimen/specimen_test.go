package specimen

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var end = time.Date(2026, 1, 20, 1, 0, 0, 0, time.UTC)

func TestSameEveryTime(t *testing.T) {
	a, b := New(1, 5000, end), New(1, 5000, end)
	for _, n := range []int{4999, 0, 38, 1234} {
		if diff := cmp.Diff(a.Article(n), b.Article(n)); diff != "" {
			t.Errorf("article %d differs: %s", n, diff)
		}
	}
	if New(2, 5000, end).Article(7).Title == a.Article(7).Title {
		t.Error("another seed gave the same title")
	}
}

func TestSpread(t *testing.T) {
	const total = 3000
	r := New(1, total, end)
	known := make(map[string]bool)
	for _, p := range r.Portals() {
		known[p.ID] = true
	}
	words, texts, addresses := map[string]int{}, map[string]int{}, map[string]bool{}
	all, edited := 0, 0
	oldest := end
	for n := range total {
		a := r.Article(n)
		if !known[a.Portal] || a.Title == "" || len(a.Body) < 5 || addresses[a.URL] {
			t.Fatalf("article %d: %+v", n, a)
		}
		if a.Published.Time.After(a.FirstSeen) || a.Published.Time.After(end) {
			t.Fatalf("article %d was published %v, seen %v", n, a.Published.Time, a.FirstSeen)
		}
		addresses[a.URL] = true
		texts[a.Text()]++
		for _, word := range strings.Fields(strings.ToLower(a.Text())) {
			words[word]++
			all++
		}
		if b, ok := r.Edited(n); ok {
			edited++
			if b.URL != a.URL || b.Text() == a.Text() {
				t.Errorf("article %d: not an edit", n)
			}
		}
		if a.Published.Time.Before(oldest) {
			oldest = a.Published.Time
		}
	}
	if share := float64(words["yang"]) / float64(all); share < 0.01 || share > 0.2 {
		t.Errorf("the most frequent word is %.3f of all", share)
	}
	if len(words) < 10_000 {
		t.Errorf("only %d different words", len(words))
	}
	if copies := total - len(texts); copies < total/40 || copies > total/25 {
		t.Errorf("%d copies", copies)
	}
	if edited != total/editEvery {
		t.Errorf("%d edited", edited)
	}
	if end.Sub(oldest) < 7*365*24*time.Hour {
		t.Errorf("the oldest is of %v", oldest)
	}
}
