package normalize

import (
	"strings"
	"unicode/utf8"

	"kabar/crawler/extract"
	"kabar/storage/news"
)

// toldBelow is a heading between the best one and the body that is told to
// machines word by word: by JSON-LD, or by Open Graph where neither tells the
// best one, which was written for search engines then or names the site. It is
// nil elsewhere.
func (t *titles) toldBelow(best *headlineClaim) *headlineClaim {
	for i := range t.headings {
		h := &t.headings[i]
		if h.Weight >= best.Weight || h.words < 2 || h.key == best.key || t.seen.isFurniture(h.key) {
			continue
		}
		if t.toldAs(h.key) && !t.toldAs(best.key) || h.words > shortHeadline && t.toldBy("jsonld", h.key) {
			h.why = "heading right above the body that machines are told word by word"
			return h
		}
	}
	return nil
}

// toldAs tells whether JSON-LD or Open Graph have a key as headline.
func (t *titles) toldAs(key string) bool { return t.toldBy("jsonld", key) || t.toldBy("og", key) }

func (t *titles) toldBy(origin, key string) bool {
	for i := range t.told {
		if t.told[i].Origin == origin && t.told[i].key == key {
			return true
		}
	}
	return false
}

// spokenFor is the heading above the body whose words the body has, on a page
// that tells machines words which the body has not, as hacked pages do; nil
// elsewhere.
func (t *titles) spokenFor(body []news.Block) *headlineClaim {
	if len(body) == 0 || len(t.headings) == 0 {
		return nil
	}
	spoken := wordsOf(body)
	for _, told := range append([]headlineClaim{newHeadline(extract.Claim{Value: t.document})}, t.told...) {
		if cut, _ := t.strip(told.text); spoken.share(extract.Key(cut)) > littleSpoken {
			return nil
		}
	}
	var best *headlineClaim
	bestShare := mostlySpoken
	for i := range t.headings {
		h := &t.headings[i]
		if h.words < shortHeadline || h.Weight > aloneReach || t.isName(h.text) || t.seen.isFurniture(h.key) {
			continue
		}
		if share := spoken.share(h.key); share > bestShare || share == bestShare && best != nil && h.Weight < best.Weight {
			best, bestShare = h, share
		}
	}
	return best
}

// Shares of a title's words that stand in the body.
const (
	littleSpoken = 0.2
	mostlySpoken = 0.5
	maxSpoken    = 4000 // words of the body that are looked at
)

// spokenWords are the words of a body.
type spokenWords map[string]bool

func wordsOf(body []news.Block) spokenWords {
	words := spokenWords{}
	for _, b := range body {
		for w := range strings.SplitSeq(extract.Key(b.Plain()), " ") {
			if len(words) >= maxSpoken {
				return words
			}
			words[w] = true
		}
	}
	return words
}

// share is the part of a key's longer words that were spoken.
func (s spokenWords) share(key string) float64 {
	all, both := 0, 0
	for w := range strings.SplitSeq(key, " ") {
		if len(w) < 4 {
			continue
		}
		all++
		if s[w] {
			both++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}

// standsAlone tells the only h1 of a page right above its body: a headline,
// even where the page tells machines other words.
func (t *titles) standsAlone(h *headlineClaim) bool {
	near := h.Weight <= aloneReach || h.Weight > belowBody && h.Weight < belowBody+aloneReach && h.words >= shortHeadline
	if h.Origin != "h1" || !near || h.words < 2 || t.isSection(h) {
		return false
	}
	for i := range t.headings {
		if o := &t.headings[i]; o.Origin == "h1" && o.key != h.key && !t.isName(o.text) {
			return false
		}
	}
	return true
}

// isSection tells a heading that is only a later part of the document title.
func (t *titles) isSection(h *headlineClaim) bool {
	for i, p := range cutTitle(t.document) {
		if i > 0 && extract.Key(p.text) == h.key {
			return true
		}
	}
	return false
}

// mayBeHeadline tells whether a heading can be the headline at all: an h1 can;
// a lower one needs agreement, and nearly full agreement inside the text.
func (h *headlineClaim) mayBeHeadline() bool {
	switch {
	case h.Origin == "h1":
		return true
	case h.Weight > belowBody:
		return h.agreement >= 0.95
	}
	return h.agreement >= slugAgreement
}

// headingBonus prefers what looks like the headline where agreement is equal.
func headingBonus(claim extract.Claim) float64 {
	switch claim.Origin {
	case "h1":
		return 0.12
	case "heading":
		return 0.04
	case "h2":
		return 0.03
	}
	return 0
}

// agreement is how well a heading agrees with what else names the page.
func (t *titles) agreement(h *headlineClaim) (float64, string) {
	best, why := 0.0, "the page's heading"
	note := func(a float64, reason string) {
		if a > best {
			best, why = a, reason
		}
	}
	if t.document != "" {
		note(t.documentAgreement(h), "heading that the document title agrees with")
	}
	for i := range t.told {
		o := &t.told[i]
		if t.isName(o.text) {
			continue
		}
		note(sameHeadline(h, o), "heading that "+o.Origin+" agrees with")
		if h.Origin == "h1" && h.words >= shortHeadline && strings.HasSuffix(o.key, " "+h.key) {
			note(laterPart, "heading that "+o.Origin+" has behind a kicker")
		}
	}
	if best < sureAgreement && t.slug != "" && h.words >= shortHeadline {
		if a := extract.Overlap(h.key, t.slug); a >= slugAgreement {
			note(max(a, sureAgreement), "heading that the address agrees with")
		}
	}
	return best, why
}

// documentAgreement compares a heading with the document title: the whole, or
// a run of its parts from the beginning. A later part is rather a section.
func (t *titles) documentAgreement(h *headlineClaim) float64 {
	doc := newHeadline(extract.Claim{Value: t.document})
	best := sameHeadline(h, &doc)
	parts := cutTitle(t.document)
	if len(parts) < 2 {
		return best
	}
	for i := range parts {
		head := newHeadline(extract.Claim{Value: strings.TrimSpace(t.document[:parts[i].end])})
		tail := newHeadline(extract.Claim{Value: strings.TrimSpace(t.document[parts[i].start:])})
		one := newHeadline(extract.Claim{Value: parts[i].text})
		best = max(best, sameHeadline(h, &head))
		if i > 0 && t.longest(parts) == i || i > 0 && h.words > longestSection {
			worth := laterPart
			if t.isName(parts[0].text) {
				worth = 1 // the site comes first here
			}
			best = max(best, worth*sameHeadline(h, &tail), worth*sameHeadline(h, &one))
		} else if i > 0 && h.key == one.key && h.words <= longestSection {
			return min(best, 0.3) // a section or the site
		}
	}
	return best
}

// longest is the index of the part with most letters.
func (t *titles) longest(parts []titlePart) int {
	at := 0
	for i, p := range parts {
		if utf8.RuneCountInString(p.text) > utf8.RuneCountInString(parts[at].text) {
			at = i
		}
	}
	return at
}

// sameHeadline is how far two claims are the same headline.
func sameHeadline(a, b *headlineClaim) float64 {
	switch {
	case a.key == b.key:
		return 1
	case b.cut && strings.HasPrefix(a.key, b.key) && b.words >= shortHeadline,
		a.cut && strings.HasPrefix(b.key, a.key) && a.words >= shortHeadline:
		return 0.95
	}
	if len(a.key) >= longKey && strings.HasPrefix(b.key, a.key) {
		return 0.9 // also in scripts that part no words
	}
	overlap := extract.Overlap(a.key, b.key)
	if overlap < someAgreement {
		return 0
	}
	return overlap
}
