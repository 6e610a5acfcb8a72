package normalize

import "kabar/storage/region"

// Reasons of region tags, for explanations.
const (
	reasonTyped    = "typed"    // a type word or office stands with it
	reasonDateline = "dateline" // the article was written there
	reasonName     = "name"     // only one region has that name
	reasonListed   = "listed"   // in a list after a type word
	reasonProvince = "province" // its province is named beside it, or alone fits
	reasonHome     = "home"     // among several it is the portal's own
	reasonDistrict = "district" // one of its districts is named
	reasonSeat     = "seat"     // its seat is named
	reasonGuess    = "guess"    // several regions have that name
)

// resolver decides what the mentions of one article stand for.
type resolver struct {
	all       []region.Region
	home      int16 // -1 when the portal belongs nowhere
	mentions  []mention
	districts []district
	local     bool // speaks of the local administration, and not of the nation

	sure     []int16 // regions settled so far
	dateline []int16 // regions of the dateline
}

// resolve settles every mention it can; the others are dropped.
func (r *resolver) resolve() {
	r.settleTyped()
	r.settleDateline()
	for i := range r.mentions {
		if m := &r.mentions[i]; m.reason == "" && !m.dropped {
			r.settleOpen(i)
		}
	}
	r.settleSeats()
}

// settle fixes a mention to what is left of its candidates.
func (r *resolver) settle(m *mention, cands []int16, reason string) {
	m.cands, m.reason = cands, reason
	for _, c := range cands {
		r.sure = appendOnce(r.sure, c)
	}
}

// settleTyped drops what is blocked, and settles what a type word settles,
// also along a list.
func (r *resolver) settleTyped() {
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.blocked {
			m.dropped = true
			continue
		}
		reason := reasonTyped
		if !m.typed() && m.listed && i > 0 && (m.word || len(m.cands) > 1) {
			m.level, reason = r.mentions[i-1].level, reasonListed
			if len(ofLevel(m.cands, m.level)) == 0 {
				m.level = 0
			}
		}
		if !m.typed() {
			continue
		}
		if fitting := ofLevel(m.cands, m.level); len(fitting) > 0 {
			m.cands = fitting
		}
		if len(m.cands) == 1 || m.bothLevels() {
			r.settle(m, m.cands, reason)
		}
	}
}

// bothLevels tells whether two types stand before the name and the candidates
// are one of each: "Kabupaten dan Kota Solok".
func (m *mention) bothLevels() bool {
	var levels role
	for _, c := range m.cands {
		if levels&levelOf(c) != 0 {
			return false
		}
		levels |= levelOf(c)
	}
	return levels == m.level
}

func ofLevel(cands []int16, level role) []int16 {
	var fitting []int16
	for _, c := range cands {
		if levelOf(c)&level != 0 {
			fitting = append(fitting, c)
		}
	}
	return fitting
}

// settleDateline decides where the article was written. A name that several
// regions share stands for one that the text names, else for the portal's
// own, else for the city; a seat that several share is dropped.
func (r *resolver) settleDateline() {
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.part != inDateline || m.dropped {
			continue
		}
		if m.reason == "" {
			cands := m.cands
			if len(cands) > 1 {
				cands = r.narrow(m, i)
			}
			if len(cands) > 1 {
				cands = r.cityOf(cands)
			}
			if len(cands) != 1 {
				m.dropped = true
				continue
			}
			r.settle(m, cands, reasonDateline)
		}
		m.reason = reasonDateline
		r.dateline = union(r.dateline, m.cands)
	}
}

// cityOf picks the regency that has its seat in the place itself: the place
// Solok is the seat of Kota Solok, Banggai that of Banggai Laut.
func (r *resolver) cityOf(cands []int16) []int16 {
	var seats []int16
	for _, c := range cands {
		if r.all[c].Level == region.Province {
			continue
		}
		for _, named := range cands {
			if r.all[c].Capital == r.all[named].Name {
				seats = appendOnce(seats, c)
			}
		}
	}
	if len(seats) == 1 {
		return seats
	}
	return ofLevel(cands, kotaType)
}

// narrow keeps the candidates that the rest of the article speaks for, asking
// the strongest witness that knows any.
func (r *resolver) narrow(m *mention, i int) []int16 {
	cands := m.cands
	for _, witness := range [...]func(int16) bool{
		func(c int16) bool { return contains(r.sure, c) },
		func(c int16) bool { return r.beside(i, c) },
		func(c int16) bool { return contains(r.dateline, c) },
		func(c int16) bool { return c == r.home },
		func(c int16) bool { return r.home >= 0 && r.all[c].Province == r.all[r.home].Province },
		func(c int16) bool { return r.names(r.all[c].Province) },
		func(c int16) bool { return r.hasDistrict(c) },
		func(c int16) bool { return r.hasSeat(c, m) },
	} {
		var kept []int16
		for _, c := range cands {
			if witness(c) {
				kept = append(kept, c)
			}
		}
		if len(kept) > 0 {
			cands = kept
		}
		if len(cands) == 1 {
			break
		}
	}
	return cands
}

