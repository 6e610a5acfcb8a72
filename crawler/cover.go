package crawler

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"kabar/storage/news"
)

// shown is a link of a list with the time of its article.
type shown struct {
	url string
	at  time.Time
}

// needed are the lists that a poll must ask for: all but those of which the
// others have shown everything new. Which these are is found out with each
// exploration, and after a list failed.
func (v *visit) needed(lists []source) []source {
	if !v.known.Surveyed {
		return lists
	}
	return slices.DeleteFunc(slices.Clone(lists), func(l source) bool { return slices.Contains(v.known.Covered, l.URL) })
}

// findCovered finds the lists that others cover. All of them have just been read.
func (v *visit) findCovered(ctx context.Context, lists []source) error {
	pages := make(map[string][]shown, len(lists))
	for _, l := range lists {
		for _, link := range v.firsts[l.URL] {
			at, err := v.dateOf(ctx, link)
			if err != nil {
				return err
			}
			if !at.IsZero() {
				pages[l.URL] = append(pages[l.URL], shown{link.URL, at})
			}
		}
	}
	v.known.Covered = nil
	for _, l := range slices.Backward(lists) {
		for _, other := range lists {
			if other.URL != l.URL && !slices.Contains(v.known.Covered, other.URL) && showsAll(pages[other.URL], pages[l.URL]) {
				v.known.Covered = append(v.known.Covered, l.URL)
				break
			}
		}
	}
	v.known.Surveyed = true
	return nil
}

// showsAll tells whether a list shows all articles of another one that are
// newer than half of its own. Older ones it may have left behind.
func showsAll(list, other []shown) bool {
	if len(list) == 0 {
		return false
	}
	slices.SortFunc(list, func(a, b shown) int { return a.at.Compare(b.at) })
	since := list[len(list)/2].at
	newer := 0
	for _, s := range other {
		if s.at.Before(since) {
			continue
		}
		newer++
		if !slices.ContainsFunc(list, func(l shown) bool { return l.url == s.url }) {
			return false
		}
	}
	return newer > 0
}

// dateOf is when the article of a link was published, as the list or the
// stored article says; zero when neither does.
func (v *visit) dateOf(ctx context.Context, link news.Link) (time.Time, error) {
	if !link.Published.IsZero() {
		return link.Published.Time, nil
	}
	a, err := v.Ledger.ArticleAt(ctx, link.URL)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return time.Time{}, fmt.Errorf("looking up the date of %s: %w", link.URL, err)
	}
	return a.Published.Time, nil
}
