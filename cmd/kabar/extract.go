package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

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

// Run answers the lines on standard input.
func (c *extractCmd) Run(w *world) error {
	if c.BySite {
		return extractBySite(w)
	}
	return eachLine(w, func(in savedPage) (any, error) {
		p, err := in.open(w)
		if err != nil {
			return nil, err
		}
		return extractAlone(in.ID, p), nil
	})
}

// open reads a saved page. One that cannot be read is an error; one whose
// address makes no sense has none.
func (in savedPage) open(w *world) (*page.Page, error) {
	raw, err := os.ReadFile(in.Path)
	if err != nil {
		return nil, fmt.Errorf("reading page %s: %w", in.ID, err)
	}
	p, err := page.FromBytes(in.URL, raw, w.now())
	if err != nil {
		return page.FromBytes("", raw, w.now())
	}
	return p, nil
}

// extractAlone reads a page without knowing any other.
func extractAlone(id string, p *page.Page) extracted {
	raw, err := extract.Extract(p, extract.Options{})
	if err != nil {
		return extracted{ID: id, Kind: extract.KindOther}
	}
	return answer(id, raw.Kind, normalize.Article(p, raw, normalize.Context{}))
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
	sites := map[string]*siteLessons{}
	for _, in := range lines {
		p, err := in.open(w)
		if err != nil {
			return err
		}
		lessonsOf(sites, siteKey(in, p)).learn(p)
	}
	for _, s := range sites {
		s.settle()
	}
	out := json.NewEncoder(w.stdout)
	out.SetEscapeHTML(false)
	for _, in := range lines {
		p, err := in.open(w)
		if err != nil {
			return err
		}
		if err := out.Encode(lessonsOf(sites, siteKey(in, p)).answer(in.ID, p)); err != nil {
			return err
		}
	}
	return nil
}

// siteKey names the site of a page; a page without an address is alone.
func siteKey(in savedPage, p *page.Page) string {
	host := p.URL.Hostname()
	if host == "" {
		return "page " + in.ID
	}
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return site
	}
	return host
}

// siteLessons is what the pages of one site teach.
type siteLessons struct {
	memory normalize.SiteMemory
}

func lessonsOf(sites map[string]*siteLessons, key string) *siteLessons {
	s := sites[key]
	if s == nil {
		s = &siteLessons{}
		sites[key] = s
	}
	return s
}

// learn looks at a page for what it has in common with others.
func (s *siteLessons) learn(p *page.Page) {
	raw, err := extract.Extract(p, extract.Options{})
	if err != nil || raw.Kind != extract.KindArticle {
		return
	}
	s.memory.Learn(p, raw, normalize.Article(p, raw, normalize.Context{}))
}

// settle is called once when all pages are learned.
func (s *siteLessons) settle() {}

// answer reads a page again with what was learned.
func (s *siteLessons) answer(id string, p *page.Page) extracted {
	raw, err := extract.Extract(p, extract.Options{})
	if err != nil {
		return extracted{ID: id, Kind: extract.KindOther}
	}
	return answer(id, raw.Kind, normalize.Article(p, raw, normalize.Context{Site: &s.memory}))
}
