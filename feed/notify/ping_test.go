package notify_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"kabar/feed/notify"
	"kabar/storage/news"
)

// pinged starts a hub elsewhere; status is what it answers.
func pinged(t *testing.T, status *atomic.Int64) (address string, pings chan call) {
	pings = make(chan call, 1024)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		if err != nil {
			t.Error(err)
		}
		w.WriteHeader(int(status.Load()))
		pings <- call{Request: q, body: string(body)}
	}))
	t.Cleanup(server.Close)
	return server.URL + "/publish", pings
}

// ping starts a pinger; the function it returns ends it and waits for it.
func (w *world) ping(hub string) (stop func()) {
	p := notify.Pinger{Log: w.store, Hub: hub, Client: http.DefaultClient,
		Topics: func(a news.Article) []string {
			return []string{"https://kabar.example/feeds/all.atom", "https://kabar.example/feeds/portal/" + a.Portal + ".atom"}
		}}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := p.Run(ctx); err != nil {
			w.t.Error(err)
		}
	}()
	return func() { cancel(); <-done }
}

func (w *world) position() int64 {
	at, err := w.store.Position(context.Background(), "ping")
	if err != nil {
		return -1
	}
	return at
}

func TestPing(t *testing.T) {
	t.Parallel()
	var status atomic.Int64
	status.Store(http.StatusNoContent)
	w := newWorld(t)
	hub, pings := pinged(t, &status)
	r := &reader{t: t}
	next := func(topic string) {
		t.Helper()
		c := r.next(pings, "a ping of "+topic)
		if c.Method != http.MethodPost || c.URL.Path != "/publish" || c.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
			t.Errorf("%s %s of type %q", c.Method, c.URL, c.Header.Get("Content-Type"))
		}
		q := "https%3A%2F%2Fkabar.example%2Ffeeds%2F" + strings.ReplaceAll(topic, "/", "%2F")
		if want := "hub.mode=publish&hub.topic=" + q + "&hub.url=" + q; c.body != want {
			t.Errorf("ping %s, want %s", c.body, want)
		}
	}

	stop := w.ping(hub)
	w.until("the first start", func() bool { return w.position() == 1 }) // what was there before is not told
	w.tell("solok.example")
	w.tell("solok.example")
	next("all.atom")
	next("portal/solok.example.atom")
	w.until("the end of the round", func() bool { return w.position() == 3 || len(pings) == 2 })
	if w.position() < 3 || len(pings) == 2 { // the second article came too late for the first round
		next("all.atom")
		next("portal/solok.example.atom")
		w.until("its end", func() bool { return w.position() == 3 })
	}
	stop()

	status.Store(http.StatusBadGateway)
	change := w.tell("padang.example")
	stop = w.ping(hub)
	next("all.atom")
	stop() // while it waits to try again
	if at := w.position(); at != 3 {
		t.Errorf("position %d after a ping that failed", at)
	}
	if err := w.store.RemovePortal(t.Context(), "padang.example", true); err != nil {
		t.Fatal(err)
	}
	status.Store(http.StatusAccepted)
	stop = w.ping(hub)
	next("all.atom")
	next("portal/padang.example.atom")
	w.until("the end", func() bool { return w.position() == change.Number+1 })
	stop()

	status.Store(http.StatusForbidden) // not interested: the next one may be
	w.tell("solok.example")
	stop = w.ping(hub)
	next("all.atom")
	next("portal/solok.example.atom")
	w.until("the end", func() bool { return w.position() == change.Number+2 })
	stop()
	if len(pings) > 0 {
		t.Errorf("%d more pings", len(pings))
	}
}
