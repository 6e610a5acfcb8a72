package web

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kabar/feed"
	"kabar/storage/news"

	"golang.org/x/net/html"
)

// everyPage lists one address of each kind of page.
func everyPage(article string) []string {
	return []string{"/", "/?q=banjir", "/portals", "/portal/solok.example", "/regions", "/region/13", "/region/13.02",
		"/article/" + strings.TrimPrefix(article, "urn:uuid:"), "/feeds", "/bot", "/ops"}
}

// elements of a page with a condition, as a map of their attributes each.
func elements(t testing.TB, body []byte, name string) []map[string]string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && (name == "*" || n.Data == name) {
			attributes := map[string]string{"": n.Data}
			for _, a := range n.Attr {
				attributes[a.Key] = a.Val
			}
			list = append(list, attributes)
		}
	}
	return list
}

func TestPages(t *testing.T) {
	store := newStore(t)
	id := save(t, store, story("solok.example", 0), story("padang.example", 1))[0].ID
	server := serve(t, store, func(o *Options) { o.Notice = func() string { return "Putaran pertama sedang berjalan." } })
	for _, path := range everyPage(id) {
		a := get(t, server.URL+path)
		if a.StatusCode != 200 || a.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Fatalf("%s: %d %s", path, a.StatusCode, a.body)
		}
		policy := a.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "script") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", path, policy)
		}
		feeds := make(map[string]bool)
		for _, link := range elements(t, a.body, "link") {
			if link["rel"] == "alternate" {
				feeds[link["type"]] = true
				if got := get(t, server.URL+link["href"]); got.StatusCode != 200 || !strings.HasPrefix(got.Header.Get("Content-Type"), link["type"]) {
					t.Errorf("%s leads to %s: %d %s", path, link["href"], got.StatusCode, got.Header.Get("Content-Type"))
				}
			}
		}
		if !feeds["application/rss+xml"] || !feeds["application/atom+xml"] || !feeds["application/feed+json"] {
			t.Errorf("%s: feeds to discover: %v", path, feeds)
		}
		if root := elements(t, a.body, "html"); root[0]["lang"] != "id" {
			t.Errorf("%s: language %q", path, root[0]["lang"])
		}
		if again := get(t, server.URL+path, "If-None-Match", a.Header.Get("ETag")); path != "/ops" && again.StatusCode != 304 {
			t.Errorf("%s: %d on the same tag", path, again.StatusCode)
		}
		if path != "/ops" && !bytes.Contains(a.body, []byte("Putaran pertama sedang berjalan.")) {
			t.Errorf("%s: no notice", path)
		}
	}
	page := get(t, server.URL+"/article/"+strings.TrimPrefix(id, "urn:uuid:"))
	for _, want := range []string{`<meta name="robots" content="noindex">`, `<link rel="canonical" href="https://solok.example/berita/0.html">`, "Selasa, 20 Januari 2026 pukul 08.30 WIB", "Kabupaten Solok"} {
		if !bytes.Contains(page.body, []byte(want)) {
			t.Errorf("article page without %s", want)
		}
	}
}

// TestLinksWork follows every link of ours on every page.
func TestLinksWork(t *testing.T) {
	store := newStore(t)
	id := save(t, store, story("solok.example", 0), story("padang.example", 1))[0].ID
	server := serve(t, store, nil)
	seen := make(map[string]bool)
	for _, path := range everyPage(id) {
		for _, e := range elements(t, get(t, server.URL+path).body, "*") {
			for _, address := range []string{e["href"], e["src"], e["action"]} {
				if !strings.HasPrefix(address, "/") || seen[address] || strings.Contains(address, "/region/") && !strings.Contains(address, "13") {
					continue
				}
				seen[address] = true
				if a := get(t, server.URL+address); a.StatusCode != 200 {
					t.Errorf("%s links to %s: %d", path, address, a.StatusCode)
				}
			}
		}
	}
}

