package sqlite

import (
	"context"
	"fmt"
	"time"

	"kabar/storage/news"
)

// OpenEvent opens an event unless one of the same portal and cause is open;
// then only its detail and next try are renewed.
func (s *Store) OpenEvent(ctx context.Context, e news.Event) (opened bool, err error) {
	err = s.write(ctx, func(t *tx) error {
		renewed, err := t.count(ctx, `UPDATE events SET detail = ?, next_try = ?
			WHERE portal = ? AND cause = ? AND closed IS NULL`, e.Detail, milli(e.NextTry), e.Portal, e.Cause)
		if err != nil || renewed > 0 {
			return err
		}
		since := floor(e.Since)
		if since.IsZero() {
			since = t.now
		}
		opened = true
		return t.exec(ctx, `INSERT INTO events (portal, cause, detail, since, last_good, next_try)
			VALUES (?, ?, ?, ?, ?, ?)`,
			e.Portal, e.Cause, e.Detail, milli(since), milli(e.LastGood), milli(e.NextTry))
	})
	return opened && err == nil, err
}

// CloseEvent closes an open event; without one it does nothing.
func (s *Store) CloseEvent(ctx context.Context, portal, cause string, at time.Time) error {
	return s.write(ctx, func(t *tx) error {
		return t.exec(ctx, `UPDATE events SET closed = ? WHERE portal = ? AND cause = ? AND closed IS NULL`,
			at.UnixMilli(), portal, cause)
	})
}

// OpenCauses lists the causes of a portal's open events by name.
func (s *Store) OpenCauses(ctx context.Context, portal string) ([]string, error) {
	var causes []string
	err := s.query(ctx, func(scan func(...any) error) error {
		var cause string
		err := scan(&cause)
		causes = append(causes, cause)
		return err
	}, `SELECT cause FROM events WHERE portal = ? AND closed IS NULL ORDER BY cause`, portal)
	return causes, err
}

// AckEvent records that a person saw an event; the first time counts.
func (s *Store) AckEvent(ctx context.Context, id int64, at time.Time) error {
	return s.write(ctx, func(t *tx) error {
		n, err := t.count(ctx, `UPDATE events SET acked = coalesce(acked, ?) WHERE id = ?`, at.UnixMilli(), id)
		if err == nil && n == 0 {
			err = fmt.Errorf("event %d: %w", id, news.ErrNotFound)
		}
		return err
	})
}

// Events lists open events, newest first; with closed, closed ones too.
func (s *Store) Events(ctx context.Context, closed bool, limit int) ([]news.Event, error) {
	var events []news.Event
	err := s.query(ctx, func(scan func(...any) error) error {
		var e news.Event
		err := scan(&e.ID, &e.Portal, &e.Cause, &e.Detail, utc{&e.Since}, utc{&e.LastGood}, utc{&e.NextTry},
			utc{&e.Acked}, utc{&e.Closed})
		events = append(events, e)
		return err
	}, `SELECT id, portal, cause, detail, since, last_good, next_try, acked, closed FROM events
		WHERE closed IS NULL OR ? ORDER BY since DESC, id DESC LIMIT ?`, closed, limit)
	return events, err
}
