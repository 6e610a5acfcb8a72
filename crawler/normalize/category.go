package normalize

import "strings"

// maxCategories bounds the categories of an article, and maxCategory the runes
// of one: longer ones are sentences.
const (
	maxCategories = 20
	maxCategory   = 80
)

// joinCategories are those that the page shows, then those that only the feed
// or the API named, each once whatever its letter case. What every theme files
// posts under by itself says nothing.
func joinCategories(lists ...[]string) []string {
	var kept []string
	seen := make(map[string]bool)
	for _, list := range lists {
		for _, c := range list {
			c = strings.Join(strings.Fields(Clean(c)), " ")
			key := strings.ToLower(c)
			if emptyCategory(key) || seen[key] || len([]rune(c)) > maxCategory || len(kept) == maxCategories {
				continue
			}
			seen[key] = true
			kept = append(kept, c)
		}
	}
	return kept
}

func emptyCategory(lower string) bool {
	switch lower {
	case "", "uncategorized", "uncategorised", "tak berkategori", "home", "beranda", "tanpa kategori":
		return true
	}
	return false
}
