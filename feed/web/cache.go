package web

import (
	"container/list"
	"sync"
	"sync/atomic"

	"kabar/storage/news"
)

// entry is a rendered feed or page in memory.
type entry struct {
	key  string
	doc  *document
	asOf int64 // number of the change up to which it is known to be right

	// What can make it wrong: a change of an article that is in it, or of one
	// that belongs into it.
	ids     map[string]bool
	belongs func(news.Article) bool
	stale   atomic.Bool
}

// cache keeps the entries that were asked for last, up to a number of bytes.
type cache struct {
	mu      sync.Mutex // guards all below
	max     int64
	size    int64
	entries map[string]*list.Element // of *entry
	recent  *list.List               // front is the last asked for
}

func newCache(max int64) *cache {
	return &cache{max: max, entries: make(map[string]*list.Element), recent: list.New()}
}

// get finds an entry; right tells whether it may be served without a look at
// the store. A wrong one is the last good content.
func (c *cache) get(key string) (e *entry, right bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.entries[key]
	if !ok {
		return nil, false
	}
	c.recent.MoveToFront(element)
	e = element.Value.(*entry)
	return e, !e.stale.Load()
}

// put keeps an entry and forgets what was not asked for longest. Newest is the
// number of the last change the cache has been told of: an entry that was read
// before it may have missed it.
func (c *cache) put(e *entry, newest int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e.asOf < newest {
		e.stale.Store(true)
	}
	if old, ok := c.entries[e.key]; ok {
		c.remove(old)
	}
	c.entries[e.key] = c.recent.PushFront(e)
	c.size += e.doc.size()
	for c.size > c.max && c.recent.Len() > 1 {
		c.remove(c.recent.Back())
	}
}

// remove needs the lock.
func (c *cache) remove(element *list.Element) {
	e := c.recent.Remove(element).(*entry)
	delete(c.entries, e.key)
	c.size -= e.doc.size()
	e.stale.Store(true) // for those who still hold it
}

// touch tells that an entry was asked for.
func (c *cache) touch(e *entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if element, ok := c.entries[e.key]; ok {
		c.recent.MoveToFront(element)
	}
}

// outdate marks the entries that the given articles, as they are now, are in
// or belong to.
func (c *cache) outdate(articles []news.Article) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for element := c.recent.Front(); element != nil; element = element.Next() {
		e := element.Value.(*entry)
		for _, a := range articles {
			if e.stale.Load() {
				break
			}
			e.stale.Store(e.ids[a.ID] || e.belongs == nil || e.belongs(a))
		}
	}
}

// outdateAll marks every entry.
func (c *cache) outdateAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for element := c.recent.Front(); element != nil; element = element.Next() {
		element.Value.(*entry).stale.Store(true)
	}
}
