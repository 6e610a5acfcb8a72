package crawler_test

import (
	"crypto/sha256"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kabar/crawler"
	"kabar/crawler/fetch"
	"kabar/crawler/portal"
	"kabar/storage/news"
	"kabar/storage/sqlite"
)

// start is where the clock of every test stands at first.
var start = time.Date(2026, 1, 20, 8, 30, 0, 0, time.FixedZone("WIB", 7*60*60))

// post is an article of a made-up portal.
type post struct {
	path, title string
	at          time.Time
	paragraphs  []string
	parts       [][]string // further pages of a split article
}

// posts makes articles of their own words, one a step back from the start,
// the newest first.
func posts(n int, step time.Duration) []post {
	all := make([]post, n)
	for i := range all {
		all[i] = newPost(i, start.Add(-time.Duration(i)*step-time.Hour))
	}
	return all
}

var (
	places = strings.Fields("Alahan Batu Cupak Dilam Gaung Jawi Kinari Lolo Muaro Paninjauan Saok Selayo Sirukam Talang Taruang Tikalak")
	things = strings.Fields("jembatan pasar sekolah irigasi puskesmas jalan masjid lapangan terminal perpustakaan embung kantor")
	doings = strings.Fields("diperbaiki dibangun diresmikan ditinjau dibersihkan dibuka diukur didata")
)

func newPost(i int, at time.Time) post {
	place, thing, doing := places[i%len(places)], things[i%len(things)], doings[(i/3)%len(doings)]
	title := fmt.Sprintf("%s di Nagari %s %s Warga Bersama Perangkat", strings.ToUpper(thing[:1])+thing[1:], place, doing)
	slug := strings.ToLower(strings.ReplaceAll(title, " ", "-"))
	return post{
		path: fmt.Sprintf("/%s/%s-%d.html", at.Format("2006/01"), slug, i), title: title, at: at,
		paragraphs: []string{
			fmt.Sprintf("Warga Nagari %s menyambut gembira kabar bahwa %s yang sudah lama ditunggu akhirnya %s pada pekan ini, setelah bertahun-tahun hanya dijanjikan.", place, thing, doing),
			fmt.Sprintf("Wali nagari mengatakan biaya untuk %s di %s itu berasal dari iuran perantau dan anggaran nagari, sedangkan tenaga disumbangkan oleh pemuda.", thing, place),
			fmt.Sprintf("Camat yang hadir berharap %s yang %s tersebut dirawat bersama, sehingga anak cucu di %s masih dapat memakainya kelak dengan bangga.", thing, doing, place),
		},
	}
}

// site is a made-up portal on loopback. Its fields are set before it is asked,
// or by change.
type site struct {
	*httptest.Server
	mu        sync.Mutex
	posts     []post
	kind      string                     // blog, wordpress, listing, feed
	theme     string                     // CSS prefix of the article pages; another one is another layout
	promo     string                     // a paragraph that every article page prints in its text
	suffix    string                     // of every document title
	sections  map[string]func(post) bool // further lists by path, of a part of the articles
	front     string                     // what stands at "/" in place of the list, which then lies at /arsip
	perPage   int                        // articles of a listing page; default 5
	relative  bool                       // the feed's links are relative
	dateless  bool                       // no page prints a date
	feeds     func(post) bool            // which articles the feed holds; all when nil
	popular   []post                     // in a side column of every list
	challenge bool                       // article pages are replaced by a challenge
	etag      bool                       // answers carry a validator, and 304 is given
	failing   map[string]int             // status by path
	asked     map[string]int             // requests by path
	same      map[string]int             // 304 answers by path
	now       time.Time                  // of its answers
}

func newSite(t *testing.T, kind string, posts []post) *site {
	t.Helper()
	s := &site{kind: kind, posts: posts, theme: "lama", perPage: 5, now: start,
		failing: make(map[string]int), asked: make(map[string]int), same: make(map[string]int)}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// change alters the portal between two visits.
func (s *site) change(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
}

// count is how often a path was asked for, query included.
func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

// articlesAsked is how many requests for article pages there were.
func (s *site) articlesAsked() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.posts {
		n += s.asked[p.path]
	}
	return n
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := r.URL.RequestURI()
	s.asked[path]++
	w.Header().Set("Date", s.now.UTC().Format(http.TimeFormat))
	if status := s.failing[path]; status != 0 {
		http.Error(w, "rusak", status)
		return
	}
	body, kind := s.answer(r)
	if body == "" {
		http.NotFound(w, r)
		return
	}
	if s.etag {
		tag := fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(body)))
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			s.same[path]++
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	w.Header().Set("Content-Type", kind+"; charset=utf-8")
	fmt.Fprint(w, body)
}

