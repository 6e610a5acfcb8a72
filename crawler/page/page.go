// Package page is one fetched document: its bytes in UTF-8, where they came
// from, and its tree, parsed once.
package page

import (
	"net/http"
	"net/url"
	"time"
)

// Page is one answer of a portal. Its fields are not changed after New; Tree
// and Document may be called by one goroutine at a time.
type Page struct {
	URL     *url.URL    // where the answer came from, after redirects
	Asked   *url.URL    // what was asked for
	Moved   bool        // every redirect on the way was permanent (301, 308)
	Status  int         // HTTP status
	Header  http.Header // never nil
	Type    string      // media type by what the bytes are: text/html, application/xml, application/json, application/pdf …
	Charset string      // of the bytes as received, for explanations
	Body    []byte      // UTF-8
	At      time.Time   // the answer's own Date, else the clock when it came
}
