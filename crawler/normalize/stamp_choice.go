package normalize

import (
	"fmt"
	"net/url"
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
	s := &stampChoice{c: c}
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
	s.mendZones()
	s.dropFuture()
	s.dropClocks()
	s.weigh()
	s.promoteChange()
	s.favorLonely()
	return s
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
		s.claims = append(s.claims, stampClaim{
			Claim: extract.Claim{Origin: stamp.Origin}, stamp: stamp, place: placeOutside, zoned: stamp.HasClock(), day: civilDay(stamp.Time),
		})
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

// weigh gives every claim its points.
func (s *stampChoice) weigh() {
	for i := range s.claims {
		c := &s.claims[i]
		c.points = s.pointsOf(c) * s.c.Site.trust(c)
	}
	for i := range s.claims {
		c := &s.claims[i]
		switch {
		case s.inList(c):
			c.points *= 0.15
		case s.isChange(c), s.isLater(c):
			c.points *= 0.5
		case s.repeatsChange(c):
			c.points *= 0.4
		}
	}
}

// inList tells whether the place of a claim shows three or more days: it is
// the place of items in a list.
func (s *stampChoice) inList(c *stampClaim) bool {
	if c.Where == "" || c.place == placeMeta || c.place == placeLinked {
		return false
	}
	first, second := c.day, ""
	nearest := c.Weight <= 3
	for i := range s.claims {
		other := &s.claims[i]
		if other.Where == c.Where && other.Weight <= c.Weight && other.day != c.day {
			nearest = false
		}
	}
	if nearest {
		return false
	}
	for i := range s.claims {
		other := &s.claims[i]
		if other.Where != c.Where || other.day == first || other.day == second {
			continue
		}
		if second != "" {
			return true
		}
		second = other.day
	}
	return false
}

// isLater tells whether a claim is the later one of two that stand in the same
// place: the other is publication, it is a change.
func (s *stampChoice) isLater(c *stampClaim) bool {
	if c.place != placeText && c.place != placeTime || c.Weight > 15 {
		return false
	}
	for i := range s.claims {
		other := &s.claims[i]
		if other.place == c.place && other.Where == c.Where && other.Weight <= 15 && other.day < c.day {
			return true
		}
	}
	return false
}

// repeatsChange tells whether a machine claim of publication only repeats, or
// even follows, the day of a change, while the page prints an earlier day near
// its headline: some systems write the last change into both.
func (s *stampChoice) repeatsChange(c *stampClaim) bool {
	if c.place != placeLinked && c.place != placeMeta && c.place != placeMicrodata {
		return false
	}
	changed := false
	for i := range s.changes {
		change := &s.changes[i]
		if change.place == placeText && change.day != c.day {
			continue
		}
		changed = changed || change.day <= c.day && change.place != placeText
	}
	if !changed {
		return false
	}
	for i := range s.claims {
		other := &s.claims[i]
		if other.place == placeText && other.Weight <= 8 && other.day < c.day && other.agrees(c) == noAgreement &&
			!s.changedOn(other.day) && s.nearness(other) > 0.5 && !inCaption(other.Where) && !inHeading(other.Where) && !s.inList(other) {
			return true
		}
	}
	return false
}

// changedOn tells whether a claim of change has the day.
func (s *stampChoice) changedOn(day string) bool {
	for i := range s.changes {
		if s.changes[i].day == day {
			return true
		}
	}
	return false
}

// isChange tells whether a claim of publication repeats the day of a change
// while another machine stamp gives an earlier day.
func (s *stampChoice) isChange(c *stampClaim) bool {
	changed := false
	for i := range s.changes {
		changed = changed || s.changes[i].day == c.day
	}
	if !changed {
		return false
	}
	for i := range s.claims {
		other := &s.claims[i]
		if other.place == placeText && other.Weight <= 8 && other.day == c.day {
			return false // the page prints it as its own date
		}
	}
	for i := range s.claims {
		other := &s.claims[i]
		sure := other.Origin == "jsonld" || other.Origin == "meta:article:published_time"
		if sure && other.day < c.day && other.agrees(c) == noAgreement {
			return true
		}
	}
	return false
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

// addressDate is a day that an address names.
type addressDate struct {
	year, month, day int
	text             string
}

// addressDay finds /2026/01/20/, /2026-01-20-, /20260120/ in an address. Longer
// numbers are ids.
func addressDay(u *url.URL) (addressDate, bool) {
	if u == nil {
		return addressDate{}, false
	}
	path := u.Path
	var numbers [3]int
	for i := 0; i < len(path); i++ {
		if !isDigitAt(path, i) || i > 0 && isDigitAt(path, i-1) {
			continue
		}
		end := i
		for isDigitAt(path, end) {
			end++
		}
		if end-i == 8 {
			d := addressDate{atoi(path[i : i+4]), atoi(path[i+4 : i+6]), atoi(path[i+6 : end]), path[i:end]}
			if bounded(path, i, end) && d.plausible() {
				return d, true
			}
		}
		if end-i != 4 || !bounded(path, i, i) {
			continue
		}
		at, n := i, 0
		for n < 3 {
			stop := at
			for isDigitAt(path, stop) {
				stop++
			}
			if stop == at || n > 0 && stop-at > 2 {
				break
			}
			numbers[n] = atoi(path[at:stop])
			n++
			at = stop + 1
			if n < 3 && (stop >= len(path) || path[stop] != path[i+4] || !strings.ContainsRune("/-_.", rune(path[stop]))) {
				break
			}
		}
		d := addressDate{numbers[0], numbers[1], numbers[2], path[i:min(at, len(path))]}
		if n == 3 && d.plausible() {
			return d, true
		}
	}
	return addressDate{}, false
}

func (d addressDate) plausible() bool {
	at := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	return d.year >= firstWebYear && d.year < 2069 && at.Day() == d.day && int(at.Month()) == d.month
}

// bounded tells whether no letter or digit touches the piece of a path.
func bounded(path string, from, to int) bool {
	before := from == 0 || strings.IndexByte("/-_.", path[from-1]) >= 0
	after := to == from || to >= len(path) || strings.IndexByte("/-_.", path[to]) >= 0
	return before && after
}

func isDigitAt(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }

func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// favorLonely gives more weight to a printed day that has no rival anywhere on
// the page.
func (s *stampChoice) favorLonely() {
	for i := range s.claims {
		c := &s.claims[i]
		if c.points > 0 && c.place != placeText {
			return
		}
		if c.points > 0 && c.agrees(&s.claims[0]) == noAgreement {
			return
		}
	}
	for i := range s.claims {
		if s.claims[i].Weight < inBodyWeight && !s.inSentence(&s.claims[i]) {
			s.claims[i].points *= 2
		}
	}
}
