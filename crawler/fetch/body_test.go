package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

func gzipped(parts ...[]byte) []byte {
	var out bytes.Buffer
	for _, p := range parts {
		z, _ := gzip.NewWriterLevel(&out, 9)
		z.Write(p)
		z.Close()
	}
	return out.Bytes()
}

func deflated(b []byte) []byte {
	var out bytes.Buffer
	z, _ := flate.NewWriter(&out, 6)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

func zlibbed(b []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

// pages serves each path with its own handler and has no robots.txt.
func pages(t *testing.T, handlers map[string]http.HandlerFunc) string {
	t.Helper()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		h := handlers[r.URL.Path]
		if h == nil {
			http.NotFound(w, r)
			return
		}
		h(w, r)
	})
	return s.URL
}

// sends answers with a body under the given labels.
func sends(contentType, encoding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		if encoding != "" {
			w.Header().Set("Content-Encoding", encoding)
		}
		w.Write(body)
	}
}

func TestBodiesAreUnpackedByWhatTheyAre(t *testing.T) {
	text := []byte("<html><title>Jembatan Nagari</title><body>" + strings.Repeat("<p>Warga bergotong royong.</p>", 40))
	sitemap := []byte(`<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://a.example/</loc></url></urlset>`)
	half := len(text) / 2
	const page, octets = "text/html; charset=utf-8", "application/octet-stream"
	tests := []struct {
		name string
		h    http.HandlerFunc
		want []byte
	}{
		{"plain", sends(page, "", text), text},
		{"gzip", sends(page, "gzip", gzipped(text)), text},
		{"x-gzip", sends(page, "X-GZIP", gzipped(text)), text},
		{"gzip without a label", sends(page, "", gzipped(text)), text},
		{"gzip labeled as deflate", sends(page, "deflate", gzipped(text)), text},
		{"gzip labeled as identity", sends(page, "identity", gzipped(text)), text},
		{"gzip labeled as br", sends(page, "br", gzipped(text)), text},
		{"plain labeled as gzip", sends(page, "gzip", text), text},
		{"plain labeled as br", sends(page, "br", text), text},
		{"plain labeled as deflate", sends(page, "deflate", text), text},
		{"gzip in several members", sends(page, "gzip", gzipped(text[:half], text[half:])), text},
		{"gzip with padding", sends(page, "gzip", append(gzipped(text), make([]byte, 300)...)), text},
		{"gzip twice", sends(page, "gzip", gzipped(gzipped(text))), text},
		{"deflate", sends(page, "deflate", zlibbed(text)), text},
		{"raw deflate", sends(page, "deflate", deflated(text)), text},
		{"packed sitemap", sends("application/x-gzip", "", gzipped(sitemap)), sitemap},
		{"packed sitemap, packed again on the way", sends(octets, "gzip", gzipped(gzipped(sitemap))), sitemap},
		{"sitemap that only looks packed", sends("application/gzip", "", sitemap), sitemap},
		{"page labeled as an image", sends("image/jpeg", "", text), text},
		{"page labeled as PDF", sends("application/pdf", "", text), text},
		{"empty", sends(page, "", nil), nil},
		{"empty labeled as gzip", sends(page, "gzip", nil), nil},
	}
	f := newFetcher(t, Options{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			url := pages(t, map[string]http.HandlerFunc{"/berita.xml.gz": tt.h})
			p, err := f.Get(t.Context(), Request{URL: url + "/berita.xml.gz", Portal: site(url)})
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(p.Body, tt.want) {
				t.Errorf("got %.80q, want %.80q", p.Body, tt.want)
			}
		})
	}
}

// drip sends a little every pause until the client is gone.
func drip(piece string, pause time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		tick := time.NewTicker(pause)
		defer tick.Stop()
		for {
			io.WriteString(w, piece)
			http.NewResponseController(w).Flush()
			select {
			case <-r.Context().Done():
				return
			case <-tick.C:
			}
		}
	}
}

// endless sends the same bytes again and again.
func endless(encoding string, piece []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if encoding != "" {
			w.Header().Set("Content-Encoding", encoding)
		}
		for r.Context().Err() == nil {
			if _, err := w.Write(piece); err != nil {
				return
			}
		}
	}
}

