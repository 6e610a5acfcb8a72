package main

import (
	"context"
	"embed"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/alecthomas/kong"
)

//go:embed help
var helpTexts embed.FS

// helpCmd explains what no single command does.
type helpCmd struct {
	Topic string `arg:"" optional:"" help:"settings, exit-codes, definitions, feeds or protocols." placeholder:"TOPIC"`
}

// Help is the long form of "kabar help --help".
func (c *helpCmd) Help() string {
	return `Topics: settings, exit-codes, definitions, feeds, protocols.

Example:

    kabar help definitions`
}

// Run prints a topic, or the help of a command of that name.
func (c *helpCmd) Run(ctx context.Context, w *world, k *kong.Context) error {
	switch c.Topic {
	case "":
		_, err := io.WriteString(w.stdout, "Topics of \"kabar help TOPIC\": settings, exit-codes, definitions, feeds, protocols.\n\"kabar --help\" lists the commands, \"kabar COMMAND --help\" explains one.\n")
		return err
	case "settings":
		return printSettings(w.stdout, k.Model)
	}
	for _, command := range k.Model.Children {
		if command.Name == c.Topic {
			run(ctx, w, []string{c.Topic, "--help"})
			return nil
		}
	}
	text, err := helpTexts.ReadFile("help/" + c.Topic + ".txt")
	if err != nil {
		return usageError(fmt.Sprintf("there is no help on %q; topics are settings, exit-codes, definitions, feeds and protocols, and \"kabar COMMAND --help\" explains a command", c.Topic))
	}
	_, err = w.stdout.Write(text)
	return err
}

// printSettings lists every flag once, with the commands that know it.
func printSettings(out io.Writer, model *kong.Application) error {
	var b strings.Builder
	b.WriteString("Settings are taken from, the later the stronger: their default, the file kabar.toml\n" +
		"beside the database (or --config FILE), the environment, the command line. A key of\n" +
		"the file is the long name of a flag: addr = \"127.0.0.1:9000\"\n")
	writeSettings(&b, "Every command", model.Flags)
	commands := append([]*kong.Node(nil), model.Children...)
	sort.Slice(commands, func(i, j int) bool { return commands[i].Name < commands[j].Name })
	for _, command := range commands {
		writeSettings(&b, "kabar "+command.Name, command.Flags)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func writeSettings(b *strings.Builder, title string, flags []*kong.Flag) {
	titled := false
	for _, flag := range flags {
		if len(flag.Envs) == 0 || flag.Hidden {
			continue
		}
		if !titled {
			fmt.Fprintf(b, "\n%s\n", title)
			titled = true
		}
		fmt.Fprintf(b, "  --%-14s %s\n  %16s %s", flag.Name, flag.OrigHelp, "", strings.Join(flag.Envs, ", "))
		if flag.HasDefault {
			fmt.Fprintf(b, ", default %s", flag.Default)
		}
		b.WriteByte('\n')
	}
}

// describe is the help of a flag with its default, which a placeholder would
// hide, and the name of its environment variable.
func describe(value *kong.Value) string {
	var notes []string
	if value.HasDefault && value.Flag != nil {
		notes = append(notes, "default "+value.Default)
	}
	for _, name := range value.Tag.Envs {
		notes = append(notes, "$"+name)
	}
	if len(notes) == 0 {
		return value.Help
	}
	return strings.TrimSuffix(value.Help, ".") + " (" + strings.Join(notes, ", ") + ")."
}
