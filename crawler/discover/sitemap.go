package discover

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"kabar/crawler/page"
	"kabar/storage/news"
)

// ErrNoSitemap tells that a page is no sitemap.
var ErrNoSitemap = errors.New("not a sitemap")

// Sitemap is what a sitemap lists (sitemaps.org protocol 0.9): addresses, or
// further sitemaps.
type Sitemap struct {
	// Items are in the order of the file. Only a news sitemap tells when an
	// article was published; Modified is the address's lastmod, which on some
	// systems is the day of the upload.
	Items []Item
	// Maps are the further sitemaps, those first that most likely hold the
	// newest articles. Maps of pages, tags, pictures and authors stand last.
	Maps []SubMap
	News bool // it is a news sitemap
}

// SubMap is a sitemap that another one names.
type SubMap struct {
	URL      string
	Modified time.Time // zero when not told
	Articles bool      // its name does not speak of something else than articles
}

const (
	maxSitemap = 50 << 20 // bytes that are read; the protocol's own limit
	maxEntries = 50000    // as the protocol says
)

// ReadSitemap reads a sitemap, a news sitemap, an index of sitemaps, or a text
// file of addresses; packed ones must be unpacked before. The error is or
// wraps ErrNoSitemap. A file that is broken in the middle gives what stands
// before.
func ReadSitemap(p *page.Page) (Sitemap, error) {
	body := p.Body[:min(len(p.Body), maxSitemap)]
	switch root := rootOf(body); {
	case root == "urlset" || root == "sitemapindex":
		return readSitemapXML(p, body)
	case root == "" && isAddressList(body):
		return readAddressList(p, body), nil
	default:
		return Sitemap{}, ErrNoSitemap
	}
}

// entry is a url or sitemap element.
type entry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
	News    struct {
		Published string `xml:"publication_date"`
		Title     string `xml:"title"`
	} `xml:"http://www.google.com/schemas/sitemap-news/0.9 news"`
}

func readSitemapXML(p *page.Page, body []byte) (Sitemap, error) {
	decoder := xml.NewDecoder(bytes.NewReader(repair(body)))
	decoder.Strict = false
	var s Sitemap
	for len(s.Items)+len(s.Maps) < maxEntries {
		token, err := decoder.Token()
		if err != nil { // the end, or something broken: what was read stands
			break
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "url" && start.Name.Local != "sitemap" {
			continue
		}
		var e entry
		if err := decoder.DecodeElement(&e, &start); err != nil {
			break
		}
		if start.Name.Local == "sitemap" {
			s.addMap(p, e)
		} else {
			s.addItem(p, e)
		}
	}
	if s.News {
		for i := range s.Items {
			s.Items[i].Source = KindNewsSitemap
		}
	}
	slices.SortStableFunc(s.Maps, newerMap)
	return s, nil
}

func (s *Sitemap) addItem(p *page.Page, e entry) {
	item, ok := newItem(p, e.Loc, KindSitemap, nil)
	if !ok {
		return
	}
	if e.News.Published != "" || e.News.Title != "" {
		s.News = true
		item.Title = cleanTitle(e.News.Title)
		item.date(e.News.Published, KindNewsSitemap)
	}
	item.Modified = lastMod(e.LastMod)
	s.Items = append(s.Items, item)
}

func (s *Sitemap) addMap(p *page.Page, e entry) {
	address := p.Resolve(strings.TrimSpace(e.Loc))
	if address == "" || len(address) > MaxAddress {
		return
	}
	m := SubMap{URL: address, Modified: lastMod(e.LastMod).Time, Articles: !otherMaps.MatchString(fileOf(address))}
	s.Maps = append(s.Maps, m)
}

// lastMod reads W3C dates (datetime profile of ISO 8601); a day alone is the
// beginning of that day in UTC.
func lastMod(text string) news.Stamp {
	text = strings.TrimSpace(text)
	if stamp := readStamp(text, KindSitemap); !stamp.IsZero() {
		return stamp
	}
	day, err := time.Parse(time.DateOnly, text[:min(len(text), len(time.DateOnly))])
	if err != nil || !plausible(day) {
		return news.Stamp{}
	}
	return news.Stamp{Time: day, Precision: news.Day, Origin: KindSitemap}
}

var (
	otherMaps = regexp.MustCompile(`(?i)(^|[-_./])(pages?|tags?|post_tag|categor(y|ies)|kategori|authors?|penulis|users?|images?|foto|video|product|archives?|misc|attachment|taxonom(y|ies)|static|label|elementor[\w-]*)([-_.\d]|$)`)
	mapDate   = regexp.MustCompile(`(20\d\d)[-_/]?(\d\d)?[-_/]?(\d\d)?`)
	mapNumber = regexp.MustCompile(`(\d*)(?:\.xml|\.xml\.gz)?$`)
)

// fileOf is what stands behind an address's last slash of the path.
func fileOf(address string) string {
	base, _, _ := strings.Cut(address, "?")
	return base[strings.LastIndexByte(base, '/')+1:]
}

// newerMap orders sitemaps by what most likely holds the newest articles: maps
// of articles, later lastmod, later date in the name, then the higher number,
// because CMSs fill numbered maps from the oldest article on. Pages of one
// map (?page=2, as Blogger has them) start with the newest.
func newerMap(a, b SubMap) int {
	switch {
	case a.Articles != b.Articles:
		return order(a.Articles)
	case !a.Modified.Equal(b.Modified):
		return b.Modified.Compare(a.Modified)
	}
	nameA, nameB := fileOf(a.URL), fileOf(b.URL)
	if c := strings.Compare(dateIn(nameB), dateIn(nameA)); c != 0 {
		return c
	}
	if sameMap(nameA, nameB) {
		return numberIn(nameB) - numberIn(nameA)
	}
	return 0
}

func order(first bool) int {
	if first {
		return -1
	}
	return 1
}

func dateIn(name string) string { return strings.Join(mapDate.FindStringSubmatch(name), "") }

func sameMap(a, b string) bool {
	return a != b && mapNumber.ReplaceAllString(a, "") == mapNumber.ReplaceAllString(b, "")
}

func numberIn(name string) int {
	if m := mapNumber.FindStringSubmatch(name); m != nil {
		return atoi(m[1])
	}
	return 0
}

// isAddressList tells a sitemap of plain text: its first lines are addresses.
func isAddressList(body []byte) bool {
	lines := bytes.Fields(body[:min(len(body), 4096)])
	for _, line := range lines[:min(len(lines), 3)] {
		if !bytes.HasPrefix(line, []byte("http://")) && !bytes.HasPrefix(line, []byte("https://")) {
			return false
		}
	}
	return len(lines) > 0
}

func readAddressList(p *page.Page, body []byte) Sitemap {
	var s Sitemap
	lines := bufio.NewScanner(bytes.NewReader(body))
	for lines.Scan() && len(s.Items) < maxEntries {
		s.addItem(p, entry{Loc: lines.Text()})
	}
	return s
}

// String describes a sitemap for logs: how many addresses and maps it has.
func (s Sitemap) String() string {
	return fmt.Sprintf("%d addresses, %d maps", len(s.Items), len(s.Maps))
}