func (s *site) answer(r *http.Request) (body, kind string) {
	switch path := r.URL.Path; {
	case path == "/" && s.kind == "feed":
		return `<!doctype html><title>Kabar</title><link rel=alternate type="application/rss+xml" href=/feed><h1>Kabar</h1><p>Baca umpan kami.</p>`, "text/html"
	case path == "/" && s.front != "":
		return s.front, "text/html"
	case path == "/" || path == "/arsip" && s.front != "":
		return s.listing(r), "text/html"
	case s.sections[path] != nil:
		all := s.posts
		defer func() { s.posts = all }()
		s.posts = slices.DeleteFunc(slices.Clone(all), func(p post) bool { return !s.sections[path](p) })
		return s.listing(r), "text/html"
	case path == "/feed" && s.kind != "listing":
		return s.feed(), "application/rss+xml"
	case path == "/robots.txt":
		return "User-agent: *\nAllow: /\n", "text/plain"
	default:
		for _, p := range s.posts {
			if p.path == path && s.challenge {
				return "<!doctype html><title>Just a moment...</title><h1>Checking your browser</h1><p>Please wait.</p>", "text/html"
			}
			if p.path == path {
				return s.article(p, r), "text/html"
			}
		}
	}
	return "", ""
}

func (s *site) listing(r *http.Request) string {
	n, _ := strconv.Atoi(r.URL.Query().Get("page"))
	n = max(n, 1)
	var b strings.Builder
	b.WriteString("<!doctype html><title>Kabar Nagari</title>")
	if s.kind != "listing" {
		b.WriteString(`<link rel=alternate type="application/rss+xml" href=/feed>`)
	}
	b.WriteString("<h1>Kabar Nagari</h1><main>")
	from := min((n-1)*s.perPage, len(s.posts))
	to := min(from+s.perPage, len(s.posts))
	for _, p := range s.posts[from:to] {
		fmt.Fprintf(&b, `<article class=post><h2 class=judul><a href="%s">%s</a></h2><time datetime="%s">%s</time><p>%s …</p></article>`,
			p.path, p.title, p.at.Format(time.RFC3339), p.at.Format("02/01/2006 15:04 WIB"), p.paragraphs[0][:60])
	}
	b.WriteString("</main><aside><h3>Terpopuler</h3>")
	for _, p := range s.popular {
		fmt.Fprintf(&b, `<div class=post><h2 class=judul><a href="%s">%s</a></h2><p>%s …</p></div>`, p.path, p.title, p.paragraphs[0][:60])
	}
	b.WriteString("</aside>")
	if s.dateless {
		page := regexp.MustCompile(`<time.*?</time>`).ReplaceAllString(b.String(), "")
		b.Reset()
		b.WriteString(page)
	}
	if to < len(s.posts) {
		fmt.Fprintf(&b, `<nav class=pagination><a rel=next class=next href="%s?page=%d">Lama</a></nav>`, r.URL.Path, n+1)
	}
	return b.String()
}

// feed holds the ten newest articles.
func (s *site) feed() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Kabar Nagari</title><link>/</link><description>Kabar</description>`)
	listed := s.posts
	if s.feeds != nil {
		listed = slices.DeleteFunc(slices.Clone(listed), func(p post) bool { return !s.feeds(p) })
	}
	for _, p := range listed[:min(10, len(listed))] {
		link := p.path
		if !s.relative {
			link = s.URL + p.path
		}
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s</link><pubDate>%s</pubDate><description>%s</description></item>",
			html.EscapeString(p.title), link, p.at.Format(time.RFC1123Z), html.EscapeString(p.paragraphs[0]))
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

func (s *site) article(p post, r *http.Request) string {
	var b strings.Builder
	text := p.paragraphs
	part, _ := strconv.Atoi(r.URL.Query().Get("page"))
	if part > 1 && part-2 < len(p.parts) {
		text = p.parts[part-2]
	}
	fmt.Fprintf(&b, "<!doctype html><html lang=id><title>%s%s</title>", p.title, s.suffix)
	if s.kind == "wordpress" {
		fmt.Fprintf(&b, `<meta property="og:type" content="article"><meta property="article:published_time" content="%s"><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":%q,"datePublished":%q}</script>`,
			p.at.Format(time.RFC3339), p.title, p.at.Format(time.RFC3339))
	}
	fmt.Fprintf(&b, `<body><div class="%s-kepala"><a href="/">Beranda</a></div><div class="%[1]s-isi"><h1 class="%[1]s-judul">%[2]s</h1><span class="%[1]s-waktu">%[3]s</span><div class="%[1]s-teks">`,
		s.theme, p.title, printed(p.at, s.dateless))
	for i, paragraph := range text {
		fmt.Fprintf(&b, "<p>%s</p>", paragraph)
		if i == 0 && s.promo != "" {
			fmt.Fprintf(&b, "<p>%s</p>", s.promo)
		}
	}
	b.WriteString("</div>")
	if next := max(part, 1) + 1; next-2 < len(p.parts) {
		fmt.Fprintf(&b, `<div class=halaman><a rel=next href="%s?page=%d">Halaman %d</a></div>`, p.path, next, next)
	}
	fmt.Fprintf(&b, `</div><div class="%s-kaki">Hak cipta Kabar Nagari</div></body></html>`, s.theme)
	return b.String()
}

