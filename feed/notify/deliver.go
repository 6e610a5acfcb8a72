package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"kabar/feed"
	"kabar/storage/news"
)

// look queues what is to be delivered: for every feed whose content differs
// from what some subscriber has. It does so when the log has grown, when
// subscriptions came or deliveries ended, when one is due again, and now and
// then, for what leaves no trace in the log.
func (w *worker) look(ctx context.Context) error {
	newest, err := w.opts.Outbox.LastChange(ctx)
	if err != nil {
		return err
	}
	now := w.opts.Now()
	if newest == w.seen && now.Before(w.next) && !w.retry(time.Now()) && !w.again() {
		return nil
	}
	subs, err := w.opts.Outbox.Subscriptions(ctx, now)
	if err != nil {
		return err
	}
	// Read after the subscriptions, so that no feed is compared as it was
	// before what another process has delivered meanwhile.
	if newest, err = w.opts.Outbox.LastChange(ctx); err != nil {
		return err
	}
	w.next, w.retryAt = now.Add(lookEvery), time.Time{}
	for _, group := range byTopic(subs) {
		if err := w.lookAt(ctx, group, newest, now); err != nil {
			return err
		}
	}
	w.seen = newest
	return nil
}

// lookAt queues what is to be delivered of one feed as it is after the change
// newest. A feed that stands under another base address than ours now is left
// alone until that is ours again, or the leases end.
func (w *worker) lookAt(ctx context.Context, subs []news.Subscription, newest int64, now time.Time) error {
	topic := subs[0].Topic
	mark, err := w.feeds.Mark(ctx, topic, newest)
	switch reason := gone(err); {
	case reason != "":
		w.dismiss(ctx, subs, reason)
	case errors.Is(err, feed.ErrElsewhere):
		if !w.warned {
			w.opts.Log.Warn("subscriptions to feeds under another base address are kept, but get nothing until the base URL is that one again", "topic", topic)
		}
		w.warned = true
	case err != nil:
		w.opts.Log.Info("a feed cannot be pushed now", "topic", topic, "err", err)
		w.retryAt = time.Now().Add(retryWait)
	default:
		return w.queue(ctx, subs, mark, now)
	}
	return nil
}

// retry tells whether it is time to look again at a feed that could not be
// read. It goes by real time, as the trouble does.
func (w *worker) retry(now time.Time) bool {
	return !w.retryAt.IsZero() && !now.Before(w.retryAt)
}

// byTopic groups subscriptions, in the order in which the topics come first.
func byTopic(subs []news.Subscription) [][]news.Subscription {
	var groups [][]news.Subscription
	at := make(map[string]int)
	for _, s := range subs {
		i, ok := at[s.Topic]
		if !ok {
			i = len(groups)
			at[s.Topic] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], s)
	}
	return groups
}

// queue queues deliveries to those of a feed's subscribers who have another
// content and whose time has come. Claiming them keeps another process on the
// same store from doing so, too.
func (w *worker) queue(ctx context.Context, subs []news.Subscription, mark string, now time.Time) error {
	var due []news.Subscription
	for _, s := range subs {
		switch {
		case s.Mark == mark || w.isUnderway(s.ID):
		case s.NextTry.After(now):
			w.next = earlier(w.next, s.NextTry)
		default:
			due = append(due, s)
		}
	}
	if len(due) == 0 {
		return nil
	}
	claimed, err := w.opts.Outbox.ClaimDeliveries(ctx, due, now, now.Add(claimFor))
	if err != nil {
		return err
	}
	for _, s := range due {
		if !slices.Contains(claimed, s.ID) {
			continue
		}
		w.setUnderway(s.ID, true)
		if !w.telling.add(job{host: hostOf(s.Callback), slow: s.Tries > 0, delivery: s}) {
			w.setUnderway(s.ID, false) // its claim runs out
		}
	}
	return nil
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// dismiss says that a feed is no more and ends the subscriptions to it. Those
// for whom the queue has no room stay until the next look.
func (w *worker) dismiss(ctx context.Context, subs []news.Subscription, reason string) {
	for _, s := range subs {
		in := intent{mode: denied, callback: s.Callback, topic: s.Topic, asked: s.Asked, reason: reason}
		if !w.asking.add(job{key: in.key(), host: hostOf(s.Callback), intent: in}) {
			continue
		}
		if err := w.opts.Outbox.Unsubscribe(ctx, s.Callback, s.Topic); err != nil {
			w.opts.Log.Error("ending a subscription", "topic", s.Topic, "err", err)
		}
	}
}

// outcome is what to remember of a delivery.
type outcome struct {
	news.Subscription
	deleted bool // the subscriber wants no more
}

// tell does a job of the queue telling.
func (w *worker) tell(ctx context.Context, j job) {
	result, err := w.deliver(ctx, j.delivery)
	if err != nil {
		w.opts.Log.Info("delivery failed", "host", j.host, "topic", result.Topic, "tries", result.Tries, "err", err)
	}
	w.outcomes <- outcome{result, errors.Is(err, errDeleted)}
}

// record stores outcomes, all that there are in one transaction, until the
// channel is closed. A crash before that means that a delivery comes twice.
func (w *worker) record(ctx context.Context) {
	for first := range w.outcomes {
		batch := []outcome{first}
		for len(w.outcomes) > 0 {
			batch = append(batch, <-w.outcomes)
		}
		if err := w.save(ctx, batch); err != nil {
			w.opts.Log.Error("recording deliveries", "err", err)
		}
		for _, o := range batch {
			w.setUnderway(o.ID, false)
		}
	}
}

func (w *worker) save(ctx context.Context, batch []outcome) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	var results []news.Subscription
	for _, o := range batch {
		if !o.deleted {
			results = append(results, o.Subscription)
			continue
		}
		if err := w.opts.Outbox.Unsubscribe(ctx, o.Callback, o.Topic); err != nil {
			return err
		}
	}
	return w.opts.Outbox.SaveDeliveries(ctx, results...)
}

