package normalize

import "strings"

// dropClocks drops printed dates that are the visitor's clock: places that
// show the same day on all pages of the site, and the day of the answer where
// it stands in the head of the page or something surer says another day.
func (s *stampChoice) dropClocks() {
	kept := s.claims[:0]
	for i := range s.claims {
		c := s.claims[i]
		if s.c.Site.isClock(&c) || s.isPageClock(&c) {
			s.doubt("%s in %q is a clock, not the date of the article", c.stamp.Text(), c.Where)
			continue
		}
		kept = append(kept, c)
	}
	s.claims = kept
}

func (s *stampChoice) isPageClock(c *stampClaim) bool {
	if c.place != placeText && c.place != placeTime || s.c.Now.IsZero() || c.has("relative") {
		return false
	}
	if c.day != civilDay(s.c.Now.In(s.zone())) {
		return false
	}
	return inPageHead(c.Where) || s.surelyElse(c)
}

// surelyElse tells whether the address or a machine stamp gives another day.
func (s *stampChoice) surelyElse(c *stampClaim) bool {
	for i := range s.claims {
		other := &s.claims[i]
		sure := other.place == placeLinked || other.place == placeMeta || other.place == placeAddress || other.place == placeOutside
		if sure && other.agrees(c) == noAgreement {
			return true
		}
	}
	return false
}

// headWords are words in class names of the part of a page above its content.
var headWords = [...]string{"topbar", "top-bar", "top_bar", "topnav", "navbar", "masthead", "site-header", "page-header", "header-top",
	"clock", "today", "date-now", "datenow", "current-date", "hari-ini", "tanggal-sekarang", "jeg_top_date", "ticker", "breaking"}

func inPageHead(where string) bool {
	where = strings.ToLower(where)
	for _, word := range headWords {
		if strings.Contains(where, word) {
			return true
		}
	}
	return strings.HasPrefix(where, "header >") || strings.Contains(where, "> header >") && !strings.Contains(where, "entry") && !strings.Contains(where, "article")
}
