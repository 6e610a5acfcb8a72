package normalize

import (
	"net/url"
	"strings"

	"kabar/crawler/extract"
	"kabar/storage/news"
)

// maxTitle bounds a title, in bytes; what is longer is no title.
const maxTitle = 600

// TitleContext is what is known about a page besides its own claims.
type TitleContext struct {
	URL  *url.URL     // address of the page; nil when unknown
	Site []string     // names of the site: the portal's, og:site_name, the publisher
	Seen *SiteTitles  // what other pages of the site taught; nil when nothing
	Body []news.Block // of the page; it speaks for a headline when nothing else does
}

// ChooseTitle decides which claim is the headline, and says why in plain
// words. It is empty only when no claim has any text.
//
// A visible headline wins over what the page tells machines, provided that
// they agree; what they tell (JSON-LD, Open Graph, the document title cut at
// its separators, the address, and from outside anchor, feed and sitemap)
// decides which of several headings it is.
func ChooseTitle(claims []extract.Claim, c TitleContext) (title, why string) {
	t := newTitles(claims, c)
	if t.rule != "" {
		return t.rule, "a rule of the portal names it"
	}
	best := t.bestHeading()
	if best != nil && (best.agreement >= sureAgreement || t.standsAlone(best)) {
		if lower := t.toldBelow(best); lower != nil {
			best = lower
		}
		return t.writing(best)
	}
	if h := t.spokenFor(c.Body); h != nil {
		return h.text, "heading whose words the text has, unlike what machines are told"
	}
	if title, why := t.machine(best); title != "" {
		return title, why
	}
	if best != nil {
		return best.text, best.why
	}
	return "", "no claim has any text"
}

// Agreements between 0 and 1.
const (
	sureAgreement  = 0.75 // two writings of the same headline
	someAgreement  = 0.34 // the same story in other words
	slugAgreement  = 0.6  // of a headline with the words of the address
	shortHeadline  = 3    // words; less is rather a section
	longestSection = 4    // words
	longKey        = 30   // bytes of a key that is no chance beginning of another
	belowBody      = 1002 // weight of headings that stand inside the text
	aloneReach     = 40   // blocks between a lone h1 and the body
	laterPart      = 0.8  // of the agreement with a later part of the document title
)

// titles are the claims sorted by what they are.
type titles struct {
	rule     string
	document string          // the <title>
	headings []headlineClaim // h1 to h3 and the like, in page order
	told     []headlineClaim // what is told to machines and from outside
	slug     string          // words of the address
	names    map[string]bool // folded names of the site
	seen     *SiteTitles
}

// headlineClaim is a claim made ready for comparison.
type headlineClaim struct {
	extract.Claim
	text, key string
	words     int
	cut       bool // ends in an ellipsis: the beginning of a longer one
	agreement float64
	why       string
}

func newTitles(claims []extract.Claim, c TitleContext) *titles {
	t := &titles{names: map[string]bool{}, seen: c.Seen, slug: extract.Slug(c.URL)}
	for _, name := range c.Site {
		t.addName(name)
	}
	if c.URL != nil {
		t.addHost(c.URL.Hostname())
	}
	for _, claim := range claims {
		if len(claim.Value) > 4*maxTitle {
			continue
		}
		h := newHeadline(claim)
		if h.key == "" || len(h.text) > maxTitle {
			continue
		}
		switch {
		case claim.Origin == "rule":
			if t.rule == "" {
				t.rule = h.text
			}
		case claim.Origin == "title":
			if t.document == "" {
				t.document = h.text
			}
		case isHeading(claim.Origin):
			t.headings = append(t.headings, h)
		default:
			t.told = append(t.told, h)
		}
	}
	for i := range t.told {
		if cut, ok := t.withoutName(t.told[i].text); ok {
			t.told[i] = newHeadline(extract.Claim{Value: cut, Origin: t.told[i].Origin})
		}
	}
	return t
}

// isHeading tells origins that a reader sees as a headline.
func isHeading(origin string) bool {
	return len(origin) == 2 && origin[0] == 'h' && origin[1] >= '1' && origin[1] <= '6' || origin == "heading"
}

func newHeadline(claim extract.Claim) headlineClaim {
	text := strings.TrimSpace(strings.TrimRight(Clean(claim.Value), "¶#§ "))
	h := headlineClaim{Claim: claim, text: text}
	for _, dots := range [...]string{"...", "…", "[..]"} {
		if cut, found := strings.CutSuffix(text, dots); found {
			h.cut = true
			text = cut
		}
	}
	h.key = extract.Key(text)
	h.words = extract.KeyWords(h.key)
	return h
}

