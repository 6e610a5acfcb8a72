package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"kabar/feed"
	"kabar/storage/news"
)

// Hub takes subscriptions to our feeds (WebSub) at /hub.
type Hub interface {
	// ServeSubscription answers a request to subscribe. Limits apply to
	// client. topic gives the one form of an address of one of our feeds, as
	// seen under the base at which the request came in; for every other
	// address an error that says why not.
	ServeSubscription(w http.ResponseWriter, r *http.Request, client netip.Addr, topic func(address string) (string, error))
}

// hubPath is where a hub of our own stands.
const hubPath = "/hub"

func (h *Handler) hub(w http.ResponseWriter, r *http.Request) {
	at := placeOf(r)
	h.opts.OwnHub.ServeSubscription(w, r, at.client, func(address string) (string, error) {
		return h.topic(at.base, address)
	})
}

// hubOf is the address of the hub that pushes a feed, empty for none: what
// only the operator may see, and documents that are fixed, are not pushed.
func (h *Handler) hubOf(b base, s spec) string {
	switch {
	case s.kind == operations || s.month != "":
		return ""
	case h.opts.OwnHub != nil:
		return b.url(hubPath)
	default:
		return h.opts.Hub
	}
}

// maxTopic bounds the address of a feed to subscribe to, in bytes.
const maxTopic = 2048

// topic brings an address that names one of our feeds under b into its one
// form: the address that the feed gives as its own.
func (h *Handler) topic(b base, address string) (string, error) {
	if len(address) > maxTopic {
		return "", fmt.Errorf("it is longer than %d bytes", maxTopic)
	}
	u, err := plainURL(address)
	if err != nil {
		return "", err
	}
	under, err := plainURL(b.url("/"))
	if err != nil {
		return "", err
	}
	path, ours := strings.CutPrefix(u.EscapedPath(), under.EscapedPath())
	if !ours || u.Scheme != under.Scheme || u.Host != under.Host {
		return "", fmt.Errorf("it is no address of this server, whose feeds stand under %s", b.url("/feeds/"))
	}
	s, err := parseTopic("/"+path, u.RawQuery)
	if err != nil {
		return "", err
	}
	if h.base.origin == "" {
		b.origin = under.Scheme + "://" + under.Host
	}
	if address = feed.Address(b.url(s.path())); address == "" {
		return "", errors.New("it is no address that can be written in a feed")
	}
	return address, nil
}

// parseTopic reads path and query of a feed that can be pushed.
func parseTopic(path, query string) (spec, error) {
	target := path
	if query != "" {
		target += "?" + query
	}
	u, err := url.Parse(target)
	if err != nil || !strings.HasPrefix(path, "/feeds/") {
		return spec{}, errors.New("it names no feed")
	}
	s, err := parseSpec(&http.Request{URL: u})
	switch {
	case errors.Is(err, errNoFeed):
		return spec{}, errors.New("it names no feed")
	case err != nil:
		return spec{}, err
	case s.kind == operations || s.month != "":
		return spec{}, errors.New("this feed is not pushed")
	}
	return s, nil
}

// plainURL reads an absolute web address into the form in which two that mean
// the same are the same (RFC 3986, 6.2.2 and 6.2.3).
func plainURL(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, errors.New("it cannot be read as an address")
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "" {
		return nil, errors.New("it must be a plain http or https address")
	}
	defaults := map[string]string{"http": ":80", "https": ":443"}
	u.Host = strings.TrimSuffix(strings.TrimSuffix(u.Host, defaults[u.Scheme]), ":")
	u.RawPath = feed.PlainEscapes(u.EscapedPath())
	if u.Path, err = url.PathUnescape(u.RawPath); err != nil {
		return nil, errors.New("it cannot be read as an address")
	}
	u.RawQuery = feed.PlainEscapes(u.RawQuery)
	return u, nil
}

