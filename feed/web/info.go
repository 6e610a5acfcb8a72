package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"kabar/feed"
	"kabar/storage/news"
	"kabar/storage/region"
)

// feedsData is the matter of the page that explains all feeds.
type feedsData struct {
	Origin    string
	All       []feedLink
	Portals   []portalRow
	Provinces []provinceRow
	Ops       bool
	Hub       string // address of the hub that pushes the feeds; empty for none
	Example   string // a portal id for examples
}

func (h *Handler) feedsPage(w http.ResponseWriter, r *http.Request) {
	h.page(w, r, "feeds", func(_ context.Context, at place, b *book) (view, error) {
		data := feedsData{
			Origin: at.base.origin + at.base.path, Provinces: provinces(at, b), Ops: h.opts.Ops,
			Portals: portalRows(at, b.list), All: feedLinks(at, spec{kind: all}, "Semua portal"), Example: "PORTAL",
			Hub: h.hubOf(at.base, spec{kind: all}),
		}
		if len(b.list) > 0 {
			data.Example = b.list[0].ID
		}
		return view{Title: "Umpan", Active: "umpan", Canonical: at.base.url("/feeds"), Data: data}, nil
	})
}

// botData is the matter of the page that explains the crawler.
type botData struct{ Agent, Contact string }

func (h *Handler) bot(w http.ResponseWriter, r *http.Request) {
	h.page(w, r, "bot", func(_ context.Context, at place, _ *book) (view, error) {
		agent := h.opts.Agent
		if agent == "" {
			agent = "Kabar"
		}
		return view{Title: "Perayap", Active: "bot", Canonical: at.base.url("/bot"), Data: botData{agent, h.opts.Contact}}, nil
	})
}

// opml serves the subscription lists: all, or one province with its regencies.
func (h *Handler) opml(w http.ResponseWriter, r *http.Request) {
	h.refresh(r.Context())
	at, b := placeOf(r), h.portalBook()
	title, outlines := "Kabar: semua umpan", allOutlines(at, b)
	if code := strings.TrimSuffix(r.PathValue("code"), ".opml"); code != "" {
		province, ok := region.ByCode(code)
		if !ok {
			h.refuse(w, errNoFeed)
			return
		}
		title, outlines = "Kabar: "+province.Title(), []feed.Outline{regionOutline(at, b, province)}
	}
	var out bytes.Buffer
	if err := feed.WriteOPML(&out, title, time.Time{}, outlines); err != nil {
		h.refuse(w, err)
		return
	}
	doc := newDocument(out.Bytes(), feed.TypeOPML+"; charset=utf-8", time.Time{}, nil)
	doc.serve(w, r, []string{"public, max-age=3600"})
}

// allOutlines lists the feed of everything, then the regions, then the portals.
func allOutlines(at place, b *book) []feed.Outline {
	list := []feed.Outline{outline(at, spec{kind: all}, "Semua portal")}
	regions := feed.Outline{Title: "Wilayah"}
	for _, p := range provinces(at, b) {
		if r, ok := region.ByCode(p.Code); ok {
			x := outline(at, spec{kind: ofRegion, region: r.Code}, r.Title())
			for _, c := range p.Regencies {
				x.Children = append(x.Children, outline(at, spec{kind: ofRegion, region: c.Code}, c.Name))
			}
			regions.Children = append(regions.Children, x)
		}
	}
	portals := feed.Outline{Title: "Portal"}
	for _, p := range b.list {
		if !p.Removed.IsZero() {
			continue
		}
		portals.Children = append(portals.Children, outline(at, spec{kind: ofPortal, portal: p.ID}, portalName(p, p.ID)))
	}
	for _, folder := range []feed.Outline{regions, portals} {
		if len(folder.Children) > 0 {
			list = append(list, folder)
		}
	}
	return list
}

// regionOutline is a region with all its regencies nested, and the portals of
// each.
func regionOutline(at place, b *book, r region.Region) feed.Outline {
	x := outline(at, spec{kind: ofRegion, region: r.Code}, r.Title())
	for _, p := range b.list {
		if p.Removed.IsZero() && slices.Contains(p.Regions, r.Code) {
			x.Children = append(x.Children, outline(at, spec{kind: ofPortal, portal: p.ID}, portalName(p, p.ID)))
		}
	}
	for _, child := range region.Regencies(r.Code) {
		x.Children = append(x.Children, regionOutline(at, b, child))
	}
	return x
}

func outline(at place, s spec, title string) feed.Outline {
	return feed.Outline{Title: title, Feed: at.base.url(s.in("atom").path()), Home: at.base.url(s.home())}
}

// robots keeps search engines away from what is other people's text.
func (h *Handler) robots(w http.ResponseWriter, r *http.Request) {
	at := placeOf(r)
	body := "User-agent: *\nDisallow: " + at.base.path + "/feeds/search\nDisallow: " + at.base.path + "/*?\n"
	doc := newDocument([]byte(body), "text/plain; charset=utf-8", time.Time{}, nil)
	doc.serve(w, r, []string{"public, max-age=86400"})
}

// health says whether the store can be read.
func (h *Handler) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	answer := struct {
		Status  string `json:"status"`
		Version string `json:"version,omitempty"`
		Change  int64  `json:"change"`
		Portals int    `json:"portals"`
		Bad     int    `json:"portals_in_trouble"`
	}{Status: "ok", Version: h.opts.Version}
	status := http.StatusOK
	number, err := h.opts.Store.LastChange(ctx)
	if err != nil {
		h.opts.Log.Error("health check", "err", err)
		answer.Status, status = "store cannot be read", http.StatusServiceUnavailable
	}
	h.refresh(ctx)
	answer.Change = number
	for _, p := range h.portalBook().list {
		answer.Portals++
		if p.State.Problem != "" {
			answer.Bad++
		}
	}
	body, err := json.Marshal(answer)
	if err != nil {
		h.refuse(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
}

// styleMark changes with the style sheet.
func styleMark() (string, error) {
	body, err := files.ReadFile("templates/style.css")
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:4]), nil
}

func (h *Handler) style(w http.ResponseWriter, r *http.Request) {
	h.file(w, r, "templates/style.css", "text/css; charset=utf-8")
}

func (h *Handler) icon(w http.ResponseWriter, r *http.Request) {
	h.file(w, r, "templates/icon.svg", "image/svg+xml")
}

// file serves an embedded file.
func (h *Handler) file(w http.ResponseWriter, r *http.Request, name, contentType string) {
	body, err := files.ReadFile(name)
	if err != nil {
		h.refuse(w, news.ErrNotFound)
		return
	}
	newDocument(body, contentType, time.Time{}, nil).serve(w, r, []string{"public, max-age=3600"})
}
