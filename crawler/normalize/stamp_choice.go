package normalize

import (
	"fmt"
	"strings"
	"time"

	"kabar/crawler/extract"
	"kabar/storage/news"
)

// maxStampClaims bounds the claims that are compared with each other.
const maxStampClaims = 80

// firstWebYear is before which no page gave its own date; older days on a page
// are history.
const firstWebYear = 1993

// futureGrace is how far a claim may lie ahead of the answer's own clock.
const futureGrace = time.Hour

// stampChoice is the work of one ChooseStamp.
type stampChoice struct {
	c       StampContext
	claims  []stampClaim // that may be publication
	changes []stampClaim
	doubts  []string
}

func newStampChoice(published, modified []extract.Claim, c StampContext) *stampChoice {
	if c.Zone == nil {
		c.Zone = c.Site.zone()
	}
	s := &stampChoice{c: c}
	s.gather(published, modified)
	s.mendZones()
	s.dropFuture()
	s.dropClocks()
	s.weigh()
	s.promoteChange()
	s.favorLonely()
	return s
}

// gather reads all claims.
func (s *stampChoice) gather(published, modified []extract.Claim) {
	for _, claim := range modified {
		s.addChange(claim)
	}
	for _, claim := range published {
		if namesChange(claim) {
			s.addChange(claim)
			continue
		}
		s.addPublished(claim)
	}
	s.addAddress()
	s.addOutside()
	s.dropSecondOrders()
}

func (s *stampChoice) doubt(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for _, known := range s.doubts {
		if known == text {
			return
		}
	}
	s.doubts = append(s.doubts, text)
}

func (s *stampChoice) addPublished(claim extract.Claim) {
	if len(s.claims) >= maxStampClaims {
		return
	}
	c, ok := s.readStamp(claim, s.monthFirst())
	if !ok || c.stamp.Time.Year() < firstWebYear {
		return
	}
	s.claims = append(s.claims, c)
	if !c.has("dm-ambiguous") {
		return
	}
	if other, ok := s.readStamp(claim, !s.monthFirst()); ok {
		other.flags = append(other.flags, "second-order")
		s.claims = append(s.claims, other)
	}
}

// namesChange tells whether the class names around a printed date say that it
// is one of change.
func namesChange(claim extract.Claim) bool {
	where := strings.ToLower(claim.Where)
	if claim.Origin != "text" && claim.Origin != "time" || strings.Contains(where, "publ") || strings.Contains(where, "creat") {
		return false
	}
	return strings.Contains(where, "updated-on") || strings.Contains(where, "updatedat") || strings.Contains(where, "updated-at") ||
		strings.Contains(where, "modified") || strings.Contains(where, "last-update") || strings.Contains(where, "lastupdate")
}

func (s *stampChoice) addChange(claim extract.Claim) {
	if len(s.changes) >= maxStampClaims {
		return
	}
	if c, ok := s.readStamp(claim, s.monthFirst()); ok && c.stamp.Time.Year() >= firstWebYear {
		s.changes = append(s.changes, c)
	}
}

// monthFirst tells whether the page writes the month before the day: English
// that is not told to be another than American, outside countries that write
// the day first. Indonesian sites often leave their theme in "en-US".
func (s *stampChoice) monthFirst() bool {
	language := strings.ToLower(s.c.Language)
	if language != "en" && language != "en-us" && language != "en_us" && language != "" || s.c.URL == nil || indonesian(s.c.Zone) {
		return false
	}
	host := s.c.URL.Hostname()
	top := host[strings.LastIndexByte(host, '.')+1:]
	switch top {
	case "com", "org", "net", "us", "gov", "edu", "info", "tv", "co", "io", "news":
		return language != ""
	}
	return false
}

// indonesian tells the clocks of Indonesia, which write the day first.
func indonesian(zone *time.Location) bool {
	if zone == nil {
		return false
	}
	_, offset := time.Unix(0, 0).In(zone).Zone()
	return offset >= 7*3600 && offset <= 9*3600
}

// addAddress claims the day that the page's address names.
func (s *stampChoice) addAddress() {
	day, ok := addressDay(s.c.URL)
	if !ok {
		return
	}
	at := time.Date(day.year, time.Month(day.month), day.day, 0, 0, 0, 0, s.zone())
	s.claims = append(s.claims, stampClaim{
		Claim: extract.Claim{Value: day.text, Origin: "address"},
		stamp: news.Stamp{Time: inFixed(at, s.zone()), Precision: news.Day, Origin: "address"},
		place: placeAddress, day: civilDay(at),
	})
}

