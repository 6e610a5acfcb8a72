package schedule

import (
	"math"
	"time"
)

// due is when the next poll of a source should follow the last one.
func (p *Planner) due(s *source, last time.Time) time.Time {
	gap := p.threshold(s, last)
	if gap > farsighted {
		gap = p.lookAhead(s, last)
	}
	return last.Add(min(max(gap.Round(time.Second), Shortest), p.longest()))
}

// threshold is the time until the expected delay since the last poll reaches
// the price. It is the best rule while the rhythm hardly changes between two
// polls.
func (p *Planner) threshold(s *source, last time.Time) time.Duration {
	rate := s.rate()
	pile, unseen, gap := 0.0, 0.0, 0.0
	p.shape.walk(last, last.Add(p.longest()), s.Offset, func(at slot, length float64) bool {
		density := rate * p.shape.at(at)
		grown := pile + unseen*length + density*length*length/2
		if grown >= p.price {
			gap += crossing(density/2, unseen, pile-p.price)
			return false
		}
		pile, unseen, gap = grown, unseen+density*length, gap+length
		return true
	})
	return time.Duration(gap * float64(24*time.Hour))
}

// crossing is the positive root of ax²+bx+c for a, b >= 0 >= c.
func crossing(a, b, c float64) float64 {
	return -2 * c / (b + math.Sqrt(b*b-4*a*c))
}

const (
	// farsighted is the gap above which the rhythm changes so much before the
	// next poll that the polls after it are weighed too.
	farsighted = time.Hour
	// step and steps are the grid on which they are: three days.
	step, steps = 15 * time.Minute, 3 * 24 * 4
)

// lookAhead is the time to the first of the polls of the next three days that
// together cost least, in price and in expected delay. It ends with a poll at
// the hour of the last one.
func (p *Planner) lookAhead(s *source, last time.Time) time.Duration {
	unseen, moment := p.expected(s, last)
	reach := int(p.longest() / step)
	var least [steps + 1]float64
	first := steps
	for from := steps - 1; from >= 0; from-- {
		least[from] = math.Inf(1)
		for to := from + 1; to <= min(from+reach, steps); to++ {
			delay := days(step)*float64(to)*(unseen[to]-unseen[from]) - (moment[to] - moment[from])
			if cost := p.price + delay + least[to]; cost < least[from] {
				least[from], first = cost, to
			}
		}
	}
	return time.Duration(first) * step
}

// expected sums up, for each step after the last poll, how many articles are
// expected until then, and their times in days.
func (p *Planner) expected(s *source, last time.Time) (articles, moments [steps + 1]float64) {
	rate := s.rate() * days(step)
	for i := range steps {
		middle := last.Add(time.Duration(i)*step + step/2)
		n := rate * p.shape.at(slotOf(local(middle, s.Offset)))
		articles[i+1] = articles[i] + n
		moments[i+1] = moments[i] + n*days(step)*(float64(i)+.5)
	}
	return articles, moments
}
