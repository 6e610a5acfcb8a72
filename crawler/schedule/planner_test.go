package schedule

import (
	"container/heap"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

var (
	wib   = time.FixedZone("WIB", 7*3600)
	start = time.Date(2026, 2, 2, 0, 0, 0, 0, wib) // a Monday
)

func TestPlannerBounds(t *testing.T) {
	many := make([]time.Time, 5000)
	for i := range many {
		many[i] = start.Add(-time.Duration(i) * time.Minute)
	}
	for _, c := range []struct {
		name  string
		polls func(p *Planner) (now time.Time)
	}{
		{"first poll", func(p *Planner) time.Time {
			p.Polled("a", wib, start, nil, true)
			return start
		}},
		{"never anything new", func(p *Planner) time.Time {
			return pollEvery(p, start, 90*24, time.Hour, nil)
		}},
		{"thousands at once", func(p *Planner) time.Time {
			p.Polled("a", wib, start, many, true)
			p.Polled("a", wib, start.Add(time.Hour), many, false)
			return start.Add(time.Hour)
		}},
		{"hours that are not known", func(p *Planner) time.Time {
			return pollEvery(p, start, 100, time.Hour, make([]time.Time, 30))
		}},
		{"the clock goes back a day", func(p *Planner) time.Time {
			now := pollEvery(p, start, 100, time.Hour, nil).Add(-24 * time.Hour)
			p.Polled("a", wib, now, nil, false)
			return now
		}},
		{"the clock goes on ten years", func(p *Planner) time.Time {
			now := pollEvery(p, start, 100, time.Hour, nil).AddDate(10, 0, 0)
			p.Polled("a", wib, now, many, false)
			return now
		}},
		{"the clock goes on ten years and comes back", func(p *Planner) time.Time {
			now := pollEvery(p, start, 100, time.Hour, nil)
			p.Polled("a", wib, now.AddDate(10, 0, 0), nil, false)
			p.Polled("a", wib, now, nil, false)
			return now
		}},
		{"articles from the future", func(p *Planner) time.Time {
			return pollEvery(p, start, 100, time.Hour, []time.Time{start.AddDate(5, 0, 0)})
		}},
		{"the same moment twice", func(p *Planner) time.Time {
			p.Polled("a", wib, start, nil, true)
			p.Polled("a", wib, start, many, false)
			return start
		}},
	} {
		for _, budget := range []float64{math.NaN(), -1, .1, 1, 6, 24, 96, 1e6} {
			t.Run(fmt.Sprint(c.name, " at ", budget), func(t *testing.T) {
				p := New(budget)
				now := c.polls(p)
				gap := p.Next("a", now).Sub(now)
				if gap < Shortest || gap > p.longest() {
					t.Errorf("next poll after %v, want %v to %v", gap, Shortest, p.longest())
				}
			})
		}
	}
}

// pollEvery polls a source n times and returns the time of the last poll.
func pollEvery(p *Planner, from time.Time, n int, gap time.Duration, published []time.Time) time.Time {
	p.Polled("a", wib, from, nil, true)
	for range n {
		from = from.Add(gap)
		p.Polled("a", wib, from, published, false)
	}
	return from
}

func TestNextWithoutAPoll(t *testing.T) {
	if next := New(24).Next("a", start); !next.Equal(start) {
		t.Errorf("a source that was never polled is due at %v, want now", next)
	}
}

func TestNextDoesNotMove(t *testing.T) {
	p := New(24)
	p.Polled("a", wib, start, nil, true)
	if one, two := p.Next("a", start), p.Next("a", start.Add(10*time.Minute)); !one.Equal(two) {
		t.Errorf("asked later, the next poll moved from %v to %v", one, two)
	}
}

func TestClockSetBackWaitsNotLong(t *testing.T) {
	p := New(24)
	p.Polled("a", wib, start.AddDate(10, 0, 0), nil, true)
	if wait := p.Next("a", start).Sub(start); wait > Longest {
		t.Errorf("ten years after the last poll the next one is in %v", wait)
	}
}

func TestBusyComesFirst(t *testing.T) {
	p := New(24)
	now := start
	for range 14*24 + 10 { // until ten in the morning
		now = now.Add(time.Hour)
		for i, each := range []int{0, 1, 4, 16} {
			p.Polled(fmt.Sprint(i), wib, now, make([]time.Time, each), false)
		}
	}
	last := 48 * time.Hour
	for i := range 4 {
		gap := p.Next(fmt.Sprint(i), now).Sub(now)
		if gap >= last {
			t.Errorf("source %d waits %v, the less busy one before it %v", i, gap, last)
		}
		last = gap
	}
}

func TestFirstPollTeaches(t *testing.T) {
	var history []time.Time
	for at := start.AddDate(0, 0, -10); at.Before(start); at = at.Add(30 * time.Minute) {
		history = append(history, at)
	}
	p := New(24)
	p.Polled("busy", wib, start, history, true)
	p.Polled("silent", wib, start, nil, true)
	if rate := p.state.Sources["busy"].rate(); rate < 40 || rate > 52 {
		t.Errorf("rate of 48 articles a day taken for %.1f", rate)
	}
	if busy, silent := p.Next("busy", start), p.Next("silent", start); !busy.Before(silent) {
		t.Errorf("the busy source is due at %v, the silent one at %v", busy, silent)
	}
}

func TestPlannerRemembers(t *testing.T) {
	p := New(24)
	now := pollEvery(p, start, 300, time.Hour, []time.Time{start.Add(time.Hour)})
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	again := New(24)
	if err := json.Unmarshal(data, again); err != nil {
		t.Fatal(err)
	}
	p.renewed = time.Time{} // as after a start
	if want, got := p.Next("a", now), again.Next("a", now); !got.Equal(want) {
		t.Errorf("after a restart the next poll is at %v, want %v", got, want)
	}
	if another := New(48); json.Unmarshal(data, another) != nil || another.state.Budget != 48 {
		t.Error("a stored budget replaced the one that was asked for")
	}
}

func FuzzPlannerUnmarshal(f *testing.F) {
	p := New(24)
	p.Polled("a", wib, start, nil, true)
	good, err := json.Marshal(p)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"sources":{"a":null}}`))
	f.Add([]byte(`{"sources":{"a":{"articles":-1}}}`))
	f.Add([]byte(`{"rhythm":{"hours":[-1]},"spent":-30}`))
	f.Add([]byte(`{"rhythm":{"hours":[1e300,1e308]},"spent":1e308,"sources":{"a":{"articles":1e308,"days":0,"offset":99999999999}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p := New(24)
		if p.UnmarshalJSON(data) != nil {
			return
		}
		p.Polled("a", wib, start, nil, false)
		if gap := p.Next("a", start).Sub(start); gap < Shortest || gap > Longest {
			t.Errorf("%s: next poll after %v", data, gap)
		}
	})
}

