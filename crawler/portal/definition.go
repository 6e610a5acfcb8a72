// Package portal reads and checks portal definitions, one TOML file a portal,
// and holds the catalog of known, unverified addresses.
package portal

import (
	"strings"
	"time"

	"kabar/storage/region"
)

// Definition is what a person tells about a portal. Only Name and Home are
// needed; what is left out is found by the crawler itself.
type Definition struct {
	ID string `toml:"-"` // file name without ".toml"

	Name      string    `toml:"name"`
	Home      string    `toml:"home"`      // absolute http or https address
	Regions   []string  `toml:"regions"`   // codes, home region first
	Clock     string    `toml:"clock"`     // WIB, WITA or WIT; empty: the home region's
	Republish string    `toml:"republish"` // full, summary, link; empty: the server's default
	Feeds     []string  `toml:"feeds"`     // feeds of the portal, when it does not name them itself
	Listings  []Listing `toml:"listing"`
	Article   Article   `toml:"article"`
	Limits    Limits    `toml:"limits"`
}

// Listing is a page that lists articles.
type Listing struct {
	URL    string `toml:"url"`
	Link   string `toml:"link"`   // CSS selector of the anchors; empty: found by itself
	Accept string `toml:"accept"` // pattern (RE2) that an article's address must match; empty: any
}

// Article holds rules for article pages, CSS selectors tried in order. They
// override what is found by itself. A selector may end in "@attr" to take an
// attribute instead of the text; see SplitRule.
type Article struct {
	Title  []string `toml:"title"`
	Date   []string `toml:"date"`
	Author []string `toml:"author"`
	Body   []string `toml:"body"`
	Drop   []string `toml:"drop"` // removed from the body
}

// Limits are how gently and how far a portal is read.
type Limits struct {
	Delay    Duration `toml:"delay"`    // between two requests to its host; default 2s
	Backfill Duration `toml:"backfill"` // how far back a first crawl reads; default 30d
}

// Duration is a time.Duration that also knows days ("30d").
type Duration time.Duration

// Defaults of Limits.
const (
	DefaultDelay    = 2 * time.Second
	DefaultBackfill = 30 * 24 * time.Hour
)

// Delay is the time between two requests to the portal's host.
func (d Definition) Delay() time.Duration {
	if d.Limits.Delay == 0 {
		return DefaultDelay
	}
	return time.Duration(d.Limits.Delay)
}

// Backfill is how far back a first crawl reads.
func (d Definition) Backfill() time.Duration {
	if d.Limits.Backfill == 0 {
		return DefaultBackfill
	}
	return time.Duration(d.Limits.Backfill)
}

// ClockName is the clock by which the portal prints times: its own, else that
// of its home region, else WIB.
func (d Definition) ClockName() string {
	if region.Zone(d.Clock) != nil {
		return strings.ToUpper(d.Clock)
	}
	if len(d.Regions) > 0 {
		if home, ok := region.ByCode(d.Regions[0]); ok {
			return home.Clock
		}
	}
	return "WIB"
}

// Location is the fixed zone of the portal's clock.
func (d Definition) Location() *time.Location { return region.Zone(d.ClockName()) }

// SplitRule parts a rule of Article or Listing into its CSS selector and the
// attribute to take: "time.date@datetime" is "time.date" and "datetime". The
// attribute is empty when the text is meant.
func SplitRule(rule string) (selector, attribute string) {
	at := strings.LastIndexByte(rule, '@')
	if at < 0 || !isAttribute(rule[at+1:]) {
		return strings.TrimSpace(rule), ""
	}
	return strings.TrimSpace(rule[:at]), rule[at+1:]
}

// isAttribute tells an attribute's name from the rest of a selector such as
// [href*="@x"].
func isAttribute(name string) bool {
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789-_:", r)) {
			return false
		}
	}
	return name != ""
}
