package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Dateline is what stands before the first sentence of an article, as in
// "Jakarta, 20/1 (ANTARA) - Menteri …".
type Dateline struct {
	Place  string // as printed: "AROSUKA", "Mataram, NTB"; empty when there is none
	Agency string // who tells it, as printed: "ANTARA", "topsumbar.co.id", "Humas"
	Date   string // as printed: "20/1", "Kamis, 17 Juli 2025"
	Rest   string // the text without its dateline; all of it when there is none
}

// Bounds of a dateline: bytes in all and in one of its pieces, and pieces.
const (
	maxDateline = 200
	maxPiece    = 60
	maxPieces   = 6
)

// ReadDateline reads the dateline at the beginning of a text. A text without
// one stays whole. It looks at the first few words only, whatever the length.
func ReadDateline(text string) Dateline {
	r := datelineReader{text: text}
	if !r.read() {
		return Dateline{Rest: text}
	}
	return Dateline{
		Place:  text[r.place.start:r.place.end],
		Agency: text[r.agency.start:r.agency.end],
		Date:   text[r.date.start:r.date.end],
		Rest:   text[r.rest:],
	}
}

// span is a part of a text in bytes; empty where start equals end.
type span struct{ start, end int }

func (s span) empty() bool { return s.start == s.end }

// datelineReader collects pieces until they make a dateline or cannot.
type datelineReader struct {
	text                string
	place, agency, date span
	rest                int

	places   int     // how many pieces were joined to place
	tight    bool    // the last separator was a hyphen between two words
	bare     bool    // the agency is nothing but one word, or in capitals
	sure     bool    // something in it can hardly be prose: an address, a known place, an agency in brackets
	dated    bool    // the date has its year
	shouted  bool    // the place is in capitals
	unknowns []piece // pieces in the role of names that nothing is known of
}

// read tells whether the text has a dateline.
func (r *datelineReader) read() bool {
	if strings.HasPrefix(strings.TrimLeft(r.text, " "), "- ") {
		return false // an item of a list
	}
	at := skipLead(r.text, 0)
	ended := false
	for range maxPieces {
		p, ok := nextPiece(r.text, at)
		if !ok || p.next > maxDateline {
			break
		}
		if !r.take(p, ended) {
			break
		}
		at = p.next
		r.tight = p.after == afterTight
		ended = ended || p.after.ends()
		r.rest = at
		if p.after == afterNothing && !p.endsItself() || p.after == afterColon && !p.mayEndInColon() {
			return false
		}
		if p.after.ends() && !r.goesOn(at) {
			break
		}
	}
	return r.settle(ended)
}

// goesOn tells whether more of a dateline may follow after a dash.
func (r *datelineReader) goesOn(at int) bool {
	p, ok := nextPiece(r.text, at)
	if !ok {
		return false
	}
	switch p.kind {
	case pieceName, pieceShort, pieceShout: // "KOTA SOLOK | Kaba | Wali Kota …"
		return len(r.unknowns) == 0 && r.agency.empty() && behindBar(r.text[:at]) && p.after.ends() && behindBar(r.text[:p.next])
	case pieceDate:
		return r.date.empty() && p.dated && startsSentence(r.text[p.next:])
	case pieceAddress:
		return r.agency.empty() && (p.after != afterNothing || p.bracketed)
	case pieceKnown:
		return r.place.empty() && p.after.ends() && !p.bracketed
	case pieceAgency:
		return r.agency.empty() && p.bracketed
	default:
		return false
	}
}

// take gives a piece its role; false when it can have none.
func (r *datelineReader) take(p piece, ended bool) bool {
	switch p.kind {
	case pieceDate:
		if !r.date.empty() {
			return false
		}
		r.date, r.dated = p.span, p.dated
	case pieceAddress, pieceAgency:
		if !r.agency.empty() {
			return false
		}
		r.agency = p.span
		r.bare = !strings.Contains(r.text[p.start:p.end], " ") || p.shouted
		r.sure = r.sure || p.kind == pieceAddress || p.bracketed && isPressName(r.text[p.start:p.end])
	case pieceLabel:
	case pieceKnown:
		return r.takePlace(p)
	case pieceShort, pieceName, pieceShout:
		if ended && !behindBar(r.text[:p.next]) || len(r.unknowns) == 2 {
			return false
		}
		r.unknowns = append(r.unknowns, p)
	case pieceBoth:
		return r.takeBoth(p)
	default:
		return false
	}
	return true
}

