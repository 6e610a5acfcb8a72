package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"kabar/crawler"
	"kabar/crawler/portal"
	"kabar/storage"
	"kabar/storage/news"
)

// addCmd looks at a portal and writes its definition.
type addCmd struct {
	crawlFlags
	Region  string `help:"Code of the region: the portal's home, or without URL the candidates to look at." placeholder:"CODE"`
	Clock   string `help:"Clock of the portal: WIB, WITA or WIT." placeholder:"CLOCK"`
	Name    string `help:"Name of the portal; its host when not given." placeholder:"NAME"`
	Force   bool   `help:"Write the definition although no article was found."`
	Address string `arg:"" optional:"" name:"url" help:"The portal's front page."`
}

// Help is shown with the command.
func (addCmd) Help() string {
	return "Examples:\n\n  kabar add https://solokkab.go.id/ --region 13.02\n  kabar add --region 13.02"
}

// Run looks at one portal, or at every candidate of a region, and writes the
// definitions of those that can be read.
func (c *addCmd) Run(ctx context.Context, w *world, s *settings) error {
	var definitions []portal.Definition
	switch {
	case c.Address != "":
		d, err := c.definition()
		if err != nil {
			return err
		}
		definitions = append(definitions, d)
	case c.Region != "":
		for _, candidate := range portal.Search("", c.Region) {
			definitions = append(definitions, candidate.Definition())
		}
		if len(definitions) == 0 {
			return fmt.Errorf("the catalog knows no portal of region %s: give an address, or look with \"kabar catalog\"", c.Region)
		}
	default:
		return errors.New("give the address of a portal, or --region CODE to look at the catalog's candidates")
	}
	if _, err := os.Stat(s.Portals); errors.Is(err, fs.ErrNotExist) {
		if err := portal.WriteStarters(s.Portals); err != nil {
			return fmt.Errorf("writing the starters to %s: %w; name another folder with --portals DIR", s.Portals, err)
		}
		fmt.Fprintf(w.stderr, "The starters were written to %s.\n", s.Portals)
	}
	failed := 0
	for _, d := range definitions {
		if err := c.addOne(ctx, w, s, d); err != nil {
			failed++
			fmt.Fprintf(w.stderr, "%s: %v\n", d.Home, err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if failed == len(definitions) {
		return errors.New("nothing was added")
	}
	return nil
}

func (c *addCmd) definition() (portal.Definition, error) {
	address := c.Address
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return portal.Definition{}, fmt.Errorf("%q is no address of a portal: give one such as https://solokkab.go.id/", c.Address)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	d := portal.Definition{ID: portal.IDFor(u.String()), Name: c.Name, Home: u.String(), Clock: c.Clock}
	if d.Name == "" {
		d.Name = strings.TrimPrefix(u.Hostname(), "www.")
	}
	if c.Region != "" {
		d.Regions = []string{c.Region}
	}
	return portal.Parse(d.ID, []byte(portal.Format(d)))
}

// addOne shows what a portal gives and writes its definition.
func (c *addCmd) addOne(ctx context.Context, w *world, s *settings, d portal.Definition) error {
	fmt.Fprintf(w.stderr, "Looking at %s …\n", d.Home)
	state, articles, err := c.look(ctx, w, s, d)
	if err != nil {
		return err
	}
	if state.Problem != "" {
		fmt.Fprintln(w.stdout, state.Problem)
	} else {
		fmt.Fprintf(w.stdout, "Source: %s %s\n", state.Source, state.SourceURL)
	}
	for _, a := range articles {
		when := "no date"
		if !a.Published.IsZero() {
			when = a.Published.Text()
		}
		fmt.Fprintf(w.stdout, "\n%s\n  %s  %s\n  %s\n", a.Title, when, a.URL, a.Summary(160))
		for _, doubt := range a.Doubts {
			fmt.Fprintf(w.stdout, "  doubt: %s\n", doubt)
		}
	}
	if len(articles) == 0 && !c.Force {
		return errors.New("no article could be read, so no definition was written; write it all the same with --force")
	}
	path, err := portal.Write(s.Portals, d)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("the definition %s is there already; edit it, or remove it first with \"kabar remove %s\"", path, d.ID)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "\nWritten: %s\n", path)
	return nil
}

// look crawls a few articles of a portal into a database that is thrown away.
func (c *addCmd) look(ctx context.Context, w *world, s *settings, d portal.Definition) (news.PortalState, []news.Article, error) {
	dir, err := os.MkdirTemp("", "kabar-add-*")
	if err != nil {
		return news.PortalState{}, nil, err
	}
	defer os.RemoveAll(dir)
	store, err := storage.Open(ctx, filepath.Join(dir, "look.db"))
	if err != nil {
		return news.PortalState{}, nil, err
	}
	defer store.Close()
	log, now := w.logger(), s.clock(w)
	fetcher := c.fetcher(store, now, log)
	defer fetcher.Close()
	crawl := crawler.New(crawler.Options{Ledger: store, Fetcher: fetcher, Now: now, Log: log, MaxArticles: 5})
	if err := crawl.Declare(ctx, []portal.Definition{d}); err != nil {
		return news.PortalState{}, nil, err
	}
	if _, err := crawl.Crawl(ctx, []portal.Definition{d}, 0); err != nil {
		return news.PortalState{}, nil, err
	}
	known, err := store.Portal(ctx, d.ID)
	if err != nil {
		return news.PortalState{}, nil, err
	}
	articles, err := store.Articles(ctx, news.Query{Portal: d.ID, Limit: 5})
	return known.State, articles, err
}
