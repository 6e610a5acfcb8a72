package normalize

import "unicode/utf8"

// token is one word of a text.
type token struct {
	start, end int // bytes of the text
	word       wordID
	cap        bool // begins with a capital or is a number
	upper      bool // has no small letter
	opens      bool // first word of a sentence
	gap        gap  // what stands before it
}

// gap is the strongest thing that stands between two words.
type gap uint8

const (
	gapSpace gap = iota
	gapHyphen
	gapSlash
	gapParen // any bracket or quotation mark
	gapComma
	gapStop // end of a sentence, or the beginning of the text
)

// maxWord bounds the words that are looked up; no name has a longer one.
const maxWord = 40

// tokenize cuts a text into words: runs of letters and digits, an apostrophe
// inside counting as a letter. Each word is looked up once, without regard to
// letter case.
func tokenize(text string, names *nameTrie) []token {
	tokens := make([]token, 0, len(text)/6+4)
	before := gapStop
	var folded [maxWord]byte
	for i := 0; i < len(text); {
		if n, sep := separator(text[i:]); n > 0 {
			if text[i] == '.' {
				sep = fullStop(text[i+1:], tokens, names)
			}
			before = max(before, sep)
			i += n
			continue
		}
		if text[i] == '\'' { // inside a word it is a letter, before one a quotation mark
			before = max(before, gapParen)
			i++
			continue
		}
		t := token{start: i, gap: before, opens: before == gapStop}
		n, lower := 0, false
		for i < len(text) {
			b := text[i]
			if size, _ := separator(text[i:]); size > 0 {
				break
			}
			if 'A' <= b && b <= 'Z' {
				b += 'a' - 'A'
			} else if 'a' <= b && b <= 'z' {
				lower = true
			}
			if b != '\'' && n < maxWord {
				folded[n] = b
				n++
			}
			i++
		}
		t.end = i
		first := text[t.start]
		t.cap = 'A' <= first && first <= 'Z' || '0' <= first && first <= '9'
		t.upper = t.cap && !lower
		if n < maxWord {
			t.word = names.words[string(folded[:n])]
		}
		tokens = append(tokens, t)
		before = gapSpace
	}
	return tokens
}

// fullStop tells what a full stop is: the end of a sentence, of an
// abbreviation ("Kab. Solok"), or a part of an address ("kompas.com").
func fullStop(after string, before []token, names *nameTrie) gap {
	if len(before) > 0 {
		last := before[len(before)-1]
		if names.is(last.word, abbreviated) || last.upper && last.end-last.start == 1 {
			return gapSpace
		}
	}
	if after != "" && isLetter(after[0]) {
		return gapSlash
	}
	return gapStop
}

func isLetter(b byte) bool { return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' }

// separator tells whether a text begins with something between words: how
// many bytes it has (0 means a word goes on) and how strongly it parts.
func separator(s string) (int, gap) {
	b := s[0]
	switch {
	case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9':
		return 0, 0
	case b == '\'' && len(s) > 1 && isLetter(s[1]):
		return 0, 0
	case b < utf8.RuneSelf:
		return 1, asciiGap(b)
	}
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212':
		return n, gapHyphen
	case '\u2018', '\u2019', '\u201c', '\u201d', '\u00ab', '\u00bb':
		return n, gapParen
	case '\u2026', '\u2028', '\u2029':
		return n, gapStop
	case '\u00a0', '\u202f', '\u00ad', '\u200b', '\ufeff', utf8.RuneError:
		return n, gapSpace
	case '\u2022', '\u00b7':
		return n, gapComma
	default:
		return 0, 0
	}
}

func asciiGap(b byte) gap {
	switch b {
	case '-':
		return gapHyphen
	case '/', '&':
		return gapSlash
	case '(', ')', '[', ']', '"', '\'':
		return gapParen
	case ',':
		return gapComma
	case '.', '!', '?', ':', ';', '\n', '|':
		return gapStop
	default:
		return gapSpace
	}
}