// addName notes a name of the site; "Kabar Solok - Berita Terkini" is also
// "Kabar Solok".
func (t *titles) addName(name string) {
	name = Clean(name)
	if key := squeeze(name); key != "" {
		t.names[key] = true
	}
	for i, part := range cutTitle(name) {
		if key := squeeze(part.text); i == 0 && key != "" {
			t.names[key] = true
		}
	}
}

// addHost notes the labels of a host but its last and the usual first ones.
func (t *titles) addHost(host string) {
	host = strings.ToLower(strings.TrimPrefix(host, "www."))
	if host == "" {
		return
	}
	t.names[squeeze(host)] = true
	labels := strings.Split(host, ".")
	for i, label := range labels[:len(labels)-1] {
		if len(label) > 3 || i == 0 && len(labels) == 2 {
			t.names[squeeze(label)] = true
		}
	}
}

// squeeze is a key of letters and digits alone, for names.
func squeeze(s string) string { return strings.ReplaceAll(extract.Key(s), " ", "") }

// isName tells whether a text is a name of the site, with or without ".com".
func (t *titles) isName(text string) bool {
	key := squeeze(text)
	if key == "" {
		return false
	}
	if t.names[key] {
		return true
	}
	for name := range t.names {
		if len(name) >= 5 && len(key) >= 5 && len(key) <= len(name)+6 && (strings.HasPrefix(key, name) || strings.HasPrefix(name, key)) {
			return true
		}
	}
	return false
}

// bestHeading is the heading that the rest of the page agrees with most; nil
// when there is none that can be a headline.
func (t *titles) bestHeading() *headlineClaim {
	var best *headlineClaim
	bestScore := 0.0
	for i := range t.headings {
		h := &t.headings[i]
		if t.isName(h.text) || t.seen.isFurniture(h.key) {
			continue
		}
		h.agreement, h.why = t.agreement(h)
		score := h.agreement + headingBonus(h.Claim) + t.seen.placeBonus(h.Where)
		if h.agreement >= someAgreement && t.standsAlone(h) {
			score += 0.3
		}
		if t.slug != "" {
			score += 0.25 * extract.Overlap(h.key, t.slug)
		}
		if !h.mayBeHeadline() {
			continue
		}
		if h.words < shortHeadline {
			score -= 0.15
		}
		if best == nil || score > bestScore {
			best, bestScore = h, score
		}
	}
	return best
}

// machine picks among what is told to machines, where no heading is sure;
// heading is the best of those, or nil.
func (t *titles) machine(heading *headlineClaim) (title, why string) {
	told := t.bestTold()
	if told == nil {
		if t.document == "" {
			return "", ""
		}
		if heading != nil && heading.agreement >= someAgreement && heading.words >= shortHeadline {
			return heading.text, heading.why
		}
		cut, reason := t.cutDocument()
		return cut, "the document title" + reason
	}
	if heading != nil && heading.agreement >= someAgreement && heading.words >= shortHeadline {
		return heading.text, heading.why
	}
	return told.text, told.why
}

// bestTold is the claim to machines that most others agree with, cut of the
// site's name.
func (t *titles) bestTold() *headlineClaim {
	var best *headlineClaim
	bestScore := -1.0
	for i := range t.told {
		o := t.told[i]
		if t.isName(o.text) || o.words == 0 {
			continue
		}
		o.text, _ = t.strip(o.text)
		score := toldRank(o.Origin)
		for j := range t.told {
			if j != i {
				score += 0.1 * sameHeadline(&t.told[j], &o)
			}
		}
		if o.cut {
			score -= 1
		}
		if score > bestScore {
			o.why = "told to machines by " + o.Origin
			best, bestScore = &o, score
		}
	}
	return best
}

// toldRank orders the origins by how often they are right (share of pages
// where they are present).
func toldRank(origin string) float64 {
	switch origin {
	case "jsonld":
		return 0.9
	case "state":
		return 0.8
	case "microdata":
		return 0.75
	case "og":
		return 0.7
	case "feed":
		return 0.65
	case "twitter", "anchor", "sitemap", "listing":
		return 0.5
	}
	return 0.4
}

// titleDoubt tells when what the page tells machines has no word in common
// with its headline: a theme's leftover, or the work of somebody who hides
// another page behind this one.
func titleDoubt(claims []extract.Claim, title string) string {
	key := extract.Key(title)
	if extract.KeyWords(key) < shortHeadline {
		return ""
	}
	for _, c := range claims {
		if c.Origin != "title" && c.Origin != "og" || len(c.Value) > maxTitle {
			continue
		}
		told := extract.Key(c.Value)
		if extract.KeyWords(told) >= longestSection && extract.Overlap(key, told) == 0 {
			return "machines are told a title that has no word of the headline: " + Clean(c.Value)
		}
	}
	return ""
}
