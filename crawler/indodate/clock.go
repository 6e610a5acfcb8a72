package indodate

import "strings"

// clock is a time of day as printed.
type clock struct {
	known                bool
	bad                  bool // has the shape of a time but is none
	hour, minute, second int
	precise              int // how many of hour, minute and second were printed
	dotted               bool
	zone                 offset
	a, b                 int // tokens
}

// offset is a distance to UTC in minutes, or a zone with summer time.
type offset struct {
	known   bool
	minutes int
}

// clock matches a time of day that begins at token i: "10:30:05 WIB", "15.29",
// "5 pm", "14 Uhr 30", "pukul 19 WIB", "12時02分".
func (s *scanner) clock(i int) (clock, bool) {
	t := s.at(i)
	if t.class != number || t.digits > 4 {
		return clock{}, false
	}
	announced := s.at(i-1).is(clockWord) || s.at(i-1).isSign('.') && s.at(i-2).is(clockWord)
	c := clock{known: true, hour: int(t.num), precise: 1, a: i, b: i + 1}
	switch {
	case t.digits == 4:
		if !announced && !s.at(i+1).is(zone) || s.at(i+1).isSign('/') {
			return clock{}, false
		}
		c.hour, c.minute, c.precise = int(t.num)/100, int(t.num)%100, 2
	case s.minutesFollow(i, announced):
		s.takeMinutes(&c, i)
	case s.hourFollows(i, announced):
		if s.at(i + 1).is(hourMark) {
			c.b++
		}
	default:
		return clock{}, false
	}
	c.bad = t.digits == 3 || c.hour > 24 || c.hour == 24 && (c.minute > 0 || c.second > 0) || c.minute > 59 || c.second > 60
	if c.bad && c.dotted && !announced {
		return clock{}, false
	}
	s.takeMeridiem(&c, i)
	s.takeZone(&c)
	s.takeClockRange(&c)
	return c, true
}

// minutesFollow tells whether the number at i is an hour with minutes.
func (s *scanner) minutesFollow(i int, announced bool) bool {
	sep, minute := s.at(i+1), s.at(i+2)
	if minute.class != number || minute.digits != 2 || s.at(i).digits == 3 && !announced {
		return false
	}
	switch {
	case sep.isSign(':'):
		return true
	case sep.isSign('.'):
		if sep.space || minute.space || s.at(i-1).isSign('.') && s.at(i-2).class == number || s.at(i-1).is(blocker) {
			return false
		}
		after := s.at(i + 3)
		runs := (after.isSign('.') || after.isSign(',')) && !after.space && s.at(i+4).class == number && !s.at(i+4).space
		return !runs || after.isSign('.') && s.at(i+4).digits == 2
	case sep.is(hourMark):
		return !sep.space || s.at(i).digits <= 2
	case sep.class == hourSign:
		return true
	}
	return false
}

func (s *scanner) takeMinutes(c *clock, i int) {
	c.minute, c.precise, c.b = int(s.at(i+2).num), 2, i+3
	sep := s.at(i + 1)
	c.dotted = sep.isSign('.')
	if sep.class == hourSign {
		if s.at(c.b).class == minuteSign {
			c.b++
		}
		if s.at(c.b).class == number && s.at(c.b+1).class == secondSign {
			c.second, c.precise, c.b = int(s.at(c.b).num), 3, c.b+2
		}
		return
	}
	if next := s.at(c.b); next.class == sign && next.num == sep.num && !next.space && s.at(c.b+1).class == number &&
		s.at(c.b+1).digits == 2 && !s.at(c.b+1).space {
		c.second, c.precise, c.b = int(s.at(c.b+1).num), 3, c.b+2
		s.skipFraction(c)
	}
	if mark := s.at(c.b); mark.is(hourMark) && mark.to-mark.from > 1 {
		c.b++
	}
}

// skipFraction steps over fractions of a second.
func (s *scanner) skipFraction(c *clock) {
	if t := s.at(c.b); (t.isSign('.') || t.isSign(',')) && !t.space && s.at(c.b+1).class == number && !s.at(c.b+1).space {
		c.b += 2
	}
}

