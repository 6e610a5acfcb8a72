package page

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits of parsing.
const (
	// MaxParsed is how much of a document is parsed, in bytes; the rest is
	// left away. Articles end long before it.
	MaxParsed = 5 << 20
	// parseBudget ends the parser on pages that are built to stall it: many
	// <body> tags with attributes take time by their square.
	parseBudget = 700 * time.Millisecond
	// shallowDepth is how deep a tree is built from bare tokens.
	shallowDepth = 128
)

// ErrNoHTML tells that a page is no HTML document and so has no tree.
var ErrNoHTML = errors.New("not an HTML document")

// Tree is the parsed document; it is parsed at the first call. Pages that the
// parser refuses (elements nested more than 512 deep) or does not finish in
// time get a shallow tree made of their tokens, which still has all the text.
// The error wraps ErrNoHTML for other media types.
func (p *Page) Tree() (*html.Node, error) {
	if p.tree == nil && p.treeErr == nil {
		p.tree, p.treeErr = p.parse()
	}
	return p.tree, p.treeErr
}

// Document is the tree as goquery sees it.
func (p *Page) Document() (*goquery.Document, error) {
	tree, err := p.Tree()
	if err != nil {
		return nil, err
	}
	return goquery.NewDocumentFromNode(tree), nil
}

func (p *Page) parse() (*html.Node, error) {
	if !p.IsHTML() {
		return nil, fmt.Errorf("parsing %s (%s): %w", p.URL, p.Type, ErrNoHTML)
	}
	body := p.Body[:min(len(p.Body), MaxParsed)]
	tree, err := html.Parse(&budgetReader{r: bytes.NewReader(body), until: time.Now().Add(parseBudget)})
	if err != nil {
		return shallowTree(body), nil
	}
	return tree, nil
}

// errBudget ends the parser, which cannot be cancelled in another way.
var errBudget = errors.New("parsing takes too long")

type budgetReader struct {
	r     io.Reader
	until time.Time
}

func (b *budgetReader) Read(buf []byte) (int, error) {
	if time.Now().After(b.until) {
		return 0, errBudget
	}
	return b.r.Read(buf)
}

// shallowTree builds a tree from the tokens alone: no element is repaired or
// moved, and what lies deeper than shallowDepth hangs at that depth.
func shallowTree(body []byte) *html.Node {
	root := &html.Node{Type: html.DocumentNode}
	stack := []*html.Node{root}
	beyond := 0 // open elements that are too deep for the stack
	tokens := html.NewTokenizer(bytes.NewReader(body))
	tokens.SetMaxBuf(MaxParsed)
	for {
		kind := tokens.Next()
		top := stack[len(stack)-1]
		switch kind {
		case html.ErrorToken:
			return root
		case html.TextToken:
			top.AppendChild(&html.Node{Type: html.TextNode, Data: string(tokens.Text())})
		case html.StartTagToken, html.SelfClosingTagToken:
			t := tokens.Token()
			n := &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr}
			top.AppendChild(n)
			switch {
			case kind == html.SelfClosingTagToken || void(t.DataAtom):
			case len(stack) < shallowDepth:
				stack = append(stack, n)
			default:
				beyond++
			}
		case html.EndTagToken:
			if beyond > 0 {
				beyond--
				continue
			}
			name, _ := tokens.TagName()
			stack = closed(stack, string(name))
		}
	}
}

// closed takes the innermost element of that name, and all within it, off the
// stack of open elements.
func closed(stack []*html.Node, name string) []*html.Node {
	for i := len(stack) - 1; i > 0; i-- {
		if stack[i].Data == name {
			return stack[:i]
		}
	}
	return stack
}

// void tells whether an element has no content (HTML, 13.1.2).
func void(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input,
		atom.Link, atom.Meta, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}
