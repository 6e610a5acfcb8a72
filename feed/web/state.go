package web

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kabar/storage/news"
)

// state is what the handler knows of the store between requests.
type state struct {
	mu      sync.Mutex   // held while the store is asked
	checked atomic.Int64 // when it was asked last, nanoseconds
	number  atomic.Int64 // newest change the caches were told of
	book    atomic.Pointer[book]
}

// book is a snapshot of the portals.
type book struct {
	list       []news.Portal
	byID       map[string]news.Portal
	read       time.Time // real time
	generation int64     // grows when anything in it differs
	ages       ages
}

// portalsFresh is how long a snapshot of the portals is used, and maxBehind
// the number of changes after which all feeds are looked at anew.
const (
	portalsFresh = time.Second
	maxBehind    = 500
)

// refresh learns of changes in the store, at most once in opts.Fresh. It goes
// by real time: how old a memory may be has nothing to do with the clock by
// which articles are judged. When the store cannot be read, everything known
// stays in use.
func (h *Handler) refresh(ctx context.Context) {
	s := &h.state
	if h.opts.Fresh > 0 && time.Since(time.Unix(0, s.checked.Load())) < h.opts.Fresh {
		return
	}
	if h.opts.Fresh > 0 && s.book.Load() != nil {
		if !s.mu.TryLock() {
			return // somebody is asking; what is known is fresh enough
		}
	} else {
		s.mu.Lock()
	}
	defer s.mu.Unlock()
	if h.opts.Fresh > 0 && time.Since(time.Unix(0, s.checked.Load())) < h.opts.Fresh {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := h.learn(ctx); err != nil {
		h.opts.Log.Error("reading changes", "err", err)
	}
	s.checked.Store(time.Now().UnixNano())
}

// learn asks the store for changes and tells the caches.
func (h *Handler) learn(ctx context.Context) error {
	if err := h.readPortals(ctx); err != nil {
		return err
	}
	newest, err := h.opts.Store.LastChange(ctx)
	if err != nil {
		return fmt.Errorf("reading the newest change: %w", err)
	}
	known := h.state.number.Load()
	if newest == known {
		return nil
	}
	changed, few, err := h.changedSince(ctx, known)
	if err != nil {
		return err
	}
	h.state.number.Store(newest)
	if !few {
		h.outdateAll()
		return nil
	}
	h.feeds.outdate(changed)
	h.searches.outdate(changed)
	h.watched.outdate(changed)
	return nil
}

// outdateAll marks every feed.
func (h *Handler) outdateAll() {
	h.feeds.outdateAll()
	h.searches.outdateAll()
	h.watched.outdateAll()
}

// changedSince lists the articles that changed, as they are now; few is false
// when they are too many to look at one by one.
func (h *Handler) changedSince(ctx context.Context, number int64) (articles []news.Article, few bool, err error) {
	changes, err := h.opts.Store.Changes(ctx, number, maxBehind+1)
	if err != nil {
		return nil, false, fmt.Errorf("reading changes: %w", err)
	}
	if len(changes) > maxBehind {
		return nil, false, nil
	}
	seen := make(map[string]bool)
	for _, c := range changes {
		if seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		a, err := h.opts.Store.Article(ctx, c.ID)
		if err != nil { // purged meanwhile: what it was in has to be found out
			return nil, false, nil
		}
		articles = append(articles, a)
	}
	return articles, true, nil
}

// readPortals renews the snapshot of the portals.
func (h *Handler) readPortals(ctx context.Context) error {
	old := h.state.book.Load()
	if old != nil && h.opts.Fresh > 0 && time.Since(old.read) < portalsFresh {
		return nil
	}
	list, err := h.opts.Store.Portals(ctx)
	if err != nil {
		return fmt.Errorf("reading portals: %w", err)
	}
	b := &book{list: list, byID: make(map[string]news.Portal, len(list)), read: time.Now(), generation: 1}
	for _, p := range list {
		b.byID[p.ID] = p
	}
	b.ages = agesOf(list, h.opts.Now())
	if old != nil {
		b.generation = old.generation
		if !slices.EqualFunc(old.list, list, samePortal) {
			b.generation++
		}
		if !slices.EqualFunc(old.list, list, sameDefinition) {
			h.outdateAll()
		}
	}
	h.state.book.Store(b)
	return nil
}

// portalBook is the snapshot; empty before the first one could be read.
func (h *Handler) portalBook() *book {
	if b := h.state.book.Load(); b != nil {
		return b
	}
	return &book{}
}

// sameDefinition tells whether nothing differs that feeds show.
func sameDefinition(a, b news.Portal) bool {
	return a.ID == b.ID && a.Name == b.Name && a.Home == b.Home && a.Clock == b.Clock &&
		a.Republish == b.Republish && a.Removed.Equal(b.Removed) && slices.Equal(a.Regions, b.Regions)
}

// samePortal tells whether nothing differs that pages show.
func samePortal(a, b news.Portal) bool { return sameDefinition(a, b) && a.State == b.State }

// ages are how long answers may be kept by others, as Cache-Control values: the
// time until the next visit that can change them.
type ages struct {
	all      []string
	portal   map[string][]string
	province map[string][]string // by province of their home regions
}

func agesOf(portals []news.Portal, now time.Time) ages {
	a := ages{portal: make(map[string][]string), province: make(map[string][]string)}
	first := time.Duration(-1)
	firsts := make(map[string]time.Duration)
	for _, p := range portals {
		if !p.Removed.IsZero() {
			continue
		}
		left := max(p.State.NextDue.Sub(now), 0)
		a.portal[p.ID] = maxAge(left)
		if first < 0 || left < first {
			first = left
		}
		for _, code := range p.Regions {
			province := provinceOf(code)
			if d, ok := firsts[province]; !ok || left < d {
				firsts[province] = left
			}
		}
	}
	for province, left := range firsts {
		a.province[province] = maxAge(left)
	}
	a.all = maxAge(max(first, 0))
	return a
}

// maxAge rounds down to steps, so that two answers in a row rarely differ:
// from a minute to a day.
func maxAge(left time.Duration) []string {
	steps := []int{86400, 43200, 21600, 7200, 3600, 1800, 900, 600, 300, 120}
	for _, s := range steps {
		if left >= time.Duration(s)*time.Second {
			return []string{fmt.Sprintf("public, max-age=%d", s)}
		}
	}
	return []string{"public, max-age=60"}
}

func provinceOf(code string) string {
	if len(code) < 2 {
		return code
	}
	return code[:2]
}

var archiveAge = []string{"public, max-age=3600"}

// age is the Cache-Control value of a feed.
func (a ages) age(s spec) []string {
	if s.month != "" {
		return archiveAge
	}
	if v, ok := a.portal[s.portal]; ok {
		return v
	}
	if v, ok := a.province[provinceOf(s.region)]; ok {
		return v
	}
	if a.all == nil {
		return maxAge(0)
	}
	return a.all
}
