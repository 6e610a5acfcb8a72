package discover

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kabar/crawler/page"
)

// anchor is one reference in a page, with what stands around it.
type anchor struct {
	node    *html.Node
	ref     string // as written
	text    string // its own text; of a card that is one link, its heading
	title   string // title attribute
	alt     string // of the picture inside
	rel     string
	heading bool // it stands in a heading or holds one
	menu    bool // it stands in a menu, header, footer or the like
	side    bool // it stands beside the main matter
	classes string
	order   int
}

const (
	maxAnchors  = 5000
	maxFragment = 64 << 10 // bytes of HTML inside an attribute
	maxText     = 1500     // bytes of a text that is gathered
)

// gatherer walks a page once and notes its references.
type gatherer struct {
	hiding  *page.Hiding
	anchors []anchor
	shown   int // bytes of visible text
	scripts int // script elements
	nested  bool
}

// place is what the elements above say.
type place struct {
	heading, menu, side, article bool
}

func gather(root *html.Node, hiding *page.Hiding) *gatherer {
	g := &gatherer{hiding: hiding}
	g.walk(root, place{})
	return g
}

func (g *gatherer) walk(n *html.Node, at place) {
	switch n.Type {
	case html.TextNode:
		g.shown += len(strings.TrimSpace(n.Data))
		return
	case html.ElementNode:
		if n.DataAtom == atom.Script {
			g.scripts++
		}
		if n.DataAtom == atom.Head || g.hiding.Hides(n) {
			return
		}
		at = at.enter(n)
		g.element(n, at)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		g.walk(child, at)
	}
}

var (
	menuWords = wordSet("menu nav navbar navigation navigasi breadcrumb breadcrumbs footer copyright social sosmed share sharing topbar header masthead tagcloud tags pagination paging pager wp-pagenavi offcanvas dropdown")
	sideWords = wordSet("sidebar aside widget widgets related terkait popular populer terpopuler trending kanan ticker marquee running")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// enter adds what an element says about its place.
func (at place) enter(n *html.Node) place {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		at.heading = true
	case atom.Nav, atom.Footer:
		at.menu = true
	case atom.Header:
		at.menu = at.menu || !at.article
	case atom.Article:
		at.article = true
		at.menu = false
	case atom.Aside:
		at.side = true
	case atom.Body, atom.Html, atom.A:
		return at
	}
	for _, a := range n.Attr {
		if a.Key == "role" && (a.Val == "navigation" || a.Val == "menu" || a.Val == "contentinfo") {
			at.menu = true
		}
		if a.Key != "class" && a.Key != "id" || len(a.Val) > 300 {
			continue
		}
		for word := range strings.FieldsFuncSeq(strings.ToLower(a.Val), func(r rune) bool { return r == ' ' || r == '-' || r == '_' }) {
			if menuWords[word] && !at.article {
				at.menu = true
			}
			if sideWords[word] {
				at.side = true
			}
		}
	}
	return at
}

var (
	scriptedLink = regexp.MustCompile(`(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|window\.open\()\s*['"]([^'"]{1,1000})['"]`)
	linkHolders  = []string{"data-href", "data-url", "data-link", "data-permalink", "data-target-url", "data-location", "data-load", "data-next", "data-next-url"}
)

// element notes the references that one element holds.
func (g *gatherer) element(n *html.Node, at place) {
	if len(g.anchors) >= maxAnchors {
		return
	}
	href := attr(n, "href")
	switch {
	case (n.DataAtom == atom.A || n.DataAtom == atom.Area) && isReference(href):
		g.add(n, href, at)
		return
	case n.DataAtom == atom.Form && isReference(attr(n, "action")) && isButton(n):
		g.add(n, attr(n, "action"), at)
		return
	case n.DataAtom == atom.Link || n.DataAtom == atom.Iframe || n.DataAtom == atom.Img && attr(n, "onclick") == "":
		return
	}
	for _, name := range linkHolders {
		if ref := attr(n, name); isReference(ref) && !strings.ContainsAny(ref, " {<") {
			g.add(n, ref, at)
			return
		}
	}
	if onclick := attr(n, "onclick"); onclick != "" {
		if m := scriptedLink.FindStringSubmatch(cut(onclick, maxText)); m != nil {
			g.add(n, m[1], at)
			return
		}
	}
	if !g.nested {
		g.fragment(n, at)
	}
}

