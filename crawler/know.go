package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kabar/crawler/discover"
	"kabar/crawler/normalize"
	"kabar/storage/news"
)

// knowledge is what was learned of a portal; it is kept as JSON in the ledger.
type knowledge struct {
	Model discover.Model       `json:"model"`
	Site  normalize.SiteMemory `json:"site"`
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
	// PollDue is when the source is asked again; what waits to be fetched may
	// be due earlier.
	PollDue time.Time `json:"poll_due"`
}

func (c *Crawler) recall(ctx context.Context, portal string) (*knowledge, error) {
	data, err := c.Ledger.Template(ctx, portal)
	if errors.Is(err, news.ErrNotFound) {
		return &knowledge{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what is known of portal %s: %w", portal, err)
	}
	var k knowledge
	if err := json.Unmarshal(data, &k); err != nil {
		c.Log.Error("what was learned of a portal cannot be read and is learned again", "portal", portal, "err", err)
		return &knowledge{}, nil
	}
	return &k, nil
}

func (c *Crawler) remember(ctx context.Context, portal string, k *knowledge) error {
	data, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("keeping what is known of portal %s: %w", portal, err)
	}
	return c.Ledger.SaveTemplate(ctx, portal, data)
}
