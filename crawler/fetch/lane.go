package fetch

import (
	"context"
	"sync"
	"time"
)

// maxLanes is the number of lanes above which idle ones are forgotten.
const maxLanes = 2048

// lanes keep requests to one host apart: one at a time, with a pause from the
// end of one to the start of the next. A request needs the lane of its host's
// name and that of its address, so that portals on one machine count as one.
type lanes struct {
	mu  sync.Mutex // guards all and lane.users
	all map[string]*lane
}

type lane struct {
	turn  chan struct{} // holds a token while somebody is in the lane
	free  time.Time     // real time; when the next request may start; guarded by turn
	users int
}

func newLanes() *lanes { return &lanes{all: map[string]*lane{}} }

// pass is the right to send one request.
type pass struct {
	lanes *lanes
	keys  []string
	held  []*lane
}

// enter waits for the lanes of a host and for the end of their pauses. Lanes
// are always taken in the order name, address, and nobody waits for a name
// while holding an address; so nobody waits for ever.
func (l *lanes) enter(ctx context.Context, host, address string) (*pass, error) {
	p := &pass{lanes: l, keys: []string{"name " + host, "address " + address}}
	var free time.Time
	for _, key := range p.keys {
		lane := l.join(key)
		select {
		case lane.turn <- struct{}{}:
		case <-ctx.Done():
			l.quit(key)
			p.leave(0)
			return nil, context.Cause(ctx)
		}
		p.held = append(p.held, lane)
		if lane.free.After(free) {
			free = lane.free
		}
	}
	if err := sleep(ctx, time.Until(free)); err != nil {
		p.leave(0)
		return nil, err
	}
	return p, nil
}

// hold lets no request to a host start before a time.
func (l *lanes) hold(ctx context.Context, host string, free time.Time) error {
	key := "name " + host
	lane := l.join(key)
	defer l.quit(key)
	select {
	case lane.turn <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if free.After(lane.free) {
		lane.free = free
	}
	<-lane.turn
	return nil
}

// leave gives the lanes back; the next request starts after the pause. The
// pause never shortens one that already holds.
func (p *pass) leave(pause time.Duration) {
	free := time.Now().Add(pause)
	for i, lane := range p.held {
		if pause > 0 && free.After(lane.free) {
			lane.free = free
		}
		<-lane.turn
		p.lanes.quit(p.keys[i])
	}
	p.held = nil
}

func (l *lanes) join(key string) *lane {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := l.all[key]
	if found == nil {
		if len(l.all) >= maxLanes {
			l.sweep()
		}
		found = &lane{turn: make(chan struct{}, 1)}
		l.all[key] = found
	}
	found.users++
	return found
}

func (l *lanes) quit(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all[key].users--
}

// sweep forgets lanes that nobody uses and whose pause is over. The caller
// holds mu; a lane without users is held by nobody.
func (l *lanes) sweep() {
	now := time.Now()
	for key, lane := range l.all {
		if lane.users == 0 && lane.free.Before(now) {
			delete(l.all, key)
		}
	}
}

// sleep waits in real time, or until the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
