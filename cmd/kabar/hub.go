package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"kabar/crawler/fetch"
	"kabar/feed/notify"
	"kabar/feed/web"
	"kabar/storage"
)

// hubFlags are the flags of commands that tell others of new articles.
type hubFlags struct {
	Hub     bool   `help:"Let feed readers subscribe at /hub, and push new articles to them (WebSub)." env:"KABAR_HUB"`
	HubPing string `help:"Tell the WebSub hub at this address of new articles, instead of being one; needs --base-url." env:"KABAR_HUB_PING" placeholder:"URL"`
}

// pushing tells others of new articles; the zero value tells nobody.
type pushing struct {
	hub    *notify.Hub
	pinger *notify.Pinger
	close  []func() error
}

// pushing makes what the flags ask for. Close it after use.
func (f hubFlags) pushing(store storage.Store, now func() time.Time, crawl crawlFlags, serve serveFlags, log *slog.Logger) (*pushing, error) {
	switch {
	case f.Hub && f.HubPing != "":
		return nil, usageError("either be a hub (--hub) or ping one (--hub-ping URL): leave one of them out")
	case f.HubPing != "" && serve.BaseURL == "":
		return nil, usageError("--hub-ping needs --base-url: the hub has to be told the public addresses of the feeds")
	}
	if u, err := url.Parse(f.HubPing); f.HubPing != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
		return nil, usageError(fmt.Sprintf("--hub-ping must be the address of a hub such as https://hub.example/, not %q", f.HubPing))
	}
	p := &pushing{}
	if f.Hub {
		p.hub = notify.New(notify.Options{
			Outbox: store, Now: now, Log: log, RetryAt: retryAt,
			Ask:  p.wayOut(store, "ask ", now, crawl, log).Transport,
			Tell: p.wayOut(store, "tell ", now, crawl, log).Transport,
		})
	}
	if f.HubPing != "" {
		p.pinger = &notify.Pinger{Log: store, Hub: f.HubPing, Client: p.wayOut(store, "tell ", now, crawl, log), Report: log}
	}
	return p, nil
}

// wayOut is the client of a fetcher with a patience of its own: what a
// subscriber's host does must not keep the crawler from a portal at the same
// host, nor the address of a stranger a delivery from subscribers.
func (p *pushing) wayOut(store storage.Store, prefix string, now func() time.Time, crawl crawlFlags, log *slog.Logger) *http.Client {
	fetcher := crawl.fetcher(apart{store, prefix}, now, log)
	p.close = append(p.close, fetcher.Close)
	return fetcher.Client()
}

// apart is a memory that keeps its patience under names of its own.
type apart struct {
	fetch.Memory
	prefix string
}

func (a apart) NotBefore(ctx context.Context, host string) (time.Time, error) {
	return a.Memory.NotBefore(ctx, a.prefix+host)
}

func (a apart) SetNotBefore(ctx context.Context, host string, t time.Time) error {
	return a.Memory.SetNotBefore(ctx, a.prefix+host, t)
}

// retryAt is the moment until which a host is left alone, when that is why a
// request was not sent.
func retryAt(err error) time.Time {
	var e *fetch.Error
	if errors.As(err, &e) && e.Kind == fetch.MustWait {
		return e.RetryAt
	}
	return time.Time{}
}

// advertise names the hub in the options of the server.
func (f hubFlags) advertise(p *pushing) func(*web.Options) {
	return func(o *web.Options) {
		o.Hub = f.HubPing
		if p.hub != nil {
			o.OwnHub = p.hub
		}
	}
}

// run tells others until the context ends.
func (p *pushing) run(ctx context.Context, handler *web.Handler) error {
	switch {
	case p.hub != nil:
		return p.hub.Run(ctx, handler)
	case p.pinger != nil:
		p.pinger.Topics = handler.Topics
		return p.pinger.Run(ctx)
	default:
		return nil
	}
}

// Close ends what is under way.
func (p *pushing) Close() error {
	var errs []error
	for _, close := range p.close {
		errs = append(errs, close())
	}
	return errors.Join(errs...)
}
