package crawler_test

import (
	"slices"
	"testing"
	"time"

	"kabar/storage/news"
)

// copied is a post as another portal prints it some hours later.
func copied(p post, later time.Duration) post {
	p.title = "Kabar Baik! " + p.title
	p.path = "/salinan" + p.path
	p.at = p.at.Add(later)
	p.paragraphs = append(slices.Clone(p.paragraphs), "Baca juga: Prakiraan Cuaca Besok")
	return p
}

func TestCopiesAreJoined(t *testing.T) {
	first := newSite(t, "blog", posts(9, 5*time.Hour))
	second := newSite(t, "wordpress", []post{
		copied(first.posts[1], 3*time.Hour), copied(first.posts[4], 20*time.Minute), newPost(40, start.Add(-30*time.Hour)),
		newPost(41, start.Add(-31*time.Hour)), newPost(42, start.Add(-32*time.Hour))})
	third := newSite(t, "listing", []post{
		newPost(60, start.Add(-20*time.Hour)), copied(first.posts[4], -time.Hour), newPost(61, start.Add(-40*time.Hour)),
		newPost(62, start.Add(-41*time.Hour)), newPost(63, start.Add(-42*time.Hour))})
	c := newCrawl(t)
	c.run(t, first.definition("satu"), second.definition("dua"), third.definition("tiga"))

	satu, dua, tiga := c.stored(t, first, "satu"), c.stored(t, second, "dua"), c.stored(t, third, "tiga")
	if len(satu) != 9 || len(dua) != 5 || len(tiga) != 5 {
		t.Fatalf("%d, %d and %d articles are stored, want 9, 5 and 5", len(satu), len(dua), len(tiga))
	}
	c.wantCluster(t, satu[first.posts[1].path], dua["/salinan"+first.posts[1].path])
	// The portal whose copy was published first names the cluster.
	c.wantCluster(t, tiga["/salinan"+first.posts[4].path], satu[first.posts[4].path], dua["/salinan"+first.posts[4].path])
	alone := 0
	for _, stored := range []map[string]news.Article{satu, dua, tiga} {
		for _, a := range stored {
			if a.Cluster == "" {
				alone++
			}
		}
	}
	if alone != 19-5 {
		t.Errorf("%d articles stand alone, want 14", alone)
	}
}

// wantCluster checks that articles are one cluster that is named by the first.
func (c *crawl) wantCluster(t *testing.T, articles ...news.Article) {
	t.Helper()
	for _, a := range articles {
		if a.ID == "" || a.Cluster != articles[0].ID {
			t.Errorf("%s is in cluster %q, want %q", a.URL, a.Cluster, articles[0].ID)
		}
	}
}

func TestAReprintIsJoined(t *testing.T) {
	all := posts(8, 5*time.Hour)
	again := all[5]
	again.path, again.title, again.at = "/ulang"+again.path, "Populer: "+again.title, start.Add(-10*time.Minute)
	s := newSite(t, "blog", append([]post{again}, all...))
	c := newCrawl(t)
	c.run(t, s.definition("nagari"))
	stored := c.stored(t, s, "nagari")
	if len(stored) != 9 {
		t.Fatalf("%d articles are stored, want 9", len(stored))
	}
	c.wantCluster(t, stored[all[5].path], stored[again.path])
}
