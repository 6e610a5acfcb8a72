package indodate

// Bounds on how far, in tokens, a date looks for what belongs to it.
const (
	weekdayReach = 5
	clockReach   = 6
	labelReach   = 8
)

// attachWeekdays gives each weekday to the date that it stands before or just
// behind. A weekday that is left alone is a date of its own.
func (s *scanner) attachWeekdays() {
	found := s.parts
	s.parts = make([]part, 0, len(found)+1)
	at := 0
	for k := range found {
		p := found[k]
		s.lonelyWeekdays(at, p.a, &p)
		s.parts = append(s.parts, p)
		at = p.b
	}
	s.lonelyWeekdays(at, len(s.tokens), nil)
}

// lonelyWeekdays looks at the weekdays between tokens from and to. The last
// one may belong to next, the first one to the part before.
func (s *scanner) lonelyWeekdays(from, to int, next *part) {
	for i := from; i < to; i++ {
		if !s.isWeekday(i) {
			continue
		}
		wd := s.at(i).value(weekday)
		switch {
		case next != nil && s.weekdayBefore(next.a) == i:
			next.weekday, next.a = wd, i
			return
		case len(s.parts) > 0 && s.behind(i):
			s.parts[len(s.parts)-1].weekday = wd
		case s.at(i).to-s.at(i).from >= 4:
			p := newPart(weekdayForm, i, i+1)
			p.weekday = wd
			s.parts = append(s.parts, p)
		}
	}
}

// isWeekday tells whether token i names a day of the week; "minggu" counts
// only where it is no week.
func (s *scanner) isWeekday(i int) bool {
	t := s.at(i)
	return t.is(weekday) && !(t.is(unit) && s.at(i-1).class == number)
}

// behind tells whether the weekday at i stands right behind the last part, as
// in "20 Januari 2026 (Selasa)".
func (s *scanner) behind(i int) bool {
	last := s.parts[len(s.parts)-1]
	return last.weekday < 0 && last.form != weekdayForm && last.form != monthForm &&
		(i == last.b || i == last.b+1 && (s.at(last.b).isSign('(') || s.at(last.b).isSign(',')))
}

// weekdayBefore is the token of the weekday that belongs to a date at i, -1
// when there is none.
func (s *scanner) weekdayBefore(i int) int {
	for j := i - 1; j >= 0 && j >= i-weekdayReach; j-- {
		t := s.at(j)
		switch {
		case s.isWeekday(j):
			return j
		case t.class == sign && !t.isSign(';') || t.class == filler || t.is(dayPart) || t.is(filler) || t.is(thisOne) || t.is(dayWord):
		default:
			return -1
		}
	}
	return -1
}

// attachClocks gives each time of day to the date that it stands behind, else
// to the one that it stands before.
func (s *scanner) attachClocks() {
	used := 0
	for k := range s.parts {
		p := &s.parts[k]
		if !p.takesClock() {
			continue
		}
		end := len(s.tokens)
		if k+1 < len(s.parts) {
			end = s.parts[k+1].a
		}
		for used < len(s.clocks) && s.clocks[used].b <= p.a {
			used++
		}
		if used < len(s.clocks) && s.clocks[used].a >= p.b && s.clocks[used].b <= end && s.between(p.b, &s.clocks[used]) {
			s.give(p, s.clocks[used])
			used++
			continue
		}
		start := 0
		if k > 0 {
			start = s.parts[k-1].b
		}
		if before := used - 1; before >= 0 && s.clocks[before].a >= start && s.clocks[before].b <= p.a && s.joins(s.clocks[before].b, p.a) {
			s.give(p, s.clocks[before])
		}
	}
}

// takesClock tells whether a time of day makes sense with p.
func (p *part) takesClock() bool {
	if p.clock.known || !p.instant.IsZero() {
		return false
	}
	return p.form == fullForm || p.form == yearlessForm || p.form == dayWordForm || p.form == weekdayForm
}

func (s *scanner) give(p *part, c clock) {
	p.clock = c
	p.a, p.b = min(p.a, c.a), max(p.b, c.b)
}

// between tells whether c belongs to the date that ends before token from.
func (s *scanner) between(from int, c *clock) bool {
	unknown := 1
	if c.dotted || c.precise == 1 {
		unknown = 0
	}
	if c.a-from > clockReach {
		return false
	}
	for i := from; i < c.a; i++ {
		if s.connects(i) {
			continue
		}
		if unknown--; unknown < 0 || s.at(i).class != other {
			return false
		}
	}
	return true
}

// joins tells whether nothing between the tokens from and to parts a time from
// the date behind it.
func (s *scanner) joins(from, to int) bool {
	if to-from > clockReach {
		return false
	}
	for i := from; i < to; i++ {
		if !s.connects(i) {
			return false
		}
	}
	return true
}

// connects tells whether token i may stand between a date and its time.
func (s *scanner) connects(i int) bool {
	t := s.at(i)
	switch {
	case t.class == sign:
		return t.num != ';' && t.num != '{'
	case t.class == filler, t.is(filler), t.is(clockWord), t.is(dayPart), t.is(weekday), t.is(issued), t.is(zone), t.is(hourMark),
		t.is(count) && t.to-t.from <= 2, // "à", "a las"
		t.is(dayWord), t.is(through), t.is(together), t.is(meridiem), t.is(timeMark):
		return true
	}
	return false
}

// describe notes what the words around part k say about it.
func (s *scanner) describe(k int) {
	p := &s.parts[k]
	from, end := 0, len(s.tokens)
	if k > 0 {
		from = s.parts[k-1].b
	}
	if k+1 < len(s.parts) {
		end = s.parts[k+1].a
		if s.parts[k+1].form == dayWordForm { // "(8/2) besok"
			end = s.parts[k+1].b
		}
	}
	for i := p.a - 1; i >= from && i >= p.a-labelReach; i-- {
		t := s.at(i)
		if t.is(updated) || t.is(issued) {
			p.label = issued
			if t.is(updated) {
				p.label = updated
			}
			break
		}
	}
	if p.when == other {
		p.when = s.wayOf(p, from, end)
	}
	if !p.clock.known && s.labelBehind(p.b, end) {
		p.flags |= zoneAlone
	}
	if p.clock.bad {
		p.flags |= badTime
	}
}

// wayOf is which way a date without a year lies from the moment of reading, as
// words just before or behind it say.
func (s *scanner) wayOf(p *part, from, end int) class {
	for i := p.b; i < end && i < p.b+3; i++ {
		t := s.at(i)
		if t.is(ahead) || t.is(ago) && t.class != month {
			return direction(t)
		}
		if t.class == other || t.class == number {
			break
		}
	}
	for i := p.a - 1; i >= from && i >= p.a-2; i-- {
		if t := s.at(i); t.is(ahead) || t.is(ago) && t.class == ago {
			return direction(t)
		}
	}
	for i := p.a; i < p.b; i++ {
		if t := s.at(i); p.form != dayWordForm && (t.is(ahead) || t.class == ago) {
			return direction(t)
		}
	}
	return other
}

// labelBehind tells whether a zone without a time stands right behind a date.
func (s *scanner) labelBehind(i, end int) bool {
	for n := 0; i < end && n < 2; i, n = i+1, n+1 {
		if s.at(i).is(zone) {
			return true
		}
		if s.at(i).class != sign {
			return false
		}
	}
	return false
}
