package extract

import (
	"net/url"
	"strings"
)

// Bounds of what one page's JSON-LD may say.
const (
	maxLinkedThings  = 400
	maxLinkedAuthors = 20
)

// linkedData is what the JSON-LD of a page (schema.org types) says about the
// page itself, as it stands there: uncleaned and not yet believed.
type linkedData struct {
	Type      string // of the thing that tells the article, such as "NewsArticle"; empty when none does
	Sure      bool   // that thing names this page's address
	Headline  string
	Published string
	Modified  string
	Authors   []string
	Publisher string
	Language  string
	Section   []string
	Image     string
	Body      string // articleBody
	URL       string

	// The same from a WebPage, VideoObject or the like, which speaks less
	// clearly of the article.
	PageName      string
	PagePublished string
	PageModified  string
	PageAuthors   []string

	Articles int  // things of an article type at the top
	Listing  bool // the page calls itself a collection, search result or front page
}

// linked is what the page's JSON-LD says, read at the first call.
func (s *Survey) linked() *linkedData {
	if s.told == nil {
		addresses := []string{s.Page.URL.String(), s.Page.Asked.String()}
		if claim := s.rel("canonical"); claim != "" {
			addresses = append(addresses, s.Page.Resolve(claim))
		}
		told := readLinkedData(s.JSONLD, addresses...)
		s.told = &told
	}
	return s.told
}

// readLinkedData reads the JSON-LD scripts of a page; addresses are those
// under which the page is known. Things that stand inside lists, comments or
// relations are not about this page and are passed over.
func readLinkedData(scripts []string, addresses ...string) linkedData {
	var things []linkedThing
	for _, script := range scripts {
		if strings.IndexByte(script, '{') < 0 {
			continue
		}
		tree := readJSON(script)
		things = tree.topThings(1, 0, things)
	}
	var d linkedData
	article, page := chooseThings(things, addresses, &d)
	if article.tree != nil {
		d.fromArticle(article)
	}
	if page.tree != nil {
		d.fromPage(page)
	}
	if d.Publisher == "" {
		d.Publisher = siteOf(things)
	}
	return d
}

// linkedThing is one object of the graph with its type.
type linkedThing struct {
	tree *jsonTree
	id   int32
	kind string
	rank int // 3 article, 2 other work, 1 page, 0 anything else
}

// topThings collects the objects that stand by themselves: at the top, in a
// graph, or as the main thing of a page.
func (t *jsonTree) topThings(id int32, depth int, things []linkedThing) []linkedThing {
	if depth > 6 || len(things) >= maxLinkedThings {
		return things
	}
	switch t.nodes[id].kind {
	case '[':
		for c := t.nodes[id].first; c != 0; c = t.nodes[c].next {
			things = t.topThings(c, depth+1, things)
		}
	case '{':
		if graph := t.get(id, "@graph"); graph != 0 {
			things = t.topThings(graph, depth+1, things)
		}
		kind, rank := t.thingType(id)
		if kind != "" {
			things = append(things, linkedThing{tree: t, id: id, kind: kind, rank: rank})
		}
		for _, key := range [...]string{"mainEntity", "mainEntityOfPage"} {
			if inner := t.get(id, key); inner != 0 && t.nodes[inner].kind != '"' {
				things = t.topThings(inner, depth+1, things)
			}
		}
	}
	return things
}

// thingType is the type that says most of those an object has.
func (t *jsonTree) thingType(id int32) (kind string, rank int) {
	types := t.get(id, "@type")
	if types == 0 {
		return "", 0
	}
	if t.nodes[types].kind != '[' {
		kind = t.text(types)
		return kind, typeRank(kind)
	}
	for c := t.nodes[types].first; c != 0; c = t.nodes[c].next {
		if k := t.text(c); kind == "" || typeRank(k) > rank {
			kind, rank = k, typeRank(k)
		}
	}
	return kind, rank
}

