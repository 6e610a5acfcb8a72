package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"
)

// Exit codes, documented in "kabar help exit-codes".
const (
	exitOK      = 0
	exitFailed  = 1 // something went wrong
	exitUsage   = 2 // the command line makes no sense
	exitPartial = 3 // the work was done but for some parts, which were named
)

// cli is the command line: one field a command, in the order of the help.
type cli struct {
	settings

	Dates     datesCmd     `cmd:"" help:"Read dates, one JSON object a line."`
	Datelines datelinesCmd `cmd:"" help:"Read datelines, one JSON object a line."`
	Regions   regionsCmd   `cmd:"" help:"Tag text with regions, one JSON object a line."`
	Explain   explainCmd   `cmd:"" help:"Show every stage of reading one page."`
	Extract   extractCmd   `cmd:"" help:"Extract articles from saved pages, one JSON object a line."`
}

// run executes one command line and returns the exit code.
func run(ctx context.Context, w *world, args []string) int {
	var c cli
	code := -1
	parser, err := kong.New(&c,
		kong.Name("kabar"),
		kong.Description("Crawls regional news portals and publishes them as feeds."),
		kong.Writers(w.stdout, w.stderr),
		kong.Exit(func(n int) { code = n; panic(exitNow{}) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(w, &c.settings),
	)
	if err != nil {
		fmt.Fprintf(w.stderr, "%s: %v\n", filepath.Base(os.Args[0]), err)
		return exitUsage
	}
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(exitNow); !ok {
				panic(r)
			}
		}
	}()
	k, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(w.stderr, "kabar: %v\nTry: kabar --help\n", err)
		return exitUsage
	}
	if err := k.Run(); err != nil {
		if !errors.Is(err, context.Canceled) {
			fmt.Fprintf(w.stderr, "kabar: %v\n", err)
		}
		return exitFailed
	}
	if code >= 0 {
		return code
	}
	return exitOK
}

type exitNow struct{}
