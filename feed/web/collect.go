package web

import (
	"context"
	"sort"
	"time"

	"kabar/feed"
	"kabar/storage/news"
)

// A feed holds the articles of windowSpan before its newest one, so that who
// polls once a day loses nothing, but at least windowLeast and at most
// windowMost, and no more than windowBytes of text beyond the least. The
// window hangs on the newest article and not on the clock, so that it moves
// only when the feed changes.
const (
	windowSpan  = 48 * time.Hour
	windowLeast = 50
	windowMost  = 300
	windowBytes = 1 << 20
	archiveMost = 500
)

// collect finds the articles of a feed, newest first.
func (h *Handler) collect(ctx context.Context, s spec, c *feed.Channel) ([]news.Article, error) {
	switch {
	case s.kind == corrections:
		return h.corrected(ctx, c)
	case s.kind == withdrawals:
		return h.withdrawn(ctx)
	case s.kind == operations:
		return h.troubles(ctx, c)
	case s.month != "":
		list, err := h.opts.Store.Texts(ctx, s.question(), s.span())
		sortShown(list)
		return list, err
	case s.kind == search:
		list, err := h.gather(ctx, s.question(), func(list []news.Article) bool { return len(list) >= windowLeast })
		sortShown(list)
		return list[:min(len(list), windowLeast)], err
	default:
		list, err := h.gather(ctx, s.question(), windowFull)
		return window(list), err
	}
}

// gather reads pages of a query until enough says so or nothing is left. What
// is quarantined never gets through, whatever the query said.
func (h *Handler) gather(ctx context.Context, q news.Query, enough func([]news.Article) bool) ([]news.Article, error) {
	var list []news.Article
	q.Limit = windowLeast + 2
	for {
		page, err := h.opts.Store.Articles(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, a := range page {
			if a.Quarantine == "" {
				list = append(list, a)
			}
		}
		if len(page) < q.Limit || enough(list) {
			return list, nil
		}
		q.After = news.Cursor{Seq: page[len(page)-1].Seq}
	}
}

// windowFull tells whether a window can be cut from a list in store order.
func windowFull(list []news.Article) bool {
	if len(list) < windowLeast {
		return false
	}
	if len(list) >= windowMost {
		return true
	}
	first, _ := feed.Shown(list[0], "")
	last, _ := feed.Shown(list[len(list)-1], "")
	return first.Sub(last) > windowSpan
}

// window sorts a list by the time shown and cuts it.
func window(list []news.Article) []news.Article {
	sortShown(list)
	if len(list) <= windowLeast {
		return list
	}
	newest, _ := feed.Shown(list[0], "")
	size := 0
	for i, a := range list {
		at, _ := feed.Shown(a, "")
		for _, b := range a.Body {
			size += len(b.Plain())
		}
		if i >= windowLeast && (newest.Sub(at) > windowSpan || size > windowBytes) {
			return list[:i]
		}
	}
	return list[:min(len(list), windowMost)]
}

// sortShown sorts by the time shown, newest first, then by the store's order.
func sortShown(list []news.Article) {
	sort.SliceStable(list, func(i, j int) bool {
		a, _ := feed.Shown(list[i], "")
		b, _ := feed.Shown(list[j], "")
		if !a.Equal(b) {
			return a.After(b)
		}
		return list[i].Seq > list[j].Seq
	})
}

// corrected lists edited articles, newest edit first, and what they were.
func (h *Handler) corrected(ctx context.Context, c *feed.Channel) ([]news.Article, error) {
	list, err := h.opts.Store.Articles(ctx, news.Query{Edited: true, WithGone: true, Limit: windowLeast})
	if err != nil {
		return nil, err
	}
	c.Before = make(map[string]news.Version, len(list))
	for _, a := range list {
		versions, err := h.opts.Store.Versions(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		for _, v := range versions {
			if v.Number == a.Version-1 {
				c.Before[a.ID] = v
			}
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Updated.After(list[j].Updated) })
	return list, nil
}

// withdrawn lists articles that their portals took away; here their change is
// the withdrawal.
func (h *Handler) withdrawn(ctx context.Context) ([]news.Article, error) {
	list, err := h.opts.Store.Articles(ctx, news.Query{Gone: true, Limit: windowLeast})
	if err != nil {
		return nil, err
	}
	visible := list[:0]
	for _, a := range list {
		if a.Quarantine == "" {
			a.Updated = a.GoneSince
			visible = append(visible, a)
		}
	}
	sort.SliceStable(visible, func(i, j int) bool { return visible[i].GoneSince.After(visible[j].GoneSince) })
	return visible, nil
}

// rhythm is how long readers may keep a feed: about the usual gap between its
// newest articles, from five minutes to an hour, in steps. It follows from the
// articles alone, so the bytes of a feed do not change with the schedule.
func rhythm(list []news.Article) time.Duration {
	const sample = 10
	if len(list) < sample {
		return time.Hour
	}
	first, _ := feed.Shown(list[0], "")
	last, _ := feed.Shown(list[sample-1], "")
	gap := first.Sub(last) / (sample - 1)
	for _, step := range []time.Duration{60, 30, 15, 10} {
		if gap >= step*time.Minute {
			return step * time.Minute
		}
	}
	return 5 * time.Minute
}

// link adds the archive documents (RFC 5005) to the channel: from the
// subscription feed to the present month, from there to the months before that
// brought anything. A month holds what was first seen in it, as it was at its
// end, so that its document stays as it is once the month is over. A busy month
// has several, each of archiveMost texts.
func (h *Handler) link(ctx context.Context, b base, s spec, list []news.Article, c *feed.Channel) error {
	if s.kind != all && s.kind != ofPortal && s.kind != ofRegion && s.kind != ofCategory || len(list) == 0 {
		return nil
	}
	older := s.plain()
	older.month, older.part = "", 0
	if s.month != "" {
		c.Current = b.url(older.path())
	}
	var err error
	switch {
	case s.month == "":
		older.month, err = h.newestMonth(ctx, s, list)
	case len(list) == archiveMost:
		older.month, older.part = s.month, s.part+1
	default:
		older.month, err = h.monthBefore(ctx, s, s.span().Since)
	}
	if err != nil || older.month == "" {
		return err
	}
	c.PrevArchive = b.url(older.path())
	return nil
}

// newestMonth is the month of the newest text in a subscription feed, empty
// when the feed holds all there is.
func (h *Handler) newestMonth(ctx context.Context, s spec, list []news.Article) (string, error) {
	q := s.question()
	q.Until, _ = feed.Shown(list[len(list)-1], "")
	q.Limit = 1
	older, err := h.opts.Store.Articles(ctx, q)
	if err != nil || len(older) == 0 {
		return "", err
	}
	newest := list[0].Updated
	for _, a := range list {
		if a.Updated.After(newest) {
			newest = a.Updated
		}
	}
	return monthOf(newest), nil
}

// monthBefore is the last month before a moment that brought anything, empty
// when there is none.
func (h *Handler) monthBefore(ctx context.Context, s spec, until time.Time) (string, error) {
	last, err := h.opts.Store.Texts(ctx, s.question(), news.Span{Until: until, Limit: 1})
	if err != nil || len(last) == 0 {
		return "", err
	}
	return monthOf(last[0].Updated), nil
}
