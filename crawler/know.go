package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kabar/crawler/discover"
	"kabar/crawler/extract"
	"kabar/crawler/normalize"
	"kabar/crawler/portal"
	"kabar/storage/news"
)

// knowledge is what was learned of a portal; it is kept as JSON in the ledger.
type knowledge struct {
	Model discover.Model       `json:"model"`
	Site  normalize.SiteMemory `json:"site"`
	// Layouts is how the portal lays out its articles.
	Layouts layouts `json:"layouts,omitzero"`
	// Definition is what the portal's definition said about its sources.
	Definition string `json:"definition,omitempty"`
	// Explored is when the sources were last looked for.
	Explored time.Time `json:"explored"`
	// Backfilled tells that older articles were read as far as asked.
	Backfilled bool `json:"backfilled"`
	// Explorations counts those that broke off since the last good one.
	Explorations int `json:"explorations"`
	// Source and SourceURL are the rung that is polled.
	Source    string `json:"source"`
	SourceURL string `json:"source_url"`
	Family    string `json:"family"`
	// Covered are listings of the definition of which others show everything
	// new; Surveyed tells that they were looked for.
	Covered  []string `json:"covered,omitempty"`
	Surveyed bool     `json:"surveyed,omitempty"`
	// Left are pages of its lists that a poll has still to read; LeftTries is
	// how often one of them failed.
	Left      []source `json:"left,omitempty"`
	LeftTries int      `json:"left_tries,omitempty"`
	// PollDue is when the source is asked again; what waits to be fetched may
	// be due earlier.
	PollDue time.Time `json:"poll_due"`
	// Clean counts the articles read since the last sign that the portal is
	// hacked, Fitting those since a new layout was learned.
	Clean   int `json:"clean,omitempty"`
	Fitting int `json:"fitting,omitempty"`
	// Undated tells of the last articles read whether they had no date.
	Undated []bool `json:"undated,omitempty"`
	// Newest is the newest time of publication that its lists had.
	Newest time.Time `json:"newest"`
}

// follow makes a portal whose definition names other sources than before be
// explored and read back like a new one.
func (k *knowledge) follow(d portal.Definition) {
	said := sourcesOf(d)
	if k.Definition != "" && k.Definition != said {
		k.Backfilled, k.PollDue = false, time.Time{}
		k.Source, k.SourceURL, k.Left = "", "", nil
	}
	k.Definition = said
}

// sourcesOf is what a definition says about the sources of its portal.
func sourcesOf(d portal.Definition) string {
	return fmt.Sprintf("%q %q %q", d.Home, d.Feeds, d.Listings)
}

func (c *Crawler) recall(ctx context.Context, id string) (*knowledge, error) {
	data, err := c.Ledger.Template(ctx, id)
	if errors.Is(err, news.ErrNotFound) {
		return &knowledge{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what is known of portal %s: %w", id, err)
	}
	k, err := readKnowledge(data)
	if err != nil {
		c.Log.Error("what was learned of a portal cannot be read and is learned again", "portal", id, "err", err)
		return &knowledge{}, nil
	}
	return k, nil
}

// readKnowledge reads what an earlier visit wrote. Templates of another
// version are learned again from the kept pages.
func readKnowledge(data []byte) (*knowledge, error) {
	var k knowledge
	if err := json.Unmarshal(data, &k); err != nil {
		return nil, err
	}
	if t := k.Layouts.Template; t != nil && t.Version != extract.TemplateVersion {
		k.Layouts = layouts{}
	}
	return &k, nil
}

func (c *Crawler) remember(ctx context.Context, id string, k *knowledge) error {
	data, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("keeping what is known of portal %s: %w", id, err)
	}
	return c.Ledger.SaveTemplate(ctx, id, data)
}

// scheduleMemory is the name under which the ledger keeps what the planner
// learned of all portals together. No portal has it.
const scheduleMemory = ""

// recallSchedule reads what the planner learned in earlier runs.
func (c *Crawler) recallSchedule(ctx context.Context) error {
	data, err := c.Ledger.Template(ctx, scheduleMemory)
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading what is known of the portals' rhythm: %w", err)
	}
	if err := json.Unmarshal(data, c.planner); err != nil {
		c.Log.Error("the rhythm of the portals cannot be read and is learned again", "err", err)
	}
	return nil
}

func (c *Crawler) rememberSchedule(ctx context.Context) error {
	data, err := json.Marshal(c.planner)
	if err != nil {
		return fmt.Errorf("keeping the rhythm of the portals: %w", err)
	}
	return c.Ledger.SaveTemplate(ctx, scheduleMemory, data)
}
