package similar

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// release is a text that several portals print.
type release struct{ title, body string }

var releases = []release{
	{"Pemkab Solok Mulai Perbaikan Jalan Alahan Panjang", `AROSUKA – Pemerintah Kabupaten Solok mulai memperbaiki ruas jalan Alahan Panjang menuju Danau Kembar sepanjang 8 kilometer, Senin (12/1/2026). Pekerjaan dibiayai anggaran daerah sebesar Rp14,2 miliar dan ditargetkan rampung dalam 150 hari.
Kepala dinas pekerjaan umum mengatakan perbaikan dilakukan bertahap agar kendaraan tetap dapat melintas. Selain pengaspalan, kontraktor juga membangun saluran air di kedua sisi jalan yang selama ini sering tergenang.
"Kami minta warga bersabar selama pekerjaan berlangsung dan mematuhi rambu yang dipasang di lokasi," ujar dia di sela peninjauan bersama anggota dewan.
Petani sayur di kawasan itu menyambut baik perbaikan tersebut. Mereka berharap ongkos angkut hasil panen ke pasar induk di Padang turun begitu jalan kembali mulus.
Pemerintah daerah juga menyiapkan jalur alternatif melalui Nagari Simpang Tanjung Nan IV bagi kendaraan berat. Polisi lalu lintas akan berjaga pada jam sibuk pagi dan sore hari.`},
	{"Posyandu Terpadu Jangkau 46 Jorong", `SOLOK – Layanan posyandu terpadu kini menjangkau 46 jorong di enam kecamatan. Dinas Kesehatan menyebut cakupan penimbangan balita naik dari 71 menjadi 88 persen hanya dalam waktu satu tahun.
Kader posyandu dibekali alat ukur baru dan aplikasi pencatatan sederhana. Data setiap balita langsung masuk ke puskesmas sehingga anak yang berat badannya kurang cepat mendapat makanan tambahan.
Bidan koordinator Yulia Rahmi mengatakan tantangan terbesar ada pada daerah yang jauh dari jalan raya. Untuk itu petugas datang ke rumah warga dua kali sebulan dengan sepeda motor trail.
"Ibu hamil juga kami periksa tekanan darah dan kadar gulanya, jadi tidak perlu lagi menunggu jadwal di puskesmas," kata Yulia.
Pemerintah nagari membantu biaya transportasi kader melalui dana desa. Tahun depan jumlah jorong yang dilayani ditargetkan menjadi 60.`},
	{"Festival Lima Danau Kembali Digelar Juni", `Dinas Pariwisata memastikan Festival Lima Danau kembali digelar pada 12 sampai 18 Juni mendatang. Rangkaian kegiatan meliputi lomba perahu naga, pameran kopi, pertunjukan randai dan lari lintas alam sejauh 21 kilometer.
Panitia menargetkan 40 ribu pengunjung, naik dibandingkan tahun sebelumnya yang mencatat 31 ribu orang. Untuk pertama kali, pengelola penginapan rumahan dilibatkan sebagai tuan rumah bagi peserta dari luar provinsi.
Ketua panitia Irfan Maulana menuturkan pendaftaran lomba lari dibuka mulai Februari dengan kuota 1.200 peserta. Setiap peserta mendapat kaus yang dibuat perajin setempat serta kupon makan di lapak warga.
Pelaku usaha kecil mendapat 150 lapak tanpa sewa di tepi danau. Mereka wajib mengelola sampah sendiri dan tidak memakai kantong plastik sekali pakai selama acara.
Pengamat wisata menilai festival itu dapat menggerakkan ekonomi warga asal jadwalnya tetap dan promosinya dimulai jauh hari.`},
	{"BPBD Latih Relawan Hadapi Longsor", `Badan Penanggulangan Bencana Daerah melatih 75 relawan dari sepuluh nagari rawan longsor selama tiga hari di Gedung Pusdiklat. Peserta belajar membaca tanda awal gerakan tanah, mendirikan tenda pengungsi dan memberi pertolongan pertama.
Pelatihan dipandu instruktur dari tim SAR dan Palang Merah Indonesia. Pada hari terakhir mereka menggelar simulasi evakuasi warga dari lereng yang retak dengan tandu darurat.
Kepala pelaksana Afrizal menyampaikan bahwa relawan menjadi ujung tombak karena tim kabupaten membutuhkan waktu sampai dua jam untuk mencapai lokasi terjauh. Setiap nagari kini memiliki sedikitnya tujuh orang terlatih dan satu set alat komunikasi radio.
Ia mengingatkan seluruh warga agar tidak menebang pohon di lereng dan segera melapor bila melihat rekahan tanah setelah hujan lebat. Nomor darurat 112 dapat dihubungi selama 24 jam.`},
	{"Harga Gabah Naik, Petani Diminta Jual Bertahap", `Harga gabah kering giling di tingkat penggilingan naik menjadi Rp7.400 per kilogram pada pekan kedua Januari. Kenaikan dipicu berkurangnya pasokan dari daerah tetangga yang sawahnya terendam banjir.
Kepala bidang tanaman pangan Nurhayati meminta petani menjual hasil panen secara bertahap agar harga tidak jatuh saat panen raya Maret nanti. Pemerintah juga membuka gudang resi di dua kecamatan dengan kapasitas 500 ton.
Ketua kelompok tani Sawah Solok mengaku senang dengan harga tersebut, tetapi biaya pupuk dan upah panen ikut naik. Menurut hitungannya keuntungan bersih hanya bertambah sekitar sepuluh persen.
Pedagang beras memperkirakan harga eceran akan menyesuaikan dalam dua pekan. Mereka berharap operasi pasar dilakukan sebelum bulan puasa supaya konsumen tidak terbebani.`},
	{"Pelajar SMA 1 Wakili Sumbar di Olimpiade Sains", `Dua pelajar SMA Negeri 1 Gunung Talang akan mewakili Sumatera Barat pada olimpiade sains tingkat nasional di Surabaya. Keduanya lolos setelah menempati peringkat pertama dan ketiga bidang kebumian dari 214 peserta.
Salah satunya, Nabila Putri, mengaku tertarik mempelajari gunung api sejak kecil karena rumahnya berada di kaki Gunung Talang. Ia berlatih membaca peta geologi setiap sore bersama guru pembimbing.
Kepala sekolah Erizal menyatakan sekolah menyediakan pelatihan khusus selama enam pekan dengan mendatangkan dosen Universitas Andalas. Seluruh biaya ditanggung komite dan alumni.
Dinas pendidikan menjanjikan beasiswa bagi pelajar yang membawa pulang medali. Tahun lalu kontingen Sumatera Barat meraih empat medali perunggu pada ajang yang sama.`},
	{"Warga Keluhkan Air Bersih", `Puluhan warga Perumahan Batu Palano mengeluhkan aliran air bersih yang mati sejak empat hari terakhir. Mereka terpaksa membeli air tangki seharga Rp90.000 untuk kebutuhan mandi dan memasak.
Direktur perusahaan air minum Zaini menjelaskan gangguan terjadi karena pipa utama di Intake Guguk pecah tertimpa longsoran. Perbaikan diperkirakan selesai dalam dua hari dan pelanggan mendapat potongan tagihan.`},
	{"Pasar Ternak Muara Panas Dibuka Lagi", `Pasar ternak Muara Panas dibuka kembali setelah ditutup tiga bulan akibat penyakit mulut dan kuku. Pada hari pertama tercatat 214 ekor sapi dan 63 ekor kambing diperdagangkan dengan pengawasan dokter hewan.
Setiap ternak wajib membawa surat keterangan sehat. Petugas menyemprotkan cairan pembasmi kuman pada kendaraan pengangkut di pintu masuk, dan menolak 9 ekor sapi yang menunjukkan gejala demam.`},
	{"Kodim dan Warga Bangun Rumah Layak Huni", `Prajurit Kodim 0309 bersama warga Jorong Lubuk Agung membangun kembali rumah milik Mak Inah, 73 tahun, yang roboh diterjang angin. Rumah berukuran 5 kali 6 meter itu dikerjakan gotong royong selama 21 hari.
Komandan kodim mengatakan bahan bangunan berasal dari sumbangan perantau dan bantuan Baznas senilai Rp22 juta. Warga menyumbang kayu, pasir dan tenaga setiap akhir pekan.
Mak Inah yang tinggal bersama dua cucunya terharu saat menerima kunci. Ia mengaku selama ini tidur di bawah terpal setiap kali hujan turun.`},
	{"Perpustakaan Keliling Tambah Rute", `Dinas perpustakaan menambah lima rute mobil pintar ke sekolah dasar di pelosok mulai Februari. Dengan tambahan itu seluruh 32 sekolah di Kecamatan Hiliran Gumanti akan dikunjungi sedikitnya sekali dalam dua pekan.
Mobil membawa 1.500 judul buku anak, dua komputer jinjing dan layar untuk memutar film pendidikan. Pustakawan Desi Arisandi mengatakan anak-anak paling menyukai buku cerita rakyat dan ensiklopedia bergambar.
Guru menyambut gembira karena perpustakaan sekolah hanya memiliki buku pelajaran lama. Orang tua juga boleh meminjam buku pertanian dan resep masakan dengan menunjukkan kartu keluarga.`},
}

