package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"kabar/storage/news"
)

// bodyOf finds the body and fills Body, BodyOrigin and Dropped: by the
// portal's rules, else by the learned template, else automatically, and from
// the page's data where the page shows no text.
func bodyOf(s *Survey, o Options, raw *Raw) {
	l := layoutOf(s)
	keep := l.choose(o, raw)
	raw.Body = s.trimBody(s.assemble(keep))
	s.BodyFirst, s.BodyLast = bounds(keep)
	s.kept = keep
	if seen := wordsOf(raw.Body); seen < shortBody {
		if body, origin := s.bodyFromData(seen); body != nil {
			raw.Body, raw.BodyOrigin = body, origin
		} else if body := s.bodyFromDescription(); seen < emptyBody && wordsOf(body) > seen {
			raw.Body, raw.BodyOrigin = body, "description"
		}
	}
}

// choose tells which blocks are the body. It sets BodyOrigin, Dropped and
// Lesson.
func (l *layout) choose(o Options, raw *Raw) (keep []bool) {
	keep = make([]bool, len(l.s.Blocks))
	if l.chooseByRules(o.Rules, keep) {
		l.dropByRules(o.Rules, keep)
		raw.BodyOrigin, raw.Dropped = "rule", l.reasons(keep, nil)
		return keep
	}
	scores := l.scores()
	var lesson *Lesson
	if o.Teach || o.Template != nil {
		lesson = l.lesson(scores)
	}
	if o.Teach && len(scores) <= maxLesson {
		raw.Lesson = lesson
	}
	raw.BodyOrigin = "automatic"
	var why []string
	if o.Template == nil {
		l.keepBy(scores, keep)
	} else if why = l.keepByTemplate(o.Template, lesson, scores, keep); why != nil {
		raw.BodyOrigin = "template"
	}
	l.dropByRules(o.Rules, keep)
	raw.Dropped = l.reasons(keep, why)
	return keep
}

// keepBy keeps the blocks that are body by their scores, which it changes.
func (l *layout) keepBy(scores []float64, keep []bool) {
	l.levelRows(scores)
	for i, z := range scores {
		keep[i] = z > threshold && !l.s.Blocks[i].Hidden
	}
	l.cut(keep)
	if l.keptWords(keep) < emptyBody {
		l.keepLikeliest(keep, scores)
	}
}

// What is said of blocks that only the template drops.
const (
	whyEverywhere = "template: other pages of the site say the same"
	whyPlace      = "template: no body stands here on other pages of the site"
)

// keepByTemplate keeps the blocks that are body by what the page and the site
// say together. It returns what speaks against blocks that the page alone
// would keep, "" for all others; nil when the template says nothing about this
// page or would take most or all of its text, for then the page alone decides.
func (l *layout) keepByTemplate(t *Template, lesson *Lesson, scores []float64, keep []bool) (why []string) {
	adjusted := slices.Clone(scores)
	everywhere := t.adjust(lesson, adjusted)
	used := !slices.Equal(adjusted, scores)
	alone := make([]bool, len(keep))
	l.keepBy(scores, alone)
	if !used {
		copy(keep, alone)
		return nil
	}
	l.keepBy(adjusted, keep)
	least := 0
	why = make([]string, len(keep))
	for i := range alone {
		switch {
		case !alone[i]:
		case everywhere[i]:
			why[i] = whyEverywhere
		default:
			why[i] = whyPlace
			least += l.s.Blocks[i].Words
		}
	}
	if kept := l.keptWords(keep); kept*mostTaken < least || kept < emptyBody && l.keptWords(alone) >= emptyBody {
		copy(keep, alone)
		return nil
	}
	return why
}

// mostTaken bounds what a template may take from a page: of the text that does
// not stand on all pages, one word in so many must stay.
const mostTaken = 3

// levelRows gives all cells of a row of a table the mean of their scores, by
// words: half a row makes no sense. Rows that only lay out a page have more
// words than a row of data.
func (l *layout) levelRows(scores []float64) {
	for i := range l.s.Boxes {
		b := &l.s.Boxes[i]
		if b.Node.DataAtom != atom.Tr || b.Last-b.First < 2 || b.Last-b.First > 12 {
			continue
		}
		sum, words := 0.0, 0
		for j := b.First; j < b.Last; j++ {
			w := l.s.Blocks[j].Words + 1
			sum += scores[j] * float64(w)
			words += w
		}
		if words > 120 {
			continue
		}
		for j := b.First; j < b.Last; j++ {
			scores[j] = sum / float64(words)
		}
	}
}

// keepLikeliest keeps sentences that are less likely than others to be body,
// for pages of which otherwise nothing would be left: a caption below a photo.
func (l *layout) keepLikeliest(keep []bool, scores []float64) {
	const least = -3
	for i, z := range scores {
		b := &l.s.Blocks[i]
		if z > least && b.Words >= 8 && b.Level == 0 && !b.Hidden && i > l.title && b.LinkBytes*3 < len(b.Text) && !l.commented(i) {
			keep[i] = true
		}
	}
}

func (l *layout) keptWords(keep []bool) int {
	words := 0
	for i, k := range keep {
		if k {
			words += l.s.Blocks[i].Words
		}
	}
	return words
}

// threshold is the log odds above which a block is body. It is below 0 since
// a lost paragraph is worse than a line too many.
const threshold = -0.4

// bounds are the first kept index and the one after the last, or 0 and 0.
func bounds(keep []bool) (first, last int) {
	for i, k := range keep {
		if !k {
			continue
		}
		if last == 0 {
			first = i
		}
		last = i + 1
	}
	return first, last
}

