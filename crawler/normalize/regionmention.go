package normalize

import (
	"strings"

	"kabar/storage/region"
)

// part is where in an article a text stands; a later one counts less.
type part uint8

const (
	inTitle part = iota
	inDateline
	inLead
	inBody
	parts
)

// mention is a name of a region where it stands in a text, with what the
// words beside it say.
type mention struct {
	part  part
	cands []int16 // regions it may stand for; index into region.All
	level role    // the type words before it; 0 for none

	office   bool // the type word is an office, after which its holder may be named
	seat     bool // named only as a seat
	word     bool // also an ordinary word
	hard     bool // … that nearly always means something else
	blocked  bool // belongs to the name of something else
	dwelling bool // written as a place is: after "di", "warga" …, capitalized inside a sentence
	listed   bool // joined to the mention before by commas and "dan" only
	follows  bool // an adjoining name follows the mention before after a comma: "Banjar, Jawa Barat"
	plain    bool // stands in ordinary writing, where capitals tell something

	first, last int    // tokens
	reason      string // how it was settled; empty while it is open
	low         bool
	dropped     bool
}

// typed tells whether a type word settles the level.
func (m *mention) typed() bool { return m.level != 0 }

// district is the name of a district where it stands in a text.
type district struct {
	part      part
	regencies []int16
	typed     bool // after "Kecamatan", "Camat" …
	plain     bool // of several words and written as a place is
}

// mentionReader finds the mentions of one text.
type mentionReader struct {
	t      *nameTrie
	text   string
	tokens []token
	part   part
	loud   bool // all in capitals: they tell nothing
	titled bool // most words capitalized, as in a headline
	place  span // of the dateline, where names are places without doubt
	head   int  // where the text after the dateline begins

	mentions  []mention
	districts []district
	local     bool // speaks of the local administration
	national  bool
}

// readMentions finds every name of a region in a text, and the districts.
func readMentions(t *nameTrie, text string, p part) mentionReader {
	r := mentionReader{t: t, text: text, tokens: tokenize(text, t), part: p}
	if p == inDateline {
		r.place = span{0, len(text)}
	} else if d := (datelineReader{text: text}); d.read() {
		r.place, r.head = d.place, d.rest
	}
	r.style(text[r.head:])
	for i := 0; i < len(r.tokens) && len(r.mentions)+len(r.districts) < maxMentions; {
		i = r.at(i)
	}
	return r
}

// maxMentions bounds the names read from one text, for each is weighed
// against the others.
const maxMentions = 500

// style tells how a text uses capitals.
func (r *mentionReader) style(text string) {
	words, caps, uppers := 0, 0, 0
	for _, t := range r.tokens {
		if t.start < r.head || t.end-t.start < 3 {
			continue
		}
		words++
		if t.cap {
			caps++
		}
		if t.upper {
			uppers++
		}
	}
	r.loud = words >= 2 && uppers*5 >= words*4
	r.titled = words >= 3 && caps*5 >= words*4
}

// at reads what begins at a token and returns the token to go on with.
func (r *mentionReader) at(i int) int {
	tok := r.tokens[i]
	r.local = r.local || r.t.is(tok.word, localOffice) || r.isWaliKota(i)
	r.national = r.national || r.t.is(tok.word, national)
	if tok.word == 0 || r.isPreposition(i) {
		return i + 1
	}
	reg, dist := r.t.longest(r.tokens, i)
	if dist.last >= 0 && r.tokens[dist.last].cap && r.districtBefore(i) {
		r.districts = append(r.districts, district{part: r.part, regencies: r.t.nodes[dist.node].districts, typed: true})
		return dist.last + 1
	}
	if dist.last > reg.last && r.tokens[dist.last].cap && !r.isType(i) {
		return r.atDistrict(i, reg, dist)
	}
	if reg.last < 0 || !r.tokens[reg.last].cap {
		return i + 1
	}
	p := r.t.nodes[reg.node]
	m := mention{cands: p.names, seat: len(p.names) == 0, word: p.word, first: i, last: reg.last}
	if m.seat {
		m.cands = p.seats
	}
	return r.mention(m, p)
}

