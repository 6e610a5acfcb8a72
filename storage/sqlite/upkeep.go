package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"kabar/storage/news"
)

// Backup writes a consistent copy of the database to a new file, while others
// read and write. The copy appears under its name when it is whole.
func (s *Store) Backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return placeError{path, "exists already: name a new file for the backup"}
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := s.copyInto(ctx, part); err != nil {
		os.Remove(part)
		return fmt.Errorf("writing the backup: %w", explain(path, err))
	}
	if err := syncFile(part); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return syncFile(filepath.Dir(path))
}

// copyInto writes a packed copy. It takes a connection of its own: readers may
// not write, not even another file, and the writer has other things to do.
func (s *Store) copyInto(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", dsn(s.path, "rw", readerCache))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, path)
	return err
}

// syncFile brings a file or folder safely to the disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// Stats tells sizes and counts without reading through the tables.
func (s *Store) Stats(ctx context.Context) (news.Stats, error) {
	var st news.Stats
	err := s.one(ctx, `SELECT
		(SELECT n FROM counts WHERE name = 'articles'), (SELECT n FROM counts WHERE name = 'versions'),
		(SELECT count(*) FROM portals WHERE removed IS NULL),
		(SELECT n FROM counts WHERE name = 'waiting'), (SELECT n FROM counts WHERE name = 'pages'),
		(SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)`, nil,
		&st.Articles, &st.Versions, &st.Portals, &st.Waiting, &st.RawPages, &st.Bytes)
	return st, err
}

// pruneStep is the number of rows that are forgotten in one transaction.
const pruneStep = 500

// Prune forgets raw pages, requests and robots files from before a moment, and
// visits and sketches that are of no more use.
func (s *Store) Prune(ctx context.Context, before time.Time) error {
	oldest := s.now().Add(-sketchAge)
	if before.Before(oldest) {
		oldest = before
	}
	for _, old := range []struct {
		statement string
		bound     int64
	}{
		{`DELETE FROM pages WHERE number IN (SELECT number FROM pages WHERE fetched < ? LIMIT ?)`, before.UnixMilli()},
		{`DELETE FROM requests WHERE number IN (SELECT number FROM requests WHERE at < ? LIMIT ?)`, before.UnixMilli()},
		{`DELETE FROM robots WHERE origin IN (SELECT origin FROM robots WHERE fetched < ? LIMIT ?)`, before.UnixMilli()},
		{`DELETE FROM visits WHERE number IN (SELECT number FROM visits
			WHERE number < (SELECT number FROM visits WHERE ended >= ? ORDER BY number LIMIT 1) ORDER BY number LIMIT ?)`, oldest.UnixMilli()},
		{`DELETE FROM sketches WHERE number IN (SELECT number FROM sketches WHERE seq < ? LIMIT ?)`, firstSeq(oldest)},
	} {
		for n := int64(pruneStep); n == pruneStep; {
			err := s.write(ctx, func(t *tx) (err error) {
				n, err = t.count(ctx, old.statement, old.bound, pruneStep)
				return err
			})
			if err != nil {
				return fmt.Errorf("forgetting old pages, requests and visits: %w", err)
			}
		}
	}
	return nil
}
