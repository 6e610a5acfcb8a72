package indodate

import (
	"time"

	"kabar/storage/news"
)

// Years that a date on a news page can have. The last one is where two-digit
// years end.
const (
	firstYear = 1900
	lastYear  = 2068
)

// nearFuture is how far ahead a date without a year may lie when its weekday
// says so and no word does.
const nearFuture = 60 * 24 * time.Hour

// nearPast is how far back a date without a year is kept against its weekday.
const nearPast = 45 * 24 * time.Hour

// refusal says why no such day can be on a news page; empty for a good one.
// Days 0 of a month or a year alone are no concern of it.
func (d day) refusal() string {
	switch {
	case d.year == 0 && d.month == 0 && d.day == 0:
		return whyDay
	case d.year > lastYear && d.year <= 9999:
		return whyFuture
	case d.year < firstYear || d.year > lastYear:
		return whyYear
	case d.month < 1 || d.month > 12:
		return whyMonth
	case d.day < 1 || d.day > daysIn(d.year, d.month):
		return whyDay
	case d == day{1970, 1, 1}, d == day{1969, 12, 31}, d == day{1900, 1, 1}:
		return whyEpoch
	}
	return ""
}

// sample tells whether a moment is the one that lists of meta tags give as
// their example, copied into the head of many themes.
func sample(d day, c clock) bool {
	return d == day{2010, 7, 18} && c.known && c.hour == 17 && c.minute == 15
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func (d day) weekday() int {
	return int(time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC).Weekday())
}

// number counts days, so that two days can be compared and subtracted.
func (d day) number() int {
	return int(time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func dayOf(t time.Time) day {
	y, m, d := t.Date()
	return day{y, int(m), d}
}

func (d day) plus(n int) day {
	return dayOf(time.Date(d.year, time.Month(d.month), d.day+n, 0, 0, 0, 0, time.UTC))
}

// nearest gives d, which has no year, the year that makes it the newest such
// day not after ref, or the next one behind ref when it is ahead. Without a
// word about it the weekday decides; ok is false when nothing fits.
func (d day) nearest(ref day, wd int, way class) (day, bool) {
	past, ok := d.search(ref, -1)
	if way == ahead {
		d, ok = d.search(ref.plus(1), 1)
		return d, ok
	}
	if wd < 0 || !ok || past.weekday() == wd {
		return past, ok
	}
	if next, ok := d.search(ref, 1); ok && next.weekday() == wd && next.number()-ref.number() <= int(nearFuture/(24*time.Hour)) {
		return next, true
	}
	return past, ref.number()-past.number() <= int(nearPast/(24*time.Hour))
}

// search goes from the year of ref on in the given direction until d exists
// there on the right side of ref.
func (d day) search(ref day, step int) (day, bool) {
	d.year = ref.year
	for range 9 {
		if d.day <= daysIn(d.year, d.month) && (d.number()-ref.number())*step >= 0 {
			return d, true
		}
		d.year += step
	}
	return d, false
}

// zoneOf is the clock that p is told in.
func (s *scanner) zoneOf(p *part) *time.Location {
	switch {
	case p.clock.zone.known:
		return fixedZone(p.clock.zone.minutes, p.day)
	case s.c.Zone != nil:
		return s.c.Zone
	case !s.c.Ref.IsZero() && (p.form == spanForm || p.form == dayWordForm):
		return s.c.Ref.Location()
	default:
		return time.UTC
	}
}

func fixedZone(minutes int, d day) *time.Location {
	switch minutes {
	case easternTime:
		minutes = -5*60 + summer(d)
	case centralTime:
		minutes = -6*60 + summer(d)
	case mountainTime:
		minutes = -7*60 + summer(d)
	case pacificTime:
		minutes = -8*60 + summer(d)
	}
	if minutes == 0 {
		return time.UTC
	}
	return time.FixedZone("", minutes*60)
}

// summer is the minutes that clocks in the United States are ahead on d: from
// the second Sunday of March to the first Sunday of November (15 U.S.C. 260a).
func summer(d day) int {
	start := sundayFrom(day{d.year, 3, 8})
	end := sundayFrom(day{d.year, 11, 1})
	if n := d.number(); n >= start && n < end {
		return 60
	}
	return 0
}

func sundayFrom(d day) int { return d.number() + (7-d.weekday())%7 }

// moment is the time of day c on d at loc, in a fixed offset of whole minutes,
// which is what RFC 3339 can write.
func moment(d day, c clock, loc *time.Location) time.Time {
	at := time.Date(d.year, time.Month(d.month), d.day, c.hour, c.minute, min(c.second, 59), 0, loc)
	return fixed(at)
}

func fixed(at time.Time) time.Time {
	_, seconds := at.Zone()
	minutes := seconds / 60
	if minutes == 0 {
		return at.UTC().Truncate(time.Second)
	}
	loc := time.FixedZone("", minutes*60)
	return at.Add(time.Duration(seconds%60) * time.Second).In(loc).Truncate(time.Second)
}

func (c clock) precision() news.Precision {
	switch c.precise {
	case 3:
		return news.Second
	case 2:
		return news.Minute
	default:
		return news.Hour
	}
}
