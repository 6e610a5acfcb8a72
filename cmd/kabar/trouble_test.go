package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kabar/storage"
	"kabar/storage/news"
)

// trouble is a portal with which something is wrong, and what its operator is
// told: one line with all of these words, the last of which say what to do.
type trouble struct {
	id    string
	home  string
	words []string
}

// TestTroubleStopsNobodyElse crawls portals of which each is broken in its own
// way, beside sound ones.
func TestTroubleStopsNobodyElse(t *testing.T) {
	web, portals := made(t, 6, time.Millisecond)
	home := func(answer http.HandlerFunc) string {
		server := httptest.NewServer(robotsFirst(answer))
		t.Cleanup(server.Close)
		return server.URL + "/"
	}
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // it tells of every handshake that the program breaks off
	secure.StartTLS()
	t.Cleanup(secure.Close)
	plain := home(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "<p>Halaman") })

	troubles := []trouble{
		{"tak-terjangkau", "http://127.0.0.1:1/", []string{"nobody answers", "tried again by itself"}},
		{"sertifikat", secure.URL + "/", []string{"certificate", "tell the portal"}},
		{"bukan-tls", strings.Replace(plain, "http:", "https:", 1), []string{"no secure connection", "browser"}},
		{"tiada", home(http.NotFound), []string{"404", "correct home"}},
		{"terlarang", home(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusForbidden) }), []string{"403", "ask the portal"}},
		{"sakit", home(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusBadGateway) }), []string{"502", "tried again by itself"}},
		{"kosong", home(func(w http.ResponseWriter, r *http.Request) {}), []string{"empty", "browser"}},
		{"hampa", home(func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "<!doctype html><title>Hampa</title><p>Belum ada berita.</p>")
		}), []string{"no article links", "name a listing"}},
		{"pdf", home(pdf), []string{"no page but application/pdf", "correct home"}},
		{"raksasa", home(huge), []string{"larger than", "correct home"}},
		{"putaran", home(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) }), []string{"redirects", "final form"}},
		{"pribadi", "http://[::1]:1/", []string{"--allow-net"}},
	}
	for _, c := range troubles {
		define(t, portals, c.id, fmt.Sprintf("name = %q\nhome = %q\n[limits]\ndelay = \"1ms\"\n", c.id, c.home))
	}
	define(t, portals, "salah-ketik", "name = \"Salah Ketik\"\nhome = \"https://salah.example/\"\n\n[artcle]\ntitle = [\"h1\"]\n")

	db := filepath.Join(t.TempDir(), "kabar.db")
	command := kabarProcess(t, "crawl", "--db", db, "--portals", portals, "--allow-net", "127.0.0.0/8", "--patience", "0s")
	var told bytes.Buffer
	command.Stderr = &told
	_ = command.Run()
	if code := command.ProcessState.ExitCode(); code != exitPartial {
		t.Errorf("exit code %d, want %d", code, exitPartial)
	}
	for _, c := range troubles {
		checkSentence(t, told.String(), c.id+":", c.words...)
	}
	checkSentence(t, told.String(), "salah-ketik.toml:4:", "artcle")
	for _, p := range web.Portals {
		if got, want := len(storedOf(t, db, p.ID)), len(web.Stories(p)); got != want {
			t.Errorf("sound portal %s: %d articles, want %d", p.ID, got, want)
		}
	}
	if t.Failed() {
		t.Logf("told:\n%s", &told)
	}
}

// TestOddArticlesStopNoOthers crawls a portal that lists articles beside what
// only looks like them. What can be read is stored, the rest is left out.
func TestOddArticlesStopNoOthers(t *testing.T) {
	pages := map[string]http.HandlerFunc{
		"/berita/pasar-nagari-dibuka-kembali.html":       labelled("utf-8", "Pasar Nagari Dibuka Kembali", "Pedagang menempati los baru"),
		"/berita/kafe-rene-di-tepi-danau.html":           labelled("utf-8", "Kaf\xe9 Ren\xe9 di Tepi Danau", "Pengunjung kaf\xe9 datang \x96 ramai \x96 sejak pagi"),
		"/berita/jembatan-selesai-diperbaiki.html":       labelled("iso-8859-1", "Jembatan Selesai “Diperbaiki”", "Warga dapat menyeberang – lagi"),
		"/berita/laporan-tahunan-dinas-pertanian.html":   pdf,
		"/berita/halaman-yang-tidak-pernah-selesai.html": huge,
		"/berita/halaman-yang-sama-sekali-kosong.html":   func(http.ResponseWriter, *http.Request) {},
		"/berita/halaman-yang-sudah-dihapus.html":        http.NotFound,
	}
	var links strings.Builder
	for address := range pages {
		slug := strings.TrimSuffix(strings.TrimPrefix(address, "/berita/"), ".html")
		fmt.Fprintf(&links, "<article><h2><a href=%q>%s</a></h2></article>\n", address, strings.ReplaceAll(slug, "-", " "))
	}
	server := httptest.NewServer(robotsFirst(func(w http.ResponseWriter, r *http.Request) {
		if answer, ok := pages[r.URL.Path]; ok {
			answer(w, r)
			return
		}
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprintf(w, "<!doctype html><title>Warta Aneh</title><h1>Warta Aneh</h1>\n%s", &links)
	}))
	defer server.Close()
	portals, db := t.TempDir(), filepath.Join(t.TempDir(), "kabar.db")
	define(t, portals, "aneh", fmt.Sprintf("name = \"Warta Aneh\"\nhome = \"%s/\"\nclock = \"WIB\"\n[limits]\ndelay = \"1ms\"\nbackfill = \"3650d\"\n", server.URL))
	out, err := kabarProcess(t, "crawl", "--db", db, "--portals", portals, "--allow-net", "127.0.0.0/8", "--patience", "0s").CombinedOutput()
	if err != nil {
		t.Errorf("crawl: %v\n%s", err, out)
	}
	var got []string
	for _, a := range storedOf(t, db, "aneh") {
		got = append(got, a.Title+" | "+a.Body[0].Plain())
	}
	slices.Sort(got)
	want := []string{
		"Jembatan Selesai “Diperbaiki” | Warga dapat menyeberang – lagi",
		"Kafé René di Tepi Danau | Pengunjung kafé datang – ramai – sejak pagi",
		"Pasar Nagari Dibuka Kembali | Pedagang menempati los baru",
	}
	for i := range want {
		if len(got) != len(want) || !strings.HasPrefix(got[i], want[i]) {
			t.Fatalf("stored %q, want %q\n%s", got, want, out)
		}
	}
}

