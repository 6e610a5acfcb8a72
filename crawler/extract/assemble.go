package extract

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"kabar/storage/news"
)

// assembler makes a body of kept blocks, in order: list items of one list
// become one block, and so do the cells of one table.
type assembler struct {
	s       *Survey
	keep    []bool
	out     []news.Block
	list    int // box of the list that the last block of out is, 0 for none
	item    int // box of its last item
	table   int // box of the table that the last block of out is, 0 for none
	row     int
	cell    int
	picture int // index of the next image

	data, real map[int]bool // which tables hold data, which lists are lists
}

func (a *assembler) block(i int) {
	b := &a.s.Blocks[i]
	text := tidy(a.s, b)
	if text == "" {
		return
	}
	place := a.s.placeOf(b.Box)
	switch {
	case b.Level > 0:
		a.add(news.Block{Kind: news.Heading, Level: max(b.Level, 2), Text: oneLine(text)})
	case place.caption && a.caption(text):
	case place.table > 0 && askOnce(&a.data, place.table, a.s.isDataTable):
		a.tableCell(place, text)
	case place.list > 0 && askOnce(&a.real, place.list, a.s.isRealList):
		a.listItem(place, text)
	case place.quote:
		a.add(news.Block{Kind: news.Quote, Text: text})
	default:
		a.add(news.Block{Kind: news.Paragraph, Text: text})
	}
}

// askOnce asks about a box only once: a table has many cells.
func askOnce(answers *map[int]bool, box int, ask func(int) bool) bool {
	answer, ok := (*answers)[box]
	if !ok {
		answer = ask(box)
		if *answers == nil {
			*answers = make(map[int]bool)
		}
		(*answers)[box] = answer
	}
	return answer
}

func (a *assembler) add(b news.Block) {
	a.out = append(a.out, b)
	a.list, a.table = 0, 0
}

func (a *assembler) listItem(p place, text string) {
	if a.list != p.list {
		a.add(news.Block{Kind: news.List, Ordered: a.s.Boxes[p.list].Node.DataAtom == atom.Ol})
		a.list, a.item = p.list, 0
	}
	list := &a.out[len(a.out)-1]
	if a.item == p.item && len(list.Items) > 0 {
		list.Items[len(list.Items)-1] += "\n" + text
		return
	}
	list.Items = append(list.Items, text)
	a.item = p.item
}

func (a *assembler) tableCell(p place, text string) {
	if a.table != p.table {
		a.add(news.Block{Kind: news.Table})
		a.table, a.row, a.cell = p.table, 0, 0
	}
	table := &a.out[len(a.out)-1]
	if a.row != p.row || len(table.Rows) == 0 {
		table.Rows = append(table.Rows, nil)
		a.row, a.cell = p.row, 0
	}
	row := &table.Rows[len(table.Rows)-1]
	if a.cell == p.cell && len(*row) > 0 {
		(*row)[len(*row)-1] += "\n" + text
		return
	}
	*row = append(*row, text)
	a.cell = p.cell
}

// caption gives the text to the picture that was just added, and tells whether
// there was one without a caption.
func (a *assembler) caption(text string) bool {
	n := len(a.out)
	if n == 0 || a.out[n-1].Kind != news.Picture {
		return false
	}
	if a.out[n-1].Image.Caption == "" {
		a.out[n-1].Image.Caption = oneLine(text)
	}
	return true
}

// pictures adds the images that stand before or in block i, where the body is
// on both sides of them or they share a box with it.
func (a *assembler) pictures(i int) {
	for ; a.picture < len(a.s.Images) && a.s.Images[a.picture].Block <= i; a.picture++ {
		p := &a.s.Images[a.picture]
		if p.Hidden || p.Block < i || isOrnament(p) || !a.inBody(p, i) {
			continue
		}
		src := a.s.Page.Resolve(p.Src)
		if src == "" || a.seen(src) {
			continue
		}
		a.add(news.Block{Kind: news.Picture, Image: &news.Image{
			Src: src, Alt: oneLine(clean(p.Alt)), Caption: a.s.captionOf(p, a.keep),
		}})
	}
}

// inBody tells whether an image belongs to the body: the nearest box around it
// that holds text of any length holds kept text.
func (a *assembler) inBody(p *Picture, i int) bool {
	if a.s.Boxes[p.Box].Within&(RoleRelated|RoleShare|RoleAd|RoleAuthorBox|RoleComment|RoleNav) != 0 {
		return false
	}
	box := p.Box
	for up := 0; box > 0 && up < 5; up++ {
		b := &a.s.Boxes[box]
		for j := b.First; j < b.Last; j++ {
			if a.keep[j] && !a.s.isCaption(j) {
				return true
			}
		}
		box = b.Parent
	}
	return false
}

