package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"kabar/storage/news"
)

const (
	// sketchAge is how long sketches are kept at least.
	sketchAge = 31 * 24 * time.Hour
	// maxAlike bounds how many texts with one mark are looked at, the newest
	// ones: what stands below every article of a large portal is no trace.
	maxAlike = 400
	// fewMarks is the least number of common marks that make a neighbor.
	fewMarks = 2
)

// SaveSketch keeps the marks of an article's text in the place of older ones.
func (s *Store) SaveSketch(ctx context.Context, id string, marks []uint32) error {
	data, err := json.Marshal(append([]uint32{}, marks...))
	if err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		var seq int64
		found, err := t.one(ctx, `SELECT seq FROM articles WHERE id = ?`, []any{id}, &seq)
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("article %s: %w", id, news.ErrNotFound)
		}
		if err := t.exec(ctx, `DELETE FROM sketches WHERE seq = ? AND marks <> ?`, seq, string(data)); err != nil {
			return err
		}
		added, err := t.count(ctx, `INSERT INTO sketches (seq, marks) VALUES (?, ?) ON CONFLICT (seq) DO NOTHING`, seq, string(data))
		if err != nil || added == 0 {
			return err
		}
		return t.exec(ctx, `INSERT INTO sketch_marks (mark, sketch)
			SELECT DISTINCT m.value, s.number FROM sketches s, json_each(s.marks) m WHERE s.seq = ?`, seq)
	})
}

// Near lists the articles that share marks with a text, most shared first.
func (s *Store) Near(ctx context.Context, marks []uint32, since time.Time, limit int) ([]news.Neighbor, error) {
	if len(marks) == 0 {
		return nil, nil
	}
	marks = slices.Compact(slices.Sorted(slices.Values(marks)))
	var parts []string
	var args []any
	for _, mark := range marks {
		parts = append(parts, `SELECT * FROM (SELECT sketch FROM sketch_marks WHERE mark = ? ORDER BY sketch DESC LIMIT ?)`)
		args = append(args, mark, maxAlike)
	}
	var near []news.Neighbor
	err := s.query(ctx, func(scan func(...any) error) error {
		var n news.Neighbor
		err := scan(&n.ID, &n.Shared)
		near = append(near, n)
		return err
	}, `WITH alike AS MATERIALIZED (SELECT sketch, count(*) AS shared FROM (`+strings.Join(parts, " UNION ALL ")+`)
			GROUP BY sketch HAVING count(*) >= ?)
		SELECT a.id, alike.shared
		FROM alike CROSS JOIN sketches s ON s.number = alike.sketch CROSS JOIN articles a ON a.seq = s.seq
		WHERE a.seq >= ? AND a.quarantine = ''
		ORDER BY alike.shared DESC, a.seq LIMIT ?`,
		append(args, fewMarks, firstSeq(since), limit)...)
	return near, err
}

// Join makes one cluster of articles and of all that share a cluster with one
// of them.
func (s *Store) Join(ctx context.Context, ids []string) (cluster string, err error) {
	err = s.write(ctx, func(t *tx) error {
		members, err := t.members(ctx, ids)
		if err != nil || len(members) < 2 {
			return err
		}
		cluster = members[0]
		for _, id := range members {
			if err := t.setCluster(ctx, id, cluster); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	return cluster, nil
}

// members lists articles and those that share a cluster with them by ID, the
// first published one first.
func (t *tx) members(ctx context.Context, ids []string) ([]string, error) {
	data, err := list(ids)
	if err != nil {
		return nil, err
	}
	var members []string
	err = t.all(ctx, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		members = append(members, id)
		return err
	}, `WITH named AS (SELECT seq, cluster FROM articles WHERE id IN (SELECT value FROM json_each(?)))
		SELECT id FROM articles WHERE seq IN (SELECT seq FROM named
			UNION SELECT a.seq FROM named n JOIN articles a ON a.cluster = n.cluster AND a.cluster <> '')
		ORDER BY seq`, data)
	return members, err
}
