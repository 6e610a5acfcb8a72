// Package feed renders articles as RSS 2.0, Atom 1.0, JSON Feed 1.1 and OPML
// 2.0. It is the only package that knows gorilla/feeds, whose structs it
// embeds and extends where they fall short (identity, several links and
// categories, dc:creator, media:thumbnail, languages).
//
// Rendering is a pure function: the same channel and articles give the same
// bytes, whatever the clock, the host or the time of day. All HTML is made
// here from blocks, so nothing foreign can pass; all text is held to the
// characters of XML 1.0 once more, so that one bad article cannot break a feed.
package feed

import (
	"errors"
	"time"

	"kabar/storage/news"
)

// ErrElsewhere tells that an address is not under the base address at which
// the feeds stand now. They may have stood there before.
var ErrElsewhere = errors.New("address under another base")

// Media types of the formats, as registered or in common use.
const (
	TypeRSS  = "application/rss+xml"
	TypeAtom = "application/atom+xml"
	TypeJSON = "application/feed+json"
	TypeOPML = "text/x-opml"
)

// RegionScheme is the scheme of categories that are regions; their terms are
// Home Affairs codes, "13" a province and "13.02" a regency.
const RegionScheme = "urn:x-kabar:region"

// Content says how much of an article is published.
type Content string

// Amounts, from most to least. The empty one counts as Full.
const (
	Full    Content = "full"    // the whole text
	Summary Content = "summary" // the beginning and a link
	Link    Content = "link"    // title and link only
)

// Channel says what a feed is about and where it stands. Addresses are
// absolute. Text may be foreign: it is cleaned while rendering.
type Channel struct {
	ID       string // of the feed, an IRI that never changes
	Title    string
	Subtitle string // empty for none
	Self     string // address of this very feed
	Home     string // page for people
	Other    []Alternate
	Hub      string // WebSub hub, empty for none
	Language string // "id" when empty
	Version  string // of the generator, empty for none

	// Updated is used when it is later than every article; zero in most
	// feeds, where the newest article tells it.
	Updated time.Time
	// TTL is how long a reader may keep the feed; zero leaves it out. It must
	// not be derived from the clock, or the bytes would change by themselves.
	TTL time.Duration

	Current     string // RFC 5005: the subscription feed, in archive documents only
	PrevArchive string // RFC 5005: the next older archive document
	NextArchive string // RFC 5005: the next newer one, in archive documents only

	// Pages is the address to which the UUID of an article is added to get
	// the address of its own page on this server; empty when there is none.
	Pages string
	// Portals by id give the names of sources, their clocks and what they
	// allow to be republished. A portal that is missing goes by its id.
	Portals map[string]news.Portal
	// Content is the most that is published of any article; a portal that
	// allows less gets less.
	Content Content
	// Default is what portals without a rule of their own allow.
	Default Content
	// Before makes a feed of corrections: it holds, by article id, the
	// version before the last. Each entry then begins with what changed and
	// has an identity of its own, so that readers show every correction once.
	Before map[string]news.Version
}

// Alternate is the same feed in another format.
type Alternate struct {
	Type string // media type
	URL  string
}

func (c Channel) language() string {
	if c.Language == "" {
		return "id"
	}
	return c.Language
}

// Allowed is how much of a portal's articles may be published: the least of
// what the channel, the portal and the default say.
func (c Channel) Allowed(portal string) Content {
	own := Content(c.Portals[portal].Republish)
	if own == "" {
		own = c.Default
	}
	return [...]Content{Full, Summary, Link}[max(rank(own), rank(c.Content))]
}

// rank grows as less is allowed; an unknown word allows a link only.
func rank(c Content) int {
	switch c {
	case "", Full:
		return 0
	case Summary:
		return 1
	default:
		return 2
	}
}
