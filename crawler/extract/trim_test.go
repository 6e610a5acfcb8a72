package extract

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kabar/storage/news"
)

func TestAfterTitle(t *testing.T) {
	text := news.Block{Kind: news.Paragraph, Text: "AROSUKA - Warga memulai kerja bakti di tepi danau sejak pagi hari."}
	title := news.Block{Kind: news.Heading, Text: "Warga Memulai Kerja Bakti"}
	meta := news.Block{Kind: news.Paragraph, Text: "Selasa, 20 Januari 2026 06.05 WITA | Dibaca: 1.204 kali"}
	for _, c := range []struct {
		name string
		body []news.Block
		want int
	}{
		{"title, date and counter go", []news.Block{title, meta, text}, 1},
		{"another heading stays", []news.Block{{Kind: news.Heading, Text: "Latar Belakang"}, meta, text}, 3},
		{"text alone stays", []news.Block{text}, 1},
		{"nothing", nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := AfterTitle(c.body, "Warga memulai kerja bakti"); len(got) != c.want {
				t.Errorf("AfterTitle left %d blocks, want %d: %v", len(got), c.want, got)
			}
		})
	}
}

func TestTrimBody(t *testing.T) {
	say := func(texts ...string) (body []news.Block) {
		for _, text := range texts {
			b := news.Block{Kind: news.Paragraph, Text: text}
			if text == "[foto]" {
				b = news.Block{Kind: news.Picture, Image: &news.Image{Src: "https://kabar.example/a.jpg"}}
			}
			body = append(body, b)
		}
		return body
	}
	const text, more = "Warga memulai kerja bakti di tepi danau sejak pagi.", "Pekerjaan itu selesai sebelum petang."
	for _, c := range []struct {
		name       string
		body, want []news.Block
	}{
		{"both ends", say("Selasa, 20 Januari 2026", "Dibaca: 12 kali", text, more, "Editor: Rahmi", "Penulis: Andi"), say(text, more)},
		{"pictures stay where they are", say("Selasa, 20 Januari 2026", "[foto]", "Dibaca: 12 kali", text, "Editor: Rahmi", "[foto]", "Penulis: Andi"), say("[foto]", text, "[foto]")},
		{"lines of one block", say("Dibaca: 12 kali\n"+text, more+"\nEditor: Rahmi"), say(text, more)},
		{"lines between texts stay", say(text, "Editor: Rahmi", more), say(text, "Editor: Rahmi", more)},
		{"nothing but lines", say("Dibaca: 12 kali", "Editor: Rahmi"), nil},
		{"only a picture", say("[foto]"), say("[foto]")},
		{"nothing", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := (&Survey{Heading: -1}).trimBody(c.body)
			if diff := cmp.Diff(c.want, append([]news.Block(nil), got...)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestTrimBodyIsLinear holds that a page of nothing but head lines is trimmed
// in the time of one pass (20 ms), not of one for every line (10 s).
func TestTrimBodyIsLinear(t *testing.T) {
	body := make([]news.Block, 40_000)
	for i := range body {
		body[i] = news.Block{Kind: news.Paragraph, Text: fmt.Sprint("Dibaca: ", i, " kali")}
	}
	start := time.Now()
	if left := (&Survey{Heading: -1}).trimBody(body); len(left) != 0 {
		t.Errorf("%d lines are left", len(left))
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("trimming took %v", took)
	}
}
