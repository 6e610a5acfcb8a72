package feed

import (
	"encoding/json"
	"io"
	"time"

	"kabar/storage/news"
)

// WriteJSON renders JSON Feed 1.1 (jsonfeed.org/version/1.1). What the format
// has no word for stands under "_kabar", as it asks of extensions.
func WriteJSON(w io.Writer, c Channel, articles []news.Article) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(c.json(articles))
}

type jsonFeed struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	Description string       `json:"description,omitempty"`
	Home        string       `json:"home_page_url,omitempty"`
	Self        string       `json:"feed_url,omitempty"`
	Next        string       `json:"next_url,omitempty"`
	Language    string       `json:"language"`
	Authors     []jsonAuthor `json:"authors"`
	Hubs        []jsonHub    `json:"hubs,omitempty"`
	Items       []jsonItem   `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type jsonHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

type jsonItem struct {
	ID          string           `json:"id"`
	URL         string           `json:"url,omitempty"`
	Title       string           `json:"title"`
	HTML        string           `json:"content_html"`
	Summary     string           `json:"summary,omitempty"`
	Image       string           `json:"image,omitempty"`
	Published   string           `json:"date_published"`
	Modified    string           `json:"date_modified"`
	Authors     []jsonAuthor     `json:"authors"`
	Tags        []string         `json:"tags,omitempty"`
	Language    string           `json:"language"`
	Attachments []jsonAttachment `json:"attachments,omitempty"`
	Kabar       jsonDetail       `json:"_kabar"`
}

type jsonAttachment struct {
	URL  string `json:"url"`
	Type string `json:"mime_type"`
}

// jsonDetail is our extension of an item.
type jsonDetail struct {
	Portal    string       `json:"portal"`
	Source    string       `json:"source"`
	Page      string       `json:"page,omitempty"`
	Precision string       `json:"precision,omitempty"`
	Estimated bool         `json:"estimated"`
	Regions   []jsonRegion `json:"regions,omitempty"`
	Version   int          `json:"version,omitempty"`
	Withdrawn string       `json:"withdrawn,omitempty"`
}

type jsonRegion struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	Primary bool   `json:"primary,omitempty"`
}

func (c Channel) json(articles []news.Article) jsonFeed {
	list, _ := c.items(articles)
	f := jsonFeed{
		Version:     "https://jsonfeed.org/version/1.1",
		Title:       Line(c.Title, maxTitle),
		Description: c.description(),
		Home:        Address(c.Home),
		Self:        Address(c.Self),
		Next:        Address(c.PrevArchive),
		Language:    c.language(),
		Authors:     []jsonAuthor{{"Kabar", Address(c.Home)}},
		Items:       make([]jsonItem, 0, len(list)),
	}
	if hub := Address(c.Hub); hub != "" {
		f.Hubs = []jsonHub{{"WebSub", hub}}
	}
	for i := range list {
		f.Items = append(f.Items, list[i].json(c.language()))
	}
	return f
}

func (it *item) json(language string) jsonItem {
	x := jsonItem{
		ID:        it.id,
		URL:       it.link,
		Title:     it.title,
		HTML:      it.html,
		Summary:   it.summary,
		Image:     it.image,
		Published: it.published.Format(time.RFC3339),
		Modified:  it.updated.Format(time.RFC3339),
		Language:  language,
		Kabar: jsonDetail{
			Portal:    it.source.id,
			Source:    it.source.name,
			Page:      it.page,
			Precision: string(it.article.Published.Precision),
			Estimated: it.estimated,
			Version:   it.article.Version,
		},
	}
	if gone := it.article.GoneSince; !gone.IsZero() {
		x.Kabar.Withdrawn = gone.UTC().Format(time.RFC3339)
	}
	for _, name := range it.authors {
		x.Authors = append(x.Authors, jsonAuthor{Name: name})
	}
	for _, r := range it.regions {
		x.Tags = append(x.Tags, r.name)
		x.Kabar.Regions = append(x.Kabar.Regions, jsonRegion{r.code, r.name, r.primary})
	}
	x.Tags = append(x.Tags, it.categories...)
	if it.image != "" {
		x.Attachments = []jsonAttachment{{it.image, imageType(it.image)}}
	}
	return x
}
