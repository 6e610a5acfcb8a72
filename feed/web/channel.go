package web

import (
	"strings"

	"kabar/feed"
)

// links is the Link header of a feed (RFC 8288).
func links(b base, s spec, c feed.Channel) []string {
	list := []string{"<" + feed.Address(c.Self) + `>; rel="self"; type="` + mediaType(s.format) + `"`}
	for _, o := range c.Other {
		list = append(list, "<"+feed.Address(o.URL)+`>; rel="alternate"; type="`+o.Type+`"`)
	}
	list = append(list, "<"+feed.Address(c.Home)+`>; rel="alternate"; type="text/html"`)
	if c.Hub != "" {
		list = append(list, "<"+c.Hub+`>; rel="hub"`)
	}
	if c.PrevArchive != "" {
		list = append(list, "<"+c.PrevArchive+`>; rel="prev-archive"`)
	}
	return []string{strings.Join(list, ", ")}
}

// channel describes a feed.
func (h *Handler) channel(b base, s spec) feed.Channel {
	portals := h.portalBook()
	c := feed.Channel{
		ID:      s.id(h.opts.Site),
		Self:    b.url(s.path()),
		Home:    b.url(s.home()),
		Hub:     h.hubOf(b, s),
		Version: h.opts.Version,
		Pages:   b.url("/article/"),
		Portals: portals.byID,
		Default: h.opts.Republish,
	}
	c.Title, c.Subtitle = s.titles(portals)
	if s.summary {
		c.Content = feed.Summary
		c.Subtitle += " (ringkasan)"
	}
	for _, format := range []string{"atom", "rss", "json"} {
		if format != s.format {
			c.Other = append(c.Other, feed.Alternate{Type: mediaType(format), URL: b.url(s.in(format).path())})
		}
	}
	return c
}

// titles are title and subtitle of a feed.
func (s spec) titles(b *book) (title, subtitle string) {
	portal := b.byID[s.portal].Name
	if portal == "" {
		portal = s.portal
	}
	switch s.kind {
	case ofPortal:
		return portal, "Artikel terbaru dari " + portal
	case ofRegion:
		name := feed.RegionName(s.region)
		return "Kabar " + name, "Artikel terbaru tentang " + name + " dari semua portal"
	case ofCategory:
		return portal + ": " + s.category, "Artikel terbaru dari rubrik " + s.category + " di " + portal
	case search:
		return "Pencarian: " + strings.Join(s.inWords(portal), ", "), "Artikel terbaru yang cocok dengan pencarian"
	case corrections:
		return "Koreksi", "Artikel yang diubah portalnya, dengan kata yang berubah"
	case withdrawals:
		return "Ditarik", "Artikel yang tidak ada lagi di portalnya"
	case operations:
		return "Gangguan", "Gangguan pada portal yang dirayapi"
	default:
		return "Kabar: semua portal", "Artikel terbaru dari semua portal"
	}
}

// inWords says in words what is searched for.
func (s spec) inWords(portal string) []string {
	var parts []string
	if s.words != "" {
		parts = append(parts, s.words)
	}
	if s.region != "" {
		parts = append(parts, feed.RegionName(s.region))
	}
	if s.portal != "" {
		parts = append(parts, portal)
	}
	if s.since != "" {
		parts = append(parts, "sejak "+s.since)
	}
	return parts
}
