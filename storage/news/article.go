// Package news holds the nouns that the whole program shares: articles and
// their blocks, stamps, portals, visits, events and the questions one can ask
// of a store. It has no behaviour beyond what follows from the nouns
// themselves: no network, no database, no clock.
package news

import (
	"strings"
	"time"
)

// Article is one story of one portal, as far as we know it.
//
// Text fields are valid UTF-8 in NFC and hold only characters that XML 1.0
// allows (XML 1.0, production 2), without markup and entities.
type Article struct {
	// ID is minted at first sight ("urn:uuid:…") and never changes: not with
	// the title, the date, the text or the address. It is the identity in
	// every feed. A store mints it when it is empty.
	ID string
	// Seq is the store's own order of publication; it is 0 before the first
	// save. Higher is newer, ties broken by arrival. It changes only when the
	// time of publication is corrected.
	Seq int64

	Portal  string   // id of the portal
	URL     string   // canonical address, absolute
	Aliases []string // other absolute addresses of the same article, without URL
	PostID  string   // the CMS's own number with its kind ("wp:1042", "blogger:77"); empty when unknown

	Title   string
	Byline  string   // as printed, such as "Penulis: Andi | Editor: Budi" or "(And)"
	Authors []string // people or desks read from it
	Place   string   // place of the dateline as printed, such as "AROSUKA"
	Agency  string   // agency of the dateline as printed, such as "ANTARA"

	// Published is what the portal says; it is zero when no date was found
	// that can be believed. See Shown for what to print then.
	Published Stamp
	// Modified is the portal's own claim of its last edit; often zero.
	Modified Stamp

	Body       []Block
	Lead       Image    // lead image, zero when there is none
	Categories []string // as the portal names them
	Regions    []RegionTag
	Doubts     []string // what is odd about this reading, in plain words

	Cluster string // id shared by articles that tell the same text; empty when alone

	// Version is 1 as first seen and grows by one for every edit noticed.
	Version   int
	FirstSeen time.Time // UTC
	LastSeen  time.Time // UTC
	Updated   time.Time // UTC; when our stored text last changed; FirstSeen before any edit
	Changed   time.Time // UTC; last change of any kind that the log knows; filled by the store
	GoneSince time.Time // UTC; zero while the portal still has it

	// Quarantine says why the article is held back from every feed and page;
	// empty for an article that is not.
	Quarantine string
}

// Image is a picture with what is printed under it.
type Image struct {
	Src     string // absolute http or https address
	Alt     string
	Caption string
}

// RegionTag says that an article is about a region, and how we know.
type RegionTag struct {
	Code    string // Home Affairs code: "13" a province, "13.02" a regency or city
	Reason  string // typed, dateline, home, district, …
	Low     bool   // low confidence
	Primary bool   // at most one tag of an article is the primary one
}

// Shown is the moment to sort and print an article by: what the portal says,
// else the time we first saw it, which is an estimate and never moves.
func (a Article) Shown() (at time.Time, estimated bool) {
	if a.Published.IsZero() {
		return a.FirstSeen, true
	}
	return a.Published.Time, false
}

// Text is the plain text of the body, a line a block.
func (a Article) Text() string { return PlainText(a.Body) }

// PrimaryRegion is the code of the primary region, empty when there is none.
func (a Article) PrimaryRegion() string {
	for _, r := range a.Regions {
		if r.Primary {
			return r.Code
		}
	}
	return ""
}

// Summary is the beginning of the body, at most max runes, cut at a word and
// marked with an ellipsis when something is left out.
func (a Article) Summary(max int) string {
	var text strings.Builder
	for _, b := range a.Body {
		if b.Kind != Paragraph && b.Kind != Quote {
			continue
		}
		if text.Len() > 0 {
			text.WriteByte(' ')
		}
		text.WriteString(b.Text)
		if text.Len() > 4*max {
			break
		}
	}
	return cutAtWord(strings.Join(strings.Fields(text.String()), " "), max)
}

func cutAtWord(s string, max int) string {
	runes := []rune(s)
	if len(runes) <= max {
		return s
	}
	cut := string(runes[:max])
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)/2 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;:–—-") + "…"
}
