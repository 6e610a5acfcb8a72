package discover

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"kabar/crawler/page"
	"kabar/storage/news"
)

var jsonpHead = regexp.MustCompile(`^(?://[^\n]*\n|/\*.*?\*/)?\s*[A-Za-z_$][\w.$]{0,80}\(\s*[{\[]`)

// isJSONP tells whether an answer is a call of a script's function with JSON.
func isJSONP(head []byte) bool { return jsonpHead.Match(head) }

// readJSON reads the JSON that a portal may answer: posts of WordPress, a feed
// of Blogger, a JSON Feed.
func readJSON(p *page.Page, body []byte) (Feed, error) {
	if isJSONP(body[:min(len(body), 200)]) {
		open, end := bytes.IndexAny(body, "{["), bytes.LastIndexAny(body, "}]")
		if open > end {
			return Feed{}, ErrNoFeed
		}
		body = body[open : end+1]
	}
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\uFEFF")))
	if bytes.HasPrefix(body, []byte("[")) {
		return readWordPress(p, body)
	}
	var document struct {
		Feed    json.RawMessage
		Version string
	}
	if err := json.Unmarshal(body, &document); err != nil {
		return Feed{}, fmt.Errorf("%w: %w", ErrNoFeed, err)
	}
	switch {
	case len(document.Feed) > 0:
		return readBlogger(p, document.Feed)
	case strings.Contains(document.Version, "jsonfeed.org"):
		return readJSONFeed(p, body)
	}
	return Feed{}, ErrNoFeed
}

// readWordPress reads /wp-json/wp/v2/posts. The offset of a post is the
// difference of its two dates: one is local, the other in UTC.
func readWordPress(p *page.Page, body []byte) (Feed, error) {
	var posts []struct {
		ID          int64
		Date        string
		DateGMT     string `json:"date_gmt"`
		ModifiedGMT string `json:"modified_gmt"`
		Link        string
		Title       struct{ Rendered string }
	}
	if err := json.Unmarshal(body, &posts); err != nil {
		return Feed{}, fmt.Errorf("%w: %w", ErrNoFeed, err)
	}
	feed := Feed{Format: "wordpress"}
	for _, post := range posts[:min(len(posts), maxItems)] {
		item, ok := newItem(p, post.Link, KindAPI, nil)
		if !ok || post.ID <= 0 {
			continue
		}
		item.Title = cleanTitle(post.Title.Rendered)
		item.PostID = "wp:" + strconv.FormatInt(post.ID, 10)
		item.Published = localStamp(post.Date, post.DateGMT)
		if item.Published.IsZero() {
			item.date(post.Date, KindAPI)
		}
		item.Modified = localStamp("", post.ModifiedGMT)
		feed.Items = append(feed.Items, item)
	}
	if len(feed.Items) == 0 && len(posts) > 0 {
		return Feed{}, fmt.Errorf("%w: a list without posts", ErrNoFeed)
	}
	feed.Older = olderPosts(p, len(posts))
	return feed, nil
}

// localStamp is a moment given in UTC, in the offset by which its local
// writing differs from it.
func localStamp(local, utc string) news.Stamp {
	const layout = "2006-01-02T15:04:05"
	at, err := time.Parse(layout, strings.TrimSuffix(utc, "Z"))
	if err != nil || !plausible(at) {
		return news.Stamp{}
	}
	if there, err := time.Parse(layout, local); err == nil {
		offset := there.Sub(at)
		if offset != 0 && offset.Abs() <= 14*time.Hour && offset%(15*time.Minute) == 0 {
			at = at.In(time.FixedZone("", int(offset/time.Second)))
		}
	}
	return news.Stamp{Time: at, Precision: news.Second, Origin: KindAPI}
}

// olderPosts is the next page of posts: the header tells how many there are,
// else a full page means that there may be more.
func olderPosts(p *page.Page, got int) string {
	if p.URL == nil || got == 0 {
		return ""
	}
	query := p.URL.Query()
	current := max(1, atoi(query.Get("page")))
	if total := atoi(p.Header.Get("X-WP-TotalPages")); total > 0 && current >= total {
		return ""
	}
	if size := atoi(query.Get("per_page")); got < max(size, 1) {
		return ""
	}
	return withNumber(p.URL, "page", 2)
}

// atoi reads a small number, 0 for anything else.
func atoi(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 || n > 1<<30 {
		return 0
	}
	return n
}

type bloggerText struct {
	Text string `json:"$t"`
}

type bloggerLink struct{ Rel, Href string }

func readBlogger(p *page.Page, body []byte) (Feed, error) {
	var document struct {
		Title bloggerText
		Link  []bloggerLink
		Entry []struct {
			ID, Published, Updated, Title bloggerText
			Category                      []struct{ Term string }
			Link                          []bloggerLink
		}
	}
	if err := json.Unmarshal(body, &document); err != nil {
		return Feed{}, fmt.Errorf("%w: %w", ErrNoFeed, err)
	}
	feed := Feed{Format: "blogger", Title: cleanTitle(document.Title.Text), Older: widenBlogger(p, relation(document.Link, "next"))}
	for _, entry := range document.Entry[:min(len(document.Entry), maxItems)] {
		item, ok := newItem(p, relation(entry.Link, "alternate"), KindAPI, nil)
		if !ok {
			continue
		}
		item.Title = cleanTitle(entry.Title.Text)
		item.PostID = postID(entry.ID.Text)
		item.date(entry.Published.Text, KindAPI)
		item.Modified = readStamp(entry.Updated.Text, KindAPI)
		for _, category := range entry.Category[:min(len(entry.Category), maxCategories)] {
			item.Categories = append(item.Categories, cut(plain(category.Term), maxDateText))
		}
		feed.Items = append(feed.Items, item)
	}
	return feed, nil
}

func relation(links []bloggerLink, rel string) string {
	for _, link := range links {
		if link.Rel == rel {
			return link.Href
		}
	}
	return ""
}

// readJSONFeed reads a JSON Feed (version 1 or 1.1).
func readJSONFeed(p *page.Page, body []byte) (Feed, error) {
	var document struct {
		Title   string
		NextURL string `json:"next_url"`
		Items   []struct {
			ID        any
			URL       string
			Title     string
			Published string `json:"date_published"`
			Modified  string `json:"date_modified"`
			Tags      []string
		}
	}
	if err := json.Unmarshal(body, &document); err != nil {
		return Feed{}, fmt.Errorf("%w: %w", ErrNoFeed, err)
	}
	feed := Feed{Format: "json", Title: cleanTitle(document.Title), Older: p.Resolve(document.NextURL)}
	for _, entry := range document.Items[:min(len(document.Items), maxItems)] {
		item, ok := newItem(p, entry.URL, KindFeed, nil)
		if !ok {
			continue
		}
		item.Title = cleanTitle(entry.Title)
		if id, isText := entry.ID.(string); isText {
			item.PostID = postID(id)
		}
		item.date(entry.Published, KindFeed)
		item.Modified = readStamp(entry.Modified, KindFeed)
		for _, tag := range entry.Tags[:min(len(entry.Tags), maxCategories)] {
			item.Categories = append(item.Categories, cut(plain(tag), maxDateText))
		}
		feed.Items = append(feed.Items, item)
	}
	return feed, nil
}
