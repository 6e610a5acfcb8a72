package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"kabar/storage/news"
)

// ChangeLog is what a Pinger needs of a store.
type ChangeLog interface {
	Changes(ctx context.Context, after int64, limit int) ([]news.Change, error)
	LastChange(ctx context.Context) (int64, error)
	Article(ctx context.Context, id string) (news.Article, error)
	Position(ctx context.Context, reader string) (int64, error)
	SavePosition(ctx context.Context, reader string, number int64) error
}

// Pinger tells a hub elsewhere which feeds have changed (section 6), in the
// form that the public hubs agree on: a POST with hub.mode=publish and
// hub.url. The hub then fetches the feed.
//
// It remembers in the store how far in the log it has come, and goes on there
// after a restart: every change is told at least once.
type Pinger struct {
	Log ChangeLog
	Hub string // address of the hub
	// Topics lists the feeds that an article is in.
	Topics func(news.Article) []string
	// Client sends the pings; it must refuse private addresses.
	Client *http.Client
	Report *slog.Logger // discarded when nil
}

const (
	pingReader = "ping"           // name of the position
	pingEvery  = 2 * time.Second  // changes are gathered for so long
	pingBatch  = 200              // changes told together
	pingLimit  = 30 * time.Second // one ping
	pingMost   = time.Hour        // between two tries
)

// Run tells of changes until the context ends. What was stored before the
// first start ever is not told.
func (p *Pinger) Run(ctx context.Context) error {
	pause, tries := time.NewTimer(0), 0
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-pause.C:
		}
		switch err := p.catchUp(ctx); {
		case err == nil:
			tries = 0
			pause.Reset(pingEvery)
		case ctx.Err() != nil:
			return nil
		default:
			tries++
			if p.Report != nil {
				p.Report.Warn("telling the hub of new articles; it is tried again by itself", "hub", p.Hub, "tries", tries, "err", err)
			}
			pause.Reset(min(backoff(tries), pingMost))
		}
	}
}

// catchUp tells of all changes up to now.
func (p *Pinger) catchUp(ctx context.Context) error {
	at, err := p.Log.Position(ctx, pingReader)
	if errors.Is(err, news.ErrNotFound) {
		if at, err = p.Log.LastChange(ctx); err == nil {
			err = p.Log.SavePosition(ctx, pingReader, at)
		}
	}
	if err != nil {
		return fmt.Errorf("reading how far the hub was told: %w", err)
	}
	for {
		changes, err := p.Log.Changes(ctx, at, pingBatch)
		if err != nil {
			return fmt.Errorf("reading changes: %w", err)
		}
		if len(changes) == 0 {
			return nil
		}
		topics, err := p.concerned(ctx, changes)
		if err != nil {
			return err
		}
		for _, topic := range topics {
			if err := p.ping(ctx, topic); err != nil {
				return err
			}
		}
		at = changes[len(changes)-1].Number
		if err := p.Log.SavePosition(ctx, pingReader, at); err != nil {
			return fmt.Errorf("remembering how far the hub was told: %w", err)
		}
	}
}

// concerned lists the feeds that changes concern, each once. Of an article
// that is there no more its portal is known.
func (p *Pinger) concerned(ctx context.Context, changes []news.Change) ([]string, error) {
	var topics []string
	seen := make(map[string]bool)
	for _, c := range changes {
		a, err := p.Log.Article(ctx, c.ID)
		if errors.Is(err, news.ErrNotFound) {
			a, err = news.Article{Portal: c.Portal}, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading article %s: %w", c.ID, err)
		}
		for _, topic := range p.Topics(a) {
			if !seen[topic] {
				seen[topic] = true
				topics = append(topics, topic)
			}
		}
	}
	return topics, nil
}

// ping tells of one feed. A hub that says that it is not interested is told no
// more of this change; one in trouble is asked again.
func (p *Pinger) ping(ctx context.Context, topic string) error {
	ctx, cancel := context.WithTimeout(ctx, pingLimit)
	defer cancel()
	form := url.Values{"hub.mode": {"publish"}, "hub.url": {topic}, "hub.topic": {topic}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.Hub, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := p.Client.Do(r)
	if err != nil {
		return err
	}
	if err := resp.Body.Close(); err != nil {
		return err
	}
	switch {
	case isSuccess(resp.StatusCode):
		return nil
	case resp.StatusCode < 400 || resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusRequestTimeout:
		return fmt.Errorf("the hub answers %d", resp.StatusCode)
	}
	if p.Report != nil {
		p.Report.Warn("the hub does not want to be told of a feed", "hub", p.Hub, "topic", topic, "status", resp.StatusCode)
	}
	return nil
}
