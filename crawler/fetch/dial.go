package fetch

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"sync"
	"syscall"
	"time"
)

const (
	// namesTTL is how long looked-up addresses are used. Each dial checks them
	// anew, so an old answer can be wrong but not dangerous.
	namesTTL    = 5 * time.Minute
	maxNames    = 4096
	dialTimeout = 10 * time.Second
)

// dialer looks up names and dials only addresses that the policy allows.
type dialer struct {
	policy   addressPolicy
	resolver Resolver
	dial     net.Dialer

	mu    sync.Mutex // guards names
	names map[string]lookup
}

type lookup struct {
	addrs []netip.Addr
	until time.Time // real time
}

func newDialer(o Options) *dialer {
	d := &dialer{
		policy:   newAddressPolicy(o.AllowNets),
		resolver: o.Resolver,
		names:    map[string]lookup{},
	}
	if d.resolver == nil {
		d.resolver = net.DefaultResolver
	}
	d.dial = net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second, Control: d.control}
	return d
}

// control sees the address that is about to be connected to, after every
// lookup and in its final form.
func (d *dialer) control(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return &Error{Kind: ForbiddenAddress, Detail: "leads to " + address + ", which is no address"}
	}
	return d.policy.check(ap.Addr())
}

// addresses are the allowed addresses of a host, IPv4 first, in a fixed order:
// hosts that share them share the first one, and so a lane.
func (d *dialer) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		addr = addr.WithZone("").Unmap()
		return []netip.Addr{addr}, d.policy.check(addr)
	}
	d.mu.Lock()
	known, ok := d.names[host]
	d.mu.Unlock()
	if ok && time.Now().Before(known.until) {
		return known.addrs, nil
	}
	addrs, err := d.lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.names) >= maxNames {
		clear(d.names)
	}
	d.names[host] = lookup{addrs, time.Now().Add(namesTTL)}
	return addrs, nil
}

// lookup leaves out forbidden addresses; when no other is left, it says so.
func (d *dialer) lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	found, err := d.resolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	var addrs []netip.Addr
	err = &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	for _, addr := range found {
		addr = addr.WithZone("").Unmap()
		if refusal := d.policy.check(addr); refusal != nil {
			err = refusal
			continue
		}
		addrs = append(addrs, addr)
	}
	if len(addrs) == 0 {
		return nil, err
	}
	slices.SortFunc(addrs, compareAddrs)
	return slices.Compact(addrs), nil
}

func compareAddrs(a, b netip.Addr) int {
	if a.Is4() != b.Is4() {
		if a.Is4() {
			return -1
		}
		return 1
	}
	return a.Compare(b)
}

// DialContext tries the addresses of a host one after the other.
func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	addrs, err := d.addresses(ctx, host)
	if err != nil {
		return nil, err
	}
	var first error
	for _, addr := range addrs {
		conn, err := d.dial.DialContext(ctx, network, net.JoinHostPort(addr.String(), port))
		if err == nil {
			return conn, nil
		}
		if first == nil {
			first = err
		}
		if ctx.Err() != nil {
			break
		}
	}
	d.forget(host)
	return nil, first
}

// forget makes the next request look the name up again.
func (d *dialer) forget(host string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.names, host)
}
