package discover

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"regexp"
	"slices"
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
	for n := range r.root.Descendants() {
		if n.DataAtom != atom.Script || n.FirstChild == nil || len(n.FirstChild.Data) > maxState {
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
	return walker.items
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
	reader *reader
	items  []Item
	seen   map[string]bool
	nodes  int
	route  []byte // nil before it was looked for
	older  string // address of the next page, in a list that names it
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
	item.date(firstText(o, "published_at", "publishedAt", "datePublished", "date_published", "publish_date", "published", "date", "tanggal", "created_at", "createdAt"), KindListing)
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
		}
	}
	if len(w.route) == 0 {
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
	list.Older, _ = r.continues(walker.older)
	return list, true
}
