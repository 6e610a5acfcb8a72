package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"kabar/storage/news"
)

// exportCmd writes articles for programs.
type exportCmd struct {
	filter
	Format string `help:"jsonl (one JSON object a line) or csv." enum:"jsonl,csv" default:"jsonl" placeholder:"FORMAT"`
	All    bool   `help:"Also articles that are held back or were taken away by their portal."`
}

// Help is the long form of "kabar export --help".
func (c *exportCmd) Help() string {
	return `Writes every article that matches, newest first. "published" has the portal's
own offset; a day without a time of day stands at 00:00, and "precision" tells.
It is empty where no date could be believed, and "estimated" is true then.
"first_seen" (also called "seen") and the other times are UTC.

In CSV an apostrophe stands before a text that begins with =, +, -, @, a tab or
a line break: spreadsheets would run it as a formula. JSON has the plain text.

Example:

    kabar export --format csv --region 13.02 --since 30d >solok.csv`
}

// exported is one article as written; in CSV its fields are the columns.
type exported struct {
	ID          string   `json:"id"`
	Portal      string   `json:"portal"`
	URL         string   `json:"url"`
	Title       string   `json:"title"`
	Published   string   `json:"published"`
	Precision   string   `json:"precision"`
	Estimated   bool     `json:"estimated"`
	Updated     string   `json:"updated"`
	FirstSeen   string   `json:"first_seen"`
	Seen        string   `json:"seen"`
	Body        string   `json:"body"`
	Byline      string   `json:"byline"`
	Place       string   `json:"place"`
	Regions     []string `json:"regions"`
	Cluster     string   `json:"cluster"`
	Version     int      `json:"version"`
	GoneSince   string   `json:"gone_since"`
	Quarantined bool     `json:"quarantined"`
	Quarantine  string   `json:"quarantine"` // why it is held back
}

// columns name the fields of record.
var columns = [...]string{
	"id", "portal", "url", "title", "published", "precision", "estimated", "updated", "first_seen", "seen", "body",
	"byline", "place", "regions", "cluster", "version", "gone_since", "quarantined", "quarantine",
}

func export(a news.Article) exported {
	e := exported{
		ID: a.ID, Portal: a.Portal, URL: a.URL, Title: a.Title,
		Published: a.Published.RFC3339(), Precision: string(a.Published.Precision), Estimated: a.Published.IsZero(),
		Updated: utc(a.Updated), FirstSeen: utc(a.FirstSeen), Seen: utc(a.FirstSeen),
		Body: a.Text(), Byline: a.Byline, Place: a.Place, Regions: []string{}, Cluster: a.Cluster, Version: a.Version,
		GoneSince: utc(a.GoneSince), Quarantined: a.Quarantine != "", Quarantine: a.Quarantine,
	}
	for _, r := range a.Regions {
		e.Regions = append(e.Regions, r.Code)
	}
	return e
}

// record is the article as a row of CSV.
func (e exported) record() []string {
	row := []string{
		e.ID, e.Portal, e.URL, e.Title, e.Published, e.Precision, strconv.FormatBool(e.Estimated), e.Updated, e.FirstSeen, e.Seen, e.Body,
		e.Byline, e.Place, strings.Join(e.Regions, " "), e.Cluster, strconv.Itoa(e.Version), e.GoneSince, strconv.FormatBool(e.Quarantined), e.Quarantine,
	}
	for i, cell := range row {
		row[i] = noFormula(cell)
	}
	return row
}

// noFormula keeps spreadsheets from taking a text of a portal for a formula
// (OWASP, "CSV Injection").
func noFormula(cell string) string {
	if cell != "" && strings.IndexByte("=+-@\t\r\n", cell[0]) >= 0 {
		return "'" + cell
	}
	return cell
}

// utc is a moment in RFC 3339, empty for none.
func utc(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

// Run writes the articles to standard output.
func (c *exportCmd) Run(ctx context.Context, w *world, s *settings) error {
	q, err := c.query(s.clock(w)())
	if err != nil {
		return err
	}
	q.All = c.All
	store, err := s.openExisting(ctx, w)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := c.checkPortal(ctx, store); err != nil {
		return err
	}
	out := bufio.NewWriter(w.stdout)
	write, finish := jsonWriter(out)
	if c.Format == "csv" {
		write, finish = csvWriter(out)
	}
	_, err = eachArticle(ctx, store, q, 0, func(a news.Article) error { return write(export(a)) })
	return errors.Join(err, finish(), out.Flush())
}

func jsonWriter(out io.Writer) (write func(exported) error, finish func() error) {
	encode := json.NewEncoder(out)
	encode.SetEscapeHTML(false)
	return func(e exported) error { return encode.Encode(e) }, func() error { return nil }
}

// csvWriter writes the columns' names first, also when there is no article.
func csvWriter(out io.Writer) (write func(exported) error, finish func() error) {
	table := csv.NewWriter(out)
	head := table.Write(columns[:])
	finish = func() error {
		table.Flush()
		return errors.Join(head, table.Error())
	}
	return func(e exported) error { return table.Write(e.record()) }, finish
}
