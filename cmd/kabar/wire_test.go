package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kabar/cmd/kabar/demoweb"
	"kabar/crawler/portal"
	"kabar/storage"
	"kabar/storage/news"
)

// made starts the made-up portals with their definitions in a folder.
func made(t *testing.T, stories int, delay time.Duration) (web *demoweb.Web, portals string) {
	t.Helper()
	now := time.Now()
	web, err := demoweb.New(func() time.Time { return now }, stories)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	wait, err := web.Serve(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); wait() })
	portals = t.TempDir()
	for _, d := range demoDefinitions(web) {
		d.Limits.Delay = portal.Duration(delay)
		if _, err := portal.Write(portals, d); err != nil {
			t.Fatal(err)
		}
	}
	return web, portals
}

func TestCrawlBringsHomeWhatThePortalsSay(t *testing.T) {
	web, portals := made(t, 20, time.Millisecond)
	db := filepath.Join(t.TempDir(), "kabar.db")
	for round := range 2 { // the second finds nothing new
		command := kabarProcess(t, "crawl", "--db", db, "--portals", portals, "--allow-net", "127.0.0.0/8", "--patience", "0s")
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("crawl %d: %v\n%s", round+1, err, out)
		}
	}
	store, err := storage.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for _, p := range web.Portals {
		articles, err := store.Articles(t.Context(), news.Query{Portal: p.ID, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		stories := web.Stories(p)
		if len(articles) != len(stories) {
			t.Errorf("%s: %d articles stored, %d published", p.ID, len(articles), len(stories))
		}
		byTitle := make(map[string]news.Article)
		for _, a := range articles {
			byTitle[a.Title+a.URL] = a
		}
		filed := 0
		for _, s := range stories {
			a, ok := byTitle[s.Title+strings.TrimSuffix(p.Home, "/")+s.Path]
			if !ok {
				t.Errorf("%s: %q at %s is not stored", p.ID, s.Title, s.Path)
				continue
			}
			compareStory(t, s, a)
			if slices.Contains(a.Categories, s.Category) {
				filed++
			}
		}
		if feed := p.Family == "wordpress" || p.Family == "blogger"; feed && filed == 0 {
			t.Errorf("%s: no article has the category that its feed names", p.ID)
		}
	}
}

func compareStory(t *testing.T, s demoweb.Story, a news.Article) {
	t.Helper()
	if got := a.Published.Time; !got.Truncate(time.Minute).Equal(s.Published.Truncate(time.Minute)) {
		t.Errorf("%s: published %v (%s), want %v", a.URL, a.Published.Text(), a.Published.Origin, s.Published)
	}
	text := a.Text()
	for _, part := range append(append(s.Body, s.Quote), s.List...) {
		if !strings.Contains(text, part) {
			t.Errorf("%s: the body lacks %q", a.URL, part)
		}
	}
	for _, noise := range []string{"Baca Juga", "Sebarkan", "Terima kasih atas liputannya", "Dibaca", "Kategori Berita", "slot gacor"} {
		if strings.Contains(text, noise) {
			t.Errorf("%s: the body holds %q", a.URL, noise)
		}
	}
	if a.PrimaryRegion() != s.Region {
		t.Errorf("%s: region %q, want %q", a.URL, a.PrimaryRegion(), s.Region)
	}
	if a.Version != 1 {
		t.Errorf("%s: version %d after two crawls of the same text", a.URL, a.Version)
	}
}

// TestRunServesAtOnce starts the main job, reads a page and a feed from it in
// the middle of the crawl and ends it.
func TestRunServesAtOnce(t *testing.T) {
	_, portals := made(t, 12, 300*time.Millisecond)
	db := filepath.Join(t.TempDir(), "kabar.db")
	started := time.Now()
	r := start(t, "--db", db, "--portals", portals, "--allow-net", "127.0.0.0/8")
	for _, path := range []string{"", "healthz", "feeds/all.atom", "feeds/portal/solok-pos.rss", "opml"} {
		body := r.page(path)
		if path == "" && !strings.Contains(body, "Solok Pos") {
			t.Errorf("the front page does not list the portal:\n%s", body)
		}
	}
	if up := time.Since(started); up > 5*time.Second {
		t.Errorf("the first pages took %v", up)
	}
	r.interrupt()
}

// TestRestartIsNoFirstRound starts the main job when nothing is due: readers
// are not told to wait for articles that are there.
func TestRestartIsNoFirstRound(t *testing.T) {
	_, portals := made(t, 2, time.Millisecond)
	use := []string{"--db", filepath.Join(t.TempDir(), "kabar.db"), "--portals", portals, "--allow-net", "127.0.0.0/8"}
	if out, err := kabarProcess(t, append([]string{"crawl", "--patience", "0s"}, use...)...).CombinedOutput(); err != nil {
		t.Fatalf("crawl: %v\n%s", err, out)
	}
	r := start(t, use...)
	if page := r.page(""); strings.Contains(page, "Putaran pertama") {
		t.Error("the front page tells of a first round after a restart")
	}
	r.interrupt()
}

// TestKilledCrawlLosesNothing kills the program at random moments and starts
// it again: what was once stored stays under its id, and nothing is there twice.
// KABAR_BENCH_KILLS asks for another number of kills.
func TestKilledCrawlLosesNothing(t *testing.T) {
	web, portals := made(t, 40, time.Millisecond)
	db := filepath.Join(t.TempDir(), "kabar.db")
	arguments := []string{"crawl", "--db", db, "--portals", portals, "--allow-net", "127.0.0.0/8", "--patience", "0s"}
	kills, err := strconv.Atoi(cmp.Or(os.Getenv("KABAR_BENCH_KILLS"), "50"))
	if err != nil {
		t.Fatal(err)
	}
	known := make(map[string]string) // id by address
	for kill := range kills {
		command := kabarProcess(t, arguments...)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(20+rand.IntN(250))*time.Millisecond, func() { command.Process.Kill() })
		_ = command.Wait() // killed, or done before
		timer.Stop()
		if _, err := os.Stat(db); err != nil {
			continue // killed before the database was there
		}
		stored := storedIDs(t, db)
		for address, id := range known {
			if stored[address] != id {
				t.Fatalf("kill %d: %s was stored as %s and is now %q", kill+1, address, id, stored[address])
			}
		}
		known = stored
	}
	if out, err := kabarProcess(t, arguments...).CombinedOutput(); err != nil {
		t.Fatalf("crawl after the kills: %v\n%s", err, out)
	}
	want := 0
	for _, p := range web.Portals {
		want += len(web.Stories(p))
	}
	if got := len(storedIDs(t, db)); got != want {
		t.Errorf("%d articles after all, want %d", got, want)
	}
}

