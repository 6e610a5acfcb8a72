package main

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// running is a "kabar run" in a process of its own.
type running struct {
	t       *testing.T
	command *exec.Cmd
	address string // of the front page
	told    bytes.Buffer
	ended   chan struct{} // closed when told is complete
}

// start starts the main job and waits until it serves.
func start(t *testing.T, args ...string) *running {
	t.Helper()
	return startServing(t, append([]string{"run", "--addr", "127.0.0.1:0"}, args...)...)
}

// startServing starts a command that serves and waits until it does.
func startServing(t *testing.T, args ...string) *running {
	t.Helper()
	r := &running{t: t, command: kabarProcess(t, args...)}
	told, err := r.command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.command.Process.Kill(); r.command.Wait() })
	lines := bufio.NewScanner(told)
	for r.address == "" && lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "Serving on "); ok {
			rest, _, _ = strings.Cut(rest, " ")
			r.address = strings.TrimSuffix(rest, ";")
		}
	}
	if r.address == "" {
		t.Fatalf("kabar %q ended before it served", args)
	}
	r.ended = make(chan struct{})
	go func() {
		defer close(r.ended)
		io.Copy(&r.told, told)
	}()
	return r
}

// page is what the running program answers.
func (r *running) page(path string) string {
	r.t.Helper()
	answer, err := http.Get(r.address + path)
	if err != nil {
		r.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		r.t.Fatalf("GET /%s: status %d, error %v", path, answer.StatusCode, err)
	}
	return string(body)
}

// interrupt ends the program as Ctrl-C does.
func (r *running) interrupt() {
	r.t.Helper()
	if err := r.command.Process.Signal(os.Interrupt); err != nil {
		r.t.Fatal(err)
	}
	asked := time.Now()
	<-r.ended
	if err := r.command.Wait(); err != nil {
		r.t.Errorf("run ended with %v\n%s", err, &r.told)
	}
	if took := time.Since(asked); took > 5*time.Second {
		r.t.Errorf("ending took %v", took)
	}
}

// TestCommandsBesideRun gives each command that touches what "kabar run" uses:
// those that would harm it are refused with a sentence, the others work, and
// it goes on serving.
func TestCommandsBesideRun(t *testing.T) {
	_, portals := made(t, 3, time.Millisecond)
	dir := t.TempDir()
	db, copied := filepath.Join(dir, "kabar.db"), filepath.Join(dir, "copy.db")
	use := []string{"--db", db, "--portals", portals, "--allow-net", "127.0.0.0/8"}
	if out, err := kabarProcess(t, append([]string{"crawl", "--patience", "0s"}, use...)...).CombinedOutput(); err != nil {
		t.Fatalf("crawl: %v\n%s", err, out)
	}
	r := start(t, use...)
	for _, c := range []struct {
		args []string
		code int
		told string
	}{
		{[]string{"backup", copied, "--db", db}, exitOK, "Wrote " + copied},
		{[]string{"restore", copied, "--db", db}, exitFailed, "stop that one first"},
		{append([]string{"crawl"}, use...), exitFailed, "stop that one first"},
		{append([]string{"run", "--addr", "127.0.0.1:0"}, use...), exitFailed, "stop that one first"},
		{[]string{"run", "--db", filepath.Join(dir, "other.db"), "--portals", portals, "--addr", hostOf(r.address)}, exitFailed, "another program serves on"},
		{[]string{"list", "--db", db}, exitOK, "solok-pos"},
		{[]string{"remove", "solok-pos", "--db", db, "--portals", portals}, exitOK, "its articles stay"},
	} {
		command := kabarProcess(t, c.args...)
		out, _ := command.CombinedOutput()
		if code := command.ProcessState.ExitCode(); code != c.code || !strings.Contains(string(out), c.told) {
			t.Errorf("kabar %q: exit code %d, want %d with %q:\n%s", c.args, code, c.code, c.told, out)
		}
	}
	if page := r.page(""); !strings.Contains(page, "solok-pos") {
		t.Error("the articles of a removed portal are no longer served")
	}
	r.interrupt()
}

func hostOf(address string) string {
	return strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/")
}
