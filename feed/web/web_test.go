package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kabar/storage"
	"kabar/storage/news"
	"kabar/storage/sqlite"

	"github.com/mmcdole/gofeed"
)

// start is the moment at which the stories of these tests are told.
var start = time.Date(2026, 1, 20, 8, 30, 0, 0, time.FixedZone("", 7*60*60))

func openStore(t testing.TB, path string, options ...sqlite.Option) storage.Store {
	t.Helper()
	store, err := storage.Open(context.Background(), path, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// newStore has three portals and no article.
func newStore(t testing.TB) storage.Store {
	t.Helper()
	now := time.Now()
	return storeWithClock(t, &now)
}

// storeWithClock is a new store whose clock stands at now.
func storeWithClock(t testing.TB, now *time.Time) storage.Store {
	t.Helper()
	store := openStore(t, filepath.Join(t.TempDir(), "kabar.db"), sqlite.WithClock(func() time.Time { return *now }))
	err := store.SetPortals(context.Background(), []news.Portal{
		{ID: "solok.example", Name: "Kabar Solok", Home: "https://solok.example/", Regions: []string{"13.02"}, Clock: "WIB"},
		{ID: "padang.example", Name: "Padang Pos", Home: "https://padang.example/", Regions: []string{"13.71"}, Clock: "WIB", Republish: "summary"},
		{ID: "papua.example", Name: "Papua Timur", Home: "https://papua.example/", Regions: []string{"91.03"}, Clock: "WIT", Republish: "link"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// story is the n-th article of a portal, an hour older each.
func story(portal string, n int) news.Article {
	at := start.Add(-time.Duration(n) * time.Hour)
	return news.Article{
		Portal: portal, URL: fmt.Sprintf("https://%s/berita/%d.html", portal, n),
		Title:      fmt.Sprintf("Berita nomor %d dari %s", n, portal),
		Published:  news.Stamp{Time: at, Precision: news.Minute, Origin: "meta"},
		Categories: []string{"Daerah"},
		Regions:    []news.RegionTag{{Code: "13.02", Reason: "typed", Primary: true}},
		Body: []news.Block{
			{Kind: news.Paragraph, Text: fmt.Sprintf("AROSUKA — Isi %d dari %s tentang banjir bandang.", n, portal)},
			{Kind: news.Paragraph, Text: "Paragraf kedua berisi rincian yang tidak masuk ringkasan pendek. " + strings.Repeat("Sungai meluap dan jalan terputus. ", 20)},
		},
		FirstSeen: at.Add(5 * time.Minute).UTC(), LastSeen: at.Add(5 * time.Minute).UTC(), Updated: at.Add(5 * time.Minute).UTC(),
	}
}

func save(t testing.TB, store storage.Store, articles ...news.Article) []news.Change {
	t.Helper()
	changes, err := store.Save(context.Background(), articles...)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// serve starts a server over a store.
func serve(t testing.TB, store Reader, change func(*Options)) *httptest.Server {
	t.Helper()
	opts := Options{Store: store, Now: func() time.Time { return start.Add(time.Hour) }, Version: "1", Fresh: -1, Ops: true}
	if change != nil {
		change(&opts)
	}
	h, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server
}

// answer is a response with its body as it came over the wire.
type answer struct {
	*http.Response
	body []byte
}

// ask makes one request without automatic gzip or redirects; headers are pairs.
func ask(t testing.TB, method, address string, headers ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "identity")
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res, body}
}

func get(t testing.TB, address string, headers ...string) answer {
	t.Helper()
	return ask(t, http.MethodGet, address, headers...)
}

// parseFeed reads a feed's answer, which must be good.
func parseFeed(t testing.TB, a answer) *gofeed.Feed {
	t.Helper()
	if a.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s: %s", a.Request.URL, a.Status, a.body)
	}
	parsed, err := gofeed.NewParser().Parse(bytes.NewReader(a.body))
	if err != nil {
		t.Fatalf("%s: %v", a.Request.URL, err)
	}
	return parsed
}

// everyFeed lists one address of each kind in each format.
func everyFeed() []string {
	var list []string
	for _, name := range []string{"all", "portal/solok.example", "region/13.02", "region/13", "category/solok.example/daerah", "corrections", "withdrawn", "ops"} {
		for _, format := range []string{"rss", "atom", "json"} {
			list = append(list, "/feeds/"+name+"."+format)
		}
	}
	return append(list, "/feeds/search.atom?q=banjir&region=13.02", "/feeds/search.rss?portal=solok.example",
		"/feeds/search.json?since=2026-01-19", "/feeds/all.atom?content=summary", "/feeds/all.rss?copies=fold", "/feeds/archive/2026-01/all.atom")
}

func TestEveryFeedIsServed(t *testing.T) {
	for _, filled := range []bool{false, true} {
		store := newStore(t)
		if filled {
			for n := range 5 {
				save(t, store, story("solok.example", n))
			}
		}
		server := serve(t, store, nil)
		for _, path := range everyFeed() {
			a := get(t, server.URL+path)
			parsed := parseFeed(t, a)
			if parsed.Title == "" {
				t.Errorf("%s: no title", path)
			}
			if filled && !strings.Contains(path, "corrections") && !strings.Contains(path, "withdrawn") && !strings.Contains(path, "ops") && len(parsed.Items) != 5 {
				t.Errorf("%s: %d items, want 5", path, len(parsed.Items))
			}
			want := map[string]string{"rss": "application/rss+xml", "ato": "application/atom+xml", "jso": "application/feed+json"}[path[strings.LastIndexByte(path[:strings.IndexByte(path+"?", '?')], '.')+1:][:3]]
			if got := a.Header.Get("Content-Type"); got != want+"; charset=utf-8" {
				t.Errorf("%s: type %q, want %q", path, got, want)
			}
			if a.Header.Get("X-Content-Type-Options") != "nosniff" || a.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s: headers %v", path, a.Header)
			}
			if link := a.Header.Values("Link"); len(link) == 0 || !strings.Contains(link[0], server.URL+path) {
				t.Errorf("%s: no link to itself in %q", path, link)
			}
		}
	}
}

func TestConditions(t *testing.T) {
	store := newStore(t)
	save(t, store, story("solok.example", 0), story("padang.example", 1))
	server := serve(t, store, nil)
	for _, path := range everyFeed() {
		first := get(t, server.URL+path)
		tag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
		if !strings.HasPrefix(tag, `W/"`) || modified == "" {
			t.Fatalf("%s: validators %q, %q", path, tag, modified)
		}
		at, err := http.ParseTime(modified)
		if err != nil {
			t.Fatal(err)
		}
		later, earlier := at.Add(time.Hour).Format(http.TimeFormat), at.Add(-time.Hour).UTC().Format(http.TimeFormat)
		tests := []struct {
			name    string
			headers []string
			want    int
		}{
			{"same tag", []string{"If-None-Match", tag}, 304},
			{"strong form", []string{"If-None-Match", strings.TrimPrefix(tag, "W/")}, 304},
			{"in a list", []string{"If-None-Match", `"a", ` + tag + `, W/"b"`}, 304},
			{"any", []string{"If-None-Match", "*"}, 304},
			{"another tag", []string{"If-None-Match", `"another"`}, 200},
			{"same date", []string{"If-Modified-Since", modified}, 304},
			{"later date", []string{"If-Modified-Since", later}, 304},
			{"earlier date", []string{"If-Modified-Since", earlier}, 200},
			{"no date", []string{"If-Modified-Since", "kemarin"}, 200},
			{"tag wins over date", []string{"If-None-Match", `"another"`, "If-Modified-Since", modified}, 200},
			{"tag wins over old date", []string{"If-None-Match", tag, "If-Modified-Since", earlier}, 304},
			{"delta feed", []string{"If-None-Match", tag, "A-IM", "feed"}, 304},
		}
		for _, tt := range tests {
			for _, method := range []string{"GET", "HEAD"} {
				a := ask(t, method, server.URL+path, tt.headers...)
				if a.StatusCode != tt.want {
					t.Errorf("%s %s, %s: got %d, want %d", method, path, tt.name, a.StatusCode, tt.want)
				}
				if tt.want == 304 && (len(a.body) > 0 || a.Header.Get("ETag") != tag || a.Header.Get("Cache-Control") == "" || a.Header.Get("Vary") == "") {
					t.Errorf("%s %s, %s: 304 with %d bytes and %v", method, path, tt.name, len(a.body), a.Header)
				}
				if wire, err := httputil.DumpResponse(a.Response, false); err != nil || tt.want == 304 && len(wire) > 300 {
					t.Errorf("%s %s, %s: 304 of %d bytes: %s", method, path, tt.name, len(wire), wire)
				}
			}
		}
	}
}

func TestEncodings(t *testing.T) {
	store := newStore(t)
	for n := range 10 {
		save(t, store, story("solok.example", n))
	}
	server := serve(t, store, nil)
	plain := get(t, server.URL+"/feeds/all.atom")
	tests := map[string]bool{
		"gzip": true, "GZIP": true, "x-gzip": true, "br, gzip;q=0.5": true, "*": true, "deflate, *;q=0.1": true,
		"": false, "identity": false, "gzip;q=0": false, "gzip; q=0.000, *": false, "br": false, "*;q=0": false, "gzip;q=x": false,
	}
	for accept, packed := range tests {
		a := get(t, server.URL+"/feeds/all.atom", "Accept-Encoding", accept)
		body := a.body
		if got := a.Header.Get("Content-Encoding") == "gzip"; got != packed {
			t.Errorf("Accept-Encoding %q: packed %v, want %v", accept, got, packed)
			continue
		}
		if packed {
			z, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if body, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(body, plain.body) {
			t.Errorf("Accept-Encoding %q: other bytes", accept)
		}
		if a.Header.Get("ETag") != plain.Header.Get("ETag") || a.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: headers %v", accept, a.Header)
		}
		head := ask(t, "HEAD", server.URL+"/feeds/all.atom", "Accept-Encoding", accept)
		if head.ContentLength != int64(len(a.body)) || head.Header.Get("Content-Encoding") != a.Header.Get("Content-Encoding") {
			t.Errorf("Accept-Encoding %q: HEAD says %d bytes, GET has %d", accept, head.ContentLength, len(a.body))
		}
	}
}

func TestMethodsAndJunk(t *testing.T) {
	store := newStore(t)
	save(t, store, story("solok.example", 0))
	server := serve(t, store, nil)
	for _, path := range append(everyFeed(), "/", "/feeds", "/opml", "/portal/solok.example", "/bot") {
		for _, method := range []string{"POST", "PUT", "DELETE", "PATCH"} {
			a := ask(t, method, server.URL+path)
			if a.StatusCode != http.StatusMethodNotAllowed || !strings.Contains(a.Header.Get("Allow"), "GET") {
				t.Errorf("%s %s: got %d, Allow %q", method, path, a.StatusCode, a.Header.Get("Allow"))
			}
		}
		sep := "?"
		if strings.Contains(path, "?") {
			sep = "&"
		}
		plain, junk := get(t, server.URL+path), get(t, server.URL+path+sep+"_=1700000000&utm_source=x&content=banyak")
		if junk.StatusCode != 200 || !bytes.Equal(plain.body, junk.body) {
			t.Errorf("%s: a junk query changes the answer", path)
		}
	}
}

func TestRestartGives304(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kabar.db")
	tags := make(map[string]answer)
	for round := range 2 {
		store, err := storage.Open(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		if round == 0 {
			if err := store.SetPortals(context.Background(), []news.Portal{{ID: "solok.example", Name: "Kabar Solok", Home: "https://solok.example/", Regions: []string{"13.02"}, Clock: "WIB"}}); err != nil {
				t.Fatal(err)
			}
			save(t, store, story("solok.example", 0), story("solok.example", 1))
		}
		server := serve(t, store, func(o *Options) {
			o.BaseURL = "https://kabar.example/"
			o.Now = func() time.Time { return start.Add(time.Duration(round) * 24 * time.Hour) }
		})
		for _, feed := range everyFeed() {
			if round == 0 {
				tags[feed] = get(t, server.URL+feed)
				continue
			}
			before := tags[feed]
			if a := get(t, server.URL+feed, "If-None-Match", before.Header.Get("ETag")); a.StatusCode != 304 {
				t.Errorf("%s: %d after a restart", feed, a.StatusCode)
			}
			if a := get(t, server.URL+feed, "If-Modified-Since", before.Header.Get("Last-Modified")); a.StatusCode != 304 {
				t.Errorf("%s: %d by date after a restart", feed, a.StatusCode)
			}
			if a := get(t, server.URL+feed); !bytes.Equal(a.body, before.body) {
				t.Errorf("%s: other bytes after a restart", feed)
			}
		}
		server.Close()
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// FuzzRequests asks for anything: every answer is a whole one, no request makes
// the server fail, and what it says in a header holds no line break.
func FuzzRequests(f *testing.F) {
	for _, seed := range append(everyFeed(), "/", "/?q=%22", "/region/13", "/feeds/category/a/b/c%2Fd.atom", "/feeds/archive/2026-01/portal/solok.example.rss?before=-1",
		"/feeds/portal/%00.atom", "/feeds/search.atom?q=NOT&since=2026-01-01T00:00:00Z", "/feeds/search.atom?q=%ff*^:(a", "/kabar/feeds/all.atom", "//feeds/../all.rss") {
		f.Add(seed, "kabar.example", "for=1.2.3.4;proto=https")
	}
	store := newStore(f)
	save(f, store, story("solok.example", 0))
	h, err := New(Options{Store: store, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, Limits: Limits{PerSecond: 1e9, Burst: 1 << 40}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, target, host, forwarded string) {
		u, err := url.ParseRequestURI(target)
		if err != nil {
			return
		}
		r := &http.Request{Method: "GET", URL: u, RequestURI: target, Host: host, RemoteAddr: "192.0.2.1:1", Header: http.Header{"Forwarded": {forwarded}, "If-None-Match": {forwarded}, "Accept-Encoding": {forwarded}}}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%q: %d %s", target, w.Code, w.Body)
		}
		for name, values := range w.Header() {
			if strings.ContainsAny(strings.Join(values, ""), "\r\n\x00") {
				t.Errorf("%q: header %s: %q", target, name, values)
			}
		}
	})
}

// TestFeedsPageTellsOfTheHub holds that the page names the hub there is, and
// none where there is none.
func TestFeedsPageTellsOfTheHub(t *testing.T) {
	store := newStore(t)
	for name, c := range map[string]struct {
		options func(*Options)
		want    string
	}{
		"none":      {func(*Options) {}, ""},
		"elsewhere": {func(o *Options) { o.Hub = "https://hub.example/push" }, "<code>https://hub.example/push</code>"},
		"our own":   {func(o *Options) { o.OwnHub, o.BaseURL = nobody{}, "https://kabar.example/warta" }, "<code>https://kabar.example/warta/hub</code>"},
	} {
		page := string(get(t, serve(t, store, c.options).URL+"/feeds").body)
		if strings.Contains(page, "WebSub") != (c.want != "") || !strings.Contains(page, c.want) {
			t.Errorf("%s: the page does not tell of %q only", name, c.want)
		}
	}
}

func TestHubIsNamedEverywhere(t *testing.T) {
	store := newStore(t)
	save(t, store, story("solok.example", 0))
	const hub = "https://hub.example/push?a=1&b=2"
	server := serve(t, store, func(o *Options) { o.Hub = hub })
	for format, want := range map[string]string{
		"atom": `<link rel="hub" href="https://hub.example/push?a=1&amp;b=2">`,
		"rss":  `<atom:link href="https://hub.example/push?a=1&amp;b=2" rel="hub">`,
		"json": `"url": "` + hub + `"`,
	} {
		a := get(t, server.URL+"/feeds/all."+format)
		if !bytes.Contains(a.body, []byte(want)) {
			t.Errorf("%s does not name the hub", format)
		}
		if !strings.Contains(strings.Join(a.Header.Values("Link"), ", "), "<"+hub+`>; rel="hub"`) {
			t.Errorf("%s: Link %q", format, a.Header.Values("Link"))
		}
	}
}

func TestAgesFollowTheSchedule(t *testing.T) {
	now := start
	due := func(d time.Duration) news.PortalState { return news.PortalState{NextDue: now.Add(d)} }
	a := agesOf([]news.Portal{
		{ID: "soon", Regions: []string{"13.02"}, State: due(7 * time.Minute)},
		{ID: "late", Regions: []string{"13.71"}, State: due(-time.Hour)},
		{ID: "far", Regions: []string{"91.03"}, State: due(100 * time.Hour)},
		{ID: "removed", Removed: now, Regions: []string{"91.03"}},
	}, now)
	tests := []struct {
		spec spec
		want string
	}{
		{spec{portal: "soon"}, "public, max-age=300"},
		{spec{portal: "late"}, "public, max-age=60"},
		{spec{portal: "far"}, "public, max-age=86400"},
		{spec{region: "13.02"}, "public, max-age=60"},
		{spec{region: "91"}, "public, max-age=86400"},
		{spec{region: "32"}, "public, max-age=60"},
		{spec{kind: all}, "public, max-age=60"},
		{spec{month: "2025-12"}, "public, max-age=3600"},
	}
	for _, tt := range tests {
		if got := a.age(tt.spec)[0]; got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.spec, got, tt.want)
		}
	}
}
