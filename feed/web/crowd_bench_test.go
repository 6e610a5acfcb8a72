//go:build unix

package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// BenchmarkCrowd compares the slowest hundredth of a normal reader's requests,
// each over a connection of its own, while the server is idle and while 10,000
// others hold connections: silent ones, such as send their headers a byte a
// second, such as never read their answers, and idle ones. Who is thrown out
// comes back. Server, crowd and reader are processes of their own.
func BenchmarkCrowd(b *testing.B) {
	const requests = 3000
	peer := startServers(b)
	for b.Loop() {
		idle := peer.slowest(b, requests)
		leave := startCrowd(b, peer)
		busy := peer.slowest(b, requests)
		b.ReportMetric(float64(idle.Microseconds())/1000, "idle-p99-ms")
		b.ReportMetric(float64(busy.Microseconds())/1000, "busy-p99-ms")
		b.ReportMetric(float64(busy)/float64(idle), "ratio")
		b.ReportMetric(peer.memory(b), "server-MB")
		leave()
	}
}

// crowdSize is how many hold connections.
const crowdSize = 10_000

// startCrowd runs this test program once more, as TestCrowdOfBenchmark, and
// returns when all of the crowd are there.
func startCrowd(b *testing.B, peer servers) (leave func()) {
	b.Helper()
	told, err := json.Marshal(peer)
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestCrowdOfBenchmark$")
	cmd.Env = append(os.Environ(), "KABAR_BENCH_CROWD="+string(told))
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
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		b.Fatal(err)
	}
	return func() { in.Close(); _ = cmd.Wait() } // it ends with its input
}

// TestCrowdOfBenchmark is the crowd of BenchmarkCrowd until its input ends; by
// itself it does nothing.
func TestCrowdOfBenchmark(t *testing.T) {
	var peer servers
	told := os.Getenv("KABAR_BENCH_CROWD")
	if told == "" {
		return
	}
	if err := json.Unmarshal([]byte(told), &peer); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var open atomic.Int64
	var group sync.WaitGroup
	for n := range crowdSize {
		group.Go(func() { peer.pester(ctx, n, &open) })
	}
	for open.Load() < crowdSize*95/100 {
		time.Sleep(50 * time.Millisecond)
	}
	time.Sleep(3 * time.Second) // until the first come back
	fmt.Println("there")
	_, _ = io.Copy(io.Discard, os.Stdin)
	cancel()
	group.Wait()
}

// slowest is the 99th percentile of a reader's requests, half of them
// conditional.
func (s servers) slowest(b *testing.B, requests int) time.Duration {
	b.Helper()
	took := make([]time.Duration, requests)
	for i := range took {
		status := []int{200, 304}[i%2]
		began := time.Now()
		conn, err := net.Dial("tcp", s.Ours)
		if err != nil {
			b.Fatal(err)
		}
		l := &line{Conn: conn, in: bufio.NewReader(conn), request: s.request(status), status: status}
		l.ask(b)
		took[i] = time.Since(began)
		conn.Close()
		time.Sleep(time.Millisecond)
	}
	slices.Sort(took)
	return took[requests*99/100]
}

// pester holds one connection after the other until ctx ends.
func (s servers) pester(ctx context.Context, n int, open *atomic.Int64) {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 1, byte(n>>8), byte(n))}}
	select { // not all in the same moment
	case <-ctx.Done():
	case <-time.After(time.Duration(rand.IntN(5000)) * time.Millisecond):
	}
	for ctx.Err() == nil {
		conn, err := dialer.DialContext(ctx, "tcp", s.Ours)
		if err != nil {
			time.Sleep(100 * time.Millisecond)
			continue
		}
		open.Add(1)
		stop := context.AfterFunc(ctx, func() { conn.Close() })
		s.behave(ctx, conn, n%4)
		stop()
		conn.Close()
		open.Add(-1)
	}
}

// behave is one of the ways in which clients keep connections for nothing; it
// returns when the server has had enough.
func (s servers) behave(ctx context.Context, conn net.Conn, way int) {
	switch way {
	case 0: // silent
	case 1: // slow to ask
		for _, c := range s.request(200) {
			if _, err := conn.Write([]byte{c}); err != nil || ctx.Err() != nil {
				return
			}
			time.Sleep(time.Second)
		}
	case 2: // slow to read
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetReadBuffer(1)
		}
		plain := strings.Replace(string(s.request(200)), "Accept-Encoding: gzip\r\n", "", 1)
		_, _ = io.WriteString(conn, strings.Repeat(plain, 10))
		for ctx.Err() == nil {
			if _, err := io.CopyN(io.Discard, conn, 16); err != nil {
				return
			}
			time.Sleep(time.Second)
		}
	default: // idle after a request
		_, _ = conn.Write(s.request(304))
	}
	_, _ = io.Copy(io.Discard, conn)
}

// memory is what the serving process takes, in MB.
func (s servers) memory(b *testing.B) float64 {
	b.Helper()
	res, err := http.Get("http://" + s.Control + "/memory")
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	var pages float64
	if _, err := fmt.Fscan(res.Body, &pages); err != nil {
		b.Fatal(err)
	}
	return pages * float64(os.Getpagesize()) / 1e6
}

// tellMemory says how many pages of the process are in memory (proc(5), statm).
func tellMemory(w http.ResponseWriter, _ *http.Request) {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, pages, _ := strings.Cut(string(data), " ")
	fmt.Fprint(w, pages)
}
