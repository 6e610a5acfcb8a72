package notify_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kabar/feed/notify"
	"kabar/feed/web"
	"kabar/storage/news"
)

// behindProxy gives a server the address that a proxy gives it, so that a
// restart on another port changes no topic.
func behindProxy(_ *notify.Options, o *web.Options) { o.BaseURL = "https://kabar.example/warta" }

const public = "https://kabar.example/warta/feeds/all.atom"

func TestBehindProxy(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/hub", "/warta/hub"} { // the proxy may take its path off
		w := newWorld(t, behindProxy)
		r := newReader(t, "/")
		resp, err := http.Post(w.server.URL+path, "application/x-www-form-urlencoded", strings.NewReader(w.request(r.url(), "HTTPS://Kabar.Example:443/warta/feeds/all.atom").Encode()))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusAccepted {
			t.Fatalf("POST %s: %s", path, resp.Status)
		}
		if got := w.subscribed(1)[0].Topic; got != public {
			t.Errorf("topic is %s", got)
		}
		w.tell("solok.example")
		c := r.told()
		if hub, self := linked(c.Header, "hub"), linked(c.Header, "self"); hub[0] != "https://kabar.example/warta/hub" || self[0] != public {
			t.Errorf("links %q", c.Header["Link"])
		}
		if c.body != textOf(t, w.get(w.url("/warta/feeds/all.atom"))) {
			t.Error("the delivery differs from what GET gives")
		}
		for _, topic := range []string{"https://kabar.example/feeds/all.atom", "https://kabar.example/wartawan/feeds/all.atom", w.url("/feeds/all.atom")} {
			if resp := w.post(w.request(r.url(), topic)); resp.StatusCode != http.StatusBadRequest {
				t.Errorf("%s: %s", topic, resp.Status)
			}
		}
	}
}

func TestNothingIsMissedByARestart(t *testing.T) {
	t.Parallel()
	w := newWorld(t, behindProxy)
	r := newReader(t, "/")
	w.subscribe(r, public, "hub.secret", "rahasia")
	w.tell("solok.example")
	r.told()
	w.until("the success", func() bool { return w.subscribed(1)[0].NextTry.IsZero() })
	w.close()

	w.open()
	w.serve(behindProxy) // nothing new: nothing is delivered
	w.close()

	w.open()
	w.tell("solok.example") // while nobody pushes
	w.tell("padang.example")
	w.serve(behindProxy)
	c := r.told()
	if !strings.Contains(c.body, "Berita nomor 4") || !strings.Contains(c.body, "Berita nomor 3") || c.Header.Get("X-Hub-Signature") != signature("rahasia", c.body) {
		t.Error("the delivery lacks what was stored while the hub was away")
	}
	w.until("the success", func() bool { return w.subscribed(1)[0].NextTry.IsZero() })
	r.untold()
}

// forgetful loses what became of deliveries, as a process that is killed does.
type forgetful struct {
	notify.Outbox
	lost atomic.Int64
}

func (f *forgetful) SaveDeliveries(context.Context, ...news.Subscription) error {
	f.lost.Add(1)
	return errors.New("killed")
}

func TestDeliveryIsRepeatedAfterACrash(t *testing.T) {
	t.Parallel()
	f := &forgetful{}
	w := newWorld(t, behindProxy, func(h *notify.Options, _ *web.Options) { f.Outbox, h.Outbox = h.Outbox, f })
	r := newReader(t, "/")
	w.subscribe(r, public)
	w.tell("solok.example")
	first := r.told()
	w.until("the crash", func() bool { return f.lost.Load() > 0 })
	w.close()
	w.open()
	w.later(2 * time.Minute) // others let the dead one's claim run out
	w.serve(behindProxy)
	if again := r.told(); again.body != first.body {
		t.Error("the second delivery differs from the lost one")
	}
	w.until("the success", func() bool { return w.subscribed(1)[0].NextTry.IsZero() })
}

func TestTwoServersDeliverOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, behindProxy)
	stop, server := w.stop, w.server
	w.serve(behindProxy) // beside the first, on the same store
	t.Cleanup(func() { stop(); server.Close() })
	var readers []*reader
	for i := range 10 {
		r := newReader(t, fmt.Sprintf("/%d", i))
		w.subscribe(r, public)
		readers = append(readers, r)
	}
	for range 5 {
		w.tell("solok.example")
		for _, r := range readers {
			r.told()
		}
		w.until("all successes", func() bool {
			for _, s := range w.subscribed(10) {
				if !s.NextTry.IsZero() {
					return false
				}
			}
			return true
		})
	}
	for _, r := range readers {
		r.untold()
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	limit := func(l notify.Limits) func(*notify.Options, *web.Options) {
		return func(o *notify.Options, _ *web.Options) { o.Limits = l }
	}
	for _, c := range []struct {
		name string
		l    notify.Limits
		say  string
	}{
		{"in all", notify.Limits{Subscriptions: 2}, "as many subscriptions as it can serve"},
		{"of a client", notify.Limits{PerClient: 2}, "Your address has as many"},
		{"at a host", notify.Limits{PerHost: 2}, "The host of hub.callback has as many"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, limit(c.l))
			one, two, three := newReader(t, "/1"), newReader(t, "/2"), newReader(t, "/3")
			w.subscribe(one, w.url(atom))
			w.subscribe(two, w.url(atom))
			resp := w.post(w.request(three.url(), w.url(atom)))
			if text := textOf(t, resp); resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text, c.say) || resp.Header.Get("Retry-After") == "" {
				t.Errorf("a third one: %s %q", resp.Status, text)
			}
			w.accepted(w.request(two.url(), w.url(atom))) // a renewal
			two.asked()
			w.accepted(w.request(one.url(), w.url(atom), "hub.mode", "unsubscribe"))
			w.subscribed(1)
			w.subscribe(three, w.url(atom))
		})
	}
	t.Run("requests of a client", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, limit(notify.Limits{Burst: 2, PerSecond: .001}))
		for i, want := range []int{http.StatusBadRequest, http.StatusBadRequest, http.StatusTooManyRequests} {
			resp := w.post(nil)
			if resp.StatusCode != want || (want == http.StatusTooManyRequests) != (resp.Header.Get("Retry-After") != "") {
				t.Errorf("request %d: %s, want %d", i+1, resp.Status, want)
			}
		}
	})
	t.Run("waiting at a host", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, limit(notify.Limits{WaitingHost: 2}))
		r, hold, busy := newReader(t, "/"), make(chan struct{}), make(chan struct{}, 10)
		r.answers(func(rw http.ResponseWriter, q *http.Request) {
			busy <- struct{}{}
			<-hold
			confirm(rw, q)
		})
		for i := range 3 { // one is being verified, two wait
			w.accepted(w.request(r.server.URL+fmt.Sprint("/", i), w.url(atom)))
			if i == 0 {
				<-busy
			}
		}
		if resp := w.post(w.request(r.server.URL+"/3", w.url(atom))); resp.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("one more: %s", resp.Status)
		}
		w.accepted(w.request(r.server.URL+"/2", w.url(atom))) // takes the place of the one that waits
		close(hold)
		w.subscribed(3)
	})
	t.Run("size of a request", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		resp := w.post(w.request("http://reader.example/", w.url(atom), "junk", strings.Repeat("x", 17<<10)))
		if resp.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("got %s", resp.Status)
		}
	})
}

// TestOneVerificationAtATime asks the same host for many and looks whether any
// two come at once.
func TestOneVerificationAtATime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := newReader(t, "/")
	var now, most atomic.Int64
	r.answers(func(rw http.ResponseWriter, q *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		confirm(rw, q)
		now.Add(-1)
	})
	var all sync.WaitGroup
	for i := range 30 {
		all.Go(func() { w.accepted(w.request(r.server.URL+fmt.Sprint("/", i), w.url(atom))) })
	}
	all.Wait()
	w.subscribed(30)
	w.tell("solok.example")
	for range 30 {
		r.told()
	}
	if most.Load() != 1 {
		t.Errorf("%d requests at once to one host", most.Load())
	}
}

// waiting refuses to send, as the one way out does while a host is left alone.
type waiting struct {
	http.RoundTripper
	until atomic.Pointer[time.Time]
}

