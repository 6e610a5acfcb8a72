package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Hiding knows which elements of a document readers cannot see, as its markup,
// its style attributes and the style elements in it say. Sheets in files of
// their own are not known to it. What readers can bring to light themselves,
// and what programs uncover when the page is ready, may count as hidden: each
// user of Hiding decides what to make of that. It is not changed once built.
type Hiding struct {
	judged map[*html.Node]ways // what rules may hide, with the ways in which it is hidden
}

// Hiding is what the page hides; it is found at the first call. A page that is
// no HTML document hides nothing.
func (p *Page) Hiding() *Hiding {
	if p.hiding == nil {
		p.hiding = &Hiding{}
		if root, err := p.Tree(); err == nil {
			p.hiding = hidingOf(root)
		}
	}
	return p.hiding
}

// hidingOf reads the style elements of a document and holds their rules
// against its elements.
func hidingOf(root *html.Node) *Hiding {
	var sheet sheet
	sheet.gather(root)
	m := sheet.matcher()
	if m == nil {
		return &Hiding{}
	}
	m.walk(root)
	return &Hiding{judged: m.judged}
}

// Hides tells whether readers see nothing of an element and all in it. It says
// nothing about the elements around it. The whole document is never hidden:
// what a style does to it, a program takes back.
func (h *Hiding) Hides(n *html.Node) bool {
	if hidden, ok := h.judged[n]; ok {
		return hidden != 0
	}
	return Conceals(n)
}

// Folds tells of a hidden element whether only rules hide it, and so as pages
// fold long text away until the reader asks for the rest of it: not displayed,
// invisible or without height. Nobody folds text beside the screen.
func (h *Hiding) Folds(n *html.Node) bool {
	hidden := h.judged[n]
	return hidden != 0 && hidden&^folding == 0 && !Conceals(n)
}

// Conceals is Hides by what the element says itself, in its name, attributes
// and style attribute, whatever sheets say. aria-hidden is not among it: it
// hides from those who listen, not from those who look.
func Conceals(n *html.Node) bool {
	if n.DataAtom == atom.Html || n.DataAtom == atom.Body {
		return false
	}
	if isShut(n) {
		return true
	}
	var state style
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "hidden":
			state.on |= byAttribute(a.Val)
		case "style":
			own := readAttribute(a.Val)
			state.apply(own)
			state.apply(own.firm())
		}
	}
	hidden := state.on.conceal()
	return hidden != 0 && (hidden&^inherited != 0 || !shownWithin(n, hidden))
}

// isShut tells elements that no style opens: by what they are, or left open
// by no more than a line.
func isShut(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Template, atom.Script, atom.Style:
		return true
	case atom.Dialog:
		return !hasAttr(n, "open")
	case atom.Marquee:
		return isNothing(attr(n, "height")) || isNothing(attr(n, "width"))
	}
	return false
}

// byAttribute is what the hidden attribute says. What waits to be found by a
// search in the page (HTML, 6.1) is there to be read.
func byAttribute(value string) ways {
	if strings.EqualFold(value, "until-found") {
		return 0
	}
	return noDisplay
}

// isNothing tells a measure of an attribute that leaves no room.
func isNothing(value string) bool {
	switch strings.TrimSuffix(strings.TrimSpace(value), "px") {
	case "0", "1":
		return true
	}
	return false
}

// maxWithin is how many elements are searched for one that shows itself.
const maxWithin = 24

// maxShowing is how many bytes of its style are read for that.
const maxShowing = 512

// shownWithin tells whether an element inside takes back all that n hands
// down to it, as lists do whose font-size of 0 only closes gaps.
func shownWithin(n *html.Node, hidden ways) bool {
	seen := 0
	for d := range n.Descendants() {
		if d.Type != html.ElementNode {
			continue
		}
		if seen++; seen > maxWithin {
			return false
		}
		if shows(d, hidden) {
			return true
		}
	}
	return false
}

// shows tells whether the style attribute of an element that holds something
// takes all of that back.
func shows(n *html.Node, hidden ways) bool {
	css := attr(n, "style")
	if css == "" || n.FirstChild == nil {
		return false
	}
	own := readAttribute(css[:min(len(css), maxShowing)])
	return (own.off|own.firmOff)&^(own.on|own.firmOn)&hidden == hidden
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}
