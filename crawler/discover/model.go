package discover

import "math"

// Model is what was learned of a portal about the shapes of its addresses:
// which are articles and which are not. The zero value knows nothing and is
// ready; so is a nil Model for reading. It is kept as JSON.
//
// A Model is not safe for use by several goroutines at once.
type Model struct {
	Shapes map[string]Tally `json:"shapes,omitempty"`
}

// Tally counts the pages of a shape by what they turned out to be.
type Tally struct {
	Articles int `json:"a,omitempty"`
	Others   int `json:"o,omitempty"`
}

const (
	maxShapes = 400
	maxTally  = 1000 // counts are halved beyond, so that a changed portal is learned anew
)

// Learn records whether the page at an address was an article.
func (m *Model) Learn(address string, isArticle bool) {
	s := shapeOf(address)
	if m.Shapes == nil {
		m.Shapes = map[string]Tally{}
	}
	m.count(s.exact, isArticle)
	if s.general != s.exact {
		m.count(s.general, isArticle)
	}
}

func (m *Model) count(key string, isArticle bool) {
	tally, known := m.Shapes[key]
	if !known && len(m.Shapes) >= maxShapes {
		return
	}
	if isArticle {
		tally.Articles++
	} else {
		tally.Others++
	}
	if tally.Articles+tally.Others > maxTally {
		tally.Articles, tally.Others = tally.Articles/2, tally.Others/2
	}
	m.Shapes[key] = tally
}

// Score says how likely the page at an address is an article, from the words
// of the address and from what was learned: 2 and more is likely, 0 and less
// is not.
func (m *Model) Score(address string) float64 {
	s := shapeOf(address)
	return s.prior() + m.learned(s)
}

// learned is between -5 and 5: the logarithm of the odds seen so far for the
// shape, weaker for the general shape than for the exact one.
func (m *Model) learned(s shape) float64 {
	if m == nil {
		return 0
	}
	if tally, known := m.Shapes[s.exact]; known {
		return tally.odds()
	}
	if tally, known := m.Shapes[s.general]; known {
		return tally.odds() / 2
	}
	return 0
}

func (t Tally) odds() float64 {
	odds := math.Log((float64(t.Articles) + 0.5) / (float64(t.Others) + 0.5))
	return max(-5, min(5, 1.5*odds))
}
