package feed

import "strings"

// DiffKind tells what became of a run of words.
type DiffKind int

// Kinds of runs.
const (
	Kept DiffKind = iota
	Removed
	Inserted
)

// DiffPart is a run of words of one kind, joined by single blanks.
type DiffPart struct {
	Kind DiffKind
	Text string
}

// maxCells bounds the work of comparing two texts; beyond it everything
// between the common beginning and the common end counts as changed.
const maxCells = 4 << 20

// Diff compares two texts word by word. What was removed stands before what
// was inserted in its place; putting the kept and removed parts together gives
// the words before, the kept and inserted ones the words after.
func Diff(before, after string) []DiffPart {
	a, b := strings.Fields(before), strings.Fields(after)
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	var parts diffParts
	parts.add(Kept, a[:start])
	parts.compare(a[start:len(a)-end], b[start:len(b)-end])
	parts.add(Kept, a[len(a)-end:])
	return parts.list
}

type diffParts struct{ list []DiffPart }

// add appends a run, joining it to the last one of the same kind.
func (d *diffParts) add(kind DiffKind, words []string) {
	if len(words) == 0 {
		return
	}
	text := strings.Join(words, " ")
	if n := len(d.list); n > 0 && d.list[n-1].Kind == kind {
		d.list[n-1].Text += " " + text
		return
	}
	d.list = append(d.list, DiffPart{kind, text})
}

// compare finds a longest common sequence of words by the textbook table.
func (d *diffParts) compare(a, b []string) {
	if len(a) == 0 || len(b) == 0 || (len(a)+1)*(len(b)+1) > maxCells {
		d.add(Removed, a)
		d.add(Inserted, b)
		return
	}
	width := len(b) + 1
	common := make([]int32, (len(a)+1)*width) // longest from (i, j) to the ends
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i*width+j] = common[(i+1)*width+j+1] + 1
			} else {
				common[i*width+j] = max(common[(i+1)*width+j], common[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		fromI, fromJ := i, j
		for i < len(a) && j < len(b) && a[i] == b[j] {
			i, j = i+1, j+1
		}
		d.add(Kept, a[fromI:i])
		fromI, fromJ = i, j
		for i < len(a) && j < len(b) && a[i] != b[j] {
			if common[(i+1)*width+j] >= common[i*width+j+1] {
				i++
			} else {
				j++
			}
		}
		d.add(Removed, a[fromI:i])
		d.add(Inserted, b[fromJ:j])
	}
	d.add(Removed, a[i:])
	d.add(Inserted, b[j:])
}
