package extract

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Bounds of one JSON text of a page.
const (
	maxJSONBytes = 4 << 20
	maxJSONNodes = 200_000
	maxJSONDepth = 200
)

// jsonTree is a JSON text as pages really carry it, read once and leniently:
// raw line breaks and control characters in strings, quotation marks that were
// not escaped, comments, CDATA marks, trailing commas and a missing end are
// all accepted, and what follows the first value is read as further values.
// Strings stay slices of the text until they are asked for.
//
// Node 0 stands for "nothing"; node 1 is an array of all top values.
type jsonTree struct {
	nodes []jsonNode
}

// jsonNode is one value; its children are a chain.
type jsonNode struct {
	key         string // in its object
	text        string // of a string (still escaped), number or word
	kind        byte   // '{', '[', '"' or 'w' for a number or a bare word
	first, next int32
}

// readJSON reads as much of a text as makes sense; it never fails.
func readJSON(text string) *jsonTree {
	if len(text) > maxJSONBytes {
		text = text[:maxJSONBytes]
	}
	r := jsonReader{text: unwrapJSON(text)}
	r.nodes = make([]jsonNode, 2, 2+min(len(text)/24, 4096))
	r.nodes[1].kind = '['
	last := int32(0)
	for len(r.nodes) < maxJSONNodes {
		r.skip()
		if r.at >= len(r.text) {
			break
		}
		if c := r.text[r.at]; c != '{' && c != '[' {
			r.at++
			continue
		}
		r.chain(1, &last, r.value(0))
	}
	return &jsonTree{nodes: r.nodes}
}

// unwrapJSON undoes one escaping of the whole text, as scripts have it that
// were written as a string or as an attribute.
func unwrapJSON(text string) string {
	start := strings.IndexAny(text, "{[")
	if start < 0 {
		return text
	}
	head := strings.TrimLeft(text[start+1:min(len(text), start+40)], " \t\r\n[{")
	switch {
	case strings.HasPrefix(head, `\"`):
		return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(text)
	case strings.HasPrefix(head, "&"):
		return html.UnescapeString(strings.ReplaceAll(text, "& #", "&#"))
	}
	return text
}

type jsonReader struct {
	text  string
	at    int
	nodes []jsonNode
}

// chain hangs a value behind the last child of a parent.
func (r *jsonReader) chain(parent int32, last *int32, child int32) {
	if child == 0 {
		return
	}
	if *last == 0 {
		r.nodes[parent].first = child
	} else {
		r.nodes[*last].next = child
	}
	*last = child
}

// skip passes white space, commas and comments.
func (r *jsonReader) skip() {
	for r.at < len(r.text) {
		switch c := r.text[r.at]; {
		case c <= ' ' || c == ',' || c == ';':
			r.at++
		case strings.HasPrefix(r.text[r.at:], "/*"):
			r.past("*/")
		case strings.HasPrefix(r.text[r.at:], "//"):
			r.past("\n")
		case strings.HasPrefix(r.text[r.at:], "<!--"), strings.HasPrefix(r.text[r.at:], "-->"):
			r.at += 3
		default:
			return
		}
	}
}

// past goes behind the next occurrence of a mark, or behind the CDATA mark
// that a line comment hides and that has content on the same line.
func (r *jsonReader) past(mark string) {
	rest := r.text[r.at:]
	if end := strings.Index(rest, mark); end >= 0 {
		r.at += end + len(mark)
		return
	}
	if cdata := strings.Index(rest, "<![CDATA["); cdata >= 0 {
		r.at += cdata + len("<![CDATA[")
		return
	}
	r.at = len(r.text)
}

// value reads the value that begins here; 0 when there is none.
func (r *jsonReader) value(depth int) int32 {
	if r.at >= len(r.text) || len(r.nodes) >= maxJSONNodes {
		r.at = len(r.text)
		return 0
	}
	id := int32(len(r.nodes))
	switch c := r.text[r.at]; c {
	case '{', '[':
		r.at++
		r.nodes = append(r.nodes, jsonNode{kind: c})
		if depth >= maxJSONDepth {
			r.at = len(r.text)
			return id
		}
		r.children(id, c, depth)
	case '"':
		r.nodes = append(r.nodes, jsonNode{kind: '"', text: r.quoted()})
	default:
		word := r.word()
		r.nodes = append(r.nodes, jsonNode{kind: 'w', text: word})
	}
	return id
}

// children reads the members of an object or array up to its end.
func (r *jsonReader) children(parent int32, kind byte, depth int) {
	last := int32(0)
	for {
		r.skip()
		if r.at >= len(r.text) {
			return
		}
		switch r.text[r.at] {
		case '}', ']':
			r.at++
			return
		case ':':
			r.at++
			continue
		}
		if kind == '[' {
			r.chain(parent, &last, r.value(depth+1))
			continue
		}
		key := r.key()
		r.skip()
		if r.at >= len(r.text) || r.text[r.at] != ':' {
			continue
		}
		r.at++
		r.skip()
		if r.at < len(r.text) && (r.text[r.at] == '}' || r.text[r.at] == ']') {
			continue
		}
		child := r.value(depth + 1)
		if child != 0 {
			r.nodes[child].key = key
		}
		r.chain(parent, &last, child)
	}
}

func (r *jsonReader) key() string {
	if r.text[r.at] == '"' {
		return r.quoted()
	}
	return r.word()
}

