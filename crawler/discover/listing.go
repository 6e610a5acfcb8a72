package discover

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"kabar/crawler/page"
	"kabar/crawler/portal"
	"kabar/storage/news"
)

// Listing is what a page that lists articles shows.
type Listing struct {
	Items []Item // links that look like articles, in page order
	// Older is the address of the next page with older articles; empty when
	// there is none.
	Older string
	// Guessed tells that nothing on the page names Older.
	Guessed bool
	// Entry is where a front page leads that is only a door: it lists nothing
	// and has few links. Empty where the page is none.
	Entry string
	// Sections are addresses of further listings of the portal, categories
	// and indexes, the most promising first.
	Sections []string
	// IsListing tells whether the page itself looks like a list rather than
	// an article or something else: a first guess from its links.
	IsListing bool
	// Scripted tells that the page shows nothing without running its scripts
	// and has no state JSON to read instead.
	Scripted bool
	// RuleFailed tells that the selector of the definition found no link, so
	// that links were found automatically.
	RuleFailed bool
	// Refused counts links that were left out, by reason.
	Refused map[string]int
}

const (
	maxListed   = 1000 // items of one page
	maxSections = 30
	maxDated    = 20  // anchors of one address that are asked for a date
	likely      = 2.5 // score from which a link is taken for an article
)

// ReadListing finds what a page lists. Rules of the definition's listings hold
// on their own pages and those that continue them; m may be nil. A list in
// JSON, such as scripts load, is read as well. The error is that of reading
// the page as HTML.
func ReadListing(p *page.Page, d portal.Definition, m *Model) (Listing, error) {
	root, err := p.Tree()
	if err != nil {
		if list, ok := readListingJSON(p, d, m); ok {
			return list, nil
		}
		return Listing{}, fmt.Errorf("reading a listing: %w", err)
	}
	r := &reader{page: p, root: root, model: m, site: siteOf(d, p), refused: map[string]int{}}
	r.found = gather(root, p.Hiding())
	r.rank()

	list := Listing{Refused: r.refused}
	if rule, ok := ruleFor(d, p.URL); ok {
		list.Items = r.ruled(rule)
		list.RuleFailed = len(list.Items) == 0
	}
	if len(list.Items) == 0 {
		list.Items = r.items()
	}
	list.Older, list.Guessed = r.older()
	list.Sections = r.sections(list.Older)
	if len(list.Items) == 0 {
		list.Items = r.state()
	}
	list.Scripted = len(list.Items) == 0 && r.found.shown < 400 && r.found.scripts > 0 && len(list.Sections) < 3
	if list.Older == "" {
		list.Older = r.stateOlder
	}
	list.Entry = r.entry(list)
	list.IsListing = r.isListing(list)
	return list, nil
}

// reader is the work on one page.
type reader struct {
	page    *page.Page
	root    *html.Node
	model   *Model
	site    site
	found   *gatherer
	links   []*link            // distinct addresses in page order
	byURL   map[string]*link   // by address without the slash at the end
	cards   map[*html.Node]int // elements in which all links lead to one address: its number; -1 where they lead to several
	refused map[string]int
	self    string // the page's own address in normal form
	// stateOlder is the next page of the list as the state JSON tells it.
	stateOlder string
	dates      map[*html.Node]shownDate
	targets    map[string]*target // what references lead to; most stand several times
}

// target is where a reference leads.
type target struct {
	link *link
	bad  string // why it is not followed; empty where that needs no count
}

// link is one address with all anchors that lead to it.
type link struct {
	number  int
	item    Item
	url     *url.URL
	shape   shape
	anchors []anchor
	heading bool
	menu    bool // all its anchors stand in menus
	side    bool // all its anchors stand beside the main matter
	near    bool // it lies on a section host
	words   int  // of the title
	score   float64
}

// rank gathers the page's links by address and scores each.
func (r *reader) rank() {
	r.byURL, r.targets, r.dates = map[string]*link{}, map[string]*target{}, map[*html.Node]shownDate{}
	if r.page.URL != nil {
		r.self, _ = Address(r.page.URL.String())
	}
	if r.site.home == "" {
		r.site.apex = r.usualApex()
	}
	for _, a := range r.found.anchors {
		r.take(a)
	}
	for _, l := range r.links {
		l.item.Title = l.title()
		l.words = len(strings.Fields(l.item.Title))
	}
	r.cards = r.markCards()
	for _, l := range r.links {
		l.date(r)
	}
	r.score()
}

