package robots

import (
	"strings"
	"time"
)

// Rules are what a file asks of one crawler. The zero value allows everything.
type Rules struct {
	// CrawlDelay is the asked time between two requests, 0 when none is
	// asked, at most MaxCrawlDelay. It is no part of RFC 9309.
	CrawlDelay time.Duration

	rules     []rule
	forbidden bool
}

// Group joins all groups that name the product token, letter case ignored;
// without one, all groups for "*" (RFC 9309, 2.2.1).
func (f *File) Group(product string) Rules {
	if f == nil {
		return Rules{}
	}
	if f.forbidden {
		return Rules{forbidden: true}
	}
	rules, found := f.join(productToken(product))
	if !found {
		rules, _ = f.join("*")
	}
	return rules
}

func (f *File) join(token string) (joined Rules, found bool) {
	for _, g := range f.groups {
		for _, agent := range g.agents {
			if agent != token {
				continue
			}
			found = true
			joined.rules = append(joined.rules, g.rules...)
			joined.CrawlDelay = max(joined.CrawlDelay, g.delay)
			break
		}
	}
	return joined, found
}

// Allowed tells whether the path with its query, as url.URL.RequestURI gives
// it, may be fetched: the rule with the most octets decides, Allow wins a tie,
// no rule allows (RFC 9309, 2.2.2). robots.txt itself is always allowed.
func (r Rules) Allowed(requestURI string) bool {
	path, _, _ := strings.Cut(requestURI, "?")
	if path == "/robots.txt" {
		return true
	}
	if r.forbidden {
		return false
	}
	uri := normalize(requestURI, true)
	allowed, longest := true, -1
	for i := range r.rules {
		rule := &r.rules[i]
		if rule.length < longest || rule.length == longest && !rule.allow {
			continue
		}
		if rule.matches(uri) {
			allowed, longest = rule.allow, rule.length
		}
	}
	return allowed
}

// rule is one Allow or Disallow line.
type rule struct {
	allow    bool
	anchored bool     // ended in "$"
	length   int      // octets of the normalized pattern
	parts    []string // the pattern cut at "*"
}

func newRule(pattern string, allow bool) rule {
	if pattern[0] != '/' && pattern[0] != '*' && pattern[0] != '$' {
		pattern = "/" + pattern // forgotten, and never meant otherwise
	}
	text, anchored := strings.CutSuffix(pattern, "$")
	text = normalize(text, false)
	length := len(text)
	if anchored {
		length++
	}
	return rule{allow: allow, anchored: anchored, length: length, parts: strings.Split(text, "*")}
}

// matches walks once over the address: each part between stars is taken where
// it first fits, which is enough because stars match anything.
func (r *rule) matches(uri string) bool {
	rest, ok := strings.CutPrefix(uri, r.parts[0])
	if !ok {
		return false
	}
	parts := r.parts[1:]
	if len(parts) == 0 {
		return !r.anchored || rest == ""
	}
	last := parts[len(parts)-1]
	for _, part := range parts[:len(parts)-1] {
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	if r.anchored {
		return strings.HasSuffix(rest, last)
	}
	return strings.Contains(rest, last)
}

// normalize brings an address or a pattern to the one spelling in which octets
// can be compared (RFC 9309, 2.2.2): unreserved characters stand for
// themselves, reserved ones stay as they are written, everything else is
// percent-encoded with capital digits. In an address "*" and "$" have no
// meaning and are encoded, as a pattern writes them when it means them.
func normalize(s string, address bool) string {
	if isNormal(s, address) {
		return s
	}
	const digits = "0123456789ABCDEF"
	var out strings.Builder
	out.Grow(len(s) + 16)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			octet := unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
			if isUnreserved(octet) {
				out.WriteByte(octet)
				continue
			}
			c = octet
		case isPlain(c, address):
			out.WriteByte(c)
			continue
		}
		out.WriteByte('%')
		out.WriteByte(digits[c>>4])
		out.WriteByte(digits[c&15])
	}
	return out.String()
}

func isNormal(s string, address bool) bool {
	for i := 0; i < len(s); i++ {
		if !isPlain(s[i], address) {
			return false
		}
	}
	return true
}

// isPlain tells whether an octet is written as itself.
func isPlain(c byte, address bool) bool {
	switch c {
	case '*':
		return !address
	case ':', '/', '?', '[', ']', '@', '!', '&', '\'', '(', ')', '+', ',', ';', '=':
		return true
	default:
		return isUnreserved(c)
	}
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	default:
		return c - 'a' + 10
	}
}
