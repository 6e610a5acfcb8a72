package fetch

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kabar/crawler/portal"
	"kabar/storage/news"
)

// visits records what a server sees.
type visits struct {
	mu     sync.Mutex
	now    int
	most   int // requests at once
	paths  []string
	starts []time.Time
	ends   []time.Time
	header []http.Header
}

func (v *visits) record(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v.mu.Lock()
		v.now++
		v.most = max(v.most, v.now)
		v.paths = append(v.paths, r.URL.RequestURI())
		v.starts = append(v.starts, time.Now())
		v.header = append(v.header, r.Header.Clone())
		v.mu.Unlock()
		defer func() {
			v.mu.Lock()
			v.now--
			v.ends = append(v.ends, time.Now())
			v.mu.Unlock()
		}()
		h(w, r)
	}
}

// shortest is the shortest time from the end of a request to the start of the
// next.
func (v *visits) shortest() time.Duration {
	v.mu.Lock()
	defer v.mu.Unlock()
	gap := time.Hour
	for i := 1; i < len(v.starts); i++ {
		gap = min(gap, v.starts[i].Sub(v.ends[i-1]))
	}
	return gap
}

func (v *visits) seen() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.paths)
}

func paced(home string, pause time.Duration) *portal.Definition {
	def := site(home)
	def.Limits.Delay = portal.Duration(pause)
	return def
}

// Pages, redirects, robots.txt, failures and the transport's own second tries
// all keep the pause and never come two at once.
func TestPauses(t *testing.T) {
	const pause = 20 * time.Millisecond
	v := &visits{}
	s := serve(t, v.record(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			http.Redirect(w, r, "/lain/robots.txt", http.StatusFound)
		case strings.HasPrefix(r.URL.Path, "/pindah"):
			http.Redirect(w, r, "/a"+r.URL.Path, http.StatusFound)
		case strings.HasPrefix(r.URL.Path, "/galat"):
			http.Error(w, "galat", http.StatusNotFound)
		case strings.HasPrefix(r.URL.Path, "/putus"):
			panic(http.ErrAbortHandler)
		}
	}))
	f := newFetcher(t, Options{})
	var wg sync.WaitGroup
	for i := range 12 {
		path := []string{"/a", "/pindah", "/galat", "/putus"}[i%4]
		wg.Go(func() {
			f.Get(t.Context(), Request{URL: fmt.Sprintf("%s%s%d", s.URL, path, i), Portal: paced(s.URL, pause)})
		})
	}
	wg.Wait()
	if got := v.shortest(); got < pause {
		t.Errorf("shortest pause %v, want %v (%v)", got, pause, v.seen())
	}
	if v.most != 1 {
		t.Errorf("%d requests at once", v.most)
	}
	if first := v.seen()[0]; first != "/robots.txt" {
		t.Errorf("first request is %s", first)
	}
}

// A pause is kept within a program and from one program to the next.
func TestCrawlDelayIsKept(t *testing.T) {
	v := &visits{}
	s := serve(t, v.record(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			w.Write([]byte("User-agent: *\nCrawl-delay: 0.06\n"))
		}
	}))
	m := newMemory()
	f := newFetcher(t, Options{Memory: m})
	for i := range 6 {
		if i == 3 {
			f = newFetcher(t, Options{Memory: m})
		}
		if _, err := f.Get(t.Context(), Request{URL: fmt.Sprintf("%s/%d", s.URL, i), Portal: site(s.URL)}); err != nil {
			t.Fatal(err)
		}
	}
	if len(v.starts) != 7 {
		t.Errorf("%d requests, want robots.txt and 6 pages: %v", len(v.starts), v.paths)
	}
	for i := 2; i < len(v.starts); i++ {
		if gap := v.starts[i].Sub(v.starts[i-1]); gap < 60*time.Millisecond {
			t.Errorf("%s after %v, want 60ms", v.paths[i], gap)
		}
	}
}

