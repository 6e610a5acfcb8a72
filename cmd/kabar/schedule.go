package main

import (
	"fmt"
	"time"

	"kabar/crawler/schedule"
)

type scheduleCmd struct {
	JSONLines bool `name:"json-lines" help:"Read and write one JSON object a line." required:""`
	budgetFlag
}

// Help is the long form of "kabar schedule --help".
func (c *scheduleCmd) Help() string {
	return `Decides when to poll sources. In: {"source","now","clock","published","first"}:
the source was polled now and articles with these times of publication were new;
clock is its zone (WIB, WITA, WIT), first is true for its first poll. Out:
{"source","next"}. Learns while it reads and keeps nothing.

Example:

    echo '{"source":"a","now":"2026-01-20T08:30:00+07:00","clock":"WIB","published":[],"first":true}' | kabar schedule --json-lines`
}

type polledLine struct {
	Source    string      `json:"source"`
	Now       time.Time   `json:"now"`
	Clock     string      `json:"clock"`
	Published []time.Time `json:"published"`
	First     bool        `json:"first"`
}

type pollAnswer struct {
	Source string    `json:"source"`
	Next   time.Time `json:"next"`
}

// Run answers the lines on standard input.
func (c *scheduleCmd) Run(w *world) error {
	planner := schedule.New(c.Budget)
	return eachLine(w, func(in polledLine) (any, error) {
		if in.Now.IsZero() {
			return nil, fmt.Errorf("source %q has no time \"now\"", in.Source)
		}
		zone := siteZone(in.Clock)
		if zone == nil {
			zone = in.Now.Location()
		}
		planner.Polled(in.Source, zone, in.Now, in.Published, in.First)
		next := planner.Next(in.Source, in.Now)
		return pollAnswer{Source: in.Source, Next: next.In(in.Now.Location())}, nil
	})
}
