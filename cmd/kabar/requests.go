package main

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"text/tabwriter"
)

// requestsCmd shows the ledger of a host.
type requestsCmd struct {
	Host  string `arg:"" optional:"" help:"The host, such as solokkab.go.id; all hosts when it is left out."`
	Limit int    `help:"How many requests at most." default:"200" placeholder:"N"`
}

// Help is the long form of "kabar requests --help".
func (requestsCmd) Help() string {
	return `Lists every request of the last days to a host, newest first: time, status,
bytes received, reason and address. A portal's administrator may be shown it.

Example:

    kabar requests solokkab.go.id --limit 50`
}

// Run prints the ledger.
func (c *requestsCmd) Run(ctx context.Context, w *world, s *settings) error {
	store, err := s.openExisting(ctx, w)
	if err != nil {
		return err
	}
	defer store.Close()
	host := strings.ToLower(c.Host)
	if u, err := url.Parse(host); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	requests, err := store.Requests(ctx, host, c.Limit)
	if err != nil {
		return err
	}
	if len(requests) == 0 {
		fmt.Fprintf(w.stderr, "Nothing was asked of %s in the days that are kept.\n", orAll(host))
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, r := range requests {
		result := fmt.Sprint(r.Status)
		if r.Status == 0 {
			result = "-"
		}
		fmt.Fprintf(table, "%s\t%s\t%d\t%s\t%s\t%s\n", r.At.UTC().Format("2006-01-02 15:04:05Z"), result, r.Bytes, r.Reason, printable(r.URL), printable(r.Error))
	}
	return table.Flush()
}

func orAll(host string) string {
	if host == "" {
		return "any host"
	}
	return host
}
