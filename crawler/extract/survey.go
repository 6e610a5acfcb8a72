package extract

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kabar/crawler/page"
)

// Survey is what one walk over a page's tree found: everything that claims,
// body and kind are made of. Nothing else of this package walks the tree.
type Survey struct {
	Page  *page.Page
	Lang  string // of <html lang>, as written
	Title string // text of the first <title>

	Metas  []Meta   // <meta> with a content, in page order
	Rels   []Rel    // <link rel> in page order, and <a rel="next"> and <a rel="prev">
	JSONLD []string // text of application/ld+json scripts
	States []State  // other scripts that hold data: __NEXT_DATA__, __NUXT__ …
	Layers []string // scripts that tell statistics what the page shows

	Marks   []Mark    // elements that name themselves a date, an author or a title
	Boxes   []Box     // block-level elements, in page order; the first is the root
	Blocks  []Block   // runs of text between block boundaries, in page order
	Anchors []Anchor  // links within blocks, in page order
	Images  []Picture // in page order

	Passwords int // fields for a password

	// Heading is the index of the block that shows the page's title: the one
	// that agrees with <title>, else the first h1; -1 when there is none.
	Heading int

	// BodyFirst and BodyLast bound the blocks of the body: the first, and the
	// one after the last. Both are 0 until the body is found, and when there
	// is none.
	BodyFirst, BodyLast int
	kept                []bool // by block: is body

	addressed bool // an object of its State has the title that the page's address has

	told *linkedData // what JSON-LD says; nil until asked for, see linked
}

// Meta is a <meta> element.
type Meta struct {
	Name    string // of name, property, itemprop or http-equiv, in lower case
	Content string
}

// Rel is a link of the page to another document.
type Rel struct {
	Rel   string // in lower case: canonical, alternate, amphtml, next, shortlink …
	Href  string // as written; Page.Resolve makes it absolute
	Type  string
	Title string
}

// State is a script that holds the data of a page for its own program.
type State struct {
	ID   string // id of the element, or the variable that it sets
	Text string // from the first brace on
}

// Role says what an element or its name claims to be, as bits.
type Role uint32

// Roles. Those of the first group are about a whole element and its content.
const (
	RoleHidden    Role = 1 << iota // not to be seen
	RoleArticle                    // <article>, articleBody and names such as post-content
	RoleBody                       // itemprop=articleBody and names that say body text
	RoleMain                       // <main>
	RoleNav                        // menus, breadcrumbs, pagination
	RoleAside                      // <aside>, sidebars, widgets
	RoleHeader                     // <header>, mastheads
	RoleFooter                     // <footer>, copyright lines
	RoleComment                    // what readers said
	RoleRelated                    // other articles
	RoleShare                      // share bars
	RoleAd                         // advertisements
	RoleSignup                     // newsletters, paywalls, donations
	RoleConsent                    // cookie notices, dialogs
	RoleTags                       // labels, categories
	RoleCaption                    // captions, credits
	RoleForm                       // <form>
	RoleMeta                       // bylines, dates, counters
	RoleAuthorBox                  // about the author
	RoleDate                       // names itself a date
	RoleAuthor                     // names itself an author
	RoleTitle                      // names itself a title
	RoleQuote                      // <blockquote>, pull quotes
	RoleLead                       // summaries and standfirsts
	RoleLive                       // entries of a live blog
	RoleBox                        // fact boxes, cards, callouts
	RoleEmbed                      // what other sites show within the page
)

// Mark is an element that names itself a date, an author or a title, by its
// tag, itemprop, class or id.
type Mark struct {
	Node  *html.Node
	Roles Role   // its own: RoleDate, RoleAuthor, RoleTitle
	Prop  string // itemprop, in lower case
	Value string // of its datetime, content or title attribute, in this order
	Text  string // its visible text, at most maxMark bytes
	Block int    // index of the block that it is in or stands before
	Box   int    // index of the box that it is in, or is
}

// Box is a block-level element.
type Box struct {
	Node   *html.Node
	Parent int    // index in Boxes; -1 for the root
	End    int    // index after its last descendant box
	First  int    // index of its first block
	Last   int    // index after its last block
	Roles  Role   // its own
	Within Role   // its own and those of all boxes around it
	Sig    uint64 // of its tag and class names without digits
}

// Block is a run of text between block boundaries: a paragraph, a heading, a
// list item, a table cell, or bare text between two line breaks.
type Block struct {
	Box   int    // index of the innermost box around it
	Text  string // white space collapsed; "\n" is a single <br>
	Level int    // 1 to 6 within a heading, else 0
	Words int
	// LinkBytes and BoldBytes are how much of Text stands in links, in bold.
	LinkBytes, BoldBytes int
	Anchor, EndAnchor    int  // its anchors: Anchors[Anchor:EndAnchor]
	Hidden               bool // not to be seen by a reader
}

