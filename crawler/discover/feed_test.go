package discover

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kabar/crawler/page"
	"kabar/storage/news"
)

const rssHead = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Kabar Nagari</title><link>https://a.example/</link>`

func rssItem1(inner string) string { return rssHead + "<item>" + inner + "</item></channel></rss>" }

func TestFeedItems(t *testing.T) {
	link := "<title>Pasar Ramai</title><link>https://a.example/pasar-ramai/</link>"
	tests := map[string]struct {
		body     string
		address  string // of the first item
		title    string
		date     string // RFC 3339 of a stamp
		dateText string
		postID   string
	}{
		"plain":              {rssItem1(link + "<pubDate>Tue, 20 Jan 2026 05:02:38 +0000</pubDate>"), "https://a.example/pasar-ramai/", "Pasar Ramai", "2026-01-20T05:02:38Z", "", ""},
		"own offset":         {rssItem1(link + "<pubDate>Tue, 20 Jan 2026 12:02:38 +0700</pubDate>"), "https://a.example/pasar-ramai/", "Pasar Ramai", "2026-01-20T12:02:38+07:00", "", ""},
		"indonesian day":     {rssItem1(link + "<pubDate>Sel, 20 Jan 2026 12:02:38 +0700</pubDate>"), "https://a.example/pasar-ramai/", "Pasar Ramai", "2026-01-20T12:02:38+07:00", "", ""},
		"friday, mistyped":   {rssItem1(link + "<pubDate>Jum'at, 16 Jan 2026 12:02:38 +0700</pubDate>"), "https://a.example/pasar-ramai/", "Pasar Ramai", "2026-01-16T12:02:38+07:00", "", ""},
		"indonesian month":   {rssItem1(link + "<pubDate>Rabu, 20 Agustus 2025 12:02:38 +0700</pubDate>"), "https://a.example/pasar-ramai/", "Pasar Ramai", "2025-08-20T12:02:38+07:00", "", ""},
		"named zone":         {rssItem1(link + "<pubDate>Sel, 20 Jan 2026 12:02:38 WITA</pubDate>"), "https://a.example/pasar-ramai/", "Pasar Ramai", "2026-01-20T12:02:38+08:00", "", ""},
		"GMT":                {rssItem1(link + "<pubDate>Tue, 20 Jan 2026 05:02:38 GMT</pubDate>"), "https://a.example/pasar-ramai/", "Pasar Ramai", "2026-01-20T05:02:38Z", "", ""},
		"unknown zone":       {rssItem1(link + "<pubDate>Tue, 20 Jan 2026 05:02:38 XYZ</pubDate>"), "https://a.example/pasar-ramai/", "Pasar Ramai", "", "Tue, 20 Jan 2026 05:02:38 XYZ", ""},
		"two-digit year":     {rssItem1(link + "<pubDate>Tue, 20 Jan 26 05:02:38 +0000</pubDate>"), "https://a.example/pasar-ramai/", "Pasar Ramai", "2026-01-20T05:02:38Z", "", ""},
		"no offset":          {rssItem1(link + "<pubDate>2026-01-20 12:02:38</pubDate>"), "https://a.example/pasar-ramai/", "Pasar Ramai", "", "2026-01-20 12:02:38", ""},
		"epoch":              {rssItem1(link + "<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate>"), "https://a.example/pasar-ramai/", "Pasar Ramai", "", "Thu, 01 Jan 1970 00:00:00 +0000", ""},
		"dublin core":        {rssItem1(link + "<dc:date>2026-01-20T12:02:38+07:00</dc:date>"), "https://a.example/pasar-ramai/", "Pasar Ramai", "2026-01-20T12:02:38+07:00", "", ""},
		"no date":            {rssItem1(link), "https://a.example/pasar-ramai/", "Pasar Ramai", "", "", ""},
		"wordpress id":       {rssItem1(link + `<guid isPermaLink="false">https://a.example/?p=1042</guid>`), "https://a.example/pasar-ramai/", "Pasar Ramai", "", "", "wp:1042"},
		"guid for link":      {rssItem1(`<title>Pasar Ramai</title><guid isPermaLink="true">https://a.example/pasar-ramai</guid>`), "https://a.example/pasar-ramai", "Pasar Ramai", "", "", ""},
		"relative link":      {rssItem1(`<title>Pasar Ramai</title><link>/berita/pasar-ramai</link>`), "https://a.example/berita/pasar-ramai", "Pasar Ramai", "", "", ""},
		"dress in link":      {rssItem1(`<title>Pasar Ramai</title><link>http://a.example/x?utm_source=rss&amp;id=3</link>`), "https://a.example/x?id=3", "Pasar Ramai", "", "", ""},
		"bare ampersand":     {rssItem1(`<title>Sawah & Ladang</title><link>https://a.example/?mod=berita&id=3</link>`), "https://a.example/?mod=berita&id=3", "Sawah & Ladang", "", "", ""},
		"bare less-than":     {rssItem1(`<title>Usia < 17 Tahun</title><link>https://a.example/x</link>`), "https://a.example/x", "Usia < 17 Tahun", "", "", ""},
		"html entities":      {rssItem1(`<title>Pasar&nbsp;Ramai &ndash; Lagi</title><link>https://a.example/x</link>`), "https://a.example/x", "Pasar Ramai – Lagi", "", "", ""},
		"escaped twice":      {rssItem1(`<title>Sawah &amp;amp; Ladang</title><link>https://a.example/x</link>`), "https://a.example/x", "Sawah & Ladang", "", "", ""},
		"tags in title":      {rssItem1(`<title><![CDATA[<b>Pasar</b> Ramai]]></title><link>https://a.example/x</link>`), "https://a.example/x", "Pasar Ramai", "", "", ""},
		"forbidden bytes":    {rssItem1("<title>Pasar\x0b Ramai&#11;</title><link>https://a.example/x</link>"), "https://a.example/x", "Pasar Ramai", "", "", ""},
		"bytes before":       {"\n\n<br />\n<b>Warning</b>: mysql_query() in rss.php\n" + rssItem1(link), "https://a.example/pasar-ramai/", "Pasar Ramai", "", "", ""},
		"no declaration":     {strings.TrimPrefix(rssItem1(link), `<?xml version="1.0" encoding="UTF-8"?>`), "https://a.example/pasar-ramai/", "Pasar Ramai", "", "", ""},
		"wrong charset":      {strings.Replace(rssItem1(strings.Replace(link, "Pasar", "Café", 1)), "UTF-8", "iso-8859-1", 1), "https://a.example/pasar-ramai/", "Café Ramai", "", "", ""},
		"cut end":            {strings.TrimSuffix(rssItem1(link), "</channel></rss>") + "<item><title>Terpot", "https://a.example/pasar-ramai/", "Pasar Ramai", "", "", ""},
		"one broken":         {rssHead + "<item><title>Rusak</titel></foo></item><item>" + link + "</item></channel></rss>", "https://a.example/pasar-ramai/", "Pasar Ramai", "", "", ""},
		"doctype":            {`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>` + strings.TrimPrefix(rssItem1("<description>&b;</description>"+link), `<?xml version="1.0" encoding="UTF-8"?>`), "https://a.example/pasar-ramai/", "Pasar Ramai", "", "", ""},
		"feed service":       {rssItem1(`<title>Pasar Ramai</title><link>https://feeds.example.net/~r/x</link><feedburner:origLink xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">https://a.example/y</feedburner:origLink>`), "https://a.example/y", "Pasar Ramai", "", "", ""},
		"rdf":                {`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>x</title></channel><item><title>Pasar Ramai</title><link>https://a.example/x</link></item></rdf:RDF>`, "https://a.example/x", "Pasar Ramai", "", "", ""},
		"atom":               {`<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>tag:blogger.com,1999:blog-12.post-345</id><published>2026-01-20T12:02:00.001+07:00</published><updated>2026-01-20T13:00:00.000+07:00</updated><title type="text">Pasar Ramai</title><link rel="replies" href="https://a.example/feeds/345/comments/default"/><link rel="alternate" type="text/html" href="https://a.example/2026/01/pasar-ramai.html"/></entry></feed>`, "https://a.example/2026/01/pasar-ramai.html", "Pasar Ramai", "2026-01-20T12:02:00+07:00", "", "blogger:345"},
		"json feed":          {`{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","url":"https://a.example/x","title":"Pasar Ramai","date_published":"2026-01-20T12:02:38+07:00"}]}`, "https://a.example/x", "Pasar Ramai", "2026-01-20T12:02:38+07:00", "", ""},
		"wordpress posts":    {`[{"id":1042,"date":"2026-01-20T13:02:38","date_gmt":"2026-01-20T05:02:38","link":"https://a.example/pasar-ramai/","title":{"rendered":"Pasar &#8211; Ramai"}}]`, "https://a.example/pasar-ramai/", "Pasar – Ramai", "2026-01-20T13:02:38+08:00", "", "wp:1042"},
		"blogger json":       {`{"feed":{"title":{"$t":"x"},"entry":[{"id":{"$t":"tag:blogger.com,1999:blog-1.post-77"},"published":{"$t":"2026-01-20T12:02:38.000+07:00"},"title":{"$t":"Pasar Ramai"},"link":[{"rel":"alternate","href":"http://a.example/2026/01/x.html"}]}]}}`, "https://a.example/2026/01/x.html", "Pasar Ramai", "2026-01-20T12:02:38+07:00", "", "blogger:77"},
		"blogger in a call":  {"// API callback\ngdata.io.handleScriptLoaded({\"feed\":{\"entry\":[{\"title\":{\"$t\":\"Pasar Ramai\"},\"link\":[{\"rel\":\"alternate\",\"href\":\"https://a.example/x.html\"}]}]}});", "https://a.example/x.html", "Pasar Ramai", "", "", ""},
		"title only in desc": {rssItem1(`<link>https://a.example/x</link><description>isi</description>`), "https://a.example/x", "", "", "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			feed, err := ReadFeed(newPage(t, "https://a.example/feed/", test.body))
			if err != nil || len(feed.Items) == 0 {
				t.Fatalf("ReadFeed: %d items, %v\n%s", len(feed.Items), err, test.body)
			}
			got := feed.Items[0]
			if got.URL != test.address || got.Title != test.title || got.Published.RFC3339() != test.date || got.DateText != test.dateText && test.date == "" && name != "epoch" || got.PostID != test.postID {
				t.Errorf("got %q %q %q %q %q\nfrom %s", got.URL, got.Title, got.Published.RFC3339(), got.DateText, got.PostID, test.body)
			}
			if got.Published.Precision != "" && got.Published.Precision != news.Second {
				t.Errorf("precision %q", got.Published.Precision)
			}
		})
	}
}

