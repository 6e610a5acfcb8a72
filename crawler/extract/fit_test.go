package extract

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"kabar/crawler/page"
	"kabar/storage/news"
)

// fitTo names a file of labelled pages. With it, TestFitWeights prints the
// tables of weights.go anew, and how well weights that are fitted to the pages
// of one half of the sites read those of the other half:
//
//	go test ./crawler/extract -run TestFitWeights -v -timeout 1h -fit FILE
//
// FILE has one JSON object a line: html is the path of the page (plain or
// gzip) below the folder of FILE, url its address, site what keeps pages of one
// site in one half, body the text that is the article, with and without texts
// that are known to be in it or not where body is unknown. Objects whose
// page_type is "listing" are passed over.
var fitTo = flag.String("fit", "", "fit the weights to the labelled pages of this file")

// Settings of the fit: passes over all blocks, size of the steps, pull of all
// weights to 0, and what a block is worth of which only a snippet is known.
const (
	fitPasses     = 8
	fitStep       = 0.06
	fitPull       = 0.002
	fitSnippet    = 0.03
	fitSmallParts = 0.3 // most that one block may count of its page
)

// labelledPage is a line of the file.
type labelledPage struct {
	URL, Site, HTML, Body string
	With, Without         []string
	Type                  string `json:"page_type"`
}

// fitPage is the blocks of one page with what they should be.
type fitPage struct {
	labelledPage
	layout *layout
	sets   []featureSet
	body   []bool    // of each block: belongs to the body
	weight []float64 // and how much that counts
}

// fittedModel is what weights.go holds.
type fittedModel struct {
	alone, amid [featureCount]float64
	context     [contextSize]float64
}

// TestFitWeights fits weights to pages that are labelled, those of testdata
// without -fit, and holds that they find the bodies.
func TestFitWeights(t *testing.T) {
	if *fitTo == "" {
		pages := fixturesToFit(t)
		if f1 := meanF1(pages, fitModel(pages)); f1 < 0.85 {
			t.Errorf("fitted to the pages of testdata, they are read with a mean F1 of %.3f", f1)
		}
		return
	}
	pages := pagesToFit(t, *fitTo)
	var halves [2][]*fitPage
	for _, p := range pages {
		half := fnv(fnvStart, p.Site) >> 3 & 1
		halves[half] = append(halves[half], p)
	}
	for i := range halves {
		t.Logf("fitted to the other half: mean F1 %.4f", meanF1(halves[i], fitModel(halves[1-i])))
	}
	t.Logf("present weights: mean F1 %.4f", meanF1(pages, presentModel()))
	m := fitModel(pages)
	t.Logf("fitted to all %d: mean F1 %.4f\n%s", len(pages), meanF1(pages, m), m.source(t))
}

// fixturesToFit are the articles of testdata with the bodies that stand beside
// them.
func fixturesToFit(t *testing.T) []*fitPage {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var pages []*fitPage
	for _, file := range files {
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(want), "kind: article\norigin: automatic") {
			continue
		}
		var body strings.Builder
		for line := range strings.SplitSeq(string(want), "\n") {
			if kind, text, ok := strings.Cut(line, "\t"); ok && kind != "image" {
				body.WriteString(text + "\n")
			}
		}
		html := strings.TrimSuffix(file, ".txt") + ".html"
		pages = append(pages, fitPageOf(t, labelledPage{URL: "https://kabar.example/2026/01/a.html", Body: body.String()}, readPage(t, html)))
	}
	return pages
}

func pagesToFit(t *testing.T, file string) []*fitPage {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var pages []*fitPage
	lines := json.NewDecoder(bufio.NewReader(f))
	for lines.More() {
		var l labelledPage
		if err := lines.Decode(&l); err != nil {
			t.Fatal(err)
		}
		if l.Type == "listing" || l.Body == "" && len(l.With) == 0 {
			continue
		}
		if p := fitPageOf(t, l, readPage(t, filepath.Join(filepath.Dir(file), l.HTML))); p != nil {
			pages = append(pages, p)
		}
	}
	return pages
}