// Anchor is a link within a block. A link around several blocks is an anchor
// in each of them.
type Anchor struct {
	Node       *html.Node
	Href       string // as written
	Block      int
	Start, End int // in the block's Text
}

// Picture is an image.
type Picture struct {
	Node   *html.Node
	Src    string // as written; the real address of lazily loaded ones
	Alt    string
	Box    int // index of the innermost box around it
	Block  int // index of the block that it stands before or in
	Hidden bool
}

// Bounds of what is kept of a page, far above what articles have.
const (
	maxBlocks = 20_000
	maxBoxes  = 60_000
	maxText   = 4 << 20 // bytes of all blocks together
	maxBlock  = 64 << 10
	maxMark   = 240
	maxMarks  = 2_000
	maxState  = 2 << 20
	maxImages = 5_000
	maxMetas  = 1_000
)

// survey walks the page once.
func survey(p *page.Page) (*Survey, error) {
	root, err := p.Tree()
	if err != nil {
		return nil, err
	}
	w := walker{hiding: p.Hiding(), Survey: &Survey{
		Page:   p,
		Metas:  make([]Meta, 0, 32),
		Rels:   make([]Rel, 0, 16),
		Boxes:  make([]Box, 0, 512),
		Blocks: make([]Block, 0, 256),
	}}
	w.Boxes = append(w.Boxes, Box{Node: root, Parent: -1})
	for c := root.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	w.flush()
	w.Boxes[0].End, w.Boxes[0].Last = len(w.Boxes), len(w.Blocks)
	w.Survey.settle()
	return w.Survey, nil
}

// walker is the state of the walk.
type walker struct {
	*Survey
	hiding *page.Hiding

	box   int        // innermost open box
	level int        // of the heading that is open
	bold  int        // open bold elements
	link  *html.Node // the open link
	inTop bool       // within <head>

	run      []byte // text of the block that grows
	space    bool   // white space is waiting
	linkFrom int    // where the open link began in run
	anchor   int    // first anchor of the block that grows
	linked   int    // bytes in links
	bolded   int    // bytes in bold
	total    int    // bytes of all blocks
	dropCap  bool   // run is a single big letter, spaces after it do not count
}

func (w *walker) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
	case html.ElementNode:
		w.element(n)
	}
}

func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *walker) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		w.Lang = attr(n, "lang")
		w.children(n)
	case atom.Head:
		w.inTop = true
		w.children(n)
		w.inTop = false
	case atom.Title:
		if w.Title == "" {
			w.Title = textOf(n, maxBlock)
		}
	case atom.Meta:
		w.meta(n)
	case atom.Link:
		w.rel(n)
	case atom.Script:
		w.script(n)
	case atom.Br:
		w.lineBreak()
	case atom.Hr:
		w.flush()
	case atom.Img:
		w.image(n)
	case atom.A:
		w.anchorElement(n)
	case atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Svg, atom.Select, atom.Textarea,
		atom.Button, atom.Input, atom.Object, atom.Canvas, atom.Video, atom.Audio, atom.Map,
		atom.Datalist, atom.Frameset, atom.Noframes, atom.Noembed:
		w.skipped(n)
	default:
		w.container(n)
	}
}

// container walks an element that may hold text, as a box of its own where it
// is block-level or claims a role that its surroundings do not have.
func (w *walker) container(n *html.Node) {
	roles := rolesOf(n, w.hiding)
	if roles&(RoleDate|RoleAuthor|RoleTitle) != 0 && !w.inTop {
		w.mark(n, roles)
	}
	inline := isInline(n.DataAtom)
	if inline && roles&splitting == 0 {
		w.inline(n)
		return
	}
	w.boxed(n, roles)
}

// splitting are the roles that make even an inline element a box.
const splitting = RoleHidden | RoleShare | RoleRelated | RoleAd | RoleCaption | RoleComment | RoleSignup

func (w *walker) inline(n *html.Node) {
	bold := n.DataAtom == atom.B || n.DataAtom == atom.Strong
	if bold {
		w.bold++
	}
	w.children(n)
	if bold {
		w.bold--
	}
	w.afterDropCap(n)
}