func (r *datelineReader) takePlace(p piece) bool {
	switch {
	case r.place.empty():
		r.place = p.span
		r.shouted = p.shouted
	case r.places == 1 && p.bracketed && p.after.ends():
		// "Solok (Sumatera Barat) -" says where the place lies.
	case r.places == 1 && !p.bracketed && r.agency.empty():
		r.place.end = p.end
	default:
		return false
	}
	r.places++
	r.sure = true
	return true
}

// takeBoth takes a piece of place and agency; after a place it is an agency
// that is named after its region: "Kendari, Antara Sultra -".
func (r *datelineReader) takeBoth(p piece) bool {
	switch {
	case !r.agency.empty():
		return false
	case r.place.empty():
		r.place, r.agency = p.place, p.agency
		r.places, r.sure, r.shouted = 1, true, p.shouted
	default:
		r.agency = p.span
	}
	return true
}

// settle says what the unknown pieces are and whether the whole is a dateline.
func (r *datelineReader) settle(ended bool) bool {
	for _, p := range r.unknowns {
		switch {
		case !r.place.empty() && r.agency.empty():
			r.agency = p.span
		case r.place.empty() && p.kind == pieceShout && !r.tight:
			r.place, r.shouted = p.span, true
		case r.place.empty() && p.kind == pieceName && r.sure:
			r.place = p.span
		default:
			return false
		}
	}
	if r.place.empty() && r.agency.empty() && !(ended && r.dated) {
		return false
	}
	if r.place.empty() && !r.agency.empty() && !r.standsAlone(ended) {
		return false
	}
	r.rest = skipLead(r.text, r.rest)
	rest := r.text[r.rest:]
	switch {
	case rest == "", r.joinsTwoPlaces(rest):
		return false
	case startsSentence(rest):
		return ended || r.sure && !r.agency.empty()
	default: // a careless small letter after what is clearly a dateline
		return ended && r.sure && (r.shouted || r.place.empty() || !r.agency.empty())
	}
}

// standsAlone tells whether an agency can make a dateline without a place:
// one word or capitals, and a dash that is no hyphen of a longer word.
func (r *datelineReader) standsAlone(ended bool) bool {
	agency := r.text[r.agency.start:r.agency.end]
	short := r.bare || strings.Count(agency, " ") == 1 && isCapitalized(agency)
	return ended && short && (!r.tight || isShouted(agency) || isAddress(agency))
}

// joinsTwoPlaces tells whether the dash stands between two places, as in
// "Solok-Padang lumpuh", and is no end of a dateline.
func (r *datelineReader) joinsTwoPlaces(rest string) bool {
	if r.shouted || r.text[r.place.end:r.rest] != "-" {
		return false
	}
	word := rest[:wordLength(rest)]
	return word == "" || isKnownPlace(word)
}

// behindBar tells whether a text ends with a bar.
func behindBar(s string) bool { return strings.HasSuffix(strings.TrimRight(s, " "), "|") }

// startsSentence tells whether a text begins as a sentence does: with a
// capital, a number or a quotation mark.
func startsSentence(s string) bool {
	s = strings.TrimLeft(s, " \t\u00a0")
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c) || unicode.IsDigit(c) || strings.ContainsRune("\"'“”‘’«(", c)
}

// skipLead skips what stands before and between the pieces of a dateline.
func skipLead(s string, at int) int {
	rest := strings.TrimLeft(s[at:], " \t\n\r\u00a0\u200b\ufeff.,;:*|-–—−β•_/")
	return len(s) - len(rest)
}
