package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kabar/feed/web"
	"kabar/storage"
	"kabar/storage/news"
	"kabar/storage/sqlite"
)

// delivered is a feed that arrived at a subscriber.
type delivered struct {
	at        time.Time
	callback  string
	signature string
	body      []byte
}

// subscriber confirms every subscription and takes every delivery.
func subscriber(t *testing.T) (address string, deliveries chan delivered) {
	deliveries = make(chan delivered, 10_000)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprint(w, r.URL.Query().Get("hub.challenge"))
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		deliveries <- delivered{time.Now(), r.URL.Path, r.Header.Get("X-Hub-Signature"), body}
	}))
	t.Cleanup(server.Close)
	return server.URL, deliveries
}

func next(t *testing.T, deliveries chan delivered) delivered {
	t.Helper()
	select {
	case d := <-deliveries:
		return d
	case <-time.After(2 * time.Minute):
		t.Fatal("no delivery")
		return delivered{}
	}
}

// subscribeAt asks a hub for a subscription.
func subscribeAt(t *testing.T, hub, callback, topic string) {
	t.Helper()
	answer, err := http.PostForm(hub, url.Values{"hub.mode": {"subscribe"}, "hub.callback": {callback}, "hub.topic": {topic}, "hub.secret": {"rahasia"}})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusAccepted {
		t.Fatalf("subscribing %s to %s: %s %s", callback, topic, answer.Status, body)
	}
}

// awaitSubscriptions waits until there are n of a kind.
func awaitSubscriptions(t *testing.T, store storage.Store, n int, kind func(news.Subscription) bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	var subs []news.Subscription
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); <-tick.C {
		var err error
		if subs, err = store.Subscriptions(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		subs = slices.DeleteFunc(subs, func(s news.Subscription) bool { return !kind(s) })
		if len(subs) == n {
			return
		}
	}
	t.Fatalf("there are %d subscriptions, never %d", len(subs), n)
}

// TestServePushes lets a server of its own push what another process stores,
// over the one way out: to a hundred subscribers, and after a kill what was
// stored meanwhile. How fast it is on a quiet machine is for BenchmarkPush of
// feed/notify to tell; the bound here is that of a busy one.
func TestServePushes(t *testing.T) {
	db := filepath.Join(t.TempDir(), "kabar.db")
	crawler, err := storage.Open(t.Context(), db, sqlite.AsWriter())
	if err != nil {
		t.Fatal(err)
	}
	defer crawler.Close()
	if err := crawler.SetPortals(t.Context(), []news.Portal{{ID: "hulu", Name: "Warta Hulu", Home: "https://hulu.example/", Clock: "WIB"}}); err != nil {
		t.Fatal(err)
	}
	stories := 0
	store := func() {
		t.Helper()
		stories++
		slug := fmt.Sprintf("banjir-%d", stories)
		_, err := crawler.Save(t.Context(), told("hulu", slug, "Banjir "+slug, news.Stamp{Time: time.Now(), Precision: news.Second}, time.Now()))
		if err != nil {
			t.Fatal(err)
		}
	}
	for range 60 {
		store()
	}
	const base = "http://kabar.example/warta"
	args := []string{"serve", "--addr", "127.0.0.1:0", "--db", db, "--hub", "--base-url", base, "--allow-net", "127.0.0.0/8"}
	server := startServing(t, args...)
	callback, deliveries := subscriber(t)
	const readers = 100
	for i := range readers {
		topic := base + []string{"/feeds/all.atom", "/feeds/all.rss", "/feeds/portal/hulu.json", "/feeds/search.atom?q=banjir"}[i%4]
		subscribeAt(t, server.address+"hub", fmt.Sprintf("%s/%d", callback, i), topic)
	}
	awaitSubscriptions(t, crawler, readers, func(news.Subscription) bool { return true })

	var took []time.Duration
	for range 5 {
		store()
		stored := time.Now()
		for range readers {
			took = append(took, next(t, deliveries).at.Sub(stored))
		}
	}
	slices.Sort(took)
	p95 := took[len(took)*95/100]
	t.Logf("stored to delivered at %d subscribers: p50 %v, p95 %v, max %v", readers, took[len(took)/2], p95, took[len(took)-1])
	if p95 > 10*time.Second {
		t.Errorf("p95 from stored to delivered is %v, want at most 10s", p95)
	}

	awaitSubscriptions(t, crawler, readers, func(s news.Subscription) bool { return s.NextTry.IsZero() }) // all is recorded
	if err := server.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	server.command.Wait()
	store()
	server = startServing(t, args...)
	seen := make(map[string]bool)
	for len(seen) < readers {
		d := next(t, deliveries)
		if !bytes.Contains(d.body, fmt.Appendf(nil, "banjir-%d", stories)) {
			continue // from before the kill
		}
		mac := hmac.New(sha256.New, []byte("rahasia"))
		mac.Write(d.body)
		if want := "sha256=" + hex.EncodeToString(mac.Sum(nil)); d.signature != want {
			t.Errorf("signature %q, want %q", d.signature, want)
		}
		seen[d.callback] = true
	}
	server.interrupt()
}

