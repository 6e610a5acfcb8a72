package extract

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"kabar/storage/news"
)

// signs are what tells the kind of a page.
type signs struct {
	words     int  // of the body
	running   int  // of its long paragraphs
	longest   int  // words of the longest paragraph
	teasers   int  // headings and titles that are links, outside of menus and foot
	cards     int  // most equal boxes side by side with a linked text each
	cardWords int  // words in them
	cardBody  int  // of those, words that were taken for body
	linked    int  // share of link text in what is neither menu nor foot, percent
	article   bool // the page's metadata calls it an article
	listed    bool // or a collection
	root      bool // the address is that of a front page
	numbered  bool // the address has a number of four digits or more, an id or a date
	path      bool // the address or the title names a category, tag, search or the like
	slug      bool // the last part of the address looks like a title
	titled    bool // an h1 or another heading agrees with <title>
	prices    int  // lines that are an amount of money
	dated     bool // the page claims a day of publication
	authored  bool // and an author
}

// signsOf gathers them.
func signsOf(s *Survey, raw *Raw) signs {
	var g signs
	g.dated, g.authored = isDated(raw.Published), len(raw.Authors) > 0
	for i := range raw.Body {
		b := &raw.Body[i]
		if b.Kind == news.Picture {
			continue
		}
		w := countWords(b.Plain())
		g.words += w
		if b.Kind == news.Paragraph || b.Kind == news.Quote {
			g.longest = max(g.longest, w)
			if w >= 20 {
				g.running += w
			}
		}
	}
	linked, text := 0, 0
	for i := range s.Blocks {
		b := &s.Blocks[i]
		if b.Hidden || s.Boxes[b.Box].Within&(RoleNav|RoleFooter|RoleAside|RoleHeader|RoleTags) != 0 {
			continue
		}
		linked += b.LinkBytes
		text += len(b.Text)
		if isPrice(b.Text) {
			g.prices++
		}
		if b.Words >= 4 && b.LinkBytes*10 >= len(b.Text)*8 &&
			(b.Level > 0 || s.Boxes[b.Box].Within&RoleTitle != 0) && i != s.Heading {
			g.teasers++
		}
	}
	g.linked = linked * 100 / max(text, 1)
	g.cards, g.cardWords, g.cardBody = s.cards()
	g.titled = s.Heading >= 0
	g.claims(s)
	for _, word := range [...]string{"indeks", "kategori", "category", "tag", "tags", "arsip", "archive", "archives", "topik", "topic", "label"} {
		first, _, _ := strings.Cut(lower(s.Title), " ")
		g.path = g.path || strings.TrimRight(first, ":") == word
	}
	g.address(s.Page.URL.Host, s.Page.URL.Path, s.Page.URL.RawQuery)
	return g
}

// farDate is how many blocks from the headline a day is no longer that of the
// page, and fewListed how many days in one place are the days of a list.
const (
	farDate   = 15
	fewListed = 4
)

// isDated tells whether a page has a day of its own: one that it tells
// machines, or one near its headline that is not one of a list.
func isDated(claims []Claim) bool {
	for i := range claims {
		c := &claims[i]
		if c.Where == "" {
			return true
		}
		if c.Weight > farDate {
			continue
		}
		same := 0
		for j := range claims {
			if claims[j].Where == c.Where {
				same++
			}
		}
		if same < fewListed {
			return true
		}
	}
	return false
}

// isPrice tells short lines that are an amount of money, as shops print them.
func isPrice(text string) bool {
	if len(text) < 2 || len(text) > 24 {
		return false
	}
	for _, sign := range [...]string{"$", "€", "£", "Rp", "US$", "USD", "IDR"} {
		rest := strings.TrimLeft(strings.TrimPrefix(text, sign), ". \u00a0")
		if len(rest) < len(text) && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return true
		}
	}
	return false
}

// claims reads what the metadata says.
func (g *signs) claims(s *Survey) {
	for _, m := range s.Metas {
		switch {
		case m.Name == "og:type":
			v := lower(m.Content)
			g.article = g.article || strings.Contains(v, "article") || v == "blog"
			g.listed = g.listed || v == "website"
		case m.Name == "article:published_time":
			g.article = true
		}
	}
	g.article = g.article || s.addressed
	if len(s.JSONLD) > 0 {
		told := s.linked()
		g.article = g.article || told.Type != ""
		g.listed = g.listed || told.Listing
	}
}

