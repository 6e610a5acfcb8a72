// Package storage opens the store that an address asks for. Today that is a
// SQLite file; whoever reads or writes articles knows only the methods.
package storage

import (
	"context"
	"time"

	"kabar/storage/news"
	"kabar/storage/sqlite"
)

// Store is everything a store can do. Its users declare the small part they
// need; storetest holds every store to the same contract.
//
// All methods may be called by many goroutines at once. Times are stored in
// UTC at millisecond precision. A method that returns an error has changed
// nothing.
type Store interface {
	Articles
	Changes
	Portals
	Links
	Pages
	Manners
	Events
	Subscriptions

	// Backup writes a consistent copy of a store in use to a new file; one that
	// exists is never replaced. See sqlite.Restore for the way back.
	Backup(ctx context.Context, path string) error
	// Check looks for damage and says what is wrong in plain words, nothing for
	// a sound store. It reads everything.
	Check(ctx context.Context) ([]string, error)
	// Stats tells sizes and counts; it costs the same at any size.
	Stats(ctx context.Context) (news.Stats, error)
	// Prune forgets raw pages, requests and robots files from before, and visits
	// and sketches of articles that are both older and more than a month old.
	Prune(ctx context.Context, before time.Time) error
	Close() error
}

// Articles are kept, found and never lost.
type Articles interface {
	// Save keeps articles in one transaction, all or none.
	//
	// An article leads back to a stored one by ID, by any of its addresses, by
	// portal and PostID, or by portal and equal long text with the same title
	// or minute of publication. Then ID, Portal and FirstSeen of the stored one
	// hold, its addresses are joined, LastSeen moves, and a different title or
	// text becomes a new version. Where the new reading is silent about
	// Published, Modified, PostID or Cluster, what is known stays. Seq moves
	// only with a corrected time of publication. Saving twice is saving once.
	//
	// A withdrawn article that was seen after its withdrawal is back. One in
	// quarantine stays there until Release, and one that was released is not
	// held back again. Waiting links to its addresses are settled.
	//
	// Zero times of sight mean now. The changes come in the order of the
	// articles, for each the weightiest of what the log got.
	Save(ctx context.Context, articles ...news.Article) ([]news.Change, error)
	// Correct replaces what was read wrongly from an article's page: title,
	// text, lead, byline, authors, dateline, times, categories, regions and
	// doubts, empty values too. It is no edit of the portal's: there is no new
	// version and Updated stays; the change is news.Amended, or news.Same when
	// nothing differs. Identity, addresses, earlier versions, times of sight
	// and state stay as they are. The article is the stored one as the caller
	// read it, with other values; when it has another Version by now, the
	// error is news.ErrOutdated, and news.ErrNotFound when it is there no more.
	Correct(ctx context.Context, a news.Article) (news.Change, error)
	// Article finds one by ID, news.ErrNotFound when there is none.
	Article(ctx context.Context, id string) (news.Article, error)
	// ArticleAt finds one by any of its addresses.
	ArticleAt(ctx context.Context, address string) (news.Article, error)
	// Articles lists what a query asks for, newest first unless the query says
	// otherwise; words that make no sense give an error that wraps
	// news.ErrBadQuery and says why in a sentence.
	Articles(ctx context.Context, q news.Query) ([]news.Article, error)
	// Texts lists the articles of which a text was first seen in a span of
	// time, each as the last of these texts had it, newest first. Of the query
	// only Portal, Region and Category count; quarantined articles are left
	// out. Later edits change nothing in the answer.
	Texts(ctx context.Context, q news.Query, span news.Span) ([]news.Article, error)
	// Versions lists every text an article had, the first one first.
	Versions(ctx context.Context, id string) ([]news.Version, error)
	// MarkGone and MarkBack record that the portal took an article away or
	// put it up again; both are idempotent.
	MarkGone(ctx context.Context, id string, at time.Time) error
	MarkBack(ctx context.Context, id string, at time.Time) error
	// HeldBack lists the newest articles in quarantine without what they say:
	// only ID, Seq, Portal, Categories, Regions, FirstSeen, Updated and Changed
	// are set.
	HeldBack(ctx context.Context, limit int) ([]news.Article, error)
	// Release ends a quarantine.
	Release(ctx context.Context, id string) error
	// SetCluster says which articles tell the same text; the empty cluster
	// takes them out of theirs.
	SetCluster(ctx context.Context, cluster string, ids []string) error
	// SaveSketch keeps the marks of an article's text, numbers of which copies
	// share many, in the place of older ones.
	SaveSketch(ctx context.Context, id string, marks []uint32) error
	// Near lists the articles shown since a moment that share at least two
	// marks with a text, most shared first, then the first published first;
	// quarantined ones are left out. It may leave out some of very many.
	Near(ctx context.Context, marks []uint32, since time.Time, limit int) ([]news.Neighbor, error)
	// Join makes one cluster of the articles and of all that share a cluster
	// with one of them. It is named by the ID of the one published first. One
	// article alone makes none.
	Join(ctx context.Context, ids []string) (cluster string, err error)
	// Looks lists the articles of a portal that are due to be looked at again,
	// the longest due first. Only articles with a saved look are due.
	Looks(ctx context.Context, portal string, now time.Time, limit int) ([]news.Look, error)
	SaveLook(ctx context.Context, look news.Look) error
}

