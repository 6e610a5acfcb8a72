package crawler

import (
	"context"
	"time"

	"kabar/storage/news"
)

// causeStorage is an event of no portal: nothing could be stored.
const causeStorage = "storage"

// afterTrouble is how long after a failure of the ledger it is tried again.
const afterTrouble = 30 * time.Second

// trouble is a failure of the ledger that lasts.
type trouble struct {
	since time.Time
	err   error
}

// Trouble is why nothing can be stored at present; nil when all is well. It
// may be asked at any time, by any goroutine.
func (c *Crawler) Trouble() error {
	if t := c.trouble.Load(); t != nil {
		return t.err
	}
	return nil
}

// stuck notes that the ledger failed. What was read and not stored is due
// again, so nothing is lost but time.
func (c *Crawler) stuck(err error) {
	t := &trouble{since: c.Now(), err: err}
	if c.trouble.CompareAndSwap(nil, t) {
		c.Log.Error("nothing can be stored; it is tried again by itself, and what is stored is served", "err", err)
	}
}

// unstuck notes that the ledger works. An event tells of the time when it did
// not, which could not be stored then.
func (c *Crawler) unstuck(ctx context.Context) {
	t := c.trouble.Load()
	if t == nil {
		return
	}
	e := news.Event{Cause: causeStorage, Since: t.since, LastGood: t.since,
		Detail: "nothing could be stored (" + t.err.Error() + "); look after the disk with \"kabar doctor\""}
	_, err := c.Ledger.OpenEvent(ctx, e)
	if err == nil {
		err = c.Ledger.CloseEvent(ctx, e.Portal, e.Cause, c.Now())
	}
	if err != nil {
		return // it is not over yet
	}
	c.trouble.Store(nil)
	c.Log.Warn("storing works again", "since", t.since.Format(time.RFC3339))
}
