package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadLinkedData(t *testing.T) {
	const address = "https://kabar.example/2026/01/rakor.html"
	cases := []struct {
		name    string
		scripts []string
		want    linkedData
	}{
		{
			name:    "one article",
			scripts: []string{`{"@context":"https://schema.org","@type":"NewsArticle","headline":"Rakor","datePublished":"2026-01-20T09:00:00+07:00","dateModified":"2026-01-20T10:00:00+07:00","author":{"@type":"Person","name":"Rahmi"},"publisher":{"@type":"Organization","name":"Kabar"},"articleSection":["Daerah","Solok"],"image":{"url":"https://kabar.example/a.jpg"},"inLanguage":"id","articleBody":"Isi."}`},
			want: linkedData{Type: "NewsArticle", Headline: "Rakor", Published: "2026-01-20T09:00:00+07:00", Modified: "2026-01-20T10:00:00+07:00",
				Authors: []string{"Rahmi"}, Publisher: "Kabar", Section: []string{"Daerah", "Solok"}, Image: "https://kabar.example/a.jpg", Language: "id", Body: "Isi.", Articles: 1},
		},
		{
			name: "graph with references",
			scripts: []string{`{"@graph":[{"@type":"WebSite","name":"Kabar"},{"@type":"Article","@id":"#a","headline":"Rakor","author":{"@id":"#p"}},
				{"@type":"Person","@id":"#p","name":"Rahmi"}]}`},
			want: linkedData{Type: "Article", Headline: "Rakor", Authors: []string{"Rahmi"}, Publisher: "Kabar", Articles: 1},
		},
		{
			name: "the article of this page among others",
			scripts: []string{`[{"@type":"NewsArticle","headline":"Lain","url":"https://kabar.example/2026/01/lain.html"},
				{"@type":"NewsArticle","headline":"Rakor","mainEntityOfPage":{"@id":"http://www.kabar.example/2026/01/rakor.html?m=1"}}]`},
			want: linkedData{Type: "NewsArticle", Sure: true, Headline: "Rakor", URL: "http://www.kabar.example/2026/01/rakor.html?m=1", Articles: 2},
		},
		{
			name: "related items of a list do not count",
			scripts: []string{`{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"NewsArticle","headline":"Lain","datePublished":"2020-01-01"}}]}`,
				`{"@type":"NewsArticle","headline":"Rakor"}`},
			want: linkedData{Type: "NewsArticle", Headline: "Rakor", Articles: 1},
		},
		{
			name:    "three other articles are a list",
			scripts: []string{`[{"@type":"Article","headline":"A"},{"@type":"Article","headline":"B"},{"@type":"Article","headline":"C"}]`},
			want:    linkedData{Articles: 3, Listing: true},
		},
		{
			name:    "a page speaks when no article does",
			scripts: []string{`{"@type":["WebPage","ItemPage"],"name":"Rakor - Kabar","datePublished":"2026-01-20"}`},
			want:    linkedData{PageName: "Rakor - Kabar", PagePublished: "2026-01-20"},
		},
		{
			name:    "raw line breaks, control characters, trailing comma",
			scripts: []string{"{\"@type\":\"NewsArticle\",\"headline\":\"Rakor\nPerdana\x01\",}"},
			want:    linkedData{Type: "NewsArticle", Headline: "Rakor\nPerdana\x01", Articles: 1},
		},
		{
			name:    "quotation marks that were not escaped",
			scripts: []string{`{"@type":"NewsArticle","headline":"Warga "Memutar" Jauh","datePublished":"2026-01-20"}`},
			want:    linkedData{Type: "NewsArticle", Headline: `Warga "Memutar" Jauh`, Published: "2026-01-20", Articles: 1},
		},
		{
			name:    "HTML comment and CDATA",
			scripts: []string{"<!-- //<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Rakor\"}\n//]]> -->"},
			want:    linkedData{Type: "NewsArticle", Headline: "Rakor", Articles: 1},
		},
		{
			name:    "CDATA on the same line",
			scripts: []string{`//<![CDATA[ {"@type":"NewsArticle","headline":"Rakor"} //]]>`},
			want:    linkedData{Type: "NewsArticle", Headline: "Rakor", Articles: 1},
		},
		{
			name:    "escaped as a whole",
			scripts: []string{`{\"@type\":\"NewsArticle\",\"headline\":\"Rakor\"}`},
			want:    linkedData{Type: "NewsArticle", Headline: "Rakor", Articles: 1},
		},
		{
			name:    "with entities for quotation marks",
			scripts: []string{`{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Rakor&quot;}`},
			want:    linkedData{Type: "NewsArticle", Headline: "Rakor", Articles: 1},
		},
		{
			name:    "cut off in the middle",
			scripts: []string{`{"@type":"NewsArticle","headline":"Rakor","author":{"name":"Rah`},
			want:    linkedData{Type: "NewsArticle", Headline: "Rakor", Authors: []string{"Rah"}, Articles: 1},
		},
		{
			name:    "wrong types",
			scripts: []string{`{"@type":"NewsArticle","headline":["Rakor"],"author":["Rahmi",{"name":["Budi"]},7,null],"datePublished":{"@value":"2026-01-20"},"image":[[]]}`},
			want:    linkedData{Type: "NewsArticle", Headline: "Rakor", Authors: []string{"Rahmi", "Budi", "7"}, Published: "2026-01-20", Articles: 1},
		},
		{
			name:    "escapes and surrogates",
			scripts: []string{`{"@type":"http://schema.org/NewsArticle","headline":"caf\u00e9 \ud83d\ude00 a\/b \ud83d"}`},
			want:    linkedData{Type: "http://schema.org/NewsArticle", Headline: "café 😀 a/b �", Articles: 1},
		},
		{name: "no JSON at all", scripts: []string{"var x = 1", ""}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := readLinkedData(c.scripts, address)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSameAddress(t *testing.T) {
	cases := []struct {
		a, b string
		want bool
	}{
		{"https://www.kabar.example/a/b/", "http://kabar.example/a/b?x=1#y", true},
		{"https://kabar.example/a", "https://kabar.example/b", false},
		{"https://kabar.example/", "https://kabar.example/", false}, // every page could name it
		{"https://kabar.example/%61", "https://kabar.example/a", true},
		{"", "", false},
	}
	for _, c := range cases {
		if got := sameAddress(c.a, c.b); got != c.want {
			t.Errorf("sameAddress(%q, %q) = %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestReadJSONEndsOnDeepAndWideTexts(t *testing.T) {
	for name, text := range map[string]string{
		"deep":        strings.Repeat("[", 1<<20),
		"deep object": strings.Repeat(`{"a":`, 1<<18),
		"wide":        "[" + strings.Repeat("{},", 1<<19),
		"quotes":      "{" + strings.Repeat(`"`, 1<<20),
		"backslashes": `{"a":"` + strings.Repeat(`\`, 1<<20),
		"comments":    strings.Repeat("/* */", 1<<18),
	} {
		t.Run(name, func(t *testing.T) {
			if tree := readJSON(text); len(tree.nodes) > maxJSONNodes+1 {
				t.Errorf("%d nodes, want at most %d", len(tree.nodes), maxJSONNodes)
			}
		})
	}
}

func TestReferencesThatLeadNowhereAreFew(t *testing.T) {
	text := `{"@type":"NewsArticle","author":[` + strings.Repeat(`{"@id":"#nobody"},`, 50_000) + `{"name":"Rahmi"}]}`
	if d := readLinkedData([]string{text}); len(d.Authors) != 0 {
		t.Errorf("authors %q behind more references than are followed", d.Authors)
	}
}

func FuzzReadLinkedData(f *testing.F) {
	for _, seed := range []string{
		`{"@type":"NewsArticle","headline":"a","author":[{"name":"b"}]}`, `[{"@graph":[{"@id":"#a"}]}`, `{"a":"b"c","d":}`, `{'a':1,b:[}`, "//\n/*", `{"@type":["Article",{}]}`, `{"\u":"\ud800"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree := readJSON(text)
		for i, n := range tree.nodes {
			if n.first != 0 && int(n.first) <= i || n.next != 0 && int(n.next) <= i {
				t.Fatalf("node %d of %q leads back", i, text)
			}
		}
		d := readLinkedData([]string{text, text}, "https://kabar.example/a")
		if len(d.Authors) > maxLinkedAuthors+1 {
			t.Errorf("%d authors", len(d.Authors))
		}
	})
}
