package extract

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kabar/crawler/page"
	"kabar/storage/news"
)

// surveyed walks a page of some markup.
func surveyed(t *testing.T, markup string) *Survey {
	t.Helper()
	p, err := page.FromBytes("https://kabar.example/2026/01/berita-hari-ini.html", []byte("<!doctype html>"+markup), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := survey(p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// blockWith is the index of the first block that holds some words.
func blockWith(t *testing.T, s *Survey, words string) int {
	t.Helper()
	for i := range s.Blocks {
		if strings.Contains(s.Blocks[i].Text, words) {
			return i
		}
	}
	t.Fatalf("no block holds %q", words)
	return -1
}

// all keeps every block.
func all(s *Survey) []bool { return slices.Repeat([]bool{true}, len(s.Blocks)) }

func TestCommentsAreNoBody(t *testing.T) {
	comment := `<div class="komentar"><p>Semoga tanggul itu lekas selesai, kami di hilir sudah lelah mengungsi setiap hujan turun.</p></div>`
	s := surveyed(t, around("")+comment)
	keep := all(s)
	layoutOf(s).cut(keep)
	if keep[blockWith(t, s, "lelah mengungsi")] || !keep[blockWith(t, s, second)] {
		t.Errorf("comments are kept or the body is cut: %v", keep)
	}
	s = surveyed(t, comment)
	keep = all(s)
	layoutOf(s).cut(keep)
	if !keep[blockWith(t, s, "lelah mengungsi")] {
		t.Error("nothing is left of a page whose only text is named a comment")
	}
}

func TestCaptionsBelongToTheirPictures(t *testing.T) {
	s := surveyed(t, around(`<figure><img src="/tanggul.jpg"><figcaption>Alat berat di tanggul, Senin. (Foto: Rina)</figcaption></figure>`))
	var pictures, captions int
	for _, b := range s.assemble(all(s)) {
		if b.Kind == news.Picture {
			pictures++
			if b.Image.Caption != "Alat berat di tanggul, Senin. (Foto: Rina)" {
				t.Errorf("caption %q", b.Image.Caption)
			}
		} else if strings.Contains(b.Text, "Alat berat di tanggul") {
			captions++
		}
	}
	if pictures != 1 || captions != 0 {
		t.Errorf("%d pictures, their caption also %d times as text; want 1 and 0", pictures, captions)
	}
}

func TestWhatFollowsTheEndIsMarked(t *testing.T) {
	s := surveyed(t, `<title>Tanggul Diperbaiki</title><h1>Tanggul Diperbaiki</h1><div class="x"><p>`+first+`</p><p>`+second+`</p><h3>Berita Terkait</h3><p>Harga beras turun di tiga pasar pekan ini.</p></div><p>`+third+`</p>`)
	l := layoutOf(s)
	for words, want := range map[string]bool{second: false, "Berita Terkait": true, "Harga beras": true, third: false} {
		if got := l.afterEnd[blockWith(t, s, words)]; got != want {
			t.Errorf("%q is after the end: %t, want %t", words, got, want)
		}
	}
}

func TestCellsOfARowShareTheirScore(t *testing.T) {
	s := surveyed(t, `<table><tr><td>Kabel utama jembatan</td><td>12</td></tr><tr><td>Lantai</td><td>9</td></tr></table><p>`+first+`</p>`)
	l := layoutOf(s)
	scores := make([]float64, len(s.Blocks))
	scores[0], scores[1], scores[2], scores[3], scores[4] = 3, -2, -1, -1, 5
	l.levelRows(scores)
	if scores[0] != scores[1] || scores[0] <= 0 || scores[2] != -1 || scores[4] != 5 {
		t.Errorf("scores %v, want the cells of each row equal", scores)
	}
}

func TestFramesAreNotWhatTheirNamesSay(t *testing.T) {
	s := surveyed(t, `<div class="page has-comments sidebar-right">`+around("")+`<div class="komentar"><p>Semoga lekas selesai.</p></div></div>`)
	if within := s.Boxes[s.Blocks[blockWith(t, s, second)].Box].Within; within&(RoleComment|RoleAside) != 0 {
		t.Errorf("the body in a frame named has-comments has the roles %b", within)
	}
	if within := s.Boxes[s.Blocks[blockWith(t, s, "Semoga")].Box].Within; within&RoleComment == 0 {
		t.Error("the comments within the frame are none")
	}
}

func TestNeighborsSpeakForABlock(t *testing.T) {
	s := surveyed(t, around("<p>Tiga desa terdampak</p>"))
	l := layoutOf(s)
	i := blockWith(t, s, "Tiga desa")
	p := fitPage{layout: l, sets: l.featureSets()}
	model := presentModel()
	if byItself := p.sum(&model.amid)[i]; l.scores()[i] <= byItself+1 {
		t.Errorf("a short line between paragraphs of the body scores %.1f, by itself %.1f", l.scores()[i], byItself)
	}
}

func TestTreeIsParsedOnce(t *testing.T) {
	p, err := page.FromBytes("https://kabar.example/a", []byte("<p>"+first), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	one, _ := p.Tree()
	if _, err := Extract(p, Options{}); err != nil {
		t.Fatal(err)
	}
	if two, _ := p.Tree(); one != two {
		t.Error("the tree was parsed again")
	}
}
