package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"kabar/storage/news"
)

// Articles lists what a query asks for. It first finds the keys of one page,
// then reads these articles: bodies are touched for what is shown only.
func (s *Store) Articles(ctx context.Context, q news.Query) ([]news.Article, error) {
	p, err := s.plan(ctx, q)
	if err != nil {
		return nil, err
	}
	var articles []news.Article
	err = s.query(ctx, func(scan func(...any) error) error {
		a, err := scanArticle(scan)
		articles = append(articles, a)
		return err
	}, p.statement(), p.args...)
	if err != nil {
		return nil, fmt.Errorf("listing articles: %w", err)
	}
	return articles, nil
}

// plan is a query on its way to SQL: a page of keys from the search index f,
// the articles a, or both.
type plan struct {
	indexed bool     // f is read
	rows    bool     // a is read to find keys
	where   []string // conditions, with args in the same order
	args    []any
	key     string // "f.rowid" or "a.seq"
	order   string // a column of a to sort by before the key, "" for none
	index   string // an index to force, "" to let SQLite choose
}

func (p *plan) and(condition string, args ...any) {
	p.where = append(p.where, condition)
	p.args = append(p.args, args...)
}

func (s *Store) plan(ctx context.Context, q news.Query) (*plan, error) {
	match, err := matchOf(q)
	if err != nil {
		return nil, err
	}
	p := &plan{key: "a.seq", rows: true}
	if match != "" {
		p.indexed, p.rows, p.key = true, false, "f.rowid"
		p.and("f.search MATCH ?", match)
	}
	p.state(q)
	p.window(q)
	if q.FoldCopies {
		p.foldCopies(q)
	}
	if !q.UpdatedSince.IsZero() {
		if err := s.updatedSince(ctx, p, q); err != nil {
			return nil, err
		}
	}
	if q.After.Seq > 0 {
		if err := s.below(ctx, p, q.After); err != nil {
			return nil, err
		}
	}
	limit := q.Limit
	if limit <= 0 {
		limit = news.DefaultLimit
	}
	p.args = append(p.args, limit)
	return p, nil
}

// matchOf is the part of a query that the search index answers, "" when that
// is nothing.
func matchOf(q news.Query) (string, error) {
	var parts []string
	if strings.TrimSpace(q.Words) != "" {
		words, err := searchTerms(q.Words)
		if err != nil {
			return "", err
		}
		parts = append(parts, words)
	}
	if q.Portal != "" {
		parts = append(parts, `"`+mark(markPortal, q.Portal)+`"`)
	}
	if q.Region != "" {
		parts = append(parts, `"`+mark(markRegion, q.Region)+`"`)
	}
	if q.Category != "" {
		parts = append(parts, `"`+categoryMark(q.Category)+`"`)
	}
	if len(parts) == 0 {
		return "", nil
	}
	return withState(strings.Join(parts, " AND "), q), nil
}

// withState adds the state that a query asks for to a match.
func withState(match string, q news.Query) string {
	switch {
	case q.Quarantined:
		return match + ` AND "` + markQuarantined + `"`
	case q.Gone:
		return `(` + match + ` AND "` + markGone + `") NOT "` + markQuarantined + `"`
	case q.Edited:
		match += ` AND "` + markEdited + `"`
	}
	switch {
	case q.All:
		return match
	case q.WithGone:
		return `(` + match + `) NOT "` + markQuarantined + `"`
	}
	return `(` + match + `) NOT ("` + markQuarantined + `" OR "` + markGone + `")`
}

// state keeps out what is hidden, where the index has not done it, and sets
// the order of the lists that go by another moment.
func (p *plan) state(q news.Query) {
	switch {
	case q.Quarantined:
		p.needRows()
		p.and("a.quarantine <> ''")
		return
	case q.Gone:
		p.needRows()
		p.and("a.gone_since IS NOT NULL AND a.quarantine = ''")
		p.order = "a.gone_since"
		return
	case q.Edited:
		p.needRows()
		p.and("a.version > 1")
		p.order = "a.updated"
	}
	switch {
	case p.indexed || q.All:
	case q.WithGone:
		p.and("a.hidden < 2")
	default:
		p.and("a.hidden = 0")
	}
}

func (p *plan) needRows() { p.rows = true }

// window bounds the time. Keys begin with the second of publication, so this
// is a range of keys.
func (p *plan) window(q news.Query) {
	if !q.Since.IsZero() {
		p.and(p.key+" >= ?", firstSeq(q.Since))
	}
	if !q.Until.IsZero() {
		p.and(p.key+" < ?", firstSeq(q.Until))
	}
}

// foldCopies leaves of every cluster the first publication: of all that are
// not hidden, or of those of the portal that is asked for.
func (p *plan) foldCopies(q news.Query) {
	p.needRows()
	if q.Portal == "" {
		p.and(`(a.cluster = '' OR NOT EXISTS (SELECT 1 FROM articles b
			WHERE b.cluster = a.cluster AND b.cluster <> '' AND b.seq < a.seq AND b.hidden = 0))`)
		return
	}
	p.and(`(a.cluster = '' OR NOT EXISTS (SELECT 1 FROM articles b
		WHERE b.cluster = a.cluster AND b.cluster <> '' AND b.seq < a.seq AND b.hidden = 0 AND b.portal = ?))`, q.Portal)
}

// fewUpdates is the number of articles up to which it is cheaper to read all
// that changed lately and sort them than to go down the list.
const fewUpdates = 5_000

func (s *Store) updatedSince(ctx context.Context, p *plan, q news.Query) error {
	since := q.UpdatedSince.UnixMilli()
	p.needRows()
	p.and("a.updated >= ?", since)
	var n int
	err := s.one(ctx, `SELECT count(*) FROM (SELECT 1 FROM articles WHERE updated >= ? LIMIT ?)`,
		[]any{since, fewUpdates}, &n)
	if err != nil {
		return err
	}
	switch {
	case p.indexed || p.order != "":
	case n < fewUpdates:
		p.index = "INDEXED BY articles_by_update"
	default:
		p.index = "NOT INDEXED"
	}
	return nil
}

// below continues a list under the article at the cursor.
func (s *Store) below(ctx context.Context, p *plan, after news.Cursor) error {
	if p.order == "" {
		p.and(p.key+" < ?", after.Seq)
		return nil
	}
	var at any
	err := s.one(ctx, `SELECT `+p.order+` FROM articles a WHERE seq = ?`, []any{after.Seq}, &at)
	if errors.Is(err, news.ErrNotFound) {
		return news.QueryAfter
	}
	p.and("("+p.order+", a.seq) < (?, ?)", at, after.Seq)
	return err
}

func (p *plan) statement() string {
	from := "articles a " + p.index
	if p.indexed {
		from = "search f"
		if p.rows {
			from += " CROSS JOIN articles a ON a.seq = f.rowid"
		}
	}
	order, outer := p.key+" DESC", "a.seq DESC"
	if p.order != "" {
		order = p.order + " DESC, a.seq DESC"
		outer = order
	}
	where := ""
	if len(p.where) > 0 {
		where = " WHERE " + strings.Join(p.where, " AND ")
	}
	// CROSS JOIN keeps SQLite from turning the page round into a walk over all
	// articles.
	return `WITH page (seq) AS MATERIALIZED (SELECT ` + p.key + ` FROM ` + from + where +
		` ORDER BY ` + order + ` LIMIT ?)
		SELECT ` + articleColumns + `
		FROM page CROSS JOIN articles a ON a.seq = page.seq CROSS JOIN texts x ON x.seq = page.seq
		ORDER BY ` + outer
}
