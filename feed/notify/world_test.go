package notify_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kabar/feed/notify"
	"kabar/feed/web"
	"kabar/storage"
	"kabar/storage/news"
	"kabar/storage/sqlite"
)

// start is the moment at which the clock of every test stands.
var start = time.Date(2026, 1, 20, 8, 30, 0, 0, time.FixedZone("", 7*60*60))

// patience is how long a test waits for what must come. It is spent only when
// that does not come, so it is long enough for a very busy machine.
const patience = 2 * time.Minute

// world is a server with a hub, on loopback, over a real store.
type world struct {
	t      testing.TB
	store  storage.Store
	server *httptest.Server
	stop   func() // ends the hub, and waits for it

	path string
	n    int // articles told

	mu   sync.Mutex // guards time
	time time.Time
}

// newWorld has two portals, an article, and a hub that runs.
func newWorld(t testing.TB, change ...func(*notify.Options, *web.Options)) *world {
	t.Helper()
	w := &world{t: t, path: filepath.Join(t.TempDir(), "kabar.db"), time: start}
	w.open()
	t.Cleanup(func() { w.close() })
	err := w.store.SetPortals(context.Background(), []news.Portal{
		{ID: "solok.example", Name: "Kabar Solok", Home: "https://solok.example/", Regions: []string{"13.02"}, Clock: "WIB"},
		{ID: "padang.example", Name: "Padang Pos", Home: "https://padang.example/", Regions: []string{"13.71"}, Clock: "WIB"},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.tell("solok.example")
	w.serve(change...)
	return w
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.time
}

// later moves the clock.
func (w *world) later(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.time = w.time.Add(d)
}

func (w *world) open() {
	w.t.Helper()
	var err error
	if w.store, err = storage.Open(context.Background(), w.path, sqlite.WithClock(w.now)); err != nil {
		w.t.Fatal(err)
	}
}

// serve starts hub and server.
func (w *world) serve(change ...func(*notify.Options, *web.Options)) {
	w.t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: 1}
	w.t.Cleanup(transport.CloseIdleConnections)
	hubOptions := notify.Options{Outbox: w.store, Ask: transport, Tell: transport, Now: w.now}
	webOptions := web.Options{Store: w.store, Now: w.now, Fresh: -1, Ops: true}
	for _, c := range change {
		c(&hubOptions, &webOptions)
	}
	hub := notify.New(hubOptions)
	webOptions.OwnHub = hub
	handler, err := web.New(webOptions)
	if err != nil {
		w.t.Fatal(err)
	}
	w.server = httptest.NewServer(handler)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := hub.Run(ctx, handler); err != nil {
			w.t.Error(err)
		}
	}()
	w.stop = sync.OnceFunc(func() { cancel(); <-done })
}

// close ends everything; open and serve begin anew.
func (w *world) close() {
	if w.stop != nil {
		w.stop()
		w.server.Close()
	}
	if err := w.store.Close(); err != nil {
		w.t.Error(err)
	}
}

