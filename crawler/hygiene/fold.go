package hygiene

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold writes a word as a filter would like to read it: in lower case, without
// accents, marks and characters of no width, its look-alikes from other
// alphabets and the letters of mathematics as plain ones. disguised tells
// whether letters had to be exchanged, which honest writing does not need.
func fold(word string) (folded string, disguised bool) {
	word = strings.Map(bare, word)
	wide := norm.NFKC.String(word)
	disguised = wide != norm.NFC.String(word) && hasStyled(word)
	var out strings.Builder
	out.Grow(len(wide))
	mixed := false
	for _, r := range norm.NFKD.String(wide) {
		if r >= 0x300 && r < 0x370 { // combining accents of Latin and kin
			continue
		}
		plain := lookalike(r)
		mixed = mixed || plain != r
		out.WriteRune(unicode.ToLower(plain))
	}
	folded = norm.NFC.String(out.String())
	if mixed && !isASCII(folded) {
		// A word of another alphabet only shares some letters with ours.
		return strings.ToLower(wide), disguised
	}
	return folded, disguised || mixed
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// unseen tells characters without any width of their own.
func unseen(r rune) bool {
	switch r {
	case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0:
		return true
	}
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F ||
		r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0000 && r <= 0xE0FFF
}

// bare drops what is not seen and takes letters out of their parentheses, which
// the compatibility forms keep.
func bare(r rune) rune {
	if r >= 0x249C && r <= 0x24B5 {
		return 0x1D41A + r - 0x249C // mathematical bold: a styled letter all the same
	}
	return dropUnseen(r)
}

func dropUnseen(r rune) rune {
	if unseen(r) {
		return -1
	}
	return r
}

// hasStyled tells whether a word has letters of mathematics, circled, squared
// or full-width ones.
func hasStyled(word string) bool {
	for _, r := range word {
		if r >= 0x1D400 && r <= 0x1D7FF || r >= 0x2460 && r <= 0x24FF || r >= 0x1F100 && r <= 0x1F1FF || r >= 0xFF01 && r <= 0xFF5E || r >= 0x2100 && r <= 0x214F {
			return true
		}
	}
	return false
}

// lookalike is the Latin letter that a reader takes a character for, as far as
// Unicode's compatibility forms do not say so; else the character itself.
// After the confusables of Unicode Technical Standard 39.
func lookalike(r rune) rune {
	switch {
	case r < 0x100:
		return r
	case r >= 0x1F150 && r <= 0x1F169: // negative circled
		return 'a' + r - 0x1F150
	case r >= 0x1F170 && r <= 0x1F189: // negative squared
		return 'a' + r - 0x1F170
	case r >= 0x1F1E6 && r <= 0x1F1FF: // regional indicators
		return 'a' + r - 0x1F1E6
	}
	if plain, ok := theLookalikes()[r]; ok {
		return plain
	}
	return r
}

// theLookalikes is built at the first use and never changed.
var theLookalikes = sync.OnceValue(func() map[rune]rune {
	plain := make(map[rune]rune, 200)
	for i, like := range [...]string{
		0: "ᴀɑαаᎪꓮ", 1: "ʙвЬᏴΒВ", 2: "ᴄсϲᏟСⲥ", 3: "ᴅԁᎠđɗ", 4: "ᴇеєεᎬЕΕҽ", 5: "ꜰғϝƒ", 6: "ɢɡԍɠᏀ", 7: "ʜһнᎻНΗħ", 8: "ɪіıιᎥІΙɩ", 9: "ᴊјϳЈᎫ",
		10: "ᴋкκᏦКΚķ", 11: "ʟłӏⅼᏞɭ", 12: "ᴍмᎷМΜⅿ", 13: "ɴпηΝņŋ", 14: "ᴏоοσøОΟօ", 15: "ᴘрρᏢРΡ", 16: "ǫԛգ", 17: "ʀᎡгɾ", 18: "ꜱѕЅᏚʂ", 19: "ᴛтτᎢТΤŧ",
		20: "ᴜυսц", 21: "ᴠνѵᏙ", 22: "ᴡωшѡᎳԝ", 23: "хχХΧ×", 24: "ʏуүγУΥ", 25: "ᴢᏃΖʐ",
	} {
		for _, r := range like {
			plain[r] = 'a' + rune(i)
		}
	}
	return plain
})

// unleet writes the digits and signs within a word as the letters that they
// stand for; one is what 1 and | are read as.
func unleet(word string, one byte) string {
	out := []byte(word)
	for i, c := range out {
		switch c {
		case '0':
			out[i] = 'o'
		case '1', '|', '!':
			out[i] = one
		case '3':
			out[i] = 'e'
		case '4', '@':
			out[i] = 'a'
		case '5', '$':
			out[i] = 's'
		case '6', '9':
			out[i] = 'g'
		case '7':
			out[i] = 't'
		case '8':
			out[i] = 'b'
		}
	}
	return string(out)
}