// TestHubAsksNoPrivateAddress sends the hub to this machine and other private
// places: nothing arrives, neither verifications nor deliveries.
func TestHubAsksNoPrivateAddress(t *testing.T) {
	arrived := make(chan string, 100)
	trap := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { arrived <- r.Host + r.URL.String() }))
	defer trap.Close()
	port := trap.URL[strings.LastIndexByte(trap.URL, ':'):]
	store, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "kabar.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	logged, log := logOf()
	flags := hubFlags{Hub: true}
	push, err := flags.pushing(store, time.Now, crawlFlags{}, serveFlags{}, log)
	if err != nil {
		t.Fatal(err)
	}
	defer push.Close()
	options := web.Options{Store: store}
	flags.advertise(push)(&options)
	handler, err := web.New(options)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- push.run(ctx, handler) }()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()

	refused := func(what string) {
		t.Helper()
		select {
		case line := <-logged:
			if !strings.Contains(line, "--allow-net") && !strings.Contains(line, "has no address") {
				t.Errorf("%s: %s", what, line)
			}
		case <-time.After(30 * time.Second):
			t.Fatalf("%s: not refused", what)
		}
	}
	for _, host := range []string{
		"127.0.0.1" + port, "localhost" + port, "127.1.2.3" + port, "[::1]" + port, "[::ffff:127.0.0.1]" + port, "[64:ff9b::7f00:1]" + port,
		"0.0.0.0" + port, "[::]" + port, "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "[fe80::1]", "224.0.0.1",
		"0x7f000001" + port, "2130706433" + port, "127.1" + port, "localhost." + port,
	} {
		subscribeAt(t, server.URL+"/hub", "http://"+host+"/callback", server.URL+"/feeds/all.atom")
		refused(host)
	}
	kept, err := store.Subscribe(t.Context(), news.Subscription{ // from when the network was open
		Callback: trap.URL, Topic: server.URL + "/feeds/all.atom", Asked: server.URL + "/feeds/all.atom", Until: time.Now().Add(time.Hour),
	}, 10)
	if err != nil || !kept {
		t.Fatal(kept, err)
	}
	if _, err := store.Save(t.Context(), told("hulu", "banjir", "Banjir", news.Stamp{}, time.Now())); err != nil {
		t.Fatal(err)
	}
	refused("the delivery")
	select {
	case where := <-arrived:
		t.Errorf("a request arrived at %s", where)
	default:
	}
}

// logOf is a log whose lines can be waited for.
func logOf() (lines chan string, log *slog.Logger) {
	lines = make(chan string, 1000)
	return lines, slog.New(slog.NewTextHandler(lineWriter(lines), &slog.HandlerOptions{Level: slog.LevelInfo}))
}

type lineWriter chan string

func (w lineWriter) Write(line []byte) (int, error) {
	w <- string(line)
	return len(line), nil
}

// TestHubHasItsOwnPatience holds that a host at which a subscriber fails is
// not left alone by the crawler.
func TestHubHasItsOwnPatience(t *testing.T) {
	store, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "kabar.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer busy.Close()
	p := &pushing{}
	defer p.Close()
	local := crawlFlags{AllowNet: []network{{netip.MustParsePrefix("127.0.0.0/8")}}}
	ask, tell := p.wayOut(store, "ask ", time.Now, local, slog.New(slog.DiscardHandler)), p.wayOut(store, "tell ", time.Now, local, slog.New(slog.DiscardHandler))
	answer, err := ask.Get(busy.URL)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if _, err := ask.Get(busy.URL); retryAt(err).Before(time.Now().Add(50 * time.Minute)) {
		t.Errorf("asked again: %v", err)
	}
	if answer, err := tell.Get(busy.URL); err != nil {
		t.Errorf("not told: %v", err)
	} else {
		answer.Body.Close()
	}
	if at, err := store.NotBefore(t.Context(), "127.0.0.1"); err != nil || !at.IsZero() {
		t.Errorf("the crawler waits until %v, %v", at, err)
	}
}
