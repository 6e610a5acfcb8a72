package sqlite

import (
	"context"
	"fmt"

	"kabar/storage/news"
)

// purgeStep is the number of articles that are forgotten in one transaction,
// so that others can write in between.
const purgeStep = 200

// RemovePortal forgets a portal and what waits for it; with purge everything
// it gave as well. A purge that is broken off can be done again.
func (s *Store) RemovePortal(ctx context.Context, id string, purge bool) error {
	for more := purge; more; {
		err := s.write(ctx, func(t *tx) (err error) {
			more, err = t.purgeArticles(ctx, id)
			return err
		})
		if err != nil {
			return fmt.Errorf("removing the articles of portal %s: %w", id, err)
		}
	}
	return s.write(ctx, func(t *tx) error {
		statements := []string{
			`DELETE FROM portals WHERE id = ?`,
			`DELETE FROM links WHERE portal = ? AND outcome = ''`,
			`DELETE FROM templates WHERE portal = ?`,
			`DELETE FROM events WHERE portal = ?`,
		}
		if purge {
			statements = append(statements,
				`DELETE FROM links WHERE portal = ?`,
				`DELETE FROM pages WHERE portal = ?`,
				`DELETE FROM visits WHERE portal = ?`)
		}
		for _, statement := range statements {
			if err := t.exec(ctx, statement, id); err != nil {
				return fmt.Errorf("removing portal %s: %w", id, err)
			}
		}
		return nil
	})
}

// purgeArticles forgets some articles of a portal and tells whether there may
// be more. Feeds learn of each by a change.
func (t *tx) purgeArticles(ctx context.Context, portal string) (more bool, err error) {
	var doomed []news.Article
	err = t.all(ctx, func(scan func(...any) error) error {
		var a news.Article
		err := scan(&a.Seq, &a.ID, &a.Portal, &a.Version)
		doomed = append(doomed, a)
		return err
	}, `SELECT seq, id, portal, version FROM articles WHERE portal = ? ORDER BY seq LIMIT ?`, portal, purgeStep)
	if err != nil {
		return false, err
	}
	for i := range doomed {
		a := &doomed[i]
		if err := t.unindex(ctx, a.Seq); err != nil {
			return false, err
		}
		if err := t.exec(ctx, `DELETE FROM articles WHERE seq = ?`, a.Seq); err != nil {
			return false, err
		}
		if _, err := t.log(ctx, a, news.Forgotten); err != nil {
			return false, err
		}
	}
	return len(doomed) == purgeStep, nil
}
