package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"kabar/crawler/portal"
	"kabar/storage/news"
)

// removeCmd ends the crawling of a portal.
type removeCmd struct {
	Portal string `arg:"" help:"The portal's id: the name of its definition without .toml." placeholder:"PORTAL"`
	Purge  bool   `env:"-" help:"Also forget every article that it gave."`
}

// Help is the long form of "kabar remove --help".
func (c *removeCmd) Help() string {
	return `Deletes the definition of a portal and its state; its articles stay unless
--purge is given.

Example:

    kabar remove sumbarjaya --purge`
}

// Run removes the portal.
func (c *removeCmd) Run(ctx context.Context, w *world, s *settings) error {
	defined, err := c.deleteDefinition(s)
	if err != nil {
		return err
	}
	stored, err := c.forget(ctx, w, s)
	if err != nil {
		return err
	}
	if !defined && !stored {
		return fmt.Errorf("there is no portal %q: neither a definition in %s nor anything stored", c.Portal, s.Portals)
	}
	kept := "its articles stay"
	if c.Purge {
		kept = "its articles are forgotten"
	}
	fmt.Fprintf(w.stderr, "Removed %s; %s.\n", c.Portal, kept)
	return nil
}

// deleteDefinition tells whether there was a definition. While the starters
// stand in, they are written first, so that one can be missing.
func (c *removeCmd) deleteDefinition(s *settings) (bool, error) {
	if c.Portal != filepath.Base(c.Portal) || c.Portal == "." || c.Portal == ".." {
		return false, usageError(fmt.Sprintf("%q is no portal id; an id is the name of a definition without .toml", c.Portal))
	}
	if err := c.writeOtherStarters(s); err != nil {
		return false, err
	}
	err := os.Remove(filepath.Join(s.Portals, c.Portal+portal.Ending))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("removing the definition of %s: %w", c.Portal, err)
	}
	return true, nil
}

// writeOtherStarters makes the folder of definitions when a starter is to be
// removed and there is none yet.
func (c *removeCmd) writeOtherStarters(s *settings) error {
	if _, err := os.Stat(s.Portals); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	starters := portal.Starters()
	for _, d := range starters {
		if d.ID != c.Portal {
			continue
		}
		for _, d := range starters {
			if _, err := portal.Write(s.Portals, d); err != nil {
				return err
			}
		}
	}
	return nil
}

// forget tells whether the store knew the portal or had articles of it.
func (c *removeCmd) forget(ctx context.Context, w *world, s *settings) (bool, error) {
	if _, err := os.Stat(s.DB); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	store, err := s.open(ctx, w)
	if err != nil {
		return false, err
	}
	defer store.Close()
	_, err = store.Portal(ctx, c.Portal)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return false, err
	}
	known := err == nil
	some, err := store.Articles(ctx, news.Query{Portal: c.Portal, All: true, Limit: 1})
	if err != nil {
		return false, err
	}
	if err := store.RemovePortal(ctx, c.Portal, c.Purge); err != nil {
		return false, err
	}
	return known || len(some) > 0, nil
}
