package web

import (
	"context"
	"errors"
	"net/netip"
	"runtime"
	"sync"
	"time"
)

// Limits keep one client from starving the others. Zero values mean the
// defaults in brackets. Clients on the server's own machine are held to Work
// only.
type Limits struct {
	PerSecond float64 // requests of one address in the long run [20]
	Burst     int     // requests of one address at once [400]
	Work      int     // requests of one address that need the store, running or waiting [16]
	Conns     int     // open connections in all [16384]; the longest idle one makes room
	AddrConns int     // open connections of one address [128]
}

func (l Limits) withDefaults() Limits {
	if l.PerSecond == 0 {
		l.PerSecond = 20
	}
	if l.Burst == 0 {
		l.Burst = 400
	}
	if l.Work == 0 {
		l.Work = 16
	}
	if l.Conns == 0 {
		l.Conns = 16384
	}
	if l.AddrConns == 0 {
		l.AddrConns = 128
	}
	return l
}

// errBusy tells that an address has too much work in progress.
var errBusy = errors.New("too many requests at once")

// limiter counts requests and work by address.
type limiter struct {
	limits Limits
	slots  chan struct{} // one for each piece of work that runs

	mu         sync.Mutex // guards all below
	young, old map[netip.Addr]*bucket
	working    map[netip.Addr]int
}

// bucket holds the requests an address may make at once; it fills with time.
type bucket struct {
	tokens float64
	at     time.Time
}

// maxBuckets bounds each of the two generations of buckets.
const maxBuckets = 1 << 14

func newLimiter(l Limits) *limiter {
	return &limiter{
		limits:  l.withDefaults(),
		slots:   make(chan struct{}, 2*runtime.GOMAXPROCS(0)),
		young:   make(map[netip.Addr]*bucket),
		old:     make(map[netip.Addr]*bucket),
		working: make(map[netip.Addr]int),
	}
}

// network is what counts as one client: an IPv4 address, or the /64 that an
// IPv6 client can choose its address from.
func network(addr netip.Addr) netip.Addr {
	if addr.Is4() || !addr.IsValid() {
		return addr
	}
	prefix, err := addr.Prefix(64)
	if err != nil {
		return addr
	}
	return prefix.Addr()
}

// allow takes one request out of the address's bucket.
func (l *limiter) allow(addr netip.Addr) bool {
	if addr.IsLoopback() {
		return true
	}
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.bucket(network(addr), now)
	b.tokens = min(b.tokens+now.Sub(b.at).Seconds()*l.limits.PerSecond, float64(l.limits.Burst))
	b.at = now
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}

// bucket finds or makes the bucket of an address; it needs the lock. Addresses
// that were not seen for two generations are forgotten with a full bucket.
func (l *limiter) bucket(addr netip.Addr, now time.Time) *bucket {
	if b, ok := l.young[addr]; ok {
		return b
	}
	b, ok := l.old[addr]
	if !ok {
		b = &bucket{tokens: float64(l.limits.Burst), at: now}
	}
	if len(l.young) >= maxBuckets {
		l.old, l.young = l.young, make(map[netip.Addr]*bucket)
	}
	l.young[addr] = b
	return b
}

// work waits for a slot to do what needs the store. The caller must call
// release. An address with too much in progress gets errBusy.
func (l *limiter) work(ctx context.Context, addr netip.Addr) (release func(), err error) {
	addr = network(addr)
	l.mu.Lock()
	if l.working[addr] >= l.limits.Work {
		l.mu.Unlock()
		return nil, errBusy
	}
	l.working[addr]++
	l.mu.Unlock()
	select {
	case l.slots <- struct{}{}:
		return func() { <-l.slots; l.done(addr) }, nil
	case <-ctx.Done():
		l.done(addr)
		return nil, ctx.Err()
	}
}

func (l *limiter) done(addr netip.Addr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.working[addr]--; l.working[addr] <= 0 {
		delete(l.working, addr)
	}
}
