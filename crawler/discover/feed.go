package discover

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"kabar/crawler/page"
)

// What a page that should be a feed may be instead.
var (
	ErrNoFeed   = errors.New("not a feed")
	ErrSitemap  = errors.New("a sitemap, not a feed")
	ErrComments = errors.New("a feed of comments")
)

// Feed is what a portal's feed or API says.
type Feed struct {
	Format string // rss, atom, json, wordpress, blogger
	Title  string
	Items  []Item // as the feed orders them
	Older  string // address of the page with older items; empty at the end, and where there are no pages
	// TTL is how long the feed itself asks to be left alone; 0 when it does
	// not say.
	TTL time.Duration
}

const (
	maxFeed  = 16 << 20 // bytes that are read
	maxItems = 2000     // items that are taken
	maxTTL   = 7 * 24 * time.Hour
)

// ReadFeed reads RSS, RDF, Atom, JSON Feed, and the JSON answers of WordPress
// (/wp-json/wp/v2/posts) and Blogger (?alt=json). It forgives what is common:
// bytes before the declaration, a wrong charset label, bare "&" and "<", HTML
// entities, a cut end, one broken item among good ones. The error is or wraps
// ErrNoFeed, ErrSitemap or ErrComments.
func ReadFeed(p *page.Page) (Feed, error) {
	body := p.Body[:min(len(p.Body), maxFeed)]
	if isCommentsAddress(p.URL) {
		return Feed{}, ErrComments
	}
	switch kind := rootOf(body); kind {
	case "json":
		return readJSON(p, body)
	case "urlset", "sitemapindex":
		return Feed{}, ErrSitemap
	case "rss", "feed", "rdf":
		return readXML(p, body, kind)
	}
	return Feed{}, ErrNoFeed
}

var feedRoot = regexp.MustCompile(`(?i)<(?:[a-z0-9]+:)?(rss|feed|rdf|urlset|sitemapindex|html)[\s>]`)

// rootOf names the first element that tells what a document is: rss, feed,
// rdf, urlset, sitemapindex, html, or "json".
func rootOf(body []byte) string {
	head := bytes.TrimLeft(body[:min(len(body), 8<<10)], " \t\r\n\uFEFF")
	if len(head) > 0 && (head[0] == '{' || head[0] == '[' || isJSONP(head)) {
		return "json"
	}
	if m := feedRoot.FindSubmatch(head); m != nil {
		return strings.ToLower(string(m[1]))
	}
	return ""
}

func readXML(p *page.Page, body []byte, kind string) (Feed, error) {
	repaired := repair(body)
	parsed, err := parseFeed(repaired)
	if err != nil || len(parsed.Items) < countItems(repaired, kind) {
		single, singleErr := salvage(repaired, kind)
		switch {
		case singleErr == nil && (err != nil || len(single.Items) > len(parsed.Items)):
			parsed = single
		case err != nil:
			return Feed{}, fmt.Errorf("%w: %w", ErrNoFeed, err)
		}
	}
	return fromFeed(p, parsed)
}

func parseFeed(body []byte) (*gofeed.Feed, error) {
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true // for links and hints that the common form drops
	return parser.Parse(bytes.NewReader(body))
}

func fromFeed(p *page.Page, parsed *gofeed.Feed) (Feed, error) {
	feed := Feed{Format: parsed.FeedType, Title: cleanTitle(parsed.Title)}
	comments := 0
	for _, entry := range parsed.Items[:min(len(parsed.Items), maxItems)] {
		if strings.Contains(entry.Link, "#comment-") || strings.Contains(entry.Link, "showComment=") {
			comments++
		}
		if item, ok := fromEntry(p, entry); ok {
			feed.Items = append(feed.Items, item)
		}
	}
	if isCommentsTitle(feed.Title) || comments > 0 && comments*2 > len(parsed.Items) {
		return Feed{}, ErrComments
	}
	feed.Older = olderFeed(p, parsed)
	feed.TTL = timeToLive(parsed)
	return feed, nil
}

func fromEntry(p *page.Page, entry *gofeed.Item) (Item, bool) {
	item, ok := newItem(p, entryLink(entry), KindFeed, nil)
	if !ok {
		return Item{}, false
	}
	item.Title = cleanTitle(entry.Title)
	item.PostID = postID(entry.GUID)
	published := entry.Published
	if published == "" && entry.DublinCoreExt != nil && len(entry.DublinCoreExt.Date) > 0 {
		published = entry.DublinCoreExt.Date[0]
	}
	item.date(published, KindFeed)
	item.Modified = readStamp(entry.Updated, KindFeed)
	for _, category := range entry.Categories[:min(len(entry.Categories), maxCategories)] {
		if name := cut(plain(category), maxDateText); name != "" && !strings.Contains(name, "://") {
			item.Categories = append(item.Categories, name)
		}
	}
	return item, true
}

// entryLink prefers the address that a feed service replaced, and takes a guid
// that is an address where there is no link.
func entryLink(entry *gofeed.Item) string {
	if original := extension(entry.Extensions, "feedburner", "origLink"); original != "" {
		return original
	}
	if strings.TrimSpace(entry.Link) != "" {
		return entry.Link
	}
	if strings.HasPrefix(entry.GUID, "http") {
		return entry.GUID
	}
	return ""
}

