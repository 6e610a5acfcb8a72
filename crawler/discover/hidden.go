package discover

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// hiding knows what a page does not show: by a style or attribute of the
// element, or by a plain rule of its own style sheets. Links in there are
// injected for search engines; they are never followed.
type hiding struct {
	classes, ids map[string]bool
}

const maxStyle = 256 << 10 // bytes of style sheets that are read

// hidingOf reads the style elements of a document.
func hidingOf(root *html.Node) hiding {
	h := hiding{classes: map[string]bool{}, ids: map[string]bool{}}
	read := 0
	for node := range root.Descendants() {
		if node.DataAtom == atom.Style && node.FirstChild != nil && read < maxStyle {
			sheet := cut(node.FirstChild.Data, maxStyle-read)
			read += len(sheet)
			h.read(sheet)
		}
	}
	return h
}

var (
	invisible = regexp.MustCompile(`display:none|visibility:(?:hidden|collapse)|font-size:0(?:[a-z%]*)?(?:;|!|$)|opacity:0(?:\.0+)?(?:;|!|$)|` +
		`text-indent:-\d{3,}|(?:left|right|top|bottom|margin-left|margin-top):-\d{4,}|clip:rect\(0|clip-path:inset\((?:50|100)%|` +
		`transform:scale\(0\)|(?:^|;)(?:max-)?(?:height|width):[01](?:px)?(?:;|!|$).*overflow:hidden|overflow:hidden;.*(?:^|;)(?:max-)?(?:height|width):[01](?:px)?(?:;|!|$)`)
	// concealing has a part of every way to be invisible.
	concealing = []string{"display:none", "visibility:", "font-size:0", "opacity:0", ":-", "clip", "scale(0)", "overflow:hidden"}
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	plainRule  = regexp.MustCompile(`^[a-z0-9]*([.#])([A-Za-z_][\w-]*)$`)
)

// conceals tells whether a style without spaces, in lower case, shows nothing.
// Few styles have one of the words, and to look for them is cheap.
func conceals(style string) bool {
	return slices.ContainsFunc(concealing, func(word string) bool { return strings.Contains(style, word) }) &&
		invisible.MatchString(style)
}

// read takes the rules whose selector is one class or id. Rules inside @media
// are for other screens and are skipped; a later rule that shows again wins.
func (h hiding) read(sheet string) {
	if !strings.Contains(sheet, "display") && !strings.Contains(sheet, "visibility") && !strings.Contains(sheet, "-999") &&
		!strings.Contains(sheet, "opacity") && !strings.Contains(sheet, "font-size") && !strings.Contains(sheet, "indent") {
		return
	}
	sheet = cssComment.ReplaceAllString(sheet, "")
	for sheet != "" {
		open := strings.IndexByte(sheet, '{')
		if open < 0 {
			return
		}
		selectors := sheet[:open]
		if i := strings.LastIndexAny(selectors, ";}"); i >= 0 {
			selectors = selectors[i+1:]
		}
		end := blockEnd(sheet[open:])
		if !strings.HasPrefix(strings.TrimSpace(selectors), "@") {
			h.rule(selectors, sheet[open+1:open+end])
		}
		sheet = sheet[min(len(sheet), open+end+1):]
	}
}

// blockEnd is where the block closes that opens at the start.
func blockEnd(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s)
}

func (h hiding) rule(selectors, style string) {
	style = squeeze(style)
	hide := conceals(style)
	if !hide && !strings.Contains(style, "display:") && !strings.Contains(style, "visibility:") {
		return
	}
	for selector := range strings.SplitSeq(selectors, ",") {
		m := plainRule.FindStringSubmatch(strings.TrimSpace(selector))
		if m == nil {
			continue
		}
		names := h.classes
		if m[1] == "#" {
			names = h.ids
		}
		if hide {
			names[m[2]] = true
		} else {
			delete(names, m[2])
		}
	}
}

// squeeze writes a style in lower case without space.
func squeeze(style string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, style))
}

// hides tells whether an element and all in it is not shown.
func (h hiding) hides(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Template, atom.Script, atom.Style, atom.Head:
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			if conceals(squeeze(cut(a.Val, 2000))) {
				return true
			}
		case "id":
			if h.ids[a.Val] {
				return true
			}
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				if h.classes[class] {
					return true
				}
			}
		}
	}
	return false
}
