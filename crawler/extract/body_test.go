package extract

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"kabar/crawler/page"
	"kabar/crawler/portal"
	"kabar/storage/news"
)

// bodyText is the body of a page that is put together around some markup.
func bodyText(t *testing.T, markup string, o Options) (text, origin string) {
	t.Helper()
	p, err := page.FromBytes("https://kabar.example/2026/01/berita-hari-ini.html", []byte("<!doctype html>"+markup), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := Extract(p, o)
	if err != nil {
		t.Fatal(err)
	}
	return news.PlainText(raw.Body), raw.BodyOrigin
}

const (
	first  = "Pemerintah kabupaten memperbaiki tanggul sungai yang jebol pekan lalu, kata kepala dinas pekerjaan umum, Senin."
	second = "Pekerjaan melibatkan empat alat berat dan ditargetkan selesai sebelum hujan kembali turun pada akhir bulan."
	third  = "Warga di hilir diminta tetap waspada dan mengikuti petunjuk petugas sampai tanggul itu dinyatakan aman."
)

// around puts text between two paragraphs of an article.
func around(markup string) string {
	return `<title>Tanggul Diperbaiki</title><h1>Tanggul Diperbaiki</h1><div class="post-body"><p>` + first + "</p>" + markup + "<p>" + second + "</p><p>" + third + "</p></div>"
}

func TestBodyLeavesOut(t *testing.T) {
	tests := []struct{ name, markup, not string }{
		{"baca juga as a line", `<p>Baca Juga: <a href="/x">Harga Beras Turun</a></p>`, "Harga Beras"},
		{"baca juga as a link", `<p><a href="/x">Baca Juga: Harga Beras Turun</a></p>`, "Harga Beras"},
		{"baca juga within a paragraph", `<p>Petugas berjaga siang dan malam di lokasi itu. Baca juga: <a href="/x">Harga Beras Turun</a></p>`, "Harga Beras"},
		{"baca juga between sentences", `<p>Petugas berjaga siang dan malam di lokasi itu. Baca juga: <a href="/x">Harga Beras Turun</a> Mereka datang bergantian setiap enam jam.</p>`, "Harga Beras"},
		{"baca juga in brackets", `<p>Petugas berjaga siang dan malam di lokasi (baca juga: <a href="/x">Harga Beras Turun</a>)</p>`, "Harga Beras"},
		{"rows of headlines", `<h3>Jangan Lewatkan!</h3><p><a href="/x">Harga Beras Turun di Tiga Pasar</a></p><p><a href="/y">Pelajar Menang Lomba Robot di Ibu Kota</a></p>`, "Jangan Lewatkan"},
		{"headlines parted by line breaks", `<p><a href="/x">Harga Beras Turun di Tiga Pasar</a><br><a href="/y">Pelajar Menang Lomba Robot di Ibu Kota</a></p>`, "Harga Beras"},
		{"an advertisement's label", `<div>ADVERTISEMENT</div>`, "ADVERT"},
		{"hidden text", `<div style="text-indent:-9999px"><p>slot gacor maxwin hari ini, situs terpercaya dengan pembayaran tercepat.</p></div>`, "gacor"},
		{"a share bar", `<div class="share-buttons"><a href="#">Facebook</a> <a href="#">Twitter</a></div>`, "Facebook"},
		{"the title again", `<div>Tanggul Diperbaiki</div>`, "Tanggul Diperbaiki"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, _ := bodyText(t, around(tt.markup), Options{})
			if strings.Contains(text, tt.not) {
				t.Errorf("body holds %q:\n%s", tt.not, text)
			}
			for _, want := range []string{first, second, third} {
				if !strings.Contains(text, want) {
					t.Errorf("body lacks %q:\n%s", want, text)
				}
			}
		})
	}
}

