package extract

// Lesson is what learning a site needs of one of its pages: a few numbers a
// block, without text or tree.
type Lesson struct {
	title  uint64 // hash of the page's title
	blocks []lessonBlock
}

// lessonBlock is a block as learning sees it.
type lessonBlock struct {
	signatures [maxDepth]uint64 // of its box with 0, 1, … boxes around it
	text       uint64           // hash of its text
	words      int
	hidden     bool
	kept       float64 // how likely the page alone takes it for body, 0 to 1
}

// maxLesson is the number of blocks above which a page teaches nothing: such
// pages are hardly articles, and lessons are held in memory.
const maxLesson = 4000

// lesson sums the page up; scores are those of the page alone.
func (l *layout) lesson(scores []float64) *Lesson {
	out := &Lesson{title: textHash(l.s.Title), blocks: make([]lessonBlock, len(scores))}
	if l.title >= 0 {
		out.title = textHash(l.s.Blocks[l.title].Text)
	}
	for i, z := range scores {
		b := &l.s.Blocks[i]
		out.blocks[i] = lessonBlock{signatures: l.s.signatures(b.Box), text: textHash(b.Text), words: b.Words, hidden: b.Hidden}
		if !b.Hidden {
			out.blocks[i].kept = likelihood(z - threshold)
		}
	}
	return out
}

// signatures are those of signatureAt for all depths from 1 on.
func (s *Survey) signatures(box int) (all [maxDepth]uint64) {
	h := uint64(fnvStart)
	for i := range all {
		if box >= 0 {
			h = (h ^ s.Boxes[box].Sig) * fnvPrime
			box = s.Boxes[box].Parent
		}
		all[i] = h
	}
	return all
}

func textHash(text string) uint64 { return fnv(fnvStart, text) }

// place is where a block stands, for telling layouts apart.
func (b *lessonBlock) place() uint64 { return b.signatures[placeDepth-1] }

// placeDepth is how many boxes tell a place.
const placeDepth = 2

// isBody tells the blocks by which layouts are told apart: sentences that the
// page alone takes for body.
func (b *lessonBlock) isBody() bool { return b.kept >= 0.5 && b.words >= 8 }

// share is the share of the page's body words that stand in the places.
func (s *Lesson) share(body map[uint64]bool) float64 {
	in, all := 0, 0
	for i := range s.blocks {
		b := &s.blocks[i]
		if !b.isBody() {
			continue
		}
		all += b.words
		if body[b.place()] {
			in += b.words
		}
	}
	if all == 0 {
		return 0
	}
	return float64(in) / float64(all)
}

// addPlaces counts the body words of each place.
func (s *Lesson) addPlaces(words map[uint64]int) {
	for i := range s.blocks {
		if b := &s.blocks[i]; b.isBody() {
			words[b.place()] += b.words
		}
	}
}

func (s *Lesson) addBody(body map[uint64]bool) {
	for i := range s.blocks {
		if b := &s.blocks[i]; b.isBody() {
			body[b.place()] = true
		}
	}
}