func TestFeedPages(t *testing.T) {
	full := strings.Repeat("<item><title>Judul</title><link>https://a.example/x</link></item>", 10)
	wordpress := "<generator>https://wordpress.org/?v=6.7</generator>"
	tests := map[string]struct{ address, body, older string }{
		"wordpress":       {"https://a.example/feed/", rssHead + wordpress + full + "</channel></rss>", "https://a.example/feed/?paged=2"},
		"wordpress third": {"https://a.example/feed/?paged=3", rssHead + wordpress + full + "</channel></rss>", "https://a.example/feed/?paged=4"},
		"wordpress end":   {"https://a.example/feed/?paged=9", rssHead + wordpress + "<item><title>Judul</title><link>https://a.example/x</link></item></channel></rss>", ""},
		"other rss":       {"https://a.example/rss", rssHead + full + "</channel></rss>", ""},
		"rss with next":   {"https://a.example/rss", rssHead + `<atom:link rel="next" href="/rss?p=2"/>` + full + "</channel></rss>", "https://a.example/rss?p=2"},
		"blogger":         {"https://a.example/feeds/posts/default", `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="http://www.blogger.com/feeds/12/posts/default?start-index=26&amp;max-results=25"/></feed>`, "https://a.example/feeds/posts/default?max-results=150&start-index=26"},
		"blogger own":     {"https://a.example/feeds/posts/default", `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="https://a.example/feeds/posts/default?start-index=26"/></feed>`, "https://a.example/feeds/posts/default?max-results=150&start-index=26"},
		"json feed":       {"https://a.example/feed.json", `{"version":"https://jsonfeed.org/version/1","next_url":"https://a.example/feed.json?p=2","items":[]}`, "https://a.example/feed.json?p=2"},
	}
	for name, test := range tests {
		feed, err := ReadFeed(newPage(t, test.address, test.body))
		if err != nil || feed.Older != test.older {
			t.Errorf("%s: Older = %q, %v, want %q", name, feed.Older, err, test.older)
		}
	}
}

