package demoweb

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// place is where a made-up story happens.
type place struct {
	code    string // Home Affairs code
	title   string // Kabupaten Solok
	short   string // Solok
	seat    string // AROSUKA, as datelines print it
	leader  string // Bupati or Wali Kota
	village []string
}

var places = []place{
	{"13.02", "Kabupaten Solok", "Solok", "AROSUKA", "Bupati", []string{"Koto Gaek", "Alahan Panjang", "Muaro Paneh", "Sirukam"}},
	{"13.72", "Kota Solok", "Solok", "SOLOK", "Wali Kota", []string{"Tanah Garam", "Kampung Jawa", "Laing"}},
	{"52.05", "Kabupaten Dompu", "Dompu", "DOMPU", "Bupati", []string{"Hu'u", "Kilo", "Pajo", "Manggelewa"}},
	{"71.02", "Kabupaten Minahasa", "Minahasa", "TONDANO", "Bupati", []string{"Tompaso", "Kakas", "Remboken"}},
}

var offices = []string{
	"Dinas Pekerjaan Umum", "Dinas Pendidikan", "Dinas Kesehatan", "Dinas Pertanian",
	"Badan Penanggulangan Bencana Daerah", "Dinas Sosial", "Dinas Perhubungan", "Dinas Perikanan",
}

var subjects = []struct{ head, verb, matter string }{
	{"Perbaikan Jembatan Gantung", "memperbaiki", "jembatan gantung yang rusak diterjang arus"},
	{"Pelatihan Petani Bawang", "melatih", "kelompok petani bawang merah"},
	{"Imunisasi Anak Sekolah", "memulai", "imunisasi bagi murid sekolah dasar"},
	{"Banjir Bandang Surut", "menangani", "dampak banjir bandang yang mulai surut"},
	{"Pasar Murah Jelang Panen", "membuka", "pasar murah bagi keluarga kurang mampu"},
	{"Jalan Usaha Tani Dibuka", "membuka", "jalan usaha tani sepanjang dua kilometer"},
	{"Lomba Perahu Nagari", "menggelar", "lomba perahu antarnagari"},
	{"Air Bersih Masuk Dusun", "menyalurkan", "air bersih ke dusun di perbukitan"},
	{"Perpustakaan Keliling Tiba", "menjalankan", "perpustakaan keliling untuk desa terpencil"},
	{"Benih Ikan Ditebar", "menebar", "benih ikan nila di embung desa"},
	{"Posko Kebakaran Lahan", "menyiagakan", "posko kebakaran lahan selama kemarau"},
	{"Musyawarah Anggaran Desa", "mendampingi", "musyawarah anggaran desa"},
}

var people = []string{
	"Rahmat Hidayat", "Siti Aminah", "Yulius Rumbai", "Dewi Kartika", "Ahmad Fauzan",
	"Maria Lontaan", "Hendri Saputra", "Nur Aisyah", "Markus Tumbel", "Eka Wahyuni",
}

var sayings = []string{
	"Kami berharap pekerjaan ini selesai sebelum musim hujan berikutnya",
	"Warga sudah lama menunggu dan hari ini kita mulai bersama",
	"Setiap rupiah harus dapat dirasakan manfaatnya oleh masyarakat",
	"Tanpa gotong royong, kegiatan ini tidak akan berjalan",
	"Data di lapangan kami perbarui setiap pekan agar bantuan tepat sasaran",
}

var facts = []string{
	"Kegiatan itu diikuti %d warga dari %d dusun dan berlangsung sejak pagi.",
	"Anggaran yang disiapkan mencapai %d juta rupiah untuk %d lokasi.",
	"Menurut catatan petugas, %d keluarga di %d kampung telah terdata.",
	"Sebanyak %d relawan dibagi ke dalam %d kelompok kerja.",
	"Target tahun ini naik menjadi %d titik, dari semula %d titik.",
}

var closings = []string{
	"Hasilnya akan dilaporkan kepada dewan pada rapat bulan depan.",
	"Warga yang membutuhkan keterangan dapat datang ke kantor kecamatan.",
	"Tahap berikutnya menunggu hasil peninjauan tim teknis.",
	"Kegiatan ditutup dengan doa bersama dan makan siang.",
}

// story writes the n-th story of a place: the same seed gives the same words.
func story(r *rand.Rand, p place, n int) (title string, body []string, list []string, quote string) {
	subject := subjects[n%len(subjects)]
	office := offices[r.IntN(len(offices))]
	village := p.village[r.IntN(len(p.village))]
	who := people[r.IntN(len(people))]
	title = fmt.Sprintf("%s, %s %s Turun ke %s", subject.head, p.leader, p.short, village)
	if n%3 == 1 {
		title = fmt.Sprintf("%s di %s Libatkan %d Warga", subject.head, village, 20+r.IntN(300))
	}
	body = append(body, fmt.Sprintf("Pemerintah %s melalui %s %s di %s. %s",
		p.title, office, subject.verb+" "+subject.matter, village, fact(r)))
	for range 2 + r.IntN(3) {
		body = append(body, fmt.Sprintf("Kepala %s, %s, mengatakan langkah itu menjawab laporan warga %s. %s %s",
			office, people[r.IntN(len(people))], village, fact(r), fact(r)))
	}
	quote = fmt.Sprintf("“%s,” kata %s.", sayings[r.IntN(len(sayings))], who)
	if n%2 == 0 {
		list = []string{
			"Pendataan: petugas mendatangi rumah warga satu per satu.",
			"Pelaksanaan: pekerjaan dibagi menurut dusun.",
			"Pengawasan: laporan dibuka di balai desa setiap Jumat.",
		}
	}
	body = append(body, closings[r.IntN(len(closings))])
	return title, body, list, quote
}

func fact(r *rand.Rand) string {
	return fmt.Sprintf(facts[r.IntN(len(facts))], 12+r.IntN(480), 2+r.IntN(18))
}

// slug is a title as an address has it.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}
