package news

import "strings"

// BlockKind is one of the few kinds of which a body is made.
type BlockKind string

// The closed set of block kinds.
const (
	Paragraph BlockKind = "p"
	Heading   BlockKind = "h"
	Quote     BlockKind = "quote"
	List      BlockKind = "list"
	Table     BlockKind = "table"
	Picture   BlockKind = "image"
)

// Block is one piece of a body, in reading order. No markup is kept: HTML is
// made from blocks at rendering time, so nothing foreign can pass.
type Block struct {
	Kind    BlockKind  `json:"k"`
	Text    string     `json:"t,omitempty"` // Paragraph, Heading, Quote; "\n" stands for a line break
	Level   int        `json:"l,omitempty"` // Heading: 2 to 6
	Ordered bool       `json:"o,omitempty"` // List
	Items   []string   `json:"i,omitempty"` // List
	Rows    [][]string `json:"r,omitempty"` // Table: rows of cells, the first may be a head
	Image   *Image     `json:"p,omitempty"` // Picture
}

// Plain is the block's text on its own lines: list items and table rows a line
// each, cells parted by tabs, a picture by its caption.
func (b Block) Plain() string {
	switch b.Kind {
	case List:
		return strings.Join(b.Items, "\n")
	case Table:
		rows := make([]string, len(b.Rows))
		for i, row := range b.Rows {
			rows[i] = strings.Join(row, "\t")
		}
		return strings.Join(rows, "\n")
	case Picture:
		if b.Image == nil {
			return ""
		}
		return b.Image.Caption
	default:
		return b.Text
	}
}

// PlainText is the text of all blocks but pictures, a line a paragraph.
func PlainText(blocks []Block) string {
	var text strings.Builder
	for _, b := range blocks {
		if b.Kind == Picture {
			continue
		}
		plain := b.Plain()
		if plain == "" {
			continue
		}
		if text.Len() > 0 {
			text.WriteByte('\n')
		}
		text.WriteString(plain)
	}
	return text.String()
}
