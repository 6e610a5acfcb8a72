package indodate

// flags are what is odd about a text, as bits.
type flags uint16

const (
	yearless flags = 1 << iota
	weekdayOnly
	relativeWord
	futureWord
	futureSpan
	isRange
	shortYear
	ambiguous
	zoneAlone
	wrongWeekday
	badTime
	twoDates
	issuedWins
	machineWins
	isUpdated
)

// flagNames are the names of the flags in the order of their bits.
var flagNames = [...]string{
	"yearless", "weekday-only", "relative", "future-word", "future-relative", "range", "two-digit-year", "dm-ambiguous",
	"label-without-time", "weekday-mismatch", "bad-time", "two-dates", "published-wins", "iso-wins", "updated",
}

// names is nil when nothing is odd.
func (f flags) names() []string {
	var names []string
	for bit, name := range flagNames {
		if f&(1<<bit) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// Reasons for refusing a text, the Why of Refused.
const (
	whyEmpty   = "empty"
	whyLong    = "too-long"
	whyNone    = "not-a-date"
	whyTime    = "time-without-date"
	whyYear    = "impossible-year"
	whyMonth   = "month-out-of-range"
	whyDay     = "impossible-day"
	whyFuture  = "too-far-in-future"
	whyEpoch   = "epoch-default"
	whySample  = "boilerplate-date"
	whyNoYear  = "no-year"
	whyNoRef   = "no-moment-of-reading"
	whyWeekday = "weekday-and-ref-disagree"
)
