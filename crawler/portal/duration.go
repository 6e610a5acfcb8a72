package portal

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParseDuration reads a duration as time.ParseDuration does, and days as well:
// "30d", "1d12h", "36h", "2s". Negative ones are refused.
func ParseDuration(text string) (time.Duration, error) {
	text = strings.TrimSpace(text)
	var days time.Duration
	rest := text
	if number, after, found := strings.Cut(text, "d"); found {
		n, err := strconv.ParseFloat(number, 64)
		if err != nil || n != n || n > maxDays || n < -maxDays {
			return 0, fmt.Errorf("%q is no duration; write it like 2s, 36h or 30d", text)
		}
		days, rest = time.Duration(n*24*float64(time.Hour)), after
	}
	d := days
	if rest != "" || text == "" {
		more, err := time.ParseDuration(rest)
		if err != nil {
			return 0, fmt.Errorf("%q is no duration; write it like 2s, 36h or 30d", text)
		}
		d += more
	}
	if d < 0 {
		return 0, fmt.Errorf("%q is negative", text)
	}
	return d, nil
}

// maxDays keeps a number of days inside what a time.Duration can hold.
const maxDays = 36500

// String writes whole days as days: "30d", "36h0m0s".
func (d Duration) String() string {
	const day = 24 * time.Hour
	whole := time.Duration(d)
	if whole > 0 && whole%day == 0 {
		return strconv.FormatInt(int64(whole/day), 10) + "d"
	}
	return whole.String()
}

// UnmarshalText reads what ParseDuration reads.
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := ParseDuration(string(text))
	*d = Duration(parsed)
	return err
}
