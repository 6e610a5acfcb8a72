package notify

import (
	"net/netip"
	"sync"
	"time"
)

// maxBuckets bounds the clients that are remembered. When there are more, all
// begin anew.
const maxBuckets = 1 << 14

// buckets count the requests of clients. A client's bucket holds what it may
// ask at once and fills with time.
type buckets struct {
	burst, perSecond float64

	mu  sync.Mutex // guards all
	all map[netip.Addr]bucket
}

type bucket struct {
	tokens float64
	at     time.Time
}

func newBuckets(burst int, perSecond float64) *buckets {
	return &buckets{burst: float64(burst), perSecond: perSecond, all: make(map[netip.Addr]bucket)}
}

// take takes one request out of a client's bucket and tells whether there was
// one left.
func (b *buckets) take(client netip.Addr, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	have, ok := b.all[client]
	if !ok {
		if len(b.all) >= maxBuckets {
			clear(b.all)
		}
		have = bucket{tokens: b.burst, at: now}
	}
	have.tokens = min(have.tokens+max(0, now.Sub(have.at).Seconds())*b.perSecond, b.burst)
	have.at = now
	left := have.tokens >= 1
	if left {
		have.tokens--
	}
	b.all[client] = have
	return left
}

// network is what counts as one client: an IPv4 address, or the /64 that an
// IPv6 client can choose its address from.
func network(addr netip.Addr) netip.Addr {
	addr = addr.Unmap()
	if addr.Is4() || !addr.IsValid() {
		return addr
	}
	prefix, err := addr.Prefix(64)
	if err != nil {
		return addr
	}
	return prefix.Addr()
}
