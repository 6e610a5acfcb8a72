package crawler

import (
	"kabar/crawler/hygiene"
	"kabar/crawler/page"
	"kabar/storage/news"
)

// inspect holds an article back that is no news of the portal, and remembers
// the first sign that the portal is hacked; of a page that is no article, a is
// the zero article. What a person released before, the
// store lets through all the same.
func (v *visit) inspect(p *page.Page, a *news.Article) {
	verdict := hygiene.Judge(p, *a)
	a.Quarantine = verdict.Quarantine
	if verdict.Hacked == "" {
		return
	}
	v.known.Clean = 0
	if v.hacked == "" {
		v.hacked = verdict.Hacked + " Look at " + p.URL.String() + " and tell the portal's administrator."
	}
}
