package discover

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kabar/crawler/portal"
)

func TestSitemap(t *testing.T) {
	body := `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://a.example/2026/01/pasar-ramai.html</loc><lastmod>2026-01-20T05:02:38Z</lastmod></url>
<url><loc> /2026/01/harga-naik.html?utm_source=x </loc><lastmod>2026-01-19</lastmod></url>
<url><loc>https://a.example/?a=1&b=2</loc><lastmod>0000-00-00</lastmod></url>
<url><loc>https://a.example/foto.jpg</loc></url>
<url><loc>javascript:alert(1)</loc></url>
</urlset>`
	s, err := ReadSitemap(newPage(t, "https://a.example/sitemap.xml", body))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range s.Items {
		got = append(got, i.URL+" "+i.Modified.Text()+" "+i.Source)
		if !i.Published.IsZero() {
			t.Errorf("%s: lastmod is no date of publication", i.URL)
		}
	}
	want := []string{"https://a.example/2026/01/pasar-ramai.html 2026-01-20T05:02:38Z sitemap",
		"https://a.example/2026/01/harga-naik.html 2026-01-19 sitemap", "https://a.example/?a=1&b=2  sitemap"}
	if !slices.Equal(got, want) || s.News {
		t.Errorf("items %q, want %q", got, want)
	}
}

func TestNewsSitemap(t *testing.T) {
	body := `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://a.example/x</loc><n:news><n:publication><n:name>A</n:name></n:publication><n:publication_date>2026-01-20T12:02:38+07:00</n:publication_date><n:title>Pasar &amp; Ladang</n:title></n:news></url>
<url><loc>https://a.example/y</loc><n:news><n:publication_date>2026-01-20</n:publication_date><n:title>Harga Naik</n:title></n:news></url></urlset>`
	s, err := ReadSitemap(newPage(t, "https://a.example/sitemap-news.xml", body))
	if err != nil || !s.News || len(s.Items) != 2 {
		t.Fatalf("%+v, %v", s, err)
	}
	first, second := s.Items[0], s.Items[1]
	if first.Published.RFC3339() != "2026-01-20T12:02:38+07:00" || first.Title != "Pasar & Ladang" || first.Source != KindNewsSitemap {
		t.Errorf("first item %+v", first)
	}
	if !second.Published.IsZero() || second.DateText != "2026-01-20" {
		t.Errorf("second item %+v: a day needs the portal's clock", second)
	}
}

func TestSitemapIndexNewestFirst(t *testing.T) {
	tests := map[string]struct{ maps, first, last string }{
		"lastmod":      {"a-sitemap.xml 2025-01-01, b-sitemap.xml 2026-01-01, page-sitemap.xml 2026-01-02", "b-sitemap.xml", "page-sitemap.xml"},
		"numbers":      {"post-sitemap.xml, post-sitemap2.xml, post-sitemap11.xml, category-sitemap.xml", "post-sitemap11.xml", "category-sitemap.xml"},
		"core":         {"wp-sitemap-posts-post-1.xml, wp-sitemap-posts-post-2.xml, wp-sitemap-posts-page-1.xml, wp-sitemap-taxonomies-category-1.xml, wp-sitemap-users-1.xml", "wp-sitemap-posts-post-2.xml", ""},
		"months":       {"sitemap-2025-11.xml, sitemap-2026-01.xml, sitemap-2025-12.xml", "sitemap-2026-01.xml", "sitemap-2025-11.xml"},
		"blogger":      {"sitemap.xml?page=1, sitemap.xml?page=2", "sitemap.xml?page=1", "sitemap.xml?page=2"},
		"not articles": {"author-sitemap.xml 2026-01-01, berita.xml", "berita.xml", "author-sitemap.xml"},
	}
	for name, test := range tests {
		var b strings.Builder
		for m := range strings.SplitSeq(test.maps, ", ") {
			file, modified, _ := strings.Cut(m, " ")
			fmt.Fprintf(&b, "<sitemap><loc>https://a.example/%s</loc><lastmod>%s</lastmod></sitemap>", file, modified)
		}
		s, err := ReadSitemap(newPage(t, "https://a.example/sitemap_index.xml", "<sitemapindex>"+b.String()+"</sitemapindex>"))
		if err != nil || len(s.Maps) == 0 || s.Maps[0].URL != "https://a.example/"+test.first {
			t.Errorf("%s: %+v, %v, want %s first", name, s.Maps, err, test.first)
			continue
		}
		if last := s.Maps[len(s.Maps)-1].URL; test.last != "" && last != "https://a.example/"+test.last {
			t.Errorf("%s: %s stands last, want %s", name, last, test.last)
		}
	}
}

