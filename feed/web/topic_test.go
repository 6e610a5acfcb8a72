package web

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"kabar/feed"
	"kabar/storage/news"
)

// FuzzTopic holds that the one form of a feed's address is the address that
// the feed gives as its own, and stays as it is.
func FuzzTopic(f *testing.F) {
	for _, s := range []string{
		"https://kabar.example/warta/feeds/all.atom", "HTTPS://KABAR.example:443/warta/feeds/%61ll.rss?utm_source=x",
		"https://kabar.example/warta/feeds/category/solok.example/Dunia%20%26%2F.json?content=summary&content=full",
		"https://kabar.example/warta/feeds/search.atom?q=%22banjir+bandang%22&region=13.02&since=2026-01-20T08:00:00+07:00",
		"http://127.0.0.1:8080/feeds/all.atom", "http://127.0.0.1:8080/warta/feeds/region/13.atom?copies=fold", "http://[::1]:8080/feeds/all.json",
		"https://kabar.example/warta/feeds/../feeds/all.atom", "https://kabar.example/warta/feeds/all.atom?", "https://kabar.example/warta/feeds/search.atom?q='a b'|<x>", "//x/feeds/all.atom", "",
	} {
		f.Add(s)
	}
	fixed, err := New(Options{BaseURL: "https://kabar.example/warta/"})
	if err != nil {
		f.Fatal(err)
	}
	open, err := New(Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, c := range []struct {
			h *Handler
			b base
		}{{fixed, fixed.base}, {open, base{"http://127.0.0.1:8080", ""}}, {open, base{"http://[::1]:8080", "/warta"}}} {
			once, err := c.h.topic(c.b, s)
			if err != nil {
				continue
			}
			if !strings.HasPrefix(once, c.b.url("/feeds/")) || strings.ContainsAny(once, "<>\"\r\n ") {
				t.Errorf("%q became %q", s, once)
			}
			if twice, err := c.h.topic(c.b, once); err != nil || twice != once {
				t.Errorf("%q became %q, and then %q, %v", s, once, twice, err)
			}
			at, spec, err := c.h.readTopic(once)
			if err != nil {
				t.Fatalf("%q became %q, which is not read: %v", s, once, err)
			}
			if self := feed.Address(at.base.url(spec.path())); self != once {
				t.Errorf("the feed at %q calls itself %q", once, self)
			}
		}
	})
}

// TestMark holds that the mark of a feed is the tag that a GET gives, before
// and after every kind of change.
func TestMark(t *testing.T) {
	store := newStore(t)
	ctx := context.Background()
	var handler *Handler
	server := serve(t, store, func(o *Options) { o.OwnHub = nobody{} })
	handler = server.Config.Handler.(*Handler)
	topics := []string{"/feeds/all.atom", "/feeds/portal/solok.example.rss", "/feeds/region/13.02.json", "/feeds/corrections.atom",
		"/feeds/withdrawn.rss", "/feeds/search.atom?q=banjir", "/feeds/all.atom?content=summary"}
	marks := make(map[string]string)
	moved := func(step string, want ...string) {
		t.Helper()
		number, err := store.LastChange(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, path := range topics {
			mark, err := handler.Mark(ctx, server.URL+path, number)
			if err != nil {
				t.Fatalf("%s: mark of %s: %v", step, path, err)
			}
			if tag := get(t, server.URL+path).Header.Get("ETag"); mark != tag {
				t.Errorf("%s: mark of %s is %s, its tag %s", step, path, mark, tag)
			}
			if mark != marks[path] {
				got = append(got, path)
			}
			marks[path] = mark
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s moved %q, want %q", step, got, want)
		}
	}
	moved("the start", topics...)
	a := save(t, store, story("solok.example", 1))[0]
	moved("an article", topics[0], topics[1], topics[2], topics[5], topics[6])
	moved("nothing")
	other := story("padang.example", 2)
	other.Regions = nil
	save(t, store, other)
	moved("an article elsewhere", topics[0], topics[5], topics[6])
	edited := story("solok.example", 1)
	edited.Body[1].Text = "Sungai surut."
	save(t, store, edited)
	moved("an edit", topics[0], topics[1], topics[2], topics[3], topics[5], topics[6])
	edited.Regions = nil
	save(t, store, edited)
	moved("an article that leaves a region", topics[0], topics[1], topics[2], topics[3], topics[5], topics[6])
	if err := store.MarkGone(ctx, a.ID, start); err != nil {
		t.Fatal(err)
	}
	moved("a withdrawal", topics[0], topics[1], topics[3], topics[4], topics[5], topics[6])
	if err := store.RemovePortal(ctx, "solok.example", true); err != nil {
		t.Fatal(err)
	}
	if _, err := handler.Mark(ctx, server.URL+"/feeds/portal/solok.example.rss", 1<<40); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("mark of a forgotten portal: %v", err)
	}
}

