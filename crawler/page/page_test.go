package page

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

func TestDecode(t *testing.T) {
	tests := []struct {
		name, raw, contentType, want, charset string
	}{
		{"UTF-8 without a word", "<p>café", "", "<p>café", "utf-8"},
		{"UTF-8 that claims to be Latin", "<meta charset=iso-8859-1><p>café", "text/html; charset=iso-8859-1", "<meta charset=iso-8859-1><p>café", "utf-8"},
		{"windows-1252 that claims to be UTF-8", "<meta charset=utf-8><p>\x93caf\xe9\x94", "text/html; charset=utf-8", "<meta charset=utf-8><p>“café”", "windows-1252"},
		{"the header's charset", "\xd0\xcf\xd2", "text/html; charset=koi8-r", "пор", "koi8-r"},
		{"the meta tag's charset", "<meta charset=shift_jis><p>\x93\xfa", "", "<meta charset=shift_jis><p>日", "shift_jis"},
		{"one broken byte in UTF-8", "<p>é日本語 Ümlaut äöü ñ ç\xff", "", "<p>é日本語 Ümlaut äöü ñ ç\ufffd", "utf-8"},
		{"cut within a character", "<p>caf\xc3", "", "<p>caf\ufffd", "utf-8"},
		{"byte order mark", "\xef\xbb\xbf<p>a", "", "<p>a", "utf-8"},
		{"UTF-16 with a mark", "\xff\xfe<\x00p\x00>\x00\xe9\x00", "", "<p>é", "utf-16le"},
		{"UTF-16 without a mark", "\x00<\x00p\x00>\x00S\x00o\x00l\x00o\x00k", "", "<p>Solok", "utf-16be"},
		{"ISO-2022-JP", "<meta charset=iso-2022-jp>\x1b$B4A\x1b(B", "", "<meta charset=iso-2022-jp>漢", "iso-2022-jp"},
		{"NULs", "<p>a\x00b", "", "<p>ab", "utf-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body, charset := decode([]byte(tt.raw), tt.contentType)
			if string(body) != tt.want || charset != tt.charset {
				t.Errorf("decode(%q, %q) = %q as %s, want %q as %s", tt.raw, tt.contentType, body, charset, tt.want, tt.charset)
			}
		})
	}
}

// Every label of the WHATWG list names an encoding that can be read.
func TestDecodeEveryEncoding(t *testing.T) {
	for _, name := range []string{
		"utf-8", "ibm866", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-8-i",
		"iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u", "macintosh", "windows-874", "windows-1250",
		"windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-1258",
		"x-mac-cyrillic", "gbk", "gb18030", "big5", "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr", "utf-16be", "utf-16le", "replacement", "x-user-defined",
	} {
		if _, err := htmlindex.Get(name); err != nil {
			t.Errorf("%s is no WHATWG encoding: %v", name, err)
		}
		raw := "<meta charset=" + name + "><p>" + string([]byte{0x81, 0xe9, 0xb1, 0xa4, 0xff, 0x80}) + "</p>"
		body, _ := decode([]byte(raw), "text/html; charset="+name)
		if !utf8.Valid(body) {
			t.Errorf("decoding %s gives no UTF-8: %q", name, body)
		}
	}
}

func TestSniff(t *testing.T) {
	tests := []struct{ name, body, contentType, want string }{
		{"doctype", "<!DOCTYPE html><html>", "", "text/html"},
		{"html called plain", "<html><body>", "text/plain", "text/html"},
		{"a PDF behind .html", "%PDF-1.7\n", "text/html", "application/pdf"},
		{"rss without a declaration", "<rss version=\"2.0\">", "text/html", "application/xml"},
		{"atom behind a comment", "<?xml version=\"1.0\"?><!-- x --><feed xmlns=\"a\">", "", "application/xml"},
		{"XHTML", "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html>", "", "text/html"},
		{"JSON", " {\"a\":1}", "", "application/json"},
		{"a warning before the page", "Notice: undefined index\n<html><body>", "text/html", "text/html"},
		{"empty", "", "text/html", "text/plain"},
		{"a picture", "\x89PNG\r\n\x1a\n", "text/html", "image/png"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := sniff([]byte(tt.body), tt.contentType); got != tt.want {
				t.Errorf("sniff(%q, %q) = %s, want %s", tt.body, tt.contentType, got, tt.want)
			}
		})
	}
}