func TestSitemapForgives(t *testing.T) {
	url := "<url><loc>https://a.example/x</loc></url>"
	bomb := `<!DOCTYPE x [<!ENTITY a "` + strings.Repeat("a", 1000) + `"><!ENTITY b "` + strings.Repeat("&a;", 1000) + `">]>`
	for name, body := range map[string]string{
		"text":         "https://a.example/x\nhttps://a.example/y\n",
		"cut":          "<urlset>" + url + "<url><loc>https://a.exam",
		"bytes before": "\n\n<br />Notice: x<?xml version='1.0'?><urlset>" + url + "</urlset>",
		"bomb":         bomb + "<urlset>" + url + "<url><loc>&b;</loc></url></urlset>",
		"external":     `<!DOCTYPE x SYSTEM "file:///etc/passwd"><urlset>` + url + "</urlset>",
		"prefixed":     `<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc>https://a.example/x</s:loc></s:url></s:urlset>`,
	} {
		start := time.Now()
		s, err := ReadSitemap(newPage(t, "https://a.example/sitemap", body))
		if err != nil || len(s.Items) == 0 || s.Items[0].URL != "https://a.example/x" {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
	}
	for name, body := range map[string]string{"page": "<!doctype html><html></html>", "feed": rssHead + "</channel></rss>", "words": "kosong", "nothing": ""} {
		if _, err := ReadSitemap(newPage(t, "https://a.example/sitemap.xml", body)); !errors.Is(err, ErrNoSitemap) {
			t.Errorf("%s: %v, want ErrNoSitemap", name, err)
		}
	}
}

func TestFindSources(t *testing.T) {
	home := "https://a.example/"
	tests := map[string]struct {
		body   string
		d      portal.Definition
		robots []string
		want   []string
	}{
		"wordpress": {`<html><head><meta name="generator" content="WordPress 6.7">
<link rel="alternate" type="application/rss+xml" title="A &raquo; Daerah Category Feed" href="/category/daerah/feed/">
<link rel="alternate" type="application/rss+xml" title="A &raquo; Feed" href="http://www.a.example/feed/">
<link rel="alternate" type="application/rss+xml" title="A &raquo; Comments Feed" href="/comments/feed/">
<link rel="https://api.w.org/" href="https://a.example/wp-json/"></head></html>`, portal.Definition{}, []string{"https://a.example/sitemap_index.xml", "https://a.example/news-sitemap.xml"},
			[]string{"feed /feed/", "feed /category/daerah/feed/", "api /wp-json/" + wordpressPosts, "news-sitemap /news-sitemap.xml", "sitemap /sitemap_index.xml", "listing /"}},
		"wordpress bare": {`<html><body><img src="/wp-content/x.png"></body></html>`, portal.Definition{}, nil,
			[]string{"feed /feed/?", "api /wp-json/" + wordpressPosts + "?", "sitemap /sitemap_index.xml?", "sitemap /wp-sitemap.xml?", "listing /"}},
		"blogger": {`<html><head><meta content='blogger' name='generator'/><link rel="alternate" type="application/atom+xml" href="/feeds/posts/default"><link rel="alternate" type="application/rss+xml" href="/feeds/posts/default?alt=rss"></head></html>`,
			portal.Definition{}, nil, []string{"feed /feeds/posts/default", "api /feeds/posts/summary?alt=json&max-results=150?", "sitemap /sitemap.xml?", "listing /"}},
		"opensid, feed is a sitemap": {`<html><head><link rel="alternate" type="application/rss+xml" href="/sitemap"></head><body>OpenSID 23.01</body></html>`,
			portal.Definition{}, nil, []string{"feed /feed?", "sitemap /sitemap?", "listing /"}},
		"lokomedia":   {`<html><body><a href="berita-12-pasar-ramai.html">x</a></body></html>`, portal.Definition{}, nil, []string{"feed /rss.xml?", "listing /"}},
		"joomla":      {`<html><head><meta name="generator" content="Joomla! - Open Source Content Management"></head></html>`, portal.Definition{}, nil, []string{"feed /?format=feed&type=rss?", "listing /"}},
		"unknown":     {`<html><body>x</body></html>`, portal.Definition{}, nil, []string{"feed /feed?", "feed /rss?", "sitemap /sitemap.xml?", "listing /"}},
		"feedburner":  {`<html><head><link rel="alternate" type="application/rss+xml" href="https://feeds.feedburner.com/a"></head></html>`, portal.Definition{}, nil, []string{"feed /feed?", "feed /rss?", "feed https://feeds.feedburner.com/a", "sitemap /sitemap.xml?", "listing /"}},
		"other sites": {`<html><head><link rel="alternate" type="application/rss+xml" href="https://b.example/feed"></head></html>`, portal.Definition{}, nil, []string{"feed /feed?", "feed /rss?", "sitemap /sitemap.xml?", "listing /"}},
		"plain link":  {`<html><head><link rel="sitemap" href="/peta.xml"></head><body><a href="/rss/terkini">RSS</a> <a href="/berita/rss-baru">x</a></body></html>`, portal.Definition{}, nil, []string{"feed /rss/terkini", "sitemap /peta.xml", "listing /"}},
		"definition": {`<html><body>x</body></html>`, portal.Definition{Feeds: []string{"https://a.example/umpan"}, Listings: []portal.Listing{{URL: "https://a.example/kategori/solok"}}}, nil,
			[]string{"feed /umpan", "sitemap /sitemap.xml?", "rule /kategori/solok", "listing /"}},
	}
	for name, test := range tests {
		test.d.Home = home
		s, err := FindSources(newPage(t, home, test.body), test.d, test.robots)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var got []string
		for _, r := range s.Rungs {
			line := r.Kind + " " + strings.Replace(r.URL, "https://a.example/", "/", 1)
			if r.Guess {
				line += "?"
			}
			got = append(got, line)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, test.want)
		}
	}
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte("<urlset><url><loc>https://a.example/x</loc><lastmod>2026-01-20</lastmod></url></urlset>"))
	f.Add([]byte("<sitemapindex><sitemap><loc>/post-sitemap2.xml</loc></sitemap></sitemapindex>"))
	f.Add([]byte("https://a.example/x\nhttps://a.example/y?utm_x=1"))
	f.Fuzz(func(t *testing.T, body []byte) {
		s, err := ReadSitemap(newPage(t, "https://a.example/sitemap.xml", string(body)))
		if err != nil {
			if !errors.Is(err, ErrNoSitemap) {
				t.Fatalf("unnamed error %v", err)
			}
			return
		}
		checkItems(t, s.Items)
	})
}
