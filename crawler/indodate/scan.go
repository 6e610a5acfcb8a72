package indodate

import (
	"time"

	"kabar/storage/news"
)

// form is the shape of a date, from the one that says most to the one that
// says least; of several dates in a line the lower form wins.
type form uint8

const (
	fullForm     form = iota // day, month and year
	yearlessForm             // day and month
	monthForm                // month, with or without year
	spanForm                 // "2 jam lalu"
	dayWordForm              // "kemarin", "hari ini"
	weekdayForm              // "Selasa"
	yearForm                 // "tahun 2023"
)

// day is a day of the calendar; parts that are not known are 0.
type day struct{ year, month, day int }

// part is one date found in a text.
type part struct {
	form    form
	day     day
	end     day // last day of a range
	weekday int // -1 when none is printed
	shift   int // months: years to add to the year of reading
	shifted bool
	span    span
	week    bool // the span is the week before or behind: "pekan lalu"
	clock   clock
	iso     bool // a machine stamp
	instant time.Time
	label   class // issued, updated or other
	when    class // ago, ahead or other: which way a date without a year lies
	flags   flags
	why     string // why it cannot be read; empty when it can
	a, b    int    // tokens
}

// span is a distance from the moment of reading, negative into the past.
type span struct {
	years, months int
	time          time.Duration
	precision     news.Precision
}

// scanner finds the parts of one text.
type scanner struct {
	text   string
	tokens []token
	c      Context
	parts  []part
	clocks []clock
	none   token // stands for what is before and behind the text
}

func (s *scanner) at(i int) *token {
	if i < 0 || i >= len(s.tokens) {
		return &s.none
	}
	return &s.tokens[i]
}

func (s *scanner) word(i int) string { t := s.at(i); return s.text[t.from:t.to] }

// scan goes through the text once from left to right.
func (s *scanner) scan() {
	for i := 0; i < len(s.tokens); {
		if p, ok := s.date(i); ok {
			s.parts = append(s.parts, p)
			i = p.b
			continue
		}
		if c, ok := s.clock(i); ok {
			s.clocks = append(s.clocks, c)
			i = c.b
			continue
		}
		i++
	}
	s.attachWeekdays()
	s.attachClocks()
	for i := range s.parts {
		s.describe(i)
	}
}

// date matches any date that begins at token i.
func (s *scanner) date(i int) (part, bool) {
	t := s.at(i)
	if t.class == number {
		return s.numberDate(i)
	}
	if t.is(month) {
		if p, ok := s.monthFirst(i); ok {
			return p, true
		}
	}
	if t.is(monthWord) {
		if p, ok := s.monthWord(i); ok {
			return p, true
		}
	}
	if t.is(yearWord) {
		if p, ok := s.yearOnly(i); ok {
			return p, true
		}
	}
	return s.relative(i)
}

func (s *scanner) numberDate(i int) (part, bool) {
	if s.blocked(i) {
		return part{}, false
	}
	if p, ok := s.yearFirst(i); ok {
		return p, true
	}
	if p, ok := s.signed(i); ok {
		return p, true
	}
	if p, ok := s.numeric(i); ok {
		return p, true
	}
	if p, ok := s.dayMonth(i); ok {
		return p, true
	}
	if p, ok := s.compact(i); ok {
		return p, true
	}
	if p, ok := s.relative(i); ok {
		return p, true
	}
	return s.bareDayMonth(i)
}

// blocked tells whether the number at i belongs to something that is no date:
// "Nomor 12", "Rp 20.", "1.2.3.4".
func (s *scanner) blocked(i int) bool {
	before := s.at(i - 1)
	if before.is(blocker) || before.class == sign && s.at(i-2).is(blocker) && (before.num == '.' || before.num == ':') {
		return true
	}
	t := s.at(i)
	return !t.space && before.class == sign && !before.space && s.at(i-2).class == number &&
		(before.num == '.' || before.num == '/' || before.num == ',')
}

// separator is the sign at i when it can stand between the numbers of a date.
func (s *scanner) separator(i int) byte {
	t := s.at(i)
	if t.class == sign && (t.num == '/' || t.num == '-' || t.num == '.') {
		return byte(t.num)
	}
	return 0
}

// short tells whether token i is a number of one or two digits.
func (s *scanner) short(i int) bool {
	t := s.at(i)
	return t.class == number && t.digits <= 2
}

