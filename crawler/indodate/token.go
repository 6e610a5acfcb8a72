package indodate

import (
	"unicode"
	"unicode/utf8"
)

// token is a number, a word or a sign of a text.
type token struct {
	meaning
	num      int64 // number: its value; sign: its ASCII form
	from, to int32 // bytes
	digits   int16 // number: how many digits
	space    bool  // white space stands before it
}

// is tells whether the token can mean c.
func (t *token) is(c class) bool { return t.class == c || t.alt == c && c != other }

// value is the token's value when it means c.
func (t *token) value(c class) int {
	if t.class == c {
		return int(t.val)
	}
	return int(t.altValue)
}

func (t *token) isSign(r byte) bool { return t.class == sign && t.num == int64(r) }

// maxWord bounds the folded form of a word; longer ones mean nothing here.
const maxWord = 40

// tokenize cuts text into tokens, appended to buf.
func tokenize(text string, buf []token) []token {
	space := false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case isSpace(r):
			space = true
			i += size
			continue
		case digit(r) >= 0:
			t := scanNumber(text, i)
			t.space = space
			buf, i = append(buf, t), int(t.to)
		case unicode.IsLetter(r):
			t := scanWord(text, i, r, size)
			t.space = space
			buf, i = append(buf, t), int(t.to)
		default:
			t := token{meaning: meaning{class: sign}, num: int64(signForm(r)), from: int32(i), to: int32(i + size), space: space}
			if r == '@' {
				t.meaning = one(clockWord, 0)
			}
			buf, i = append(buf, t), i+size
		}
		space = false
	}
	return buf
}

func isSpace(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == 0xA0 || r > 0x7F && unicode.IsSpace(r) ||
		r == 0x200B || r == 0x200E || r == 0x200F || r == 0xFEFF
}

// digit is the value of a digit: ASCII, Arabic, Persian, Devanagari, Thai or
// full width; -1 for other runes.
func digit(r rune) int {
	for _, zero := range [...]rune{'0', 0x660, 0x6F0, 0x966, 0xE50, 0xFF10} {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
		if r < zero {
			return -1
		}
	}
	return -1
}

// signForm is the ASCII form of a sign, so that "–" is a dash and "：" a colon.
func signForm(r rune) byte {
	switch r {
	case '–', '—', '‒', '−', '‐', '‑', '－', '〜', '～', '~':
		return '-'
	case '：', '﹕', '∶':
		return ':'
	case '／', '⁄':
		return '/'
	case '，', '、', '،':
		return ','
	case '。', '．':
		return '.'
	case '（':
		return '('
	case '）':
		return ')'
	case '•', '·', '●', '∙', '│', '¦', '›', '»', '«':
		return '|'
	case '’', 'ʼ', '‘', '`', '´', '′':
		return '\''
	case '©':
		return 'c'
	}
	if r < utf8.RuneSelf {
		return byte(r)
	}
	return '?'
}

func scanNumber(text string, from int) token {
	t := token{meaning: meaning{class: number}, from: int32(from)}
	at := from
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		d := digit(r)
		if d < 0 {
			break
		}
		if t.digits < 18 {
			t.num = t.num*10 + int64(d)
		}
		t.digits = min(t.digits+1, 1000)
		at += size
	}
	t.to = int32(at)
	return t
}

// scanWord reads a run of letters. Apostrophes and what stands for them inside
// a word ("Jum;at", "Jum&#039;at") are left out of its folded form.
func scanWord(text string, from int, first rune, size int) token {
	if ideograph(first) {
		return scanIdeograph(text, from, first, size)
	}
	var folded [maxWord]byte
	n, at := 0, from
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if r >= 0x300 && r <= 0x36F { // accents on their own
			at += size
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsMark(r) || ideograph(r) {
			skip := apostrophe(text[at:], r, size)
			if skip == 0 {
				break
			}
			at += skip
			continue
		}
		n = appendFolded(&folded, n, r)
		at += size
	}
	t := token{from: int32(from), to: int32(at)}
	if n <= maxWord {
		t.meaning = wordMeaning(folded[:n])
	}
	return t
}

