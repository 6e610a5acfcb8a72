package normalize

import "time"

// mendZones finds out stamps that call local time UTC ("2015-11-05T10:08:58Z"
// for eight past ten in the morning of Jakarta) by comparing them with what
// the page prints, with its other stamps, with the clock of the answer, and
// with what the site taught. The moment is then read in the portal's clock.
func (s *stampChoice) mendZones() {
	for i := range s.claims {
		s.mendZone(&s.claims[i])
	}
	for i := range s.changes {
		s.mendZone(&s.changes[i])
	}
}

func (s *stampChoice) mendZone(c *stampClaim) {
	if !c.utc || !c.stamp.HasClock() || c.place == placeOutside {
		return
	}
	zone, why := s.trueZone(c)
	if zone == nil {
		return
	}
	s.doubt("%s calls local time UTC: %s", c.Origin, why)
	c.stamp.Time = inFixed(inZone(c.utcWall(), zone), zone)
	c.day, c.utc = civilDay(c.stamp.Time), false
}

// trueZone is the zone of a stamp that only says to be UTC; nil when it is
// believed.
func (s *stampChoice) trueZone(c *stampClaim) (*time.Location, string) {
	if zone := s.twinZone(c); zone != nil {
		return zone, "another stamp of the page has the same time of day with an offset"
	}
	if s.c.Zone == nil || isUTC(s.c.Zone, c.stamp.Time) {
		return nil, ""
	}
	switch s.printedClock(c) {
	case clockLocal:
		return s.c.Zone, "the page prints the same time of day as local"
	case clockUTC:
		return nil, ""
	}
	if s.c.Site.falseUTC(c) {
		return s.c.Zone, "other pages of the site showed it"
	}
	local := inZone(c.utcWall(), s.c.Zone)
	if !s.c.Now.IsZero() && c.stamp.Time.After(s.c.Now.Add(futureGrace)) && !local.After(s.c.Now.Add(futureGrace)) {
		return s.c.Zone, "as UTC it would lie in the future"
	}
	return nil, ""
}

// utcWall is the time of day that a stamp in UTC has in its text.
func (c *stampClaim) utcWall() time.Time { return wallClock(c.stamp.Time.UTC()) }

func isUTC(zone *time.Location, at time.Time) bool {
	_, offset := at.In(zone).Zone()
	return offset == 0
}

// inZone is the moment at which a wall in zone shows w.
func inZone(w time.Time, zone *time.Location) time.Time {
	return time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), w.Second(), 0, zone)
}

// twinZone is the offset of another machine stamp that shows the same wall
// clock to the second, nil when there is none.
func (s *stampChoice) twinZone(c *stampClaim) *time.Location {
	for _, list := range [...][]stampClaim{s.claims, s.changes} {
		for i := range list {
			other := &list[i]
			if !other.zoned || other.utc || !other.stamp.HasClock() || other.place == placeOutside {
				continue
			}
			if other.stamp.Precision == c.stamp.Precision && other.wall().Equal(c.utcWall()) {
				return other.stamp.Time.Location()
			}
		}
	}
	return nil
}

// What printed times say about a stamp in UTC.
type clockVerdict uint8

const (
	clockSilent clockVerdict = iota
	clockLocal               // the same time of day is printed as local time
	clockUTC                 // the printed local time is that moment
)

// printedClock compares a stamp with the times that the page prints.
func (s *stampChoice) printedClock(c *stampClaim) clockVerdict {
	verdict := clockSilent
	for _, list := range [...][]stampClaim{s.claims, s.changes} {
		for i := range list {
			other := &list[i]
			if other == c || !other.stamp.HasClock() || other.has("relative") {
				continue
			}
			if other.utc {
				continue
			}
			if within(other.stamp.Time, c.stamp.Time, minuteApart) {
				return clockUTC
			}
			if within(other.wall(), c.utcWall(), minuteApart) {
				verdict = clockLocal
			}
		}
	}
	return verdict
}
