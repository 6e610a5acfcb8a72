package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"kabar/crawler/page"
)

// Kind is the reason why there is no page.
type Kind string

// Kinds of failure.
const (
	BadAddress        Kind = "bad-address"        // no http or https address, or a port the portal does not use
	ForbiddenAddress  Kind = "forbidden-address"  // leads to an address that is not public
	RobotsDisallowed  Kind = "robots-disallowed"  // robots.txt forbids the page
	RobotsUnreachable Kind = "robots-unreachable" // robots.txt cannot be had, so nothing may be fetched
	MustWait          Kind = "must-wait"          // the host asked for patience
	DNSFailed         Kind = "dns"                // the name has no address
	Refused           Kind = "refused"            // nobody answers at the address
	TLSFailed         Kind = "tls"                // the certificate or the handshake is broken
	Timeout           Kind = "timeout"            // no answer in time
	Slow              Kind = "slow"               // the answer drips
	Broken            Kind = "broken"             // the connection broke before or in the answer
	Truncated         Kind = "truncated"          // the answer is shorter than it said
	TooLarge          Kind = "too-large"          // more bytes than allowed
	Bomb              Kind = "bomb"               // unpacks to far more than it is
	BadType           Kind = "bad-type"           // an image, a PDF document or the like
	TooManyRedirects  Kind = "redirects"          // more than MaxRedirects
	BadStatus         Kind = "status"             // an answer with status 4xx or 5xx, or one that makes no sense
)

// Error is a page that could not be had. Its text is a sentence for people
// that says what to do next.
type Error struct {
	URL     string
	Kind    Kind
	Reason  string    // what the page was wanted for, as in Request
	Detail  string    // what happened, the part of the sentence after the address
	Status  int       // BadStatus: the status; RobotsUnreachable: that of robots.txt, 0 without an answer
	RetryAt time.Time // when to try again, on the clock of Options.Now; zero when the caller decides
	// Page is the answer of a BadStatus or BadType; nil otherwise.
	Page *page.Page
	Err  error
}

func (e *Error) Error() string {
	text := e.URL + ": " + e.Detail
	if hint := e.hint(); hint != "" {
		text += "; " + hint
	}
	return text
}

// hint says what to do next, where the detail does not already.
func (e *Error) hint() string {
	if e.Kind == BadStatus {
		return statusHint(e.Status, e.Reason)
	}
	if e.Reason == Home && (e.Kind == BadType || e.Kind == TooLarge || e.Kind == Bomb) {
		return homeHint
	}
	return hints[e.Kind]
}

func statusHint(status int, reason string) string {
	switch {
	case status >= 500:
		return "the site is in trouble; it is tried again by itself"
	case status == http.StatusTooManyRequests, status == http.StatusRequestTimeout:
		return "it is tried again by itself"
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return "if a browser gets the page, the site refuses programs: ask the portal, or leave it out"
	case reason == Home:
		return homeHint
	default:
		return "the page is gone or the link is wrong; leave it out"
	}
}

func (e *Error) Unwrap() error { return e.Err }

// Temporary tells whether the same request may well succeed later.
func (e *Error) Temporary() bool {
	switch e.Kind {
	case BadAddress, ForbiddenAddress, RobotsDisallowed, TooLarge, Bomb, BadType, TooManyRedirects:
		return false
	case BadStatus:
		return e.Status >= 500 || e.Status == http.StatusTooManyRequests || e.Status == http.StatusRequestTimeout
	default:
		return true
	}
}

// isHostFailure tells failures in which no page of the host can be had.
func isHostFailure(k Kind) bool {
	return k == DNSFailed || k == Refused || k == TLSFailed || k == Timeout
}

// homeHint is for a front page that is there but is none.
const homeHint = "open it in a browser and correct home in the portal's definition"

var hints = map[Kind]string{
	BadAddress:        "correct it where the portal's definition names it, else leave it out",
	RobotsDisallowed:  "the portal does not want it read, so leave it out or ask the portal",
	RobotsUnreachable: "nothing of the site is read until it can be had; it is tried again by itself",
	DNSFailed:         "look whether the name is right and whether this machine has a name server",
	Refused:           "the site may be down; it is tried again by itself",
	TLSFailed:         "open the address in a browser, then tell the portal or use its http address",
	Timeout:           "the site may be overloaded; it is tried again by itself",
	Slow:              "it is tried again by itself",
	Broken:            "it is tried again by itself",
	Truncated:         "nothing of it is used; it is tried again by itself",
	TooLarge:          "nothing of it is used; leave it out",
	Bomb:              "nothing of it is used; leave it out",
	BadType:           "leave it out with an accept pattern in the listing",
	TooManyRedirects:  "open the address in a browser and put its final form into the definition",
}

