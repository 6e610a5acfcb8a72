package sqlite

import (
	"context"
	"encoding/json"
	"errors"

	"kabar/storage/news"
)

// rowValues are the columns of an article's row that a save may change, in the
// order of insertRow and updateRow.
func rowValues(a *news.Article) ([]any, error) {
	aliases, err1 := list(a.Aliases)
	authors, err2 := list(a.Authors)
	categories, err3 := list(a.Categories)
	regions, err4 := list(a.Regions)
	doubts, err5 := list(a.Doubts)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
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
	return []any{a.URL, aliases, a.PostID, a.Title, a.Byline, authors, a.Place, a.Agency,
		published[0], published[1], published[2], published[3],
		modified[0], modified[1], modified[2], modified[3],
		lead, categories, regions, doubts, a.Cluster, a.Version,
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
