package discover

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kabar/crawler/page"
	"kabar/crawler/portal"
)

// Sources are the places where a portal may tell of its articles.
type Sources struct {
	Family Family
	Rungs  []Rung // the source ladder, best first
}

// Rung is one step of the source ladder.
type Rung struct {
	Kind string // KindFeed, KindAPI, KindNewsSitemap, KindSitemap, KindRule or KindListing
	URL  string
	// Guess tells that nothing on the portal names the address: the family
	// of its CMS has it there by default.
	Guess bool
}

const maxRungs = 40

// FindSources reads a portal's front page and lists what to try. sitemaps are
// those that robots.txt names. The order is that of trust: feeds, the CMS's
// API, news sitemaps, sitemaps, listings by rule, and the front page itself;
// within a kind what the definition names, then what the page names, then
// guesses. An address stands once.
func FindSources(p *page.Page, d portal.Definition, sitemaps []string) (Sources, error) {
	if len(bytes.TrimSpace(p.Body)) == 0 {
		return Sources{}, errors.New("it is empty")
	}
	root, err := p.Tree()
	if err != nil {
		return Sources{}, fmt.Errorf("looking for sources: %w", err)
	}
	s := sourceFinder{page: p, site: siteOf(d, p), known: map[string]bool{}}
	s.Family = FamilyOf(p)
	for _, feed := range d.Feeds {
		s.add(KindFeed, feed, false)
	}
	s.advertised(root)
	s.linked(root)
	s.guess(KindFeed, s.feedGuesses())
	s.elsewhere(root)
	s.apis(root)
	s.sitemaps(append(namedSitemaps(root), sitemaps...))
	for _, listing := range d.Listings {
		s.add(KindRule, listing.URL, false)
	}
	if p.URL != nil {
		s.add(KindListing, p.URL.String(), false)
	}
	return s.Sources, nil
}

type sourceFinder struct {
	Sources
	page  *page.Page
	site  site
	known map[string]bool
}

// add puts an address on the ladder unless it stands there already.
func (s *sourceFinder) add(kind, ref string, guess bool) {
	address := s.page.Resolve(strings.TrimSpace(ref))
	if address == "" || len(address) > MaxAddress || s.known[address] || len(s.Rungs) >= maxRungs {
		return
	}
	u, err := url.Parse(address)
	if err != nil {
		return
	}
	if s.site.covers(u) {
		address = settle(u, s.page.URL).String()
	}
	if s.known[address] {
		return
	}
	s.known[address] = true
	s.Rungs = append(s.Rungs, Rung{Kind: kind, URL: address, Guess: guess})
}

// advertised are the feeds that the head of the page names, the portal's whole
// feed before those of parts of it. What is called a feed and is a sitemap, or
// tells of comments, is left out.
func (s *sourceFinder) advertised(root *html.Node) {
	var feeds []string
	for _, n := range feedLinks(root) {
		ref := s.page.Resolve(attr(n, "href"))
		u, err := url.Parse(ref)
		if ref == "" || err != nil || !s.site.covers(u) || !isFeedAddress(u) || isCommentsTitle(cleanTitle(attr(n, "title"))) || strings.Contains(strings.ToLower(attr(n, "title")), "comments feed") {
			continue
		}
		feeds = append(feeds, ref)
	}
	slices.SortStableFunc(feeds, func(a, b string) int { return partial(a) - partial(b) })
	for _, feed := range feeds {
		if s.Family == Blogger && strings.Contains(feed, "alt=rss") {
			continue // the same feed, worse: RSS loses the post's number and offset
		}
		s.add(KindFeed, feed, false)
	}
}

var feedAnchor = regexp.MustCompile(`(?i)/(?:rss|feed|atom|rss2)(?:\.(?:xml|php))?/?$|\.rss$|/rss/(?:terkini|terbaru|berita|news|latest|all|home|index)(?:\.xml)?$|[?&]format=feed`)

// linked are feeds to which the page has a plain link, where its head names
// none.
func (s *sourceFinder) linked(root *html.Node) {
	if slices.ContainsFunc(s.Rungs, func(r Rung) bool { return r.Kind == KindFeed }) {
		return
	}
	found := 0
	for n := range root.Descendants() {
		if n.DataAtom != atom.A || !feedAnchor.MatchString(attr(n, "href")) {
			continue
		}
		u, err := url.Parse(s.page.Resolve(attr(n, "href")))
		if err != nil || u.Host == "" || !s.site.covers(u) || !isFeedAddress(u) {
			continue
		}
		s.add(KindFeed, u.String(), false)
		if found++; found == 3 {
			return
		}
	}
}

