package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"kabar/crawler/portal"
	"kabar/storage/region"
)

// catalogCmd searches the known addresses of portals.
type catalogCmd struct {
	Words  []string `arg:"" optional:"" help:"Words of a name, an address or a region." placeholder:"WORD"`
	Region string   `help:"Only portals of this region: its code or whole name; a province includes its regencies." placeholder:"CODE"`
}

// Help is the long form of "kabar catalog --help".
func (c *catalogCmd) Help() string {
	return `Searches the addresses of portals that come with the program. Nobody has looked
at them: they are unverified and never crawled unasked; "kabar add URL" looks.
The grade tells where an address comes from: A Wikidata, B a public list, C from
memory. Without words and region the whole catalog is listed.

Example:

    kabar catalog solok`
}

// Run prints the candidates.
func (c *catalogCmd) Run(w *world) error {
	code := ""
	if c.Region != "" {
		r, err := findRegion(c.Region)
		if err != nil {
			return err
		}
		code = r.Code
	}
	found := portal.Search(strings.Join(c.Words, " "), code)
	if len(found) == 0 {
		fmt.Fprintln(w.stderr, "The catalog has no such portal; try fewer words, or \"kabar add URL\" with an address you know.")
		return nil
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, candidate := range found {
		title := candidate.Region
		if r, ok := region.ByCode(candidate.Region); ok {
			title += " " + r.Title()
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\tgrade %s\t%s\n", title, candidate.Name, candidate.URL, candidate.Kind, candidate.Grade, candidate.Note)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w.stderr, "%d unverified addresses; \"kabar add URL\" looks at one.\n", len(found))
	return nil
}