// isPreposition tells "di Yogyakarta", in Yogyakarta, from "DI Yogyakarta",
// the province.
func (r *mentionReader) isPreposition(i int) bool {
	return r.isNamed(i, "di") && (!r.tokens[i].upper || r.loud && !r.levelBefore(i).any())
}

// isType tells whether a word is the type word of the name after it, though
// a district begins with it too: "Kota Padang Panjang" is not Kota Padang.
func (r *mentionReader) isType(i int) bool {
	if !r.t.is(r.tokens[i].word, anyLevel) || i+1 == len(r.tokens) || r.tokens[i+1].gap != gapSpace {
		return false
	}
	reg, _ := r.t.longest(r.tokens, i+1)
	return reg.last >= 0
}

// atDistrict reads the name of a district that is no region. One that begins
// with the name of its own regency ("Padang Timur") speaks of that.
func (r *mentionReader) atDistrict(i int, reg, dist nameMatch) int {
	regencies := r.t.nodes[dist.node].districts
	r.districts = append(r.districts, district{
		part: r.part, regencies: regencies, typed: reg.last < 0 && r.inPlace(i),
		plain: dist.last > i && r.isDwelling(mention{first: i, last: dist.last}),
	})
	if reg.last < 0 {
		return dist.last + 1
	}
	p := r.t.nodes[reg.node]
	own := intersect(p.names, regencies)
	if len(own) == 0 && !r.levelBefore(i).any() {
		return dist.last + 1
	}
	if len(own) == 0 {
		return r.mention(mention{cands: p.names, word: p.word, first: i, last: reg.last}, p)
	}
	return r.mention(mention{cands: own, word: p.word, first: i, last: dist.last}, p)
}

// mention adds one with all that the words around it say.
func (r *mentionReader) mention(m mention, p place) int {
	m.part = r.part
	next := m.last + 1
	if start := r.tokens[m.first].start; start < r.head {
		if !r.inPlace(m.first) {
			return next // the agency's name
		}
	}
	if r.inPlace(m.first) {
		m.part = inDateline
		m.cands, m.seat = union(p.names, p.seats), false
	} else if m.part == inBody && r.tokens[m.first].start < r.head+leadBytes {
		m.part = inLead
	}
	m.plain = !r.loud && !r.titled
	m.hard = m.first == m.last && r.t.is(r.tokens[m.first].word, hardWord)
	kind := r.levelBefore(m.first)
	m.level, m.office = kind.level, kind.office
	if r.kotaAfter(m) {
		m.level = kotaType
		next++
	}
	r.relate(&m)
	switch {
	case !m.typed():
		m.blocked = m.blocked || r.blockedBefore(m.first) || r.blockedAfter(m.last)
	case len(ofLevel(m.cands, m.level)) == 0: // "Kapolda Metro Jaya"
		m.blocked = m.blocked || r.blockedAfter(m.last)
	}
	m.dwelling = r.isDwelling(m)
	r.mentions = append(r.mentions, m)
	return next
}

// leadBytes is how much of a body is its lead.
const leadBytes = 450

func (r *mentionReader) inPlace(i int) bool {
	return !r.place.empty() && r.tokens[i].start >= r.place.start && r.tokens[i].end <= r.place.end
}

// relate tells how a mention hangs together with the one before.
func (r *mentionReader) relate(m *mention) {
	if len(r.mentions) == 0 {
		return
	}
	before := &r.mentions[len(r.mentions)-1]
	between := r.tokens[before.last+1 : m.first]
	first := r.tokens[m.first].gap
	switch {
	case len(between) == 0 && first == gapHyphen:
		m.blocked = before.blocked // "Jalan Solok-Padang"
		m.listed = true
	case len(between) == 0 && first == gapSpace:
		m.blocked = before.office || before.blocked && !m.typed() // "Bupati Solok Bima Arya"
	case len(between) == 0 && (first == gapComma || first == gapParen):
		m.follows, m.listed = true, true
	case len(between) == 1 && (r.t.is(between[0].word, connector)) && between[0].gap <= gapComma && first == gapSpace:
		m.listed = true
	case len(between) == 1 && between[0].word == r.t.words["di"] && first == gapSpace:
		m.follows = true
	}
	if len(between) <= 1 && (len(between) == 0 && first == gapHyphen || len(between) == 1 && r.t.is(between[0].word, until)) &&
		r.isNamed(before.last, "sabang") && r.isNamed(m.first, "merauke") {
		before.blocked, m.blocked = true, true
	}
}

