package feed

import (
	"encoding/xml"
	"io"
	"time"

	"kabar/storage/news"

	"github.com/gorilla/feeds"
)

// WriteAtom renders Atom 1.0 (RFC 4287).
func WriteAtom(w io.Writer, c Channel, articles []news.Article) error {
	return feeds.WriteXML(atomDocument{c, articles}, w)
}

// atomDocument fulfils feeds.XmlFeed.
type atomDocument struct {
	channel  Channel
	articles []news.Article
}

type atomXML struct {
	*feeds.AtomFeed
	Lang      string `xml:"xml:lang,attr"`
	Media     string `xml:"xmlns:media,attr"`
	History   string `xml:"xmlns:fh,attr,omitempty"`
	Generator atomGenerator
	Archive   *struct{}    `xml:"fh:archive"`
	Link      []atomLink   `xml:"link"`
	Entries   []*atomEntry `xml:"entry"`
}

type atomGenerator struct {
	XMLName xml.Name `xml:"generator"`
	Version string   `xml:"version,attr,omitempty"`
	Name    string   `xml:",chardata"`
}

type atomLink struct {
	Rel    string `xml:"rel,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Title  string `xml:"title,attr,omitempty"`
	Href   string `xml:"href,attr"`
	Length string `xml:"length,attr,omitempty"`
}

type atomEntry struct {
	*feeds.AtomEntry
	Links     []atomLink     `xml:"link"`
	Author    []atomPerson   `xml:"author"`
	Category  []atomCategory `xml:"category"`
	Source    *atomSource    `xml:"source"`
	Thumbnail *mediaImage    `xml:"media:thumbnail"`
	Summary   atomText       `xml:"summary"`
	Content   atomHTML       `xml:"content"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomCategory struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
	Label  string `xml:"label,attr,omitempty"`
}

type atomSource struct {
	ID    string     `xml:"id"`
	Title string     `xml:"title"`
	Links []atomLink `xml:"link"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomHTML struct {
	Type string `xml:"type,attr"`
	Text string `xml:",cdata"`
}

// FeedXml builds the document for gorilla/feeds.
func (d atomDocument) FeedXml() any {
	c := d.channel
	list, updated := c.items(d.articles)
	x := atomXML{
		AtomFeed: &feeds.AtomFeed{
			Xmlns:    nsAtom,
			Title:    Line(c.Title, maxTitle),
			Id:       c.ID,
			Updated:  updated.Format(time.RFC3339),
			Subtitle: c.description(),
			Author:   &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: "Kabar", Uri: Address(c.Home)}},
		},
		Lang:      c.language(),
		Media:     nsMedia,
		Generator: atomGenerator{Version: Line(c.Version, maxName), Name: "Kabar"},
		Link:      c.atomLinks(),
	}
	if c.Current != "" {
		x.History, x.Archive = nsHistory, &struct{}{}
	}
	for i := range list {
		x.Entries = append(x.Entries, list[i].atom())
	}
	return x
}

func (c Channel) atomLinks() []atomLink {
	var links []atomLink
	add := func(rel, address, mediaType string) {
		if address = Address(address); address != "" {
			links = append(links, atomLink{Rel: rel, Type: mediaType, Href: address})
		}
	}
	add("self", c.Self, TypeAtom)
	add("alternate", c.Home, "text/html")
	for _, o := range c.Other {
		add("alternate", o.URL, o.Type)
	}
	add("hub", c.Hub, "")
	add("current", c.Current, TypeAtom)
	add("prev-archive", c.PrevArchive, TypeAtom)
	add("next-archive", c.NextArchive, TypeAtom)
	return links
}

func (it *item) atom() *atomEntry {
	x := &atomEntry{
		AtomEntry: &feeds.AtomEntry{
			Title:     it.title,
			Id:        it.id,
			Published: it.published.Format(time.RFC3339),
			Updated:   it.updated.Format(time.RFC3339),
		},
		Summary: atomText{"text", it.summary},
		Content: atomHTML{"html", it.html},
		Source:  it.atomSource(),
	}
	if it.link != "" {
		x.Links = append(x.Links, atomLink{Rel: "alternate", Type: "text/html", Href: it.link})
	}
	if it.page != "" && it.page != it.link {
		x.Links = append(x.Links, atomLink{Rel: "related", Type: "text/html", Title: "Halaman di Kabar", Href: it.page})
	}
	if it.image != "" {
		x.Links = append(x.Links, atomLink{Rel: "enclosure", Type: imageType(it.image), Href: it.image, Length: "0"})
		x.Thumbnail = &mediaImage{it.image}
	}
	for _, name := range it.authors {
		x.Author = append(x.Author, atomPerson{name})
	}
	for _, r := range it.regions {
		x.Category = append(x.Category, atomCategory{r.code, RegionScheme, r.name})
	}
	for _, name := range it.categories {
		x.Category = append(x.Category, atomCategory{Term: name})
	}
	return x
}

// atomSource names the portal in the place that RFC 4287 (4.2.11) has for the
// feed an entry was taken from; all its parts may be left out.
func (it *item) atomSource() *atomSource {
	if it.source.home == "" {
		return nil
	}
	return &atomSource{
		ID:    it.source.home,
		Title: it.source.name,
		Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: it.source.home}},
	}
}
