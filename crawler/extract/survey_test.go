package extract

import (
	"testing"
	"time"

	"kabar/crawler/page"
)

func surveyOf(t *testing.T, markup string) *Survey {
	t.Helper()
	p, err := page.FromBytes("https://kabar.example/2026/01/rakor.html", []byte(markup), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := survey(p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSurveyBlocks(t *testing.T) {
	tests := []struct {
		name, markup string
		want         []string
	}{
		{"paragraphs", "<p>Satu</p><p>Dua</p>", []string{"Satu", "Dua"}},
		{"bare text in a div", "<div>Satu <div>Dua</div> Tiga</div>", []string{"Satu", "Dua", "Tiga"}},
		{"two line breaks end a block", "<td>Satu<br>satu<br><br>Dua</td>", []string{"Satu\nsatu", "Dua"}},
		{"inline elements join", "<p>Ka<b>bu</b>paten <i> Solok</i></p>", []string{"Kabupaten Solok"}},
		{"drop cap", `<p><span class="dropcap">K</span> AMPUNG itu</p>`, []string{"KAMPUNG itu"}},
		{"word hyphenated at the end of a line", "<p>kata kepala peme-<br>rintahan desa</p>", []string{"kata kepala pemerintahan desa"}},
		{"doubled words keep their hyphen", "<p>untuk anak-<br>anak dan sayur-<br>mayur</p>", []string{"untuk anak-anak dan sayur-mayur"}},
		{"dashes at the end of a line stay", "<p>Solok -<br>warga, tahun 2025-<br>2026, Padang-<br>Solok</p>", []string{"Solok -\nwarga, tahun 2025-\n2026, Padang-\nSolok"}},
		{"soft hyphens and zero width", "<p>peme&shy;rin\u200btah</p>", []string{"pemerintah"}},
		{"NFC", "<p>cafe\u0301</p>", []string{"caf\u00e9"}},
		{"entities once", "<p>a &amp;amp; b</p>", []string{"a &amp; b"}},
		{"characters that XML forbids", "<p>a\x0b\ufffeb</p>", []string{"ab"}},
		{"scripts and styles have no text", "<p>a</p><script>x</script><style>y</style><p>b</p>", []string{"a", "b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := surveyOf(t, tt.markup)
			var got []string
			for _, b := range s.Blocks {
				got = append(got, b.Text)
			}
			if len(got) != len(tt.want) {
				t.Fatalf("blocks of %q = %q, want %q", tt.markup, got, tt.want)
			}
			for i := range got {
				if got[i] != tt.want[i] {
					t.Errorf("block %d of %q = %q, want %q", i, tt.markup, got[i], tt.want[i])
				}
			}
		})
	}
}

func TestSurveyHidden(t *testing.T) {
	hidden := []string{
		`style="display:none"`, `style="visibility: hidden"`, `style="position:absolute;left:-9999px"`,
		`style="text-indent:-9999px"`, `style="font-size:0"`, `style="font-size:0px"`, `style="opacity:0"`, `hidden`, `aria-hidden="true"`,
		`style="DISPLAY : NONE !important"`,
	}
	for _, attr := range hidden {
		s := surveyOf(t, "<div "+attr+"><p>slot gacor</p></div><p>berita</p>")
		if len(s.Blocks) != 2 || !s.Blocks[0].Hidden || s.Blocks[1].Hidden {
			t.Errorf("with %s: blocks %+v, want the first hidden and the second not", attr, s.Blocks)
		}
	}
	for _, attr := range []string{`style="opacity:0.9"`, `style="font-size:0.9em"`, `style="margin-left:-15px"`, `style="display:block"`} {
		s := surveyOf(t, "<div "+attr+"><p>berita</p></div>")
		if s.Blocks[0].Hidden {
			t.Errorf("with %s: hidden, want seen", attr)
		}
	}
}

func TestSurveyAnchors(t *testing.T) {
	s := surveyOf(t, `<p>Lihat <a href="/a">Berita satu</a> dan <a href="/b"> dua </a></p><a href="/c"><h3>Tiga</h3><p>Empat</p></a>`)
	want := []struct{ href, text string }{{"/a", "Berita satu"}, {"/b", "dua"}, {"/c", "Tiga"}, {"/c", "Empat"}}
	if len(s.Anchors) != len(want) {
		t.Fatalf("%d anchors, want %d: %+v", len(s.Anchors), len(want), s.Anchors)
	}
	for i, a := range s.Anchors {
		if text := s.Blocks[a.Block].Text[a.Start:a.End]; a.Href != want[i].href || text != want[i].text {
			t.Errorf("anchor %d is %q to %s, want %q to %s", i, text, a.Href, want[i].text, want[i].href)
		}
	}
}