func TestWordPressPages(t *testing.T) {
	post := `{"id":1,"date_gmt":"2026-01-20T05:02:38","link":"https://a.example/x/","title":{"rendered":"x"}}`
	for query, want := range map[string]string{
		"per_page=1":                "https://a.example/wp-json/wp/v2/posts?page=2&per_page=1",
		"per_page=1&page=2":         "https://a.example/wp-json/wp/v2/posts?page=3&per_page=1",
		"per_page=1&page=3":         "", // the header says that there are three
		"per_page=100":              "", // a page that is not full is the last
		"per_page=100&page=nothing": "",
	} {
		u, err := url.Parse("https://a.example/wp-json/wp/v2/posts?" + query)
		if err != nil {
			t.Fatal(err)
		}
		p := page.New(u, u, false, 200, http.Header{"X-Wp-Totalpages": {"3"}}, []byte("["+post+"]"), noon)
		if feed, err := ReadFeed(p); err != nil || feed.Older != want {
			t.Errorf("%s: Older = %q, %v, want %q", query, feed.Older, err, want)
		}
	}
}

func TestFeedHints(t *testing.T) {
	for hint, want := range map[string]time.Duration{
		"": 0, "<ttl>60</ttl>": time.Hour, "<ttl>-5</ttl>": 0, "<ttl>99999999999</ttl>": maxTTL, "<ttl>9999999</ttl>": maxTTL,
		"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>": 30 * time.Minute,
		"<sy:updatePeriod>\n\tdaily\t</sy:updatePeriod>":                                      24 * time.Hour,
	} {
		feed, err := ReadFeed(newPage(t, "https://a.example/feed", rssHead+hint+"</channel></rss>"))
		if err != nil || feed.TTL != want {
			t.Errorf("%q: TTL = %v, %v, want %v", hint, feed.TTL, err, want)
		}
	}
}

