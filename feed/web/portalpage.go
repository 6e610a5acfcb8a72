package web

import (
	"context"
	"net/http"
	"net/url"
	"sort"
	"strings"

	"kabar/feed"
	"kabar/storage/news"
	"kabar/storage/region"
)

func (h *Handler) portals(w http.ResponseWriter, r *http.Request) {
	h.page(w, r, "portals", func(_ context.Context, at place, b *book) (view, error) {
		return view{Title: "Portal", Active: "portal", Canonical: at.base.url("/portals"), Data: portalRows(at, b.list)}, nil
	})
}

// portalData is the matter of a portal's page.
type portalData struct {
	Portal     portalRow
	Source     string
	Feeds      []feedLink
	Categories []crumb
	Rows       []row
	Next       string
	Visits     []visitRow
}

type visitRow struct {
	Time               string
	Pages, New, Failed int
	Problem            string
}

func (h *Handler) portal(w http.ResponseWriter, r *http.Request) {
	h.page(w, r, "portal", func(ctx context.Context, at place, b *book) (view, error) {
		p, ok := b.byID[r.PathValue("id")]
		if !ok {
			return view{}, news.ErrNotFound
		}
		list, next, err := h.articlesPage(ctx, r, news.Query{Portal: p.ID})
		if err != nil {
			return view{}, err
		}
		visits, err := h.opts.Store.Visits(ctx, p.ID, 5)
		if err != nil {
			return view{}, err
		}
		name, s := portalName(p, p.ID), spec{kind: ofPortal, portal: p.ID}
		data := portalData{
			Portal: portalRows(at, []news.Portal{p})[0], Source: sourceWords(p),
			Feeds: feedLinks(at, s, name), Categories: categories(at, p.ID, list),
			Rows: h.rows(at, b, list), Next: next,
		}
		for _, x := range visits {
			data.Visits = append(data.Visits, visitRow{
				Time: shortTime(x.Started.In(feed.Zone(p.Clock))), Pages: x.Pages, New: x.New, Failed: x.Failed,
				Problem: feed.Line(x.Problem, 200),
			})
		}
		return view{Title: name, Active: "portal", Canonical: at.base.url("/portal/" + url.PathEscape(p.ID)), Feeds: data.Feeds, Data: data}, nil
	})
}

// sourceWords says where a portal's links come from.
func sourceWords(p news.Portal) string {
	words := map[string]string{
		"feed": "umpan portal", "api": "API situs", "news-sitemap": "peta situs berita",
		"sitemap": "peta situs", "rule": "halaman daftar menurut aturan", "listing": "halaman daftar",
	}[p.State.Source]
	if words == "" {
		return feed.Line(p.State.Source, 60)
	}
	return words
}

// categories are the portal's own headings among some articles.
func categories(at place, portal string, articles []news.Article) []crumb {
	seen := make(map[string]string)
	for _, a := range articles {
		for _, c := range a.Categories {
			if name := feed.Line(c, 120); name != "" && len(seen) < 40 {
				seen[strings.ToLower(name)] = name
			}
		}
	}
	list := make([]crumb, 0, len(seen))
	for _, name := range seen {
		s := spec{kind: ofCategory, format: "atom", portal: portal, category: name}
		list = append(list, crumb{name, at.base.path + s.path()})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}

// provinceRow is a province with the regencies that have portals.
type provinceRow struct {
	regencyRow
	OPML      string
	Regencies []regencyRow
}

type regencyRow struct {
	Code, Name, URL string
	Portals         int
	Feeds           []feedLink
}

func newRegencyRow(at place, r region.Region, portals int) regencyRow {
	return regencyRow{
		Code: r.Code, Name: r.Title(), URL: at.base.path + "/region/" + r.Code, Portals: portals,
		Feeds: feedLinks(at, spec{kind: ofRegion, region: r.Code}, r.Title()),
	}
}

func (h *Handler) regions(w http.ResponseWriter, r *http.Request) {
	h.page(w, r, "regions", func(_ context.Context, at place, b *book) (view, error) {
		return view{Title: "Wilayah", Active: "wilayah", Canonical: at.base.url("/regions"), Data: provinces(at, b)}, nil
	})
}

// provinces lists the regions that portals belong to, by province.
func provinces(at place, b *book) []provinceRow {
	count := make(map[string]int)
	for _, p := range b.list {
		counted := make(map[string]bool)
		for _, code := range p.Regions {
			for _, c := range []string{code, provinceOf(code)} {
				if !counted[c] {
					counted[c] = true
					count[c]++
				}
			}
		}
	}
	var list []provinceRow
	for _, province := range region.Provinces() {
		if count[province.Code] == 0 {
			continue
		}
		x := provinceRow{
			regencyRow: newRegencyRow(at, province, count[province.Code]),
			OPML:       at.base.path + "/opml/" + province.Code,
		}
		for _, r := range region.Regencies(province.Code) {
			if n := count[r.Code]; n > 0 {
				x.Regencies = append(x.Regencies, newRegencyRow(at, r, n))
			}
		}
		list = append(list, x)
	}
	return list
}

// regionData is the matter of a region's page.
type regionData struct {
	Name, Code, Capital string
	Province            *crumb
	Regencies           []crumb
	Feeds               []feedLink
	Portals             []portalRow
	Rows                []row
	Next                string
}

func (h *Handler) region(w http.ResponseWriter, r *http.Request) {
	h.page(w, r, "region", func(ctx context.Context, at place, b *book) (view, error) {
		here, ok := region.ByCode(r.PathValue("code"))
		if !ok {
			return view{}, news.ErrNotFound
		}
		list, next, err := h.articlesPage(ctx, r, news.Query{Region: here.Code})
		if err != nil {
			return view{}, err
		}
		data := regionData{
			Name: here.Title(), Code: here.Code, Capital: here.Capital,
			Feeds: feedLinks(at, spec{kind: ofRegion, region: here.Code}, here.Title()),
			Rows:  h.rows(at, b, list), Next: next, Portals: portalRows(at, b.of(here.Code)),
		}
		if province, ok := region.ByCode(here.Province); ok && province.Code != here.Code {
			data.Province = &crumb{province.Title(), at.base.path + "/region/" + province.Code}
		}
		for _, child := range region.Regencies(here.Code) {
			data.Regencies = append(data.Regencies, crumb{child.Title(), at.base.path + "/region/" + child.Code})
		}
		return view{Title: here.Title(), Active: "wilayah", Canonical: at.base.url("/region/" + here.Code), Feeds: data.Feeds, Data: data}, nil
	})
}

// of lists the portals of a region.
func (b *book) of(code string) []news.Portal {
	var list []news.Portal
	for _, p := range b.list {
		for _, c := range p.Regions {
			if c == code || strings.HasPrefix(c, code+".") {
				list = append(list, p)
				break
			}
		}
	}
	return list
}
