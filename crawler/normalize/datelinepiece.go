package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is one part of a dateline, between its separators.
type piece struct {
	span
	kind      pieceKind
	bracketed bool
	shouted   bool // in capitals
	dated     bool // a date with its year
	after     after
	next      int // where the next one begins

	place, agency span // of pieceBoth
}

type pieceKind uint8

const (
	pieceProse   pieceKind = iota // part of a sentence
	pieceDate                     // "20 Januari 2026", "20/1", "Senin"
	pieceAddress                  // "topsumbar.co.id"
	pieceAgency                   // named like a newspaper, an agency or a press office
	pieceKnown                    // a place of the gazetteer
	pieceLabel                    // "Berita", "Sumber"
	pieceBoth                     // place and agency without anything between
	pieceShout                    // unknown, in capitals: "SUNGAI PAKNING"
	pieceShort                    // unknown, a few capitals: "CN"
	pieceName                     // unknown, each word capitalized
)

// endsItself tells whether a piece needs nothing after it to be one.
func (p piece) endsItself() bool {
	return p.bracketed || p.kind == pieceDate || p.kind == pieceAddress || p.kind == pieceBoth && !p.shouted
}

// mayEndInColon tells whether a colon can end a dateline after the piece:
// "(Prokopim) :", "MEDAN:", "Sumber :".
func (p piece) mayEndInColon() bool {
	return p.bracketed || p.kind == pieceLabel || p.kind == pieceKnown && p.shouted
}

// after is what follows a piece.
type after uint8

const (
	afterNothing after = iota
	afterComma
	afterSlash
	afterBracket // an opening one
	afterTight   // a hyphen between two words: "MINUT-Kabupaten"
	afterDash    // any other dash, or a bar
	afterColon
)

// ends tells whether a sentence may begin after it.
func (a after) ends() bool { return a >= afterTight }

// nextPiece reads the piece at a position.
func nextPiece(text string, at int) (piece, bool) {
	at = skipLead(text, at)
	if at >= len(text) {
		return piece{}, false
	}
	if end, year := dateAt(text[at:]); end > 0 {
		p := piece{span: span{at, at + end}, kind: pieceDate, dated: year}
		p.after, p.next = separatorAt(text, p.end)
		return p, true
	}
	if text[at] == '(' || text[at] == '[' {
		return bracketed(text, at)
	}
	end, ok := pieceEnd(text, at)
	if !ok {
		return piece{}, false
	}
	p := piece{span: span{at, end}}
	p.after, p.next = separatorAt(text, end)
	p.end = at + len(strings.TrimRight(text[at:end], " \t\u00a0.;"))
	if p.after == afterNothing && startsDate(text[end:]) {
		p.after = afterComma // "Arosuka 21/1 -"
	}
	p.classify(text)
	if p.after == afterColon && isLabel(text[p.start:p.end]) { // "Sumber :", which is a town as well
		p.kind = pieceLabel
	}
	return p, p.start < p.end
}

func bracketed(text string, at int) (piece, bool) {
	open := at + 1
	n := strings.IndexAny(clip(text[open:], maxPiece), ")]")
	if n <= 0 {
		return piece{}, false
	}
	start := open + len(text[open:open+n]) - len(strings.TrimLeft(text[open:open+n], " "))
	p := piece{span: span{start, open + n}, bracketed: true}
	p.after, p.next = separatorAt(text, open+n+1)
	p.end = start + len(strings.TrimRight(text[start:p.end], " "))
	if end, year := dateAt(text[p.start:p.end]); end == p.end-p.start {
		p.kind, p.dated = pieceDate, year
		return p, true
	}
	p.classify(text)
	switch p.kind {
	case pieceShort, pieceName, pieceShout, pieceProse:
		if len(strings.Fields(text[p.start:p.end])) > 4 {
			return p, false
		}
		p.kind = pieceAgency
		if !p.after.ends() && text[at] == '(' && !isPressName(text[p.start:p.end]) {
			p.kind = pieceProse // "Kalimantan Tengah (Kalteng) H. Sugianto"
		}
	case pieceBoth: // "(Antara Bali)"
		p.kind = pieceAgency
	case pieceKnown:
		switch {
		case text[at] == '[': // "[Ruteng] Bupati …"
			p.after = max(p.after, afterDash)
		case !p.after.ends():
			p.kind = pieceProse
		}
	}
	return p, p.start < p.end
}

// pieceEnd finds where a piece without brackets ends: at a separator, or
// after a word that is an address.
func pieceEnd(text string, at int) (end int, ok bool) {
	words := 0
	for i := at; i < len(text) && i-at <= maxPiece; {
		if text[i] == ' ' || strings.HasPrefix(text[i:], "\u00a0") {
			i++
			continue
		}
		if sep, _ := separatorAt(text, i); sep != afterNothing || i > at && startsDate(text[i:]) {
			return i, true
		}
		end := wordEnd(text, i)
		word := text[i:end]
		switch {
		case isAddress(word):
			return i + len(strings.TrimRight(word, ".")), true
		case strings.HasSuffix(word, ".") && !isAbbreviation(word):
			if sep, _ := separatorAt(text, end); sep == afterNothing {
				return 0, false // a sentence ended
			}
		}
		if words++; words > 7 {
			return 0, false
		}
		i = end
	}
	return 0, false
}

