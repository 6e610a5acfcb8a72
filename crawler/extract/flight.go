package extract

import (
	"strconv"
	"strings"
)

// flightState is the id of the State that is put together from the pieces in
// which Next.js sends the data of a page ("self.__next_f.push([1,"…"])").
const flightState = "__next_f"

// flight keeps a piece of such data and tells whether the script was one.
func (w *walker) flight(script string) bool {
	piece, ok := strings.CutPrefix(script, `self.__next_f.push([1,"`)
	if !ok {
		return false
	}
	if end := strings.LastIndex(piece, `"])`); end >= 0 {
		piece = piece[:end]
	}
	piece = unescapeJSON(piece)
	for i := range w.States {
		if s := &w.States[i]; s.ID == flightState {
			if len(s.Text)+len(piece) <= maxState {
				s.Text += piece
			}
			return true
		}
	}
	w.States = append(w.States, State{ID: flightState, Text: piece[:min(len(piece), maxState)]})
	return true
}

// longestFlightText is the longest text row with paragraphs. A row is
// "ID:TSIZE,TEXT", both numbers hexadecimal, the size in bytes.
func longestFlightText(data string) string {
	longest := ""
	for at := 0; ; {
		i := strings.Index(data[at:], ":T")
		if i < 0 {
			return longest
		}
		at += i + 2
		comma := strings.IndexByte(data[at:min(len(data), at+9)], ',')
		if comma < 1 {
			continue
		}
		size, err := strconv.ParseUint(data[at:at+comma], 16, 32)
		if err != nil {
			continue
		}
		from := at + comma + 1
		to := min(len(data), from+int(size))
		if text := data[from:to]; len(text) > len(longest) && (strings.Contains(text, "<p") || strings.Contains(text, "<br")) {
			longest = strings.ToValidUTF8(text, "")
		}
		at = to
	}
}
