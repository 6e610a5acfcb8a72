package indodate

import (
	"time"

	"kabar/storage/news"
)

// resolve turns part p into a reading, or says why it is none.
func (s *scanner) resolve(p *part) (Reading, string) {
	if p.why != "" {
		return Reading{}, p.why
	}
	r := Reading{Zoned: p.clock.zone.known && !p.clock.bad, From: int(s.at(p.a).from), To: int(s.at(p.b - 1).to)}
	var why string
	switch p.form {
	case spanForm:
		why = s.resolveSpan(p, &r)
	case yearForm:
		r.Stamp = news.Stamp{Time: s.midnight(day{p.day.year, 1, 1}, p), Precision: news.Year}
		if p.day.year < firstYear || p.day.year > lastYear {
			why = whyYear
		}
	case monthForm:
		why = s.resolveMonth(p, &r)
	default:
		why = s.resolveDay(p, &r)
	}
	if why != "" {
		return Reading{}, why
	}
	if y := r.Stamp.Time.Year(); y < firstYear || y > lastYear+1 {
		return Reading{}, whyYear
	}
	r.Flags = p.flags.names()
	return r, ""
}

func (s *scanner) midnight(d day, p *part) time.Time { return moment(d, clock{}, s.zoneOf(p)) }

// resolveDay reads forms that end in one day.
func (s *scanner) resolveDay(p *part, r *Reading) string {
	if !p.instant.IsZero() {
		return s.resolveInstant(p, r)
	}
	d, why := s.dayOf(p)
	if why == "" {
		why = d.refusal()
	}
	if why != "" {
		return why
	}
	if p.weekday >= 0 && d.weekday() != p.weekday {
		p.flags |= wrongWeekday
	}
	c := p.clock
	if c.bad || !c.known {
		c = clock{}
	}
	if sample(d, c) {
		return whySample
	}
	p.day = d
	r.Stamp = news.Stamp{Time: moment(d, c, s.zoneOf(p)), Precision: news.Day}
	if c.known {
		r.Stamp.Precision = c.precision()
	}
	if epoch(r.Stamp.Time) {
		return whyEpoch
	}
	if !p.end.isZero() {
		return s.resolveEnd(p, r)
	}
	return ""
}

// epoch tells whether a moment is zero of Unix time in some zone.
func epoch(at time.Time) bool {
	const most = 14 * 3600
	return at.Unix() >= -most && at.Unix() <= most
}

func (s *scanner) resolveInstant(p *part, r *Reading) string {
	loc := time.UTC
	if s.c.Zone != nil {
		loc = s.c.Zone
	}
	r.Zoned = true
	r.Stamp = news.Stamp{Time: fixed(p.instant.In(loc)), Precision: news.Second}
	if epoch(p.instant) {
		return whyEpoch
	}
	if y := p.instant.Year(); y < 1990 || y > lastYear {
		return whyNone
	}
	return ""
}

// resolveEnd sets the last day of a range.
func (s *scanner) resolveEnd(p *part, r *Reading) string {
	end := p.end
	if end.year == 0 {
		end.year = p.day.year
		if end.month < p.day.month {
			end.year++
		}
	}
	if why := end.refusal(); why != "" {
		return why
	}
	if end.number() < p.day.number() {
		return ""
	}
	r.End = s.midnight(end, p)
	return ""
}

// dayOf is the day that p means.
func (s *scanner) dayOf(p *part) (day, string) {
	switch p.form {
	case fullForm:
		return p.day, ""
	case dayWordForm:
		if s.c.Ref.IsZero() {
			return day{}, whyNoRef
		}
		return s.dayOfWord(p)
	case weekdayForm:
		return s.dayOfWeekday(p)
	default:
		return s.dayOfYearless(p)
	}
}