// hourFollows tells whether the number at i is an hour without minutes.
func (s *scanner) hourFollows(i int, announced bool) bool {
	t, next := s.at(i), s.at(i+1)
	if t.digits > 2 || t.num > 24 {
		return false
	}
	if _, _, ok := s.meridiemAt(i + 1); ok {
		return true
	}
	if next.class == hourSign || next.is(hourMark) && next.to-next.from > 1 && !next.is(unit) {
		return true
	}
	return announced && (next.is(zone) || next.is(dayPart))
}

// meridiemAt reads "am", "pm", "a.m.", "p.m." at token i.
func (s *scanner) meridiemAt(i int) (add, next int, ok bool) {
	t := s.at(i)
	if t.is(meridiem) {
		return t.value(meridiem), i + 1, true
	}
	if t.to-t.from != 1 || !s.at(i+1).isSign('.') || s.at(i+2).to-s.at(i+2).from != 1 || s.word(i + 2)[0]|0x20 != 'm' {
		return 0, i, false
	}
	next = i + 3
	if s.at(next).isSign('.') {
		next++
	}
	switch s.word(i)[0] | 0x20 {
	case 'a':
		return 0, next, true
	case 'p':
		return 12, next, true
	}
	return 0, i, false
}

// takeMeridiem turns a 12-hour clock into one of 24 hours, by am and pm, or by
// the part of the day where Indonesian leaves no doubt ("pukul 7.30 malam").
func (s *scanner) takeMeridiem(c *clock, i int) {
	add, next, ok := s.meridiemAt(c.b)
	if before := s.at(i - 1); !ok && before.is(meridiem) {
		add, next, ok = before.value(meridiem), c.b, true
		c.a--
	}
	if ok {
		c.b = next
		switch {
		case c.hour > 12:
		case c.hour == 12:
			c.hour = add
		default:
			c.hour += add
		}
		return
	}
	if t := s.at(c.b); t.is(dayPart) {
		c.b++
		switch part := t.value(dayPart); {
		case part == noon && c.hour >= 1 && c.hour <= 3,
			part == afternoon && c.hour >= 1 && c.hour <= 6,
			part == night && c.hour >= 6 && c.hour <= 11:
			c.hour += 12
		}
	}
}

// takeZone reads the zone behind a time of day.
func (s *scanner) takeZone(c *clock) {
	i := c.b
	if s.at(i).isSign('(') || s.at(i).is(together) && s.at(i+1).is(zone) {
		i++
	}
	zone, next, ok := s.zoneAt(i, c.precise == 3 && !c.dotted || s.at(c.a-1).class == timeMark || s.at(i).isSign('+'))
	if !ok {
		return
	}
	c.zone, c.b = zone, next
	if s.at(next).isSign(')') && i > c.a {
		c.b++
	}
}

// takeClockRange reads the zone behind the second time of "08.00-10.00 WIB".
func (s *scanner) takeClockRange(c *clock) {
	next, ok := s.through(c.b)
	if c.zone.known || c.bad || !ok || !s.minutesFollow(next, false) {
		return
	}
	last := clock{a: next}
	s.takeMinutes(&last, next)
	if zone, after, ok := s.zoneAt(last.b, false); ok {
		c.zone, c.b = zone, after
	}
}

// zoneAt reads a zone or an offset at token i.
func (s *scanner) zoneAt(i int, offsets bool) (offset, int, bool) {
	t := s.at(i)
	if z, next, ok := s.spelledZone(i); ok {
		return z, next, true
	}
	if t.is(zone) {
		return s.namedZone(i)
	}
	if offsets && (t.isSign('+') || t.isSign('-')) {
		if z, next, ok := s.offsetAt(i, s.at(i+1).digits == 4); ok {
			if s.at(next).isSign('[') || s.at(next).isSign('(') && s.at(next+1).is(zone) {
				next = s.skipBracket(next)
			} else if s.at(next).is(zone) {
				next++
			}
			return z, next, true
		}
	}
	return offset{}, i, false
}

// skipBracket steps over the "[Asia/Jakarta]" or "(WIB)" behind an offset.
func (s *scanner) skipBracket(i int) int {
	for j := i + 1; j < i+6; j++ {
		if s.at(j).isSign(']') || s.at(j).isSign(')') {
			return j + 1
		}
	}
	return i
}

