package normalize

import (
	"strings"
	"testing"
)

func TestReadDateline(t *testing.T) {
	for _, c := range []struct{ name, text, place, agency, date, rest string }{
		{"place in capitals", "KEPANJEN – Warga bergotong royong.", "KEPANJEN", "", "", "Warga bergotong royong."},
		{"agency in brackets", "Mataram (ANTARA) - Polisi menangkap pelaku.", "Mataram", "ANTARA", "", "Polisi menangkap pelaku."},
		{"brackets without a dash", "Painan (Diskominfo) Bupati membuka rapat.", "Painan", "Diskominfo", "", "Bupati membuka rapat."},
		{"address after place", "Garut, kabarcontoh.id — Petani panen.", "Garut", "kabarcontoh.id", "", "Petani panen."},
		{"address before place", "KABARCONTOH.CO.ID, MAROS - Banjir surut.", "MAROS", "KABARCONTOH.CO.ID", "", "Banjir surut."},
		{"address without a comma", "kabarcontoh.com Blora – Jembatan diperbaiki.", "Blora", "kabarcontoh.com", "", "Jembatan diperbaiki."},
		{"address alone", "kabarcontoh.net - Jembatan diperbaiki.", "", "kabarcontoh.net", "", "Jembatan diperbaiki."},
		{"two dashes", "kabarcontoh.id – Barru – Kapolres hadir.", "Barru", "kabarcontoh.id", "", "Kapolres hadir."},
		{"press name alone", "WARTAPESISIR – Ombak tinggi.", "", "WARTAPESISIR", "", "Ombak tinggi."},
		{"initials of a paper", "Sanana, PT - Kapal tiba.", "Sanana", "PT", "", "Kapal tiba."},
		{"initials beside the place", "SANANA MR—Kapal tiba.", "SANANA", "MR", "", "Kapal tiba."},
		{"tight hyphens", "Kabarkini-BINTAN-Nelayan melaut.", "BINTAN", "Kabarkini", "", "Nelayan melaut."},
		{"date", "Medan, 3 Maret 2025 (Antara) -- Gubernur hadir.", "Medan", "Antara", "3 Maret 2025", "Gubernur hadir."},
		{"weekday and date", "Poso, Senin (12/1/2026) - Warga mengungsi.", "Poso", "", "Senin (12/1/2026)", "Warga mengungsi."},
		{"date behind the dash", "Waisai – Jumat, 4 Juli 2025 Pemkab membuka festival.", "Waisai", "", "Jumat, 4 Juli 2025", "Pemkab membuka festival."},
		{"province beside", "Ende, NTT (Suara Flores) - Kapal tiba.", "Ende, NTT", "Suara Flores", "", "Kapal tiba."},
		{"type word", "KABUPATEN GOWA - Jalan diperbaiki.", "KABUPATEN GOWA", "", "", "Jalan diperbaiki."},
		{"abbreviated type word", "Kab. GOWA – (kabarcontoh.com). Jalan diperbaiki.", "Kab. GOWA", "kabarcontoh.com", "", "Jalan diperbaiki."},
		{"label", "Berita Tuban – Pasar ramai.", "Tuban", "", "", "Pasar ramai."},
		{"press office", "MC BANTAENG – Pasar ramai.", "BANTAENG", "MC", "", "Pasar ramai."},
		{"slashes", "Jepara//kabarcontoh.co.id Pasar ramai.", "Jepara", "kabarcontoh.co.id", "", "Pasar ramai."},
		{"bars", "KOTA METRO | Kaba9 | Pasar ramai.", "KOTA METRO", "Kaba9", "", "Pasar ramai."},
		{"square brackets", "[Kalabahi] Pasar ramai.", "Kalabahi", "", "", "Pasar ramai."},
		{"colon", "Ranai , (Prokopim) : Bupati hadir.", "Ranai", "Prokopim", "", "Bupati hadir."},
		{"lost drop cap", "ULUNGAGUNG – Pasar ramai.", "ULUNGAGUNG", "", "", "Pasar ramai."},
		{"dash in a wrong charset", "Dompu, 8 Mei 2025 β Pasar ramai.", "Dompu", "", "8 Mei 2025", "Pasar ramai."},
		{"doubled name", "TOLI-TOLI - Pasar ramai.", "TOLI-TOLI", "", "", "Pasar ramai."},
		{"village", "Nagari Talang Babungo, Solok – Pasar ramai.", "Nagari Talang Babungo, Solok", "", "", "Pasar ramai."},
		{"town by its first word", "Muara Kembang – Pasar ramai.", "Muara Kembang", "", "", "Pasar ramai."},
		{"abroad", "KUALA LUMPUR - Menteri tiba.", "KUALA LUMPUR", "", "", "Menteri tiba."},
		{"country", "Kairo, Mesir (ANTARA) - Menteri tiba.", "Kairo, Mesir", "ANTARA", "", "Menteri tiba."},
		{"careless small letter", "BIMA – sebanyak 40 orang hadir.", "BIMA", "", "", "sebanyak 40 orang hadir."},
		{"source", "Sumber : kabarcontoh.com – Pasar ramai.", "", "kabarcontoh.com", "", "Pasar ramai."},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := Dateline{Place: c.place, Agency: c.agency, Date: c.date, Rest: c.rest}
			if got := ReadDateline(c.text); got != want {
				t.Errorf("ReadDateline(%q)\ngot  %+v\nwant %+v", c.text, got, want)
			}
		})
	}
}

