package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"kabar/storage/news"
)

// Save keeps articles: new ones, and what another reading of a stored one
// brings.
func (s *Store) Save(ctx context.Context, articles ...news.Article) ([]news.Change, error) {
	changes := make([]news.Change, len(articles))
	err := s.write(ctx, func(t *tx) error {
		for i, a := range articles {
			change, err := t.save(ctx, a)
			if err != nil {
				return fmt.Errorf("saving %s: %w", a.URL, err)
			}
			changes[i] = change
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return changes, nil
}

func (t *tx) save(ctx context.Context, a news.Article) (news.Change, error) {
	if a.Portal == "" || a.URL == "" {
		return news.Change{}, errors.New("an article needs a portal and an address")
	}
	a = tidy(a, t.now)
	seq, err := t.identify(ctx, &a)
	if err != nil {
		return news.Change{}, err
	}
	if seq == 0 {
		return t.add(ctx, a)
	}
	return t.renew(ctx, seq, a)
}

// add keeps an article that was never seen before.
func (t *tx) add(ctx context.Context, a news.Article) (news.Change, error) {
	if a.ID == "" {
		a.ID = uuid.New().URN()
	}
	a.Version, a.Updated, a.Changed = 1, a.FirstSeen, t.now
	var err error
	if a.Seq, err = t.mintSeq(ctx, &a); err != nil {
		return news.Change{}, err
	}
	packed, err := packBody(a.Body)
	if err != nil {
		return news.Change{}, err
	}
	if err := t.insertRow(ctx, &a); err != nil {
		return news.Change{}, err
	}
	if err := t.exec(ctx, `INSERT INTO texts (seq, body) VALUES (?, ?)`, a.Seq, packed); err != nil {
		return news.Change{}, err
	}
	if err := t.index(ctx, &a); err != nil {
		return news.Change{}, err
	}
	if err := t.claimAddresses(ctx, &a); err != nil {
		return news.Change{}, err
	}
	kind := news.Added
	if a.Quarantine != "" {
		kind = news.Quarantined
	}
	return t.log(ctx, &a, kind)
}

// renew keeps what another reading says about a stored article.
func (t *tx) renew(ctx context.Context, seq int64, in news.Article) (news.Change, error) {
	old, err := t.read(ctx, seq)
	if err != nil {
		return news.Change{}, err
	}
	var released bool
	if _, err := t.one(ctx, `SELECT released IS NOT NULL FROM articles WHERE seq = ?`, []any{seq}, &released); err != nil {
		return news.Change{}, err
	}
	next := merge(old, in, released)
	if err := t.claimAddresses(ctx, &next); err != nil {
		return news.Change{}, err
	}
	kinds := differences(&old, &next)
	if len(kinds) == 0 && slices.Equal(old.Aliases, next.Aliases) && old.PostID == next.PostID {
		return t.seenAgain(ctx, &next)
	}
	if slices.Contains(kinds, news.Revised) {
		if err := t.keepVersion(ctx, seq); err != nil {
			return news.Change{}, err
		}
		next.Version++
		next.Updated = t.now
	}
	if err := t.rewrite(ctx, &old, &next, len(kinds) > 0); err != nil {
		return news.Change{}, err
	}
	last := t.same(&next)
	for _, kind := range kinds {
		if last, err = t.log(ctx, &next, kind); err != nil {
			return news.Change{}, err
		}
	}
	return last, nil
}

// differences are the changes that lead from one state to the next, the
// weightiest last: that one is the answer of a save.
func differences(old, next *news.Article) []news.ChangeKind {
	var kinds []news.ChangeKind
	if !old.GoneSince.IsZero() && next.GoneSince.IsZero() {
		kinds = append(kinds, news.Back)
	}
	switch {
	case revised(old, next):
		kinds = append(kinds, news.Revised)
	case amended(old, next):
		kinds = append(kinds, news.Amended)
	}
	if old.Quarantine == "" && next.Quarantine != "" {
		kinds = append(kinds, news.Quarantined)
	}
	return kinds
}

func (t *tx) same(a *news.Article) news.Change {
	return news.Change{At: t.now, ID: a.ID, Seq: a.Seq, Portal: a.Portal, Kind: news.Same, Version: a.Version}
}

func (t *tx) seenAgain(ctx context.Context, a *news.Article) (news.Change, error) {
	err := t.exec(ctx, `UPDATE articles SET last_seen = ? WHERE seq = ? AND last_seen < ?`,
		milli(a.LastSeen), a.Seq, milli(a.LastSeen))
	return t.same(a), err
}

// keepVersion puts the present text aside before an edit replaces it.
func (t *tx) keepVersion(ctx context.Context, seq int64) error {
	return t.exec(ctx, `INSERT INTO versions (seq, number, seen, title, body)
		SELECT seq, a.version, a.updated, a.title, x.body FROM articles a JOIN texts x USING (seq) WHERE seq = ?`, seq)
}

// rewrite replaces the row of an article, its text and its index entry. An
// article whose time of publication was corrected gets another place.
func (t *tx) rewrite(ctx context.Context, old, next *news.Article, visibly bool) error {
	if visibly {
		next.Changed = t.now
		if err := t.unindex(ctx, old.Seq); err != nil {
			return err
		}
	}
	if !orderTime(old).Equal(orderTime(next)) {
		if err := t.move(ctx, old.Seq, next); err != nil {
			return err
		}
	}
	if err := t.updateRow(ctx, next); err != nil || !visibly {
		return err
	}
	packed, err := packBody(next.Body)
	if err != nil {
		return err
	}
	if err := t.exec(ctx, `UPDATE texts SET body = ? WHERE seq = ?`, packed, next.Seq); err != nil {
		return err
	}
	return t.index(ctx, next)
}

// move gives an article a new place; the tables that refer to it follow.
func (t *tx) move(ctx context.Context, from int64, a *news.Article) error {
	seq, err := t.mintSeq(ctx, a)
	if err != nil {
		return err
	}
	a.Seq = seq
	return t.exec(ctx, `UPDATE articles SET seq = ? WHERE seq = ?`, seq, from)
}

// log numbers a change and keeps it. Numbers have no gaps: they are given
// within the transaction that is the only one writing.
func (t *tx) log(ctx context.Context, a *news.Article, kind news.ChangeKind) (news.Change, error) {
	c := news.Change{At: t.now, ID: a.ID, Seq: a.Seq, Portal: a.Portal, Kind: kind, Version: a.Version}
	if _, err := t.one(ctx, `SELECT coalesce(max(number), 0) + 1 FROM changes`, nil, &c.Number); err != nil {
		return news.Change{}, err
	}
	err := t.exec(ctx, `INSERT INTO changes (number, at, id, seq, portal, kind, version) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		c.Number, milli(c.At), c.ID, c.Seq, c.Portal, string(c.Kind), c.Version)
	return c, err
}
