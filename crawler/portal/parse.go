package portal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// Limits of what a definition may hold.
const (
	maxFile = 256 << 10 // bytes of a definition
	maxRule = 1 << 10   // bytes of a selector or pattern
	maxName = 200       // characters of a name
)

// Ending is the ending of a definition's file name.
const Ending = ".toml"

// Read reads the definition in a file; its id is the file's name. A definition
// that can be read but has mistakes gives an error that is or wraps Mistakes.
func Read(path string) (Definition, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Definition{}, fmt.Errorf("reading definition: %w", err)
	}
	if info.Size() > maxFile {
		return Definition{}, fmt.Errorf("reading definition %s: larger than %d KB", path, maxFile>>10)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return Definition{}, fmt.Errorf("reading definition: %w", err)
	}
	return parse(strings.TrimSuffix(filepath.Base(path), Ending), path, data)
}

// ReadDir reads all definitions of a folder in order of their names. One bad
// file never stops the others: its error stands beside them. A folder that is
// not there holds no definitions and is an error that wraps fs.ErrNotExist.
func ReadDir(dir string) ([]Definition, []error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, []error{fmt.Errorf("reading definitions: %w", err)}
	}
	var definitions []Definition
	var errs []error
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || !strings.HasSuffix(name, Ending) || strings.HasPrefix(name, ".") {
			continue
		}
		definition, err := Read(filepath.Join(dir, name))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		definitions = append(definitions, definition)
	}
	return definitions, errs
}

// Parse reads a definition from its text. The error is Mistakes.
func Parse(id string, data []byte) (Definition, error) {
	return parse(id, id+Ending, data)
}

func parse(id, file string, data []byte) (Definition, error) {
	text := strings.TrimPrefix(string(data), "\uFEFF")
	c := checker{file: file, text: text}
	if len(data) > maxFile {
		c.wrongAt(0, "a definition is at most %d KB", maxFile>>10)
		return Definition{}, c.mistakes
	}
	if !validID(id) {
		c.wrongAt(0, "the file name %q is no portal id; use letters, digits, dots and hyphens", id)
	}
	var raw map[string]any
	if _, err := toml.Decode(text, &raw); err != nil {
		c.syntax(err)
		return Definition{}, c.mistakes
	}
	c.places = locate(text)
	definition := c.definition(raw)
	definition.ID = id
	if len(c.mistakes) > 0 {
		slices.SortStableFunc(c.mistakes, func(a, b Mistake) int {
			return (a.Line-b.Line)*10000 + a.Column - b.Column
		})
		return Definition{}, c.mistakes
	}
	return definition, nil
}

// syntax tells what the TOML library says, at its place.
func (c *checker) syntax(err error) {
	var syntax toml.ParseError
	if !errors.As(err, &syntax) {
		c.wrongAt(0, "%s", strings.TrimPrefix(err.Error(), "toml: "))
		return
	}
	c.wrongAt(syntax.Position.Start, "%s", syntax.Message)
}

// validID tells whether an id can be a file name and a part of an address on
// every system.
func validID(id string) bool {
	if id == "" || len(id) > 100 || !utf8.ValidString(id) || strings.HasPrefix(id, ".") {
		return false
	}
	for _, r := range id {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !letter && !strings.ContainsRune("-._", r) {
			return false
		}
	}
	return true
}
