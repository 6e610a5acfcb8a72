package extract

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"kabar/crawler/page"
	"kabar/storage/news"
)

// lessonsOf reads pages as a crawl does, for what they teach.
func lessonsOf(t *testing.T, pages []*page.Page) []*Lesson {
	t.Helper()
	var lessons []*Lesson
	for _, p := range pages {
		raw, err := Extract(p, Options{Teach: true})
		if err != nil || raw.Lesson == nil {
			t.Fatalf("reading %s: %v, lesson %v", p.URL, err, raw.Lesson)
		}
		lessons = append(lessons, raw.Lesson)
	}
	return lessons
}

func TestLearnFromLessonsIsLearnFromPages(t *testing.T) {
	var pages []*page.Page
	for n := range 6 {
		pages = append(pages, sitePage(t, n, "<p>Ikuti saluran kami setiap hari untuk kabar terbaru dari seluruh nagari.</p>"))
	}
	if a, b := Learn(pages), LearnFrom(lessonsOf(t, pages)); !reflect.DeepEqual(a, b) {
		t.Errorf("learned of pages %+v, of lessons %+v", a, b)
	}
}

func TestTemplateSaysWhatItDrops(t *testing.T) {
	box := "<p>Unduh aplikasi kami di toko kesayangan Anda, dan nikmati berita pilihan setiap pagi tanpa biaya apa pun.</p>"
	var pages []*page.Page
	for n := range 5 {
		pages = append(pages, sitePage(t, n, box))
	}
	raw, err := Extract(pages[0], Options{Template: Learn(pages)})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range raw.Dropped {
		if strings.HasPrefix(d.Text, "Unduh aplikasi") && d.Why == whyEverywhere && raw.BodyOrigin == "template" {
			return
		}
	}
	t.Errorf("origin %q, dropped %+v, want the box dropped by the template", raw.BodyOrigin, raw.Dropped)
}

func TestTemplateNeverEmptiesAPage(t *testing.T) {
	body := "<p>Warga nagari menyambut baik rencana perbaikan jalan dan jembatan yang disampaikan pemerintah daerah, Selasa pagi.</p>"
	var same []*page.Page
	for _, about := range []string{"pasar", "sekolah", "jalan", "sawah", "hutan", "pantai"} {
		p, err := page.FromBytes("https://kabar.example/2026/01/"+about+".html",
			[]byte(fmt.Sprintf("<title>Kabar %s hari ini</title><h1>Kabar %[1]s hari ini</h1><div class=x1>%[2]s</div>", about, body)), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		same = append(same, p)
	}
	everywhere := Learn(same) // the whole text stands on all pages
	hostile := Learn(same)
	hostile.Repeats = nil
	for l := range hostile.Layouts { // and no body was ever seen where it stands
		for key := range hostile.Layouts[l].Blocks {
			hostile.Layouts[l].Blocks[key] = Tally{Dropped: 1e6, Pages: 6}
		}
	}
	for name, template := range map[string]*Template{"repeated": everywhere, "misplaced": hostile} {
		raw, err := Extract(same[0], Options{Template: template})
		if err != nil {
			t.Fatal(err)
		}
		if text := news.PlainText(raw.Body); !strings.Contains(text, "Warga nagari") || raw.BodyOrigin != "automatic" {
			t.Errorf("%s: body %q found by %q, want what the page alone gives", name, text, raw.BodyOrigin)
		}
	}
}

func TestTemplatesBeside(t *testing.T) {
	box := "<p>Unduh aplikasi kami di toko kesayangan Anda, dan nikmati berita pilihan setiap pagi tanpa biaya apa pun.</p>"
	var old, fresh []*page.Page
	for n := range 6 {
		old = append(old, sitePage(t, n, ""))
		markup := strings.NewReplacer("x1", "new-theme", "x2", "new-text").Replace(string(sitePage(t, n, box).Body))
		p, err := page.FromBytes(fmt.Sprintf("https://kabar.example/2026/02/%d.html", n), []byte(markup), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		fresh = append(fresh, p)
	}
	first := Learn(old)
	lessons := lessonsOf(t, fresh)
	if !first.Fits(lessonsOf(t, old)[0]) || first.Fits(lessons[0]) {
		t.Error("the template does not tell its own pages from those of another layout")
	}
	both := first.With(LearnFrom(lessons))
	if len(first.Beside) != 0 || len(both.Beside) != 1 || !both.Fits(lessons[5]) {
		t.Errorf("beside the first stand %d, with the new one %d", len(first.Beside), len(both.Beside))
	}
	for template, want := range map[*Template]bool{first: true, both: false} {
		raw, err := Extract(fresh[0], Options{Template: template})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(news.PlainText(raw.Body), "Unduh aplikasi"); got != want {
			t.Errorf("with %d beside: body holds the repeated text: %t, want %t", len(template.Beside), got, want)
		}
	}
	for range 5 {
		both = both.With(LearnFrom(lessons))
	}
	if len(both.Beside) > maxBeside {
		t.Errorf("%d templates beside the first, want at most %d", len(both.Beside), maxBeside)
	}
}

// hugePage has many boxes of its own classes and many lines that other pages
// have too.
func hugePage(t *testing.T, n int) *page.Page {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "<title>Kabar %s</title><h1>Kabar %[1]s hari ini dari nagari</h1>", letters(n+1))
	for i := range 900 {
		fmt.Fprintf(&b, "<div class='a%s'><div class='b%s'><p>Baris %d yang sama di semua halaman, ditulis panjang supaya dibaca orang.</p></div></div>",
			letters(i), letters(i*7), i)
	}
	p, err := page.FromBytes(fmt.Sprintf("https://kabar.example/%d.html", n), []byte(b.String()), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func letters(n int) string {
	s := ""
	for ; n > 0; n /= 26 {
		s += string(rune('a' + n%26))
	}
	return s
}

func TestTemplatesStaySmall(t *testing.T) {
	var pages []*page.Page
	for n := range 9 {
		pages = append(pages, hugePage(t, n))
	}
	learned := Learn(pages)
	for range 4 {
		learned = learned.With(Learn(pages))
	}
	data, err := json.Marshal(learned)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 150_000 || len(data) < 20_000 {
		t.Errorf("templates of huge pages take %d bytes, want at most 150000 and not nothing", len(data))
	}
	var back *Template
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if again, err := json.Marshal(back); err != nil || string(again) != string(data) {
		t.Errorf("a template that was written and read is written differently, %v", err)
	}
}

func TestDamagedTemplatesHarmNothing(t *testing.T) {
	p := sitePage(t, 1, "")
	for _, data := range []string{`{}`, `{"layouts":[{}],"beside":[{}]}`, `{"pages":-3,"layouts":[{"depth":99,"body":{"1":true}}],"repeats":{"5":9}}`,
		`{"layouts":[{"depth":-1,"blocks":{"7":{"kept":-1,"dropped":-5,"pages":9}}}]}`, `{"beside":[null]}`} {
		var template *Template
		if err := json.Unmarshal([]byte(data), &template); err != nil {
			t.Fatal(err)
		}
		raw, err := Extract(p, Options{Template: template})
		if err != nil || len(raw.Body) != 2 {
			t.Errorf("%s: %d blocks, %v, want 2", data, len(raw.Body), err)
		}
	}
}