func TestNoFeed(t *testing.T) {
	comments := `<item><title>Oleh: Budi</title><link>https://a.example/x/#comment-7</link></item>`
	tests := map[string]struct {
		address, body string
		want          error
	}{
		"sitemap":           {"https://a.example/feed", `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/x</loc></url></urlset>`, ErrSitemap},
		"index of sitemaps": {"https://a.example/feed", `<sitemapindex><sitemap><loc>https://a.example/x.xml</loc></sitemap></sitemapindex>`, ErrSitemap},
		"page":              {"https://a.example/feed", `<!doctype html><html><body>Beranda</body></html>`, ErrNoFeed},
		"nothing":           {"https://a.example/feed", "", ErrNoFeed},
		"error as json":     {"https://a.example/wp-json/wp/v2/posts", `{"code":"rest_no_route","message":"x","data":{"status":404}}`, ErrNoFeed},
		"other list":        {"https://a.example/wp-json/wp/v2/posts", `[{"a":1}]`, ErrNoFeed},
		"broken json":       {"https://a.example/x.json", `{"feed":`, ErrNoFeed},
		"comments title":    {"https://a.example/x", strings.Replace(rssItem1(comments), "Kabar Nagari", "Komentar di: Kabar Nagari", 1), ErrComments},
		"comments english":  {"https://a.example/x", strings.Replace(rssHead, "Kabar Nagari", "Comments for Kabar Nagari", 1) + "</channel></rss>", ErrComments},
		"comments links":    {"https://a.example/x", rssItem1(strings.TrimSuffix(strings.TrimPrefix(comments, "<item>"), "</item>")), ErrComments},
		"comments address":  {"https://a.example/comments/feed/", rssHead + "</channel></rss>", ErrComments},
		"blogger comments":  {"https://a.example/feeds/123/comments/default", `<feed xmlns="http://www.w3.org/2005/Atom"></feed>`, ErrComments},
	}
	for name, test := range tests {
		if feed, err := ReadFeed(newPage(t, test.address, test.body)); !errors.Is(err, test.want) {
			t.Errorf("%s: ReadFeed = %d items, %v, want %v", name, len(feed.Items), err, test.want)
		}
	}
}

