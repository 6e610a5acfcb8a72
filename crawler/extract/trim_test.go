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

// TestTrimBodyIsLinear holds that a page of nothing but head lines costs twice
// as much when it is twice as long, not four times.
func TestTrimBodyIsLinear(t *testing.T) {
	took := func(n int) time.Duration {
		best := time.Hour
		for range 3 {
			body := make([]news.Block, n)
			for i := range body {
				body[i] = news.Block{Kind: news.Paragraph, Text: fmt.Sprint("Dibaca: ", i, " kali")}
			}
			start := time.Now()
			(&Survey{Heading: -1}).trimBody(body)
			best = min(best, time.Since(start))
		}
		return best
	}
	for attempt := range 5 { // a busy machine is slow once, a bad algorithm always
		small, large := took(4_000), took(32_000)
		if large <= 24*small+time.Millisecond { // 8 times when linear, 64 when quadratic
			break
		}
		if attempt == 4 {
			t.Errorf("4,000 lines take %v, 32,000 take %v", small, large)
		}
	}
}
