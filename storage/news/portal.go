package news

import "time"

// Portal is a site that is crawled, with the state of our relation to it.
type Portal struct {
	ID        string // file name of its definition without the ending
	Name      string
	Home      string   // absolute address of its front page
	Regions   []string // codes of the regions it belongs to, home region first
	Clock     string   // WIB, WITA or WIT
	Republish string   // full, summary, link, or empty for the server's default

	// Removed is when its definition disappeared; its articles stay. Zero
	// while it is crawled.
	Removed time.Time

	State PortalState
}

// PortalState is what the last visits left. The zero value is a portal that
// was never visited.
type PortalState struct {
	LastVisit   time.Time // UTC; zero before the first visit
	LastSuccess time.Time // UTC; last visit that found links
	LastNew     time.Time // UTC; last visit that stored a new article
	NextDue     time.Time // UTC; zero means now
	Failures    int       // visits failed in a row
	Problem     string    // one plain sentence on what is wrong; empty when all is well
	Source      string    // the rung of the source ladder in use: feed, api, news-sitemap, sitemap, rule, listing
	SourceURL   string
	Articles    int // stored and not quarantined; filled by the store on reading
}

// Visit is one round at one portal.
type Visit struct {
	Portal    string
	Started   time.Time // UTC
	Ended     time.Time // UTC
	Pages     int       // answers received, of any kind
	Links     int       // article links seen
	New       int       // articles stored for the first time
	Revised   int
	Same      int
	Failed    int            // pages that could not be had or read
	Dropped   map[string]int // pages that were no article, by reason
	Problem   string         // one plain sentence; empty for a good visit
	Source    string         // rung used
	SourceURL string
	NextDue   time.Time
}

// Link is an address that is waiting to be fetched, with what its finding
// place said about it.
type Link struct {
	URL       string
	Portal    string
	Title     string // anchor text, feed or sitemap title; empty when unknown
	Published Stamp  // what feed, sitemap or listing said; zero when nothing
	Source    string // rung that found it: feed, api, news-sitemap, sitemap, rule, listing
	PostID    string // as in Article
	// Categories are those that a feed or an API named; pages often do not.
	Categories []string
	Found      time.Time // UTC
	NotBefore  time.Time // UTC; do not fetch earlier
	Tries      int
}

// LinkOutcome is what became of a link.
type LinkOutcome string

// Outcomes of links. A link that failed stays waiting until NotBefore.
const (
	LinkStored  LinkOutcome = "stored"  // is an article now
	LinkDropped LinkOutcome = "dropped" // is no article, and will not be asked again soon
	LinkFailed  LinkOutcome = "failed"  // try again later
)

// Event is a trouble of a portal, told once and closed when it is over.
type Event struct {
	ID       int64
	Portal   string
	Cause    string    // short key: unreachable, blocked, robots, tls, template, zero-links, silent, rung, hacked …
	Detail   string    // one plain sentence with what to do
	Since    time.Time // UTC
	LastGood time.Time // UTC; zero when never good
	NextTry  time.Time // UTC; zero when there is none
	Acked    time.Time // UTC; zero until a person saw it
	Closed   time.Time // UTC; zero while open
}
