package normalize

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kabar/crawler/extract"
	"kabar/storage/news"
)

var (
	testWIB  = time.FixedZone("", 7*3600)
	testWITA = time.FixedZone("", 8*3600)
)

func claimed(origin, value string) extract.Claim { return extract.Claim{Origin: origin, Value: value} }

func near(value string, weight int, where string) extract.Claim {
	return extract.Claim{Origin: "text", Value: value, Weight: weight, Where: where}
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	if text == "" {
		return time.Time{}
	}
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func address(t *testing.T, text string) *url.URL {
	t.Helper()
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestChooseStamp(t *testing.T) {
	paragraph := func(text string) []news.Block { return []news.Block{{Kind: news.Paragraph, Text: text}} }
	cases := []struct {
		name                string
		published, modified []extract.Claim
		zone                *time.Location
		now, address        string
		language            string
		body                []news.Block
		outside             []news.Stamp
		site                *SiteDates
		want, wantModified  string
		doubt               string // part of a doubt that must be told
	}{
		{
			name: "nothing said",
		},
		{
			name:      "machine stamp wins over a printed day",
			published: []extract.Claim{claimed("jsonld", "2025-08-11T09:40:12+08:00"), near("11 Agustus 2025", 2, "div.meta")},
			zone:      testWITA, want: "2025-08-11T09:40:12+08:00",
		},
		{
			name:      "moment is told in the portal's clock",
			published: []extract.Claim{claimed("meta:article:published_time", "2025-08-11T20:15:00+00:00")},
			zone:      testWIB, want: "2025-08-12T03:15:00+07:00",
		},
		{
			name:      "a listing's moment in UTC of the day before",
			published: []extract.Claim{near("19 Januari 2026", 2, "div.meta")},
			outside:   []news.Stamp{{Time: at(t, "2026-01-18T22:41:00Z"), Precision: news.Minute, Origin: "listing"}},
			zone:      testWIB, want: "2026-01-19T05:41:00+07:00",
		},
		{
			name:      "an age on a list is rounded down",
			published: []extract.Claim{near("Kamis, 15 Januari 2026 09:43", 2, "div.meta > a")},
			outside:   []news.Stamp{{Time: at(t, "2026-01-16T00:00:00+07:00"), Precision: news.Day, Origin: "listing:relative"}},
			zone:      testWIB, want: "2026-01-15T09:43:00+07:00",
		},
		{
			name:      "an age in hours tells less than minutes without a zone",
			published: []extract.Claim{near("Selasa, 20 Januari 2026 08:03", 2, "div > span")},
			outside:   []news.Stamp{{Time: at(t, "2026-01-20T09:30:00+07:00"), Precision: news.Hour, Origin: "listing:relative"}},
			zone:      testWIB, want: "2026-01-20T08:03:00+07:00",
		},
		{
			name:      "of two ages that of minutes",
			published: []extract.Claim{near("27 menit yang lalu", 2, "div > span")},
			outside:   []news.Stamp{{Time: at(t, "2026-01-20T08:00:00+07:00"), Precision: news.Hour, Origin: "listing:relative"}},
			zone:      testWIB, now: "2026-01-20T01:30:00Z", want: "2026-01-20T08:03:00+07:00",
		},
		{
			name:    "an age on a list is better than nothing",
			outside: []news.Stamp{{Time: at(t, "2026-01-16T00:00:00+07:00"), Precision: news.Day, Origin: "listing:relative"}},
			zone:    testWIB, want: "2026-01-16",
		},
		{
			name:      "a blog on Pacific time",
			published: []extract.Claim{claimed("time", "2025-08-11T17:15:00-07:00"), near("12 Agustus 2025", 2, "div.meta")},
			zone:      testWITA, want: "2025-08-12T08:15:00+08:00",
		},
		{
			name:      "naive stamp takes the portal's clock",
			published: []extract.Claim{claimed("meta:content_publisheddate", "2025-08-11 09:40:12")},
			zone:      testWITA, want: "2025-08-11T09:40:12+08:00",
		},
		{
			name:      "label in the text beats the portal's clock",
			published: []extract.Claim{near("Senin, 11 Agustus 2025 10.40 WIT", 2, "div.meta")},
			zone:      testWITA, want: "2025-08-11T09:40:00+08:00",
		},
		{
			name:      "false Z shown by the printed time",
			published: []extract.Claim{claimed("meta:pubdate", "2025-08-11T09:40:12Z"), near("Senin, 11/08/2025 09:40 WITA", 3, "div.date")},
			zone:      testWITA, want: "2025-08-11T09:40:12+08:00", doubt: "calls local time UTC",
		},
		{
			name:      "true Z shown by the printed time",
			published: []extract.Claim{claimed("meta:pubdate", "2025-08-11T01:40:12Z"), near("Senin, 11/08/2025 09:40 WITA", 3, "div.date")},
			zone:      testWITA, want: "2025-08-11T09:40:12+08:00",
		},
		{
			name:      "false Z shown by a twin with an offset",
			published: []extract.Claim{claimed("meta:dtk:date", "2025-08-11T20-59-53Z"), claimed("jsonld", "2025-08-11T20:59:53+07:00")},
			want:      "2025-08-11T20:59:53+07:00", doubt: "calls local time UTC",
		},
		{
			name:      "false Z shown by the answer's clock",
			published: []extract.Claim{claimed("meta:date", "2025-08-11T14:30:00Z")},
			zone:      testWITA, now: "2025-08-11T07:00:00Z", want: "2025-08-11T14:30:00+08:00", doubt: "in the future",
		},
		{
			name:      "false Z shown by the site",
			published: []extract.Claim{claimed("meta:date", "2025-08-11T04:30:00Z")},
			zone:      testWITA, site: &SiteDates{FalseUTC: []string{"meta:date"}}, want: "2025-08-11T04:30:00+08:00",
		},
		{
			name:      "last update is the moment when it is the only machine stamp and fits the printed day",
			published: []extract.Claim{near("18 Februari 2025", 1, "div.date"), near("18 Februari", 1, "div.date")},
			modified:  []extract.Claim{near("2025-02-17T23:02:38Z", 1, "div.date")},
			zone:      testWIB, now: "2025-03-01T00:00:00Z", want: "2025-02-18T06:02:38+07:00", wantModified: "2025-02-18T06:02:38+07:00",
		},
		{
			name:      "last update of another day is no publication",
			published: []extract.Claim{near("18 Februari 2025", 1, "div.date")},
			modified:  []extract.Claim{claimed("meta:article:modified_time", "2025-02-20T23:02:38Z")},
			zone:      testWIB, want: "2025-02-18", wantModified: "2025-02-21T06:02:38+07:00",
		},
		{
			name:      "change before publication is none",
			published: []extract.Claim{claimed("jsonld", "2025-02-20T08:00:00+07:00")},
			modified:  []extract.Claim{claimed("jsonld", "2025-02-19T08:00:00+07:00")},
			zone:      testWIB, want: "2025-02-20T08:00:00+07:00",
		},
		{
			name:      "month-first stamp that only a printed day explains",
			published: []extract.Claim{claimed("meta:date", "11/01/2023 12:43:42"), near("01.11.2023", 5, "p")},
			zone:      testWIB, language: "id", want: "2023-11-01T12:43:42+07:00",
		},
		{
			name:      "moment of a feed in UTC on the night before the printed day",
			published: []extract.Claim{near("19 Januari 2026", 1, "div.date")},
			outside:   []news.Stamp{{Time: at(t, "2026-01-18T21:17:54Z"), Precision: news.Second, Origin: "feed"}},
			zone:      testWITA, want: "2026-01-19T05:17:54+08:00",
		},
		{
			name:      "moment of a feed in UTC without a known clock",
			published: []extract.Claim{near("19 Januari 2026", 1, "div.date")},
			outside:   []news.Stamp{{Time: at(t, "2026-01-18T21:17:54Z"), Precision: news.Second, Origin: "feed"}},
			want:      "2026-01-19T00:17:54+03:00", doubt: "nearest that fits",
		},
		{
			name:      "page clock in the head of the page",
			published: []extract.Claim{near("Selasa, 4 Maret 2025", 1, "div.topbar > span.tanggal")},
			zone:      testWIB, now: "2025-03-04T03:00:00Z", doubt: "is a clock",
		},
		{
			name: "page clock against the address",
			published: []extract.Claim{
				near("Selasa, 4 Maret 2025", 1, "div.info"),
			},
			address: "https://kabar.example/2024/11/09/banjir-surut.html",
			zone:    testWIB, now: "2025-03-04T03:00:00Z", want: "2024-11-09", doubt: "is a clock",
		},
		{
			name:      "an article of today keeps its date",
			published: []extract.Claim{near("Selasa, 4 Maret 2025", 1, "div.post-meta")},
			zone:      testWIB, now: "2025-03-04T03:00:00Z", want: "2025-03-04",
		},
		{
			name:      "page clock that the site taught",
			published: []extract.Claim{near("2 Maret 2025", 1, "div.info"), near("20 Februari 2025", 6, "p.date")},
			zone:      testWIB, site: &SiteDates{Clocks: []string{"text div.info"}}, want: "2025-02-20", doubt: "is a clock",
		},
		{
			name:      "future is refused",
			published: []extract.Claim{claimed("jsonld", "2025-03-09T10:00:00+07:00"), near("3 Maret 2025", 2, "div.meta")},
			zone:      testWIB, now: "2025-03-04T03:00:00Z", want: "2025-03-03", doubt: "lies in the future",
		},
		{
			name:      "an hour ahead is a clock running fast",
			published: []extract.Claim{claimed("jsonld", "2025-03-04T10:45:00+07:00")},
			zone:      testWIB, now: "2025-03-04T03:00:00Z", want: "2025-03-04T10:45:00+07:00",
		},
		{
			name:      "event in the body is no publication",
			published: []extract.Claim{{Origin: "text", Value: "Sabtu (1/3/2025)", Weight: 101, Where: "div.isi > p"}},
			body:      paragraph("AROSUKA – Bupati membuka pasar murah di halaman kantor camat pada Sabtu (1/3/2025) yang diikuti ratusan warga."),
			zone:      testWIB,
		},
		{
			name:      "a line of its own at the head of the body is a date line",
			published: []extract.Claim{{Origin: "text", Value: "Sabtu, 1 Maret 2025", Weight: 101, Where: "div.isi > p"}},
			body:      paragraph("Diposkan Sabtu, 1 Maret 2025 oleh Humas"),
			zone:      testWIB, want: "2025-03-01",
		},
		{
			name:      "address alone gives the day",
			published: nil, address: "https://kabar.example/2024/11/09/banjir-surut.html", zone: testWIB, want: "2024-11-09",
		},
		{
			name:    "ids in addresses are no dates",
			address: "https://kabar.example/read/202311/2019992/banjir-surut", zone: testWIB,
		},
		{
			name:      "address confirms one of two printed days",
			published: []extract.Claim{near("7 November 2024", 3, "p.a"), near("9 November 2024", 4, "p.b")},
			address:   "https://kabar.example/2024/11/09/banjir-surut.html", zone: testWIB, want: "2024-11-09",
		},
		{
			name:      "day first on Indonesian pages",
			published: []extract.Claim{near("03/04/2025", 2, "div.meta")},
			zone:      testWIB, language: "en-US", address: "https://kabar.example.com/a", want: "2025-04-03",
		},
		{
			name:      "month first on American pages",
			published: []extract.Claim{near("03/04/2025", 2, "div.meta")},
			language:  "en-US", address: "https://news.example.com/a", want: "2025-03-04",
		},
		{
			name:      "the order that the address confirms",
			published: []extract.Claim{near("03/04/2025", 2, "div.meta")},
			zone:      testWIB, address: "https://kabar.example/2025/03/04/a.html", want: "2025-03-04",
		},
		{
			name: "two against one",
			published: []extract.Claim{
				claimed("jsonld:page", "2024-05-05T10:00:00+07:00"),
				claimed("meta:article:published_time", "2025-02-02T10:00:00+07:00"),
				near("2 Februari 2025", 2, "div.meta"),
			},
			zone: testWIB, want: "2025-02-02T10:00:00+07:00", doubt: "but jsonld:page says 2024-05-05",
		},
		{
			name: "a system that writes its last change into both",
			published: []extract.Claim{
				claimed("jsonld", "2025-06-24T02:00:00+07:00"),
				near("25 Agustus 2024", 4, "div.text-date"),
			},
			modified: []extract.Claim{claimed("jsonld", "2025-06-24T02:00:00+07:00")},
			zone:     testWIB, want: "2024-08-25", wantModified: "2025-06-24T02:00:00+07:00",
		},
		{
			name: "printed change does not replace publication",
			published: []extract.Claim{
				claimed("meta:article:published_time", "2023-05-12T06:05:27+00:00"),
				{Origin: "time", Value: "2025-01-25T12:56:29+07:00", Weight: 1, Where: "span.updated-on > time.entry-date"},
				near("25 Januari 2025", 1, "span.updated-on > time.entry-date"),
			},
			zone: testWIB, want: "2023-05-12T13:05:27+07:00", wantModified: "2025-01-25T12:56:29+07:00",
		},
		{
			name: "items of a list beside the article",
			published: []extract.Claim{
				near("3 Maret 2025", 5, "ul.terkini > li"), near("2 Maret 2025", 7, "ul.terkini > li"), near("1 Maret 2025", 9, "ul.terkini > li"),
			},
			zone: testWIB,
		},
		{
			name:      "caption of a picture",
			published: []extract.Claim{near("3 Maret 2019", 1, "figure > figcaption"), near("20 Februari 2025", 8, "div.meta")},
			zone:      testWIB, want: "2025-02-20",
		},
		{
			name:      "feed gives what the page keeps to itself",
			outside:   []news.Stamp{{Time: time.Date(2025, 2, 20, 3, 0, 0, 0, time.UTC), Precision: news.Second, Origin: "feed"}},
			published: []extract.Claim{near("20 Februari 2025", 3, "div.meta")},
			zone:      testWIB, want: "2025-02-20T10:00:00+07:00",
		},
		{
			name:      "relative words count from the answer's clock",
			published: []extract.Claim{near("3 jam yang lalu", 2, "div.meta")},
			zone:      testWIB, now: "2025-03-04T03:00:00Z", want: "2025-03-04T07:00:00+07:00",
		},
		{
			name:      "a rule of the portal wins",
			published: []extract.Claim{claimed("rule", "1 Januari 2025"), claimed("jsonld", "2024-05-05T10:00:00+07:00"), near("5 Mei 2024", 1, "div.meta")},
			zone:      testWIB, want: "2025-01-01",
		},
		{
			name:      "years of copyright",
			published: []extract.Claim{near("© 2019-2025", 3, "footer > p"), near("2025", 5, "footer > p"), near("Mei 2025", 5, "aside")},
			zone:      testWIB,
		},
		{
			name:      "midnight gives way to a time of day",
			published: []extract.Claim{claimed("jsonld", "2025-02-20T00:00:00+07:00"), near("20 Februari 2025 16.20 WIB", 2, "div.meta")},
			zone:      testWIB, want: "2025-02-20T16:20:00+07:00",
		},
		{
			name:      "the same minute with its seconds",
			published: []extract.Claim{near("20 Februari 2025 16.20 WIB", 2, "div.meta"), claimed("meta:content_publisheddate", "2025-02-20 16:20:41")},
			zone:      testWIB, want: "2025-02-20T16:20:41+07:00",
		},
		{
			name: "machine stamps that repeat the change do not outvote publication",
			published: []extract.Claim{
				claimed("meta:article:published_time", "2023-05-12T06:05:27+00:00"), claimed("meta:date", "2025-01-25T12:56:29+07:00"),
				{Origin: "microdata", Value: "2025-01-25T12:56:29+07:00", Weight: 20, Where: "article > meta"},
			},
			modified: []extract.Claim{claimed("meta:article:modified_time", "2025-01-25T12:56:29+07:00")},
			zone:     testWIB, want: "2023-05-12T13:05:27+07:00",
		},
		{
			name: "of two times in one place the earlier is publication",
			published: []extract.Claim{
				{Origin: "time", Value: "2024-03-06T19:49:32+07:00", Weight: 4, Where: "div.waktu > time"},
				{Origin: "time", Value: "2023-12-21T18:49:10+07:00", Weight: 6, Where: "div.waktu > time"},
			},
			zone: testWIB, want: "2023-12-21T18:49:10+07:00",
		},
		{
			name:      "date of an event under the headline",
			published: []extract.Claim{near("10 April 2025", 1, "div.kepala > h3.subtitle"), near("6 Maret 2025", 2, "div.meta")},
			zone:      testWIB, want: "2025-03-06",
		},
		{
			name:      "a place named for publication, far down",
			published: []extract.Claim{{Origin: "time", Value: "2025-03-11T09:35", Weight: 116, Where: "div.bawah > time.published-date"}},
			zone:      testWIB, want: "2025-03-11T09:35:00+07:00",
		},
		{
			name:      "a place named for dates, in an unknown body",
			published: []extract.Claim{near("6 Maret 2025", 101, "div.isi > p.post-meta")},
			zone:      testWIB, want: "2025-03-06",
		},
		{
			name:      "a plain paragraph of an unknown body",
			published: []extract.Claim{near("6 Maret 2025", 101, "div.isi > p")},
			zone:      testWIB,
		},
		{
			name:      "the page's own printed time beats what the site taught",
			published: []extract.Claim{claimed("meta:date", "2025-08-11T01:40:12Z"), near("11 Agustus 2025 09:40 WITA", 3, "div.date")},
			zone:      testWITA, site: &SiteDates{FalseUTC: []string{"meta:date"}}, want: "2025-08-11T09:40:12+08:00",
		},
		{
			name: "days are compared in the portal's clock",
			published: []extract.Claim{
				claimed("meta:date", "2025-08-11T17:15:00-07:00"), claimed("meta:publishdate", "2025-08-11T09:00:00+08:00"),
				near("12 Agustus 2025", 1, "div.meta"),
			},
			zone: testWITA, want: "2025-08-12T08:15:00+08:00",
		},
		{
			name:      "a place that the site showed to be wrong",
			published: []extract.Claim{near("10 Februari 2025", 1, "p.b"), near("20 Februari 2025", 2, "p.a")},
			zone:      testWIB, site: &SiteDates{Right: map[string]Score{"text p.b": {Right: 1, Of: 6}}}, want: "2025-02-20",
		},
		{
			name:      "a place that the site showed to be right",
			published: []extract.Claim{near("10 Februari 2025", 1, "p.b"), near("20 Februari 2025", 2, "p.a")},
			zone:      testWIB, site: &SiteDates{Right: map[string]Score{"text p.a": {Right: 6, Of: 6}}}, want: "2025-02-20",
		},
		{
			name: "a date in elements like those of a list of ages",
			published: []extract.Claim{near("18 Jan 2026", 4, "div > ul > li"), near("18 hari lalu", 9, "div > ul > li"),
				near("19 hari lalu", 13, "div > ul > li"), near("kemarin", 17, "div > ul > li")},
			outside: []news.Stamp{{Time: at(t, "2026-01-19T00:00:00+07:00"), Precision: news.Day, Origin: "listing:relative"}},
			zone:    testWIB, now: "2026-01-20T01:30:00Z", want: "2026-01-18",
		},
		{
			name: "the first of a list",
			published: []extract.Claim{near("18 Jan 2026", 4, "div > ul > li"), near("2 Jan 2026", 8, "div > ul > li"),
				near("1 Jan 2026", 12, "div > ul > li"), near("12 Januari 2026", 16, "div > ul > li")},
			zone: testWIB,
		},
		{
			name:      "history on the page",
			published: []extract.Claim{near("20 Mei 1987", 1, "div.meta")},
			zone:      testWIB,
		},
		{
			name:      "an absolute date before relative words",
			published: []extract.Claim{near("3 jam yang lalu", 1, "div.a"), near("2 Maret 2025", 3, "div.b")},
			zone:      testWIB, now: "2025-03-04T03:00:00Z", want: "2025-03-02",
		},
		{
			name:      "without a clock the address tells on which side of midnight",
			published: []extract.Claim{claimed("jsonld", "2025-02-20T01:09:55Z"), near("February 19, 2025", 4, "div.time")},
			address:   "https://news.example/2025/02/19/a", want: "2025-02-19T23:09:55-02:00",
		},
		{
			name:      "without a clock the printed day tells the offset",
			published: []extract.Claim{claimed("jsonld", "2025-02-20T01:09:55Z"), near("February 19, 2025 at 6:09 p.m.", 4, "div.time")},
			want:      "2025-02-19T18:09:55-07:00",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			pub, mod, doubts := ChooseStamp(c.published, c.modified, StampContext{
				Zone: c.zone, Now: at(t, c.now), URL: address(t, c.address), Language: c.language, Body: c.body, Outside: c.outside, Site: c.site,
			})
			if pub.Text() != c.want {
				t.Errorf("published %s (%s), want %s; doubts %q", pub.Text(), pub.Origin, c.want, doubts)
			}
			if c.wantModified != "" && mod.Text() != c.wantModified {
				t.Errorf("modified %s, want %s", mod.Text(), c.wantModified)
			}
			if c.doubt != "" && !strings.Contains(strings.Join(doubts, "\n"), c.doubt) {
				t.Errorf("doubts %q, want one with %q", doubts, c.doubt)
			}
		})
	}
}

func TestChooseStampNamesNoChangeBeforePublication(t *testing.T) {
	_, mod, _ := ChooseStamp(
		[]extract.Claim{claimed("jsonld", "2025-02-20T08:00:00+07:00")},
		[]extract.Claim{claimed("jsonld", "2025-02-19T08:00:00+07:00")}, StampContext{Zone: testWIB})
	if !mod.IsZero() {
		t.Errorf("modified %s lies before publication", mod.Text())
	}
}

// sitePages are pages of one made-up site: a header clock, a stamp with a false
// Z, and a printed time.
func sitePages() []DatedPage {
	var pages []DatedPage
	for day := 3; day <= 8; day++ {
		pages = append(pages, DatedPage{
			Address: fmt.Sprintf("https://kabar.example/berita/%d", day),
			Published: []extract.Claim{
				near("Rabu, 12 Maret 2025", 4, "div.atas"),
				claimed("meta:date", fmt.Sprintf("2025-03-%02dT14:30:00Z", day)),
				near(fmt.Sprintf("%d Maret 2025, 14.30 WITA", day), 2, "p.tgl"),
			},
		})
	}
	return pages
}

func TestLearnDates(t *testing.T) {
	d := LearnDates(sitePages(), testWITA)
	if diff := cmp.Diff([]string{"text div.atas"}, d.Clocks); diff != "" {
		t.Errorf("clocks: %s", diff)
	}
	if diff := cmp.Diff([]string{"meta:date"}, d.FalseUTC); diff != "" {
		t.Errorf("false UTC: %s", diff)
	}
	if got := d.Right["text p.tgl"]; got != (Score{Right: 6, Of: 6}) {
		t.Errorf("printed place %+v, want 6 of 6", got)
	}
}

// A page whose printed time is missing profits from what its siblings showed.
func TestLearnDatesHelpsOtherPages(t *testing.T) {
	claims := []extract.Claim{near("Rabu, 12 Maret 2025", 1, "div.atas"), claimed("meta:date", "2025-03-10T06:10:00Z")}
	pub, _, _ := ChooseStamp(claims, nil, StampContext{Zone: testWITA, Site: LearnDates(sitePages(), testWITA)})
	if want := "2025-03-10T06:10:00+08:00"; pub.Text() != want {
		t.Errorf("published %s, want %s", pub.Text(), want)
	}
}

func TestLearnDatesLearnsTheOffset(t *testing.T) {
	var pages []DatedPage
	for day := 3; day <= 7; day++ {
		pages = append(pages, DatedPage{Published: []extract.Claim{
			claimed("jsonld", fmt.Sprintf("2025-03-%02dT03:30:00Z", day)), near(fmt.Sprintf("%d Maret 2025 11:30", day), 2, "p.tgl"),
		}})
	}
	d := LearnDates(pages, nil)
	if d.Offset == nil || *d.Offset != 8*60 {
		t.Fatalf("offset %v, want 480", d.Offset)
	}
	pub, _, _ := ChooseStamp([]extract.Claim{near("9 Maret 2025 07:15", 2, "p.tgl")}, nil, StampContext{Site: d})
	if want := "2025-03-09T07:15:00+08:00"; pub.Text() != want {
		t.Errorf("published %s, want %s", pub.Text(), want)
	}
}

// All articles of a busy day stand under the same day: that is no clock.
func TestLearnDatesOfOneDay(t *testing.T) {
	var pages []DatedPage
	for hour := 7; hour < 13; hour++ {
		pages = append(pages, DatedPage{Published: []extract.Claim{
			claimed("jsonld", fmt.Sprintf("2025-03-05T%02d:30:00+07:00", hour)), near("5 Maret 2025", 2, "p.tgl"),
		}})
	}
	if d := LearnDates(pages, testWIB); len(d.Clocks) != 0 {
		t.Errorf("clocks %q, want none", d.Clocks)
	}
}

func TestSiteDatesLearnOneByOne(t *testing.T) {
	var d SiteDates
	for _, p := range sitePages() {
		d.Learn(p.Published, p.Modified, StampContext{Zone: testWITA, URL: address(t, p.Address)})
		d.Learn(p.Published, p.Modified, StampContext{Zone: testWITA, URL: address(t, p.Address)}) // seen again
	}
	kept, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back SiteDates
	if err := json.Unmarshal(kept, &back); err != nil {
		t.Fatal(err)
	}
	if back.Pages != 6 || len(back.Clocks) != 1 || len(back.FalseUTC) != 1 {
		t.Errorf("after %s", kept)
	}
}

func TestAddressDay(t *testing.T) {
	cases := map[string]string{
		"https://k.example/2024/11/09/a.html":          "2024-11-09",
		"https://k.example/2024/1/9/a":                 "2024-01-09",
		"https://k.example/berita/2024-11-09-a":        "2024-11-09",
		"https://k.example/berita/20241109-a":          "2024-11-09",
		"https://k.example/blog/2023/october/03/a":     "2023-10-03",
		"https://k.example/26/10/2023/a":               "2023-10-26",
		"https://k.example/2024/11/a.html":             "",
		"https://k.example/read/20241309/a":            "",
		"https://k.example/read/2024110912/a":          "",
		"https://k.example/p/120241109/a":              "",
		"https://k.example/v/2024/11/99/a":             "",
		"https://k.example/artikel/2021/11/8/musyawar": "2021-11-08",
	}
	for text, want := range cases {
		d, ok := addressDay(address(t, text))
		got := ""
		if ok {
			got = fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
		}
		if got != want {
			t.Errorf("addressDay(%s) = %q, want %q", text, got, want)
		}
	}
}
