package portal

import (
	"strconv"
	"strings"
)

// places says where the keys and values of a TOML document stand, as byte
// offsets: "article.title" is a key, "article.title=" its value,
// "article.title.0=" the first element of that, "listing.1" the second
// [[listing]]. The TOML library tells places of syntax errors only.
type places map[string]int

// locate reads a document that is known to be valid TOML. On anything else its
// result is of no use, but it ends.
func locate(document string) places {
	l := locator{text: document, found: places{}, tables: map[string]int{}}
	prefix := ""
	for l.blank(); l.at < len(l.text); l.blank() {
		before := l.at
		if l.peek() == '[' {
			prefix = l.header()
		} else {
			l.pair(prefix)
		}
		if l.at == before {
			break
		}
	}
	return l.found
}

type locator struct {
	text   string
	at     int
	found  places
	tables map[string]int // how many [[name]] there were so far
}

func (l *locator) peek() byte {
	if l.at >= len(l.text) {
		return 0
	}
	return l.text[l.at]
}

func (l *locator) has(prefix string) bool { return strings.HasPrefix(l.text[l.at:], prefix) }

// blank skips space, line ends and comments.
func (l *locator) blank() {
	for l.at < len(l.text) {
		switch l.text[l.at] {
		case ' ', '\t', '\r', '\n':
			l.at++
		case '#':
			l.to("\n")
		default:
			return
		}
	}
}

// to moves behind the next mark, or to the end.
func (l *locator) to(mark string) {
	if i := strings.Index(l.text[l.at:], mark); i >= 0 {
		l.at += i + len(mark)
		return
	}
	l.at = len(l.text)
}

// header reads [table] or [[table]] and returns the prefix of its keys.
func (l *locator) header() string {
	start := l.at
	many := l.has("[[")
	for l.peek() == '[' {
		l.at++
	}
	name := l.key("")
	for l.peek() == ']' {
		l.at++
	}
	if many {
		n := l.tables[name]
		l.tables[name] = n + 1
		if n == 0 {
			l.found.put(name, start)
		}
		name += "." + strconv.Itoa(n)
	}
	l.found.put(name, start)
	return name
}

// pair reads key = value.
func (l *locator) pair(prefix string) {
	l.blank()
	start := l.at
	path := l.key(prefix)
	l.found.put(path, start)
	if l.peek() != '=' {
		return
	}
	l.at++
	l.blank()
	l.value(path)
}

// key reads a dotted key and what space follows it.
func (l *locator) key(path string) string {
	for {
		l.blank()
		path = join(path, l.name())
		l.blank()
		if l.peek() != '.' {
			return path
		}
		l.at++
	}
}

func (l *locator) name() string {
	start := l.at
	if q := l.peek(); q == '"' || q == '\'' {
		l.quoted()
		text := l.text[start:l.at]
		if unquoted, err := strconv.Unquote(text); err == nil {
			return unquoted
		}
		return strings.Trim(text, "'")
	}
	for l.at < len(l.text) && !strings.ContainsRune(" \t\r\n.=[]{},#\"'", rune(l.text[l.at])) {
		l.at++
	}
	return l.text[start:l.at]
}

func (l *locator) value(path string) {
	l.found.put(path+"=", l.at)
	switch l.peek() {
	case '"', '\'':
		l.quoted()
	case '[':
		l.at++
		l.elements(']', func(i int) { l.value(path + "." + strconv.Itoa(i)) })
	case '{':
		l.at++
		l.elements('}', func(int) { l.pair(path) })
	default:
		for l.at < len(l.text) && !strings.ContainsRune(",]}#\r\n", rune(l.text[l.at])) {
			l.at++
		}
	}
}

func (l *locator) elements(end byte, read func(i int)) {
	for i := 0; ; i++ {
		l.blank()
		if l.at >= len(l.text) || l.peek() == end {
			l.at = min(l.at+1, len(l.text))
			return
		}
		before := l.at
		read(i)
		l.blank()
		if l.peek() == ',' {
			l.at++
		}
		if l.at == before {
			return
		}
	}
}

// quoted moves behind a string of any of the four kinds.
func (l *locator) quoted() {
	quote := l.text[l.at : l.at+1]
	if long := strings.Repeat(quote, 3); l.has(long) {
		quote = long
	}
	l.at += len(quote)
	for l.at < len(l.text) && !l.has(quote) {
		if quote[0] == '"' && l.text[l.at] == '\\' {
			l.at++
		}
		l.at++
	}
	l.at = min(l.at+len(quote), len(l.text))
	for len(quote) == 3 && l.peek() == quote[0] { // quotes may stand before the closing ones
		l.at++
	}
}

func (p places) put(path string, offset int) {
	if _, known := p[path]; !known {
		p[path] = offset
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
