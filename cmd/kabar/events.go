package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"kabar/storage/news"
	"kabar/storage/region"
)

// eventsCmd shows what is wrong and since when.
type eventsCmd struct {
	List eventsListCmd `cmd:"" default:"withargs" help:"List the troubles of portals."`
	Ack  eventsAckCmd  `cmd:"" help:"Mark a trouble as seen."`
}

// Help is the long form of "kabar events --help".
func (eventsCmd) Help() string {
	return `Lists the open troubles of portals, newest first: number, portal, cause, since
when, and what to do. A trouble is told once and closes by itself when it is
over; "seen" marks those that a person has acknowledged.

Example:

    kabar events --closed --limit 20`
}

// eventsListCmd lists events.
type eventsListCmd struct {
	Closed bool `env:"-" help:"Also those that are over."`
	Limit  int  `help:"How many events at most." default:"100" placeholder:"N"`
}

// Run prints the events.
func (c *eventsListCmd) Run(ctx context.Context, w *world, s *settings) error {
	store, err := s.openExisting(ctx, w)
	if err != nil {
		return err
	}
	defer store.Close()
	events, err := store.Events(ctx, c.Closed, c.Limit)
	if err != nil {
		return err
	}
	if len(events) == 0 {
		fmt.Fprintln(w.stderr, "There is no trouble.")
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, e := range events {
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%s\n", e.ID, owner(e), e.Cause, day(e.Since), eventState(e), printable(e.Detail))
	}
	return table.Flush()
}

// owner is the portal of an event.
func owner(e news.Event) string {
	if e.Portal == "" {
		return "kabar itself"
	}
	return e.Portal
}

func eventState(e news.Event) string {
	switch {
	case !e.Closed.IsZero():
		return "over since " + day(e.Closed)
	case !e.Acked.IsZero():
		return "seen"
	default:
		return "open"
	}
}

// day is a moment for an operator, by the western clock.
func day(at time.Time) string {
	if at.IsZero() {
		return "never"
	}
	return at.In(region.Zone("WIB")).Format("2006-01-02 15:04 WIB")
}

// eventsAckCmd acknowledges an event.
type eventsAckCmd struct {
	ID int64 `arg:"" help:"The number of the event, as \"kabar events\" lists it."`
}

// Help is the long form of "kabar events ack --help".
func (eventsAckCmd) Help() string {
	return "Marks a trouble as seen by a person; it stays open until it is over.\n\nExample:\n\n    kabar events ack 12"
}

// Run acknowledges the event.
func (c *eventsAckCmd) Run(ctx context.Context, w *world, s *settings) error {
	store, err := s.openExisting(ctx, w)
	if err != nil {
		return err
	}
	defer store.Close()
	err = store.AckEvent(ctx, c.ID, s.clock(w)())
	if errors.Is(err, news.ErrNotFound) {
		return fmt.Errorf("there is no event %d; \"kabar events --closed\" lists all", c.ID)
	}
	return err
}
