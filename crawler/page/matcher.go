package page

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxTried bounds how often a compound is held against an element, over a
// whole page, which takes some tens of milliseconds. What a hostile page asks
// for beyond is not answered.
const maxTried = 1 << 20

// matcher holds the rules of a document against its elements.
type matcher struct {
	rules              []rule
	ways               ways // in which rules hide
	completed          bool // all rules are added, not only those that may hide
	count              int  // of selectors
	classes, ids, tags names
	tried              int
	found              []*bound // for the element at hand
	judged             map[*html.Node]ways
}

// names file selectors by the most telling name of their innermost compound.
type names map[string]*bucket

// bound is a selector with its style.
type bound struct {
	selector
	style style
	order int // of its rule
}

// bucket are the selectors of one name.
type bucket struct {
	hiding, rest []*bound // those that may hide, and those that may not
}

// matcher is nil when no rule hides anything.
func (s *sheet) matcher() *matcher {
	m := &matcher{rules: s.rules}
	for i := range s.rules {
		if st := s.rules[i].style; st.mayHide() {
			m.ways |= st.on | st.firmOn
			m.add(i)
		}
	}
	if m.ways == 0 {
		return nil
	}
	m.judged = map[*html.Node]ways{}
	return m
}

func (s style) mayHide() bool { return (s.on|s.firmOn)&(alone|together) != 0 }

// complete adds the rules that qualify or take back what others hide. Most
// pages have no element that could be hidden, and so no need of them.
func (m *matcher) complete() {
	m.completed = true
	for i := range m.rules {
		st := m.rules[i].style
		if !st.mayHide() && ((st.off|st.firmOff)&m.ways != 0 || st.on|st.firmOn != 0) {
			m.add(i)
		}
	}
}

// add parses the selectors of a rule.
func (m *matcher) add(order int) {
	r := &m.rules[order]
	hides := r.style.mayHide()
	for text := range strings.SplitSeq(r.selectors, ",") {
		if m.count >= maxSelectors {
			return
		}
		m.count++
		if sel, ok := parseSelector(text, !hides); ok && !(hides && sel.awaits()) {
			m.file(&bound{sel, r.style, order}, hides)
		}
	}
}

// file puts a selector under the name that fewest elements have.
func (m *matcher) file(b *bound, hides bool) {
	last := &b.chain[len(b.chain)-1]
	under, name := &m.tags, last.tag
	switch {
	case last.id != "":
		under, name = &m.ids, last.id
	case len(last.classes) > 0:
		under, name = &m.classes, last.classes[0]
	case last.tag == "":
		return // every element: resets
	}
	if *under == nil {
		*under = names{}
	}
	at := (*under)[name]
	if at == nil {
		at = &bucket{}
		(*under)[name] = at
	}
	if hides {
		at.hiding = append(at.hiding, b)
	} else {
		at.rest = append(at.rest, b)
	}
}

// walk judges the elements under n that rules are about.
func (m *matcher) walk(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.DataAtom {
		case atom.Head, atom.Script, atom.Style, atom.Template:
			continue
		case atom.Body, atom.Html:
		default:
			m.judge(c)
		}
		m.walk(c)
	}
}

// judge notes whether an element is hidden, if a rule that may hide is about
// it.
func (m *matcher) judge(n *html.Node) {
	m.found = m.found[:0]
	m.each(n, m.tryHiding)
	if len(m.found) == 0 || isShut(n) {
		return
	}
	hidden := m.whole(n).on.conceal()
	if hidden != 0 && hidden&^inherited == 0 && m.shownWithin(n, hidden) {
		hidden = 0
	}
	m.judged[n] = hidden
}

// each visits what is filed under the names of an element.
func (m *matcher) each(n *html.Node, try func(*html.Node, *bucket)) {
	if at := m.tags[n.Data]; at != nil {
		try(n, at)
	}
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "id":
			if at := m.ids[a.Val]; at != nil {
				try(n, at)
			}
		case "class":
			if len(m.classes) == 0 {
				continue
			}
			for class := range strings.FieldsSeq(a.Val) {
				if at := m.classes[class]; at != nil {
					try(n, at)
				}
			}
		}
	}
}

func (m *matcher) tryHiding(n *html.Node, at *bucket) { m.try(n, at.hiding) }

func (m *matcher) tryAll(n *html.Node, at *bucket) {
	m.try(n, at.hiding)
	m.try(n, at.rest)
}

// try adds to those found the selectors that match.
func (m *matcher) try(n *html.Node, selectors []*bound) {
	for _, b := range selectors {
		if m.tried >= maxTried {
			return
		}
		if m.matches(n, b.chain) {
			m.found = append(m.found, b)
		}
	}
}

// whole is what all rules about an element and its own attributes say.
func (m *matcher) whole(n *html.Node) style {
	if !m.completed {
		m.complete()
	}
	m.found = m.found[:0]
	m.each(n, m.tryAll)
	slices.SortFunc(m.found, func(a, b *bound) int {
		return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.order, b.order))
	})
	return m.state(n)
}

// matches holds a chain against an element and those around it.
func (m *matcher) matches(n *html.Node, chain []compound) bool {
	last := &chain[len(chain)-1]
	if m.tried >= maxTried {
		return false
	}
	if !m.is(n, last) {
		return false
	}
	if len(chain) == 1 {
		return true
	}
	for n = n.Parent; n != nil && n.Type == html.ElementNode; n = n.Parent {
		if m.matches(n, chain[:len(chain)-1]) {
			return true
		}
		if last.child {
			return false
		}
	}
	return false
}

// is holds a compound against one element.
func (m *matcher) is(n *html.Node, c *compound) bool {
	m.tried++
	if c.tag != "" && c.tag != n.Data || c.id != "" && c.id != attr(n, "id") {
		return false
	}
	if len(c.classes) == 0 {
		return true
	}
	names := attr(n, "class")
	m.tried += len(names) >> 4
	for _, class := range c.classes {
		if !hasWord(names, class) {
			return false
		}
	}
	return true
}

// state is what attribute, rules and style attribute say together, in the
// order of the cascade (CSS Cascade 4, 6.1).
func (m *matcher) state(n *html.Node) style {
	var state, own style
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "hidden":
			state.on |= byAttribute(a.Val)
		case "style":
			own = readAttribute(a.Val)
		}
	}
	for _, b := range m.found {
		state.apply(b.style)
	}
	state.apply(own)
	for _, b := range m.found {
		state.apply(b.style.firm())
	}
	state.apply(own.firm())
	return state
}

// shownWithin is that of Conceals, by rules too.
func (m *matcher) shownWithin(n *html.Node, hidden ways) bool {
	seen := 0
	for d := range n.Descendants() {
		if d.Type != html.ElementNode {
			continue
		}
		if seen++; seen > maxWithin {
			return false
		}
		if d.FirstChild != nil && m.whole(d).off&hidden == hidden {
			return true
		}
	}
	return false
}
