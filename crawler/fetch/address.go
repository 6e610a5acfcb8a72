package fetch

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// special is a network that is not the public internet.
type special struct {
	prefix netip.Prefix
	name   string
}

// specialNetworks are the networks of the IANA special-purpose address registries
// (RFC 6890 and its updates) that are not globally reachable, and those that
// hide another address inside (6to4, Teredo). Of IPv6 only 2000::/3 is public
// at all; what lies outside of it and is not named here is refused as well.
func specialNetworks() []special {
	return specialList(
		"0.0.0.0/8", "an unspecified address",
		"10.0.0.0/8", "a private address",
		"100.64.0.0/10", "an address inside a provider's network",
		"127.0.0.0/8", "a loopback address",
		"169.254.0.0/16", "a link-local address",
		"172.16.0.0/12", "a private address",
		"192.0.0.0/24", "a reserved address",
		"192.0.2.0/24", "a documentation address",
		"192.88.99.0/24", "a reserved address",
		"192.168.0.0/16", "a private address",
		"198.18.0.0/15", "a benchmarking address",
		"198.51.100.0/24", "a documentation address",
		"203.0.113.0/24", "a documentation address",
		"224.0.0.0/4", "a multicast address",
		"255.255.255.255/32", "the broadcast address",
		"240.0.0.0/4", "a reserved address",
		"::/128", "the unspecified address",
		"::1/128", "the loopback address",
		"64:ff9b::/96", "a translated address",
		"64:ff9b:1::/48", "a translated address",
		"100::/64", "a discarded address",
		"2001::/23", "a reserved address",
		"2001:db8::/32", "a documentation address",
		"2002::/16", "a tunneled address",
		"3fff::/20", "a documentation address",
		"fc00::/7", "a private address",
		"fe80::/10", "a link-local address",
		"fec0::/10", "a private address",
		"ff00::/8", "a multicast address",
	)
}

func specialList(pairs ...string) []special {
	list := make([]special, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, special{netip.MustParsePrefix(pairs[i]), pairs[i+1]})
	}
	return list
}

// addressPolicy decides which addresses may be dialed.
type addressPolicy struct {
	allow    []netip.Prefix
	specials []special
}

func newAddressPolicy(allow []netip.Prefix) addressPolicy {
	return addressPolicy{allow: allow, specials: specialNetworks()}
}

// check returns an *Error without URL for an address that is not public and
// not allowed. IPv4 addresses written as IPv6 ones count as what they are.
func (p addressPolicy) check(addr netip.Addr) error {
	addr = addr.WithZone("").Unmap()
	for _, allowed := range p.allow {
		if allowed.Contains(addr) {
			return nil
		}
	}
	if !addr.IsValid() {
		return &Error{Kind: ForbiddenAddress, Detail: "has no valid address"}
	}
	for _, s := range p.specials {
		if s.prefix.Contains(addr) {
			return forbidden(addr, s.name, s.prefix)
		}
	}
	if addr.Is6() && addr.As16()[0]>>5 != 1 {
		return forbidden(addr, "a reserved address", netip.PrefixFrom(addr, 128))
	}
	return nil
}

func forbidden(addr netip.Addr, name string, prefix netip.Prefix) *Error {
	return &Error{
		Kind:   ForbiddenAddress,
		Detail: addr.String() + " is " + name + "; allow it with --allow-net " + prefix.String() + " if you trust it",
	}
}

// checkTarget refuses addresses that are no plain web addresses: other
// schemes, names and passwords, ports that the portal does not use.
func checkTarget(u *url.URL, e *errand) error {
	bad := func(detail string) error {
		return &Error{URL: u.Redacted(), Kind: BadAddress, Detail: detail}
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return bad("is no http or https address")
	case hostOf(u) == "" || u.Opaque != "":
		return bad("names no host")
	case u.User != nil && !e.service:
		return bad("contains a user name")
	}
	port := portOf(u)
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
		return bad("has no valid port")
	}
	if port == "80" || port == "443" || e.uses(port) {
		return nil
	}
	return bad("uses port " + port + ", which the portal's definition does not name")
}

// hostOf is the name of a host as lanes and memory know it: lower case,
// without port, final dot and IPv6 zone; IPv4 addresses as IPv4.
func hostOf(u *url.URL) string {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.WithZone("").Unmap().String()
	}
	return host
}

func portOf(u *url.URL) string {
	if port := u.Port(); port != "" {
		return port
	}
	if u.Scheme == "https" {
		return "443"
	}
	return "80"
}

// originOf is scheme://host:port, the place for which a robots.txt holds.
func originOf(u *url.URL) string {
	return u.Scheme + "://" + net.JoinHostPort(hostOf(u), portOf(u))
}
