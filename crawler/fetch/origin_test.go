package fetch

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kabar/crawler/robots"
	"kabar/storage/news"
)

// robotsServer answers robots.txt with what is set and every page with 200.
type robotsServer struct {
	visits
	status int
	body   string
	etag   string
}

func (s *robotsServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.record(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			return
		}
		if s.etag != "" {
			w.Header().Set("ETag", s.etag)
			if r.Header.Get("If-None-Match") == s.etag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		w.WriteHeader(s.status)
		w.Write([]byte(s.body))
	})(w, r)
}

// asked is how often robots.txt was asked for.
func (s *robotsServer) asked() (n int) {
	for _, path := range s.seen() {
		if path == "/robots.txt" {
			n++
		}
	}
	return n
}

func TestRobotsAreObeyed(t *testing.T) {
	rs := &robotsServer{status: 200, body: "User-agent: kabar\nDisallow: /rahasia\nDisallow: /x?b=1&a=2\nAllow: /rahasia/umum\n"}
	s := serve(t, rs.ServeHTTP)
	f := newFetcher(t, Options{})
	tests := []struct {
		path string
		want Kind
	}{
		{"/a", ""}, {"/rahasia", RobotsDisallowed}, {"/rahasia/umum", ""}, {"/%72ahasia/b", RobotsDisallowed},
		{"/x?a=2&b=1", ""}, {"/x?b=1&a=2", RobotsDisallowed}, {"/a/../rahasia", RobotsDisallowed}, {"/a#/rahasia", ""},
	}
	for _, tt := range tests {
		_, err := f.Get(t.Context(), Request{URL: s.URL + tt.path, Portal: site(s.URL)})
		if kindOf(err) != tt.want {
			t.Errorf("%s: got %v, want %q", tt.path, err, tt.want)
		}
	}
	for _, path := range rs.seen() {
		if strings.Contains(path, "ahasia") && !strings.Contains(path, "umum") || path == "/x?b=1&a=2" {
			t.Errorf("%s was asked for", path)
		}
	}
	if n := rs.asked(); n != 1 {
		t.Errorf("robots.txt was asked for %d times", n)
	}
}

// A redirect is followed only where robots.txt of its target allows it.
func TestRobotsOfRedirects(t *testing.T) {
	target := &robotsServer{status: 200, body: "User-agent: *\nDisallow: /rahasia"}
	to := serveAt(t, "127.77.3.1", target.ServeHTTP)
	from := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			http.Redirect(w, r, to.URL+r.URL.Path, http.StatusFound)
		}
	})
	f := newFetcher(t, Options{})
	for path, want := range map[string]Kind{"/rahasia": RobotsDisallowed, "/umum": ""} {
		_, err := f.Get(t.Context(), Request{URL: from.URL + path, Portal: both(from, to)})
		if kindOf(err) != want {
			t.Errorf("%s: got %v, want %q", path, err, want)
		}
	}
	if got := target.seen(); !slices.Equal(got, []string{"/robots.txt", "/umum"}) {
		t.Errorf("the target was asked for %v", got)
	}
}

func TestRobotsIsFetchedOnce(t *testing.T) {
	rs := &robotsServer{status: 404}
	s := serve(t, rs.ServeHTTP)
	f := newFetcher(t, Options{})
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			if _, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Portal: site(s.URL)}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if seen := rs.seen(); rs.asked() != 1 || seen[0] != "/robots.txt" {
		t.Errorf("asked for %v", seen)
	}
}

func TestRobotsByStatus(t *testing.T) {
	tests := []struct {
		status int
		want   Kind
	}{
		{200, ""}, {401, ""}, {403, ""}, {404, ""}, {410, ""},
		{429, RobotsUnreachable}, {500, RobotsUnreachable}, {503, RobotsUnreachable},
	}
	for _, tt := range tests {
		rs := &robotsServer{status: tt.status, body: "<html>"}
		s := serve(t, rs.ServeHTTP)
		_, err := newFetcher(t, Options{}).Get(t.Context(), Request{URL: s.URL + "/a", Portal: site(s.URL)})
		if kindOf(err) != tt.want {
			t.Errorf("status %d: got %v, want %q", tt.status, err, tt.want)
		}
		if e, _ := err.(*Error); e != nil && (e.Status != tt.status || e.RetryAt.IsZero()) {
			t.Errorf("status %d: got status %d, next try %v", tt.status, e.Status, e.RetryAt)
		}
		if tt.want != "" && len(rs.seen()) != 1 {
			t.Errorf("status %d: asked for %v", tt.status, rs.seen())
		}
	}
}

// The life of a robots.txt over days, told by one origin.
func TestRobotsOverTime(t *testing.T) {
	rs := &robotsServer{status: 200, body: "User-agent: *\nDisallow: /a", etag: `"1"`}
	s := serve(t, rs.ServeHTTP)
	c, m := newClock(), newMemory()
	f := New(Options{Memory: m, Now: c.Now, AllowNets: loopback})
	check := func(when, path string, want Kind, asked int) {
		t.Helper()
		_, err := f.Get(t.Context(), Request{URL: s.URL + path, Portal: site(s.URL)})
		if kindOf(err) != want {
			t.Errorf("%s: got %v, want %q", when, err, want)
		}
		if got := rs.asked(); got != asked {
			t.Errorf("%s: robots.txt was asked for %d times, want %d", when, got, asked)
		}
	}
	check("first", "/a", RobotsDisallowed, 1)
	c.advance(23 * time.Hour)
	check("within a day", "/a", RobotsDisallowed, 1)
	f.Close()
	f = newFetcher(t, Options{Memory: m, Now: c.Now})
	check("after a restart", "/a", RobotsDisallowed, 1)
	c.advance(2 * time.Hour)
	check("after a day, unchanged", "/a", RobotsDisallowed, 2)
	check("renewed by 304", "/b", "", 2)
	c.advance(25 * time.Hour)
	rs.etag, rs.status = "", 503
	check("unreachable, the old copy holds", "/a", RobotsDisallowed, 3)
	c.advance(time.Minute)
	check("still unreachable", "/b", "", 4)
	c.advance(time.Hour)
	rs.status, rs.body = 200, "User-agent: *\nDisallow: /b"
	check("back and changed", "/b", RobotsDisallowed, 5)
	c.advance(-48 * time.Hour)
	check("clock went back", "/a", "", 6)
}

