package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isInline tells the elements that stand within a line of text (HTML, 4.5).
// What is unknown is taken for a block.
func isInline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code,
		atom.Data, atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label,
		atom.Mark, atom.Nobr, atom.Q, atom.Rp, atom.Rt, atom.Ruby, atom.S, atom.Samp, atom.Small,
		atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var,
		atom.Wbr, atom.Picture, atom.Img, atom.Svg, atom.Math:
		return true
	}
	return false
}

func headingLevel(a atom.Atom) int {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// signature is a hash (FNV-1a) of an element's tag and class names. Digits do
// not count, so that "post-12" and "post-13" are the same; the id stands in
// where there is no class.
func signature(n *html.Node) uint64 {
	h := fnv(fnvStart, n.Data)
	name := attr(n, "class")
	if name == "" {
		name = attr(n, "id")
	}
	return fnv(h, name)
}

const fnvStart, fnvPrime = 14695981039346656037, 1099511628211

func fnv(h uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= '0' && c <= '9' {
			continue
		}
		h = (h ^ uint64(c)) * fnvPrime
	}
	return (h ^ 0xFF) * fnvPrime
}

// imageSource is the address of an image, also of one that a program loads
// when it is scrolled to.
func imageSource(n *html.Node) string {
	src := strings.TrimSpace(attr(n, "src"))
	for _, key := range []string{"data-src", "data-lazy-src", "data-original", "data-srcset", "srcset"} {
		if src != "" && !isPlaceholder(src) {
			return src
		}
		if v := strings.TrimSpace(attr(n, key)); v != "" {
			src, _, _ = strings.Cut(v, " ")
			src = strings.TrimSuffix(src, ",")
		}
	}
	if isPlaceholder(src) {
		return ""
	}
	return src
}

func isPlaceholder(src string) bool {
	return strings.HasPrefix(src, "data:") || strings.HasPrefix(src, "about:") ||
		strings.HasSuffix(src, "/blank.gif") || strings.HasSuffix(src, "/spacer.gif") || strings.HasSuffix(src, "/pixel.gif")
}

// Where is the place of an element for people: the tags and first classes of
// it and the two elements around it.
func Where(n *html.Node) string {
	path := ""
	for depth := 0; n != nil && n.Type == html.ElementNode && depth < 3; n = n.Parent {
		step := n.Data
		if class, _, _ := strings.Cut(strings.TrimSpace(attr(n, "class")), " "); class != "" {
			step += "." + class
		} else if id := attr(n, "id"); id != "" {
			step += "#" + id
		}
		if path == "" {
			path = step
		} else {
			path = step + " > " + path
		}
		depth++
	}
	return path
}

// script keeps the scripts that hold data.
func (w *walker) script(n *html.Node) {
	if n.FirstChild == nil {
		return
	}
	text := n.FirstChild.Data
	kind, id := attr(n, "type"), attr(n, "id")
	switch {
	case containsFold(kind, "ld+json"), kind == "" && strings.Contains(text[:min(len(text), 120)], "schema.org"):
		w.JSONLD = append(w.JSONLD, text[:min(len(text), maxState)])
	case containsFold(kind, "json") && len(text) > 500:
		w.States = append(w.States, State{ID: id, Text: text[:min(len(text), maxState)]})
	case w.flight(text):
	default:
		w.variable(text)
	}
}

// variable keeps a script that sets a variable to the data of the page.
func (w *walker) variable(text string) {
	name := ""
	if len(text) > 500 {
		name = stateVariable(text)
	}
	if name == "" {
		w.layer(text)
		return
	}
	from := strings.IndexByte(text, '{')
	w.States = append(w.States, State{ID: name, Text: text[from:min(len(text), from+maxState)]})
}

// stateVariable names the variable that a script sets to the page's data.
func stateVariable(text string) string {
	head := text[:min(len(text), 200)]
	brace := strings.IndexByte(head, '{')
	if brace < 0 || !strings.Contains(head[:brace], "=") {
		return ""
	}
	for _, name := range []string{"__NUXT__", "__INITIAL_STATE__", "__PRELOADED_STATE__", "__APOLLO_STATE__", "__INITIAL_DATA__", "__STATE__", "globalContent"} {
		if strings.Contains(head[:brace], name) {
			return name
		}
	}
	return ""
}
