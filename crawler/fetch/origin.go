package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"kabar/crawler/robots"
	"kabar/storage/news"
)

// maxOrigins is the number of origins above which idle ones are forgotten.
const maxOrigins = 1024

// origins know the robots.txt of each scheme, host and port.
type origins struct {
	product string

	mu  sync.Mutex // guards all and origin.users
	all map[string]*origin
}

// origin is guarded by its turn, which also makes one fetch serve all who
// wait for it.
type origin struct {
	turn  chan struct{}
	users int

	loaded   bool // from the memory
	stored   news.RobotsFile
	file     *robots.File // nil when nothing is known yet
	rules    robots.Rules
	failures int       // to reach it, in a row
	retryAt  time.Time // after a failure; on the injected clock
	cause    *Error    // why there was no answer at the last try; nil otherwise
}

func newOrigins(product string) *origins {
	return &origins{product: product, all: map[string]*origin{}}
}

// enter waits for an origin; the returned function gives it back.
func (o *origins) enter(ctx context.Context, key string) (*origin, func(), error) {
	o.mu.Lock()
	found := o.all[key]
	if found == nil {
		if len(o.all) >= maxOrigins {
			o.sweep()
		}
		found = &origin{turn: make(chan struct{}, 1)}
		o.all[key] = found
	}
	found.users++
	o.mu.Unlock()

	quit := func() {
		o.mu.Lock()
		found.users--
		o.mu.Unlock()
	}
	select {
	case found.turn <- struct{}{}:
		return found, func() { <-found.turn; quit() }, nil
	case <-ctx.Done():
		quit()
		return nil, nil, context.Cause(ctx)
	}
}

// sweep forgets origins that nobody uses; the memory has them. The caller
// holds mu.
func (o *origins) sweep() {
	for key, origin := range o.all {
		if origin.users == 0 {
			delete(o.all, key)
		}
	}
}

func (o *origin) set(f news.RobotsFile, product string) {
	o.stored = f
	o.file = robots.ForStatus(f.Status, f.Body)
	o.rules = o.file.Group(product)
}

// fresh tells whether the file holds at a moment. A file from the future is
// no better than an old one.
func (o *origin) fresh(now time.Time) bool {
	age := now.Sub(o.stored.Fetched)
	return o.file != nil && robots.Reachable(o.stored.Status) && age >= 0 && age < robots.TTL
}

// askRobots returns an *Error when robots.txt forbids an address or cannot be
// had. It raises the errand's pause to what the file asks for.
func (g *guard) askRobots(ctx context.Context, u *url.URL, e *errand) error {
	o, leave, err := g.knownOrigin(ctx, u, e)
	if err != nil {
		return err
	}
	rules, status, retryAt, cause := o.rules, o.stored.Status, o.retryAt, o.cause
	leave()
	e.delay = max(e.delay, rules.CrawlDelay)
	if rules.Allowed(u.RequestURI()) {
		return nil
	}
	if robots.Reachable(status) {
		return &Error{URL: u.Redacted(), Kind: RobotsDisallowed, Detail: "robots.txt forbids it"}
	}
	detail := "robots.txt does not answer"
	switch {
	case cause != nil && isHostFailure(cause.Kind):
		return &Error{URL: u.Redacted(), Kind: cause.Kind, Detail: cause.Detail, RetryAt: retryAt, Err: cause.Err}
	case cause != nil:
		detail = "robots.txt cannot be read, " + cause.Detail
	case status != 0:
		detail = fmt.Sprintf("robots.txt answers %d", status)
	}
	return &Error{URL: u.Redacted(), Kind: RobotsUnreachable, Status: status, RetryAt: retryAt, Detail: detail + until(retryAt)}
}

// robots is the file that holds for an address.
func (g *guard) robots(ctx context.Context, u *url.URL, e *errand) (*robots.File, error) {
	if !g.begin() {
		return nil, errClosed
	}
	defer g.under.Done()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(g.ctx, func() { cancel(errClosed) })()
	if err := checkTarget(u, e); err != nil {
		return nil, err
	}
	o, leave, err := g.knownOrigin(ctx, u, e)
	if err != nil {
		return nil, err
	}
	defer leave()
	return o.file, nil
}

// knownOrigin enters the origin of an address with a robots.txt that is fresh
// or the best that can be had; the caller leaves it.
func (g *guard) knownOrigin(ctx context.Context, u *url.URL, e *errand) (*origin, func(), error) {
	o, leave, err := g.origins.enter(ctx, originOf(u))
	if err != nil {
		return nil, nil, err
	}
	if err := g.refresh(ctx, o, u, e); err != nil {
		leave()
		return nil, nil, err
	}
	return o, leave, nil
}

