package feed

import (
	"html"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"
)

// Bounds of foreign text, in runes for lines and in bytes for addresses and
// bodies. Readers refuse or cut far longer ones.
const (
	maxTitle   = 300
	maxName    = 120
	maxTags    = 24
	maxSummary = 400
	maxURL     = 2048
	maxBody    = 256 << 10
)

// allowed tells whether a rune may stand in our feeds and pages: the
// characters of XML 1.0 (production 2) without the C1 controls and
// noncharacters that the same production discourages, without replacement
// characters, which only say that something was lost, and without the marks
// that turn the direction of writing around what follows.
func allowed(r rune) bool {
	switch {
	case r < 0x20:
		return r == '\n' || r == '\t'
	case r < 0x7f:
		return true
	case r <= 0x9f, r == utf8.RuneError, r == 0xfeff:
		return false
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return false
	case r >= 0xd800 && r <= 0xdfff, r >= 0xfdd0 && r <= 0xfdef:
		return false
	case r&0xfffe == 0xfffe:
		return false
	}
	return r <= utf8.MaxRune
}

// Clean is s as valid UTF-8 with only the characters that may stand in a feed,
// cut after max bytes at a rune. A "<" that could begin a tag becomes "‹":
// several readers take plain text for HTML or decode it twice.
func Clean(s string, max int) string {
	if len(s) > max {
		s = s[:max]
	}
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r == '\r':
			if i+1 >= len(s) || s[i+1] != '\n' {
				b.WriteByte('\n')
			}
		case r == 0x2028 || r == 0x2029:
			b.WriteByte('\n')
		case !allowed(r):
		case r == '<' && beginsTag(s[i+1:]):
			b.WriteRune('‹')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isClean is the quick way for ordinary text.
func isClean(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if r == '<' || r == 0x2028 || r == 0x2029 || !allowed(r) {
			return false
		}
	}
	return true
}

// beginsTag tells whether what follows a "<" makes it the beginning of a tag,
// an end tag, a comment or a declaration, now or after forbidden characters
// are taken away.
func beginsTag(rest string) bool {
	for _, r := range rest {
		if !allowed(r) {
			continue
		}
		return r == '/' || r == '!' || r == '?' || r >= 0x80 || 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return false
}

// Line is s as one clean line of plain text of at most max runes, without
// entities.
func Line(s string, max int) string {
	if len(s) > 16*max {
		s = s[:16*max]
	}
	s = strings.Join(strings.Fields(unescape(Clean(s, len(s)))), " ")
	if utf8.RuneCountInString(s) <= max {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:max-1])) + "…"
}

// unescape takes entities out of clean text, also where they were written
// twice or more often; a text that still has some then loses its ampersands.
func unescape(s string) string {
	for range 4 {
		if !strings.Contains(s, "&") {
			return s
		}
		plain := Clean(html.UnescapeString(s), len(s))
		if plain == s {
			return s
		}
		s = plain
	}
	return strings.ReplaceAll(s, "&", "+")
}

// Address is s as an absolute http or https address that can stand in any
// attribute, or empty when it is none.
func Address(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxURL || !utf8.ValidString(s) {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.User != nil || u.Hostname() == "" {
		return ""
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	if strings.ContainsAny(u.Host, " <>\"{}|\\^`'%") {
		return ""
	}
	return escapeAddress(u.String())
}

// escapeAddress percent-encodes the characters that RFC 3986 does not know in
// addresses but that net/url lets through in queries and fragments.
func escapeAddress(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c > 0x20 && c < 0x7f && !strings.ContainsRune("<>\"{}|\\^`'", rune(c)) {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

// imageType is the media type of a picture by the ending of its address;
// nearly all pictures without a telling ending are JPEG.
func imageType(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "image/jpeg"
	}
	switch strings.ToLower(path.Ext(u.Path)) {
	case ".png":
		return "image/png"
	case ".gif":
		return "image/gif"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".svg":
		return "image/svg+xml"
	case ".bmp":
		return "image/bmp"
	default:
		return "image/jpeg"
	}
}