// TestBodyLeavesOutWhatStandsAboveTheTitle holds lists of people and numbers
// out of the body that stand before a title in a box without a telling name.
func TestBodyLeavesOutWhatStandsAboveTheTitle(t *testing.T) {
	staff := `<div class="kotak"><h4>Aparatur Desa</h4><p>Kepala Desa: H. Syafril Datuk Rajo</p><p>Sekretaris Desa: Murni Handayani</p>
		<p>Kepala Urusan Keuangan: Rudi Hartono</p><p>Kepala Dusun Hilir: Yusri</p></div>`
	numbers := `<div class="kotak"><p>Luas nagari kami 1.240 hektare, penduduknya 3.412 jiwa.</p><p>Kepala Dusun Hilir, Yusri, melayani setiap hari kerja.</p></div>`
	article := func(title string) string {
		return `<div class="kolom">` + title + `<div>20 Januari 2026 09:05:00 | Administrator | 139 Kali Dibaca</div><div class="teks"><p>` + first + `</p><p>` + second +
			`</p><ul><li>alat berat empat unit,</li><li>karung pasir seribu lembar.</li></ul><p>` + third + `</p></div></div>`
	}
	tests := []struct{ name, markup string }{
		{"title that only its place tells", `<title>Nagari Hulu</title>` + staff + article(`<h4>Tanggul Sungai Diperbaiki Warga</h4>`)},
		{"title in a telling class", `<title>Nagari Hulu</title>` + staff + article(`<h4 class="catg_title">Tanggul Sungai Diperbaiki Warga</h4>`)},
		{"title in an h1 of other words", `<title>Nagari Hulu</title>` + staff + article(`<h1>Tanggul Sungai Diperbaiki Warga</h1>`)},
		{"sentences above an h1 of other words", `<title>Nagari Hulu</title>` + numbers + article(`<h1>Tanggul Sungai Diperbaiki Warga</h1>`)},
		{"title that <title> repeats", `<title>Tanggul Sungai Diperbaiki Warga - Nagari Hulu</title>` + staff + article(`<h2>Tanggul Sungai Diperbaiki Warga</h2>`)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, _ := bodyText(t, tt.markup, Options{})
			if strings.Contains(text, "Kepala D") || strings.Contains(text, "Keuangan") {
				t.Errorf("body holds the list above the title:\n%s", text)
			}
			for _, want := range []string{first, second, third, "karung pasir"} {
				if !strings.Contains(text, want) {
					t.Errorf("body lacks %q:\n%s", want, text)
				}
			}
		})
	}
}

func TestBodyKeeps(t *testing.T) {
	tests := []struct{ name, markup, want string }{
		{"a link in a sentence", `<p>Laporan lengkap ada pada <a href="/x">laman resmi pemerintah</a> dan dapat diunduh siapa saja.</p>`, "laman resmi pemerintah dan dapat"},
		{"a list", `<ul><li>alat berat empat unit,</li><li>petugas dua puluh orang,</li><li>karung pasir seribu lembar.</li></ul>`, "petugas dua puluh orang,"},
		{"a quotation", `<blockquote>“Kami bekerja siang malam supaya warga bisa tidur tenang,” katanya.</blockquote>`, "bisa tidur tenang"},
		{"lihat in a sentence", `<p>Warga datang untuk lihat <a href="/x">tanggul yang jebol itu</a> dari dekat, meski dilarang petugas.</p>`, "tanggul yang jebol itu"},
		{"text between line breaks", `Seorang warga mengatakan air sempat masuk ke rumah setinggi lutut orang dewasa.<br><br>Ia mengungsi ke rumah saudara.<br>`, "setinggi lutut"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if text, _ := bodyText(t, around(tt.markup), Options{}); !strings.Contains(text, tt.want) {
				t.Errorf("body lacks %q:\n%s", tt.want, text)
			}
		})
	}
}

