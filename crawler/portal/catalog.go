package portal

import (
	_ "embed"
	"encoding/csv"
	"net/url"
	"strings"
	"sync"

	"kabar/storage/region"
)

// Candidate is an address that is said to be a portal of a region. Nobody has
// looked: it is never crawled unasked.
type Candidate struct {
	Region string // code
	Name   string
	URL    string
	Kind   string // official or news
	Grade  string // A: in Wikidata; B: named in a public file or page; C: from memory
	Note   string // what looks odd about it; mostly empty
}

// Definition is a definition of the candidate, ready to be looked at.
func (c Candidate) Definition() Definition {
	d := Definition{ID: IDFor(c.URL), Name: c.Name, Home: c.URL, Regions: []string{c.Region}}
	if r, ok := region.ByCode(c.Region); ok {
		d.Clock = r.Clock
	}
	return d
}

//go:embed catalog.csv
var catalogTable string

// catalog is read once, when first asked for.
var catalog = sync.OnceValue(func() []Candidate {
	table := csv.NewReader(strings.NewReader(catalogTable))
	table.Comment = '#'
	rows, err := table.ReadAll()
	if err != nil { // the table is embedded and a test reads it
		return nil
	}
	candidates := make([]Candidate, len(rows))
	for i, row := range rows {
		candidates[i] = Candidate{Region: row[0], Name: row[1], URL: row[2], Kind: row[3], Grade: row[4], Note: row[5]}
		if candidates[i].Name == "" {
			candidates[i].Name = hostOf(row[2])
		}
	}
	return candidates
})

// Search finds candidates in which every word stands in the name, the address
// or the names of its region and province, letter case ignored. A region code
// narrows them to that regency, or to a province with its regencies. Empty
// words and an empty code give the whole catalog, in order of region.
func Search(words, regionCode string) []Candidate {
	wanted := strings.Fields(strings.ToLower(words))
	var found []Candidate
	for _, c := range catalog() {
		inside := regionCode == "" || c.Region == regionCode || strings.HasPrefix(c.Region, regionCode+".")
		if inside && c.matches(wanted) {
			found = append(found, c)
		}
	}
	return found
}

func (c Candidate) matches(words []string) bool {
	if len(words) == 0 {
		return true
	}
	text := c.Name + " " + c.URL + " " + c.Region
	if r, ok := region.ByCode(c.Region); ok {
		province, _ := region.ByCode(r.Province)
		text += " " + r.Title() + " " + r.Capital + " " + province.Name
	}
	text = strings.ToLower(text)
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