// storedIDs is the id of every stored article by its address; an address that
// is stored twice fails the test.
func storedIDs(t *testing.T, db string) map[string]string {
	t.Helper()
	store, err := storage.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	damage, err := store.Check(t.Context())
	if err != nil || len(damage) > 0 {
		t.Fatalf("the database is damaged: %v %v", damage, err)
	}
	ids := make(map[string]string)
	q := news.Query{All: true, Limit: 500}
	articles, err := store.Articles(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		if _, twice := ids[a.URL]; twice {
			t.Fatalf("%s is stored twice", a.URL)
		}
		ids[a.URL] = a.ID
	}
	return ids
}

func TestDemoReadsEverything(t *testing.T) {
	command := kabarProcess(t, "demo", "--once", "--stories", "9", "--addr", "127.0.0.1:0")
	out, err := command.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "36 articles read from 4 made-up portals") {
		t.Fatalf("demo: %v\n%s", err, out)
	}
}

func TestFirstRoundFailed(t *testing.T) {
	portals := t.TempDir()
	definition := fmt.Sprintf("name = %q\nhome = %q\n", "Tidak Ada", "http://127.0.0.1:1/")
	if err := os.WriteFile(filepath.Join(portals, "tidak-ada.toml"), []byte(definition), 0o600); err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(t.TempDir(), "kabar.db")
	command := kabarProcess(t, "run", "--db", db, "--portals", portals, "--addr", "127.0.0.1:0")
	errors, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer command.Wait()
	defer command.Process.Signal(os.Interrupt)
	lines := bufio.NewScanner(errors)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "kabar demo") {
			return
		}
	}
	t.Error("a failed first round does not name \"kabar demo\"")
}

func TestExportHasTheWholeArticle(t *testing.T) {
	_, portals := made(t, 2, time.Millisecond)
	db := filepath.Join(t.TempDir(), "kabar.db")
	if out, err := kabarProcess(t, "crawl", "--db", db, "--portals", portals, "--allow-net", "127.0.0.0/8", "--patience", "0s").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := kabarProcess(t, "export", "--db", db, "--format", "jsonl").Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != 8 {
		t.Fatalf("%d lines exported, want 8", len(lines))
	}
	for _, line := range lines {
		var a struct{ ID, Portal, URL, Title, Published, Body, Place string }
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(a.ID, "urn:uuid:") || a.Title == "" || a.Body == "" || a.Published == "" || a.Place == "" {
			t.Errorf("incomplete line %s", line)
		}
	}
}

func TestExplainFetches(t *testing.T) {
	web, portals := made(t, 1, time.Millisecond)
	p := web.Portals[0]
	story := web.Stories(p)[0]
	address := strings.TrimSuffix(p.Home, "/") + story.Path
	out, err := kabarProcess(t, "explain", "--allow-net", "127.0.0.0/8", address).CombinedOutput()
	if err != nil || !strings.Contains(string(out), story.Title) {
		t.Errorf("explain %s: %v\n%s", address, err, out)
	}
	// What is known of a crawled portal is used, and said.
	db := filepath.Join(t.TempDir(), "kabar.db")
	use := []string{"--db", db, "--portals", portals, "--allow-net", "127.0.0.0/8"}
	if out, err := kabarProcess(t, append([]string{"crawl", "--patience", "0s"}, use...)...).CombinedOutput(); err != nil {
		t.Fatalf("crawl: %v\n%s", err, out)
	}
	out, err = kabarProcess(t, append([]string{"explain", address}, use...)...).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "PORTAL        "+p.ID+", clock WIB") || !strings.Contains(string(out), "  found by") {
		t.Errorf("explain after a crawl: %v\n%s", err, out)
	}
	out, err = kabarProcess(t, "explain", address).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "--allow-net") {
		t.Errorf("explain of a loopback address without leave: %v\n%s", err, out)
	}
}