func (w *walker) boxed(n *html.Node, roles Role) {
	if len(w.Boxes) >= maxBoxes {
		w.children(n)
		return
	}
	w.flush()
	parent, level := w.box, w.level
	if l := headingLevel(n.DataAtom); l > 0 {
		w.level = l
	}
	w.box = len(w.Boxes)
	w.Boxes = append(w.Boxes, Box{
		Node: n, Parent: parent, First: len(w.Blocks), Roles: roles,
		Within: roles | w.Boxes[parent].Within, Sig: signature(n),
	})
	w.children(n)
	w.flush()
	box := &w.Boxes[w.box]
	box.End, box.Last = len(w.Boxes), len(w.Blocks)
	w.box, w.level = parent, level
}

// skipped looks only at what an unread element claims.
func (w *walker) skipped(n *html.Node) {
	if n.DataAtom == atom.Input && lower(attr(n, "type")) == "password" {
		w.Passwords++
	}
	if n.DataAtom == atom.Noscript || n.DataAtom == atom.Svg {
		return
	}
	if isInline(n.DataAtom) || n.DataAtom == atom.Button || n.DataAtom == atom.Input {
		return
	}
	w.flush()
}

func (w *walker) anchorElement(n *html.Node) {
	href := attr(n, "href")
	if rel := attr(n, "rel"); rel == "next" || rel == "prev" {
		w.addRel(Rel{Rel: rel, Href: href})
	}
	roles := rolesOf(n, w.hiding)
	if roles&(RoleDate|RoleAuthor|RoleTitle) != 0 {
		w.mark(n, roles)
	}
	outer := w.link
	w.endLink()
	if href != "" {
		w.link, w.linkFrom = n, len(w.run)
	}
	if roles&(RoleHidden|RoleShare|RoleAd) != 0 {
		w.boxed(n, roles)
	} else {
		w.children(n)
	}
	w.endLink()
	w.link, w.linkFrom = outer, len(w.run)
}

// endLink records what the open link has of the growing block.
func (w *walker) endLink() {
	if w.link == nil || len(w.run) <= w.linkFrom {
		return
	}
	w.Anchors = append(w.Anchors, Anchor{
		Node: w.link, Href: attr(w.link, "href"), Block: len(w.Blocks), Start: w.linkFrom, End: len(w.run),
	})
	w.linked += len(w.run) - w.linkFrom
	w.linkFrom = len(w.run)
}

func (w *walker) meta(n *html.Node) {
	content := attr(n, "content")
	if content == "" {
		content = attr(n, "value") // as some archives have it
	}
	if content == "" || len(w.Metas) >= maxMetas {
		return
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "name", "property", "itemprop", "http-equiv":
			w.Metas = append(w.Metas, Meta{Name: lower(a.Val), Content: content})
		}
	}
	// A <meta itemprop> in the body has a place, which its text has not.
	if prop := attr(n, "itemprop"); prop != "" && !w.inTop {
		if roles := propRoles(prop); roles&(RoleDate|RoleAuthor|RoleTitle) != 0 {
			w.mark(n, roles)
		}
	}
}

func (w *walker) rel(n *html.Node) {
	w.addRel(Rel{Rel: lower(attr(n, "rel")), Href: attr(n, "href"), Type: lower(attr(n, "type")), Title: attr(n, "title")})
}

func (w *walker) addRel(r Rel) {
	if r.Rel != "" && r.Href != "" && len(w.Rels) < maxMetas {
		w.Rels = append(w.Rels, r)
	}
}

func (w *walker) mark(n *html.Node, roles Role) {
	if len(w.Marks) >= maxMarks || w.Boxes[w.box].Within&RoleHidden != 0 || roles&RoleHidden != 0 {
		return
	}
	m := Mark{Node: n, Roles: roles, Block: len(w.Blocks), Box: w.box}
	for _, a := range n.Attr {
		switch a.Key {
		case "itemprop":
			m.Prop = lower(a.Val)
		case "datetime":
			m.Value = a.Val
		}
	}
	if m.Value == "" {
		m.Value = attr(n, "content")
	}
	if m.Value == "" {
		m.Value = dataDate(n)
	}
	if m.Value == "" {
		m.Value = attr(n, "title")
	}
	m.Text = textOf(n, maxMark)
	w.Marks = append(w.Marks, m)
}

// dataDate is the value of the first attribute in which a script would find
// the element's moment.
func dataDate(n *html.Node) string {
	for _, a := range n.Attr {
		if isDataDate(a.Key) && isStamp(a.Val) {
			return a.Val
		}
	}
	return ""
}

func (w *walker) image(n *html.Node) {
	if len(w.Images) >= maxImages {
		return
	}
	src := imageSource(n)
	if src == "" {
		return
	}
	w.Images = append(w.Images, Picture{
		Node: n, Src: src, Alt: attr(n, "alt"), Box: w.box, Block: len(w.Blocks),
		Hidden: w.Boxes[w.box].Within&RoleHidden != 0,
	})
}
