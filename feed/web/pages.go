package web

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kabar/feed"
	"kabar/storage/news"
	"kabar/storage/region"
)

//go:embed templates/*.html templates/style.css templates/icon.svg
var files embed.FS

// parseTemplates makes one set of templates a page, each with the frame.
func parseTemplates() (map[string]*template.Template, error) {
	names := []string{"front", "portals", "portal", "regions", "region", "article", "feeds", "bot", "ops"}
	set := make(map[string]*template.Template, len(names))
	for _, name := range names {
		t, err := template.New(name).Funcs(template.FuncMap{"number": number}).ParseFS(files, "templates/frame.html", "templates/parts.html", "templates/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", name, err)
		}
		set[name] = t
	}
	return set, nil
}

// number writes a count as Indonesian does, "1.234.567".
func number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return digits
}

// view is what the frame of a page needs, with the page's own matter in Data.
type view struct {
	Base      string // path before our own paths
	Style     string // mark of the style sheet's content, so that no old one is used
	Title     string
	Active    string // which entry of the menu is marked
	Words     string // in the search box
	Notice    string
	Feeds     []feedLink // for autodiscovery
	Canonical string     // empty for none
	NoIndex   bool
	Version   string
	Data      any
}

// feedLink names a feed in another document.
type feedLink struct{ Type, Title, URL string }

// feedLinks are a feed's addresses in all formats, relative to the host.
func feedLinks(at place, s spec, title string) []feedLink {
	var list []feedLink
	for _, format := range []string{"atom", "rss", "json"} {
		list = append(list, feedLink{
			Type: mediaType(format), Title: title + " (" + formatName(format) + ")",
			URL: at.base.path + s.in(format).path(),
		})
	}
	return list
}

func formatName(format string) string {
	return map[string]string{"atom": "Atom", "rss": "RSS", "json": "JSON"}[format]
}

// pagesAge is short: a page is cheap, and people want to see what is new.
var pagesAge = []string{"public, max-age=30"}

// page serves a page from memory while nothing it shows has changed, else
// builds it.
func (h *Handler) page(w http.ResponseWriter, r *http.Request, name string, build func(ctx context.Context, at place, b *book) (view, error)) {
	h.refresh(r.Context())
	at, portals := placeOf(r), h.portalBook()
	notice := ""
	if h.opts.Notice != nil {
		notice = h.opts.Notice()
	}
	key := strings.Join([]string{at.base.origin + at.base.path, r.URL.Path, pageQuery(r.URL.Query()),
		strconv.FormatInt(h.state.number.Load(), 10), strconv.FormatInt(portals.generation, 10), notice}, "\x00")
	e, right := h.pages.get(key)
	if !right {
		release, err := h.limits.work(r.Context(), at.client)
		if err != nil {
			h.refuse(w, err)
			return
		}
		doc, err := h.buildPage(r.Context(), at, portals, name, notice, build)
		release()
		if err != nil {
			h.refuse(w, err)
			return
		}
		e = &entry{key: key, doc: doc}
		h.pages.put(e, 0)
	}
	secure(w.Header())
	e.doc.serve(w, r, pagesAge)
}

// pageQuery keeps of a query only what pages know.
func pageQuery(q url.Values) string {
	known := url.Values{}
	for _, name := range []string{"q", "region", "portal", "since", "before"} {
		if v := q.Get(name); v != "" {
			known.Set(name, v)
		}
	}
	return known.Encode()
}

func (h *Handler) buildPage(ctx context.Context, at place, b *book, name, notice string, build func(context.Context, place, *book) (view, error)) (*document, error) {
	v, err := build(ctx, at, b)
	if err != nil {
		return nil, err
	}
	v.Base, v.Style, v.Notice, v.Version = at.base.path, h.styleMark, notice, h.opts.Version
	v.Feeds = append(v.Feeds, feedLinks(at, spec{kind: all}, "Kabar: semua portal")...)
	var out bytes.Buffer
	if err := h.templates[name].ExecuteTemplate(&out, "frame", v); err != nil {
		return nil, fmt.Errorf("rendering page %s: %w", name, err)
	}
	return newDocument(out.Bytes(), "text/html; charset=utf-8", time.Time{}, nil), nil
}