func TestReadDatelineLeavesProse(t *testing.T) {
	for _, text := range []string{
		"",
		"Hal itu disampaikan bupati.",
		"Jakarta, ibu kota negara, akan pindah.",
		"Program KIA - singkatan Kesehatan Ibu dan Anak - digelar.",
		"Gubernur Sulawesi Tenggara (Sultra) H. Ali membuka acara.",
		"Lombok Utara (KLU) kembali diguncang gempa.",
		"Solok-Padang lumpuh akibat longsor.",
		"KPU-Bawaslu sepakat menunda.",
		"COVID-19 kembali merebak.",
		"UMKM – Sektor ini tumbuh pesat.",
		"APBD 2026 – Pemerintah menargetkan kenaikan.",
		"BREAKING NEWS – Gempa mengguncang.",
		"Bupati Solok, Jon Pandu - hadir di sana.",
		"Kementerian Dalam Negeri (Kemendagri) - melalui surat edaran.",
		"Batu - bata dibuat dari tanah liat.",
		"\"Kami sudah bilang - tidak,\" katanya.",
		"Selasa, 20 Januari 2026 menjadi hari bersejarah.",
		"Sumber : Diskominfo Kabupaten Solok",
		"AROSUKA –",
		"- SERAI - Mengusir nyamuk dan semut.",
		"HARGA: Mulai dari sepuluh ribu.",
		"CATATAN SIPIL: Kantor buka pukul delapan.",
		"WordPress.com Hosted Version dipakai sekolah itu.",
		"Warga diingatkan Media-Center bila ada banjir.",
		"Pasar Online-Offline resmi dibuka.",
		"TL;DR – Ringkasan untuk pembaca.",
	} {
		if got := ReadDateline(text); got != (Dateline{Rest: text}) {
			t.Errorf("ReadDateline(%q) = %+v, want no dateline", text, got)
		}
	}
}

func FuzzReadDateline(f *testing.F) {
	for _, seed := range []string{"AROSUKA – Bupati", "a.id,B-C(D)[E]|F", "Jakarta, 20/1 (ANTARA) - Menteri", "((((", "\xff – \xfe", "Senin, 1", "-----"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := ReadDateline(text)
		if !strings.HasSuffix(text, d.Rest) || len(text)-len(d.Rest) > 2*maxDateline {
			t.Errorf("ReadDateline(%q): the rest %q is not the end of the text", text, d.Rest)
		}
		head := text[:len(text)-len(d.Rest)]
		for _, part := range []string{d.Place, d.Agency, d.Date} {
			if !strings.Contains(head, part) {
				t.Errorf("ReadDateline(%q): %q does not stand before the rest", text, part)
			}
		}
		if head != "" && d.Rest == "" {
			t.Errorf("ReadDateline(%q) left nothing", text)
		}
	})
}