func TestBodyEnds(t *testing.T) {
	tests := []struct{ name, tail string }{
		{"initials", "<p>(And)</p>"},
		{"initials behind the sentence", " ***(Yan)"},
		{"an editor", "<p>Editor: Budi</p>"},
		{"writer and editor in a table", "<table><tr><td>Penulis</td><td>: Andi Putra</td></tr><tr><td>Editor</td><td>: Budi</td></tr></table>"},
		{"half a row of a table", "<table><tr><td>Editor</td><td>: Budi Santoso</td></tr></table>"},
		{"an agency", "<p>ANTARA</p>"},
		{"hash tags", "<p>#banjir #tanggul</p>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			markup := `<title>Tanggul Diperbaiki</title><h1>Tanggul Diperbaiki</h1><div class="post-body"><p>` + first + "</p><p>" + second + "</p><p>" + third + tt.tail + "</p></div>"
			if text, _ := bodyText(t, markup, Options{}); !strings.HasSuffix(text, third) {
				t.Errorf("body ends with %q, want %q", text[max(0, len(text)-len(third)-30):], third)
			}
		})
	}
}

// What hides the whole article is a guard against flicker; what hides a part
// of a page that has other text is not.
func TestBodyBehindAGuard(t *testing.T) {
	text, _ := bodyText(t, `<div style="opacity:0">`+around("")+"</div>", Options{})
	if !strings.Contains(text, second) {
		t.Errorf("body of a guarded page is %q", text)
	}
}

func TestBodyOfFrameNamedComments(t *testing.T) {
	text, _ := bodyText(t, `<div class="page has-comments sidebar-right">`+around("")+"</div>", Options{})
	if !strings.Contains(text, second) {
		t.Errorf("body within a frame named has-comments is %q", text)
	}
}

func TestBodyFromJSONLD(t *testing.T) {
	markup := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Tanggul Diperbaiki","articleBody":"` + first + `\n` + second + `\n` + third + `"}</script><h1>Tanggul Diperbaiki</h1><div id="app"></div>`
	text, origin := bodyText(t, markup, Options{})
	if origin != "jsonld" || !strings.Contains(text, second) {
		t.Errorf("body from %q is %q, want it from jsonld", origin, text)
	}
}

func TestPhrasesAreInOrder(t *testing.T) {
	for i := 1; i < len(phrases); i++ {
		if phrases[i-1].start[0] > phrases[i].start[0] {
			t.Errorf("%q stands before %q", phrases[i-1].start, phrases[i].start)
		}
	}
}

func TestBodyFromFlightData(t *testing.T) {
	html := "<p>" + first + "</p><p>" + second + "</p>"
	row := fmt.Sprintf(`1:[\"$\",\"div\"]\n2:T%x,%s\n3:null`, len(html), html)
	half := len(row) / 2
	markup := `<title>Tanggul Diperbaiki</title><div id="app"></div><script>self.__next_f.push([1,"` + row[:half] + `"])</script><script>self.__next_f.push([1,"` + row[half:] + `"])</script>`
	if text, origin := bodyText(t, markup, Options{}); origin != "state" || text != first+"\n"+second {
		t.Errorf("body from %q is %q, want two paragraphs from state", origin, text)
	}
}

func TestBodyByRule(t *testing.T) {
	markup := `<h1>Tanggul Diperbaiki</h1><div class="post-body"><p>` + first + "</p></div><div id='isi'><p>" + second + "</p><p class='promo-app'>Unduh aplikasi kami.</p><div class='share'>Bagikan</div></div>"
	text, origin := bodyText(t, markup, Options{Rules: portal.Article{Body: []string{".none", "#isi"}, Drop: []string{".promo-app"}}})
	if origin != "rule" || text != second {
		t.Errorf("body from %q is %q, want %q from the rule", origin, text, second)
	}
}

