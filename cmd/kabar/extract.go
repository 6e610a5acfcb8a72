package main

import (
	"fmt"
	"os"
	"strings"

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

// extractBySite reads all pages of a site before it answers for any of them.
func extractBySite(w *world) error {
	return eachLine(w, func(in savedPage) (any, error) {
		p, err := in.open(w)
		if err != nil {
			return nil, err
		}
		return extractAlone(in.ID, p), nil
	})
}
