package web

import (
	"context"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"time"

	"kabar/feed"
	"kabar/storage/news"
)

// frontData is the matter of the front page and of search results.
type frontData struct {
	Searching string // in words, empty on the front page
	Rows      []row
	Next      string
	Portals   []portalRow
	Count     int // portals in all
	More      int // portals not shown
	Total     int // articles of all portals
}

// portalRow is a portal in a list, with its state in words.
type portalRow struct {
	Name, URL, Home string
	State           string // good, waiting, bad, removed
	Words           string
	Articles        int
	Regions         []crumb
	Feeds           []feedLink
}

// frontPortals is how many portals the front page shows.
const frontPortals = 24

func (h *Handler) front(w http.ResponseWriter, r *http.Request) {
	question, err := h.question(r)
	if err != nil {
		h.refuse(w, err)
		return
	}
	h.page(w, r, "front", func(ctx context.Context, at place, b *book) (view, error) {
		s := spec{kind: all}
		v := view{Title: "Kabar", Active: "terbaru", Canonical: at.base.url("/")}
		if question != nil {
			s = *question
			v.Words, v.NoIndex, v.Canonical = s.words, true, ""
			v.Feeds = feedLinks(at, s, "Pencarian ini")
		}
		q := s.question()
		q.WithGone = false
		list, next, err := h.articlesPage(ctx, r, q)
		if err != nil {
			return view{}, err
		}
		data := frontData{Rows: h.rows(at, b, list), Next: next}
		if question != nil {
			data.Searching = strings.Join(s.inWords(portalName(b.byID[s.portal], s.portal)), ", ")
			v.Title = "Pencarian: " + data.Searching
		}
		rows := portalRows(at, b.list)
		for _, p := range rows {
			data.Total += p.Articles
		}
		data.Portals = rows[:min(len(rows), frontPortals)]
		data.Count, data.More = len(rows), len(rows)-len(data.Portals)
		v.Data = data
		return v, nil
	})
}

// question reads the search on the front page; nil without one.
func (h *Handler) question(r *http.Request) (*spec, error) {
	q := r.URL.Query()
	asked := false
	for _, name := range []string{"q", "region", "portal", "since"} {
		asked = asked || strings.TrimSpace(q.Get(name)) != ""
	}
	if !asked {
		return nil, nil
	}
	s, err := spec{kind: search, format: "atom"}.withQuestion(q)
	if err != nil {
		return nil, err
	}
	h.refresh(r.Context())
	return &s, h.exists(s)
}

// portalRows lists portals: those in trouble first, then by name.
func portalRows(at place, portals []news.Portal) []portalRow {
	list := make([]portalRow, 0, len(portals))
	for _, p := range portals {
		x := portalRow{
			Name: portalName(p, p.ID), URL: at.base.path + "/portal/" + url.PathEscape(p.ID),
			Home: feed.Address(p.Home), Articles: p.State.Articles,
			Feeds: feedLinks(at, spec{kind: ofPortal, portal: p.ID}, portalName(p, p.ID)),
		}
		for _, code := range p.Regions {
			x.Regions = append(x.Regions, crumb{feed.RegionName(code), at.base.path + "/region/" + code})
		}
		x.State, x.Words = stateWords(p)
		list = append(list, x)
	}
	order := map[string]int{"bad": 0, "good": 1, "waiting": 1, "removed": 2}
	sort.SliceStable(list, func(i, j int) bool {
		if order[list[i].State] != order[list[j].State] {
			return order[list[i].State] < order[list[j].State]
		}
		return strings.ToLower(list[i].Name) < strings.ToLower(list[j].Name)
	})
	return list
}

// stateWords says how it stands with a portal.
func stateWords(p news.Portal) (state, words string) {
	local := func(t time.Time) string { return shortTime(t.In(feed.Zone(p.Clock))) }
	switch {
	case !p.Removed.IsZero():
		return "removed", "tidak dirayapi lagi sejak " + local(p.Removed)
	case p.State.Problem != "":
		words = feed.Line(p.State.Problem, 200)
		if !p.State.LastSuccess.IsZero() {
			words += " Terakhir baik " + local(p.State.LastSuccess) + "."
		}
		return "bad", words
	case p.State.LastVisit.IsZero():
		return "waiting", "menunggu kunjungan pertama"
	default:
		return "good", "dikunjungi " + local(p.State.LastVisit)
	}
}
