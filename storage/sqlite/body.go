package sqlite

import (
	"encoding/json"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"

	"kabar/storage/news"
)

// maxUnpacked bounds what a packed value may grow to, in bytes: far above any
// page we keep, far below what hurts.
const maxUnpacked = 64 << 20

// zstdEncoder and zstdDecoder are shared: both may be used by many goroutines
// at once and keep their tables between calls.
var (
	zstdEncoder = sync.OnceValues(func() (*zstd.Encoder, error) {
		return zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest),
			zstd.WithWindowSize(1<<20))
	})
	zstdDecoder = sync.OnceValues(func() (*zstd.Decoder, error) {
		return zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxUnpacked))
	})
)

// pack is zstd with a checksum, so that a damaged value is noticed.
func pack(data []byte) ([]byte, error) {
	encoder, err := zstdEncoder()
	if err != nil {
		return nil, err
	}
	return encoder.EncodeAll(data, make([]byte, 0, len(data)/2)), nil
}

func unpack(data []byte) ([]byte, error) {
	decoder, err := zstdDecoder()
	if err != nil {
		return nil, err
	}
	plain, err := decoder.DecodeAll(data, nil)
	if err != nil {
		return nil, fmt.Errorf("unpacking a stored text: %w", err)
	}
	return plain, nil
}

// packBody is a body as it is stored: packed JSON.
func packBody(blocks []news.Block) ([]byte, error) {
	if len(blocks) == 0 {
		return []byte{}, nil
	}
	data, err := json.Marshal(blocks)
	if err != nil {
		return nil, err
	}
	return pack(data)
}

// body scans a column written by packBody.
type body struct{ into *[]news.Block }

func (b body) Scan(value any) error {
	data, ok := value.([]byte)
	if !ok && value != nil {
		return fmt.Errorf("a body is stored as %T", value)
	}
	if len(data) == 0 {
		*b.into = nil
		return nil
	}
	plain, err := unpack(data)
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, b.into)
}
