package feed

import (
	"encoding/xml"
	"io"
	"time"
)

// Outline is a feed, a folder of feeds, or both.
type Outline struct {
	Title    string
	Feed     string // address of the feed; empty for a mere folder
	Home     string // page for people
	Children []Outline
}

// WriteOPML renders a subscription list (OPML 2.0, opml.org/spec2.opml).
// Modified is left out when zero.
func WriteOPML(w io.Writer, title string, modified time.Time, outlines []Outline) error {
	x := opmlXML{Version: "2.0", Title: Line(title, maxTitle), Body: opmlOutlines(outlines)}
	if !modified.IsZero() {
		x.Modified = modified.UTC().Format(time.RFC1123Z)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	return e.Encode(x)
}

type opmlXML struct {
	XMLName  xml.Name      `xml:"opml"`
	Version  string        `xml:"version,attr"`
	Title    string        `xml:"head>title"`
	Modified string        `xml:"head>dateModified,omitempty"`
	Body     []opmlOutline `xml:"body>outline"`
}

type opmlOutline struct {
	Text     string        `xml:"text,attr"`
	Title    string        `xml:"title,attr"`
	Type     string        `xml:"type,attr,omitempty"`
	Feed     string        `xml:"xmlUrl,attr,omitempty"`
	Home     string        `xml:"htmlUrl,attr,omitempty"`
	Language string        `xml:"language,attr,omitempty"`
	Children []opmlOutline `xml:"outline"`
}

// opmlOutlines converts a level; type "rss" stands for feeds of any format.
func opmlOutlines(outlines []Outline) []opmlOutline {
	list := make([]opmlOutline, 0, len(outlines))
	for _, o := range outlines {
		title := Line(o.Title, maxTitle)
		x := opmlOutline{Text: title, Title: title, Feed: Address(o.Feed), Home: Address(o.Home)}
		if x.Feed != "" {
			x.Type, x.Language = "rss", "id"
		}
		x.Children = opmlOutlines(o.Children)
		list = append(list, x)
	}
	return list
}
