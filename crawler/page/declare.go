package page

import "strings"

// Measures in pixels beyond which nothing is seen. Menus wait beside the
// screen, and margins center wide pictures, at shorter ones.
const (
	farOffset = 400  // left, top and kin, to the negative side
	farMargin = 600  // margin-left, margin-top
	farIndent = 200  // text-indent
	farAhead  = 3000 // all of them, to the positive side
	farMove   = 1500 // translate, to both sides
	roomy     = 20   // padding that makes room
	tinyFont  = 2    // font-size
	seeThru   = .05  // opacity
)

// declare notes what one declaration says. Both texts are in lower case.
func (s *style) declare(key, value string, important bool) {
	set := func(w ways, isTrue bool) { s.set(w, isTrue, important) }
	switch key {
	case "display":
		set(noDisplay, value == "none")
	case "visibility":
		set(invisible, value == "hidden" || value == "collapse")
	case "content-visibility":
		set(unrendered, value == "hidden")
	case "opacity":
		n, ok := lengthOf(value)
		set(transparent, ok && (n.unit == "%" && n.value <= 100*seeThru || n.unit == "" && n.value <= seeThru))
	case "filter":
		set(filtered, isNull(value, "opacity("))
	case "transform", "translate", "scale":
		set(transformed, movesAway(key, value))
	case "font":
		set(tiny, tinyShorthand(value))
	case "font-size":
		set(tiny, isTiny(value))
	case "background-clip":
		set(clear, value == "text")
	case "left":
		set(farLeft, isFar(value, farOffset))
		set(centered, value == "50%")
	case "right":
		set(farRight, isFar(value, farOffset))
	case "top":
		set(farTop, isFar(value, farOffset))
	case "bottom":
		set(farBottom, isFar(value, farOffset))
	case "margin-left":
		set(farMarginLeft, isFar(value, farMargin))
	case "margin-top":
		set(farMarginTop, isFar(value, farMargin))
	case "margin":
		top, left := marginSides(value)
		set(farMarginTop, isFar(top, farMargin))
		set(farMarginLeft, isFar(left, farMargin))
	case "text-indent":
		set(indented, isFar(value, farIndent))
	case "clip":
		set(clipped, isEmptyRect(value))
	case "clip-path":
		set(cutOut, isEmptyShape(value))
	case "overflow", "overflow-x", "overflow-y":
		set(cropped, crops(value))
	case "animation", "animation-name", "transition":
		set(moving, value != "none" && value != "0s")
	default:
		s.measure(key, value, important)
	}
}

// measure notes what the sizes of an element say.
func (s *style) measure(key, value string, important bool) {
	n, ok := lengthOf(value)
	small := ok && n.pixels() <= 1
	switch key {
	case "height":
		s.set(flat, small, important)
	case "max-height":
		s.set(flatMax, small, important)
		s.set(shut, small && n.value == 0, important)
	case "width":
		s.set(thin, small, important)
	case "max-width":
		s.set(thinMax, small, important)
	case "min-height":
		s.set(tall, !small && value != "auto", important)
	case "min-width":
		s.set(wide, !small && value != "auto", important)
	case "padding", "padding-top", "padding-bottom":
		s.set(padded, pads(value), important)
	}
}

// pads tells whether one of up to four paddings makes room, or is reckoned.
func pads(value string) bool {
	if strings.Contains(value, "calc(") || strings.Contains(value, "var(") {
		return true
	}
	for part := range strings.FieldsSeq(value) {
		if n, ok := lengthOf(part); ok && n.pixels() >= roomy {
			return true
		}
	}
	return false
}

func crops(value string) bool {
	for word := range strings.FieldsSeq(value) {
		switch word {
		case "hidden", "auto", "scroll", "clip":
			return true
		}
	}
	return false
}

// marginSides are the upper and the left one of up to four margins.
func marginSides(value string) (top, left string) {
	if strings.IndexByte(value, '-') < 0 || strings.IndexByte(value, '(') >= 0 {
		return "", ""
	}
	var sides [4]string
	n := 0
	for part := range strings.FieldsSeq(value) {
		if n == len(sides) {
			break
		}
		sides[n] = part
		n++
	}
	switch n {
	case 0:
		return "", ""
	case 1:
		return sides[0], sides[0]
	case 4:
		return sides[0], sides[3]
	}
	return sides[0], sides[1]
}

