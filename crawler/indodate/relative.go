package indodate

import (
	"time"

	"kabar/storage/news"
)

// monthPrecision keeps the word month free for the class of tokens.
const monthPrecision = news.Month

// maxCount bounds the number of a span: "99999 hari lalu" is no date.
const maxCount = 9999

// relative matches words that count from the moment of reading: "2 jam yang
// lalu", "sebulan lalu", "kemarin", "hari ini", "baru saja".
func (s *scanner) relative(i int) (part, bool) {
	t := s.at(i)
	switch {
	case t.is(agoBefore):
		return s.spanAt(i, i+1, true)
	case t.is(unit) && s.at(i+1).is(count) && s.word(i) == "y" && s.word(i+1) == "a": // il y a
		return s.spanAt(i, i+2, true)
	case t.class == number, t.is(count) && !t.is(unit), t.is(few):
		return s.spanAt(i, i, false)
	case t.is(count):
		return s.spanAt(i, i, false)
	case t.is(justNow):
		return s.justNow(i)
	case t.is(unit) && s.at(i+1).is(thisOne) && t.value(unit) == days:
		return s.dayWordAt(i, i+2, 0), true
	case t.is(unit) && (t.value(unit) == weeks || t.value(unit) == years || t.value(unit) == months) && s.isWeek(i):
		return s.lastUnit(i)
	case t.is(dayWord):
		return s.wordForDay(i)
	}
	return part{}, false
}

// spanAt matches a span from token at on: numbers and units, then the word
// that says which way it goes, unless that stood before.
func (s *scanner) spanAt(i, at int, past bool) (part, bool) {
	p := newPart(spanForm, i, at)
	p.flags |= relativeWord
	found := false
	for n := 0; n < 4; n++ {
		next, ok := s.addUnit(&p.span, at)
		if !ok {
			break
		}
		found, at = true, next
		if s.at(at).isSign(',') || s.at(at).is(together) {
			at++
		}
	}
	if !found {
		return part{}, false
	}
	for n := 0; n < 2 && s.at(at).class == filler; n++ {
		at++
	}
	w := s.at(at)
	switch {
	case past:
		p.b = at
	case w.is(ago):
		p.b = at + 1
	case w.is(later), w.class == ahead:
		p.b = at + 1
		p.flags |= futureSpan
		return p, true
	default:
		return part{}, false
	}
	p.span.years, p.span.months, p.span.time = -p.span.years, -p.span.months, -p.span.time
	return p, true
}

// addUnit adds "2 jam", "sejam", "satu jam", "beberapa menit" at token i.
func (s *scanner) addUnit(sum *span, i int) (next int, ok bool) {
	t := s.at(i)
	n, vague, at := int64(1), false, i+1
	switch {
	case t.class == number:
		n = t.num
	case t.is(few):
		vague = true
	case t.is(count) && t.is(unit):
		at = i
	case t.is(count):
		n = int64(t.value(count))
	default:
		return i, false
	}
	u := s.at(at)
	if !u.is(unit) || n > maxCount {
		return i, false
	}
	what := u.value(unit)
	if n < 0 {
		if what != hours {
			return i, false
		}
		n, what = 30, minutes
	}
	sum.add(n, what)
	if vague {
		sum.precision = coarser(sum.precision)
	}
	return at + 1, true
}

// add counts n units; the last unit added says how exact the span is.
func (sum *span) add(n int64, unit int) {
	switch unit {
	case seconds:
		sum.time, sum.precision = sum.time+time.Duration(n)*time.Second, news.Second
	case minutes:
		sum.time, sum.precision = sum.time+time.Duration(n)*time.Minute, news.Minute
	case hours:
		sum.time, sum.precision = sum.time+time.Duration(n)*time.Hour, news.Hour
	case days:
		sum.time, sum.precision = sum.time+time.Duration(n)*24*time.Hour, news.Day
	case weeks:
		sum.time, sum.precision = sum.time+time.Duration(n)*7*24*time.Hour, news.Day
	case months:
		sum.months, sum.precision = sum.months+int(n), news.Month
	case years:
		sum.years, sum.precision = sum.years+int(n), news.Year
	}
}

func coarser(p news.Precision) news.Precision {
	switch p {
	case news.Second:
		return news.Minute
	case news.Minute:
		return news.Hour
	case news.Hour:
		return news.Day
	case news.Day:
		return news.Month
	default:
		return news.Year
	}
}

// justNow matches "baru saja", "just now", "barusan".
func (s *scanner) justNow(i int) (part, bool) {
	p := newPart(spanForm, i, i+1)
	p.span.precision = news.Minute
	p.flags |= relativeWord
	switch s.word(i + 1) {
	case "saja", "Saja", "now", "Now", "SAJA":
		p.b = i + 2
		return p, true
	}
	return p, len(s.word(i)) == len("barusan")
}

// isWeek tells the week of "minggu lalu" from the Sunday of "Minggu lalu".
func (s *scanner) isWeek(i int) bool { return !s.at(i).is(weekday) || s.word(i)[0] == 'm' }

// lastUnit matches "pekan lalu", "last week", "tahun lalu".
func (s *scanner) lastUnit(i int) (part, bool) {
	w, p := s.at(i+1), newPart(spanForm, i, i+2)
	p.flags |= relativeWord
	n := int64(0)
	switch {
	case w.is(ago) && !w.is(month):
		n = -1
	case w.is(ahead):
		n = 1
	default:
		return part{}, false
	}
	p.span.add(n, s.at(i).value(unit))
	p.week = s.at(i).value(unit) == weeks
	return p, true
}

// wordForDay matches "kemarin", "yesterday", "kemarin lusa", "tadi malam".
func (s *scanner) wordForDay(i int) (part, bool) {
	shift := s.at(i).value(dayWord)
	next := i + 1
	switch {
	case shift == -1 && s.at(next).is(dayWord) && s.at(next).value(dayWord) == 2:
		shift, next = -2, next+1
	case s.tadi(i):
		if !s.at(next).is(dayPart) {
			return part{}, false
		}
		if s.at(next).value(dayPart) == night {
			shift = -1
		}
		next++
	}
	return s.dayWordAt(i, next, shift), true
}

// tadi ("earlier") says today only together with a part of the day.
func (s *scanner) tadi(i int) bool {
	w := s.word(i)
	return len(w) == 4 && w[1:] == "adi"
}

func (s *scanner) dayWordAt(i, next, shift int) part {
	p := newPart(dayWordForm, i, next)
	p.span = span{time: time.Duration(shift) * 24 * time.Hour, precision: news.Day}
	p.flags |= relativeWord
	return p
}
