package notify_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestRecommendation holds server and hub to the W3C Recommendation WebSub of
// 23 January 2018: what it demands of publishers and hubs, by section.
func TestRecommendation(t *testing.T) {
	for _, c := range recommendation {
		t.Run(c.section+" "+c.name, func(t *testing.T) {
			t.Parallel()
			c.test(t, newWorld(t))
		})
	}
}

const atom = "/feeds/all.atom"

var recommendation = []struct {
	section, name string
	test          func(*testing.T, *world)
}{
	{"4", "a feed names its hub and itself in the Link header", func(t *testing.T, w *world) {
		for _, path := range []string{atom, "/feeds/all.rss", "/feeds/all.json", "/feeds/portal/solok.example.atom", "/feeds/search.atom?q=berita"} {
			resp := w.get(w.url(path))
			if got := linked(resp.Header, "hub"); len(got) != 1 || got[0] != w.url("/hub") {
				t.Errorf("%s: hubs %q", path, got)
			}
			if got := linked(resp.Header, "self"); len(got) != 1 || got[0] != w.url(path) {
				t.Errorf("%s: self %q", path, got)
			}
		}
	}},
	{"4", "a feed names its hub and itself in its text", func(t *testing.T, w *world) {
		for path, want := range map[string][]string{
			atom:              {`rel="hub" href="` + w.url("/hub") + `"`, `rel="self"`},
			"/feeds/all.rss":  {`rel="hub"`, `href="` + w.url("/hub") + `"`, `rel="self"`},
			"/feeds/all.json": {`"hubs"`, `"type": "WebSub"`, w.url("/hub"), `"feed_url"`},
		} {
			body := textOf(t, w.get(w.url(path)))
			for _, part := range want {
				if !strings.Contains(body, part) && !strings.Contains(body, strings.ReplaceAll(part, `": `, `":`)) {
					t.Errorf("%s does not say %s", path, part)
				}
			}
		}
	}},
	{"4", "what is not pushed names no hub", func(t *testing.T, w *world) {
		for _, path := range []string{"/feeds/ops.atom", "/feeds/archive/2026-01/all.atom"} {
			resp := w.get(w.url(path))
			if resp.StatusCode != http.StatusOK || len(linked(resp.Header, "hub")) != 0 {
				t.Errorf("%s: %s, %q", path, resp.Status, resp.Header["Link"])
			}
		}
	}},
	{"4.1", "an address has one representation", func(t *testing.T, w *world) {
		plain := textOf(t, w.get(w.url(atom)))
		other := textOf(t, w.get(w.url(atom), "Accept", "application/json", "Accept-Language", "de"))
		if plain != other {
			t.Error("the feed depends on what the reader accepts")
		}
	}},
	{"5.1", "a subscription is asked for by POST", func(t *testing.T, w *world) {
		resp := w.get(w.url("/hub"))
		if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != "POST" {
			t.Errorf("GET: %s, allowed %q", resp.Status, resp.Header.Get("Allow"))
		}
	}},
	{"5.1", "in a form", func(t *testing.T, w *world) {
		for kind, want := range map[string]int{
			"application/x-www-form-urlencoded":                http.StatusAccepted,
			"application/x-www-form-urlencoded; charset=UTF-8": http.StatusAccepted,
			"Application/X-WWW-Form-URLEncoded":                http.StatusAccepted,
			"application/json":                                 http.StatusUnsupportedMediaType,
			"multipart/form-data; boundary=x":                  http.StatusUnsupportedMediaType,
			"":                                                 http.StatusUnsupportedMediaType,
		} {
			form := w.request(newReader(t, "/").url(), w.url(atom))
			if resp := w.postBody(kind, form.Encode()); resp.StatusCode != want {
				t.Errorf("%q: %s, want %d", kind, resp.Status, want)
			}
		}
	}},
	{"5.1", "parameters in the address do not count", func(t *testing.T, w *world) {
		form := w.request("http://reader.example/", w.url(atom))
		resp, err := http.Post(w.url("/hub?"+form.Encode()), "application/x-www-form-urlencoded", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusBadRequest {
			t.Errorf("got %s", resp.Status)
		}
	}},
	{"5.1", "unknown parameters are ignored", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		w.subscribe(r, w.url(atom), "hub.verify", "sync", "hub.verify_token", "x", "another", "thing")
	}},
	{"5.1", "lease of choice, or ten days", func(t *testing.T, w *world) {
		for _, c := range []struct{ asked, want string }{
			{"", "864000"}, {"86400", "86400"}, {"0000086400", "86400"}, {"1", "600"}, {"99999999", "2592000"}, {"99999999999999999999", "2592000"},
		} {
			r := newReader(t, "/"+c.asked)
			w.accepted(w.request(r.url(), w.url(atom), "hub.lease_seconds", c.asked))
			if got := r.asked().URL.Query().Get("hub.lease_seconds"); got != c.want {
				t.Errorf("asked for %q, got %q, want %q", c.asked, got, c.want)
			}
		}
	}},
	{"5.1", "lease is ignored at a goodbye", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		w.subscribe(r, w.url(atom))
		w.accepted(w.request(r.url(), w.url(atom), "hub.mode", "unsubscribe", "hub.lease_seconds", "nonsense"))
		w.subscribed(0)
	}},
	{"5.1", "a renewal moves the end of the lease", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		w.subscribe(r, w.url(atom), "hub.lease_seconds", "3600")
		w.later(50 * time.Minute)
		w.accepted(w.request(r.url(), w.url(atom), "hub.lease_seconds", "3600"))
		r.asked()
		w.until("the new lease", func() bool { return w.subscribed(1)[0].Until.Equal(start.Add(110 * time.Minute)) })
		w.later(50 * time.Minute)
		w.tell("solok.example")
		r.told()
	}},
	{"5.1", "a renewal replaces the secret, or takes it away", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		w.subscribe(r, w.url(atom), "hub.secret", "satu")
		for _, secret := range []string{"dua", ""} {
			w.accepted(w.request(r.url(), w.url(atom), "hub.secret", secret))
			r.asked()
			w.until("the new secret", func() bool { return w.subscribed(1)[0].Secret == secret })
			w.tell("solok.example")
			c := r.told()
			if got := c.Header.Get("X-Hub-Signature"); got != signature(secret, c.body) {
				t.Errorf("signature %q, want that of %q", got, secret)
			}
		}
	}},
	{"5.1", "a renewal that is not confirmed changes nothing", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		w.subscribe(r, w.url(atom), "hub.secret", "satu")
		before := w.subscribed(1)[0]
		r.answers(status(http.StatusNotFound))
		w.accepted(w.request(r.url(), w.url(atom), "hub.secret", "dua", "hub.lease_seconds", "3600"))
		r.asked()
		r.answers(nil)
		w.tell("solok.example")
		if c := r.told(); c.Header.Get("X-Hub-Signature") != signature("satu", c.body) {
			t.Error("the delivery is signed with a secret that was not confirmed")
		}
		if after := w.subscribed(1)[0]; after.Secret != before.Secret || !after.Until.Equal(before.Until) {
			t.Errorf("now %+v, was %+v", after, before)
		}
	}},
	{"5.1", "mistakes are refused with a plain reason", func(t *testing.T, w *world) {
		for _, c := range []struct{ name, key, value, say string }{
			{"no callback", "hub.callback", "", "hub.callback is missing"},
			{"no mode", "hub.mode", "", "hub.mode must be"},
			{"unknown mode", "hub.mode", "dance", "hub.mode must be"},
			{"mode of publishers", "hub.mode", "publish", "its own feeds only"},
			{"no topic", "hub.topic", "", "hub.topic is missing"},
			{"long secret", "hub.secret", strings.Repeat("s", 200), "hub.secret must be shorter than 200 bytes"},
			{"no number", "hub.lease_seconds", "ten days", "hub.lease_seconds must be"},
			{"negative lease", "hub.lease_seconds", "-5", "hub.lease_seconds must be"},
			{"no lease", "hub.lease_seconds", "0", "hub.lease_seconds must be"},
			{"no address", "hub.callback", "reader", "http or https"},
			{"other scheme", "hub.callback", "ftp://reader.example/", "http or https"},
			{"script", "hub.callback", "javascript:alert(1)", "http or https"},
			{"no host", "hub.callback", "http:///x", "http or https"},
			{"user name", "hub.callback", "http://me:pw@reader.example/", "user name"},
			{"fragment", "hub.callback", "http://reader.example/#x", "fragment"},
			{"empty fragment", "hub.callback", "http://reader.example/#", "fragment"},
			{"mail port", "hub.callback", "http://reader.example:25/", "port"},
			{"header in it", "hub.callback", "http://reader.example/\r\nX: y", "percent-encoded"},
			{"endless", "hub.callback", "http://reader.example/" + strings.Repeat("x", 2048), "longer than"},
		} {
			resp := w.post(w.request("http://reader.example/", w.url(atom), c.key, c.value))
			text := textOf(t, resp)
			if resp.StatusCode != http.StatusBadRequest || !strings.Contains(text, c.say) {
				t.Errorf("%s: %s %q, want 400 and %q", c.name, resp.Status, text, c.say)
			}
			if kind := resp.Header.Get("Content-Type"); kind != "text/plain; charset=utf-8" {
				t.Errorf("%s: type %q", c.name, kind)
			}
		}
	}},
	{"5.1", "a secret of 199 bytes is short enough", func(t *testing.T, w *world) {
		r, secret := newReader(t, "/"), strings.Repeat("s", 199)
		w.subscribe(r, w.url(atom), "hub.secret", secret)
		w.tell("solok.example")
		if c := r.told(); c.Header.Get("X-Hub-Signature") != signature(secret, c.body) {
			t.Error("not signed with it")
		}
	}},
	{"5.1.1", "only feeds of this server are topics", func(t *testing.T, w *world) {
		host := strings.TrimPrefix(w.server.URL, "http://")
		for _, topic := range []string{
			"http://other.example/feeds/all.atom", "https://" + host + atom, "http://" + host + ".other.example" + atom,
			"http://me@" + host + atom, w.url("/"), w.url("/feeds"), w.url("/feeds/"), w.url("/hub"), w.url("/feeds/all"), w.url("/feeds/all.xml"),
			w.url("/feeds/../feeds/all.atom"), w.url("/feeds/ops.atom"), w.url("/feeds/archive/2026-01/all.atom"), w.url("/article/x"),
			w.url("/feeds/search.atom"), w.url("/feeds/search.atom?since=never"), w.url(atom + "#x"), "ftp://" + host + atom, atom, "::",
			w.url("/feeds/search.atom?q=" + strings.Repeat("x", 3000)),
		} {
			resp := w.post(w.request("http://reader.example/", topic))
			if text := textOf(t, resp); resp.StatusCode != http.StatusBadRequest || !strings.Contains(text, "hub.topic") {
				t.Errorf("%.80s: %s %q", topic, resp.Status, text)
			}
		}
	}},
	{"5.1.1", "spellings of a topic are one, and each gets its own back", func(t *testing.T, w *world) {
		r, host := newReader(t, "/"), strings.TrimPrefix(w.server.URL, "http://")
		for _, topic := range []string{
			w.url(atom), "HTTP://" + host + atom, w.url("/feeds/%61ll.atom"), w.url(atom + "?utm_source=x"), " " + w.url(atom),
		} {
			w.accepted(w.request(r.url(), topic))
			if got := r.asked().URL.Query().Get("hub.topic"); got != topic {
				t.Errorf("verified %q, was asked for %q", got, topic)
			}
			w.until("the renewal", func() bool { return w.subscribed(1)[0].Asked == topic })
			if got := w.subscribed(1)[0].Topic; got != w.url(atom) {
				t.Errorf("%q is kept as %q", topic, got)
			}
		}
	}},
	{"5.1.1", "arguments of a topic that matter are kept", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		topic := w.url("/feeds/search.atom?q=sungai%20meluap&region=&content=summary")
		w.subscribe(r, topic)
		w.tell("solok.example")
		c := r.told()
		self := linked(c.Header, "self")
		if len(self) != 1 || c.body != textOf(t, w.get(self[0])) || c.body != textOf(t, w.get(topic)) || !strings.Contains(c.body, "(ringkasan)") {
			t.Errorf("delivered something else than stands at %q", self)
		}
	}},
	{"5.1.1", "escapes of a callback that need not be are one", func(t *testing.T, w *world) {
		r := newReader(t, "/a%2Db%2fc")
		w.subscribe(r, w.url(atom))
		r.path = "/a-b%2Fc"
		w.accepted(w.request(r.url(), w.url(atom), "hub.mode", "unsubscribe"))
		w.subscribed(0)
	}},
	{"5.1.1", "the callback's own arguments are kept", func(t *testing.T, w *world) {
		const own = "foo=bar&red=fish&hub.mode=mine&foo=%20x+y"
		r := newReader(t, "/callback?"+own)
		w.accepted(w.request(r.url(), w.url(atom)))
		got := r.asked().URL.RawQuery
		if !strings.HasPrefix(got, own+"&hub.") || !strings.Contains(got, "&hub.mode=subscribe") {
			t.Errorf("arguments of the verification %q", got)
		}
		w.subscribed(1)
		w.tell("solok.example")
		c := r.told()
		if c.URL.RawQuery != own || c.URL.Path != "/callback" {
			t.Errorf("delivered to %s", c.URL)
		}
	}},
	{"5.1.2", "the answer is 202, whatever the callback is like", func(t *testing.T, w *world) {
		closed := newReader(t, "/")
		closed.server.Close()
		failing := newReader(t, "/")
		failing.answers(status(http.StatusInternalServerError))
		for _, callback := range []string{closed.url(), failing.url(), "http://nowhere.invalid/"} {
			for _, mode := range []string{"subscribe", "unsubscribe"} {
				w.accepted(w.request(callback, w.url(atom), "hub.mode", mode))
			}
		}
	}},
	{"5.1.2", "verification comes after the answer", func(t *testing.T, w *world) {
		r, answered := newReader(t, "/"), make(chan struct{})
		r.answers(func(rw http.ResponseWriter, q *http.Request) {
			<-answered // a hub that verifies first would wait for itself
			confirm(rw, q)
		})
		w.accepted(w.request(r.url(), w.url(atom)))
		close(answered)
		w.subscribed(1)
	}},
	{"5.2", "a subscription that cannot be is denied", func(t *testing.T, w *world) {
		for _, path := range []string{"/feeds/portal/nobody.example.atom", "/feeds/region/99.atom", "/feeds/search.atom?q=%22open"} {
			r := newReader(t, "/callback?a=b")
			w.accepted(w.request(r.url(), w.url(path)))
			q := r.asked().URL.Query()
			if q.Get("hub.mode") != "denied" || q.Get("hub.topic") != w.url(path) || q.Get("hub.reason") == "" || q.Get("a") != "b" || q.Has("hub.challenge") {
				t.Errorf("%s: asked %v", path, q)
			}
		}
		w.subscribed(0)
	}},
	{"5.2", "a subscription may be denied later", func(t *testing.T, w *world) {
		r, other := newReader(t, "/"), newReader(t, "/")
		topic := w.url("/feeds/portal/solok.example.atom")
		w.subscribe(r, topic)
		w.subscribe(other, w.url(atom))
		if err := w.store.RemovePortal(t.Context(), "solok.example", true); err != nil {
			t.Fatal(err)
		}
		q := r.asked().URL.Query()
		if q.Get("hub.mode") != "denied" || q.Get("hub.topic") != topic {
			t.Errorf("told %v", q)
		}
		if left := w.subscribed(1); left[0].Topic != w.url(atom) {
			t.Errorf("left is %+v", left)
		}
	}},
	{"5.3", "verification says what was asked, with a challenge of its own", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		seen := map[string]bool{}
		plain := regexp.MustCompile(`^[+\-./0-9=A-Z_a-z]{16,}$`)
		for _, mode := range []string{"subscribe", "subscribe", "unsubscribe"} {
			w.accepted(w.request(r.url(), w.url(atom), "hub.mode", mode))
			c := r.asked()
			q := c.URL.Query()
			if c.Method != http.MethodGet || q.Get("hub.mode") != mode || q.Get("hub.topic") != w.url(atom) || q.Has("hub.lease_seconds") != (mode == "subscribe") {
				t.Errorf("%s %s", c.Method, c.URL)
			}
			if challenge := q.Get("hub.challenge"); seen[challenge] || !plain.MatchString(challenge) {
				t.Errorf("challenge %q", challenge)
			}
			seen[q.Get("hub.challenge")] = true
		}
	}},
	{"5.3.1", "anything but the challenge means no", func(t *testing.T, w *world) {
		trap := newReader(t, "/trap")
		for name, answer := range map[string]http.HandlerFunc{
			"404":      status(http.StatusNotFound),
			"500":      status(http.StatusInternalServerError),
			"204":      status(http.StatusNoContent),
			"other":    func(rw http.ResponseWriter, q *http.Request) { _, _ = io.WriteString(rw, "yes") },
			"longer":   func(rw http.ResponseWriter, q *http.Request) { confirm(rw, q); _, _ = io.WriteString(rw, "\n") },
			"page":     func(rw http.ResponseWriter, q *http.Request) { _, _ = io.WriteString(rw, "<p>"); confirm(rw, q) },
			"with 404": func(rw http.ResponseWriter, q *http.Request) { rw.WriteHeader(404); confirm(rw, q) },
			"with 302": func(rw http.ResponseWriter, q *http.Request) { rw.WriteHeader(302); confirm(rw, q) },
			"elsewhere": func(rw http.ResponseWriter, q *http.Request) {
				http.Redirect(rw, q, trap.url()+"?"+q.URL.RawQuery, http.StatusFound)
			},
		} {
			r := newReader(t, "/"+strings.ReplaceAll(name, " ", "-"))
			r.answers(answer)
			w.accepted(w.request(r.url(), w.url(atom)))
			r.asked()
		}
		good := newReader(t, "/")
		w.subscribe(good, w.url(atom)) // the only one that there is
		select {
		case c := <-trap.gets:
			t.Errorf("a redirect was followed to %s", c.URL)
		default:
		}
	}},
	{"5.3.1", "a goodbye counts when it is confirmed", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		w.subscribe(r, w.url(atom))
		r.answers(status(http.StatusNotFound))
		w.accepted(w.request(r.url(), w.url(atom), "hub.mode", "unsubscribe"))
		r.asked()
		r.answers(nil)
		w.tell("solok.example")
		r.told()
		w.accepted(w.request(r.url(), w.url(atom), "hub.mode", "unsubscribe"))
		if got := r.asked().URL.Query().Get("hub.mode"); got != "unsubscribe" {
			t.Errorf("verified %q", got)
		}
		w.subscribed(0)
		other := newReader(t, "/")
		w.subscribe(other, w.url(atom))
		w.tell("solok.example")
		other.told()
		r.untold()
	}},
	{"5.3.1", "leases end", func(t *testing.T, w *world) {
		short, long := newReader(t, "/"), newReader(t, "/")
		w.subscribe(short, w.url(atom), "hub.lease_seconds", "3600")
		w.subscribe(long, w.url(atom), "hub.lease_seconds", "7200")
		w.later(time.Hour)
		w.tell("solok.example")
		long.told()
		short.untold()
	}},
	{"6", "the hub learns of what is stored by itself", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		w.subscribe(r, w.url(atom))
		w.tell("solok.example")
		if c := r.told(); !strings.Contains(c.body, "Berita nomor 2") {
			t.Error("the delivery lacks the new article")
		}
		id := w.tell("padang.example").ID
		r.told()
		if err := w.store.MarkGone(t.Context(), id, w.now()); err != nil {
			t.Fatal(err)
		}
		r.told()
	}},
	{"6", "only feeds that changed are delivered", func(t *testing.T, w *world) {
		solok, padang := newReader(t, "/"), newReader(t, "/")
		w.subscribe(solok, w.url("/feeds/portal/solok.example.atom"))
		w.subscribe(padang, w.url("/feeds/portal/padang.example.rss"))
		w.tell("solok.example")
		solok.told()
		w.tell("padang.example")
		padang.told()
		padang.untold()
		solok.untold()
	}},
	{"7", "a delivery is what GET gives", func(t *testing.T, w *world) {
		for _, path := range []string{atom, "/feeds/all.rss", "/feeds/all.json"} {
			r := newReader(t, path)
			w.subscribe(r, w.url(path))
			w.tell("solok.example")
			c := r.told()
			resp := w.get(w.url(path))
			if c.Method != http.MethodPost || c.body != textOf(t, resp) {
				t.Errorf("%s: %s of %d bytes differs from what GET gives", path, c.Method, len(c.body))
			}
			for _, name := range []string{"Content-Type", "Link"} {
				if got, want := c.Header.Values(name), resp.Header.Values(name); len(got) != 1 || got[0] != want[0] {
					t.Errorf("%s: %s is %q, GET has %q", path, name, got, want)
				}
			}
		}
	}},
	{"7", "a delivery names hub and topic in one Link header", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		w.subscribe(r, w.url(atom))
		w.tell("solok.example")
		c := r.told()
		hub, self := linked(c.Header, "hub"), linked(c.Header, "self")
		if len(c.Header["Link"]) != 1 || len(hub) != 1 || hub[0] != w.url("/hub") || len(self) != 1 || self[0] != w.url(atom) {
			t.Errorf("links %q", c.Header["Link"])
		}
	}},
	{"7", "every 2xx is a success, and the body does not matter", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		w.subscribe(r, w.url(atom))
		for _, code := range []int{200, 201, 202, 204, 299} {
			r.answers(func(rw http.ResponseWriter, q *http.Request) {
				rw.WriteHeader(code)
				if code != http.StatusNoContent {
					_, _ = io.WriteString(rw, strings.Repeat("thanks", 20_000))
				}
			})
			w.tell("solok.example")
			r.told()
			w.until("the success", func() bool {
				s := w.subscribed(1)[0]
				return s.Tries == 0 && s.NextTry.IsZero() && s.Mark == w.get(w.url(atom)).Header.Get("ETag")
			})
		}
		r.untold()
	}},
	{"7", "410 ends the subscription", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		w.subscribe(r, w.url(atom))
		r.answers(status(http.StatusGone))
		w.tell("solok.example")
		r.told()
		w.subscribed(0)
	}},
	{"7", "redirects are failures and not followed", func(t *testing.T, w *world) {
		r, trap := newReader(t, "/"), newReader(t, "/trap")
		w.subscribe(r, w.url(atom))
		for tries, code := range []int{301, 302, 303, 307, 308} {
			r.answers(func(rw http.ResponseWriter, q *http.Request) { http.Redirect(rw, q, trap.url(), code) })
			w.later(3 * time.Hour)
			if tries == 0 {
				w.tell("solok.example")
			}
			r.told()
			w.until("the failure", func() bool { return w.subscribed(1)[0].Tries == tries+1 })
		}
		trap.untold()
	}},
	{"7", "a failed delivery is retried, with growing pauses", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		w.subscribe(r, w.url(atom))
		last := time.Duration(0)
		for tries, code := range []int{500, 503, 404, 403, 429, 500, 500, 500, 500} {
			r.answers(status(code))
			if tries == 0 {
				w.tell("solok.example")
			}
			r.told()
			w.until("the failure", func() bool { return w.subscribed(1)[0].Tries == tries+1 })
			pause := w.subscribed(1)[0].NextTry.Sub(w.now())
			if pause < last || pause <= 0 || pause > 3*time.Hour {
				t.Errorf("pause after %d failures is %v, was %v", tries+1, pause, last)
			}
			last = pause
			w.later(pause)
		}
		r.answers(nil)
		if c := r.told(); c.body != textOf(t, w.get(w.url(atom))) {
			t.Error("at last something else is delivered than stands there now")
		}
		w.until("the success", func() bool { return w.subscribed(1)[0].Tries == 0 })
	}},
	{"7", "who failed stays subscribed to the end of the lease, and gets the next update", func(t *testing.T, w *world) {
		r := newReader(t, "/")
		w.subscribe(r, w.url(atom), "hub.lease_seconds", "2592000")
		r.answers(status(http.StatusInternalServerError))
		w.tell("solok.example")
		r.told()
		for day := range 29 {
			w.until("the failure", func() bool { return w.subscribed(1)[0].Tries == day+1 })
			w.later(24 * time.Hour)
			r.told()
		}
		w.until("the failure", func() bool { return w.subscribed(1)[0].Tries == 30 })
		r.answers(nil)
		w.tell("solok.example")
		w.later(3 * time.Hour)
		if c := r.told(); !strings.Contains(c.body, "Berita nomor 3") {
			t.Error("the newest article is missing")
		}
	}},
	{"7", "a failing subscriber does not hold up another", func(t *testing.T, w *world) {
		bad, good := newReader(t, "/"), newReader(t, "/")
		w.subscribe(bad, w.url(atom))
		w.subscribe(good, w.url(atom))
		bad.answers(status(http.StatusBadGateway))
		for range 3 {
			w.tell("solok.example")
			good.told()
		}
	}},
	{"7.1", "deliveries are signed when there is a secret", func(t *testing.T, w *world) {
		signed, plain := newReader(t, "/"), newReader(t, "/")
		const secret = "rahasia & ünïk=1"
		w.subscribe(signed, w.url(atom), "hub.secret", secret)
		w.subscribe(plain, w.url(atom))
		w.tell("solok.example")
		if c := signed.told(); c.Header.Get("X-Hub-Signature") != signature(secret, c.body) {
			t.Errorf("signature %q, want %q", c.Header.Get("X-Hub-Signature"), signature(secret, c.body))
		}
		if c := plain.told(); c.Header["X-Hub-Signature"] != nil {
			t.Errorf("signature %q without a secret", c.Header["X-Hub-Signature"])
		}
	}},
	{"8.3", "the exact callback is used", func(t *testing.T, w *world) {
		r := newReader(t, "/A//b/./%2e%3B;x=1,2?")
		w.subscribe(r, w.url(atom))
		w.tell("solok.example")
		if got := r.told().RequestURI; got != "/A//b/./.%3B;x=1,2?" {
			t.Errorf("delivered to %s", got)
		}
	}},
}

// signature is what section 7.1 asks for, empty without a secret.
func signature(secret, body string) string {
	if secret == "" {
		return ""
	}
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(mac, body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// linked lists the targets of links with a relation (RFC 8288).
func linked(header http.Header, rel string) []string {
	var targets []string
	link := regexp.MustCompile(`<([^>]*)>((?:\s*;\s*\w+="[^"]*")*)`)
	for _, value := range header.Values("Link") {
		for _, m := range link.FindAllStringSubmatch(value, -1) {
			if strings.Contains(m[2], `rel="`+rel+`"`) {
				targets = append(targets, m[1])
			}
		}
	}
	return targets
}
