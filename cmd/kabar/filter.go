package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"kabar/crawler/portal"
	"kabar/storage"
	"kabar/storage/news"
	"kabar/storage/region"
)

// filter are the flags that choose articles.
type filter struct {
	Portal string `help:"Only articles of this portal." placeholder:"PORTAL"`
	Region string `help:"Only articles about this region: its code or its whole name; a province includes its regencies." placeholder:"CODE"`
	Since  string `help:"Only articles from this time on: a day, an RFC 3339 time, or how long ago (7d, 12h)." placeholder:"TIME"`
	Until  string `help:"Only articles before this time, written as for --since." placeholder:"TIME"`
	Words  string `help:"Only articles with these words; \"phrases\", AND, OR and NOT are understood." placeholder:"WORDS"`
}

// query is the question that the flags ask. Days begin at midnight in the
// zone of the region, else by WIB.
func (f filter) query(now time.Time) (news.Query, error) {
	q := news.Query{Portal: f.Portal, Words: f.Words}
	zone := region.Zone("WIB")
	if f.Region != "" {
		r, err := findRegion(f.Region)
		if err != nil {
			return q, err
		}
		q.Region, zone = r.Code, r.Location()
	}
	var err error
	if q.Since, err = readMoment("--since", f.Since, now, zone); err != nil {
		return q, err
	}
	if q.Until, err = readMoment("--until", f.Until, now, zone); err != nil {
		return q, err
	}
	if !q.Since.IsZero() && !q.Until.IsZero() && !q.Since.Before(q.Until) {
		return q, usageError("--until must be later than --since")
	}
	return q, nil
}

// checkPortal refuses a portal that the store never heard of.
func (f filter) checkPortal(ctx context.Context, store storage.Store) error {
	if f.Portal == "" {
		return nil
	}
	known, err := store.Portals(ctx)
	if err != nil {
		return err
	}
	var ids []string
	for _, p := range known {
		if p.ID == f.Portal {
			return nil
		}
		ids = append(ids, p.ID)
	}
	some, err := store.Articles(ctx, news.Query{Portal: f.Portal, All: true, Limit: 1})
	if err != nil || len(some) > 0 {
		return err // a removed portal whose articles were kept
	}
	if len(ids) == 0 {
		return fmt.Errorf("there is no portal %q: nothing was crawled yet, start with \"kabar run\"", f.Portal)
	}
	return fmt.Errorf("there is no portal %q; known are %s", f.Portal, strings.Join(ids, ", "))
}

// findRegion finds the one region that a code or whole name means.
func findRegion(text string) (region.Region, error) {
	text = strings.TrimSpace(text)
	if r, ok := region.ByCode(text); ok {
		return r, nil
	}
	found := region.Search(text)
	var exact []region.Region
	for _, r := range found {
		if strings.EqualFold(r.Title(), text) || strings.EqualFold(r.Official, text) {
			exact = append(exact, r)
		}
	}
	if len(exact) == 1 {
		return exact[0], nil
	}
	if len(found) == 0 {
		return region.Region{}, usageError(fmt.Sprintf("there is no region %q; give a code such as 13.02 or a name such as \"Kabupaten Solok\"", text))
	}
	var choices []string
	for _, r := range found[:min(len(found), 5)] {
		choices = append(choices, r.Code+" "+r.Title())
	}
	return region.Region{}, usageError(fmt.Sprintf("which region is %q? Give a code: %s", text, strings.Join(choices, ", ")))
}

// readMoment reads a day, a time, or how long ago; zero for an empty text.
func readMoment(flag, text string, now time.Time, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02 15:04"} {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at, nil
		}
	}
	if ago, err := portal.ParseDuration(text); err == nil {
		return now.Add(-ago), nil
	}
	return time.Time{}, usageError(fmt.Sprintf("%s %q is no time; write 2026-01-20, 2026-01-20T08:30:00+07:00, or how long ago (7d, 12h)", flag, text))
}

// usageError is a value on the command line that makes no sense.
type usageError string

func (e usageError) Error() string { return string(e) }

// ExitCode ends the program as a wrong command line does.
func (e usageError) ExitCode() int { return exitUsage }

// pageSize is how many articles are read at once when many are wanted.
const pageSize = 200

// eachArticle hands over what a query asks for, a page at a time, at most
// limit articles; all for 0. It returns how many there were.
func eachArticle(ctx context.Context, store storage.Store, q news.Query, limit int, do func(news.Article) error) (int, error) {
	for n := 0; ; {
		q.Limit = pageSize
		if limit > 0 {
			q.Limit = min(pageSize, limit-n)
		}
		page, err := store.Articles(ctx, q)
		if errors.Is(err, news.ErrBadQuery) {
			return n, usageError(err.Error())
		}
		if err != nil {
			return n, err
		}
		for _, a := range page {
			if err := do(a); err != nil {
				return n, err
			}
			n++
		}
		if len(page) < q.Limit || n == limit {
			return n, nil
		}
		q.After = news.Cursor{Seq: page[len(page)-1].Seq}
	}
}
