package discover

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

var (
	olderText = regexp.MustCompile(`(?i)^\W*(?:(?:halaman |laman )?(?:selanjutnya|berikutnya|berikut)|next(?: page)?|older(?: posts| entries)?|pos(?:t|ting|tingan)?(?:-pos| lama)(?: lama)?|entri lama|` +
		`(?:berita |artikel )?lebih lama|(?:muat|lihat|tampilkan)(?: berita| artikel)? (?:lagi|lebih banyak|lainnya)|load more(?: posts)?|more posts|berita (?:lama|sebelumnya)|lama)\W*$|^\W*[›»→>]{1,2}\W*$`)
	olderClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:next|nextpostslink|older|loadmore|load-more|nav-previous|older-posts|js-load)(?:$|[\s_-])|blog-pager-older-link`)
	pageKeys   = wordSet("page hal halaman paged pg start offset limitstart per_page pageno page_no hlm p_page pagenum number_page")
	blogPager  = wordSet("updated-max start-index")
	groupWords = wordSet("kategori category cat kanal rubrik topik topic label tag section")
	lastNumber = regexp.MustCompile(`\d+`)
)

// older finds the next page of the list. In order of trust: what says rel=next,
// what has the class of such a link, page numbers, what reads like "Selanjutnya",
// what counts on by one, whatever it reads like.
// A link to an article is never it: themes link the next article the same way.
// guessed tells that the page names none and its CMS has one by default.
func (r *reader) older() (address string, guessed bool) {
	best, rank := "", 0
	offer := func(ref string, value int) {
		if value <= rank {
			return
		}
		if target, ok := r.continues(ref); ok {
			best, rank = target, value
		}
	}
	for n := range r.root.Descendants() {
		if n.DataAtom == atom.Link && hasWord(attr(n, "rel"), "next") {
			offer(attr(n, "href"), 5)
		}
	}
	for _, a := range r.found.anchors {
		switch {
		case hasWord(a.rel, "next"):
			offer(a.ref, 6)
		case olderClass.MatchString(a.classes) || olderClass.MatchString(attr(a.node, "id")) || a.node.Parent != nil && olderClass.MatchString(attr(a.node.Parent, "class")):
			offer(a.ref, 4)
		case olderText.MatchString(strings.TrimSpace(a.text)) || olderText.MatchString(a.title):
			offer(a.ref, 2)
		case rank == 0 && r.follows(a.ref):
			offer(a.ref, 1)
		}
	}
	if rank < 4 {
		if numbered := r.nextNumber(); numbered != "" {
			best, rank = numbered, 3
		}
	}
	if rank == 0 {
		best = r.guessOlder()
	}
	return best, rank == 0 && best != ""
}

// follows tells whether a reference is the page's own address but for the
// number of the page, which is one more.
func (r *reader) follows(ref string) bool {
	if r.page.URL == nil {
		return false
	}
	u, err := url.Parse(r.page.Resolve(strings.TrimSpace(ref)))
	if err != nil || bareHost(u) != bareHost(r.page.URL) {
		return false
	}
	number, paged := pageNumber(u)
	if current, counted := pageNumber(r.page.URL); counted {
		return paged && number == current+1 && stem(u) == stem(r.page.URL)
	}
	if !paged || number != 2 {
		return false
	}
	path, own := strings.TrimSuffix(u.Path, "/"), strings.TrimSuffix(r.page.URL.Path, "/")
	if u.RawQuery == r.page.URL.RawQuery {
		folder, found := strings.CutPrefix(path, own+"/")
		folder, _, _ = strings.Cut(folder, "/")
		return found && pageKeys[strings.ToLower(folder)]
	}
	added, last := u.RawQuery, strings.TrimPrefix(u.RawQuery, r.page.URL.RawQuery+"&")
	if r.page.URL.RawQuery != "" {
		added = last
	}
	key, value, _ := strings.Cut(strings.ToLower(added), "=")
	return path == own && pageKeys[key] && value == "2"
}

func hasWord(s, word string) bool { return slices.Contains(strings.Fields(strings.ToLower(s)), word) }

// continues makes a reference absolute when it can be a further page of the
// same list.
func (r *reader) continues(ref string) (string, bool) {
	u, err := url.Parse(r.page.Resolve(strings.TrimSpace(ref)))
	if err != nil || u.Host == "" || !r.site.covers(u) || !isReference(ref) || isFile(u.Path) {
		return "", false
	}
	if _, bad := Trap(u.String(), nil); bad {
		return "", false
	}
	target, err := Address(settle(u, r.page.URL).String())
	if err != nil {
		return "", false
	}
	if u, err = url.Parse(target); err != nil {
		return "", false
	}
	number, paged := pageNumber(u)
	if r.page.URL != nil {
		if self, err := Address(r.page.URL.String()); err == nil && self == target {
			return "", false
		}
		if current, ok := pageNumber(r.page.URL); ok && paged && stem(u) == stem(r.page.URL) && number <= current {
			return "", false // the way back
		}
	}
	if !paged && r.model.Score(target) >= 1 {
		return "", false // the next article
	}
	return target, paged || r.model.Score(target) < 0
}

// pageNumber reads the number of a list's page from an address; a page of
// Blogger is named by a moment and has number 0.
func pageNumber(u *url.URL) (number int, ok bool) {
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		key, value, _ := strings.Cut(strings.ToLower(pair), "=")
		if blogPager[key] {
			return 0, true
		}
		if pageKeys[key] && isNumber(value) {
			return atoi(value), true
		}
	}
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	last := strings.ToLower(pageEnding.ReplaceAllString(segments[len(segments)-1], ""))
	if key, value, found := strings.Cut(last, ":"); found && pageKeys[key] && isNumber(value) {
		return atoi(value), true // CakePHP's /berita/page:2
	}
	before := ""
	if len(segments) > 1 {
		before = strings.ToLower(segments[len(segments)-2])
	}
	if isNumber(last) && len(last) <= 4 && !yearPart.MatchString(before) && !groupWords[before] {
		if pageKeys[before] || vocabulary[before] < 0 || len(segments) <= 4 && !yearPart.MatchString(last) && len(last) <= 3 {
			return atoi(last), true
		}
	}
	if i := strings.LastIndexAny(last, "-_"); i > 0 && isNumber(last[i+1:]) && countWords(last) <= 3 && len(last)-i <= 5 && u.RawQuery == "" {
		return atoi(last[i+1:]), true // semua-berita-2.html
	}
	return 0, false
}

// stem is an address without its page number, to see whether two pages belong
// to one list.
func stem(u *url.URL) string {
	text := strings.TrimSuffix(u.EscapedPath(), "/") + "?" + u.RawQuery
	all := lastNumber.FindAllStringIndex(text, -1)
	if len(all) == 0 {
		return bareHost(u) + text
	}
	last := all[len(all)-1]
	return bareHost(u) + text[:last[0]] + "#" + text[last[1]:]
}

// nextNumber finds the page after this one among links that are only numbers.
func (r *reader) nextNumber() string {
	type numbered struct {
		target string
		number int
	}
	lists := map[string][]numbered{}
	for _, a := range r.found.anchors {
		if text := strings.Trim(a.text, " []()"); !isNumber(text) || len(text) > 4 {
			continue
		}
		u, err := url.Parse(r.page.Resolve(strings.TrimSpace(a.ref)))
		if err != nil || u.Host == "" || !r.site.covers(u) {
			continue
		}
		if _, bad := Trap(u.String(), nil); bad {
			continue
		}
		target, err := Address(settle(u, r.page.URL).String())
		if err != nil {
			continue
		}
		if u, err = url.Parse(target); err != nil {
			continue
		}
		if number, ok := pageNumber(u); ok {
			lists[stem(u)] = append(lists[stem(u)], numbered{target, number})
		}
	}
	best, least, size := "", 0, 0
	for key, list := range lists {
		current := 1
		if list[0].number > 9 || list[len(list)-1].number > 30 {
			current = 0 // offsets, not page numbers
		}
		if r.page.URL != nil && stem(r.page.URL) == key {
			current, _ = pageNumber(r.page.URL)
		}
		for _, n := range list {
			if n.number > current && (len(list) > size || len(list) == size && n.number < least) {
				best, least, size = n.target, n.number, len(list)
			}
		}
	}
	return best
}

var wordpressPage = regexp.MustCompile(`^(.*)/page/(\d{1,4})$`)

// guessOlder is /page/2/ and so on of WordPress lists that load more by script.
func (r *reader) guessOlder() string {
	u := r.page.URL
	if u == nil || u.RawQuery != "" || !bytes.Contains(r.page.Body, []byte("/wp-content/")) {
		return ""
	}
	listed := 0
	for _, l := range r.links {
		if l.score >= likely && !l.side && !l.menu {
			listed++
		}
	}
	list, current := strings.TrimSuffix(u.Path, "/"), 1
	if m := wordpressPage.FindStringSubmatch(list); m != nil {
		list, current = m[1], atoi(m[2])
	}
	first := strings.Split(strings.Trim(list, "/"), "/")[0]
	if listed < 5 || first != "" && first != "category" && first != "kategori" {
		return ""
	}
	next := *u
	next.Path = list + "/page/" + strconv.Itoa(current+1) + "/"
	next.RawPath, next.Fragment = "", ""
	return next.String()
}

// refresh is where a page sends its visitors by itself: a splash page with a
// meta refresh or one line of script.
func (r *reader) refresh() string {
	for n := range r.root.Descendants() {
		if n.DataAtom == atom.Meta && strings.EqualFold(attr(n, "http-equiv"), "refresh") {
			_, target, found := strings.Cut(strings.ToLower(attr(n, "content")), "url=")
			if found {
				start := len(attr(n, "content")) - len(target)
				return strings.Trim(attr(n, "content")[start:], ` '"`)
			}
		}
		if n.DataAtom == atom.Script && n.FirstChild != nil && len(r.found.anchors) < 5 {
			if m := scriptedLink.FindStringSubmatch(cut(n.FirstChild.Data, maxText)); m != nil {
				return m[1]
			}
		}
	}
	return ""
}
