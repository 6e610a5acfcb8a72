package fetch

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
)

// maxLayers is how often a body may be packed: a .gz file sent with
// Content-Encoding: gzip has two layers.
const maxLayers = 2

// unpack undoes gzip wherever its magic number stands, and deflate where the
// label says so and the bytes do not contradict. free gives back what was
// borrowed and may be called when err is not nil.
func (r *reader) unpack(m *meter, resp *http.Response) (src io.Reader, free func(), err error) {
	var borrowed []*gunzip
	free = func() {
		for _, z := range borrowed {
			z.src = nil
			r.gunzips.Put(z)
		}
	}
	in := bufio.NewReader(m)
	for range maxLayers {
		head, err := in.Peek(3)
		if err != nil && err != io.EOF {
			return nil, free, err
		}
		if !isGzip(head) {
			break
		}
		z := r.gunzips.Get().(*gunzip)
		borrowed = append(borrowed, z)
		if err := z.reset(in); err != nil {
			return nil, free, unpackError(m.url, err)
		}
		in = bufio.NewReaderSize(z, chunk)
	}
	if len(borrowed) > 0 {
		return in, free, nil
	}
	src, err = inflate(in, m.url, resp.Header.Get("Content-Encoding"))
	return src, free, err
}

func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}) }

// inflate handles the labels that have no magic number. An answer that is
// plain text in spite of its label is taken as such.
func inflate(in *bufio.Reader, u, encoding string) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity", "gzip", "x-gzip":
		return in, nil
	}
	head, err := in.Peek(512)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if len(head) == 0 || strings.HasPrefix(http.DetectContentType(head), "text/") {
		return in, nil
	}
	if !strings.Contains(strings.ToLower(encoding), "deflate") {
		return nil, &Error{URL: u, Kind: BadType, Detail: "is packed in a way that was not asked for"}
	}
	if head[0]&0x0f == 8 && len(head) > 1 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
		z, err := zlib.NewReader(in)
		if err != nil {
			return nil, unpackError(u, err)
		}
		return z, nil
	}
	return flate.NewReader(in), nil
}

// gunzip reads all members of a gzip stream and ends where no further member
// begins: some servers pad their files.
type gunzip struct {
	src *bufio.Reader
	z   gzip.Reader
}

func (g *gunzip) reset(src *bufio.Reader) error {
	g.src = src
	if err := g.z.Reset(src); err != nil {
		return err
	}
	g.z.Multistream(false)
	return nil
}

func (g *gunzip) Read(p []byte) (int, error) {
	for {
		n, err := g.z.Read(p)
		if err != io.EOF || n > 0 {
			if err == io.EOF {
				err = nil // comes again
			}
			return n, err
		}
		head, err := g.src.Peek(3)
		if !isGzip(head) {
			if err != nil && err != io.EOF {
				return 0, err
			}
			return 0, io.EOF
		}
		if err := g.reset(g.src); err != nil {
			return 0, err
		}
	}
}

// unpackError tells damage in the packing from what happened on the wire.
func unpackError(u string, err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt),
		errors.Is(err, zlib.ErrHeader), errors.Is(err, zlib.ErrChecksum):
		return &Error{URL: u, Kind: Truncated, Detail: "the packed answer is damaged", Err: err}
	case err == io.EOF:
		return io.ErrUnexpectedEOF
	default:
		return err
	}
}
