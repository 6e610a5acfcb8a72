package demoweb

import (
	"bytes"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
)

// view is what the page templates see.
type view struct {
	Portal  *Portal
	Story   *Story
	Related []Story
	Stories []Story
	Older   string // address of the next listing page
	Page    int
}

// Link is a story's absolute address.
func (v view) Link(s Story) string { return v.Portal.absolute(s.Path) }

func (w *Web) handler(p *Portal) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		rw.Write([]byte("User-agent: *\nDisallow: /admin/\n"))
	})
	if p.Family == "blogger" {
		mux.HandleFunc("GET /feeds/posts/default", func(rw http.ResponseWriter, r *http.Request) {
			start, _ := strconv.Atoi(r.FormValue("start-index"))
			w.feed(rw, r, p, "application/atom+xml", max(start, 1)-1)
		})
	}
	if p.Family == "wordpress" {
		mux.HandleFunc("GET /feed/", func(rw http.ResponseWriter, r *http.Request) {
			w.feed(rw, r, p, "application/rss+xml", 0)
		})
	}
	mux.HandleFunc("GET /", func(rw http.ResponseWriter, r *http.Request) { w.page(rw, r, p) })
	return mux
}

func (w *Web) feed(rw http.ResponseWriter, r *http.Request, p *Portal, mediaType string, start int) {
	const size = 10
	stories := w.Stories(p)
	start = min(start, len(stories))
	v := view{Portal: p, Stories: stories[start:min(start+size, len(stories))]}
	if start+size < len(stories) && p.Family == "blogger" {
		v.Older = p.absolute("/feeds/posts/default?start-index=" + strconv.Itoa(start+size+1))
	}
	w.render(rw, r, p, "feed", mediaType, v)
}

func (w *Web) page(rw http.ResponseWriter, r *http.Request, p *Portal) {
	stories := w.Stories(p)
	if number, ok := p.listingPage(r); ok {
		start := min((number-1)*p.perPage, len(stories))
		v := view{Portal: p, Page: number, Stories: stories[start:min(start+p.perPage, len(stories))]}
		if start+p.perPage < len(stories) {
			v.Older = p.listingAddress(number + 1)
		}
		w.render(rw, r, p, "listing", "text/html", v)
		return
	}
	for i, s := range stories {
		if s.Path == r.URL.Path {
			v := view{Portal: p, Story: &s, Related: stories[max(0, i-2):i]}
			w.render(rw, r, p, "article", "text/html", v)
			return
		}
	}
	http.NotFound(rw, r)
}

// listingPage tells whether the request is for the n-th page of the listing.
func (p *Portal) listingPage(r *http.Request) (number int, ok bool) {
	text := r.FormValue("page")
	switch {
	case r.URL.Path == "/" && text == "":
		return 1, true
	case p.Family == "wordpress" && strings.HasPrefix(r.URL.Path, "/page/"):
		text = strings.Trim(strings.TrimPrefix(r.URL.Path, "/page/"), "/")
	case p.Family == "village" && strings.HasPrefix(r.URL.Path, "/index/"):
		text = strings.TrimPrefix(r.URL.Path, "/index/")
	case r.URL.Path == "/berita" || r.URL.Path == "/search":
		if text == "" {
			text = "1"
		}
	default:
		return 0, false
	}
	number, err := strconv.Atoi(text)
	return number, err == nil && number > 0
}

func (p *Portal) listingAddress(number int) string {
	n := strconv.Itoa(number)
	switch p.Family {
	case "wordpress":
		return p.absolute("/page/" + n + "/")
	case "village":
		return p.absolute("/index/" + n)
	case "government":
		return p.absolute("/berita?page=" + n)
	default:
		return p.absolute("/search?page=" + n)
	}
}

func (w *Web) render(rw http.ResponseWriter, r *http.Request, p *Portal, name, mediaType string, v view) {
	var out bytes.Buffer
	if name == "feed" {
		out.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	}
	if err := p.pages.ExecuteTemplate(&out, name, v); err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	hash := fnv.New64a()
	hash.Write(out.Bytes())
	tag := `"` + strconv.FormatUint(hash.Sum64(), 36) + `"`
	rw.Header().Set("ETag", tag)
	rw.Header().Set("Content-Type", mediaType+"; charset=utf-8")
	rw.Header().Set("Date", w.now().UTC().Format(http.TimeFormat))
	if r.Header.Get("If-None-Match") == tag {
		rw.WriteHeader(http.StatusNotModified)
		return
	}
	rw.Write(out.Bytes())
}
