package schedule

import (
	"errors"
	"time"
)

// rhythm is the daily and weekly rhythm that all sources share, each on its
// own clock: how many articles came in each hour of the day and on each
// weekday, and how many would have come if all hours and weekdays were equal.
type rhythm struct {
	Hours     [24]float64 `json:"hours"`
	HoursEven [24]float64 `json:"hours_even"`
	Days      [7]float64  `json:"days"`
	DaysEven  [7]float64  `json:"days_even"`
}

// shape is the intensity of each weekday and hour against the mean of the
// week, as the product of a factor for each.
type shape struct {
	hour [24]float64 // mean 1
	day  [7]float64  // mean 1
}

// slot is an hour of the week on a source's own clock.
type slot struct{ day, hour int } // day 0 is Sunday, as in time.Weekday

// usual is the day of an editorial office: what is believed before articles
// were seen, worth usualWeight articles for each hour and weekday.
var (
	usual     = [24]float64{.3, .2, .2, .2, .4, .7, 1, 1.2, 1.4, 1.5, 1.5, 1.5, 1.4, 1.5, 1.5, 1.5, 1.5, 1.4, 1.2, 1.2, 1.1, .9, .7, .5}
	usualDays = [7]float64{.8, 1.1, 1.1, 1.1, 1.1, 1.1, .9}
)

const usualWeight = 8

// saw counts an article.
func (r *rhythm) saw(at time.Time, offset int) {
	s := slotOf(local(at, offset))
	r.Hours[s.hour]++
	r.Days[s.day]++
}

// watched counts a time of watching in which even articles would have come
// without any rhythm.
func (r *rhythm) watched(s slot, even float64, known shape) {
	r.HoursEven[s.hour] += even * known.day[s.day]
	r.DaysEven[s.day] += even * known.hour[s.hour]
}

// fade makes what was learned count less, so that the rhythm can change.
func (r *rhythm) fade(keep float64) {
	for i := range r.Hours {
		r.Hours[i] *= keep
		r.HoursEven[i] *= keep
	}
	for i := range r.Days {
		r.Days[i] *= keep
		r.DaysEven[i] *= keep
	}
}

func (r *rhythm) shape() shape {
	var s shape
	weigh(s.hour[:], r.Hours[:], r.HoursEven[:], usual[:])
	weigh(s.day[:], r.Days[:], r.DaysEven[:], usualDays[:])
	return s
}

// weigh fills factors of mean 1.
func weigh(factors, seen, even, prior []float64) {
	sum := 0.0
	for i := range factors {
		factors[i] = (seen[i] + usualWeight*prior[i]) / (even[i] + usualWeight)
		sum += factors[i]
	}
	for i := range factors {
		factors[i] *= float64(len(factors)) / sum
	}
}

func (r *rhythm) check() error {
	for _, values := range [][]float64{r.Hours[:], r.HoursEven[:], r.Days[:], r.DaysEven[:]} {
		for _, v := range values {
			if v < 0 {
				return errors.New("the rhythm has a negative count")
			}
		}
	}
	return nil
}

func (s *shape) at(t slot) float64 { return s.day[t.day] * s.hour[t.hour] }

// walk calls do for each hour, or part of one, between two times, with its
// length in days, until do returns false.
func (s *shape) walk(from, to time.Time, offset int, do func(at slot, length float64) bool) {
	for at := from; at.Before(to); {
		clock := local(at, offset)
		end := at.Add(clock.Truncate(time.Hour).Add(time.Hour).Sub(clock))
		if end.After(to) {
			end = to
		}
		if !do(slotOf(clock), days(end.Sub(at))) {
			return
		}
		at = end
	}
}

// local is a time whose UTC fields show the clock at an offset; hours begin
// there as they do on the source's own clock.
func local(at time.Time, offset int) time.Time {
	return at.UTC().Add(time.Duration(offset) * time.Second)
}

func slotOf(clock time.Time) slot { return slot{int(clock.Weekday()), clock.Hour()} }