type nobody struct{}

func (nobody) ServeSubscription(http.ResponseWriter, *http.Request, netip.Addr, func(string) (string, error)) {
}

// silent is a store whose articles cannot be read for a while.
type silent struct {
	Reader
	articles error
}

func (s *silent) Articles(ctx context.Context, q news.Query) ([]news.Article, error) {
	if s.articles != nil {
		return nil, s.articles
	}
	return s.Reader.Articles(ctx, q)
}

func TestNoMarkWhileTheStoreIsSilent(t *testing.T) {
	store := newStore(t)
	s := &silent{Reader: store}
	server := serve(t, s, nil)
	handler, topic := server.Config.Handler.(*Handler), server.URL+"/feeds/all.atom"
	save(t, store, story("solok.example", 1))
	before, err := handler.Mark(context.Background(), topic, 1)
	if err != nil {
		t.Fatal(err)
	}
	s.articles = errors.New("no answer")
	save(t, store, story("solok.example", 2))
	if mark, err := handler.Mark(context.Background(), topic, 2); err == nil {
		t.Errorf("mark %s, was %s, of what cannot be read", mark, before)
	}
	if a := get(t, topic); a.StatusCode != http.StatusOK || a.Header.Get("ETag") != before {
		t.Errorf("the last good content is not served: %s", a.Status)
	}
	s.articles = nil
	if mark, err := handler.Mark(context.Background(), topic, 2); err != nil || mark == before {
		t.Errorf("mark %s, %v, was %s", mark, err, before)
	}
}

// TestMarkUnderAnotherBase holds that a feed that stands under another base
// than the server's is not taken for one that is no more.
func TestMarkUnderAnotherBase(t *testing.T) {
	handler, err := New(Options{Store: newStore(t), BaseURL: "https://kabar.example/"})
	if err != nil {
		t.Fatal(err)
	}
	for topic, want := range map[string]error{
		"https://kabar.example/feeds/all.atom":                   nil,
		"https://kabar.example/warta/feeds/all.atom":             feed.ErrElsewhere,
		"https://kabar.example.org/feeds/all.atom":               feed.ErrElsewhere,
		"http://kabar.example/feeds/all.atom":                    feed.ErrElsewhere,
		"https://lama.example/feeds/portal/nobody.example.atom":  feed.ErrElsewhere,
		"https://kabar.example/feeds/portal/nobody.example.atom": news.ErrNotFound,
		"https://kabar.example/feeds/nothing.atom":               news.ErrNotFound,
	} {
		if _, err := handler.Mark(t.Context(), topic, 0); !errors.Is(err, want) {
			t.Errorf("mark of %s: %v, want %v", topic, err, want)
		}
		if _, _, err := handler.Current(t.Context(), topic); !errors.Is(err, want) {
			t.Errorf("content of %s: %v, want %v", topic, err, want)
		}
	}
}

func TestTopicsOfAnArticle(t *testing.T) {
	h, err := New(Options{BaseURL: "https://kabar.example/warta"})
	if err != nil {
		t.Fatal(err)
	}
	a := story("solok.example", 1)
	a.Version, a.GoneSince = 2, start
	topics := h.Topics(a)
	var plain []string
	for _, topic := range topics {
		if one, err := h.topic(h.base, topic); err != nil || one != topic {
			t.Errorf("%s is no topic in its one form: %s, %v", topic, one, err)
		}
		if name, ok := strings.CutSuffix(strings.TrimPrefix(topic, "https://kabar.example/warta/feeds/"), ".atom"); ok {
			plain = append(plain, name)
		}
	}
	want := "all portal/solok.example region/13.02 region/13 category/solok.example/Daerah corrections withdrawn"
	if got := strings.Join(plain, " "); got != want || len(topics) != 3*len(plain) {
		t.Errorf("topics %q and others, %d in all, want %q", got, len(topics), want)
	}
}
