package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kabar/storage/news"
)

func TestEditsKeepIdentity(t *testing.T) {
	ctx := context.Background()
	store := newStore(t)
	a := story("solok.example", 1)
	id := save(t, store, a, story("solok.example", 2))[0].ID
	server := serve(t, store, nil)
	address := server.URL + "/feeds/portal/solok.example.atom"
	before := parseFeed(t, get(t, address))

	edit := a
	edit.ID, edit.Title = id, "Judul setelah diubah"
	edit.LastSeen = a.LastSeen.Add(time.Hour)
	save(t, store, edit)
	moved := edit
	moved.URL = "https://www.solok.example/berita/slug-baru.html"
	save(t, store, moved)

	after := parseFeed(t, get(t, address))
	if len(after.Items) != len(before.Items) {
		t.Fatalf("%d items after the edit, %d before", len(after.Items), len(before.Items))
	}
	for i := range after.Items {
		if after.Items[i].GUID != before.Items[i].GUID || after.Items[i].Published != before.Items[i].Published {
			t.Errorf("item %d: id or time of publication moved", i)
		}
	}
	if after.Items[0].Title != "Judul setelah diubah" || !after.Items[0].UpdatedParsed.After(*before.Items[0].UpdatedParsed) {
		t.Errorf("edit not shown: %q, updated %v", after.Items[0].Title, after.Items[0].UpdatedParsed)
	}
	if after.Items[1].Updated != before.Items[1].Updated {
		t.Error("the other article's updated moved")
	}
	corrections := parseFeed(t, get(t, server.URL+"/feeds/corrections.atom"))
	if len(corrections.Items) != 1 || !strings.Contains(corrections.Items[0].Content, "<ins>Judul setelah diubah</ins>") {
		t.Errorf("corrections: %+v", corrections.Items)
	}
	if err := store.MarkGone(ctx, id, start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	gone := parseFeed(t, get(t, address))
	if len(gone.Items) != 2 || gone.Items[0].GUID != id || !strings.Contains(gone.Items[0].Content, "ditarik") {
		t.Errorf("withdrawn article lost its place: %+v", gone.Items)
	}
	withdrawn := parseFeed(t, get(t, server.URL+"/feeds/withdrawn.rss"))
	if len(withdrawn.Items) != 1 || withdrawn.Items[0].GUID != id {
		t.Errorf("withdrawn feed: %+v", withdrawn.Items)
	}
}

func TestNewsAppearsWhereItBelongs(t *testing.T) {
	store := newStore(t)
	server := serve(t, store, nil)
	paths := everyFeed()
	for _, p := range paths { // everything is in memory, and empty
		parseFeed(t, get(t, server.URL+p))
	}
	save(t, store, story("solok.example", 0))
	for _, p := range paths {
		want := 1
		if strings.Contains(p, "corrections") || strings.Contains(p, "withdrawn") || strings.Contains(p, "ops") {
			want = 0
		}
		if got := len(parseFeed(t, get(t, server.URL+p)).Items); got != want {
			t.Errorf("%s: %d items, want %d", p, got, want)
		}
	}
	other := story("papua.example", 0)
	other.Regions = []news.RegionTag{{Code: "91.03"}}
	tag := get(t, server.URL+"/feeds/region/13.atom").Header.Get("ETag")
	save(t, store, other)
	if got := get(t, server.URL+"/feeds/region/13.atom").Header.Get("ETag"); got != tag {
		t.Error("news of one province changed another's feed")
	}
	if got := len(parseFeed(t, get(t, server.URL+"/feeds/region/91.atom")).Items); got != 1 {
		t.Errorf("region 91: %d items, want 1", got)
	}
}

func TestQuarantineIsNeverSeen(t *testing.T) {
	store := newStore(t)
	bad := story("solok.example", 0)
	bad.Title, bad.Quarantine = "Situs slot gacor", "gambling"
	id := save(t, store, bad, story("solok.example", 1))[0].ID
	server := serve(t, store, nil)
	for _, p := range append(everyFeed(), "/", "/?q=gacor", "/portal/solok.example", "/region/13.02") {
		if a := get(t, server.URL+p); bytes.Contains(a.body, []byte("slot gacor")) {
			t.Errorf("%s shows a quarantined article", p)
		}
	}
	if a := get(t, server.URL+"/article/"+strings.TrimPrefix(id, "urn:uuid:")); a.StatusCode != 404 {
		t.Errorf("page of a quarantined article: %d", a.StatusCode)
	}
}

func TestRepublishHoldsEverywhere(t *testing.T) {
	store := newStore(t)
	const full, lead = "rincian yang tidak masuk", "Isi 0 dari"
	want := map[string][2]bool{"solok.example": {true, true}, "padang.example": {false, true}, "papua.example": {false, false}}
	for portal, allowed := range want {
		a := story(portal, 0)
		a.Body[0].Text += strings.Repeat(" Kalimat pembuka yang panjang sekali.", 20)
		id := save(t, store, a)[0].ID
		server := serve(t, store, nil)
		for _, p := range []string{
			"/feeds/portal/" + portal + ".rss", "/feeds/portal/" + portal + ".atom", "/feeds/portal/" + portal + ".json",
			"/feeds/search.atom?portal=" + portal, "/article/" + strings.TrimPrefix(id, "urn:uuid:"), "/portal/" + portal,
		} {
			a := get(t, server.URL+p)
			if got := bytes.Contains(a.body, []byte(full)); got != (allowed[0] && !strings.HasPrefix(p, "/portal/")) {
				t.Errorf("%s: whole text is there: %v", p, got)
			}
			if got := bytes.Contains(a.body, []byte(lead)); got != allowed[1] {
				t.Errorf("%s: beginning is there: %v, want %v", p, got, allowed[1])
			}
		}
	}
}

// faulty is a store that can be made to fail and counts what it is asked.
type faulty struct {
	Reader
	down  atomic.Bool
	lists atomic.Int64
}

func (f *faulty) Articles(ctx context.Context, q news.Query) ([]news.Article, error) {
	f.lists.Add(1)
	if f.down.Load() {
		return nil, errors.New("disk is gone")
	}
	return f.Reader.Articles(ctx, q)
}

func (f *faulty) LastChange(ctx context.Context) (int64, error) {
	if f.down.Load() {
		return 0, errors.New("disk is gone")
	}
	return f.Reader.LastChange(ctx)
}

func TestLastGoodContentStays(t *testing.T) {
	store := newStore(t)
	save(t, store, story("solok.example", 0))
	f := &faulty{Reader: store}
	server := serve(t, f, nil)
	before := get(t, server.URL+"/feeds/all.atom")
	f.down.Store(true)
	after := get(t, server.URL+"/feeds/all.atom")
	if after.StatusCode != 200 || !bytes.Equal(before.body, after.body) || before.Header.Get("ETag") != after.Header.Get("ETag") {
		t.Errorf("while the store is down: %d", after.StatusCode)
	}
	fresh := get(t, server.URL+"/feeds/all.rss")
	if fresh.StatusCode != 503 || fresh.Header.Get("Retry-After") == "" || bytes.Contains(fresh.body, []byte("disk")) {
		t.Errorf("a feed that was never rendered: %d %q", fresh.StatusCode, fresh.body)
	}
	if a := get(t, server.URL+"/healthz"); a.StatusCode != 503 {
		t.Errorf("healthz: %d", a.StatusCode)
	}
	f.down.Store(false)
	if a := get(t, server.URL+"/healthz"); a.StatusCode != 200 {
		t.Errorf("healthz after: %d", a.StatusCode)
	}
}

func TestRenderedOncePerChange(t *testing.T) {
	store := newStore(t)
	save(t, store, story("solok.example", 0))
	f := &faulty{Reader: store}
	server := serve(t, f, func(o *Options) { o.Limits.Work = 1000 })
	ask := func() {
		var all sync.WaitGroup
		for range 40 {
			all.Go(func() {
				if a := get(t, server.URL+"/feeds/all.atom"); a.StatusCode != 200 {
					t.Errorf("got %d: %s", a.StatusCode, a.body)
				}
			})
		}
		all.Wait()
	}
	ask()
	first := f.lists.Load()
	ask()
	if again := f.lists.Load(); again != first {
		t.Errorf("an unchanged feed was read %d more times", again-first)
	}
	if first > 10 {
		t.Errorf("40 requests at once read the store %d times", first)
	}
	save(t, store, story("solok.example", 1))
	ask()
	if f.lists.Load() == first {
		t.Error("a changed feed was not read again")
	}
}

func TestWindow(t *testing.T) {
	at := func(hours ...int) []news.Article {
		var list []news.Article
		for i, h := range hours {
			list = append(list, news.Article{ID: fmt.Sprint(i), Published: news.Stamp{Time: start.Add(-time.Duration(h) * time.Hour), Precision: news.Minute}})
		}
		return list
	}
	many := func(n, minutes int) []news.Article {
		var list []news.Article
		for i := range n {
			list = append(list, news.Article{Published: news.Stamp{Time: start.Add(-time.Duration(i*minutes) * time.Minute), Precision: news.Minute}})
		}
		return list
	}
	heavy := func(n int, block news.Block) []news.Article {
		list := many(n, 1)
		for i := range list {
			list[i].Body = []news.Block{block}
		}
		return list
	}
	long := strings.Repeat("x", 16<<10)
	tests := []struct {
		name string
		list []news.Article
		want int
	}{
		{"long paragraphs", heavy(80, news.Block{Kind: news.Paragraph, Text: long}), 64},
		{"long lists", heavy(80, news.Block{Kind: news.List, Items: []string{long}}), 64},
		{"long tables", heavy(80, news.Block{Kind: news.Table, Rows: [][]string{{long}}}), 64},
		{"none", nil, 0},
		{"few and old", at(0, 100, 1000), 3},
		{"fifty at least", many(80, 120), 50},
		{"two days", many(200, 24), 121},
		{"at most", many(500, 1), windowMost},
		{"a wrong future date hides nothing", append(at(-9000), many(80, 24)...), 50},
	}
	for _, tt := range tests {
		if got := len(window(tt.list)); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestBusyDayIsWhole(t *testing.T) {
	store := newStore(t)
	var list []news.Article
	for n := range 150 {
		a := story("solok.example", n)
		a.Published.Time = start.Add(-time.Duration(n*15) * time.Minute)
		a.FirstSeen = a.Published.Time.UTC()
		list = append(list, a)
	}
	save(t, store, list...)
	server := serve(t, store, nil)
	parsed := parseFeed(t, get(t, server.URL+"/feeds/all.atom"))
	if len(parsed.Items) != 150 {
		t.Errorf("%d items of the last two days, want 150", len(parsed.Items))
	}
	for i := 1; i < len(parsed.Items); i++ {
		if parsed.Items[i].PublishedParsed.After(*parsed.Items[i-1].PublishedParsed) {
			t.Fatalf("item %d is newer than the one before", i)
		}
	}
}

func TestArchiveReachesEverything(t *testing.T) {
	store := newStore(t)
	var list []news.Article
	const busy, quiet = 1100, 60
	for n := range busy + quiet { // fifteen busy days, then four months with an article every two days
		a := story("solok.example", n)
		a.Published.Time = start.Add(-time.Duration(min(n, busy)*20) * time.Minute).Add(-time.Duration(max(n-busy, 0)*48) * time.Hour)
		a.FirstSeen = a.Published.Time.UTC()
		list = append(list, a)
	}
	save(t, store, list...)
	server := serve(t, store, nil)
	seen := make(map[string]bool)
	path := "/feeds/all.atom"
	for range 20 { // more documents than there are
		a := get(t, server.URL+path)
		for _, it := range parseFeed(t, a).Items {
			seen[it.GUID] = true
		}
		_, rest, found := strings.Cut(string(a.body), `rel="prev-archive" type="application/atom+xml" href="`)
		if !found {
			break
		}
		href, _, _ := strings.Cut(rest, `"`)
		path = strings.TrimPrefix(html.UnescapeString(href), server.URL)
	}
	if len(seen) != busy+quiet {
		t.Errorf("%d articles along the archive, want %d", len(seen), busy+quiet)
	}
	a := get(t, server.URL+"/feeds/archive/2025-12/all.rss")
	if !bytes.Contains(a.body, []byte("<fh:archive>")) || !bytes.Contains(a.body, []byte(`rel="current"`)) {
		t.Error("an archive document does not say that it is one")
	}
}

func TestSearchRefusesNonsense(t *testing.T) {
	store := newStore(t)
	save(t, store, story("solok.example", 0))
	server := serve(t, store, nil)
	for _, query := range []string{"", "?", "?x=1", "?q=", "?q=%22banjir", "?q=OR", "?region=99.99", "?region=x", "?portal=tidak-ada", "?since=kemarin", "?q=" + strings.Repeat("a", 400)} {
		a := get(t, server.URL+"/feeds/search.atom"+query)
		if a.StatusCode != http.StatusBadRequest || a.Header.Get("Content-Type") != "text/plain; charset=utf-8" || len(a.body) < 10 {
			t.Errorf("search%s: %d %s %q", query, a.StatusCode, a.Header.Get("Content-Type"), a.body)
		}
	}
	for query, want := range map[string]string{"?q=%22banjir": "tanda petik", "?q=OR": "kedua sisinya", "?q=NOT+x": "NOT butuh", "?q=(a": "tidak ditutup", "?q=a)": "tanda kurung", "?q=a+AND": "berakhir", "?q=***": "huruf atau angka"} {
		if a := get(t, server.URL+"/feeds/search.atom"+query); a.StatusCode != 400 || !strings.Contains(string(a.body), want) || strings.Contains(string(a.body), "bad query") {
			t.Errorf("search%s: %d %q, want %q", query, a.StatusCode, a.body, want)
		}
	}
	for query, want := range map[string]int{"?q=banjir": 1, "?q=banjir+AND+bandang": 1, "?q=%22banjir+bandang%22": 1, "?q=%22bandang+banjir%22": 0, "?q=banjir+NOT+bandang": 0, "?q=xyz+OR+banjir": 1, "?region=13": 1, "?since=2026-01-21": 0, "?since=2026-01-20T08:00:00%2B07:00": 1, "?since=2026-01-20T08:00:00+07:00": 1} {
		if got := len(parseFeed(t, get(t, server.URL+"/feeds/search.atom"+query)).Items); got != want {
			t.Errorf("search%s: %d items, want %d", query, got, want)
		}
	}
	for _, path := range []string{"/feeds/all.xml", "/feeds/nothing.atom", "/feeds/portal/tidak-ada.atom", "/feeds/region/99.rss", "/feeds/all", "/feeds/region/.atom", "/feeds/archive/2026-13/all.atom", "/article/x", "/portal/x", "/region/x", "/x", "/opml/99"} {
		if a := get(t, server.URL+path); a.StatusCode != 404 || a.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.Header.Get("Content-Type"))
		}
	}
}

func TestSelfIsWhatWasAskedFor(t *testing.T) {
	store := newStore(t)
	save(t, store, story("solok.example", 0))
	server := serve(t, store, nil)
	for asked, want := range map[string]string{
		"/feeds/all.atom?_=1": "/feeds/all.atom",
		"/feeds/search.atom?region=13.02&x=y&q=%22banjir%20bandang%22": "/feeds/search.atom?region=13.02&q=%22banjir%20bandang%22",
		"/feeds/search.atom?q=banjir+bandang&region=&copies=x":         "/feeds/search.atom?q=banjir+bandang",
		"/feeds/category/solok.example/DAERAH.atom":                    "/feeds/category/solok.example/DAERAH.atom",
		"/feeds/all.atom?copies=fold&content=summary":                  "/feeds/all.atom?copies=fold&content=summary",
	} {
		parsed := parseFeed(t, get(t, server.URL+asked))
		if parsed.FeedLink != server.URL+want || len(parsed.Items) != 1 {
			t.Errorf("%s: self is %s with %d items, want %s with 1", asked, parsed.FeedLink, len(parsed.Items), server.URL+want)
		}
	}
}