// Two names of one address share a lane.
func TestNamesOfOneAddressShareALane(t *testing.T) {
	const pause = 15 * time.Millisecond
	v := &visits{}
	s := serve(t, v.record(func(http.ResponseWriter, *http.Request) {}))
	port := portOf(mustURL(t, s.URL))
	n := &names{answers: map[string][][]string{"satu.example": {{"127.0.0.1"}}, "dua.example": {{"127.0.0.1", "127.0.0.9"}}}}
	f := newFetcher(t, Options{Resolver: n})
	var wg sync.WaitGroup
	for i := range 6 {
		home := []string{"http://satu.example:", "http://dua.example:"}[i%2] + port
		wg.Go(func() {
			if _, err := f.Get(t.Context(), Request{URL: fmt.Sprintf("%s/%d", home, i), Portal: paced(home, pause)}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := v.shortest(); got < pause || v.most != 1 {
		t.Errorf("shortest pause %v, %d at once", got, v.most)
	}
}

// Hosts do not wait for each other, and each sees one connection at a time.
func TestHostsInParallel(t *testing.T) {
	const hosts = 10
	f := newFetcher(t, Options{})
	meet := make(chan struct{})
	var mu sync.Mutex
	arrived := 0
	seen := make([]*visits, hosts)
	var wg sync.WaitGroup
	for i := range hosts {
		v := &visits{}
		seen[i] = v
		s := serveAt(t, fmt.Sprintf("127.77.1.%d", i+1), v.record(func(_ http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/1" {
				return
			}
			mu.Lock()
			if arrived++; arrived == hosts {
				close(meet)
			}
			mu.Unlock()
			select {
			case <-meet: // all hosts are being asked at the same moment
			case <-r.Context().Done():
			}
		}))
		for page := range 5 {
			wg.Go(func() {
				if _, err := f.Get(t.Context(), Request{URL: fmt.Sprintf("%s/%d", s.URL, page), Portal: site(s.URL)}); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	for i, v := range seen {
		if v.most != 1 || len(v.paths) != 6 || v.paths[0] != "/robots.txt" {
			t.Errorf("host %d: %d at once, requests %v", i, v.most, v.paths)
		}
	}
}

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 20, 1, 30, 0, 0, time.UTC)
	tests := []struct {
		value, date string
		want        time.Duration // 0: own back-off
	}{
		{"120", "", 2 * time.Minute},
		{" 7 ", "", 7 * time.Second},
		{"Tue, 20 Jan 2026 01:40:00 GMT", "", 10 * time.Minute},
		{"Tue, 20 Jan 2026 01:40:00 GMT", "Tue, 20 Jan 2026 01:39:00 GMT", time.Minute},
		{"Mon, 23 Nov 2026 10:00:30 GMT", "Mon, 23 Nov 2026 10:00:00 GMT", 30 * time.Second},
		{"Tuesday, 20-Jan-26 01:31:00 GMT", "", time.Minute},
		{"86401", "", maxRetryAfter},
		{"99999999999999999999999", "", maxRetryAfter},
		{"Tue, 20 Jan 2099 01:40:00 GMT", "", maxRetryAfter},
		{"", "", 0}, {"0", "", 0}, {"-5", "", 0}, {"nanti", "", 0}, {"1.5", "", 0}, {"5s", "", 0},
		{"Tue, 20 Jan 2026 01:20:00 GMT", "", 0},
		{"Tue, 20 Jan 2026 01:40:00 GMT", "Tue, 20 Jan 2026 01:40:00 GMT", 0},
	}
	for _, tt := range tests {
		h := http.Header{"Retry-After": {tt.value}, "Date": {tt.date}}
		got, ok := retryAfter(h, now)
		if ok != (tt.want > 0) || ok && got != tt.want {
			t.Errorf("Retry-After %q, Date %q: got %v %v, want %v", tt.value, tt.date, got, ok, tt.want)
		}
	}
}

// clock is a clock that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newClock() *clock { return &clock{now: time.Date(2026, 1, 20, 1, 30, 0, 0, time.UTC)} }

// A host that asks for patience is not asked again before the time, neither
// by this run nor by the next.
func TestPatienceSurvivesARestart(t *testing.T) {
	v := &visits{}
	s := serve(t, v.record(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/sibuk" {
			w.Header().Set("Retry-After", "600")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	}))
	c, m := newClock(), newMemory()
	until := c.now.Add(10 * time.Minute)
	f := New(Options{Memory: m, Now: c.Now, AllowNets: loopback})
	_, err := f.Get(t.Context(), Request{URL: s.URL + "/sibuk", Portal: site(s.URL)})
	e, _ := err.(*Error)
	if e == nil || e.Kind != BadStatus || e.Status != 429 || !e.RetryAt.Equal(until) || !e.Temporary() {
		t.Fatalf("got %v, want status 429 and a try at %v", err, until)
	}
	asked := len(v.seen())
	refuse := func(f *Fetcher, when string) {
		t.Helper()
		_, err := f.Get(t.Context(), Request{URL: s.URL + "/lain", Portal: site(s.URL)})
		if e, _ := err.(*Error); e == nil || e.Kind != MustWait || !e.RetryAt.Equal(until) {
			t.Errorf("%s: got %v, want patience until %v", when, err, until)
		}
		if n := len(v.seen()); n != asked {
			t.Errorf("%s: the host was asked %d times more", when, n-asked)
		}
	}
	refuse(f, "same run")
	f.Close()
	c.advance(9*time.Minute + 50*time.Second)
	f = newFetcher(t, Options{Memory: m, Now: c.Now})
	refuse(f, "next run")
	c.advance(10 * time.Second)
	if _, err := f.Get(t.Context(), Request{URL: s.URL + "/lain", Portal: site(s.URL)}); err != nil {
		t.Errorf("after the time: got %v", err)
	}
}

// A short wait is waited for in the lane.
func TestShortPatience(t *testing.T) {
	v := &visits{}
	s := serve(t, v.record(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/sibuk" {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	start, real := newClock().now, time.Now()
	f := newFetcher(t, Options{Now: func() time.Time { return start.Add(time.Since(real)) }})
	f.Get(t.Context(), Request{URL: s.URL + "/sibuk", Portal: site(s.URL)})
	if _, err := f.Get(t.Context(), Request{URL: s.URL + "/lain", Portal: site(s.URL)}); err != nil {
		t.Fatal(err)
	}
	if gap := v.starts[2].Sub(v.starts[1]); gap < time.Second || gap > 4*time.Second {
		t.Errorf("asked again after %v, want 1s", gap)
	}
}

// Without a usable Retry-After the pause doubles with every failure; other
// failures count when there are several in a row; a good answer ends it.
func TestBackoff(t *testing.T) {
	status := map[string]int{}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if code := status[r.URL.Path]; code != 0 {
			w.Header().Set("Retry-After", "nanti")
			w.WriteHeader(code)
		}
	})
	status["/429"], status["/500"] = 429, 500
	c := newClock()
	f := newFetcher(t, Options{Now: c.Now})
	ask := func(path string) time.Duration {
		t.Helper()
		_, err := f.Get(t.Context(), Request{URL: s.URL + path, Portal: site(s.URL)})
		e, _ := err.(*Error)
		if e == nil || e.RetryAt.IsZero() {
			return 0
		}
		wait := e.RetryAt.Sub(c.Now())
		c.advance(wait)
		return wait
	}
	var got []time.Duration
	for _, path := range []string{"/429", "/429", "/429", "/baik", "/429", "/baik", "/500", "/500", "/500", "/500", "/baik", "/500"} {
		got = append(got, ask(path))
	}
	const s15 = 15 * time.Second
	want := []time.Duration{s15, 2 * s15, 4 * s15, 0, s15, 0, 0, 0, s15, 2 * s15, 0, 0}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if backoff(1000) != maxBackoff || backoff(12) != maxBackoff || backoff(0) != firstBackoff {
		t.Errorf("got %v, %v, %v", backoff(1000), backoff(12), backoff(0))
	}
}

// A clock that goes back by a day does not silence a host.
func TestClockGoesBack(t *testing.T) {
	s := serve(t, func(http.ResponseWriter, *http.Request) {})
	c, m := newClock(), newMemory()
	m.notBefore["127.0.0.1"] = c.now.Add(25 * time.Hour)
	f := newFetcher(t, Options{Memory: m, Now: c.Now})
	if _, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Portal: site(s.URL)}); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestConditional(t *testing.T) {
	v := &visits{}
	s := serve(t, v.record(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			return
		}
		w.Header().Set("ETag", `W/"7"`)
		w.Header().Set("Last-Modified", "Tue, 20 Jan 2026 01:00:00 GMT")
		if r.Header.Get("If-None-Match") == `W/"7"` && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Write([]byte("<rss/>"))
	}))
	f := newFetcher(t, Options{})
	for i, tt := range []struct {
		conditional, digest bool
		want                int
	}{
		{true, false, 200},
		{true, true, 200}, // the first was never digested
		{true, true, 304},
		{false, false, 200},
		{true, false, 304},
	} {
		p, err := f.Get(t.Context(), Request{URL: s.URL + "/feed", Portal: site(s.URL), Conditional: tt.conditional})
		if err != nil {
			t.Fatal(err)
		}
		if p.Status != tt.want || p.Status == 304 && len(p.Body) > 0 {
			t.Errorf("request %d: got %d with %d bytes, want %d", i+1, p.Status, len(p.Body), tt.want)
		}
		if tt.digest {
			if err := f.Digested(t.Context(), p); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Validators that a server no longer sends are forgotten.
func TestDigestedForgets(t *testing.T) {
	s := serve(t, func(http.ResponseWriter, *http.Request) {})
	m := newMemory()
	m.validators[s.URL+"/feed"] = news.Validators{ETag: `"lama"`}
	f := newFetcher(t, Options{Memory: m})
	p, err := f.Get(t.Context(), Request{URL: s.URL + "/feed", Portal: site(s.URL), Conditional: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Digested(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if got := m.validators[s.URL+"/feed"]; got != (news.Validators{}) {
		t.Errorf("got %+v", got)
	}
}

func TestRedirects(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var n, code int
		if _, err := fmt.Sscanf(r.URL.Path, "/ke-%d-%d", &n, &code); err != nil {
			return
		}
		next := fmt.Sprintf("/ke-%d-%d", n-1, code)
		if n <= 1 {
			next = "/akhir"
		}
		http.Redirect(w, r, next, code)
	})
	loop := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		}
	})
	tests := []struct {
		url   string
		want  Kind
		moved bool
	}{
		{s.URL + "/akhir", "", false},
		{s.URL + "/ke-1-301", "", true},
		{s.URL + "/ke-5-308", "", true},
		{s.URL + "/ke-1-302", "", false},
		{s.URL + "/ke-2-307", "", false},
		{s.URL + "/ke-6-301", TooManyRedirects, false},
		{loop.URL + "/a", TooManyRedirects, false},
	}
	f := newFetcher(t, Options{})
	for _, tt := range tests {
		p, err := f.Get(t.Context(), Request{URL: tt.url, Portal: both(s, loop)})
		if kindOf(err) != tt.want {
			t.Errorf("%s: got %v, want %q", tt.url, err, tt.want)
		}
		if err == nil && (p.Moved != tt.moved || p.URL.Path != "/akhir" || p.Asked.String() != tt.url) {
			t.Errorf("%s: got moved %v, final %s, asked %s", tt.url, p.Moved, p.URL, p.Asked)
		}
	}
}

// both is a portal that uses the ports of two servers.
func both(a, b *httptest.Server) *portal.Definition {
	def := site(a.URL)
	def.Feeds = []string{b.URL + "/feed"}
	return def
}

func TestLedger(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			w.Write([]byte("<html>isi"))
		}
	})
	c, m := newClock(), newMemory()
	f := New(Options{Memory: m, Now: c.Now, AllowNets: loopback})
	if _, err := f.Get(t.Context(), Request{URL: s.URL + "/a?b=1", Reason: "article", Portal: site(s.URL)}); err != nil {
		t.Fatal(err)
	}
	resp, err := f.Client().Post(s.URL+"/kait/rahasia", "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	want := []news.Request{
		{At: c.now, Host: "127.0.0.1", URL: s.URL + "/robots.txt", Status: 200, Reason: "robots"},
		{At: c.now, Host: "127.0.0.1", URL: s.URL + "/a?b=1", Status: 200, Bytes: 9, Reason: "article"},
		{At: c.now, Host: "127.0.0.1", URL: s.URL + "/", Status: 200, Bytes: 9, Reason: "service"},
	}
	if !slices.Equal(m.requests, want) {
		t.Errorf("got  %+v\nwant %+v", m.requests, want)
	}
}

