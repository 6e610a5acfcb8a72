package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"kabar/feed"
	"kabar/storage/news"
	"kabar/storage/region"

	"github.com/google/uuid"
)

// kind is what a feed is about.
type kind string

const (
	all         kind = "all"
	ofPortal    kind = "portal"
	ofRegion    kind = "region"
	ofCategory  kind = "category"
	search      kind = "search"
	corrections kind = "corrections"
	withdrawals kind = "withdrawn"
	operations  kind = "ops"
)

// spec says which feed is asked for: everything that makes one differ from
// another, and nothing of the rest of an address.
type spec struct {
	kind     kind
	format   string // rss, atom, json
	portal   string
	region   string
	category string
	words    string
	since    string // as asked for: a day or a moment
	month    string // "2026-01" for the archive document of a month
	part     int    // of a busy month: 0 is its end, higher numbers are older
	summary  bool
	fold     bool

	// The address as it was asked for, without the format and what does not
	// matter: a feed says of itself the address that its reader knows.
	askedPath, askedQuery string
}

// errNoFeed tells that an address names no feed.
var errNoFeed = errors.New("no such feed")

// maxWords bounds what can be searched for, in bytes.
const maxWords = 300

// parseSpec reads the address of a feed. Errors that do not wrap errNoFeed are
// sentences for the person who asked.
func parseSpec(r *http.Request) (spec, error) {
	s, err := parsePath(strings.TrimPrefix(r.URL.Path, "/feeds/"))
	if err != nil {
		return spec{}, err
	}
	if asked, plain := strings.CutSuffix(r.URL.EscapedPath(), "."+s.format); plain {
		s.askedPath = asked
	}
	if r.URL.RawQuery == "" {
		if s.kind == search {
			return spec{}, errNothingAsked
		}
		return s, nil
	}
	q := r.URL.Query()
	s.summary = q.Get("content") == "summary"
	s.fold = q.Get("copies") == "fold"
	if s.month != "" {
		s.part = partOf(q.Get("part"))
	}
	s.askedQuery = s.matters(r.URL.RawQuery)
	if s.kind == search {
		return s.withQuestion(q)
	}
	return s, nil
}

// matters keeps of a query, as it was written, what makes a difference. It
// reads names and values as url.ParseQuery does, of which only the first of a
// name counts: feeds that differ would else be kept under one address.
func (s spec) matters(query string) string {
	var kept []string
	seen := make(map[string]bool)
	for pair := range strings.SplitSeq(query, "&") {
		name, value, ok := readPair(pair)
		if !ok || seen[name] {
			continue
		}
		seen[name] = true
		known := false
		switch name {
		case "content":
			known = s.summary
		case "copies":
			known = s.fold
		case "part":
			known = s.part > 0
		case "q", "region", "portal", "since":
			known = s.kind == search && value != ""
		}
		if known {
			kept = append(kept, pair)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return "?" + strings.Join(kept, "&")
}

// readPair decodes a name and its value; ok is false for what url.ParseQuery
// leaves out.
func readPair(pair string) (name, value string, ok bool) {
	if pair == "" || strings.Contains(pair, ";") {
		return "", "", false
	}
	name, value, _ = strings.Cut(pair, "=")
	name, badName := url.QueryUnescape(name)
	value, badValue := url.QueryUnescape(value)
	return name, value, badName == nil && badValue == nil
}

// parsePath reads "all.rss", "portal/ID.atom", "category/ID/NAME.json" and so
// on, or the same behind "archive/2026-01/".
func parsePath(path string) (spec, error) {
	var s spec
	if rest, ok := strings.CutPrefix(path, "archive/"); ok {
		month, rest, _ := strings.Cut(rest, "/")
		if _, err := time.Parse("2006-01", month); err != nil {
			return s, errNoFeed
		}
		s.month, path = month, rest
	}
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 {
		return s, errNoFeed
	}
	s.format, path = path[dot+1:], path[:dot]
	if s.format != "rss" && s.format != "atom" && s.format != "json" {
		return s, errNoFeed
	}
	first, rest, deeper := strings.Cut(path, "/")
	s.kind = kind(first)
	if deeper != (s.kind == ofPortal || s.kind == ofRegion || s.kind == ofCategory) || deeper && rest == "" {
		return s, errNoFeed
	}
	switch s.kind {
	case all, search, corrections, withdrawals, operations:
	case ofPortal:
		s.portal = rest
	case ofRegion:
		s.region = rest
	case ofCategory:
		s.portal, s.category, _ = strings.Cut(rest, "/")
		s.category = feed.Line(s.category, 120)
		if s.category == "" {
			return s, errNoFeed
		}
	default:
		return s, errNoFeed
	}
	if s.month != "" && (s.kind == search || s.kind == operations || s.kind == corrections || s.kind == withdrawals) {
		return s, errNoFeed
	}
	return s, nil
}

const errNothingAsked = badRequest("Sebutkan yang dicari, misalnya /feeds/search.atom?q=banjir&region=13.02&portal=ID&since=2026-01-01")

// withQuestion reads the parameters of a search.
func (s spec) withQuestion(q url.Values) (spec, error) {
	s.words = strings.Join(strings.Fields(q.Get("q")), " ")
	s.region = strings.TrimSpace(q.Get("region"))
	s.portal = strings.TrimSpace(q.Get("portal"))
	s.since = strings.TrimSpace(q.Get("since"))
	if s.words == "" && s.region == "" && s.portal == "" && s.since == "" {
		return s, errNothingAsked
	}
	if len(s.words) > maxWords {
		return s, badRequest(fmt.Sprintf("Pertanyaan terlalu panjang: paling banyak %d bita.", maxWords))
	}
	if _, ok := region.ByCode(s.region); s.region != "" && !ok {
		return s, badRequest(fmt.Sprintf("Wilayah %q tidak dikenal; kode seperti 13 atau 13.02.", feed.Line(s.region, 40)))
	}
	if _, ok := parseSince(s.since); s.since != "" && !ok {
		return s, badRequest(fmt.Sprintf("Waktu %q tidak terbaca; tulis seperti 2026-01-20 atau 2026-01-20T08:00:00+07:00.", feed.Line(s.since, 40)))
	}
	return s, nil
}

// parseSince reads a day, which begins in western Indonesia, or a moment.
func parseSince(s string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, strings.ReplaceAll(s, " ", "+")); err == nil {
		return t, true
	}
	t, err := time.ParseInLocation("2006-01-02", s, feed.Zone("WIB"))
	return t, err == nil
}

// path is the address of the feed: as asked for, else the shortest one.
func (s spec) path() string {
	if s.askedPath != "" {
		return s.askedPath + "." + s.format + s.askedQuery
	}
	prefix := "/feeds/"
	if s.month != "" {
		prefix += "archive/" + s.month + "/"
	}
	name := string(s.kind)
	switch s.kind {
	case ofPortal:
		name += "/" + url.PathEscape(s.portal)
	case ofRegion:
		name += "/" + s.region
	case ofCategory:
		name += "/" + url.PathEscape(s.portal) + "/" + url.PathEscape(s.category)
	}
	return prefix + name + "." + s.format + s.query()
}

// query is the part of the address after the path.
func (s spec) query() string {
	var parts []string
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+"="+url.QueryEscape(value))
		}
	}
	if s.kind == search {
		add("q", s.words)
		add("region", s.region)
		add("portal", s.portal)
		add("since", s.since)
	}
	if s.summary {
		add("content", "summary")
	}
	if s.fold {
		add("copies", "fold")
	}
	if s.part > 0 {
		add("part", strconv.Itoa(s.part))
	}
	if len(parts) == 0 {
		return ""
	}
	return "?" + strings.Join(parts, "&")
}

