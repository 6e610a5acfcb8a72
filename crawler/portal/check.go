package portal

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/andybalholm/cascadia"

	"kabar/storage/region"
)

// checker turns a decoded document into a definition and notes every mistake
// at its place.
type checker struct {
	file, text string
	places     places
	mistakes   Mistakes
}

// wrong notes a mistake at the first of the paths that has a place.
func (c *checker) wrong(path, format string, args ...any) {
	offset := 0
	for _, p := range []string{path + "=", path} {
		if at, ok := c.places[p]; ok {
			offset = at
			break
		}
	}
	c.wrongAt(offset, format, args...)
}

func (c *checker) wrongAt(offset int, format string, args ...any) {
	line, column := lineColumn(c.text, offset)
	c.mistakes = append(c.mistakes, Mistake{c.file, line, column, fmt.Sprintf(format, args...)})
}

func (c *checker) definition(raw map[string]any) Definition {
	t := table{c, raw, ""}
	t.only("name", "home", "regions", "clock", "republish", "feeds", "listing", "article", "limits")
	d := Definition{
		Name:      t.name("name"),
		Home:      t.address("home"),
		Regions:   t.regions("regions"),
		Clock:     t.clock("clock"),
		Republish: t.oneOf("republish", "full", "summary", "link"),
		Feeds:     t.addresses("feeds"),
	}
	t.need("name", `name = "Kabar Contoh"`)
	t.need("home", `home = "https://kabar.example/"`)
	for _, l := range t.tables("listing") {
		l.only("url", "link", "accept")
		l.need("url", "the address of the page that lists articles")
		d.Listings = append(d.Listings, Listing{URL: l.address("url"), Link: l.selector("link"), Accept: l.pattern("accept")})
	}
	if a, ok := t.table("article"); ok {
		a.only("title", "date", "author", "body", "drop")
		d.Article = Article{Title: a.selectors("title"), Date: a.selectors("date"), Author: a.selectors("author"),
			Body: a.selectors("body"), Drop: a.selectors("drop")}
	}
	if l, ok := t.table("limits"); ok {
		l.only("delay", "backfill")
		d.Limits = Limits{Delay: l.duration("delay"), Backfill: l.duration("backfill")}
	}
	return d
}

// table is one table of the document. Its methods return what a key holds, or
// the zero value when it is missing or wrong; what is wrong they note.
type table struct {
	*checker
	raw  map[string]any
	path string
}

// only notes every key that is not known.
func (t table) only(known ...string) {
	for key := range t.raw {
		if slices.Contains(known, key) {
			continue
		}
		path := join(t.path, key)
		offset := t.places[path]
		if likely := nearest(key, known); likely != "" {
			t.wrongAt(offset, "unknown key %q; did you mean %q?", key, likely)
		} else {
			t.wrongAt(offset, "unknown key %q; known here are %s", key, strings.Join(known, ", "))
		}
	}
}

// need notes a key that is missing; the example says what to write.
func (t table) need(key, example string) {
	if _, ok := t.raw[key]; !ok {
		t.wrong(t.path, "%s is missing; add %s", key, example)
	}
}

func (t table) string(key string) (value, path string, ok bool) {
	path = join(t.path, key)
	raw, ok := t.raw[key]
	if !ok {
		return "", path, false
	}
	value, ok = t.asString(raw, path)
	return value, path, ok
}

// asString takes a text that is not empty.
func (t table) asString(raw any, path string) (string, bool) {
	value, ok := raw.(string)
	switch {
	case !ok:
		t.wrong(path, "%s must be a text in quotes", label(path))
	case strings.TrimSpace(value) == "":
		t.wrong(path, "%s is empty", label(path))
		ok = false
	}
	return strings.TrimSpace(value), ok
}

// each calls read for every text of a list.
func (t table) each(key string, read func(value, path string)) {
	path := join(t.path, key)
	raw, ok := t.raw[key]
	if !ok {
		return
	}
	list, ok := raw.([]any)
	if !ok {
		t.wrong(path, `%s must be a list, like ["…"]`, label(path))
		return
	}
	for i, element := range list {
		at := path + "." + strconv.Itoa(i)
		if value, ok := t.asString(element, at); ok {
			read(value, at)
		}
	}
}

func (t table) table(key string) (table, bool) {
	path := join(t.path, key)
	raw, ok := t.raw[key]
	if !ok {
		return table{}, false
	}
	inner, ok := raw.(map[string]any)
	if !ok {
		t.wrong(path, "%s must be a table; write [%s] on its own line", key, key)
	}
	return table{t.checker, inner, path}, ok
}

