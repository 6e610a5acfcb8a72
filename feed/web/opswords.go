package web

import (
	"slices"
	"strings"

	"kabar/feed"
	"kabar/storage/news"
)

// gravity is how much of a portal's news a trouble costs.
type gravity string

const (
	heavy gravity = "bad"   // articles are missing
	quiet gravity = "quiet" // perhaps there are none
	light gravity = "note"  // nothing is missing
)

// trouble is the cause of an event in words for the operator.
type trouble struct {
	Weight gravity
	Name   string // a few words
	What   string // what was seen, a sentence
	Do     string // what helps, a sentence or two
}

// troubleOf puts a cause into words; an unknown one is shown as it is.
func troubleOf(cause string) trouble {
	switch cause {
	case "unreachable":
		return trouble{heavy, "Tidak dapat dihubungi", "Situs tidak menjawab, atau menjawab dengan galat.",
			"Buka situsnya di peramban. Bila di sana juga mati, tunggu: Kabar mencoba lagi sendiri. Bila di sana hidup, periksa alamat home di definisi portal dan sambungan server ini."}
	case "blocked":
		return trouble{heavy, "Ditolak portal", "Situs menolak perayap, atau menampilkan halaman pemeriksaan atau log masuk di tempat berita.",
			"Buka situsnya di peramban, lalu minta pengelola portal mengizinkan Kabar; tunjukkan halaman /bot dan catatan dari kabar requests."}
	case "robots":
		return trouble{heavy, "Dilarang robots.txt", "robots.txt portal melarang halaman yang diperlukan, atau tidak dapat dibaca. Larangan itu dipatuhi.",
			"Minta izin kepada pengelola portal, atau berhenti merayapinya dengan kabar remove."}
	case "tls":
		return trouble{heavy, "Sertifikat rusak", "Sambungan aman (HTTPS) ke situs gagal, misalnya karena sertifikatnya kedaluwarsa.",
			"Beri tahu pengelola portal. Kabar mencoba lagi sendiri."}
	case "unreadable":
		return trouble{heavy, "Halaman depan tidak terbaca", "Yang dijawab situs bukan halaman yang dapat dibaca.",
			"Buka halaman depan di peramban. Bila tampak baik di sana, sebutkan umpan atau halaman daftar di definisi portal."}
	case "scripted":
		return trouble{heavy, "Kosong tanpa JavaScript", "Halaman depan baru terisi setelah skripnya berjalan, dan Kabar tidak menjalankan skrip.",
			"Cari umpan atau halaman daftar portal ini, lalu sebutkan di definisinya."}
	case "zero-links":
		return trouble{heavy, "Tidak ada tautan berita", "Situs menjawab, tetapi di daftarnya tidak ada tautan berita.",
			"Buka situsnya di peramban. Bila berita ada di halaman lain, sebutkan halaman itu sebagai listing di definisi portal."}
	case "stale":
		return trouble{quiet, "Daftar berita berhenti", "Yang terbaru di daftar jauh lebih lama daripada yang pernah ada di sana.",
			"Buka daftarnya di peramban. Bila berita baru ada di tempat lain, sebutkan tempat itu di definisi portal."}
	case "silent":
		return trouble{quiet, "Sunyi", "Tidak ada berita baru, lebih lama daripada kebiasaan portal ini; akhir pekan dan hari libur sudah diperhitungkan.",
			"Buka situsnya di peramban. Bila masih terbit, lihat di mana; bila tidak, tunggu atau hentikan dengan kabar remove."}
	case "rung":
		return trouble{light, "Sumber tautan berganti", "Berita kini ditemukan lewat sumber lain daripada sebelumnya.",
			"Tidak perlu apa-apa selama berita tetap datang. Bila lebih buruk, sebutkan umpan di definisi portal."}
	case "template":
		return trouble{light, "Tampilan halaman berubah", "Susunan halaman artikel lain daripada yang dikenal; Kabar mempelajarinya sendiri.",
			"Baca satu dua artikel terbaru portal ini di Kabar. Bila ada yang keliru, kabar explain ALAMAT menunjukkan sebabnya."}
	case "fields":
		return trouble{light, "Artikel tanpa tanggal", "Sebagian besar artikel terakhir tidak punya tanggal yang dapat dipercaya.",
			"kabar explain ALAMAT menunjukkan isi halaman; sebutkan tempat tanggalnya di definisi portal ([article] date)."}
	case "hacked":
		return trouble{heavy, "Tanda peretasan", "Di halaman portal ada isi yang bukan milik portal, seperti iklan judi tersembunyi. Artikel yang utuh tetap terbit, yang palsu ditahan.",
			"Jangan buka tautannya. Beri tahu pengelola portal."}
	case "storage":
		return trouble{heavy, "Penyimpanan gagal", "Untuk sementara tidak ada yang dapat disimpan.",
			"Periksa ruang dan keadaan cakram dengan kabar doctor. Yang belum tersimpan dibaca lagi sendiri."}
	default:
		return trouble{Weight: heavy, Name: feed.Line(cause, 60)}
	}
}

