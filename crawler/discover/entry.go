package discover

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// maxDoorLinks is how many addresses of its own a splash page leads to at
// most.
const maxDoorLinks = 8

var (
	entryWords = wordSet("home beranda utama web portal main index website depan landing dashboard id front publik")
	entryText  = regexp.MustCompile(`(?i)^\W*(?:masuk|enter|beranda|home|lanjut(?:kan)?|ke (?:situs|website|halaman utama)|skip(?: intro)?|halaman utama|website(?: resmi)?|situs resmi|kunjungi (?:situs|website))\b`)
)

// entry is the page behind a splash page, as far as one can tell: where the
// page sends its visitors by itself, else the link that reads or is called
// like a way in, else its only link.
func (r *reader) entry(list Listing) string {
	if len(list.Items) > 0 {
		return ""
	}
	if target := r.refresh(); target != "" {
		return r.within(target)
	}
	var doors []*link
	for _, l := range r.links {
		if !l.near && !r.isSelf(l) {
			doors = append(doors, l)
		}
	}
	if len(doors) == 0 || len(doors) > maxDoorLinks {
		return ""
	}
	best, most := doors[0], 0
	for _, l := range doors {
		weight := 0
		if slices.ContainsFunc(l.shape.words, func(word string) bool { return entryWords[word] }) {
			weight += 2
		}
		if entryText.MatchString(l.item.Title) {
			weight += 3
		}
		if weight > most {
			best, most = l, weight
		}
	}
	if most == 0 && len(doors) > 1 {
		return ""
	}
	return best.item.URL
}

// within makes a reference absolute where it leads to a page of the site.
func (r *reader) within(ref string) string {
	u, err := url.Parse(r.page.Resolve(strings.TrimSpace(ref)))
	if err != nil || u.Host == "" || !r.site.covers(u) || isFile(u.Path) {
		return ""
	}
	address, err := Address(settle(u, r.page.URL).String())
	if err != nil || address == r.self {
		return ""
	}
	return address
}
