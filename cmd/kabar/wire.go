package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"syscall"
	"time"

	"kabar/crawler"
	"kabar/crawler/fetch"
	"kabar/feed"
	"kabar/feed/web"
	"kabar/storage"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// agent is the user agent: one name everywhere, with the page that explains it.
func (f crawlFlags) agent() string {
	if f.Contact == "" {
		return "kabar/" + version
	}
	return fmt.Sprintf("kabar/%s (+%s)", version, f.Contact)
}

// fetcher is the one way out of the program.
func (f crawlFlags) fetcher(memory fetch.Memory, now func() time.Time, log *slog.Logger) *fetch.Fetcher {
	return fetch.New(fetch.Options{Memory: memory, Now: now, UserAgent: f.agent(), AllowNets: prefixes(f.AllowNet), Log: log})
}

func prefixes(networks []network) []netip.Prefix {
	list := make([]netip.Prefix, len(networks))
	for i, n := range networks {
		list[i] = n.Prefix
	}
	return list
}

// logger writes what an operator should know to standard error.
func (w *world) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(w.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// listen opens the address to serve on.
func (f serveFlags) listen() (net.Listener, error) {
	listener, err := net.Listen("tcp", f.Addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("another program serves on %s already: stop that one, or choose another address with --addr", f.Addr)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot serve on %s (%w): give an address of this machine such as --addr 127.0.0.1:8080", f.Addr, err)
	}
	return listener, nil
}

// handler serves what is in the store. Everything may be shown in full to
// readers on this machine, and its operator sees what is wrong; the public gets
// summaries unless a portal allows more, also when it comes through a proxy on
// this machine.
func (f serveFlags) handler(store storage.Store, listener net.Listener, now func() time.Time, crawl crawlFlags, notice func() string, log *slog.Logger, more ...func(*web.Options)) (*web.Handler, error) {
	republish, local := feed.Summary, !f.public(listener)
	if local {
		republish = feed.Full
	}
	options := web.Options{Store: store, Now: now, Log: log, BaseURL: f.BaseURL, Version: version,
		TrustedProxies: prefixes(f.TrustProxy), Agent: crawl.agent(), Contact: crawl.Contact, Site: f.BaseURL, Republish: republish, Ops: local, OpsToken: string(f.OpsToken), Notice: notice}
	for _, change := range more {
		change(&options)
	}
	return web.New(options)
}

func isLoopback(l net.Listener) bool {
	address, ok := l.Addr().(*net.TCPAddr)
	return ok && address.IP.IsLoopback()
}

// watch shows progress until the returned function is called: a live line on
// a terminal, plain lines elsewhere.
func watch(ctx context.Context, w *world, progress func() crawler.Progress) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	pause, show := 10*time.Second, plainProgress(w.stderr)
	if file, ok := w.stderr.(interface{ Fd() uintptr }); ok && term.IsTerminal(int(file.Fd())) {
		pause, show = 200*time.Millisecond, liveProgress(w.stderr)
	}
	started := time.Now()
	go func() {
		defer close(done)
		ticker := time.NewTicker(pause)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				show(progress(), time.Since(started), true)
				return
			case <-ticker.C:
				show(progress(), time.Since(started), false)
			}
		}
	}()
	return func() { cancel(); <-done }
}

type showProgress func(p crawler.Progress, elapsed time.Duration, last bool)

func line(p crawler.Progress, elapsed time.Duration) string {
	rate := float64(p.Pages) / max(elapsed.Seconds(), 0.001)
	return fmt.Sprintf("%d of %d portals, %d pages, %d new articles, %d errors, %.1f pages/s",
		p.Done, p.Portals, p.Pages, p.Articles, p.Errors, rate)
}

// plainProgress writes a line whenever something has happened since the last.
func plainProgress(out io.Writer) showProgress {
	var told crawler.Progress
	return func(p crawler.Progress, elapsed time.Duration, last bool) {
		if p == told && !last {
			return
		}
		told = p
		fmt.Fprintln(out, line(p, elapsed))
	}
}

func liveProgress(out io.Writer) showProgress {
	bar := progressbar.NewOptions64(1, progressbar.OptionSetWriter(out), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetWidth(20), progressbar.OptionSetPredictTime(false))
	return func(p crawler.Progress, elapsed time.Duration, last bool) {
		bar.ChangeMax64(max(p.Portals, 1))
		bar.Describe(line(p, elapsed))
		_ = bar.Set64(min(p.Done, p.Portals)) // a bar that cannot be drawn stops nothing
		if last {
			_ = bar.Clear()
			fmt.Fprintln(out, line(p, elapsed))
		}
	}
}
