package normalize

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

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

// toldBelow is a heading between the best one and the body that is told to
// machines word by word: by JSON-LD, or by Open Graph where neither tells the
// best one, which was written for search engines then. It is nil elsewhere.
func (t *titles) toldBelow(best *headlineClaim) *headlineClaim {
	for i := range t.headings {
		h := &t.headings[i]
		if h.Weight >= best.Weight || h.words <= shortHeadline || h.key == best.key || t.seen.isFurniture(h.key) {
			continue
		}
		if t.toldAs(h.key) && !t.toldAs(best.key) || t.toldBy("jsonld", h.key) {
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

// writing is how a chosen heading is best written. What is told to machines in
// the same letters has its punctuation, which a kicker on a line of its own
// lost; and where two of them agree on a part of the heading, the rest is a
// kicker, a date or the like.
func (t *titles) writing(h *headlineClaim) (title, why string) {
	if o := t.fuller(h); o != nil {
		return o.text, h.why + ", with the kicker that " + o.Origin + " has"
	}
	if inner := t.innerHeading(h); inner != nil {
		return inner.text, h.why + ", without the kicker that the page marks apart"
	}
	letters := squeeze(h.text)
	for _, i := range t.asDocument() {
		o := &t.told[i]
		if o.text != h.text && strings.Count(o.key, " ") >= strings.Count(h.key, " ") && squeeze(o.text) == letters && punctuation(o.text) > punctuation(h.text) {
			return o.text, h.why + ", written as " + o.Origin + " has it"
		}
	}
	for i := range t.told {
		o := &t.told[i]
		if o.words < shortHeadline+1 || o.cut || !t.leavesOut(h, o) {
			continue
		}
		return o.text, h.why + ", without what " + o.Origin + " and the document title leave out"
	}
	if cut, ok := t.withoutName(h.text); ok {
		return cut, h.why + ", without the name of the site"
	}
	return h.text, h.why
}

// withoutName cuts the name of the site off the end of a heading.
func (t *titles) withoutName(text string) (string, bool) {
	parts := cutTitle(text)
	last := len(parts) - 1
	if last < 1 || !t.isName(parts[last].text) {
		return text, false
	}
	return strings.TrimSpace(text[:parts[last-1].end]), true
}

// innerHeading is the element that names itself the title within a heading
// with more words, unless machines are told all of them.
func (t *titles) innerHeading(h *headlineClaim) *headlineClaim {
	for i := range t.told {
		if t.told[i].key == h.key {
			return nil
		}
	}
	for i := range t.headings {
		o := &t.headings[i]
		if o.Origin == "heading" && o.words >= shortHeadline && o.Weight == h.Weight && strings.HasSuffix(h.key, " "+o.key) {
			return o
		}
	}
	return nil
}

// asDocument orders what is told: first those that the document title begins
// with letter by letter.
func (t *titles) asDocument() []int {
	order := make([]int, 0, len(t.told))
	for i := range t.told {
		if strings.HasPrefix(t.document, t.told[i].text) {
			order = append(order, i)
		}
	}
	for i := range t.told {
		if !strings.HasPrefix(t.document, t.told[i].text) {
			order = append(order, i)
		}
	}
	return order
}

// fuller is the claim that two origins tell alike and that ends in a heading
// which is no h1: the heading is its second line.
func (t *titles) fuller(h *headlineClaim) *headlineClaim {
	if h.Origin == "h1" {
		return nil
	}
	for i := range t.told {
		o := &t.told[i]
		if !strings.HasSuffix(o.key, " "+h.key) || !t.begins(o.key) {
			continue
		}
		for j := range t.told {
			if j != i && t.told[j].key == o.key && t.told[j].Origin != o.Origin {
				return o
			}
		}
	}
	return nil
}

// leavesOut tells whether a claim is a heading without its kicker, or without
// a date and the like behind it.
func (t *titles) leavesOut(h, o *headlineClaim) bool {
	if t.begins(h.key) {
		return false
	}
	if kicker, found := strings.CutSuffix(h.key, " "+o.key); found {
		return strings.IndexFunc(kicker, unicode.IsLetter) >= 0 && (o.Origin == "jsonld" || t.begins(o.key))
	}
	rest, found := strings.CutPrefix(h.text, o.text)
	return found && t.begins(o.key) && (hasDigits(rest, 4) || strings.ContainsAny(rest, "•·"))
}

// begins tells whether the document title begins with a key.
func (t *titles) begins(key string) bool {
	doc := extract.Key(t.document)
	return doc == key || strings.HasPrefix(doc, key+" ")
}

// punctuation counts the colons, dashes and slashes with a space behind them.
func punctuation(s string) int {
	n := 0
	for _, mark := range [...]string{": ", " - ", " – ", " / ", "- ", ". ", ", ", "? ", "! "} {
		n += strings.Count(s, mark)
	}
	return n - strings.Count(s, " : ")
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

// cutDocument is the document title without the site's name and sections.
func (t *titles) cutDocument() (title, why string) {
	return t.strip(t.document)
}

// strip cuts what names the site or a section off the ends of a title.
func (t *titles) strip(title string) (cut, why string) {
	if cut, ok := t.seen.strip(title); ok {
		return cut, " without what all pages of the site have"
	}
	parts := cutTitle(title)
	first, last := 0, len(parts)-1
	for first < last && t.isName(parts[first].text) && !t.isName(parts[last].text) {
		first++
	}
	for last > first && t.isTail(parts, first, last) {
		last--
	}
	for first < last && t.isName(parts[first].text) {
		first++
	}
	if first == 0 && last == len(parts)-1 {
		return title, ""
	}
	return strings.TrimSpace(title[parts[first].start:parts[last].end]), " cut at its separator"
}

// isTail tells whether the last part of a title can go: a name of the site,
// or short and behind a mark that parts titles from sites.
func (t *titles) isTail(parts []titlePart, first, last int) bool {
	p := parts[last]
	if t.isName(p.text) {
		return true
	}
	rest := extract.KeyWords(extract.Key(parts[last-1].text))
	if last-1 > first {
		rest = shortHeadline
	}
	n := extract.KeyWords(extract.Key(p.text))
	switch p.mark {
	case '|':
		return n <= rest+2 && n <= 8
	case '»', '•', '·', '«', '~', '—':
		return n <= rest && n <= 8
	case '-', '–':
		return n <= longestSection && n <= rest && rest >= shortHeadline
	}
	return false
}

// titlePart is a piece of a document title between separators.
type titlePart struct {
	text       string
	start, end int  // byte range in the title
	mark       rune // the separator before it; 0 for the first
}

// cutTitle cuts a title at the separators that part it from section and site
// names: a bar, dash, arrow or dot with space on both sides, a bar or arrow
// also without.
func cutTitle(title string) []titlePart {
	var parts []titlePart
	start, mark := 0, rune(0)
	add := func(end int) {
		text := strings.TrimSpace(title[start:end])
		if text != "" {
			parts = append(parts, titlePart{text: text, start: start, end: end, mark: mark})
		}
	}
	for i, r := range title {
		if !isTitleMark(title, i, r) {
			continue
		}
		add(i)
		start, mark = i+utf8.RuneLen(r), r
	}
	add(len(title))
	return parts
}

func isTitleMark(title string, at int, r rune) bool {
	switch r {
	case '|', '»', '«', '•', '│', '｜':
		return true
	case '-', '–', '—', '·', ':', '~', '/', '>', '<', '‹', '›', '−', '*':
	default:
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(title[:at])
	after, _ := utf8.DecodeRuneInString(title[at+utf8.RuneLen(r):])
	return unicode.IsSpace(before) && (unicode.IsSpace(after) || isTitlePunct(after)) || isTitlePunct(before) && unicode.IsSpace(after) && before == r
}

func isTitlePunct(r rune) bool { return r == '-' || r == ':' || r == '>' || r == '|' }

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
