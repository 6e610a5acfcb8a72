package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"kabar/storage/news"

	"go.uber.org/goleak"
)

// listen serves a handler the way the program does.
func listen(t *testing.T, h *Handler) (addr string, stop func() error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ctx, listener) }()
	return listener.Addr().String(), func() error {
		cancel()
		return <-ended
	}
}

// dial opens a connection and asks for a page over it.
func dial(t *testing.T, addr, request string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	return conn
}

const wholeRequest = "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"

func readAnswer(t *testing.T, conn net.Conn) {
	t.Helper()
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != 200 {
		t.Fatalf("got %s", res.Status)
	}
}

func TestServeStopsAtOnce(t *testing.T) {
	store := newStore(t)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	h, err := New(Options{Store: store})
	if err != nil {
		t.Fatal(err)
	}
	addr, stop := listen(t, h)
	idle := dial(t, addr, wholeRequest)
	defer idle.Close()
	readAnswer(t, idle)
	slow := dial(t, addr, "GET / HTTP/1.1\r\nHos")
	defer slow.Close()
	began := time.Now()
	if err := stop(); err != nil {
		t.Errorf("Serve: %v", err)
	}
	if took := time.Since(began); took > 4500*time.Millisecond {
		t.Errorf("stopping took %v", took)
	}
}

func TestIdleClientsMakeRoom(t *testing.T) {
	store := newStore(t)
	h, err := New(Options{Store: store, Limits: Limits{Conns: 5}})
	if err != nil {
		t.Fatal(err)
	}
	addr, stop := listen(t, h)
	var idle []net.Conn
	for range 12 {
		conn := dial(t, addr, wholeRequest)
		defer conn.Close()
		readAnswer(t, conn)
		idle = append(idle, conn)
	}
	if _, err := io.WriteString(idle[11], wholeRequest); err != nil {
		t.Fatal(err)
	}
	readAnswer(t, idle[11])
	if _, err := idle[0].Read(make([]byte, 1)); err == nil {
		t.Error("the longest idle connection is still open")
	}
	if err := stop(); err != nil {
		t.Errorf("Serve: %v", err)
	}
}

// BenchmarkAnswer compares a feed from memory with a bare handler that has the
// same bytes.
func BenchmarkAnswer(b *testing.B) {
	store := newStore(b)
	for n := range 50 {
		save(b, store, story("solok.example", n))
	}
	h, err := New(Options{Store: store})
	if err != nil {
		b.Fatal(err)
	}
	first := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/feeds/all.atom", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	h.ServeHTTP(first, r)
	body, etag := first.Body.Bytes(), first.Header().Get("ETag")
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("ETag", etag)
		header.Set("Cache-Control", "public, max-age=60")
		header.Set("Last-Modified", first.Header().Get("Last-Modified"))
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		header.Set("Content-Type", "application/atom+xml; charset=utf-8")
		header.Set("Content-Encoding", "gzip")
		header.Set("Content-Length", fmt.Sprint(len(body)))
		_, _ = w.Write(body)
	})
	for _, which := range []struct {
		name    string
		handler http.Handler
	}{{"bare", bare}, {"kabar", h}} {
		for _, status := range []int{304, 200} {
			b.Run(fmt.Sprintf("%s/%d", which.name, status), func(b *testing.B) {
				server := httptest.NewServer(which.handler)
				defer server.Close()
				conn, err := net.Dial("tcp", server.Listener.Addr().String())
				if err != nil {
					b.Fatal(err)
				}
				defer conn.Close()
				request := "GET /feeds/all.atom HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nUser-Agent: reader\r\n"
				if status == 304 {
					request += "If-None-Match: " + etag + "\r\n"
				}
				request += "\r\n"
				in := bufio.NewReader(conn)
				for b.Loop() {
					if _, err := io.WriteString(conn, request); err != nil {
						b.Fatal(err)
					}
					res, err := http.ReadResponse(in, nil)
					if err != nil || res.StatusCode != status {
						b.Fatal(res, err)
					}
					if _, err := io.Copy(io.Discard, res.Body); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkRender is the time to the first byte of a feed of 50 articles after
// a change, in a store with thousands of others.
func BenchmarkRender(b *testing.B) {
	store := newStore(b)
	for n := range 100 {
		var list []news.Article
		for m := range 100 {
			a := story("solok.example", n*100+m)
			for range 6 {
				a.Body = append(a.Body, a.Body[1])
			}
			list = append(list, a)
		}
		save(b, store, list...)
	}
	for _, path := range []string{"/feeds/all.rss", "/feeds/all.atom", "/feeds/all.json", "/feeds/region/13.02.atom", "/feeds/search.atom?q=banjir+AND+rincian"} {
		b.Run(path, func(b *testing.B) {
			h, err := New(Options{Store: store})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				h.feeds.outdateAll()
				h.searches.outdateAll()
				w := httptest.NewRecorder()
				h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
				if w.Code != 200 {
					b.Fatal(w.Body)
				}
			}
		})
	}
}
