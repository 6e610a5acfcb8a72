package notify_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"kabar/feed/notify"
	"kabar/feed/web"
	"kabar/storage/news"
)

// lines is a log that may be read while it is written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) count(s string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.text.String(), s)
}

// TestAnotherBase moves the feeds to another base address and back: who
// subscribed under the old one stays, is told nothing meanwhile, and then gets
// what there is.
func TestAnotherBase(t *testing.T) {
	t.Parallel()
	w := newWorld(t, behindProxy)
	r := newReader(t, "/")
	w.subscribe(r, public)
	w.close()

	var log lines
	w.open()
	w.serve(func(h *notify.Options, o *web.Options) {
		o.BaseURL, h.Log = "https://baru.example", slog.New(slog.NewTextHandler(&log, nil))
	})
	other := newReader(t, "/")
	w.subscribe(other, "https://baru.example/feeds/all.atom")
	for range 3 {
		w.tell("solok.example")
		other.told()
	}
	r.untold()
	if len(r.gets) != 0 {
		t.Errorf("the old subscriber is asked %s", (<-r.gets).URL)
	}
	if n := log.count("level=WARN"); n != 1 {
		t.Errorf("%d warnings, want one:\n%s", n, log.text.String())
	}
	w.close()

	w.open()
	w.serve(behindProxy)
	if c := r.told(); !strings.Contains(c.body, "Berita nomor 4") {
		t.Error("the delivery lacks what was stored meanwhile")
	}
	w.subscribed(2)
}

// meddled is a store in which something happens between two questions.
type meddled struct {
	notify.Outbox
	between atomic.Pointer[func()]
}

func (m *meddled) LastChange(ctx context.Context) (int64, error) {
	number, err := m.Outbox.LastChange(ctx)
	if f := m.between.Swap(nil); f != nil {
		(*f)()
	}
	return number, err
}

// TestDeliveredByAnother lets another process store and deliver a change while
// the hub begins to look: it does not take its own feed of before for news.
func TestDeliveredByAnother(t *testing.T) {
	t.Parallel()
	m := &meddled{}
	w := newWorld(t, behindProxy, func(h *notify.Options, _ *web.Options) { m.Outbox, h.Outbox = h.Outbox, m })
	r, marker := newReader(t, "/"), newReader(t, "/marker")
	w.subscribe(r, public)
	w.subscribe(marker, "https://kabar.example/warta/feeds/all.rss")
	w.tell("solok.example")
	r.told()
	marker.told()
	w.until("the success", func() bool { s := w.subscribed(2); return s[0].NextTry.IsZero() && s[1].NextTry.IsZero() })

	other, err := web.New(web.Options{Store: w.store, BaseURL: "https://kabar.example/warta", Now: w.now, Fresh: -1, OwnHub: notify.New(notify.Options{})})
	if err != nil {
		t.Fatal(err)
	}
	delivered := make(chan error, 1)
	between := func() {
		number := w.tell("solok.example").Number
		mark, err := other.Mark(context.Background(), public, number)
		sub := w.subscribed(2)[0]
		sub.Mark = mark
		w.later(lookEvery) // everything is looked through
		delivered <- errors.Join(err, w.store.SaveDeliveries(context.Background(), sub))
	}
	m.between.Store(&between)
	if err := <-delivered; err != nil {
		t.Fatal(err)
	}
	if c := marker.told(); !strings.Contains(c.body, "Berita nomor 3") {
		t.Error("the delivery lacks the change")
	}
	r.untold()
}

// lookEvery is how often all is looked through without a change.
const lookEvery = 30 * 1e9

// TestUnreadableFeed lets reading the articles fail for a while: a subscription
// of that time is kept, and gets the feed when it can be read, without a change
// and without another minute on the clock.
func TestUnreadableFeed(t *testing.T) {
	t.Parallel()
	s := &unreadable{}
	w := newWorld(t, func(_ *notify.Options, o *web.Options) { s.Reader, o.Store = o.Store, s })
	s.now.Store(true)
	r := newReader(t, "/")
	w.subscribe(r, w.url(atom))
	w.until("tries to read it again", func() bool { return s.failed.Load() >= 4 })
	s.now.Store(false)
	if c := r.told(); !strings.Contains(c.body, "Berita nomor 1") {
		t.Error("the delivery lacks what is there")
	}
}

type unreadable struct {
	web.Reader
	now    atomic.Bool
	failed atomic.Int64
}

func (u *unreadable) Articles(ctx context.Context, q news.Query) ([]news.Article, error) {
	if u.now.Load() {
		u.failed.Add(1)
		return nil, errors.New("no answer")
	}
	return u.Reader.Articles(ctx, q)
}

// TestManyAreDismissed removes a portal with more subscribers at one host than
// may wait for a word: all of them are told.
func TestManyAreDismissed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *notify.Options, _ *web.Options) { o.Limits.WaitingHost = 2 })
	r := newReader(t, "/")
	topic := w.url("/feeds/portal/solok.example.atom")
	for i := range 8 {
		r.path = fmt.Sprint("/", i)
		w.subscribe(r, topic)
	}
	if err := w.store.RemovePortal(t.Context(), "solok.example", true); err != nil {
		t.Fatal(err)
	}
	denied := make(map[string]bool)
	for len(denied) < 8 {
		c := r.asked()
		if got := c.URL.Query().Get("hub.mode"); got != "denied" || c.Method != http.MethodGet {
			t.Fatalf("told %s %s", c.Method, c.URL)
		}
		denied[c.URL.Path] = true
		w.later(lookEvery)
	}
	w.subscribed(0)
}

// polled counts how often the number of the last change was asked for: at most
// twice by one look.
type polled struct {
	notify.Outbox
	times atomic.Int64
}

func (p *polled) LastChange(ctx context.Context) (int64, error) {
	p.times.Add(1)
	return p.Outbox.LastChange(ctx)
}

// TestChangeWhileAsked stores an article while a subscriber is asked for a
// confirmation: it is delivered without another change.
func TestChangeWhileAsked(t *testing.T) {
	t.Parallel()
	p := &polled{}
	w := newWorld(t, func(h *notify.Options, _ *web.Options) { p.Outbox, h.Outbox = h.Outbox, p })
	r := newReader(t, "/")
	r.answers(func(rw http.ResponseWriter, q *http.Request) {
		if q.Method == http.MethodGet {
			w.tell("solok.example")
			then := p.times.Load()
			w.until("the end of a look at the change", func() bool { return p.times.Load() >= then+4 })
		}
		confirm(rw, q)
	})
	w.subscribe(r, w.url(atom))
	if c := r.told(); !strings.Contains(c.body, "Berita nomor 2") {
		t.Error("the delivery lacks the change")
	}
}