// dayOfWord is the day of "kemarin" and the like. A weekday beside it that says
// otherwise wins: "Selasa kemarin" is the Tuesday before.
func (s *scanner) dayOfWord(p *part) (day, string) {
	shift := int(p.span.time / (24 * time.Hour))
	d := dayOf(s.c.Ref.In(s.zoneOf(p))).plus(shift)
	if shift == 0 || p.weekday < 0 || d.weekday() == p.weekday {
		return d, ""
	}
	p.when = ago
	if shift > 0 {
		p.when = ahead
	}
	return s.dayOfWeekday(p)
}

func (s *scanner) dayOfYearless(p *part) (day, string) {
	p.flags |= yearless
	if why := (day{2000, p.day.month, p.day.day}).refusal(); why != "" {
		return day{}, why
	}
	if s.c.Ref.IsZero() {
		return day{}, whyNoYear
	}
	if p.when == ahead {
		p.flags |= futureWord
	}
	ref := dayOf(s.c.Ref.In(s.zoneOf(p)))
	if p.shifted {
		d := p.day
		d.year = ref.year + p.shift
		return d, ""
	}
	d, ok := p.day.nearest(ref, p.weekday, p.when)
	if !ok {
		return day{}, whyWeekday
	}
	return d, ""
}

// dayOfWeekday is the newest such day not after the moment of reading; before
// it with "kemarin" or "lalu", after it with "besok" or "mendatang".
func (s *scanner) dayOfWeekday(p *part) (day, string) {
	p.flags |= weekdayOnly
	if s.c.Ref.IsZero() {
		return day{}, whyNoRef
	}
	ref := dayOf(s.c.Ref.In(s.zoneOf(p)))
	back := (ref.weekday() - p.weekday + 7) % 7
	switch {
	case p.when == ahead:
		p.flags |= futureWord
		back -= 7
	case p.when == ago:
		p.flags |= relativeWord
		if back == 0 {
			back = 7
		}
	}
	return ref.plus(-back), ""
}

// resolveMonth reads months with a year or with a word that tells it.
func (s *scanner) resolveMonth(p *part, r *Reading) string {
	d := day{p.day.year, p.day.month, 1}
	if d.year == 0 {
		if s.c.Ref.IsZero() {
			return whyNoYear
		}
		p.flags |= yearless
		ref := dayOf(s.c.Ref.In(s.zoneOf(p)))
		d.year = ref.year
		switch {
		case p.shifted:
			d.year += p.shift
		case p.when == ahead && d.month <= ref.month:
			d.year++
		case p.when == ago && d.month >= ref.month, p.when != ahead && d.month > ref.month:
			d.year--
		}
	}
	if why := d.refusal(); why != "" && d.year != 1970 && d.year != firstYear {
		return why
	}
	r.Stamp = news.Stamp{Time: s.midnight(d, p), Precision: news.Month}
	if !p.end.isZero() {
		r.End = s.midnight(p.end, p)
	}
	return ""
}

// resolveSpan counts from the moment of reading.
func (s *scanner) resolveSpan(p *part, r *Reading) string {
	if s.c.Ref.IsZero() {
		return whyNoRef
	}
	ref := s.c.Ref.In(s.zoneOf(p))
	at := ref.Add(p.span.time)
	d := dayOf(at)
	if p.span.precision == news.Day && p.span.time%(24*time.Hour) == 0 {
		d = dayOf(ref).plus(int(p.span.time / (24 * time.Hour)))
		if p.week && p.weekday >= 0 { // "Kamis pekan lalu": weeks begin on Monday
			d = d.plus((p.weekday+6)%7 - (d.weekday()+6)%7)
		}
	}
	switch p.span.precision {
	case news.Month, news.Year:
		first := time.Date(d.year+p.span.years, time.Month(d.month+p.span.months), 1, 0, 0, 0, 0, time.UTC)
		if p.span.precision == news.Year {
			first = time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		}
		at = s.midnight(dayOf(first), p)
	case news.Day:
		at = s.midnight(d, p)
	default:
		at = fixed(at)
	}
	r.Stamp = news.Stamp{Time: at, Precision: p.span.precision}
	return ""
}
