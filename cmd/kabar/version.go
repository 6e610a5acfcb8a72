package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is the version of the program.
const version = "0.1.0"

// versionCmd tells which program this is.
type versionCmd struct{}

// Help is the long form of "kabar version --help".
func (c *versionCmd) Help() string {
	return `Prints the version, the commit it was built from, and the Go it was built with.

Example:

    kabar version`
}

// Run prints one line.
func (c *versionCmd) Run(w *world) error {
	_, err := fmt.Fprintf(w.stdout, "kabar %s%s, %s %s/%s\n", version, builtFrom(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// builtFrom is the commit in brackets, empty when the build does not tell.
func builtFrom() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	commit, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(len(s.Value), 12)]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed"
		}
	}
	if commit == "" {
		return ""
	}
	return " (" + commit + changed + ")"
}
