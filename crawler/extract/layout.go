package extract

import "golang.org/x/net/html/atom"

// layout is what can be known of a page's blocks only by looking at all of
// them: which box has the running text, which block is the title, what repeats.
type layout struct {
	s      *Survey
	title  int   // index of the block with the title; -1 when none is found
	winner int   // the box that holds the most running text directly
	words  int   // of all blocks that can be seen
	before []int // words above each block

	kind     []atom.Atom // the element that each block is, inline ones skipped
	mass     []int       // running words directly within each box, in boxes of one block too
	sig      []int32     // index in sigs of each block
	sigs     []sigCount
	repeated []int8       // -1: the text stood above; 1: it stands again below
	afterEnd []bool       // below a heading that ends the article, within its box
	sets     []featureSet // of each block; nil until asked for
	grid     []bool       // by box: one of four or more equal boxes side by side
}

// sigCount sums up the blocks of one signature.
type sigCount struct{ blocks, words, running, linked, bytes int }

// isRunning tells blocks of sentences from labels and links.
func isRunning(b *Block) bool {
	return b.Words >= 10 && b.Level == 0 && !b.Hidden && b.LinkBytes*3 < len(b.Text)
}

func isLinks(b *Block) bool { return b.LinkBytes*3 > len(b.Text)*2 }

// layoutOf looks at the whole page.
func layoutOf(s *Survey) *layout {
	n := len(s.Blocks)
	l := &layout{
		s: s, title: s.Heading,
		before: make([]int, n), kind: make([]atom.Atom, n), mass: make([]int, len(s.Boxes)),
		sig: make([]int32, n), repeated: make([]int8, n), afterEnd: make([]bool, n), grid: make([]bool, len(s.Boxes)),
	}
	l.countWords()
	l.weighBoxes()
	l.countSignatures()
	l.findRepeats()
	l.findEnds()
	l.findGrids()
	return l
}

func (l *layout) countWords() {
	for i := range l.s.Blocks {
		b := &l.s.Blocks[i]
		l.before[i] = l.words
		if !b.Hidden {
			l.words += b.Words
		}
		l.kind[i] = l.s.Boxes[b.Box].Node.DataAtom
	}
}

// container is the box that a block's box is one of many in: its parent,
// passing boxes that hold nothing else.
func (l *layout) container(box int) int {
	for box > 0 {
		parent := l.s.Boxes[box].Parent
		if parent <= 0 {
			return max(parent, 0)
		}
		if p := &l.s.Boxes[parent]; p.Last-p.First > 1 {
			return parent
		}
		box = parent
	}
	return 0
}

// weighBoxes counts running words per container and picks the winner: the
// container with the most, a third of those one level deeper counting too.
func (l *layout) weighBoxes() {
	outer := make([]int, len(l.s.Boxes))
	for i := range l.s.Blocks {
		b := &l.s.Blocks[i]
		if !isRunning(b) || l.s.Boxes[b.Box].Within&(RoleComment|RoleNav|RoleFooter|RoleAside|RoleConsent) != 0 {
			continue
		}
		box := l.container(b.Box)
		l.mass[box] += b.Words
		if box > 0 {
			outer[l.container(box)] += b.Words
		}
	}
	best := 0
	for i := range l.s.Boxes {
		if score := 3*l.mass[i] + outer[i]; score > best {
			best, l.winner = score, i
		}
	}
}

// signatureAt is the signature of a box with those of the depth-1 boxes around
// it.
func (s *Survey) signatureAt(box, depth int) uint64 {
	h := uint64(fnvStart)
	for ; depth > 0 && box >= 0; depth-- {
		h = (h ^ s.Boxes[box].Sig) * fnvPrime
		box = s.Boxes[box].Parent
	}
	return h
}

func (l *layout) countSignatures() {
	index := make(map[uint64]int32, 64)
	for i := range l.s.Blocks {
		b := &l.s.Blocks[i]
		h := l.s.signatureAt(b.Box, 2)
		at, ok := index[h]
		if !ok {
			at = int32(len(l.sigs))
			index[h] = at
			l.sigs = append(l.sigs, sigCount{})
		}
		l.sig[i] = at
		c := &l.sigs[at]
		c.blocks++
		c.words += b.Words
		c.linked += b.LinkBytes
		c.bytes += len(b.Text)
		if isRunning(b) {
			c.running += b.Words
		}
	}
}

func (l *layout) findRepeats() {
	seen := make(map[string]int, len(l.s.Blocks))
	for i := range l.s.Blocks {
		b := &l.s.Blocks[i]
		if b.Words < 5 || b.Hidden {
			continue
		}
		if at, ok := seen[b.Text]; ok {
			l.repeated[i] = -1
			if l.repeated[at] == 0 {
				l.repeated[at] = 1
			}
			continue
		}
		seen[b.Text] = i
	}
}

// findEnds marks what stands below headings and labels that end an article,
// as far as the end of the box that the label's box stands in.
func (l *layout) findEnds() {
	for i := range l.s.Blocks {
		b := &l.s.Blocks[i]
		if b.Words > 8 || l.before[i] < 30 || !endsArticle(b) {
			continue
		}
		end := l.s.Boxes[l.container(b.Box)].Last
		if end > i && l.afterEnd[i] && l.afterEnd[end-1] {
			continue
		}
		for j := i; j < end; j++ {
			l.afterEnd[j] = true
		}
	}
}

// findGrids marks boxes that have at least three equal siblings with few words
// each: cards, menus, lists of links.
func (l *layout) findGrids() {
	type group struct{ boxes, words int }
	groups := make(map[uint64]group, len(l.s.Boxes)/2)
	key := func(i int) uint64 {
		b := &l.s.Boxes[i]
		return (b.Sig ^ uint64(b.Parent)) * fnvPrime
	}
	for i := 1; i < len(l.s.Boxes); i++ {
		b := &l.s.Boxes[i]
		if b.Last-b.First < 2 {
			continue
		}
		g := groups[key(i)]
		g.boxes++
		for j := b.First; j < b.Last; j++ {
			g.words += l.s.Blocks[j].Words
			if g.words > 4000 {
				break
			}
		}
		groups[key(i)] = g
	}
	for i := 1; i < len(l.s.Boxes); i++ {
		b := &l.s.Boxes[i]
		l.grid[i] = l.grid[b.Parent]
		if b.Last-b.First < 2 {
			continue
		}
		if g := groups[key(i)]; g.boxes >= 4 && g.words < 60*g.boxes {
			l.grid[i] = true
		}
	}
}
