package page

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// decode brings bytes to UTF-8 and names the charset they had. What counts, in
// this order: a byte order mark; bytes that are valid UTF-8 are UTF-8,
// whatever header and meta tag say; the header; the meta tag; the content.
func decode(raw []byte, contentType string) (body []byte, name string) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")):
		return clean(raw[3:]), "utf-8"
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")), everyOther(raw, 1):
		return through(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), raw), "utf-16le"
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")), everyOther(raw, 0):
		return through(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), raw), "utf-16be"
	case isText(raw) && !bytes.Contains(raw, []byte("\x1B$")): // ISO-2022-JP looks like ASCII
		return clean(raw), "utf-8"
	}
	if whole, broken := countUTF8(raw); whole > 8*broken {
		return clean(raw), "utf-8" // with what a careless copy left
	}
	enc, name, _ := charset.DetermineEncoding(raw, contentType)
	if name != "utf-8" {
		return through(enc, raw), name
	}
	enc, name = charset.Lookup("windows-1252")
	return through(enc, raw), name
}

// isText tells whether the bytes are valid UTF-8, forgiving a last character
// that was cut.
func isText(raw []byte) bool {
	if utf8.Valid(raw) {
		return true
	}
	end := len(raw)
	for i := 0; i < utf8.UTFMax-1 && end > 0; i++ {
		end--
		if utf8.RuneStart(raw[end]) {
			break
		}
	}
	return utf8.Valid(raw[:end])
}

// everyOther tells whether at least half of the bytes at odd (or even) places
// of the beginning are NUL: UTF-16 without a mark.
func everyOther(raw []byte, odd int) bool {
	head := raw[:min(len(raw), 512)]
	nuls, others := 0, 0
	for i, b := range head {
		if b != 0 {
			continue
		}
		if i%2 == odd {
			nuls++
		} else {
			others++
		}
	}
	return nuls > 4 && nuls*4 > len(head) && others*8 < nuls
}

// countUTF8 counts the multi-byte characters that are whole, and the bytes that
// belong to none. A page in another charset has hardly any whole ones.
func countUTF8(raw []byte) (whole, broken int) {
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			broken++
		} else {
			whole++
		}
		i += size
	}
	return whole, broken
}

func through(enc encoding.Encoding, raw []byte) []byte {
	if enc == nil {
		return clean(raw)
	}
	body, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return clean(raw)
	}
	return clean(bytes.TrimPrefix(body, []byte("\uFEFF")))
}

// clean makes bytes valid UTF-8 without NULs. Clean bytes are not copied.
func clean(raw []byte) []byte {
	if bytes.IndexByte(raw, 0) >= 0 {
		raw = bytes.ReplaceAll(raw, []byte{0}, nil)
	}
	if utf8.Valid(raw) {
		return raw
	}
	return bytes.ToValidUTF8(raw, []byte("\uFFFD"))
}