// sitePage is one article of a made-up site whose pages all carry the same box.
func sitePage(t *testing.T, n int, box string) *page.Page {
	t.Helper()
	words := []string{"pasar", "sekolah", "jalan", "jembatan", "sawah", "hutan", "pantai", "terminal"}
	w := words[n%len(words)]
	markup := "<title>Kabar " + w + " hari ini</title><h1>Kabar " + w + " hari ini</h1><div class=x1><div class=x2><p>Warga " + w + " menyambut baik rencana perbaikan yang disampaikan pemerintah nagari, Selasa pagi.</p><p>Menurut mereka, " + w +
		" itu sudah lama menunggu perhatian dan biaya yang cukup untuk dibenahi bersama-sama.</p>" + box + "</div></div>"
	p, err := page.FromBytes("https://kabar.example/2026/01/"+w+".html", []byte(markup), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTemplateDropsWhatRepeats(t *testing.T) {
	box := "<p>Unduh aplikasi kami di toko kesayangan Anda, dan nikmati berita pilihan setiap pagi tanpa biaya apa pun.</p>"
	var pages []*page.Page
	for n := range 5 {
		pages = append(pages, sitePage(t, n, box))
	}
	learned := Learn(pages)
	for _, o := range []Options{{}, {Template: learned}} {
		raw, err := Extract(pages[0], o)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Contains(news.PlainText(raw.Body), "Unduh aplikasi"), o.Template == nil; got != want {
			t.Errorf("with template %t: body holds the repeated text: %t, want %t", o.Template != nil, got, want)
		}
	}
}

func TestTemplateNoticesANewLayout(t *testing.T) {
	var pages []*page.Page
	for n := range 5 {
		pages = append(pages, sitePage(t, n, ""))
	}
	learned := Learn(pages)
	if fit := learned.Fit(sitePage(t, 6, "")); fit < 0.9 {
		t.Errorf("a page of the known layout fits by %.2f, want at least 0.9", fit)
	}
	raw, err := os.ReadFile("testdata/wordpress.html")
	if err != nil {
		t.Fatal(err)
	}
	other, err := page.FromBytes("https://kabar.example/2026/01/b.html", raw, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if fit := learned.Fit(other); fit > 0.2 {
		t.Errorf("a page of another layout fits by %.2f, want at most 0.2", fit)
	}
	for range 3 {
		pages = append(pages, other)
	}
	if n := len(Learn(pages).Layouts); n != 2 {
		t.Errorf("%d layouts learned of two, want 2", n)
	}
}

func TestKindOfOtherPages(t *testing.T) {
	tests := []struct {
		name, address, markup string
		want                  Kind
		why                   string
	}{
		{"challenge", "https://kabar.example/2026/01/a.html", "<title>Just a moment...</title><h1>kabar.example</h1><p>Checking your browser before accessing the site.</p>", KindOther, "a challenge"},
		{"soft 404", "https://kabar.example/2026/01/a.html", "<title>Halaman tidak ditemukan</title><h1>Halaman tidak ditemukan</h1><p>Maaf, halaman yang Anda cari tidak ada.</p>", KindOther, "not there"},
		{"log-in", "https://kabar.example/masuk", "<title>Masuk</title><h1>Masuk</h1><form><input name=u><input type=password name=p><button>Masuk</button></form><p>Lupa kata sandi?</p>", KindOther, "a log-in"},
		{"empty", "https://kabar.example/2026/01/a.html", "<title>Kabar</title>", KindOther, "no text"},
		{"calendar", "https://kabar.example/agenda/2026/1", "<title>Agenda</title><table>" + calendarRows() + "</table>", KindOther, "a calendar"},
		{"article", "https://kabar.example/2026/01/tanggul-diperbaiki-hari-ini.html", around(""), KindArticle, "running text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := page.FromBytes(tt.address, []byte("<!doctype html>"+tt.markup), time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			raw, err := Extract(p, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if raw.Kind != tt.want || !strings.Contains(raw.KindWhy, tt.why) {
				t.Errorf("kind %s (%s), want %s (%s)", raw.Kind, raw.KindWhy, tt.want, tt.why)
			}
		})
	}
}

func calendarRows() string {
	var b strings.Builder
	for _, day := range strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31") {
		b.WriteString("<tr><td><a href='/agenda/" + day + "'>" + day + "</a></td></tr>")
	}
	return b.String()
}