// changes are what a second newsroom does to a release.
var changes = []struct {
	name string
	do   func(release) release
}{
	{"nothing", func(r release) release { return r }},
	{"another title", func(r release) release {
		return release{"Kabar Baik! " + strings.ToUpper(r.title[:1]) + r.title[1:] + ", Begini Kata Warga", r.body}
	}},
	{"another dateline", func(r release) release {
		_, text, found := strings.Cut(r.body, " – ")
		if !found {
			text = r.body
		}
		return release{r.title, "PADANG, KabarContoh.example — " + text}
	}},
	{"last paragraph trimmed", func(r release) release {
		lines := strings.Split(r.body, "\n")
		if len(lines) > 2 {
			lines = lines[:len(lines)-1]
		}
		return release{r.title, strings.Join(lines, "\n")}
	}},
	{"advertisement and credits", func(r release) release {
		first, rest, _ := strings.Cut(r.body, "\n")
		return release{r.title, first + "\nBaca juga: Daftar Calon Penerima Beasiswa Tahun 2026 Diumumkan\n" + rest +
			"\nIkuti berita terbaru Kabar Contoh melalui Google News dan saluran WhatsApp.\nEditor: Rina\n(Red/And)"}
	}},
	{"other words", func(r release) release {
		return release{r.title, strings.NewReplacer("mengatakan", "menuturkan", " seluruh ", " semua ", " tersebut ", " itu ",
			" juga ", " pun ", "menyampaikan", "menyebutkan", "berharap", "ingin", " karena ", " sebab ").Replace(r.body)}
	}},
	{"other spelling", func(r release) release {
		return release{strings.ToUpper(r.title), strings.NewReplacer("Kabupaten", "Kab.", "Rp", "Rp ", "bahwa ", "", " dan ", " & ",
			`"`, "”", "jadwal", "jadual", " agar ", " supaya ", "Senin (12/1/2026)", "Senin, 12 Januari 2026").Replace(r.body)}
	}},
	{"a sentence added", func(r release) release {
		return release{r.title, r.body + " Hal itu dibenarkan warga setempat saat dihubungi melalui telepon semalam."}
	}},
	{"everything at once", func(r release) release {
		lines := strings.Split(r.body, "\n")
		if len(lines) > 3 {
			lines = lines[:len(lines)-1]
		}
		body := strings.NewReplacer("seluruh", "semua", "mengatakan", "menjelaskan").Replace(strings.Join(lines, "\n"))
		return release{"Resmi, " + r.title, body + "\nBaca juga: Cuaca Besok\n(rel)"}
	}},
}

