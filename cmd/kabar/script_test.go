package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"kabar/storage"
	"kabar/storage/news"
)

// asKabar is the variable that makes the test binary the program.
const asKabar = "TEST_BINARY_IS_KABAR"

// TestMain lets the test binary run as the program: for scripts by its name,
// for a test that starts it with kabarProcess by a variable.
func TestMain(m *testing.M) {
	if os.Getenv(asKabar) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"kabar": main, "fill": fill})
}

// kabarProcess is the real program in a process of its own, ready to start.
func kabarProcess(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), asKabar+"=1")
	return cmd
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}

func TestKabarProcess(t *testing.T) {
	out, err := kabarProcess(t, "version").Output()
	if err != nil || len(out) < len("kabar 0") || string(out[:7]) != "kabar 0" {
		t.Fatalf("kabar version printed %q: %v", out, err)
	}
}

// fill makes a database kabar.db in the working directory for scripts: portals
// hulu (WIB) and timur (WIT), and of hulu as many more articles as one page of
// the export does not hold.
func fill() {
	if err := fillStore(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func fillStore(ctx context.Context) error {
	store, err := storage.Open(ctx, "kabar.db")
	if err != nil {
		return err
	}
	defer store.Close()
	err = store.SetPortals(ctx, []news.Portal{
		{ID: "hulu", Name: "Warta Hulu", Home: "https://hulu.example/", Clock: "WIB", Regions: []string{"13.02"}},
		{ID: "timur", Name: "Timur Kini", Home: "https://timur.example/", Clock: "WIT", Regions: []string{"94.01"}},
	})
	if err != nil {
		return err
	}
	wit := time.FixedZone("", 9*3600)
	seen := time.Date(2026, 1, 20, 1, 0, 0, 0, time.UTC)
	articles := []news.Article{
		told("timur", "pasar", "Pasar Pagi", news.Stamp{Time: time.Date(2026, 1, 20, 8, 30, 0, 0, wit), Precision: news.Minute}, seen),
		told("timur", "dermaga", "Dermaga Diperbaiki", news.Stamp{Time: time.Date(2026, 1, 19, 0, 0, 0, 0, wit), Precision: news.Day}, seen),
		told("timur", "tanpa-tanggal", "Tanpa Tanggal", news.Stamp{}, seen),
		told("hulu", "banjir", "Banjir Bandang di Hulu", news.Stamp{Time: time.Date(2026, 1, 18, 7, 0, 0, 0, time.FixedZone("", 7*3600)), Precision: news.Minute}, seen),
		told("hulu", "judi", "Slot", news.Stamp{}, seen),
	}
	articles[0].Title = "Pasar Pagi, \"Dibuka\""
	articles[3].Regions = []news.RegionTag{{Code: "13.02", Primary: true}}
	articles[4].Quarantine = "gambling"
	articles[1].Byline = "=HYPERLINK(\"https://jahat.example/\")"
	for i := range pageSize + 5 {
		at := time.Date(2025, 12, 1, 0, i, 0, 0, time.UTC)
		articles = append(articles, told("hulu", fmt.Sprintf("lama-%d", i), fmt.Sprintf("Kabar Lama %d", i), news.Stamp{Time: at, Precision: news.Minute}, seen))
	}
	_, err = store.Save(ctx, articles...)
	return err
}

func told(portal, slug, title string, published news.Stamp, seen time.Time) news.Article {
	return news.Article{
		Portal: portal, URL: "https://" + portal + ".example/" + slug, Title: title, Published: published, FirstSeen: seen, LastSeen: seen,
		Body: []news.Block{{Kind: news.Paragraph, Text: "Isi dari " + slug + "."}, {Kind: news.Paragraph, Text: "Baris kedua."}},
	}
}
