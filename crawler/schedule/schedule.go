// Package schedule decides when a portal is due. It is arithmetic: no clock,
// no network, no store.
package schedule

import "time"

// Shortest and Longest bound the time between two visits of a portal.
const (
	Shortest = 5 * time.Minute
	Longest  = 6 * time.Hour
)

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
