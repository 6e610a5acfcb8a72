package portal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"kabar/storage/region"
)

// Write writes a definition into a folder, which is made when missing, and
// returns the file's path. The file appears whole or not at all. A file that
// is already there is left alone: the error then wraps fs.ErrExist.
func Write(dir string, d Definition) (path string, err error) {
	if !validID(d.ID) {
		return "", fmt.Errorf("writing definition: %q is no portal id", d.ID)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("writing definition %s: %w", d.ID, err)
	}
	path = filepath.Join(dir, d.ID+Ending)
	if err := writeNew(path, []byte(Format(d))); err != nil {
		return path, fmt.Errorf("writing definition %s: %w", d.ID, err)
	}
	return path, nil
}

// writeNew writes beside the place and links the finished file into it, which
// fails when something is there.
func writeNew(path string, data []byte) error {
	temporary, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(data)
	err = errors.Join(err, temporary.Chmod(0o644), temporary.Sync(), temporary.Close())
	if err != nil {
		return err
	}
	if err := os.Link(temporary.Name(), path); !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return writeExclusive(path, data) // a file system without links
}

func writeExclusive(path string, data []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Close())
}

// Format is a definition as a TOML file with a few words for its reader.
// Parsing it gives the definition back.
func Format(d Definition) string {
	var b strings.Builder
	line := func(key, value, comment string) {
		b.WriteString(key + " = " + value)
		if comment != "" {
			b.WriteString(" # " + comment)
		}
		b.WriteByte('\n')
	}
	b.WriteString("# Only name and home are needed; the rest is found by itself.\n")
	line("name", quote(d.Name), "")
	line("home", quote(d.Home), "")
	if len(d.Regions) > 0 {
		line("regions", quoteAll(d.Regions), titles(d.Regions))
	}
	if d.Clock != "" {
		line("clock", quote(d.Clock), "")
	}
	if d.Republish != "" {
		line("republish", quote(d.Republish), "full, summary or link")
	}
	if len(d.Feeds) > 0 {
		line("feeds", quoteAll(d.Feeds), "")
	}
	if d.Limits != (Limits{}) {
		b.WriteString("\n[limits]\n")
		if d.Limits.Delay != 0 {
			line("delay", quote(d.Limits.Delay.String()), "between two requests to its host")
		}
		if d.Limits.Backfill != 0 {
			line("backfill", quote(d.Limits.Backfill.String()), "how far back the first crawl reads")
		}
	}
	for _, l := range d.Listings {
		b.WriteString("\n[[listing]]\n")
		line("url", quote(l.URL), "")
		if l.Link != "" {
			line("link", quote(l.Link), "selector of the links to articles")
		}
		if l.Accept != "" {
			line("accept", quote(l.Accept), "pattern of the articles' addresses")
		}
	}
	formatArticle(&b, d.Article, line)
	return b.String()
}

func formatArticle(b *strings.Builder, a Article, line func(key, value, comment string)) {
	rules := []struct {
		key       string
		selectors []string
	}{{"title", a.Title}, {"date", a.Date}, {"author", a.Author}, {"body", a.Body}, {"drop", a.Drop}}
	opened := false
	for _, r := range rules {
		if len(r.selectors) == 0 {
			continue
		}
		if !opened {
			b.WriteString("\n[article] # each list is tried in order\n")
			opened = true
		}
		line(r.key, quoteAll(r.selectors), "")
	}
}

// quote writes a TOML string, literal where that is easier to read (TOML 1.0,
// "String").
func quote(s string) string {
	if strings.ContainsAny(s, `"\`) && !strings.ContainsAny(s, "'\n\r") && isPlain(s) {
		return "'" + s + "'"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7F:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func isPlain(s string) bool {
	for _, r := range s {
		if r < ' ' || r == 0x7F || r == '\uFFFD' || !strconv.IsPrint(r) {
			return false
		}
	}
	return true
}

func quoteAll(all []string) string {
	quoted := make([]string, len(all))
	for i, s := range all {
		quoted[i] = quote(s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// titles are the names of regions for a comment.
func titles(codes []string) string {
	var names []string
	for _, code := range codes {
		if r, ok := region.ByCode(code); ok {
			names = append(names, r.Title())
		}
	}
	return strings.Join(names, ", ")
}