// cut takes away what is never body, however likely it looks.
func (l *layout) cut(keep []bool) {
	l.cutComments(keep)
	l.cutPointers(keep)
	above := l.endOfAbove()
	for i := range keep {
		keep[i] = keep[i] && !l.isTitle(i) && (i >= above || isRunning(&l.s.Blocks[i]))
	}
}

// isTitle tells the title wherever it is printed. A block that goes on after
// the title in other lines is trimmed later.
func (l *layout) isTitle(i int) bool {
	text := l.s.Blocks[i].Text
	if strings.IndexByte(text, '\n') >= 0 {
		return false
	}
	return i == l.title || l.s.Blocks[i].Level == 1 && l.s.isTitleText(text) || l.title >= 0 && text == l.s.Blocks[l.title].Text
}

// endOfAbove is the block before which labels, menus and lists are no body: the
// title, where it is known for sure, else the first block of the box that holds
// title and text. It is 0 where no title is known.
func (l *layout) endOfAbove() int {
	if l.title < 0 {
		return 0
	}
	if line, _, _ := strings.Cut(l.s.Blocks[l.title].Text, "\n"); l.s.isTitleText(line) {
		return l.title
	}
	return l.framed()
}

// framed is the first block of the smallest box that holds the title and the
// first running text below it.
func (l *layout) framed() int {
	text := l.title + 1
	for text < len(l.s.Blocks) && !isRunning(&l.s.Blocks[text]) {
		text++
	}
	if text == len(l.s.Blocks) {
		return 0
	}
	box := l.s.Blocks[l.title].Box
	for box > 0 && l.s.Boxes[box].Last <= text {
		box = l.s.Boxes[box].Parent
	}
	return l.s.Boxes[box].First
}

// cutPointers drops rows of links to other articles: two or more blocks in a
// row that are all link and long enough for headlines, with the label above
// them. Tables of links are left alone.
func (l *layout) cutPointers(keep []bool) {
	for i := 0; i < len(keep); i++ {
		if !keep[i] || !l.isHeadline(i) && !l.isHeadlines(i) {
			continue
		}
		end := i + 1
		for end < len(keep) && keep[end] && l.isHeadline(end) {
			end++
		}
		if end-i < 2 && !l.isHeadlines(i) {
			continue
		}
		for j := i; j < end; j++ {
			keep[j] = false
		}
		if up := i - 1; up >= 0 && keep[up] && l.s.Blocks[up].Words <= 4 && l.s.Blocks[up].LinkBytes == 0 {
			keep[up] = false
		}
		i = end
	}
}

// isHeadlines tells blocks of several lines that are a link each.
func (l *layout) isHeadlines(i int) bool {
	b := &l.s.Blocks[i]
	anchors := b.EndAnchor - b.Anchor
	return anchors > 1 && b.Words >= 4*anchors && b.LinkBytes*10 >= len(b.Text)*9 && strings.Count(b.Text, "\n") == anchors-1
}

func (l *layout) isHeadline(i int) bool {
	b := &l.s.Blocks[i]
	return b.Words >= 5 && b.Words <= 30 && b.LinkBytes*10 >= len(b.Text)*9 && b.EndAnchor-b.Anchor == 1 &&
		l.kind[i] != atom.Td && l.kind[i] != atom.Th
}

// cutComments drops what readers said, unless hardly anything else is kept.
func (l *layout) cutComments(keep []bool) {
	comments, rest := 0, 0
	for i, k := range keep {
		if !k {
			continue
		}
		if l.commented(i) {
			comments += l.s.Blocks[i].Words
		} else {
			rest += l.s.Blocks[i].Words
		}
	}
	if comments == 0 || rest < 40 {
		return
	}
	for i := range keep {
		keep[i] = keep[i] && !l.commented(i)
	}
}

func (l *layout) commented(i int) bool {
	return l.s.Boxes[l.s.Blocks[i].Box].Within&RoleComment != 0
}

// maxDropped bounds what is told of the parts left out.
const maxDropped = 200

// reasons tells why each block was left out: by what told says of it, else by
// what weighs most against it. told may be nil.
func (l *layout) reasons(keep []bool, told []string) []Dropped {
	dropped := make([]Dropped, 0, min(len(keep), maxDropped))
	sets := l.featureSets()
	for i := range keep {
		if keep[i] {
			continue
		}
		if len(dropped) == maxDropped {
			break
		}
		b := &l.s.Blocks[i]
		why := "hidden"
		switch {
		case told != nil && told[i] != "":
			why = told[i]
		case !b.Hidden:
			why = whyNot(sets[i])
		}
		dropped = append(dropped, Dropped{Text: firstWords(b.Text), Why: why})
	}
	return dropped
}

// whyNot names the feature that speaks most against a block.
func whyNot(set featureSet) string {
	why, least := "unlike the body around it", 0.0
	for _, f := range set {
		if w := weights[f].amid + weights[f].alone/2; w < least && whys[f] != "" {
			why, least = whys[f], w
		}
	}
	return why
}

// firstWords are at most 80 bytes of a text, whole characters.
func firstWords(text string) string {
	if len(text) <= 80 {
		return text
	}
	return strings.ToValidUTF8(text[:80], "")
}

// assemble makes blocks in our terms of the kept blocks.
func (s *Survey) assemble(keep []bool) []news.Block {
	a := assembler{s: s, keep: keep, out: make([]news.Block, 0, 32)}
	for i := range keep {
		a.pictures(i)
		if keep[i] {
			a.block(i)
		}
	}
	return a.out
}
