package sqlite

import (
	"context"
	"fmt"

	"kabar/storage/news"
)

// Correct replaces what was read wrongly from an article's page. It leaves no
// new version: the portal has changed nothing.
func (s *Store) Correct(ctx context.Context, a news.Article) (change news.Change, err error) {
	err = s.write(ctx, func(t *tx) error {
		change, err = t.correct(ctx, a)
		return err
	})
	if err != nil {
		return news.Change{}, fmt.Errorf("correcting article %s: %w", a.ID, err)
	}
	return change, nil
}

func (t *tx) correct(ctx context.Context, a news.Article) (news.Change, error) {
	old, err := t.readByID(ctx, a.ID)
	if err != nil {
		return news.Change{}, err
	}
	if old.Version != a.Version {
		return news.Change{}, news.ErrOutdated
	}
	next := corrected(old, tidy(a, t.now))
	if !revised(&old, &next) && !amended(&old, &next) {
		return t.same(&old), nil
	}
	if err := t.rewrite(ctx, &old, &next, true); err != nil {
		return news.Change{}, err
	}
	return t.log(ctx, &next, news.Amended)
}

// corrected is a stored article with what a better reading of the same page
// says.
func corrected(old, in news.Article) news.Article {
	next := old
	next.Title, next.Body, next.Lead = in.Title, in.Body, in.Lead
	next.Byline, next.Authors, next.Place, next.Agency = in.Byline, in.Authors, in.Place, in.Agency
	next.Published, next.Modified = in.Published, in.Modified
	next.Categories, next.Regions, next.Doubts = in.Categories, in.Regions, in.Doubts
	return next
}