// yearFirst matches 2026-01-20, with the time of ISO 8601 when it follows, and
// 20260120T050238Z.
func (s *scanner) yearFirst(i int) (part, bool) {
	t := s.at(i)
	if t.digits == 8 && s.at(i+1).class == timeMark {
		p := compactDay(t.num)
		return s.isoClock(p, i, i+1)
	}
	sep := s.separator(i + 1)
	if t.digits != 4 || sep == 0 || !s.short(i+2) {
		return part{}, false
	}
	if s.separator(i+3) != sep || !s.short(i+4) {
		return s.yearMonth(i, sep)
	}
	p := newPart(fullForm, i, i+5)
	p.day = day{int(t.num), int(s.at(i + 2).num), int(s.at(i + 4).num)}
	return s.isoClock(p, i, i+5)
}

// yearMonth matches a text that is only 2026-01.
func (s *scanner) yearMonth(i int, sep byte) (part, bool) {
	if len(s.tokens) != 3 || sep == '.' || s.at(i+2).digits != 2 || s.at(i+2).num > 12 {
		return part{}, false
	}
	p := newPart(monthForm, i, i+3)
	p.day = day{int(s.at(i).num), int(s.at(i + 2).num), 0}
	return p, true
}

// isoClock adds the time that follows the T at token at, or stands there
// without it.
func (s *scanner) isoClock(p part, i, at int) (part, bool) {
	p.a, p.b = i, at
	next := at
	marked := s.at(at).class == timeMark
	if marked || s.at(at).isSign('_') {
		next++
	}
	c, ok := s.machineClock(next, marked)
	if !ok {
		if marked {
			p.b = at + 1
		}
		return p, true
	}
	p.clock, p.b = c, c.b
	p.iso = marked || c.zone.known
	return p, true
}

// signed matches 2026年1月20日 and 1月20日.
func (s *scanner) signed(i int) (part, bool) {
	if s.at(i+1).class == yearSign {
		if s.at(i+2).class != number || s.at(i+3).class != monthSign {
			return part{}, false
		}
		p := newPart(monthForm, i, i+4)
		p.day = day{s.fullYear(i), int(s.at(i + 2).num), 0}
		if s.at(i+4).class == number && s.at(i+5).class == daySign {
			p.form, p.day.day, p.b = fullForm, int(s.at(i+4).num), i+6
		}
		return p, true
	}
	if s.at(i+1).class == monthSign && s.short(i+2) && s.at(i+3).class == daySign {
		p := newPart(yearlessForm, i, i+4)
		p.day = day{0, int(s.at(i).num), int(s.at(i + 2).num)}
		return p, true
	}
	return part{}, false
}

// numeric matches 20/1/2026, 20-01-26, 20.01.2026 and "26 /12 2025".
func (s *scanner) numeric(i int) (part, bool) {
	sep := s.separator(i + 1)
	if sep == 0 || !s.short(i) {
		return part{}, false
	}
	if p, ok := s.numericRange(i); ok {
		return p, true
	}
	if !s.short(i + 2) {
		return part{}, false
	}
	at := i + 4
	switch {
	case s.separator(i+3) == sep:
	case sep == '/' && s.at(i+3).digits == 4 && s.at(i+3).space:
		at = i + 3
	default:
		return part{}, false
	}
	year := s.at(at)
	if year.class != number || year.digits < 2 || year.digits > 5 || s.runsOn(at+1, sep) {
		return part{}, false
	}
	if year.digits == 2 && sep == '.' && (s.at(i).digits != 2 || s.at(i+2).digits != 2 || year.space) {
		return part{}, false
	}
	if year.digits == 2 && sep == '.' && s.dottedSeconds(i, at) {
		return part{}, false
	}
	p := newPart(fullForm, i, at+1)
	s.setNumeric(&p, int(s.at(i).num), int(s.at(i+2).num))
	p.day.year = s.fullYear(at)
	s.noteShortYear(&p, at)
	return p, true
}

// dottedSeconds tells whether 15.29.07 from i to at is rather a time of day.
func (s *scanner) dottedSeconds(i, at int) bool {
	dated := len(s.parts) > 0 && s.parts[len(s.parts)-1].form == fullForm
	return dated || s.at(i+2).num > 12 || s.at(at+1).is(zone) || s.at(i-1).is(clockWord)
}

