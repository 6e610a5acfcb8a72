package normalize

import (
	"net/url"
	"strings"
	"time"

	"kabar/crawler/indodate"
	"kabar/storage/news"
)

// addressDate is a day that an address names.
type addressDate struct {
	year, month, day int
	text             string
}

// pathPiece is a run of letters or digits of a path.
type pathPiece struct {
	text  string
	sep   byte // before it, 0 at the beginning
	digit bool
}

// maxPathPieces bounds what is looked at of a path.
const maxPathPieces = 40

// addressDay finds the day in an address: /2026/01/20/, /2026/january/20/,
// /20/01/2026/, /2026-01-20-, /20260120-. Longer numbers are ids, and so are
// numbers that touch letters.
func addressDay(u *url.URL) (addressDate, bool) {
	if u == nil {
		return addressDate{}, false
	}
	pieces := pathPieces(u.Path)
	for i := range pieces {
		if d, ok := packedDay(pieces[i]); ok {
			return d, true
		}
		if i+2 < len(pieces) {
			if d, ok := splitDay(pieces[i], pieces[i+1], pieces[i+2]); ok {
				return d, true
			}
		}
	}
	return addressDate{}, false
}

func pathPieces(path string) []pathPiece {
	pieces := make([]pathPiece, 0, 12)
	sep := byte(0)
	for i := 0; i < len(path) && len(pieces) < maxPathPieces; {
		if strings.IndexByte("/-_.", path[i]) >= 0 {
			sep = path[i]
			i++
			continue
		}
		end := i
		digits := true
		for end < len(path) && strings.IndexByte("/-_.", path[end]) < 0 {
			digits = digits && path[end] >= '0' && path[end] <= '9'
			end++
		}
		pieces = append(pieces, pathPiece{text: path[i:end], sep: sep, digit: digits})
		i = end
	}
	return pieces
}

// packedDay reads 20260120.
func packedDay(p pathPiece) (addressDate, bool) {
	if !p.digit || len(p.text) != 8 {
		return addressDate{}, false
	}
	d := addressDate{atoi(p.text[:4]), atoi(p.text[4:6]), atoi(p.text[6:]), p.text}
	return d, d.plausible()
}

// splitDay reads three pieces with the same sign between them.
func splitDay(a, b, c pathPiece) (addressDate, bool) {
	if b.sep != c.sep || len(b.text) > 12 {
		return addressDate{}, false
	}
	text := a.text + string(b.sep) + b.text + string(c.sep) + c.text
	switch {
	case !a.digit || !c.digit:
	case len(a.text) == 4 && b.digit && len(b.text) <= 2 && len(c.text) <= 2:
		d := addressDate{atoi(a.text), atoi(b.text), atoi(c.text), text}
		return d, d.plausible()
	case len(a.text) == 4 && !b.digit && len(c.text) <= 2:
		r, err := indodate.Read(c.text+" "+b.text+" "+a.text, indodate.Context{})
		if err != nil || r.Stamp.Precision != news.Day {
			return addressDate{}, false
		}
		y, m, day := r.Stamp.Time.Date()
		d := addressDate{y, int(m), day, text}
		return d, d.plausible()
	case len(c.text) == 4 && b.digit && len(a.text) <= 2 && len(b.text) <= 2 && b.sep == '/':
		d := addressDate{atoi(c.text), atoi(b.text), atoi(a.text), text}
		return d, d.plausible()
	}
	return addressDate{}, false
}

func (d addressDate) plausible() bool {
	at := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	return d.year >= firstWebYear && d.year < 2069 && at.Day() == d.day && int(at.Month()) == d.month
}

func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