// usualApex is the registrable domain to which most links of a page lead that
// came from nowhere, such as a saved one.
func (r *reader) usualApex() string {
	best, times := "", map[string]int{}
	for _, a := range r.found.anchors {
		u, err := url.Parse(strings.TrimSpace(a.ref))
		if err != nil || u.Host == "" {
			continue
		}
		apex := apexOf(u.Hostname())
		if times[apex]++; apex != "" && (best == "" || times[apex] > times[best]) {
			best = apex
		}
	}
	return best
}

// take adds an anchor to the link of its address, unless it leads nowhere good.
func (r *reader) take(a anchor) {
	for _, rel := range []string{"tag", "category", "author", "sponsored", "me", "license"} {
		if slices.Contains(strings.Fields(a.rel), rel) {
			r.refused["link of a "+rel]++
			return
		}
	}
	to, known := r.targets[a.ref]
	if !known {
		to = r.target(a.ref)
		r.targets[a.ref] = to
	}
	if to.link == nil {
		if to.bad != "" {
			r.refused[to.bad]++
		}
		return
	}
	l := to.link
	l.anchors = append(l.anchors, a)
	l.menu = l.menu && a.menu
	l.side = l.side && a.side
	l.heading = l.heading || a.heading
}

// target finds the link to which a reference leads, or why it leads nowhere
// good.
func (r *reader) target(ref string) *target {
	absolute := r.page.Resolve(strings.TrimSpace(ref))
	u, err := url.Parse(absolute)
	if absolute == "" || err != nil {
		return &target{}
	}
	covered := r.site.covers(u)
	if !covered && !r.site.near(u) {
		return &target{bad: "other site"}
	}
	if isFile(u.Path) {
		return &target{bad: "file"}
	}
	if reason, bad := Trap(absolute, nil); bad {
		return &target{bad: reason}
	}
	address, err := Address(settle(u, r.page.URL).String())
	if err != nil {
		return &target{}
	}
	if first, ok := Part(address); ok && r.model.Score(first) >= likely {
		address = first
	}
	l := r.byURL[strings.TrimSuffix(address, "/")]
	if l == nil {
		if u, err = url.Parse(address); err != nil {
			return &target{}
		}
		l = &link{number: len(r.links), url: u, shape: shapeOf(address), near: !covered, menu: true, side: true}
		l.item = Item{Link: news.Link{URL: address, Source: KindListing}, Key: Key(address)}
		r.links = append(r.links, l)
		r.byURL[strings.TrimSuffix(address, "/")] = l
	}
	return &target{link: l}
}

// date finds the date of a link.
func (l *link) date(r *reader) {
	for _, a := range l.anchors[:min(len(l.anchors), maxDated)] {
		if text, exact := r.dateNear(a.node, l.number); text != "" {
			l.item.date(text, KindListing)
			if exact != "" {
				l.item.Published = readStamp(exact, KindListing)
			}
			return
		}
	}
}

// score weighs each link by its address, by how it stands in the page, and by
// the company of its shape: articles come in numbers and look alike.
func (r *reader) score() {
	type group struct {
		links int
		sum   float64
	}
	groups := map[string]*group{}
	own := make([]float64, len(r.links))
	for i, l := range r.links {
		own[i] = l.standing()
		g := groups[l.shape.general]
		if g == nil {
			g = &group{}
			groups[l.shape.general] = g
		}
		g.links++
		g.sum += own[i]
	}
	for i, l := range r.links {
		l.score = l.shape.prior() + r.model.learned(l.shape) + own[i]
		if g := groups[l.shape.general]; g.links >= 3 && (!l.shape.foreign() || g.sum < 0) {
			l.score += max(-1, min(1.5, g.sum/float64(g.links)))
		}
		if l.url.Path == "/" && l.url.RawQuery == "" || r.isSelf(l) {
			l.score = -10
		}
	}
	r.promote()
}

