package schedule

import "time"

// pulse is what all sources together published on one day, beside what was
// expected of them.
type pulse struct {
	Day      int64   `json:"day"` // since 1970, UTC
	Seen     float64 `json:"seen"`
	Expected float64 `json:"expected"`
}

const (
	// maxPulses is how many days are remembered.
	maxPulses = 60
	// fewExpected is how many expected articles make a day's pulse count: of a
	// few portals one cannot tell a holiday from chance.
	fewExpected = 20
)

// beat adds what one poll brought to the pulse of its day.
func (s *state) beat(now time.Time, seen, expected float64) {
	day := now.Unix() / int64(24*time.Hour/time.Second)
	if n := len(s.Pulses); n == 0 || s.Pulses[n-1].Day != day {
		s.Pulses = append(s.Pulses, pulse{Day: day})
		s.Pulses = s.Pulses[max(0, len(s.Pulses)-maxPulses):]
	}
	last := &s.Pulses[len(s.Pulses)-1]
	last.Seen += seen
	last.Expected += expected
}

// Expected is how many articles a source should have published in a time, by
// its own rate, the common rhythm of the week, and what all sources together
// did in these days: on a holiday little is expected of anybody. It is 0 for a
// source that was never polled.
func (p *Planner) Expected(id string, since, now time.Time) float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.renew(now)
	s := p.state.Sources[id]
	if s == nil || !since.Before(now) {
		return 0
	}
	if earliest := now.Add(-maxPulses * 24 * time.Hour); since.Before(earliest) {
		since = earliest
	}
	watched := 0.0
	p.shape.walk(since, now, s.Offset, func(at slot, length float64) bool {
		watched += p.shape.at(at) * length
		return true
	})
	return s.rate() * watched * p.state.mood(since)
}

// mood is the share of what was expected that all sources together published
// since then, at most 1.
func (s *state) mood(since time.Time) float64 {
	first := since.Unix() / int64(24*time.Hour/time.Second)
	seen, expected := 0.0, 0.0
	for _, p := range s.Pulses {
		if p.Day >= first {
			seen += p.Seen
			expected += p.Expected
		}
	}
	if expected < fewExpected {
		return 1
	}
	return min(1, seen/expected)
}
