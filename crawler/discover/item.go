// Package discover finds the articles of a portal: links in listing pages,
// feeds, sitemaps and answers of a CMS's API, and the ladder of those sources.
// It tells the addresses of articles from those of listings, and both from
// traps. It is pure: a page goes in, links come out; nothing is fetched.
package discover

import (
	"html"
	"net/url"
	"strings"
	"unicode/utf8"

	"kabar/crawler/page"
	"kabar/storage/news"
)

// Item is a link to an article with what its finding place said about it.
type Item struct {
	// Link has URL (in the form of Address), Title, Published, Source, PostID
	// and Categories. Published is set only from dates that machines wrote with their
	// offset; what people wrote is in DateText.
	news.Link
	// Key is the identity of URL, without ids that change at every
	// rendering; see the function Key.
	Key string
	// DateText is the date as printed near the link, or in a feed without an
	// offset; empty when there is none.
	DateText string
	Modified news.Stamp // last edit, as a sitemap or feed says
}

// Limits of foreign texts.
const (
	maxTitle      = 400 // runes
	maxDateText   = 160 // bytes
	maxCategories = 20
)

// Kinds of rungs of the source ladder, as in news.Link.Source.
const (
	KindFeed        = "feed"
	KindAPI         = "api"
	KindNewsSitemap = "news-sitemap"
	KindSitemap     = "sitemap"
	KindRule        = "rule"
	KindListing     = "listing"
)

// newItem makes an item of a reference on a page. It gives nothing for what is
// no address, no page, a trap, or on another host than on, which is nil for
// any host.
func newItem(p *page.Page, ref, source string, covers func(*url.URL) bool) (Item, bool) {
	absolute := p.Resolve(strings.TrimSpace(ref))
	u, err := url.Parse(absolute)
	if absolute == "" || err != nil || covers != nil && !covers(u) {
		return Item{}, false
	}
	if _, bad := Trap(absolute, nil); bad || isFile(u.Path) {
		return Item{}, false
	}
	address, err := Address(settle(u, p.URL).String())
	if err != nil {
		return Item{}, false
	}
	return Item{Link: news.Link{URL: address, Source: source}, Key: Key(address)}, true
}

// isFile tells whether a path ends like a file that is no page.
func isFile(path string) bool {
	dot := strings.LastIndexByte(path, '.')
	return dot >= 0 && len(path)-dot <= 6 && fileEndings[strings.ToLower(path[dot+1:])]
}

var fileEndings = map[string]bool{
	"jpg": true, "jpeg": true, "png": true, "gif": true, "webp": true, "svg": true, "ico": true, "bmp": true, "avif": true,
	"pdf": true, "doc": true, "docx": true, "xls": true, "xlsx": true, "ppt": true, "pptx": true, "odt": true, "csv": true, "rtf": true,
	"zip": true, "rar": true, "gz": true, "7z": true, "tar": true, "apk": true, "exe": true,
	"mp3": true, "mp4": true, "avi": true, "mkv": true, "mov": true, "wav": true, "webm": true, "m4a": true,
	"css": true, "js": true, "json": true, "xml": true, "rss": true, "txt": true, "woff": true, "woff2": true, "ttf": true,
}

// cleanTitle is a title as plain text: without tags, entities and doubled
// space, and not too long.
func cleanTitle(s string) string {
	if len(s) > 16*maxTitle {
		s = s[:16*maxTitle]
	}
	s = plain(s)
	if utf8.RuneCountInString(s) > maxTitle {
		s = string([]rune(s)[:maxTitle])
	}
	return s
}

// plain takes tags and entities out of a text that may hold some.
func plain(s string) string {
	if strings.ContainsRune(s, '&') {
		s = html.UnescapeString(s)
	}
	if strings.ContainsRune(s, '<') {
		s = dropTags(s)
	}
	if strings.ContainsRune(s, '&') {
		s = html.UnescapeString(s) // often escaped twice
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200b' || r == '\ufeff' || r == '\u00ad' || r == utf8.RuneError:
			return -1
		case r < ' ':
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// dropTags removes what looks like a tag; "5 < 10" stays.
func dropTags(s string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '<')
		if open < 0 || open+1 >= len(s) {
			break
		}
		end := strings.IndexByte(s[open:], '>')
		c := s[open+1]
		if end < 0 || !(c == '/' || c == '!' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
			b.WriteString(s[:open+1])
			s = s[open+1:]
			continue
		}
		b.WriteString(s[:open])
		b.WriteByte(' ')
		s = s[open+end+1:]
	}
	b.WriteString(s)
	return b.String()
}

func cut(s string, max int) string {
	if len(s) <= max {
		return s
	}
	return strings.ToValidUTF8(s[:max], "")
}