// tell stores a new article of a portal.
func (w *world) tell(portal string) news.Change {
	w.t.Helper()
	w.n++
	at := start.Add(time.Duration(w.n) * time.Second)
	changes, err := w.store.Save(context.Background(), news.Article{
		Portal: portal, URL: fmt.Sprintf("https://%s/berita/%d.html", portal, w.n),
		Title:     fmt.Sprintf("Berita nomor %d", w.n),
		Published: news.Stamp{Time: at, Precision: news.Second, Origin: "meta"},
		Body:      []news.Block{{Kind: news.Paragraph, Text: fmt.Sprintf("Isi berita nomor %d. %s", w.n, strings.Repeat("Sungai meluap. ", 30))}},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return changes[0]
}

func (w *world) url(path string) string { return w.server.URL + path }

// post sends a form to the hub.
func (w *world) post(form url.Values) *http.Response {
	w.t.Helper()
	return w.postBody("application/x-www-form-urlencoded", form.Encode())
}

// postBody returns the answer with its body read into the header "Body".
func (w *world) postBody(kind, body string) *http.Response {
	w.t.Helper()
	resp, err := http.Post(w.url("/hub"), kind, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	resp.Body = io.NopCloser(strings.NewReader(string(text)))
	return resp
}

func textOf(t testing.TB, resp *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// request asks for a subscription; further pairs are added to the form or, with
// an empty value, taken from it.
func (w *world) request(callback, topic string, pairs ...string) url.Values {
	form := url.Values{"hub.mode": {"subscribe"}, "hub.callback": {callback}, "hub.topic": {topic}}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
		if pairs[i+1] == "" {
			form.Del(pairs[i])
		}
	}
	return form
}

// accepted posts a form that must be taken.
func (w *world) accepted(form url.Values) {
	w.t.Helper()
	if resp := w.post(form); resp.StatusCode != http.StatusAccepted {
		w.t.Fatalf("POST %v: %s: %s", form, resp.Status, textOf(w.t, resp))
	}
}

// subscribed waits until there are n subscriptions and returns them.
func (w *world) subscribed(n int) []news.Subscription {
	w.t.Helper()
	var subs []news.Subscription
	w.until(fmt.Sprintf("%d subscriptions", n), func() bool {
		var err error
		if subs, err = w.store.Subscriptions(context.Background(), w.now()); err != nil {
			w.t.Fatal(err)
		}
		return len(subs) == n
	})
	return subs
}

// until waits for what another goroutine brings about.
func (w *world) until(what string, done func() bool) {
	w.t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	end := time.After(patience)
	for !done() {
		select {
		case <-tick.C:
		case <-end:
			w.t.Fatalf("waited %v in vain for %s", patience, what)
		}
	}
}

// subscribe makes a subscription of a reader and waits until it is kept.
func (w *world) subscribe(r *reader, topic string, pairs ...string) {
	w.t.Helper()
	subs, err := w.store.Subscriptions(context.Background(), w.now())
	if err != nil {
		w.t.Fatal(err)
	}
	w.accepted(w.request(r.url(), topic, pairs...))
	r.asked()
	w.subscribed(len(subs) + 1)
}

// get reads a feed.
func (w *world) get(address string, headers ...string) *http.Response {
	w.t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "identity")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { resp.Body.Close() })
	return resp
}

// call is a request that a reader got.
type call struct {
	*http.Request
	body string
	at   time.Time
}

// reader is a subscriber on loopback. It confirms everything and takes every
// delivery unless answer says otherwise.
type reader struct {
	t      testing.TB
	server *httptest.Server
	path   string
	gets   chan call
	posts  chan call

	mu     sync.Mutex // guards answer
	answer http.HandlerFunc
}

func newReader(t testing.TB, path string) *reader {
	r := &reader{t: t, path: path, gets: make(chan call, 4096), posts: make(chan call, 4096)}
	r.server = httptest.NewServer(r)
	t.Cleanup(r.server.Close)
	return r
}

func (r *reader) url() string { return r.server.URL + r.path }

// answers sets what is answered from now on; nil is the good subscriber.
func (r *reader) answers(f http.HandlerFunc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = f
}

func (r *reader) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, err := io.ReadAll(q.Body)
	if err != nil {
		r.t.Error(err)
	}
	r.mu.Lock()
	answer := r.answer
	r.mu.Unlock()
	if answer == nil {
		answer = confirm
	}
	answer(w, q)
	c := call{q, string(body), time.Now()}
	if q.Method == http.MethodPost {
		r.posts <- c
	} else {
		r.gets <- c
	}
}

// confirm echoes the challenge and takes deliveries.
func confirm(w http.ResponseWriter, q *http.Request) {
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = io.WriteString(w, q.URL.Query().Get("hub.challenge"))
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// asked waits for a verification or a denial.
func (r *reader) asked() call { r.t.Helper(); return r.next(r.gets, "a verification") }

// told waits for a delivery.
func (r *reader) told() call { r.t.Helper(); return r.next(r.posts, "a delivery") }

func (r *reader) next(calls chan call, what string) call {
	r.t.Helper()
	select {
	case c := <-calls:
		return c
	case <-time.After(patience):
		r.t.Fatalf("waited %v in vain for %s", patience, what)
		return call{}
	}
}

// untold fails when there was a delivery.
func (r *reader) untold() {
	r.t.Helper()
	select {
	case c := <-r.posts:
		r.t.Errorf("a delivery of %d bytes to %s, want none", len(c.body), c.URL)
	default:
	}
}