// typeRank tells how well a schema.org type speaks of an article.
func typeRank(kind string) int {
	if cut := strings.LastIndexAny(kind, "/:"); cut >= 0 {
		kind = kind[cut+1:]
	}
	k := strings.ToLower(kind)
	switch k {
	case "report", "blogposting", "liveblogposting", "socialmediaposting", "discussionforumposting", "newsitem":
		return 3
	case "creativework", "videoobject", "podcastepisode", "audioobject", "recipe", "howto", "review", "imagegallery",
		"mediagallery", "photograph", "event", "newsletter", "videogallery", "questionandanswer", "qapage", "book", "movie", "course":
		return 2
	case "webpage", "itempage", "medicalwebpage", "aboutpage":
		return 1
	}
	if strings.HasSuffix(k, "article") {
		return 3
	}
	return 0
}

// isListingType tells types with which a page calls itself a list.
func isListingType(kind string) bool {
	switch strings.ToLower(kind) {
	case "collectionpage", "searchresultspage", "itemlist", "blog", "profilepage", "contactpage":
		return true
	}
	return false
}

// chooseThings picks the thing that tells the article of this page and the
// one that tells the page: by address, else by rank, else the first.
func chooseThings(things []linkedThing, addresses []string, d *linkedData) (article, page linkedThing) {
	bestSure := false
	for _, thing := range things {
		if isListingType(thing.kind) && !strings.EqualFold(thing.kind, "ItemList") {
			d.Listing = true
		}
		switch thing.rank {
		case 3:
			d.Articles++
			sure := thing.isAbout(addresses)
			better := article.tree == nil || sure && !bestSure ||
				sure == bestSure && thing.fullness() > article.fullness()+2
			if better {
				article, bestSure = thing, sure
			}
		case 1, 2:
			if page.tree == nil || thing.dated() && (!page.dated() || thing.rank < page.rank) {
				page = thing
			}
		}
	}
	// Many articles side by side and none of them this page: a list.
	if d.Articles >= 3 && !bestSure && known(addresses) {
		d.Listing = true
		article = linkedThing{}
	}
	d.Sure = bestSure
	return article, page
}

// known tells whether any address is known.
func known(addresses []string) bool {
	for _, a := range addresses {
		if a != "" {
			return true
		}
	}
	return false
}

// isAbout tells whether a thing names one of the addresses as its own.
func (thing linkedThing) isAbout(addresses []string) bool {
	for _, key := range [...]string{"mainEntityOfPage", "url", "@id"} {
		id := thing.tree.get(thing.id, key)
		if id == 0 {
			continue
		}
		claim := thing.tree.anyText(id, 0)
		if thing.tree.nodes[id].kind == '{' {
			if at := thing.tree.textOf(id, "@id", "url"); at != "" {
				claim = at
			}
		}
		for _, a := range addresses {
			if sameAddress(claim, a) {
				return true
			}
		}
	}
	return false
}

// fullness counts the fields of an article that a thing has.
func (thing linkedThing) fullness() int {
	n := 0
	for _, key := range [...]string{"headline", "datePublished", "author", "articleBody", "dateModified", "image", "mainEntityOfPage"} {
		if thing.tree.get(thing.id, key) != 0 {
			n++
		}
	}
	return n
}

func (thing linkedThing) dated() bool {
	if thing.tree == nil {
		return false
	}
	return thing.tree.get(thing.id, "datePublished") != 0 || thing.tree.get(thing.id, "uploadDate") != 0
}

func (d *linkedData) fromArticle(thing linkedThing) {
	t, id := thing.tree, thing.id
	d.Type = thing.kind
	d.Headline = t.textOf(id, "headline", "name", "alternativeHeadline")
	d.Published = t.textOf(id, "datePublished", "dateCreated", "uploadDate")
	d.Modified = t.textOf(id, "dateModified", "dateUpdated")
	d.Authors = t.people(t.get(id, "author"), nil, 0)
	if len(d.Authors) == 0 {
		d.Authors = t.people(t.get(id, "creator"), nil, 0)
	}
	d.Publisher = firstOf(t.people(t.get(id, "publisher"), nil, 0))
	d.Language = t.textOf(id, "inLanguage")
	d.Section = t.texts(t.get(id, "articleSection"))
	d.Image = t.imageOf(id)
	d.Body = t.textOf(id, "articleBody")
	d.URL = t.textOf(id, "url", "mainEntityOfPage")
}

