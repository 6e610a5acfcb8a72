package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// document is an answer made beforehand: the bytes, the same bytes packed, and
// the headers that go with them.
type document struct {
	body   []byte
	packed []byte // gzip; nil when it would not be smaller
	etag   string

	// Header values, ready to be put into an answer without a copy.
	contentType  []string
	etags        []string
	lastModified []string // nil when there is none
	links        []string // Link headers (RFC 8288)
	length       []string
	packedLength []string
	modified     time.Time // to the second
}

// newDocument packs a body and derives its validators. The entity tag is weak
// and made from the plain bytes: one tag serves both codings (RFC 9110 8.8.3).
func newDocument(body []byte, contentType string, modified time.Time, links []string) *document {
	sum := sha256.Sum256(body)
	d := &document{
		body:        body,
		packed:      pack(body),
		etag:        `"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`,
		contentType: []string{contentType},
		links:       links,
		length:      []string{strconv.Itoa(len(body))},
	}
	d.etags = []string{"W/" + d.etag}
	d.packedLength = []string{strconv.Itoa(len(d.packed))}
	if !modified.IsZero() {
		d.setModified(modified)
	}
	return d
}

// setModified dates a document, which must not be served yet.
func (d *document) setModified(at time.Time) {
	d.modified = at.UTC().Truncate(time.Second)
	d.lastModified = []string{d.modified.Format(http.TimeFormat)}
}

// size is what a document takes in memory, about.
func (d *document) size() int64 { return int64(len(d.body)+len(d.packed)) + 1024 }

// pack compresses; nil when that saves too little to be worth a header.
func pack(body []byte) []byte {
	if len(body) < 512 {
		return nil
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, 6)
	if err != nil {
		return nil
	}
	if _, err := z.Write(body); err != nil {
		return nil
	}
	if err := z.Close(); err != nil {
		return nil
	}
	if out.Len() > len(body)*9/10 {
		return nil
	}
	return out.Bytes()
}

var (
	varyEncoding = []string{"Accept-Encoding"}
	gzipCoding   = []string{"gzip"}
)

// serve sends a document as the request's conditions and encodings ask.
func (d *document) serve(w http.ResponseWriter, r *http.Request, cacheControl []string) {
	header := w.Header()
	header["Etag"] = d.etags
	header["Cache-Control"] = cacheControl
	header["Vary"] = varyEncoding
	if d.lastModified != nil {
		header["Last-Modified"] = d.lastModified
	}
	if d.unchanged(r) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if d.links != nil {
		header["Link"] = d.links
	}
	header["Content-Type"] = d.contentType
	body := d.body
	header["Content-Length"] = d.length
	if d.packed != nil && acceptsGzip(r.Header["Accept-Encoding"]) {
		body = d.packed
		header["Content-Length"] = d.packedLength
		header["Content-Encoding"] = gzipCoding
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a client that left is no trouble of ours
	}
}

// unchanged evaluates the conditions in the order of RFC 9110 13.2.2: with
// If-None-Match, If-Modified-Since does not count.
func (d *document) unchanged(r *http.Request) bool {
	if tags := r.Header["If-None-Match"]; len(tags) > 0 {
		return d.matches(tags)
	}
	since := r.Header["If-Modified-Since"]
	if len(since) == 0 || d.lastModified == nil {
		return false
	}
	t, err := http.ParseTime(since[0])
	return err == nil && !d.modified.After(t)
}

// matches compares entity tags weakly (RFC 9110 8.8.3.2). Commas inside a tag
// do not matter: ours has none, so a piece of another can never equal it.
func (d *document) matches(values []string) bool {
	for _, value := range values {
		for tag := range strings.SplitSeq(value, ",") {
			tag = strings.TrimSpace(tag)
			if tag == "*" || strings.TrimPrefix(tag, "W/") == d.etag {
				return true
			}
		}
	}
	return false
}

// acceptsGzip reads Accept-Encoding (RFC 9110 12.5.3): gzip must be named, or
// covered by "*", with a weight above zero.
func acceptsGzip(values []string) bool {
	star := false
	for _, value := range values {
		for coding := range strings.SplitSeq(value, ",") {
			name, parameters, _ := strings.Cut(coding, ";")
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "gzip", "x-gzip":
				return weight(parameters) > 0
			case "*":
				star = weight(parameters) > 0
			}
		}
	}
	return star
}

// weight is the q parameter, 1 without one, 0 for nonsense.
func weight(parameters string) float64 {
	for p := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		if !strings.EqualFold(strings.TrimSpace(name), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil {
			return 0
		}
		return q
	}
	return 1
}

// fail answers with one plain sentence.
func fail(w http.ResponseWriter, status int, sentence string) {
	header := w.Header()
	header.Set("Content-Type", "text/plain; charset=utf-8")
	if header.Get("Cache-Control") == "" {
		header.Set("Cache-Control", "no-cache")
	}
	w.WriteHeader(status)
	_, _ = w.Write([]byte(sentence + "\n"))
}

// tooMany answers a client that asks too much (RFC 6585).
func tooMany(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "10")
	fail(w, http.StatusTooManyRequests, "Terlalu banyak permintaan dari alamat Anda. Coba lagi dalam 10 detik; umpan cukup diminta sekali dalam beberapa menit.")
}