// explain turns what came out of the client into an *Error. The end of the
// caller's context and failures of the memory stay what they are.
func (f *Fetcher) explain(ctx context.Context, r Request, err error) error {
	var e *Error
	if errors.As(err, &e) {
		e.Reason = r.Reason
		return e
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var m *memoryError
	if errors.As(err, &m) || errors.Is(err, errClosed) {
		return err
	}
	return &Error{URL: r.URL, Kind: BadAddress, Reason: r.Reason, Detail: "cannot be fetched (" + innermost(err).Error() + ")", Err: err}
}

// plain is the part of an error that a ledger line needs beside the address.
func plain(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Detail
	}
	return err.Error()
}

// memoryError is a failure of the memory, which is nobody's fault outside.
type memoryError struct{ err error }

func (e *memoryError) Error() string { return "remembering a host: " + e.err.Error() }
func (e *memoryError) Unwrap() error { return e.err }

func remembering(err error) error {
	if err == nil {
		return nil
	}
	return &memoryError{err}
}

var (
	errClosed  = errors.New("the fetcher is closed")
	errTimeout = errors.New("no complete answer in time")
	errIdle    = errors.New("the answer stopped")
	errSlow    = errors.New("the answer drips")
)

// diagnose says what went wrong with a request that was sent or tried.
func diagnose(address string, err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	kind, detail := diagnosis(err)
	return &Error{URL: address, Kind: kind, Detail: detail, Err: err}
}

func diagnosis(err error) (Kind, string) {
	var (
		dns      *net.DNSError
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
		verify   *tls.CertificateVerificationError
		record   tls.RecordHeaderError
		alert    tls.AlertError
		netErr   net.Error
	)
	switch {
	case errors.Is(err, errSlow):
		return Slow, "the answer drips too slowly"
	case errors.Is(err, errIdle):
		return Slow, "the answer stopped in the middle"
	case errors.Is(err, errTimeout), errors.Is(err, context.DeadlineExceeded):
		return Timeout, "no complete answer in time"
	case errors.As(err, &dns):
		return DNSFailed, "the name " + dns.Name + " has no address"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return TLSFailed, "the certificate has expired or is not valid yet"
	case errors.As(err, &hostname):
		return TLSFailed, "the certificate belongs to another name"
	case errors.As(err, &unknown):
		return TLSFailed, "the certificate is signed by an authority that is not known"
	case errors.As(err, &verify), errors.As(err, &record), errors.As(err, &alert), isTLS(err):
		return TLSFailed, "no secure connection (" + innermost(err).Error() + ")"
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return Refused, "nobody answers there (" + innermost(err).Error() + ")"
	case errors.As(err, &netErr) && netErr.Timeout():
		return Timeout, "no answer in time"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return Truncated, "the answer ends too early"
	default:
		return Broken, "the connection broke (" + innermost(err).Error() + ")"
	}
}

func isTLS(err error) bool {
	text := err.Error()
	return strings.Contains(text, "tls: ") || strings.Contains(text, "x509: ") || strings.Contains(text, "HTTP response to HTTPS client")
}

// innermost is the error at the bottom, whose text has no addresses in it.
func innermost(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// judge says whether an answer is a page.
func judge(r Request, p *page.Page, e *errand) error {
	switch {
	case p.Status == http.StatusNotModified && r.Conditional:
		return nil
	case p.Status < 200 || p.Status > 299:
		return &Error{
			URL: r.URL, Kind: BadStatus, Reason: r.Reason, Status: p.Status, RetryAt: e.retryAt, Page: p,
			Detail: fmt.Sprintf("the site answers %d %s%s", p.Status, http.StatusText(p.Status), until(e.retryAt)),
		}
	case !isText(p.Type):
		return &Error{URL: r.URL, Kind: BadType, Reason: r.Reason, Page: p, Detail: "is no page but " + p.Type}
	default:
		return nil
	}
}

func until(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return " and is left alone until " + t.UTC().Format("2006-01-02 15:04:05 MST")
}