// apostrophe is the length of an apostrophe that stands inside a word at the
// beginning of rest, 0 when there is none.
func apostrophe(rest string, r rune, size int) int {
	skip := 0
	switch r {
	case '\'', '’', 'ʼ', '‘', '`', '´', ';', '′':
		skip = size
	case '&':
		skip = entityLength(rest)
	}
	if skip == 0 || skip >= len(rest) {
		return 0
	}
	if next, _ := utf8.DecodeRuneInString(rest[skip:]); !unicode.IsLetter(next) {
		return 0
	}
	return skip
}

func entityLength(rest string) int {
	for _, e := range [...]string{"&#39;", "&#039;", "&#8217;", "&rsquo;", "&apos;", "&lsquo;", "&#x27;"} {
		if len(rest) >= len(e) && rest[:len(e)] == e {
			return len(e)
		}
	}
	return 0
}

func ideograph(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3
}

// scanIdeograph reads one ideograph, or two that make a word.
func scanIdeograph(text string, from int, r rune, size int) token {
	to := from + size
	t := token{from: int32(from), to: int32(to)}
	if next, more := utf8.DecodeRuneInString(text[to:]); ideograph(next) {
		if m := foreignWord([]byte(text[from : to+more])); m.class != other {
			t.meaning, t.to = m, int32(to+more)
			return t
		}
	}
	t.meaning = foreignWord([]byte(text[from:to]))
	return t
}

// appendFolded adds the folded form of r: lower case, without accents. It
// returns more than maxWord when there is no room.
func appendFolded(folded *[maxWord]byte, n int, r rune) int {
	if n+utf8.UTFMax > maxWord {
		return maxWord + 1
	}
	r = unaccented(r)
	if r < utf8.RuneSelf {
		folded[n] = byte(r)
		return n + 1
	}
	return n + utf8.EncodeRune(folded[n:], r)
}

// unaccented is the lower-case base letter of r.
func unaccented(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	r = unicode.ToLower(r)
	switch {
	case r < 0x180:
		return unaccentedLatin(r)
	case r >= 0x1EA0 && r <= 0x1EF9:
		return unaccentedVietnamese(r)
	}
	switch r {
	case 'أ', 'إ', 'آ':
		return 'ا'
	case 'ș', 'ş':
		return 's'
	case 'ț':
		return 't'
	case 'ơ':
		return 'o'
	case 'ư':
		return 'u'
	case 'ά':
		return 'α'
	case 'έ':
		return 'ε'
	case 'ή':
		return 'η'
	case 'ί', 'ϊ', 'ΐ':
		return 'ι'
	case 'ό':
		return 'ο'
	case 'ύ':
		return 'υ'
	case 'ώ':
		return 'ω'
	}
	return r
}

func unaccentedLatin(r rune) rune {
	switch r {
	case 'à', 'á', 'â', 'ã', 'ä', 'å', 'ā', 'ă', 'ą', 'ª':
		return 'a'
	case 'ç', 'ć', 'č', 'ĉ', 'ċ':
		return 'c'
	case 'ď', 'đ':
		return 'd'
	case 'è', 'é', 'ê', 'ë', 'ē', 'ė', 'ę', 'ě':
		return 'e'
	case 'ğ', 'ģ':
		return 'g'
	case 'ì', 'í', 'î', 'ï', 'ī', 'į', 'ı', 'ĩ':
		return 'i'
	case 'ł', 'ľ', 'ļ':
		return 'l'
	case 'ñ', 'ń', 'ň':
		return 'n'
	case 'ò', 'ó', 'ô', 'õ', 'ö', 'ø', 'ō', 'ő', 'º':
		return 'o'
	case 'ŕ', 'ř':
		return 'r'
	case 'ß', 'ś', 'š', 'ş':
		return 's'
	case 'ť', 'ţ':
		return 't'
	case 'ù', 'ú', 'û', 'ü', 'ū', 'ů', 'ű', 'ų', 'ũ':
		return 'u'
	case 'ý', 'ÿ':
		return 'y'
	case 'ž', 'ź', 'ż':
		return 'z'
	}
	return r
}

func unaccentedVietnamese(r rune) rune {
	switch {
	case r <= 0x1EB7:
		return 'a'
	case r <= 0x1EC7:
		return 'e'
	case r <= 0x1ECB:
		return 'i'
	case r <= 0x1EE3:
		return 'o'
	case r <= 0x1EF1:
		return 'u'
	}
	return 'y'
}
