package extract

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"kabar/crawler/page"
)

// TemplateVersion is the version of templates that this program writes; older
// ones are to be learned again from the kept pages.
const TemplateVersion = 1

// Template is what was learned of a site without hands. It can be stored as
// JSON, of at most about 100 KB with those beside it, mostly far less. A nil
// template knows nothing.
type Template struct {
	Version int      `json:"version"`
	Pages   int      `json:"pages"` // it was learned from
	Layouts []Layout `json:"layouts,omitempty"`
	// Repeats counts, by hash of their text, the blocks that stand on several
	// pages of the site word for word. On most pages, they are no body.
	Repeats map[uint64]int `json:"repeats,omitempty"`
	// Beside are templates that were learned later, of pages that did not fit
	// this one. They have none beside them.
	Beside []*Template `json:"beside,omitempty"`
}

// Layout is one of the ways in which a site lays out its articles.
type Layout struct {
	Pages int `json:"pages"` // it was learned from
	// Depth is how many boxes a signature spans, from the block's own
	// outward; it is what predicts the pages of this site best.
	Depth int `json:"depth"`
	// Blocks tells of each signature how much of it was body.
	Blocks map[uint64]Tally `json:"blocks"`
	// Body holds the signatures, two boxes deep, in which body stood. By them
	// a page is told to have this layout.
	Body map[uint64]bool `json:"body"`
}

// Tally sums up the blocks of one signature over the pages of a layout.
type Tally struct {
	Kept    float64 `json:"kept"`    // words, weighed by how likely they were body
	Dropped float64 `json:"dropped"` // and those left out
	Pages   int     `json:"pages"`
}

// rate is the share that was kept, drawn to the middle where little was seen.
func (t Tally) rate() float64 { return (max(t.Kept, 0) + 1) / (max(t.Kept, 0) + max(t.Dropped, 0) + 2) }

const (
	// learnFrom is how many pages a layout needs before it is believed.
	learnFrom = 3
	maxDepth  = 5
	// leastDepth tells list items of the text from those of menus, which are
	// often as bare: the item, its list, and the box that the list stands in.
	leastDepth = 3
	// sameLayout is the share of a page's body words in known body signatures
	// from which on the page has the layout.
	sameLayout = 0.4
)

// Bounds of a template; what tells most is kept.
const (
	maxLayouts    = 3
	maxSignatures = 200 // of a layout
	maxPlaces     = 60  // with body, of a layout
	maxRepeats    = 400
	maxBeside     = 2
)

// Learn makes a template of the article pages of one site, of any number;
// pages that cannot be parsed or that are no articles are passed over. It is
// the same for the same pages in the same order.
func Learn(pages []*page.Page) *Template {
	var lessons []*Lesson
	for _, p := range pages {
		if s := lessonOf(p); s != nil {
			lessons = append(lessons, s)
		}
	}
	return LearnFrom(lessons)
}

// LearnFrom is Learn from pages that were read before; see Options.Teach.
func LearnFrom(lessons []*Lesson) *Template {
	t := &Template{Version: TemplateVersion, Pages: len(lessons), Repeats: repeatsOf(lessons)}
	groups := groupByLayout(lessons)
	slices.SortStableFunc(groups, func(a, b []*Lesson) int { return len(b) - len(a) })
	for _, group := range groups[:min(len(groups), maxLayouts)] {
		if len(group) >= learnFrom {
			t.Layouts = append(t.Layouts, layoutFrom(group))
		}
	}
	return t
}

// With is the template with another one beside it, learned of pages that did
// not fit. Of many the first one and the newest are kept.
func (t *Template) With(other *Template) *Template {
	joined := *t
	joined.Beside = append(slices.Clone(t.Beside), other)
	if more := len(joined.Beside) - maxBeside; more > 0 {
		joined.Beside = joined.Beside[more:]
	}
	return &joined
}

func lessonOf(p *page.Page) *Lesson {
	s, err := survey(p)
	if err != nil || len(s.Blocks) == 0 {
		return nil
	}
	l := layoutOf(s)
	return l.lesson(l.scores())
}

