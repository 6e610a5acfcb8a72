package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"kabar/crawler/extract"
	"kabar/crawler/normalize"
	"kabar/crawler/page"
	"kabar/storage/news"
)

type extractCmd struct {
	JSONLines bool `name:"json-lines" help:"Read and write one JSON object a line." required:""`
	BySite    bool `name:"by-site" help:"Read the whole input first; pages of the same site teach each other."`
}

// Help is the long form of "kabar extract --help".
func (c *extractCmd) Help() string {
	return `Extracts the article of each saved page. kind is article, listing or other; what
is not known is empty.

In: {"id","url","html_path"}    Out: {"id","title","date","body","author","kind"}

Example:

    echo '<h1>Jalan Dibuka</h1><p>Jalan ke pasar dibuka lagi.' >page.html
    echo '{"id":"1","url":"https://hulu.example/jalan","html_path":"page.html"}' | kabar extract --json-lines`
}

// savedPage is a line of the input.
type savedPage struct {
	ID   string `json:"id"`
	URL  string `json:"url"`
	Path string `json:"html_path"`
}

// extracted is a line of the output. What is not known is empty.
type extracted struct {
	ID     string       `json:"id"`
	Title  string       `json:"title"`
	Date   string       `json:"date"` // RFC 3339, or YYYY-MM-DD without a time of day
	Body   string       `json:"body"`
	Author string       `json:"author"`
	Kind   extract.Kind `json:"kind"`
}

// gcPercent lets the heap grow further between collections than usual: a page
// is garbage as soon as it is answered, and hardly anything else lives.
const gcPercent = 400

// Run answers the lines on standard input.
func (c *extractCmd) Run(w *world) error {
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	if c.BySite {
		return extractBySite(w)
	}
	return eachLine(w, func(in savedPage) (any, error) {
		p, err := in.open()
		if err != nil {
			return unreadable(w, in, err), nil
		}
		return extractOne(in.ID, p, extract.Options{}, normalize.Context{}), nil
	})
}

// open reads a saved page. One that cannot be read is an error; one whose
// address makes no sense has none. Nothing tells when the page was saved, so
// it has no time that "yesterday" could count from.
func (in savedPage) open() (*page.Page, error) {
	raw, err := os.ReadFile(in.Path)
	if err != nil {
		return nil, fmt.Errorf("reading page %s: %w", in.ID, err)
	}
	p, err := page.FromBytes(in.URL, raw, time.Time{})
	if err != nil {
		return page.FromBytes("", raw, time.Time{})
	}
	return p, nil
}

// unreadable tells about a page that could not be opened, and answers that it
// is no article: one bad page stops nothing.
func unreadable(w *world, in savedPage, err error) extracted {
	fmt.Fprintf(w.stderr, "kabar: %v\n", err)
	return extracted{ID: in.ID, Kind: extract.KindOther}
}

// extractOne reads a page with what is known of its site.
func extractOne(id string, p *page.Page, o extract.Options, c normalize.Context) extracted {
	raw, err := extract.Extract(p, o)
	if err != nil {
		return extracted{ID: id, Kind: extract.KindOther}
	}
	return answer(id, raw.Kind, normalize.Article(p, raw, c))
}

func answer(id string, kind extract.Kind, a news.Article) extracted {
	return extracted{ID: id, Title: a.Title, Date: dateText(a.Published), Body: a.Text(), Author: strings.Join(a.Authors, ", "), Kind: kind}
}

// dateText is a stamp in the line protocol, which knows days and moments.
func dateText(s news.Stamp) string {
	if s.Precision == news.Month || s.Precision == news.Year {
		return ""
	}
	return s.Text()
}

// extractBySite reads the whole input before it answers, so that the pages of
// a site can teach each other; answers come in the order of the input.
func extractBySite(w *world) error {
	var lines []savedPage
	err := readLines(w.stdin, func(in savedPage) error {
		lines = append(lines, in)
		return nil
	})
	if err != nil {
		return err
	}
	answers := make([]extracted, len(lines))
	for _, site := range bySite(lines) {
		extractSite(w, lines, site, answers)
	}
	out := json.NewEncoder(w.stdout)
	out.SetEscapeHTML(false)
	for _, a := range answers {
		if err := out.Encode(a); err != nil {
			return fmt.Errorf("writing the answers: %w", err)
		}
	}
	return nil
}

// bySite groups the indices of pages by site, in the order of first mention. A
// page without an address is alone.
func bySite(lines []savedPage) [][]int {
	var sites [][]int
	at := map[string]int{}
	for i, in := range lines {
		key := siteKey(in)
		site, known := at[key]
		if !known {
			site = len(sites)
			at[key] = site
			sites = append(sites, nil)
		}
		sites[site] = append(sites[site], i)
	}
	return sites
}

// siteKey names the site of a page.
func siteKey(in savedPage) string {
	u, err := url.Parse(in.URL)
	if err != nil || u.Hostname() == "" {
		return "page " + in.ID
	}
	if site, err := publicsuffix.EffectiveTLDPlusOne(u.Hostname()); err == nil {
		return site
	}
	return u.Hostname()
}

// extractSite answers for the pages of one site. It reads them twice: once to
// learn what they share, once with what was learned.
func extractSite(w *world, lines []savedPage, site []int, answers []extracted) {
	var pages []*page.Page
	var asked []int // line of each page
	for _, line := range site {
		p, err := lines[line].open()
		if err != nil {
			answers[line] = unreadable(w, lines[line], err)
			continue
		}
		pages, asked = append(pages, p), append(asked, line)
	}
	template := extract.Learn(pages)
	var memory normalize.SiteMemory
	for _, p := range pages {
		raw, err := extract.Extract(p, extract.Options{Template: template})
		if err == nil && raw.Kind == extract.KindArticle {
			memory.Learn(p, raw, normalize.Article(p, raw, normalize.Context{}), normalize.Context{})
		}
	}
	for i, line := range asked {
		answers[line] = extractOne(lines[line].ID, pages[i], extract.Options{Template: template}, normalize.Context{Site: &memory})
	}
}