func (s *stampChoice) zone() *time.Location {
	if s.c.Zone != nil {
		return s.c.Zone
	}
	return time.UTC
}

func (s *stampChoice) addOutside() {
	for _, stamp := range s.c.Outside {
		if stamp.IsZero() || !stamp.HasClock() && stamp.Precision != news.Day {
			continue
		}
		c := stampClaim{Claim: extract.Claim{Origin: stamp.Origin}, stamp: stamp, place: placeOutside, zoned: stamp.HasClock()}
		if stamp.HasClock() && s.c.Zone != nil {
			c.stamp.Time = inFixed(stamp.Time, s.c.Zone) // its day is that of the portal's clock
		}
		if strings.HasSuffix(stamp.Origin, ":"+Relative) {
			c.flags = append(c.flags, Relative)
		}
		_, offset := c.stamp.Time.Zone()
		c.utc, c.day = c.zoned && offset == 0, civilDay(c.stamp.Time)
		s.claims = append(s.claims, c)
	}
}

// dropSecondOrders keeps 4/3/2022 in one order: the usual one, unless only the
// other agrees with what else the page says.
func (s *stampChoice) dropSecondOrders() {
	for i := range s.claims {
		second := &s.claims[i]
		if !second.has("second-order") || i == 0 {
			continue
		}
		first := &s.claims[i-1]
		if s.confirmed(second) && !s.confirmed(first) {
			first.stamp, first.day = second.stamp, second.day
		}
		second.place = places
	}
	kept := s.claims[:0]
	for _, c := range s.claims {
		if c.place != places {
			kept = append(kept, c)
		}
	}
	s.claims = kept
}

// confirmed tells whether a claim that is read in one way only has the day.
func (s *stampChoice) confirmed(c *stampClaim) bool {
	for _, list := range [...][]stampClaim{s.claims, s.changes} {
		for i := range list {
			other := &list[i]
			if other.has("second-order") {
				continue
			}
			if (!other.has("dm-ambiguous") || strings.Count(other.Value, ".") >= 2) && other.agrees(c) >= sameDay {
				return true
			}
		}
	}
	return false
}

// dropFuture refuses what lies ahead of the answer's own clock.
func (s *stampChoice) dropFuture() {
	if s.c.Now.IsZero() {
		return
	}
	latest := s.c.Now.Add(futureGrace)
	s.claims = s.keepUntil(s.claims, latest)
	s.changes = s.keepUntil(s.changes, latest)
}

func (s *stampChoice) keepUntil(claims []stampClaim, latest time.Time) []stampClaim {
	kept := claims[:0]
	for _, c := range claims {
		most := latest
		if !c.stamp.HasClock() {
			most = latest.Add(24 * time.Hour) // a day may have begun elsewhere
		}
		if c.stamp.Time.After(most) {
			s.doubt("%s says %s, which lies in the future", c.Origin, c.stamp.Text())
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// promoteChange lets a claim of change speak for publication: when it agrees
// with a printed day (some templates print a day and give its moment only as
// "Last Updated"), or when nothing else is there.
func (s *stampChoice) promoteChange() {
	machine, any := false, false
	for i := range s.claims {
		c := &s.claims[i]
		any = any || c.points > 0
		machine = machine || c.stamp.HasClock() && c.place != placeText && c.points > 0
	}
	for i := range s.changes {
		change := s.changes[i]
		change.place = placeChange
		if machine || any && !s.printedOn(&change) {
			continue
		}
		change.points = s.pointsOf(&change)
		if !any {
			change.points = sureStamp
			s.doubt("only a date of change is known, from %s", change.Origin)
		}
		s.claims = append(s.claims, change)
	}
}

// printedOn tells whether a visible date has the day of a claim.
func (s *stampChoice) printedOn(c *stampClaim) bool {
	if !c.stamp.HasClock() {
		return false
	}
	local := *c
	if s.c.Zone != nil {
		local.day = civilDay(c.stamp.Time.In(s.c.Zone))
	}
	for i := range s.claims {
		other := &s.claims[i]
		if other.points > 0 && other.day == local.day {
			return true
		}
	}
	return false
}

// noteConflicts tells which strong claims speak of another day.
func (s *stampChoice) noteConflicts(best *stampClaim) {
	for i := range s.claims {
		c := &s.claims[i]
		if c.points >= 30 && c.agrees(best) == noAgreement {
			s.doubt("%s says %s, but %s says %s", best.Origin, best.stamp.Text(), c.Origin, c.stamp.Text())
		}
	}
}
