package indodate

// maxDays bounds how many days a list such as "1, 2 dan 3 Maret" may have.
const maxDays = 8

// dayMonth matches dates that begin with the number of a day and name their
// month: "20 Januari 2026", "20-Jan-26", "17th March 2022", "20 de enero de
// 2026", "19 bulan Januari tahun 2026", "14--18 Juli 2021".
func (s *scanner) dayMonth(i int) (part, bool) {
	if s.at(i).digits > 2 {
		return part{}, false
	}
	p, ok := s.endpoint(i)
	if !ok {
		return part{}, false
	}
	next, ok := s.through(p.b)
	if !ok || !s.short(next) {
		return p, p.day.month != 0
	}
	last, ok := s.endpoint(next)
	if !ok || last.day.month == 0 || last.form == fullForm && p.form == fullForm && s.at(p.b).is(together) {
		return p, p.day.month != 0
	}
	return joined(p, last), true
}

// joined is the range from p to last; what p leaves out is as in last.
func joined(p, last part) part {
	p.end, p.b = last.day, last.b
	p.flags |= isRange | last.flags
	p.form = last.form
	if p.why == "" {
		p.why = last.why
	}
	if p.day.month == 0 {
		p.day.month = last.day.month
	}
	if p.day.year == 0 && last.day.year != 0 {
		p.day.year = last.day.year
		if p.day.month > last.day.month {
			p.day.year--
		}
	}
	return p
}

// endpoint matches a day with the month and year that follow it. A day alone
// (month 0) is given when a range may go on.
func (s *scanner) endpoint(i int) (part, bool) {
	p := newPart(yearlessForm, i, i+1)
	p.day.day = int(s.at(i).num)
	next := s.skipOrdinal(i + 1)
	next, listed := s.skipList(next)
	at := s.skipInside(next)
	m, after := s.monthAt(at)
	if m == 0 {
		p.b = next
		_, goesOn := s.through(next)
		return p, goesOn || s.at(next).is(together)
	}
	if listed > 0 {
		p.end = day{0, m, listed}
		p.flags |= isRange
	}
	p.day.month, p.b = m, after
	s.takeYear(&p, after, s.at(at).isSign('-') || s.at(at-1).isSign('-') || s.at(at-1).isSign('/'))
	if !p.end.isZero() {
		p.end.year = p.day.year
	}
	return p, true
}

// skipOrdinal steps over the "th" of 17th, the "." of 20. and the like.
func (s *scanner) skipOrdinal(i int) int {
	t := s.at(i)
	if !t.space && (t.is(ordinal) || t.is(yearWord) && t.to-t.from == 2 || t.class == filler && t.to-t.from <= 3) {
		i++
	}
	if s.at(i).isSign('.') && !s.at(i).space {
		i++
	}
	return i
}

// skipList steps over the other days of "1, 2 dan 3 Maret" and gives the last.
func (s *scanner) skipList(i int) (next, last int) {
	for n := 0; n < maxDays; n++ {
		at := i
		if s.at(at).isSign(',') {
			at++
		}
		if s.at(at).is(together) {
			at++
		}
		if at == i || !s.short(at) || s.at(at+1).isSign(':') {
			return i, last
		}
		last = int(s.at(at).num)
		i = s.skipOrdinal(at + 1)
	}
	return i, last
}

// skipInside steps over what may stand between a day and its month.
func (s *scanner) skipInside(i int) int {
	for n := 0; n < 3; n++ {
		t := s.at(i)
		if !(t.class == filler || t.is(monthWord) && s.at(i+1).is(month) || s.separator(i) != 0 || t.isSign(',')) {
			return i
		}
		i++
	}
	return i
}

// monthAt is the month named at token i, 0 for none: a name, a misspelt name
// before a year, or "bulan 1" before a year.
func (s *scanner) monthAt(i int) (m, next int) {
	t := s.at(i)
	switch {
	case t.is(month):
		return t.value(month), i + 1
	case t.is(monthWord) && s.short(i+1) && s.at(i+1).num >= 1 && s.at(i+1).num <= 12 && s.yearFollows(i+2):
		return int(s.at(i + 1).num), i + 2
	case t.class == other && t.to-t.from >= 5 && s.yearFollows(i+1):
		if m := misspelt(s.word(i)); m != 0 {
			return m, i + 1
		}
	}
	return 0, i
}

// yearFollows tells whether a four-digit year stands at i or just behind.
func (s *scanner) yearFollows(i int) bool {
	at := s.skipBeforeYear(i)
	t := s.at(at)
	return t.class == number && t.digits == 4
}

