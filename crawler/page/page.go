// Package page is one fetched document: its bytes in UTF-8, where they came
// from, and its tree, parsed once.
package page

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// Page is one answer of a portal. Its fields are not changed after New; Tree,
// Document and Hiding may be called by one goroutine at a time.
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

	tree    *html.Node
	treeErr error
	hiding  *Hiding  // nil until asked for
	base    *url.URL // what references are relative to; nil until asked for
}

// New makes a page of an answer. The media type is what the bytes look like,
// whatever the header says; the body is decoded to UTF-8 and freed of NULs.
// asked and final may be nil when unknown; header may be nil.
func New(asked, final *url.URL, moved bool, status int, header http.Header, raw []byte, now time.Time) *Page {
	if header == nil {
		header = http.Header{}
	}
	if asked == nil {
		asked = &url.URL{}
	}
	if final == nil {
		final = asked
	}
	p := &Page{URL: final, Asked: asked, Moved: moved, Status: status, Header: header, At: answeredAt(header, now)}
	p.Body, p.Charset = decode(raw, header.Get("Content-Type"))
	p.Type = sniff(p.Body, header.Get("Content-Type"))
	return p
}

// FromBytes makes a page of saved bytes, as if address had answered them with
// status 200 at the moment now. An empty address is allowed; relative
// references then lead nowhere.
func FromBytes(address string, raw []byte, now time.Time) (*Page, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("reading the address of a saved page: %w", err)
	}
	return New(u, u, false, http.StatusOK, nil, raw, now), nil
}

// answeredAt is the answer's own Date (RFC 9110, 6.6.1), which relative words
// such as "2 jam yang lalu" count from; now when there is none.
func answeredAt(header http.Header, now time.Time) time.Time {
	if at, err := http.ParseTime(header.Get("Date")); err == nil {
		return at
	}
	return now
}

// IsHTML tells whether the page is an HTML document.
func (p *Page) IsHTML() bool { return p.Type == "text/html" || p.Type == "application/xhtml+xml" }

// Resolve makes a reference of the page absolute. It honors <base>, drops the
// fragment, and gives "" for what is no http or https address.
func (p *Page) Resolve(ref string) string {
	ref = strings.Map(dropSpace, strings.TrimSpace(ref))
	if ref == "" || strings.HasPrefix(ref, "#") {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		// A lone "%" is the usual mistake.
		u, err = url.Parse(strings.ReplaceAll(ref, "%", "%25"))
		if err != nil {
			return ""
		}
	}
	u = p.baseURL().ResolveReference(u)
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// dropSpace removes what browsers remove from addresses.
func dropSpace(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' {
		return -1
	}
	return r
}

// baseURL is the page's own address or what its first <base href> makes of it.
func (p *Page) baseURL() *url.URL {
	if p.base != nil {
		return p.base
	}
	p.base = p.URL
	if p.IsHTML() && hasBase(p.Body) {
		if tree, err := p.Tree(); err == nil {
			if u, err := url.Parse(strings.TrimSpace(firstBase(tree))); err == nil {
				p.base = p.URL.ResolveReference(u)
			}
		}
	}
	return p.base
}

// hasBase looks whether it is worth searching the tree.
func hasBase(body []byte) bool {
	return bytes.Contains(body, []byte("<base")) || bytes.Contains(body, []byte("<BASE"))
}

func firstBase(n *html.Node) string {
	for d := range n.Descendants() {
		if d.Type != html.ElementNode || d.Data != "base" {
			continue
		}
		for _, a := range d.Attr {
			if a.Key == "href" {
				return a.Val
			}
		}
	}
	return ""
}
