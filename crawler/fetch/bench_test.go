package fetch

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"

	"kabar/storage"
)

// bareList is the variable that makes the test binary a bare collector; it
// names a file with an address a line.
const bareList = "TEST_BINARY_IS_BARE_COLLY"

// BenchmarkCrawl runs "kabar crawl" beside a bare Colly collector that reads
// the titles of the same pages, in processes of their own and in turn, and
// gives the medians of processor time (user and system) a page and their
// ratio. KABAR_BENCH_PORTALS names a folder of definitions whose portals are
// up on loopback, KABAR_BENCH_NOW the clock to crawl with; without them a
// portal of this file is crawled.
//
//	go test ./crawler/fetch -run xxx -bench Crawl -benchtime 5x
func BenchmarkCrawl(b *testing.B) {
	dir := b.TempDir()
	program := filepath.Join(dir, "kabar")
	if out, err := exec.Command("go", "build", "-o", program, "kabar/cmd/kabar").CombinedOutput(); err != nil {
		b.Fatalf("building kabar: %v\n%s", err, out)
	}
	portals := os.Getenv("KABAR_BENCH_PORTALS")
	if portals == "" {
		portals = benchPortal(b)
	}
	crawl := []string{"crawl", "--portals", portals, "--allow-net", "127.0.0.0/8", "--patience", "0s"}
	if now := os.Getenv("KABAR_BENCH_NOW"); now != "" {
		crawl = append(crawl, "--now", now)
	}
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}

	var ours, bare, ratios, memory, rates []float64
	for i := 0; b.Loop(); i++ {
		db := filepath.Join(dir, fmt.Sprintf("%d.db", i))
		crawled := measure(b, exec.Command(program, append(crawl, "--db", db)...))
		list, pages := fetched(b, db)
		collector := exec.Command(self)
		collector.Env = append(os.Environ(), bareList+"="+list)
		read := measure(b, collector)
		ours = append(ours, crawled.cpu.Seconds()*1000/float64(pages))
		bare = append(bare, read.cpu.Seconds()*1000/float64(pages))
		ratios = append(ratios, crawled.cpu.Seconds()/read.cpu.Seconds())
		memory = append(memory, float64(crawled.peak)/1e6)
		rates = append(rates, float64(pages)/crawled.took.Seconds())
		b.Logf("%d pages: kabar %v of processor time in %v, bare Colly %v in %v", pages, crawled.cpu, crawled.took.Round(time.Millisecond), read.cpu, read.took.Round(time.Millisecond))
	}
	b.ReportMetric(median(ours), "cpu-ms/page")
	b.ReportMetric(median(bare), "bare-cpu-ms/page")
	b.ReportMetric(median(ratios), "ratio")
	b.ReportMetric(median(memory), "peak-MB")
	b.ReportMetric(median(rates), "pages/s")
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// cost is what a process took.
type cost struct {
	cpu, took time.Duration
	peak      int64 // bytes of memory
}

func measure(b *testing.B, command *exec.Cmd) cost {
	b.Helper()
	started := time.Now()
	if out, err := command.CombinedOutput(); err != nil {
		b.Fatalf("%s: %v\n%s", command, err, out)
	}
	c := cost{cpu: command.ProcessState.UserTime() + command.ProcessState.SystemTime(), took: time.Since(started)}
	if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.peak = int64(usage.Maxrss) << 10
	}
	return c
}

// fetched lists every page that a crawl had an answer for, in a file.
func fetched(b *testing.B, db string) (list string, pages int) {
	b.Helper()
	store, err := storage.Open(b.Context(), db)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	requests, err := store.Requests(b.Context(), "", 1_000_000)
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	for _, r := range requests {
		if r.Reason != "robots" && r.Status == http.StatusOK {
			fmt.Fprintln(&out, r.URL)
			pages++
		}
	}
	list = db + ".urls"
	if err := os.WriteFile(list, out.Bytes(), 0o600); err != nil || pages == 0 {
		b.Fatalf("%d pages were fetched: %v", pages, err)
	}
	return list, pages
}

// bareCollect is the collector that nobody could leave anything out of: it
// fetches, parses and looks at the title.
func bareCollect(list string) error {
	data, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	addresses := make(chan string)
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			c := colly.NewCollector(colly.AllowURLRevisit())
			c.OnHTML("title", func(e *colly.HTMLElement) { io.WriteString(io.Discard, e.Text) })
			for address := range addresses {
				_ = c.Visit(address) // what fails costs as much
			}
		})
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		addresses <- lines.Text()
	}
	close(addresses)
	group.Wait()
	return lines.Err()
}

// benchPortal serves a portal of 300 articles in pages of some 60 KB.
func benchPortal(b *testing.B) (portals string) {
	const articles, perPage = 300, 25
	menu := strings.Repeat("<li><a href=\"/tentang\">Tentang kami dan cara menghubungi redaksi</a></li>\n", 600)
	prose := strings.Repeat("<p>Warga bergotong royong membersihkan saluran irigasi sepanjang dua kilometer sejak pagi, kata Wali Nagari. "+
		"Pekerjaan itu menyusul hujan lebat yang turun tiga hari berturut-turut di hulu sungai.</p>\n", 12)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		var n int
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case strings.HasPrefix(r.URL.Path, "/berita/"):
			fmt.Sscanf(r.URL.Path, "/berita/%d", &n)
			fmt.Fprintf(w, "<!doctype html><title>Irigasi Nagari %[1]d Dibersihkan</title><ul>%[2]s</ul><article><h1>Irigasi Nagari %[1]d Dibersihkan</h1>"+
				"<time datetime=\"2026-01-19T08:%02[4]d:00+07:00\">19 Januari 2026</time><div class=\"isi\"><p>Nagari %[1]d.</p>%[3]s</div></article>", n, menu, prose, n%60)
		default:
			page := 1
			fmt.Sscanf(r.URL.Path, "/page/%d", &page)
			fmt.Fprintf(w, "<!doctype html><title>Warta</title><ul>%s</ul>", menu)
			for n = (page - 1) * perPage; n < min(page*perPage, articles); n++ {
				fmt.Fprintf(w, "<article><h2><a href=\"/berita/%[1]d/irigasi-nagari-%[1]d-dibersihkan.html\">Irigasi Nagari %[1]d Dibersihkan</a></h2></article>", n)
			}
			if page*perPage < articles {
				fmt.Fprintf(w, "<a class=\"next\" rel=\"next\" href=\"/page/%d\">Berikutnya</a>", page+1)
			}
		}
	}))
	b.Cleanup(server.Close)
	portals = b.TempDir()
	home, _ := json.Marshal(server.URL + "/")
	text := "name = \"Warta\"\nhome = " + string(home) + "\nclock = \"WIB\"\n[limits]\ndelay = \"1ms\"\nbackfill = \"3650d\"\n"
	if err := os.WriteFile(filepath.Join(portals, "warta.toml"), []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	return portals
}
