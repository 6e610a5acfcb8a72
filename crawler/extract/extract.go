package extract

import (
	"fmt"

	"kabar/crawler/page"
	"kabar/crawler/portal"
	"kabar/storage/news"
)

// Options are what is known of a page besides its bytes.
type Options struct {
	Rules    portal.Article // of the portal's definition; they win over all else
	Template *Template      // learned of the site; nil when there is none yet
	Link     news.Link      // what the finding place said; its claims are added to the page's
	Teach    bool           // give a Lesson as well
}

// Extract reads a page. The error is page.ErrNoHTML, wrapped, for what is no
// HTML document; every HTML document can be read, if only as KindOther.
func Extract(p *page.Page, o Options) (Raw, error) {
	s, err := survey(p)
	if err != nil {
		return Raw{}, fmt.Errorf("extracting %s: %w", p.URL, err)
	}
	var raw Raw
	bodyOf(s, o, &raw)
	metaClaims(s, o, &raw)
	raw.Kind, raw.KindWhy = kindOf(s, &raw)
	return raw, nil
}
