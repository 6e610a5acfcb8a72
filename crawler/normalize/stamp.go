package normalize

import (
	"net/url"
	"time"

	"kabar/crawler/extract"
	"kabar/storage/news"
)

// StampContext is what is known about a page besides its own claims.
type StampContext struct {
	Zone     *time.Location // the portal's clock; nil when unknown
	Now      time.Time      // the answer's own Date; zero when unknown
	URL      *url.URL       // address of the page; nil when unknown
	Language string         // of the page, such as "id" or "en-US"; empty when unknown
	Body     []news.Block   // the article's body, where dates are those of events; nil when unknown
	Outside  []news.Stamp   // what feed, sitemap and listing said
	Site     *SiteDates     // what many pages of the site taught; nil when nothing
}

// ChooseStamp decides which of a page's date claims to believe. Both stamps
// are zero when nothing is sure enough; doubts say in plain words what is odd.
//
// Every claim is read by itself. Claims of the same day support each other,
// each according to where it stands: what a page tells machines says most,
// then dates printed near the headline, the address, and what feed and listing
// said. The best supported day wins, and its most exact claim is the answer.
func ChooseStamp(published, modified []extract.Claim, c StampContext) (pub, mod news.Stamp, doubts []string) {
	s := newStampChoice(published, modified, c)
	best := s.bestPublished()
	if best != nil {
		pub = s.exactest(best)
	}
	mod = s.lastModified(pub)
	return pub, mod, s.doubts
}

// sureStamp is the support that a day needs to be believed.
const sureStamp = 20

// bestPublished is the claim of the best supported day; nil when none is sure.
func (s *stampChoice) bestPublished() *stampClaim {
	var best *stampClaim
	for i := range s.claims {
		claim := &s.claims[i]
		if claim.points <= 0 {
			continue
		}
		claim.support = s.supportOf(claim)
		if best == nil || claim.support > best.support {
			best = claim
		}
	}
	if best == nil || best.support < sureStamp {
		return nil
	}
	s.noteConflicts(best)
	return best
}

// supportOf is what a claim and all that agree with it say for its day. Of
// every kind of place only the strongest counts in full: ten equal texts are
// hardly more than one.
func (s *stampChoice) supportOf(claim *stampClaim) float64 {
	var strongest [places]float64
	for i := range s.claims {
		other := &s.claims[i]
		if other == claim || other.points <= 0 {
			continue
		}
		worth := other.points * claim.agrees(other)
		if worth > strongest[other.place] {
			strongest[other.place] = worth
		}
	}
	total := claim.points
	for place, worth := range strongest {
		if place == int(claim.place) {
			worth *= 0.3
		}
		total += worth * 0.7
	}
	return total
}

// exactest is the most exact claim that agrees with the best one.
func (s *stampChoice) exactest(best *stampClaim) news.Stamp {
	pick := best
	for i := range s.claims {
		claim := &s.claims[i]
		if claim.points <= 0 || claim.agrees(best) < neighborDay {
			continue
		}
		if claim.exactness() > pick.exactness() || claim.exactness() == pick.exactness() && claim.points > pick.points {
			pick = claim
		}
	}
	return s.finish(s.withSeconds(pick))
}

// withSeconds is a claim of the same minute that also tells the seconds, where
// pick does not.
func (s *stampChoice) withSeconds(pick *stampClaim) *stampClaim {
	if pick.stamp.Precision != news.Minute {
		return pick
	}
	for i := range s.claims {
		c := &s.claims[i]
		zoned := c.zoned || s.c.Zone != nil || !pick.zoned
		if zoned && c.points > 0 && c.stamp.Precision == news.Second && c.stamp.Time.Truncate(time.Minute).Equal(pick.stamp.Time) {
			return c
		}
	}
	return pick
}

// finish writes the chosen moment in the offset of the portal, or else in one
// that gives the day that the page prints.
func (s *stampChoice) finish(pick *stampClaim) news.Stamp {
	stamp := pick.stamp
	if !stamp.HasClock() {
		return stamp
	}
	if s.c.Zone != nil {
		stamp.Time = inFixed(stamp.Time, s.c.Zone)
		return stamp
	}
	if printed := s.printedFor(pick); printed != nil && pick.utc && printed.day != pick.day {
		stamp.Time = onDay(stamp.Time, printed)
		if !printed.stamp.HasClock() {
			s.doubt("the page prints %s for a moment in UTC; the offset shown is the nearest that fits", printed.day)
		}
	}
	return stamp
}

// printedFor is the printed date, else the address, that tells on which day
// the reader saw the moment of pick; nil when there is none.
func (s *stampChoice) printedFor(pick *stampClaim) *stampClaim {
	var printed *stampClaim
	worth := func(c *stampClaim) float64 {
		if c.place == placeText || c.place == placeTime && !c.zoned {
			return c.points
		}
		return c.points / 4
	}
	for i := range s.claims {
		c := &s.claims[i]
		local := c.place == placeText || c.place == placeAddress || !c.zoned || !c.stamp.HasClock()
		if c == pick || !local || c.points < 5 || c.agrees(pick) < neighborDay {
			continue
		}
		if printed == nil || worth(c) > worth(printed) {
			printed = c
		}
	}
	return printed
}

// onDay moves the offset of a moment so that it falls on the day as printed.
func onDay(at time.Time, printed *stampClaim) time.Time {
	wall := printed.day
	if printed.stamp.HasClock() {
		shift := printed.wall().Sub(wallClock(at)).Round(15 * time.Minute)
		_, offset := at.Zone()
		return at.In(time.FixedZone("", offset+int(shift/time.Second)))
	}
	_, offset := at.Zone()
	for _, step := range [...]int{1, -1} {
		for hours := 1; hours <= 14; hours++ {
			moved := at.In(time.FixedZone("", offset+step*hours*3600))
			if civilDay(moved) == wall {
				return moved
			}
		}
	}
	return at
}

func inFixed(at time.Time, zone *time.Location) time.Time {
	_, offset := at.In(zone).Zone()
	return at.In(time.FixedZone("", offset))
}

// lastModified is the newest believable claim of a change that does not lie
// before publication.
func (s *stampChoice) lastModified(pub news.Stamp) news.Stamp {
	var best news.Stamp
	for i := range s.changes {
		claim := &s.changes[i]
		if pub.HasClock() && claim.stamp.HasClock() && claim.stamp.Time.Before(pub.Time) {
			continue
		}
		if best.IsZero() || claim.stamp.HasClock() && (!best.HasClock() || claim.stamp.Time.After(best.Time)) {
			best = claim.stamp
		}
	}
	if best.HasClock() && s.c.Zone != nil {
		best.Time = inFixed(best.Time, s.c.Zone)
	}
	return best
}
