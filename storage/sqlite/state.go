package sqlite

import (
	"context"
	"fmt"
	"time"

	"kabar/storage/news"
)

// MarkGone records that the portal took an article away.
func (s *Store) MarkGone(ctx context.Context, id string, at time.Time) error {
	return s.change(ctx, id, func(a *news.Article) news.ChangeKind {
		if !a.GoneSince.IsZero() {
			return news.Same
		}
		a.GoneSince = floor(at)
		if at.IsZero() {
			a.GoneSince = floor(s.now())
		}
		return news.Gone
	})
}

// MarkBack records that the portal put an article up again.
func (s *Store) MarkBack(ctx context.Context, id string, at time.Time) error {
	return s.change(ctx, id, func(a *news.Article) news.ChangeKind {
		if a.GoneSince.IsZero() {
			return news.Same
		}
		a.GoneSince = time.Time{}
		if at = floor(at); at.After(a.LastSeen) {
			a.LastSeen = at
		}
		return news.Back
	})
}

// Release ends a quarantine. The article is not held back again.
func (s *Store) Release(ctx context.Context, id string) error {
	return s.write(ctx, func(t *tx) error {
		err := t.change(ctx, id, func(a *news.Article) news.ChangeKind {
			if a.Quarantine == "" {
				return news.Same
			}
			a.Quarantine = ""
			return news.Released
		})
		if err != nil {
			return err
		}
		return t.exec(ctx, `UPDATE articles SET released = ? WHERE id = ? AND released IS NULL`, milli(t.now), id)
	})
}

// SetCluster says which articles tell the same text.
func (s *Store) SetCluster(ctx context.Context, cluster string, ids []string) error {
	return s.write(ctx, func(t *tx) error {
		for _, id := range ids {
			if err := t.setCluster(ctx, id, cluster); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) setCluster(ctx context.Context, id, cluster string) error {
	return t.change(ctx, id, func(a *news.Article) news.ChangeKind {
		if a.Cluster == cluster {
			return news.Same
		}
		a.Cluster = cluster
		return news.Amended
	})
}

func (s *Store) change(ctx context.Context, id string, do func(*news.Article) news.ChangeKind) error {
	return s.write(ctx, func(t *tx) error { return t.change(ctx, id, do) })
}

// change lets do alter the state of an article and logs what do says it was;
// news.Same leaves everything as it is.
func (t *tx) change(ctx context.Context, id string, do func(*news.Article) news.ChangeKind) error {
	a, err := t.readByID(ctx, id)
	if err != nil {
		return err
	}
	before := marks(&a)
	kind := do(&a)
	if kind == news.Same {
		return nil
	}
	a.Changed = t.now
	if err := t.updateRow(ctx, &a); err != nil {
		return fmt.Errorf("changing article %s: %w", id, err)
	}
	if marks(&a) != before {
		if err := t.unindex(ctx, a.Seq); err != nil {
			return err
		}
		if err := t.index(ctx, &a); err != nil {
			return err
		}
	}
	_, err = t.log(ctx, &a, kind)
	return err
}

// HeldBack lists the newest articles in quarantine without what they say: only
// ID, Seq, Portal, Categories, Regions, FirstSeen, Updated and Changed are set.
func (s *Store) HeldBack(ctx context.Context, limit int) ([]news.Article, error) {
	var list []news.Article
	err := s.query(ctx, func(scan func(...any) error) error {
		var a news.Article
		err := scan(&a.ID, &a.Seq, &a.Portal, document{&a.Categories}, document{&a.Regions},
			utc{&a.FirstSeen}, utc{&a.Updated}, utc{&a.Changed})
		list = append(list, a)
		return err
	}, `SELECT id, seq, portal, categories, regions, first_seen, updated, changed
		FROM articles INDEXED BY articles_quarantined
		WHERE quarantine <> '' ORDER BY seq DESC LIMIT ?`, limit)
	return list, err
}