// wordEnd finds the end of a word: at a space or a separator that is no part
// of it. A hyphen is a part of an address or of a doubled name.
func wordEnd(text string, at int) int {
	run := at + strings.IndexAny(clip(text[at:], maxPiece)+" ", " \t\n\u00a0,:()[]|–—")
	word := text[at:run]
	if slash := strings.IndexByte(word, '/'); slash > 0 {
		run = at + slash
		word = text[at:run]
	}
	hyphen := strings.IndexByte(word, '-')
	if hyphen <= 0 || isAddress(word) {
		return run
	}
	if dot := strings.LastIndexByte(word, '.'); dot > hyphen {
		tail := dot + strings.IndexByte(word[dot:]+"-", '-')
		if isAddress(word[:tail]) {
			return at + tail
		}
	}
	if second := strings.IndexByte(word[hyphen+1:], '-'); second > 0 {
		word = word[:hyphen+1+second]
	}
	if p, ok := gazetteer().lookup(word); ok && p.isRegion() && !strings.HasSuffix(word, "-") {
		return at + len(word)
	}
	return at + hyphen
}

// separatorAt tells what stands at a position and where it ends.
func separatorAt(text string, at int) (after, int) {
	i := at
	for i < len(text) && (text[i] == ' ' || text[i] == '\t' || text[i] == '.' && i+1 < len(text) && (text[i+1] == ' ' || text[i+1] == '(')) {
		i++
	}
	if i == len(text) {
		return afterNothing, at
	}
	switch c, n := utf8.DecodeRuneInString(text[i:]); c {
	case '–', '—', '−', '―', '|', 'β', '•':
		return afterDash, skipLead(text, i+n)
	case '-':
		return hyphenAt(text, at, i)
	case ',', ';':
		if next, end := separatorAt(text, i+1); next == afterDash || next == afterBracket {
			return next, end
		}
		return afterComma, i + 1
	case '/':
		return afterSlash, skipLead(text, i)
	case '(', '[':
		return afterBracket, i
	case ':':
		return afterColon, i + 1
	default:
		return afterNothing, at
	}
}

func hyphenAt(text string, at, i int) (after, int) {
	if i > at || i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '-' {
		return afterDash, skipLead(text, i)
	}
	if next, _ := utf8.DecodeRuneInString(text[i+1:]); !unicode.IsUpper(next) {
		return afterNothing, at // "COVID-19"
	}
	return afterTight, i + 1
}

// classify says what a piece is by its words alone.
func (p *piece) classify(text string) {
	s := text[p.start:p.end]
	p.shouted = isShouted(s)
	switch {
	case isAddress(lastWord(s)) && strings.Count(s, " ") <= 3:
		p.kind = pieceAddress
		p.split(text)
	case isKnownPlace(s):
		p.kind = pieceKnown
	case isLabel(s):
		p.kind = pieceLabel
	case p.split(text):
	case p.shouted && p.start < 4 && lostFirstLetter(s):
		p.kind = pieceKnown
	case isPressName(s) && (isCapitalized(s) || len(strings.Fields(s)) <= 3):
		p.kind = pieceAgency
	case len(strings.Fields(s)) > 4:
		p.kind = pieceProse
	case !p.bracketed && strings.Contains(s, " ") && digits(lastWord(s)) > 0:
		p.kind = pieceProse
	case p.shouted && len(s) <= 4:
		p.kind = pieceShort
	case p.shouted && strings.IndexFunc(s, isOddInName) < 0:
		p.kind = pieceShout
	case isCapitalized(s):
		p.kind = pieceName
	}
}

// split reads a piece in which place and agency stand side by side: "LABUHA
// HR", "MC SIJUNJUNG", "Banyuwangi milik-rakyat.com".
func (p *piece) split(text string) bool {
	s := text[p.start:p.end]
	for i := range len(s) {
		if s[i] != ' ' {
			continue
		}
		left, right := span{p.start, p.start + i}, span{p.start + i + 1, p.end}
		first, second := s[:i], s[i+1:]
		switch {
		case isLabel(first) && isKnownPlace(second):
			p.kind, p.span = pieceKnown, right
			return true
		case isMediaMark(first) && isKnownPlace(second):
			p.kind, p.place, p.agency = pieceBoth, right, left
			return true
		case p.shouted && strings.Contains(first, " ") && strings.Contains(second, " ") && (isRegion(first) || p.start < 4 && lostFirstLetter(first)):
			p.kind, p.place, p.agency = pieceBoth, left, right
			return true
		case (isKnownPlace(first) || isShouted(first) && p.start < 4 && lostFirstLetter(first)) && isMediaMark(second) && !isKnownPlace(second):
			p.kind, p.place, p.agency = pieceBoth, left, right
			return true
		}
	}
	return false
}

// isMediaMark tells whether words beside a place are surely an agency: an
// address, a press name, or a few capitals.
func isMediaMark(s string) bool {
	return isAddress(lastWord(s)) || isPressName(s) || isShouted(s) && !strings.Contains(s, " ") && len(s) <= 4
}

func isShouted(s string) bool {
	letters := 0
	for _, c := range s {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsUpper(c) {
			letters++
		}
	}
	return letters >= 2
}

// isCapitalized tells whether every word begins with a capital.
func isCapitalized(s string) bool {
	for word := range strings.FieldsSeq(s) {
		c, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(c) {
			return false
		}
	}
	return s != ""
}

// isOddInName tells the characters that no name of a place has: "TL;DR".
func isOddInName(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" -'’", r)
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

func isAbbreviation(word string) bool {
	t := gazetteer()
	word = strings.TrimSuffix(word, ".")
	return len(word) == 1 || strings.Contains(word, ".") || t.is(t.words[strings.ToLower(word)], abbreviated)
}

// clip is the beginning of a text, at most n bytes.
func clip(s string, n int) string { return s[:min(len(s), n)] }
