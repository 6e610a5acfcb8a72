package extract

import (
	"strings"

	"kabar/crawler/page"
)

// settle corrects what elements claim by what they hold. A page is not all
// comments because its frame is named "has-comments", and what hides the whole
// article is a guard against flicker that a program takes away.
func (s *Survey) settle() {
	hidden := s.runningWords(true)
	if hidden[0] >= minFolded && s.unfold(hidden) {
		hidden = s.runningWords(true)
	}
	s.Heading = s.findHeading()
	running := s.runningWords(false)
	if hidden[0] > 40 && hidden[0] > 3*running[0] {
		if s.unhide(hidden) {
			s.Heading = s.findHeading()
			running = s.runningWords(false)
		}
	}
	s.clearFrames(running)
}

// runningWords counts, for each box and all within it, the words in running
// text that is hidden, or that is not.
func (s *Survey) runningWords(hidden bool) []int {
	words := make([]int, len(s.Boxes))
	for i := range s.Blocks {
		b := &s.Blocks[i]
		if b.Words >= 10 && b.Level == 0 && b.Hidden == hidden && b.LinkBytes*3 < len(b.Text) {
			words[b.Box] += b.Words
		}
	}
	for i := len(s.Boxes) - 1; i > 0; i-- {
		words[s.Boxes[i].Parent] += words[i]
	}
	return words
}

// minFolded is how many words of running text are worth to be folded away.
const minFolded = 40

// unfold shows the boxes of running text that only a rule of the page hides,
// such as answers and the rest of an article behind "Baca selengkapnya", and
// tells whether there were any.
func (s *Survey) unfold(words []int) bool {
	any := false
	hiding := s.Page.Hiding()
	for i := 1; i < len(s.Boxes); i++ {
		b := &s.Boxes[i]
		if b.Roles&RoleHidden == 0 || words[i] < minFolded || !hiding.Folds(b.Node) || rolesOf(b.Node, &page.Hiding{})&RoleHidden != 0 {
			continue
		}
		b.Roles &^= RoleHidden
		any = true
	}
	if any {
		s.inherit()
	}
	return any
}

// unhide shows the boxes that hide most of the hidden text together with a
// heading, and tells whether there were any. Text without a heading, as a
// hacked page hides it, stays hidden.
func (s *Survey) unhide(words []int) bool {
	any := false
	for i := 1; i < len(s.Boxes); i++ {
		b := &s.Boxes[i]
		if b.Roles&RoleHidden == 0 || words[i]*2 < words[0] || !s.hasHeading(b) {
			continue
		}
		b.Roles &^= RoleHidden
		any = true
	}
	if any {
		s.inherit()
	}
	return any
}

func (s *Survey) hasHeading(b *Box) bool {
	for i := b.First; i < b.Last; i++ {
		if s.Blocks[i].Level > 0 {
			return true
		}
	}
	return false
}

// clearFrames takes the roles of noise from boxes that hold the title and a
// good part of the running text, or nearly all of the running text.
func (s *Survey) clearFrames(words []int) {
	if words[0] < 40 {
		return
	}
	const frame = nameNoise &^ RoleHidden
	for i := 1; i < len(s.Boxes); i++ {
		b := &s.Boxes[i]
		if b.Roles&frame == 0 {
			continue
		}
		titled := s.Heading >= b.First && s.Heading < b.Last
		if titled && words[i]*10 >= words[0]*4 || words[i]*10 >= words[0]*8 {
			b.Roles &^= frame
		}
	}
	s.inherit()
}

// inherit hands the roles of boxes down to all within them.
func (s *Survey) inherit() {
	for i := 1; i < len(s.Boxes); i++ {
		b := &s.Boxes[i]
		b.Within = b.Roles | s.Boxes[b.Parent].Within
	}
	for i := range s.Blocks {
		b := &s.Blocks[i]
		b.Hidden = s.Boxes[b.Box].Within&RoleHidden != 0
	}
	for i := range s.Images {
		p := &s.Images[i]
		p.Hidden = s.Boxes[p.Box].Within&RoleHidden != 0
	}
}

