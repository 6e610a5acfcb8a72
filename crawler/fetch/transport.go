package fetch

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"time"

	"kabar/storage/news"
)

// MaxRedirects is how many redirects lead to a page at most.
const MaxRedirects = 5

// guard is the one RoundTripper.
type guard struct {
	opts      Options
	dialer    *dialer
	lanes     *lanes
	patience  *patience
	origins   *origins
	ledger    *ledger
	reader    *reader
	transport *http.Transport
	started   time.Time // real time

	ctx   context.Context // ends when the fetcher is closed
	stop  context.CancelCauseFunc
	mu    sync.Mutex // guards closed and the start of under
	done  bool
	under sync.WaitGroup // requests under way
}

func newGuard(o Options, product string) *guard {
	d := newDialer(o)
	g := &guard{
		opts:     o,
		dialer:   d,
		lanes:    newLanes(),
		patience: newPatience(o),
		origins:  newOrigins(product),
		ledger:   newLedger(o.Memory, o.Log),
		reader:   newReader(o),
		started:  time.Now(),
		transport: &http.Transport{
			Proxy:                  nil, // a proxy would dial for us, unchecked
			DialContext:            d.DialContext,
			ForceAttemptHTTP2:      true,
			DisableCompression:     true, // bodies are unpacked here, under the limits
			MaxIdleConns:           512,
			MaxIdleConnsPerHost:    1,
			IdleConnTimeout:        30 * time.Second,
			TLSHandshakeTimeout:    dialTimeout,
			MaxResponseHeaderBytes: 256 << 10,
		},
	}
	g.ctx, g.stop = context.WithCancelCause(context.Background())
	return g
}

// errand is what a request is for; it travels in the request's context and
// takes home what the bytes alone do not tell.
type errand struct {
	reason  string
	delay   time.Duration
	ports   []string // beside 80 and 443
	service bool     // no crawling: robots.txt is not asked
	partial bool     // robots.txt: the beginning is enough

	// The last answer.
	hops    int
	moved   bool // every redirect so far was permanent
	status  int
	header  http.Header
	final   *url.URL
	retryAt time.Time
}

func crawlErrand(r Request) *errand {
	e := &errand{reason: r.Reason, delay: DefaultDelay, moved: true}
	if r.Portal == nil {
		return e
	}
	if delay := time.Duration(r.Portal.Limits.Delay); delay > 0 {
		e.delay = delay
	}
	addresses := append([]string{r.Portal.Home}, r.Portal.Feeds...)
	for _, l := range r.Portal.Listings {
		addresses = append(addresses, l.URL)
	}
	for _, address := range addresses {
		if u, err := url.Parse(address); err == nil && u.Port() != "" {
			e.ports = append(e.ports, u.Port())
		}
	}
	return e
}

func (e *errand) uses(port string) bool {
	for _, p := range e.ports {
		if p == port {
			return true
		}
	}
	return false
}

// note keeps what one hop answered.
func (e *errand) note(u *url.URL, status int, header http.Header) {
	e.hops++
	e.final, e.status, e.header = u, status, header
	if isRedirect(status) && status != http.StatusMovedPermanently && status != http.StatusPermanentRedirect {
		e.moved = false
	}
}

type errandKey struct{}

func withErrand(ctx context.Context, e *errand) context.Context {
	return context.WithValue(ctx, errandKey{}, e)
}

// errandOf gives requests of other users of the client their own errand: they
// may use the port that their caller chose.
func errandOf(req *http.Request) *errand {
	if e, ok := req.Context().Value(errandKey{}).(*errand); ok {
		return e
	}
	first := req
	for first.Response != nil && first.Response.Request != nil {
		first = first.Response.Request
	}
	return &errand{reason: "service", service: true, ports: []string{portOf(first.URL)}}
}

// checkHops bounds redirects; the guard checks each target itself.
func checkHops(req *http.Request, via []*http.Request) error {
	if len(via) > MaxRedirects {
		return &Error{URL: via[0].URL.Redacted(), Kind: TooManyRedirects, Detail: fmt.Sprintf("more than %d redirects", MaxRedirects)}
	}
	return nil
}