// fragment reads HTML that stands in an attribute, as splash pages have it.
func (g *gatherer) fragment(n *html.Node, at place) {
	for _, a := range n.Attr {
		if !strings.HasPrefix(a.Key, "data-") || !strings.Contains(a.Val, "href=") || len(a.Val) > maxFragment {
			continue
		}
		nodes, err := html.ParseFragment(strings.NewReader(a.Val), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
		if err != nil {
			continue
		}
		g.nested = true
		for _, node := range nodes {
			g.walk(node, at)
		}
		g.nested = false
	}
}

// isButton tells whether a form asks for nothing: some splash pages have one in
// the place of a link.
func isButton(form *html.Node) bool {
	if strings.EqualFold(attr(form, "method"), "post") {
		return false
	}
	for n := range form.Descendants() {
		switch n.DataAtom {
		case atom.A, atom.Select, atom.Textarea:
			return false
		case atom.Input:
			if kind := strings.ToLower(attr(n, "type")); kind != "submit" && kind != "button" && kind != "image" && kind != "hidden" {
				return false
			}
		}
	}
	return true
}

func isReference(ref string) bool {
	ref = strings.TrimSpace(ref)
	if ref == "" || ref[0] == '#' {
		return false
	}
	lower := strings.ToLower(ref[:min(len(ref), 12)])
	for _, scheme := range []string{"javascript:", "mailto:", "tel:", "whatsapp:", "data:", "about:", "sms:", "tg:", "fb:"} {
		if strings.HasPrefix(lower, scheme) {
			return false
		}
	}
	return true
}

func (g *gatherer) add(n *html.Node, ref string, at place) {
	a := anchor{node: n, ref: ref, title: attr(n, "title"), rel: strings.ToLower(attr(n, "rel")), heading: at.heading,
		menu: at.menu, side: at.side, classes: strings.ToLower(attr(n, "class")), order: len(g.anchors)}
	var in inside
	in.look(n, g.hiding)
	a.alt, a.text = in.alt, nodeText(n)
	heading := in.heading
	if heading == "" && len(in.titled) < len(a.text) {
		heading = in.titled
	}
	if heading != "" {
		a.text, a.heading = heading, true
	}
	g.anchors = append(g.anchors, a)
}

// inside is what an anchor holds that tells what it leads to: the first of
// each.
type inside struct {
	alt             string // of a picture
	heading, titled string // text of a heading, and of what is named a title
}

// look searches what can be seen within n. A picture may be hidden until it is
// loaded.
func (in *inside) look(n *html.Node, hiding *page.Hiding) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type != html.ElementNode || child.DataAtom != atom.Img && hiding.Hides(child) {
			continue
		}
		switch {
		case child.DataAtom == atom.Img && in.alt == "":
			in.alt = attr(child, "alt")
			if in.alt == "" {
				in.alt = attr(child, "title")
			}
		case isHeading(child) && in.heading == "":
			in.heading = nodeText(child)
		case in.titled == "" && titleClass.MatchString(attr(child, "class")):
			in.titled = nodeText(child)
		}
		in.look(child, hiding)
	}
}

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return n.Type == html.ElementNode
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// nodeText is the text of a node without scripts, in one line.
func nodeText(n *html.Node) string {
	var b strings.Builder
	appendText(&b, n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func appendText(b *strings.Builder, n *html.Node) {
	if b.Len() > maxText {
		return
	}
	switch n.Type {
	case html.TextNode:
		b.WriteString(n.Data)
		return
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Noscript, atom.Template:
			return
		case atom.Br, atom.P, atom.Div, atom.Li, atom.Td, atom.Span, atom.Time, atom.Small, atom.I, atom.Img:
			b.WriteByte(' ')
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		appendText(b, child)
	}
	if n.Type == html.ElementNode && n.DataAtom != atom.B && n.DataAtom != atom.Em && n.DataAtom != atom.Strong {
		b.WriteByte(' ')
	}
}
