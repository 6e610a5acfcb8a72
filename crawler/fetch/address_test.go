package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"kabar/crawler/portal"
)

// innerAddresses are addresses that nobody outside should be able to make us
// dial, in every family and at the edges of each network.
var innerAddresses = []string{
	"0.0.0.0", "0.0.0.1", "0.255.255.255",
	"10.0.0.0", "10.0.0.1", "10.127.3.4", "10.255.255.255",
	"100.64.0.0", "100.64.0.1", "100.100.100.200", "100.127.255.255",
	"127.0.0.0", "127.0.0.1", "127.0.0.2", "127.1.2.3", "127.77.0.1", "127.255.255.255",
	"169.254.0.0", "169.254.169.254", "169.254.170.2", "169.254.255.255",
	"172.16.0.0", "172.17.0.1", "172.20.10.1", "172.31.255.255",
	"192.0.0.0", "192.0.0.8", "192.0.0.170", "192.0.0.255",
	"192.0.2.0", "192.0.2.1", "192.0.2.255",
	"192.88.99.1",
	"192.168.0.0", "192.168.0.1", "192.168.1.1", "192.168.255.255",
	"198.18.0.0", "198.18.0.1", "198.19.255.255",
	"198.51.100.1", "203.0.113.1", "203.0.113.255",
	"224.0.0.1", "224.0.0.251", "239.255.255.250",
	"240.0.0.1", "250.1.2.3", "255.255.255.254", "255.255.255.255",
	"::", "::1", "::2", "::7f00:1", "::127.0.0.1", "::10.0.0.1",
	"::ffff:0.0.0.0", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:169.254.169.254",
	"::ffff:172.16.0.1", "::ffff:192.168.1.1", "::ffff:100.64.0.1", "::ffff:224.0.0.1", "::ffff:255.255.255.255",
	"0:0:0:0:0:ffff:7f00:0001", "::ffff:0:127.0.0.1", "::ffff:0:7f00:1",
	"64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b::808:808",
	"64:ff9b:1::7f00:1", "64:ff9b:1:ffff::a00:1",
	"100::1", "100:0:0:1::1",
	"2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:20::1", "2001:2::1", "2001:1ff::1",
	"2001:db8::1", "2001:db8:ffff::1",
	"2002:7f00:1::", "2002:7f00:1::1", "2002:a00:1::1", "2002:c0a8:101::1", "2002:a9fe:a9fe::1",
	"3fff::1", "3fff:fff::1",
	"4000::1", "5f00::1", "8000::1", "e000::1",
	"fc00::1", "fd00::1", "fd00:ec2::254", "fdff:ffff::1",
	"fe80::1", "fe80::7f00:1", "febf::1", "fec0::1", "feff::1",
	"ff00::1", "ff02::1", "ff02::fb", "ff05::1:3", "ff0e::1",
}

// outerAddresses are public; some lie just outside of the networks above.
var outerAddresses = []string{
	"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "103.10.11.12",
	"126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
	"191.255.255.255", "192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
	"::ffff:8.8.8.8", "2001:200::1", "2001:4860:4860::8888", "2404:6800:4003::1", "2606:4700::1111", "2a00::1",
}

func TestAddressPolicy(t *testing.T) {
	policy := newAddressPolicy(nil)
	for _, a := range innerAddresses {
		err := policy.check(netip.MustParseAddr(a))
		if kindOf(err) != ForbiddenAddress {
			t.Errorf("%s: got %v, want it forbidden", a, err)
			continue
		}
		if text := err.Error(); !strings.Contains(text, "--allow-net") {
			t.Errorf("%s: %q does not say how to allow it", a, text)
		}
	}
	for _, a := range outerAddresses {
		if err := policy.check(netip.MustParseAddr(a)); err != nil {
			t.Errorf("%s: got %v, want it allowed", a, err)
		}
	}
	if policy.check(netip.Addr{}) == nil {
		t.Error("no address at all is allowed")
	}
}

