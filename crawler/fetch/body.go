package fetch

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"sync"
	"time"

	"kabar/crawler/robots"
)

const (
	// chunk is read at a time.
	chunk = 32 << 10
	// freeRatio is the size up to which the ratio does not matter: so much can
	// be had from any tiny answer and hurts nobody.
	freeRatio = 256 << 10
	// bigBody needs one of maxBig places, so that many hostile hosts together
	// take no more memory than a few.
	bigBody = 1 << 20
	maxBig  = 3
	// maxOtherBody is what is read of a redirect or of an error's page.
	maxOtherBody = 128 << 10
	// keepBuffer is the largest buffer that is used again.
	keepBuffer = 512 << 10
)

// reader reads bodies within the limits.
type reader struct {
	opts    Options
	big     chan struct{}
	buffers sync.Pool // of *bytes.Buffer
	gunzips sync.Pool // of *gunzip
}

func newReader(o Options) *reader {
	r := &reader{opts: o, big: make(chan struct{}, maxBig)}
	r.buffers.New = func() any { return new(bytes.Buffer) }
	r.gunzips.New = func() any { return new(gunzip) }
	return r
}

// heldBody is a complete body in a borrowed buffer, which Close gives back.
type heldBody struct {
	bytes.Reader
	buf    *bytes.Buffer
	reader *reader
	big    bool
}

// Close may be called more than once, by one goroutine.
func (b *heldBody) Close() error {
	if b.buf == nil {
		return nil
	}
	b.Reset(nil)
	if b.big {
		<-b.reader.big
	}
	if b.buf.Cap() <= keepBuffer {
		b.buf.Reset()
		b.reader.buffers.Put(b.buf)
	}
	b.buf = nil
	return nil
}

// read takes in the whole body and unpacks it by what it is, whatever its
// labels say. packed is the number of bytes received. The connection is given
// back or closed in any case.
func (r *reader) read(resp *http.Response, e *errand, cancel context.CancelCauseFunc) (body *heldBody, packed int64, err error) {
	defer resp.Body.Close()
	u := resp.Request.URL.Redacted()
	limit, cut := r.opts.MaxUnpacked, false
	switch {
	case e.partial:
		limit, cut = robots.MaxBytes, true
	case !isSuccess(resp.StatusCode):
		limit, cut = maxOtherBody, true
	case resp.ContentLength > r.opts.MaxPacked:
		return nil, 0, tooLarge(u, r.opts.MaxPacked)
	}

	m := &meter{src: resp.Body, opts: &r.opts, url: u, started: time.Now()}
	m.idle = time.AfterFunc(r.opts.IdleTimeout, func() { cancel(errIdle) })
	defer m.idle.Stop()
	src, free, err := r.unpack(m, resp)
	defer free()
	if err != nil {
		return nil, m.packed, err
	}

	body = &heldBody{buf: r.buffers.Get().(*bytes.Buffer), reader: r}
	if n := resp.ContentLength; n > 0 && n <= limit {
		body.buf.Grow(int(n) + bytes.MinRead)
	}
	f := fill{r: r, m: m, body: body, limit: limit, cut: cut, sniff: !cut && !e.service, url: u}
	if err := f.run(resp.Request.Context(), src); err != nil {
		body.Close()
		return nil, m.packed, err
	}
	body.Reader.Reset(body.buf.Bytes())
	return body, m.packed, nil
}

// fill copies one body into its buffer.
type fill struct {
	r     *reader
	m     *meter
	body  *heldBody
	limit int64
	cut   bool // the limit ends the copy without an error, and nothing else is judged
	sniff bool // an image or the like ends the copy with one
	url   string
}

func (f *fill) run(ctx context.Context, src io.Reader) error {
	buf := f.body.buf
	for {
		if err := f.reserve(ctx); err != nil {
			return err
		}
		buf.Grow(chunk)
		space := buf.AvailableBuffer()
		n, err := src.Read(space[:min(cap(space), chunk)])
		buf.Write(space[:n])
		if err == io.EOF {
			return f.check(true)
		}
		if err != nil {
			return unpackError(f.url, err)
		}
		if f.cut && int64(buf.Len()) >= f.limit {
			buf.Truncate(int(f.limit))
			return nil
		}
		if err := f.check(false); err != nil {
			return err
		}
	}
}

// reserve takes a place for a big body.
func (f *fill) reserve(ctx context.Context) error {
	if f.body.big || f.body.buf.Len() < bigBody {
		return nil
	}
	select {
	case f.r.big <- struct{}{}:
		f.body.big = true
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (f *fill) check(complete bool) error {
	size := int64(f.body.buf.Len())
	if size > freeRatio && size/f.r.opts.MaxRatio > f.m.packed && !f.cut {
		return &Error{URL: f.url, Kind: Bomb, Detail: fmt.Sprintf("unpacks to more than %d times its size", f.r.opts.MaxRatio)}
	}
	if size > f.limit && !f.cut {
		return tooLarge(f.url, f.limit)
	}
	if f.sniff && (size >= 512 || complete) {
		f.sniff = false
		if kind, media := binaryType(f.body.buf.Bytes()); media {
			return &Error{URL: f.url, Kind: BadType, Detail: "is no page but " + kind}
		}
	}
	return nil
}

// empty is a body without bytes.
func (r *reader) empty() *heldBody { return &heldBody{reader: r} }

func tooLarge(u string, limit int64) *Error {
	return &Error{URL: u, Kind: TooLarge, Detail: fmt.Sprintf("is larger than %d MiB", max(limit>>20, 1))}
}

// meter counts the bytes of a body as they come and ends it when they are too
// many or too slow.
type meter struct {
	src     io.Reader
	opts    *Options
	url     string
	idle    *time.Timer
	started time.Time
	packed  int64
}

func (m *meter) Read(p []byte) (int, error) {
	m.idle.Reset(m.opts.IdleTimeout)
	n, err := m.src.Read(p)
	m.packed += int64(n)
	if err != nil {
		return n, err
	}
	if m.packed > m.opts.MaxPacked {
		return n, tooLarge(m.url, m.opts.MaxPacked)
	}
	if took := time.Since(m.started); took > m.opts.SlowGrace && float64(m.packed) < float64(m.opts.MinRate)*took.Seconds() {
		return n, errSlow
	}
	return n, nil
}

// binaryType tells images, sounds, films, fonts, archives and documents, of
// which no page can be made, by their first bytes.
func binaryType(head []byte) (string, bool) {
	found, _, _ := mime.ParseMediaType(http.DetectContentType(head))
	switch kind, _, _ := strings.Cut(found, "/"); kind {
	case "image", "audio", "video", "font":
		return found, true
	}
	switch found {
	case "application/pdf", "application/zip", "application/x-gzip", "application/x-rar-compressed",
		"application/wasm", "application/vnd.ms-fontobject", "application/ogg":
		return found, true
	}
	return found, false
}

// isText tells whether a page of this media type can be read at all.
func isText(kind string) bool {
	switch {
	case kind == "", strings.HasPrefix(kind, "text/"):
		return true
	case strings.HasSuffix(kind, "+xml"), strings.HasSuffix(kind, "+json"):
		return true
	}
	switch kind {
	case "application/xml", "application/json", "application/javascript", "application/x-javascript":
		return true
	}
	return false
}
