package hygiene

import (
	_ "embed"
	"strings"
	"testing"

	"kabar/storage/news"
)

//go:embed testdata/news.txt
var newsTexts string

//go:embed testdata/gambling.txt
var gamblingTexts string

//go:embed testdata/deface.txt
var defacedTexts string

// articles reads texts parted by an empty line: a title, then paragraphs.
func articles(texts string) []news.Article {
	var list []news.Article
	for text := range strings.SplitSeq(strings.TrimSpace(texts), "\n\n") {
		lines := strings.Split(text, "\n")
		a := news.Article{Title: lines[0]}
		for _, line := range lines[1:] {
			a.Body = append(a.Body, news.Block{Kind: news.Paragraph, Text: line})
		}
		list = append(list, a)
	}
	return list
}

func TestNewsIsNews(t *testing.T) {
	list := articles(newsTexts)
	for _, a := range list {
		if v := Judge(nil, a); v.Quarantine != "" {
			t.Errorf("%s: held back: %s\n%+v", a.Title, v.Quarantine, read(a))
		}
	}
	if len(list) < 230 {
		t.Errorf("only %d texts", len(list))
	}
}

func TestGamblingIsHeldBack(t *testing.T) {
	list := articles(gamblingTexts)
	for _, a := range list {
		if v := Judge(nil, a); v.Quarantine == "" {
			t.Errorf("%s: not held back\n%+v", a.Title, read(a))
		}
	}
	if len(list) < 150 {
		t.Errorf("only %d texts", len(list))
	}
}

func TestDefacedIsHeldBack(t *testing.T) {
	list := articles(defacedTexts)
	for _, a := range list {
		if v := Judge(nil, a); !strings.Contains(v.Quarantine, "broke in") {
			t.Errorf("%s: not held back: %s\n%+v", a.Title, v.Quarantine, read(a))
		}
	}
	if len(list) < 11 {
		t.Errorf("only %d texts", len(list))
	}
}