func (r *mentionReader) isNamed(i int, word string) bool { return r.tokens[i].word == r.t.words[word] }

// kind is what the words before a name say it is.
type kind struct {
	level  role // any of kabupatenType, kotaType, provinceType
	office bool
}

func (k kind) any() bool { return k.level != 0 }

const anyLevel = kabupatenType | kotaType | provinceType

// levelBefore looks up to three words back for a type word, over words that
// may stand between.
func (r *mentionReader) levelBefore(i int) kind {
	stop := max(0, i-3)
	if n := len(r.mentions); n > 0 {
		stop = max(stop, r.mentions[n-1].last+1)
	}
	for k := i - 1; k >= stop; k-- {
		if r.tokens[k+1].gap >= gapComma {
			break
		}
		word := r.tokens[k].word
		if r.t.is(word, anyLevel) && !r.isCapitalCity(k) {
			office := r.t.is(word, officeHolder) || r.isWaliKota(k)
			return kind{r.t.roles[word]&anyLevel | r.otherLevel(k), office}
		}
		if !r.t.is(word, filler|connector) {
			break
		}
	}
	return kind{}
}

// isCapitalCity tells whether "kota" stands in "ibu kota".
func (r *mentionReader) isCapitalCity(k int) bool {
	return k > 0 && r.isNamed(k, "kota") && r.isNamed(k-1, "ibu")
}

// isWaliKota tells whether a word is the second of "wali kota".
func (r *mentionReader) isWaliKota(k int) bool {
	return k > 0 && r.isNamed(k, "kota") && r.isNamed(k-1, "wali")
}

// otherLevel reads the first of two types joined before one name: "Kabupaten
// dan Kota Solok", "Kabupaten/Kota Bogor".
func (r *mentionReader) otherLevel(k int) role {
	if r.isWaliKota(k) {
		k--
	}
	if k > 0 && r.tokens[k].gap == gapSlash {
		return r.t.roles[r.tokens[k-1].word] & anyLevel
	}
	if k > 1 && r.t.is(r.tokens[k-1].word, connector) && r.tokens[k-1].gap == gapSpace {
		return r.t.roles[r.tokens[k-2].word] & anyLevel
	}
	return 0
}

// kotaAfter tells whether the police of a city is named: "Polres Magelang Kota".
func (r *mentionReader) kotaAfter(m mention) bool {
	after := m.last + 1
	if after >= len(r.tokens) || !r.isNamed(after, "kota") || r.tokens[after].gap != gapSpace || !r.tokens[after].cap {
		return false
	}
	if after+1 < len(r.tokens) && r.tokens[after+1].gap == gapSpace && r.tokens[after+1].cap {
		if reg, _ := r.t.longest(r.tokens, after+1); reg.last >= 0 {
			return false // "Polres Solok Kota Padang" has lost a comma
		}
	}
	for k := m.first - 1; k >= max(0, m.first-3); k-- {
		if r.t.is(r.tokens[k].word, police) {
			return true
		}
	}
	return false
}

// districtBefore tells whether "Kecamatan", "Camat" or the like stands right
// before a name.
func (r *mentionReader) districtBefore(i int) bool {
	return i > 0 && r.tokens[i].gap < gapComma && r.t.is(r.tokens[i-1].word, districtType)
}

