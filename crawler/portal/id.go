package portal

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// IDFor proposes an id for the portal at an address: its host without "www."
// and without the public suffix, "infopublik.solokkab" for
// https://infopublik.solokkab.go.id/. A front page below the host's root adds
// its path: "contoh-warta". The id of an address that makes no sense is
// "portal".
func IDFor(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Hostname() == "" {
		return "portal"
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	host = strings.TrimPrefix(host, "www.")
	if net.ParseIP(host) == nil {
		if suffix, _ := publicsuffix.PublicSuffix(host); suffix != host {
			host = strings.TrimSuffix(host, "."+suffix)
		}
	} else if port := u.Port(); port != "" {
		host += "-" + port
	}
	parts := strings.FieldsFunc(host+"/"+strings.ToLower(u.Path), func(r rune) bool { return r == '/' })
	for i, part := range parts {
		parts[i] = strings.Trim(strings.Map(idRune, part), "-.")
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" || strings.HasPrefix(part, "index.") })
	id := strings.Join(parts, "-")
	if len(id) > 60 {
		id = strings.TrimRight(id[:60], "-.")
	}
	if !validID(id) {
		return "portal"
	}
	return id
}

func idRune(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '-':
		return r
	default:
		return '-'
	}
}
