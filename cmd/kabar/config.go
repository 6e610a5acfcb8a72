package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"
)

// Names of the configuration file and its greatest size in bytes.
const (
	configName = "kabar.toml"
	maxConfig  = 256 << 10
)

// config gives flags that stand neither on the command line nor in the
// environment the values of a configuration file. Its keys are the long names
// of flags; one without an environment name is meant for the moment and never
// a setting.
type config struct {
	path   string
	text   string
	values map[string]any
	loaded bool
}

// Validate is part of kong.Resolver; the file is known only later.
func (c *config) Validate(*kong.Application) error { return nil }

// Resolve is the value of a flag, nil when the file has none or something
// stronger has.
func (c *config) Resolve(k *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if !c.loaded {
		c.loaded = true
		if err := c.load(k); err != nil {
			return nil, err
		}
	}
	for _, name := range flag.Envs {
		if os.Getenv(name) != "" {
			return nil, nil
		}
	}
	return c.values[flag.Name], nil
}

// load reads the file that --config names, else the one beside the database
// if there is one.
func (c *config) load(k *kong.Context) error {
	flags := map[string]*kong.Flag{}
	collectFlags(k.Model.Node, func(f *kong.Flag) { flags[f.Name] = f })
	path, named := textOf(k, flags["config"]), true
	if path == "" {
		path, named = filepath.Join(filepath.Dir(textOf(k, flags["db"])), configName), false
	}
	data, err := readBounded(path, maxConfig)
	if !named && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)) {
		return nil
	}
	if err != nil {
		return &configError{fmt.Errorf("reading the configuration: %w", err)}
	}
	maps.DeleteFunc(flags, func(name string, f *kong.Flag) bool { return name == "config" || len(f.Envs) == 0 })
	c.path, c.text = path, string(data)
	if c.values, err = parseConfig(path, c.text, flags); err != nil {
		return &configError{err}
	}
	return nil
}

// blame is the text of a parser's error, with the place in the file when it is
// about a value from there.
func (c *config) blame(err error) string {
	text := err.Error()
	name, _, _ := strings.Cut(strings.TrimPrefix(text, "--"), " ")
	name, _, _ = strings.Cut(strings.TrimSuffix(name, ":"), "=")
	if _, given := c.values[name]; !given || !strings.HasPrefix(text, "--") {
		return text
	}
	return fmt.Sprintf("%s (the file %s sets it in line %d)", text, c.path, lineOf(c.text, name))
}

// configError is trouble with the configuration file; kong names the flag it
// was about to fill, which says nothing here.
type configError struct{ error }

func (e *configError) Unwrap() error { return e.error }

// textOf is the value of a text flag as far as command line, environment and
// default give it.
func textOf(k *kong.Context, flag *kong.Flag) string {
	text, _ := k.FlagValue(flag).(string)
	return text
}

// readBounded reads a file of at most max bytes.
func readBounded(path string, max int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, max+1))
	if err == nil && int64(len(data)) > max {
		err = fmt.Errorf("%s is larger than %d KB", path, max>>10)
	}
	return data, err
}

// parseConfig reads the text of a configuration file into values as kong takes
// them. Errors name file and line.
func parseConfig(path, text string, flags map[string]*kong.Flag) (map[string]any, error) {
	values := map[string]any{}
	meta, err := toml.Decode(text, &values)
	if syntax := (toml.ParseError{}); errors.As(err, &syntax) {
		return nil, fmt.Errorf("%s:%d: %s", path, syntax.Position.Line, syntax.Message)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, key := range meta.Keys() {
		name := key[0]
		if _, known := flags[name]; !known {
			return nil, fmt.Errorf("%s:%d: there is no setting %q; \"kabar help settings\" lists them", path, lineOf(text, name), name)
		}
		value, ok := flagText(values[name])
		if !ok {
			return nil, fmt.Errorf("%s:%d: %s must be a text, a number, true or false, or a list of them", path, lineOf(text, name), name)
		}
		values[name] = value
	}
	return values, nil
}

// flagText is a TOML value as it would stand on the command line.
func flagText(value any) (any, bool) {
	switch v := value.(type) {
	case string, bool:
		return v, true
	case int64, float64:
		return fmt.Sprint(v), true
	case time.Time:
		return v.Format(time.RFC3339), true
	case []any:
		parts := make([]string, len(v))
		for i, element := range v {
			text, ok := flagText(element)
			if !ok {
				return nil, false
			}
			parts[i] = fmt.Sprint(text)
		}
		return strings.Join(parts, ","), true
	default:
		return nil, false
	}
}

// lineOf is the line, from 1, on which a key or table first stands.
func lineOf(text, key string) int {
	stands := regexp.MustCompile(`^\s*\[*\s*["']?` + regexp.QuoteMeta(key) + `["']?\s*[=.\]]`)
	lines := strings.Split(text, "\n")
	return 1 + max(0, slices.IndexFunc(lines, stands.MatchString))
}

// collectFlags hands over the flags of a command and of all below it.
func collectFlags(node *kong.Node, do func(*kong.Flag)) {
	for _, flag := range node.Flags {
		do(flag)
	}
	for _, child := range node.Children {
		collectFlags(child, do)
	}
}
