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

	"kabar/storage/news"
)

// look queues what is to be delivered: for every feed whose content differs
// from what some subscriber has. It does so when the log has grown, when a
// delivery is due again, and now and then, for what leaves no trace in the log.
func (w *worker) look(ctx context.Context) error {
	newest, err := w.opts.Outbox.LastChange(ctx)
	if err != nil {
		return err
	}
	now := w.opts.Now()
	if newest == w.seen && now.Before(w.next) && !w.again() {
		return nil
	}
	subs, err := w.opts.Outbox.Subscriptions(ctx, now)
	if err != nil {
		return err
	}
	w.next = now.Add(lookEvery)
	complete := true
	for _, group := range byTopic(subs) {
		mark, err := w.feeds.Mark(ctx, group[0].Topic, newest)
		if reason := gone(err); reason != "" {
			w.dismiss(ctx, group, reason)
			continue
		}
		if err != nil {
			w.opts.Log.Info("a feed cannot be pushed now", "topic", group[0].Topic, "err", err)
			complete = false
			continue
		}
		if err := w.queue(ctx, group, mark, now); err != nil {
			return err
		}
	}
	w.seen = newest
	if !complete {
		w.next = now.Add(time.Second)
	}
	return nil
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

// dismiss ends subscriptions to a feed that is no more and says so.
func (w *worker) dismiss(ctx context.Context, subs []news.Subscription, reason string) {
	for _, s := range subs {
		if err := w.opts.Outbox.Unsubscribe(ctx, s.Callback, s.Topic); err != nil {
			w.opts.Log.Error("ending a subscription", "topic", s.Topic, "err", err)
			continue
		}
		in := intent{mode: denied, callback: s.Callback, topic: s.Topic, asked: s.Asked, reason: reason}
		w.asking.add(job{host: hostOf(s.Callback), intent: in})
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
	h.ended = true
}

// again tells whether a delivery has ended since it was asked last.
func (h *Hub) again() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	ended := h.ended
	h.ended = false
	return ended
}
