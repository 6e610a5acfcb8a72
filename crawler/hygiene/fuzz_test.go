package hygiene

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kabar/crawler/page"
	"kabar/storage/news"
)

// FuzzJudge holds that no text breaks the judge, that evidence is short and
// readable, and that what is no article by its text is held back in any block.
func FuzzJudge(f *testing.F) {
	for _, text := range []string{
		"", "S L O T G A C O R", "sl0t g4c0r m4xw1n", "Ѕlоt Gасоr", "Hacked by R1MB4", "𝗦𝗹𝗼𝘁 𝗚𝗮𝗰𝗼𝗿", "s\u200bl\u200bo\u200bt", "anti blokir", "สล็อต บาคาร่า เครดิตฟรี",
		"$lot g@cor | m|a!x", strings.Repeat("a", 300), "\xff\xfe", strings.Repeat("slot", 30), "4d 777 88", "<a href='https://x.example'>slot gacor</a>", "<p hidden>slot gacor maxwin",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := news.Article{Title: text, Body: []news.Block{{Kind: news.Paragraph, Text: text}, {Kind: news.List, Items: []string{text}}}}
		p, err := page.FromBytes("https://kabar.example/a", []byte("<html><title>"+text+"</title><body>"+text), time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []Verdict{Judge(nil, a), Judge(p, news.Article{}), Judge(p, a)} {
			if v.Quarantine != "" && v.Hacked == "" {
				t.Errorf("held back without a sign of strangers: %+v", v)
			}
			for _, sentence := range []string{v.Quarantine, v.Hacked} {
				if len(sentence) > 4000 || !utf8.ValidString(sentence) || strings.Contains(sentence, "\n") {
					t.Errorf("unreadable evidence: %q", sentence)
				}
			}
		}
		if before, after := Judge(nil, a).Quarantine, Judge(nil, a).Quarantine; before != after {
			t.Errorf("twice is not once: %q, %q", before, after)
		}
	})
}