// address reads the path and query of the page's address.
func (g *signs) address(host, path, query string) {
	path = strings.Trim(strings.ToLower(path), "/")
	g.root = path == "" && host != "" || path == "index.html" || path == "index.php" || path == "home"
	if g.root && query != "" {
		g.root = false
	}
	for part := range strings.SplitSeq(path, "/") {
		switch part {
		case "category", "categories", "kategori", "tag", "tags", "topic", "topics", "topik", "label", "search", "cari", "author", "penulis", "archive", "archives", "arsip", "page", "kanal", "rubrik", "section", "indeks", "index":
			g.path = true
		}
	}
	g.numbered = hasNumber(path, 4)
	last := path[strings.LastIndexByte(path, '/')+1:]
	g.slug = strings.Count(last, "-")+strings.Count(last, "_") >= 3 || strings.HasSuffix(last, ".html") && strings.Count(last, "-") >= 2
	for pair := range strings.SplitSeq(query, "&") {
		key, _, _ := strings.Cut(pair, "=")
		switch key {
		case "s", "q", "search", "cari", "keyword", "updated-max", "tag", "cat", "kategori", "label":
			g.path = true
		}
	}
}

// hasNumber tells whether a text has a run of that many digits.
func hasNumber(text string, digits int) bool {
	run := 0
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			run = 0
			continue
		}
		if run++; run >= digits {
			return true
		}
	}
	return false
}

// cards finds the most equal boxes with the same parent that hold a link or
// several texts, with few words each; how many words there are in them, and how
// many of those are body.
func (s *Survey) cards() (count, words, body int) {
	type group struct{ boxes, words, body int }
	groups := make(map[uint64]group)
	for i := 1; i < len(s.Boxes); i++ {
		b := &s.Boxes[i]
		if b.Within&(RoleNav|RoleFooter|RoleAside|RoleHeader|RoleHidden|RoleComment) != 0 || b.First == b.Last {
			continue
		}
		if b.Node.DataAtom == atom.P || b.Last-b.First > 20 {
			continue
		}
		w, kept, link := 0, 0, false
		for j := b.First; j < b.Last; j++ {
			bl := &s.Blocks[j]
			w += bl.Words
			link = link || bl.LinkBytes > 0
			if s.kept != nil && s.kept[j] {
				kept += bl.Words
			}
		}
		if !link && b.Last-b.First < 2 || w > 150 || w < 3 {
			continue
		}
		key := (b.Sig ^ uint64(b.Parent)) * fnvPrime
		g := groups[key]
		g.boxes++
		g.words += w
		g.body += kept
		groups[key] = g
	}
	for _, g := range groups {
		if g.words > words && g.boxes >= 4 {
			count, words, body = g.boxes, g.words, g.body
		}
	}
	return count, words, body
}

// points add up what speaks for an article. About a point is a paragraph.
func (g signs) points() float64 {
	p := math.Min(float64(g.running)/40, 6) + math.Min(float64(g.words)/100, 1)
	p += when(g.article, 2) + when(g.dated, 1.5) + when(g.authored, 1.5) + when(g.titled, 0.5)
	p += when(g.slug, 1.5) + when(g.numbered, 2.5)
	p -= when(!g.article && !g.dated && !g.authored, 1) + when(g.root, 3) + when(g.path && !g.slug, 1.5)
	// An article may stand beside many cards of others; what is none has
	// little else.
	doubt := 1.0
	if g.article {
		doubt = 0.4
	}
	p -= when(g.listed, 2) * doubt
	if g.cards >= 4 {
		share := float64(g.cardWords) / float64(max(g.running, g.words-g.cardBody)+1)
		p -= (when(share > 3, 1) + when(share > 1, 1) + when(share > 0.5, 1)) * doubt
		p -= when(g.cardBody*2 > g.words, 4) * doubt * when(g.running < 250, 1)
		p -= when(g.cardBody*2 > g.words && g.running < 20, 4)
	}
	p -= (when(g.teasers >= 8, 1.5) + when(g.linked >= 35, 1)) * doubt
	return p - g.catalog()
}

