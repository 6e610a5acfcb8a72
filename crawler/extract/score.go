package extract

import "math"

// scores tells of every block how likely it is body: the logarithm of the
// odds, above 0 for more likely than not.
//
// It looks twice. The first look weighs what can be said of each block alone;
// the second weighs the same again beside how the first look judged the
// blocks around it, the blocks of its box and those of its signature.
func (l *layout) scores() []float64 {
	sets := l.featureSets()
	alone := make([]float64, len(sets))
	for i, set := range sets {
		for _, f := range set {
			alone[i] += weights[f].alone
		}
	}
	m := l.meansOf(alone)
	out := make([]float64, len(sets))
	for i, set := range sets {
		for _, f := range set {
			out[i] += weights[f].amid
		}
		for k, v := range m.context(i) {
			out[i] += v * contextWeights[k]
		}
	}
	return out
}

// featureSets are the features of all blocks, in one piece of memory. They are
// found out once.
func (l *layout) featureSets() []featureSet {
	if l.sets != nil {
		return l.sets
	}
	n := len(l.s.Blocks)
	sets := make([]featureSet, n)
	ends := make([]int, n)
	all := make(featureSet, 0, 24*n)
	for i := range sets {
		all = l.features(all, i)
		ends[i] = len(all)
	}
	from := 0
	for i, end := range ends {
		sets[i] = all[from:end]
		from = end
	}
	l.sets = sets
	return sets
}

// contextSize is how many numbers tell what is around a block.
const contextSize = 16

// means are what the first look says of neighborhoods.
type means struct {
	l      *layout
	votes  []float64 // of each block, -1 to 1
	box    []mean    // of each box as a container
	outer  []mean    // of the container around it
	sig    []mean    // of each signature
	above  []float64 // words judged body above each block
	gap    []float64 // words since the last block judged body
	gapTo  []float64 // words to the next block judged body
	chosen float64   // words judged body in all
}

type mean struct{ sum, weight float64 }

func (m *mean) add(v, weight float64) {
	m.sum += v * weight
	m.weight += weight
}

func (m mean) value() float64 {
	if m.weight == 0 {
		return 0
	}
	return m.sum / m.weight
}

func (l *layout) meansOf(alone []float64) *means {
	n := len(alone)
	m := &means{
		l: l, votes: make([]float64, n), box: make([]mean, len(l.s.Boxes)), outer: make([]mean, len(l.s.Boxes)),
		sig: make([]mean, len(l.sigs)), above: make([]float64, n), gap: make([]float64, n), gapTo: make([]float64, n),
	}
	gap := 400.0
	for i, z := range alone {
		b := &l.s.Blocks[i]
		v := vote(z)
		m.votes[i] = v
		words := float64(b.Words)
		if b.Hidden {
			v, words = -1, 0
		}
		c := l.container(b.Box)
		m.box[c].add(v, words)
		m.outer[l.container(c)].add(v, words)
		m.sig[l.sig[i]].add(v, words)
		m.above[i], m.gap[i] = m.chosen, gap
		gap += words
		if v > 0 {
			m.chosen += words
			if b.Words >= 10 {
				gap = 0
			}
		}
	}
	gap = 400
	for i := n - 1; i >= 0; i-- {
		b := &l.s.Blocks[i]
		m.gapTo[i] = gap
		gap += float64(b.Words)
		if m.votes[i] > 0 && b.Words >= 10 {
			gap = 0
		}
	}
	return m
}

// vote brings log odds to the range from -1 to 1.
func vote(z float64) float64 { return math.Tanh(z / 3) }

// context are the numbers around block i.
func (m *means) context(i int) [contextSize]float64 {
	at := func(j int) float64 {
		if j < 0 || j >= len(m.votes) {
			return -1
		}
		return m.votes[j]
	}
	c := m.l.container(m.l.s.Blocks[i].Box)
	above := m.above[i] / math.Max(m.chosen, 1)
	box, outer, sig := m.box[c].value(), m.outer[m.l.container(c)].value(), m.sig[m.l.sig[i]].value()
	return [contextSize]float64{
		m.votes[i], at(i - 1), at(i + 1), at(i - 2), at(i + 2), at(i-3) + at(i-4), at(i+3) + at(i+4),
		box, outer, sig, near(m.gap[i]), near(m.gapTo[i]),
		above, math.Min(m.box[c].weight/math.Max(float64(m.l.words), 1), 1),
		math.Max(near(m.gap[i]), near(m.gapTo[i])), near(m.gap[i]) * near(m.gapTo[i]),
	}
}

// near is 1 for no distance and falls to 0 at 400 words.
func near(words float64) float64 { return 1 - math.Log1p(math.Min(words, 400))/math.Log1p(400) }

// likelihood is the probability that log odds stand for, and logOdds the way
// back.
func likelihood(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func logOdds(p float64) float64 { return math.Log(p / (1 - p)) }
