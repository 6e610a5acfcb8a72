package normalize

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kabar/storage/news"
	"kabar/storage/region"
)

// sentence is a row of testdata/sentences.tsv: its kind, the portal's region
// or "-", the expected codes with the primary one first or "-", the text.
type sentence struct {
	kind, home, text string
	codes            []string
}

func readSentences(t *testing.T) []sentence {
	t.Helper()
	data, err := os.ReadFile("testdata/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var all []sentence
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != 4 {
			t.Fatalf("testdata/sentences.tsv: %q has not four cells", line)
		}
		s := sentence{kind: cells[0], home: strings.Trim(cells[1], "-"), text: cells[3]}
		if cells[2] != "-" {
			s.codes = strings.Fields(cells[2])
		}
		all = append(all, s)
	}
	return all
}

func codesOf(tags []news.RegionTag) (codes []string, primary string) {
	for _, tag := range tags {
		codes = append(codes, tag.Code)
		if tag.Primary {
			primary = tag.Code
		}
	}
	return codes, primary
}

func TestTagRegionsSentences(t *testing.T) {
	for _, s := range readSentences(t) {
		t.Run(s.kind, func(t *testing.T) {
			tags := TagRegions(s.text, s.home)
			codes, primary := codesOf(tags)
			want := ""
			if len(s.codes) > 0 {
				want = s.codes[0]
			}
			if primary != want {
				t.Errorf("%q (home %q): primary %q, want %q", s.text, s.home, primary, want)
			}
			slices.Sort(codes)
			slices.Sort(s.codes)
			if !slices.Equal(codes, s.codes) {
				t.Errorf("%q (home %q):\ngot  %v\nwant %v", s.text, s.home, tags, s.codes)
			}
		})
	}
}

// TestTagRegionsKnowsEveryRegion writes each region as its own papers do.
func TestTagRegionsKnowsEveryRegion(t *testing.T) {
	offices := map[region.Level][]string{
		region.Province:  {"Gubernur ", "Pemprov "},
		region.Kabupaten: {"Bupati ", "Pemkab ", "Kab. ", "DPRD Kabupaten "},
		region.Kota:      {"Wali Kota ", "Pemkot ", "Wako ", "Sekda Kota "},
	}
	for _, r := range region.All() {
		for _, office := range offices[r.Level] {
			text := office + r.Name + " membagikan bibit kepada petani."
			for _, text := range []string{text, strings.ToUpper(text)} {
				codes, _ := codesOf(TagRegions(text, ""))
				if !slices.Equal(codes, []string{r.Code}) {
					t.Errorf("%q: %v, want %s", text, codes, r.Code)
				}
			}
		}
	}
}

func TestTagRegionsReasons(t *testing.T) {
	for _, c := range []struct {
		name, text, home string
		want             news.RegionTag
	}{
		{"typed", "Bupati Solok membuka rapat.", "", news.RegionTag{Code: "13.02", Reason: "typed", Primary: true}},
		{"dateline", "AROSUKA - Rapat dibuka.", "", news.RegionTag{Code: "13.02", Reason: "dateline", Primary: true}},
		{"name", "Hujan turun di Jember.", "", news.RegionTag{Code: "35.09", Reason: "name", Primary: true}},
		{"home", "Warga Solok panen.", "13.72", news.RegionTag{Code: "13.72", Reason: "home", Primary: true}},
		{"district", "Camat Gunung Talang hadir.", "", news.RegionTag{Code: "13.02", Reason: "district", Primary: true}},
		{"seat", "Kebakaran melanda pasar di Painan.", "", news.RegionTag{Code: "13.01", Reason: "seat", Low: true, Primary: true}},
		{"guess", "Warga Bogor panen.", "", news.RegionTag{Code: "32.01", Reason: "guess", Low: true, Primary: true}},
		{"office only", "Camat memimpin rapat.", "13.02", news.RegionTag{Code: "13.02", Reason: "home", Low: true, Primary: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff([]news.RegionTag{c.want}, TagRegions(c.text, c.home)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", c.text, diff)
			}
		})
	}
}

