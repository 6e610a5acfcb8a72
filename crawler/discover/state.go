package discover

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kabar/crawler/page"
	"kabar/crawler/portal"
	"kabar/storage/news"
)

const (
	maxState = 4 << 20 // bytes of state JSON that are read
	maxNodes = 200000  // values of it that are looked at
)

// state finds articles in the JSON that a page of scripts carries for itself
// (__NEXT_DATA__, application/json, JSON-LD lists, assignments to window).
func (r *reader) state() []Item {
	walker := stateWalker{reader: r, seen: map[string]bool{}}
	var flight strings.Builder
	for n := range r.root.Descendants() {
		if n.DataAtom != atom.Script || n.FirstChild == nil || len(n.FirstChild.Data) > maxState {
			continue
		}
		if piece, ok := flightPiece(n.FirstChild.Data); ok && flight.Len()+len(piece) <= maxState {
			flight.WriteString(piece)
			continue
		}
		if document := stateJSON(n); document != "" {
			var value any
			decoder := json.NewDecoder(strings.NewReader(document))
			decoder.UseNumber()
			if decoder.Decode(&value) == nil {
				walker.walk(value, 0)
			}
		}
	}
	walker.flight(flight.String())
	r.stateOlder = walker.olderPage()
	return walker.items
}

// flightPiece is the text of a script in which Next.js sends a piece of a
// page's data: self.__next_f.push([1,"…"]).
func flightPiece(script string) (piece string, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(script), "self.__next_f.push(")
	if !ok {
		return "", false
	}
	var call []any
	if json.NewDecoder(strings.NewReader(rest)).Decode(&call) != nil || len(call) < 2 {
		return "", false
	}
	piece, ok = call[1].(string)
	return piece, ok
}

// flightRow is the head of a row of such data: its number and what follows, a
// value in JSON or a text with its size in bytes, both in hexadecimal.
var flightRow = regexp.MustCompile(`^[0-9a-f]{1,8}:(?:T([0-9a-f]{1,8}),)?`)

// flight walks through the rows of the data.
func (w *stateWalker) flight(data string) {
	for data != "" {
		line, rest, _ := strings.Cut(data, "\n")
		m := flightRow.FindStringSubmatch(cut(line, 40))
		switch {
		case m == nil:
		case m[1] != "":
			size, err := strconv.ParseUint(m[1], 16, 31)
			if err != nil || len(m[0])+int(size) > len(data) {
				return
			}
			rest = data[len(m[0])+int(size):]
		default:
			var value any
			decoder := json.NewDecoder(strings.NewReader(line[len(m[0]):]))
			decoder.UseNumber()
			if decoder.Decode(&value) == nil {
				w.walk(value, 0)
			}
		}
		data = rest
	}
}

var assignment = regexp.MustCompile(`^\s*(?:window|self|var|let|const)[\w.\s\["'\]]{1,80}=\s*([{\[])`)

// stateJSON is the JSON text of a script, empty when it is a program.
func stateJSON(n *html.Node) string {
	text := n.FirstChild.Data
	if strings.Contains(attr(n, "type"), "json") || attr(n, "id") == "__NEXT_DATA__" {
		return text
	}
	if m := assignment.FindStringSubmatchIndex(cut(text, 400)); m != nil {
		return text[m[2]:]
	}
	return ""
}

type stateWalker struct {
	reader  *reader
	items   []Item
	seen    map[string]bool
	nodes   int
	route   []byte // nil before it was looked for
	guessed bool   // the route follows from where the list lies
	older   string // address of the next page, in a list that names it
	more    bool   // a count of pages says that there is a next one
}

// pagers are the keys under which lists count their pages: the present one and
// all.
var (
	presentPage = []string{"page", "currentPage", "current_page", "pageNumber", "halaman"}
	totalPages  = []string{"totalPages", "total_pages", "last_page", "lastPage", "pageCount", "page_count", "pages", "total_halaman"}
)

// counts notes whether an object counts pages and this one is not the last.
func (w *stateWalker) counts(o map[string]any) {
	present, ok := firstNumber(o, presentPage)
	total, known := firstNumber(o, totalPages)
	if !ok || !known || present < 1 || total <= present || total > 100000 || w.reader.page.URL == nil {
		return
	}
	asked := 1
	if number, paged := pageNumber(w.reader.page.URL); paged {
		asked = number
	}
	w.more = w.more || present == asked
}

// olderPage is the next page of the list: as it is named, else ?page= behind
// the page's own address.
func (w *stateWalker) olderPage() string {
	r := w.reader
	if w.older != "" {
		if target, ok := r.continues(w.older); ok {
			return target
		}
	}
	if !w.more || len(w.items) == 0 || r.page.URL == nil {
		return ""
	}
	next := *r.page.URL
	query := next.Query()
	present, err := strconv.Atoi(query.Get("page"))
	if err != nil {
		present = 1
	}
	query.Set("page", strconv.Itoa(present+1))
	next.RawQuery, next.Fragment = query.Encode(), ""
	target, _ := r.continues(next.String())
	return target
}

func firstNumber(o map[string]any, keys []string) (int, bool) {
	for _, key := range keys {
		if number, ok := o[key].(json.Number); ok {
			n, err := strconv.Atoi(number.String())
			return n, err == nil
		}
	}
	return 0, false
}

func (w *stateWalker) walk(value any, depth int) {
	if w.nodes++; w.nodes > maxNodes || depth > 40 || len(w.items) >= maxListed {
		return
	}
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			w.walk(element, depth+1)
		}
	case map[string]any:
		w.object(value)
		w.counts(value)
		if next := firstText(value, "next_page_url", "nextPageUrl", "next_url", "next"); w.older == "" && strings.Contains(next, "/") {
			w.older = next
		}
		for _, key := range sortedKeys(value) {
			w.walk(value[key], depth+1)
		}
	}
}

