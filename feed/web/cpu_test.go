//go:build unix

package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"testing"
	"time"
)

// BenchmarkServerCPU compares the processor time that a server takes for an
// answer from memory with that of a bare net/http handler that has the same
// bytes. The servers run in a process of their own, so that the client does
// not count; both are asked in turn, and the ratio of each round is reported
// as its median.
func BenchmarkServerCPU(b *testing.B) {
	peer := startServers(b)
	for _, status := range []int{304, 200} {
		b.Run(fmt.Sprint(status), func(b *testing.B) {
			const each = 2000
			bare, ours := peer.connect(b, peer.Bare, status), peer.connect(b, peer.Ours, status)
			peer.cost(b, bare, each)
			peer.cost(b, ours, each)
			var ratios []float64
			var bareSum, oursSum time.Duration
			for b.Loop() {
				x, y := peer.cost(b, bare, each), peer.cost(b, ours, each)
				bareSum, oursSum = bareSum+x, oursSum+y
				ratios = append(ratios, float64(y)/float64(x))
			}
			slices.Sort(ratios)
			n := float64(each * len(ratios) * 1000)
			b.ReportMetric(float64(bareSum.Nanoseconds())/n, "bare-µs")
			b.ReportMetric(float64(oursSum.Nanoseconds())/n, "kabar-µs")
			b.ReportMetric(ratios[len(ratios)/2], "ratio")
		})
	}
}

// servers is a process that serves, as it tells of itself.
type servers struct {
	Bare, Ours, Control string // addresses
	ETag                string
}

// startServers runs this test program once more, as TestServersOfBenchmark.
func startServers(b *testing.B) servers {
	b.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestServersOfBenchmark$")
	cmd.Env = append(os.Environ(), "KABAR_BENCH_SERVE=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { in.Close(); _ = cmd.Wait() }) // it ends with its input
	var s servers
	if err := json.NewDecoder(out).Decode(&s); err != nil {
		b.Fatal(err)
	}
	return s
}

// TestServersOfBenchmark serves for BenchmarkServerCPU and BenchmarkCrowd until its input ends;
// by itself it does nothing.
func TestServersOfBenchmark(t *testing.T) {
	if os.Getenv("KABAR_BENCH_SERVE") == "" {
		return
	}
	store := newStore(t)
	for n := range 50 {
		save(t, store, story("solok.example", n))
	}
	h, err := New(Options{Store: store, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	first := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/feeds/all.atom", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	h.ServeHTTP(first, r)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s := servers{ETag: first.Header().Get("ETag")}
	ours, bare, control := listener(t), listener(t), listener(t)
	s.Ours, s.Bare, s.Control = ours.Addr().String(), bare.Addr().String(), control.Addr().String()
	go h.Serve(ctx, ours)
	go http.Serve(bare, bareHandler(first, s.ETag))
	mux := http.NewServeMux()
	mux.HandleFunc("/", tellTime)
	mux.HandleFunc("/memory", tellMemory)
	go http.Serve(control, mux)
	if err := json.NewEncoder(os.Stdout).Encode(s); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func listener(t *testing.T) net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// bareHandler does the least that is right: it has the bytes in memory and
// compares one entity tag.
func bareHandler(first *httptest.ResponseRecorder, etag string) http.Handler {
	body, modified := first.Body.Bytes(), first.Header().Get("Last-Modified")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("ETag", etag)
		header.Set("Cache-Control", "public, max-age=60")
		header.Set("Last-Modified", modified)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		header.Set("Content-Type", "application/atom+xml; charset=utf-8")
		header.Set("Content-Encoding", "gzip")
		header.Set("Content-Length", fmt.Sprint(len(body)))
		_, _ = w.Write(body)
	})
}

// tellTime says how much processor time the process has taken, in nanoseconds.
func tellTime(w http.ResponseWriter, _ *http.Request) {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprint(w, use.Utime.Nano()+use.Stime.Nano())
}

// line is an open connection with the request that is sent over it.
type line struct {
	net.Conn
	in      *bufio.Reader
	request []byte
	status  int
}

func (s servers) connect(b *testing.B, addr string, status int) *line {
	b.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close() })
	return &line{conn, bufio.NewReader(conn), s.request(status), status}
}

// request is one that is answered with a status.
func (s servers) request(status int) []byte {
	request := "GET /feeds/all.atom HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nUser-Agent: reader\r\n"
	if status == http.StatusNotModified {
		request += "If-None-Match: " + s.ETag + "\r\n"
	}
	return []byte(request + "\r\n")
}

// ask makes one request and reads its answer.
func (l *line) ask(b *testing.B) {
	b.Helper()
	if _, err := l.Write(l.request); err != nil {
		b.Fatal(err)
	}
	res, err := http.ReadResponse(l.in, nil)
	if err != nil || res.StatusCode != l.status {
		b.Fatal(res, err)
	}
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		b.Fatal(err)
	}
}

// cost is the processor time of the serving process for some requests.
func (s servers) cost(b *testing.B, l *line, requests int) time.Duration {
	b.Helper()
	before := s.spent(b)
	for range requests {
		l.ask(b)
	}
	return s.spent(b) - before
}

func (s servers) spent(b *testing.B) time.Duration {
	b.Helper()
	res, err := http.Get("http://" + s.Control + "/")
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	var spent time.Duration
	if _, err := fmt.Fscan(res.Body, (*int64)(&spent)); err != nil {
		b.Fatal(err)
	}
	return spent
}
