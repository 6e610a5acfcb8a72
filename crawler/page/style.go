package page

import "strings"

// ways are the facts about a style that decide whether its element is seen.
type ways uint32

const (
	noDisplay   ways = 1 << iota // display: none
	invisible                    // visibility: hidden
	unrendered                   // content-visibility: hidden
	transparent                  // opacity: 0
	filtered                     // filter: opacity(0)
	transformed                  // scaled to nothing or moved away
	tiny                         // letters of no size
	colorless                    // letters of no color, or of that behind them
	farLeft                      // left, far out of sight
	farRight
	farTop
	farBottom
	farMarginLeft
	farMarginTop
	indented // text-indent, far out of sight
	clipped  // clip: rect(0 0 0 0)
	cutOut   // clip-path: inset(100%)
	shut     // max-height: 0

	flat    // height of at most one pixel
	flatMax // max-height of at most one pixel
	thin    // width of at most one pixel
	thinMax // max-width of at most one pixel
	cropped // overflow that shows nothing beyond the edges

	tall     // min-height of some size
	wide     // min-width of some size
	padded   // padding above or below that makes room for something
	centered // left: 50%, which a negative margin goes with
	clear    // the background is cut to the letters, which then have no color
	moving   // the element comes into sight by itself, bit by bit
)

const (
	alone     = noDisplay | invisible | unrendered | transparent | filtered | transformed | tiny | colorless | farLeft | farRight | farTop | farBottom | farMarginLeft | farMarginTop | indented | clipped | cutOut | shut
	together  = flat | flatMax | thin | thinMax
	folding   = noDisplay | invisible | unrendered | transparent | shut | flat | flatMax
	inherited = invisible | tiny | colorless // what elements inside may take back
)

// conceal gives the ways in which nothing is seen of an element; 0 if it is.
func (w ways) conceal() ways {
	if w&(alone|together) == 0 {
		return 0
	}
	if w&moving != 0 {
		w &^= transparent | filtered | transformed
	}
	if w&centered != 0 {
		w &^= farMarginLeft
	}
	if w&clear != 0 {
		w &^= colorless
	}
	if w&(tall|padded) != 0 {
		w &^= flat | flatMax | shut
	}
	if w&wide != 0 {
		w &^= thin | thinMax
	}
	hidden := w & alone
	if w&cropped != 0 || w&(flat|flatMax) != 0 && w&(thin|thinMax) != 0 {
		hidden |= w & together
	}
	return hidden
}

// style is what a list of declarations says: the facts that it makes true and
// those that it makes untrue; firm are those by declarations with !important.
type style struct {
	on, off, firmOn, firmOff ways
}

// apply lets a later style have its way where it says something.
func (s *style) apply(later style) {
	s.on = s.on&^later.off | later.on
	s.off = s.off&^later.on | later.off
}

// firm is the part of a style with !important.
func (s style) firm() style { return style{on: s.firmOn, off: s.firmOff} }

// set notes a fact as true or untrue.
func (s *style) set(w ways, isTrue, important bool) {
	on, off := &s.on, &s.off
	if important {
		on, off = &s.firmOn, &s.firmOff
	}
	if !isTrue {
		on, off = off, on
	}
	*on |= w
	*off &^= w
}

const (
	maxKey       = 24      // bytes of a property's name
	maxValue     = 160     // bytes of a value
	maxAttribute = 4 << 10 // bytes of a style attribute
)

// readAttribute reads a style attribute. Only there are colors compared: those
// of rules come from too many of them.
func readAttribute(css string) style {
	var both colors
	s := readStyle(css[:min(len(css), maxAttribute)], &both)
	if both.letters.given {
		s.set(colorless, both.letters.like(both.ground), false)
	}
	return s
}

// colors are those that a style attribute gives.
type colors struct {
	letters, ground color
}

// readStyle reads declarations, and their colors if there is where to.
func readStyle(css string, both *colors) style {
	if strings.Contains(css, "/*") {
		css = withoutComments(css)
	}
	var s style
	var key [maxKey]byte
	var value [maxValue]byte
	for css != "" {
		var declaration string
		declaration, css, _ = strings.Cut(css, ";")
		name, text, ok := strings.Cut(declaration, ":")
		if !ok {
			continue
		}
		k := lowered(key[:0], unprefixed(strings.TrimSpace(name)))
		isColor := both != nil && tellsColor(k)
		if !isColor && !known(k) {
			continue
		}
		v, important := unimportant(lowered(value[:0], strings.TrimSpace(text)))
		switch {
		case !isColor:
			s.declare(string(k), string(v), important)
		case string(k) == "color":
			both.letters = colorOf(v)
		default:
			both.ground = colorOf(v)
		}
	}
	return s
}

func tellsColor(key []byte) bool {
	return string(key) == "color" || string(key) == "background" || string(key) == "background-color"
}

// known tells the properties that declare reads; most others are left early.
func known(key []byte) bool {
	switch string(key) {
	case "display", "visibility", "content-visibility", "opacity", "filter", "transform", "translate", "scale", "font", "font-size",
		"background-clip", "left", "right", "top", "bottom", "margin", "margin-left", "margin-top",
		"text-indent", "clip", "clip-path", "max-height", "height", "max-width", "width", "min-height", "min-width",
		"overflow", "overflow-x", "overflow-y", "padding", "padding-top", "padding-bottom", "animation", "animation-name", "transition":
		return true
	}
	return false
}

// unprefixed takes the maker's name from a property: -webkit-transform.
func unprefixed(key string) string {
	if len(key) < 2 || key[0] != '-' {
		return key
	}
	if _, rest, ok := strings.Cut(key[1:], "-"); ok {
		return rest
	}
	return key
}

// lowered appends a text in lower case as far as there is room.
func lowered(to []byte, text string) []byte {
	text = text[:min(len(text), cap(to))]
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c == '\n' || c == '\t' || c == '\r' || c == '\f':
			c = ' '
		}
		to = append(to, c)
	}
	return to
}

// unimportant cuts "!important" off.
func unimportant(value []byte) ([]byte, bool) {
	for i, c := range value {
		if c == '!' {
			end := i
			for end > 0 && value[end-1] == ' ' {
				end--
			}
			return value[:end], true
		}
	}
	return value, false
}

// withoutComments leaves the comments of a style or sheet out.
func withoutComments(css string) string {
	var b strings.Builder
	b.Grow(len(css))
	for {
		before, rest, ok := strings.Cut(css, "/*")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		if _, css, ok = strings.Cut(rest, "*/"); !ok {
			return b.String()
		}
	}
}