func TestResolve(t *testing.T) {
	tests := []struct{ name, markup, ref, want string }{
		{"relative", "", "b.html#top", "https://kabar.example/a/b.html"},
		{"query", "", "?p=17", "https://kabar.example/a/x?p=17"},
		{"root", "", "/c", "https://kabar.example/c"},
		{"other scheme", "", "javascript:alert(1)", ""},
		{"mail", "", "mailto:a@b.example", ""},
		{"fragment", "", "#a", ""},
		{"line breaks", "", " /c\n/d ", "https://kabar.example/c/d"},
		{"lone percent", "", "/100%-lunas", "https://kabar.example/100%25-lunas"},
		{"base", `<html><head><base href="https://cdn.example/z/"></head>`, "b", "https://cdn.example/z/b"},
		{"no host", "", "http:///x", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := FromBytes("https://kabar.example/a/x", []byte(tt.markup), time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			if got := p.Resolve(tt.ref); got != tt.want {
				t.Errorf("Resolve(%q) = %q, want %q", tt.ref, got, tt.want)
			}
		})
	}
}

func TestAnsweredAt(t *testing.T) {
	now := time.Date(2026, 1, 20, 8, 0, 0, 0, time.UTC)
	u := &url.URL{Scheme: "https", Host: "kabar.example"}
	with := New(u, u, false, 200, http.Header{"Date": {"Mon, 19 Jan 2026 23:00:00 GMT"}}, nil, now)
	if want := time.Date(2026, 1, 19, 23, 0, 0, 0, time.UTC); !with.At.Equal(want) {
		t.Errorf("At = %s, want the answer's own date %s", with.At, want)
	}
	if without := New(u, u, false, 200, nil, nil, now); !without.At.Equal(now) {
		t.Errorf("At = %s, want the clock %s", without.At, now)
	}
}

func TestTreeOfOtherTypes(t *testing.T) {
	p, err := FromBytes("https://kabar.example/feed", []byte("<rss></rss>"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Tree(); !errors.Is(err, ErrNoHTML) {
		t.Errorf("Tree of a feed: %v, want ErrNoHTML", err)
	}
}

func TestTreeOfHostilePages(t *testing.T) {
	tests := []struct {
		name   string
		markup func() string
		want   string // text that must still be there
	}{
		{"nested 100,000 deep", func() string { return strings.Repeat("<div>", 100_000) + "dalam" }, "dalam"},
		{"closed again", func() string {
			return strings.Repeat("<div>", 700) + "dalam" + strings.Repeat("</div>", 700) + "<p>luar</p>"
		}, "luar"},
		{"bodies with attributes", func() string {
			var b strings.Builder
			for i := 0; b.Len() < 169_000; i++ {
				b.WriteString("<body a" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("y", i/26%97) + "=1>")
			}
			return b.String() + "<p>akhir</p>"
		}, "akhir"},
		{"20 MB of text", func() string { return "<p>awal</p>" + strings.Repeat("kata ", 4<<20) }, "awal"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := FromBytes("https://kabar.example/", []byte("<!doctype html>"+tt.markup()), time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			doc, err := p.Document()
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("took %s, want at most 2s", took)
			}
			if !strings.Contains(doc.Text(), tt.want) {
				t.Errorf("the tree has lost %q", tt.want)
			}
		})
	}
}

func FuzzFromBytes(f *testing.F) {
	for _, seed := range []string{"<p>a", "<!doctype html><base href=x><a href=y>", "\xff\xfe<\x00", "<?xml version='1.0'?><feed/>", "%PDF", "{\"a\":1}", "<table><tr><td><table>"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := FromBytes("https://kabar.example/a", raw, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(p.Body) || strings.ContainsRune(string(p.Body), 0) {
			t.Errorf("body of %q is %q, want UTF-8 without NULs", raw, p.Body)
		}
		if _, err := p.Tree(); err != nil && p.IsHTML() {
			t.Errorf("HTML without a tree: %v", err)
		}
		if got := p.Resolve(string(raw)); got != "" && !strings.HasPrefix(got, "http") {
			t.Errorf("Resolve(%q) = %q", raw, got)
		}
	})
}