func TestAllowNets(t *testing.T) {
	policy := newAddressPolicy([]netip.Prefix{netip.MustParsePrefix("127.77.0.0/16"), netip.MustParsePrefix("fd00:1::/32")})
	tests := []struct {
		addr string
		want bool
	}{
		{"127.77.0.1", true}, {"127.77.255.255", true}, {"::ffff:127.77.0.1", true}, {"fd00:1::5", true},
		{"127.0.0.1", false}, {"127.76.255.255", false}, {"127.78.0.0", false},
		{"::ffff:127.0.0.1", false}, {"fd00:2::5", false}, {"10.0.0.1", false},
	}
	for _, tt := range tests {
		if err := policy.check(netip.MustParseAddr(tt.addr)); (err == nil) != tt.want {
			t.Errorf("%s: got %v, want allowed %v", tt.addr, err, tt.want)
		}
	}
}

// names is a scripted resolver: each lookup of a name takes the next answer,
// the last one again and again.
type names struct {
	answers map[string][][]string
	asked   atomic.Int32
}

func (n *names) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	n.asked.Add(1)
	answers := n.answers[host]
	if len(answers) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	if len(answers) > 1 {
		n.answers[host] = answers[1:]
	}
	var addrs []netip.Addr
	for _, a := range answers[0] {
		addrs = append(addrs, netip.MustParseAddr(a))
	}
	return addrs, nil
}

// canary is a server on 127.0.0.1 that nothing should reach.
func canary(t *testing.T) (port string, hits *atomic.Int32) {
	t.Helper()
	hits = new(atomic.Int32)
	s := serve(t, func(http.ResponseWriter, *http.Request) { hits.Add(1) })
	u, _ := url.Parse(s.URL)
	return u.Port(), hits
}

