package portal

import (
	"embed"
	"errors"
	"io/fs"
	"strings"
)

//go:embed starters/*.toml
var starters embed.FS

// Starters are the definitions that a first start takes: portals around
// Kabupaten Solok.
func Starters() []Definition {
	files, _ := fs.Glob(starters, "starters/*"+Ending)
	definitions := make([]Definition, 0, len(files))
	for _, file := range files {
		data, err := starters.ReadFile(file)
		if err != nil {
			continue
		}
		id := strings.TrimSuffix(strings.TrimPrefix(file, "starters/"), Ending)
		if definition, err := Parse(id, data); err == nil { // a test parses each
			definitions = append(definitions, definition)
		}
	}
	return definitions
}

// WriteStarters writes the starters into a folder and leaves alone what is
// already there.
func WriteStarters(dir string) error {
	for _, definition := range Starters() {
		if _, err := Write(dir, definition); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}
