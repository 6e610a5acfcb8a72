package sqlite

import (
	"strings"
	"unicode/utf8"

	"kabar/storage/news"
)

// cleanText is the last gate before a text is stored: whatever comes in, what
// is stored is valid UTF-8 of characters that XML 1.0 allows (production 2).
// One other character would make a whole feed unreadable.
func cleanText(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, forbidden) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if forbidden(r) {
			return -1
		}
		return r // an invalid byte has become U+FFFD
	}, s)
}

func forbidden(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

func cleanTexts(texts []string) []string {
	if len(texts) == 0 {
		return nil
	}
	clean := make([]string, len(texts))
	for i, text := range texts {
		clean[i] = cleanText(text)
	}
	return clean
}

// cleanArticle cleans every text of an article, without touching the slices
// of the caller.
func cleanArticle(a *news.Article) {
	for _, text := range []*string{&a.ID, &a.Portal, &a.URL, &a.PostID, &a.Title, &a.Byline, &a.Place, &a.Agency,
		&a.Published.Origin, &a.Modified.Origin, &a.Lead.Src, &a.Lead.Alt, &a.Lead.Caption, &a.Cluster, &a.Quarantine} {
		*text = cleanText(*text)
	}
	for _, texts := range []*[]string{&a.Aliases, &a.Authors, &a.Categories, &a.Doubts} {
		*texts = cleanTexts(*texts)
	}
	regions := make([]news.RegionTag, len(a.Regions))
	for i, tag := range a.Regions {
		tag.Code, tag.Reason = cleanText(tag.Code), cleanText(tag.Reason)
		regions[i] = tag
	}
	a.Regions = regions
	blocks := make([]news.Block, len(a.Body))
	for i, b := range a.Body {
		blocks[i] = cleanBlock(b)
	}
	a.Body = blocks
}

func cleanBlock(b news.Block) news.Block {
	b.Text = cleanText(b.Text)
	b.Items = cleanTexts(b.Items)
	rows := b.Rows
	b.Rows = nil
	for _, row := range rows {
		b.Rows = append(b.Rows, cleanTexts(row))
	}
	if b.Image != nil {
		b.Image = &news.Image{Src: cleanText(b.Image.Src), Alt: cleanText(b.Image.Alt), Caption: cleanText(b.Image.Caption)}
	}
	return b
}