var errDeleted = errors.New("the subscriber answers 410 Gone")

// deliver sends a feed as it is now and returns what to remember.
func (w *worker) deliver(ctx context.Context, s news.Subscription) (news.Subscription, error) {
	result := s
	result.NextTry = time.Time{}
	if ctx.Err() != nil || !s.Until.After(w.opts.Now()) {
		return result, nil
	}
	sending, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	body, header, err := w.feeds.Current(sending, s.Topic)
	if err != nil {
		result.NextTry = w.opts.Now().Add(backoff(1))
		return result, fmt.Errorf("reading the feed: %w", err)
	}
	status, err := w.send(sending, s, body, header)
	switch {
	case ctx.Err() != nil:
		return result, nil // we are ending, and begin with it next time
	case err == nil && isSuccess(status):
		result.Mark, result.Tries = header.Get("Etag"), 0
		return result, nil
	case err == nil && status == http.StatusGone:
		return result, errDeleted
	case err == nil:
		err = fmt.Errorf("the subscriber answers %d", status)
	}
	if at := w.opts.RetryAt(err); at.After(w.opts.Now()) {
		result.NextTry = earlier(at, w.opts.Now().Add(maxBackoff))
		return result, err
	}
	result.Tries++
	result.NextTry = w.opts.Now().Add(backoff(result.Tries))
	return result, err
}

// send is one content distribution request (section 7). Its answer is
// complete and bounded; the body does not matter.
func (w *worker) send(ctx context.Context, s news.Subscription, body []byte, header http.Header) (status int, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Callback, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	r.Header["Content-Type"] = header["Content-Type"]
	r.Header["Link"] = header["Link"]
	if s.Secret != "" {
		r.Header.Set("X-Hub-Signature", sign(s.Secret, body))
	}
	resp, err := w.opts.Tell.RoundTrip(r)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// sign is the value of X-Hub-Signature (section 7.1).
func sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// Waits after failed deliveries. They grow to maxBackoff and then stay there
// until the lease ends: section 7 forbids to end it earlier.
const (
	firstBackoff = 5 * time.Second
	maxBackoff   = 3 * time.Hour
)

func backoff(tries int) time.Duration {
	wait := firstBackoff
	for i := 1; i < tries && wait < maxBackoff; i++ {
		wait *= 3
	}
	return min(wait, maxBackoff)
}

func (h *Hub) isUnderway(id int64) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.underway[id]
}

// setUnderway notes the begin and the end of a delivery; after the end the
// next look is thorough, for the feed may have changed meanwhile.
func (h *Hub) setUnderway(id int64, is bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if is {
		h.underway[id] = true
		return
	}
	delete(h.underway, id)
	h.changed = true
}

// lookAgain makes the next look thorough.
func (h *Hub) lookAgain() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.changed = true
}

// again tells whether the next look is to be thorough, once.
func (h *Hub) again() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	changed := h.changed
	h.changed = false
	return changed
}