func (t table) tables(key string) []table {
	path := join(t.path, key)
	raw, ok := t.raw[key]
	if !ok {
		return nil
	}
	list, ok := raw.([]map[string]any)
	if !ok {
		if mixed, isList := raw.([]any); isList && len(mixed) == 0 {
			return nil
		}
		t.wrong(path, "%s must be a list of tables; write [[%s]] on its own line", key, key)
		return nil
	}
	tables := make([]table, len(list))
	for i, inner := range list {
		tables[i] = table{t.checker, inner, path + "." + strconv.Itoa(i)}
	}
	return tables
}

func (t table) name(key string) string {
	value, path, ok := t.string(key)
	if ok && utf8.RuneCountInString(value) > maxName {
		t.wrong(path, "%s is longer than %d characters", key, maxName)
	}
	return value
}

func (t table) address(key string) string {
	value, path, ok := t.string(key)
	if ok {
		t.checkAddress(value, path)
	}
	return value
}

func (t table) addresses(key string) (all []string) {
	t.each(key, func(value, path string) {
		t.checkAddress(value, path)
		all = append(all, value)
	})
	return all
}

func (c *checker) checkAddress(value, path string) {
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		c.wrong(path, "%s must be an absolute http or https address, like https://kabar.example/", label(path))
	case u.User != nil:
		c.wrong(path, "%s must not hold a user name or password", label(path))
	}
}

func (t table) regions(key string) (codes []string) {
	t.each(key, func(code, path string) {
		_, known := region.ByCode(code)
		similar := region.Search(code)
		switch {
		case known && slices.Contains(codes, code):
			t.wrong(path, "region code %q stands here twice", code)
		case known:
			codes = append(codes, code)
		case len(similar) > 0:
			t.wrong(path, "unknown region code %q; did you mean %q (%s)?", code, similar[0].Code, similar[0].Title())
		default:
			t.wrong(path, "unknown region code %q; `kabar catalog` lists codes by name", code)
		}
	})
	return codes
}

func (t table) clock(key string) string {
	value, path, ok := t.string(key)
	if !ok {
		return ""
	}
	switch clock := strings.ToUpper(value); clock {
	case "WIB", "WITA", "WIT":
		return clock
	}
	t.wrong(path, "%s must be WIB, WITA or WIT", key)
	return ""
}

func (t table) oneOf(key string, choices ...string) string {
	value, path, ok := t.string(key)
	if ok && !slices.Contains(choices, value) {
		t.wrong(path, "%s must be one of %s", key, strings.Join(choices, ", "))
	}
	return value
}

func (t table) selector(key string) string {
	value, path, ok := t.string(key)
	if ok {
		t.checkSelector(value, path)
	}
	return value
}

func (t table) selectors(key string) (all []string) {
	t.each(key, func(value, path string) {
		t.checkSelector(value, path)
		all = append(all, value)
	})
	return all
}

// checkSelector compiles a selector, because the finder of elements silently
// finds nothing with one that is wrong.
func (c *checker) checkSelector(rule, path string) {
	if len(rule) > maxRule {
		c.wrong(path, "selector is longer than %d characters", maxRule)
		return
	}
	css, _ := SplitRule(rule)
	if css == "" {
		c.wrong(path, "selector %q names an attribute but no element", rule)
		return
	}
	if _, err := cascadia.ParseGroup(css); err != nil {
		c.wrong(path, "selector %q cannot be read: %v", rule, err)
	}
}

func (t table) pattern(key string) string {
	value, path, ok := t.string(key)
	if !ok {
		return ""
	}
	if len(value) > maxRule {
		t.wrong(path, "pattern is longer than %d characters", maxRule)
		return ""
	}
	if _, err := regexp.Compile(value); err != nil {
		t.wrong(path, "pattern %q cannot be read: %v", value, strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	return value
}

// maxDuration is as far back as it makes sense to look.
const maxDuration = 50 * 365 * 24 * time.Hour

func (t table) duration(key string) Duration {
	value, path, ok := t.string(key)
	if !ok {
		return 0
	}
	d, err := ParseDuration(value)
	switch {
	case err != nil:
		t.wrong(path, "%s: %v", label(path), err)
	case d == 0:
		t.wrong(path, "%s must be more than nothing; leave it out for the default", label(path))
	case d > maxDuration:
		t.wrong(path, "%s is longer than 50 years", label(path))
	}
	return Duration(d)
}

// label is a path as a person reads it: the second element of article.title is
// "article.title".
func label(path string) string {
	parts := strings.Split(path, ".")
	parts = slices.DeleteFunc(parts, func(part string) bool {
		_, err := strconv.Atoi(part)
		return err == nil
	})
	return strings.Join(parts, ".")
}
