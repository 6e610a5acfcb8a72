package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/pressly/goose/v3"

	"kabar/storage/news"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks a file as ours (migrations/00001).
const applicationID = 0x6b616261

// upgrade brings the database to the newest form, in one transaction a step.
// Only a holder of the writer's role may: a crawler of an older version must
// not find its tables changed while it runs.
func (s *Store) upgrade(ctx context.Context) error {
	locked := s.lock != nil
	if !locked && lacksLog(s.path) {
		held, err := acquirePatiently(ctx, s.path)
		if err != nil {
			return err
		}
		defer held.release()
		locked = true
	}
	db, err := sql.Open("sqlite", dsn(s.path, "rwc", readerCache))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	return upgrade(ctx, db, s.path, locked)
}

// lacksLog tells whether the file is a database, or will be one, that has not
// been switched to the write-ahead log (byte 18 of its header, "Database File
// Format", 1.3). Two connections that switch it at once fail each other
// without waiting, so only one may.
func lacksLog(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	defer file.Close()
	var head [19]byte
	n, _ := io.ReadFull(file, head[:]) // SQLite tells what is wrong with a file that cannot be read
	return n == 0 || n == len(head) && string(head[:16]) == "SQLite format 3\x00" && head[18] != 2
}

func upgrade(ctx context.Context, db *sql.DB, path string, locked bool) error {
	provider, err := newProvider(db)
	if err != nil {
		return err
	}
	pending, err := behind(ctx, db, provider, path)
	if err != nil || !pending {
		return err
	}
	if !locked {
		held, err := acquirePatiently(ctx, path)
		if err != nil {
			return err
		}
		defer held.release()
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("bringing %s up to date: %w", path, err)
	}
	return nil
}

func newProvider(db *sql.DB) (*goose.Provider, error) {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, db, steps,
		goose.WithDisableGlobalRegistry(true), goose.WithDisableVersioning(false))
}

// behind tells whether steps are to be taken. A file of another program and a
// newer database are errors.
func behind(ctx context.Context, db *sql.DB, provider *goose.Provider, path string) (bool, error) {
	sources := provider.ListSources()
	newest := sources[len(sources)-1].Version
	version, err := formOf(ctx, db, path)
	if err != nil {
		return false, err
	}
	if version > newest {
		return false, fmt.Errorf("%s: %w (its form is %d, this program knows up to %d): use the newer kabar, or name another database",
			path, news.ErrNewerStore, version, newest)
	}
	return version < newest, nil
}

// formOf is the number of the last step taken, 0 for an empty file.
func formOf(ctx context.Context, db *sql.DB, path string) (int64, error) {
	var application, tables, stepped int64
	err := db.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT count(*) FROM sqlite_schema),
		(SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version')`).Scan(&application, &tables, &stepped)
	if err != nil {
		return 0, err
	}
	if tables > 0 && (stepped == 0 || application != applicationID && application != 0) {
		return 0, placeError{path, "is a database of another program: name another file"}
	}
	if stepped == 0 {
		return 0, nil
	}
	var version int64
	err = db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&version)
	return version, err
}

// acquirePatiently waits a little for another process that is upgrading, too.
func acquirePatiently(ctx context.Context, path string) (*lock, error) {
	deadline := time.Now().Add(5 * time.Second)
	for {
		held, err := acquire(path)
		if !errors.Is(err, ErrInUse) || time.Now().After(deadline) {
			return held, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}
