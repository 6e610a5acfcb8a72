package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// writer is the one connection that writes. Its statements are prepared once
// for all transactions: preparing costs more than most of them take to run.
type writer struct {
	db   *sql.DB
	turn chan struct{} // held by the goroutine that uses what follows
	conn *sql.Conn
	kept map[string]*sql.Stmt
}

func openWriter(ctx context.Context, path string) (*writer, error) {
	db, err := sql.Open("sqlite", dsn(path, "rwc", writerCache))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err != nil {
		db.Close()
		return nil, err
	}
	return &writer{db: db, turn: make(chan struct{}, 1), conn: conn, kept: map[string]*sql.Stmt{}}, nil
}

func (w *writer) close() error {
	w.turn <- struct{}{}
	defer func() { <-w.turn }()
	var errs []error
	for _, stmt := range w.kept {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, w.conn.Close(), w.db.Close())...)
}

// tx is a writing transaction.
type tx struct {
	w   *writer
	now time.Time // UTC, one moment for all of it
}

// write runs do in a transaction that has the database for itself from its
// beginning: one that reads first and wants to write later can fail at once
// when another process writes between. An error of do undoes everything.
func (s *Store) write(ctx context.Context, do func(*tx) error) error {
	select {
	case s.writer.turn <- struct{}{}:
		defer func() { <-s.writer.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	t := &tx{w: s.writer, now: floor(s.now())}
	if err := t.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return explain(s.path, err)
	}
	err := do(t)
	if err == nil {
		err = t.exec(ctx, "COMMIT")
	}
	if err != nil {
		t.undo(ctx)
	}
	return explain(s.path, err)
}

// undo ends the transaction even when ctx has ended. SQLite may have undone it
// already, as it does when the disk is full; then there is nothing to undo and
// the error says no more than that.
func (t *tx) undo(ctx context.Context) {
	_ = t.exec(context.WithoutCancel(ctx), "ROLLBACK")
}

func (t *tx) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt, ok := t.w.kept[query]; ok {
		return stmt, nil
	}
	stmt, err := t.w.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("preparing %q: %w", query, err)
	}
	t.w.kept[query] = stmt
	return stmt, nil
}

func (t *tx) exec(ctx context.Context, query string, args ...any) error {
	_, err := t.count(ctx, query, args...)
	return err
}

// count is exec that tells how many rows were changed.
func (t *tx) count(ctx context.Context, query string, args ...any) (int64, error) {
	stmt, err := t.prepare(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// one reads at most one row and tells whether there was one.
func (t *tx) one(ctx context.Context, query string, args []any, into ...any) (bool, error) {
	stmt, err := t.prepare(ctx, query)
	if err != nil {
		return false, err
	}
	err = stmt.QueryRowContext(ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// all reads rows.
func (t *tx) all(ctx context.Context, each func(scan func(...any) error) error, query string, args ...any) error {
	stmt, err := t.prepare(ctx, query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