func isFar(value string, far float64) bool {
	n, ok := lengthOf(value)
	if !ok {
		return false
	}
	px := n.pixels()
	return px <= -far || px >= farAhead
}

func isTiny(value string) bool {
	n, ok := lengthOf(value)
	if ok && n.unit == "%" {
		return n.value*.16 <= tinyFont
	}
	return ok && n.pixels() <= tinyFont && (n.unit != "" || n.value == 0)
}

// tinyShorthand reads the size out of a font: "0/0 a", "bold 1px serif".
func tinyShorthand(value string) bool {
	for part := range strings.FieldsSeq(value) {
		size, _, _ := strings.Cut(part, "/")
		if n, ok := lengthOf(size); ok && (n.unit != "" || n.value == 0) {
			return isTiny(size)
		}
	}
	return false
}

// isNull tells whether the first argument of a function is next to 0.
func isNull(value, function string) bool {
	_, rest, ok := strings.Cut(value, function)
	if !ok {
		return false
	}
	n, ok := lengthOf(firstArgument(rest))
	if n.unit == "%" {
		n.value /= 100
	}
	return ok && n.value >= -seeThru && n.value <= seeThru
}

func firstArgument(arguments string) string {
	if i := strings.IndexAny(arguments, ",) "); i >= 0 {
		return arguments[:i]
	}
	return arguments
}

// movesAway tells whether a transformation leaves nothing to see.
func movesAway(key, value string) bool {
	if key == "scale" {
		n, ok := lengthOf(firstArgument(value))
		return ok && n.value == 0
	}
	if key == "translate" {
		return leadsAway(value)
	}
	if isNull(value, "scale(") || isNull(value, "scalex(") || isNull(value, "scaley(") || isNull(value, "scale3d(") || isNull(value, "matrix(") && strings.HasPrefix(value, "matrix(0,") {
		return true
	}
	for rest := value; ; {
		_, after, ok := strings.Cut(rest, "translate")
		if !ok {
			return false
		}
		_, after, _ = strings.Cut(after, "(")
		arguments, next, _ := strings.Cut(after, ")")
		if leadsAway(arguments) {
			return true
		}
		rest = next
	}
}

func leadsAway(arguments string) bool {
	for part := range strings.FieldsFuncSeq(arguments, isBetween) {
		if n, ok := lengthOf(part); ok && (n.pixels() <= -farMove || n.pixels() >= farMove) {
			return true
		}
	}
	return false
}

func isBetween(r rune) bool { return r == ' ' || r == ',' }

// isEmptyRect reads "rect(top, right, bottom, left)" (CSS 2.1, 11.1.2).
func isEmptyRect(value string) bool {
	arguments, ok := strings.CutPrefix(value, "rect(")
	if !ok {
		return false
	}
	var sides [4]length
	n := 0
	for part := range strings.FieldsFuncSeq(strings.TrimSuffix(arguments, ")"), isBetween) {
		if n == len(sides) {
			return false
		}
		if sides[n], ok = lengthOf(part); !ok {
			sides[n].unit = "auto"
		}
		n++
	}
	flat := sides[0].unit != "auto" && sides[2].unit != "auto" && sides[2].pixels()-sides[0].pixels() <= 1
	thin := sides[1].unit != "auto" && sides[3].unit != "auto" && sides[1].pixels()-sides[3].pixels() <= 1
	return n == len(sides) && (flat || thin)
}

// isEmptyShape reads what clip-path leaves: "inset(50%)", "circle(0)",
// "polygon(0 0, 0 0, 0 0)".
func isEmptyShape(value string) bool {
	shape, arguments, ok := strings.Cut(value, "(")
	if !ok {
		return false
	}
	switch shape {
	case "inset":
		for part := range strings.FieldsSeq(strings.TrimRight(arguments, ")")) {
			n, ok := lengthOf(part)
			if !ok || n.unit != "%" || n.value < 50 {
				return false
			}
		}
		return true
	case "circle", "ellipse":
		n, ok := lengthOf(firstArgument(arguments))
		return ok && n.value == 0
	case "polygon":
		return !strings.ContainsAny(arguments, "123456789")
	}
	return false
}