// TestPayloadsOnPages puts every payload into every field and looks at all
// pages for what is not of our making.
func TestPayloadsOnPages(t *testing.T) {
	data, err := os.ReadFile("../testdata/payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	store := newStore(t)
	var texts []string
	var list []news.Article
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		p, err := strconv.Unquote(line)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, p)
		a := story("solok.example", i)
		a.URL, a.Title, a.Byline, a.Place, a.Agency = p, p, p, p, p
		a.Authors, a.Categories, a.Doubts = []string{p}, []string{p}, []string{p}
		a.Lead = news.Image{Src: p, Alt: p, Caption: p}
		a.Body = []news.Block{
			{Kind: news.Paragraph, Text: p}, {Kind: news.List, Items: []string{p}}, {Kind: news.Table, Rows: [][]string{{p}}},
			{Kind: news.Picture, Image: &news.Image{Src: p, Alt: p, Caption: p}}, {Kind: news.Quote, Text: p}, {Kind: news.Heading, Level: 3, Text: p},
		}
		list = append(list, a)
	}
	var paths []string
	for _, change := range save(t, store, list...) {
		paths = append(paths, "/article/"+strings.TrimPrefix(change.ID, "urn:uuid:"))
	}
	server := serve(t, store, func(o *Options) { o.Fresh = 0 })
	paths = append(paths, "/", "/portal/solok.example", "/region/13.02")
	for _, p := range texts {
		paths = append(paths, "/?q="+url.QueryEscape(p), "/feeds/search.atom?q="+url.QueryEscape(p), "/feeds/search.atom?since="+url.QueryEscape(p), "/portal/"+url.PathEscape(p))
	}
	for _, path := range paths {
		checkPage(t, path, get(t, server.URL+path))
	}
}

// TestPayloadsOfPortals puts every payload where a portal's definition and its
// error pages come to be shown: name, address, what went wrong at a visit.
func TestPayloadsOfPortals(t *testing.T) {
	data, err := os.ReadFile("../testdata/payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	store := newStore(t)
	var portals []news.Portal
	var paths []string
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		p, err := strconv.Unquote(line)
		if err != nil {
			t.Fatal(err)
		}
		id := fmt.Sprintf("p%d", i)
		portals = append(portals, news.Portal{ID: id, Name: p, Home: p, Regions: []string{"13.02", p}, Clock: p, Republish: p})
		if i%10 == 0 {
			paths = append(paths, "/portal/"+id)
		}
	}
	if err := store.SetPortals(t.Context(), portals); err != nil {
		t.Fatal(err)
	}
	for _, p := range portals {
		if err := store.SaveVisit(t.Context(), news.Visit{Portal: p.ID, Started: start, Ended: start, Problem: p.Name, Source: p.Name}); err != nil {
			t.Fatal(err)
		}
		if _, err := store.OpenEvent(t.Context(), news.Event{Portal: p.ID, Cause: p.Name, Detail: p.Name, Since: start}); err != nil {
			t.Fatal(err)
		}
	}
	server := serve(t, store, func(o *Options) { o.Fresh = 0 })
	for _, path := range append(paths, "/", "/portals", "/region/13.02", "/regions", "/feeds", "/ops", "/portal/p1") {
		a := get(t, server.URL+path)
		if a.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, a.Status)
		}
		checkPage(t, path, a)
	}
	for _, path := range []string{"/feeds/ops.rss", "/feeds/ops.atom", "/feeds/ops.json", "/feeds/portal/p1.atom", "/opml", "/opml/13"} {
		a := get(t, server.URL+path)
		if strings.HasPrefix(path, "/feeds") {
			parseFeed(t, a)
		}
		if a.StatusCode != http.StatusOK || strings.Contains(strings.ToLower(string(a.body)), "<script") {
			t.Errorf("%s: %s, with a script: %.300s", path, a.Status, a.body)
		}
	}
}