// numericRange matches 17-20/03/2026 and "17 s/d 20-03-2026".
func (s *scanner) numericRange(i int) (part, bool) {
	next, ok := s.through(i + 1)
	if !ok || !s.short(next) || s.separator(next+1) != '/' {
		return part{}, false
	}
	p, ok := s.numeric(next)
	if !ok || !p.end.isZero() {
		return part{}, false
	}
	p.a, p.end = i, p.day
	p.day.day = int(s.at(i).num)
	p.flags |= isRange
	return p, true
}

// runsOn tells whether the separator at i goes on into another number, as in
// 08-12-2021-0345.
func (s *scanner) runsOn(i int, sep byte) bool {
	t, next := s.at(i), s.at(i+1)
	return t.isSign(sep) && !t.space && next.class == number && !next.space && !s.at(i+2).isSign(':')
}

// setNumeric takes the two numbers of a day and month in the order that holds.
func (s *scanner) setNumeric(p *part, first, second int) {
	p.day.day, p.day.month = first, second
	if s.c.MonthFirst && (first <= 12 || second > 12) {
		p.day.day, p.day.month = second, first
	}
	if first <= 12 && second <= 12 && first != second {
		p.flags |= ambiguous
	}
}

// fullYear is the year that token i means: two-digit years 00 to 68 are of
// this century (POSIX strptime, %y).
func (s *scanner) fullYear(i int) int {
	t := s.at(i)
	year := int(min(t.num, 99_999))
	switch {
	case t.digits != 2:
		return year
	case year <= 68:
		return 2000 + year
	default:
		return 1900 + year
	}
}

func (s *scanner) noteShortYear(p *part, at int) {
	if s.at(at).digits == 2 {
		p.flags |= shortYear
	}
}

// bareDayMonth matches the 12/7 of "Selasa (12/7)": a weekday, a parenthesis or
// "tanggal" must say that it is a date.
func (s *scanner) bareDayMonth(i int) (part, bool) {
	sep := s.separator(i + 1)
	if sep == 0 || !s.short(i) || !s.short(i+2) || s.separator(i+3) != 0 && s.at(i+4).class == number {
		return part{}, false
	}
	inside := s.at(i-1).isSign('(') && s.at(i+3).isSign(')')
	before := s.at(i - 1)
	named := s.weekdayBefore(i) >= 0 || before.class == filler && sep == '/'
	if sep != '/' && !(inside && named) || !inside && !named {
		return part{}, false
	}
	if sep == '/' && s.at(i+2).digits == 1 && s.at(i).digits == 1 && !named && s.c.Ref.IsZero() {
		return part{}, false
	}
	p := newPart(yearlessForm, i, i+3)
	s.setNumeric(&p, int(s.at(i).num), int(s.at(i+2).num))
	p.flags &^= ambiguous
	return p, true
}

// compact matches a text that is only digits: 20260120, 20260120050238 and
// seconds or milliseconds since 1970.
func (s *scanner) compact(i int) (part, bool) {
	t := s.at(i)
	fraction := len(s.tokens) == 3 && s.at(1).isSign('.') && s.at(2).class == number
	if len(s.tokens) != 1 && !fraction || t.digits > 16 {
		return part{}, false
	}
	p := newPart(fullForm, 0, len(s.tokens))
	switch t.digits {
	case 8:
		p.day = compactDay(t.num).day
		return p, p.day.year >= firstYear && p.day.month <= 12
	case 12, 14:
		clockPart := t.num
		if t.digits == 12 {
			clockPart *= 100
		}
		p.day = compactDay(clockPart / 1_000_000).day
		p.clock = packedClock(int(clockPart%1_000_000), t.digits == 14)
		return p, p.day.year >= firstYear && p.day.month <= 12
	case 10:
		p.instant = time.Unix(t.num, 0)
	case 13:
		p.instant = time.UnixMilli(t.num)
	case 16:
		p.instant = time.UnixMicro(t.num)
	default:
		return part{}, false
	}
	p.iso = true
	return p, s.text[t.from] != '0'
}

func compactDay(n int64) part {
	p := newPart(fullForm, 0, 0)
	p.day = day{int(n / 10_000), int(n / 100 % 100), int(n % 100)}
	return p
}

func newPart(f form, a, b int) part { return part{form: f, weekday: -1, a: a, b: b} }

func (d day) isZero() bool { return d == day{} }
