package page

import (
	"strconv"
	"strings"
)

// length is a measure of CSS; its unit is "" for a bare number.
type length struct {
	value float64
	unit  string
}

// lengthOf reads one measure: "-999px", "0", ".5em", "100%". Anything else,
// such as "auto" and "calc(…)", is none.
func lengthOf(text string) (length, bool) {
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.' || end == 0 && (text[end] == '-' || text[end] == '+')) {
		end++
	}
	if end == 0 || end > 20 {
		return length{}, false
	}
	value, err := strconv.ParseFloat(text[:end], 64)
	unit := text[end:]
	if err != nil || len(unit) > 5 {
		return length{}, false
	}
	for i := range len(unit) {
		if c := unit[i]; c != '%' && (c < 'a' || c > 'z') {
			return length{}, false
		}
	}
	return length{value, unit}, true
}

// pixels is about how long a measure is on a screen of 1280 by 800 with
// letters of 16 pixels. A percentage is taken of a column of 450.
func (l length) pixels() float64 {
	switch l.unit {
	case "em", "rem", "ic", "lh", "rlh", "pc":
		return l.value * 16
	case "ex", "ch", "vh", "vmin", "svh", "lvh", "dvh":
		return l.value * 8
	case "vw", "vmax", "svw", "lvw", "dvw":
		return l.value * 12.8
	case "%":
		return l.value * 4.5
	case "in":
		return l.value * 96
	case "cm":
		return l.value * 38
	case "mm":
		return l.value * 3.8
	case "pt":
		return l.value * 4 / 3
	}
	return l.value
}

// color is red, green and blue, and whether one was given that covers what is
// behind it.
type color struct {
	r, g, b int
	given   bool
	clear   bool
}

// like tells whether letters of this color cannot be read on a ground of the
// other.
func (c color) like(ground color) bool {
	const apart = 8 // of 256, where eyes begin to see
	if c.clear {
		return true
	}
	near := func(a, b int) bool { return a-b <= apart && b-a <= apart }
	return ground.given && !ground.clear && near(c.r, ground.r) && near(c.g, ground.g) && near(c.b, ground.b)
}

// colorOf reads a color, or the one that a background begins with: "#fff",
// "rgb(255, 255, 255)", "white".
func colorOf(value []byte) color {
	text := string(value)
	if strings.HasPrefix(text, "rgb") {
		return colorOfNumbers(text)
	}
	if i := strings.IndexByte(text, ' '); i >= 0 {
		text = text[:i]
	}
	switch text {
	case "white":
		return color{255, 255, 255, true, false}
	case "black":
		return color{given: true}
	case "transparent":
		return color{given: true, clear: true}
	}
	if !strings.HasPrefix(text, "#") {
		return color{}
	}
	return colorOfDigits(text[1:])
}

// colorOfDigits reads 3, 4, 6 or 8 hexadecimal digits.
func colorOfDigits(digits string) color {
	width := 1
	switch len(digits) {
	case 6, 8:
		width = 2
	case 3, 4:
	default:
		return color{}
	}
	var parts [4]int
	parts[3] = 255
	for i := range len(digits) / width {
		n, err := strconv.ParseUint(digits[i*width:(i+1)*width], 16, 8)
		if err != nil {
			return color{}
		}
		parts[i] = int(n)
		if width == 1 {
			parts[i] *= 17
		}
	}
	return color{parts[0], parts[1], parts[2], true, parts[3] == 0}
}

// colorOfNumbers reads "rgb(1, 2, 3)" and "rgba(1 2 3 / 0)".
func colorOfNumbers(text string) color {
	_, arguments, _ := strings.Cut(text, "(")
	arguments, _, _ = strings.Cut(arguments, ")")
	parts := [4]float64{3: 1}
	n := 0
	for part := range strings.FieldsFuncSeq(arguments, func(r rune) bool { return isBetween(r) || r == '/' }) {
		l, ok := lengthOf(part)
		if !ok || n == len(parts) {
			return color{}
		}
		parts[n] = l.value
		if l.unit == "%" && n < 3 {
			parts[n] *= 2.55
		}
		n++
	}
	if n < 3 {
		return color{}
	}
	return color{channel(parts[0]), channel(parts[1]), channel(parts[2]), true, parts[3] == 0}
}

func channel(value float64) int { return int(min(255, max(0, value))) }
