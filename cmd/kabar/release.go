package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"kabar/storage"
	"kabar/storage/news"
)

// releaseCmd lists what is held back, or lets an article go.
type releaseCmd struct {
	Article string `arg:"" optional:"" help:"The article's address or id; without it, what is held back is listed." placeholder:"ARTICLE"`
	Limit   int    `help:"How many articles are listed at most." default:"100" placeholder:"N"`
}

// Help is the long form of "kabar release --help".
func (releaseCmd) Help() string {
	return `Articles whose visible text is gambling or defacement are held back from every
feed and page. Without an argument this lists them with the evidence; with one,
the article is published, and never held back again.

Example:

    kabar release https://contoh.example/2026/01/berita.html`
}

// Run lists or releases.
func (c *releaseCmd) Run(ctx context.Context, w *world, s *settings) error {
	store, err := s.openExisting(ctx, w)
	if err != nil {
		return err
	}
	defer store.Close()
	if c.Article == "" {
		return c.list(ctx, w, store)
	}
	a, err := store.ArticleAt(ctx, c.Article)
	if errors.Is(err, news.ErrNotFound) {
		a, err = store.Article(ctx, c.Article)
	}
	switch {
	case errors.Is(err, news.ErrNotFound):
		return fmt.Errorf("there is no article %s; \"kabar release\" lists what is held back", c.Article)
	case err != nil:
		return err
	case a.Quarantine == "":
		return fmt.Errorf("%s is not held back; \"kabar release\" lists what is", a.URL)
	}
	if err := store.Release(ctx, a.ID); err != nil {
		return err
	}
	fmt.Fprintf(w.stderr, "Published: %s\n", printable(a.Title))
	return nil
}

func (c *releaseCmd) list(ctx context.Context, w *world, store storage.Store) error {
	held, err := store.Articles(ctx, news.Query{Quarantined: true, Limit: c.Limit})
	if err != nil {
		return err
	}
	if len(held) == 0 {
		fmt.Fprintln(w.stderr, "Nothing is held back.")
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, a := range held {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", a.Portal, printable(a.URL), printable(a.Title), printable(a.Quarantine))
	}
	return table.Flush()
}
