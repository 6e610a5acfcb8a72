package normalize

import (
	"strings"

	"kabar/storage/news"
)

// pointsOf is how much a claim says for being the date of publication, by its
// place alone.
func (s *stampChoice) pointsOf(c *stampClaim) float64 {
	points := 0.0
	switch c.place {
	case placeRule:
		return 200
	case placeLinked:
		points = 60
		if c.Origin != "jsonld" {
			points = 36
		}
	case placeMeta:
		points = metaPoints(c.Origin)
	case placeMicrodata:
		points = 50
	case placeTime:
		points = 42
	case placeText:
		points = 34
		if c.Origin == "text:first" { // "originally published on"
			return 45
		}
	case placeAddress:
		points = 24
	case placeOutside:
		points = 40
		if c.Origin == "sitemap" {
			points = 12
		}
	case placeChange:
		points = 14
	}
	if c.place == placeTime || c.place == placeText || c.place == placeMicrodata {
		near := s.nearness(c)
		if namesPublication(c.Where) && c.Weight < farWeight {
			near = 1.25 * max(near, 0.6)
		}
		points *= near
		if inCaption(c.Where) {
			points *= 0.3
		}
		if inHeading(c.Where) {
			points *= 0.8
		}
	}
	if c.place != placeOutside && c.has(Relative) || c.has("yearless") || c.has("weekday-only") {
		points *= 0.5
	}
	return points
}

// inCaption tells whether a place is the caption of a picture.
func inCaption(where string) bool {
	return strings.Contains(where, "figcaption") || strings.Contains(where, "caption")
}

// inHeading tells whether a place is a heading or what stands under it: dates
// there are part of what the article says.
func inHeading(where string) bool {
	if last := strings.LastIndexByte(where, '>'); last >= 0 {
		where = strings.TrimSpace(where[last+1:])
	}
	heading := len(where) >= 2 && where[0] == 'h' && where[1] >= '1' && where[1] <= '6' && !strings.Contains(where, "date")
	return heading || strings.Contains(where, "subtitle")
}

// metaPoints tells names that say publication from those that only say date.
func metaPoints(origin string) float64 {
	for _, word := range [...]string{"publish", "publication", "issued", "pubdate"} {
		if strings.Contains(origin, word) {
			return 58
		}
	}
	return 44
}

// nearness falls with the distance to the headline.
func nearness(weight int) float64 {
	switch {
	case weight <= 1:
		return 1
	case weight <= 3:
		return 0.97
	case weight <= 8:
		return 0.9
	case weight <= 15:
		return 0.75
	case weight < 40:
		return 0.5
	default:
		return 0.3
	}
}

// inBodyWeight is what package extract adds to the weight of dates that stand
// in the body, and farWeight to those in other parts of the page.
const (
	inBodyWeight = 100
	farWeight    = 500
)

// nearness of a claim that stands in the page. In the body only a line of its
// own is a date line, and only at the beginning; what stands in a sentence is
// the date of an event.
func (s *stampChoice) nearness(c *stampClaim) float64 {
	switch {
	case c.Weight >= farWeight:
		return 0.1
	case strings.HasSuffix(c.Where, "> meta"): // stands nowhere in particular
		return 1
	case c.Weight < inBodyWeight:
		return nearness(c.Weight)
	case c.place == placeText && (s.c.Body == nil && !namesDate(c.Where) || s.inSentence(c)):
		return 0.05
	default:
		return 0.75 * nearness((c.Weight-inBodyWeight)*2)
	}
}

// namesPublication tells whether the class names of a place itself say that it
// is for the date of publication.
func namesPublication(where string) bool {
	if last := strings.LastIndexByte(where, '>'); last >= 0 {
		where = where[last+1:]
	}
	where = strings.ToLower(where)
	return strings.Contains(where, "publi") && !strings.Contains(where, "publisher")
}

// namesDate tells whether the class names of a place say that it is for dates.
func namesDate(where string) bool {
	if last := strings.LastIndexByte(where, '>'); last >= 0 {
		where = where[last+1:]
	}
	where = strings.ToLower(where)
	for _, word := range [...]string{"date", "time", "meta", "tanggal", "tgl", "waktu", "publi", "posted", "byline", "stamp", "info", "tagline"} {
		if strings.Contains(where, word) {
			return true
		}
	}
	return false
}

// maxDateLine is how many bytes a block may have besides a date and still be a
// line about the date.
const maxDateLine = 60

// inSentence tells whether the text of a claim stands in a longer paragraph of
// the body.
func (s *stampChoice) inSentence(c *stampClaim) bool {
	for i := range s.c.Body {
		b := &s.c.Body[i]
		if b.Kind == news.Picture || len(b.Text) < len(c.Value) {
			continue
		}
		if strings.Contains(b.Text, c.Value) {
			return len(b.Text) > len(c.Value)+maxDateLine
		}
		if i > 40 {
			break
		}
	}
	return false
}