// failing is a memory that cannot write.
type failing struct{ *memory }

func (failing) LogRequests(context.Context, []news.Request) error { return errDisk }
func (failing) SetNotBefore(context.Context, string, time.Time) error {
	return errDisk
}

var errDisk = fmt.Errorf("disk full")

func TestFailingMemoryIsTold(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			w.WriteHeader(429)
		}
	})
	f := New(Options{Memory: failing{newMemory()}, AllowNets: loopback})
	_, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Portal: site(s.URL)})
	if err == nil || !strings.Contains(err.Error(), "disk full") || kindOf(err) != "?" {
		t.Errorf("got %v, want the failure of the memory", err)
	}
	if err := f.Close(); err == nil {
		t.Error("Close hides that the ledger could not be written")
	}
}

func TestUnreachable(t *testing.T) {
	silent, err := netip.ParseAddrPort(serve(t, nil).Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	gone := serveAt(t, "127.77.2.1", nil)
	gone.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	tests := []struct {
		name, url string
		want      Kind
		words     string
	}{
		{"nobody there", gone.URL + "/a", Refused, "may be down"},
		{"unknown certificate", secure.URL + "/a", TLSFailed, "certificate"},
		{"no TLS at all", fmt.Sprintf("https://127.0.0.1:%d/a", silent.Port()), TLSFailed, "secure"},
		{"no such name", "http://tiada.invalid/a", DNSFailed, "name"},
	}
	f := newFetcher(t, Options{Resolver: &names{}})
	for _, tt := range tests {
		for range 2 { // the second time it is remembered
			_, err := f.Get(t.Context(), Request{URL: tt.url, Portal: site(tt.url)})
			if e, _ := err.(*Error); e == nil || e.Kind != tt.want || !strings.Contains(e.Error(), tt.words) || e.RetryAt.IsZero() {
				t.Errorf("%s: got %v, want %s with %q", tt.name, err, tt.want, tt.words)
			}
		}
	}
}
