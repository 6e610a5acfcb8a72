package page

import "strings"

// Bounds of a selector.
const (
	maxCompounds = 6
	maxClasses   = 6
)

// selector is a chain of compounds, "body .x > a", the outermost first.
type selector struct {
	chain  []compound
	weight uint32 // specificity: ids, classes, tags in a byte each
}

// compound is what one element must be: "div.gone#x".
type compound struct {
	tag, id string
	classes []string
	child   bool // of the compound before it; else anywhere within
}

// parseSelector reads what tags, ids and classes say. A selector that asks for
// more (states, attributes, siblings) is not ok; if loose, what it asks for
// beyond is left out, but for what readers must do first.
func parseSelector(text string, loose bool) (s selector, ok bool) {
	next := compound{}
	for {
		text = strings.TrimLeft(text, " \t\n\r\f")
		if text == "" {
			break
		}
		switch text[0] {
		case '>':
			next.child, text = true, text[1:]
			continue
		case '+', '~':
			if !loose || len(s.chain) == 0 {
				return s, false
			}
			s.chain, next, text = s.chain[:len(s.chain)-1], compound{}, text[1:]
			continue
		}
		rest, read := next.parse(text, loose)
		if !read || len(s.chain) == maxCompounds {
			return s, false
		}
		s.chain = append(s.chain, next)
		next, text = compound{}, rest
	}
	for i := range s.chain {
		s.weight += s.chain[i].weight()
	}
	return s, len(s.chain) > 0 && !next.child
}

func (c *compound) weight() uint32 {
	w := uint32(len(c.classes)) << 8
	if c.id != "" {
		w += 1 << 16
	}
	if c.tag != "" {
		w++
	}
	return w
}

// parse reads a compound and gives what follows it.
func (c *compound) parse(text string, loose bool) (rest string, ok bool) {
	some := false
	for text != "" {
		switch text[0] {
		case ' ', '\t', '\n', '\r', '\f', '>', '+', '~':
			return text, some
		case '*':
			text, some = text[1:], true
			continue
		case ':', '[':
			if !loose {
				return "", false
			}
			if text, ok = leaveOut(text); !ok {
				return "", false
			}
			some = true
			continue
		}
		mark := text[0]
		if mark == '.' || mark == '#' {
			text = text[1:]
		}
		end := nameEnd(text)
		if end == 0 || len(c.classes) == maxClasses {
			return "", false
		}
		name := unescaped(text[:end])
		switch mark {
		case '.':
			c.classes = append(c.classes, name)
		case '#':
			c.id = name
		default:
			if some {
				return "", false
			}
			c.tag = strings.ToLower(name)
		}
		text, some = text[end:], true
	}
	return "", some
}

// acted are the states that a reader brings about.
var acted = [...]string{":hover", ":focus", ":active", ":checked", ":target", ":visited", ":before", ":after", "::"}

// leaveOut skips a pseudo-class or attribute, unless it waits for the reader
// or is about something that is no element.
func leaveOut(text string) (rest string, ok bool) {
	for _, state := range acted {
		if strings.HasPrefix(text, state) {
			return "", false
		}
	}
	if text[0] == '[' {
		_, rest, ok = strings.Cut(text, "]")
		return rest, ok
	}
	end := 1 + nameEnd(text[1:])
	if end < len(text) && text[end] == '(' {
		_, rest, ok = strings.Cut(text[end:], ")")
		return rest, ok
	}
	return text[end:], end > 1
}

// nameEnd is where a name ends; a character after a backslash is part of it.
func nameEnd(text string) int {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c >= 0x80:
		case c == '\\' && i+1 < len(text):
			i++
		default:
			return i
		}
	}
	return len(text)
}

// unescaped takes the backslashes away: "md\:block" is named md:block.
func unescaped(name string) string {
	if strings.IndexByte(name, '\\') < 0 {
		return name
	}
	return strings.ReplaceAll(name, `\`, "")
}

// hasWord looks for a word in a list parted by white space.
func hasWord(list, word string) bool {
	for from := 0; from+len(word) <= len(list); {
		i := strings.Index(list[from:], word)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(word)
		if (start == 0 || list[start-1] <= ' ') && (end == len(list) || list[end] <= ' ') {
			return true
		}
		from = start + 1
	}
	return false
}

// awaited are parts of names that programs take away, or answer by showing,
// once the page is ready: what such a rule hides is there to be read.
var awaited = [...]string{"no-js", "nojs", "cloak", "load", "lazy", "reveal", "animat", "wow", "fade", "aos", "skeleton", "not-ready"}

// awaits tells whether a selector hides only until the page is ready.
func (s *selector) awaits() bool {
	for i := range s.chain {
		if isAwaited(s.chain[i].id) {
			return true
		}
		for _, class := range s.chain[i].classes {
			if isAwaited(class) {
				return true
			}
		}
	}
	return false
}

func isAwaited(name string) bool {
	if name == "" {
		return false
	}
	name = strings.ToLower(name)
	for _, part := range awaited {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
