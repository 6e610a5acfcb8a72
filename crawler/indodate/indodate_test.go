package indodate

import (
	"errors"
	"slices"
	"testing"
	"time"
)

var (
	wib  = time.FixedZone("", 7*3600)
	wita = time.FixedZone("", 8*3600)
)

func TestReadRefuses(t *testing.T) {
	_, err := Read("31 Juni 2021", Context{})
	var refused *Refused
	if !errors.As(err, &refused) || refused.Why != "impossible-day" {
		t.Fatalf("Read(31 Juni 2021) = %v, want impossible-day", err)
	}
}

func TestReadFlags(t *testing.T) {
	r, err := Read("Senin, 4 Juni 2019", Context{Zone: wita})
	if err != nil || r.Stamp.Text() != "2019-06-04" || !slices.Contains(r.Flags, "weekday-mismatch") {
		t.Fatalf("Read = %v %v %v", r.Stamp.Text(), r.Flags, err)
	}
}
