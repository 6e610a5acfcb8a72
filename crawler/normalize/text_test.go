package normalize

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestClean(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"plain", "Banjir di Lubuk Sikaping", "Banjir di Lubuk Sikaping"},
		{"white space", " Banjir \t di\u00a0\nLubuk  ", "Banjir di Lubuk"},
		{"soft hyphen and zero width", "peme\u00adrin\u200btah", "pemerintah"},
		{"decomposed", "cafe\u0301", "café"},
		{"control characters", "a\x00b\x0bc\x1f", "ab c"},
		{"not UTF-8", "a\xffb", "a\ufffdb"},
		{"no character of XML", "a\ufffeb\uffffc", "abc"},
		{"direction marks", "\u202eabc\u202c", "abc"},
		{"other scripts stay", "समाचार 日本 ☀️", "समाचार 日本 ☀️"},
		{"empty", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Clean(c.in); got != c.want {
				t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestCleanLines(t *testing.T) {
	if got, want := CleanLines(" a \n\n b\u00a0c\n"), "a\nb c"; got != want {
		t.Errorf("CleanLines = %q, want %q", got, want)
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", "Jum'at", "a\u0301\u00ad\u0301", "\xff\xfe", "\u200b \u200b", "e\u0327\u0301x\ufffe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if Clean(got) != got {
			t.Errorf("Clean twice of %q differs: %q, %q", s, got, Clean(got))
		}
		if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) || strings.TrimSpace(got) != got || strings.Contains(got, "  ") {
			t.Errorf("Clean(%q) = %q is not clean", s, got)
		}
		for _, r := range got {
			if !isXML(r) {
				t.Errorf("Clean(%q) keeps %U", s, r)
			}
		}
	})
}
