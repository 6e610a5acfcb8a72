package feed

import (
	"encoding/xml"
	"html"
	"io"
	"time"

	"kabar/storage/news"

	"github.com/gorilla/feeds"
)

// WriteRSS renders RSS 2.0 as the RSS Best Practices Profile asks
// (rssboard.org/rss-profile): guids that are no links, names in dc:creator,
// the whole text in content:encoded and a summary in description.
func WriteRSS(w io.Writer, c Channel, articles []news.Article) error {
	return feeds.WriteXML(rssDocument{c, articles}, w)
}

// rssDocument fulfils feeds.XmlFeed.
type rssDocument struct {
	channel  Channel
	articles []news.Article
}

// The structs below embed those of gorilla/feeds; encoding/xml takes the
// shallower of two fields of one name, so ours replace theirs.

type rssXML struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Content string   `xml:"xmlns:content,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	DC      string   `xml:"xmlns:dc,attr"`
	Media   string   `xml:"xmlns:media,attr"`
	History string   `xml:"xmlns:fh,attr,omitempty"`
	Channel rssChannel
}

type rssChannel struct {
	*feeds.RssFeed
	Archive *struct{}  `xml:"fh:archive"`
	Links   []rssLink  `xml:"atom:link"`
	Items   []*rssItem `xml:"item"`
}

type rssLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
}

type rssItem struct {
	*feeds.RssItem
	Creators   []string      `xml:"dc:creator"`
	Categories []rssCategory `xml:"category"`
	Source     *rssSource    `xml:"source"`
	Updated    string        `xml:"atom:updated"`
	Related    []rssLink     `xml:"atom:link"`
	Thumbnail  *mediaImage   `xml:"media:thumbnail"`
}

type rssCategory struct {
	Domain string `xml:"domain,attr,omitempty"`
	Name   string `xml:",chardata"`
}

type rssSource struct {
	URL  string `xml:"url,attr"`
	Name string `xml:",chardata"`
}

type mediaImage struct {
	URL string `xml:"url,attr"`
}

const (
	nsAtom    = "http://www.w3.org/2005/Atom"
	nsContent = "http://purl.org/rss/1.0/modules/content/"
	nsDC      = "http://purl.org/dc/elements/1.1/"
	nsMedia   = "http://search.yahoo.com/mrss/"
	nsHistory = "http://purl.org/syndication/history/1.0" // RFC 5005
)

// FeedXml builds the document for gorilla/feeds.
func (d rssDocument) FeedXml() any {
	c := d.channel
	list, updated := c.items(d.articles)
	channel := rssChannel{
		RssFeed: &feeds.RssFeed{
			Title:         Line(c.Title, maxTitle),
			Link:          Address(c.Home),
			Description:   c.description(),
			Language:      c.language(),
			LastBuildDate: updated.Format(time.RFC1123Z),
			Generator:     c.generator(),
			Docs:          "https://www.rssboard.org/rss-specification",
			Ttl:           int(c.TTL.Minutes()),
		},
		Links: c.rssLinks(),
	}
	x := rssXML{Version: "2.0", Content: nsContent, Atom: nsAtom, DC: nsDC, Media: nsMedia}
	if c.Current != "" {
		x.History, channel.Archive = nsHistory, &struct{}{}
	}
	for i := range list {
		channel.Items = append(channel.Items, list[i].rss())
	}
	x.Channel = channel
	return x
}

func (c Channel) description() string {
	if s := Line(c.Subtitle, maxSummary); s != "" {
		return s
	}
	return Line(c.Title, maxSummary)
}

func (c Channel) generator() string {
	if c.Version == "" {
		return "Kabar"
	}
	return Line("Kabar "+c.Version, maxName)
}

// rssLinks are the links that RSS has no words for, in the words of Atom.
func (c Channel) rssLinks() []rssLink {
	var links []rssLink
	add := func(rel, address, mediaType string) {
		if address = Address(address); address != "" {
			links = append(links, rssLink{address, rel, mediaType})
		}
	}
	add("self", c.Self, TypeRSS)
	for _, o := range c.Other {
		add("alternate", o.URL, o.Type)
	}
	add("hub", c.Hub, "")
	add("current", c.Current, TypeRSS)
	add("prev-archive", c.PrevArchive, TypeRSS)
	add("next-archive", c.NextArchive, TypeRSS)
	return links
}

func (it *item) rss() *rssItem {
	x := &rssItem{
		RssItem: &feeds.RssItem{
			Title:       it.title,
			Link:        it.link,
			Description: html.EscapeString(it.summary),
			Content:     &feeds.RssContent{Content: it.html},
			Guid:        &feeds.RssGuid{Id: it.id, IsPermaLink: "false"},
			PubDate:     it.published.Format(time.RFC1123Z),
		},
		Creators: it.authors,
		Updated:  it.updated.Format(time.RFC3339),
	}
	for _, r := range it.regions {
		x.Categories = append(x.Categories, rssCategory{RegionScheme + ":" + r.code, r.name})
	}
	for _, name := range it.categories {
		x.Categories = append(x.Categories, rssCategory{Name: name})
	}
	if it.source.home != "" {
		x.Source = &rssSource{it.source.home, it.source.name}
	}
	if it.page != "" && it.page != it.link {
		x.Related = append(x.Related, rssLink{it.page, "related", "text/html"})
	}
	if it.image != "" {
		x.Enclosure = &feeds.RssEnclosure{Url: it.image, Length: "0", Type: imageType(it.image)}
		x.Thumbnail = &mediaImage{it.image}
	}
	return x
}
