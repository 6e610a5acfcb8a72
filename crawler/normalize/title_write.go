package normalize

import (
	"strings"
	"unicode"

	"kabar/crawler/extract"
)

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
