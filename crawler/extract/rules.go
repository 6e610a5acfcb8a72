package extract

import (
	"strings"

	"github.com/PuerkitoBio/goquery"

	"kabar/crawler/portal"
)

// fromRules claims what the portal's definition points at. A rule wins over
// all else; of each list the first selector that finds something counts.
func (c *claims) fromRules(rules portal.Article) {
	if len(rules.Title)+len(rules.Date)+len(rules.Author) == 0 {
		return
	}
	doc, err := c.Page.Document()
	if err != nil {
		return
	}
	c.title(firstFound(doc, rules.Title), "rule", "", 0)
	c.published(firstFound(doc, rules.Date), "rule", "", 0)
	c.author(firstFound(doc, rules.Author), "rule", "", 0)
}

// firstFound is what the first selector that finds anything points at, either
// an attribute ("time@datetime") or text.
func firstFound(doc *goquery.Document, selectors []string) string {
	for _, rule := range selectors {
		selector, key, _ := cutRule(rule)
		found := doc.Find(selector).First()
		if found.Length() == 0 {
			continue
		}
		value := ""
		if key != "" {
			value = strings.TrimSpace(found.AttrOr(key, ""))
		} else if value = attr(found.Get(0), "datetime"); value == "" {
			value = textOf(found.Get(0), maxClaim)
		}
		if value != "" {
			return value
		}
	}
	return ""
}

// cutRule parts "selector@attribute"; the attribute is empty for text.
func cutRule(rule string) (selector, key string, found bool) {
	at := strings.LastIndexByte(rule, '@')
	if at < 0 || strings.ContainsAny(rule[at:], "]\"')") {
		return rule, "", false
	}
	return rule[:at], rule[at+1:], true
}
