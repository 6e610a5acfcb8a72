package sqlite

import (
	"encoding/json"
	"fmt"
	"time"

	"kabar/storage/news"
)

// floor is a moment as it is stored: UTC, whole milliseconds.
func floor(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return time.UnixMilli(t.UnixMilli()).UTC()
}

// milli is a moment as a column: NULL for the zero time.
func milli(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// utc scans a column written by milli.
type utc struct{ into *time.Time }

func (u utc) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*u.into = time.Time{}
	case int64:
		*u.into = time.UnixMilli(v).UTC()
	default:
		return fmt.Errorf("a moment is stored as %T", value)
	}
	return nil
}

// stampColumns are the four columns of a stamp: moment, offset, precision,
// origin.
func stampColumns(s news.Stamp) [4]any {
	if s.IsZero() {
		return [4]any{nil, 0, "", ""}
	}
	_, offset := s.Time.Zone()
	return [4]any{s.Time.UnixMilli(), offset, string(s.Precision), s.Origin}
}

// storedStamp collects the four columns of a stamp.
type storedStamp struct {
	at        time.Time
	offset    int
	precision string
	origin    string
}

func (s storedStamp) stamp() news.Stamp {
	if s.precision == "" {
		return news.Stamp{}
	}
	return news.Stamp{
		Time:      s.at.In(time.FixedZone("", s.offset)),
		Precision: news.Precision(s.precision),
		Origin:    s.origin,
	}
}

// list is a list as a column: JSON, "" for an empty one.
func list[T any](items []T) (string, error) {
	if len(items) == 0 {
		return "", nil
	}
	data, err := json.Marshal(items)
	return string(data), err
}

// document scans a JSON column; "" leaves what it points at alone.
type document struct{ into any }

func (d document) Scan(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("a JSON text is stored as %T", value)
	}
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), d.into)
}