// secure sets the headers that keep a page from doing anything but show text
// and pictures.
func secure(header http.Header) {
	header["Content-Security-Policy"] = contentPolicy
	header["Referrer-Policy"] = noReferrer
}

var (
	contentPolicy = []string{"default-src 'none'; style-src 'self'; img-src 'self' http: https:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"}
	noReferrer    = []string{"no-referrer"}
)

// row is an article in a list.
type row struct {
	URL       string
	Title     string
	Summary   string
	Portal    string
	PortalURL string
	Time      string
	ISO       string
	Estimated bool
	Edited    bool
	Gone      bool
	Regions   []crumb
}

// crumb is a named link.
type crumb struct{ Name, URL string }

func (h *Handler) rows(at place, b *book, articles []news.Article) []row {
	list := make([]row, 0, len(articles))
	channel := feed.Channel{Portals: b.byID, Default: h.opts.Republish}
	for _, a := range articles {
		p := b.byID[a.Portal]
		shown, estimated := feed.Shown(a, p.Clock)
		x := row{
			URL:       at.base.path + "/article/" + url.PathEscape(strings.TrimPrefix(a.ID, "urn:uuid:")),
			Title:     feed.Line(a.Title, 300),
			Portal:    portalName(p, a.Portal),
			PortalURL: at.base.path + "/portal/" + url.PathEscape(a.Portal),
			Time:      shortStamp(a.Published, shown, estimated),
			ISO:       shown.Format(time.RFC3339),
			Estimated: estimated,
			Edited:    a.Version > 1,
			Gone:      !a.GoneSince.IsZero(),
			Regions:   regionCrumbs(at, a.Regions),
		}
		if x.Title == "" {
			x.Title = "(tanpa judul)"
		}
		if channel.Allowed(a.Portal) != feed.Link && !x.Gone {
			x.Summary = feed.Line(a.Summary(180), 181)
		}
		list = append(list, x)
	}
	return list
}

func portalName(p news.Portal, id string) string {
	if name := feed.Line(p.Name, 120); name != "" {
		return name
	}
	return feed.Line(id, 120)
}

func regionCrumbs(at place, tags []news.RegionTag) []crumb {
	var list []crumb
	for _, t := range tags {
		if r, ok := region.ByCode(t.Code); ok && !t.Low && len(list) < 4 {
			list = append(list, crumb{r.Title(), at.base.path + "/region/" + r.Code})
		}
	}
	return list
}

// shortStamp is a time for lists: "20 Jan 2026, 08.30 WIB", as exactly as it
// is known.
func shortStamp(s news.Stamp, shown time.Time, estimated bool) string {
	if estimated {
		return "± " + shortTime(shown)
	}
	switch s.Precision {
	case news.Second, news.Minute:
		return shortTime(shown)
	case news.Day, news.Hour:
		return shortDay(shown)
	default:
		return feed.StampText(s)
	}
}

func shortDay(t time.Time) string {
	months := [...]string{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"}
	return fmt.Sprintf("%d %s %d", t.Day(), months[t.Month()-1], t.Year())
}

func shortTime(t time.Time) string {
	full := feed.TimeText(t)
	return shortDay(t) + ", " + full[strings.LastIndex(full, "pukul ")+len("pukul "):]
}

// pageSize is the number of articles on a page.
const pageSize = 40

// articlesPage finds a page of a list and the address of the next one, empty
// when there is none.
func (h *Handler) articlesPage(ctx context.Context, r *http.Request, q news.Query) (list []news.Article, next string, err error) {
	if seq, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64); err == nil && seq > 0 {
		q.After = news.Cursor{Seq: seq}
	}
	q.Limit = pageSize + 1
	list, err = h.opts.Store.Articles(ctx, q)
	if err != nil {
		return nil, "", err
	}
	if len(list) > pageSize {
		list = list[:pageSize]
		values := r.URL.Query()
		known := url.Values{}
		for _, name := range []string{"q", "region", "portal", "since"} {
			if v := values.Get(name); v != "" {
				known.Set(name, v)
			}
		}
		known.Set("before", strconv.FormatInt(list[pageSize-1].Seq, 10))
		next = "?" + known.Encode()
	}
	sortShown(list)
	return list, next, nil
}
