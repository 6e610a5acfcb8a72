package normalize

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"kabar/storage/news"
	"kabar/storage/region"
)

// maxTagged bounds the bytes of a text that are read for regions.
const maxTagged = 64 << 10

// TagRegions finds the regions that a short text names, in the order of their
// first mention, with one of them primary: that of the dateline, else the
// first. Home is the code of the region the portal belongs to, or empty; it
// decides between regions of the same name, and stands in with low confidence
// for a text that speaks of the local administration and names nothing.
func TagRegions(text, home string) []news.RegionTag {
	r := newResolver(home)
	r.read(text, inLead)
	r.resolve()
	return r.tags(r.inOrder())
}

// TagArticle finds the regions an article is about. Title and dateline count
// most, then the lead; a region that is only named in passing, or in a long
// list, is left out. At most maxTags come back, the strongest first and
// primary.
func TagArticle(title, place, body, home string) []news.RegionTag {
	r := newResolver(home)
	r.read(title, inTitle)
	r.read(place, inDateline)
	r.read(body, inBody)
	r.resolve()
	return r.tags(r.byWeight())
}

// maxTags is how many regions one article may be about.
const maxTags = 6

func newResolver(home string) *resolver {
	r := &resolver{all: region.All(), home: -1}
	if home != "" {
		r.home = int16(slices.IndexFunc(r.all, func(x region.Region) bool { return x.Code == home }))
	}
	return r
}

// read adds the mentions of a text.
func (r *resolver) read(text string, p part) {
	if len(text) > maxTagged {
		text = text[:maxTagged]
		for !utf8.ValidString(text[len(text)-min(4, len(text)):]) && len(text) > maxTagged-4 {
			text = text[:len(text)-1]
		}
	}
	m := readMentions(gazetteer(), text, p)
	r.mentions = append(r.mentions, m.mentions...)
	r.districts = append(r.districts, m.districts...)
	r.local = (r.local || m.local) && !m.national
}

// found is a region with what speaks for it.
type found struct {
	region int16
	reason string
	low    bool
	weight float64
}

// findings gathers the settled mentions and districts by region, in order.
func (r *resolver) findings() []found {
	var list []found
	add := func(c int16, reason string, low bool, weight float64) {
		at := slices.IndexFunc(list, func(f found) bool { return f.region == c })
		if at < 0 {
			list = append(list, found{c, reason, low, weight})
			return
		}
		f := &list[at]
		f.weight += weight
		if f.low && !low || rank(reason) > rank(f.reason) {
			f.reason = reason
		}
		f.low = f.low && low
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.reason == "" || m.dropped {
			continue
		}
		for _, c := range m.cands {
			add(c, m.reason, m.low, r.weightOf(i))
		}
	}
	for _, d := range r.districts {
		if c, ok := r.districtRegion(d, len(list) == 0); ok {
			add(c, reasonDistrict, !d.typed, partWeight[d.part]/2)
		}
	}
	return list
}

// rank orders reasons; a better one is told when several speak for a region.
func rank(reason string) int {
	return slices.Index([]string{reasonGuess, reasonSeat, reasonDistrict, reasonHome, reasonProvince, reasonName, reasonListed, reasonTyped, reasonDateline}, reason)
}

// inOrder is the findings in the order of the text, the primary one first.
func (r *resolver) inOrder() []found {
	list := r.findings()
	if len(list) == 0 {
		return r.fallback()
	}
	isRegency := func(f found) bool { return r.all[f.region].Level != region.Province }
	first := slices.IndexFunc(list, func(f found) bool { return f.reason == reasonDateline && isRegency(f) })
	if first < 0 && list[0].reason == reasonDateline { // "Jakarta - Bupati Solok …"
		first = slices.IndexFunc(list, func(f found) bool { return f.reason == reasonTyped && isRegency(f) })
	}
	if first > 0 {
		f := list[first]
		copy(list[1:first+1], list[:first])
		list[0] = f
	}
	return list
}

// fallback is the portal's own region for a text that speaks of the local
// administration without naming it.
func (r *resolver) fallback() []found {
	if r.home < 0 || !r.local {
		return nil
	}
	return []found{{region: r.home, reason: reasonHome, low: true}}
}

// partWeight is what one mention counts by where it stands.
var partWeight = [parts]float64{inTitle: 8, inDateline: 6, inLead: 3, inBody: 1}

// Weights: a region is kept from keptWeight on, when it also has at least
// keptShare of the strongest. A mention in a list of more than longList names
// hardly counts.
const (
	keptWeight = 2.5
	keptShare  = 0.15
	longList   = 4
)

func (r *resolver) weightOf(i int) float64 {
	m := &r.mentions[i]
	w := partWeight[m.part]
	switch {
	case m.reason == reasonTyped:
		w *= 1.5
	case m.low:
		w /= 2
	}
	if m.part != inTitle && m.part != inDateline && r.listLength(i) > longList {
		w /= 10
	}
	return w
}

// listLength is how many names stand in the list a mention belongs to.
func (r *resolver) listLength(i int) int {
	first, last := i, i
	for first > 0 && i-first <= longList && r.mentions[first].listed {
		first--
	}
	for last+1 < len(r.mentions) && last-i <= longList && r.mentions[last+1].listed {
		last++
	}
	return last - first + 1
}

// byWeight is the findings that an article is about, the strongest first. A
// regency goes before a province that is only a little stronger.
func (r *resolver) byWeight() []found {
	list := r.findings()
	if len(list) == 0 {
		return r.fallback()
	}
	strength := func(f found) float64 {
		w := f.weight
		if r.all[f.region].Level == region.Province {
			w /= 2
		}
		if f.region == r.home {
			w *= 1.25
		}
		return w
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(strength(b), strength(a)) })
	best := list[0].weight
	kept := list[:1]
	for _, f := range list[1:] {
		if f.weight >= keptWeight && f.weight >= keptShare*best && len(kept) < maxTags {
			kept = append(kept, f)
		}
	}
	if best < keptWeight {
		kept[0].low = true
	}
	return kept
}

// tags writes findings as tags, the first one primary.
func (r *resolver) tags(list []found) []news.RegionTag {
	var tags []news.RegionTag
	for i, f := range list {
		tags = append(tags, news.RegionTag{Code: r.all[f.region].Code, Reason: f.reason, Low: f.low, Primary: i == 0})
	}
	return tags
}
