package sqlite

import (
	"context"
	"errors"
	"time"

	"kabar/storage/news"
)

// Changes lists what happened after a number, oldest first.
func (s *Store) Changes(ctx context.Context, after int64, limit int) ([]news.Change, error) {
	var changes []news.Change
	err := s.query(ctx, func(scan func(...any) error) error {
		var c news.Change
		err := scan(&c.Number, utc{&c.At}, &c.ID, &c.Seq, &c.Portal, &c.Kind, &c.Version)
		changes = append(changes, c)
		return err
	}, `SELECT number, at, id, seq, portal, kind, version FROM changes
		WHERE number > ? ORDER BY number LIMIT ?`, after, limit)
	return changes, err
}

// LastChange is the newest number, 0 in an empty store.
func (s *Store) LastChange(ctx context.Context) (int64, error) {
	var last int64
	err := s.one(ctx, `SELECT coalesce(max(number), 0) FROM changes`, nil, &last)
	return last, err
}

// LastForgotten is when articles were last removed with their portal, zero for
// never.
func (s *Store) LastForgotten(ctx context.Context) (time.Time, error) {
	var at time.Time
	err := s.one(ctx, `SELECT at FROM changes INDEXED BY changes_forgotten
		WHERE kind = 'forgotten' ORDER BY number DESC LIMIT 1`, nil, utc{&at})
	if errors.Is(err, news.ErrNotFound) {
		return time.Time{}, nil
	}
	return at, err
}
