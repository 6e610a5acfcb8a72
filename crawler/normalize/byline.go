package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSignature bounds the bytes of a line that can be a byline.
const maxSignature = 200

// ReadByline tells whether a text is nothing but a byline, and who wrote the
// article by it: people, initials or press offices. Editors, photographers
// and sources are no authors, so a line that names only them is a byline
// without any. It knows
//
//	Penulis: X | Editor: Y      Pewarta: X / Editor: Y     Rep: X/Red: Y
//	Oleh: X                     Laporan wartawan Z, X      By X and Y
//	(And)  (fyk/ash)  ***(Yan)  (Diskominfo)  (rls)        Humas Pemkab Solok
//	Kominfo.  #DISKOMINFOTIK    X : Pranata Humas Diskominfo
//
// and their kin, in any letter case.
func ReadByline(text string) (authors []string, ok bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > maxSignature || !utf8.ValidString(text) {
		return nil, false
	}
	if names, ok := labelled(text); ok {
		return names, true
	}
	if names, ok := signature(text); ok {
		return names, true
	}
	return pressOffice(text)
}

// TrailingByline parts the signature at the end of an article's last
// paragraph from the text before it; byline is empty when there is none. A
// parenthesis that belongs to the sentence stays.
func TrailingByline(lastParagraph string) (byline, rest string) {
	text := strings.TrimRightFunc(lastParagraph, isBlank)
	if _, ok := ReadByline(text); ok {
		return strings.TrimSpace(text), ""
	}
	for _, start := range [...]int{trailingLabel(text), trailingBracket(text), trailingOffice(text)} {
		if start <= 0 {
			continue
		}
		return strings.TrimLeftFunc(text[start:], isBlank), strings.TrimRightFunc(text[:start], isBlank)
	}
	return "", lastParagraph
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// tailFrom is where the last bytes of a text begin that can hold a byline.
func tailFrom(text string) int {
	from := max(0, len(text)-maxSignature)
	for from < len(text) && !utf8.RuneStart(text[from]) {
		from++
	}
	return from
}

// trailingLabel finds "Penulis: X" behind the last sentence; -1 for none.
func trailingLabel(text string) int {
	from := tailFrom(text)
	for i := from; i < len(text); i++ {
		if text[i] != ' ' && text[i] != '\n' && text[i] != '(' || !endsSentence(text[:i]) {
			continue
		}
		if !startsLabel(strings.TrimLeft(text[i:], " \n(")) {
			continue
		}
		if _, ok := ReadByline(text[i:]); ok {
			return i
		}
	}
	return -1
}

func startsLabel(s string) bool {
	_, _, ok := cutLabel(s)
	return ok
}

// trailingBracket finds "(And)" or "***(Yan)" behind the last sentence; -1
// for none. Inside a sentence only the marks of a press release count.
func trailingBracket(text string) int {
	end := len(strings.TrimRight(text, ".* "))
	if end == 0 || text[end-1] != ')' {
		return -1
	}
	open := strings.LastIndexByte(text[tailFrom(text):end], '(')
	if open < 0 {
		return -1
	}
	open += tailFrom(text)
	start := len(strings.TrimRight(text[:open], "*-–— \u00a0"))
	if _, ok := signature(text[open:end]); !ok {
		return -1
	}
	if endsSentence(text[:start]) || open-start >= 3 || isReleaseMark(text[open+1:end-1]) {
		return start
	}
	return -1
}

// trailingOffice finds "Kominfo." or "#DISKOMINFOTIK" behind the last
// sentence; -1 for none.
func trailingOffice(text string) int {
	from := tailFrom(text)
	body := strings.TrimRight(text, ". ")
	at := strings.LastIndexAny(body[min(from, len(body)):], ".!?\"\n#”")
	if at < 0 {
		return -1
	}
	at += from
	_, size := utf8.DecodeRuneInString(text[at:])
	if text[at] == '#' {
		size = 0
	}
	if !endsSentence(text[:at+size]) {
		return -1
	}
	if _, ok := pressOffice(strings.TrimSpace(text[at+size:])); ok {
		return at + size
	}
	return -1
}

// endsSentence tells whether a text ends where a sentence does.
func endsSentence(s string) bool {
	s = strings.TrimRightFunc(s, isBlank)
	last, _ := utf8.DecodeLastRuneInString(s)
	return s == "" || strings.ContainsRune(".!?\"”’'…»*)", last)
}

// signature reads a bracketed or starred mark: "(And)", "(fyk/ash)",
// "***(Yan)", "(Diskominfo)".
func signature(text string) (authors []string, ok bool) {
	inner := strings.TrimFunc(text, func(r rune) bool { return strings.ContainsRune("*-–—. \u00a0", r) })
	starred := strings.HasPrefix(text, "**")
	if strings.HasPrefix(inner, "(") && strings.HasSuffix(inner, ")") {
		inner = strings.Trim(inner, "()* ")
		if strings.Trim(text, "()*. ") == "" {
			return nil, strings.Contains(text, "*") // "(*)", "(***)"
		}
	} else if !starred {
		return nil, false
	}
	if names, ok := labelled(inner); ok {
		return names, true
	}
	if names, ok := pressOffice(inner); ok {
		return names, true
	}
	if len(inner) > 48 || strings.ContainsAny(inner, "()0123456789:?!%") || isNoSignature(inner) {
		return nil, false
	}
	for mark := range strings.FieldsFuncSeq(inner, func(r rune) bool { return strings.ContainsRune("/,&|-+", r) }) {
		mark = strings.Trim(mark, " .*")
		switch {
		case mark == "" || isReleaseWord(mark):
		case isInitials(mark) || isPersonName(mark):
			authors = append(authors, mark)
		default:
			return nil, false
		}
	}
	return authors, true
}

// isInitials tells whether a mark is one short word: "And", "fyk".
func isInitials(mark string) bool {
	if n := utf8.RuneCountInString(mark); n < 2 || n > 12 {
		return false
	}
	for _, r := range mark {
		if !unicode.IsLetter(r) && r != '.' && r != '_' {
			return false
		}
	}
	return true
}

// isPersonName tells whether words are written as a name: two to five, each
// capitalized, but for the particles of names.
func isPersonName(s string) bool {
	words := 0
	for w := range strings.FieldsSeq(s) {
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) && !isOneOf(w, "bin binti van de der al") || !isNameWord(w) {
			return false
		}
		words++
	}
	return words >= 1 && words <= 5
}