type waitError struct{ until time.Time }

func (e *waitError) Error() string { return "left alone until " + e.until.String() }

func (w *waiting) RoundTrip(r *http.Request) (*http.Response, error) {
	if until := w.until.Load(); until != nil {
		return nil, &waitError{*until}
	}
	return w.RoundTripper.RoundTrip(r)
}

func TestPatienceIsNoFailure(t *testing.T) {
	t.Parallel()
	out := &waiting{}
	w := newWorld(t, func(o *notify.Options, _ *web.Options) {
		out.RoundTripper, o.Tell = o.Tell, out
		o.RetryAt = func(err error) time.Time {
			if e := (*waitError)(nil); errors.As(err, &e) {
				return e.until
			}
			return time.Time{}
		}
	})
	r := newReader(t, "/")
	w.subscribe(r, w.url(atom))
	until := start.Add(time.Hour)
	out.until.Store(&until)
	w.tell("solok.example")
	w.until("the next try", func() bool { s := w.subscribed(1)[0]; return s.Tries == 0 && s.NextTry.Equal(until) })
	out.until.Store(nil)
	w.later(time.Hour)
	r.told()
}

// TestNewSecretMidway changes the secret while a delivery with the old one is
// on its way: the content comes again, signed with the new one.
func TestNewSecretMidway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r, hold := newReader(t, "/"), make(chan struct{})
	w.subscribe(r, w.url(atom), "hub.secret", "lama")
	r.answers(func(rw http.ResponseWriter, q *http.Request) {
		if q.Method == http.MethodPost {
			<-hold
		}
		confirm(rw, q)
	})
	w.tell("solok.example")
	w.until("the delivery", func() bool { return !w.subscribed(1)[0].NextTry.IsZero() })
	w.accepted(w.request(r.url(), w.url(atom), "hub.secret", "baru"))
	r.asked()
	w.until("the new secret", func() bool { return w.subscribed(1)[0].Secret == "baru" })
	close(hold)
	for _, secret := range []string{"lama", "baru"} {
		if c := r.told(); c.Header.Get("X-Hub-Signature") != signature(secret, c.body) {
			t.Errorf("signature %q, want that of %q", c.Header.Get("X-Hub-Signature"), secret)
		}
	}
}

// broken is a store that cannot be read for a while.
type broken struct {
	notify.Outbox
	now atomic.Bool
}

func (b *broken) Subscriptions(ctx context.Context, now time.Time) ([]news.Subscription, error) {
	if b.now.Load() {
		return nil, errors.New("disk on fire, path /secret")
	}
	return b.Outbox.Subscriptions(ctx, now)
}

func TestTroubleWithTheStore(t *testing.T) {
	t.Parallel()
	b := &broken{}
	w := newWorld(t, func(o *notify.Options, _ *web.Options) { b.Outbox, o.Outbox = o.Outbox, b })
	r := newReader(t, "/")
	w.subscribe(r, w.url(atom))
	b.now.Store(true)
	resp := w.post(w.request(r.url(), w.url(atom)))
	if text := textOf(t, resp); resp.StatusCode != http.StatusServiceUnavailable || strings.Contains(text, "secret") {
		t.Errorf("%s %q", resp.Status, text)
	}
	w.tell("solok.example")
	b.now.Store(false)
	r.told()
}

// TestClients tells what counts as one client.
func TestClients(t *testing.T) {
	t.Parallel()
	hub := notify.New(notify.Options{Limits: notify.Limits{Burst: 1, PerSecond: .001}})
	for _, c := range []struct {
		client string
		want   int
	}{
		{"192.0.2.1", 415}, {"192.0.2.1", 429}, {"::ffff:192.0.2.1", 429}, {"192.0.2.2", 415},
		{"2001:db8::1", 415}, {"2001:db8::2", 429}, {"2001:db8:0:1::1", 415},
	} {
		w := httptest.NewRecorder()
		hub.ServeSubscription(w, httptest.NewRequest(http.MethodPost, "/hub", nil), netip.MustParseAddr(c.client), nil)
		if w.Code != c.want {
			t.Errorf("%s: %d, want %d", c.client, w.Code, c.want)
		}
	}
}