// spellings are ways to write addresses inside, and other tricks with URLs.
// %s is the port of the canary.
var spellings = []string{
	"http://127.0.0.1:%s/", "http://127.0.0.1.:%s/", "http://127.1:%s/", "http://127.0.1:%s/", "http://0:%s/", "http://0.0.0.0:%s/",
	"http://2130706433:%s/", "http://0x7f000001:%s/", "http://0x7F.1:%s/", "http://0x7f.0.0.1:%s/", "http://0x7f.0x0.0x0.0x1:%s/",
	"http://017700000001:%s/", "http://0177.0.0.1:%s/", "http://0177.0.0.01:%s/", "http://00000177.1:%s/", "http://127.0x0.0.1:%s/",
	"http://0x100000000:%s/", "http://4294967296:%s/", "http://127.0.0.1%%00:%s/", "http://127.0.0.1%%2f:%s/",
	"http://[::1]:%s/", "http://[0:0:0:0:0:0:0:1]:%s/", "http://[::]:%s/", "http://[::ffff:127.0.0.1]:%s/", "http://[::ffff:7f00:1]:%s/",
	"http://[0:0:0:0:0:ffff:127.0.0.1]:%s/", "http://[::127.0.0.1]:%s/", "http://[64:ff9b::7f00:1]:%s/", "http://[2002:7f00:1::]:%s/",
	"http://[fe80::1%%25lo]:%s/", "http://[::1%%25lo]:%s/", "http://[::ffff:0:127.0.0.1]:%s/",
	"http://localhost:%s/", "http://LOCALHOST:%s/", "http://localhost.:%s/", "http://Localhost.localdomain:%s/", "http://ip6-localhost:%s/",
	"http://\uff11\uff12\uff17.0.0.1:%s/", "http://127\u30020.0.1:%s/", "http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3:%s/", "http://127.0.0.\u2460:%s/",
	"http://portal.example@127.0.0.1:%s/", "http://portal.example:80@127.0.0.1:%s/", "http://portal.example%%40127.0.0.1:%s/",
	"http://127.0.0.1:%s@portal.invalid/", "http://127.0.0.1:%s#@portal.invalid/", "http://127.0.0.1:%s?@portal.invalid/", `http://127.0.0.1:%s\@portal.invalid/`,
	`http:\\127.0.0.1:%s\`, "http:127.0.0.1:%s/", "http:/127.0.0.1:%s/", "http:///127.0.0.1:%s/", "http:////127.0.0.1:%s/", "//127.0.0.1:%s/",
	" http://127.0.0.1:%s/", "\thttp://127.0.0.1:%s/", "ht\ntp://127.0.0.1:%s/", "http://127.0.\t0.1:%s/", "http://127.0.0.1\u200b:%s/", "http://127.0.0.1\u00ad:%s/",
	"HTTP://127.0.0.1:%s/", "https://127.0.0.1:%s/", "ftp://127.0.0.1:%s/", "file:///etc/passwd?%s", "gopher://127.0.0.1:%s/_x", "dict://127.0.0.1:%s/d",
	"unix:///run/docker.sock?%s", "javascript:fetch('http://127.0.0.1:%s')", "data:text/html,<p>%s", "jar:http://127.0.0.1:%s/!/", "ws://127.0.0.1:%s/",
	"http://127.0.0.1:0%s/", "http://127.0.0.1:+%s/", "http://127.0.0.1:%s1/", "http://127.0.0.1:-%s/", "http://127.0.0.1:%s:80/", "http://:%s/", "http://.:%s/",
	"http://metadata.inner:%s/", "http://rebind.inner:%s/", "http://mixed.inner:%s/", "http://mapped.inner:%s/", "http://nat64.inner:%s/", "http://cgnat.inner:%s/", "http://ula.inner:%s/",
}

func innerNames() *names {
	return &names{answers: map[string][][]string{
		"localhost":             {{"127.0.0.1", "::1"}},
		"localhost.":            {{"127.0.0.1"}},
		"localhost.localdomain": {{"127.0.0.1"}},
		"ip6-localhost":         {{"::1"}},
		"metadata.inner":        {{"169.254.169.254"}},
		"rebind.inner":          {{"0.0.0.0"}, {"127.0.0.1"}},
		"mixed.inner":           {{"10.0.0.1", "127.0.0.1", "fd00::1"}},
		"mapped.inner":          {{"::ffff:127.0.0.1"}},
		"nat64.inner":           {{"64:ff9b::7f00:1"}},
		"cgnat.inner":           {{"100.64.1.1"}},
		"ula.inner":             {{"fd00::1"}},
	}}
}

// refused tells the kinds that mean that nothing was dialed.
func refused(k Kind) bool { return k == ForbiddenAddress || k == BadAddress || k == DNSFailed }

func TestNothingInsideIsReached(t *testing.T) {
	port, hits := canary(t)
	f := newFetcher(t, Options{AllowNets: []netip.Prefix{}, Resolver: innerNames()})
	home := &portal.Definition{Home: "http://127.0.0.1:" + port}
	for _, s := range spellings {
		address := fmt.Sprintf(s, port)
		_, err := f.Get(t.Context(), Request{URL: address, Portal: home})
		if !refused(kindOf(err)) {
			t.Errorf("%q: got %v, want it refused before dialing", address, err)
		}
		if req, err := http.NewRequest(http.MethodGet, address, nil); err == nil {
			if resp, err := f.Client().Do(req); err == nil {
				resp.Body.Close()
				t.Errorf("%q: the client got %s", address, resp.Status)
			}
		}
	}
	for _, a := range innerAddresses {
		address := "http://" + net.JoinHostPort(a, port) + "/"
		_, err := f.Get(t.Context(), Request{URL: address, Portal: home})
		if kindOf(err) != ForbiddenAddress {
			t.Errorf("%s: got %v, want a forbidden address", address, err)
		}
	}
	if n := hits.Load(); n > 0 {
		t.Errorf("the server inside was reached %d times", n)
	}
	if n := len(spellings) + len(innerAddresses); n < 150 {
		t.Errorf("only %d vectors", n)
	}
}

// serveAt starts a server on an address of its own.
func serveAt(t *testing.T, addr string, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	l, err := net.Listen("tcp", addr+":0")
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(h)
	s.Listener.Close()
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	return s
}

func TestRedirectsInsideAreRefused(t *testing.T) {
	port, hits := canary(t)
	var target atomic.Value
	s := serveAt(t, "127.77.0.1", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			w.Header()["Location"] = []string{target.Load().(string)}
			w.WriteHeader(http.StatusFound)
		}
	})
	f := newFetcher(t, Options{AllowNets: []netip.Prefix{netip.MustParsePrefix("127.77.0.0/16")}, Resolver: innerNames()})
	def := site(s.URL)
	def.Feeds = []string{"http://127.0.0.1:" + port + "/feed"}
	for _, form := range spellings {
		location := fmt.Sprintf(form, port)
		target.Store(location)
		// Some forms are paths on the same server, which end as a redirect loop.
		_, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Portal: def})
		if k := kindOf(err); !refused(k) && k != TooManyRedirects {
			t.Errorf("redirect to %q: got %v, want it refused", location, err)
		}
	}
	if n := hits.Load(); n > 0 {
		t.Errorf("the server inside was reached %d times", n)
	}
}

// A name that is public when it is looked at and private when it is dialed
// gets nowhere, and neither does a robots.txt that points inside.
func TestRebinding(t *testing.T) {
	port, hits := canary(t)
	outside := serveAt(t, "127.77.0.1", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.Redirect(w, r, "http://127.0.0.1:"+port+"/robots.txt", http.StatusFound)
		}
	})
	_, outsidePort, _ := net.SplitHostPort(outside.Listener.Addr().String())
	resolver := &names{answers: map[string][][]string{
		"berubah.example": {{"127.77.0.1"}, {"127.0.0.1"}},
		"dua.example":     {{"127.0.0.1", "127.77.0.1"}},
	}}
	f := newFetcher(t, Options{AllowNets: []netip.Prefix{netip.MustParsePrefix("127.77.0.0/16")}, Resolver: resolver})
	def := site("http://berubah.example:" + outsidePort)
	def.Feeds = []string{"http://127.0.0.1:" + port}

	_, err := f.Get(t.Context(), Request{URL: "http://berubah.example:" + outsidePort + "/a", Portal: def})
	if kindOf(err) != ForbiddenAddress {
		t.Errorf("robots.txt that points inside: got %v, want a forbidden address", err)
	}
	f.guard.dialer.forget("berubah.example")
	_, err = f.Get(t.Context(), Request{URL: "http://berubah.example:" + port + "/a", Portal: def})
	if kindOf(err) != ForbiddenAddress {
		t.Errorf("changed name: got %v, want a forbidden address", err)
	}
	conn, err := f.guard.dialer.DialContext(t.Context(), "tcp", "dua.example:"+outsidePort)
	if err != nil {
		t.Fatalf("dialing a name with a good and a bad address: %v", err)
	}
	if got := conn.RemoteAddr().String(); !strings.HasPrefix(got, "127.77.0.1:") {
		t.Errorf("dialed %s", got)
	}
	conn.Close()
	if err := f.guard.dialer.control("tcp4", "127.0.0.1:80", nil); kindOf(err) != ForbiddenAddress {
		t.Errorf("last check before connecting: got %v", err)
	}
	if n := hits.Load(); n > 0 {
		t.Errorf("the server inside was reached %d times", n)
	}
}

func TestPorts(t *testing.T) {
	tests := []struct {
		url  string
		want bool
	}{
		{"http://a.example/", true}, {"https://a.example/", true}, {"http://a.example:80/", true}, {"http://a.example:443/", true},
		{"http://a.example:8080/", true}, {"http://b.example:8081/", true}, {"https://c.example:8082/", true},
		{"http://a.example:22/", false}, {"http://a.example:25/", false}, {"http://a.example:6379/", false}, {"http://a.example:8443/", false},
		{"http://a.example:0/", false}, {"http://a.example:99999/", false},
	}
	e := crawlErrand(Request{Portal: &portal.Definition{
		Home: "http://a.example:8080/", Feeds: []string{"http://b.example:8081/feed"},
		Listings: []portal.Listing{{URL: "https://c.example:8082/"}},
	}})
	for _, tt := range tests {
		u, err := url.Parse(tt.url)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkTarget(u, e); (err == nil) != tt.want {
			t.Errorf("%s: got %v, want allowed %v", tt.url, err, tt.want)
		}
	}
	if e.delay != DefaultDelay {
		t.Errorf("delay without a limit: got %v, want %v", e.delay, DefaultDelay)
	}
}

func TestNamesAreLookedUpOnce(t *testing.T) {
	n := &names{answers: map[string][][]string{"a.example": {{"127.0.0.1"}}}}
	f := newFetcher(t, Options{Resolver: n})
	for range 3 {
		if _, err := f.guard.dialer.addresses(t.Context(), "a.example"); err != nil {
			t.Fatal(err)
		}
	}
	if got := n.asked.Load(); got != 1 {
		t.Errorf("looked up %d times", got)
	}
	_, err := f.Get(t.Context(), Request{URL: "http://tiada.example/", Portal: site("http://tiada.example/")})
	if kindOf(err) != DNSFailed {
		t.Errorf("name without an address: got %v", err)
	}
}
