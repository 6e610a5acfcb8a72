package news

import (
	"errors"
	"time"
)

// ErrNotFound tells that the store has no such thing.
var ErrNotFound = errors.New("not found")

// ErrOutdated tells that something was changed since the caller read it.
var ErrOutdated = errors.New("changed meanwhile")

// ErrNewerStore tells that the database was written by a newer program.
var ErrNewerStore = errors.New("database is newer than this program")

// ErrBadQuery tells that the words of a query make no sense; errors that
// are it say why as a BadQuery.
var ErrBadQuery = errors.New("bad query")

// Query asks for articles, newest first by Seq. The zero value asks for the
// newest articles of all portals. Conditions are joined by "and".
type Query struct {
	Portal   string    // portal id
	Region   string    // regency "13.02"; or province "13", which includes its regencies
	Category string    // as the portal names it, letter case ignored
	Words    string    // search words: words, "phrases", AND, OR, NOT
	Since    time.Time // shown at or after; a time in the future counts as the first sight
	Until    time.Time // shown before
	// UpdatedSince asks for articles whose stored text changed at or after.
	UpdatedSince time.Time
	Edited       bool // only articles with more than one version, newest edit first
	Gone         bool // only withdrawn articles, newest withdrawal first
	Quarantined  bool // only quarantined articles
	WithGone     bool // withdrawn articles as well
	All          bool // quarantined and withdrawn articles as well
	FoldCopies   bool // of every cluster only its first publication (with Portal: of that portal)
	After        Cursor
	Limit        int // 0 means DefaultLimit
}

// DefaultLimit is the number of articles for a query without one.
const DefaultLimit = 50

// Span is a part of the past, and which part of what it brought is wanted.
type Span struct {
	Since, Until time.Time // at or after, and before
	Limit, Skip  int
}

// Cursor is a place in a list of articles: continue below it. The zero value
// is the top.
type Cursor struct{ Seq int64 }
