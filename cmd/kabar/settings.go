package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"net/url"
	"os"
	"time"

	"kabar/crawler/portal"
	"kabar/storage"
	"kabar/storage/sqlite"
)

// settings are the flags that every command knows.
type settings struct {
	DB      string    `help:"The database file." default:"kabar.db" env:"KABAR_DB" placeholder:"FILE"`
	Portals string    `help:"The folder of portal definitions; while it does not exist, a short list of starters stands in." default:"portals" env:"KABAR_PORTALS" placeholder:"DIR"`
	Now     startTime `help:"Start the clock at this RFC 3339 time instead of now." env:"KABAR_NOW" placeholder:"TIME"`
}

// crawlFlags are the flags of commands that fetch pages.
type crawlFlags struct {
	AllowNet []network `help:"A private or loopback network that may be fetched from all the same; repeatable." env:"KABAR_ALLOW_NET" placeholder:"CIDR"`
	Contact  string    `help:"Address of a page that explains this crawler, sent with every request." env:"KABAR_CONTACT" placeholder:"URL"`
}

// budgetFlag is how often portals are polled.
type budgetFlag struct {
	Budget float64 `help:"Polls a portal and day, on average over all portals." default:"24" env:"KABAR_BUDGET" placeholder:"POLLS"`
}

// Validate refuses what is no number of polls.
func (f budgetFlag) Validate() error {
	if !(f.Budget > 0) {
		return usageError("--budget must be more than 0 polls a day")
	}
	return nil
}

// serveFlags are the flags of commands that serve feeds and pages.
type serveFlags struct {
	Addr       string    `help:"The address to serve on." default:"127.0.0.1:8080" env:"KABAR_ADDR" placeholder:"HOST:PORT"`
	BaseURL    string    `help:"The public address of the front page, when a proxy stands before it." env:"KABAR_BASE_URL" placeholder:"URL"`
	TrustProxy []network `help:"A network of proxies whose Forwarded and X-Forwarded-* headers are believed; repeatable." env:"KABAR_TRUST_PROXY" placeholder:"CIDR"`
	OpsToken   opsToken  `help:"Secret that opens /ops and its feeds to those who do not ask from this machine; better in the file or the environment than on the command line." env:"KABAR_OPS_TOKEN" placeholder:"TOKEN"`
}

// leastToken is how long the operator's secret is at least, in bytes.
const leastToken = 16

// opsToken is the operator's secret. Errors do not repeat it.
type opsToken string

// UnmarshalText refuses what can be guessed.
func (t *opsToken) UnmarshalText(text []byte) error {
	if len(text) < leastToken {
		return fmt.Errorf("a token has at least %d characters, such as those that \"openssl rand -hex 16\" prints", leastToken)
	}
	*t = opsToken(text)
	return nil
}

// public tells whether strangers can read what is served: on an address that
// others reach, or through a proxy on this machine.
func (f serveFlags) public(l net.Listener) bool {
	if !isLoopback(l) || len(f.TrustProxy) > 0 {
		return true
	}
	base, err := url.Parse(f.BaseURL)
	if err != nil || base.Host == "" {
		return false
	}
	address, err := netip.ParseAddr(base.Hostname())
	return base.Hostname() != "localhost" && (err != nil || !address.IsLoopback())
}

// startTime is where --now starts the clock.
type startTime struct{ time.Time }

// UnmarshalText reads an RFC 3339 time.
func (s *startTime) UnmarshalText(text []byte) (err error) {
	if s.Time, err = time.Parse(time.RFC3339, string(text)); err != nil {
		return fmt.Errorf("%q is no time; write it like 2026-01-20T08:30:00+07:00", text)
	}
	return nil
}

// network is what --allow-net opens and --trust-proxy believes.
type network struct{ netip.Prefix }

// UnmarshalText reads a network in CIDR notation, or a single address.
func (n *network) UnmarshalText(text []byte) (err error) {
	if n.Prefix, err = netip.ParsePrefix(string(text)); err == nil {
		return nil
	}
	address, err := netip.ParseAddr(string(text))
	if err != nil {
		return fmt.Errorf("%q is no network; write it like 10.1.0.0/16, or one address", text)
	}
	n.Prefix = netip.PrefixFrom(address, address.BitLen())
	return nil
}

// clock is the time of the program: it runs on from --now when that is given.
func (s *settings) clock(w *world) func() time.Time {
	if s.Now.IsZero() {
		return w.now
	}
	started := w.now()
	return func() time.Time { return s.Now.Add(w.now().Sub(started)) }
}

// open opens the database.
func (s *settings) open(ctx context.Context, w *world, options ...sqlite.Option) (storage.Store, error) {
	return storage.Open(ctx, s.DB, append(options, sqlite.WithClock(s.clock(w)))...)
}

// openExisting opens a database that must be there already.
func (s *settings) openExisting(ctx context.Context, w *world, options ...sqlite.Option) (storage.Store, error) {
	if _, err := os.Stat(s.DB); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no database %s: start with \"kabar run\", or name one with --db FILE", s.DB)
	}
	return s.open(ctx, w, options...)
}

// definitions reads the portals to crawl. A mistake leaves only its own portal
// out.
func (s *settings) definitions() (sound []portal.Definition, mistakes []error, err error) {
	folder, err := os.Stat(s.Portals)
	if errors.Is(err, fs.ErrNotExist) {
		return portal.Starters(), nil, nil
	}
	if err == nil && !folder.IsDir() {
		return nil, nil, fmt.Errorf("%s is a file: name the folder of the definitions with --portals DIR", s.Portals)
	}
	sound, mistakes = portal.ReadDir(s.Portals)
	if len(sound)+len(mistakes) == 0 {
		return nil, nil, emptyFolder(s.Portals)
	}
	if len(sound) == 0 {
		return nil, mistakes, fmt.Errorf("no portal can be read from %s: mend the definitions named by \"kabar check\", or add one with \"kabar add URL\"", s.Portals)
	}
	return sound, mistakes, nil
}

// emptyFolder is a folder without definitions.
type emptyFolder string

func (e emptyFolder) Error() string {
	return fmt.Sprintf("there is no definition in %s: add one with \"kabar add URL\", or name another folder with --portals DIR", string(e))
}

// tell writes mistakes to standard error, a line each.
func (w *world) tell(mistakes []error) {
	for _, mistake := range mistakes {
		fmt.Fprintf(w.stderr, "kabar: %v\n", mistake)
	}
}
