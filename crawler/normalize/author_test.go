package normalize

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"kabar/crawler/extract"
)

func TestReadNames(t *testing.T) {
	cases := []struct {
		name, in string
		want     []string
	}{
		{"bare", "Rahmi Yulita", []string{"Rahmi Yulita"}},
		{"by", "By Rahmi Yulita", []string{"Rahmi Yulita"}},
		{"oleh", "Oleh: Rahmi Yulita", []string{"Rahmi Yulita"}},
		{"glued by", "ByRahmi Yulita", []string{"Rahmi Yulita"}},
		{"posted by with date", "Posted by Rahmi Yulita on January 20, 2026", []string{"Rahmi Yulita"}},
		{"date behind a dash", "Oleh Rahmi Yulita - 20 Januari 2026", []string{"Rahmi Yulita"}},
		{"month before day", "By Rahmi Yulita Jan 9, 2026 at 10:05AM", []string{"Rahmi Yulita"}},
		{"two people", "Rahmi Yulita dan Budi Santoso", []string{"Rahmi Yulita", "Budi Santoso"}},
		{"comma list", "By Ann Lee, Bo Ray and Cy Dow", []string{"Ann Lee", "Bo Ray", "Cy Dow"}},
		{"editor is no author", "Penulis: Rahmi Yulita Editor: Budi Santoso", []string{"Rahmi Yulita"}},
		{"editor behind a bar", "Penulis: Rahmi Yulita | Editor: Budi Santoso", []string{"Rahmi Yulita"}},
		{"photographer is no author", "By Rahmi Yulita | Photo by Budi Santoso", []string{"Rahmi Yulita"}},
		{"mail address", "Rahmi Yulita rahmi@kabar.example", []string{"Rahmi Yulita"}},
		{"account", "Rahmi Yulita@rahmiy", []string{"Rahmi Yulita"}},
		{"web address", "https://kabar.example/penulis/rahmi", nil},
		{"address behind a dash", "Rahmi Yulita - https://kabar.example", []string{"Rahmi Yulita"}},
		{"profession", "Rahmi Yulita, Senior Correspondent", []string{"Rahmi Yulita"}},
		{"counter", "Rahmi Yulita 162 views", []string{"Rahmi Yulita"}},
		{"desk of one word and a profession", "Community Editor", []string{"Community Editor"}},
		{"only a label", "Written by", nil},
		{"only a date", "20 Januari 2026", nil},
		{"published is no name", "Published May 07, 2026", nil},
		{"institution with and", "Center for Water and Soil Research", []string{"Center for Water and Soil Research"}},
		{"press office", "Dinas Komunikasi dan Informatika", []string{"Dinas Komunikasi dan Informatika"}},
		{"agency with article", "The Regional Press", []string{"The Regional Press"}},
		{"too long", strings.Repeat("Nama Panjang ", 60), nil},
		{"empty", "", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := ReadNames(c.in)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("ReadNames(%q) (-want +got):\n%s", c.in, diff)
			}
		})
	}
}

func TestChooseAuthors(t *testing.T) {
	site := []string{"Kabar Ranah"}
	cases := []struct {
		name   string
		claims []extract.Claim
		want   []string
	}{
		{"a rule wins", []extract.Claim{claim("rule", "Ani Putri", 0), claim("jsonld", "Budi Santoso", 0)}, []string{"Ani Putri"}},
		{"JSON-LD", []extract.Claim{claim("jsonld", "Budi Santoso", 0), claim("byline", "Oleh Budi Santoso", 1)}, []string{"Budi Santoso"}},
		{"all of JSON-LD", []extract.Claim{claim("jsonld", "Budi Santoso", 0), claim("jsonld", "Ani Putri", 1)}, []string{"Budi Santoso", "Ani Putri"}},
		{"visible name over an account", []extract.Claim{claim("jsonld", "budis77", 0), claim("byline", "Oleh Budi Santoso", 1)}, []string{"Budi Santoso"}},
		{"visible name over the site", []extract.Claim{claim("jsonld", "Kabar Ranah", 0), claim("byline", "Budi Santoso", 1)}, []string{"Budi Santoso"}},
		{"visible name over a desk", []extract.Claim{claim("meta:author", "admin", 0), claim("byline", "Budi Santoso", 1)}, []string{"Budi Santoso"}},
		{"the site when nobody else is named", []extract.Claim{claim("jsonld", "Kabar Ranah", 0)}, []string{"Kabar Ranah"}},
		{"near byline over a far one", []extract.Claim{claim("byline", "Ani Putri", 40), claim("byline", "Budi Santoso", 1)}, []string{"Budi Santoso"}},
		{"bylines of a list below do not join", []extract.Claim{
			{Origin: "byline", Value: "Budi Santoso", Where: "p.by", Weight: 1}, {Origin: "byline", Value: "Ani Putri", Where: "p.by", Weight: 60}}, []string{"Budi Santoso"}},
		{"full name over its first part", []extract.Claim{claim("jsonld", "Budi", 0), claim("byline", "Oleh Budi Santoso", 1)}, []string{"Budi Santoso"}},
		{"nobody", nil, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, why := ChooseAuthors(c.claims, AuthorContext{Site: site})
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if why == "" {
				t.Error("no reason given")
			}
		})
	}
}

func FuzzReadNames(f *testing.F) {
	for _, seed := range []string{"By A B and C D", "Penulis: X | Editor: Y", "(@x) y@z.q ://", "von und zu", "a\xff,&", "By By By"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		names := ReadNames(s)
		if len(names) > maxAuthors {
			t.Errorf("%d names in %q", len(names), s)
		}
		for _, name := range names {
			if name == "" || len(name) > maxNameBytes || !utf8.ValidString(name) || strings.TrimSpace(name) != name {
				t.Errorf("name %q of %q", name, s)
			}
		}
	})
}