// spelledZone reads "W.I.B", "W.I.T.A" and "W.I.T" at token i.
func (s *scanner) spelledZone(i int) (offset, int, bool) {
	t := s.at(i)
	if t.to-t.from != 1 || s.text[t.from]|0x20 != 'w' || !s.at(i+1).isSign('.') {
		return offset{}, i, false
	}
	for _, z := range [...]struct {
		name         string
		tokens, from int
	}{{"w.i.b", 5, 7}, {"w.i.t.a", 7, 8}, {"w.i.t", 5, 9}} {
		rest := s.text[t.from:]
		if len(rest) < len(z.name) || !strings.EqualFold(rest[:len(z.name)], z.name) {
			continue
		}
		next := i + z.tokens
		if s.at(next).isSign('.') && !s.at(next).space {
			next++
		}
		return offset{true, z.from * 60}, next, true
	}
	return offset{}, i, false
}

// namedZone reads WIB, GMT, UTC+8 and the like at token i. Names of one or two
// letters and foreign ones must be in capitals: "et" is also a word.
func (s *scanner) namedZone(i int) (offset, int, bool) {
	t := s.at(i)
	first := s.text[t.from]
	minutes := t.value(zone)
	indonesian := minutes >= 7*60 && minutes <= 9*60 && first|0x20 == 'w'
	if !indonesian && first >= 'a' && first <= 'z' && (minutes != 0 || t.space) {
		return offset{}, i, false
	}
	if minutes == 0 && (s.at(i+1).isSign('+') || s.at(i+1).isSign('-')) {
		if z, next, ok := s.offsetAt(i+1, true); ok {
			return z, next, true
		}
	}
	return offset{true, minutes}, i + 1, true
}

// offsetAt reads +07:00, +0700 and +07 at token i. Loose allows white space
// before the sign and one digit for the hours.
func (s *scanner) offsetAt(i int, loose bool) (offset, int, bool) {
	t, hours := s.at(i), s.at(i+1)
	if hours.class != number || hours.space && !loose || t.space && !loose && t.isSign('-') {
		return offset{}, i, false
	}
	h, m, next := int(min(hours.num, 9999)), 0, i+2
	switch {
	case hours.digits == 4 || hours.digits == 3:
		h, m = h/100, h%100
	case hours.digits > 2 || hours.digits == 1 && !loose:
		return offset{}, i, false
	case s.at(next).isSign(':') && s.at(next+1).class == number && s.at(next+1).digits == 2:
		m, next = int(s.at(next+1).num), next+2
	}
	if h > 14 || m > 59 || h == 14 && m > 0 {
		return offset{}, i, false
	}
	total := h*60 + m
	if t.isSign('-') {
		total = -total
	}
	return offset{true, total}, next, true
}

// machineClock reads the time of ISO 8601 at token i: extended, basic (050238)
// and, behind a T, with dashes (20-59-53).
func (s *scanner) machineClock(i int, marked bool) (clock, bool) {
	t := s.at(i)
	if t.class != number {
		return clock{}, false
	}
	if marked && (t.digits == 6 || t.digits == 4) {
		packed := int(t.num)
		if t.digits == 4 {
			packed *= 100
		}
		c := packedClock(packed, t.digits == 6)
		c.a, c.b = i, i+1
		s.skipFraction(&c)
		s.takeZone(&c)
		return c, true
	}
	if marked && t.digits == 2 && s.at(i+1).isSign('-') && s.at(i+2).digits == 2 && s.at(i+3).isSign('-') && s.at(i+4).digits == 2 {
		c := packedClock(int(t.num*10_000+s.at(i+2).num*100+s.at(i+4).num), true)
		c.a, c.b = i, i+5
		s.takeZone(&c)
		return c, true
	}
	if marked && t.digits == 2 && s.at(i+1).class != sign {
		c := packedClock(int(t.num)*10_000, false)
		c.precise, c.a, c.b = 1, i, i+1
		s.takeZone(&c)
		return c, true
	}
	if !s.at(i + 1).isSign(':') {
		return clock{}, false
	}
	return s.clock(i)
}

// packedClock is the time of day of hhmmss.
func packedClock(n int, withSeconds bool) clock {
	c := clock{known: true, hour: n / 10_000, minute: n / 100 % 100, second: n % 100, precise: 2}
	if withSeconds {
		c.precise = 3
	}
	c.bad = c.hour > 24 || c.hour == 24 && n%10_000 > 0 || c.minute > 59 || c.second > 60
	return c
}
