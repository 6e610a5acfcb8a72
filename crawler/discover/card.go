package discover

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// markCards notes for every element the one address to which all links in it
// lead: the biggest such element around a link is its card. Links to the
// category or author, which many cards have, do not count.
func (r *reader) markCards() map[*html.Node]int {
	leads := map[*html.Node]int{}
	for _, l := range r.links {
		if l.words < 4 && l.shape.prior()+r.model.learned(l.shape) < 1 {
			continue
		}
		for _, a := range l.anchors {
			leads[a.node] = l.number
		}
	}
	cards := make(map[*html.Node]int, 4*len(leads))
	for node, number := range leads {
		for n := node; n != nil; n = n.Parent {
			known, marked := cards[n]
			switch {
			case !marked:
				cards[n] = number
			case known != number && known != many:
				cards[n] = many
			case known == many && n != node:
				n = r.root // all above are marked already
			}
		}
	}
	return cards
}

// many marks elements with links to several addresses.
const many = -1

// card is the biggest element around a node whose links all lead to the same
// address. It is never the body.
func (r *reader) card(n *html.Node, number int) *html.Node {
	card := n
	for n = n.Parent; n != nil && n.Type == html.ElementNode && n.DataAtom != atom.Body; n = n.Parent {
		if known, marked := r.cards[n]; !marked || known != number {
			break
		}
		card = n
	}
	return card
}

// dateNear finds the date that belongs to a link: in its card, else beside the
// card before the next link begins. exact is a machine's form of it.
func (r *reader) dateNear(n *html.Node, number int) (text, exact string) {
	card := r.card(n, number)
	if text, exact = r.dateIn(card); text != "" {
		return text, exact
	}
	sibling := card
	for range 6 {
		sibling = sibling.NextSibling
		if sibling == nil {
			break
		}
		if _, holdsLinks := r.cards[sibling]; holdsLinks {
			return "", ""
		}
		if text, exact = r.dateIn(sibling); text != "" {
			return text, exact
		}
	}
	return "", ""
}

// dateIn is findDate, once for each element: neighbors of many links are asked
// for many times.
func (r *reader) dateIn(n *html.Node) (text, exact string) {
	found, known := r.dates[n]
	if !known {
		found.text, found.exact = findDate(n)
		r.dates[n] = found
	}
	return found.text, found.exact
}

// shownDate is what findDate found.
type shownDate struct{ text, exact string }

// findDate looks for a date inside an element: a time element first, then an
// element that calls itself a date, then a short text that reads like one.
func findDate(root *html.Node) (text, exact string) {
	if root.Type == html.TextNode {
		return shortDate(root), ""
	}
	best := 0
	seen := 0
	consider := func(found, machine string, rank int) {
		if found = strings.Join(strings.Fields(found), " "); found != "" && rank > best {
			text, exact, best = cut(found, maxDateText), machine, rank
		}
	}
	for n := range root.Descendants() {
		if seen++; seen > 400 {
			break
		}
		switch {
		case n.Type == html.TextNode:
			if best < 1 {
				consider(shortDate(n), "", 1)
			}
		case n.DataAtom == atom.Time:
			machine := attr(n, "datetime")
			shown := nodeText(n)
			if shown == "" || !isDateText(shown) {
				shown = machine
			}
			consider(shown, machine, 4)
		case n.DataAtom == atom.Meta && attr(n, "itemprop") == "datePublished":
			consider(attr(n, "content"), attr(n, "content"), 4)
		case n.DataAtom == atom.Abbr && isDateText(attr(n, "title")):
			consider(nodeText(n), attr(n, "title"), 3)
		case n.Type == html.ElementNode && best < 2 && dateClass.MatchString(attr(n, "class")):
			if shown := nodeText(n); len(shown) <= maxDateText && isDateText(shown) {
				consider(shown, "", 2)
			}
		}
	}
	return text, exact
}

var dateClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:date|tgl|tanggal|waktu|time|timestamp|jam|published|posted|entry-meta|post-meta|ago|hari)(?:[\s_-]|$)`)

// shortDate is the text around a text node that reads like a date. Long texts
// are excerpts: a date in there is an event's.
func shortDate(n *html.Node) string {
	text := strings.Join(strings.Fields(cut(n.Data, 400)), " ")
	if len(text) > 100 || !isDateText(text) {
		return ""
	}
	if n.Parent != nil && n.Parent.DataAtom != atom.A && !isWholeDate(text) {
		if around := nodeText(n.Parent); len(around) <= 100 {
			return around
		}
	}
	return text
}

var dateText = regexp.MustCompile(`(?i)\b\d{1,2}(?:st|nd|rd|th)?[ .,/-]{1,3}(?:jan|feb|peb|mar|apr|mei|may|jun|jul|ag[ust]|aug|sep|okt|oct|nov|nop|des|dec)[a-z]*\b|` +
	`\b(?:jan|feb|peb|mar|apr|mei|may|jun|jul|ag[ust]|aug|sep|okt|oct|nov|nop|des|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?,? \d{2,4}\b|` +
	`\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}\b|\b(?:19|20)\d{2}[/.-]\d{1,2}[/.-]\d{1,2}|` +
	`\b(?:\d{1,3}|se)\s?(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun|seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?)\b.{0,6}\b(?:lalu|ago|kemudian)\b|` +
	`\b(?:baru saja|just now|kemarin|hari ini|yesterday)\b`)

var yearOrAge = regexp.MustCompile(`(?i)\b(?:19|20)\d\d\b|lalu|ago|kemarin|saja`)

// isWholeDate tells whether a text is a date that needs nothing from beside it.
func isWholeDate(text string) bool { return yearOrAge.MatchString(text) && isDateText(text) }

// isDateText tells whether a text holds something that reads like a date.
func isDateText(text string) bool {
	if !strings.ContainsAny(text, "0123456789") {
		lower := strings.ToLower(text)
		if !slices.ContainsFunc(dayWords, func(word string) bool { return strings.Contains(lower, word) }) {
			return false
		}
	}
	return dateText.MatchString(text)
}

// dayWords are parts of the dates that need no digit.
var dayWords = []string{"lalu", "ago", "kemarin", "saja", "hari ini", "yesterday", "now"}

// longestText is the length of the longest piece of text that belongs to no
// single link: the body, if the page is an article.
func longestText(root *html.Node, cards map[*html.Node]int) int {
	longest := 0
	var walk func(n *html.Node) int
	walk = func(n *html.Node) int {
		switch n.Type {
		case html.TextNode:
			return len(strings.TrimSpace(n.Data))
		case html.ElementNode:
			switch n.DataAtom {
			case atom.Script, atom.Style, atom.Noscript, atom.Head, atom.Template, atom.Footer, atom.Form:
				return 0
			}
		}
		if number, marked := cards[n]; marked && number != many {
			return 0
		}
		sum := 0
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			length := walk(child)
			if child.Type == html.TextNode || isInline(child) || child.DataAtom == atom.P {
				sum += length
			}
		}
		longest = max(longest, sum)
		return sum
	}
	walk(root)
	return longest
}

func isInline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.B, atom.I, atom.Em, atom.Strong, atom.Span, atom.Br, atom.U, atom.Font, atom.Small:
		return true
	}
	return false
}
