package extract

import "kabar/storage/news"

// bodyOf finds the body and fills Body, BodyOrigin and Dropped.
func bodyOf(s *Survey, o Options, raw *Raw) {
	for _, b := range s.Blocks {
		raw.Body = append(raw.Body, news.Block{Kind: news.Paragraph, Text: b.Text})
	}
	raw.BodyOrigin = "automatic"
}
