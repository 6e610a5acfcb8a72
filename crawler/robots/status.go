package robots

import "time"

// Times of the policy for keeping a file.
const (
	// TTL is how long a file is believed (RFC 9309, 2.4).
	TTL = 24 * time.Hour
	// GiveUp is how long a file may be unreachable before the site counts as
	// having none (RFC 9309, 2.3.1.4 names 30 days).
	GiveUp = 30 * 24 * time.Hour
	// MaxRedirects is how many redirects are followed to a file (2.3.1.2).
	MaxRedirects = 5
)

// Reachable tells whether a status answers the question what the file says:
// it is there (2xx) or it is not (3xx that lead nowhere, 4xx). 429 is no
// answer, but the wish to be asked later; 0 stands for no answer at all.
func Reachable(status int) bool {
	return status >= 200 && status < 500 && status != 429
}

// ForStatus is the file that an answer means.
func ForStatus(status int, body []byte) *File {
	switch {
	case status >= 200 && status < 300:
		return Parse(body)
	case Reachable(status):
		return AllowAll()
	default:
		return DisallowAll()
	}
}
