package hygiene

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kabar/crawler/page"
	"kabar/storage/news"
)

// Bounds of what is read of a page.
const (
	maxTexts     = 20_000    // links and hidden texts
	maxTextBytes = 4 << 10   // of one of them
	maxPageBytes = 1 << 20   // of all of them
	maxLinked    = 256 << 10 // bytes of JSON-LD
)

// inspector walks over a page and remembers what strangers put on it.
type inspector struct {
	scan      *scan
	sale      int  // of the best sentence of the text that was judged last
	signs     bool // whether it is the mark of somebody who broke in
	page      *page.Page
	host      string
	own       map[string]bool // texts of the article
	reports   bool            // the article itself is about gambling
	texts     int
	bytes     int
	told      string // a title for machines that sells, with where it stood
	links     int
	link      string // text of the link that sells most
	linkTo    string
	linkTop   int
	hidden    int
	concealed string // hidden text that sells most
	hiddenTop int
	signed    string
}

// inspect says how one sees that strangers write on the page; empty when one
// does not.
func inspect(p *page.Page, a news.Article, t *tally) string {
	root, err := p.Tree()
	if err != nil {
		return ""
	}
	i := &inspector{page: p, host: siteOf(p.URL), own: ownTexts(a), reports: t.about > 0}
	i.scan = newScan(i.sentence)
	i.walk(root, false)
	return i.says(a)
}

// sentence notes what a sentence of a short text says. Names alone are enough
// here: nobody links to a shop to report on it.
func (i *inspector) sentence(s sentence) {
	if s.sure > 0 {
		i.sale = max(i.sale, s.game+s.trade+s.quoted/3-2*s.report)
	}
	i.signs = i.signs || s.deface-reporterCost*s.report >= minDeface
}

// judge reads a short text and tells how much its best sentence sells; 0 for
// texts that do not sell or that are the article's own. The text comes back
// with its white space collapsed.
func (i *inspector) judge(text string) (collapsed string, score int) {
	text = bounded(text, maxTextBytes)
	i.texts++
	i.bytes += len(text)
	i.sale, i.signs = 0, false
	i.scan.text(text)
	if i.sale < saleScore && !i.signs {
		return "", 0
	}
	text = strings.Join(strings.Fields(text), " ")
	if i.own[text] {
		i.sale, i.signs = 0, false
	}
	return text, i.sale
}

func (i *inspector) says(a news.Article) string {
	switch {
	case i.told != "" && !i.sells(a.Title):
		return fmt.Sprintf("The page tells machines a title that sells gambling, %s, while readers see another heading.", i.told)
	case i.hidden > 0:
		return fmt.Sprintf("The page hides %s gambling from readers, such as %s.", counted(i.hidden, "text that sells", "texts that sell"), quoted(i.concealed))
	case i.links > 0:
		return fmt.Sprintf("The page has %s gambling, such as %s to %s.", counted(i.links, "link that sells", "links that sell"), quoted(i.link), shortened(i.linkTo))
	case i.signed != "":
		return fmt.Sprintf("The page is signed by somebody who broke in: %s.", quoted(i.signed))
	}
	return ""
}

// ownTexts are the texts of an article, to tell them from others on its page.
func ownTexts(a news.Article) map[string]bool {
	own := map[string]bool{a.Title: true}
	for _, b := range a.Body {
		for line := range strings.SplitSeq(b.Plain(), "\n") {
			own[line] = true
		}
	}
	return own
}

// walk visits an element and all in it. hidden tells that readers do not see
// it.
func (i *inspector) walk(n *html.Node, hidden bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if i.texts >= maxTexts || i.bytes >= maxPageBytes {
			return
		}
		if c.Type == html.TextNode {
			if hidden {
				i.hiddenText(c.Data)
			}
			continue
		}
		if c.Type == html.ElementNode {
			i.element(c, hidden)
		}
	}
}

func (i *inspector) element(n *html.Node, hidden bool) {
	switch n.DataAtom {
	case atom.Title:
		i.machine("<title>", textOf(n))
		return
	case atom.Meta:
		i.meta(n)
		return
	case atom.Script:
		if strings.Contains(attr(n, "type"), "ld+json") {
			i.linkedData(textOf(n))
		}
		return
	case atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Textarea, atom.Option:
		return
	case atom.H1, atom.H2, atom.H3:
		i.heading(n, hidden)
	}
	if ofReaders(n) {
		return
	}
	hidden = hidden || i.page.Hiding().Hides(n)
	if n.DataAtom == atom.A {
		i.anchor(n, hidden)
		return
	}
	i.walk(n, hidden)
}

