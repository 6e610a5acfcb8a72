package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of what is read of style elements.
const (
	maxSheets    = 512 << 10 // bytes of all together
	maxRules     = 4096
	maxSelectors = 8192
	maxNested    = 8 // at-rules within each other
)

// sheet is what the style elements of a document say that decides whether
// something is seen.
type sheet struct {
	rules []rule
	read  int // bytes
}

// rule is a list of selectors with what its style says.
type rule struct {
	selectors string
	style     style
}

// gather reads the style elements for screens under n.
func (s *sheet) gather(n *html.Node) {
	if n.DataAtom == atom.Style && n.Namespace == "" {
		if text := n.FirstChild; text != nil && isForScreens(attr(n, "media")) && s.read < maxSheets {
			css := text.Data[:min(len(text.Data), maxSheets-s.read)]
			s.read += len(css)
			if strings.Contains(css, "/*") {
				css = withoutComments(css)
			}
			s.block(css, false, 0)
		}
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			s.gather(c)
		}
	}
}

// isForScreens tells media that every screen is among.
func isForScreens(media string) bool {
	switch strings.ToLower(strings.TrimSpace(media)) {
	case "", "all", "screen", "only screen", "screen, projection", "screen,projection":
		return true
	}
	return false
}

// block reads rules one after another. Where they hold for some screens only
// they cannot hide, but show.
func (s *sheet) block(css string, some bool, depth int) {
	for css != "" && len(s.rules) < maxRules {
		open := nextBrace(css)
		if open == len(css) {
			return
		}
		prelude := css[:open]
		if css[open] == '}' {
			css = css[open+1:]
			continue
		}
		end := open + blockEnd(css[open:])
		inner := css[open+1 : end]
		css = css[min(len(css), end+1):]
		if i := strings.LastIndexByte(prelude, ';'); i >= 0 {
			prelude = prelude[i+1:]
		}
		prelude = strings.TrimSpace(prelude)
		prelude = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(prelude, "<!--"), "-->"))
		if !strings.HasPrefix(prelude, "@") {
			s.rule(prelude, inner, some)
		} else if within, holds := atRule(prelude); holds && depth < maxNested {
			s.block(inner, some || within, depth+1)
		}
	}
}

// atRule tells whether rules within it hold on screens at all, and whether on
// some only.
func atRule(prelude string) (some, holds bool) {
	prelude = strings.ToLower(prelude)
	if condition, ok := strings.CutPrefix(prelude, "@media"); ok {
		never := strings.Contains(condition, "print") || strings.Contains(condition, "speech")
		return !isForScreens(condition), !never
	}
	some = strings.HasPrefix(prelude, "@supports") || strings.HasPrefix(prelude, "@container")
	return some, some || strings.HasPrefix(prelude, "@layer")
}

func (s *sheet) rule(selectors, inner string, some bool) {
	if i := strings.IndexByte(inner, '{'); i >= 0 {
		inner = inner[:strings.LastIndexByte(inner[:i], ';')+1] // rules within follow
	}
	st := readStyle(inner, nil)
	if some {
		st.on, st.firmOn = st.on&(moving|tall|wide|padded|centered|clear), 0
	}
	if st != (style{}) {
		s.rules = append(s.rules, rule{selectors, st})
	}
}

// nextBrace is where the next brace stands that is in no quotes.
func nextBrace(css string) int {
	for i := 0; i < len(css); i++ {
		switch css[i] {
		case '{', '}':
			return i
		case '"', '\'':
			i = quoteEnd(css, i)
		case '\\':
			i++
		}
	}
	return len(css)
}

// blockEnd is where the block closes that opens at the start.
func blockEnd(css string) int {
	depth := 0
	for i := 0; i < len(css); i++ {
		i += nextBrace(css[i:])
		switch {
		case i >= len(css):
		case css[i] == '{':
			depth++
		default:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(css)
}

// quoteEnd is where the quote closes that opens at from, or its line ends.
func quoteEnd(css string, from int) int {
	for i := from + 1; i < len(css); i++ {
		switch css[i] {
		case css[from], '\n':
			return i
		case '\\':
			i++
		}
	}
	return len(css)
}