// isDwelling tells whether a name that is also a word is written as a place:
// capitalized inside a sentence, after a word that places follow, and not the
// beginning of a longer name.
func (r *mentionReader) isDwelling(m mention) bool {
	i := m.first
	if i > 0 && r.tokens[i].gap == gapSpace && r.t.is(r.tokens[i-1].word, institution) {
		return true
	}
	if r.loud || r.titled || i == 0 || r.tokens[i].gap != gapSpace || r.tokens[i].opens {
		return false
	}
	if !r.t.is(r.tokens[i-1].word, dwelling) && (m.last > i || !r.t.is(r.tokens[i].word, properName)) {
		return false
	}
	after := m.last + 1
	return after >= len(r.tokens) || r.tokens[after].gap != gapSpace || !r.tokens[after].cap
}

// blockedBefore tells whether the word before a name makes it the name of
// something else: a lake, a dish, a club, a street.
func (r *mentionReader) blockedBefore(i int) bool {
	k := i - 1
	if k < 0 || r.tokens[i].gap >= gapParen {
		return false
	}
	word := r.tokens[k].word
	switch {
	case r.t.is(word, blocker|dish), r.tokens[k].cap && isClub(r.t, word, r.text[r.tokens[k].start:r.tokens[k].end]):
		return true
	case k > 0 && !r.tokens[k].cap && r.t.roles[word] == 0 && r.tokens[k].gap == gapSpace && r.t.is(r.tokens[k-1].word, dish):
		return true
	case r.t.is(word, properBlocker):
		return r.tokens[k].cap
	case r.t.is(word, road):
		return r.tokens[k].cap || !r.isNamed(k, "jalan") || i+1 >= len(r.tokens) || r.tokens[i+1].gap != gapHyphen
	}
	return r.reaches(k, schoolFill, school) || r.reaches(k, roadFill, road) || !r.titled && !r.loud && r.isCampus(k)
}

// isClub tells whether a word is made as the names of football clubs are:
// "Persib", "Persipura".
func isClub(t *nameTrie, word wordID, s string) bool {
	return len(s) >= 6 && len(s) <= 11 && !t.is(word, noClub) &&
		(strings.EqualFold(s[:5], "persi") || strings.EqualFold(s[:5], "perse") || strings.EqualFold(s[:5], "persa"))
}

// isCampus tells whether a name ends the proper name of a university:
// "Universitas Brawijaya Malang".
func (r *mentionReader) isCampus(k int) bool {
	for stop := max(0, k-3); k >= stop && r.tokens[k].cap; k-- {
		if r.t.is(r.tokens[k].word, school) {
			return true
		}
		if r.tokens[k].gap >= gapParen || r.t.is(r.tokens[k].word, anyLevel) {
			return false
		}
	}
	return false
}

// reaches looks back over filling words for a word of a role.
func (r *mentionReader) reaches(k int, over, role role) bool {
	for stop := max(0, k-5); k >= stop; k-- {
		if r.t.is(r.tokens[k].word, role) {
			return true
		}
		if !r.t.is(r.tokens[k].word, over) || r.tokens[k].gap >= gapParen {
			return false
		}
	}
	return false
}

// blockedAfter tells whether the word after a name makes it the name of
// something else: "Bali United", "Banten Lama".
func (r *mentionReader) blockedAfter(last int) bool {
	after := last + 1
	return after < len(r.tokens) && r.tokens[after].gap <= gapHyphen && r.tokens[after].cap && r.t.is(r.tokens[after].word, afterBlocker)
}

func intersect(a, b []int16) []int16 {
	var both []int16
	for _, x := range a {
		if contains(b, x) {
			both = append(both, x)
		}
	}
	return both
}

func union(a, b []int16) []int16 {
	if len(b) == 0 {
		return a
	}
	all := a[:len(a):len(a)]
	for _, x := range b {
		all = appendOnce(all, x)
	}
	return all
}

func contains(list []int16, x int16) bool {
	for _, have := range list {
		if have == x {
			return true
		}
	}
	return false
}

// levelOf is the role of the type word of a region.
func levelOf(i int16) role {
	switch region.All()[i].Level {
	case region.Kabupaten:
		return kabupatenType
	case region.Kota:
		return kotaType
	default:
		return provinceType
	}
}
