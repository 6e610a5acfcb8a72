package indodate

import (
	"strings"
	"testing"
	"time"

	"kabar/storage/news"
)

func fuzzSeeds(f *testing.F) {
	for _, row := range readings {
		f.Add(row.text, true, false)
		f.Add(row.text, false, true)
	}
	for _, text := range []string{
		"10-10-10-10-10-10", "1/1/1/1/1", "T T T T", "2024-05-14T", "2024-05-14T99:99:99Z", "Mei Mei Mei", "lalu lalu",
		"99999999999999999999 hari lalu", "2024-05-14T15:29:10+99:99", "\xff\xfe 14 Mei 2024", "年月日時分秒", "senin selasa rabu",
		strings.Repeat("14 ", 100), strings.Repeat("1, ", 100) + "Mei 2024", "1969-12-31T23:59:60-08:00", "24.00.00",
	} {
		f.Add(text, true, true)
	}
}

// checkReading asserts what holds of every reading, whatever the text.
func checkReading(t *testing.T, text string, r Reading, c Context) {
	t.Helper()
	if y := r.Stamp.Time.Year(); y < 1900 || y > 2100 {
		t.Errorf("%q: year %d is out of bounds", text, y)
	}
	if r.From < 0 || r.To > len(text) || r.From >= r.To {
		t.Errorf("%q: read bytes %d to %d of %d", text, r.From, r.To, len(text))
	}
	if r.Stamp.IsZero() {
		t.Errorf("%q: read, but without precision", text)
	}
	if !r.End.IsZero() && r.End.Before(r.Stamp.Time) && r.Stamp.Precision == news.Day {
		t.Errorf("%q: ends %v before it begins %v", text, r.End, r.Stamp.Time)
	}
	again, err := Read(r.Stamp.RFC3339(), c)
	if err != nil && r.Stamp.Time.Year() > 1901 && !known(r.Stamp.Time) {
		t.Errorf("%q: own output %s is refused: %v", text, r.Stamp.RFC3339(), err)
	}
	if err == nil && !again.Stamp.Time.Equal(r.Stamp.Time) {
		t.Errorf("%q: own output %s is read as %s", text, r.Stamp.RFC3339(), again.Stamp.RFC3339())
	}
}

// known tells days that are refused as placeholders but can be the beginning
// of a month, a year or a span.
func known(at time.Time) bool {
	return at.Year() == 1970 || at.Year() == 1969 || at.Year() == 2010
}

func FuzzRead(f *testing.F) {
	fuzzSeeds(f)
	f.Fuzz(func(t *testing.T, text string, ref, monthFirst bool) {
		c := Context{Zone: wita, MonthFirst: monthFirst}
		if ref {
			c.Ref = tableRef
		}
		r, err := Read(text, c)
		if err != nil {
			if _, ok := err.(*Refused); !ok {
				t.Fatalf("%q: error %v is not a *Refused", text, err)
			}
			return
		}
		checkReading(t, text, r, c)
	})
}

func FuzzFind(f *testing.F) {
	fuzzSeeds(f)
	f.Add("Bupati hadir pada Senin (10/3/2025). Rapat 12 Maret 2025 pukul 10.00 WIB selesai.", true, false)
	f.Fuzz(func(t *testing.T, text string, ref, monthFirst bool) {
		c := Context{MonthFirst: monthFirst}
		if ref {
			c.Ref = tableRef
		}
		for _, r := range Find(text, c) {
			checkReading(t, text, r, c)
		}
	})
}

func TestFind(t *testing.T) {
	text := "AROSUKA – Rapat digelar Senin (10/3/2025) dan dilanjutkan 12 Maret 2025 pukul 10.00 WIB. Harga Rp 14.052.024, telepon 0812-3456-7890."
	found := Find(text, Context{Zone: wib})
	var got []string
	for _, r := range found {
		got = append(got, r.Stamp.Text()+" "+text[r.From:r.To])
	}
	want := "2025-03-10 Senin (10/3/2025|2025-03-12T10:00:00+07:00 12 Maret 2025 pukul 10.00 WIB"
	if strings.Join(got, "|") != want {
		t.Errorf("found %q, want %s", got, want)
	}
}

func TestFindMarksChanges(t *testing.T) {
	found := Find("Terbit 14 Mei 2024, diperbarui 16 Mei 2024", Context{})
	if len(found) != 2 || len(found[0].Flags) != 0 || found[1].Flags[0] != "updated" {
		t.Errorf("found %+v", found)
	}
}

// Read and Find take time in proportion to the text: twice the text is read in
// well under four times the time.
func TestFindIsLinear(t *testing.T) {
	for _, piece := range []string{"14 Mei 2024 ", "1, ", "14 - ", "senin ", "10:30 ", "2 jam ", "Mei ", "1/1/", "(12/7) ", "kemarin ", "x "} {
		short, long := strings.Repeat(piece, 20_000/len(piece)), strings.Repeat(piece, 60_000/len(piece))
		for attempt := range 5 { // a busy machine is slow once, a bad algorithm always
			a, b := fastest(short), fastest(long)
			if b <= 12*a || b <= 20*time.Millisecond {
				break
			}
			if attempt == 4 {
				t.Errorf("%q: %v for three times the text of %v", piece, b, a)
			}
		}
	}
}

// fastest is the shortest of a few runs, which other work on the machine
// disturbs least.
func fastest(text string) time.Duration {
	best := time.Hour
	for range 4 {
		start := time.Now()
		Find(text, Context{Ref: tableRef})
		best = min(best, time.Since(start))
	}
	return best
}

func TestReadIsBounded(t *testing.T) {
	_, err := Read(strings.Repeat("x", MaxBytes+1), Context{})
	if refused, ok := err.(*Refused); !ok || refused.Why != "too-long" {
		t.Errorf("long text gives %v", err)
	}
	if r := Find(strings.Repeat("x ", MaxFindBytes)+"14 Mei 2024", Context{}); len(r) != 0 {
		t.Errorf("found %v behind the bound", r)
	}
}

// A date line of a page is read with a handful of allocations.
func TestReadAllocations(t *testing.T) {
	text := "Selasa, 14 Mei 2024 | 15.29 WIB"
	if n := testing.AllocsPerRun(100, func() { _, _ = Read(text, Context{Zone: wita}) }); n > 6 {
		t.Errorf("%v allocations for one date line", n)
	}
}

func BenchmarkRead(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = Read("Selasa, 14 Mei 2024 | 15.29 WIB", Context{Zone: wita})
	}
}
