package sqlite

import (
	"context"
	"fmt"
	"time"

	"kabar/storage/news"
)

// Looks lists the articles of a portal that are due to be looked at again, the
// longest due first.
func (s *Store) Looks(ctx context.Context, portal string, now time.Time, limit int) ([]news.Look, error) {
	var looks []news.Look
	err := s.query(ctx, func(scan func(...any) error) error {
		var l news.Look
		err := scan(&l.ID, &l.Portal, &l.URL, &l.Looks, utc{&l.Missing}, utc{&l.Next})
		looks = append(looks, l)
		return err
	}, `SELECT a.id, a.portal, a.url, l.looks, l.missing, l.next
		FROM looks l JOIN articles a USING (seq)
		WHERE l.portal = ?1 AND l.next IS NOT NULL AND l.next NOT BETWEEN ?2 + 1 AND ?3
		ORDER BY l.next, l.seq LIMIT ?4`, portal, now.UnixMilli(), now.Add(farthest).UnixMilli(), limit)
	return looks, err
}

// SaveLook plans the next look at an article.
func (s *Store) SaveLook(ctx context.Context, look news.Look) error {
	return s.write(ctx, func(t *tx) error {
		n, err := t.count(ctx, `INSERT INTO looks (seq, portal, looks, missing, next)
			SELECT seq, portal, ?, ?, ? FROM articles WHERE id = ?
			ON CONFLICT DO UPDATE SET looks = excluded.looks, missing = excluded.missing, next = excluded.next`,
			look.Looks, milli(look.Missing), milli(look.Next), look.ID)
		if err == nil && n == 0 {
			err = fmt.Errorf("article %s: %w", look.ID, news.ErrNotFound)
		}
		return err
	})
}
