package fetch

import (
	"context"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"kabar/storage/news"
)

const (
	ledgerBatch = 64              // entries written at once
	ledgerEvery = 2 * time.Second // an entry waits at most so long
	ledgerMost  = 10_000          // kept while the memory fails
)

// ledger writes down every request, several at a time.
type ledger struct {
	memory Memory
	log    *slog.Logger
	full   chan struct{} // wakes the writer before its time
	stop   chan struct{}
	ended  chan struct{}

	mu      sync.Mutex // guards waiting
	waiting []news.Request
}

func newLedger(m Memory, log *slog.Logger) *ledger {
	l := &ledger{memory: m, log: log, full: make(chan struct{}, 1), stop: make(chan struct{}), ended: make(chan struct{})}
	go l.run()
	return l
}

func (l *ledger) add(r news.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) < ledgerMost {
		l.waiting = append(l.waiting, r)
	}
	if len(l.waiting) >= ledgerBatch {
		select {
		case l.full <- struct{}{}:
		default:
		}
	}
}

func (l *ledger) run() {
	defer close(l.ended)
	tick := time.NewTicker(ledgerEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-l.full:
		case <-l.stop:
			return
		}
		if err := l.flush(); err != nil {
			l.log.Error("requests could not be written down", slog.Any("err", err))
		}
	}
}

// flush writes what waits; entries that cannot be written wait on.
func (l *ledger) flush() error {
	l.mu.Lock()
	batch := l.waiting
	l.waiting = nil
	l.mu.Unlock()
	if len(batch) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	err := l.memory.LogRequests(ctx, batch)
	if err != nil {
		l.mu.Lock()
		l.waiting = append(batch, l.waiting...)
		l.mu.Unlock()
	}
	return err
}

// close writes what is left. Call it once, after the last add.
func (l *ledger) close() error {
	close(l.stop)
	<-l.ended
	return l.flush()
}

// ledgerURL is the address as it may be shown: what services are told often
// has a secret in its path.
func ledgerURL(u *url.URL, e *errand) string {
	if e.service {
		return u.Scheme + "://" + u.Host + "/"
	}
	return u.Redacted()
}
