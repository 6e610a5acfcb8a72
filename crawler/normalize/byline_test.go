package normalize

import (
	"slices"
	"strings"
	"testing"
)

func TestReadByline(t *testing.T) {
	for _, c := range []struct {
		text    string
		authors []string
		ok      bool
	}{
		{"Penulis: Sri Wahyuni | Editor: Joko Susilo", []string{"Sri Wahyuni"}, true},
		{"Penulis : Sri Wahyuni Editor : Joko Susilo", []string{"Sri Wahyuni"}, true},
		{"Pewarta: Rahmat Hidayat / Editor: Lina", []string{"Rahmat Hidayat"}, true},
		{"Pewarta: Rahmat Hidayat\nEditor: Lina\nCOPYRIGHT: ANTARA 2026", []string{"Rahmat Hidayat"}, true},
		{"Rep: dina/Red: agus", []string{"dina"}, true},
		{"Oleh: Hendra Putra, S.Sos, M.Si", []string{"Hendra Putra, S.Sos, M.Si"}, true},
		{"Oleh Hendra Putra", []string{"Hendra Putra"}, true},
		{"Laporan wartawan TribunGunung.com, Mega Lestari", []string{"Mega Lestari"}, true},
		{"Reporter : Tono dan Tini", []string{"Tono", "Tini"}, true},
		{"Kontributor: Made Arta", []string{"Made Arta"}, true},
		{"By Jane Roe and John Doe", []string{"Jane Roe", "John Doe"}, true},
		{"Editor: Joko Susilo", nil, true},
		{"editor Joko", nil, true},
		{"Foto: Humas Pemkab", nil, true},
		{"(And)", []string{"And"}, true},
		{"(fyk/ash)", []string{"fyk", "ash"}, true},
		{"***(Yan)", []string{"Yan"}, true},
		{"*** Yan", []string{"Yan"}, true},
		{"(Rina Marlina)", []string{"Rina Marlina"}, true},
		{"(Diskominfo)", []string{"Diskominfo"}, true},
		{"(rls)", nil, true},
		{"(red/dn)", []string{"dn"}, true},
		{"(*)", nil, true},
		{"Humas", []string{"Humas"}, true},
		{"Humas Pemkab Merapi", []string{"Humas Pemkab Merapi"}, true},
		{"Kominfo.", []string{"Kominfo"}, true},
		{"#DISKOMINFOTIK", []string{"DISKOMINFOTIK"}, true},
		{"Dewi Anggun : Pranata Humas Diskominfo", []string{"Dewi Anggun"}, true},

		{"", nil, false},
		{"Bupati membuka rapat.", nil, false},
		{"Oleh karena itu warga diminta waspada.", nil, false},
		{"Oleh Bupati, bantuan itu diserahkan kepada warga.", nil, false},
		{"Penulis buku itu tinggal di Solok.", nil, false},
		{"By the time they arrived, it was over.", nil, false},
		{"Humas dan protokol mencatat seratus tamu.", nil, false},
		{"(Bersambung)", nil, false},
		{"(20/1/2026)", nil, false},
		{"(lihat tabel di bawah ini)", nil, false},
		{"Foto itu diambil pekan lalu.", nil, false},
	} {
		authors, ok := ReadByline(c.text)
		if ok != c.ok || !slices.Equal(authors, c.authors) {
			t.Errorf("ReadByline(%q) = %q, %v, want %q, %v", c.text, authors, ok, c.authors, c.ok)
		}
	}
}

func TestTrailingByline(t *testing.T) {
	for _, c := range []struct{ text, byline, rest string }{
		{"Rapat ditutup pada akhir tahun 2026.   (And)", "(And)", "Rapat ditutup pada akhir tahun 2026."},
		{"Rapat ditutup. (fyk/ash)", "(fyk/ash)", "Rapat ditutup."},
		{"“Kita harus siap,” tutupnya. ***(Yan)", "***(Yan)", "“Kita harus siap,” tutupnya."},
		{"Rapat ditutup.(Diskominfo)", "(Diskominfo)", "Rapat ditutup."},
		{"Rapat ditutup (rls)", "(rls)", "Rapat ditutup"},
		{"Rapat ditutup. (*)", "(*)", "Rapat ditutup."},
		{"Rapat ditutup. Kominfo.", "Kominfo.", "Rapat ditutup."},
		{"Rapat ditutup. #DISKOMINFOTIK", "#DISKOMINFOTIK", "Rapat ditutup."},
		{"Rapat ditutup. Humas Pemkab Merapi", "Humas Pemkab Merapi", "Rapat ditutup."},
		{"Rapat ditutup. Penulis: Sri Wahyuni | Editor: Joko", "Penulis: Sri Wahyuni | Editor: Joko", "Rapat ditutup."},
		{"Rapat ditutup. (Penulis: Sri)", "(Penulis: Sri)", "Rapat ditutup."},
		{"(And)", "(And)", ""},

		{"Anggaran disahkan dalam perubahan APBD (APBD-P).", "", "Anggaran disahkan dalam perubahan APBD (APBD-P)."},
		{"Ia bekerja di Badan Pusat Statistik (BPS)", "", "Ia bekerja di Badan Pusat Statistik (BPS)"},
		{"Rapat digelar Selasa (20/1).", "", "Rapat digelar Selasa (20/1)."},
		{"Rapat ditutup. (Bersambung)", "", "Rapat ditutup. (Bersambung)"},
		{"Hadir pula Kepala Dinas Kominfo.", "", "Hadir pula Kepala Dinas Kominfo."},
		{"Rapat ditutup oleh bupati.", "", "Rapat ditutup oleh bupati."},
		{"", "", ""},
	} {
		byline, rest := TrailingByline(c.text)
		if byline != c.byline || rest != c.rest {
			t.Errorf("TrailingByline(%q) = %q, %q, want %q, %q", c.text, byline, rest, c.byline, c.rest)
		}
	}
}

func FuzzByline(f *testing.F) {
	for _, seed := range []string{"Rapat ditutup. (And)", "Penulis: A/Editor: B", "***(Yan)", "by by by by", "((((", "Oleh\u00a0: \xff", "a. Humas\u200b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		byline, rest := TrailingByline(text)
		if !strings.HasPrefix(text, rest) || !strings.Contains(text, byline) || len(byline) > maxSignature {
			t.Errorf("TrailingByline(%q) = %q, %q: not parts of the text", text, byline, rest)
		}
		if byline != "" {
			if again, ok := ReadByline(byline); !ok {
				t.Errorf("%q was cut off as a byline and is none: %q", byline, again)
			}
		}
		authors, ok := ReadByline(text)
		if !ok && authors != nil || slices.Contains(authors, "") {
			t.Errorf("ReadByline(%q) = %q, %v", text, authors, ok)
		}
	})
}