// breaks sends something raw and ends the connection.
func breaks(raw string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			io.WriteString(c, raw)
			c.Close()
		}
	}
}

func TestBadBodies(t *testing.T) {
	const page = "text/html; charset=utf-8"
	text := []byte("<html><title>Jembatan</title>" + strings.Repeat("<p>Warga bergotong royong di hulu.</p>", 400))
	packed := gzipped(text)
	damaged := bytes.Clone(packed)
	for i := len(damaged) / 2; i < len(damaged); i++ {
		damaged[i] ^= 0x55
	}
	zeros := gzipped(make([]byte, 4<<20))
	jpeg := append([]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), make([]byte, 2000)...)
	tests := []struct {
		name string
		h    http.HandlerFunc
		want Kind
	}{
		{"endless", endless("", bytes.Repeat([]byte("<p>arsip</p>\n"), 500)), TooLarge},
		{"endless, not repeating", endless("gzip", gzipped(noise(64<<10))), TooLarge},
		{"length above the limit", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "50000000")
			w.WriteHeader(200)
		}, TooLarge},
		{"bomb", sends(page, "gzip", zeros), Bomb},
		{"bomb without a label", sends(page, "", zeros), Bomb},
		{"bomb as a packed file", sends("application/x-gzip", "", zeros), Bomb},
		{"bomb in many members", endless("gzip", zeros), Bomb},
		{"bomb in a bomb", sends(page, "gzip", gzipped(zeros)), Bomb},
		{"deflate bomb", sends(page, "deflate", deflated(make([]byte, 4<<20))), Bomb},
		{"zlib bomb", sends(page, "deflate", zlibbed(make([]byte, 4<<20))), Bomb},
		{"cut gzip", sends(page, "gzip", packed[:len(packed)/2]), Truncated},
		{"damaged gzip", sends(page, "gzip", damaged), Truncated},
		{"gzip of nothing but its magic", sends(page, "gzip", []byte{0x1f, 0x8b, 8}), Truncated},
		{"shorter than said", breaks("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<html>"), Truncated},
		{"cut chunks", breaks("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n<html>"), Truncated},
		{"no answer", breaks(""), Broken},
		{"no HTTP", breaks("220 smtp.example ESMTP\r\n"), Broken},
		{"packed as br", sends(page, "br", []byte("\x1b\x03\x00\xf8\xff\x00\x01\x02\x03")), BadType},
		{"image", sends("image/jpeg", "", jpeg), BadType},
		{"image labeled as a page", sends(page, "", jpeg), BadType},
		{"PDF labeled as a page", sends(page, "", []byte("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj")), BadType},
		{"archive", sends(page, "", []byte("PK\x03\x04"+strings.Repeat("\x00x", 900))), BadType},
		{"gzip three times", sends(page, "gzip", gzipped(gzipped(gzipped(text)))), BadType},
		{"unknown bytes", sends("application/octet-stream", "", []byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12")), BadType},
		{"drip", drip("<p>", 5*time.Millisecond), Slow},
		{"stop in the middle", drip("<p>", time.Hour), Slow},
		{"no header", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, Timeout},
		{"endless at a fair rate", drip(strings.Repeat("<p>arsip</p>", 300), 5*time.Millisecond), Timeout},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			// Time limits are short only where they are what is tested.
			o := Options{MaxPacked: 1 << 20, MaxUnpacked: 2 << 20}
			switch tt.want {
			case Slow:
				o.IdleTimeout, o.SlowGrace, o.MinRate = 200*time.Millisecond, 100*time.Millisecond, 20_000
			case Timeout:
				o.AttemptTimeout = 300 * time.Millisecond
			}
			f := newFetcher(t, o)
			url := pages(t, map[string]http.HandlerFunc{"/a": tt.h})
			start := time.Now()
			p, err := f.Get(t.Context(), Request{URL: url + "/a", Portal: site(url)})
			if got := kindOf(err); got != tt.want {
				t.Errorf("got %q (%v), want %q", got, err, tt.want)
			}
			if p != nil && tt.want != BadType {
				t.Errorf("a failed fetch gave a page of %d bytes", len(p.Body))
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			if err != nil && !strings.HasPrefix(err.Error(), url+"/a: ") {
				t.Errorf("%q does not begin with the address", err)
			}
		})
	}
}