func FuzzFeed(f *testing.F) {
	f.Add([]byte(rssItem1("<title>a & b</title><link>x</link><pubDate>Sel, 20 Jan 26 05:02 WIB</pubDate>")))
	f.Add([]byte(`<feed><entry><link href="/x"/><title>&nbsp;<</title></entry>`))
	f.Add([]byte(`[{"id":1,"link":"https://a.example/x","title":{"rendered":"x"}}]`))
	f.Add([]byte(`cb({"feed":{"entry":[{"link":[{"rel":"alternate","href":"/x"}]}]}})`))
	f.Fuzz(func(t *testing.T, body []byte) {
		p := newPage(t, "https://a.example/feed", string(body))
		feed, err := ReadFeed(p)
		if err != nil {
			if !errors.Is(err, ErrNoFeed) && !errors.Is(err, ErrSitemap) && !errors.Is(err, ErrComments) {
				t.Fatalf("unnamed error %v", err)
			}
			return
		}
		checkItems(t, feed.Items)
	})
}

// checkItems holds what must be true of every item that anything gives.
func checkItems(t *testing.T, items []Item) {
	t.Helper()
	for _, i := range items {
		if again, err := Address(i.URL); err != nil || again != i.URL {
			t.Fatalf("item with address %q", i.URL)
		}
		if err := checkText(i.Title, 4*maxTitle); err != nil {
			t.Fatalf("title %q: %v", i.Title, err)
		}
		if err := checkText(i.DateText, maxDateText); err != nil {
			t.Fatalf("date %q: %v", i.DateText, err)
		}
		if !i.Published.IsZero() && !plausible(i.Published.Time) {
			t.Fatalf("published %v", i.Published)
		}
	}
}

func checkText(s string, max int) error {
	if len(s) > max || strings.ToValidUTF8(s, "") != s || strings.ContainsAny(s, "\x00\n\r\t") {
		return fmt.Errorf("%d bytes, or not clean", len(s))
	}
	return nil
}

func BenchmarkReadFeed(b *testing.B) {
	var body strings.Builder
	body.WriteString(rssHead)
	for i := range 100 {
		fmt.Fprintf(&body, "<item><title>Judul %d</title><link>https://a.example/berita/%d</link><pubDate>Tue, 20 Jan 2026 05:02:38 +0000</pubDate><content:encoded><![CDATA[%s]]></content:encoded></item>", i, i, strings.Repeat("<p>Kalimat berita yang panjang.</p>\n", 100))
	}
	body.WriteString("</channel></rss>")
	p := newPage(b, "https://a.example/feed/", body.String())
	b.SetBytes(int64(body.Len()))
	for b.Loop() {
		if _, err := ReadFeed(p); err != nil {
			b.Fatal(err)
		}
	}
}
