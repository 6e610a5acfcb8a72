package discover

import (
	"net"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"kabar/crawler/page"
	"kabar/crawler/portal"
)

// site is the set of hosts whose pages belong to a portal.
type site struct {
	hosts map[string]bool // bare hosts with their port where it is not the default
	home  string          // bare host of the front page
	apex  string          // registrable domain that the portal stands for; empty when it stands for its host only
}

// siteOf is the site of a portal as read on one page: the hosts that its
// definition names, and the one to which such a host sent us.
func siteOf(d portal.Definition, p *page.Page) site {
	s := site{hosts: map[string]bool{}}
	at := p.URL
	for _, listing := range d.Listings {
		if u, err := url.Parse(listing.URL); err == nil {
			s.hosts[bareHost(u)] = true
		}
	}
	home, err := url.Parse(d.Home)
	if err != nil || home.Host == "" {
		home = at
	}
	if home != nil && home.Host != "" {
		s.home = bareHost(home)
		s.hosts[s.home] = true
		s.apex = apexOf(home.Hostname())
	}
	if at != nil && at.Host != "" && (d.Home == "" || p.Asked != nil && s.covers(p.Asked)) {
		s.hosts[bareHost(at)] = true
	}
	return s
}

// covers tells whether an address belongs to the site.
func (s site) covers(u *url.URL) bool { return s.hosts[bareHost(u)] }

// near tells whether an address lies on a section host of the site, such as
// sport.kabar.example for www.kabar.example.
func (s site) near(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	return s.apex != "" && (host == s.apex || strings.HasSuffix(host, "."+s.apex))
}

// bareHost is the host without "www." or "m.", with the port where it is not
// the scheme's own.
func bareHost(u *url.URL) string {
	host := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	if net.ParseIP(host) == nil {
		for _, prefix := range []string{"www.", "m.", "mobile.", "amp."} {
			if rest, found := strings.CutPrefix(host, prefix); found && strings.Contains(rest, ".") && !isSuffix(rest) {
				host = rest
				break
			}
		}
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		return host + ":" + port
	}
	return host
}

func isSuffix(host string) bool {
	suffix, _ := publicsuffix.PublicSuffix(host)
	return suffix == host
}

// institutions are suffixes under which every host is an office of its own:
// dinas.kabupaten.go.id is not a section of kabupaten.go.id.
var institutions = []string{".go.id", ".desa.id", ".ac.id", ".sch.id", ".mil.id"}

// apexOf is the registrable domain of a commercial host that is its front door
// or a section of it; empty for institutions, public suffixes and addresses
// made of numbers.
func apexOf(host string) string {
	host = strings.ToLower(host)
	if net.ParseIP(host) != nil {
		return ""
	}
	for _, suffix := range institutions {
		if strings.HasSuffix(host, suffix) {
			return ""
		}
	}
	apex, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return ""
	}
	return apex
}

// hostTwins lists the spellings of a host, its own first.
func hostTwins(u *url.URL) []string {
	if net.ParseIP(u.Hostname()) != nil || !strings.Contains(u.Hostname(), ".") {
		return []string{u.Host}
	}
	bare := bareHost(u)
	hosts := []string{u.Host}
	for _, host := range []string{bare, "www." + bare, "m." + bare} {
		if host != u.Host {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// settle gives an address of the site the scheme and host spelling of the page
// that it was found on, so that twins in links become one address. A link is
// never taken from https to http.
func settle(u *url.URL, at *url.URL) *url.URL {
	if at == nil || at.Host == "" || bareHost(u) != bareHost(at) {
		return u
	}
	settled := *u
	settled.Host = at.Host
	settled.Scheme = at.Scheme
	if u.Scheme == "https" && at.Scheme == "http" && at.Port() == "" {
		settled.Scheme = "https"
	}
	return &settled
}
