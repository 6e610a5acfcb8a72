// Package portal reads and checks portal definitions, one TOML file a portal,
// and holds the catalog of known, unverified addresses.
package portal

import "time"

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
// attribute instead of the text.
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
