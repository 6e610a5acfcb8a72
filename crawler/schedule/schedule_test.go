package schedule

import (
	"testing"
	"time"
)

func TestBackoff(t *testing.T) {
	last := time.Duration(0)
	for failures := range 100 {
		pause := Backoff(failures)
		if pause < last || pause > Longest || pause <= 0 {
			t.Fatalf("Backoff(%d) = %v after %v", failures, pause, last)
		}
		last = pause
	}
	if last != Longest {
		t.Errorf("Backoff ends at %v, want %v", last, Longest)
	}
}
