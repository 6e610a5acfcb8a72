package discover

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// sectionWords weigh words of addresses that lead to lists of articles.
var sectionWords = map[string]int{
	"berita": 5, "news": 5, "semua-berita": 6, "indeks": 6, "index": 4, "terbaru": 5, "terkini": 5, "latest": 5, "arsip-berita": 5, "artikel": 4,
	"posts": 4, "post": 3, "blog": 3, "warta": 4, "kabar": 4, "list-berita": 5, "berita-terbaru": 5, "berita-terkini": 5, "informasi": 2,
	"siaran-pers": 4, "pengumuman": 2, "kategori": 3, "category": 3, "kanal": 3, "rubrik": 3, "topik": 2, "label": 3, "section": 3,
	"itemlist": 3, "daerah": 2, "arsip": 3, "archive": 1, "opini": 1,
}

// sections are further lists of the portal. A menu entry counts by the words
// of its address; a short path in a menu may be one as well.
func (r *reader) sections(older string) []string {
	type section struct {
		address string
		weight  int
	}
	var found []section
	if target := r.refresh(); target != "" {
		if u, err := url.Parse(r.page.Resolve(target)); err == nil && u.Host != "" && r.site.covers(u) {
			found = append(found, section{u.String(), 100})
		}
	}
	for _, l := range r.links {
		if l.score >= likely || l.item.URL == older || l.near || r.isSelf(l) {
			continue
		}
		if weight := l.section(); weight > 0 {
			found = append(found, section{l.item.URL, weight})
		}
	}
	slices.SortStableFunc(found, func(a, b section) int { return b.weight - a.weight })
	var addresses []string
	for _, s := range found[:min(len(found), maxSections)] {
		addresses = append(addresses, s.address)
	}
	return addresses
}

// newsWords are what a list of articles is called.
var newsWords = []string{"berita", "news", "artikel", "warta", "kabar"}

// isNewsCompound tells words of addresses that are written in one or with
// underscores, such as semuaberita or list_news.
func isNewsCompound(word string) bool {
	return !strings.Contains(word, "-") && slices.ContainsFunc(newsWords, func(news string) bool {
		return word != news && (strings.HasPrefix(word, news) || strings.HasSuffix(word, news))
	})
}

var sectionText = regexp.MustCompile(`(?i)^\W*(?:(?:lihat|baca|tampilkan|semua|indeks|index|arsip|daftar|kumpulan|seputar|portal)\s+){0,3}` +
	`(?:berita|news|artikel|warta|kabar|indeks|arsip)(?:\s+(?:terbaru|terkini|terbarunya|lainnya|lain|daerah|utama|semua|lengkap|selengkapnya|kami|kota|kabupaten|desa)){0,2}\W*$`)

// monthPath is the address of all that was published in a month.
var monthPath = regexp.MustCompile(`/20\d\d/(?:0?[1-9]|1[0-2])/?$`)

// saysSection tells whether the text of a link names a list of news.
func saysSection(text string) bool { return len(text) <= 60 && sectionText.MatchString(text) }

// section weighs a link as one to a list; 0 is none.
func (l *link) section() int {
	if number, paged := pageNumber(l.url); paged && number != 1 {
		return 0
	}
	path := strings.Trim(l.url.Path, "/")
	if path == "" && l.url.RawQuery == "" || isPhrase(l.shape.last) {
		return 0
	}
	weight := 0
	for _, word := range l.shape.words {
		listed := sectionWords[word]
		if first, _, found := strings.Cut(word, "-"); found && listed == 0 {
			listed = sectionWords[first]
		}
		if word == "search" && slices.Contains(l.shape.words, "label") {
			continue // Blogger's labels
		}
		if listed == 0 && vocabulary[word] <= 0 && isNewsCompound(word) {
			listed = 4
		}
		if vocabulary[word] <= -5 && listed == 0 || word == "tag" || word == "tags" || word == "laman" || word == "assets" || word == "profil" {
			return 0
		}
		weight = max(weight, listed)
	}
	if monthPath.MatchString(l.url.Path) && l.url.RawQuery == "" && l.words > 0 {
		weight = max(weight, 2)
	}
	if saysSection(l.item.Title) && worstWord(l.shape.words) > -4 {
		weight = max(weight, 5)
	}
	plain := l.menu && l.url.RawQuery == "" && l.shape.depth <= 2 && l.shape.slug <= 2 && !l.shape.number && l.words >= 1 && l.words <= 4 && l.shape.ending == ""
	if weight == 0 && plain && l.shape.prior() > -3.5 {
		weight = 1
	}
	return weight
}
