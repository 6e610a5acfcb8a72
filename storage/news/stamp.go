package news

import "time"

// Precision is how exactly a moment is known.
type Precision string

// Precisions from exact to coarse. The empty one means that nothing is known.
const (
	Second Precision = "second"
	Minute Precision = "minute"
	Hour   Precision = "hour"
	Day    Precision = "day"
	Month  Precision = "month"
	Year   Precision = "year"
)

// Stamp is a moment as a page told it.
type Stamp struct {
	// Time is the moment, or the beginning of the day, month or year, in the
	// fixed offset that the text or else the portal's clock gives.
	Time      time.Time
	Precision Precision
	// Origin says where it stood: "jsonld", "meta", "microdata", "time",
	// "text", "address", "feed", "sitemap", "listing" …, optionally with a
	// detail after a colon ("meta:article:published_time").
	Origin string
}

// IsZero tells whether nothing is known.
func (s Stamp) IsZero() bool { return s.Precision == "" }

// HasClock tells whether the time of day is known.
func (s Stamp) HasClock() bool {
	return s.Precision == Second || s.Precision == Minute || s.Precision == Hour
}

// RFC3339 is the moment with its own offset, "2006-01-02T15:04:05+07:00";
// empty when nothing is known.
func (s Stamp) RFC3339() string {
	if s.IsZero() {
		return ""
	}
	return s.Time.Format(time.RFC3339)
}

// Text is the stamp at its own precision: RFC 3339 where the time of day is
// known, else "2006-01-02", "2006-01" or "2006"; empty when nothing is known.
func (s Stamp) Text() string {
	switch s.Precision {
	case "":
		return ""
	case Day:
		return s.Time.Format("2006-01-02")
	case Month:
		return s.Time.Format("2006-01")
	case Year:
		return s.Time.Format("2006")
	default:
		return s.Time.Format(time.RFC3339)
	}
}
