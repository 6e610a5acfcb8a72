package fetch

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// How long hosts are left alone.
const (
	maxRetryAfter = 24 * time.Hour
	firstBackoff  = 15 * time.Second
	maxBackoff    = 6 * time.Hour
	// toleratedFailures in a row are met by the caller's own retries; from
	// then on the whole host is left alone.
	toleratedFailures = 3
)

// backoff doubles with each failure, from firstBackoff to maxBackoff.
func backoff(failures int) time.Duration {
	if failures > 11 {
		return maxBackoff
	}
	return min(firstBackoff<<max(failures-1, 0), maxBackoff)
}

// retryAfter reads a Retry-After header (RFC 9110, 10.2.3) into a wait of at
// most a day. A date counts from the answer's own Date, as clocks differ.
// Nonsense, the past and zero are not ok.
func retryAfter(h http.Header, now time.Time) (wait time.Duration, ok bool) {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if value == "" {
		return 0, false
	}
	if digits := strings.TrimLeft(value, "0123456789"); digits == "" {
		seconds, err := strconv.Atoi(value)
		if err != nil || seconds > int(maxRetryAfter/time.Second) {
			return maxRetryAfter, true
		}
		return time.Duration(seconds) * time.Second, seconds > 0
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	wait = at.Sub(now)
	return min(wait, maxRetryAfter), wait > 0
}

// patience knows which hosts are to be left alone until when.
type patience struct {
	memory Memory
	now    func() time.Time

	mu    sync.Mutex // guards hosts
	hosts map[string]*hostState
}

type hostState struct {
	mu        sync.Mutex // guards the rest
	loaded    bool
	notBefore time.Time // on the injected clock
	failures  int       // in a row
}

func newPatience(o Options) *patience {
	return &patience{memory: o.Memory, now: o.Now, hosts: map[string]*hostState{}}
}

func (p *patience) host(name string) *hostState {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.hosts[name]
	if h == nil {
		if len(p.hosts) >= maxLanes {
			clear(p.hosts) // the memory has what matters
		}
		h = &hostState{}
		p.hosts[name] = h
	}
	return h
}

// until is when a host may be asked again; zero for now.
func (p *patience) until(ctx context.Context, name string) (time.Time, error) {
	h := p.host(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.loaded {
		t, err := p.memory.NotBefore(ctx, name)
		if err != nil {
			return time.Time{}, remembering(err)
		}
		h.notBefore, h.loaded = t, true
	}
	now := p.now()
	// A clock that went back by more than the longest wait makes no sense of
	// what was kept.
	if !h.notBefore.After(now) || h.notBefore.Sub(now) > maxRetryAfter {
		return time.Time{}, nil
	}
	return h.notBefore, nil
}

// served notes that the host is well.
func (p *patience) served(name string) {
	h := p.host(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failures = 0
}

// failed notes a failure and says until when the host is now left alone, zero
// when it is not. An answer that asks for patience (429, 503, a Retry-After)
// counts at once, others when there are several in a row.
func (p *patience) failed(ctx context.Context, name string, status int, header http.Header) (time.Time, error) {
	h := p.host(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failures++
	wait, asked := retryAfter(header, p.now())
	if !asked {
		over := h.failures
		if status != http.StatusTooManyRequests && status != http.StatusServiceUnavailable {
			over -= toleratedFailures - 1
		}
		if over < 1 {
			return time.Time{}, nil
		}
		wait = backoff(over)
	}
	h.notBefore, h.loaded = p.now().Add(wait), true
	err := p.memory.SetNotBefore(ctx, name, h.notBefore)
	return h.notBefore, remembering(err)
}
