package normalize

import "strings"

// SiteTitles is what many pages of one site teach about its titles. It can be
// kept as JSON. A nil one knows nothing.
type SiteTitles struct {
	Pages int `json:"pages"` // pages learned from
	// Tails and Heads count how many pages have a part at the end or at the
	// beginning of their document title, with its separator.
	Tails map[string]int `json:"tails,omitempty"`
	Heads map[string]int `json:"heads,omitempty"`
	// Headings counts the pages that show the same heading (folded).
	Headings map[string]int `json:"headings,omitempty"`
	// Places counts the places whose heading was the title.
	Places map[string]int `json:"places,omitempty"`
}

// minTitlePages is how many pages it takes to know what is constant.
const minTitlePages = 3

// isFurniture tells a heading that stands on several pages of the site.
func (s *SiteTitles) isFurniture(key string) bool {
	return s != nil && s.Pages >= minTitlePages && s.Headings[key] >= 2
}

// placeBonus prefers the place where the site's titles stood.
func (s *SiteTitles) placeBonus(where string) float64 {
	if s == nil || s.Pages < minTitlePages || where == "" {
		return 0
	}
	return 0.2 * float64(s.Places[where]) / float64(s.Pages)
}

// strip cuts the parts off that most pages of the site share.
func (s *SiteTitles) strip(title string) (string, bool) {
	if s == nil || s.Pages < minTitlePages {
		return title, false
	}
	cut := title
	for tail, n := range s.Tails {
		if 2*n > s.Pages && len(tail) < len(title) && strings.HasSuffix(title, tail) && len(title)-len(tail) < len(cut) {
			cut = title[:len(title)-len(tail)]
		}
	}
	whole := cut
	for head, n := range s.Heads {
		if 2*n > s.Pages && len(head) < len(whole) && strings.HasPrefix(whole, head) && len(whole)-len(head) < len(cut) {
			cut = whole[len(head):]
		}
	}
	if cut = strings.TrimSpace(cut); cut == title || cut == "" {
		return title, false
	}
	return cut, true
}