// object takes an object that has a title and an address for an article, when
// its address looks like one.
func (w *stateWalker) object(o map[string]any) {
	title := firstText(o, "title", "judul", "headline", "name", "post_title", "news_title")
	if rendered, ok := o["title"].(map[string]any); ok {
		title = firstText(rendered, "rendered", "$t")
	}
	ref := firstText(o, "url", "link", "permalink", "href", "path", "canonical", "uri", "share_url", "full_url", "@id")
	if !strings.Contains(ref, "/") {
		ref = w.routed(o)
	}
	if title == "" || ref == "" {
		return
	}
	r := w.reader
	u, err := url.Parse(r.page.Resolve(ref))
	if err != nil || u.Host == "" || !r.site.covers(u) && !r.site.near(u) || isFile(u.Path) {
		return
	}
	if _, bad := Trap(u.String(), nil); bad {
		return
	}
	address, err := Address(settle(u, r.page.URL).String())
	if err != nil || w.seen[address] {
		return
	}
	words := len(strings.Fields(title))
	if words < 3 || r.model.Score(address)+float64(min(words, 6))/3 < likely {
		return
	}
	w.seen[address] = true
	item := Item{Link: news.Link{URL: address, Title: cleanTitle(title), Source: KindListing}, Key: Key(address)}
	item.date(firstText(o, "published_at", "publishedAt", "datePublished", "date_published", "publish_date", "published", "date", "tanggal", "tanggal_terbit", "created_at", "createdAt"), KindListing)
	w.items = append(w.items, item)
}

var (
	route     = regexp.MustCompile(`["'](/[\w/.\[\]{}:-]{0,80}(?:\[slug\]|:slug\b|\{slug\})[\w/.\[\]{}:-]{0,40})["']`)
	routeSlug = regexp.MustCompile(`\[slug\]|:slug\b|\{slug\}`)
	routeID   = regexp.MustCompile(`\[id\]|:id\b|\{id\}`)
)

// routed makes the address of an object that has only a slug, by a route that
// the page names ("/berita/[slug]").
func (w *stateWalker) routed(o map[string]any) string {
	slug := firstText(o, "slug", "seo", "judul_seo", "permalink")
	if slug == "" || strings.ContainsAny(slug, "/?# ") {
		return ""
	}
	if w.route == nil {
		w.route = []byte{}
		if m := route.FindSubmatch(w.reader.page.Body); m != nil {
			w.route = m[1]
		} else if folder := w.folder(); folder != "" {
			w.route, w.guessed = []byte(folder+"/[slug]"), true
		}
	}
	if len(w.route) == 0 || w.guessed && !hasDate(o) {
		return ""
	}
	id := firstText(o, "id")
	if number, ok := o["id"].(json.Number); ok {
		id = number.String()
	}
	path := routeSlug.ReplaceAllLiteralString(string(w.route), slug)
	path = routeID.ReplaceAllLiteralString(path, id)
	if strings.ContainsAny(path, "[]{}:") {
		return ""
	}
	return path
}

// hasDate tells objects that were published at some time from categories and
// the like.
func hasDate(o map[string]any) bool {
	for key := range o {
		if stateDateKey.MatchString(key) {
			return true
		}
	}
	return false
}

var stateDateKey = regexp.MustCompile(`(?i)publi|terbit|tayang|tanggal|^date|created|posted|waktu`)

// folder is where the articles of a list of slugs lie that names no route: the
// list's own address where that is a folder of articles, else the only such
// folder to which the page links.
func (w *stateWalker) folder() string {
	r := w.reader
	isFolder := func(u *url.URL) bool {
		path := strings.Trim(u.Path, "/")
		return path != "" && !strings.ContainsAny(path, "[]{}:.") && u.RawQuery == "" && strings.Count(path, "/") < 2 &&
			vocabulary[strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])] >= 1.5
	}
	if r.page.URL != nil {
		at := *r.page.URL
		at.RawQuery = ""
		if isFolder(&at) {
			return strings.TrimSuffix(at.Path, "/")
		}
	}
	found := ""
	for _, l := range r.links {
		if l.near || !isFolder(l.url) {
			continue
		}
		if found != "" {
			return ""
		}
		found = strings.TrimSuffix(l.url.Path, "/")
	}
	return found
}

func firstText(o map[string]any, keys ...string) string {
	for _, key := range keys {
		if text, ok := o[key].(string); ok && strings.TrimSpace(text) != "" && len(text) < MaxAddress {
			return strings.TrimSpace(text)
		}
	}
	return ""
}

// sortedKeys keeps the order of items the same from run to run.
func sortedKeys(o map[string]any) []string { return slices.Sorted(maps.Keys(o)) }

// readListingJSON reads a list of articles that is no page but its data.
func readListingJSON(p *page.Page, d portal.Definition, m *Model) (Listing, bool) {
	if rootOf(p.Body) != "json" || len(p.Body) > maxState {
		return Listing{}, false
	}
	var value any
	decoder := json.NewDecoder(bytes.NewReader(p.Body))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return Listing{}, false
	}
	r := &reader{page: p, model: m, site: siteOf(d, p), found: &gatherer{}}
	walker := stateWalker{reader: r, seen: map[string]bool{}}
	walker.walk(value, 0)
	list := Listing{Items: walker.items, IsListing: len(walker.items) > 0}
	list.Older = walker.olderPage()
	return list, true
}
