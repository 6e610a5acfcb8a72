package schedule

import (
	"testing"
	"time"
)

func TestInterval(t *testing.T) {
	const week = 7 * 24 * time.Hour
	for _, c := range []struct {
		name     string
		articles int
		want     time.Duration
	}{
		{"nothing published", 0, Longest},
		{"six a day", 42, time.Hour},
		{"four times the rate halves the interval", 168, 30 * time.Minute},
		{"a quarter of the rate doubles it", 10, 2*time.Hour + 2*time.Minute + 58*time.Second},
		{"a flood", 1 << 20, Shortest},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Interval(c.articles, week); got.Round(time.Second) != c.want.Round(time.Second) {
				t.Errorf("Interval(%d, week) = %v, want %v", c.articles, got, c.want)
			}
		})
	}
}

func TestBackoff(t *testing.T) {
	last := time.Duration(0)
	for failures := range 100 {
		pause := Backoff(failures)
		if pause < last || pause > Longest || pause <= 0 {
			t.Fatalf("Backoff(%d) = %v after %v", failures, pause, last)
		}
		last = pause
	}
	if last != Longest {
		t.Errorf("Backoff ends at %v, want %v", last, Longest)
	}
}
