package sqlite

import (
	"context"
	"slices"

	"kabar/storage/news"
)

// identify finds the stored article that a reading is about, 0 when there is
// none. It asks from the surest to the least sure: its ID, an address, the
// number that the portal's own system gave it, an equal long text.
func (t *tx) identify(ctx context.Context, a *news.Article) (seq int64, err error) {
	if a.ID != "" {
		if found, err := t.one(ctx, `SELECT seq FROM articles WHERE id = ?`, []any{a.ID}, &seq); err != nil || found {
			return seq, err
		}
	}
	for _, address := range append([]string{a.URL}, a.Aliases...) {
		if found, err := t.one(ctx, `SELECT seq FROM addresses WHERE address = ?`, []any{address}, &seq); err != nil || found {
			return seq, err
		}
	}
	if a.PostID != "" {
		found, err := t.one(ctx, `SELECT seq FROM articles WHERE portal = ? AND post_id = ? AND post_id <> ''
			ORDER BY seq LIMIT 1`, []any{a.Portal, a.PostID}, &seq)
		if err != nil || found {
			return seq, err
		}
	}
	return t.identifyByText(ctx, a)
}

// identifyByText leads a reading back to an article of the same portal with
// the same long text. The text alone does not prove it: what stands on every
// page (a notice taken for the body) would make one article of them all. Title
// or minute of publication must be the same as well, and the portal's own
// numbers must not tell them apart.
func (t *tx) identifyByText(ctx context.Context, a *news.Article) (seq int64, err error) {
	hash, long := textHash(a.Text())
	if !long {
		return 0, nil
	}
	minute := any(nil)
	if a.Published.HasClock() {
		minute = a.Published.Time.UnixMilli() / 60_000
	}
	_, err = t.one(ctx, `SELECT seq FROM articles
		WHERE portal = ? AND text_hash = ? AND text_hash IS NOT NULL
			AND (post_id = '' OR ? = '')
			AND (title = ? OR published / 60000 = ? AND published_precision IN ('second', 'minute'))
		ORDER BY seq LIMIT 1`, []any{a.Portal, hash, a.PostID, a.Title, minute}, &seq)
	return seq, err
}

// claimAddresses enters the addresses of an article, as far as they are not
// another's: then they are struck from this one. Links that wait for them are
// settled.
func (t *tx) claimAddresses(ctx context.Context, a *news.Article) error {
	var mine []string
	for _, address := range append([]string{a.URL}, a.Aliases...) {
		owner := a.Seq
		taken, err := t.one(ctx, `SELECT seq FROM addresses WHERE address = ?`, []any{address}, &owner)
		if err != nil {
			return err
		}
		if owner != a.Seq {
			continue
		}
		mine = append(mine, address)
		if taken {
			continue
		}
		if err := t.exec(ctx, `INSERT INTO addresses (address, seq) VALUES (?, ?)`, address, a.Seq); err != nil {
			return err
		}
		if err := t.exec(ctx, `DELETE FROM links WHERE address = ?`, address); err != nil {
			return err
		}
	}
	if !slices.Contains(mine, a.URL) && len(mine) > 0 {
		a.URL = mine[0]
	}
	a.Aliases = otherAddresses(a.URL, mine)
	return nil
}
