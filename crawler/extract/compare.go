package extract

import (
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Key is a text made ready for comparison: its letters and digits (NFKC) in
// lower case, words parted by one space, apostrophes left out. Two writings of
// the same words have the same key.
func Key(s string) string {
	if !isASCII(s) {
		s = norm.NFKC.String(s)
	}
	key := make([]byte, 0, len(s))
	gap := false
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf && isWordByte(byte(r)) && r != '-' && r != '_', r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)):
			if gap && len(key) > 0 {
				key = append(key, ' ')
			}
			gap = false
			key = utf8.AppendRune(key, unicode.ToLower(r))
		case r == '\'' || r == '’' || r == '‘' || r == '`' || r == 0xAD || r == 0x200B || r == 0xFEFF:
		default:
			gap = true
		}
	}
	return string(key)
}

// KeyWords is how many words a key has.
func KeyWords(key string) int {
	if key == "" {
		return 0
	}
	return strings.Count(key, " ") + 1
}

// Overlap is how much two keys have in common: twice the number of common
// words over the number of all words, 0 to 1.
func Overlap(a, b string) float64 {
	if a == b {
		return 1
	}
	var mine, theirs [maxOverlap]string
	na, nb := splitKey(a, mine[:]), splitKey(b, theirs[:])
	both := 0
	for _, w := range mine[:na] {
		for j, o := range theirs[:nb] {
			if o == w {
				theirs[j] = ""
				both++
				break
			}
		}
	}
	return 2 * float64(both) / float64(na+nb)
}

// maxOverlap is how many words of a key are compared; no headline has more.
const maxOverlap = 48

// splitKey puts the words of a key into a list as far as they fit.
func splitKey(key string, words []string) int {
	n := 0
	for w := range strings.SplitSeq(key, " ") {
		if n == len(words) {
			break
		}
		words[n] = w
		n++
	}
	return n
}

// Slug is the key of the last part of an address that speaks: that has three
// words and letters. Numbers at its ends, which are an id, do not count. It is
// empty when no part does; u may be nil.
func Slug(u *url.URL) string {
	if u == nil {
		return ""
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	for i := len(parts) - 1; i >= 0; i-- {
		name := parts[i]
		if dot := strings.LastIndexByte(name, '.'); dot > 0 && len(name)-dot <= 6 {
			name = name[:dot]
		}
		key := strings.Trim(Key(name), " 0123456789")
		if KeyWords(key) >= slugWords && strings.IndexFunc(key, unicode.IsLetter) >= 0 {
			return key
		}
	}
	return ""
}

// slugWords is how many words an address needs to speak.
const slugWords = 3

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plainText is a text of metadata without markup: entities that were escaped
// twice are decoded, tags dropped, white space collapsed.
func plainText(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	if strings.IndexByte(s, '<') >= 0 {
		s = withoutTags(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

// withoutTags drops what stands between "<" with a letter or slash behind it
// and the next ">".
func withoutTags(s string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '<')
		if open < 0 || open+1 >= len(s) {
			break
		}
		c := s[open+1]
		if end := strings.IndexByte(s[open:], '>'); end > 0 && (c == '/' || c == '!' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
			b.WriteString(s[:open])
			b.WriteByte(' ')
			s = s[open+end+1:]
			continue
		}
		b.WriteString(s[:open+1])
		s = s[open+1:]
	}
	b.WriteString(s)
	return b.String()
}