// checkPage looks for scripts, handlers, styles and odd addresses.
func checkPage(t *testing.T, path string, a answer) {
	t.Helper()
	if a.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s: no nosniff", path)
	}
	if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		return
	}
	ours := []string{"html", "head", "meta", "title", "link", "body", "a", "header", "div", "img", "nav", "form", "input", "button", "p", "span",
		"main", "section", "article", "aside", "h1", "h2", "h3", "h4", "h5", "h6", "time", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
		"details", "summary", "footer", "code", "small", "br", "hr", "blockquote", "figure", "figcaption", "del", "ins", "dl", "dt", "dd", "strong"}
	for _, e := range elements(t, a.body, "*") {
		if !slices.Contains(ours, e[""]) {
			t.Errorf("%s: element %s", path, e[""])
		}
		for name, value := range e {
			if strings.HasPrefix(name, "on") || name == "style" || name == "srcdoc" || name == "srcset" {
				t.Errorf("%s: attribute %s of %s", path, name, e[""])
			}
			if name != "href" && name != "src" && name != "action" {
				continue
			}
			if !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "?") && feed.Address(value) == "" {
				t.Errorf("%s: address %q", path, value)
			}
			if strings.HasPrefix(value, "//") {
				t.Errorf("%s: address %q", path, value)
			}
		}
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1.000", 998887: "998.887", 1234567: "1.234.567", -100: "-100", -1000: "-1.000"} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestOPML(t *testing.T) {
	store := newStore(t)
	server := serve(t, store, nil)
	type outline struct {
		Text     string    `xml:"text,attr"`
		Feed     string    `xml:"xmlUrl,attr"`
		Home     string    `xml:"htmlUrl,attr"`
		Children []outline `xml:"outline"`
	}
	var list struct {
		Version string    `xml:"version,attr"`
		Title   string    `xml:"head>title"`
		Body    []outline `xml:"body>outline"`
	}
	for path, least := range map[string]int{"/opml": 9, "/opml/13": 20, "/opml/13.02": 2} {
		a := get(t, server.URL+path)
		if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/x-opml") {
			t.Errorf("%s: type %s", path, a.Header.Get("Content-Type"))
		}
		list.Body = nil
		if err := xml.Unmarshal(a.body, &list); err != nil {
			t.Fatal(err)
		}
		feeds := 0
		var walk func([]outline)
		walk = func(level []outline) {
			for _, o := range level {
				if o.Feed != "" {
					feeds++
					if got := get(t, o.Feed); got.StatusCode != 200 {
						t.Errorf("%s: %s answers %d", path, o.Feed, got.StatusCode)
					}
				}
				walk(o.Children)
			}
		}
		walk(list.Body)
		if feeds < least || list.Version != "2.0" {
			t.Errorf("%s: %d feeds, want at least %d", path, feeds, least)
		}
	}
}

