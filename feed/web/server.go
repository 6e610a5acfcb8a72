package web

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// Times that a connection may take, and that a stopping server waits.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second
	writeTimeout  = 60 * time.Second
	idleTimeout   = 90 * time.Second
	stopTimeout   = 2 * time.Second
	maxHeader     = 16 << 10
)

// Serve answers on a listener until the context ends, then lets running
// requests finish for a few seconds. It closes the listener.
func (h *Handler) Serve(ctx context.Context, listener net.Listener) error {
	c := newCrowd(h.limits.limits, h.trusted)
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ConnState:         c.state,
		ErrorLog:          slog.NewLogLogger(h.opts.Log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err := server.Shutdown(stop)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	<-failed
	return err
}

// crowd keeps the number of connections in bounds. When there are too many,
// the one that has been waiting longest for a request is closed, so idle and
// slow clients make room for those who ask.
type crowd struct {
	max, maxAddr int
	trusted      func(netip.Addr) bool

	mu      sync.Mutex // guards all below
	open    map[net.Conn]*list.Element
	waiting *list.List // of net.Conn; front waits longest
	byAddr  map[netip.Addr]int
}

func newCrowd(l Limits, trusted func(netip.Addr) bool) *crowd {
	return &crowd{
		max:     l.Conns,
		maxAddr: l.AddrConns,
		trusted: trusted,
		open:    make(map[net.Conn]*list.Element),
		waiting: list.New(),
		byAddr:  make(map[netip.Addr]int),
	}
}

// state is told by net/http what becomes of a connection.
func (c *crowd) state(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateNew:
		c.admit(conn)
	case http.StateIdle:
		if _, ok := c.open[conn]; ok {
			c.open[conn] = c.waiting.PushBack(conn)
		}
	case http.StateActive:
		if element := c.open[conn]; element != nil {
			c.waiting.Remove(element)
			c.open[conn] = nil
		}
	case http.StateClosed, http.StateHijacked:
		c.leave(conn)
	}
}

// admit counts a new connection and makes room for it; it needs the lock.
func (c *crowd) admit(conn net.Conn) {
	addr := c.addr(conn)
	c.open[conn] = c.waiting.PushBack(conn)
	c.byAddr[addr]++
	if !addr.IsLoopback() && !c.trusted(addr) && c.byAddr[addr] > c.maxAddr {
		_ = conn.Close()
		return
	}
	if len(c.open) > c.max {
		oldest := c.waiting.Front().Value.(net.Conn)
		c.leave(oldest)
		_ = oldest.Close()
	}
}

// leave forgets a connection; it needs the lock.
func (c *crowd) leave(conn net.Conn) {
	element, ok := c.open[conn]
	if !ok {
		return
	}
	delete(c.open, conn)
	if element != nil {
		c.waiting.Remove(element)
	}
	addr := c.addr(conn)
	if c.byAddr[addr]--; c.byAddr[addr] <= 0 {
		delete(c.byAddr, addr)
	}
}

func (c *crowd) addr(conn net.Conn) netip.Addr {
	addr, _ := parseAddr(conn.RemoteAddr().String())
	return network(addr)
}