// fitPageOf surveys a page and labels its blocks; nil when it is no HTML.
func fitPageOf(t *testing.T, l labelledPage, raw []byte) *fitPage {
	p, err := page.FromBytes(l.URL, raw, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := survey(p)
	if err != nil {
		return nil
	}
	lesson := &fitPage{labelledPage: l, layout: layoutOf(s)}
	lesson.sets = lesson.layout.featureSets()
	lesson.body, lesson.weight = make([]bool, len(s.Blocks)), make([]float64, len(s.Blocks))
	if l.Body != "" {
		lesson.labelByBody()
	} else {
		lesson.labelBySnippets()
	}
	for i := range s.Blocks {
		if s.Blocks[i].Hidden {
			lesson.weight[i] = 0
		}
	}
	return lesson
}

// labelByBody calls a block body when more than half of its runs of four words
// stand in the body, each used up once; shorter blocks when all they say does.
// A block counts by its words, as a share of the page's.
func (p *fitPage) labelByBody() {
	words := wordsToFit(p.Body)
	left, short := runsOf(words, 4), map[string]bool{}
	for n := 1; n < 4; n++ {
		for run := range runsOf(words, n) {
			short[run] = true
		}
	}
	for i := range p.layout.s.Blocks {
		own := wordsToFit(p.layout.s.Blocks[i].Text)
		if len(own) == 0 {
			continue
		}
		p.weight[i] = math.Min(float64(len(own))/math.Max(float64(len(words)), 50), fitSmallParts)
		if len(own) < 4 {
			p.body[i] = short[strings.Join(own, " ")]
			p.weight[i] *= 0.3
			continue
		}
		hits := 0
		for at := 0; at+4 <= len(own); at++ {
			if left[strings.Join(own[at:at+4], " ")] > 0 {
				hits++
			}
		}
		if p.body[i] = hits*2 > len(own)-3; !p.body[i] {
			continue
		}
		for at := 0; at+4 <= len(own); at++ {
			left[strings.Join(own[at:at+4], " ")]--
		}
	}
}

// labelBySnippets knows only the blocks that hold a snippet.
func (p *fitPage) labelBySnippets() {
	plain := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for i := range p.layout.s.Blocks {
		text := plain(p.layout.s.Blocks[i].Text)
		for _, s := range p.Without {
			if strings.Contains(text, plain(s)) {
				p.weight[i] = fitSnippet
			}
		}
		for _, s := range p.With {
			if s = plain(s); strings.Contains(text, s) || len(text) > 30 && strings.Contains(s, text) {
				p.body[i], p.weight[i] = true, fitSnippet
			}
		}
	}
}

func wordsToFit(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
}

// runsOf counts the runs of n words.
func runsOf(words []string, n int) map[string]int {
	runs := make(map[string]int, len(words))
	for at := 0; at+n <= len(words); at++ {
		runs[strings.Join(words[at:at+n], " ")]++
	}
	return runs
}

// fitModel fits the first look, and then the second amid what the first says.
func fitModel(pages []*fitPage) (m fittedModel) {
	m.alone, _ = fitLook(pages, nil)
	around := map[*fitPage][][contextSize]float64{}
	for _, p := range pages {
		means := p.layout.meansOf(p.sum(&m.alone))
		for i := range p.sets {
			around[p] = append(around[p], means.context(i))
		}
	}
	m.amid, m.context = fitLook(pages, around)
	return m
}

// sum is what the features of each block are worth together.
func (p *fitPage) sum(weights *[featureCount]float64) []float64 {
	z := make([]float64, len(p.sets))
	for i, set := range p.sets {
		for _, f := range set {
			z[i] += weights[f]
		}
	}
	return z
}

// fitLook is logistic regression, block by block in random order, with steps
// that shrink where a weight has moved much (AdaGrad: Duchi, Hazan, Singer
// 2011).
func fitLook(pages []*fitPage, around map[*fitPage][][contextSize]float64) (w [featureCount]float64, cw [contextSize]float64) {
	type place struct {
		p *fitPage
		i int
	}
	var places []place
	for _, p := range pages {
		for i := range p.sets {
			if p.weight[i] > 0 {
				places = append(places, place{p, i})
			}
		}
	}
	var moved [featureCount]float64
	var cmoved [contextSize]float64
	move := func(weight, moved *float64, slope, step float64) {
		slope += fitPull * *weight
		*moved += slope * slope
		*weight -= step * slope / math.Sqrt(*moved+1)
	}
	order := rand.New(rand.NewPCG(1, 1))
	for pass := range fitPasses {
		order.Shuffle(len(places), func(a, b int) { places[a], places[b] = places[b], places[a] })
		step := fitStep
		if pass > fitPasses*2/3 {
			step /= 5
		}
		for _, at := range places {
			z, want := 0.0, 0.0
			var c *[contextSize]float64
			for _, f := range at.p.sets[at.i] {
				z += w[f]
			}
			if around != nil {
				c = &around[at.p][at.i]
				for k, v := range c {
					z += v * cw[k]
				}
			}
			if at.p.body[at.i] {
				want = 1
			}
			slope := (likelihood(z) - want) * at.p.weight[at.i] * 100
			for _, f := range at.p.sets[at.i] {
				move(&w[f], &moved[f], slope, step)
			}
			if c != nil {
				for k, v := range c {
					move(&cw[k], &cmoved[k], slope*v, step)
				}
			}
		}
	}
	return w, cw
}

// meanF1 is the mean over the pages of known body of the F1 of runs of four
// words, the bodies found with the weights of a model.
func meanF1(pages []*fitPage, m fittedModel) float64 {
	sum, n := 0.0, 0
	for _, p := range pages {
		if p.Body == "" {
			continue
		}
		l := p.layout
		means, z := l.meansOf(p.sum(&m.alone)), p.sum(&m.amid)
		for i := range z {
			for k, v := range means.context(i) {
				z[i] += v * m.context[k]
			}
		}
		keep := make([]bool, len(z))
		l.keepBy(z, keep)
		want, got := runsOf(wordsToFit(p.Body), 4), runsOf(wordsToFit(news.PlainText(l.s.trimBody(l.s.assemble(keep)))), 4)
		both, all := 0, 0
		for run, times := range want {
			both += min(times, got[run])
			all += times
		}
		for _, times := range got {
			all += times
		}
		sum += 2 * float64(both) / float64(max(all, 1))
		n++
	}
	return sum / float64(max(n, 1))
}

// presentModel is the model of weights.go.
func presentModel() (m fittedModel) {
	for f, w := range weights {
		m.alone[f], m.amid[f] = w.alone, w.amid
	}
	m.context = contextWeights
	return m
}

// source writes the tables as weights.go has them.
func (m *fittedModel) source(t *testing.T) string {
	var out strings.Builder
	for f, name := range featureNames(t) {
		fmt.Fprintf(&out, "\t%s: {%.2f, %.2f},\n", name, m.alone[f], m.amid[f])
	}
	out.WriteString("\n\t")
	for _, w := range m.context {
		fmt.Fprintf(&out, "%.2f, ", w)
	}
	return out.String()
}

// featureNames are the names of the features, as features.go has them.
func featureNames(t *testing.T) (names []string) {
	file, err := parser.ParseFile(token.NewFileSet(), "features.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		group, ok := n.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			return true
		}
		for _, spec := range group.Specs {
			names = append(names, spec.(*ast.ValueSpec).Names[0].Name)
			if names[0] != "always" {
				names = nil
			}
		}
		return false
	})
	if len(names) > int(featureCount) {
		names = names[:featureCount]
	}
	return names
}
