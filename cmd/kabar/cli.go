package main

import (
	"context"
	"errors"
	"fmt"

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
	Config string `help:"The configuration file; otherwise kabar.toml beside the database, if there is one." placeholder:"FILE"`

	Run   runCmd   `cmd:"" help:"Crawl on schedule and serve feeds and pages: the main job."`
	Crawl crawlCmd `cmd:"" help:"Crawl once, all or named portals, and exit."`
	Serve serveCmd `cmd:"" help:"Only serve what is stored."`
	Add   addCmd   `cmd:"" help:"Look at a portal, show what would be read, and write its definition."`
	Demo  demoCmd  `cmd:"" help:"Crawl and serve made-up portals: everything works without the internet."`

	Dates     datesCmd     `cmd:"" help:"Read dates, one JSON object a line."`
	Datelines datelinesCmd `cmd:"" help:"Read datelines, one JSON object a line."`
	Regions   regionsCmd   `cmd:"" help:"Tag text with regions, one JSON object a line."`
	Explain   explainCmd   `cmd:"" help:"Show every stage of reading one page."`
	Extract   extractCmd   `cmd:"" help:"Extract articles from saved pages, one JSON object a line."`
	Schedule  scheduleCmd  `cmd:"" help:"Decide when to poll sources, one JSON object a line."`

	List     listCmd     `cmd:"" help:"List articles by portal, region, time and words."`
	Export   exportCmd   `cmd:"" help:"Write articles as JSON lines or CSV."`
	Events   eventsCmd   `cmd:"" help:"Say what is wrong with portals and since when."`
	Requests requestsCmd `cmd:"" help:"Show every request to a host."`
	Release  releaseCmd  `cmd:"" help:"List the articles held back as gambling or defacement, or publish one."`
	Doctor   doctorCmd   `cmd:"" help:"Say in plain words what is wrong and what to do."`

	Remove  removeCmd  `cmd:"" help:"Stop crawling a portal."`
	Catalog catalogCmd `cmd:"" help:"Search the known, unverified addresses of portals."`
	Check   checkCmd   `cmd:"" help:"Check definitions and print what is in force."`
	Backup  backupCmd  `cmd:"" help:"Copy the database while it is in use."`
	Restore restoreCmd `cmd:"" help:"Put a backup in the place of the database."`
	Version versionCmd `cmd:"" help:"Print the version."`
	Topics  helpCmd    `cmd:"" name:"help" help:"Explain settings, exit-codes, definitions, feeds or protocols."`
}

// run executes one command line and returns the exit code.
func run(ctx context.Context, w *world, args []string) int {
	var c cli
	var file config
	helped := false
	parser, err := kong.New(&c,
		kong.Name("kabar"),
		kong.Description("Crawls regional news portals and publishes them as feeds."),
		kong.Writers(w.stdout, w.stderr),
		kong.Exit(func(int) { helped = true }), // only --help asks for it, and parsing goes on
		kong.DefaultEnvars("KABAR"),
		kong.Resolvers(&file),
		kong.ValueFormatter(describe),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(w, &c.settings),
	)
	if err != nil {
		return fail(w, err)
	}
	if len(args) == 0 {
		return fail(w, usageError(`say what to do: "kabar run" crawls and serves, "kabar --help" lists the commands`))
	}
	k, err := parser.Parse(args)
	if helped {
		return exitOK
	}
	if trouble := (*configError)(nil); errors.As(err, &trouble) {
		return fail(w, usageError(trouble.Error()))
	}
	if err != nil {
		return fail(w, usageError(file.blame(err)+`; "kabar --help" tells more`))
	}
	return fail(w, k.Run())
}

// fail tells an error in a sentence and returns the exit code it asks for.
func fail(w *world, err error) int {
	if err == nil {
		return exitOK
	}
	if !errors.Is(err, context.Canceled) {
		fmt.Fprintf(w.stderr, "kabar: %v\n", err)
	}
	var coded interface{ ExitCode() int }
	if errors.As(err, &coded) {
		return coded.ExitCode()
	}
	return exitFailed
}