// tally says where the pages of one or more visits went. Pages counts every
// answer, and is the sum of New, Revised, Same, Other and Lists; Failed are
// pages without an answer that helps.
type tally struct {
	Pages, New, Revised, Same int
	Other                     int // answered, but no article
	Lists                     int // lists, further parts, and looks at what had not changed
	Failed                    int
	Reasons                   []reason // why pages were dropped for good
	Waiting                   int      // links that are tried again later
	Visits                    int
}

// reason is why pages were dropped, in words.
type reason struct {
	Words  string
	Count  int
	failed bool
}

// add counts a visit in.
func (t *tally) add(v news.Visit) {
	other := 0
	for key, n := range v.Dropped {
		if key == waitingKey {
			t.Waiting += n
			continue
		}
		words, failed := reasonWords(key)
		if !failed {
			other += n
		}
		at := slices.IndexFunc(t.Reasons, func(r reason) bool { return r.Words == words })
		if at < 0 {
			at = len(t.Reasons)
			t.Reasons = append(t.Reasons, reason{Words: words, failed: failed})
		}
		t.Reasons[at].Count += n
	}
	t.Visits++
	t.Pages += v.Pages
	t.New += v.New
	t.Revised += v.Revised
	t.Same += v.Same
	t.Failed += v.Failed
	t.Other += other
	t.Lists += v.Pages - v.New - v.Revised - v.Same - other
}

// sorted brings the reasons into order, the most frequent first.
func (t *tally) sorted() {
	slices.SortFunc(t.Reasons, func(a, b reason) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Words, b.Words)
	})
}

// waitingKey is among the counts of a visit what is no page at all: the links
// that wait.
const waitingKey = "tried again later"

// reasonWords puts the reason into words for which a page was dropped, and
// tells whether the page had failed; others were answered.
func reasonWords(key string) (words string, failed bool) {
	if status, ok := strings.CutPrefix(key, "status "); ok {
		switch status {
		case "404", "410":
			return "tidak ada lagi (" + status + ")", true
		case "401", "403":
			return "ditolak situs (" + status + ")", true
		}
		return "dijawab dengan galat " + feed.Line(status, 20), true
	}
	if words, ok := map[string]string{
		"bad-address": "alamat yang tidak dapat dipakai", "forbidden-address": "alamat yang bukan milik umum",
		"robots-disallowed": "dilarang robots.txt", "robots-unreachable": "robots.txt tidak terbaca", "dns": "nama situs tidak ditemukan",
		"refused": "sambungan ditolak", "tls": "sertifikat rusak", "timeout": "tidak menjawab pada waktunya", "slow": "menjawab terlalu lambat",
		"broken": "sambungan terputus", "truncated": "jawaban terpotong", "too-large": "terlalu besar", "bomb": "bom data",
		"bad-type": "gambar atau dokumen", "redirects": "dialihkan terus-menerus", "must-wait": "situs minta ditunggu", "status": "jawaban yang tidak jelas",
	}[key]; ok {
		return words, true
	}
	kind, why, _ := strings.Cut(key, ": ")
	why = feed.Line(why, 80)
	switch kind {
	case "listing":
		return "halaman daftar", false
	case "other":
		return "bukan berita (" + otherWords(why) + ")", false
	case "no HTML":
		return "bukan halaman HTML (" + why + ")", false
	case "unreadable page":
		return "halaman tidak terbaca", false
	case "no title or text":
		return "tanpa judul atau isi", false
	}
	return feed.Line(key, 100), false
}

// otherWords says what a page was that is neither an article nor a list; a
// kind that is not known is shown as it is.
func otherWords(why string) string {
	switch {
	case strings.HasPrefix(why, "only "), why == "no text":
		return "terlalu sedikit teks"
	case strings.HasPrefix(why, "the server answered"), why == "a page that is not there":
		return "halaman galat"
	case why == "a search", why == "an empty search":
		return "hasil pencarian"
	case why == "a calendar":
		return "kalender"
	case why == "a challenge", why == "a refusal", why == "a log-in":
		return "ditahan situs"
	default:
		return why
	}
}