// beside tells whether the province of a candidate is named right after it.
func (r *resolver) beside(i int, c int16) bool {
	if i+1 >= len(r.mentions) || !r.mentions[i+1].follows {
		return false
	}
	for _, p := range r.mentions[i+1].cands {
		if reg := r.all[p]; reg.Level == region.Province && reg.Code == r.all[c].Province && p != c {
			return true
		}
	}
	return false
}

// names tells whether the article names a province by a name of its own.
func (r *resolver) names(province string) bool {
	for i := range r.mentions {
		m := &r.mentions[i]
		if !m.dropped && len(m.cands) == 1 && r.all[m.cands[0]].Code == province {
			return true
		}
	}
	return false
}

func (r *resolver) hasDistrict(c int16) bool {
	for _, d := range r.districts {
		if contains(d.regencies, c) {
			return true
		}
	}
	return false
}

func (r *resolver) hasSeat(c int16, but *mention) bool {
	for i := range r.mentions {
		if m := &r.mentions[i]; m != but && m.seat && contains(m.cands, c) {
			return true
		}
	}
	return false
}

// settleOpen decides a mention without a type word.
func (r *resolver) settleOpen(i int) {
	m := &r.mentions[i]
	if m.seat && !m.typed() {
		return
	}
	if m.word && !m.typed() && !r.vouched(i) {
		m.dropped = true
		return
	}
	if len(m.cands) == 1 {
		m.low = m.word && !contains(r.sure, m.cands[0])
		r.settle(m, m.cands, reasonName)
		return
	}
	cands := r.narrow(m, i)
	reason := r.witness(cands, i)
	if len(cands) > 1 {
		cands, reason, m.low = r.guess(cands), reasonGuess, true
	}
	if len(cands) != 1 {
		m.dropped = true
		return
	}
	r.settle(m, cands, reason)
}

// witness names what spoke for the one candidate that is left.
func (r *resolver) witness(cands []int16, i int) string {
	if len(cands) != 1 {
		return ""
	}
	c := cands[0]
	switch {
	case contains(r.dateline, c):
		return reasonDateline
	case contains(r.sure, c):
		return reasonTyped
	case r.beside(i, c):
		return reasonProvince
	case c == r.home:
		return reasonHome
	case r.hasDistrict(c):
		return reasonDistrict
	default:
		return reasonProvince
	}
}

// vouched tells whether something says that a name which is also a word is
// meant as a name here.
func (r *resolver) vouched(i int) bool {
	m := &r.mentions[i]
	if m.dwelling && !m.hard {
		return true
	}
	for _, c := range m.cands {
		if contains(r.sure, c) || r.beside(i, c) || c == r.home && m.plain && m.first > 0 && (!m.hard || m.dwelling) {
			return true
		}
	}
	return false
}

// guess picks the likelier one of regions with the same name: a province
// before its regencies, a kabupaten before a kota.
func (r *resolver) guess(cands []int16) []int16 {
	for _, level := range [...]role{provinceType, kabupatenType} {
		if fitting := ofLevel(cands, level); len(fitting) == 1 {
			return fitting
		}
	}
	return nil
}

// settleSeats lets a seat in running text speak for its region only when
// nothing else names a regency, for most seats are villages elsewhere too.
func (r *resolver) settleSeats() {
	regencies := 0
	for _, c := range r.sure {
		if r.all[c].Level != region.Province {
			regencies++
		}
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.reason != "" || m.dropped {
			continue
		}
		cands := m.cands
		if len(cands) > 1 {
			cands = r.narrow(m, i)
		}
		switch {
		case len(cands) != 1:
			m.dropped = true
		case contains(r.sure, cands[0]):
			r.settle(m, cands, reasonSeat)
		case regencies > 0 || m.word && cands[0] != r.home:
			m.dropped = true
		default:
			m.low = true
			m.cands, m.reason = cands, reasonSeat
		}
	}
}

// districtRegion decides what region a named district speaks for: one that
// is settled or the portal's own, else the only one that has it, if the text
// calls it a district or names nothing else.
func (r *resolver) districtRegion(d district, alone bool) (int16, bool) {
	if known := intersect(d.regencies, r.sure); len(known) > 0 {
		return known[0], true
	}
	if r.home >= 0 && contains(d.regencies, r.home) {
		return r.home, d.typed || alone
	}
	if !d.typed {
		if alone && d.plain && len(d.regencies) == 1 {
			return d.regencies[0], true
		}
		return 0, false
	}
	cands := d.regencies
	for _, near := range [...]func(int16) bool{
		func(c int16) bool { return r.names(r.all[c].Province) },
		func(c int16) bool { return r.home >= 0 && r.all[c].Province == r.all[r.home].Province },
	} {
		var kept []int16
		for _, c := range cands {
			if near(c) {
				kept = append(kept, c)
			}
		}
		if len(kept) > 0 {
			cands = kept
		}
	}
	if len(cands) != 1 {
		return 0, false
	}
	return cands[0], true
}