// noise is bytes that do not pack well.
func noise(n int) []byte {
	b := make([]byte, n)
	x := uint32(2463534242)
	for i := range b {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b[i] = 'a' + byte(x%26)
	}
	return b
}

// A bomb of four gigabytes costs a few megabytes.
func TestBombMemory(t *testing.T) {
	member := gzipped(make([]byte, 10<<20))
	h := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		for range 400 {
			if _, err := w.Write(member); err != nil {
				return
			}
		}
	}
	url := pages(t, map[string]http.HandlerFunc{"/a": h, "/b.xml.gz": h})
	f := newFetcher(t, Options{})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, path := range []string{"/a", "/b.xml.gz"} {
		if _, err := f.Get(t.Context(), Request{URL: url + path, Portal: site(url)}); kindOf(err) != Bomb {
			t.Errorf("%s: got %v, want a bomb", path, err)
		}
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 16<<20 {
		t.Errorf("two bombs took %d MiB of memory in all", grown>>20)
	}
}

// An error's page may be broken in any way: the status says enough.
func TestBrokenErrorPages(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"damaged": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.WriteHeader(404)
			w.Write([]byte{0x1f, 0x8b, 8, 0, 1, 2, 3})
		},
		"image": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(404)
			w.Write([]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"))
		},
		"bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.WriteHeader(404)
			w.Write(gzipped(make([]byte, 20<<20)))
		},
		"cut": breaks("HTTP/1.1 404 Not Found\r\nContent-Length: 1000\r\n\r\n<html>"),
	} {
		t.Run(name, func(t *testing.T) {
			url := pages(t, map[string]http.HandlerFunc{"/a": h})
			_, err := newFetcher(t, Options{}).Get(t.Context(), Request{URL: url + "/a", Portal: site(url)})
			e, _ := err.(*Error)
			if e == nil || e.Kind != BadStatus || e.Status != 404 || e.Page == nil {
				t.Errorf("got %v, want status 404", err)
			}
		})
	}
}

func TestCancelReturnsAtOnce(t *testing.T) {
	arrived := make(chan string, 10)
	wait := func(_ http.ResponseWriter, r *http.Request) {
		arrived <- r.URL.Path
		<-r.Context().Done()
	}
	url := pages(t, map[string]http.HandlerFunc{"/a": wait, "/b": drip("<p>tunggu dulu</p>", time.Millisecond)})
	f := newFetcher(t, Options{})
	slow := site(url)
	slow.Limits.Delay *= 3_600_000 // an hour
	ctx, cancel := context.WithCancel(t.Context())
	errs := make(chan error)
	for i := range 8 {
		go func() {
			_, err := f.Get(ctx, Request{URL: fmt.Sprintf("%s/%c", url, 'a'+i%2), Portal: slow})
			errs <- err
		}()
	}
	cancel()
	start := time.Now()
	for range 8 {
		if err := <-errs; err != context.Canceled {
			t.Errorf("got %v, want %v", err, context.Canceled)
		}
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("returned after %v", took)
	}
}

// Close ends what is under way and what comes later.
func TestCloseEndsRequests(t *testing.T) {
	arrived := make(chan struct{})
	url := pages(t, map[string]http.HandlerFunc{"/a": func(_ http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-r.Context().Done()
	}})
	m := newMemory()
	f := New(Options{Memory: m, AllowNets: loopback})
	errs := make(chan error)
	go func() {
		_, err := f.Get(context.Background(), Request{URL: url + "/a", Reason: "article", Portal: site(url)})
		errs <- err
	}()
	<-arrived
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if err := <-errs; err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("request under way: got %v", err)
	}
	if _, err := f.Get(context.Background(), Request{URL: url + "/a"}); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("request after: got %v", err)
	}
	if len(m.requests) == 0 || m.requests[0].Reason != "robots" {
		t.Errorf("ledger after Close: %+v", m.requests)
	}
}
