// Package region is the gazetteer: the 38 provinces and the 514 kabupaten and
// kota of Indonesia with their codes, seats, other names and clocks, and the
// names of their districts.
//
// The tables are embedded and read at first use, so that a program that never
// asks pays nothing. Their origin and licences are told in README.md.
package region

import (
	_ "embed" // the tables
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"time"
)

// Level is the rank of a region.
type Level string

// The two ranks of regions: provinces, and the kabupaten and kota of which
// they are made. "Regency" means a kabupaten or a kota.
const (
	Province  Level = "province"
	Kabupaten Level = "kabupaten"
	Kota      Level = "kota"
)

// Region is a province, a kabupaten or a kota.
type Region struct {
	Code     string // Home Affairs code: "13" a province, "13.02" a regency
	Level    Level
	Name     string   // without the type word: "Solok", "Sumatera Barat"
	Official string   // as in the decree: "Kabupaten Solok", "Provinsi Sumatera Barat"
	Capital  string   // the seat: "Arosuka"
	Province string   // code of its province; a province's own code
	Clock    string   // WIB, WITA or WIT
	Aliases  []string // other spellings and press abbreviations, without Name
}

// Title is the name as one says it: "Kabupaten Solok", "Kota Solok",
// "Sumatera Barat".
func (r Region) Title() string {
	switch r.Level {
	case Kabupaten:
		return "Kabupaten " + r.Name
	case Kota:
		return "Kota " + r.Name
	default:
		return r.Name
	}
}

// Location is the fixed zone of the region's clock, nil for the zero Region.
func (r Region) Location() *time.Location { return Zone(r.Clock) }

// ByCode finds a region by its Home Affairs code.
func ByCode(code string) (Region, bool) {
	g := gazetteer()
	i, ok := g.byCode[code]
	if !ok {
		return Region{}, false
	}
	return g.all[i], true
}

// All lists every region in order of code, each province before its
// regencies. Callers must not change the slice, which is shared.
func All() []Region { return gazetteer().all }

// Provinces lists the provinces in order of code.
func Provinces() []Region {
	var provinces []Region
	for _, r := range All() {
		if r.Level == Province {
			provinces = append(provinces, r)
		}
	}
	return provinces
}

// Regencies lists the kabupaten and kota of a province in order of code; none
// for a code that is no province's.
func Regencies(provinceCode string) []Region {
	g := gazetteer()
	first, ok := g.byCode[provinceCode]
	if !ok || g.all[first].Level != Province {
		return nil
	}
	end := first + 1
	for end < len(g.all) && g.all[end].Province == provinceCode {
		end++
	}
	return g.all[first+1 : end : end]
}

// table is the gazetteer as read from its file.
type table struct {
	all    []Region
	byCode map[string]int // index into all
}

//go:embed regions.csv
var regionsCSV string

var gazetteer = sync.OnceValue(func() table {
	rows := readTable(regionsCSV, 6)
	t := table{
		all:    make([]Region, 0, len(rows)),
		byCode: make(map[string]int, len(rows)),
	}
	for _, row := range rows {
		r := regionOf(row)
		t.byCode[r.Code] = len(t.all)
		t.all = append(t.all, r)
	}
	return t
})

// regionOf reads one row: code, name, capital, aliases, clock, and the
// official name where it is not the type word and the name.
func regionOf(row []string) Region {
	r := Region{Code: row[0], Name: row[1], Capital: row[2], Clock: row[4], Official: row[5]}
	r.Level = levelOf(r.Code)
	r.Province = r.Code[:2]
	if row[3] != "" {
		r.Aliases = strings.Split(row[3], "|")
	}
	if r.Official == "" {
		r.Official = r.Title()
		if r.Level == Province {
			r.Official = "Provinsi " + r.Name
		}
	}
	return r
}

// levelOf tells the rank by the code: within a province kota are numbered
// from 71 on (annex of Permendagri 72/2019).
func levelOf(code string) Level {
	switch {
	case len(code) == 2:
		return Province
	case code[3] >= '7':
		return Kota
	default:
		return Kabupaten
	}
}

// readTable reads an embedded table without its head. The table is part of
// the program, so a fault in it is a programming error.
func readTable(text string, columns int) [][]string {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = columns
	rows, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("region: embedded table: %v", err))
	}
	return rows[1:]
}
