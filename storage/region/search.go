package region

import (
	"cmp"
	"slices"
	"strings"
)

// Search finds regions for a person who types: a code, a name with or without
// its type word, an abbreviation, a seat, or the beginnings of their words.
// The best match comes first; regions that match equally well stand in order
// of code. Empty words find nothing.
func Search(words string) []Region {
	query := fold(words)
	if query == "" {
		return nil
	}
	type hit struct {
		region Region
		rank   int
	}
	var hits []hit
	for _, r := range All() {
		if rank := rankOf(r, query); rank > 0 {
			hits = append(hits, hit{r, rank})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.rank, a.rank) })
	found := make([]Region, len(hits))
	for i, h := range hits {
		found[i] = h.region
	}
	return found
}

// rankOf tells how well a region fits a folded query; 0 is not at all.
func rankOf(r Region, query string) int {
	best := max(
		match(fold(r.Code), query, 90),
		match(fold(r.Title()), query, 80),
		match(fold(r.Name), query, 80),
		match(fold(r.Official), query, 70),
		match(fold(r.Capital), query, 60),
	)
	for _, alias := range r.Aliases {
		best = max(best, match(fold(alias), query, 80), match(fold(string(r.Level)+" "+alias), query, 75))
	}
	return best
}

// match ranks one name: full marks for the whole name, less for its
// beginning, less again when every word of the query begins a word of it.
func match(name, query string, full int) int {
	switch {
	case name == query:
		return full
	case strings.HasPrefix(name, query):
		return full - 40
	case beginsWords(name, query):
		return full - 50
	default:
		return 0
	}
}

func beginsWords(name, query string) bool {
	for q := range strings.FieldsSeq(query) {
		found := false
		for n := range strings.FieldsSeq(name) {
			found = found || strings.HasPrefix(n, q)
		}
		if !found {
			return false
		}
	}
	return true
}

// fold lowers a name, writes "kabupaten" in full and makes its separators
// single spaces.
func fold(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == ' ' || r == '-' || r == '\t' || r == ',' || r == '\''
	})
	for i, w := range words {
		switch w {
		case "kab", "kab.", "pemkab":
			words[i] = "kabupaten"
		case "pemkot", "pemko":
			words[i] = "kota"
		case "prov", "prov.", "pemprov":
			words[i] = "provinsi"
		}
	}
	return strings.Join(words, " ")
}
