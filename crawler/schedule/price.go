package schedule

import (
	"maps"
	"math"
	"slices"
	"time"
)

const (
	// renewal is how often shape and price follow what was learned.
	renewal = time.Hour
	// account is how long polls count when spending is compared with the plan;
	// it spans a week, since weekends differ.
	account = 7.0 // days
	// fading is how long an article counts in the rhythm.
	fading = 60.0 // days
)

// renew brings shape and price up to date, once an hour by the caller's clock.
func (p *Planner) renew(now time.Time) {
	past := now.Sub(p.renewed)
	if !p.renewed.IsZero() && past >= 0 && past < renewal {
		return
	}
	if !p.renewed.IsZero() && past > 0 {
		p.settle(p.renewed, min(past, 24*time.Hour))
	}
	p.renewed = now
	p.shape = p.state.Rhythm.shape()
	p.price = p.fairPrice(now)
}

// settle sets what should have been spent since the last renewal against what
// was.
func (p *Planner) settle(since time.Time, past time.Duration) {
	length := days(past)
	for _, s := range p.active(since) {
		p.state.Planned += p.pace(s.rate()*p.shape.at(slotOf(local(since, s.Offset))), p.price) * length
	}
	p.state.Spent *= math.Exp(-length / account)
	p.state.Planned *= math.Exp(-length / account)
	p.state.Rhythm.fade(math.Exp(-length / fading))
}

// active lists the sources that are still polled, in the order of their names
// so that sums come out the same each time.
func (p *Planner) active(now time.Time) []*source {
	var list []*source
	for _, id := range slices.Sorted(maps.Keys(p.state.Sources)) {
		if s := p.state.Sources[id]; now.Sub(s.Last) < maxGap {
			list = append(list, s)
		}
	}
	return list
}

// pace is the number of polls a day at an intensity of articles a day.
func (p *Planner) pace(intensity, price float64) float64 {
	pace := math.Sqrt(intensity / (2 * price))
	return min(max(pace, 1/days(p.longest())), 1/days(Shortest))
}

// fairPrice is the price at which all sources together keep the budget.
func (p *Planner) fairPrice(now time.Time) float64 {
	var rates []float64
	for _, s := range p.active(now) {
		rates = append(rates, s.rate())
	}
	if len(rates) == 0 {
		rates = []float64{priorRate}
	}
	want := p.state.Budget * float64(len(rates)) * p.correction()
	levels := p.shape.levels()
	low, high := 1e-9, 1e6
	for range 24 {
		price := math.Sqrt(low * high)
		if p.demand(rates, levels, price) > want {
			low = price
		} else {
			high = price
		}
	}
	return high
}

// correction is what the plan has to be multiplied with so that it comes true:
// polls fall on whole gaps, visits are late, portals ask for patience.
func (p *Planner) correction() float64 {
	const calm = 20 // polls before the comparison means much
	c := (p.state.Planned + calm) / (p.state.Spent + calm)
	return min(max(c, .5), 2)
}

// demand is the number of polls a day that sources need at a price.
func (p *Planner) demand(rates []float64, levels [14]float64, price float64) float64 {
	sum := 0.0
	for _, rate := range rates {
		for _, level := range levels {
			sum += p.pace(rate*level, price)
		}
	}
	return sum / float64(len(levels))
}

// levels sums a week up: the mean intensities of its quietest twelve hours, of
// the next twelve and so on.
func (s *shape) levels() (levels [14]float64) {
	var all []float64
	for _, day := range s.day {
		for _, hour := range s.hour {
			all = append(all, day*hour)
		}
	}
	slices.Sort(all)
	for i, value := range all {
		levels[i/12] += value / 12
	}
	return levels
}
