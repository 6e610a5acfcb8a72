package sqlite

import (
	"context"
	"fmt"
	"time"

	"kabar/storage/news"
)

// AddLinks queues addresses that are neither stored, nor waiting, nor settled,
// and those that were dropped and may be asked again; it returns these.
func (s *Store) AddLinks(ctx context.Context, links []news.Link) (added []news.Link, err error) {
	err = s.write(ctx, func(t *tx) error {
		for _, l := range links {
			if l.Found = floor(l.Found); l.Found.IsZero() {
				l.Found = t.now
			}
			n, err := t.insertLink(ctx, l, "", "")
			if err != nil {
				return fmt.Errorf("queueing %s: %w", l.URL, err)
			}
			if n == 0 {
				if n, err = t.revive(ctx, l); err != nil {
					return fmt.Errorf("queueing %s again: %w", l.URL, err)
				}
			}
			if n > 0 {
				added = append(added, l)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

// revive lets a link wait again that was dropped some time ago; it returns 1
// or 0.
func (t *tx) revive(ctx context.Context, l news.Link) (int64, error) {
	return t.count(ctx, `UPDATE links SET outcome = '', reason = '', tries = 0, not_before = NULL, title = ?, found = ?
		WHERE address = ? AND outcome = ? AND not_before <= ?`,
		l.Title, milli(l.Found), l.URL, string(news.LinkDropped), milli(t.now))
}

// insertLink enters a link unless its address is known; it returns 1 or 0.
func (t *tx) insertLink(ctx context.Context, l news.Link, outcome news.LinkOutcome, reason string) (int64, error) {
	p := stampColumns(tidyStamp(l.Published))
	categories, err := list(l.Categories)
	if err != nil {
		return 0, err
	}
	return t.count(ctx, `INSERT INTO links (address, portal, title,
			published, published_offset, published_precision, published_origin,
			source, post_id, categories, found, not_before, tries, outcome, reason)
		SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15
		WHERE NOT EXISTS (SELECT 1 FROM addresses WHERE address = ?1)
		ON CONFLICT DO NOTHING`,
		l.URL, l.Portal, l.Title, p[0], p[1], p[2], p[3],
		l.Source, l.PostID, categories, milli(l.Found), milli(l.NotBefore), l.Tries, string(outcome), reason)
}

// farthest is how far ahead anything is planned. What waits for a later time
// was planned by a clock that was wrong, and waits no more.
const farthest = 31 * 24 * time.Hour

// WaitingLinks lists links of a portal that may be fetched now, newest
// publication first, then in the order found.
func (s *Store) WaitingLinks(ctx context.Context, portal string, now time.Time, limit int) ([]news.Link, error) {
	var links []news.Link
	err := s.query(ctx, func(scan func(...any) error) error {
		var l news.Link
		var published storedStamp
		err := scan(&l.URL, &l.Portal, &l.Title,
			utc{&published.at}, &published.offset, &published.precision, &published.origin,
			&l.Source, &l.PostID, document{&l.Categories}, utc{&l.Found}, utc{&l.NotBefore}, &l.Tries)
		l.Published = published.stamp()
		links = append(links, l)
		return err
	}, `SELECT address, portal, title,
			published, published_offset, published_precision, published_origin,
			source, post_id, categories, found, not_before, tries
		FROM links
		WHERE portal = ?1 AND outcome = '' AND (not_before IS NULL OR not_before NOT BETWEEN ?2 + 1 AND ?3)
		ORDER BY published DESC, number LIMIT ?4`, portal, now.UnixMilli(), now.Add(farthest).UnixMilli(), limit)
	return links, err
}

// Waiting counts the links of a portal that wait and tells when the first of
// them may be fetched, zero for now and when none waits.
func (s *Store) Waiting(ctx context.Context, portal string) (n int, first time.Time, err error) {
	err = s.one(ctx, `SELECT count(*), CASE WHEN count(*) = count(not_before) THEN min(not_before) END
		FROM links WHERE portal = ? AND outcome = ''`, []any{portal}, &n, utc{&first})
	return n, first, err
}

// SettleLink records what became of a link.
func (s *Store) SettleLink(ctx context.Context, l news.Link, outcome news.LinkOutcome, reason string, notBefore time.Time) error {
	return s.write(ctx, func(t *tx) error {
		if l.Found.IsZero() {
			l.Found = t.now
		}
		if _, err := t.insertLink(ctx, l, "", ""); err != nil {
			return fmt.Errorf("settling %s: %w", l.URL, err)
		}
		if outcome == news.LinkFailed {
			return t.exec(ctx, `UPDATE links SET tries = tries + 1, reason = ?, not_before = ?
				WHERE address = ? AND outcome = ''`, reason, milli(notBefore), l.URL)
		}
		return t.exec(ctx, `UPDATE links SET outcome = ?, reason = ?, not_before = ? WHERE address = ?`,
			string(outcome), reason, milli(notBefore), l.URL)
	})
}

// Known tells which addresses are stored articles, waiting or settled; not
// those that were dropped and may be asked again.
func (s *Store) Known(ctx context.Context, addresses []string) (map[string]bool, error) {
	data, err := list(addresses)
	if err != nil {
		return nil, err
	}
	known := make(map[string]bool, len(addresses))
	if data == "" {
		return known, nil
	}
	err = s.query(ctx, func(scan func(...any) error) error {
		var address string
		err := scan(&address)
		known[address] = true
		return err
	}, `SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM addresses WHERE address = value)
		OR EXISTS (SELECT 1 FROM links WHERE address = value AND (outcome <> ? OR not_before IS NULL OR not_before > ?))`,
		data, string(news.LinkDropped), s.now().UnixMilli())
	return known, err
}
