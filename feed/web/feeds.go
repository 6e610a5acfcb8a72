package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"kabar/feed"
	"kabar/storage/news"
	"kabar/storage/region"
)

// feed answers a request for any feed.
func (h *Handler) feed(w http.ResponseWriter, r *http.Request) {
	s, err := parseSpec(r)
	if err != nil {
		h.refuse(w, err)
		return
	}
	if s.kind == operations {
		h.operator(h.opsFeed(s.format))(w, r)
		return
	}
	h.refresh(r.Context())
	if err := h.exists(s); err != nil {
		h.refuse(w, err)
		return
	}
	e, err := h.rendered(r.Context(), placeOf(r), s)
	if err != nil {
		h.refuse(w, err)
		return
	}
	if key, ok := h.wire(r); ok && e.key != "" {
		h.shortcuts.put(key, shortcut{e, h.cacheOf(s), s})
	}
	e.doc.serve(w, r, h.portalBook().ages.age(s))
}

func (h *Handler) cacheOf(s spec) *cache {
	if s.kind == search {
		return h.searches
	}
	return h.feeds
}

// refuse is the one place that turns errors into answers.
func (h *Handler) refuse(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, errNoFeed):
		fail(w, http.StatusNotFound, "Tidak ada umpan di alamat ini. Semua alamat umpan dijelaskan di /feeds.")
	case errors.Is(err, news.ErrNotFound):
		fail(w, http.StatusNotFound, "Tidak ada halaman di alamat ini.")
	case errors.Is(err, errBusy):
		tooMany(w)
	case errors.Is(err, news.ErrBadQuery):
		fail(w, http.StatusBadRequest, "Pencarian ini tidak terbaca: "+queryFault(err))
	case errors.As(err, new(badRequest)):
		fail(w, http.StatusBadRequest, err.Error())
	default:
		h.opts.Log.Error("answering", "err", err)
		w.Header().Set("Retry-After", "60")
		fail(w, http.StatusServiceUnavailable, "Sedang ada gangguan pada penyimpanan. Coba lagi sebentar.")
	}
}

// badRequest is a sentence for a person whose question makes no sense.
type badRequest string

func (b badRequest) Error() string { return string(b) }

// exists tells whether the portal and the region of a feed are known.
func (h *Handler) exists(s spec) error {
	if s.region != "" {
		if _, ok := region.ByCode(s.region); !ok {
			return errNoFeed
		}
	}
	if s.portal == "" {
		return nil
	}
	if b := h.state.book.Load(); b != nil {
		if _, ok := b.byID[s.portal]; !ok {
			if s.kind == search {
				return badRequest(fmt.Sprintf("Portal %q tidak dikenal; semua portal ada di /portals.", feed.Line(s.portal, 60)))
			}
			return errNoFeed
		}
	}
	return nil
}

// rendered is the document of a feed: from memory when it is right, else made
// anew by one of those who ask at the same time. When that fails, the last
// good one serves.
func (h *Handler) rendered(ctx context.Context, at place, s spec) (*entry, error) {
	store := h.cacheOf(s)
	key := at.base.origin + at.base.path + s.path()
	old, right := store.get(key)
	if right {
		return old, nil
	}
	release, err := h.limits.work(ctx, at.client)
	if err != nil {
		return nil, err
	}
	defer release()
	made, err, _ := h.flight.Do(key, func() (any, error) {
		if e, right := store.get(key); right {
			return e, nil
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer cancel()
		e, err := h.render(ctx, at.base, s)
		if err != nil {
			return nil, err
		}
		if old != nil {
			if err := h.lossSeen(ctx, old.doc, e.doc); err != nil {
				return nil, err
			}
		}
		if s.kind == operations { // events leave no changes
			return e, nil
		}
		e.key = key
		store.put(e, h.state.number.Load())
		return e, nil
	})
	if err == nil {
		return made.(*entry), nil
	}
	if old != nil && !errors.Is(err, news.ErrBadQuery) {
		h.opts.Log.Error("rendering a feed; the last good one is served", "feed", s.path(), "err", err)
		return old, nil
	}
	return nil, err
}

// render makes the document of a feed from the store.
func (h *Handler) render(ctx context.Context, b base, s spec) (*entry, error) {
	e := &entry{asOf: h.state.number.Load(), ids: make(map[string]bool), belongs: s.belongs}
	channel := h.channel(b, s)
	articles, err := h.collect(ctx, s, &channel)
	if err != nil {
		return nil, fmt.Errorf("collecting %s: %w", s.path(), err)
	}
	channel.TTL = rhythm(articles)
	if err := h.link(ctx, b, s, articles, &channel); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := write(&out, s.format, channel, articles); err != nil {
		return nil, fmt.Errorf("rendering %s: %w", s.path(), err)
	}
	modified, err := h.lostAt(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, a := range articles {
		e.ids[a.ID] = true
		if at := changedAt(a); at.After(modified) {
			modified = at
		}
	}
	if modified.IsZero() {
		modified = time.Unix(0, 0)
	}
	e.doc = newDocument(out.Bytes(), mediaType(s.format)+"; charset=utf-8", modified, links(b, s, channel))
	return e, nil
}

func write(out *bytes.Buffer, format string, c feed.Channel, articles []news.Article) error {
	switch format {
	case "rss":
		return feed.WriteRSS(out, c, articles)
	case "atom":
		return feed.WriteAtom(out, c, articles)
	default:
		return feed.WriteJSON(out, c, articles)
	}
}

func mediaType(format string) string {
	switch format {
	case "rss":
		return feed.TypeRSS
	case "atom":
		return feed.TypeAtom
	default:
		return feed.TypeJSON
	}
}