func TestCopies(t *testing.T) {
	pairs := 0
	for _, r := range releases {
		for _, c := range changes {
			pairs++
			changed := c.do(r)
			a, b := Read(r.title, r.body), Read(changed.title, changed.body)
			if l := Compare(a, b); !l.Copies() {
				t.Errorf("%s, %s: parted by %+v", r.title, c.name, l)
			}
			if n := shared(a, b); 2*n < max(len(a.Marks()), len(b.Marks())) {
				t.Errorf("%s, %s: only %d marks in common", r.title, c.name, n)
			}
		}
	}
	if pairs < 60 {
		t.Errorf("only %d pairs", pairs)
	}
}

func shared(a, b *Text) int {
	n := 0
	for _, m := range a.Marks() {
		if slices.Contains(b.Marks(), m) {
			n++
		}
	}
	return n
}

func TestDifferentReleases(t *testing.T) {
	for i, a := range releases {
		for _, b := range releases[:i] {
			one, two := Read(a.title, a.body), Read(b.title, b.body)
			if l := Compare(one, two); l.Copies() {
				t.Errorf("%s and %s joined by %+v", a.title, b.title, l)
			}
			if n := shared(one, two); n > 1 {
				t.Errorf("%s and %s have %d marks in common", a.title, b.title, n)
			}
		}
	}
}