// catalog adds up what hardly any article shows, whatever it claims to be: a
// page made of links, of headings that lead elsewhere, of goods.
func (g signs) catalog() float64 {
	p := 0.0
	unclaimed := !g.article && !g.dated && !g.authored
	if g.linked >= 50 && !g.numbered && (unclaimed || g.words < 60 && g.teasers >= 8) {
		p += 5
	}
	if g.linked >= 80 && g.words < 100 && !g.numbered {
		p += 8
	}
	if g.teasers >= 8 && g.running < 250 && g.cardBody*10 >= g.words*9 {
		p += 7
	}
	if g.listed && unclaimed && g.running < 200 && !g.slug && !g.numbered {
		p += 2
	}
	if g.prices >= 8 && unclaimed {
		p += 5
	}
	return p
}

func when(is bool, points float64) float64 {
	if is {
		return points
	}
	return 0
}

// articlePoints is how many points an article has at least.
const articlePoints = 0.9

// kindOf tells articles from other pages, after the body and the claims are
// known.
func kindOf(s *Survey, raw *Raw) (Kind, string) {
	g := signsOf(s, raw)
	if why := notForReaders(s, g); why != "" {
		return KindOther, why
	}
	points := g.points()
	switch {
	case g.words == 0:
		if g.cards >= 4 || g.teasers >= 4 {
			return KindListing, "no text of its own, but links to articles"
		}
		return KindOther, "no text"
	case points >= articlePoints:
		return KindArticle, fmt.Sprintf("%d words of running text speak for an article (%.1f points)", g.running, points)
	case g.cards >= 4 || g.teasers >= 4 || g.root || g.path || g.linked >= 35 || g.listed:
		return KindListing, fmt.Sprintf("%d cards and %d linked headings beside %d words of running text (%.1f points)", g.cards, g.teasers, g.running, points)
	default:
		return KindOther, fmt.Sprintf("only %d words of running text (%.1f points)", g.running, points)
	}
}

// Reasons of pages that a site shows instead of the one that was asked for.
const (
	whyChallenge = "a challenge"
	whyRefusal   = "a refusal"
	whyLogin     = "a log-in"
)

// Withheld tells whether the site kept the page back and showed a challenge, a
// refusal or a log-in instead; what it keeps may well be an article.
func (r Raw) Withheld() bool {
	return r.Kind == KindOther && (r.KindWhy == whyChallenge || r.KindWhy == whyRefusal || r.KindWhy == whyLogin)
}

// notForReaders tells pages that stand in the place of an article: errors,
// challenges, log-ins, calendars. It returns "" for others.
func notForReaders(s *Survey, g signs) string {
	if s.Page.Status >= 400 {
		return fmt.Sprintf("the server answered %d", s.Page.Status)
	}
	if g.running >= 150 {
		return ""
	}
	title := lower(s.Title)
	heading := ""
	if s.Heading >= 0 {
		heading = lower(s.Blocks[s.Heading].Text)
	}
	for _, sign := range [...]struct{ words, why string }{
		{"just a moment", whyChallenge}, {"attention required", whyChallenge}, {"checking your browser", whyChallenge},
		{"verify you are human", whyChallenge}, {"are you a robot", whyChallenge}, {"access denied", whyRefusal},
		{"ddos protection", whyChallenge}, {"captcha", whyChallenge},
		{"404", "a page that is not there"}, {"not found", "a page that is not there"}, {"tidak ditemukan", "a page that is not there"},
		{"tidak tersedia", "a page that is not there"}, {"nothing found", "a page that is not there"}, {"page doesn't exist", "a page that is not there"},
		{"tidak ada hasil", "an empty search"}, {"hasil pencarian", "a search"}, {"search results", "a search"},
	} {
		short := g.running < 60
		if short && (strings.Contains(title, sign.words) || strings.Contains(heading, sign.words)) {
			return sign.why
		}
	}
	if s.Passwords > 0 && g.running < 60 && !g.article && g.words < 60 && g.cards < 4 {
		return whyLogin
	}
	if s.isCalendar() && g.words < 40 {
		return "a calendar"
	}
	return ""
}

// isCalendar tells whether at least 20 cells of tables are the days
// of a month, one after the other.
func (s *Survey) isCalendar() bool {
	next, run := 1, 0
	for i := range s.Blocks {
		text := s.Blocks[i].Text
		if len(text) > 2 || s.Boxes[s.Blocks[i].Box].Node.DataAtom != atom.Td {
			continue
		}
		n, err := strconv.Atoi(text)
		switch {
		case err != nil:
		case n == next:
			run++
			next++
		case n == 1:
			run, next = 1, 2
		}
		if run >= 20 {
			return true
		}
	}
	return false
}
