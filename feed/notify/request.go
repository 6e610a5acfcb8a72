package notify

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kabar/feed"
	"kabar/storage/news"
)

// Sizes in bytes. A secret is shorter than maxSecret (section 5.1).
const (
	maxRequest  = 16 << 10
	maxCallback = 2048
	maxSecret   = 200
)

// mode is what a subscriber wants, or what we tell it (sections 5.1 to 5.3).
type mode string

const (
	subscribe   mode = "subscribe"
	unsubscribe mode = "unsubscribe"
	denied      mode = "denied"
)

// intent is a request of a subscriber that is to be verified, or a denial.
type intent struct {
	mode     mode
	callback string
	topic    string // in its one form
	asked    string // the topic as the subscriber wrote it
	secret   string
	lease    time.Duration
	client   netip.Addr
	reason   string // of a denial

	answered <-chan struct{} // closed when the subscriber has our answer; nil for at once
}

// key is the same for intents of which the last one replaces those before.
func (in intent) key() string {
	return string(in.mode) + "\n" + in.callback + "\n" + in.topic
}

// refusal is an answer that explains a mistake to whoever develops the
// subscriber (section 5.1.2).
type refusal struct {
	status int
	reason string
	after  time.Duration // Retry-After; 0 for none
}

func (r *refusal) Error() string { return r.reason }

func bad(format string, args ...any) *refusal {
	return &refusal{status: http.StatusBadRequest, reason: fmt.Sprintf(format, args...)}
}

// ServeSubscription answers a subscription request (section 5.1). Limits apply
// to client; topic brings the address of one of our feeds into its one form,
// or says why it is none. Whatever can be told at once is refused at once;
// everything else is verified after the answer.
func (h *Hub) ServeSubscription(w http.ResponseWriter, r *http.Request, client netip.Addr, topic func(string) (string, error)) {
	answered := make(chan struct{})
	defer close(answered)
	err := h.accept(w, r, network(client), topic, answered)
	var refused *refusal
	switch {
	case err == nil:
		say(w, http.StatusAccepted, "Accepted. The callback will be asked whether it wants this.")
	case errors.As(err, &refused):
		if refused.after > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(refused.after.Seconds())))
		}
		say(w, refused.status, refused.reason)
	default:
		h.opts.Log.Error("taking a subscription", "err", err)
		w.Header().Set("Retry-After", "60")
		say(w, http.StatusServiceUnavailable, "Subscriptions cannot be stored just now. Try again later.")
	}
}

// say answers with one plain sentence, at once: a callback that is asked may
// well look for what its own side has written down after the answer.
func say(w http.ResponseWriter, status int, sentence string) {
	header := w.Header()
	header.Set("Content-Type", "text/plain; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Length", strconv.Itoa(len(sentence)+1))
	w.WriteHeader(status)
	_, _ = w.Write([]byte(sentence + "\n")) // a client that left is no trouble of ours
	_ = http.NewResponseController(w).Flush()
}

// accept queues the verification of a request.
func (h *Hub) accept(w http.ResponseWriter, r *http.Request, client netip.Addr, topic func(string) (string, error), answered <-chan struct{}) error {
	if !h.clients.take(client, time.Now()) {
		return &refusal{http.StatusTooManyRequests, "Too many requests from your address. Try again in a minute.", time.Minute}
	}
	form, err := readForm(w, r)
	if err != nil {
		return err
	}
	in, err := parseIntent(form, topic)
	if err != nil {
		return err
	}
	in.client, in.answered = client, answered
	if err := h.room(r.Context(), in); err != nil {
		return err
	}
	if !h.asking.add(job{key: in.key(), host: hostOf(in.callback), intent: in}) {
		return &refusal{http.StatusServiceUnavailable, "Too many subscriptions wait to be verified. Try again in a minute.", time.Minute}
	}
	return nil
}

// readForm reads the body, of which no more than maxRequest is taken.
func readForm(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, &refusal{status: http.StatusUnsupportedMediaType, reason: "The body must be of type application/x-www-form-urlencoded."}
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	var large *http.MaxBytesError
	switch err := r.ParseForm(); {
	case errors.As(err, &large):
		return nil, &refusal{status: http.StatusRequestEntityTooLarge, reason: fmt.Sprintf("The body is longer than %d bytes.", maxRequest)}
	case err != nil:
		return nil, bad("The body cannot be read as a form.")
	}
	return r.PostForm, nil
}

