package web

import (
	"context"
	"fmt"
	"time"

	"kabar/storage/news"
)

// Last-Modified is when a feed last changed in a way that its readers could
// see: the newest change of an article in it, or the moment at which it lost
// one. Readers that send no entity tag learn of a loss by nothing else.

// changedAt is when an article last changed in a way that a feed can show.
func changedAt(a news.Article) time.Time {
	at := a.Updated
	for _, t := range []time.Time{a.FirstSeen, a.GoneSince, a.Changed} {
		if t.After(at) {
			at = t
		}
	}
	return at
}

// lostAt is when a feed last lost articles as the store remembers it: because
// they were held back, or removed with their portal; zero for never. A removal
// counts for every feed, as what was removed is not known any more, and words
// are not looked at.
func (h *Handler) lostAt(ctx context.Context, s spec) (time.Time, error) {
	last, err := h.opts.Store.LastForgotten(ctx)
	if err != nil {
		return last, fmt.Errorf("reading the last removal: %w", err)
	}
	held, err := h.opts.Store.HeldBack(ctx, windowMost)
	if err != nil {
		return last, fmt.Errorf("reading what is held back: %w", err)
	}
	for _, a := range held {
		if wasVisible(a) && a.Changed.After(last) && s.belongs(a) {
			last = a.Changed
		}
	}
	return last, nil
}

// wasVisible tells whether an article that is held back was in feeds before:
// most are held back as soon as they are read.
func wasVisible(a news.Article) bool { return a.Changed.Sub(a.FirstSeen) > time.Minute }

// lossSeen is for losses of which the store keeps nothing, such as an article
// that is found to be about another region: when a feed has other bytes than
// before and nothing in it is newer, it changed with the newest change there is.
func (h *Handler) lossSeen(ctx context.Context, old, made *document) error {
	if old == nil || old.etag == made.etag || made.modified.After(old.modified) {
		return nil
	}
	newest, err := h.opts.Store.LastChange(ctx)
	if err != nil {
		return fmt.Errorf("reading the newest change: %w", err)
	}
	changes, err := h.opts.Store.Changes(ctx, newest-1, 1)
	if err != nil {
		return fmt.Errorf("reading the newest change: %w", err)
	}
	at := old.modified
	if len(changes) > 0 && changes[0].At.After(at) {
		at = changes[0].At
	}
	made.setModified(at)
	return nil
}