// Changes is the log from which feeds learn what to render again and
// notifications what to tell.
type Changes interface {
	// Changes lists what happened after the given number, oldest first.
	Changes(ctx context.Context, after int64, limit int) ([]news.Change, error)
	// LastChange is the newest number, 0 in an empty store.
	LastChange(ctx context.Context) (int64, error)
	// LastForgotten is when articles were last removed with their portal, zero
	// for never.
	LastForgotten(ctx context.Context) (time.Time, error)
}

// Portals with their state.
type Portals interface {
	// SetPortals makes the given portals the crawled ones: new ones are
	// added, known ones keep their state, missing ones are marked removed.
	SetPortals(ctx context.Context, portals []news.Portal) error
	// Portals lists all by ID, removed ones too.
	Portals(ctx context.Context) ([]news.Portal, error)
	Portal(ctx context.Context, id string) (news.Portal, error)
	// RemovePortal forgets a portal and the links that wait for it; with purge
	// everything it gave as well, each article with a change news.Forgotten.
	RemovePortal(ctx context.Context, id string, purge bool) error
	// SaveVisit records a visit and the state it leaves. A visit with a Problem
	// is a failed one.
	SaveVisit(ctx context.Context, v news.Visit) error
	// Visits lists visits at a portal, or at all for "", newest first.
	Visits(ctx context.Context, portal string, limit int) ([]news.Visit, error)
	// Template and SaveTemplate keep what was learned of a portal's pages;
	// news.ErrNotFound when there is nothing yet. The empty name stands for
	// what was learned of all portals together.
	Template(ctx context.Context, portal string) ([]byte, error)
	SaveTemplate(ctx context.Context, portal string, data []byte) error
}

// Links that wait to be fetched; they survive a restart.
type Links interface {
	// AddLinks queues addresses that are neither stored, nor waiting, nor
	// settled, or were dropped until a time that has come; it returns these.
	AddLinks(ctx context.Context, links []news.Link) (added []news.Link, err error)
	// WaitingLinks lists links of a portal that may be fetched now, newest
	// publication first, then in the order found.
	WaitingLinks(ctx context.Context, portal string, now time.Time, limit int) ([]news.Link, error)
	// Waiting counts the links of a portal that wait and tells when the first
	// of them may be fetched, zero for now and when none waits.
	Waiting(ctx context.Context, portal string) (n int, first time.Time, err error)
	// SettleLink records what became of a link; reason is for the counts.
	// Before notBefore a failed or dropped one is not asked again; zero means
	// now for a failed and never for a dropped one.
	SettleLink(ctx context.Context, l news.Link, outcome news.LinkOutcome, reason string, notBefore time.Time) error
	// Known tells which addresses are stored articles, waiting or settled; not
	// those that AddLinks would queue again.
	Known(ctx context.Context, addresses []string) (map[string]bool, error)
}