// in is the same feed in another format.
func (s spec) in(format string) spec {
	s.format = format
	return s
}

// plain is the same feed at its shortest address.
func (s spec) plain() spec {
	s.askedPath, s.askedQuery = "", ""
	return s
}

// id is the feed's own identity: the same in all formats, for ever.
func (s spec) id(site string) string {
	s = s.plain().in("atom")
	s.category = strings.ToLower(s.category)
	space := uuid.NewSHA1(uuid.NameSpaceURL, []byte("kabar:"+site))
	return "urn:uuid:" + uuid.NewSHA1(space, []byte(s.path())).String()
}

// home is the page that shows about the same to people.
func (s spec) home() string {
	switch s.kind {
	case ofPortal, ofCategory:
		return "/portal/" + url.PathEscape(s.portal)
	case ofRegion:
		return "/region/" + s.region
	case search:
		s.summary, s.fold = false, false
		return "/" + s.query()
	case operations:
		return "/ops"
	default:
		return "/"
	}
}

// question is the query that finds the feed's articles. Withdrawn articles
// keep their places.
func (s spec) question() news.Query {
	q := news.Query{
		Portal: s.portal, Region: s.region, Category: s.category, Words: s.words,
		FoldCopies: s.fold, WithGone: true,
	}
	if t, ok := parseSince(s.since); ok {
		q.Since = t
	}
	return q
}

// span is the month of an archive document, by the clock of the capital.
func (s spec) span() news.Span {
	start, _ := time.ParseInLocation("2006-01", s.month, feed.Zone("WIB")) // parsePath has read it before
	return news.Span{Since: start, Until: start.AddDate(0, 1, 0), Limit: archiveMost, Skip: s.part * archiveMost}
}

// monthOf is the month in whose archive document a moment falls.
func monthOf(t time.Time) string { return t.In(feed.Zone("WIB")).Format("2006-01") }

// maxParts bounds the parts of a month.
const maxParts = 10_000

// partOf reads the number of a part; 0 for nonsense.
func partOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > maxParts {
		return 0
	}
	return n
}

// belongs tells whether a change of an article can change the feed, other than
// by being in it already.
func (s spec) belongs(a news.Article) bool {
	if s.portal != "" && a.Portal != s.portal {
		return false
	}
	if s.region != "" && !inRegion(a, s.region) {
		return false
	}
	if s.month != "" && (monthOf(a.FirstSeen) > s.month || monthOf(a.Updated) < s.month) {
		return false
	}
	return s.kind != ofCategory || slices.ContainsFunc(a.Categories, func(c string) bool {
		return strings.EqualFold(feed.Line(c, 120), s.category)
	})
}

func inRegion(a news.Article, code string) bool {
	for _, r := range a.Regions {
		if r.Code == code || strings.HasPrefix(r.Code, code+".") {
			return true
		}
	}
	return false
}
