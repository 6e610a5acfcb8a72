package feed

import (
	"net/url"
	"testing"
)

func TestPlainEscapes(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"none", "/feeds/all.atom", "/feeds/all.atom"},
		{"needless", "/%66eeds/%7Eall%2ejson", "/feeds/~all.json"},
		{"needed", "/a%2fb%3f?q=%26%c3%a9", "/a%2Fb%3F?q=%26%C3%A9"},
		{"escaped escape", "%2525%255f", "%2525%255f"},
		{"no escape", "100% %zz %4 %", "100% %zz %4 %"},
	} {
		if got := PlainEscapes(c.in); got != c.want {
			t.Errorf("%s: PlainEscapes(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func FuzzPlainEscapes(f *testing.F) {
	for _, s := range []string{"", "%", "%4", "%41", "%2f%2F", "%%341"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := PlainEscapes(s)
		means, err := url.PathUnescape(s)
		if err != nil {
			return // no address
		}
		if got, err := url.PathUnescape(once); err != nil || got != means {
			t.Errorf("PlainEscapes(%q) = %q means %q, %v, want %q", s, once, got, err, means)
		}
		if twice := PlainEscapes(once); twice != once {
			t.Errorf("PlainEscapes(%q) = %q, and once more %q", s, once, twice)
		}
	})
}
