package normalize

import (
	"slices"
	"strings"
	"time"

	"kabar/crawler/extract"
	"kabar/crawler/indodate"
	"kabar/storage/news"
)

// Kinds of places that a claim of a date can stand in.
type stampPlace uint8

const (
	placeRule stampPlace = iota
	placeLinked
	placeMeta
	placeMicrodata
	placeTime
	placeText
	placeAddress
	placeOutside
	placeChange // a claim of change that may be publication
	places
)

// stampClaim is a claim of a date that could be read.
type stampClaim struct {
	extract.Claim
	stamp   news.Stamp
	place   stampPlace
	zoned   bool // the text itself named its zone
	utc     bool // and that was UTC, which says little about the clock of its readers
	flags   []string
	day     string // the day as printed, 2006-01-02
	points  float64
	support float64
}

// Agreement of two claims, from nothing in common to the same moment.
const (
	sameMoment   = 1.0
	sameDay      = 0.7
	neighborDay  = 0.5 // the day before or after, as another offset tells it
	noAgreement  = 0.0
	minuteApart  = 61 * time.Second
	widestOffset = 14 * time.Hour
)

func civilDay(t time.Time) string { return t.Format(time.DateOnly) }

// wallClock is what a clock on the wall shows, as if it were UTC.
func wallClock(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

func (c *stampClaim) wall() time.Time { return wallClock(c.stamp.Time) }

// Relative is the detail in the origin of a stamp that was read from an age
// ("listing:relative" for "4 hari lalu"): it is rounded down to its unit, so
// its day may be the one after the true one.
const Relative = "relative"

// has tells whether the reading has a flag of package indodate.
func (c *stampClaim) has(flag string) bool { return slices.Contains(c.flags, flag) }

// agrees tells how well two claims fit together.
func (c *stampClaim) agrees(other *stampClaim) float64 {
	exact := c.stamp.HasClock() && other.stamp.HasClock()
	if exact && within(c.stamp.Time, other.stamp.Time, minuteApart) {
		return sameMoment
	}
	if exact && c.zoned != other.zoned && within(c.wall(), other.wall(), minuteApart) {
		return sameMoment
	}
	if c.day == other.day {
		if !exact {
			return 0.9
		}
		return sameDay
	}
	if exact && c.wholeOffset(other) {
		return sameDay
	}
	if c.couldFall(other) || other.couldFall(c) {
		return neighborDay
	}
	return noAgreement
}

// wholeOffset tells whether a local time and a moment differ by what an offset
// can be: hours, halves or quarters of them.
func (c *stampClaim) wholeOffset(other *stampClaim) bool {
	if c.zoned == other.zoned || !c.utc && !other.utc {
		return false
	}
	var apart time.Duration
	if !c.zoned {
		apart = c.wall().Sub(wallClock(other.stamp.Time.UTC()))
	} else {
		apart = other.wall().Sub(wallClock(c.stamp.Time.UTC()))
	}
	quarters := apart.Round(15 * time.Minute)
	return within(time.Time{}.Add(apart), time.Time{}.Add(quarters), minuteApart) && quarters <= widestOffset && quarters >= -12*time.Hour
}

// couldFall tells whether the moment of c falls on the day of other somewhere
// on earth.
func (c *stampClaim) couldFall(other *stampClaim) bool {
	if !c.stamp.HasClock() || !c.utc || other.stamp.HasClock() {
		return false
	}
	utc := c.stamp.Time.UTC()
	return civilDay(utc.Add(widestOffset)) == other.day || civilDay(utc.Add(-12*time.Hour)) == other.day
}

func within(a, b time.Time, most time.Duration) bool {
	d := a.Sub(b)
	return d <= most && -d <= most
}

// exactness orders claims of the same day by what they know.
func (c *stampClaim) exactness() int {
	if !c.stamp.HasClock() {
		return 0
	}
	n := 3
	switch {
	case c.stamp.Precision == news.Hour:
		return 1 // "2 jam lalu" is anywhere in an hour
	case c.has(Relative):
		return 2
	}
	midnight := c.stamp.Time.Hour() == 0 && c.stamp.Time.Minute() == 0 && c.stamp.Time.Second() == 0
	if !midnight {
		n += 2
	}
	if c.zoned {
		n += 2
	}
	return n
}

// placeOf is the kind of place that an origin names.
func placeOf(origin string) stampPlace {
	name, _, _ := strings.Cut(origin, ":")
	switch name {
	case "rule":
		return placeRule
	case "jsonld", "state":
		return placeLinked
	case "meta", "og":
		return placeMeta
	case "microdata":
		return placeMicrodata
	case "time":
		return placeTime
	case "address":
		return placeAddress
	case "feed", "sitemap", "listing", "anchor", "api", "news-sitemap":
		return placeOutside
	default:
		return placeText
	}
}

// readStamp reads one claim; ok is false when it gives no day.
func (s *stampChoice) readStamp(claim extract.Claim, monthFirst bool) (stampClaim, bool) {
	text := strings.Join(strings.Fields(claim.Value), " ")
	if len(text) > indodate.MaxBytes {
		return stampClaim{}, false
	}
	r, err := indodate.Read(text, indodate.Context{Zone: s.c.Zone, Ref: s.c.Now, MonthFirst: monthFirst})
	if err != nil {
		return stampClaim{}, false
	}
	c := stampClaim{Claim: claim, stamp: r.Stamp, place: placeOf(claim.Origin), zoned: r.Zoned, flags: r.Flags}
	c.stamp.Origin = claim.Origin
	if _, offset := c.stamp.Time.Zone(); c.zoned && offset == 0 {
		c.utc = true
	}
	if c.zoned && c.stamp.HasClock() && s.c.Zone != nil {
		c.stamp.Time = inFixed(c.stamp.Time, s.c.Zone)
	}
	if !c.stamp.HasClock() && c.stamp.Precision != news.Day {
		return stampClaim{}, false
	}
	if c.has("weekday-only") || c.has("future-word") || c.has("range") {
		return stampClaim{}, false
	}
	c.day = civilDay(c.stamp.Time)
	return c, true
}
