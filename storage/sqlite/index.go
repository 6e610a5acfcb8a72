package sqlite

import (
	"context"
	"encoding/hex"
	"strings"

	"kabar/storage/news"
)

// Marks are tokens that stand in the search index for what is no word: portal,
// regions, categories and state. So one search over the index answers "words
// of a portal in a region", newest first, however many articles there are.
//
// A mark begins with a character for private use, which the tokenizer takes
// for a letter and which is cut from texts before they are indexed: no page
// can print a mark.
const (
	markSign = "\uE000"

	markPortal   = markSign + "p"
	markRegion   = markSign + "r"
	markCategory = markSign + "c"

	markEdited      = markSign + "e"
	markGone        = markSign + "g"
	markQuarantined = markSign + "q"
)

// mark is the token of a kind and a value; hexadecimal because the tokenizer
// parts words at signs and changes letters.
func mark(kind, value string) string {
	return kind + hex.EncodeToString([]byte(value))
}

func categoryMark(name string) string {
	return mark(markCategory, strings.ToLower(strings.TrimSpace(name)))
}

// marks are all marks of an article, parted by spaces.
func marks(a *news.Article) string {
	all := []string{mark(markPortal, a.Portal)}
	for _, tag := range a.Regions {
		all = append(all, mark(markRegion, tag.Code))
		if province, _, regency := strings.Cut(tag.Code, "."); regency {
			all = append(all, mark(markRegion, province))
		}
	}
	for _, category := range a.Categories {
		all = append(all, categoryMark(category))
	}
	if a.Version > 1 {
		all = append(all, markEdited)
	}
	if !a.GoneSince.IsZero() {
		all = append(all, markGone)
	}
	if a.Quarantine != "" {
		all = append(all, markQuarantined)
	}
	return strings.Join(all, " ")
}

// withoutMarks is a text that the index may hold.
func withoutMarks(text string) string {
	return strings.ReplaceAll(text, markSign, " ")
}

// index makes an article findable; unindex must have gone before when it was.
func (t *tx) index(ctx context.Context, a *news.Article) error {
	return t.exec(ctx, `INSERT INTO search (rowid, title, body, marks) VALUES (?, ?, ?, ?)`,
		a.Seq, withoutMarks(a.Title), withoutMarks(a.Text()), marks(a))
}

func (t *tx) unindex(ctx context.Context, seq int64) error {
	return t.exec(ctx, `DELETE FROM search WHERE rowid = ?`, seq)
}
