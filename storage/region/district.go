package region

import (
	_ "embed" // the table
	"strings"
	"sync"
)

// District is a kecamatan (in Papua a distrik).
type District struct {
	Name    string
	Regency string // code of the kabupaten or kota it belongs to
}

//go:embed districts.csv
var districtsCSV string

// Districts lists all districts in order of the codes of their regencies.
// Callers must not change the slice, which is shared.
func Districts() []District { return districts() }

var districts = sync.OnceValue(func() []District {
	all := make([]District, 0, strings.Count(districtsCSV, "|")+len(All()))
	for _, row := range readTable(districtsCSV, 2) {
		for name := range strings.SplitSeq(row[1], "|") {
			all = append(all, District{Name: name, Regency: row[0]})
		}
	}
	return all
})
