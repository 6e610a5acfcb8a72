package discover

import (
	"bytes"
	"html"
	"regexp"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
)

var (
	feedStart = regexp.MustCompile(`(?i)<(?:[a-z0-9]+:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s>]`)
)

// repair makes XML that a parser takes from what portals write. The document
// begins at its root: what stands before (warnings of PHP, empty lines, the
// declaration with a charset that no longer holds, a DTD with entities) is
// left away. Outside of CDATA, "&" and "<" that begin nothing are escaped and
// HTML's entities written as characters; what XML forbids is dropped (XML 1.0,
// production 2). Long texts are left away: they are bodies of articles, which
// are read from their pages.
func repair(body []byte) []byte {
	start := feedStart.FindIndex(body)
	if start == nil {
		return nil
	}
	body = body[start[0]:]
	m := mender{out: make([]byte, 0, min(len(body)+len(body)/16, 1<<20))}
	for i := 0; i < len(body); {
		i += m.next(body[i:])
	}
	return m.out
}

// mender writes a repaired document.
type mender struct {
	out   []byte
	begun int  // length of out where the present text began
	inTag bool // it is no text, but what stands in a tag
}

// next writes the next piece and returns how many bytes it was made of.
func (m *mender) next(rest []byte) int {
	switch rest[0] {
	case '<':
		return m.markup(rest)
	case '&':
		n, text := reference(rest)
		if m.wanted() {
			m.out = append(m.out, text...)
		}
		return n
	}
	n := bytes.IndexAny(rest, "<&")
	if n < 0 {
		n = len(rest)
	}
	if end := bytes.IndexByte(rest[:n], '>'); m.inTag && end >= 0 {
		m.out = appendLegal(m.out, rest[:end+1])
		m.begun, m.inTag = len(m.out), false
		return end + 1
	}
	switch {
	case m.inTag:
		m.out = appendLegal(m.out, rest[:n])
	case m.wanted():
		m.out = appendLegal(m.out, rest[:min(n, maxRun)])
	}
	return n
}

// wanted tells whether the present text is still short enough to be read.
func (m *mender) wanted() bool { return m.inTag || len(m.out)-m.begun <= maxRun }

func (m *mender) markup(rest []byte) int {
	n := markup(rest)
	if n == 0 {
		m.out = append(m.out, "&lt;"...)
		return 1
	}
	if n <= maxRun {
		m.out = appendLegal(m.out, rest[:n])
	}
	m.begun, m.inTag = len(m.out), n == 2
	return n
}

// maxRun is the longest text of an element that is read, in bytes; an address
// is the longest that is wanted.
const maxRun = 2500

// markup is how many bytes of CDATA, comment or the beginning of a tag stand
// at the start; 0 for a "<" that is text. Of a tag only the "<" and its name's
// first letter count, so that the "&" in its attributes are mended as well.
func markup(rest []byte) int {
	for _, m := range []struct{ open, end string }{{"<![CDATA[", "]]>"}, {"<!--", "-->"}, {"<?", "?>"}} {
		if bytes.HasPrefix(rest, []byte(m.open)) {
			if end := bytes.Index(rest, []byte(m.end)); end >= 0 {
				return end + len(m.end)
			}
			return len(rest)
		}
	}
	if len(rest) < 2 {
		return 0
	}
	if c := rest[1]; c == '/' || c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		return 2
	}
	return 0
}

var xmlEntity = regexp.MustCompile(`^&(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});`)
var htmlEntity = regexp.MustCompile(`^&[A-Za-z][A-Za-z0-9]{1,30};`)

// reference reads what begins with "&": its length and what to write for it.
func reference(rest []byte) (int, []byte) {
	rest = rest[:min(len(rest), 40)]
	if m := xmlEntity.Find(rest); m != nil {
		if legalReference(m) {
			return len(m), m
		}
		return len(m), nil
	}
	if m := htmlEntity.Find(rest); m != nil {
		if text := html.UnescapeString(string(m)); text != string(m) {
			return len(m), []byte(text)
		}
	}
	return 1, []byte("&amp;")
}

// legalReference tells whether a numeric reference names a character that XML
// allows.
func legalReference(m []byte) bool {
	if m[1] != '#' {
		return true
	}
	text := html.UnescapeString(string(m))
	r, _ := utf8.DecodeRuneInString(text)
	return legal(r) && r != utf8.RuneError
}

// appendLegal appends valid UTF-8 without the characters that XML forbids.
func appendLegal(out, text []byte) []byte {
	for i := 0; i < len(text); {
		if text[i] >= ' ' && text[i] < utf8.RuneSelf {
			out = append(out, text[i])
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if legal(r) && (r != utf8.RuneError || size > 1) {
			out = append(out, text[i:i+size]...)
		}
		i += size
	}
	return out
}

func legal(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000
}

var (
	rssItem   = regexp.MustCompile(`(?is)<item[\s>].*?</item\s*>`)
	atomEntry = regexp.MustCompile(`(?is)<entry[\s>].*?</entry\s*>`)
	rootTag   = regexp.MustCompile(`(?is)^<[^>]*>`)
)

// countItems is how many whole items a document seems to have.
func countItems(body []byte, kind string) int {
	end := "</item>"
	if kind == "feed" {
		end = "</entry>"
	}
	return bytes.Count(body, []byte(end))
}

// salvage reads the items of a broken feed one by one and leaves out those
// that cannot be read. The error is that of the last one when none can.
func salvage(body []byte, kind string) (*gofeed.Feed, error) {
	items, open, end := rssItem, "<channel>", "</channel></rss>"
	root := rootTag.Find(body)
	switch kind {
	case "feed":
		items, open, end = atomEntry, "", "</feed>"
	case "rdf":
		root = []byte(`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">`)
	}
	var whole *gofeed.Feed
	lastErr := gofeed.ErrFeedTypeNotDetected
	for _, item := range items.FindAll(body, maxItems) {
		document := bytes.Join([][]byte{root, []byte(open), item, []byte(end)}, nil)
		parsed, err := parseFeed(document)
		if err != nil {
			lastErr = err
			continue
		}
		if whole == nil {
			whole = parsed
			continue
		}
		whole.Items = append(whole.Items, parsed.Items...)
	}
	if whole == nil {
		return nil, lastErr
	}
	return whole, nil
}
