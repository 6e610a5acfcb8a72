package discover

import (
	"regexp"
	"strings"
	"time"

	"kabar/storage/news"
)

// Layouts of dates that machines write, day name taken away.
var exactLayouts = []struct {
	layout    string
	precision news.Precision
}{
	{time.RFC3339Nano, news.Second},
	{"2006-01-02T15:04:05Z0700", news.Second},
	{"2006-01-02 15:04:05Z07:00", news.Second},
	{"2006-01-02 15:04:05 Z07:00", news.Second},
	{"2006-01-02 15:04:05 Z0700", news.Second},
	{"2006-01-02T15:04Z07:00", news.Minute},
	{"2 Jan 2006 15:04:05 Z0700", news.Second}, // RFC 822 with four digits, as RSS has it
	{"2 Jan 2006 15:04:05 Z07:00", news.Second},
	{"2 Jan 2006 15:04 Z0700", news.Minute},
	{"2 Jan 06 15:04:05 Z0700", news.Second},
	{"2 Jan 06 15:04 Z0700", news.Minute},
	{"2-Jan-06 15:04:05 Z0700", news.Second}, // RFC 850
	{"Jan 2 15:04:05 Z0700 2006", news.Second},
}

// readStamp reads a date that a machine wrote together with its offset. Dates
// without an offset, and what people write, are left to others: they need the
// portal's clock.
func readStamp(text, origin string) news.Stamp {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) < 15 || len(text) > 60 {
		return news.Stamp{}
	}
	text = englishDate(text)
	for _, l := range exactLayouts {
		t, err := time.Parse(l.layout, text)
		if err == nil && plausible(t) {
			return news.Stamp{Time: t.In(fixed(t)), Precision: l.precision, Origin: origin}
		}
	}
	return news.Stamp{}
}

// plausible leaves out zero dates: an epoch, year 0001, year 9999.
func plausible(t time.Time) bool { return t.Year() >= 1990 && t.Year() < 2100 }

// fixed is a zone with the offset that was written, never the host's own zone,
// which time.Parse may choose when offsets agree.
func fixed(t time.Time) *time.Location {
	_, offset := t.Zone()
	if offset == 0 {
		return time.UTC
	}
	return time.FixedZone("", offset)
}

var dayName = regexp.MustCompile(`^\p{L}{2,10}[.,']*\p{L}{0,6} ?, ?`)

// englishDate takes away the day's name, in whatever language, and writes
// Indonesian months and named zones as the layouts want them.
func englishDate(text string) string {
	text = strings.TrimSpace(dayName.ReplaceAllString(text, ""))
	words := strings.Fields(text)
	for i, word := range words {
		if month, ok := months[strings.ToLower(strings.TrimRight(word, "."))]; ok {
			words[i] = month
		}
	}
	if len(words) > 1 {
		last := &words[len(words)-1]
		if offset, ok := zones[strings.ToUpper(*last)]; ok {
			*last = offset
		}
	}
	return strings.Join(words, " ")
}

var months = map[string]string{
	"januari": "Jan", "january": "Jan", "februari": "Feb", "pebruari": "Feb", "february": "Feb", "peb": "Feb", "maret": "Mar", "march": "Mar",
	"april": "Apr", "mei": "May", "juni": "Jun", "june": "Jun", "juli": "Jul", "july": "Jul", "agustus": "Aug", "august": "Aug", "agu": "Aug",
	"agt": "Aug", "ags": "Aug", "agst": "Aug", "september": "Sep", "sept": "Sep", "oktober": "Oct", "october": "Oct", "okt": "Oct",
	"november": "Nov", "nopember": "Nov", "nop": "Nov", "desember": "Dec", "december": "Dec", "des": "Dec",
}

// zones are the names that stand in Indonesian feeds. Others are not believed:
// time.Parse would take them for UTC.
var zones = map[string]string{
	"GMT": "+0000", "UT": "+0000", "UTC": "+0000", "Z": "+0000",
	"WIB": "+0700", "WITA": "+0800", "WIT": "+0900", "ICT": "+0700", "SGT": "+0800",
}

// date sets an item's date from a text: as a stamp where it is exact, else as
// text for those who know the portal's clock.
func (i *Item) date(text, origin string) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" || strings.HasPrefix(text, "0000-") || strings.HasPrefix(text, "-0001") || strings.HasPrefix(text, "1970-01-01") {
		return
	}
	if stamp := readStamp(text, origin); !stamp.IsZero() {
		i.Published = stamp
		return
	}
	i.DateText = cut(text, maxDateText)
}
