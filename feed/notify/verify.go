package notify

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"kabar/feed"
	"kabar/storage/news"
)

// ask does a job of the queue asking.
func (w *worker) ask(ctx context.Context, j job) {
	in := j.intent
	if in.answered != nil {
		select {
		case <-in.answered:
		case <-ctx.Done():
			return
		}
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	var err error
	switch in.mode {
	case subscribe:
		err = w.admit(ctx, in)
	case unsubscribe:
		err = w.release(ctx, in)
	case denied:
		err = w.deny(ctx, in)
	}
	if err != nil {
		w.opts.Log.Info("subscription not changed", "mode", string(in.mode), "host", j.host, "topic", in.topic, "err", err)
	}
}

// admit validates a subscription, which can be denied (section 5.2), and keeps
// it when the subscriber confirms. The content of before the confirmation is
// what the subscriber is taken to have.
func (w *worker) admit(ctx context.Context, in intent) error {
	newest, err := w.opts.Outbox.LastChange(ctx)
	if err != nil {
		return err
	}
	mark, err := w.feeds.Mark(ctx, in.topic, newest)
	if reason := gone(err); reason != "" {
		in.reason = reason
		return w.deny(ctx, in)
	}
	if errors.Is(err, feed.ErrElsewhere) {
		return err
	}
	if err != nil { // the mark stays empty, so that the feed is delivered as soon as it can be read
		w.opts.Log.Info("a feed cannot be read now", "topic", in.topic, "err", err)
	}
	asked := w.opts.Now()
	if err := w.confirm(ctx, in); err != nil {
		return err
	}
	kept, err := w.opts.Outbox.Subscribe(ctx, news.Subscription{
		Callback: in.callback, Topic: in.topic, Asked: in.asked, Secret: in.secret, Client: in.client.String(),
		Until: asked.Add(in.lease), Mark: mark,
	}, w.opts.Limits.Subscriptions)
	if err == nil && !kept {
		in.reason = "This hub has as many subscriptions as it can serve."
		return w.deny(ctx, in)
	}
	w.lookAgain() // the feed may have changed while the subscriber was asked
	return err
}

// gone is the reason why a feed can be pushed no more, empty when that does
// not follow from the error.
func gone(err error) string {
	switch {
	case errors.Is(err, news.ErrBadQuery):
		return "This search makes no sense: " + feed.Line(err.Error(), 200)
	case errors.Is(err, news.ErrNotFound):
		return "There is no such feed."
	default:
		return ""
	}
}

// release ends a subscription when the subscriber confirms. Whether there is
// one makes no difference to what a stranger sees.
func (w *worker) release(ctx context.Context, in intent) error {
	if err := w.confirm(ctx, in); err != nil {
		return err
	}
	return w.opts.Outbox.Unsubscribe(ctx, in.callback, in.topic)
}

var errUnconfirmed = errors.New("the callback does not confirm")

// confirm verifies the intent of the subscriber (section 5.3): anything but a
// success with the challenge as its body means no.
func (w *worker) confirm(ctx context.Context, in intent) error {
	challenge := rand.Text() // of letters and digits, as section 5.3 wants it
	args := url.Values{"hub.mode": {string(in.mode)}, "hub.topic": {in.asked}, "hub.challenge": {challenge}}
	if in.mode == subscribe {
		args.Set("hub.lease_seconds", strconv.FormatInt(int64(in.lease.Seconds()), 10))
	}
	resp, err := w.visit(ctx, in.callback, args)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, int64(len(challenge))+1))
	if err != nil {
		return err
	}
	if !isSuccess(resp.StatusCode) || !bytes.Equal(body, []byte(challenge)) {
		return errUnconfirmed
	}
	return nil
}

// deny tells a subscriber that there is no subscription, or no more
// (section 5.2).
func (w *worker) deny(ctx context.Context, in intent) error {
	resp, err := w.visit(ctx, in.callback, url.Values{
		"hub.mode": {string(denied)}, "hub.topic": {in.asked}, "hub.reason": {in.reason},
	})
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// visit sends a GET request to a callback with arguments added to those it has
// (section 5.1.1).
func (w *worker) visit(ctx context.Context, callback string, args url.Values) (*http.Response, error) {
	glue := "?"
	switch {
	case strings.HasSuffix(callback, "?") || strings.HasSuffix(callback, "&"):
		glue = ""
	case strings.Contains(callback, "?"):
		glue = "&"
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, callback+glue+args.Encode(), nil)
	if err != nil {
		return nil, err
	}
	return w.opts.Ask.RoundTrip(r)
}

func isSuccess(status int) bool { return status >= 200 && status <= 299 }
