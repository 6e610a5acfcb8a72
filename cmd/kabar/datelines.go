package main

import "kabar/crawler/normalize"

type datelinesCmd struct {
	JSONLines bool `name:"json-lines" help:"Read and write one JSON object a line." required:""`
}

// Help is what "kabar datelines --help" adds.
func (c *datelinesCmd) Help() string {
	return `Reads the dateline at the beginning of each text: place, agency and date as
printed, and the rest. A text without a dateline stays whole.

In:  {"id", "raw"}    Out: {"id", "place", "agency", "date", "rest"}

Example:

  echo '{"id":"1","raw":"Jakarta, 20/1 (ANTARA) - Menteri tiba."}' | kabar datelines --json-lines`
}

type datelineLine struct {
	ID  string `json:"id"`
	Raw string `json:"raw"`
}

type datelineReply struct {
	ID     string `json:"id"`
	Place  string `json:"place"`
	Agency string `json:"agency"`
	Date   string `json:"date"`
	Rest   string `json:"rest"`
}

// Run answers the lines on standard input.
func (c *datelinesCmd) Run(w *world) error {
	return eachLine(w, func(in datelineLine) (any, error) {
		d := normalize.ReadDateline(in.Raw)
		return datelineReply{ID: in.ID, Place: d.Place, Agency: d.Agency, Date: d.Date, Rest: d.Rest}, nil
	})
}
