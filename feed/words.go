package feed

import (
	"fmt"
	"time"

	"kabar/storage/news"
	"kabar/storage/region"
)

// Zone is the fixed zone of a portal's clock, WIB when it is unknown.
func Zone(clock string) *time.Location {
	if zone := region.Zone(clock); zone != nil {
		return zone
	}
	return region.Zone("WIB")
}

// DayText is the day of t in its own zone, "Selasa, 20 Januari 2026".
func DayText(t time.Time) string {
	return fmt.Sprintf("%s, %d %s %d", weekday(t.Weekday()), t.Day(), month(t.Month()), t.Year())
}

// TimeText is t in its own zone with the zone's Indonesian name, "Selasa, 20
// Januari 2026 pukul 08.30 WIB".
func TimeText(t time.Time) string {
	return fmt.Sprintf("%s pukul %02d.%02d %s", DayText(t), t.Hour(), t.Minute(), zoneName(t))
}

// StampText is a stamp at its own precision, "Januari 2026" for a month; empty
// for a zero stamp.
func StampText(s news.Stamp) string {
	switch s.Precision {
	case "":
		return ""
	case news.Day:
		return DayText(s.Time)
	case news.Month:
		return fmt.Sprintf("%s %d", month(s.Time.Month()), s.Time.Year())
	case news.Year:
		return fmt.Sprint(s.Time.Year())
	case news.Hour:
		return fmt.Sprintf("%s sekitar pukul %02d %s", DayText(s.Time), s.Time.Hour(), zoneName(s.Time))
	default:
		return TimeText(s.Time)
	}
}

// zoneName names the zones of Indonesia by their offset.
func zoneName(t time.Time) string {
	_, offset := t.Zone()
	switch offset {
	case 7 * 3600:
		return "WIB"
	case 8 * 3600:
		return "WITA"
	case 9 * 3600:
		return "WIT"
	case 0:
		return "UTC"
	default:
		return t.Format("UTC-07:00")
	}
}

func weekday(d time.Weekday) string {
	return [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}[d]
}

func month(m time.Month) string {
	return [...]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
		"Agustus", "September", "Oktober", "November", "Desember"}[m-1]
}

// RegionName is the name of a region with its type word; the code itself when
// it is unknown.
func RegionName(code string) string {
	r, ok := region.ByCode(code)
	if !ok {
		return Line(code, maxName)
	}
	return r.Title()
}
