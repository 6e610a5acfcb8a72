package news

import "time"

// Change is one entry of the store's change log: everything that can alter a
// feed leaves one, numbered without gaps in commit order.
type Change struct {
	Number  int64     // 0 when nothing changed
	At      time.Time // UTC, the store's clock
	ID      string    // article
	Seq     int64
	Portal  string
	Kind    ChangeKind
	Version int
}

// ChangeKind is the kind of a change.
type ChangeKind string

// Kinds of change. Same is returned by a save that changed nothing and is
// never logged.
const (
	Same        ChangeKind = "same"
	Added       ChangeKind = "added"
	Revised     ChangeKind = "revised"     // title or text differ: a new version
	Amended     ChangeKind = "amended"     // date, byline, regions, cluster or the like differ; no new version
	Gone        ChangeKind = "gone"        // the portal took it away
	Back        ChangeKind = "back"        // and put it up again
	Quarantined ChangeKind = "quarantined" // held back; also when it is stored for the first time
	Released    ChangeKind = "released"    // let go by a person
	Forgotten   ChangeKind = "forgotten"   // removed with its portal: the article is there no more
)

// Version is one stored text of an article.
type Version struct {
	Number int       // 1 is the first
	Seen   time.Time // UTC
	Title  string
	Body   []Block
}

// Neighbor is an article whose text may be nearly the same as another.
type Neighbor struct {
	ID     string
	Shared int // marks in common
}

// Look is the plan for looking at a stored article again.
type Look struct {
	ID      string // article
	Portal  string
	URL     string
	Looks   int       // looks already taken
	Missing time.Time // UTC; first time it was not there, zero while it is
	Next    time.Time // UTC; zero means never again
}

// Stats are the sizes and counts of a store.
type Stats struct {
	Articles, Versions, Portals, Waiting, RawPages int64
	Bytes                                          int64 // of the database on disk
}
