package normalize

import (
	"net/url"
	"time"

	"kabar/crawler/extract"
)

// SiteDates is what many pages of one site teach about its dates. It can be
// kept as JSON. A nil *SiteDates knows nothing and may be used.
//
// Places are keys made of a claim's origin and where it stood.
type SiteDates struct {
	Pages int `json:"pages"` // pages learned from
	// Clocks are places that show the same day on every page while the
	// articles are of different days: the visitor's clock, a copied constant.
	Clocks []string `json:"clocks,omitempty"`
	// FalseUTC are origins whose stamps call local time UTC.
	FalseUTC []string `json:"false_utc,omitempty"`
	// Right counts for each place how often it agreed with the date that was
	// chosen, and how often it was seen.
	Right map[string]Score `json:"right,omitempty"`
	// Offset is the distance of printed times to UTC in minutes, where all
	// pages agree on it.
	Offset *int `json:"offset,omitempty"`
	// Recent are the last pages, to learn from again with the next ones.
	Recent []DatedPage `json:"recent,omitempty"`
}

// Score counts how often something was right.
type Score struct {
	Right int `json:"right"`
	Of    int `json:"of"`
}

// DatedPage is what one page of a site claims about its dates.
type DatedPage struct {
	Address   string          `json:"address,omitempty"` // of the page
	At        time.Time       `json:"at,omitzero"`       // the answer's own Date
	Language  string          `json:"language,omitempty"`
	Published []extract.Claim `json:"published,omitempty"`
	Modified  []extract.Claim `json:"modified,omitempty"`
}

// Bounds of what can be learned, in pages.
const (
	fewestSame   = 3  // that show the same value in one place
	fewestZone   = 2  // on which a stamp is shown to be local
	fewestOffset = 3  // that tell the same offset
	fewestTrust  = 4  // before a place is trusted more or less
	mostPlaces   = 60 // kept of a site
	mostRecent   = 12 // pages kept
	mostKept     = 12 // claims kept of a page
)

// LearnDates learns from pages of one site, whose portal has the clock zone,
// nil when it is unknown. It knows nothing below three pages.
func LearnDates(pages []DatedPage, zone *time.Location) *SiteDates {
	d := &SiteDates{Pages: len(pages)}
	d.relearn(pages, zone)
	return d
}

// Learn counts one more page. What the site teaches is found out anew from the
// last pages: at each of the first ones, later at every eighth.
func (d *SiteDates) Learn(published, modified []extract.Claim, c StampContext) {
	page := DatedPage{At: c.Now, Language: c.Language, Published: firstClaims(published), Modified: firstClaims(modified)}
	if c.URL != nil {
		page.Address = c.URL.String()
	}
	for _, known := range d.Recent {
		if known.Address == page.Address && page.Address != "" {
			return
		}
	}
	d.Pages++
	if len(d.Recent) >= mostRecent {
		d.Recent = append(d.Recent[:0:0], d.Recent[1:]...)
	}
	d.Recent = append(d.Recent, page)
	if d.Pages <= 8 || d.Pages%8 == 0 {
		d.relearn(d.Recent, c.Zone)
	}
}

func firstClaims(claims []extract.Claim) []extract.Claim {
	return append([]extract.Claim(nil), claims[:min(len(claims), mostKept)]...)
}

func (d *SiteDates) relearn(pages []DatedPage, zone *time.Location) {
	if len(pages) < fewestSame {
		return
	}
	d.Clocks, d.FalseUTC, d.Right, d.Offset = nil, nil, nil, nil
	read := make([]*stampChoice, len(pages))
	for i := range pages {
		read[i] = pages[i].read(zone)
	}
	d.learnClocks(read)
	d.learnZones(read)
	d.learnTrust(pages, zone)
}

// placeKey names the place of a claim.
func placeKey(c extract.Claim) string { return c.Origin + " " + c.Where }

func (p *DatedPage) context(zone *time.Location) StampContext {
	c := StampContext{Zone: zone, Now: p.At, Language: p.Language}
	if u, err := url.Parse(p.Address); err == nil && p.Address != "" {
		c.URL = u
	}
	return c
}

// read makes the claims of a page ready, without any knowledge of the site.
func (p *DatedPage) read(zone *time.Location) *stampChoice {
	s := &stampChoice{c: p.context(zone)}
	s.gather(p.Published, p.Modified)
	return s
}

// sightings are the days that one place showed on the pages.
type sightings struct {
	pages int
	value string // of the first page
	same  bool   // all pages show it
}

// learnClocks finds places that do not change while the articles do.
func (d *SiteDates) learnClocks(pages []*stampChoice) {
	var order []string
	seen := map[string]*sightings{}
	for _, s := range pages {
		onPage := map[string]bool{}
		for j := range s.claims {
			c := &s.claims[j]
			key := placeKey(c.Claim)
			if c.place == placeAddress || c.place == placeOutside || onPage[key] {
				continue
			}
			onPage[key] = true
			if seen[key] == nil {
				if len(order) >= mostPlaces {
					continue
				}
				seen[key] = &sightings{value: c.constant(), same: true}
				order = append(order, key)
			}
			seen[key].pages++
			seen[key].same = seen[key].same && seen[key].value == c.constant()
		}
	}
	for _, key := range order {
		if v := seen[key]; v.same && v.pages >= fewestSame && v.pages*5 >= len(pages)*3 && othersDiffer(pages, key, v.value) {
			d.Clocks = append(d.Clocks, key)
		}
	}
}

