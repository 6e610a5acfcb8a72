package notify

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"kabar/storage/news"
)

// slowAfter is the time of a request after which its host counts as slow.
const slowAfter = 2 * time.Second

// job is one request to a callback.
type job struct {
	key  string // a waiting job with the same key is replaced; empty for none
	host string
	slow bool // likely to fail or to take long

	intent   intent            // of a verification
	delivery news.Subscription // of a delivery
}

// queue hands out jobs to a number of workers, never two of one host at once.
// Jobs that are likely to take long get half of the workers at most.
type queue struct {
	workers, most, mostHost int

	mu      sync.Mutex // guards all below
	changed sync.Cond  // a job came or ended, or the workers are to end
	waiting []job
	busy    map[string]bool // hosts
	slow    map[string]bool // hosts whose last job took long
	slowNow int             // slow jobs under way
}

func newQueue(workers, most, mostHost int) *queue {
	q := &queue{workers: workers, most: most, mostHost: mostHost, busy: make(map[string]bool), slow: make(map[string]bool)}
	q.changed.L = &q.mu
	return q
}

// add tells whether there was room.
func (q *queue) add(j job) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	same, atHost := -1, 0
	for i, w := range q.waiting {
		if j.key != "" && w.key == j.key {
			same = i
		}
		if w.host == j.host {
			atHost++
		}
	}
	switch {
	case same >= 0:
		q.waiting[same] = j
		return true
	case len(q.waiting) >= q.most || atHost >= q.mostHost:
		return false
	}
	q.waiting = append(q.waiting, j)
	q.changed.Signal()
	return true
}

// run lets the workers do jobs until the context ends, and waits for them.
func (q *queue) run(ctx context.Context, do func(context.Context, job)) {
	var all sync.WaitGroup
	for range q.workers {
		all.Go(func() {
			for {
				j, ok := q.take(ctx)
				if !ok {
					return
				}
				started := time.Now()
				do(ctx, j)
				q.end(j, time.Since(started))
			}
		})
	}
	<-ctx.Done()
	q.mu.Lock()
	q.changed.Broadcast()
	q.mu.Unlock()
	all.Wait()
}

// take waits for a job that may be done now.
func (q *queue) take(ctx context.Context) (job, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for ctx.Err() == nil {
		i := slices.IndexFunc(q.waiting, func(j job) bool {
			return !q.busy[j.host] && (q.slowNow < q.workers/2 || !j.slow && !q.slow[j.host])
		})
		if i < 0 {
			q.changed.Wait()
			continue
		}
		j := q.waiting[i]
		q.waiting = slices.Delete(q.waiting, i, i+1)
		q.busy[j.host] = true
		if j.slow = j.slow || q.slow[j.host]; j.slow {
			q.slowNow++
		}
		return j, true
	}
	return job{}, false
}

// end makes room after a job that took a while.
func (q *queue) end(j job, took time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.busy, j.host)
	if j.slow {
		q.slowNow--
	}
	delete(q.slow, j.host)
	if took >= slowAfter && len(q.slow) < 4*q.most {
		q.slow[j.host] = true
	}
	q.changed.Broadcast()
}

// hostOf is the host of a callback, as far as it matters for taking turns.
func hostOf(callback string) string {
	u, err := url.Parse(callback)
	if err != nil {
		return callback
	}
	return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
}
