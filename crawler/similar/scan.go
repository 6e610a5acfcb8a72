package similar

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a word says.
type kind uint8

const (
	plain  kind = iota // a common word
	name               // a capitalized one within a sentence
	number             // digits, a weekday or a month
)

// token is one word.
type token struct {
	hash  uint64
	kind  kind
	date  bool // a weekday, a month or a year
	topic bool // a word that may be what the text is about
	// open tells that the word begins a sentence or stands in a title or a line
	// of capitals, where a capital letter says nothing.
	open bool
}

// scan cuts a text into lines of tokens, of at most maxWords. Lines that are
// no part of the text, such as the editor's name, are left out.
func scan(title, body string) (head []token, lines [][]token) {
	left := maxWords
	head = scanLine(title, &left)
	for i := range head {
		head[i].open = true
	}
	for i, line := range strings.Split(body, "\n") {
		if left <= 0 {
			break
		}
		if i == 0 {
			line = withoutDateline(line)
		}
		if tokens := scanLine(line, &left); len(tokens) > 0 && !aside(line, len(tokens)) {
			lines = append(lines, tokens)
		}
	}
	settleNames(head, lines)
	return head, lines
}

// settleNames decides for words at open places by the rest of the text.
func settleNames(head []token, lines [][]token) {
	sure := make(map[uint64]bool)
	for _, line := range lines {
		for _, t := range line {
			if t.kind == name && !t.open {
				sure[t.hash] = true
			}
		}
	}
	for _, line := range append(slices.Clip(lines), head) {
		for i := range line {
			if t := &line[i]; t.kind == name && t.open && !sure[t.hash] {
				t.kind = plain
			}
		}
	}
}

// scanLine cuts one line.
func scanLine(line string, left *int) []token {
	var tokens []token
	open := true
	shouts := !strings.ContainsFunc(line, unicode.IsLower)
	for line != "" && *left > 0 {
		r, size := utf8.DecodeRuneInString(line)
		switch {
		case unicode.IsDigit(r):
			digits := numberAt(line)
			line = line[len(digits):]
			tokens = append(tokens, numberToken(digits))
		case unicode.IsLetter(r):
			letters := lettersAt(line)
			line = line[len(letters):]
			t := wordToken(letters)
			t.open = open || shouts
			tokens = append(tokens, t)
		default:
			if strings.ContainsRune(".!?:“\"", r) {
				open = true
			}
			line = line[size:]
			continue
		}
		open = false
		*left--
	}
	return tokens
}

// lettersAt is the word that a text begins with, apostrophes included.
func lettersAt(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune("'’‘`", r)
	})
	if end < 0 {
		return s
	}
	return s[:end]
}

// numberAt is the number that a text begins with: digits, and points and
// commas between them.
func numberAt(s string) string {
	end := 0
	for i, r := range s {
		switch {
		case unicode.IsDigit(r):
			end = i + utf8.RuneLen(r)
		case (r == '.' || r == ',') && end == i:
		default:
			return s[:end]
		}
	}
	return s[:end]
}

// numberToken reads 1.500 as 1500 and 07 as 7.
func numberToken(digits string) token {
	digits = strings.TrimLeft(strings.ReplaceAll(digits, ".", ""), "0")
	year := len(digits) == 4 && (strings.HasPrefix(digits, "19") || strings.HasPrefix(digits, "20"))
	return token{hash: hash(digits), kind: number, date: year}
}

func wordToken(letters string) token {
	first, _ := utf8.DecodeRuneInString(letters)
	folded := fold(letters)
	if !unicode.IsUpper(first) {
		return token{hash: hash(folded), topic: topical(folded)}
	}
	if n := monthOf(folded); n != "" {
		return token{hash: hash(n), kind: number, date: true}
	}
	if slices.Contains(weekdays[:], folded) {
		return token{hash: hash(folded), kind: number, date: true}
	}
	return token{hash: hash(folded), kind: name, topic: topical(folded)}
}

