package sqlite

import (
	"context"
	"encoding/json"

	"kabar/storage/news"
)

// rowValues are the columns of an article's row that a save may change, in the
// order of insertRow and updateRow.
func rowValues(a *news.Article) ([]any, error) {
	var texts [5]string
	var err error
	collect := func(i int, text string, problem error) {
		texts[i] = text
		if err == nil {
			err = problem
		}
	}
	aliases, problem := list(a.Aliases)
	collect(0, aliases, problem)
	authors, problem := list(a.Authors)
	collect(1, authors, problem)
	categories, problem := list(a.Categories)
	collect(2, categories, problem)
	regions, problem := list(a.Regions)
	collect(3, regions, problem)
	doubts, problem := list(a.Doubts)
	collect(4, doubts, problem)
	if err != nil {
		return nil, err
	}
	lead := ""
	if a.Lead != (news.Image{}) {
		data, err := json.Marshal(a.Lead)
		if err != nil {
			return nil, err
		}
		lead = string(data)
	}
	var hash any
	if h, ok := textHash(a.Text()); ok {
		hash = h
	}
	published, modified := stampColumns(a.Published), stampColumns(a.Modified)
	return []any{a.URL, texts[0], a.PostID, a.Title, a.Byline, texts[1], a.Place, a.Agency,
		published[0], published[1], published[2], published[3],
		modified[0], modified[1], modified[2], modified[3],
		lead, texts[2], texts[3], texts[4], a.Cluster, a.Version,
		milli(a.FirstSeen), milli(a.LastSeen), milli(a.Updated), milli(a.Changed), milli(a.GoneSince), a.Quarantine, hash,
		checksum(a)}, nil
}

func (t *tx) insertRow(ctx context.Context, a *news.Article) error {
	values, err := rowValues(a)
	if err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO articles (seq, id, portal,
			url, aliases, post_id, title, byline, authors, place, agency,
			published, published_offset, published_precision, published_origin,
			modified, modified_offset, modified_precision, modified_origin,
			lead, categories, regions, doubts, cluster, version,
			first_seen, last_seen, updated, changed, gone_since, quarantine, text_hash, checksum)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		append([]any{a.Seq, a.ID, a.Portal}, values...)...)
}

func (t *tx) updateRow(ctx context.Context, a *news.Article) error {
	values, err := rowValues(a)
	if err != nil {
		return err
	}
	return t.exec(ctx, `UPDATE articles SET
			url = ?, aliases = ?, post_id = ?, title = ?, byline = ?, authors = ?, place = ?, agency = ?,
			published = ?, published_offset = ?, published_precision = ?, published_origin = ?,
			modified = ?, modified_offset = ?, modified_precision = ?, modified_origin = ?,
			lead = ?, categories = ?, regions = ?, doubts = ?, cluster = ?, version = ?,
			first_seen = ?, last_seen = ?, updated = ?, changed = ?, gone_since = ?, quarantine = ?, text_hash = ?, checksum = ?
		WHERE seq = ?`, append(values, a.Seq)...)
}
