package similar

import (
	"fmt"
	"strings"
	"testing"
)

// family is a kind of text that a newsroom fills in again and again.
type family struct {
	name, title, body string
	fills             [][]string // for {0}, {1} and so on
}

// fill is the title and the body with one set of facts.
func (f family) fill(i int) (title, body string) {
	var pairs []string
	for n, value := range f.fills[i] {
		pairs = append(pairs, fmt.Sprintf("{%d}", n), value)
	}
	r := strings.NewReplacer(pairs...)
	return r.Replace(f.title), r.Replace(f.body)
}

// TestLookalikes compares every text of a family with every other one.
func TestLookalikes(t *testing.T) {
	pairs := 0
	for _, f := range lookalikes {
		t.Run(f.name, func(t *testing.T) {
			for i := range f.fills {
				for j := range i {
					pairs++
					a, b := Read(f.fill(i)), Read(f.fill(j))
					if l := Compare(a, b); l.Copies() || l.Reprint() {
						_, one := f.fill(i)
						_, two := f.fill(j)
						t.Errorf("joined by %+v:\n%s\n--\n%s", l, one, two)
					}
				}
			}
		})
	}
	if pairs < 100 {
		t.Errorf("only %d pairs", pairs)
	}
}

var lookalikes = []family{
	{"weekly prices", "Harga Sembako di {0}, {1}", `{0} – Harga kebutuhan pokok di {0} pada {1} terpantau bergerak tipis dibanding pekan lalu. Petugas dinas perdagangan mencatat harga di tiga kios setiap pagi.
Beras medium: Rp{2} per kilogram
Cabai merah keriting: Rp{3} per kilogram
Bawang merah: Rp{4} per kilogram
Telur ayam ras: Rp28.000 per kilogram
Minyak goreng curah: Rp17.500 per liter
Gula pasir: Rp18.000 per kilogram
Pedagang meminta warga tidak memborong karena pasokan dari sentra produksi dinilai cukup sampai akhir bulan.`,
		[][]string{
			{"Pasar Raya", "Senin (5/1/2026)", "14.500", "42.000", "36.000"},
			{"Pasar Raya", "Senin (12/1/2026)", "14.500", "47.000", "36.000"},
			{"Pasar Raya", "Senin (19/1/2026)", "14.800", "47.000", "38.000"},
			{"Pasar Baru", "Senin (19/1/2026)", "14.200", "45.000", "35.000"},
			{"Pasar Baru", "Senin (26/1/2026)", "14.200", "45.000", "35.000"},
		}},
	{"weather of places", "Cuaca {0} Besok", `Prakiraan cuaca wilayah {0} untuk besok disampaikan kantor meteorologi setempat. Pagi hari cuaca {0} diperkirakan {1}, siang {2}, dan malam {3}.
Suhu udara berkisar {4} derajat Celsius dengan kelembapan {5} persen. Angin bertiup dari arah {6} dengan kecepatan 5 sampai 20 kilometer per jam.
Warga diminta waspada terhadap hujan lebat yang disertai kilat dan angin kencang pada sore hari.`,
		[][]string{
			{"Bukittinggi", "cerah berawan", "hujan ringan", "berawan", "17-26", "70-98", "barat"},
			{"Payakumbuh", "cerah berawan", "hujan ringan", "berawan", "20-30", "65-95", "barat"},
			{"Sawahlunto", "cerah berawan", "hujan ringan", "berawan", "21-31", "65-95", "barat"},
			{"Pariaman", "berawan", "hujan sedang", "hujan ringan", "23-31", "75-97", "barat daya"},
			{"Batusangkar", "berawan", "hujan ringan", "berawan", "19-29", "70-98", "selatan"},
		}},
	{"weather of days", "Cuaca Kota {0}, {1}", `Kantor meteorologi memperkirakan langit Kota {0} pada {1} berawan sejak pagi. Hujan dengan intensitas {2} berpeluang turun mulai pukul {3} WIB.
Suhu terendah {4} derajat dan suhu tertinggi {5} derajat Celsius. Gelombang laut setinggi {6} meter, nelayan diminta memperhatikan peringatan dini sebelum melaut.`,
		[][]string{
			{"Padang", "Selasa (6/1/2026)", "ringan", "14.00", "23", "31", "1,5"},
			{"Padang", "Rabu (7/1/2026)", "ringan", "14.00", "23", "31", "1,5"},
			{"Padang", "Kamis (8/1/2026)", "sedang", "15.00", "24", "31", "1,5"},
			{"Padang", "Jumat (9/1/2026)", "sedang", "15.00", "23", "30", "2,0"},
			{"Padang", "Sabtu (10/1/2026)", "lebat", "13.00", "23", "29", "2,5"},
		}},
	{"death notices", "{0} Tutup Usia", `Kabar duka datang dari keluarga besar {1}. {0} meninggal dunia pada {2} di {3} dalam usia {4} tahun setelah dirawat beberapa hari.
Jenazah disemayamkan di rumah duka di {5} dan dimakamkan di pemakaman keluarga selepas salat zuhur. Almarhum dikenal sebagai sosok yang ramah, sederhana dan dekat dengan warga.
Keluarga memohon doa dan maaf atas segala khilaf almarhum semasa hidup.`,
		[][]string{
			{"H. Syafril Dt. Marajo", "Dinas Pendidikan", "Senin (5/1/2026) pukul 03.15 WIB", "RSUD M. Natsir", "67", "Nagari Selayo"},
			{"Drs. Amiruddin Tanjung", "Dinas Pendidikan", "Rabu (7/1/2026) pukul 21.40 WIB", "RSUD M. Natsir", "71", "Nagari Gauang"},
			{"Hj. Rosmaniar", "Dinas Pendidikan", "Jumat (9/1/2026) pukul 05.00 WIB", "RS Semen Padang", "64", "Nagari Selayo"},
			{"Zulkarnain Piliang", "Dinas Kesehatan", "Minggu (11/1/2026) pukul 10.20 WIB", "RSUP M. Djamil", "59", "Nagari Koto Baru"},
			{"Mayor Purn. Effendi", "Dinas Kesehatan", "Senin (12/1/2026) pukul 02.30 WIB", "RSUP M. Djamil", "74", "Kelurahan Tanah Garam"},
		}},
	{"football", "Hasil Liga: {0} {2} {1}", `{0} menutup laga kandang melawan {1} dengan skor {2} di Stadion {3}, {4} malam. Gol pembuka dicetak {5} pada menit ke-{6} setelah menerima umpan dari sisi kanan.
Pada babak kedua {1} mencoba menekan, namun penjaga gawang {0} tampil gemilang. Pelatih {7} memuji kerja keras anak asuhnya dan meminta mereka tetap membumi.
Hasil ini membawa {0} ke posisi {8} klasemen sementara dengan {9} poin. Pekan depan mereka akan bertandang.`,
		[][]string{
			{"Harimau Singgalang FC", "Badak Kuning", "2-1", "Haji Agus Salim", "Sabtu", "Rizky", "23", "Hendri", "5", "28"},
			{"Harimau Singgalang FC", "Elang Jaya", "2-1", "Haji Agus Salim", "Minggu", "Rizky", "41", "Hendri", "4", "31"},
			{"Harimau Singgalang FC", "Pelita Timur", "1-0", "Haji Agus Salim", "Sabtu", "Dedi", "77", "Hendri", "3", "34"},
			{"Elang Jaya", "Badak Kuning", "3-0", "Patriot", "Jumat", "Marcel", "9", "Suwandi", "2", "36"},
			{"Pelita Timur", "Elang Jaya", "1-1", "Gelora", "Senin", "Yusuf", "55", "Iwan", "7", "21"},
		}},
	{"earthquakes", "Gempa M {0} Guncang {1}", `Gempa bumi dengan magnitudo {0} mengguncang wilayah {1} pada {2} pukul {3} WIB. Pusat gempa berada di laut pada jarak {4} kilometer {5} {1} dengan kedalaman {6} kilometer.
Hasil pemodelan menunjukkan gempa tidak berpotensi tsunami. Getaran dirasakan warga selama beberapa detik, sebagian berlarian keluar rumah. Hingga berita ini ditulis belum ada laporan kerusakan.
Masyarakat diimbau tetap tenang dan tidak terpengaruh isu yang tidak dapat dipertanggungjawabkan.`,
		[][]string{
			{"5,1", "Kepulauan Mentawai", "Selasa (6/1/2026)", "04.12", "62", "barat daya", "18"},
			{"5,1", "Pesisir Selatan", "Selasa (6/1/2026)", "04.45", "71", "barat daya", "22"},
			{"4,7", "Kepulauan Mentawai", "Jumat (9/1/2026)", "19.30", "48", "tenggara", "10"},
			{"4,9", "Pasaman Barat", "Sabtu (10/1/2026)", "11.05", "12", "timur laut", "10"},
			{"5,4", "Nias Selatan", "Minggu (11/1/2026)", "23.51", "88", "barat daya", "31"},
		}},
	{"mobile service", "Jadwal SIM Keliling {0}", `Satuan lalu lintas kembali membuka layanan perpanjangan surat izin mengemudi keliling pada {0}. Mobil layanan hari ini ditempatkan di {1} mulai pukul {2} sampai 12.00 WIB.
Pemohon diminta membawa KTP asli, SIM lama yang masih berlaku, surat keterangan sehat dan hasil tes psikologi. Biaya perpanjangan SIM A Rp80.000 dan SIM C Rp75.000.
Layanan ini tidak melayani SIM yang sudah habis masa berlakunya.`,
		[][]string{
			{"Senin (5/1/2026)", "halaman Kantor Camat Kubung", "09.00"},
			{"Selasa (6/1/2026)", "halaman Kantor Camat Kubung", "09.00"},
			{"Rabu (7/1/2026)", "Pasar Talang", "09.00"},
			{"Kamis (8/1/2026)", "Terminal Bareh Solok", "08.30"},
			{"Jumat (9/1/2026)", "Masjid Agung", "08.30"},
		}},
	{"daily cases", "Kasus DBD Bertambah {0} Orang", `Dinas Kesehatan mencatat tambahan {0} kasus demam berdarah dengue hingga {1}. Dengan tambahan itu jumlah penderita sejak awal tahun menjadi {2} orang, {3} di antaranya masih dirawat di rumah sakit.
Kepala bidang pencegahan penyakit mengatakan pengasapan dilakukan di {4} titik. Warga diminta menguras bak mandi, menutup tempat air dan memanfaatkan barang bekas.
Puskesmas membuka layanan pemeriksaan tanpa biaya bagi warga yang mengalami demam lebih dari tiga hari.`,
		[][]string{
			{"7", "Senin (12/1/2026)", "48", "15", "6"},
			{"5", "Selasa (13/1/2026)", "53", "14", "6"},
			{"9", "Rabu (14/1/2026)", "62", "19", "8"},
			{"4", "Kamis (15/1/2026)", "66", "17", "8"},
			{"6", "Jumat (16/1/2026)", "72", "18", "9"},
		}},
	{"gold", "Harga Emas {0}", `Harga emas batangan pada perdagangan {0} tercatat Rp{1} per gram, {2} Rp{3} dibanding sehari sebelumnya. Harga pembelian kembali berada di Rp{4} per gram.
Berikut rincian harga menurut pecahan:
Emas 0,5 gram: Rp{5}
Emas 5 gram: Rp{6}
Emas 10 gram: Rp{7}
Potongan pajak dikenakan sesuai aturan yang berlaku, dengan tarif lebih rendah bagi pemilik nomor pokok wajib pajak.`,
		[][]string{
			{"Senin (5/1/2026)", "2.512.000", "naik", "12.000", "2.371.000", "1.306.000", "12.335.000", "24.615.000"},
			{"Selasa (6/1/2026)", "2.524.000", "naik", "12.000", "2.383.000", "1.312.000", "12.395.000", "24.735.000"},
			{"Rabu (7/1/2026)", "2.519.000", "turun", "5.000", "2.378.000", "1.309.500", "12.370.000", "24.685.000"},
			{"Kamis (8/1/2026)", "2.519.000", "tetap", "0", "2.378.000", "1.309.500", "12.370.000", "24.685.000"},
			{"Jumat (9/1/2026)", "2.531.000", "naik", "12.000", "2.390.000", "1.315.500", "12.430.000", "24.805.000"},
		}},
	{"arrests", "Polisi Tangkap Pengedar Sabu di {0}", `Tim satuan reserse narkoba menangkap {1} ({2}), warga {0}, yang diduga mengedarkan sabu. Pria itu diringkus di {3} pada {4} sekitar pukul {5} WIB setelah polisi menerima laporan masyarakat.
Dari tangan tersangka petugas menyita {6} paket kecil sabu seberat {7} gram, satu telepon genggam dan uang tunai Rp{8}. Kepada penyidik tersangka mengaku memperoleh barang dari seorang bandar yang kini masuk daftar pencarian orang.
Tersangka dijerat undang-undang narkotika dengan ancaman penjara paling singkat lima tahun.`,
		[][]string{
			{"Kubung", "RD", "27", "sebuah warung kopi", "Senin (5/1/2026)", "22.30", "6", "1,8", "450.000"},
			{"Lembah Gumanti", "AS", "34", "sebuah pondok ladang", "Rabu (7/1/2026)", "01.15", "11", "3,2", "700.000"},
			{"Gunung Talang", "YP", "41", "rumah kontrakan", "Rabu (7/1/2026)", "20.00", "4", "0,9", "250.000"},
			{"Kubung", "MF", "23", "sebuah warung kopi", "Jumat (9/1/2026)", "23.10", "6", "2,1", "300.000"},
			{"Junjung Sirih", "HN", "38", "tepi jalan raya", "Minggu (11/1/2026)", "18.45", "9", "2,7", "520.000"},
		}},
	{"aid by village", "Bupati Serahkan Bantuan di {0}", `Bupati menyerahkan bantuan sosial kepada {1} keluarga di {0}, {2}. Bantuan berupa beras, minyak goreng dan uang tunai Rp{3} itu diterima warga di kantor wali nagari.
Dalam sambutannya Bupati mengatakan bantuan tersebut merupakan wujud kehadiran pemerintah di tengah masyarakat. Ia berharap bantuan dimanfaatkan sebaik-baiknya untuk kebutuhan keluarga.
Wali Nagari {0}, {4}, mengucapkan terima kasih atas perhatian pemerintah kabupaten. Menurutnya masih ada {5} keluarga yang belum terdata dan akan diusulkan pada tahap berikutnya.
Penyerahan bantuan dihadiri camat, ketua badan permusyawaratan nagari, tokoh adat, bundo kanduang dan para pemuda setempat. Acara ditutup dengan makan bersama di halaman kantor wali nagari.`,
		[][]string{
			{"Nagari Cupak", "120", "Senin (5/1/2026)", "300.000", "Yanuar", "32"},
			{"Nagari Sirukam", "86", "Senin (5/1/2026)", "300.000", "Metrizal", "15"},
			{"Nagari Supayang", "141", "Selasa (6/1/2026)", "300.000", "Dasril", "27"},
			{"Nagari Alahan Panjang", "203", "Rabu (7/1/2026)", "500.000", "Nofrizal", "64"},
			{"Nagari Paninggahan", "158", "Kamis (8/1/2026)", "500.000", "Erman", "41"},
		}},
	{"prayer times", "Jadwal Salat {0} {1}", `Berikut jadwal salat lima waktu untuk wilayah {0} dan sekitarnya pada {1} sebagaimana diterbitkan kementerian agama.
Imsak: {2} WIB
Subuh: {3} WIB
Zuhur: {4} WIB
Asar: {5} WIB
Magrib: {6} WIB
Isya: {7} WIB
Semoga jadwal ini membantu umat muslim menunaikan ibadah tepat pada waktunya bersama keluarga di rumah maupun di masjid.`,
		[][]string{
			{"Solok", "Senin (5/1/2026)", "04.49", "04.59", "12.24", "15.49", "18.27", "19.42"},
			{"Solok", "Selasa (6/1/2026)", "04.49", "04.59", "12.24", "15.49", "18.28", "19.42"},
			{"Padang", "Senin (5/1/2026)", "04.50", "05.00", "12.25", "15.50", "18.28", "19.43"},
			{"Padang", "Selasa (6/1/2026)", "04.51", "05.01", "12.26", "15.50", "18.29", "19.43"},
			{"Pariaman", "Selasa (6/1/2026)", "04.52", "05.02", "12.27", "15.51", "18.30", "19.44"},
		}},
	{"the same foot", "{0}", `{1}
Kabar Contoh hadir untuk menyajikan informasi yang cepat, berimbang dan dapat dipercaya bagi warga Sumatera Barat. Ikuti saluran WhatsApp Kabar Contoh, pasang aplikasi Kabar Contoh di Google Play dan App Store, dan dapatkan berita pilihan setiap pagi langsung di telepon Anda.
Redaksi menerima kiriman tulisan, foto dan video dari warga melalui surel redaksi atau nomor 0812 3456 7890. Tulisan yang dimuat mendapat tanda terima kasih. Isi tulisan menjadi tanggung jawab penulis, dan redaksi berhak menyunting tanpa mengubah makna.
Kabar Contoh adalah anggota Serikat Media Siber Indonesia dan telah terverifikasi administratif dan faktual oleh Dewan Pers sejak 2019.`,
		[][]string{
			{"Jembatan Gantung Putus", "Jembatan gantung yang menghubungkan dua jorong putus diterjang arus sungai, Minggu sore. Tidak ada korban, namun puluhan pelajar harus memutar sejauh enam kilometer untuk sampai ke sekolah mereka."},
			{"Pemuda Juara Lomba Randai", "Kelompok randai asal Muara Panas meraih juara pertama dalam festival tingkat provinsi. Ketua kelompok mengatakan latihan dilakukan setiap malam selama dua bulan penuh di balai adat."},
			{"Petani Kopi Mulai Panen", "Petani kopi di lereng Gunung Talang mulai memetik buah merah pertama musim ini. Harga biji kering di tingkat pengumpul naik menjadi seratus ribu rupiah dan membuat senyum mereka merekah."},
			{"Air Danau Surut", "Permukaan air danau turun hampir satu meter sejak kemarau panjang. Pemilik keramba khawatir ikan mati karena kadar oksigen menurun, sementara pembangkit listrik mengurangi pemakaian air."},
			{"Listrik Padam Bergilir", "Pemadaman bergilir kembali dirasakan pelanggan di empat kecamatan. Perusahaan listrik menyebut ada perbaikan gardu induk, dan meminta maaf atas ketidaknyamanan yang dialami usaha kecil."},
		}},
	{"the same place", "{0} di Nagari Supayang {1}", `Warga Nagari Supayang menyambut baik {0} yang akhirnya {1} pekan ini setelah lama ditunggu. Sebelumnya mereka harus pergi ke kota.
Wali nagari mengatakan biaya {0} itu berasal dari iuran perantau dan dana desa, sedangkan tenaga disumbangkan para pemuda. Ia berharap {0} dirawat bersama agar tahan lama.
Camat yang hadir meninjau {0} yang {1} tersebut memuji semangat gotong royong warga. Menurutnya nagari lain patut mencontoh.`,
		[][]string{
			{"jembatan", "diperbaiki"}, {"puskesmas", "dibuka"}, {"sekolah", "dibangun"}, {"pasar", "diresmikan"}, {"irigasi", "dibersihkan"},
		}},
	{"road accidents", "Kecelakaan di {0}, {1} Tewas", `Kecelakaan lalu lintas terjadi di {0}, {2} sekitar pukul {3} WIB. Sebuah {4} bertabrakan dengan sepeda motor yang dikendarai {5} ({6}).
Menurut saksi mata, {4} melaju dari arah kota dan kehilangan kendali saat menikung. Akibatnya {1} orang meninggal dunia di tempat dan {7} lainnya luka-luka.
Korban dibawa ke rumah sakit terdekat, sementara sopir diamankan polisi untuk dimintai keterangan.`,
		[][]string{
			{"Jalan Lintas Sumatera Kilometer 12", "satu", "Senin (5/1/2026)", "06.30", "truk tangki", "Andri", "19", "dua"},
			{"Jalan Lintas Sumatera Kilometer 31", "satu", "Selasa (6/1/2026)", "16.00", "truk tangki", "Fitra", "24", "satu"},
			{"Panorama Dua", "dua", "Rabu (7/1/2026)", "02.15", "bus pariwisata", "Joni", "45", "lima"},
			{"Simpang Rumbio", "satu", "Kamis (8/1/2026)", "11.45", "minibus", "Rahmi", "31", "satu"},
			{"Lubuk Selasih", "satu", "Jumat (9/1/2026)", "20.20", "truk bermuatan semen", "Bobi", "28", "tiga"},
		}},
}
