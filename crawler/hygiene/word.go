package hygiene

import (
	"unicode"
	"unicode/utf8"
)

// nextWord finds the next word from i on, and whether a sentence ends before
// it. from equals to at the end of the text.
func nextWord(text string, i int) (from, to int, ends bool) {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if isWordRune(r) || inWord(r, text[i+size:], false) {
			break
		}
		switch r {
		case '\n', '•', '●', '✅', '🔥', '⭐', '➤', '»', '…':
			ends = true
		case '.', '!', '?', ';', '|':
			ends = ends || i+size >= len(text) || text[i+size] == ' ' || text[i+size] == '\n' || text[i+size] == '"'
		}
		i += size
	}
	from = i
	for i < len(text) {
		if b := text[i]; isLetter(b) || b >= '0' && b <= '9' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWordRune(r) && !unseen(r) && !inWord(r, text[i+size:], i > from) {
			break
		}
		i += size
	}
	return from, i, ends
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || r >= 0x1F130 && r <= 0x1F1FF || r >= 0x249C && r <= 0x24E9
}

// inWord tells the signs that stand for letters within a word.
func inWord(r rune, rest string, inside bool) bool {
	switch r {
	case '$', '@':
	case '!', '|':
		if !inside {
			return false
		}
	default:
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	return next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z'
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// stemmed finds a word without the endings that Indonesian hangs on it.
func stemmed(l *lexicon, word string) *term {
	if len(word) < 7 || !hasEnding(word) {
		return nil
	}
	return l.terms[word[:len(word)-3]]
}

// hasEnding tells whether a word ends in -nya, -lah, -kah or -pun.
func hasEnding[T string | []byte](word T) bool {
	if len(word) < 7 {
		return false
	}
	switch string(word[len(word)-3:]) {
	case "nya", "lah", "kah", "pun":
		return true
	}
	return false
}