func TestBase(t *testing.T) {
	store := newStore(t)
	save(t, store, story("solok.example", 0))
	trust := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	tests := []struct {
		name    string
		base    string
		trust   []netip.Prefix
		path    string
		headers []string
		want    string // address of the feed itself; empty for the server's own
	}{
		{"own address", "", nil, "/feeds/all.atom", nil, ""},
		{"other host", "", nil, "/feeds/all.atom", []string{"Host", "kabar.lan:8080"}, "http://kabar.lan:8080/feeds/all.atom"},
		{"stranger's word", "", nil, "/feeds/all.atom", []string{"X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https"}, ""},
		{"proxy's word", "", trust, "/feeds/all.atom", []string{"X-Forwarded-Host", "kabar.example", "X-Forwarded-Proto", "https"}, "https://kabar.example/feeds/all.atom"},
		{"nearest proxy", "", trust, "/feeds/all.atom", []string{"X-Forwarded-Host", "evil.example, kabar.example"}, "http://kabar.example/feeds/all.atom"},
		{"Forwarded", "", trust, "/feeds/all.atom", []string{"Forwarded", `for=192.0.2.1;host=evil.example, for="[2001:db8::1]:4711";proto=https;host="kabar.example"`}, "https://kabar.example/feeds/all.atom"},
		{"odd host of a proxy", "", trust, "/feeds/all.atom", []string{"X-Forwarded-Host", "a/b<", "X-Forwarded-Proto", "gopher"}, ""},
		{"prefix of a proxy", "", trust, "/feeds/all.atom", []string{"X-Forwarded-Host", "kabar.example", "X-Forwarded-Prefix", "/berita"}, "http://kabar.example/berita/feeds/all.atom"},
		{"set", "https://kabar.example", nil, "/feeds/all.atom", []string{"X-Forwarded-Host", "evil.example"}, "https://kabar.example/feeds/all.atom"},
		{"sub-path", "https://example.org/kabar/", nil, "/kabar/feeds/all.atom", nil, "https://example.org/kabar/feeds/all.atom"},
		{"sub-path taken off", "https://example.org/kabar/", nil, "/feeds/all.atom", nil, "https://example.org/kabar/feeds/all.atom"},
	}
	for _, tt := range tests {
		server := serve(t, store, func(o *Options) { o.BaseURL, o.TrustedProxies = tt.base, tt.trust })
		want := tt.want
		if want == "" {
			want = server.URL + "/feeds/all.atom"
		}
		a := get(t, server.URL+tt.path, tt.headers...)
		parsed := parseFeed(t, a)
		if parsed.FeedLink != want {
			t.Errorf("%s: self is %s, want %s", tt.name, parsed.FeedLink, want)
		}
		root := strings.TrimSuffix(want, "/feeds/all.atom")
		u, err := url.Parse(root)
		if err != nil {
			t.Fatal(err)
		}
		page := get(t, server.URL+strings.TrimSuffix(tt.path, "feeds/all.atom"), tt.headers...)
		if !bytes.Contains(page.body, []byte(`href="`+u.Path+`/feeds/all.atom"`)) {
			t.Errorf("%s: the front page does not link to %s/feeds/all.atom", tt.name, u.Path)
		}
	}
	for _, bad := range []string{"kabar.example", "ftp://kabar.example/", "https://kabar.example/?x=1", "https://u:p@kabar.example/", "https://"} {
		if _, err := New(Options{Store: store, BaseURL: bad}); err == nil {
			t.Errorf("base URL %q is taken", bad)
		}
	}
}

func TestLimits(t *testing.T) {
	store := newStore(t)
	server := serve(t, store, func(o *Options) {
		o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
		o.Limits = Limits{PerSecond: 0.001, Burst: 5}
	})
	status := func(from string) answer {
		return get(t, server.URL+"/feeds/all.atom", "X-Forwarded-For", "10.9.9.9, "+from)
	}
	for range 5 {
		if a := status("203.0.113.7"); a.StatusCode != 200 {
			t.Fatalf("within the limit: %d", a.StatusCode)
		}
	}
	a := status("203.0.113.7")
	if a.StatusCode != http.StatusTooManyRequests || a.Header.Get("Retry-After") == "" || !strings.Contains(string(a.body), "Terlalu banyak") {
		t.Errorf("beyond the limit: %d %v %q", a.StatusCode, a.Header, a.body)
	}
	if a := status("203.0.113.8"); a.StatusCode != 200 {
		t.Errorf("another address: %d", a.StatusCode)
	}
	for i := range 5 {
		status("2001:db8:1:1::" + strconv.Itoa(i+1))
	}
	if a := status("2001:db8:1:1:ffff::9"); a.StatusCode != 429 {
		t.Errorf("another address of the same IPv6 network: %d", a.StatusCode)
	}
}

func TestWorkIsBounded(t *testing.T) {
	l := newLimiter(Limits{Work: 2})
	ctx := context.Background()
	addr := netip.MustParseAddr("127.0.0.1")
	one, err := l.work(ctx, addr)
	if err != nil {
		t.Fatal(err)
	}
	two, err := l.work(ctx, addr)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.work(ctx, addr); err != errBusy {
		t.Errorf("third piece of work: %v", err)
	}
	one()
	if three, err := l.work(ctx, addr); err != nil {
		t.Errorf("after one is done: %v", err)
	} else {
		three()
	}
	two()
	if len(l.working) != 0 || len(l.slots) != 0 {
		t.Errorf("left: %v, %d slots", l.working, len(l.slots))
	}
}
