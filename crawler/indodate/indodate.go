// Package indodate reads dates as Indonesian pages write them: "Jum'at, 9 Okt
// 2020 | 20.19 WIB", "Selasa (12/7)", "2 jam yang lalu", and the forms that
// half-configured themes print in other languages. It knows no clock and no
// network; what a text leaves open is answered by a Context.
package indodate

import (
	"time"

	"kabar/storage/news"
)

// MaxBytes bounds the text that Read looks at. A date line is never longer;
// Read refuses longer ones.
const MaxBytes = 512

// MaxFindBytes bounds the text that Find looks at.
const MaxFindBytes = 64 << 10

// Context answers what a text leaves open. Its zero value is allowed.
type Context struct {
	// Zone is the clock of the site, for times without a zone; nil when
	// unknown.
	Zone *time.Location
	// Ref is the moment of reading. Relative words and dates without a year
	// count from it; they are refused when it is zero.
	Ref time.Time
	// MonthFirst reads 4/3/2022 as April 3, for sites known to write so.
	MonthFirst bool
}

// Reading is what a text says.
type Reading struct {
	Stamp    news.Stamp // Origin is left to the caller
	End      time.Time  // last day of a range, zero when it is none
	Zoned    bool       // the text itself named an offset or zone
	Flags    []string   // what is odd about the text: "yearless", "range", "weekday-mismatch" …
	From, To int        // byte range of the text that was read
}

// Refused tells why a text gives no date.
type Refused struct {
	Why string // a short key such as "impossible-day"
}

// Error says the reason in words.
func (r *Refused) Error() string { return "no date read: " + r.Why }

// Read reads the one date that text states. Of several dates in a line, a
// machine stamp wins over printed ones, a date of publication over one of a
// change, and a whole date over a part of one. Every error is a *Refused.
func Read(text string, c Context) (Reading, error) {
	if len(text) > MaxBytes {
		return Reading{}, &Refused{Why: whyLong}
	}
	var buf [64]token
	s := scanner{text: text, c: c, tokens: tokenize(text, buf[:0])}
	s.scan()
	r, why := s.choose()
	if why != "" {
		return Reading{}, &Refused{Why: why}
	}
	return r, nil
}

// Find reads the dates inside a longer text, in order, and passes over what
// cannot be read. It looks at the first MaxFindBytes.
func Find(text string, c Context) []Reading {
	if len(text) > MaxFindBytes {
		text = text[:MaxFindBytes]
	}
	s := scanner{text: text, c: c, tokens: tokenize(text, nil)}
	s.scan()
	var found []Reading
	for i := range s.parts {
		p := &s.parts[i]
		if p.label == updated {
			p.flags |= isUpdated
		}
		if r, why := s.resolve(p); why == "" {
			found = append(found, r)
		}
	}
	return found
}
