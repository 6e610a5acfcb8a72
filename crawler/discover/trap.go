package discover

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode"
)

// Limits of addresses that are followed.
const (
	maxDepth      = 12 // path segments
	maxRepeats    = 2  // times that one segment may stand in a path
	maxParameters = 8
	maxUsual      = 600 // bytes; a slug of a long headline has about 200
)

// Trap tells whether an address leads into something that never ends or does
// harm: calendars, parameters without end, repeated path segments, ids in
// tokens that change at every rendering, random articles, carts, logins,
// shares, prints and replies. The reason is a few plain words. seen may be nil;
// else it tells whether the Key of an address is known already.
func Trap(address string, seen func(key string) bool) (reason string, bad bool) {
	if len(address) > maxUsual {
		return "address too long", true
	}
	_, rest, found := strings.Cut(address, "://")
	if !found {
		return "no address", true
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(strings.ToLower(rest), "?")
	_, path, _ := strings.Cut(rest, "/")
	if reason := trapPath(path); reason != "" {
		return reason, true
	}
	if reason := trapQuery(query, path); reason != "" {
		return reason, true
	}
	if key := Key(address); key != address && seen != nil && seen(key) {
		return "changing token for a known page", true
	}
	return "", false
}

func trapPath(path string) string {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	if len(segments) > maxDepth {
		return "path too deep"
	}
	times := map[string]int{}
	for _, segment := range segments {
		if times[segment]++; times[segment] > maxRepeats {
			return "repeated path segment"
		}
		if strings.HasPrefix(segment, "http:") || strings.HasPrefix(segment, "https:") || strings.HasPrefix(segment, "http%3a") || strings.HasPrefix(segment, "https%3a") {
			return "address inside an address"
		}
		if reason := trapSegments[strings.TrimSuffix(strings.TrimSuffix(segment, ".php"), ".html")]; reason != "" {
			return reason
		}
	}
	return ""
}

var trapSegments = map[string]string{
	"kalender": "calendar", "calendar": "calendar", "kalender-kegiatan": "calendar", "event-calendar": "calendar",
	"cart": "cart", "add-to-cart": "cart", "keranjang": "cart", "checkout": "cart", "wishlist": "cart", "my-account": "login",
	"login": "login", "logout": "login", "signin": "login", "sign-in": "login", "signup": "login", "masuk": "login",
	"register": "login", "daftar-akun": "login", "wp-login": "login", "wp-admin": "login", "administrator": "login", "lupa-password": "login",
	"share": "share", "sharer": "share", "print": "print", "cetak": "print", "trackback": "reply", "reply": "reply",
	"random": "random article", "random-post": "random article", "cdn-cgi": "server machinery", "xmlrpc": "server machinery",
}

// trapQuery looks at parameters. Those that Address drops anyway do no harm
// behind a path that names a page.
func trapQuery(query, path string) string {
	if query == "" {
		return ""
	}
	pairs := strings.Split(query, "&")
	if len(pairs) > maxParameters {
		return "too many parameters"
	}
	var year, month, day, named bool
	times := map[string]int{}
	for _, pair := range pairs {
		key, value, _ := strings.Cut(pair, "=")
		if times[key]++; times[key] > maxRepeats && !strings.HasSuffix(key, "[]") {
			return "repeated parameter"
		}
		switch key {
		case "y", "yr", "year", "thn", "tahun", "th":
			year = true
		case "month", "mon", "bln", "bulan", "mo":
			month = true
		case "day", "tgl", "tanggal", "date", "hari":
			day = true
		case "slug", "judul":
			named = named || value != ""
		case "id", "p", "berita", "read", "post":
			named = named || strings.ContainsAny(value, "0123456789")
		case "add-to-cart", "add_to_cart", "remove_item", "add_to_wishlist":
			return "cart"
		case "ical", "outlook-ical", "tribe-bar-date":
			return "calendar"
		case "random-post", "random":
			if path == "" {
				return "random article"
			}
		case "share":
			if path == "" {
				return "share"
			}
		case "redirect", "redirect_to", "return", "returnurl", "return_url", "next", "back_to", "continue":
			if strings.Contains(value, "http") || strings.HasPrefix(value, "/") || strings.HasPrefix(value, "%2f") {
				return "address inside an address"
			}
		case "action", "do", "act", "task":
			if actions[value] {
				return value
			}
		case "view", "tab", "mod", "modul", "module":
			if value == "kalender" || value == "calendar" || value == "login" {
				return value
			}
		}
	}
	if (year && month || day && (year || month) || day) && !named {
		return "calendar"
	}
	return ""
}

var actions = map[string]bool{"login": true, "logout": true, "register": true, "print": true, "edit": true, "share": true,
	"reply": true, "add": true, "cart": true, "vote": true, "lostpassword": true, "mailto": true}

// Key is the identity of an address: the address without ids that change at
// every rendering (encrypted or signed tokens), which stand as "~". It equals
// the address when there are none.
func Key(address string) string {
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		return address
	}
	base, query, asked := strings.Cut(rest, "?")
	segments := strings.Split(base, "/")
	changed := false
	for i, segment := range segments {
		if i > 0 && (isToken(segment) || i > 1 && isShortToken(segment) && countWords(segments[i-1]) >= 4) {
			segments[i], changed = "~", true
		}
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		if key, value, ok := strings.Cut(pair, "="); ok && isToken(value) {
			pairs[i], changed = key+"=~", true
		}
	}
	if !changed {
		return address
	}
	key := scheme + "://" + strings.Join(segments, "/")
	if asked {
		key += "?" + strings.Join(pairs, "&")
	}
	return key
}

// isShortToken tells a short id of mixed letters, such as aB3xK9q, that stands
// behind a slug.
func isShortToken(s string) bool {
	if len(s) < 6 || len(s) >= minToken {
		return false
	}
	var upper, lower, digit bool
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			upper = true
		case c >= 'a' && c <= 'z':
			lower = true
		case c >= '0' && c <= '9':
			digit = true
		default:
			return false
		}
	}
	return upper && lower && digit
}

const minToken = 40 // bytes; a signed or encrypted value is never shorter

var encrypted = regexp.MustCompile(`^[A-Za-z0-9+/_=%-]+$`)

// isToken tells an encrypted value (Laravel's is base64 of a JSON object with
// the members iv, value and mac) from a slug.
func isToken(s string) bool {
	if len(s) < minToken || !encrypted.MatchString(s) {
		return false
	}
	if strings.HasPrefix(s, "eyJ") {
		head, err := base64.RawStdEncoding.DecodeString(s[:minToken/4*4])
		return err == nil && head[0] == '{'
	}
	var upper, lower, digits, hyphens int
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		case unicode.IsDigit(r):
			digits++
		case r == '-':
			hyphens++
		}
	}
	// A slug has hyphens and one letter case; random text mixes all kinds.
	return hyphens*12 < len(s) && digits*12 > len(s) && upper*8 > len(s) && lower*8 > len(s)
}