// groupByLayout puts pages together that have their body in the same places.
func groupByLayout(lessons []*Lesson) [][]*Lesson {
	var groups [][]*Lesson
	var bodies []map[uint64]bool
next:
	for _, s := range lessons {
		for g, body := range bodies {
			if s.share(body) >= sameLayout {
				groups[g] = append(groups[g], s)
				s.addBody(body)
				continue next
			}
		}
		body := make(map[uint64]bool)
		s.addBody(body)
		groups, bodies = append(groups, []*Lesson{s}), append(bodies, body)
	}
	return groups
}

// layoutFrom counts signatures at the depth that predicts each page best from
// the others.
func layoutFrom(group []*Lesson) Layout {
	out := Layout{Pages: len(group), Body: make(map[uint64]bool)}
	best := -1.0
	for depth := leastDepth; depth <= maxDepth; depth++ {
		total, each := tallies(group, depth)
		if agree := agreementOf(group, total, each, depth); agree > best*1.002 {
			best, out.Depth, out.Blocks = agree, depth, total
		}
	}
	out.Blocks = telling(out.Blocks)
	places := make(map[uint64]int)
	for _, s := range group {
		s.addPlaces(places)
	}
	for _, place := range largest(places, maxPlaces) {
		out.Body[place] = true
	}
	return out
}

// telling are the signatures that change scores, those with most words first
// where there are too many. One that stands on a single page tells nothing.
func telling(all map[uint64]Tally) map[uint64]Tally {
	words := make(map[uint64]int)
	for key, c := range all {
		if c.Pages >= 2 {
			words[key] = int(c.Kept + c.Dropped)
		}
	}
	kept := make(map[uint64]Tally)
	for _, key := range largest(words, maxSignatures) {
		c := all[key]
		c.Kept, c.Dropped = math.Round(c.Kept*10)/10, math.Round(c.Dropped*10)/10
		kept[key] = c
	}
	return kept
}

// largest are the keys with the largest counts, at most n, in a fixed order.
func largest(counts map[uint64]int, n int) []uint64 {
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b uint64) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return keys[:min(len(keys), n)]
}

func tallies(group []*Lesson, depth int) (total map[uint64]Tally, each []map[uint64]Tally) {
	total = make(map[uint64]Tally)
	for _, s := range group {
		own := make(map[uint64]Tally)
		for i := range s.blocks {
			b := &s.blocks[i]
			if b.hidden {
				continue
			}
			key := b.signatures[depth-1]
			c := own[key]
			c.Pages = 1
			c.Kept += b.kept * float64(b.words)
			c.Dropped += (1 - b.kept) * float64(b.words)
			own[key] = c
		}
		for key, c := range own {
			sum := total[key]
			sum.Kept, sum.Dropped, sum.Pages = sum.Kept+c.Kept, sum.Dropped+c.Dropped, sum.Pages+1
			total[key] = sum
		}
		each = append(each, own)
	}
	return total, each
}

// agreementOf is the share of words on which a page agrees with what all other
// pages say of its signatures; what they do not know counts half.
func agreementOf(group []*Lesson, total map[uint64]Tally, each []map[uint64]Tally, depth int) float64 {
	agree, words := 0.0, 0.0
	for g, s := range group {
		for i := range s.blocks {
			b := &s.blocks[i]
			if b.hidden {
				continue
			}
			key := b.signatures[depth-1]
			sum, own := total[key], each[g][key]
			others := Tally{Kept: sum.Kept - own.Kept, Dropped: sum.Dropped - own.Dropped}
			words += float64(b.words)
			switch {
			case sum.Pages < 2:
				agree += float64(b.words) / 2
			case (others.rate() >= 0.5) == (b.kept >= 0.5):
				agree += float64(b.words)
			}
		}
	}
	return agree / max(words, 1)
}