func TestTagArticle(t *testing.T) {
	for _, c := range []struct {
		name, title, place, body, home string
		want                           []string // primary first
	}{
		{
			name:  "title and dateline agree",
			title: "Sekda Pimpin Rapat Perdana", place: "AROSUKA",
			body: "AROSUKA – Pemerintah Kabupaten Solok memulai tahun anggaran baru.",
			want: []string{"13.02"},
		},
		{
			name:  "written elsewhere",
			title: "Bupati Pidie Jaya Temui Menteri", place: "Jakarta",
			body: "Jakarta – Pemerintah Kabupaten Pidie Jaya mengajukan bantuan perumahan.\nBupati Pidie Jaya berharap usulan itu diterima.",
			want: []string{"11.18", "31"},
		},
		{
			name:  "a list of names is no subject",
			title: "Bupati Ngawi Buka Lomba Desa", place: "NGAWI",
			body: "NGAWI – Lomba dibuka di alun-alun.\nPeserta datang dari Magetan, Ponorogo, Pacitan, Trenggalek, Tulungagung, Nganjuk, Jombang, dan Bojonegoro.",
			want: []string{"35.21"},
		},
		{
			name:  "named in passing",
			title: "Harga Cabai di Jember Turun", place: "JEMBER",
			body: "JEMBER – Harga cabai turun.\n" + strings.Repeat("Pedagang senang karena pembeli kembali ramai. ", 20) + "Sebagian pasokan datang dari Kediri.",
			want: []string{"35.09"},
		},
		{
			name:  "home decides",
			title: "Warga Solok Panen Raya", body: "Panen raya digelar di sawah warga.", home: "13.72",
			want: []string{"13.72"},
		},
		{
			name:  "only the local office is named",
			title: "Camat Diminta Siaga", body: "Bupati meminta semua camat bersiaga.", home: "33.18",
			want: []string{"33.18"},
		},
		{name: "nothing", title: "Tips Merawat Tanaman", body: "Siram setiap pagi.", home: "33.18"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tags := TagArticle(c.title, c.place, c.body, c.home)
			codes, primary := codesOf(tags)
			if !slices.Equal(codes, c.want) || len(c.want) > 0 && primary != c.want[0] {
				t.Errorf("got %+v, want %v", tags, c.want)
			}
		})
	}
}

func FuzzTagRegions(f *testing.F) {
	f.Add("AROSUKA – Bupati Solok dan Wali Kota Solok hadir di Jalan Padang-Pekanbaru.", "13.02")
	f.Add("KOTA BATU/KABUPATEN MALANG (Pemkab), Kab. Kab. Kota Kota", "35")
	f.Add("dari Sabang sampai Merauke\u2026 'Padang' d'Kupang \xff\xfe", "x")
	f.Fuzz(func(t *testing.T, text, home string) {
		for _, tags := range [][]news.RegionTag{TagRegions(text, home), TagArticle(text, text, text, home)} {
			seen := map[string]bool{}
			primary := 0
			for _, tag := range tags {
				if _, ok := region.ByCode(tag.Code); !ok || seen[tag.Code] || tag.Reason == "" {
					t.Errorf("bad tag %+v", tag)
				}
				seen[tag.Code] = true
				if tag.Primary {
					primary++
				}
			}
			if len(tags) > 0 && primary != 1 {
				t.Errorf("%d primary tags in %+v", primary, tags)
			}
		}
	})
}

func BenchmarkTagArticle(b *testing.B) {
	body := "AROSUKA – Pemerintah Kabupaten Solok memulai tahun anggaran baru. " +
		strings.Repeat("Sekretaris daerah meminta seluruh perangkat daerah di Kabupaten Solok, termasuk Kecamatan Gunung Talang, bekerja sama dengan Kota Padang. ", 30)
	gazetteer()
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		TagArticle("Sekda Pimpin Rapat Perdana", "AROSUKA", body, "13.02")
	}
}
