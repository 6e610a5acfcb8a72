package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"kabar/storage/news"
	"kabar/storage/region"
)

// listCmd prints articles for a person, a line each.
type listCmd struct {
	filter
	Limit int `help:"How many articles at most." default:"50" placeholder:"N"`
}

// Help is the long form of "kabar list --help".
func (c *listCmd) Help() string {
	return `Lists stored articles, newest first: time by the portal's clock, portal, title
and address. A time after "seen" is when the article was first seen, for one
whose page tells no date that can be believed.

Example:

    kabar list --region 13.02 --since 7d --words '"banjir bandang" OR longsor' --limit 20`
}

// Run prints the list.
func (c *listCmd) Run(ctx context.Context, w *world, s *settings) error {
	if c.Limit < 1 {
		return usageError("--limit must be at least 1")
	}
	q, err := c.query(s.clock(w)())
	if err != nil {
		return err
	}
	store, err := s.openExisting(ctx, w)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := c.checkPortal(ctx, store); err != nil {
		return err
	}
	portals, err := store.Portals(ctx)
	if err != nil {
		return err
	}
	zones := make(map[string]*time.Location, len(portals))
	for _, p := range portals {
		zones[p.ID] = region.Zone(p.Clock)
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	n, err := eachArticle(ctx, store, q, c.Limit, func(a news.Article) error {
		_, err := fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", shownTime(a, zones[a.Portal]), a.Portal, printable(a.Title), printable(a.URL))
		return err
	})
	if err != nil {
		return err
	}
	if n == 0 {
		fmt.Fprintln(w.stderr, c.nothing())
	}
	return table.Flush()
}

// nothing says why a list is empty and what to do.
func (c *listCmd) nothing() string {
	if c.filter == (filter{}) {
		return "There are no articles yet: \"kabar crawl\" fetches some."
	}
	return "No article matches; leave out a condition to see more."
}

// shownTime is the time of an article at its own precision, by the clock of
// its page, or of its portal where that tells nothing.
func shownTime(a news.Article, zone *time.Location) string {
	at, estimated := a.Shown()
	switch {
	case estimated:
		if zone == nil {
			zone = region.Zone("WIB")
		}
		at = at.In(zone)
		return "seen " + at.Format("2006-01-02 15:04 ") + zoneName(at)
	case a.Published.HasClock():
		return at.Format("2006-01-02 15:04 ") + zoneName(at)
	default:
		return a.Published.Text()
	}
}

// zoneName is how Indonesia calls an offset, or the offset.
func zoneName(at time.Time) string {
	_, offset := at.Zone()
	for _, clock := range []string{"WIB", "WITA", "WIT"} {
		if _, known := at.In(region.Zone(clock)).Zone(); known == offset {
			return clock
		}
	}
	return at.Format("-07:00")
}

// printable keeps foreign text from steering a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, s)
}