func extension(all ext.Extensions, space, name string) string {
	if found := all[space][name]; len(found) > 0 {
		return strings.TrimSpace(found[0].Value)
	}
	return ""
}

var (
	wordpressGUID = regexp.MustCompile(`[?&](?:p|page_id)=(\d{1,12})$`)
	bloggerGUID   = regexp.MustCompile(`^tag:.*\.post-(\d{1,24})$`)
)

// postID reads a CMS's own number from an item's id.
func postID(guid string) string {
	guid = strings.TrimSpace(guid)
	if m := wordpressGUID.FindStringSubmatch(guid); m != nil {
		return "wp:" + m[1]
	}
	if m := bloggerGUID.FindStringSubmatch(guid); m != nil {
		return "blogger:" + m[1]
	}
	return ""
}

func isCommentsAddress(u *url.URL) bool {
	if u == nil {
		return false
	}
	path := strings.TrimSuffix(strings.ToLower(u.Path), "/")
	return strings.HasSuffix(path, "/comments/feed") || strings.HasPrefix(path, "/feeds/") && strings.HasSuffix(path, "/comments/default") ||
		path == "/feeds/comments/default" || u.Query().Get("feed") == "comments-rss2"
}

var commentsTitle = regexp.MustCompile(`(?i)^(comments (on|for)\b|komentar (untuk|pada|di|bagi)\b|komentar: )`)

func isCommentsTitle(title string) bool { return commentsTitle.MatchString(title) }

// olderFeed finds the next page of a feed: a link that says so (RFC 5005), or
// WordPress's ?paged=, which is not told in the feed.
func olderFeed(p *page.Page, parsed *gofeed.Feed) string {
	next := ""
	switch original := parsed.OriginalFeed().(type) {
	case *atom.Feed:
		for _, link := range original.Links {
			if link.Rel == "next" || link.Rel == "prev-archive" {
				next = link.Href
			}
		}
	case *rss.Feed:
		next = nextExtension(original.Extensions)
	}
	if next == "" {
		return olderWordPress(p, parsed)
	}
	return widenBlogger(p, next)
}

func nextExtension(all ext.Extensions) string {
	for _, space := range []string{"atom", "atom10"} {
		for _, link := range all[space]["link"] {
			if link.Attrs["rel"] == "next" {
				return link.Attrs["href"]
			}
		}
	}
	return ""
}

// olderWordPress pages through a WordPress feed as long as pages are full.
func olderWordPress(p *page.Page, parsed *gofeed.Feed) string {
	const fewest = 5 // a shorter page is the last one; ten is the default size
	if p.URL == nil || !strings.Contains(strings.ToLower(parsed.Generator), "wordpress") || len(parsed.Items) < fewest {
		return ""
	}
	return withNumber(p.URL, "paged", 2)
}

// withNumber is an address with a parameter counted up; it starts with first.
func withNumber(u *url.URL, key string, first int) string {
	older := *u
	query := older.Query()
	number, err := strconv.Atoi(query.Get(key))
	if err != nil || number < first {
		number = first
	} else {
		number++
	}
	query.Set(key, strconv.Itoa(number))
	older.RawQuery, older.Fragment = query.Encode(), ""
	return older.String()
}

// bloggerPage is how many items one page of a Blogger feed can give.
const bloggerPage = "150"

// widenBlogger asks for full pages of a Blogger feed, which has 25 items a
// page otherwise, and asks the portal itself: the feed names www.blogger.com.
func widenBlogger(p *page.Page, next string) string {
	address := p.Resolve(next)
	u, err := url.Parse(address)
	if err != nil || p.URL == nil || !strings.Contains(p.URL.Path, "/feeds/posts/") {
		return address
	}
	query := u.Query()
	if query.Get("start-index") == "" {
		return address
	}
	own := *p.URL
	asked := own.Query()
	asked.Set("start-index", query.Get("start-index"))
	asked.Set("max-results", bloggerPage)
	own.RawQuery = asked.Encode()
	return own.String()
}

// timeToLive reads the hints of RSS (ttl, in minutes) and of the syndication
// module (updatePeriod, updateFrequency).
func timeToLive(parsed *gofeed.Feed) time.Duration {
	if original, ok := parsed.OriginalFeed().(*rss.Feed); ok {
		if minutes, err := strconv.Atoi(strings.TrimSpace(original.TTL)); err == nil && minutes > 0 {
			return min(time.Duration(min(minutes, 1<<20))*time.Minute, maxTTL)
		}
	}
	period, known := updatePeriods[strings.ToLower(extension(parsed.Extensions, "sy", "updatePeriod"))]
	if !known {
		return 0
	}
	frequency, err := strconv.Atoi(extension(parsed.Extensions, "sy", "updateFrequency"))
	if err != nil || frequency < 1 {
		frequency = 1
	}
	return min(period/time.Duration(frequency), maxTTL)
}

var updatePeriods = map[string]time.Duration{
	"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour, "monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
}
