// Package web serves the news over HTTP: feeds and their lists, pages for
// people, and health. It reads a store through the small interface Reader and
// never writes to it.
//
// A feed is rendered when its content has changed and somebody asks for it;
// until then a request costs a look-up and a copy. Its bytes and validators
// follow from the stored articles alone, so they survive a restart. Errors go
// to the log and to plain answers, never into a feed: while the store cannot be
// read, the last good content is served.
package web

import (
	"context"
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"kabar/feed"
	"kabar/storage/news"

	"golang.org/x/sync/singleflight"
)

// Reader is what this package needs of a store.
type Reader interface {
	Articles(ctx context.Context, q news.Query) ([]news.Article, error)
	Article(ctx context.Context, id string) (news.Article, error)
	Texts(ctx context.Context, q news.Query, span news.Span) ([]news.Article, error)
	Versions(ctx context.Context, id string) ([]news.Version, error)
	Portals(ctx context.Context) ([]news.Portal, error)
	Visits(ctx context.Context, portal string, limit int) ([]news.Visit, error)
	Events(ctx context.Context, closed bool, limit int) ([]news.Event, error)
	Changes(ctx context.Context, after int64, limit int) ([]news.Change, error)
	LastChange(ctx context.Context) (int64, error)
	LastForgotten(ctx context.Context) (time.Time, error)
	HeldBack(ctx context.Context, limit int) ([]news.Article, error)
	Stats(ctx context.Context) (news.Stats, error)
}

// Options are the settings of a server. Only Store is needed.
type Options struct {
	Store Reader
	Now   func() time.Time // time.Now when nil
	Log   *slog.Logger     // discarded when nil

	// BaseURL is the public address of the front page, with the path under
	// which everything is served if there is one. When empty, addresses follow
	// from each request.
	BaseURL string
	// TrustedProxies are the networks whose Forwarded and X-Forwarded-*
	// headers are believed.
	TrustedProxies []netip.Prefix

	Version string
	Agent   string // user agent of the crawler, shown on /bot
	Contact string // how to reach the operator, shown on /bot; empty for none
	Site    string // distinguishes the feed ids of this server from those of others
	Hub     string // WebSub hub elsewhere to advertise; empty for none
	OwnHub  Hub    // WebSub hub to serve and advertise instead; nil for none

	// Republish is how much portals without a rule of their own allow.
	Republish feed.Content
	// Ops serves the operator's page and feed to whoever asks from this
	// machine.
	Ops bool
	// OpsToken opens them to whoever knows it, from anywhere; empty for
	// nobody.
	OpsToken string
	// Notice is a line for the front page, such as that the first round is
	// still running; nil or empty for none.
	Notice func() string

	// Fresh is how long the number of the newest change is believed before the
	// store is asked again; 0 means 100 ms, negative asks on each request.
	Fresh time.Duration
	// Memory bounds the rendered feeds and pages, in bytes; 0 means 96 MiB.
	Memory int64
	Limits Limits
}

// Handler answers requests; New makes one.
type Handler struct {
	opts     Options
	base     base // zero when it follows from each request
	mux      *http.ServeMux
	limits   *limiter
	feeds    *cache // feeds with addresses of their own
	searches *cache // search feeds, which anyone can make up
	pages    *cache
	watched  *cache // feeds that others are told of, without their bytes
	flight   singleflight.Group

	shortcuts shortcuts
	state     state

	templates map[string]*template.Template
	styleMark string
}

// New makes the handler of a server.
func New(opts Options) (*Handler, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Fresh == 0 {
		opts.Fresh = 100 * time.Millisecond
	}
	if opts.Memory == 0 {
		opts.Memory = 96 << 20
	}
	base, err := parseBase(opts.BaseURL)
	if err != nil {
		return nil, err
	}
	h := &Handler{
		opts:     opts,
		base:     base,
		limits:   newLimiter(opts.Limits),
		feeds:    newCache(opts.Memory / 2),
		searches: newCache(opts.Memory / 4),
		pages:    newCache(opts.Memory / 4),
		watched:  newCache(4 << 20),
	}
	h.mux = h.routes()
	if h.templates, err = parseTemplates(); err != nil {
		return nil, err
	}
	h.styleMark, err = styleMark()
	return h, err
}

// routes is the whole map of addresses.
func (h *Handler) routes() *http.ServeMux {
	mux := http.NewServeMux()
	get := func(pattern string, f http.HandlerFunc) { mux.HandleFunc("GET "+pattern, f) }
	get("/{$}", h.front)
	get("/portals", h.portals)
	get("/portal/{id}", h.portal)
	get("/regions", h.regions)
	get("/region/{code}", h.region)
	get("/article/{id}", h.article)
	get("/feeds", h.feedsPage)
	get("/feeds/{file}", h.feed)
	get("/feeds/portal/{file}", h.feed)
	get("/feeds/region/{file}", h.feed)
	get("/feeds/category/{portal}/{file...}", h.feed)
	get("/feeds/archive/{path...}", h.feed)
	get("/opml", h.opml)
	get("/opml/{code}", h.opml)
	get("/bot", h.bot)
	get("/robots.txt", h.robots)
	get("/healthz", h.health)
	get("/style.css", h.style)
	get("/icon.svg", h.icon)
	get("/favicon.ico", h.icon)
	get("/ops", h.operator(h.ops))
	for _, format := range []string{"atom", "rss", "json"} {
		get("/ops."+format, h.operator(h.opsFeed(format)))
	}
	if h.opts.OwnHub != nil {
		mux.HandleFunc("POST "+hubPath, h.hub)
	}
	return mux
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header["X-Content-Type-Options"] = nosniff
	client := h.clientAddr(r)
	if !h.limits.allow(client) {
		tooMany(w)
		return
	}
	if h.quick(w, r) {
		return
	}
	r, base := h.locate(r)
	h.mux.ServeHTTP(w, withPlace(r, place{base: base, client: client}))
}

var nosniff = []string{"nosniff"}
