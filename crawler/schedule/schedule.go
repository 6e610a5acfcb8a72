// Package schedule decides when a portal is due. It is arithmetic: no clock,
// no network, no store.
package schedule

import (
	"math"
	"time"
)

// Shortest and Longest bound the time between two visits of a portal.
const (
	Shortest = 5 * time.Minute
	Longest  = 6 * time.Hour
)

// typical is the number of articles a day at which a portal is visited hourly.
const typical = 6.0

// Interval is the time to the next visit of a portal that published articles
// in the past span. It is proportional to one over the square root of the
// rate, which gives the least mean delay for a number of visits (Cho and
// Garcia-Molina, "Effective page refresh policies for web crawlers", 2003).
func Interval(articles int, span time.Duration) time.Duration {
	if articles <= 0 || span <= 0 {
		return Longest
	}
	perDay := float64(articles) / (span.Hours() / 24)
	interval := time.Duration(float64(time.Hour) * math.Sqrt(typical/perDay))
	return min(max(interval, Shortest), Longest)
}

// Backoff is the pause after failures in a row: two seconds after the first,
// doubling to Longest. It never gives up.
func Backoff(failures int) time.Duration {
	if failures < 0 {
		failures = 0
	}
	if failures > 14 {
		return Longest
	}
	return min(2*time.Second<<failures, Longest)
}
