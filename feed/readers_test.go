package feed

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"kabar/storage/news"
)

// readAll reads every feed of a folder with feedparser or, for JSON, Python's
// own parser, and names those that are not well-formed or not complete.
const readAll = `import feedparser, json, pathlib, sys
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
	data = path.read_bytes()
	if path.suffix == ".json":
		items, fault = json.loads(data.decode("utf-8"))["items"], None
	else:
		feed = feedparser.parse(data)
		items, fault = feed.entries, feed.get("bozo_exception")
	if fault or len(items) != 3:
		print(path.name, len(items), fault)
`

// TestOthersReadDirt writes a feed with each kind of dirt and each payload in
// the second of three articles, and lets parsers that are not ours read it:
// with KABAR_READERS=1 xmllint and Python's feedparser, which must be there.
// The Go parsers read the same feeds in every test; see render.
func TestOthersReadDirt(t *testing.T) {
	texts := dirt()
	for i, p := range payloads(t) {
		texts[fmt.Sprintf("payload %d", i)] = p
	}
	dir := t.TempDir()
	var documents []string
	for name, text := range texts {
		for format, write := range formats() {
			var out bytes.Buffer
			c := poisonedChannel(text)
			if err := write(&out, c, []news.Article{sampleArticle(), poisoned(text), sampleArticle()}); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, name+"."+format)
			if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			if format != "json" {
				documents = append(documents, path)
			}
		}
	}
	if os.Getenv("KABAR_READERS") == "" {
		return
	}
	lint := exec.CommandContext(t.Context(), "xmllint", append([]string{"--noout"}, documents...)...)
	if out, err := lint.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("xmllint: %v\n%s", err, out)
	}
	parse := exec.CommandContext(t.Context(), "python3", "-c", readAll, dir)
	if out, err := parse.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("feedparser: %v\n%s", err, out)
	}
}
