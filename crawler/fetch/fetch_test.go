package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"
	"time"

	"kabar/crawler/portal"
	"kabar/storage/news"
)

// memory is a Memory in memory.
type memory struct {
	mu         sync.Mutex
	validators map[string]news.Validators
	notBefore  map[string]time.Time
	robots     map[string]news.RobotsFile
	requests   []news.Request
}

func newMemory() *memory {
	return &memory{
		validators: map[string]news.Validators{},
		notBefore:  map[string]time.Time{},
		robots:     map[string]news.RobotsFile{},
	}
}

func (m *memory) Validators(_ context.Context, url string) (news.Validators, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.validators[url], nil
}

func (m *memory) SaveValidators(_ context.Context, url string, v news.Validators) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.validators[url] = v
	return nil
}

func (m *memory) NotBefore(_ context.Context, host string) (time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.notBefore[host], nil
}

func (m *memory) SetNotBefore(_ context.Context, host string, t time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.notBefore[host] = t
	return nil
}

func (m *memory) Robots(_ context.Context, origin string) (news.RobotsFile, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f, ok := m.robots[origin]
	if !ok {
		return f, news.ErrNotFound
	}
	return f, nil
}

func (m *memory) SaveRobots(_ context.Context, f news.RobotsFile) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.robots[f.Origin] = f
	return nil
}

func (m *memory) LogRequests(_ context.Context, requests []news.Request) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.requests = append(m.requests, requests...)
	return nil
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// newFetcher is a fetcher for loopback servers that is closed with the test.
func newFetcher(t *testing.T, o Options) *Fetcher {
	t.Helper()
	if o.Memory == nil {
		o.Memory = newMemory()
	}
	if o.AllowNets == nil {
		o.AllowNets = loopback
	}
	if o.UserAgent == "" {
		o.UserAgent = "kabar/test (+https://kabar.example/bot)"
	}
	f := New(o)
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return f
}

// serve starts a server that is closed with the test.
func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// site is a portal at a server with a short pause.
func site(home string) *portal.Definition {
	return &portal.Definition{
		ID: "site", Name: "Site", Home: home,
		Limits: portal.Limits{Delay: portal.Duration(time.Millisecond)},
	}
}

// kindOf is the kind of a fetch error, empty for none and "?" for another.
func kindOf(err error) Kind {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Kind
	default:
		return "?"
	}
}

func TestGet(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
		w.Write([]byte("<html><title>Pasar Nagari</title><p>Caf\xe9 " + r.UserAgent()))
	})
	f := newFetcher(t, Options{})
	p, err := f.Get(t.Context(), Request{URL: s.URL + "/berita", Reason: "page", Portal: site(s.URL)})
	if err != nil {
		t.Fatal(err)
	}
	if p.Status != 200 || p.Type != "text/html" || p.Header.Get("Content-Type") == "" {
		t.Errorf("got status %d, type %q, header %v", p.Status, p.Type, p.Header)
	}
	want := "<html><title>Pasar Nagari</title><p>Café kabar/test (+https://kabar.example/bot)"
	if string(p.Body) != want {
		t.Errorf("got body %q, want %q", p.Body, want)
	}
}

// forgetful is a memory that fails to tell a robots.txt.
type forgetful struct{ *memory }

var errForgotten = errors.New("the disk is gone")

func (forgetful) Robots(context.Context, string) (news.RobotsFile, error) {
	return news.RobotsFile{}, errForgotten
}

// TestMemoryFails holds that a failing memory is told as such, again and
// again: nothing is fetched, and the origin is free for the next who asks.
func TestMemoryFails(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("%s was fetched", r.URL)
	}))
	defer server.Close()
	f := newFetcher(t, Options{Memory: forgetful{newMemory()}})
	for range 2 {
		_, err := f.Get(t.Context(), Request{URL: server.URL, Portal: &portal.Definition{Home: server.URL}})
		if !errors.Is(err, errForgotten) {
			t.Errorf("the memory's error became %v", err)
		}
	}
}
