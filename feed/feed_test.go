package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"testing"
	"time"

	"kabar/storage/news"

	"github.com/mmcdole/gofeed"
)

// sampleChannel is a feed of one portal that publishes everything.
func sampleChannel() Channel {
	return Channel{
		ID:       "urn:uuid:4c6e4f43-7d2b-5b0e-9e4e-000000000001",
		Title:    "Semua portal",
		Subtitle: "Artikel terbaru",
		Self:     "https://kabar.example/feeds/all",
		Home:     "https://kabar.example/",
		Pages:    "https://kabar.example/article/",
		TTL:      15 * time.Minute,
		Portals: map[string]news.Portal{
			"solok": {ID: "solok", Name: "Kabar Solok", Home: "https://solok.example/", Clock: "WIB"},
			"papua": {ID: "papua", Name: "Kabar Papua", Home: "https://papua.example/", Clock: "WIT"},
		},
	}
}

// sampleArticle is an article with something in every field.
func sampleArticle() news.Article {
	seen := time.Date(2026, 1, 20, 2, 0, 0, 0, time.UTC)
	return news.Article{
		ID:         "urn:uuid:8a0f3d1e-1111-4222-8333-444455556666",
		Portal:     "solok",
		URL:        "https://solok.example/2026/01/banjir.html?a=1&b=2",
		Title:      "Banjir & longsor di Lembah Gumanti",
		Byline:     "Penulis: Andi",
		Authors:    []string{"Andi"},
		Place:      "AROSUKA",
		Published:  news.Stamp{Time: time.Date(2026, 1, 20, 8, 30, 0, 0, Zone("WIB")), Precision: news.Minute, Origin: "meta"},
		Lead:       news.Image{Src: "https://solok.example/foto/banjir.webp", Alt: "Banjir", Caption: "Warga menyeberang"},
		Categories: []string{"Daerah", "Bencana"},
		Regions:    []news.RegionTag{{Code: "13", Reason: "typed"}, {Code: "13.02", Reason: "dateline", Primary: true}},
		Body: []news.Block{
			{Kind: news.Paragraph, Text: "AROSUKA, Kabar Solok — Hujan lebat sejak Senin malam membuat sungai meluap."},
			{Kind: news.Heading, Level: 2, Text: "Warga mengungsi"},
			{Kind: news.Quote, Text: "Kami butuh selimut"},
			{Kind: news.List, Items: []string{"beras", "air bersih"}},
			{Kind: news.Table, Rows: [][]string{{"Nagari", "Rumah"}, {"Aie Dingin", "12"}}},
			{Kind: news.Picture, Image: &news.Image{Src: "https://solok.example/foto/dua.jpg", Caption: "Posko"}},
		},
		Version:   1,
		FirstSeen: seen,
		Updated:   seen,
	}
}

// formats are the writers of feeds by name.
func formats() map[string]func(io.Writer, Channel, []news.Article) error {
	return map[string]func(io.Writer, Channel, []news.Article) error{
		"rss": WriteRSS, "atom": WriteAtom, "json": WriteJSON,
	}
}

// render writes a feed and reads it back with gofeed and, for XML, strictly.
func render(t *testing.T, format string, c Channel, articles ...news.Article) (*gofeed.Feed, string) {
	t.Helper()
	var out bytes.Buffer
	if err := formats()[format](&out, c, articles); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	wellFormed(t, format, out.Bytes())
	parsed, err := gofeed.NewParser().Parse(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatalf("%s: gofeed: %v", format, err)
	}
	return parsed, out.String()
}

func wellFormed(t *testing.T, format string, data []byte) {
	t.Helper()
	if format == "json" {
		if !json.Valid(data) {
			t.Fatal("JSON does not parse")
		}
		return
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s is not well-formed: %v", format, err)
		}
	}
}

func TestFormatsAgree(t *testing.T) {
	a := sampleArticle()
	for format := range formats() {
		parsed, _ := render(t, format, sampleChannel(), a)
		if len(parsed.Items) != 1 {
			t.Fatalf("%s: %d items, want 1", format, len(parsed.Items))
		}
		it := parsed.Items[0]
		if it.GUID != a.ID || it.Title != a.Title || it.Link != a.URL {
			t.Errorf("%s: got %q %q %q", format, it.GUID, it.Title, it.Link)
		}
		if it.PublishedParsed == nil || !it.PublishedParsed.Equal(a.Published.Time) {
			t.Errorf("%s: published %v, want %v", format, it.PublishedParsed, a.Published.Time)
		}
	}
}
