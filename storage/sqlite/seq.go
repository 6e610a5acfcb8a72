package sqlite

import (
	"context"
	"time"

	"kabar/storage/news"
)

// The key of an article is its place in the order of publication: the second
// at which it was published, with room for 16,384 articles in the same one.
// Ties (a day known without an hour gives many) go by arrival; a full second
// spills into the next. With it "newest first" is descending key order for the
// table, for every index and for the search index, whose matches can be read
// in no other order without sorting them all.
//
// A publication time in the future does not count: such an article stands
// where it was first seen. One whose publication time is corrected moves.
const seqBits = 14

// orderTime is the moment by which an article is ordered.
func orderTime(a *news.Article) time.Time {
	at, _ := a.Shown()
	if at.After(a.FirstSeen) {
		return a.FirstSeen
	}
	return at
}

// firstSeq is the lowest key of the second at which, or after which, t lies.
func firstSeq(t time.Time) int64 {
	second := t.Unix()
	if t.Nanosecond() > 0 {
		second++
	}
	return max(second, 1) << seqBits
}

// mintSeq finds the key above all others of the article's second.
func (t *tx) mintSeq(ctx context.Context, a *news.Article) (int64, error) {
	low := firstSeq(orderTime(a).Truncate(time.Second))
	for {
		var last int64
		high := low + 1<<seqBits
		taken, err := t.one(ctx, `SELECT seq FROM articles WHERE seq >= ? AND seq < ?
			ORDER BY seq DESC LIMIT 1`, []any{low, high}, &last)
		switch {
		case err != nil:
			return 0, err
		case !taken:
			return low, nil
		case last+1 < high:
			return last + 1, nil
		}
		low = high
	}
}
