package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// savedArticle is a page of a made-up portal that says little to machines.
func savedArticle(headline, day string) string {
	return `<html lang="id"><head><title>` + headline + ` ~ Suara Hulu Sungai</title></head><body>
<h1>Suara Hulu</h1><div class="isi"><h2 class="judul">` + headline + `</h2><p class="tanggal">` + day + `</p>
<p>Warga dari tiga nagari berkumpul sejak pagi untuk membersihkan saluran air yang tersumbat lumpur dan ranting setelah hujan dua hari.</p>
<p>Pekerjaan itu, kata wali nagari, akan dilanjutkan pada akhir pekan dengan alat berat yang dipinjam dari dinas pekerjaan umum kabupaten.</p>
<p>Petani berharap air kembali mengalir ke sawah sebelum masa tanam yang tinggal beberapa pekan, agar panen tidak tertunda seperti tahun lalu.</p>
<p>(Rmi)</p></div></body></html>`
}

// runOn runs a command line on an input and returns what it printed.
func runOn(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	w := &world{stdin: strings.NewReader(stdin), stdout: &out, stderr: &errs, now: func() time.Time { return time.Date(2026, 1, 21, 1, 0, 0, 0, time.UTC) }}
	if code := run(context.Background(), w, args); code != exitOK {
		t.Fatalf("kabar %s ended with %d: %s", strings.Join(args, " "), code, errs.String())
	}
	return out.String()
}

// save writes pages to files and returns the lines that ask for them.
func save(t *testing.T, pages ...string) string {
	t.Helper()
	dir := t.TempDir()
	var lines strings.Builder
	for i, markup := range pages {
		path := filepath.Join(dir, fmt.Sprintf("%d.html", i))
		if err := os.WriteFile(path, []byte(markup), 0o644); err != nil {
			t.Fatal(err)
		}
		line, _ := json.Marshal(savedPage{ID: fmt.Sprint("a", i), URL: fmt.Sprintf("https://hulu.example/berita/%d", i), Path: path})
		lines.Write(append(line, '\n'))
	}
	return lines.String()
}

func decodeAnswers(t *testing.T, out string) []extracted {
	t.Helper()
	var all []extracted
	for line := range strings.Lines(out) {
		var a extracted
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatalf("answer %q: %v", line, err)
		}
		all = append(all, a)
	}
	return all
}

func TestExtractAnswersInOrder(t *testing.T) {
	in := save(t, savedArticle("Warga Bersihkan Saluran Air", "Selasa, 20 Januari 2026 14:05 WIB"), "", savedArticle("Jalan Baru ke Pasar Dibuka", "19 Januari 2026"))
	got := decodeAnswers(t, runOn(t, in, "extract", "--json-lines"))
	if len(got) != 3 || got[0].ID != "a0" || got[1].ID != "a1" || got[2].ID != "a2" {
		t.Fatalf("answers %+v", got)
	}
	first := got[0]
	if first.Title != "Warga Bersihkan Saluran Air" || first.Date != "2026-01-20T14:05:00+07:00" || first.Kind != "article" {
		t.Errorf("first answer %+v", first)
	}
	if !strings.HasPrefix(first.Body, "Warga dari tiga nagari") || strings.Contains(first.Body, "(Rmi)") {
		t.Errorf("body %q", first.Body)
	}
	if got[1].Kind == "article" {
		t.Errorf("an empty page is an article: %+v", got[1])
	}
	if got[2].Date != "2026-01-19" {
		t.Errorf("a day without an hour is %q", got[2].Date)
	}
}

func TestExtractGoesOnAfterAMissingFile(t *testing.T) {
	in := `{"id":"x","url":"https://hulu.example/x","html_path":"/nonexistent/page.html"}` + "\n" + save(t, savedArticle("Warga Bersihkan Saluran Air", "20 Januari 2026"))
	for _, args := range [][]string{{"extract", "--json-lines"}, {"extract", "--json-lines", "--by-site"}} {
		got := decodeAnswers(t, runOn(t, in, args...))
		if len(got) != 2 || got[0].ID != "x" || got[0].Kind != "other" || got[1].Title != "Warga Bersihkan Saluran Air" {
			t.Errorf("%q: answers %+v", args, got)
		}
	}
}

func TestExtractBySite(t *testing.T) {
	var pages []string
	headlines := []string{"Warga Bersihkan Saluran Air", "Jalan Baru ke Pasar Dibuka", "Harga Cabai Turun Lagi", "Sekolah Rusak Diperbaiki", "Panen Raya Digelar"}
	for i, headline := range headlines {
		pages = append(pages, savedArticle(headline, fmt.Sprintf("%d Januari 2026", 10+i)))
	}
	got := decodeAnswers(t, runOn(t, save(t, pages...), "extract", "--json-lines", "--by-site"))
	if len(got) != len(headlines) {
		t.Fatalf("%d answers, want %d", len(got), len(headlines))
	}
	for i, a := range got {
		if a.ID != fmt.Sprint("a", i) || a.Title != headlines[i] || a.Date != fmt.Sprintf("2026-01-%d", 10+i) {
			t.Errorf("answer %d: %+v, want %q", i, a, headlines[i])
		}
	}
}

func TestExplain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(savedArticle("Warga Bersihkan Saluran Air", "20 Januari 2026")), 0o644); err != nil {
		t.Fatal(err)
	}
	out := runOn(t, "", "explain", "--url", "https://hulu.example/2026/01/warga-bersihkan-saluran-air.html", "--clock", "WIB", "--region", "13.02", path)
	for _, want := range []string{
		"TITLE         Warga Bersihkan Saluran Air", "because", "  h2          Warga Bersihkan Saluran Air", "PUBLISHED     2026-01-20 (day, from text",
		"ADDRESS       https://hulu.example/2026/01/warga-bersihkan-saluran-air.html", "BYLINE        (Rmi)", "BODY", "DROPPED", "DOUBTS", "REGIONS",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the explanation has no %q:\n%s", want, out)
		}
	}
}
