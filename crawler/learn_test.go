package crawler_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"kabar/crawler"
	"kabar/storage/news"
	"kabar/storage/sqlite"
)

// promo is a paragraph that a portal prints in every article.
const promo = "Unduh aplikasi Kabar Nagari di toko kesayangan Anda, dan nikmati berita pilihan dari nagari setiap pagi tanpa biaya apa pun."

// forgetful is a store that cannot look up articles.
type forgetful struct{ *sqlite.Store }

func (forgetful) ArticleAt(context.Context, string) (news.Article, error) {
	return news.Article{}, errors.New("the disk is gone")
}

// changes is the log so far, by kind.
func (c *crawl) changes(t *testing.T) map[news.ChangeKind]int {
	t.Helper()
	log, err := c.Changes(t.Context(), 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	kinds := make(map[news.ChangeKind]int)
	for _, change := range log {
		kinds[change.Kind]++
	}
	return kinds
}

func TestTemplateIsLearnedAndEarlyPagesAreCorrected(t *testing.T) {
	s := newSite(t, "blog", posts(10, 5*time.Hour))
	s.promo = promo
	c := newCrawl(t)
	c.options.MaxArticles = 4 // too few to learn from
	c.run(t, s.definition("nagari"))
	early := c.stored(t, s, "nagari")
	for path, a := range early {
		if !strings.Contains(a.Text(), promo) {
			t.Fatalf("%s: the page alone is read without the paragraph that is to be dropped later", path)
		}
	}
	learned, err := crawler.Recall(t.Context(), c, "nagari")
	if err != nil || learned.Template != nil {
		t.Fatalf("after four articles the template is %+v, %v, want none", learned.Template, err)
	}

	c.later(time.Hour, s)
	c.crawler, c.options.MaxArticles = nil, 0
	c.run(t, s.definition("nagari"))
	c.wantPosts(t, s, "nagari", s.posts) // without the paragraph
	learned, err = crawler.Recall(t.Context(), c, "nagari")
	if err != nil || learned.Template == nil || len(learned.Template.Layouts) != 1 {
		t.Fatalf("after ten articles the template is %+v, %v", learned.Template, err)
	}
	for path, was := range early {
		now := c.stored(t, s, "nagari")[path]
		if now.ID != was.ID || now.Version != 1 || !now.Updated.Equal(was.Updated) || !now.FirstSeen.Equal(was.FirstSeen) {
			t.Errorf("%s: was %s version %d of %v, is %s version %d of %v", path, was.ID, was.Version, was.Updated, now.ID, now.Version, now.Updated)
		}
	}
	kinds := c.changes(t)
	if kinds[news.Added] != 10 || kinds[news.Revised] != 0 || kinds[news.Amended] == 0 {
		t.Errorf("changes %v, want 10 added, early ones amended, none revised", kinds)
	}
	if found, err := c.Articles(t.Context(), news.Query{Words: "aplikasi"}); err != nil || len(found) > 0 {
		t.Errorf("a search finds %d articles by the paragraph that was dropped, %v", len(found), err)
	}

	// What was corrected is not corrected, and not taken for edited, again.
	for range 3 {
		c.later(7*time.Hour, s)
		c.run(t, s.definition("nagari"))
	}
	if again := c.changes(t); again[news.Amended] != kinds[news.Amended] || again[news.Revised] != 0 {
		t.Errorf("changes were %v, are %v, want no more", kinds, again)
	}
}

func TestWhatWasEditedMeanwhileIsNotCorrected(t *testing.T) {
	s := newSite(t, "listing", posts(12, 5*time.Hour))
	s.promo = promo
	c := newCrawl(t)
	c.options.MaxArticles = 3
	c.run(t, s.definition("nagari"))
	edited := c.stored(t, s, "nagari")[s.posts[0].path]
	edited.Title += " (Diperbarui)"
	if _, err := c.Save(t.Context(), edited); err != nil {
		t.Fatal(err)
	}
	c.crawler, c.options.MaxArticles = nil, 0
	c.run(t, s.definition("nagari"))
	stored := c.stored(t, s, "nagari")
	if got := stored[s.posts[0].path]; got.Title != edited.Title || got.Version != 2 || !strings.Contains(got.Text(), promo) {
		t.Errorf("the edited article is version %d, %q, %q", got.Version, got.Title, got.Text())
	}
	if got := stored[s.posts[1].path]; strings.Contains(got.Text(), promo) {
		t.Errorf("the other early article was not corrected: %q", got.Text())
	}
}

func TestSplitArticlesKeepTheirPartsWhenPagesAreReadAgain(t *testing.T) {
	s := newSite(t, "listing", posts(12, 5*time.Hour))
	s.promo = promo
	s.posts[1].parts = [][]string{newPost(31, start).paragraphs, newPost(32, start).paragraphs}
	c := newCrawl(t)
	c.run(t, s.definition("nagari"))
	text := c.stored(t, s, "nagari")[s.posts[1].path].Text()
	for _, part := range s.posts[1].parts {
		for _, paragraph := range part {
			if !strings.Contains(text, paragraph) {
				t.Errorf("the split article lost %q", paragraph)
			}
		}
	}
	if c.changes(t)[news.Amended] == 0 {
		t.Error("no early page was corrected")
	}
}

func TestNewLayoutIsNoticedAndLearnedBeside(t *testing.T) {
	s := newSite(t, "blog", posts(9, 5*time.Hour))
	c := newCrawl(t)
	c.run(t, s.definition("nagari"))
	var fresh []post
	for i := range 7 {
		fresh = append(fresh, newPost(60+i, start.Add(time.Duration(8-i)*time.Hour)))
	}
	c.later(10*time.Hour, s)
	s.change(func() {
		s.theme, s.promo = "baru", promo
		s.posts = append(slices.Clone(fresh), s.posts...)
	})
	c.run(t, s.definition("nagari"))
	stored := c.stored(t, s, "nagari")
	for _, p := range fresh {
		if a := stored[p.path]; a.Text() != strings.Join(p.paragraphs, "\n") {
			t.Errorf("%s in the new layout is read as %q", p.path, a.Text())
		}
	}
	learned, err := crawler.Recall(t.Context(), c, "nagari")
	if err != nil || len(learned.Template.Beside) != 1 {
		t.Fatalf("templates beside the first one: %+v, %v, want one", learned.Template, err)
	}
	events, err := c.Events(t.Context(), true, 10)
	if err != nil || !slices.ContainsFunc(events, func(e news.Event) bool { return e.Portal == "nagari" && e.Cause == "template" }) {
		t.Errorf("events %+v, %v, want one about the template", events, err)
	}
	if n := c.changes(t)[news.Revised]; n != 0 {
		t.Errorf("%d articles count as edited", n)
	}
}

// A portal may have printed one paragraph as the whole text of many articles.
func TestTemplateNeverEmptiesAnArticle(t *testing.T) {
	all := posts(12, 5*time.Hour)
	notice := "Siaran pers ini diterima redaksi dari dinas terkait dan dimuat apa adanya, lengkap dengan lampiran yang dapat diunduh pembaca pada tautan di laman resmi dinas tersebut."
	for i := range all {
		if i%6 != 5 {
			all[i].paragraphs = []string{notice}
		}
	}
	s := newSite(t, "listing", all)
	c := newCrawl(t)
	c.run(t, s.definition("nagari"))
	for path, a := range c.stored(t, s, "nagari") {
		if a.Text() == "" {
			t.Errorf("%s has no text", path)
		}
	}
	if n := len(c.stored(t, s, "nagari")); n != len(all) {
		t.Errorf("%d articles are stored, want %d", n, len(all))
	}
}

func TestKnowledgeStaysSmall(t *testing.T) {
	s := newSite(t, "blog", posts(40, 5*time.Hour))
	s.promo, s.suffix = promo, " | Kabar Nagari"
	c := newCrawl(t)
	c.run(t, s.definition("nagari"))
	data, err := c.Template(t.Context(), "nagari")
	if err != nil || !json.Valid(data) || len(data) > 100_000 {
		t.Errorf("knowledge of %d bytes, valid %t, %v", len(data), json.Valid(data), err)
	}
}

// A crawl that is killed forgets what it learned; the pages are kept.
func TestPagesKeptBeforeAreReadAgain(t *testing.T) {
	s := newSite(t, "listing", posts(12, 5*time.Hour))
	s.promo = promo
	c := newCrawl(t)
	c.options.MaxArticles = 4
	c.run(t, s.definition("nagari"))
	if err := c.SaveTemplate(t.Context(), "nagari", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	c.crawler, c.options.MaxArticles = nil, 0
	c.run(t, s.definition("nagari"))
	c.wantPosts(t, s, "nagari", s.posts)
}
