package feed

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kabar/storage/news"

	"golang.org/x/net/html"
)

// payloads reads the corpus: a Go string literal a line.
func payloads(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		p, err := strconv.Unquote(line)
		if err != nil {
			t.Fatalf("line %d: %v: %s", i+1, err, line)
		}
		list = append(list, p)
	}
	if len(list) < 250 {
		t.Fatalf("only %d payloads", len(list))
	}
	return list
}

// poisoned has the text in every field that comes from a page.
func poisoned(text string) news.Article {
	a := sampleArticle()
	a.Portal = "gelap"
	a.URL = text
	a.Title, a.Byline, a.Place, a.Agency = text, text, text, text
	a.Authors = []string{text, "Andi"}
	a.Categories = []string{text, "Daerah"}
	a.Doubts = []string{text}
	a.Regions = append(a.Regions, news.RegionTag{Code: text})
	a.Lead = news.Image{Src: text, Alt: text, Caption: text}
	a.Body = []news.Block{
		{Kind: news.Paragraph, Text: text},
		{Kind: news.Heading, Level: 99, Text: text},
		{Kind: news.Quote, Text: text},
		{Kind: news.List, Items: []string{text, text}},
		{Kind: news.Table, Rows: [][]string{{text, text}}},
		{Kind: news.Picture, Image: &news.Image{Src: text, Alt: text, Caption: text}},
		{Kind: news.Picture, Image: &news.Image{Src: "https://solok.example/a.jpg", Alt: text, Caption: text}},
		{Kind: news.BlockKind(text), Text: text},
	}
	return a
}

func poisonedChannel(text string) Channel {
	c := sampleChannel()
	c.Portals["gelap"] = news.Portal{ID: "gelap", Name: text, Home: text, Clock: text}
	return c
}

// allowedMarkup are the elements that we write, with their attributes.
var allowedMarkup = map[string][]string{
	"p": nil, "h2": nil, "h3": nil, "h4": nil, "h5": nil, "h6": nil, "br": nil, "hr": nil, "small": nil,
	"blockquote": nil, "ul": nil, "ol": nil, "li": nil, "table": nil, "tr": nil, "td": nil,
	"figure": nil, "figcaption": nil, "img": {"src", "alt"}, "a": {"href"}, "del": nil, "ins": nil,
}

// checkMarkup tells what in a piece of HTML is not of our making.
func checkMarkup(t *testing.T, where, markup string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("%s: comment or doctype in %.200q", where, markup)
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			attributes, ok := allowedMarkup[token.Data]
			if !ok {
				t.Errorf("%s: element %s in %.200q", where, token.Data, markup)
			}
			for _, a := range token.Attr {
				if !slices.Contains(attributes, a.Key) {
					t.Errorf("%s: attribute %s of %s", where, a.Key, token.Data)
				}
				if (a.Key == "src" || a.Key == "href") && Address(a.Val) != a.Val {
					t.Errorf("%s: address %q", where, a.Val)
				}
			}
		}
	}
}

// checkPlain tells whether a reader that takes plain text for HTML, even after
// decoding entities once more, would see anything but text.
func checkPlain(t *testing.T, where, text string) {
	t.Helper()
	for _, s := range []string{text, html.UnescapeString(text)} {
		z := html.NewTokenizer(strings.NewReader(s))
		for {
			kind := z.Next()
			if kind == html.ErrorToken {
				break
			}
			if kind != html.TextToken {
				t.Errorf("%s: markup in plain text %q", where, text)
			}
		}
	}
}

func TestPayloadsComeOutHarmless(t *testing.T) {
	for _, p := range payloads(t) {
		for format := range formats() {
			parsed, raw := render(t, format, poisonedChannel(p), poisoned(p), sampleArticle())
			if len(parsed.Items) != 2 {
				t.Fatalf("%s %q: %d items, want 2", format, p, len(parsed.Items))
			}
			if strings.Contains(strings.ToLower(raw), "<script") {
				t.Errorf("%s %q: a script element in the feed", format, p)
			}
			it := parsed.Items[0]
			where := format + " " + strconv.Quote(p)
			checkPlain(t, where+" title", it.Title)
			for _, a := range it.Authors {
				checkPlain(t, where+" author", a.Name)
			}
			for _, c := range it.Categories {
				checkPlain(t, where+" category", c)
			}
			checkMarkup(t, where+" content", it.Content)
			checkMarkup(t, where+" description", it.Description)
			if it.Link != "" && Address(it.Link) == "" {
				t.Errorf("%s: link %q", where, it.Link)
			}
			for _, e := range it.Enclosures {
				if Address(e.URL) == "" {
					t.Errorf("%s: enclosure %q", where, e.URL)
				}
			}
		}
	}
}

// dirt is what scraped pages hold and XML does not.
func dirt() map[string]string {
	return map[string]string{
		"control characters": "a\x00b\x01c\x08d\x0be\x0cf\x1fg\x7fh",
		"C1 controls":        "a\u0080b\u0093c\u009fd",
		"bytes":              "a\xffb\xc3(c\xe2\x82",
		"end of CDATA":       "a]]>b]]>]]>c",
		"noncharacters":      "a\ufffeb\uffffc\U0001fffed\ufdd0e",
		"lone surrogates":    "a\xed\xa0\x80b\xed\xbf\xbfc",
		"replacement":        "a\ufffdb",
		"right to left":      "a\u202eb\u2066c",
		"separators":         "a\u2028b\u2029c\r\nd\re",
		"references":         "a&#0;b&#xD800;c&#xFFFE;d&bogus;e&amp;amp;f",
		"long":               strings.Repeat("kata ", 60_000),
		"long without blank": strings.Repeat("x", 1<<20),
		"long and sharp":     strings.Repeat("<\xff]]>", 1<<15),
		"empty":              "",
		"blank":              " \t\n ",
	}
}

func TestDirtStaysInItsArticle(t *testing.T) {
	for name, text := range dirt() {
		for format := range formats() {
			parsed, raw := render(t, format, poisonedChannel(text), sampleArticle(), poisoned(text), sampleArticle())
			if len(parsed.Items) != 3 {
				t.Fatalf("%s, %s: %d items, want 3", format, name, len(parsed.Items))
			}
			for _, i := range []int{0, 2} {
				if got := parsed.Items[i]; got.Title != sampleArticle().Title || !strings.Contains(got.Content, "sungai meluap") {
					t.Errorf("%s, %s: neighbor %d lost: %q", format, name, i, got.Title)
				}
			}
			if parsed.Items[1].Title == "" || parsed.Items[1].Content == "" {
				t.Errorf("%s, %s: nothing left of the article", format, name)
			}
			if i := strings.IndexFunc(raw, func(r rune) bool { return !allowed(r) }); i >= 0 {
				t.Errorf("%s, %s: forbidden character at %d: %q", format, name, i, raw[i:min(i+8, len(raw))])
			}
			if len(raw) > 2<<20 {
				t.Errorf("%s, %s: %d bytes", format, name, len(raw))
			}
		}
	}
}

func FuzzFeeds(f *testing.F) {
	for _, p := range payloads(f) {
		f.Add(p)
	}
	for name, p := range dirt() {
		if !strings.HasPrefix(name, "long") {
			f.Add(p)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for format := range formats() {
			parsed, _ := render(t, format, poisonedChannel(text), poisoned(text))
			checkPlain(t, format, parsed.Items[0].Title)
			checkMarkup(t, format, parsed.Items[0].Content)
			checkMarkup(t, format, parsed.Items[0].Description)
		}
	})
}
