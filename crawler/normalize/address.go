package normalize

import (
	"net/url"
	"strings"

	"kabar/crawler/extract"
	"kabar/crawler/page"
)

// chooseAddress decides what the article's own address is, and under which
// others it is known: asked, final and, when it can be believed, canonical.
func chooseAddress(p *page.Page, raw extract.Raw, c Context) (address string, aliases []string, why string) {
	final, asked := absolute(p.URL), absolute(p.Asked)
	address, why = final, "where the page was found"
	if canonical, reason := believe(raw.Canonical, p.URL, c); canonical != "" {
		address, why = canonical, "the page names it as its own"
	} else if raw.Canonical != "" && reason != "" {
		why += "; the page's own claim is not believed: " + reason
	}
	note := func(a string) {
		if a == "" || a == address {
			return
		}
		for _, known := range aliases {
			if known == a {
				return
			}
		}
		aliases = append(aliases, a)
	}
	note(final)
	note(asked)
	note(c.Link.URL)
	if amp, _ := believe(raw.AMP, p.URL, c); amp != "" {
		note(amp)
	}
	return address, aliases, why
}

func absolute(u *url.URL) string {
	if u == nil || u.Host == "" {
		return ""
	}
	clear := *u
	clear.Fragment, clear.RawFragment = "", ""
	return clear.String()
}

// believe checks an address that a page calls its own. It must be on the same
// site, not its front page or a folder above the page, and not name another
// article: when both addresses speak, they must share words.
func believe(claim string, at *url.URL, c Context) (address, why string) {
	if claim == "" {
		return "", "it is empty"
	}
	u, err := url.Parse(claim)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", "it is no address"
	}
	if at == nil || at.Host == "" {
		return absolute(u), ""
	}
	if siteOf(u.Hostname()) != siteOf(at.Hostname()) {
		return "", "it is on another site"
	}
	path := strings.Trim(u.Path, "/")
	own := strings.Trim(at.Path, "/")
	switch {
	case path == "" && u.RawQuery == "" && (own != "" || at.RawQuery != ""):
		return "", "it is the front page"
	case path == "index.php" && u.RawQuery == "" && own != path:
		return "", "it is the front page"
	case path != own && strings.HasPrefix(own, path+"/") && !isPartOrTwin(own[len(path):]) && u.RawQuery == "":
		return "", "it is a folder above the page"
	}
	mine, other := extract.Slug(at), extract.Slug(u)
	if mine != "" && other != "" && mine != other && extract.Overlap(mine, other) < 0.3 && !sharesNumber(own, path) {
		return "", "it is another article"
	}
	return absolute(u), ""
}

// isPartOrTwin tells what follows an article's path on its parts and twins.
func isPartOrTwin(tail string) bool {
	switch strings.Trim(tail, "/") {
	case "amp", "amp.html", "all", "print", "2", "3", "4", "5", "6", "7", "8", "9":
		return true
	}
	return strings.HasPrefix(tail, "/page/") || strings.HasPrefix(tail, "/halaman/")
}

// sharesNumber tells whether two paths have the same long number, as those of
// an article whose slug was changed or left out.
func sharesNumber(a, b string) bool {
	for number := range strings.FieldsFuncSeq(a, func(r rune) bool { return r < '0' || r > '9' }) {
		isYear := len(number) == 4 && (number[:2] == "19" || number[:2] == "20")
		if len(number) >= 4 && !isYear && strings.Contains(b, number) {
			return true
		}
	}
	return false
}

// siteOf is the part of a host that names its site: without "www.", "m." and
// "amp.".
func siteOf(host string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, prefix := range [...]string{"www.", "m.", "amp.", "mobile."} {
		host = strings.TrimPrefix(host, prefix)
	}
	return host
}