// partial is 0 for what looks like a feed of the whole portal, more for one of
// a category, a tag or a single post.
func partial(feed string) int {
	u, err := url.Parse(feed)
	if err != nil {
		return 9
	}
	depth := strings.Count(strings.Trim(u.Path, "/"), "/")
	for _, word := range []string{"/category/", "/kategori/", "/tag/", "/label/", "/author/", "/-/"} {
		if strings.Contains(u.Path, word) {
			depth += 4
		}
	}
	return depth
}

func feedLinks(root *html.Node) []*html.Node {
	var links []*html.Node
	for n := range root.Descendants() {
		if n.DataAtom != atom.Link || !hasWord(attr(n, "rel"), "alternate") || len(links) > 50 {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(attr(n, "type"))) {
		case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/xml", "application/xml":
			links = append(links, n)
		}
	}
	return links
}

func isFeedAddress(u *url.URL) bool {
	path := strings.ToLower(u.Path)
	return !strings.Contains(path, "sitemap") && !strings.Contains(path, "oembed") && !isCommentsAddress(u)
}

// elsewhere are feeds that a service republishes for the portal; they are
// often dead and come last.
func (s *sourceFinder) elsewhere(root *html.Node) {
	for _, n := range feedLinks(root) {
		u, err := url.Parse(s.page.Resolve(attr(n, "href")))
		if err == nil && strings.Contains(u.Host, "feedburner") && isFeedAddress(u) {
			s.add(KindFeed, u.String(), false)
		}
	}
}

// guess adds addresses below the folder of the front page, which is mostly the
// root of the host.
func (s *sourceFinder) guess(kind string, refs []string) {
	if s.page.URL == nil || s.page.URL.Host == "" {
		return
	}
	folder := s.page.URL.EscapedPath()
	folder = folder[:strings.LastIndexByte(folder, '/')+1]
	if folder == "" || strings.Contains(folder, ".php/") {
		folder = "/"
	}
	for _, ref := range refs {
		s.add(kind, s.page.URL.Scheme+"://"+s.page.URL.Host+folder+strings.TrimPrefix(ref, "/"), true)
	}
}

// feedGuesses are where the family of CMS has its feed. With a feed that the
// page names there is nothing to guess.
func (s *sourceFinder) feedGuesses() []string {
	for _, rung := range s.Rungs {
		if rung.Kind == KindFeed {
			return nil
		}
	}
	switch s.Family {
	case WordPress:
		return []string{"/feed/"}
	case Blogger:
		return []string{"/feeds/posts/default"}
	case OpenSID, Popoji:
		return []string{"/feed"}
	case Lokomedia:
		return []string{"/rss.xml"}
	case Joomla:
		return []string{"/?format=feed&type=rss"}
	case Drupal:
		return []string{"/rss.xml"}
	}
	return []string{"/feed", "/rss"}
}

// wordpressPosts asks for a hundred posts, but only for what is needed.
const wordpressPosts = "wp/v2/posts?per_page=100&_fields=id,date,date_gmt,modified_gmt,link,title"

// apis are the CMS's own answers for machines.
func (s *sourceFinder) apis(root *html.Node) {
	switch s.Family {
	case WordPress:
		for n := range root.Descendants() {
			if n.DataAtom == atom.Link && hasWord(attr(n, "rel"), "https://api.w.org/") {
				s.add(KindAPI, strings.TrimSuffix(attr(n, "href"), "/")+"/"+wordpressPosts, false)
				return
			}
		}
		s.guess(KindAPI, []string{"/wp-json/" + wordpressPosts})
	case Blogger:
		s.guess(KindAPI, []string{"/feeds/posts/summary?alt=json&max-results=" + bloggerPage})
	}
}

// namedSitemaps are those that the head of the page names.
func namedSitemaps(root *html.Node) (refs []string) {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Link && hasWord(attr(n, "rel"), "sitemap") && len(refs) < 3 {
			refs = append(refs, attr(n, "href"))
		}
	}
	return refs
}

func (s *sourceFinder) sitemaps(named []string) {
	for _, kind := range []string{KindNewsSitemap, KindSitemap} {
		for _, address := range named {
			if isNews := strings.Contains(strings.ToLower(fileOf(address)), "news"); isNews == (kind == KindNewsSitemap) {
				s.add(kind, address, false)
			}
		}
	}
	if len(named) > 0 {
		return
	}
	switch s.Family {
	case WordPress:
		s.guess(KindSitemap, []string{"/sitemap_index.xml", "/wp-sitemap.xml"})
	case OpenSID:
		s.guess(KindSitemap, []string{"/sitemap"})
	case Lokomedia, Joomla: // have none by default
	default:
		s.guess(KindSitemap, []string{"/sitemap.xml"})
	}
}
