// Package notify tells others of new articles: Hub pushes our feeds to those
// who subscribed (WebSub, W3C Recommendation of 23 January 2018, "section"
// below), Pinger tells a hub elsewhere.
//
// A subscription remembers the entity tag of the content that its subscriber
// has. Whenever the store's log has grown, and once after a start, the tags of
// the feeds that have subscribers are compared with these, and where they
// differ the feed is delivered as it is now. So nothing can be missed by a
// crash at any moment, everybody gets what a GET gives, in the store's own
// order, and somebody who was away gets the newest content and no backlog.
//
// The hub is the only part of the program that asks an address which a
// stranger gives. It does so through the round trippers it is handed, which
// refuse private addresses, and bounds how often, for whom and at which host.
package notify

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"kabar/storage/news"
)

// Outbox is what a hub needs of a store.
type Outbox interface {
	LastChange(ctx context.Context) (int64, error)
	Subscribe(ctx context.Context, s news.Subscription, most int) (kept bool, err error)
	Unsubscribe(ctx context.Context, callback, topic string) error
	Subscriptions(ctx context.Context, now time.Time) ([]news.Subscription, error)
	ClaimDeliveries(ctx context.Context, subs []news.Subscription, now, until time.Time) (claimed []int64, err error)
	SaveDeliveries(ctx context.Context, subs ...news.Subscription) error
}

// Feeds are our own feeds as the web serves them. Errors wrap news.ErrNotFound
// for a topic that is no feed of ours, or no longer, news.ErrBadQuery for a
// search that makes no sense, and feed.ErrElsewhere for a topic under another
// base address than that of the feeds.
type Feeds interface {
	// Mark is the entity tag of a feed that takes in every change up to asOf.
	Mark(ctx context.Context, topic string, asOf int64) (string, error)
	// Current is the content of a feed with the headers ETag, Content-Type and
	// Link.
	Current(ctx context.Context, topic string) ([]byte, http.Header, error)
}

// Options of a Hub. Outbox, Ask and Tell are needed.
type Options struct {
	Outbox Outbox
	// Ask sends requests to callbacks that nobody has confirmed yet, Tell those
	// to subscribers. They are apart so that the patience with a host to which
	// a stranger sends us costs its subscribers nothing. Being round trippers
	// they follow no redirects, as sections 5.3.1 and 7 want it.
	Ask, Tell http.RoundTripper
	// RetryAt is the moment until which a host is left alone, when that is why
	// a request was not sent; zero for every other error. Nil tells nothing.
	RetryAt func(error) time.Time

	Now    func() time.Time // time.Now when nil
	Log    *slog.Logger     // discarded when nil
	Limits Limits
}

// Limits keep strangers from using the hub against us or others. Zero values
// mean the defaults in brackets. A client is an IPv4 address or an IPv6 /64.
type Limits struct {
	Subscriptions int     // in all [1000]
	PerClient     int     // subscriptions that one client asked for [250]
	PerHost       int     // subscriptions with callbacks at one host [250]
	Burst         int     // requests of one client at once [100]
	PerSecond     float64 // requests of one client in the long run [1]
	Waiting       int     // verifications that wait [500]
	WaitingHost   int     // verifications that wait for one host [100]
}

func (l Limits) withDefaults() Limits {
	number := func(v *int, def int) {
		if *v == 0 {
			*v = def
		}
	}
	number(&l.Subscriptions, 1000)
	number(&l.PerClient, 250)
	number(&l.PerHost, 250)
	number(&l.Burst, 100)
	number(&l.Waiting, 500)
	number(&l.WaitingHost, 100)
	if l.PerSecond == 0 {
		l.PerSecond = 1
	}
	return l
}

// Bounds of time. Leases are bounded as section 5.3.1 demands; their default
// is that of section 8.2.
const (
	minLease     = 10 * time.Minute
	maxLease     = 30 * 24 * time.Hour
	defaultLease = 10 * 24 * time.Hour

	sendTimeout = 20 * time.Second       // one request to a callback, waiting for its host included
	pollEvery   = 100 * time.Millisecond // how often the store is asked for changes
	lookEvery   = 30 * time.Second       // how often all is looked through without a change
	troubleWait = 5 * time.Second        // after the store could not be read
	retryWait   = time.Second            // after a feed could not be read
	claimFor    = 2 * time.Minute        // after which others may deliver in our place
)

// Workers of each queue.
const (
	verifiers  = 8
	deliverers = 16
)

// Hub takes subscriptions and delivers feeds. New makes one, Run does the work.
type Hub struct {
	opts    Options
	clients *buckets
	asking  *queue // verifications and denials
	telling *queue // deliveries

	mu       sync.Mutex     // guards all below
	underway map[int64]bool // subscriptions in the queue telling
	changed  bool           // a delivery has ended, or a subscription was made, since the last look
}

// New makes a hub. Subscriptions that come in before Run wait for it.
func New(o Options) *Hub {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.RetryAt == nil {
		o.RetryAt = func(error) time.Time { return time.Time{} }
	}
	o.Limits = o.Limits.withDefaults()
	return &Hub{
		opts:     o,
		clients:  newBuckets(o.Limits.Burst, o.Limits.PerSecond),
		asking:   newQueue(verifiers, o.Limits.Waiting, o.Limits.WaitingHost),
		telling:  newQueue(deliverers, o.Limits.Subscriptions, o.Limits.Subscriptions),
		underway: make(map[int64]bool),
	}
}

// Run verifies and delivers until the context ends, and waits for what is
// under way.
func (h *Hub) Run(ctx context.Context, feeds Feeds) error {
	var all sync.WaitGroup
	defer all.Wait()
	w := &worker{Hub: h, feeds: feeds, outcomes: make(chan outcome, deliverers), seen: -1}
	all.Go(func() { h.asking.run(ctx, w.ask) })
	all.Go(func() { w.record(context.WithoutCancel(ctx)) })
	all.Go(func() {
		defer close(w.outcomes)
		h.telling.run(ctx, w.tell)
	})

	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-pause.C:
		}
		started := time.Now()
		if err := w.look(ctx); err != nil && !errors.Is(err, context.Canceled) {
			h.opts.Log.Error("looking for what to push", "err", err)
			pause.Reset(troubleWait)
			continue
		}
		// Some time is left to others, however many feeds there are to make.
		pause.Reset(max(pollEvery, time.Since(started)/2))
	}
}

// worker is a hub with the feeds it delivers.
type worker struct {
	*Hub
	feeds    Feeds
	outcomes chan outcome // of deliveries, to be stored
	seen     int64        // number of the change up to which all is queued; -1 before the first look
	next     time.Time    // when to look again without a change
	retryAt  time.Time    // when to look again, by real time, because a feed could not be read; zero for not
	warned   bool         // of feeds under another base address
}
