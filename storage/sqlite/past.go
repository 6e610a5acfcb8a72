package sqlite

import (
	"context"
	"fmt"
	"time"

	"kabar/storage/news"
)

// Texts lists what a span of time brought: each article of which a text was
// first seen in it, as the last of these texts had it, the newest first.
//
// An edit after the span does not change the answer; that is why a text that
// is the present one comes from articles and an older one from versions.
func (s *Store) Texts(ctx context.Context, q news.Query, span news.Span) ([]news.Article, error) {
	keys, err := s.textKeys(ctx, q, span)
	if err != nil {
		return nil, fmt.Errorf("listing texts: %w", err)
	}
	articles := make([]news.Article, 0, len(keys))
	for _, k := range keys {
		a, err := s.articleWith(ctx, k)
		if err != nil {
			return nil, fmt.Errorf("listing texts: %w", err)
		}
		articles = append(articles, a)
	}
	return articles, nil
}

// textKey names a text.
type textKey struct {
	seq    int64
	number int // of the version
	seen   time.Time
}

// textKeys finds the texts: the present ones, and those that were replaced
// after the span. Both indexes lie in the order of the answer, so SQLite merges
// them and stops at the limit.
func (s *Store) textKeys(ctx context.Context, q news.Query, span news.Span) ([]textKey, error) {
	match, err := matchOf(news.Query{Portal: q.Portal, Region: q.Region, Category: q.Category, WithGone: true})
	if err != nil {
		return nil, err
	}
	among := ""
	args := []any{span.Since.UnixMilli(), span.Until.UnixMilli(), span.Limit, span.Skip}
	if match != "" {
		among = ` AND a.seq IN (SELECT rowid FROM search WHERE search MATCH ?5)`
		args = append(args, match)
	}
	var keys []textKey
	err = s.query(ctx, func(scan func(...any) error) error {
		var k textKey
		err := scan(&k.seq, &k.number, utc{&k.seen})
		keys = append(keys, k)
		return err
	}, `SELECT a.seq, a.version, a.updated AS seen
			FROM articles a INDEXED BY articles_by_update
			WHERE a.updated >= ?1 AND a.updated < ?2 AND a.hidden < 2`+among+`
		UNION ALL
		SELECT a.seq, v.number, v.seen
			FROM versions v INDEXED BY versions_by_time CROSS JOIN articles a ON a.seq = v.seq
			WHERE v.seen >= ?1 AND v.seen < ?2 AND a.updated >= ?2 AND a.hidden < 2
				AND NOT EXISTS (SELECT 1 FROM versions w
					WHERE w.seq = v.seq AND w.number > v.number AND w.seen < ?2)`+among+`
		ORDER BY 3 DESC, 1 DESC LIMIT ?3 OFFSET ?4`, args...)
	return keys, err
}

// articleWith is an article with one of its texts.
func (s *Store) articleWith(ctx context.Context, k textKey) (news.Article, error) {
	found := news.Article{}
	err := s.query(ctx, func(scan func(...any) error) (err error) {
		found, err = scanArticle(scan)
		return err
	}, `SELECT `+articleColumns+` FROM articles a JOIN texts x USING (seq) WHERE a.seq = ?`, k.seq)
	if err == nil && found.Seq == 0 {
		err = news.ErrNotFound
	}
	if err != nil || found.Version == k.number {
		return found, err
	}
	found.Version, found.Updated, found.Changed = k.number, k.seen, k.seen
	err = s.one(ctx, `SELECT title, body FROM versions WHERE seq = ? AND number = ?`, []any{k.seq, k.number},
		&found.Title, body{&found.Body})
	return found, err
}
