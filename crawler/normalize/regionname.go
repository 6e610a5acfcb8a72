package normalize

import (
	"strings"
	"sync"

	"kabar/storage/region"
)

// wordID numbers a folded word that means something to the tagger; 0 is any
// other word.
type wordID int32

// nameTrie knows every name of the gazetteer as a sequence of words, and the
// words that tell what a name means where it stands. It is built at first
// use and never changed afterwards.
type nameTrie struct {
	words map[string]wordID
	roles []role          // by wordID
	steps map[step]nodeID // from a node by a word to the next
	nodes []place         // by nodeID; 0 is the root
}

type nodeID int32

type step struct {
	from nodeID
	by   wordID
}

// place is what one name may stand for.
type place struct {
	names     []int16 // regions of that name, index into region.All
	seats     []int16 // regions with a seat of that name
	districts []int16 // regencies with a district of that name
	word      bool    // also an ordinary word or something else
}

func (p place) isRegion() bool { return len(p.names)+len(p.seats) > 0 }

var gazetteer = sync.OnceValue(func() *nameTrie {
	t := &nameTrie{
		words: make(map[string]wordID, 10_000),
		steps: make(map[step]nodeID, 12_000),
		nodes: make([]place, 1, 12_000),
		roles: make([]role, 1, 10_000),
	}
	index := make(map[string]int16, len(region.All()))
	for i, r := range region.All() {
		index[r.Code] = int16(i)
		t.addNames(r, int16(i))
		if r.Level != region.Province {
			t.addSeat(r, int16(i))
		}
	}
	for _, r := range region.Provinces() {
		if p, known := t.lookup(r.Capital); !known || !p.isRegion() {
			t.addSeat(r, index[r.Code])
		}
	}
	for _, d := range region.Districts() {
		if p := t.add(d.Name); p != nil {
			p.districts = append(p.districts, index[d.Regency])
		}
	}
	for _, class := range wordClasses {
		for w := range strings.FieldsSeq(class.words) {
			t.roles[t.intern(w)] |= class.role
		}
	}
	return t
})

func (t *nameTrie) addNames(r region.Region, i int16) {
	names := append([]string{r.Name, joined(r.Name), parted(r.Name)}, r.Aliases...)
	if r.Level == region.Province {
		names = append(names, strings.TrimPrefix(r.Official, "Provinsi "))
	}
	for _, name := range names {
		if p := t.add(name); p != nil {
			p.names = appendOnce(p.names, i)
			p.word = p.word || region.IsWord(name)
		}
	}
}

// addSeat adds the seat of a region. That of a province counts only where no
// regency is named after it: Padang is the city, Sofifi is Maluku Utara.
func (t *nameTrie) addSeat(r region.Region, i int16) {
	if r.Capital == r.Name {
		return
	}
	for _, name := range []string{r.Capital, joined(r.Capital), parted(r.Capital)} {
		if p := t.add(name); p != nil {
			p.seats = appendOnce(p.seats, i)
			p.word = p.word || region.IsWord(name)
		}
	}
}

// joined is a name of two words written as one, as many papers do
// ("Padangpanjang"); empty for other names.
func joined(name string) string {
	if strings.Count(name, " ") != 1 {
		return ""
	}
	return strings.ReplaceAll(name, " ", "")
}

// parted is a name of one word written as two, as many papers do as well
// ("Bukit Tinggi"); empty for names that do not begin with such a word.
func parted(name string) string {
	for first := range strings.FieldsSeq("Air Banjar Batu Bukit Gunung Kayu Labuhan Lubuk Muara Padang Pangkal Payung Pekan Pematang Selat Sungai Tanjung Tebing Teluk Tulung") {
		if rest, ok := strings.CutPrefix(name, first); ok && len(rest) > 3 && isLetter(rest[0]) {
			return first + " " + rest
		}
	}
	return ""
}

func appendOnce(list []int16, i int16) []int16 {
	for _, have := range list {
		if have == i {
			return list
		}
	}
	return append(list, i)
}

// add finds or makes the node of a name; nil for a name without words.
func (t *nameTrie) add(name string) *place {
	at := nodeID(0)
	for word := range strings.FieldsFuncSeq(strings.ToLower(name), isNameGap) {
		s := step{at, t.intern(strings.ReplaceAll(word, "'", ""))}
		next, ok := t.steps[s]
		if !ok {
			next = nodeID(len(t.nodes))
			t.nodes = append(t.nodes, place{})
			t.steps[s] = next
		}
		at = next
	}
	if at == 0 {
		return nil
	}
	return &t.nodes[at]
}

func isNameGap(r rune) bool {
	switch r {
	case ' ', '-', '.', '/', '(', ')':
		return true
	default:
		return false
	}
}

// intern numbers a folded word; other spellings share the number of the
// usual one.
func (t *nameTrie) intern(word string) wordID {
	if id, ok := t.words[word]; ok {
		return id
	}
	id := wordID(len(t.roles))
	t.roles = append(t.roles, 0)
	t.words[word] = id
	for other := range strings.FieldsSeq(spellings(word)) {
		t.words[other] = id
	}
	return id
}

// spellings are other ways to write a word of a name.
func spellings(word string) string {
	switch word {
	case "kepulauan":
		return "kep"
	case "sumatera":
		return "sumatra"
	case "kabupaten":
		return "kabupatan"
	default:
		return ""
	}
}

// is tells whether a word has a role.
func (t *nameTrie) is(w wordID, r role) bool { return t.roles[w]&r != 0 }

// longest finds the longest names that begin at a word: the last word of the
// longest name or seat of a region and of the longest district, with their
// nodes; -1 where there is none.
func (t *nameTrie) longest(tokens []token, from int) (reg, dist nameMatch) {
	reg.last, dist.last = -1, -1
	at := nodeID(0)
	for i := from; i < len(tokens); i++ {
		if i > from && tokens[i].gap > gapSlash {
			break
		}
		next, ok := t.steps[step{at, tokens[i].word}]
		if !ok || tokens[i].word == 0 {
			break
		}
		at = next
		if t.nodes[at].isRegion() {
			reg = nameMatch{at, i}
		}
		if len(t.nodes[at].districts) > 0 {
			dist = nameMatch{at, i}
		}
	}
	return reg, dist
}

// nameMatch is a name found in a text.
type nameMatch struct {
	node nodeID
	last int // its last token
}

// lookup finds what a whole phrase stands for.
func (t *nameTrie) lookup(phrase string) (place, bool) {
	tokens := tokenize(phrase, t)
	if len(tokens) == 0 {
		return place{}, false
	}
	reg, dist := t.longest(tokens, 0)
	switch {
	case reg.last == len(tokens)-1:
		return t.nodes[reg.node], true
	case dist.last == len(tokens)-1:
		return t.nodes[dist.node], true
	default:
		return place{}, false
	}
}