func isNameWord(w string) bool {
	for _, r := range w {
		if !unicode.IsLetter(r) && !strings.ContainsRune(".'’-,", r) {
			return false
		}
	}
	return true
}

// isReleaseMark tells whether every part of a mark only says what kind of
// text it closes, so that it is a signature even inside a sentence.
func isReleaseMark(inner string) bool {
	for mark := range strings.FieldsFuncSeq(inner, func(r rune) bool { return r == '/' || r == ',' || r == '*' }) {
		if !isReleaseWord(strings.Trim(mark, " .")) {
			return false
		}
	}
	return true
}

// isReleaseWord tells the marks that name nobody.
func isReleaseWord(mark string) bool {
	return isOneOf(mark, "rls rilis rel release red redaksi adv advertorial adv. tim net int ist dbs ril hms rm ad pariwara")
}

// isNoSignature tells what stands alone in brackets without signing.
func isNoSignature(inner string) bool {
	return isOneOf(strings.ReplaceAll(inner, " ", "-"), "bersambung selesai habis tamat lanjut baca-selanjutnya persero wib wita wit alm almarhum almarhumah "+
		"sebelumnya kiri kanan tengah foto ilustrasi video lihat-foto dok")
}

// pressOffice reads the line of a press office: "Kominfo.", "#DISKOMINFOTIK",
// "Humas Pemkab Solok", "Andi : Pranata Humas Diskominfo".
func pressOffice(text string) (authors []string, ok bool) {
	if len(text) > 80 {
		return nil, false
	}
	if name, post, found := strings.Cut(text, ":"); found && isPersonName(strings.TrimSpace(name)) && namesOffice(post) && isCapitalized(post) {
		return []string{strings.TrimSpace(name)}, true
	}
	office := strings.Trim(text, "#. *-–")
	if !isCapitalized(office) && office != strings.ToLower(office) || len(strings.Fields(office)) > 6 || strings.ContainsAny(office, ".,:;!?()") {
		return nil, false
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(office, "Tim "), "Bagian "), " ")
	if mark, _, slash := strings.Cut(first, "/"); slash {
		first = mark
	}
	if office == strings.ToLower(office) && strings.Contains(office, " ") || !namesOffice(first) {
		return nil, false
	}
	return []string{office}, true
}

// namesOffice tells whether a press office is among the words.
func namesOffice(words string) bool {
	for w := range strings.FieldsSeq(words) {
		if isOneOf(strings.Trim(w, ".,"), "kominfo diskominfo diskominfotik diskominfosp diskominfosan diskominfostandi kominfotik humas prokopim prokopimda prokompim "+
			"dokpim protokol humaspro humpro ppid infopublik mc mediacenter redaksi") {
			return true
		}
	}
	return false
}
