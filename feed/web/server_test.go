package web

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

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
