// Package specimen makes up news in any number, for demonstrations and for
// measuring: articles whose words, portals, regions and times are as unevenly
// spread as in real news.
//
// Everything follows from a seed and a number, so the same articles come out
// every time, in any order and from any place on.
package specimen

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"kabar/storage/news"
	"kabar/storage/region"
)

// Newsroom makes up the articles of many portals. Use New to make one; its
// methods may be called by many goroutines at once.
type Newsroom struct {
	seed    uint64
	total   int
	end     time.Time
	regions []region.Region // kabupaten and kota
}

// years is how far back the made-up news goes.
const years = 8

// portals is how many portals there are.
const portals = 1000

// New prepares total articles from eight years before end up to it.
func New(seed uint64, total int, end time.Time) *Newsroom {
	r := &Newsroom{seed: seed, total: total, end: end.UTC().Truncate(time.Minute)}
	for _, p := range region.Provinces() {
		r.regions = append(r.regions, region.Regencies(p.Code)...)
	}
	return r
}

// Portals lists the portals with their home regions.
func (r *Newsroom) Portals() []news.Portal {
	list := make([]news.Portal, portals)
	for i := range list {
		home := r.home(i)
		list[i] = news.Portal{
			ID:      PortalID(i),
			Name:    fmt.Sprintf("Rekaan %s %d", home.Name, i),
			Home:    "https://" + portalHost(i) + "/",
			Regions: []string{home.Code},
			Clock:   home.Clock,
		}
	}
	return list
}

// PortalID is the id of a portal by its number, 0 the busiest.
func PortalID(i int) string { return fmt.Sprintf("rekaan-%04d", i) }

func portalHost(i int) string { return fmt.Sprintf("rekaan-%04d.example", i) }

// home is the home region of a portal; the steps of 7 reach all regions.
func (r *Newsroom) home(portal int) region.Region {
	return r.regions[portal*7%len(r.regions)]
}

// Every how many articles something happens that is rarer than an article.
const (
	copyEvery  = 33  // one prints the text of the article copyBack before it
	copyBack   = 5   // and both are in a cluster
	goneEvery  = 400 // one was taken away again
	oddEvery   = 900 // one is held back
	editEvery  = 50  // one has an edited text, see Edited
	bareRegion = 10  // one has no region
)

// Article makes up article n, from 0 to the total less one; higher numbers are
// newer, but for some minutes.
func (r *Newsroom) Article(n int) news.Article {
	w := r.writer(n)
	portal := int(math.Pow(w.Float64(), 3) * portals)
	where := r.home(portal)
	if w.IntN(4) == 0 {
		where = r.regions[w.IntN(len(r.regions))]
	}
	at := r.time(n, w)
	a := news.Article{
		Portal:     PortalID(portal),
		Published:  news.Stamp{Time: at.In(where.Location()), Precision: news.Minute, Origin: "jsonld"},
		FirstSeen:  at.Add(time.Duration(1+w.IntN(40)) * time.Minute),
		Authors:    []string{people[w.IntN(len(people))]},
		Categories: []string{sections[int(math.Pow(w.Float64(), 2)*float64(len(sections)))]},
		Place:      strings.ToUpper(where.Capital),
	}
	if n%bareRegion != 0 {
		a.Regions = []news.RegionTag{{Code: where.Code, Reason: "dateline", Primary: true}}
	}
	a.Title = w.title(where.Name)
	a.URL = fmt.Sprintf("https://%s/%s/%d-%s.html", portalHost(portal), at.Format("2006/01"), n, slug(a.Title))
	r.tell(&a, n, where)
	switch {
	case n%goneEvery == 7:
		a.GoneSince = a.FirstSeen.AddDate(0, 0, 3)
	case n%oddEvery == 11:
		a.Quarantine = "gambling words"
	}
	return a
}

// tell writes the text, or copies that of another article.
func (r *Newsroom) tell(a *news.Article, n int, where region.Region) {
	if n%copyEvery == copyBack {
		of := r.Article(n - copyBack)
		a.Body, a.Lead, a.Cluster = of.Body, of.Lead, of.Cluster
		return
	}
	if n%copyEvery == 0 && n+copyBack < r.total {
		a.Cluster = fmt.Sprintf("rilis-%d", n)
	}
	w := r.writer(n)
	w.skip()
	a.Body = w.body(where)
	if n%3 == 0 {
		a.Lead = news.Image{Src: fmt.Sprintf("https://%s/foto/%d.jpg", portalHost(0), n), Caption: "Foto: " + where.Name}
	}
}

// Edited is another reading of article n with a new last paragraph; ok is
// false for the 49 in 50 that were never edited.
func (r *Newsroom) Edited(n int) (a news.Article, ok bool) {
	if n%editEvery != 3 {
		return news.Article{}, false
	}
	a = r.Article(n)
	w := r.writer(n + r.total)
	a.Body = append(a.Body[:len(a.Body)-1:len(a.Body)-1], news.Block{Kind: news.Paragraph, Text: w.sentence()})
	return a, true
}

// time spreads the articles: ever more with the years, fewer at night.
func (r *Newsroom) time(n int, w *writer) time.Time {
	const span = years * 365 * 24 * time.Hour
	part := math.Pow(float64(n+1)/float64(r.total), 0.7)
	at := r.end.Add(-time.Duration(float64(span) * (1 - part)))
	if hour := (at.Hour() + 7) % 24; hour < 5 {
		at = at.Add(-time.Duration(w.IntN(300)) * time.Minute)
	}
	return at.Truncate(time.Minute)
}

// writer makes up the words of one article.
type writer struct {
	*rand.Rand
	zipf  *rand.Zipf
	topic uint64
}

func (r *Newsroom) writer(n int) *writer {
	random := rand.New(rand.NewPCG(r.seed, uint64(n)))
	topics := rand.NewZipf(random, 1.05, 4, 3000)
	return &writer{Rand: random, zipf: rand.NewZipf(random, 1.08, 4, vocabulary), topic: topics.Uint64()}
}

// skip makes the text of an article differ from its title and time.
func (w *writer) skip() {
	for range 64 {
		w.Uint64()
	}
}
