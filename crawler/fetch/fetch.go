// Package fetch brings pages politely and safely. Everything that leaves the
// program goes through the one RoundTripper built here: it checks addresses
// when dialing, asks robots.txt, keeps one request at a time and a pause per
// host, honors Retry-After, and bounds sizes and times. Pages are fetched by
// Colly on top of it; no other package knows Colly, dials or builds a client.
package fetch

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"kabar/crawler/page"
	"kabar/crawler/portal"
	"kabar/crawler/robots"
	"kabar/storage/news"
)

// Memory is what a fetcher remembers from one run to the next. Hosts are
// names or addresses without a port.
type Memory interface {
	Validators(ctx context.Context, url string) (news.Validators, error)
	SaveValidators(ctx context.Context, url string, v news.Validators) error
	// NotBefore is when a host may be asked again, zero for now.
	NotBefore(ctx context.Context, host string) (time.Time, error)
	SetNotBefore(ctx context.Context, host string, t time.Time) error
	// Robots returns the stored file, news.ErrNotFound when there is none.
	Robots(ctx context.Context, origin string) (news.RobotsFile, error)
	SaveRobots(ctx context.Context, f news.RobotsFile) error
	LogRequests(ctx context.Context, requests []news.Request) error
}

// Resolver looks up the addresses of a host; *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Options of a Fetcher. Memory is needed; the zero value of the others means
// the default.
type Options struct {
	Memory Memory
	// Now is the clock of everything that is kept or compared with what
	// servers say: robots.txt's age, Retry-After, the ledger. It may run in
	// another time than ours. Pauses and time limits are always real time.
	Now func() time.Time
	// UserAgent is sent with every request, "kabar/1.0 (+https://…/bot)". Its
	// first word up to "/" is the product token for robots.txt.
	UserAgent string
	// AllowNets are networks that may be fetched from although they are not
	// public.
	AllowNets []netip.Prefix

	MaxPacked   int64 // bytes of a body as received; default 8 MiB
	MaxUnpacked int64 // bytes of a body after unpacking; default 12 MiB
	MaxRatio    int64 // unpacked to packed; default 100

	AttemptTimeout time.Duration // one request with its answer, without queuing; default 45s
	IdleTimeout    time.Duration // without a byte of the body; default 15s
	SlowGrace      time.Duration // after which MinRate holds; default 5s
	MinRate        int64         // bytes a second of a body on average; default 256
	MaxWait        time.Duration // longest wait for a host that asked for patience; default 5s

	Resolver Resolver // default net.DefaultResolver
	Log      *slog.Logger
}

// Defaults of Options and Request.
const (
	DefaultUserAgent = "kabar"
	DefaultDelay     = 2 * time.Second
)

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.UserAgent == "" {
		o.UserAgent = DefaultUserAgent
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	orInt := func(v *int64, def int64) {
		if *v <= 0 {
			*v = def
		}
	}
	orInt(&o.MaxPacked, 8<<20)
	orInt(&o.MaxUnpacked, 12<<20)
	orInt(&o.MaxRatio, 100)
	orInt(&o.MinRate, 256)
	orTime := func(v *time.Duration, def time.Duration) {
		if *v <= 0 {
			*v = def
		}
	}
	orTime(&o.AttemptTimeout, 45*time.Second)
	orTime(&o.IdleTimeout, 15*time.Second)
	orTime(&o.SlowGrace, 5*time.Second)
	orTime(&o.MaxWait, 5*time.Second)
	return o
}

// Home is the Reason of a request for a portal's front page.
const Home = "home"

// Request asks for one page.
type Request struct {
	URL    string
	Reason string // for the ledger: Home, feed, sitemap, listing, article, look, page …
	// Portal gives the pause between requests and the ports in use; nil means
	// the default pause and the ports 80 and 443.
	Portal *portal.Definition
	// Conditional asks with the validators of the last digested answer, so
	// that an unchanged page is answered with status 304 and no body.
	Conditional bool
}

