package crawler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kabar/crawler/similar"
	"kabar/storage/news"
)

const (
	// copyWindow is how much older the text may be that an article copies.
	copyWindow = 30 * 24 * time.Hour
	// maxNeighbors bounds the texts that an article is compared with.
	maxNeighbors = 12
)

// joinCopies joins a stored article with those that tell the same text in
// nearly the same words, on this portal or another. Copies that are stored at
// the same time find each other: each leaves its marks before it looks.
func (c *Crawler) joinCopies(ctx context.Context, id string, a news.Article) error {
	if a.Quarantine != "" {
		return nil
	}
	text := similar.Read(a.Title, a.Text())
	marks := text.Marks()
	if err := c.Ledger.SaveSketch(ctx, id, marks); err != nil {
		return fmt.Errorf("keeping the marks of %s: %w", a.URL, err)
	}
	at, _ := a.Shown()
	if now := c.Now(); at.After(now) {
		at = now
	}
	near, err := c.Ledger.Near(ctx, marks, at.Add(-copyWindow), maxNeighbors)
	if err != nil {
		return fmt.Errorf("looking for copies of %s: %w", a.URL, err)
	}
	same := []string{id}
	for _, n := range near {
		if n.ID == id {
			continue
		}
		if 2*n.Shared < len(marks) {
			break // no copy, and what follows is less alike
		}
		other, err := c.Ledger.Article(ctx, n.ID)
		if errors.Is(err, news.ErrNotFound) {
			continue // removed with its portal just now
		}
		if err != nil {
			return fmt.Errorf("reading article %s: %w", n.ID, err)
		}
		if isCopy(similar.Compare(text, similar.Read(other.Title, other.Text())), a.Portal == other.Portal) {
			same = append(same, other.ID)
		}
	}
	if len(same) == 1 {
		return nil
	}
	if _, err := c.Ledger.Join(ctx, same); err != nil {
		return fmt.Errorf("joining the copies of %s: %w", a.URL, err)
	}
	return nil
}

// isCopy decides by what two texts have in common. A portal's own texts must
// be all but equal: its series share more than copies by others do.
func isCopy(l similar.Likeness, samePortal bool) bool {
	if samePortal {
		return l.Reprint()
	}
	return l.Copies()
}
