package specimen

import (
	"strings"

	"kabar/storage/news"
	"kabar/storage/region"
)

// vocabulary is how many words there are: the frequent ones of common, the
// rest built from syllables, by Zipf's law of frequencies.
const vocabulary = 250_000

// common are words by how often news prints them, about.
var common = strings.Fields(`yang di dan itu dengan untuk dari pada ini dalam tidak akan oleh ke juga kepada sebagai tersebut para
telah warga adalah saat masyarakat daerah secara kata ada kabupaten dapat bagi karena kota serta satu lebih mereka tahun hari
bupati pemerintah menjadi sudah desa kami kegiatan hingga agar bisa kita anak polisi orang terhadap atau setelah kepala jalan
bersama dinas kecamatan melalui korban masih sejumlah tim hanya antara pihak seperti salah program rumah banyak lainnya wilayah
lokasi dua petugas bencana banjir pembangunan bantuan sekolah kesehatan atas lalu harus jika tiga mengatakan provinsi pelaku
sekitar selama dilakukan baru menurut kebakaran sebelum pukul anggaran pendidikan sekretaris pertanian mulai barang rapat
pelayanan wakil pelaksanaan peserta kerja negara ekonomi pasar kendaraan sungai air hujan longsor jembatan petani nelayan ikan
harga beras cabai pupuk sawah panen kebun kelapa sawit hutan satwa laut pantai pulau kapal pelabuhan bandara terminal angkutan
sopir motor mobil truk kecelakaan tabrakan tewas luka rumah sakit puskesmas dokter perawat pasien vaksin imunisasi stunting gizi
balita ibu hamil guru siswa murid mahasiswa kampus universitas ujian beasiswa perpustakaan buku olahraga sepak bola turnamen
juara atlet pelatih medali budaya adat tari musik festival wisata pengunjung hotel kuliner kopi kain tenun batik masjid gereja
pura ulama pendeta santri pesantren ramadan idulfitri natal haji zakat pemilu pilkada calon partai suara bawaslu komisi dewan
fraksi sidang paripurna perda hukum jaksa hakim pengadilan terdakwa tersangka penjara korupsi narkoba sabu pencurian curanmor
penipuan judi razia patroli tentara kodim koramil batalion upacara bendera pahlawan kemerdekaan pelantikan jabatan pegawai
aparatur honorer gaji tunjangan lelang proyek kontraktor aspal beton irigasi bendungan waduk listrik gardu padam jaringan
internet sinyal digital aplikasi data statistik inflasi pajak retribusi investasi usaha koperasi kredit bank tabungan nasabah
gempa magnitudo tsunami gunung erupsi abu letusan cuaca angin kencang puting beliung gelombang kekeringan kemarau asap karhutla
evakuasi pengungsi posko relawan logistik tenda dapur umum sampah limbah lingkungan drainase trotoar taman pedagang kaki lima
penertiban parkir lampu lalu lintas macet mudik lebaran tiket jadwal pesawat penumpang bayi perempuan kekerasan perlindungan
panti lansia difabel bansos tunai keluarga miskin data kependudukan akta pernikahan nikah cerai`)

var sections = []string{"Daerah", "Peristiwa", "Hukum", "Politik", "Ekonomi", "Pendidikan", "Kesehatan", "Olahraga", "Wisata",
	"Budaya", "Opini", "Nasional", "Lingkungan", "Pertanian", "Kelautan", "Religi", "Teknologi", "Advertorial"}

var people = []string{"Rahmat Hidayat", "Siti Aminah", "Yulius Rumbai", "Dewi Kartika", "Ahmad Fauzan", "Maria Lontaan",
	"Hendri Saputra", "Nur Aisyah", "Markus Tumbel", "Eka Wahyuni", "Redaksi", "I Wayan Sudarma", "La Ode Rusman", "Teuku Iskandar"}

// Word is the word of a rank, 0 the most frequent.
func Word(rank uint64) string {
	if rank < uint64(len(common)) {
		return common[rank]
	}
	const consonants, vowels = "bcdghjklmnprstwy", "aiueo"
	prefixes := [...]string{"", "", "", "ber", "me", "di", "ter", "pe"}
	suffixes := [...]string{"", "", "", "kan", "an", "i", "nya", "n"}
	n := rank - uint64(len(common))
	var word strings.Builder
	word.WriteString(prefixes[rank*7%8])
	for {
		word.WriteByte(consonants[n%16])
		word.WriteByte(vowels[n/16%5])
		if n /= 80; n == 0 {
			break
		}
	}
	word.WriteString(suffixes[rank*11%8])
	return word.String()
}

// word is one by its frequency, or one of the topic's own words: those of an
// article stand together more often than chance would have it.
func (w *writer) word() string {
	if w.IntN(7) == 0 {
		return Word(150 + w.topic*13%9000 + uint64(w.IntN(40)))
	}
	return Word(w.zipf.Uint64())
}

func (w *writer) words(n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = w.word()
	}
	return words
}

func (w *writer) sentence() string {
	words := w.words(9 + w.IntN(14))
	words[0] = capital(words[0])
	if len(words) > 14 {
		words[7] += ","
	}
	return strings.Join(words, " ") + "."
}

func (w *writer) title(place string) string {
	words := w.words(5 + w.IntN(5))
	for i := range words {
		words[i] = capital(words[i])
	}
	if w.IntN(2) == 0 {
		words = append(words, "di", place)
	}
	return strings.Join(words, " ")
}

// body is about 220 words in paragraphs, at times with a quote or a list.
func (w *writer) body(where region.Region) []news.Block {
	var blocks []news.Block
	for i := range 5 + w.IntN(6) {
		var text strings.Builder
		if i == 0 {
			text.WriteString(strings.ToUpper(where.Capital) + " – ")
		}
		for j := range 1 + w.IntN(3) {
			if j > 0 {
				text.WriteByte(' ')
			}
			text.WriteString(w.sentence())
		}
		kind := news.Paragraph
		if i > 1 && w.IntN(12) == 0 {
			kind = news.Quote
		}
		blocks = append(blocks, news.Block{Kind: kind, Text: text.String()})
	}
	if w.IntN(15) == 0 {
		blocks = append(blocks, news.Block{Kind: news.List, Items: []string{w.sentence(), w.sentence()}})
	}
	return blocks
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

func slug(title string) string {
	s := strings.ToLower(strings.Join(strings.Fields(title), "-"))
	return strings.Map(func(r rune) rune {
		if r == '-' || 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}
