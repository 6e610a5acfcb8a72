package extract

import (
	"slices"

	"kabar/crawler/page"
)

// TemplateVersion is the version of templates that this program writes; older
// ones are to be learned again from the kept pages.
const TemplateVersion = 1

// Template is what was learned of a site without hands. It can be stored as
// JSON. A nil template knows nothing.
type Template struct {
	Version int      `json:"version"`
	Pages   int      `json:"pages"` // it was learned from
	Layouts []Layout `json:"layouts,omitempty"`
	// Repeats counts, by hash of their text, the blocks that stand on several
	// pages of the site word for word; they are never body.
	Repeats map[uint64]int `json:"repeats,omitempty"`
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
func (t Tally) rate() float64 { return (t.Kept + 1) / (t.Kept + t.Dropped + 2) }

const (
	// learnFrom is how many pages a layout needs before it is believed.
	learnFrom = 3
	maxDepth  = 5
	// sameLayout is the share of a page's body words in known body signatures
	// from which on the page has the layout.
	sameLayout = 0.4
	maxRepeats = 20_000
)

// sample is a page as learning sees it.
type sample struct {
	l      *layout
	scores []float64
	kept   []float64 // by block: how likely it is body, 0 to 1
}

// Learn makes a template of the article pages of one site, of any number;
// pages that cannot be parsed or that are no articles are passed over. It is
// the same for the same pages in the same order.
func Learn(pages []*page.Page) *Template {
	var samples []*sample
	for _, p := range pages {
		if s := sampleOf(p); s != nil {
			samples = append(samples, s)
		}
	}
	t := &Template{Version: TemplateVersion, Pages: len(samples), Repeats: repeatsOf(samples)}
	for _, group := range groupByLayout(samples) {
		if len(group) >= learnFrom {
			t.Layouts = append(t.Layouts, layoutFrom(group))
		}
	}
	return t
}

func sampleOf(p *page.Page) *sample {
	s, err := survey(p)
	if err != nil || len(s.Blocks) == 0 {
		return nil
	}
	l := layoutOf(s)
	return l.sample(l.scores())
}

// sample takes the page for learning, or for applying what was learned; scores
// stay shared with it.
func (l *layout) sample(scores []float64) *sample {
	out := &sample{l: l, scores: scores, kept: make([]float64, len(scores))}
	for i, z := range scores {
		if !l.s.Blocks[i].Hidden {
			out.kept[i] = likelihood(z - threshold)
		}
	}
	return out
}

// groupByLayout puts pages together that have their body in the same places.
func groupByLayout(samples []*sample) [][]*sample {
	var groups [][]*sample
	var bodies []map[uint64]bool
next:
	for _, s := range samples {
		for g, body := range bodies {
			if s.share(body) >= sameLayout {
				groups[g] = append(groups[g], s)
				s.addBody(body)
				continue next
			}
		}
		body := make(map[uint64]bool)
		s.addBody(body)
		groups, bodies = append(groups, []*sample{s}), append(bodies, body)
	}
	return groups
}

// share is the share of the sample's body words that stand in the signatures.
func (s *sample) share(body map[uint64]bool) float64 {
	in, all := 0, 0
	for i := range s.l.s.Blocks {
		b := &s.l.s.Blocks[i]
		if s.kept[i] < 0.5 || b.Words < 8 {
			continue
		}
		all += b.Words
		if body[s.l.s.signatureAt(b.Box, 2)] {
			in += b.Words
		}
	}
	if all == 0 {
		return 0
	}
	return float64(in) / float64(all)
}

func (s *sample) addBody(body map[uint64]bool) {
	for i := range s.l.s.Blocks {
		b := &s.l.s.Blocks[i]
		if s.kept[i] >= 0.5 && b.Words >= 8 {
			body[s.l.s.signatureAt(b.Box, 2)] = true
		}
	}
}

// layoutFrom counts signatures at the depth that predicts each page best from
// the others.
func layoutFrom(group []*sample) Layout {
	out := Layout{Pages: len(group), Body: make(map[uint64]bool)}
	best := -1.0
	for depth := 1; depth <= maxDepth; depth++ {
		total, each := tallies(group, depth)
		if agree := agreementOf(group, total, each, depth); agree > best*1.002 {
			best, out.Depth, out.Blocks = agree, depth, total
		}
	}
	for _, s := range group {
		s.addBody(out.Body)
	}
	return out
}

func tallies(group []*sample, depth int) (total map[uint64]Tally, each []map[uint64]Tally) {
	total = make(map[uint64]Tally)
	for _, s := range group {
		own := make(map[uint64]Tally)
		for i := range s.l.s.Blocks {
			b := &s.l.s.Blocks[i]
			if b.Hidden {
				continue
			}
			key := s.l.s.signatureAt(b.Box, depth)
			c := own[key]
			c.Pages = 1
			c.Kept += s.kept[i] * float64(b.Words)
			c.Dropped += (1 - s.kept[i]) * float64(b.Words)
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
func agreementOf(group []*sample, total map[uint64]Tally, each []map[uint64]Tally, depth int) float64 {
	agree, words := 0.0, 0.0
	for g, s := range group {
		for i := range s.l.s.Blocks {
			b := &s.l.s.Blocks[i]
			if b.Hidden {
				continue
			}
			key := s.l.s.signatureAt(b.Box, depth)
			sum, own := total[key], each[g][key]
			others := Tally{Kept: sum.Kept - own.Kept, Dropped: sum.Dropped - own.Dropped}
			words += float64(b.Words)
			switch {
			case sum.Pages < 2:
				agree += float64(b.Words) / 2
			case (others.rate() >= 0.5) == (s.kept[i] >= 0.5):
				agree += float64(b.Words)
			}
		}
	}
	return agree / max(words, 1)
}

// repeatsOf counts the texts that stand on several pages. Pages with the same
// title are one article in several forms and count once.
func repeatsOf(samples []*sample) map[uint64]int {
	seen := make(map[uint64][]uint64) // text -> titles of the pages that have it
	for _, s := range samples {
		title := uint64(0)
		if s.l.title >= 0 {
			title = textHash(s.l.s.Blocks[s.l.title].Text)
		} else {
			title = textHash(s.l.s.Title)
		}
		for i := range s.l.s.Blocks {
			h := textHash(s.l.s.Blocks[i].Text)
			if !slices.Contains(seen[h], title) {
				seen[h] = append(seen[h], title)
			}
		}
	}
	repeats := make(map[uint64]int)
	for h, titles := range seen {
		if len(titles) > 1 && len(repeats) < maxRepeats {
			repeats[h] = len(titles)
		}
	}
	return repeats
}

func textHash(text string) uint64 { return fnv(fnvStart, text) }

// layoutOf is the layout of the template that the page has, and how well it
// fits: the share of the page's likely body in places where the layout has
// body. The layout is nil when none fits.
func (t *Template) layoutOf(s *sample) (best *Layout, fit float64) {
	for i := range t.Layouts {
		if share := s.share(t.Layouts[i].Body); share > fit {
			best, fit = &t.Layouts[i], share
		}
	}
	if fit < sameLayout {
		return nil, fit
	}
	return best, fit
}

// adjust changes the scores of a page's blocks by what the template knows. It
// returns how well the best layout fits, 0 to 1.
func (t *Template) adjust(s *sample) (fit float64, used bool) {
	for i := range s.scores {
		n := t.Repeats[textHash(s.l.s.Blocks[i].Text)]
		switch share := float64(n) / float64(max(t.Pages, 1)); {
		case n > 2 && share >= 0.8:
			s.scores[i] = min(s.scores[i], never)
		case n > 1:
			s.scores[i] -= repeat * share
		}
	}
	layout, fit := t.layoutOf(s)
	if layout == nil {
		return fit, false
	}
	for i := range s.scores {
		b := &s.l.s.Blocks[i]
		c, known := layout.Blocks[s.l.s.signatureAt(b.Box, layout.Depth)]
		if !known || c.Pages < 2 || s.scores[i] <= never {
			continue
		}
		s.scores[i] = (1-trust)*s.scores[i] + 2*trust*logOdds(c.rate())
	}
	return fit, true
}

const (
	never  = -20.0 // log odds of what is no body for sure
	repeat = 5.0   // log odds that a text loses that stands on all pages
	trust  = 0.6   // how much the site counts beside the page
)

// Fit tells how well a page fits the template, 0 to 1. A site whose new pages
// fit badly has a new layout: learn again with them among the pages.
func (t *Template) Fit(p *page.Page) float64 {
	s := sampleOf(p)
	if s == nil {
		return 0
	}
	_, fit := t.layoutOf(s)
	return fit
}