// exchanged are words that newsrooms put one for the other when they rework a
// text: of saying, joining and pointing.
var exchanged = [...]string{
	"ujar", "kata", "tutur", "ungkap", "jelas", "tegas", "papar", "terang", "imbuh", "lanjut", "sebut", "tambah", "sambung",
	"agar", "supaya", "karena", "sebab", "lantaran", "namun", "tetapi", "akan", "bakal", "sementara", "sedangkan", "bila", "jika", "apabila",
	"ketika", "saat", "sejak", "hingga", "sampai", "untuk", "guna", "demi", "bagi", "kepada", "pada", "dari", "oleh", "dengan",
	"seperti", "yakni", "yaitu", "adalah", "ialah", "sangat", "cukup", "para", "semua", "seluruh", "segenap", "tersebut", "maupun", "serta", "juga", "pula",
	"telah", "sudah", "masih", "kini", "sekarang", "kemudian", "lalu", "lantas", "dapat", "bisa", "harus", "wajib", "warga", "masyarakat",
}

// topical tells whether a word may be what a text is about: short words and
// active verbs (menyampaikan, berharap) are rarely.
func topical(folded string) bool {
	if len(folded) < 4 || strings.HasPrefix(folded, "me") || strings.HasPrefix(folded, "ber") {
		return false
	}
	return !slices.Contains(exchanged[:], strings.TrimSuffix(folded, "nya"))
}

// fold takes case and apostrophes away: Jum'at is Jumat.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("'’‘`", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

var weekdays = [...]string{"senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "ahad"}

// months stand by their first three letters; both languages' and short forms
// are read.
var months = [...]string{"jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"}

var monthWords = [...]string{"januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember",
	"jan", "feb", "mar", "apr", "jun", "jul", "agu", "agt", "agust", "sep", "sept", "okt", "nov", "nop", "des"}

// monthOf is the number of a month as digits, "" for another word.
func monthOf(folded string) string {
	if !slices.Contains(monthWords[:], folded) {
		return ""
	}
	short := strings.NewReplacer("agt", "agu", "nop", "nov").Replace(folded[:3])
	i := slices.Index(months[:], short) + 1
	if i >= 10 {
		return "1" + string(rune('0'+i-10))
	}
	return string(rune('0' + i))
}

// hash is FNV-1a (Fowler, Noll, Vo) with its bits spread: marks are stored, so
// it must be the same in every run.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h ^= uint64(s[i])
		h *= 1099511628211
	}
	return mix(h)
}

// longestDateline is the number of bytes in which a dateline ends.
const longestDateline = 80

// withoutDateline cuts "AROSUKA, Kabar Contoh – " off: each publisher prints
// its own.
func withoutDateline(line string) string {
	for _, dash := range []string{" – ", " — ", " - ", " -- ", "– ", "— ", "--"} {
		before, after, found := strings.Cut(line, dash)
		if found && len(before) < longestDateline && len(before) > 0 && startsLoud(before) {
			return after
		}
	}
	return line
}

// startsLoud tells whether the first word is in capitals, or stands before a
// comma or in brackets, as places and agencies in datelines are.
func startsLoud(s string) bool {
	return strings.ContainsAny(s, ",()|/.") || s == strings.ToUpper(s) || len(strings.Fields(s)) <= 2
}

// credits begin short lines that name who made the text.
var credits = [...]string{"editor", "penulis", "reporter", "pewarta", "wartawan", "sumber", "foto", "fotografer", "laporan", "kontributor", "red", "redaksi", "rilis"}

// aside tells whether a line is no part of the text: credits, links to other
// articles, initials in brackets.
func aside(line string, words int) bool {
	line = strings.TrimSpace(line)
	lower := strings.ToLower(line)
	if strings.HasPrefix(lower, "baca juga") || strings.HasPrefix(lower, "lihat juga") || strings.HasPrefix(lower, "simak juga") {
		return words <= 25
	}
	if words > 8 {
		return false
	}
	if strings.HasPrefix(line, "(") && strings.HasSuffix(strings.TrimRight(line, ".*"), ")") {
		return true
	}
	first, _, colon := strings.Cut(lower, ":")
	return colon && slices.Contains(credits[:], strings.TrimSpace(first))
}
