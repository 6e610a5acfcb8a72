package region

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestByCode(t *testing.T) {
	got, ok := ByCode("13.02")
	want := Region{
		Code: "13.02", Level: Kabupaten, Name: "Solok", Official: "Kabupaten Solok",
		Capital: "Arosuka", Province: "13", Clock: "WIB",
	}
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Errorf("ByCode(13.02) (-want +got):\n%s", diff)
	}
	for _, code := range []string{"", "1", "99", "13.99", "13.02.01", "Solok"} {
		if r, ok := ByCode(code); ok {
			t.Errorf("ByCode(%q) = %v, want none", code, r)
		}
	}
}

func TestTitle(t *testing.T) {
	for code, want := range map[string][2]string{
		"13":    {"Sumatera Barat", "Provinsi Sumatera Barat"},
		"13.02": {"Kabupaten Solok", "Kabupaten Solok"},
		"13.72": {"Kota Solok", "Kota Solok"},
		"31":    {"DKI Jakarta", "Daerah Khusus Ibukota Jakarta"},
		"31.71": {"Kota Jakarta Pusat", "Kota Administrasi Jakarta Pusat"},
	} {
		r, _ := ByCode(code)
		if got := [2]string{r.Title(), r.Official}; got != want {
			t.Errorf("%s: title and official name %q, want %q", code, got, want)
		}
	}
}

func TestTableIsWhole(t *testing.T) {
	counts := map[Level]int{}
	clocks := map[string]int{}
	for _, r := range All() {
		counts[r.Level]++
		clocks[r.Clock]++
		if r.Name == "" || r.Official == "" || r.Capital == "" || r.Location() == nil {
			t.Errorf("%s is not complete: %+v", r.Code, r)
		}
		if _, ok := ByCode(r.Province); !ok {
			t.Errorf("%s belongs to no province", r.Code)
		}
		if slices.Contains(r.Aliases, r.Name) || slices.Contains(r.Aliases, "") {
			t.Errorf("%s has a useless alias: %q", r.Code, r.Aliases)
		}
	}
	if want := map[Level]int{Province: 38, Kabupaten: 416, Kota: 98}; !cmp.Equal(counts, want) {
		t.Errorf("levels %v, want %v", counts, want)
	}
	if want := map[string]int{"WIB": 319, "WITA": 162, "WIT": 71}; !cmp.Equal(clocks, want) {
		t.Errorf("clocks %v, want %v", clocks, want)
	}
	if !slices.IsSortedFunc(All(), func(a, b Region) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("All is not in order of code")
	}
}

func TestRegencies(t *testing.T) {
	n := 0
	for _, p := range Provinces() {
		for _, r := range Regencies(p.Code) {
			n++
			if r.Province != p.Code || r.Level == Province {
				t.Errorf("%s listed under %s", r.Code, p.Code)
			}
		}
	}
	if n != 514 {
		t.Errorf("%d regencies, want 514", n)
	}
	if got := Regencies("13.02"); got != nil {
		t.Errorf("a regency has regencies: %v", got)
	}
}

func TestDistricts(t *testing.T) {
	if got := len(Districts()); got != 7285 {
		t.Errorf("%d districts, want 7285", got)
	}
	for _, d := range Districts() {
		if r, ok := ByCode(d.Regency); !ok || r.Level == Province || d.Name != strings.TrimSpace(d.Name) || d.Name == "" {
			t.Errorf("bad district %+v", d)
		}
	}
	if !slices.Contains(Districts(), District{"Gunung Talang", "13.02"}) {
		t.Error("Gunung Talang is not in Kabupaten Solok")
	}
}

func TestZone(t *testing.T) {
	noon := time.Date(2026, 1, 20, 12, 0, 0, 0, time.UTC)
	for clock, want := range map[string]string{
		"WIB": "19:00 WIB", "wita": "20:00 WITA", "WIT": "21:00 WIT", "Wp": "21:00 WIT",
	} {
		if got := noon.In(Zone(clock)).Format("15:04 MST"); got != want {
			t.Errorf("noon UTC in %s is %s, want %s", clock, got, want)
		}
	}
	if Zone("") != nil || Zone("UTC") != nil {
		t.Error("unknown clocks have a zone")
	}
}

func TestIsWord(t *testing.T) {
	for word, want := range map[string]bool{"Batu": true, "NEGARA": true, "Solok": false, "": false} {
		if got := IsWord(word); got != want {
			t.Errorf("IsWord(%q) = %v", word, got)
		}
	}
}

func TestSearch(t *testing.T) {
	for _, c := range []struct {
		words string
		first []string // codes of the best matches, in order
	}{
		{"solok", []string{"13.02", "13.72", "13.11"}},
		{"Kab. Solok", []string{"13.02", "13.11"}},
		{"pemko solok", []string{"13.72"}},
		{"sumbar", []string{"13"}},
		{"sumatera barat", []string{"13"}},
		{"13.02", []string{"13.02"}},
		{"arosuka", []string{"13.02"}},
		{"pare-pare", []string{"73.72"}},
		{"lima puluh", []string{"12.19", "13.07"}},
		{"kutai kart", []string{"64.02"}},
		{"dki", []string{"31"}},
		{"", nil},
		{"  - ", nil},
		{"atlantis", nil},
	} {
		found := Search(c.words)
		var got []string
		for _, r := range found[:min(len(found), len(c.first))] {
			got = append(got, r.Code)
		}
		if !cmp.Equal(got, c.first) || (c.first == nil && len(found) > 0) {
			t.Errorf("Search(%q) begins with %v, want %v", c.words, got, c.first)
		}
	}
}

func BenchmarkReadTables(b *testing.B) {
	for b.Loop() {
		for _, row := range readTable(regionsCSV, 6) {
			regionOf(row)
		}
		readTable(districtsCSV, 2)
	}
}
