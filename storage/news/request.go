package news

import "time"

// Request is one line of the ledger that can be shown to a portal's
// administrator.
type Request struct {
	At     time.Time // UTC
	Host   string
	URL    string
	Status int    // 0 when there was no answer
	Bytes  int64  // received, packed
	Reason string // robots, feed, sitemap, listing, article, look, page …
	Error  string
}

// Validators are what a server gave to ask again with (RFC 9110, 8.8).
type Validators struct {
	ETag         string
	LastModified string // as sent
}

// RobotsFile is a fetched robots.txt (RFC 9309).
type RobotsFile struct {
	Origin  string // scheme://host:port
	Status  int    // 0 when unreachable
	Body    []byte
	Fetched time.Time // UTC
}

// RawPage is a page as it was received and decoded to UTF-8, kept for a while
// so that it can be read again with better rules.
type RawPage struct {
	Portal  string
	URL     string
	Type    string // media type
	Body    []byte // UTF-8
	Fetched time.Time
	Link    Link // what its finding place said
}