// skipBeforeYear steps over what may stand between a month and its year.
func (s *scanner) skipBeforeYear(i int) int {
	for n := 0; n < 4; n++ {
		t := s.at(i)
		if !(t.is(yearWord) || t.class == filler || t.isSign(',') || t.isSign('.') || t.isSign('/') || t.isSign('\'') ||
			t.isSign('-') && !s.negative(i)) {
			return i
		}
		i++
	}
	return i
}

// negative tells whether the dash at i is the sign of the number behind it, as
// in "30 November -0001".
func (s *scanner) negative(i int) bool {
	return s.at(i).space && s.at(i+1).class == number && !s.at(i+1).space && s.at(i+1).digits == 4 && s.at(i+1).num < firstYear
}

// takeYear reads the year that follows the month before token i into p.
// Dashed tells that the parts of the date are joined by dashes, so that a year
// of two digits is one.
func (s *scanner) takeYear(p *part, i int, dashed bool) {
	at := s.skipBeforeYear(i)
	if s.negative(at) {
		p.form, p.why, p.b = fullForm, whyYear, at+2
		return
	}
	if s.yearWords(p, i) {
		return
	}
	t := s.at(at)
	if t.class != number {
		return
	}
	switch t.digits {
	case 4:
	case 3, 5:
		if !s.at(at + 1).isSign(':') {
			p.form, p.why, p.b = fullForm, whyYear, at+1
		}
		return
	case 2:
		if s.at(at+1).isSign(':') || !s.shortYearAt(at, dashed) {
			return
		}
	default:
		return
	}
	p.form, p.day.year, p.b = fullForm, s.fullYear(at), at+1
	s.noteShortYear(p, at)
}

// shortYearAt tells whether the two digits at i are a year: joined by dashes,
// behind an apostrophe, or the last thing of their piece of text.
func (s *scanner) shortYearAt(i int, dashed bool) bool {
	before, after := s.at(i-1), s.at(i+1)
	if before.isSign('\'') || dashed && (before.isSign('-') || before.isSign('/')) {
		return true
	}
	ends := after.class == other && after.to == 0 || after.class == number && s.at(i+2).isSign(':') || after.isSign(',') || after.isSign(')') || after.isSign('|')
	return ends && (before.is(month) || before.is(yearWord)) && s.at(i).num >= 10
}

// monthFirst matches "March 13, 2025", "Maret 17, 2022", "March 13-15, 2025",
// "Tue Jan 20 10:30:05 2026" and months with a year or a word about it.
func (s *scanner) monthFirst(i int) (part, bool) {
	next := i + 1
	if s.at(next).isSign('.') {
		next++
	}
	if s.separator(next) == '-' && s.short(next+1) && !s.at(next).space {
		next++
	}
	if s.short(next) && !s.at(next+1).isSign(':') && !s.dottedClock(next) {
		if p, ok := s.monthDay(i, next); ok {
			return p, true
		}
	}
	return s.monthAlone(i, next)
}

// dottedClock tells whether 17.30 stands at i.
func (s *scanner) dottedClock(i int) bool {
	return s.at(i+1).isSign('.') && !s.at(i+1).space && s.at(i+2).digits == 2 && !s.at(i+2).space
}

func (s *scanner) monthDay(i, at int) (part, bool) {
	p := newPart(yearlessForm, i, at+1)
	p.day.month, p.day.day = s.at(i).value(month), int(s.at(at).num)
	next := s.skipOrdinal(at + 1)
	if to, ok := s.through(next); ok && s.short(to) && s.yearFollows(s.skipOrdinal(to+1)) {
		p.end = day{0, p.day.month, int(s.at(to).num)}
		p.flags |= isRange
		next = s.skipOrdinal(to + 1)
	}
	if c, ok := s.clock(next); ok && s.at(c.b).digits == 4 && s.at(c.b).class == number {
		p.form, p.day.year, p.clock, p.b = fullForm, s.fullYear(c.b), c, c.b+1
		return p, true
	}
	p.b = next
	s.takeYear(&p, next, s.at(next).isSign('-'))
	if !p.end.isZero() {
		p.end.year = p.day.year
	}
	return p, true
}

// monthAlone matches "Mei 2016", "Desember 2021 kemarin" and "Februari tahun
// depan".
func (s *scanner) monthAlone(i, next int) (part, bool) {
	p := newPart(monthForm, i, next)
	p.day.month = s.at(i).value(month)
	at := s.skipBeforeYear(next)
	if s.negative(at) {
		p.why, p.b = whyYear, at+2
		return p, true
	}
	t := s.at(at)
	if t.class == number && t.digits == 4 && !s.at(at+1).isSign(':') {
		p.day.year, p.b = int(t.num), at+1
		return p, true
	}
	if s.yearWords(&p, next) || s.monthRange(&p, next) {
		return p, true
	}
	if w := s.at(next); w.is(ago) || w.is(ahead) {
		p.when, p.b = direction(w), next+1
		return p, true
	}
	return p, s.at(i - 1).is(monthWord)
}

