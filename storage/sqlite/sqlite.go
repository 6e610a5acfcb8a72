// Package sqlite keeps the news in one SQLite file.
//
// One connection writes, a pool of others reads beside it (write-ahead log).
// Articles are rows whose key grows with the time of publication (seq.go), so
// that every list, search included, comes newest first without sorting. Texts
// and raw pages stand packed in tables of their own to keep the others small.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"kabar/storage/news"
)

// Store keeps the news in one SQLite file. All methods may be called by many
// goroutines at once.
type Store struct {
	path   string
	now    func() time.Time
	lock   *lock // nil without the writer's role
	writer *writer
	reader *sql.DB
	close  func() error // once
}

// Option changes how a store is opened.
type Option func(*settings)

type settings struct {
	now      func() time.Time
	asWriter bool
}

// WithClock lets the store take the time from now instead of time.Now.
func WithClock(now func() time.Time) Option {
	return func(s *settings) { s.now = now }
}

// AsWriter claims the role of the one process that crawls into the database:
// a second one is refused with ErrInUse for as long as the first has it open.
// Without it a process may read and even write a little beside the crawler.
func AsWriter() Option {
	return func(s *settings) { s.asWriter = true }
}

// Open opens the database at a path and creates it when it is missing. An
// older one is brought up to date, a newer one refused with
// news.ErrNewerStore. Errors say in a sentence what to do.
func Open(ctx context.Context, path string, options ...Option) (*Store, error) {
	set := settings{now: time.Now}
	for _, option := range options {
		option(&set)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := checkPlace(path); err != nil {
		return nil, err
	}
	s := &Store{path: path, now: set.now}
	s.close = sync.OnceValue(s.closeAll)
	if set.asWriter {
		if s.lock, err = acquire(path); err != nil {
			return nil, err
		}
	}
	if err := s.connect(ctx); err != nil {
		return nil, errors.Join(explain(path, err), s.Close())
	}
	return s, nil
}

func (s *Store) connect(ctx context.Context) error {
	if err := s.upgrade(ctx); err != nil {
		return err
	}
	var err error
	if s.writer, err = openWriter(ctx, s.path); err != nil {
		return err
	}
	s.reader, err = openReaders(ctx, s.path)
	return err
}

// Close waits for what is under way and closes the database. Closing again
// does nothing.
func (s *Store) Close() error { return s.close() }

func (s *Store) closeAll() error {
	var errs []error
	if s.reader != nil {
		errs = append(errs, s.reader.Close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.release())
	}
	return errors.Join(errs...)
}

// checkPlace finds the plain mistakes that SQLite calls by one name, "unable
// to open database file".
func checkPlace(path string) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return placeError{path, "is a folder: name a file in it, such as " + filepath.Join(path, "kabar.db")}
	case err == nil && !info.Mode().IsRegular():
		return placeError{path, "is no file: name another one"}
	case err == nil:
		return nil
	case !errors.Is(err, os.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
		return placeError{path, "cannot be read (" + reason(err) + "): mend its permissions or name another file"}
	}
	folder := filepath.Dir(path)
	info, err = os.Stat(folder)
	if err != nil || !info.IsDir() {
		return placeError{path, "cannot be created: there is no folder " + folder + "; create it or name another file"}
	}
	return nil
}

// query runs a reading statement and hands over each row. Its rows are closed
// before it returns, so that no reader holds back the log.
func (s *Store) query(ctx context.Context, each func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := s.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return explain(s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return explain(s.path, rows.Err())
}

// one runs a reading statement that gives at most one row; without a row it
// returns news.ErrNotFound.
func (s *Store) one(ctx context.Context, query string, args []any, into ...any) error {
	err := s.reader.QueryRowContext(ctx, query, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return news.ErrNotFound
	}
	return explain(s.path, err)
}
