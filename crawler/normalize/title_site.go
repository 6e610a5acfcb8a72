package normalize

import (
	"strings"

	"kabar/crawler/extract"
)

// SiteTitles is what many pages of one site teach about its titles. It can be
// kept as JSON. A nil one knows nothing.
type SiteTitles struct {
	Pages int `json:"pages"` // pages learned from
	// Tails and Heads count the pages whose document title ends or begins with
	// a text, separator included.
	Tails map[string]int `json:"tails,omitempty"`
	Heads map[string]int `json:"heads,omitempty"`
	// Headings counts the pages that show the same heading (folded).
	Headings map[string]int `json:"headings,omitempty"`
	// Places counts the places whose heading was the title.
	Places map[string]int `json:"places,omitempty"`
}

const (
	// minTitlePages is how many pages it takes to know what is constant.
	minTitlePages = 3
	// maxRemembered bounds each of the counts.
	maxRemembered = 400
	// maxTitleEnd bounds a constant beginning or end, in bytes.
	maxTitleEnd = 120
)

// Learn counts one more page and the title that was chosen for it.
func (s *SiteTitles) Learn(claims []extract.Claim, title string) {
	s.Pages++
	key := extract.Key(title)
	shown, placed := map[string]bool{}, map[string]bool{}
	for _, claim := range claims {
		switch {
		case claim.Origin == "title":
			s.learnDocument(Clean(claim.Value))
		case isHeading(claim.Origin):
			k := extract.Key(claim.Value)
			if k != "" && !shown[k] && len(k) <= maxTitleEnd {
				shown[k] = true
				count(&s.Headings, k)
			}
			if k == key && claim.Where != "" && !placed[claim.Where] {
				placed[claim.Where] = true
				count(&s.Places, claim.Where)
			}
		}
	}
}

// learnDocument counts the ends that the separators of a document title part.
func (s *SiteTitles) learnDocument(document string) {
	parts := cutTitle(document)
	for i := 1; i < len(parts); i++ {
		if tail := document[parts[i-1].end:]; len(parts)-i <= 3 && len(tail) <= maxTitleEnd {
			count(&s.Tails, tail)
		}
		if head := document[:parts[i].start]; i <= 2 && len(head) <= maxTitleEnd {
			count(&s.Heads, head)
		}
	}
}

// count adds one in a map that stays bounded: when it is full, what was met
// only once goes.
func count(counts *map[string]int, key string) {
	if *counts == nil {
		*counts = map[string]int{}
	}
	if _, known := (*counts)[key]; !known && len(*counts) >= maxRemembered {
		for k, n := range *counts {
			if n == 1 {
				delete(*counts, k)
			}
		}
	}
	(*counts)[key]++
}

// isFurniture tells a heading that stands on many pages of the site.
func (s *SiteTitles) isFurniture(key string) bool {
	if s == nil || s.Pages < minTitlePages {
		return false
	}
	n := s.Headings[key]
	return n >= minTitlePages && 3*n >= s.Pages
}

// placeBonus prefers the place where the site's titles stood.
func (s *SiteTitles) placeBonus(where string) float64 {
	if s == nil || s.Pages < minTitlePages || where == "" {
		return 0
	}
	return 0.2 * float64(s.Places[where]) / float64(s.Pages)
}

// strip cuts the parts off that most pages of the site share, the longest
// first.
func (s *SiteTitles) strip(title string) (string, bool) {
	if s == nil || s.Pages < minTitlePages {
		return title, false
	}
	tail, head := s.constant(s.Tails, title, strings.HasSuffix), ""
	cut := title[:len(title)-len(tail)]
	head = s.constant(s.Heads, cut, strings.HasPrefix)
	cut = strings.TrimSpace(cut[len(head):])
	if cut == "" || tail == "" && head == "" {
		return title, false
	}
	return cut, true
}

// constant is the longest end of a title that most pages share.
func (s *SiteTitles) constant(ends map[string]int, title string, at func(s, end string) bool) string {
	best := ""
	for end, n := range ends {
		if 2*n > s.Pages && len(end) > len(best) && len(end) < len(title) && at(title, end) {
			best = end
		}
	}
	return best
}
