// Package robots reads robots.txt as RFC 9309 says. It neither fetches nor
// keeps anything: the fetcher brings the file and asks about each address.
//
// The matcher is our own because the libraries at hand get ties, percent
// encoding or the product token wrong.
package robots

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

const (
	// MaxBytes is how much of a file is read; RFC 9309, 2.5 asks for at least
	// 500 KiB. What follows is ignored.
	MaxBytes = 500 << 10
	// MaxCrawlDelay bounds what a file can ask for with Crawl-delay, so that a
	// slip of the pen does not silence a portal for ever.
	MaxCrawlDelay = time.Minute

	maxSitemaps = 1000
)

// File is a parsed robots.txt. The zero value and a nil *File allow everything.
type File struct {
	// Sitemaps are the values of the Sitemap lines in their order, as written.
	// Sitemap lines belong to no group.
	Sitemaps []string

	groups    []group
	forbidden bool // the whole site, because the file could not be had
}

// group is one or more User-agent lines with the rules below them.
type group struct {
	agents []string // product tokens in lower case, "*" for all
	rules  []rule
	delay  time.Duration
}

// AllowAll stands for a file that does not exist (status 4xx; RFC 9309,
// 2.3.1.3).
func AllowAll() *File { return &File{} }

// DisallowAll stands for a file that may exist but cannot be had (status 5xx,
// no answer; RFC 9309, 2.3.1.4).
func DisallowAll() *File { return &File{forbidden: true} }

// Parse reads a file. It never fails: what cannot be understood is skipped,
// so a page of HTML is a file without rules.
func Parse(body []byte) *File {
	if len(body) > MaxBytes {
		body = body[:MaxBytes]
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))

	p := parser{file: &File{}}
	for len(body) > 0 {
		end := bytes.IndexAny(body, "\r\n")
		if end < 0 {
			p.line(body)
			break
		}
		p.line(body[:end])
		body = body[end+1:]
	}
	return p.file
}

// parser holds the state between lines.
type parser struct {
	file *File
	// open tells that the last group still takes User-agent lines.
	open bool
}

func (p *parser) line(line []byte) {
	key, value, ok := splitLine(line)
	if !ok {
		return
	}
	switch fieldOf(key) {
	case fieldAgent:
		p.agent(value)
	case fieldAllow:
		p.rule(value, true)
	case fieldDisallow:
		p.rule(value, false)
	case fieldDelay:
		p.crawlDelay(value)
	case fieldSitemap:
		if value != "" && len(p.file.Sitemaps) < maxSitemaps {
			p.file.Sitemaps = append(p.file.Sitemaps, value)
		}
	}
}

func (p *parser) agent(value string) {
	if !p.open {
		p.file.groups = append(p.file.groups, group{})
		p.open = true
	}
	if token := productToken(value); token != "" {
		g := p.group()
		g.agents = append(g.agents, token)
	}
}

// rule adds to the group at hand; rules before the first User-agent line
// belong to nobody.
func (p *parser) rule(value string, allow bool) {
	g := p.group()
	if g == nil {
		return
	}
	p.open = false
	if value != "" {
		g.rules = append(g.rules, newRule(value, allow))
	}
}

// crawlDelay closes the list of agents as a rule does: files in the wild give
// a group nothing but a delay, and the next group is not meant to join it.
func (p *parser) crawlDelay(value string) {
	g := p.group()
	if g == nil {
		return
	}
	p.open = false
	if delay, ok := parseDelay(value); ok {
		g.delay = max(g.delay, delay)
	}
}

func (p *parser) group() *group {
	if len(p.file.groups) == 0 {
		return nil
	}
	return &p.file.groups[len(p.file.groups)-1]
}

// splitLine parts "key: value # comment". A line without a colon counts when
// it is two words, as people forget the colon.
func splitLine(line []byte) (key, value string, ok bool) {
	line, _, _ = bytes.Cut(line, []byte("#"))
	if k, v, found := bytes.Cut(line, []byte(":")); found {
		key, value = string(bytes.TrimSpace(k)), string(bytes.TrimSpace(v))
		return key, value, key != ""
	}
	words := bytes.Fields(line)
	if len(words) != 2 {
		return "", "", false
	}
	return string(words[0]), string(words[1]), true
}

type field int

const (
	fieldOther field = iota
	fieldAgent
	fieldAllow
	fieldDisallow
	fieldDelay
	fieldSitemap
)

// fieldOf knows the fields and the common slips in writing them.
func fieldOf(key string) field {
	if len(key) > 16 {
		return fieldOther
	}
	switch strings.ToLower(key) {
	case "user-agent", "useragent", "user agent":
		return fieldAgent
	case "allow":
		return fieldAllow
	case "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw":
		return fieldDisallow
	case "crawl-delay", "crawldelay", "crawl delay":
		return fieldDelay
	case "sitemap", "site-map":
		return fieldSitemap
	default:
		return fieldOther
	}
}

// productToken is the name at the start of a User-agent value in lower case
// ("Kabar/1.0" is "kabar"), "*" for everybody, empty for nonsense.
func productToken(value string) string {
	if value == "*" || strings.HasPrefix(value, "* ") {
		return "*"
	}
	end := 0
	for end < len(value) && isTokenByte(value[end]) {
		end++
	}
	return strings.ToLower(value[:end])
}

func isTokenByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '-' || c == '_'
}

// parseDelay reads seconds, "1.5" too, and bounds them.
func parseDelay(value string) (time.Duration, bool) {
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || !(seconds >= 0) {
		return 0, false
	}
	if seconds > MaxCrawlDelay.Seconds() {
		return MaxCrawlDelay, true
	}
	return time.Duration(seconds * float64(time.Second)), true
}
