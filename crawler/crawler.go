// Package crawler is the recipe: it visits portals and writes what it finds in
// the ledger. It owns the goroutines.
//
// A visit asks the portal's sources for links, keeps the new ones in the
// ledger, and then reads the waiting links one after the other. What waits
// survives the program, so a crawl that was cut short goes on where it ended.
package crawler

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"kabar/crawler/fetch"
	"kabar/crawler/page"
	"kabar/crawler/robots"
	"kabar/crawler/schedule"
	"kabar/storage/news"
)

// Ledger is what the crawler needs of a store.
type Ledger interface {
	SetPortals(ctx context.Context, portals []news.Portal) error
	Portal(ctx context.Context, id string) (news.Portal, error)
	SaveVisit(ctx context.Context, v news.Visit) error
	Template(ctx context.Context, portal string) ([]byte, error)
	SaveTemplate(ctx context.Context, portal string, data []byte) error
	AddLinks(ctx context.Context, links []news.Link) ([]news.Link, error)
	WaitingLinks(ctx context.Context, portal string, now time.Time, limit int) ([]news.Link, error)
	Waiting(ctx context.Context, portal string) (n int, first time.Time, err error)
	SettleLink(ctx context.Context, l news.Link, outcome news.LinkOutcome, reason string, notBefore time.Time) error
	Known(ctx context.Context, addresses []string) (map[string]bool, error)
	Save(ctx context.Context, articles ...news.Article) ([]news.Change, error)
	ArticleAt(ctx context.Context, address string) (news.Article, error)
	Articles(ctx context.Context, q news.Query) ([]news.Article, error)
	Correct(ctx context.Context, a news.Article) (news.Change, error)
	KeepPage(ctx context.Context, p news.RawPage) error
	EachPage(ctx context.Context, portal string, do func(news.RawPage) error) error
	Page(ctx context.Context, url string) (news.RawPage, error)
	Article(ctx context.Context, id string) (news.Article, error)
	Looks(ctx context.Context, portal string, now time.Time, limit int) ([]news.Look, error)
	SaveLook(ctx context.Context, look news.Look) error
	OpenEvent(ctx context.Context, e news.Event) (opened bool, err error)
	CloseEvent(ctx context.Context, portal, cause string, at time.Time) error
	OpenCauses(ctx context.Context, portal string) ([]string, error)
	MarkGone(ctx context.Context, id string, at time.Time) error
	SaveSketch(ctx context.Context, id string, marks []uint32) error
	Near(ctx context.Context, marks []uint32, since time.Time, limit int) ([]news.Neighbor, error)
	Join(ctx context.Context, ids []string) (cluster string, err error)
}

// Fetcher brings pages; *fetch.Fetcher is one.
type Fetcher interface {
	Get(ctx context.Context, r fetch.Request) (*page.Page, error)
	Digested(ctx context.Context, p *page.Page) error
	Robots(ctx context.Context, r fetch.Request) (*robots.File, error)
}

// Options of a Crawler. Ledger and Fetcher are needed.
type Options struct {
	Ledger  Ledger
	Fetcher Fetcher
	Now     func() time.Time // time.Now when nil
	Log     *slog.Logger     // discarded when nil
	Workers int              // portals visited at once; default 64
	Budget  float64          // polls a portal and day on average; default 24
	// MaxArticles bounds the articles that a visit reads; 0 means no bound.
	MaxArticles int
}

// Crawler visits portals. Its methods may not be called at the same time.
type Crawler struct {
	Options
	progress counters
	trouble  atomic.Pointer[trouble]
	planner  *schedule.Planner
	parsing  chan struct{} // holds a place for each page that is being parsed
}

// Progress is how far a crawl is.
type Progress struct {
	Portals  int64 // portals to visit
	Done     int64 // portals whose visit has ended
	Pages    int64 // answers received
	Articles int64 // articles stored for the first time
	Errors   int64 // pages that could not be had or read
}

type counters struct {
	portals, done, pages, articles, errors atomic.Int64
}

// New makes a crawler.
func New(o Options) *Crawler {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Workers <= 0 {
		o.Workers = 64
	}
	if o.Budget <= 0 {
		o.Budget = DefaultBudget
	}
	return &Crawler{Options: o, planner: schedule.New(o.Budget), parsing: make(chan struct{}, maxParsing)}
}

// DefaultBudget is how many polls a portal gets a day on average.
const DefaultBudget = 24

// maxParsing is how many pages are parsed at once: trees are large, and more
// would not be faster.
const maxParsing = 4

// Progress may be asked at any time, by any goroutine.
func (c *Crawler) Progress() Progress {
	return Progress{
		Portals:  c.progress.portals.Load(),
		Done:     c.progress.done.Load(),
		Pages:    c.progress.pages.Load(),
		Articles: c.progress.articles.Load(),
		Errors:   c.progress.errors.Load(),
	}
}