func (a *assembler) seen(src string) bool {
	for i := range a.out {
		if a.out[i].Kind == news.Picture && a.out[i].Image.Src == src {
			return true
		}
	}
	return false
}

func (s *Survey) isCaption(i int) bool {
	return s.Boxes[s.Blocks[i].Box].Within&RoleCaption != 0
}

// captionOf is the caption that stands in the figure of an image and is not
// itself kept as a block.
func (s *Survey) captionOf(p *Picture, keep []bool) string {
	box := p.Box
	for up := 0; box > 0 && up < 4; up++ {
		b := &s.Boxes[box]
		if b.Last-b.First > 4 {
			return ""
		}
		for j := b.First; j < b.Last; j++ {
			if !keep[j] && s.isCaption(j) {
				return oneLine(s.Blocks[j].Text)
			}
		}
		box = b.Parent
	}
	return ""
}

// isOrnament tells icons, logos and counters from pictures.
func isOrnament(p *Picture) bool {
	for _, key := range [...]string{"width", "height"} {
		if n, err := strconv.Atoi(strings.TrimSuffix(attr(p.Node, key), "px")); err == nil && n < 80 {
			return true
		}
	}
	for _, word := range [...]string{"logo", "avatar", "icon", "emoji", "pixel", "gravatar", "/ads/", "banner", "smiley"} {
		if containsFold(p.Src, word) {
			return true
		}
	}
	return strings.HasSuffix(p.Src, ".svg")
}

// place is where a block stands in lists, tables and the like: indices of
// boxes, 0 for none.
type place struct {
	list, item       int
	table, row, cell int
	quote, caption   bool
}

// placeOf looks at the boxes around a block from the inside out.
func (s *Survey) placeOf(box int) place {
	var p place
	for ; box > 0; box = s.Boxes[box].Parent {
		b := &s.Boxes[box]
		switch b.Node.DataAtom {
		case atom.Li:
			if p.table == 0 {
				p.item = box // of the outermost list
			}
		case atom.Ul, atom.Ol:
			if p.table == 0 && p.item > 0 {
				p.list = box
			}
		case atom.Td, atom.Th:
			if p.table == 0 && p.list == 0 {
				p.cell = box
			}
		case atom.Tr:
			if p.table == 0 && p.cell > 0 && p.row == 0 {
				p.row = box
			}
		case atom.Table:
			if p.table == 0 && p.row > 0 {
				p.table = box
			}
		case atom.Blockquote:
			p.quote = true
		}
		if b.Roles&RoleCaption != 0 {
			p.caption = true
		}
	}
	return p
}

// isRealList tells lists of things from frames that are marked up as lists:
// an item with many long blocks is a frame.
func (s *Survey) isRealList(box int) bool {
	b := &s.Boxes[box]
	for i := box + 1; i < b.End; i++ {
		li := &s.Boxes[i]
		if li.Node.DataAtom != atom.Li || li.Last-li.First < 4 {
			continue
		}
		long := 0
		for j := li.First; j < li.Last; j++ {
			if s.Blocks[j].Words > 30 {
				long++
			}
		}
		if long > 3 {
			return false
		}
	}
	return true
}

// isDataTable tells tables of data from tables that only lay out a page: no
// table within, rows of at least two cells, and no cell with an article in it.
func (s *Survey) isDataTable(box int) bool {
	b := &s.Boxes[box]
	rows, cells := 0, 0
	for i := box + 1; i < b.End; i++ {
		inner := &s.Boxes[i]
		switch inner.Node.DataAtom {
		case atom.Table:
			return false
		case atom.Tr:
			rows++
		case atom.Td, atom.Th:
			cells++
			if inner.Last-inner.First > 8 {
				return false
			}
			for j := inner.First; j < inner.Last; j++ {
				if s.Blocks[j].Words > 120 {
					return false
				}
			}
		}
	}
	return cells >= 2*rows && cells > 2
}

func oneLine(text string) string {
	if strings.IndexByte(text, '\n') < 0 {
		return text
	}
	return strings.ReplaceAll(text, "\n", " ")
}

// clean is a text from an attribute or from the page's data in the shape of
// the text of blocks.
func clean(s string) string {
	buf, _ := appendText(make([]byte, 0, len(s)), s, false)
	return nfc(string(buf))
}
