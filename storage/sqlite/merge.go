package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"time"
	"unicode/utf8"

	"kabar/storage/news"
)

// longText is the number of characters from which on an equal text says that
// two readings are of one article. Shorter ones, such as a notice under a
// photo, repeat.
const longText = 400

// textHash stands for a long text; ok is false for a short one.
func textHash(text string) (hash int64, ok bool) {
	if utf8.RuneCountInString(text) < longText {
		return 0, false
	}
	sum := sha256.Sum256([]byte(text))
	return int64(binary.BigEndian.Uint64(sum[:8])), true
}

// tidy brings a reading into the form in which it is stored.
func tidy(a news.Article, now time.Time) news.Article {
	cleanArticle(&a)
	for _, at := range []*time.Time{&a.FirstSeen, &a.LastSeen, &a.Updated, &a.GoneSince} {
		*at = floor(*at)
	}
	if a.LastSeen.IsZero() {
		a.LastSeen = now
	}
	if a.FirstSeen.IsZero() {
		a.FirstSeen = a.LastSeen
	}
	a.Published, a.Modified = tidyStamp(a.Published), tidyStamp(a.Modified)
	a.Aliases = otherAddresses(a.URL, a.Aliases)
	return a
}

func tidyStamp(s news.Stamp) news.Stamp {
	if s.IsZero() {
		return news.Stamp{}
	}
	_, offset := s.Time.Zone()
	s.Time = time.UnixMilli(s.Time.UnixMilli()).In(time.FixedZone("", offset))
	return s
}

// otherAddresses are the addresses without the canonical one, each once, in
// their order.
func otherAddresses(canonical string, lists ...[]string) []string {
	var others []string
	for _, address := range slices.Concat(lists...) {
		if address != "" && address != canonical && !slices.Contains(others, address) {
			others = append(others, address)
		}
	}
	return others
}

// merge is what we know of a stored article after another reading of it: what
// the new reading says, but identity, history and what it is silent about are
// kept. released tells that a person let the article go from quarantine.
func merge(old, in news.Article, released bool) news.Article {
	next := in
	next.ID, next.Seq, next.Portal = old.ID, old.Seq, old.Portal
	next.FirstSeen, next.Updated, next.Changed, next.Version = old.FirstSeen, old.Updated, old.Changed, old.Version
	if in.LastSeen.Before(old.LastSeen) {
		next.LastSeen = old.LastSeen
	}
	// An address we know already is not made the canonical one again, or two
	// spellings of it would change places at every visit.
	if slices.Contains(old.Aliases, in.URL) {
		next.URL = old.URL
	}
	next.Aliases = otherAddresses(next.URL, []string{old.URL}, old.Aliases, []string{in.URL}, in.Aliases)
	if in.PostID == "" {
		next.PostID = old.PostID
	}
	if in.Published.IsZero() {
		next.Published = old.Published
	}
	if in.Modified.IsZero() {
		next.Modified = old.Modified
	}
	if in.Cluster == "" {
		next.Cluster = old.Cluster
	}
	next.GoneSince = old.GoneSince
	if in.LastSeen.After(old.GoneSince) {
		next.GoneSince = time.Time{}
	}
	switch {
	case old.Quarantine != "":
		next.Quarantine = old.Quarantine
	case released:
		next.Quarantine = ""
	}
	return next
}

// revised tells whether title or text differ.
func revised(old, next *news.Article) bool {
	return old.Title != next.Title || old.Text() != next.Text()
}

// amended tells whether anything else that is shown differs.
func amended(old, next *news.Article) bool {
	return old.URL != next.URL || old.Byline != next.Byline || old.Place != next.Place || old.Agency != next.Agency ||
		old.Cluster != next.Cluster || old.Lead != next.Lead ||
		!sameStamp(old.Published, next.Published) || !sameStamp(old.Modified, next.Modified) ||
		!slices.Equal(old.Authors, next.Authors) || !slices.Equal(old.Categories, next.Categories) ||
		!slices.Equal(old.Regions, next.Regions) || !slices.Equal(old.Doubts, next.Doubts) ||
		!slices.EqualFunc(old.Body, next.Body, sameBlock)
}

func sameStamp(a, b news.Stamp) bool {
	_, east := a.Time.Zone()
	_, other := b.Time.Zone()
	return a.Time.Equal(b.Time) && east == other && a.Precision == b.Precision && a.Origin == b.Origin
}

func sameBlock(a, b news.Block) bool {
	if (a.Image == nil) != (b.Image == nil) || a.Image != nil && *a.Image != *b.Image {
		return false
	}
	return a.Kind == b.Kind && a.Text == b.Text && a.Level == b.Level && a.Ordered == b.Ordered &&
		slices.Equal(a.Items, b.Items) && slices.EqualFunc(a.Rows, b.Rows, slices.Equal[[]string])
}
