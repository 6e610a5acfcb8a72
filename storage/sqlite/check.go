package sqlite

import (
	"context"
	"fmt"
)

// checks are conditions that hold in a sound database: each counts the rows
// that break one, and says what that means.
var checks = []struct{ query, meaning string }{
	{`SELECT count(*) FROM articles WHERE seq NOT IN (SELECT seq FROM texts)`,
		"articles without a text"},
	{`SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM addresses d WHERE d.address = a.url AND d.seq = a.seq)`,
		"articles that are not found by their address"},
	{`SELECT count(*) FROM (SELECT id FROM search_docsize EXCEPT SELECT seq FROM articles)`,
		"entries of the search index without an article"},
	{`SELECT count(*) FROM (SELECT seq FROM articles EXCEPT SELECT id FROM search_docsize)`,
		"articles missing in the search index"},
	{`SELECT coalesce(max(number), 0) - count(*) FROM changes`,
		"gaps in the log of changes"},
	{`SELECT abs((SELECT count(*) FROM articles) - (SELECT n FROM counts WHERE name = 'articles'))`,
		"articles counted wrongly"},
	{`SELECT abs((SELECT count(*) FROM links WHERE outcome = '') - (SELECT n FROM counts WHERE name = 'waiting'))`,
		"waiting links counted wrongly"},
	{`SELECT count(*) FROM (SELECT 'portal:' || portal AS name, sum(quarantine = '') AS n FROM articles GROUP BY portal
		EXCEPT SELECT name, n FROM counts)`,
		"portals with a wrong count of articles"},
}

// Check looks for damage and says what is wrong in plain words; it reads the
// whole database. It takes a connection of its own: the integrity check of the
// search index trusts what a connection remembers of it from earlier
// statements, and takes the writes of others since then for damage.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	db, err := openReaders(ctx, s.path)
	if err != nil {
		return nil, explain(s.path, err)
	}
	defer db.Close()
	fresh := &Store{path: s.path, reader: db}
	return fresh.check(ctx)
}

func (s *Store) check(ctx context.Context) ([]string, error) {
	found, err := s.integrity(ctx)
	if err != nil || len(found) > 0 {
		return found, err
	}
	if err := s.query(ctx, func(scan func(...any) error) error {
		if _, err := scanArticle(scan); err != nil {
			found = append(found, err.Error())
		}
		return nil
	}, `SELECT `+articleColumns+` FROM articles a JOIN texts x USING (seq)`); err != nil {
		return found, err
	}
	for _, check := range checks {
		var n int64
		if err := s.one(ctx, check.query, nil, &n); err != nil {
			return found, err
		}
		if n != 0 {
			found = append(found, fmt.Sprintf("%d %s", n, check.meaning))
		}
	}
	return found, nil
}

func (s *Store) integrity(ctx context.Context) ([]string, error) {
	var found []string
	for _, pragma := range []string{`SELECT integrity_check FROM pragma_integrity_check`,
		`SELECT 'a row of ' || "table" || ' refers to one of ' || parent || ' that is not there' FROM pragma_foreign_key_check`} {
		err := s.query(ctx, func(scan func(...any) error) error {
			var line string
			err := scan(&line)
			if line != "ok" {
				found = append(found, "the file is damaged: "+line)
			}
			return err
		}, pragma)
		if err != nil {
			return found, err
		}
	}
	return found, nil
}