// promote takes links with short slugs or titles, such as
// /berita/detail/hut-ri, where several articles lie in the same folder and the
// folder is one for articles, or where numbers name them.
func (r *reader) promote() {
	alike := map[string]int{}
	for _, l := range r.links {
		if l.score >= likely {
			alike[l.shape.kin()]++
		}
	}
	for _, l := range r.links {
		kin := l.shape.kin()
		if l.score < likely && l.score > -3 && kin != "" && alike[kin] >= 2 && !l.menu && l.words > 0 {
			l.score = likely
		}
	}
}

// standing is how much a link looks like one to an article.
func (l *link) standing() float64 {
	score := 0.0
	switch {
	case l.words >= 7:
		score = 2
	case l.words >= 5:
		score = 1.5
	case l.words == 4:
		score = 1
	case l.words == 3:
		score = 0
	case l.words == 0:
		score = -0.5
	default:
		score = -1.5
	}
	if l.heading {
		score += 1.5
	}
	if l.item.DateText != "" || !l.item.Published.IsZero() {
		score++
	}
	if l.menu {
		score -= 2
	}
	return score
}

func (r *reader) isSelf(l *link) bool { return l.item.URL == r.self }

// items are the links that are likely articles. Those on section hosts count
// only where they are the portal's main matter: a regency's page may name
// other sites of the same domain.
func (r *reader) items() []Item {
	own, near := 0, 0
	for _, l := range r.links {
		switch {
		case l.score < likely:
		case l.near:
			near++
		default:
			own++
		}
	}
	withNear := near >= 5 && near > 2*own
	var items []Item
	seen := map[string]bool{}
	for _, l := range r.links {
		if l.score < likely || l.near && !withNear || len(items) >= maxListed {
			continue
		}
		if l.item.Key != l.item.URL && seen[l.item.Key] {
			r.refused["changing token for a known page"]++
			continue
		}
		seen[l.item.Key] = true
		items = append(items, l.item)
	}
	return items
}

// isListing weighs how much of the page is its links to articles.
func (r *reader) isListing(list Listing) bool {
	main, letters := 0, 0
	for _, l := range r.links {
		if l.score >= likely && !l.menu && !l.side {
			main++
			letters += len(l.item.Title)
		}
	}
	if main < 3 {
		return false
	}
	return longestText(r.root, r.cards) < max(600, letters)
}

// ruleFor is the listing rule that holds for a page: that of its address, or
// that of the address it continues (/kategori/solok/page/2, ?page=2).
func ruleFor(d portal.Definition, at *url.URL) (portal.Listing, bool) {
	if at == nil {
		return portal.Listing{}, false
	}
	best, length := portal.Listing{}, -1
	for _, rule := range d.Listings {
		u, err := url.Parse(rule.URL)
		if err != nil || rule.Link == "" && rule.Accept == "" || bareHost(u) != bareHost(at) {
			continue
		}
		path := strings.TrimSuffix(u.Path, "/")
		same := strings.TrimSuffix(at.Path, "/") == path
		continues := path != "" && strings.HasPrefix(at.Path, path+"/") || path == "" && strings.HasPrefix(at.Path, "/page/")
		if (same || continues) && len(path) > length {
			best, length = rule, len(path)
		}
	}
	return best, length >= 0
}

// ruled are the links that a rule of the definition names. Menus, scores and
// headings do not matter then; traps and files stay out.
func (r *reader) ruled(rule portal.Listing) []Item {
	accept, err := regexp.Compile(rule.Accept)
	if err != nil {
		return nil
	}
	wanted := r.selected(rule.Link)
	var items []Item
	for _, l := range r.links {
		chosen := rule.Link == "" && l.score >= likely
		for _, a := range l.anchors {
			chosen = chosen || wanted[a.node]
		}
		if !chosen || rule.Accept != "" && !accept.MatchString(l.item.URL) {
			continue
		}
		l.item.Source = KindRule
		items = append(items, l.item)
	}
	return items[:min(len(items), maxListed)]
}

// selected are the nodes that a selector names, and the anchors inside them.
func (r *reader) selected(rule string) map[*html.Node]bool {
	nodes := map[*html.Node]bool{}
	css, _ := portal.SplitRule(rule)
	if css == "" {
		return nodes
	}
	selector, err := cascadia.ParseGroup(css)
	if err != nil {
		return nodes
	}
	for _, n := range cascadia.QueryAll(r.root, selector) {
		nodes[n] = true
		for child := range n.Descendants() {
			if child.Type == html.ElementNode {
				nodes[child] = true
			}
		}
	}
	return nodes
}
