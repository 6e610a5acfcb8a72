package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean is the one function through which all text of an article passes:
// valid UTF-8 in NFC, only characters that XML 1.0 allows (production 2), no
// invisible ones, runs of white space as one space. Twice is the same as once.
func Clean(s string) string {
	if isClean(s) || isCleanUnicode(s) {
		return s
	}
	return strings.Join(strings.Fields(cleanRunes(s)), " ")
}

// CleanLines is Clean line by line: it keeps single line breaks and drops
// empty lines.
func CleanLines(s string) string {
	if strings.IndexByte(s, '\n') < 0 {
		return Clean(s)
	}
	var kept []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = Clean(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// isClean tells the usual case, plain ASCII in good order, without a copy.
func isClean(s string) bool {
	space := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			if space {
				return false
			}
			space = true
		case c < ' ' || c >= 0x7f:
			return false
		default:
			space = false
		}
	}
	return !space || s == ""
}

// isCleanUnicode tells the other usual case, text with letters of any script
// in good order, without a copy.
func isCleanUnicode(s string) bool {
	space := true
	for _, r := range s {
		switch {
		case r == ' ':
			if space {
				return false
			}
			space = true
			continue
		case r == utf8.RuneError, unicode.IsSpace(r), isInvisible(r), !isXML(r):
			return false
		}
		space = false
	}
	return !space && norm.NFC.IsNormalString(s)
}

// cleanRunes maps what must not stay and composes the rest. Composing comes
// last because it may follow from a dropped character.
func cleanRunes(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unicode.IsSpace(r):
			return ' '
		case isInvisible(r) || !isXML(r):
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(s)
}

// isXML tells the characters of XML 1.0, without the non-characters that end
// each plane.
func isXML(r rune) bool {
	return r >= 0x20 && r != 0x7f && (r < 0x80 || r > 0x9f) && r&0xfffe != 0xfffe && (r < 0xfdd0 || r > 0xfdef) && utf8.ValidRune(r)
}

// isInvisible tells characters that print nothing and part words or fool
// comparisons: soft hyphen, zero-width space and joiners between letters of
// Latin script, byte order mark, direction marks, variation of nothing.
func isInvisible(r rune) bool {
	switch {
	case r == '\u00ad', r == '\ufeff', r == '\u200b', r == '\u2060', r == '\u180e':
		return true
	case r >= '\u200e' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return true
	}
	return false
}