// ofReaders tells the part of a page where anybody may write.
func ofReaders(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key != "id" && a.Key != "class" {
			continue
		}
		name := strings.ToLower(bounded(a.Val, 200))
		for _, word := range [...]string{"comment", "komentar", "disqus", "guestbook", "bukutamu", "buku-tamu", "shoutbox"} {
			if strings.Contains(name, word) && n.DataAtom != atom.Body && n.DataAtom != atom.Html && n.DataAtom != atom.Article && n.DataAtom != atom.Main && !strings.Contains(name, "has-") && !strings.Contains(name, "no-") {
				return true
			}
		}
	}
	return false
}

// sells tells whether a title sells games, even one of the article's own.
func (i *inspector) sells(title string) bool {
	i.sale = 0
	i.scan.text(title)
	return i.sale >= saleScore
}

// machine judges a title or description that readers of the page do not see.
func (i *inspector) machine(where, text string) {
	if text, score := i.judge(text); score >= saleScore && i.told == "" {
		i.told = where + " " + quoted(text)
	}
}

func (i *inspector) meta(n *html.Node) {
	name := strings.ToLower(attr(n, "property"))
	if name == "" {
		name = strings.ToLower(attr(n, "name"))
	}
	switch name {
	case "og:title", "twitter:title", "og:description", "twitter:description", "description", "keywords", "title":
		if i.reports && !strings.HasSuffix(name, "title") {
			return // the summary of news about gambling
		}
		i.machine(name, attr(n, "content"))
	}
}

// linkedData judges the headlines and names in JSON-LD.
func (i *inspector) linkedData(text string) {
	d := json.NewDecoder(strings.NewReader(bounded(text, maxLinked)))
	key := ""
	for range maxTexts {
		token, err := d.Token()
		if err != nil {
			return
		}
		value, isText := token.(string)
		if isText && (key == "headline" || key == "name" || key == "alternativeHeadline") {
			i.machine("JSON-LD "+key, value)
		}
		key = value
	}
}

func (i *inspector) heading(n *html.Node, hidden bool) {
	if hidden || hasLink(n) {
		return // of another article
	}
	if text, _ := i.judge(textOf(n)); i.signs && i.signed == "" {
		i.signed = text
	}
}

func hasLink(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.A {
			return true
		}
	}
	return false
}

// hiddenText judges a text that readers do not see.
func (i *inspector) hiddenText(text string) {
	if text, score := i.judge(text); score >= saleScore {
		i.conceal(text, score)
	}
}

func (i *inspector) conceal(text string, score int) {
	i.hidden++
	if score > i.hiddenTop {
		i.concealed, i.hiddenTop = text, score
	}
}

// anchor judges a link. Those to other sites and hidden ones need not say
// much; within the site, labels are left alone: news about gambling has them.
func (i *inspector) anchor(n *html.Node, hidden bool) {
	text, score := i.judge(textOf(n))
	if score < saleScore {
		return
	}
	href := i.page.Resolve(attr(n, "href"))
	switch {
	case hidden:
		i.conceal(text, score)
		return
	case href == "" || i.reports:
		return
	case i.leadsAway(href):
	case score <= saleScore+1 || strings.Contains(attr(n, "rel"), "tag") || isLabel(href):
		return
	}
	i.links++
	if score > i.linkTop {
		i.link, i.linkTo, i.linkTop = text, href, score
	}
}

func (i *inspector) leadsAway(href string) bool {
	u, err := url.Parse(href)
	if err != nil {
		return false
	}
	to := siteOf(u)
	return to != i.host && !strings.HasSuffix(to, "."+i.host) && !strings.HasSuffix(i.host, "."+to)
}

func siteOf(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") }

func isLabel(href string) bool {
	for _, part := range [...]string{"/tag/", "/tags/", "/topik/", "/topic/", "/label/", "/search", "/hashtag/", "/listtag/", "?s=", "?q=", "?tag="} {
		if strings.Contains(href, part) {
			return true
		}
	}
	return false
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// textOf is the text of a small element.
func textOf(n *html.Node) string {
	if c := n.FirstChild; c != nil && c.NextSibling == nil && c.Type == html.TextNode {
		return c.Data
	}
	var text strings.Builder
	for d := range n.Descendants() {
		if text.Len() > maxTextBytes {
			break
		}
		if d.Type == html.TextNode && d.Parent.DataAtom != atom.Script && d.Parent.DataAtom != atom.Style {
			text.WriteString(d.Data)
			text.WriteByte(' ')
		}
	}
	return text.String()
}
