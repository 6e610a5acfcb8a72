package main

import "kabar/crawler/normalize"

type regionsCmd struct {
	JSONLines bool `name:"json-lines" help:"Read and write one JSON object a line." required:""`
}

// Help is what "kabar regions --help" adds.
func (c *regionsCmd) Help() string {
	return `Tags each text with the regions it names, by their Home Affairs codes: two
digits for a province, "13.02" for a kabupaten or kota. home is the code of the
region that the portal belongs to; it may be missing. reasons tells for each
code how it was found; a question mark after it means low confidence.

In:  {"id", "text", "home"}    Out: {"id", "regions", "primary", "reasons"}

Example:

  echo '{"id":"1","text":"AROSUKA - Bupati Solok melantik camat."}' | kabar regions --json-lines`
}

type regionLine struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Home string `json:"home"`
}

type regionReply struct {
	ID      string            `json:"id"`
	Regions []string          `json:"regions"`
	Primary *string           `json:"primary"` // null when there is none
	Reasons map[string]string `json:"reasons,omitempty"`
}

// Run answers the lines on standard input.
func (c *regionsCmd) Run(w *world) error {
	return eachLine(w, func(in regionLine) (any, error) {
		reply := regionReply{ID: in.ID, Regions: []string{}, Reasons: map[string]string{}}
		for _, tag := range normalize.TagRegions(in.Text, in.Home) {
			reply.Regions = append(reply.Regions, tag.Code)
			reply.Reasons[tag.Code] = tag.Reason
			if tag.Low {
				reply.Reasons[tag.Code] += "?"
			}
			if tag.Primary {
				reply.Primary = &tag.Code
			}
		}
		return reply, nil
	})
}