// findHeading looks for the heading that <title> repeats; failing that, the
// first h1 with more than one word.
func (s *Survey) findHeading() int {
	best, bestScore := -1, 0
	marked := s.markedTitles()
	for i := range s.Blocks {
		b := &s.Blocks[i]
		if b.Hidden || b.Words == 0 || b.Words > 40 || len(b.Text) > 300 {
			continue
		}
		score := 0
		if b.Level > 0 && b.Words > 1 {
			score = 7 - b.Level
			if b.Level == 1 {
				score += 4
			}
		}
		within := s.Boxes[b.Box].Within
		if within&RoleTitle != 0 || marked[i] {
			score += 2
		}
		if score == 0 && b.Words < 4 {
			continue
		}
		line, _, _ := strings.Cut(b.Text, "\n")
		if b.Words > 1 && s.isTitleText(line) {
			score += 20
		} else if b.Level != 1 && !(marked[i] && b.Words >= 4) {
			continue
		}
		if within&(RoleNav|RoleAside|RoleFooter|RoleComment|RoleRelated) != 0 {
			score -= 12
		}
		if score > bestScore {
			best, bestScore = i, score
		}
	}
	if best < 0 {
		return s.headingOverText()
	}
	return best
}

// maxOverText is how many blocks a heading may stand above its text.
const maxOverText = 6

// headingOverText is the heading next above the text of pages whose <title>
// is only the name of the site: that of the first running text in the box that
// holds most of it. It is -1 when there is none.
func (s *Survey) headingOverText() int {
	first := s.firstOfText()
	for i := first - 1; i >= 0 && i >= first-maxOverText; i-- {
		b := &s.Blocks[i]
		if isRunning(b) && !isHeadLine(b.Text) {
			return -1
		}
		if !b.Hidden && b.Level > 0 && b.Words >= 3 && b.Words <= 40 && b.LinkBytes*2 < len(b.Text) && s.Boxes[b.Box].Within&elsewhere == 0 {
			return i
		}
	}
	return -1
}

// firstOfText is the first block of running text in the innermost box that
// holds more than half of it; -1 when there is none.
func (s *Survey) firstOfText() int {
	words := s.runningWords(false)
	if words[0] == 0 {
		return -1
	}
	box := 0
	for i := range s.Boxes {
		if words[i]*2 > words[0] && i > 0 && s.Boxes[i].Parent == box {
			box = i
		}
	}
	for i := s.Boxes[box].First; i < s.Boxes[box].Last; i++ {
		if isRunning(&s.Blocks[i]) {
			return i
		}
	}
	return -1
}

// isTitleText tells whether a text is the title of the page, as its <title>
// begins or ends with it.
func (s *Survey) isTitleText(text string) bool {
	t := s.Title
	if len(text) < 8 || len(text) > len(t)+8 || len(t) == 0 {
		return false
	}
	if len(text) <= len(t) && (strings.EqualFold(t[:len(text)], text) || strings.EqualFold(t[len(t)-len(text):], text)) {
		return true
	}
	return len(text)*2 > len(t) && strings.Contains(t, text)
}

// markedTitles are the blocks that begin with an inline element that names
// itself a title, as pages without any heading have it.
func (s *Survey) markedTitles() map[int]bool {
	var marked map[int]bool
	for i := range s.Marks {
		m := &s.Marks[i]
		if m.Roles&RoleTitle == 0 || m.Block >= len(s.Blocks) || m.Text == "" || !isInline(m.Node.DataAtom) || m.Node.Data == "a" {
			continue
		}
		if line, _, _ := strings.Cut(s.Blocks[m.Block].Text, "\n"); line == m.Text {
			if marked == nil {
				marked = make(map[int]bool)
			}
			marked[m.Block] = true
		}
	}
	return marked
}

// isTitleLine tells whether a line is the title: by <title>, or as the first
// line of the block that shows it.
func (s *Survey) isTitleLine(line string) bool {
	if s.Heading >= 0 {
		if title, _, _ := strings.Cut(s.Blocks[s.Heading].Text, "\n"); line == title {
			return true
		}
	}
	return s.isTitleText(line)
}
