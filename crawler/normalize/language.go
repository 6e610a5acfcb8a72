package normalize

import (
	"strings"

	"kabar/crawler/extract"
	"kabar/storage/news"
)

// readsIndonesian tells whether the body of a page is Indonesian, by the words
// that every Indonesian text is full of. What a page says of its own language
// is often copied from a theme.
func readsIndonesian(raw extract.Raw) bool {
	words, known := 0, 0
	for _, b := range raw.Body {
		if b.Kind != news.Paragraph && b.Kind != news.Quote {
			continue
		}
		for w := range strings.FieldsSeq(b.Text) {
			words++
			if indonesianWords[strings.ToLower(strings.Trim(w, ".,:;\"“”()"))] {
				known++
			}
		}
		if words > 200 {
			break
		}
	}
	return words >= 20 && known*12 >= words
}

// indonesianWords are the commonest words that no neighbor language but Malay
// shares.
var indonesianWords = map[string]bool{
	"yang": true, "dan": true, "dengan": true, "untuk": true, "dari": true, "pada": true, "ini": true, "itu": true, "tidak": true,
	"akan": true, "dalam": true, "juga": true, "oleh": true, "saat": true, "telah": true, "sudah": true, "kata": true, "serta": true,
}