// monthRange reads the rest of "Januari - Maret 2026" from token i.
func (s *scanner) monthRange(p *part, i int) bool {
	at, ok := s.through(i)
	if !ok || !s.at(at).is(month) || !s.yearFollows(at+1) {
		return false
	}
	year := s.skipBeforeYear(at + 1)
	p.day.year, p.b = int(s.at(year).num), year+1
	p.end = day{p.day.year, s.at(at).value(month), 1}
	if p.day.month > p.end.month {
		p.day.year--
	}
	p.flags |= isRange
	return true
}

// yearWords reads "tahun depan", "tahun lalu", "tahun ini" at token i.
func (s *scanner) yearWords(p *part, i int) bool {
	w := s.at(i + 1)
	if !s.at(i).is(yearWord) {
		return false
	}
	switch {
	case w.is(ahead):
		p.shift = 1
	case w.is(ago):
		p.shift = -1
	case !w.is(thisOne):
		return false
	}
	p.shifted, p.b = true, i+2
	p.flags |= relativeWord
	return true
}

func direction(t *token) class {
	if t.is(ago) {
		return ago
	}
	return ahead
}

// monthWord matches "bulan Januari 2026", "bulan lalu" and "bulan ini".
func (s *scanner) monthWord(i int) (part, bool) {
	if s.at(i + 1).is(month) {
		p, ok := s.monthFirst(i + 1)
		p.a = i
		return p, ok
	}
	p := newPart(spanForm, i, i+2)
	p.span.precision = monthPrecision
	p.flags |= relativeWord
	w := s.at(i + 1)
	switch {
	case w.is(ago):
		p.span.months = -1
	case w.is(ahead):
		p.span.months = 1
	case !w.is(thisOne):
		return part{}, false
	}
	return p, true
}

// yearOnly matches "tahun 2023" when nothing else is said.
func (s *scanner) yearOnly(i int) (part, bool) {
	t := s.at(i + 1)
	if t.class != number || t.digits != 4 || i > 2 || s.at(i+2).to != 0 && s.at(i+2).class != sign {
		return part{}, false
	}
	for j := range i {
		if s.at(j).class == number || s.at(j).is(blocker) {
			return part{}, false
		}
	}
	p := newPart(yearForm, i, i+2)
	p.day.year = int(t.num)
	return p, true
}

// through matches what joins the ends of a range: dashes, "hingga", "sampai
// dengan", "s/d".
func (s *scanner) through(i int) (next int, ok bool) {
	t := s.at(i)
	switch {
	case t.isSign('-'):
		for s.at(i).isSign('-') {
			i++
		}
		return i, true
	case t.is(through):
		i++
		if s.at(i).class == filler || s.at(i).is(ahead) {
			i++
		}
		return i, true
	case t.to-t.from == 1 && t.is(unit) && t.value(unit) == seconds &&
		(s.at(i+1).isSign('/') || s.at(i+1).isSign('.')) && s.at(i+2).is(unit) && s.at(i+2).to-s.at(i+2).from == 1:
		i += 3
		if s.at(i).isSign('.') {
			i++
		}
		return i, true
	case t.is(together):
		return i + 1, true
	}
	return i, false
}

// monthNames are the names that misspellings are compared with.
var monthNames = [...]struct {
	name  string
	month int
}{
	{"januari", 1}, {"februari", 2}, {"pebruari", 2}, {"maret", 3}, {"april", 4}, {"agustus", 8}, {"september", 9},
	{"oktober", 10}, {"november", 11}, {"nopember", 11}, {"desember", 12},
	{"january", 1}, {"february", 2}, {"march", 3}, {"august", 8}, {"october", 10}, {"december", 12},
}

// misspelt is the month whose name differs from word by one letter left out,
// added, exchanged or swapped with its neighbor; 0 for none.
func misspelt(word string) int {
	if len(word) > 12 {
		return 0
	}
	var lower [12]byte
	for i := range len(word) {
		lower[i] = word[i] | 0x20
	}
	for _, m := range monthNames {
		if oneEdit(lower[:len(word)], m.name) {
			return m.month
		}
	}
	return 0
}

// oneEdit tells whether a and b differ by one edit.
func oneEdit(a []byte, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	rest, other := string(a[i:]), b[i:]
	switch len(rest) - len(other) {
	case 1:
		return rest[1:] == other
	case -1:
		return rest == other[1:]
	case 0:
		if len(rest) < 2 {
			return true
		}
		return rest[1:] == other[1:] || rest[0] == other[1] && rest[1] == other[0] && rest[2:] == other[2:]
	}
	return false
}
