package extract

import (
	"slices"
	"strings"
)

// Bounds of the search in a page's state.
const maxStateObjects = 20_000

// fromState claims what the data of the page's own program says, on pages
// that say too little elsewhere. The object that counts is the one whose title
// is the page's.
func (c *claims) fromState() {
	if len(c.States) == 0 || len(c.raw.Published) > 0 && len(c.raw.Authors) > 0 && len(c.raw.Titles) > 1 {
		return
	}
	told := c.toldTitles()
	for _, state := range c.States {
		tree := readJSON(state.Text)
		if id := tree.articleIn(told); id != 0 {
			c.stateObject(tree, id)
			slug := Slug(c.Page.URL)
			c.addressed = slug != "" && agreement(Key(plainText(tree.firstString(id, stateTitle))), []string{slug}) >= 0.8
			return
		}
	}
}

// stateTitle, stateDate … are the usual keys.
var (
	stateTitle    = []string{"headline", "title", "judul", "name"}
	stateDate     = []string{"datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "publishedDate", "published_date", "published", "publishTime", "publicationDate", "firstPublished", "displayDate", "display_date", "createdAt", "created_at", "date", "tanggal"}
	stateModified = []string{"dateModified", "updatedAt", "updated_at", "modifiedAt", "modified", "lastModified", "lastUpdated", "last_updated_date"}
	stateAuthor   = []string{"author", "authors", "byline", "penulis", "writer", "reporter", "creator"}
)

// articleIn finds the object that tells this page's article: it has a title
// that the page agrees with, and of those the most other fields.
func (t *jsonTree) articleIn(told []string) int32 {
	best, bestScore := int32(0), 0
	objects := 0
	for i := range t.nodes {
		id := int32(i)
		if t.nodes[i].kind != '{' || objects >= maxStateObjects {
			continue
		}
		objects++
		title := t.firstString(id, stateTitle)
		if len(title) < 8 || len(title) > maxHeadingText {
			continue
		}
		dated, authored := t.dateOf(id) != "", t.hasAny(id, stateAuthor)
		if !dated && !authored {
			continue
		}
		score := 0
		if dated {
			score += 2
		}
		if authored {
			score++
		}
		if agreement(Key(plainText(title)), told) < 0.8 {
			if len(told) > 0 {
				continue
			}
		} else {
			score += 4
		}
		if score > bestScore {
			best, bestScore = id, score
		}
	}
	return best
}

// firstString is the first member among keys that is a text or a number.
func (t *jsonTree) firstString(id int32, keys []string) string {
	for _, key := range keys {
		if m := t.get(id, key); m != 0 && t.nodes[m].kind != '{' && t.nodes[m].kind != '[' {
			if s := strings.TrimSpace(t.text(m)); s != "" {
				return s
			}
		}
	}
	return ""
}

// Words in the keys of a date of publication, in English and Indonesian, and in
// those of other moments.
var (
	publishedWords = []string{"publi", "terbit", "tayang", "rilis", "tanggal", "tgl", "posted", "created", "dibuat", "waktu", "date"}
	otherWords     = []string{"updat", "modif", "ubah", "mulai", "selesai", "akhir", "berlaku", "expir", "start", "end", "event", "lahir", "birth", "delet", "hapus", "publisher", "valid"}
)

// dateOf is the date of publication of an object: under a usual key, else
// under the first whose words speak of publication.
func (t *jsonTree) dateOf(id int32) string {
	if date := t.firstString(id, stateDate); date != "" {
		return date
	}
	for m := t.nodes[id].first; m != 0; m = t.nodes[m].next {
		n := &t.nodes[m]
		if n.kind != '"' || len(n.key) > 40 || len(n.text) < 6 || len(n.text) > 60 || !strings.ContainsAny(n.text, "0123456789") {
			continue
		}
		if key := strings.ToLower(n.key); holdsAny(key, publishedWords) && !holdsAny(key, otherWords) {
			return t.text(m)
		}
	}
	return ""
}

func holdsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}

func (t *jsonTree) hasAny(id int32, keys []string) bool {
	for _, key := range keys {
		if t.get(id, key) != 0 {
			return true
		}
	}
	return false
}

func (c *claims) stateObject(t *jsonTree, id int32) {
	c.title(plainText(t.firstString(id, stateTitle)), "state", "", 0)
	c.published(t.dateOf(id), "state", "", 0)
	c.modified(t.firstString(id, stateModified), "state", "", 0)
	for _, key := range stateAuthor {
		names := t.people(t.get(id, key), nil, 0)
		for i, name := range names {
			c.author(plainText(name), "state", "", i)
		}
		if len(names) > 0 {
			return
		}
	}
}