// RoundTrip sends one request when it is allowed and its turn has come, and
// returns the complete, unpacked answer. Redirects come through here one by
// one, so each of them is checked and waits like any other request.
func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		defer req.Body.Close()
	}
	if !g.begin() {
		return nil, errClosed
	}
	defer g.under.Done()
	ctx, cancel := context.WithCancelCause(req.Context())
	defer cancel(nil)
	defer context.AfterFunc(g.ctx, func() { cancel(errClosed) })()

	e := errandOf(req)
	if err := checkTarget(req.URL, e); err != nil {
		return nil, err
	}
	if !e.service {
		if err := g.askRobots(ctx, req.URL, e); err != nil {
			return nil, err
		}
	}
	return g.send(req.Clone(ctx), e)
}

func (g *guard) begin() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.done {
		return false
	}
	g.under.Add(1)
	return true
}

func (g *guard) close() error {
	g.mu.Lock()
	g.done = true
	g.mu.Unlock()
	g.stop(errClosed)
	g.under.Wait()
	g.transport.CloseIdleConnections()
	return g.ledger.close()
}

// send is one request in its lanes. The request is the guard's own copy.
func (g *guard) send(req *http.Request, e *errand) (*http.Response, error) {
	ctx, host := req.Context(), hostOf(req.URL)
	addrs, err := g.dialer.addresses(ctx, host)
	if err != nil {
		return nil, g.unreached(ctx, req, e, host, err)
	}
	if _, err := g.mustWait(ctx, req.URL, host); err != nil {
		return nil, err
	}
	pass, err := g.lanes.enter(ctx, host, addrs[0].String())
	if err != nil {
		return nil, err
	}
	if err := g.waitFor(ctx, req.URL, host); err != nil {
		pass.leave(0)
		return nil, err
	}
	defer pass.leave(e.delay)
	return g.attempt(req, e, host)
}

// mustWait is how long to wait for a host that asked for patience; an error
// when that is too long.
func (g *guard) mustWait(ctx context.Context, u *url.URL, host string) (time.Duration, error) {
	until, err := g.patience.until(ctx, host)
	if err != nil || until.IsZero() {
		return 0, err
	}
	wait := until.Sub(g.opts.Now())
	if wait > g.opts.MaxWait {
		return 0, &Error{
			URL: u.Redacted(), Kind: MustWait, RetryAt: until,
			Detail: host + " is left alone until " + until.UTC().Format("2006-01-02 15:04:05 MST") + ", as it asked or because it failed; it is tried again by itself",
		}
	}
	return wait, nil
}

func (g *guard) waitFor(ctx context.Context, u *url.URL, host string) error {
	wait, err := g.mustWait(ctx, u, host)
	if err != nil {
		return err
	}
	return sleep(ctx, wait)
}

// attempt sends the request and reads its answer within the time limits.
func (g *guard) attempt(req *http.Request, e *errand, host string) (*http.Response, error) {
	started := g.opts.Now()
	ctx, cancel := context.WithCancelCause(req.Context())
	defer cancel(nil)
	ctx, release := context.WithTimeoutCause(ctx, g.opts.AttemptTimeout, errTimeout)
	defer release()
	req = req.WithContext(g.pacedRetry(ctx, req.URL, e, host))
	req.Header.Set("User-Agent", g.opts.UserAgent)
	req.Header.Set("Accept-Encoding", "gzip")

	resp, err := g.transport.RoundTrip(req)
	if err != nil {
		return nil, g.unreached(ctx, req, e, host, err)
	}
	body, packed, err := g.reader.read(resp, e, cancel)
	entry := news.Request{At: started, Host: host, URL: ledgerURL(req.URL, e), Status: resp.StatusCode, Bytes: packed, Reason: e.reason}
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		err = g.whose(req, err)
		entry.Error = plain(err)
		if _, ok := err.(*Error); ok && !isSuccess(resp.StatusCode) {
			body, err = g.reader.empty(), nil // the status says enough
		}
	}
	g.ledger.add(entry)
	e.note(req.URL, resp.StatusCode, resp.Header)
	var judgeErr error
	e.retryAt, judgeErr = g.judgeHost(ctx, host, e, resp)
	if err != nil {
		return nil, err
	}
	if judgeErr != nil {
		body.Close()
		return nil, judgeErr
	}
	return answer(req, resp, e, body), nil
}