// labelled is an article in bytes that need not be what the header says.
func labelled(charset, title, start string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset="+charset)
		fmt.Fprintf(w, `<!doctype html><title>%[1]s</title><article><h1>%[1]s</h1>
<p>Senin, 19 Januari 2026 - 10:15 WIB</p>
<div class="isi"><p>%[2]s, kata petugas di lokasi pada hari itu juga.</p>
<p>Pekerjaan berlangsung tiga bulan dan melibatkan warga dari empat jorong di sekitarnya, yang bergantian setiap pekan.</p>
<p>Pemerintah nagari berharap hasilnya dijaga bersama sehingga dapat dipakai bertahun-tahun tanpa perbaikan besar.</p></div></article>`, title, start)
	}
}

// TestClockJumps crawls at a time, a day before, ten years after, and at the
// first time again: nothing fails, is lost, doubled or taken for an edit.
func TestClockJumps(t *testing.T) {
	web, portals := made(t, 4, time.Millisecond)
	db := filepath.Join(t.TempDir(), "kabar.db")
	want := 0
	for _, p := range web.Portals {
		want += len(web.Stories(p))
	}
	now := time.Now()
	for _, at := range []time.Time{now, now.AddDate(0, 0, -1), now.AddDate(10, 0, 0), now} {
		out, err := kabarProcess(t, "crawl", "--db", db, "--portals", portals, "--allow-net", "127.0.0.0/8", "--patience", "0s",
			"--now", at.Format(time.RFC3339)).CombinedOutput()
		if err != nil {
			t.Errorf("crawl at %v: %v\n%s", at, err, out)
		}
		stored := storedOf(t, db, "")
		if len(stored) != want {
			t.Errorf("after the crawl at %v: %d articles, want %d\n%s", at, len(stored), want, out)
		}
		for _, a := range stored {
			if a.Version != 1 {
				t.Errorf("after the crawl at %v: %s is in version %d", at, a.URL, a.Version)
			}
		}
	}
	r := start(t, "--db", db, "--portals", portals, "--allow-net", "127.0.0.0/8", "--now", now.AddDate(-1, 0, 0).Format(time.RFC3339))
	if page := r.page("feeds/portal/solok-pos.json"); !strings.Contains(page, `"urn:uuid:`) {
		t.Errorf("a feed a year before its articles:\n%s", page)
	}
	r.interrupt()
}

// TestNewerDatabase asks for what a newer program has written.
func TestNewerDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kabar.db")
	store, err := storage.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"run", "crawl", "serve", "list", "export"} {
		out, err := kabarProcess(t, command, "--db", path).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "use the newer kabar, or name another database") || strings.Count(string(out), "\n") != 1 {
			t.Errorf("kabar %s: %v\n%s", command, err, out)
		}
	}
}

// robotsFirst answers robots.txt with "not found", everything else as told.
func robotsFirst(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		next(w, r)
	})
}

func pdf(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	io.WriteString(w, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n")
}

// huge is a page of 50 MB that says nothing of its length.
func huge(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	line := []byte(strings.Repeat("<p>Air sungai naik lagi.</p>\n", 4096))
	for sent := 0; sent < 50<<20; sent += len(line) {
		if _, err := w.Write(line); err != nil {
			return
		}
	}
}

func define(t *testing.T, portals, id, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(portals, id+".toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// checkSentence looks for one line with a beginning that holds all words.
func checkSentence(t *testing.T, told, beginning string, words ...string) {
	t.Helper()
	for line := range strings.Lines(told) {
		if !strings.Contains(line, beginning) {
			continue
		}
		for _, word := range words {
			if !strings.Contains(line, word) {
				t.Errorf("%s does not say %q: %s", beginning, word, line)
			}
		}
		return
	}
	t.Errorf("nothing is told of %s (%q)", beginning, words)
}

func storedOf(t *testing.T, db, portal string) []news.Article {
	t.Helper()
	store, err := storage.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	articles, err := store.Articles(t.Context(), news.Query{Portal: portal, Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	return articles
}