// repeatsOf counts the texts that stand on several pages. Pages with the same
// title are one article in several forms and count once.
func repeatsOf(lessons []*Lesson) map[uint64]int {
	seen := make(map[uint64][]uint64) // text -> titles of the pages that have it
	for _, s := range lessons {
		for i := range s.blocks {
			h := s.blocks[i].text
			if !slices.Contains(seen[h], s.title) {
				seen[h] = append(seen[h], s.title)
			}
		}
	}
	counts := make(map[uint64]int)
	for h, titles := range seen {
		if len(titles) > 1 {
			counts[h] = len(titles)
		}
	}
	repeats := make(map[uint64]int)
	for _, h := range largest(counts, maxRepeats) {
		repeats[h] = counts[h]
	}
	return repeats
}

// best is the one of the templates that fits a page best, with the page's
// layout and how well that fits: the share of the page's likely body in places
// where the layout has body. The layout is nil when none fits.
func (t *Template) best(s *Lesson) (best *Template, l *Layout, fit float64) {
	best = t
	for _, one := range append([]*Template{t}, t.Beside...) {
		for i := 0; one != nil && i < len(one.Layouts); i++ {
			if share := s.share(one.Layouts[i].Body); share > fit {
				best, l, fit = one, &one.Layouts[i], share
			}
		}
	}
	if fit < sameLayout {
		return t, nil, fit
	}
	return best, l, fit
}

// adjust changes the scores of a page's blocks by what the template knows. It
// returns the blocks that stand on nearly every page, word for word.
func (t *Template) adjust(s *Lesson, scores []float64) (everywhere []bool) {
	t, layout, _ := t.best(s)
	everywhere = make([]bool, len(scores))
	for i := range scores {
		n := t.Repeats[s.blocks[i].text]
		switch share := float64(n) / float64(max(t.Pages, 1)); {
		case n > 2 && share >= 0.8:
			everywhere[i] = true
			scores[i] = min(scores[i], never)
		case n > 2 && share >= 0.6:
			scores[i] -= repeat * share
		}
	}
	if layout == nil || layout.Depth < 1 || layout.Depth > maxDepth {
		return everywhere
	}
	for i := range scores {
		c, known := layout.Blocks[s.blocks[i].signatures[layout.Depth-1]]
		if !known || c.Pages < 2 || scores[i] <= never {
			continue
		}
		scores[i] = (1-trust)*scores[i] + 2*trust*logOdds(c.rate())
	}
	return everywhere
}

const (
	never  = -20.0 // log odds of what is no body for sure
	repeat = 5.0   // log odds that a text loses that stands on all pages, less with fewer; below most of them it is a phrase that a newsroom likes
	trust  = 0.6   // how much the site counts beside the page
)

// Differ tells whether a page is read differently with one template than with
// another, as far as its blocks tell; either may be nil.
func Differ(s *Lesson, one, other *Template) bool {
	a, b := one.scores(s), other.scores(s)
	for i := range a {
		if !s.blocks[i].hidden && (a[i] > threshold) != (b[i] > threshold) {
			return true
		}
	}
	return false
}

// scores are the scores of a page's blocks with the template.
func (t *Template) scores(s *Lesson) []float64 {
	scores := make([]float64, len(s.blocks))
	for i, b := range s.blocks {
		scores[i] = threshold + logOdds(min(max(b.kept, 1e-9), 1-1e-9))
	}
	if t != nil {
		t.adjust(s, scores)
	}
	return scores
}

// Fit tells how well a page fits the template, 0 to 1. A site whose new pages
// fit badly has a new layout: learn it of them, and put it beside.
func (t *Template) Fit(p *page.Page) float64 {
	s := lessonOf(p)
	if s == nil {
		return 0
	}
	_, _, fit := t.best(s)
	return fit
}

// Fits tells whether a page has a layout that the template knows. A page
// without body, of which nothing can be told, fits.
func (t *Template) Fits(s *Lesson) bool {
	_, layout, _ := t.best(s)
	return layout != nil || !slices.ContainsFunc(s.blocks, func(b lessonBlock) bool { return b.isBody() })
}
