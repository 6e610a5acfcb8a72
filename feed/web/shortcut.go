package web

import (
	"net/http"
	"sync"
)

// shortcuts lead from requests, as they come over the wire, to entries, so that
// the usual request for an unchanged feed is not taken apart again.
type shortcuts struct {
	mu sync.RWMutex // guards to
	to map[wire]shortcut
}

// wire is what a feed's address and its base follow from.
type wire struct{ host, uri string }

type shortcut struct {
	entry *entry
	cache *cache
	spec  spec
}

// maxShortcuts bounds their number; they are forgotten all at once, and found
// again by the next requests.
const maxShortcuts = 4096

func (s *shortcuts) get(key wire) (shortcut, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	x, ok := s.to[key]
	return x, ok && !x.entry.stale.Load()
}

func (s *shortcuts) put(key wire, x shortcut) {
	if len(key.uri) > 512 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.to == nil || len(s.to) >= maxShortcuts {
		s.to = make(map[wire]shortcut)
	}
	s.to[key] = x
}

// quick answers a request that was answered before, when nothing has changed
// since.
func (h *Handler) quick(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	key, ok := h.wire(r)
	if !ok {
		return false
	}
	if _, ok = h.shortcuts.get(key); !ok {
		return false
	}
	h.refresh(r.Context())
	x, ok := h.shortcuts.get(key)
	if !ok {
		return false
	}
	x.cache.touch(x.entry)
	x.entry.doc.serve(w, r, h.portalBook().ages.age(x.spec))
	return true
}

// wire is the key of a request's shortcut; there is none where addresses
// depend on what a proxy says.
func (h *Handler) wire(r *http.Request) (wire, bool) {
	if h.base.origin != "" {
		return wire{"", r.RequestURI}, true
	}
	return wire{r.Host, r.RequestURI}, len(h.opts.TrustedProxies) == 0 && r.TLS == nil
}
