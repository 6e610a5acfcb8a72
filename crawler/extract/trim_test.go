package extract

import (
	"testing"

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
