package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"kabar/storage/sqlite"
)

// backupCmd copies the database while it is in use.
type backupCmd struct {
	File string `arg:"" help:"The new file; one that exists is never replaced." placeholder:"FILE"`
}

// Help is the long form of "kabar backup --help".
func (c *backupCmd) Help() string {
	return `Writes a whole and consistent copy of the database, also while "kabar run" uses it.

Example:

    kabar backup "kabar-$(date +%Y%m%d-%H%M%S).db"`
}

// Run writes the copy.
func (c *backupCmd) Run(ctx context.Context, w *world, s *settings) error {
	store, err := s.openExisting(ctx, w)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Backup(ctx, c.File); err != nil {
		return err
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return fmt.Errorf("looking at the backup: %w", err)
	}
	fmt.Fprintf(w.stderr, "Wrote %s (%.1f MB).\n", c.File, float64(info.Size())/1e6)
	return nil
}

// restoreCmd puts a copy in the place of the database.
type restoreCmd struct {
	File string `arg:"" help:"A file that \"kabar backup\" wrote." placeholder:"FILE"`
}

// Help is the long form of "kabar restore --help".
func (c *restoreCmd) Help() string {
	return `Puts a backup in the place of the database, whole or not at all. Damaged and
newer backups are refused, and so is a database that is in use: end "kabar run" first.

Example:

    kabar backup copy.db && kabar restore copy.db`
}

// Run restores the database.
func (c *restoreCmd) Run(ctx context.Context, w *world, s *settings) error {
	if _, err := os.Stat(c.File); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no backup %s", c.File)
	}
	if err := sqlite.Restore(ctx, c.File, s.DB); err != nil {
		return err
	}
	fmt.Fprintf(w.stderr, "Restored %s from %s.\n", s.DB, c.File)
	return nil
}