// A robots.txt that was never had forbids everything for 30 days.
func TestRobotsNeverReached(t *testing.T) {
	rs := &robotsServer{status: 500}
	s := serve(t, rs.ServeHTTP)
	c := newClock()
	f := newFetcher(t, Options{Now: c.Now})
	var gaps []time.Duration
	for began := c.Now(); c.Now().Sub(began) < robots.GiveUp; {
		_, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Portal: site(s.URL)})
		e, _ := err.(*Error)
		if e == nil || e.Kind != RobotsUnreachable && e.Kind != MustWait {
			t.Fatalf("after %v: got %v", c.Now().Sub(began), err)
		}
		gap := e.RetryAt.Sub(c.Now())
		if gap <= 0 || gap > maxBackoff {
			t.Fatalf("next try after %v", gap)
		}
		gaps = append(gaps, gap)
		c.advance(gap)
	}
	if gaps[0] != firstBackoff || gaps[len(gaps)-1] != maxBackoff {
		t.Errorf("first gap %v, last %v", gaps[0], gaps[len(gaps)-1])
	}
	if _, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Portal: site(s.URL)}); err != nil {
		t.Errorf("after 30 days: got %v", err)
	}
}

func TestRobotsRedirects(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var rest string
		switch {
		case r.URL.Path == "/robots.txt":
			rest = "xxxx"
		case strings.HasPrefix(r.URL.Path, "/r/"):
			rest = strings.TrimPrefix(r.URL.Path, "/r/x")
		default:
			return
		}
		if rest == "" {
			w.Write([]byte("User-agent: *\nDisallow: /a\nSitemap: https://k.example/peta.xml"))
			return
		}
		http.Redirect(w, r, "/r/"+rest, http.StatusMovedPermanently)
	})
	f := newFetcher(t, Options{})
	if _, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Portal: site(s.URL)}); kindOf(err) != RobotsDisallowed {
		t.Errorf("four redirects: got %v", err)
	}
	file, err := f.Robots(t.Context(), Request{URL: s.URL + "/b", Portal: site(s.URL)})
	if err != nil || !slices.Equal(file.Sitemaps, []string{"https://k.example/peta.xml"}) {
		t.Errorf("got %+v, %v", file, err)
	}
	loop := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/robots.txt") {
			http.Redirect(w, r, "/x"+r.URL.Path, http.StatusMovedPermanently)
		}
	})
	if _, err := f.Get(t.Context(), Request{URL: loop.URL + "/a", Portal: site(loop.URL)}); err != nil {
		t.Errorf("redirects without end: got %v, want it to count as no file", err)
	}
}

// A robots.txt of any size and packing is read up to its limit.
func TestHugeRobots(t *testing.T) {
	first := "User-agent: *\nDisallow: /a\n"
	for name, body := range map[string][]byte{
		"long":   []byte(first + strings.Repeat("# panjang sekali\n", 200_000)),
		"packed": gzipped([]byte(first), make([]byte, 30<<20)),
	} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.Write(body)
			}
		})
		m := newMemory()
		f := newFetcher(t, Options{Memory: m})
		if _, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Portal: site(s.URL)}); kindOf(err) != RobotsDisallowed {
			t.Errorf("%s: got %v", name, err)
		}
		if n := len(m.robots[originOf(mustURL(t, s.URL))].Body); n > robots.MaxBytes {
			t.Errorf("%s: kept %d bytes", name, n)
		}
	}
}

func TestStoredRobotsHold(t *testing.T) {
	s := serve(t, func(http.ResponseWriter, *http.Request) {})
	m := newMemory()
	m.robots[originOf(mustURL(t, s.URL))] = news.RobotsFile{Status: 200, Body: []byte("User-agent: *\nDisallow: /"), Fetched: time.Now().Add(-time.Hour)}
	f := newFetcher(t, Options{Memory: m})
	if _, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Portal: site(s.URL)}); kindOf(err) != RobotsDisallowed {
		t.Errorf("stored file: got %v", err)
	}
}

// HTTP/2 is spoken where it is offered.
func TestHTTP2(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			w.Write([]byte("<html>" + r.Proto))
		}
	}))
	s.EnableHTTP2 = true
	s.StartTLS()
	t.Cleanup(s.Close)
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	f := newFetcher(t, Options{})
	f.guard.transport.TLSClientConfig = &tls.Config{RootCAs: roots}
	p, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Portal: site(s.URL)})
	if err != nil {
		t.Fatal(err)
	}
	if string(p.Body) != "<html>HTTP/2.0" {
		t.Errorf("got %q", p.Body)
	}
}
