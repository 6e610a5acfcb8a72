// Package hygiene tells what is no news of a portal: texts that sell gambling
// and pages of those who broke in, in the place of an article; and the signs
// of a portal that is hacked although its articles are intact. It judges words
// alone: no network, no clock. News about gambling is news.
//
// Challenges, log-ins, missing pages and calendars are told apart by what
// package extract calls the kind of a page.
package hygiene

import (
	"kabar/crawler/page"
	"kabar/storage/news"
)

// Verdict is what is wrong. The zero value is a clean article on a clean page.
type Verdict struct {
	// Quarantine says in a sentence, with the words that speak for it, why the
	// article must be held back; empty for news.
	Quarantine string
	// Hacked says in a sentence how one sees that strangers write on the
	// portal's pages. It may be set although the article is intact, and is set
	// whenever the article is held back.
	Hacked string
}

// Judge reads an article and the page that it stood on. The page may be nil;
// the article may be empty for a page that is none, such as a listing.
func Judge(p *page.Page, a news.Article) Verdict {
	t := read(a)
	if why := t.gambling(); why != "" {
		return Verdict{Quarantine: why, Hacked: why}
	}
	if why := t.defaced(); why != "" {
		return Verdict{Quarantine: why, Hacked: why}
	}
	if p == nil {
		return Verdict{}
	}
	return Verdict{Hacked: inspect(p, a, t)}
}
