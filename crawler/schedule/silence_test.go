package schedule

import (
	"testing"
	"time"
)

// monday is a Monday morning.
var monday = time.Date(2026, 1, 5, 8, 0, 0, 0, time.FixedZone("WIB", 7*60*60))

// steady polls a source every hour for some days, with a new article at every
// step.
func steady(p *Planner, id string, from time.Time, days int, step time.Duration) time.Time {
	now, next := from, from.Add(step)
	p.Polled(id, from.Location(), now, nil, true)
	for now.Before(from.AddDate(0, 0, days)) {
		now = now.Add(time.Hour)
		var published []time.Time
		for ; !next.After(now); next = next.Add(step) {
			published = append(published, next)
		}
		p.Polled(id, from.Location(), now, published, false)
	}
	return now
}

func TestExpectedFollowsASourcesOwnRate(t *testing.T) {
	p := New(24)
	now := steady(p, "ramai", monday, 28, 3*time.Hour)
	steady(p, "sepi", monday, 28, 96*time.Hour)
	if got := p.Expected("ramai", now.AddDate(0, 0, -7), now); got < 45 || got > 65 {
		t.Errorf("%.1f articles expected of a week at 8 a day", got)
	}
	if got := p.Expected("sepi", now.AddDate(0, 0, -7), now); got < 1 || got > 3 {
		t.Errorf("%.1f articles expected of a week at one in four days", got)
	}
	if got := p.Expected("asing", now.AddDate(0, 0, -7), now); got != 0 {
		t.Errorf("%.1f articles expected of a source that was never polled", got)
	}
	if got := p.Expected("ramai", now.AddDate(10, 0, 0), now); got != 0 {
		t.Errorf("%.1f articles expected of a time to come", got)
	}
}

// On a holiday all are silent, and nothing is to be expected of anybody.
func TestExpectedKnowsHolidays(t *testing.T) {
	p := New(24)
	ids := []string{"a", "b", "c", "d", "e"}
	var now time.Time
	for _, id := range ids {
		now = steady(p, id, monday, 28, 3*time.Hour)
	}
	before := now
	usual := p.Expected("a", before.AddDate(0, 0, -2), before)
	for range 48 {
		now = now.Add(time.Hour)
		for _, id := range ids {
			p.Polled(id, monday.Location(), now, nil, false)
		}
	}
	holiday := p.Expected("a", before, now)
	if holiday > usual/4 {
		t.Errorf("%.1f articles expected of two days on which nobody published, %.1f of usual ones", holiday, usual)
	}
}

// A first poll that finds an archive without hours tells nothing of the rate.
func TestArticlesWithoutAnHourTellNothingOfTheRateAtFirst(t *testing.T) {
	p := New(24)
	published := make([]time.Time, 200)
	published[0], published[1] = monday.Add(-time.Hour), monday.Add(-20*time.Hour)
	p.Polled("a", monday.Location(), monday, published, true)
	if got := p.Expected("a", monday, monday.Add(24*time.Hour)); got > 5 {
		t.Errorf("%.1f articles a day expected after two in the last day", got)
	}
}