// quoted reads a string and leaves it escaped. A quotation mark ends it only
// where JSON could go on; elsewhere it belongs to the text.
func (r *jsonReader) quoted() string {
	r.at++
	start := r.at
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case '\\':
			r.at += 2
			continue
		case '"':
			if r.endsHere(r.at + 1) {
				s := r.text[start:r.at]
				r.at++
				return s
			}
		}
		r.at++
	}
	r.at = len(r.text)
	return r.text[min(start, len(r.text)):]
}

// endsHere tells whether a string may have ended before this place.
func (r *jsonReader) endsHere(at int) bool {
	for ; at < len(r.text); at++ {
		switch c := r.text[at]; {
		case c <= ' ':
		case c == '}' || c == ']' || c == ':' || c == '/' || c == '<' || c == '"':
			// A second quotation mark begins the next key after a lost comma.
			return c != '"' || r.keyAt(at)
		case c == ',':
			return r.goesOn(at + 1)
		default:
			return false
		}
	}
	return true
}

// goesOn tells whether JSON may go on behind a comma.
func (r *jsonReader) goesOn(at int) bool {
	for ; at < len(r.text); at++ {
		if c := r.text[at]; c > ' ' {
			return strings.IndexByte("\"{[]}-/,0123456789tfn<", c) >= 0
		}
	}
	return true
}

// keyAt tells whether `"word":` begins here.
func (r *jsonReader) keyAt(at int) bool {
	end := at + 1
	for end < len(r.text) && end < at+60 && (isWordByte(r.text[end]) || r.text[end] == '@') {
		end++
	}
	return end > at+1 && strings.HasPrefix(r.text[end:], `":`)
}

func isWordByte(c byte) bool {
	return c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// word reads a number, true, false, null or what should have been quoted; it
// moves by at least one byte.
func (r *jsonReader) word() string {
	start := r.at
	if r.text[r.at] == '\'' {
		if end := strings.IndexByte(r.text[r.at+1:], '\''); end >= 0 {
			r.at += end + 2
			return r.text[start+1 : r.at-1]
		}
	}
	r.at++
	for r.at < len(r.text) && strings.IndexByte(",:{}[]\"\n\r\t ", r.text[r.at]) < 0 {
		r.at++
	}
	return r.text[start:r.at]
}

// get is the member of an object with a key, else 0. Keys ignore a prefix
// such as "schema:".
func (t *jsonTree) get(id int32, key string) int32 {
	if t.nodes[id].kind != '{' {
		return 0
	}
	for c := t.nodes[id].first; c != 0; c = t.nodes[c].next {
		k := t.nodes[c].key
		if k == key || len(k) > len(key) && strings.HasSuffix(k, key) && k[len(k)-len(key)-1] == ':' {
			return c
		}
	}
	return 0
}

// text is a string value decoded; numbers as they stand; else empty.
func (t *jsonTree) text(id int32) string {
	n := t.nodes[id]
	switch n.kind {
	case '"':
		return unescapeJSON(n.text)
	case 'w':
		if n.text == "null" || n.text == "true" || n.text == "false" || n.text == "undefined" {
			return ""
		}
		return n.text
	}
	return ""
}

// first is the text of the first non-empty member among keys. An array gives
// its first text, an object its "@value", "name" or "@id".
func (t *jsonTree) textOf(id int32, keys ...string) string {
	for _, key := range keys {
		if s := t.anyText(t.get(id, key), 0); s != "" {
			return s
		}
	}
	return ""
}

func (t *jsonTree) anyText(id int32, depth int) string {
	if id == 0 || depth > 3 {
		return ""
	}
	switch t.nodes[id].kind {
	case '[':
		for c := t.nodes[id].first; c != 0; c = t.nodes[c].next {
			if s := t.anyText(c, depth+1); s != "" {
				return s
			}
		}
		return ""
	case '{':
		for _, key := range [...]string{"@value", "name", "url", "@id"} {
			if s := t.anyText(t.get(id, key), depth+1); s != "" {
				return s
			}
		}
		return ""
	}
	return strings.TrimSpace(t.text(id))
}

// unescapeJSON undoes the escapes of a string; what is no escape stays.
func unescapeJSON(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		c := s[i]
		if c != '\\' || i+1 >= len(s) {
			b.WriteByte(c)
			i++
			continue
		}
		if s[i+1] == 'u' {
			r, n := unicodeEscape(s[i:])
			b.WriteRune(r)
			i += n
			continue
		}
		switch e := s[i+1]; e {
		case 'n', 'r':
			b.WriteByte('\n')
		case 't', 'b', 'f':
			b.WriteByte(' ')
		default:
			b.WriteByte(e)
		}
		i += 2
	}
	return b.String()
}

// unicodeEscape reads `\uXXXX`, or a pair of surrogates, and its length.
func unicodeEscape(s string) (rune, int) {
	hex := func(s string) (rune, bool) {
		if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
			return 0, false
		}
		n, err := strconv.ParseUint(s[2:6], 16, 16)
		return rune(n), err == nil
	}
	high, ok := hex(s)
	if !ok {
		return utf8.RuneError, 2
	}
	if !utf16.IsSurrogate(high) {
		return high, 6
	}
	if low, ok := hex(s[6:]); ok {
		if r := utf16.DecodeRune(high, low); r != utf8.RuneError {
			return r, 12
		}
	}
	return utf8.RuneError, 6
}
