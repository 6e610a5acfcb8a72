package normalize

import (
	"strings"

	"kabar/crawler/extract"
)

// Bounds of names.
const (
	maxByline    = 400 // bytes
	maxAuthors   = 12
	maxNameWords = 6
	maxNameBytes = 80
	sameByline   = 3 // blocks over which one byline may spread
)

// AuthorContext is what is known about a page besides its own claims.
type AuthorContext struct {
	Site []string // names of the site; they are no authors
}

// ChooseAuthors decides who wrote an article, and says why in plain words.
// Names told to machines win over visible bylines, unless they are only an
// account name, a desk or the site itself. Names come without titles of
// office, dates, addresses and counters.
func ChooseAuthors(claims []extract.Claim, c AuthorContext) (names []string, why string) {
	sites := map[string]bool{}
	for _, name := range c.Site {
		if key := squeeze(name); key != "" {
			sites[key] = true
		}
	}
	groups := authorGroups(claims, sites)
	best := -1
	for i := range groups {
		groups[i].support(groups, sites)
		if best < 0 || groups[i].score > groups[best].score {
			best = i
		}
	}
	if best < 0 {
		return nil, "nobody is named"
	}
	return groups[best].names, authorReason(groups[best].origin)
}

func authorReason(origin string) string {
	switch origin {
	case "rule":
		return "a rule of the portal names them"
	case "byline", "text", "rel":
		return "named in the byline on the page"
	}
	return "told to machines by " + origin
}

// authorGroup are the names that one origin gives together.
type authorGroup struct {
	origin string
	names  []string
	keys   map[string]bool // words of all names
	weight int             // of the nearest claim
	score  float64
}

// authorGroups reads the claims; those of one origin and place belong
// together, as do all of JSON-LD.
func authorGroups(claims []extract.Claim, sites map[string]bool) []authorGroup {
	var groups []authorGroup
	at := map[string]int{}
	for _, claim := range claims {
		if claim.Origin == "signature" {
			continue // it is read where bylines are, see takeBylines
		}
		names := withoutSites(ReadNames(claim.Value), sites)
		if len(names) == 0 {
			continue
		}
		id := claim.Origin + " " + claim.Where
		i, known := at[id]
		if known && claim.Weight > groups[i].weight+sameByline {
			continue
		}
		if known && claim.Weight+sameByline < groups[i].weight {
			groups[i] = authorGroup{origin: claim.Origin, weight: claim.Weight, keys: map[string]bool{}}
		}
		if !known {
			i = len(groups)
			at[id] = i
			groups = append(groups, authorGroup{origin: claim.Origin, weight: claim.Weight, keys: map[string]bool{}})
		}
		groups[i].add(names)
	}
	return groups
}

func (g *authorGroup) add(names []string) {
	for _, name := range names {
		if len(g.names) >= maxAuthors || containsName(g.names, name) {
			continue
		}
		g.names = append(g.names, name)
		for w := range strings.SplitSeq(extract.Key(name), " ") {
			g.keys[w] = true
		}
	}
}

func containsName(names []string, name string) bool {
	key := extract.Key(name)
	for _, n := range names {
		if extract.Key(n) == key {
			return true
		}
	}
	return false
}

// withoutSites drops the site from a list of people; alone it stays, as the
// only one that the page names.
func withoutSites(names []string, sites map[string]bool) []string {
	if len(names) < 2 {
		return names
	}
	kept := make([]string, 0, len(names))
	for _, name := range names {
		if !sites[squeeze(name)] {
			kept = append(kept, name)
		}
	}
	if len(kept) == 0 {
		return names
	}
	return kept
}

// support scores a group by its origin, by who else names the same people and
// by what kind of names they are.
func (g *authorGroup) support(all []authorGroup, sites map[string]bool) {
	g.score = authorRank(g.origin)
	others := map[string]bool{}
	for i := range all {
		o := &all[i]
		if o.origin != g.origin && !others[o.origin] && sameWords(g.keys, o.keys) {
			others[o.origin] = true
			g.score += 0.15
		}
	}
	if g.weight > 0 {
		g.score -= min(0.3, 0.008*float64(g.weight))
	}
	visible := g.origin == "byline" || g.origin == "text" || g.origin == "rel"
	if g.isShortOf(all) {
		g.score -= 0.4
	}
	for _, name := range g.names {
		switch {
		case sites[squeeze(name)]:
			g.score -= 0.5 / float64(len(g.names))
		case isDesk(name):
			g.score -= 0.5 / float64(len(g.names))
		case isAccount(name):
			g.score -= 0.35 / float64(len(g.names))
		case visible && !strings.ContainsRune(name, ' '):
			g.score -= 0.1 / float64(len(g.names)) // a single word is rather a label
		}
	}
}

// isShortOf tells whether the group is one word of a full name that another
// group has.
func (g *authorGroup) isShortOf(all []authorGroup) bool {
	if len(g.names) != 1 || len(g.keys) != 1 {
		return false
	}
	for i := range all {
		o := &all[i]
		if len(o.names) != 1 || len(o.keys) < 2 || len(o.keys) > 3 {
			continue
		}
		for w := range g.keys {
			if o.keys[w] {
				return true
			}
		}
	}
	return false
}

func sameWords(a, b map[string]bool) bool {
	if len(a) != len(b) {
		return false
	}
	for w := range a {
		if !b[w] {
			return false
		}
	}
	return true
}

// authorRank orders the origins by how often they are right.
func authorRank(origin string) float64 {
	switch origin {
	case "rule":
		return 10
	case "jsonld":
		return 0.9
	case "state":
		return 0.75
	case "rel":
		return 0.75
	case "byline":
		return 0.72
	case "microdata":
		return 0.78
	case "jsonld:page":
		return 0.6
	case "text":
		return 0.6
	case "twitter":
		return 0.65
	}
	return 0.7 // a meta name
}

// isDesk tells the names that stand for nobody in particular.
func isDesk(name string) bool {
	key := extract.Key(name)
	if deskNames[key] {
		return true
	}
	for w := range strings.SplitSeq(key, " ") {
		if deskNames[w] && extract.KeyWords(key) <= 3 {
			return true
		}
	}
	return false
}

var deskNames = map[string]bool{
	"admin": true, "administrator": true, "redaksi": true, "editor": true, "editors": true, "editorial": true, "staff": true, "webmaster": true,
	"redaktion": true, "redacción": true, "redazione": true, "rédaction": true, "newsroom": true, "desk": true, "team": true, "tim": true, "root": true,
	"superadmin": true, "user": true, "author": true, "unknown": true, "guest": true, "online": true, "newsdesk": true,
}

// isAccount tells a login name: one word with a digit or without capitals.
func isAccount(name string) bool {
	if strings.ContainsRune(name, ' ') {
		return false
	}
	return strings.ToLower(name) == name || strings.ContainsAny(name, "0123456789_@")
}
