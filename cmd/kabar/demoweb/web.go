// Package demoweb is a small made-up web of regional portals on loopback. It
// lets a person see the whole program without the internet and lets tests
// compare what a crawl brought home with what the portals really said.
package demoweb

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Story is the truth about one article.
type Story struct {
	Path      string // address below the portal's home
	Title     string
	Published time.Time // in the portal's zone
	Dateline  string
	Body      []string // paragraphs without the dateline
	List      []string
	Quote     string
	Byline    string
	Category  string
	Region    string
	ID        int
}

// Portal is one made-up site.
type Portal struct {
	ID      string
	Name    string
	Family  string
	Home    string // address, known once the web was started
	Region  string
	Clock   string
	zone    *time.Location
	place   place
	stories []Story // newest first
	pages   *template.Template
	perPage int
}

// Web is all of them. Its portals do not change after New; stories come to
// light when the clock reaches their time.
type Web struct {
	Portals []*Portal
	now     func() time.Time
}

//go:embed pages
var pages embed.FS

var families = []struct {
	id, name, family, clock string
	zone                    *time.Location
	place                   int
}{
	{"kabar-nagari", "Kabar Nagari", "blogger", "WIB", time.FixedZone("WIB", 7*3600), 0},
	{"solok-pos", "Solok Pos", "wordpress", "WIB", time.FixedZone("WIB", 7*3600), 1},
	{"dompukab", "Pemerintah Kabupaten Dompu", "government", "WITA", time.FixedZone("WITA", 8*3600), 2},
	{"desa-tompaso", "Desa Tompaso", "village", "WITA", time.FixedZone("WITA", 8*3600), 3},
}

// New makes the portals with the given number of stories each, the newest an
// hour before now and four hours apart; a new one appears on every portal each
// minute that the clock runs on, as long as there are some.
func New(now func() time.Time, stories int) (*Web, error) {
	w := &Web{now: now}
	start := now().Truncate(time.Second)
	for i, f := range families {
		t, err := template.New(f.family).Funcs(template.FuncMap{
			"indonesian": indonesianDate, "rfc3339": rfc3339, "rfc822": rfc822, "utc": utc,
		}).ParseFS(pages, "pages/"+f.family+".html")
		if err != nil {
			return nil, fmt.Errorf("reading the pages of %s: %w", f.family, err)
		}
		p := &Portal{ID: f.id, Name: f.name, Family: f.family, Clock: f.clock, zone: f.zone,
			place: places[f.place], Region: places[f.place].code, pages: t, perPage: 8}
		r := rand.New(rand.NewPCG(uint64(i)+1, 77))
		const later = 30 // stories that are still to come
		for n := range stories + later {
			at := start.Add(time.Duration(later-n) * time.Minute)
			if n >= later {
				at = start.Add(-time.Hour - time.Duration(n-later)*4*time.Hour - time.Duration(r.IntN(60))*time.Minute)
			}
			p.stories = append(p.stories, p.story(r, n, at.In(f.zone)))
		}
		w.Portals = append(w.Portals, p)
	}
	return w, nil
}

func (p *Portal) story(r *rand.Rand, n int, at time.Time) Story {
	title, body, list, quote := story(r, p.place, n)
	s := Story{Title: title, Published: at, Dateline: p.place.seat, Body: body, List: list, Quote: quote,
		Byline: people[r.IntN(len(people))], Category: []string{"Daerah", "Pembangunan", "Warga"}[n%3],
		Region: p.place.code, ID: 5000 - n}
	switch p.Family {
	case "blogger":
		s.Path = fmt.Sprintf("/%s/%s-%d.html", at.Format("2006/01"), slug(title), s.ID)
	case "wordpress":
		s.Path = fmt.Sprintf("/%s/%s-%d/", at.Format("2006/01/02"), slug(title), s.ID)
	case "government":
		s.Path = fmt.Sprintf("/berita/detail/%d/%s", s.ID, slug(title))
	default:
		s.Path = fmt.Sprintf("/artikel/%d/%d/%d/%s-%d", at.Year(), at.Month(), at.Day(), slug(title), s.ID)
	}
	return s
}

// Stories are those that are out by now, newest first.
func (w *Web) Stories(p *Portal) []Story {
	now := w.now()
	for i, s := range p.stories {
		if !s.Published.After(now) {
			return p.stories[i:]
		}
	}
	return nil
}

// Serve listens on a loopback port for every portal, fills in their homes and
// serves until the context ends. The returned function waits for the end.
func (w *Web) Serve(ctx context.Context) (wait func(), err error) {
	var servers []*http.Server
	var group sync.WaitGroup
	for _, p := range w.Portals {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("opening a port for the made-up portal %s: %w", p.ID, err)
		}
		p.Home = "http://" + listener.Addr().String() + "/"
		server := &http.Server{Handler: w.handler(p), ReadHeaderTimeout: 5 * time.Second}
		servers = append(servers, server)
		group.Go(func() {
			if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				return
			}
		})
	}
	stop := context.AfterFunc(ctx, func() {
		for _, s := range servers {
			s.Close()
		}
	})
	return func() { stop(); group.Wait() }, nil
}

var months = [...]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
	"Agustus", "September", "Oktober", "November", "Desember"}
var days = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}

func indonesianDate(t time.Time) string {
	return fmt.Sprintf("%s, %d %s %d", days[t.Weekday()], t.Day(), months[t.Month()-1], t.Year())
}

func rfc3339(t time.Time) string { return t.Format(time.RFC3339) }
func rfc822(t time.Time) string  { return t.Format(time.RFC1123Z) }
func utc(t time.Time) string     { return t.UTC().Format("2006-01-02T15:04:05Z") }

func (p *Portal) absolute(path string) string { return strings.TrimSuffix(p.Home, "/") + path }