// readTopic is the way back from the one form of a feed's address.
func (h *Handler) readTopic(topic string) (place, spec, error) {
	gone := fmt.Errorf("no feed of ours is at %s: %w", topic, news.ErrNotFound)
	b := h.base
	if b.origin == "" {
		u, err := url.Parse(topic)
		if err != nil {
			return place{}, spec{}, gone
		}
		path, _, _ := strings.Cut(u.EscapedPath(), "/feeds/")
		b = base{origin: u.Scheme + "://" + u.Host, path: path}
	}
	rest, ours := strings.CutPrefix(topic, feed.Address(b.url("/feeds/")))
	if !ours {
		return place{}, spec{}, fmt.Errorf("no feed stands at %s: %w", topic, feed.ErrElsewhere)
	}
	path, query, _ := strings.Cut(rest, "?")
	s, err := parseTopic("/feeds/"+path, query)
	if err == nil {
		err = h.exists(s)
	}
	if err != nil {
		return place{}, spec{}, gone
	}
	return place{base: b}, s, nil
}

// errBehind tells that a feed could not be brought up to date just now.
var errBehind = errors.New("the feed cannot be brought up to date now")

// Mark is the entity tag of the feed at a topic; it takes in every change up
// to the number asOf. A feed that is not ours, or no longer, gives an error
// that wraps news.ErrNotFound, a search that makes no sense news.ErrBadQuery,
// an address under another base than BaseURL feed.ErrElsewhere.
// Asking again costs little while nothing has changed that concerns the feed.
func (h *Handler) Mark(ctx context.Context, topic string, asOf int64) (string, error) {
	if err := h.upTo(ctx, asOf); err != nil {
		return "", err
	}
	if e, right := h.watched.get(topic); right {
		return e.doc.etags[0], nil
	}
	at, s, err := h.readTopic(topic)
	if err != nil {
		return "", err
	}
	e, err := h.rendered(ctx, at, s)
	if err != nil {
		return "", err
	}
	// While the lock is held nothing is learned, so what is not stale now is
	// right as of the present number.
	h.state.mu.Lock()
	defer h.state.mu.Unlock()
	if e.stale.Load() {
		return "", errBehind
	}
	number := h.state.number.Load()
	h.watched.put(&entry{key: topic, doc: &document{etags: e.doc.etags}, asOf: number, ids: e.ids, belongs: e.belongs}, number)
	return e.doc.etags[0], nil
}

// upTo learns of the changes up to a number at once.
func (h *Handler) upTo(ctx context.Context, number int64) error {
	if h.state.number.Load() >= number && h.state.book.Load() != nil {
		return nil
	}
	h.state.mu.Lock()
	defer h.state.mu.Unlock()
	return h.learn(ctx)
}

// Current is the content of the feed at a topic, with the bytes and the
// headers ETag, Content-Type and Link that a GET gives. Errors are those of
// Mark. The bytes are shared and must not be changed.
func (h *Handler) Current(ctx context.Context, topic string) ([]byte, http.Header, error) {
	at, s, err := h.readTopic(topic)
	if err != nil {
		return nil, nil, err
	}
	e, err := h.rendered(ctx, at, s)
	if err != nil {
		return nil, nil, err
	}
	return e.doc.body, http.Header{"Etag": e.doc.etags, "Content-Type": e.doc.contentType, "Link": e.doc.links}, nil
}

// Topics lists the addresses of the feeds that an article is in and that a hub
// elsewhere may have subscribers for: all formats of the feeds of everything,
// its portal, regions, provinces and categories, and those that list changes.
// Without a base URL there are none.
func (h *Handler) Topics(a news.Article) []string {
	if h.base.origin == "" {
		return nil
	}
	specs := []spec{{kind: all}, {kind: ofPortal, portal: a.Portal}}
	for _, code := range regionsOf(a) {
		specs = append(specs, spec{kind: ofRegion, region: code})
	}
	for _, c := range a.Categories {
		if c = feed.Line(c, 120); c != "" {
			specs = append(specs, spec{kind: ofCategory, portal: a.Portal, category: c})
		}
	}
	if a.Version > 1 {
		specs = append(specs, spec{kind: corrections})
	}
	if !a.GoneSince.IsZero() {
		specs = append(specs, spec{kind: withdrawals})
	}
	var topics []string
	for _, s := range specs {
		for _, format := range []string{"rss", "atom", "json"} {
			topics = append(topics, h.base.url(s.in(format).path()))
		}
	}
	return topics
}

// regionsOf are the codes of an article's regions and of their provinces.
func regionsOf(a news.Article) []string {
	var codes []string
	for _, r := range a.Regions {
		for _, code := range []string{r.Code, provinceOf(r.Code)} {
			if code != "" && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	return codes
}
