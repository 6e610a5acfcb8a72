package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kabar/storage/news"
)

// Validators are those last saved for an address, empty when there are none.
func (s *Store) Validators(ctx context.Context, url string) (news.Validators, error) {
	var v news.Validators
	err := s.one(ctx, `SELECT etag, last_modified FROM validators WHERE url = ?`, []any{url}, &v.ETag, &v.LastModified)
	if errors.Is(err, news.ErrNotFound) {
		return news.Validators{}, nil
	}
	return v, err
}

// SaveValidators replaces the validators of an address; empty ones are
// forgotten.
func (s *Store) SaveValidators(ctx context.Context, url string, v news.Validators) error {
	return s.write(ctx, func(t *tx) error {
		if v == (news.Validators{}) {
			return t.exec(ctx, `DELETE FROM validators WHERE url = ?`, url)
		}
		return t.exec(ctx, `INSERT INTO validators (url, etag, last_modified) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified`,
			url, v.ETag, v.LastModified)
	})
}

// NotBefore is when a host may be asked again, zero for now.
func (s *Store) NotBefore(ctx context.Context, host string) (time.Time, error) {
	var at time.Time
	err := s.one(ctx, `SELECT not_before FROM hosts WHERE host = ?`, []any{host}, utc{&at})
	if errors.Is(err, news.ErrNotFound) {
		return time.Time{}, nil
	}
	return at, err
}

// SetNotBefore keeps a host from being asked before a moment; zero lifts it.
func (s *Store) SetNotBefore(ctx context.Context, host string, at time.Time) error {
	return s.write(ctx, func(t *tx) error {
		return t.exec(ctx, `INSERT INTO hosts (host, not_before) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET not_before = excluded.not_before`, host, milli(at))
	})
}

// Robots is the robots.txt last saved for an origin.
func (s *Store) Robots(ctx context.Context, origin string) (news.RobotsFile, error) {
	f := news.RobotsFile{Origin: origin}
	err := s.one(ctx, `SELECT status, body, fetched FROM robots WHERE origin = ?`, []any{origin},
		&f.Status, &f.Body, utc{&f.Fetched})
	if err != nil {
		return news.RobotsFile{}, fmt.Errorf("robots.txt of %s: %w", origin, err)
	}
	return f, nil
}

// SaveRobots replaces the robots.txt of an origin.
func (s *Store) SaveRobots(ctx context.Context, f news.RobotsFile) error {
	return s.write(ctx, func(t *tx) error {
		fetched := floor(f.Fetched)
		if fetched.IsZero() {
			fetched = t.now
		}
		return t.exec(ctx, `INSERT INTO robots (origin, status, body, fetched) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET status = excluded.status, body = excluded.body, fetched = excluded.fetched`,
			f.Origin, f.Status, append([]byte{}, f.Body...), milli(fetched))
	})
}

// LogRequests adds to the ledger.
func (s *Store) LogRequests(ctx context.Context, requests []news.Request) error {
	return s.write(ctx, func(t *tx) error {
		for _, r := range requests {
			at := floor(r.At)
			if at.IsZero() {
				at = t.now
			}
			err := t.exec(ctx, `INSERT INTO requests (at, host, url, status, bytes, reason, error)
				VALUES (?, ?, ?, ?, ?, ?, ?)`, milli(at), r.Host, r.URL, r.Status, r.Bytes, r.Reason, r.Error)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Requests lists what a host was asked, newest first; all hosts for "".
func (s *Store) Requests(ctx context.Context, host string, limit int) ([]news.Request, error) {
	where, args := `host = ?`, []any{host, limit}
	if host == "" {
		where, args = `true`, []any{limit}
	}
	var requests []news.Request
	err := s.query(ctx, func(scan func(...any) error) error {
		var r news.Request
		err := scan(utc{&r.At}, &r.Host, &r.URL, &r.Status, &r.Bytes, &r.Reason, &r.Error)
		requests = append(requests, r)
		return err
	}, `SELECT at, host, url, status, bytes, reason, error FROM requests
		WHERE `+where+` ORDER BY at DESC, number DESC LIMIT ?`, args...)
	return requests, err
}
