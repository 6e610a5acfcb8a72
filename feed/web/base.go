package web

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// base is the public place of the front page: "https://kabar.example" and the
// path before our own paths, "" or "/kabar".
type base struct{ origin, path string }

// url is the absolute address of one of our paths.
func (b base) url(path string) string { return b.origin + b.path + path }

// parseBase reads the base_url setting; empty gives the zero base.
func parseBase(s string) (base, error) {
	if s == "" {
		return base{}, nil
	}
	u, err := url.Parse(s)
	if err != nil {
		return base{}, fmt.Errorf("base URL %q: %w", s, err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return base{}, fmt.Errorf("base URL %q: want an address such as https://kabar.example/ or https://example.org/kabar/", s)
	}
	return base{origin: u.Scheme + "://" + u.Host, path: strings.TrimRight(u.EscapedPath(), "/")}, nil
}

// place is where a request came in: under which public base, from whom.
type place struct {
	base   base
	client netip.Addr
}

type placeKey struct{}

func withPlace(r *http.Request, p place) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), placeKey{}, p))
}

func placeOf(r *http.Request) place {
	p, _ := r.Context().Value(placeKey{}).(place)
	return p
}

// locate finds the base of a request and takes its path off the request's.
func (h *Handler) locate(r *http.Request) (*http.Request, base) {
	b := h.base
	if b.origin == "" {
		b = h.requestBase(r)
	}
	if b.path == "" {
		return r, b
	}
	rest, under := strings.CutPrefix(r.URL.Path, b.path)
	if !under || rest != "" && rest[0] != '/' {
		return r, b // the proxy has taken the path off already
	}
	if rest == "" {
		rest = "/"
	}
	u := *r.URL
	u.Path, u.RawPath = rest, ""
	if r.URL.RawPath != "" {
		u.RawPath = strings.TrimPrefix(r.URL.RawPath, b.path)
	}
	r2 := *r
	r2.URL = &u
	return &r2, b
}

// requestBase derives the base from the request itself and, when it comes from
// a trusted proxy, from what that proxy says the client asked for.
func (h *Handler) requestBase(r *http.Request) base {
	scheme, host, prefix := "http", r.Host, ""
	if r.TLS != nil {
		scheme = "https"
	}
	if h.trusted(peer(r)) {
		f := forwarded(r.Header)
		if f.proto == "http" || f.proto == "https" {
			scheme = f.proto
		}
		if validHost(f.host) {
			host = f.host
		}
		if validPrefix(f.prefix) {
			prefix = strings.TrimRight(f.prefix, "/")
		}
	}
	if !validHost(host) {
		host = "localhost"
	}
	return base{origin: scheme + "://" + host, path: prefix}
}

// hop is what a proxy says about the request it passes on.
type hop struct{ proto, host, prefix string }

// forwarded reads the nearest proxy's word: the last element of Forwarded (RFC
// 7239), else the last values of X-Forwarded-*.
func forwarded(header http.Header) hop {
	var f hop
	if values := header.Values("Forwarded"); len(values) > 0 {
		for pair := range strings.SplitSeq(last(values), ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
			switch strings.ToLower(name) {
			case "proto":
				f.proto = strings.ToLower(unquote(value))
			case "host":
				f.host = unquote(value)
			}
		}
	} else {
		f.proto = strings.ToLower(last(header.Values("X-Forwarded-Proto")))
		f.host = last(header.Values("X-Forwarded-Host"))
	}
	f.prefix = last(header.Values("X-Forwarded-Prefix"))
	return f
}

// last is the last element of a comma separated list over several lines.
func last(values []string) string {
	if len(values) == 0 {
		return ""
	}
	v := values[len(values)-1]
	if i := strings.LastIndexByte(v, ','); i >= 0 {
		v = v[i+1:]
	}
	return strings.TrimSpace(v)
}

func unquote(s string) string {
	return strings.ReplaceAll(strings.Trim(strings.TrimSpace(s), `"`), `\`, "")
}

// clientAddr is the address to which limits apply: the peer, or behind trusted
// proxies the first one from the right that is no proxy of ours.
func (h *Handler) clientAddr(r *http.Request) netip.Addr {
	addr := peer(r)
	if len(h.opts.TrustedProxies) == 0 || !h.trusted(addr) {
		return addr
	}
	chain := forwardedFor(r.Header)
	for i := len(chain) - 1; i >= 0; i-- {
		next, ok := parseAddr(chain[i])
		if !ok {
			return addr
		}
		addr = next
		if !h.trusted(addr) {
			return addr
		}
	}
	return addr
}

// forwardedFor lists the clients that the proxies name, oldest first.
func forwardedFor(header http.Header) []string {
	var chain []string
	if values := header.Values("Forwarded"); len(values) > 0 {
		for element := range strings.SplitSeq(strings.Join(values, ","), ",") {
			for pair := range strings.SplitSeq(element, ";") {
				name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
				if strings.EqualFold(name, "for") {
					chain = append(chain, unquote(value))
				}
			}
		}
		return chain
	}
	for element := range strings.SplitSeq(strings.Join(header.Values("X-Forwarded-For"), ","), ",") {
		if element = strings.TrimSpace(element); element != "" {
			chain = append(chain, element)
		}
	}
	return chain
}

// peer is the other end of the connection.
func peer(r *http.Request) netip.Addr {
	addr, _ := parseAddr(r.RemoteAddr)
	return addr
}

// parseAddr reads an address with or without port and brackets.
func parseAddr(s string) (netip.Addr, bool) {
	if full, err := netip.ParseAddrPort(s); err == nil {
		return full.Addr().Unmap().WithZone(""), true
	}
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	addr, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		return netip.Addr{}, false
	}
	return addr.Unmap().WithZone(""), true
}

func (h *Handler) trusted(addr netip.Addr) bool {
	for _, network := range h.opts.TrustedProxies {
		if network.Contains(addr) {
			return true
		}
	}
	return false
}

// validHost tells whether a Host header may stand in our addresses.
func validHost(s string) bool {
	if s == "" || len(s) > 255 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !letter && !strings.ContainsRune("-._:[]", rune(c)) {
			return false
		}
	}
	return true
}

// validPrefix tells whether a path prefix may stand in our addresses.
func validPrefix(s string) bool {
	if !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || len(s) > 255 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !letter && !strings.ContainsRune("-._~/", rune(c)) {
			return false
		}
	}
	return !strings.Contains(s, "..")
}
