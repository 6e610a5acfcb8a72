package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"kabar/crawler/portal"
	"kabar/storage/region"
)

// checkCmd reads definitions and tells their mistakes.
type checkCmd struct {
	Files []string `arg:"" optional:"" help:"Definitions; all in the folder of --portals when none is named." placeholder:"FILE"`
}

// Help is the long form of "kabar check --help".
func (c *checkCmd) Help() string {
	return `Reads definitions of portals, names every mistake as file:line:column, and
prints what is in force for the good ones. Ends with 1 when there are mistakes.

Example:

    kabar check`
}

// errMistakes tells that definitions have mistakes, which were named.
var errMistakes = errors.New("mend the mistakes above; \"kabar help definitions\" shows how a definition looks")

// Run checks the definitions.
func (c *checkCmd) Run(w *world, s *settings) error {
	definitions, mistakes := c.read(w, s)
	for _, mistake := range mistakes {
		fmt.Fprintln(w.stderr, mistake)
	}
	if err := printInForce(w.stdout, definitions); err != nil {
		return err
	}
	if len(mistakes) > 0 {
		return errMistakes
	}
	if len(definitions) == 0 {
		fmt.Fprintf(w.stderr, "There are no definitions in %s; \"kabar add URL\" writes one.\n", s.Portals)
	}
	return nil
}

// read reads the named files, else the folder, else the starters.
func (c *checkCmd) read(w *world, s *settings) ([]portal.Definition, []error) {
	if len(c.Files) == 0 {
		if _, err := os.Stat(s.Portals); errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(w.stderr, "There is no folder %s; these starters stand in.\n", s.Portals)
			return portal.Starters(), nil
		}
		return portal.ReadDir(s.Portals)
	}
	var definitions []portal.Definition
	var mistakes []error
	for _, file := range c.Files {
		d, err := portal.Read(file)
		if err != nil {
			mistakes = append(mistakes, err)
			continue
		}
		definitions = append(definitions, d)
	}
	return definitions, mistakes
}

// printInForce prints what holds for each portal, defaults filled in.
func printInForce(out io.Writer, definitions []portal.Definition) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, d := range definitions {
		fmt.Fprintf(table, "%s\t%s\tdelay %s\tbackfill %s\tclock %s\tregions %s\n",
			d.ID, d.Home, span(d.Delay()), span(d.Backfill()), d.ClockName(), regionTitles(d.Regions))
	}
	return table.Flush()
}

// span writes a duration as a definition does, with days.
func span(d time.Duration) string { return portal.Duration(d).String() }

func regionTitles(codes []string) string {
	if len(codes) == 0 {
		return "none"
	}
	titles := make([]string, len(codes))
	for i, code := range codes {
		titles[i] = code
		if r, ok := region.ByCode(code); ok {
			titles[i] += " " + r.Title()
		}
	}
	return strings.Join(titles, ", ")
}
