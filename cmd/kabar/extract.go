package main

import "errors"

type extractCmd struct {
	JSONLines bool `name:"json-lines" help:"Read and write one JSON object a line." required:""`
}

// Run answers the lines on standard input.
func (c *extractCmd) Run(w *world) error { return errors.New("not yet") }