// TestDelay polls made-up sources and compares the mean delay of their
// articles with that of a fixed interval at the same number of polls.
func TestDelay(t *testing.T) {
	for _, budget := range []float64{6, 24, 96} {
		t.Run(fmt.Sprint(budget, " polls a day"), func(t *testing.T) {
			delay, spent := simulate(New(budget), 40, 14, 10)
			fixed := time.Duration(float64(12*time.Hour) / spent)
			ratio := float64(delay) / float64(fixed)
			t.Logf("%.2f polls, mean delay %v, fixed interval %v: %.3f", spent, delay, fixed, ratio)
			if ratio > .5 {
				t.Errorf("mean delay is %.3f of a fixed interval's, want at most .5", ratio)
			}
			if math.Abs(spent/budget-1) > .05 {
				t.Errorf("%.2f polls a day, want %v", spent, budget)
			}
		})
	}
}

type poll struct {
	at time.Time
	id int
}

type polls []poll

func (q polls) Len() int           { return len(q) }
func (q polls) Less(a, b int) bool { return q[a].at.Before(q[b].at) }
func (q polls) Swap(a, b int)      { q[a], q[b] = q[b], q[a] }
func (q *polls) Push(x any)        { *q = append(*q, x.(poll)) }
func (q *polls) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// simulate lets a planner poll n sources with rates of 0.05 to 50 articles a
// day and office hours, and returns the mean delay and the polls per source
// and day of the days after the warm-up.
func simulate(p *Planner, n, warm, scored int) (delay time.Duration, spent float64) {
	random := rand.New(rand.NewPCG(1, 2))
	zones := []*time.Location{wib, time.FixedZone("WITA", 8*3600), time.FixedZone("WIT", 9*3600)}
	news := make([][]time.Time, n)
	queue := make(polls, n)
	for i := range n {
		rate := .05 * math.Pow(1000, random.Float64())
		news[i] = publish(random, rate, zones[i%3], warm+scored)
		queue[i] = poll{start.Add(time.Duration(i) * time.Minute), i}
	}
	heap.Init(&queue)
	from, end := start.AddDate(0, 0, warm), start.AddDate(0, 0, warm+scored)
	count, articles, total := 0, 0, time.Duration(0)
	first := make([]bool, n)
	for queue[0].at.Before(end) {
		now := queue[0]
		var found []time.Time
		for len(news[now.id]) > 0 && !news[now.id][0].After(now.at) {
			if at := news[now.id][0]; !at.Before(from) {
				articles++
				total += now.at.Sub(at)
			}
			found = append(found, news[now.id][0])
			news[now.id] = news[now.id][1:]
		}
		if !now.at.Before(from) {
			count++
		}
		id := fmt.Sprint(now.id)
		if first[now.id] {
			p.Polled(id, zones[now.id%3], now.at, found, false)
		} else {
			p.Polled(id, zones[now.id%3], now.at, nil, true)
		}
		first[now.id] = true
		queue[0].at = p.Next(id, now.at)
		heap.Fix(&queue, 0)
	}
	return total / time.Duration(articles), float64(count) / float64(n*scored)
}

// publish draws the times of a source's articles: dense in office hours, few
// at night, half on weekends.
func publish(random *rand.Rand, rate float64, zone *time.Location, length int) []time.Time {
	var out []time.Time
	for minute := range length * 24 * 60 {
		at := start.Add(time.Duration(minute) * time.Minute).In(zone)
		weight := .2
		switch h := at.Hour(); {
		case h >= 8 && h < 17:
			weight = 2
		case h >= 6 && h < 21:
			weight = 1
		}
		if d := at.Weekday(); d == time.Saturday || d == time.Sunday {
			weight /= 2
		}
		if random.Float64() < rate*weight/(24*60*.9) {
			out = append(out, at)
		}
	}
	return out
}
