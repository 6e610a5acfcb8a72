package web

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"kabar/feed"
	"kabar/storage/news"

	"github.com/google/uuid"
)

// articleData is the matter of an article's page.
type articleData struct {
	Title    string
	Portal   crumb
	Source   string // address at the portal
	Host     string // of the source, for people
	Time     string
	ISO      string
	Byline   string
	Place    string
	Regions  []crumb
	Tags     []string
	Gone     string // a sentence when the portal took it away
	Partial  string // why not the whole text is shown, empty when it is
	Lead     template.HTML
	Body     template.HTML
	Notes    []string
	Versions []versionRow
	Seen     string
}

type versionRow struct {
	Number  int
	Time    string
	Changes template.HTML
}

func (h *Handler) article(w http.ResponseWriter, r *http.Request) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		h.refuse(w, news.ErrNotFound)
		return
	}
	h.page(w, r, "article", func(ctx context.Context, at place, b *book) (view, error) {
		a, err := h.opts.Store.Article(ctx, "urn:uuid:"+id.String())
		if err != nil {
			return view{}, err
		}
		if a.Quarantine != "" {
			return view{}, news.ErrNotFound
		}
		data := h.articleData(at, b, a)
		if a.Version > 1 && data.Partial == "" && data.Gone == "" {
			if data.Versions, err = h.versions(ctx, a, b.byID[a.Portal].Clock); err != nil {
				return view{}, err
			}
		}
		return view{
			Title: data.Title, Canonical: data.Source, NoIndex: true, Data: data,
			Feeds: feedLinks(at, spec{kind: ofPortal, portal: a.Portal}, data.Portal.Name),
		}, nil
	})
}

func (h *Handler) articleData(at place, b *book, a news.Article) articleData {
	p := b.byID[a.Portal]
	shown, estimated := feed.Shown(a, p.Clock)
	d := articleData{
		Title:   feed.Line(a.Title, 300),
		Portal:  crumb{portalName(p, a.Portal), at.base.path + "/portal/" + url.PathEscape(a.Portal)},
		Source:  feed.Address(a.URL),
		Byline:  bylineOf(a),
		Place:   placeWords(a),
		Regions: regionCrumbs(at, a.Regions),
		Notes:   feed.Notes(a, p.Clock),
		Seen:    feed.TimeText(a.FirstSeen.In(feed.Zone(p.Clock))),
		Time:    feed.StampText(a.Published),
	}
	if d.Title == "" {
		d.Title = "(tanpa judul)"
	}
	if estimated {
		d.Time = feed.TimeText(shown) + " (perkiraan)"
	}
	d.ISO = shown.Format(time.RFC3339)
	if u, err := url.Parse(d.Source); err == nil {
		d.Host = strings.TrimPrefix(u.Hostname(), "www.")
	}
	for _, c := range a.Categories {
		if c = feed.Line(c, 120); c != "" && len(d.Tags) < 24 {
			d.Tags = append(d.Tags, c)
		}
	}
	h.text(&d, a, p)
	return d
}

// text sets as much of the text as the portal allows.
func (h *Handler) text(d *articleData, a news.Article, p news.Portal) {
	if !a.GoneSince.IsZero() {
		d.Gone = feed.Withdrawn(a.GoneSince, p.Clock)
		return
	}
	channel := feed.Channel{Portals: map[string]news.Portal{p.ID: p}, Default: h.opts.Republish}
	allowed := channel.Allowed(a.Portal)
	if allowed == feed.Link {
		d.Partial = "Teksnya dapat dibaca di portal asalnya."
		return
	}
	d.Lead = template.HTML(feed.Lead(a)) // made from text by feed, nothing foreign in it
	if allowed == feed.Summary {
		d.Partial = "Ini awal artikel; selengkapnya dapat dibaca di portal asalnya."
		body, _ := feed.Blocks([]news.Block{{Kind: news.Paragraph, Text: a.Summary(400)}})
		d.Body = template.HTML(body)
		return
	}
	body, cut := feed.Blocks(a.Body)
	d.Body = template.HTML(body)
	if cut {
		d.Notes = append(d.Notes, "Teks dipotong karena terlalu panjang.")
	}
}

// bylineOf is what is printed, else the authors that were found elsewhere.
func bylineOf(a news.Article) string {
	if line := feed.Line(a.Byline, 200); line != "" {
		return line
	}
	return feed.Line(strings.Join(a.Authors, ", "), 200)
}

// placeWords is place and agency as the dateline gives them.
func placeWords(a news.Article) string {
	place, agency := feed.Line(a.Place, 120), feed.Line(a.Agency, 120)
	if place != "" && agency != "" {
		return place + ", " + agency
	}
	return place + agency
}

// versions shows what each edit changed, the newest first.
func (h *Handler) versions(ctx context.Context, a news.Article, clock string) ([]versionRow, error) {
	const most = 10
	versions, err := h.opts.Store.Versions(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	var list []versionRow
	for i := len(versions) - 1; i >= 0 && len(list) < most; i-- {
		v := versions[i]
		x := versionRow{Number: v.Number, Time: feed.TimeText(v.Seen.In(feed.Zone(clock)))}
		if i > 0 {
			before := versions[i-1]
			changes := feed.ChangesHTML(before.Title, v.Title) +
				feed.ChangesHTML(news.PlainText(before.Body), news.PlainText(v.Body))
			x.Changes = template.HTML(changes) // escaped by feed
		}
		list = append(list, x)
	}
	return list, nil
}
