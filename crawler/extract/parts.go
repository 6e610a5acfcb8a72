package extract

import (
	"net/url"
	"strconv"
	"strings"
)

// nextPart is the address of the next part of a split article: the page's own
// address with the next number in one of the usual places. Only the address
// decides, because rel=next also leads to other articles.
func (c *claims) nextPart() string {
	self := c.Page.URL
	if self == nil || self.Host == "" {
		return ""
	}
	base, number := partOf(self)
	for _, r := range c.Rels {
		if r.Rel == "next" {
			if next := c.isNextPart(r.Href, base, number); next != "" {
				return next
			}
		}
	}
	for i := range c.Anchors {
		href := c.Anchors[i].Href
		if !mayBePart(href, number+1) {
			continue
		}
		if next := c.isNextPart(href, base, number); next != "" {
			return next
		}
	}
	return ""
}

// mayBePart is a cheap look whether a reference has the number at an end.
func mayBePart(href string, number int) bool {
	href = strings.TrimRight(href, "/")
	cut, _, _ := strings.Cut(href, "#")
	return strings.HasSuffix(cut, strconv.Itoa(number)) || strings.Contains(cut, "="+strconv.Itoa(number)+"&")
}

func (c *claims) isNextPart(href, base string, number int) string {
	next := c.Page.Resolve(href)
	if next == "" {
		return ""
	}
	u, err := url.Parse(next)
	if err != nil {
		return ""
	}
	if b, n := partOf(u); b == base && n == number+1 {
		return next
	}
	return ""
}

// partOf cuts an address into what all parts of an article share and the
// number of the part, 1 when it has none.
func partOf(u *url.URL) (base string, number int) {
	number = 1
	host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	path := strings.TrimRight(u.Path, "/")
	query := u.Query()
	for _, key := range [...]string{"page", "halaman", "hal", "p", "pg"} {
		if n, err := strconv.Atoi(query.Get(key)); err == nil && n >= 1 && n < 100 {
			number = n
			query.Del(key)
			return host + path + "?" + query.Encode(), number
		}
	}
	if cut := strings.LastIndexByte(path, '/'); cut > 0 {
		if n, err := strconv.Atoi(path[cut+1:]); err == nil && n >= 2 && n < 30 && strings.Count(path, "/") > 1 {
			path, number = path[:cut], n
			for _, word := range [...]string{"/page", "/halaman", "/hal"} {
				path = strings.TrimSuffix(path, word)
			}
		}
	}
	return host + path + "?" + query.Encode(), number
}