func printed(at time.Time, dateless bool) string {
	if dateless {
		return "Redaksi"
	}
	return at.Format("02/01/2006 15:04 WIB")
}

// crawl is a store, a fetcher and a clock for crawls of made-up portals.
type crawl struct {
	*sqlite.Store
	mu      sync.Mutex // guards now against the goroutines of the fetcher
	now     time.Time
	options crawler.Options
	crawler *crawler.Crawler
}

func newCrawl(t *testing.T) *crawl {
	t.Helper()
	c := &crawl{now: start}
	store, err := sqlite.Open(t.Context(), t.TempDir()+"/kabar.db", sqlite.WithClock(c.clock))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	fetcher := fetch.New(fetch.Options{Memory: store, Now: c.clock, AllowNets: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	t.Cleanup(func() { fetcher.Close() })
	c.Store = store
	c.options = crawler.Options{Ledger: store, Fetcher: fetcher, Now: c.clock}
	return c
}

func (c *crawl) clock() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// set moves the clock to a moment.
func (c *crawl) set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// later moves the clock, and that of the portals.
func (c *crawl) later(d time.Duration, sites ...*site) {
	c.set(c.now.Add(d))
	for _, s := range sites {
		s.change(func() { s.now = c.now })
	}
}

// definition of a portal that is read quickly.
func (s *site) definition(id string) portal.Definition {
	return portal.Definition{ID: id, Name: "Kabar Nagari", Home: s.URL + "/", Clock: "WIB",
		Limits: portal.Limits{Delay: portal.Duration(time.Millisecond)}}
}

// run crawls once, as far as can be done at this moment.
func (c *crawl) run(t *testing.T, portals ...portal.Definition) crawler.Report {
	t.Helper()
	if c.crawler == nil {
		c.crawler = crawler.New(c.options)
	}
	if err := c.crawler.Declare(t.Context(), portals); err != nil {
		t.Fatal(err)
	}
	report, err := c.crawler.Crawl(t.Context(), portals, 0)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// stored are the articles of a portal by path.
func (c *crawl) stored(t *testing.T, s *site, id string) map[string]news.Article {
	t.Helper()
	articles, err := c.Articles(t.Context(), news.Query{Portal: id, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	byPath := make(map[string]news.Article, len(articles))
	for _, a := range articles {
		byPath[strings.TrimPrefix(a.URL, s.URL)] = a
	}
	return byPath
}

// wantPosts checks that exactly these articles are stored, with title, moment
// and text.
func (c *crawl) wantPosts(t *testing.T, s *site, id string, want []post) {
	t.Helper()
	stored := c.stored(t, s, id)
	if len(stored) != len(want) {
		t.Errorf("%s: %d articles are stored, want %d", id, len(stored), len(want))
	}
	for _, p := range want {
		a, ok := stored[p.path]
		if !ok {
			t.Errorf("%s: %s is not stored", id, p.path)
			continue
		}
		text := p.paragraphs
		for _, part := range p.parts {
			text = append(text[:len(text):len(text)], part...)
		}
		if got := a.Text(); a.Title != p.title || got != strings.Join(text, "\n") {
			t.Errorf("%s: %s is %q with the text\n%s\nwant %q with\n%s", id, p.path, a.Title, got, p.title, strings.Join(text, "\n"))
		}
		if at, want := a.Published.Time, p.at.Truncate(time.Minute); !at.Truncate(time.Minute).Equal(want) {
			t.Errorf("%s: %s was published %v (%s), want %v", id, p.path, at, a.Published.Origin, want)
		}
	}
}