// pacedRetry makes the transport's own second try wait for the host's pause:
// when a kept connection turns out to be closed, the transport sends the
// request again over a new one, and the host may have seen both.
func (g *guard) pacedRetry(ctx context.Context, u *url.URL, e *errand, host string) context.Context {
	tries := 0
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) {
		tries++
		if tries == 1 {
			return
		}
		g.ledger.add(news.Request{At: g.opts.Now(), Host: host, URL: ledgerURL(u, e), Reason: e.reason, Error: "the kept connection was closed"})
		_ = sleep(ctx, e.delay) // an ended context ends the try as well
	}})
}

// answer is the response as a client gets it: unpacked and complete. Crawled
// bytes go without a label, so that nobody on the way decodes or unpacks them;
// the label travels with the errand.
func answer(req *http.Request, resp *http.Response, e *errand, body *heldBody) *http.Response {
	out := *resp
	out.Request = req
	out.Header = resp.Header.Clone()
	out.Header.Del("Content-Encoding")
	out.Header.Del("Content-Length")
	if !e.service {
		out.Header.Del("Content-Type")
	}
	out.Body, out.ContentLength = body, int64(body.Len())
	out.TransferEncoding, out.Uncompressed = nil, true
	return &out
}

// judgeHost notes what an answer says about its host. A robots.txt that fails
// has a back-off of its own, and its old copy may still hold.
func (g *guard) judgeHost(ctx context.Context, host string, e *errand, resp *http.Response) (time.Time, error) {
	if resp.StatusCode < 500 && resp.StatusCode != http.StatusTooManyRequests {
		g.patience.served(host)
		return time.Time{}, nil
	}
	if _, asked := retryAfter(resp.Header, g.opts.Now()); e.partial && !asked && resp.StatusCode >= 500 {
		return time.Time{}, nil
	}
	return g.patience.failed(context.WithoutCancel(ctx), host, resp.StatusCode, resp.Header)
}

// unreached notes a request without an answer and says why there is none.
func (g *guard) unreached(ctx context.Context, req *http.Request, e *errand, host string, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	err = g.whose(req, err)
	failure, ok := err.(*Error)
	if !ok {
		return err
	}
	if failure.Kind == ForbiddenAddress {
		return failure // nothing was sent
	}
	g.ledger.add(news.Request{At: g.opts.Now(), Host: host, URL: ledgerURL(req.URL, e), Reason: e.reason, Error: failure.Detail})
	g.opts.Log.Debug("request failed", slog.String("url", ledgerURL(req.URL, e)), slog.Any("err", err))
	if isHostFailure(failure.Kind) {
		at, err := g.patience.failed(context.WithoutCancel(ctx), host, 0, nil)
		if err != nil {
			return err
		}
		failure.RetryAt = at
	}
	return failure
}

// whose leaves the end of a context as it is and explains everything else.
func (g *guard) whose(req *http.Request, err error) error {
	if cause := context.Cause(req.Context()); cause != nil && cause != errTimeout && cause != errIdle && cause != errSlow {
		return cause
	}
	failure := diagnose(req.URL.Redacted(), err)
	if failure.URL == "" {
		failure.URL = req.URL.Redacted()
	}
	return failure
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// addValidators makes a request conditional (RFC 9110, 13.1).
func addValidators(h http.Header, v news.Validators) {
	if v.ETag != "" {
		h.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		h.Set("If-Modified-Since", v.LastModified)
	}
}
