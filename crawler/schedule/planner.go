package schedule

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"
)

// Planner decides when each source is polled next. It learns the rate of every
// source and the rhythm that all share, and sets one price for a poll so that
// the budget is kept.
//
// A source is due when the delay that its unseen articles are expected to have
// piled up since the last poll reaches the price (Olston and Pandey, "Recrawl
// scheduling based on information longevity", 2008, applied to the delay of
// articles). The same price for all gives the least mean delay per poll: busy
// sources and busy hours get more polls, in proportion to the square root.
//
// Its methods may be called by many goroutines at once. The same calls give
// the same answers.
type Planner struct {
	mu    sync.Mutex // guards all below
	state state
	// What follows from the state, renewed once an hour.
	shape   shape
	price   float64 // days of delay of one article that are worth a poll
	renewed time.Time
}

// state is what a Planner remembers.
type state struct {
	Budget  float64            `json:"budget"` // polls per source and day
	Rhythm  rhythm             `json:"rhythm"`
	Spent   float64            `json:"spent"`   // polls of late
	Planned float64            `json:"planned"` // polls that the price should have led to in that time
	Sources map[string]*source `json:"sources"`
	Pulses  []pulse            `json:"pulses,omitempty"` // by day, oldest first
}

// source is what is remembered of one source.
type source struct {
	Last     time.Time `json:"last"`     // last poll, UTC
	Offset   int       `json:"offset"`   // of its zone, seconds east of UTC
	Articles float64   `json:"articles"` // new ones, the older the less they count
	Days     float64   `json:"days"`     // in which they came, weighted by the rhythm
}

const (
	// priorRate and priorDays are what is believed of a source before anything
	// is known: articles a day, and how many days of watching that is worth.
	priorRate, priorDays = 2, .5
	// memory is how long observations of a source count: after it they have
	// lost two thirds of their weight.
	memory = 42.0 // days
	// maxGap is the longest time between two polls that tells of the rate: what
	// a source shows after more may be only a part.
	maxGap = 7 * 24 * time.Hour
	// maxAtOnce bounds what one poll adds to the rate, for each day since the
	// last: an archive that is put up at once does not make a source busy.
	maxAtOnce = 100
	// late is how long before the last poll an article may say to be from and
	// still count: portals date back by hours, archives by years.
	late = 24 * time.Hour
)

// New makes a planner that spends budget polls per source and day.
func New(budget float64) *Planner {
	return &Planner{state: state{Budget: sane(budget), Sources: make(map[string]*source)}}
}

// sane is a budget that can be kept: at least one poll in four days, at most
// one every Shortest.
func sane(budget float64) float64 {
	if !(budget >= .25) {
		return .25
	}
	return min(budget, float64(24*time.Hour/Shortest))
}

// longest is the longest time between two polls: Longest at 24 polls a day and
// above, more for smaller budgets, of which it would take too large a part.
func (p *Planner) longest() time.Duration {
	mean := time.Duration(float64(24*time.Hour) / p.state.Budget)
	return max(Longest, min(6*mean, 24*time.Hour), mean)
}

// Polled tells that a source was polled now and which articles were new, by
// their times of publication; a zero time stands for one whose hour is not
// known. Zone is the source's own. The first poll of a source finds the past:
// its articles count as history of the weeks before.
func (p *Planner) Polled(id string, zone *time.Location, now time.Time, published []time.Time, first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.renew(now)
	s := p.state.Sources[id]
	if s == nil {
		s = &source{}
		p.state.Sources[id] = s
	}
	_, s.Offset = now.In(zone).Zone()
	since := s.Last
	if first || since.IsZero() {
		// How long it took for what has no hour nobody can tell.
		published = slices.DeleteFunc(slices.Clone(published), time.Time.IsZero)
		since = beginning(now, published)
	}
	s.Last = now.UTC()
	p.state.Spent++
	if gap := now.Sub(since); gap > 0 && (first || gap <= maxGap) {
		p.learn(s, since, now, published)
	}
}

// beginning is since when the articles of a first poll can be taken as all
// that were published: from the oldest of the last four weeks.
func beginning(now time.Time, published []time.Time) time.Time {
	since, earliest := now, now.Add(-4*maxGap)
	for _, at := range published {
		if at.After(earliest) && at.Before(since) {
			since = at
		}
	}
	return since
}

// learn takes in what was published between two polls.
func (p *Planner) learn(s *source, since, now time.Time, published []time.Time) {
	keep := math.Exp(-days(now.Sub(since)) / memory)
	s.Articles *= keep
	s.Days *= keep
	counted, most := 0.0, maxAtOnce*max(1, days(now.Sub(since)))
	for _, at := range published {
		if !at.IsZero() && (at.Before(since.Add(-late)) || at.After(now.Add(late))) {
			continue
		}
		if counted++; counted >= most {
			break
		}
		if !at.IsZero() {
			p.state.Rhythm.saw(at, s.Offset)
		}
	}
	s.Articles += counted
	watched := 0.0
	p.shape.walk(since, now, s.Offset, func(at slot, length float64) bool {
		watched += p.shape.at(at) * length
		return true
	})
	s.Days += watched
	rate := s.rate()
	p.state.beat(now, counted, rate*watched)
	p.shape.walk(since, now, s.Offset, func(at slot, length float64) bool {
		p.state.Rhythm.watched(at, rate*length, p.shape)
		return true
	})
}

// rate is the expected number of articles a day, the mean over the week.
func (s *source) rate() float64 {
	return (s.Articles + priorRate*priorDays) / (s.Days + priorDays)
}

// Next is when a source is due, given the time now; it may be past. A source
// that was never polled is due now.
func (p *Planner) Next(id string, now time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.renew(now)
	s := p.state.Sources[id]
	if s == nil {
		return now
	}
	last := s.Last
	if last.After(now) {
		last = now // the clock was set back
	}
	return p.due(s, last)
}

func days(d time.Duration) float64 { return d.Hours() / 24 }

// MarshalJSON writes what the planner has learned, about 100 bytes a source.
func (p *Planner) MarshalJSON() ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return json.Marshal(p.state)
}

// UnmarshalJSON replaces what the planner has learned; the budget stays as it
// is. Nonsense is an error and changes nothing.
func (p *Planner) UnmarshalJSON(data []byte) error {
	var loaded state
	if err := json.Unmarshal(data, &loaded); err != nil {
		return fmt.Errorf("reading the planner's memory: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state.Budget > 0 {
		loaded.Budget = p.state.Budget
	}
	loaded.Budget = sane(loaded.Budget)
	if err := loaded.check(); err != nil {
		return fmt.Errorf("reading the planner's memory: %w", err)
	}
	if loaded.Sources == nil {
		loaded.Sources = make(map[string]*source)
	}
	p.state, p.renewed = loaded, time.Time{}
	return nil
}

func (s state) check() error {
	for id, source := range s.Sources {
		if source == nil || source.Articles < 0 || source.Days < 0 {
			return fmt.Errorf("source %q makes no sense", id)
		}
	}
	return s.Rhythm.check()
}
