package sqlite

import (
	"context"
	"fmt"

	"kabar/storage/news"
)

// articleColumns stand in the order of scanArticle; a is the article, x its
// text.
const articleColumns = `a.seq, a.id, a.portal, a.url, a.aliases, a.post_id, a.title, a.byline, a.authors, a.place, a.agency,
	a.published, a.published_offset, a.published_precision, a.published_origin,
	a.modified, a.modified_offset, a.modified_precision, a.modified_origin,
	x.body, a.lead, a.categories, a.regions, a.doubts, a.cluster, a.version,
	a.first_seen, a.last_seen, a.updated, a.changed, a.gone_since, a.quarantine, a.checksum`

func scanArticle(scan func(...any) error) (news.Article, error) {
	var a news.Article
	var published, modified storedStamp
	var sum uint32
	err := scan(&a.Seq, &a.ID, &a.Portal, &a.URL, document{&a.Aliases}, &a.PostID,
		&a.Title, &a.Byline, document{&a.Authors}, &a.Place, &a.Agency,
		utc{&published.at}, &published.offset, &published.precision, &published.origin,
		utc{&modified.at}, &modified.offset, &modified.precision, &modified.origin,
		body{&a.Body}, document{&a.Lead}, document{&a.Categories}, document{&a.Regions}, document{&a.Doubts},
		&a.Cluster, &a.Version, utc{&a.FirstSeen}, utc{&a.LastSeen}, utc{&a.Updated}, utc{&a.Changed},
		utc{&a.GoneSince}, &a.Quarantine, &sum)
	if err != nil {
		return news.Article{}, fmt.Errorf("reading article %s: %w", a.ID, err)
	}
	a.Published, a.Modified = published.stamp(), modified.stamp()
	if sum != checksum(&a) {
		return news.Article{}, fmt.Errorf("article %s is damaged on disk: restore a backup with `kabar restore`", a.ID)
	}
	return a, nil
}

// Article finds an article by its ID.
func (s *Store) Article(ctx context.Context, id string) (news.Article, error) {
	return s.article(ctx, `a.id = ?`, id)
}

// ArticleAt finds an article by any of its addresses.
func (s *Store) ArticleAt(ctx context.Context, address string) (news.Article, error) {
	return s.article(ctx, `a.seq = (SELECT seq FROM addresses WHERE address = ?)`, address)
}

func (s *Store) article(ctx context.Context, condition, value string) (news.Article, error) {
	found := news.Article{}
	err := s.query(ctx, func(scan func(...any) error) (err error) {
		found, err = scanArticle(scan)
		return err
	}, `SELECT `+articleColumns+` FROM articles a JOIN texts x USING (seq) WHERE `+condition, value)
	if err != nil {
		return news.Article{}, err
	}
	if found.Seq == 0 {
		return news.Article{}, fmt.Errorf("article %s: %w", value, news.ErrNotFound)
	}
	return found, nil
}

// read is the article with a key, within a transaction.
func (t *tx) read(ctx context.Context, seq int64) (news.Article, error) {
	found := news.Article{}
	err := t.all(ctx, func(scan func(...any) error) (err error) {
		found, err = scanArticle(scan)
		return err
	}, `SELECT `+articleColumns+` FROM articles a JOIN texts x USING (seq) WHERE a.seq = ?`, seq)
	if err == nil && found.Seq == 0 {
		err = news.ErrNotFound
	}
	return found, err
}

// readByID is the article with an ID, within a transaction.
func (t *tx) readByID(ctx context.Context, id string) (news.Article, error) {
	var seq int64
	found, err := t.one(ctx, `SELECT seq FROM articles WHERE id = ?`, []any{id}, &seq)
	if err != nil {
		return news.Article{}, err
	}
	if !found {
		return news.Article{}, fmt.Errorf("article %s: %w", id, news.ErrNotFound)
	}
	return t.read(ctx, seq)
}

// Versions lists every text an article had, the first one first.
func (s *Store) Versions(ctx context.Context, id string) ([]news.Version, error) {
	var versions []news.Version
	err := s.query(ctx, func(scan func(...any) error) error {
		var v news.Version
		if err := scan(&v.Number, utc{&v.Seen}, &v.Title, body{&v.Body}); err != nil {
			return err
		}
		versions = append(versions, v)
		return nil
	}, `SELECT v.number, v.seen, v.title, v.body
			FROM articles a JOIN versions v USING (seq) WHERE a.id = ?1
		UNION ALL
		SELECT a.version, a.updated, a.title, x.body
			FROM articles a JOIN texts x USING (seq) WHERE a.id = ?1
		ORDER BY 1`, id)
	if err == nil && len(versions) == 0 {
		err = fmt.Errorf("article %s: %w", id, news.ErrNotFound)
	}
	return versions, err
}