// Fetcher brings pages. All methods may be called by many goroutines at once.
type Fetcher struct {
	opts     Options
	product  string
	guard    *guard
	visitors sync.Pool // of *visitor
}

// New builds a Fetcher; close it after use.
func New(o Options) *Fetcher {
	o = o.withDefaults()
	product, _, _ := strings.Cut(o.UserAgent, "/")
	f := &Fetcher{opts: o, product: product, guard: newGuard(o, product)}
	f.visitors.New = func() any { return newVisitor(o.UserAgent, f.guard) }
	return f
}

// Get brings a page. An answer with status 200 or another 2xx, and 304 to a
// conditional request, is a page; everything else is an *Error, but for a
// context that ended and a memory that failed, which are returned as such.
func (f *Fetcher) Get(ctx context.Context, r Request) (*page.Page, error) {
	asked, err := url.Parse(strings.TrimSpace(r.URL))
	if err != nil {
		return nil, &Error{URL: r.URL, Kind: BadAddress, Detail: "cannot be read as an address", Err: err}
	}
	asked.Fragment, asked.RawFragment = "", ""
	e := crawlErrand(r)
	header, err := f.header(ctx, asked, r.Conditional)
	if err != nil {
		return nil, err
	}

	v := f.visitors.Get().(*visitor)
	defer f.visitors.Put(v)
	body, err := v.get(withErrand(ctx, e), asked.String(), header)
	if err != nil {
		return nil, f.explain(ctx, r, err)
	}
	p := page.New(asked, e.final, e.moved && e.hops > 1, e.status, e.header, body, f.opts.Now())
	return p, judge(r, p, e)
}

// header is what a request for a page carries.
func (f *Fetcher) header(ctx context.Context, asked *url.URL, conditional bool) (http.Header, error) {
	h := http.Header{
		"User-Agent":      {f.opts.UserAgent},
		"Accept":          {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
		"Accept-Language": {"id,en;q=0.5"},
	}
	if !conditional {
		return h, nil
	}
	known, err := f.opts.Memory.Validators(ctx, asked.String())
	if err != nil {
		return nil, remembering(err)
	}
	addValidators(h, known)
	return h, nil
}

// Digested tells that everything a page said is stored, so that from now on
// only changes are asked for. Call it after the store has taken the contents:
// a crash before it costs one more fetch and never an article.
func (f *Fetcher) Digested(ctx context.Context, p *page.Page) error {
	if p.Status != http.StatusOK {
		return nil
	}
	v := news.Validators{ETag: p.Header.Get("ETag"), LastModified: p.Header.Get("Last-Modified")}
	if v == (news.Validators{}) {
		known, err := f.opts.Memory.Validators(ctx, p.Asked.String())
		if err != nil || known == v {
			return err
		}
	}
	return f.opts.Memory.SaveValidators(ctx, p.Asked.String(), v)
}

// Robots is the robots.txt that holds for an address, for its sitemaps.
func (f *Fetcher) Robots(ctx context.Context, r Request) (*robots.File, error) {
	u, err := url.Parse(strings.TrimSpace(r.URL))
	if err != nil {
		return nil, &Error{URL: r.URL, Kind: BadAddress, Detail: "cannot be read as an address", Err: err}
	}
	file, err := f.guard.robots(ctx, u, crawlErrand(r))
	if err != nil {
		return nil, f.explain(ctx, r, err)
	}
	return file, nil
}

// Client is for everything that is no crawling: webhooks, hubs. Its requests
// pass the same checks of addresses, sizes and times, and are in the ledger
// without path and query, which may be secret; robots.txt is not asked.
// Bodies are complete when Do returns.
func (f *Fetcher) Client() *http.Client {
	return &http.Client{Transport: f.guard, CheckRedirect: checkHops}
}

// Close ends what is under way, waits for it, and writes the ledger.
func (f *Fetcher) Close() error { return f.guard.close() }
