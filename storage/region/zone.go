package region

import (
	"strings"
	"time"
)

var (
	wib  = time.FixedZone("WIB", 7*60*60)
	wita = time.FixedZone("WITA", 8*60*60)
	wit  = time.FixedZone("WIT", 9*60*60)
)

// Zone is the fixed zone of a clock named WIB (+07:00), WITA (+08:00) or WIT
// (+09:00, also written WP), in any letter case; nil for another name. It
// never depends on the host.
func Zone(clock string) *time.Location {
	switch {
	case strings.EqualFold(clock, "WIB"):
		return wib
	case strings.EqualFold(clock, "WITA"):
		return wita
	case strings.EqualFold(clock, "WIT"), strings.EqualFold(clock, "WP"):
		return wit
	default:
		return nil
	}
}