// constant is what must be the same on all pages for a claim to be a clock.
func (c *stampClaim) constant() string {
	if c.place == placeText || c.place == placeTime {
		return c.day
	}
	return c.stamp.Text()
}

// othersDiffer tells whether the pages have at least two other days outside a
// place: then they cannot all be of the day that it shows.
func othersDiffer(pages []*stampChoice, key, value string) bool {
	days := map[string]bool{}
	for _, page := range pages {
		rest := stampChoice{c: page.c, changes: page.changes}
		for _, c := range page.claims {
			if placeKey(c.Claim) != key && c.constant() != value {
				rest.claims = append(rest.claims, c)
			}
		}
		rest.weigh()
		if best := rest.bestPublished(); best != nil {
			days[best.day] = true
		}
	}
	return len(days) >= 2
}

// learnZones finds origins that call local time UTC, and the site's offset.
func (d *SiteDates) learnZones(pages []*stampChoice) {
	local, utc := map[string]int{}, map[string]int{}
	offsets, paired := map[int]int{}, 0
	var order []string
	for _, s := range pages {
		for j := range s.claims {
			c := &s.claims[j]
			if !c.utc || !c.stamp.HasClock() {
				continue
			}
			switch _, why := s.trueZone(c); {
			case why != "":
				if local[c.Origin] == 0 {
					order = append(order, c.Origin)
				}
				local[c.Origin]++
			case s.printedClock(c) == clockUTC:
				utc[c.Origin]++
			}
		}
		if offset, ok := s.printedOffset(); ok {
			offsets[offset]++
			paired++
		}
	}
	for _, origin := range order {
		if local[origin] >= fewestZone && utc[origin] == 0 {
			d.FalseUTC = append(d.FalseUTC, origin)
		}
	}
	for offset, n := range offsets {
		if n >= fewestOffset && n == paired {
			d.Offset = &offset
		}
	}
}

// printedOffset is the distance of a printed time without a zone to the moment
// of a machine stamp, in minutes, when it can be an offset.
func (s *stampChoice) printedOffset() (minutes int, ok bool) {
	for i := range s.claims {
		printed := &s.claims[i]
		if printed.place != placeText || printed.zoned || !printed.stamp.HasClock() || printed.Weight > 15 {
			continue
		}
		for j := range s.claims {
			machine := &s.claims[j]
			if !machine.zoned || !machine.stamp.HasClock() || machine.place == placeText {
				continue
			}
			apart := printed.wall().Sub(wallClock(machine.stamp.Time.UTC()))
			quarters := apart.Round(15 * time.Minute)
			if within(s.c.Now.Add(apart), s.c.Now.Add(quarters), minuteApart) && quarters <= widestOffset && quarters >= -12*time.Hour {
				return int(quarters / time.Minute), true
			}
		}
	}
	return 0, false
}

// learnTrust counts for each place how often it has the day that is chosen.
func (d *SiteDates) learnTrust(pages []DatedPage, zone *time.Location) {
	d.Right = map[string]Score{}
	for i := range pages {
		context := pages[i].context(zone)
		context.Site = &SiteDates{Clocks: d.Clocks, FalseUTC: d.FalseUTC, Offset: d.Offset}
		s := newStampChoice(pages[i].Published, pages[i].Modified, context)
		best := s.bestPublished()
		if best == nil {
			continue
		}
		counted := map[string]bool{}
		for j := range s.claims {
			c := &s.claims[j]
			key := placeKey(c.Claim)
			if counted[key] || c.place == placeChange || len(d.Right) >= mostPlaces && d.Right[key].Of == 0 {
				continue
			}
			counted[key] = true
			score := d.Right[key]
			score.Of++
			if c.agrees(best) >= sameDay {
				score.Right++
			}
			d.Right[key] = score
		}
	}
}

// trust is the factor by which the site taught to believe a claim.
func (d *SiteDates) trust(c *stampClaim) float64 {
	if d == nil {
		return 1
	}
	score := d.Right[placeKey(c.Claim)]
	switch {
	case score.Of < fewestTrust:
		return 1
	case score.Right*10 >= score.Of*9:
		return 1.2
	case score.Right*10 <= score.Of*3:
		return 0.4
	}
	return 1
}

// isClock tells whether the site taught that a claim's place never changes.
func (d *SiteDates) isClock(c *stampClaim) bool {
	if d == nil {
		return false
	}
	key := placeKey(c.Claim)
	for _, place := range d.Clocks {
		if place == key {
			return true
		}
	}
	return false
}

// falseUTC tells whether the site taught that a claim's origin calls local
// time UTC.
func (d *SiteDates) falseUTC(c *stampClaim) bool {
	if d == nil {
		return false
	}
	for _, origin := range d.FalseUTC {
		if origin == c.Origin {
			return true
		}
	}
	return false
}

// zone is the clock that the pages of the site print; nil when not known.
func (d *SiteDates) zone() *time.Location {
	if d == nil || d.Offset == nil {
		return nil
	}
	return time.FixedZone("", *d.Offset*60)
}