func firstOf(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

func (d *linkedData) fromPage(thing linkedThing) {
	t, id := thing.tree, thing.id
	if thing.rank == 1 { // the name of a video on the page is no headline
		d.PageName = t.textOf(id, "headline", "name")
	}
	d.PagePublished = t.textOf(id, "datePublished", "uploadDate", "dateCreated")
	d.PageModified = t.textOf(id, "dateModified")
	d.PageAuthors = t.people(t.get(id, "author"), nil, 0)
	if d.Language == "" {
		d.Language = t.textOf(id, "inLanguage")
	}
	if d.Image == "" {
		d.Image = t.imageOf(id)
	}
	if d.Body == "" {
		d.Body = t.textOf(id, "articleBody")
	}
}

// people are the names of persons or desks: a text, an object with a name, a
// reference into the graph, or lists of these.
func (t *jsonTree) people(id int32, names []string, depth int) []string {
	if id == 0 || depth > 4 || len(names) >= maxLinkedAuthors {
		return names
	}
	switch t.nodes[id].kind {
	case '[':
		for c, n := t.nodes[id].first, 0; c != 0 && n < maxLinkedAuthors; c, n = t.nodes[c].next, n+1 {
			names = t.people(c, names, depth+1)
		}
	case '{':
		if name := t.get(id, "name"); name != 0 {
			return t.people(name, names, depth+1)
		}
		if ref := t.get(id, "@id"); ref != 0 && depth < 3 {
			return t.people(t.named(t.text(ref)), names, depth+1)
		}
		if given := t.textOf(id, "givenName"); given != "" {
			return append(names, strings.TrimSpace(given+" "+t.textOf(id, "familyName")))
		}
		if value := t.textOf(id, "@value"); value != "" {
			return append(names, value)
		}
	default:
		if name := strings.TrimSpace(t.text(id)); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// named finds the object with an "@id" and a name.
func (t *jsonTree) named(ref string) int32 {
	if ref == "" {
		return 0
	}
	for id := range t.nodes {
		if t.nodes[id].kind == '{' && t.get(int32(id), "name") != 0 && t.text(t.get(int32(id), "@id")) == ref {
			return int32(id)
		}
	}
	return 0
}

// texts are the strings of a value or of a list of values.
func (t *jsonTree) texts(id int32) []string {
	if id == 0 {
		return nil
	}
	if t.nodes[id].kind != '[' {
		if s := t.anyText(id, 0); s != "" {
			return []string{s}
		}
		return nil
	}
	var all []string
	for c := t.nodes[id].first; c != 0 && len(all) < maxLinkedAuthors; c = t.nodes[c].next {
		if s := t.anyText(c, 0); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// imageOf is the address of a thing's image.
func (t *jsonTree) imageOf(id int32) string {
	for _, key := range [...]string{"image", "primaryImageOfPage", "thumbnailUrl"} {
		image := t.get(id, key)
		for image != 0 && t.nodes[image].kind == '[' {
			image = t.nodes[image].first
		}
		if image == 0 {
			continue
		}
		if t.nodes[image].kind == '{' {
			if s := t.textOf(image, "url", "contentUrl", "@id"); s != "" {
				return s
			}
			continue
		}
		if s := t.text(image); s != "" {
			return s
		}
	}
	return ""
}

// siteOf is the name of the site or of its publisher.
func siteOf(things []linkedThing) string {
	for _, thing := range things {
		switch strings.ToLower(thing.kind) {
		case "website", "newsmediaorganization", "organization":
			if name := thing.tree.textOf(thing.id, "name"); name != "" {
				return name
			}
		}
	}
	return ""
}

// sameAddress tells whether two addresses name the same page, whatever their
// scheme, "www.", query, fragment and last slash.
func sameAddress(a, b string) bool {
	a, b = bareAddress(a), bareAddress(b)
	return a != "" && a == b
}

// bareAddress is host and path of an address; empty for a site's front page.
func bareAddress(address string) string {
	_, rest, found := strings.Cut(address, "://")
	if !found {
		return ""
	}
	if cut := strings.IndexAny(rest, "?#"); cut >= 0 {
		rest = rest[:cut]
	}
	rest = strings.TrimRight(rest, "/")
	host, path, found := strings.Cut(rest, "/")
	if !found {
		return ""
	}
	if clear, err := url.PathUnescape(path); err == nil {
		path = clear
	}
	return strings.TrimPrefix(strings.ToLower(host), "www.") + "/" + path
}
