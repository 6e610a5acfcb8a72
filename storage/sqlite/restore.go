package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Restore puts a backup in the place of the database at target, whole or not
// at all. It refuses a damaged or newer backup, and a target that a process
// has open.
func Restore(ctx context.Context, backup, target string) error {
	target, err := filepath.Abs(target)
	if err != nil {
		return err
	}
	if err := checkBackup(ctx, backup); err != nil {
		return fmt.Errorf("restoring from %s: %w", backup, err)
	}
	if err := checkPlace(target); err != nil {
		return err
	}
	held, err := acquire(target)
	if err != nil {
		return err
	}
	defer held.release()
	part := target + ".part"
	if err := copyFile(backup, part); err != nil {
		return fmt.Errorf("restoring %s: %w", target, err)
	}
	if err := quiet(ctx, target); err != nil {
		os.Remove(part)
		return err
	}
	if err := os.Rename(part, target); err != nil {
		return err
	}
	return syncFile(filepath.Dir(target))
}

// checkBackup refuses what could not be opened afterwards.
func checkBackup(ctx context.Context, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return placeError{path, "cannot be read (" + reason(err) + "): name a file that `kabar backup` wrote"}
	}
	if !info.Mode().IsRegular() || info.Size() == 0 {
		return placeError{path, "is no backup: name a file that `kabar backup` wrote"}
	}
	db, err := sql.Open("sqlite", dsn(path, "ro", readerCache))
	if err != nil {
		return err
	}
	defer db.Close()
	return explainBackup(path, inspect(ctx, db, path))
}

func explainBackup(path string, err error) error {
	var known storeError
	if err = explain(path, err); errors.As(err, &known) {
		return placeError{path, "is no sound backup (" + known.cause.Error() + "): name another one"}
	}
	return err
}

func inspect(ctx context.Context, db *sql.DB, path string) error {
	provider, err := newProvider(db)
	if err != nil {
		return err
	}
	if _, err := behind(ctx, db, provider, path); err != nil {
		return err
	}
	var verdict string
	if err := db.QueryRowContext(ctx, `SELECT integrity_check FROM pragma_integrity_check LIMIT 1`).Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return placeError{path, "is damaged (" + verdict + "): name another backup"}
	}
	return nil
}

// quiet brings everything of the old database into its one file, which SQLite
// does only when nobody else has it open: a log left beside would be applied
// to the new one. A database too damaged for that is read by nobody; its log
// goes.
func quiet(ctx context.Context, target string) error {
	if _, err := os.Stat(target); errors.Is(err, os.ErrNotExist) {
		return removeLog(target)
	}
	db, err := sql.Open("sqlite", dsn(target, "rw", readerCache))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var mode string
	err = db.QueryRowContext(ctx, `PRAGMA journal_mode = DELETE`).Scan(&mode)
	var busy storeError
	switch known := explain(target, err); {
	case err == nil && mode == "delete":
		return nil
	case err == nil || isBusy(err):
		return fmt.Errorf("%s: %w: stop every kabar that has it open, and try again", target, ErrInUse)
	case errors.As(known, &busy) && isDamage(err):
		return removeLog(target)
	default:
		return known
	}
}

func removeLog(target string) error {
	for _, name := range []string{target + "-wal", target + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() {
		if problem := out.Close(); err == nil {
			err = problem
		}
	}()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Sync()
}