// parseIntent reads the parameters of section 5.1; others are ignored.
func parseIntent(form url.Values, topic func(string) (string, error)) (intent, error) {
	in := intent{mode: mode(form.Get("hub.mode")), asked: form.Get("hub.topic"), secret: form.Get("hub.secret")}
	switch {
	case in.mode == "publish":
		return in, bad("This hub pushes its own feeds only, and learns of news by itself.")
	case in.mode != subscribe && in.mode != unsubscribe:
		return in, bad(`hub.mode must be "subscribe" or "unsubscribe".`)
	case in.asked == "":
		return in, bad("hub.topic is missing: give the address of a feed, as its rel=self link says.")
	case len(in.secret) >= maxSecret:
		return in, bad("hub.secret must be shorter than %d bytes.", maxSecret)
	}
	var err error
	if in.callback, err = parseCallback(form.Get("hub.callback")); err != nil {
		return in, err
	}
	if in.topic, err = topic(in.asked); err != nil {
		return in, bad("hub.topic cannot be subscribed to: %s.", strings.TrimSuffix(feed.Line(err.Error(), 300), "."))
	}
	if in.mode == subscribe {
		in.lease, err = parseLease(form.Get("hub.lease_seconds"))
	}
	return in, err
}

// parseCallback checks what can be told of a callback without asking it: that
// it is an address of the web, and not of another service that may be led to
// take a request for something else. Where it leads is checked when dialing.
func parseCallback(s string) (string, error) {
	switch {
	case s == "":
		return "", bad("hub.callback is missing.")
	case len(s) > maxCallback:
		return "", bad("hub.callback is longer than %d bytes.", maxCallback)
	case strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", bad("hub.callback must be percent-encoded.")
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Opaque != "" || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		return "", bad("hub.callback must be an http or https address.")
	case u.User != nil:
		return "", bad("hub.callback must not contain a user name.")
	case strings.Contains(s, "#"):
		return "", bad("hub.callback must not contain a fragment.")
	}
	if port := u.Port(); port != "" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n < 1024 && n != 80 && n != 443 {
			return "", bad("hub.callback must use port 80, 443, or one from 1024.")
		}
	}
	return feed.PlainEscapes(s), nil
}

// parseLease keeps the lease that is asked for within bounds.
func parseLease(s string) (time.Duration, error) {
	if s == "" {
		return defaultLease, nil
	}
	if strings.Trim(s, "0123456789") != "" || strings.Trim(s, "0") == "" {
		return 0, bad("hub.lease_seconds must be a positive decimal integer.")
	}
	seconds, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return maxLease, nil
	}
	return min(max(time.Duration(seconds)*time.Second, minLease), maxLease), nil
}

// room refuses what would be too much. Renewals and goodbyes always pass.
func (h *Hub) room(ctx context.Context, in intent) error {
	if in.mode == unsubscribe {
		return nil
	}
	subs, err := h.opts.Outbox.Subscriptions(ctx, h.opts.Now())
	if err != nil {
		return err
	}
	return h.crowded(subs, in)
}

func (h *Hub) crowded(subs []news.Subscription, in intent) error {
	host, ofClient, atHost := hostOf(in.callback), 0, 0
	for _, s := range subs {
		if s.Callback == in.callback && s.Topic == in.topic {
			return nil
		}
		if s.Client == in.client.String() {
			ofClient++
		}
		if hostOf(s.Callback) == host {
			atHost++
		}
	}
	full := func(reason string) error {
		return &refusal{http.StatusServiceUnavailable, reason, time.Hour}
	}
	switch {
	case len(subs) >= h.opts.Limits.Subscriptions:
		return full("This hub has as many subscriptions as it can serve.")
	case ofClient >= h.opts.Limits.PerClient:
		return full("Your address has as many subscriptions as one may have.")
	case atHost >= h.opts.Limits.PerHost:
		return full("The host of hub.callback has as many subscriptions as one may have.")
	}
	return nil
}