// refresh loads the file of an origin, and fetches it when it is not fresh.
func (g *guard) refresh(ctx context.Context, o *origin, u *url.URL, e *errand) error {
	if !o.loaded {
		stored, err := g.opts.Memory.Robots(ctx, originOf(u))
		switch {
		case err == nil:
			o.set(stored, g.origins.product)
			// The program that ran before may have asked this host just now.
			if err := g.lanes.hold(ctx, hostOf(u), g.started.Add(o.rules.CrawlDelay)); err != nil {
				return err
			}
		case !errors.Is(err, news.ErrNotFound):
			return remembering(err)
		}
		o.loaded = true
	}
	now := g.opts.Now()
	if o.fresh(now) || o.file != nil && now.Before(o.retryAt) && o.retryAt.Sub(now) <= maxBackoff {
		return nil
	}
	return g.renew(ctx, o, u, e)
}

// renew fetches the file of an origin. When it cannot be reached, an older
// copy holds on (RFC 9309, 2.4); without one everything is forbidden, until
// after 30 days it counts as missing (2.3.1.4).
func (g *guard) renew(ctx context.Context, o *origin, u *url.URL, e *errand) error {
	got, err := g.fetchRobots(ctx, o, u, e)
	if err != nil && !isUnreachable(err) {
		return err
	}
	now := g.opts.Now()
	if err == nil && robots.Reachable(got.status) {
		file := news.RobotsFile{Origin: originOf(u), Status: got.status, Body: got.body, Fetched: now}
		if got.status == http.StatusNotModified && isSuccess(o.stored.Status) {
			file.Status, file.Body = o.stored.Status, o.stored.Body
		}
		return g.keepRobots(ctx, o, u, file, got.validators)
	}
	o.failures++
	o.retryAt = now.Add(backoff(o.failures))
	o.cause = nil
	errors.As(err, &o.cause)
	if !got.retryAt.IsZero() {
		o.retryAt = got.retryAt
	}
	switch {
	case o.file != nil && robots.Reachable(o.stored.Status):
		return nil
	case o.file != nil && now.Sub(o.stored.Fetched) >= robots.GiveUp:
		o.file = robots.AllowAll()
		o.rules = o.file.Group(g.origins.product)
		return nil
	case o.file != nil && o.stored.Status == got.status:
		return nil
	}
	file := news.RobotsFile{Origin: originOf(u), Status: got.status, Fetched: now}
	if o.file != nil {
		file.Fetched = o.stored.Fetched // unreachable since
	}
	o.set(file, g.origins.product)
	return remembering(g.opts.Memory.SaveRobots(ctx, file))
}

func (g *guard) keepRobots(ctx context.Context, o *origin, u *url.URL, file news.RobotsFile, v news.Validators) error {
	o.set(file, g.origins.product)
	o.failures, o.retryAt, o.cause = 0, time.Time{}, nil
	if err := g.opts.Memory.SaveRobots(ctx, file); err != nil {
		return remembering(err)
	}
	if v == (news.Validators{}) {
		return nil
	}
	return remembering(g.opts.Memory.SaveValidators(ctx, robotsURL(u).String(), v))
}

// isUnreachable tells failures of the site from those of ours.
func isUnreachable(err error) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	return e.Kind != ForbiddenAddress && e.Kind != BadAddress && e.Kind != MustWait
}

func robotsURL(u *url.URL) *url.URL {
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
}

// robotsAnswer is what a robots.txt request brought; the zero value is no
// answer.
type robotsAnswer struct {
	status     int
	body       []byte
	validators news.Validators
	retryAt    time.Time
}

// fetchRobots follows up to five redirects to a robots.txt, each under the
// same checks and pauses as any request; more count as none (RFC 9309,
// 2.3.1.2).
func (g *guard) fetchRobots(ctx context.Context, o *origin, u *url.URL, e *errand) (robotsAnswer, error) {
	target := robotsURL(u)
	header := http.Header{"Accept": {"text/plain,*/*;q=0.8"}}
	if isSuccess(o.stored.Status) {
		known, err := g.opts.Memory.Validators(ctx, target.String())
		if err != nil {
			return robotsAnswer{}, remembering(err)
		}
		addValidators(header, known)
	}
	own := &errand{reason: "robots", delay: e.delay, ports: e.ports, partial: true}
	for range robots.MaxRedirects + 1 {
		req := (&http.Request{Method: http.MethodGet, URL: target, Host: target.Host, Header: header.Clone()}).WithContext(ctx)
		resp, err := g.send(req, own)
		if err != nil {
			return robotsAnswer{}, err
		}
		next, err := resp.Location()
		if !isRedirect(resp.StatusCode) || err != nil {
			return readRobots(resp, own), nil
		}
		resp.Body.Close()
		if err := checkTarget(next, own); err != nil {
			return robotsAnswer{status: http.StatusNotFound}, nil
		}
		target = next
	}
	return robotsAnswer{status: http.StatusNotFound}, nil
}

func readRobots(resp *http.Response, e *errand) robotsAnswer {
	defer resp.Body.Close()
	a := robotsAnswer{status: resp.StatusCode, retryAt: e.retryAt}
	if isSuccess(resp.StatusCode) {
		a.body = make([]byte, resp.ContentLength)
		// The body is in memory, and complete.
		_, _ = resp.Body.Read(a.body)
		a.validators = news.Validators{ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified")}
	}
	return a
}

func isSuccess(status int) bool { return status >= 200 && status < 300 }