func TestRedated(t *testing.T) {
	long := releases[0]
	next := strings.ReplaceAll(long.body, "Senin (12/1/2026)", "Selasa (13/1/2026)")
	l := Compare(Read(long.title, long.body), Read(long.title, next))
	if !l.Copies() {
		t.Errorf("a release that another portal printed a day later is parted by %+v", l)
	}
	if l.Reprint() {
		t.Errorf("the same text of another day on one portal is joined by %+v", l)
	}
}

func TestShortTextsStayAlone(t *testing.T) {
	for _, body := range []string{"", "Foto: Istimewa", "Simak selengkapnya dalam video berikut ini."} {
		if l := Compare(Read("Video", body), Read("Video", body)); l.Copies() {
			t.Errorf("%q joined by %+v", body, l)
		}
	}
}

func TestMarksStay(t *testing.T) {
	// Marks are stored: other numbers for the same text would part it from
	// its copies of the days before.
	got := fmt.Sprint(Read(releases[6].title, releases[6].body).Marks())
	const want = "[54337783 863699423 868805034 885674559 888674056 1159014393 1736031630 2227647191 2352856700 2385525721]"
	if got != want {
		t.Errorf("marks are %s, want %s", got, want)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("Judul", releases[0].body, releases[1].body)
	f.Add("", "SOLOK –", "\xff\xfe 1.,. 0 …")
	f.Add("A", strings.Repeat("Senin 1.1.1 ", 9000), strings.Repeat("’’’ ", 50))
	f.Fuzz(func(t *testing.T, title, one, two string) {
		a, b := Read(title, one), Read(title, two)
		ab, ba := Compare(a, b), Compare(b, a)
		if ab.Shared != ba.Shared || ab.Head != ba.Head || ab.Words != ba.Words {
			t.Errorf("one way %+v, the other %+v", ab, ba)
		}
		if ab.Shared < 0 || ab.Shared > 1 || ab.Dates > ab.Differ || len(a.Marks()) > MaxMarks || a.words > maxWords {
			t.Errorf("out of bounds: %+v, %d words, %d marks", ab, a.words, len(a.Marks()))
		}
		if self := Compare(a, a); self.Differ != 0 || a.words >= shingle && self.Shared != 1 {
			t.Errorf("%q is unlike itself: %+v", one, self)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		Read(releases[0].title, releases[0].body)
	}
}

func BenchmarkCompare(b *testing.B) {
	one, two := Read(releases[0].title, releases[0].body), Read(releases[1].title, releases[1].body)
	for b.Loop() {
		Compare(one, two)
	}
}
