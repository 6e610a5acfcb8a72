package normalize

import (
	"slices"
	"strings"
	"testing"
)

func TestJoinCategories(t *testing.T) {
	var many []string
	for i := range 30 {
		many = append(many, strings.Repeat("x", i+1))
	}
	for _, c := range []struct {
		name             string
		page, link, want []string
	}{
		{"none", nil, nil, nil},
		{"only the page", []string{"Daerah"}, nil, []string{"Daerah"}},
		{"only the feed", nil, []string{"Daerah", "DPRD"}, []string{"Daerah", "DPRD"}},
		{"both, the page first", []string{"Peristiwa"}, []string{"daerah", "PERISTIWA"}, []string{"Peristiwa", "daerah"}},
		{"what says nothing", []string{"Uncategorized", " "}, []string{"Beranda", "Tak Berkategori", "Opini"}, []string{"Opini"}},
		{"spaces", []string{" Kabupaten \n Solok "}, nil, []string{"Kabupaten Solok"}},
		{"a sentence", []string{strings.Repeat("kata ", 30)}, []string{"Hukum"}, []string{"Hukum"}},
		{"too many", many, many, many[:maxCategories]},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := joinCategories(c.page, c.link); !slices.Equal(got, c.want) {
				t.Errorf("joinCategories(%q, %q) = %q, want %q", c.page, c.link, got, c.want)
			}
		})
	}
}