// Pages kept as received.
type Pages interface {
	// KeepPage keeps a page; an older one of the same address goes.
	KeepPage(ctx context.Context, page news.RawPage) error
	// Page finds the kept page of an address, news.ErrNotFound without one.
	Page(ctx context.Context, url string) (news.RawPage, error)
	// EachPage hands over the kept pages of a portal, oldest first, until do
	// returns an error; do may take its time and may write to the store.
	EachPage(ctx context.Context, portal string, do func(news.RawPage) error) error
}

// Manners is the memory of the fetcher.
type Manners interface {
	// Validators are empty for an address without any.
	Validators(ctx context.Context, url string) (news.Validators, error)
	SaveValidators(ctx context.Context, url string, v news.Validators) error
	// NotBefore is when a host may be asked again, zero for now.
	NotBefore(ctx context.Context, host string) (time.Time, error)
	SetNotBefore(ctx context.Context, host string, t time.Time) error
	// Robots returns the stored file, news.ErrNotFound when there is none.
	Robots(ctx context.Context, origin string) (news.RobotsFile, error)
	SaveRobots(ctx context.Context, f news.RobotsFile) error
	LogRequests(ctx context.Context, requests []news.Request) error
	// Requests lists what a host was asked, or all hosts for "", newest first.
	Requests(ctx context.Context, host string, limit int) ([]news.Request, error)
}

// Events are the troubles of portals.
type Events interface {
	// OpenEvent opens an event unless one with the same portal and cause is
	// open; then only its detail and next try are renewed.
	OpenEvent(ctx context.Context, e news.Event) (opened bool, err error)
	CloseEvent(ctx context.Context, portal, cause string, at time.Time) error
	// OpenCauses lists the causes of a portal's open events by name.
	OpenCauses(ctx context.Context, portal string) ([]string, error)
	AckEvent(ctx context.Context, id int64, at time.Time) error
	// Events lists open events, newest first; with closed, closed ones too.
	Events(ctx context.Context, closed bool, limit int) ([]news.Event, error)
}

// Subscriptions of others to our feeds, and how far those who tell others have
// come.
type Subscriptions interface {
	// Subscribe keeps a subscription until its lease ends; kept is false when
	// there are most others already. One with the same callback and topic is
	// renewed: it keeps its ID and Mark, all else is as given, and the next
	// delivery may be tried at once. Those whose lease is over go.
	Subscribe(ctx context.Context, s news.Subscription, most int) (kept bool, err error)
	// Unsubscribe ends a subscription; one that is not there is no error.
	Unsubscribe(ctx context.Context, callback, topic string) error
	// Subscriptions lists those whose lease ends after now, by ID.
	Subscriptions(ctx context.Context, now time.Time) ([]news.Subscription, error)
	// ClaimDeliveries lets one of several processes deliver: of the given
	// subscriptions it returns the IDs of those that are due now and still have
	// the given Mark, so that nobody has delivered since they were read. They
	// are due again only at until, should the process be gone by then.
	ClaimDeliveries(ctx context.Context, subs []news.Subscription, now, until time.Time) (claimed []int64, err error)
	// SaveDeliveries records Mark, Tries and NextTry by ID. Subscriptions that
	// have ended meanwhile are passed over, and those that have another Secret
	// by now, so that what was signed with the old one is delivered again.
	SaveDeliveries(ctx context.Context, subs ...news.Subscription) error
	// Position is the number of the last change that a reader of the log has
	// dealt with, news.ErrNotFound before its first SavePosition.
	Position(ctx context.Context, reader string) (int64, error)
	SavePosition(ctx context.Context, reader string, number int64) error
}

// Open opens the store at an address: the path of a SQLite file, which is
// created when missing. See sqlite.Open for the options and errors.
func Open(ctx context.Context, address string, options ...sqlite.Option) (Store, error) {
	store, err := sqlite.Open(ctx, address, options...)
	if err != nil {
		return nil, err
	}
	return store, nil
}
