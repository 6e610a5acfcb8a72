package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// house says which of our packages each package may import. It is the table of
// docs/architecture.md; "*" stands for every package, "dir/*" for all below.
var house = map[string][]string{
	"storage/region":    {},
	"storage/news":      {"storage/region"},
	"storage/sqlite":    {"storage/news", "storage/region"},
	"storage":           {"storage/sqlite", "storage/news"},
	"storage/specimen":  {"storage/news", "storage/region"},
	"storage/storetest": {"storage", "storage/news", "storage/region"},
	"crawler/portal":    {"storage/region"},
	"crawler/page":      {},
	"crawler/robots":    {},
	"crawler/fetch":     {"crawler/page", "crawler/portal", "crawler/robots", "storage/news"},
	"crawler/discover":  {"crawler/page", "crawler/portal", "storage/news"},
	"crawler/extract":   {"crawler/page", "crawler/portal", "crawler/indodate", "storage/news"},
	"crawler/indodate":  {"storage/news", "storage/region"},
	"crawler/normalize": {"crawler/extract", "crawler/indodate", "crawler/page", "crawler/portal", "storage/news", "storage/region"},
	"crawler/hygiene":   {"crawler/page", "storage/news"},
	"crawler/similar":   {},
	"crawler/schedule":  {"storage/news"},
	"crawler":           {"crawler/*", "storage/news"},
	"feed":              {"storage/news", "storage/region"},
	"feed/web":          {"feed", "storage/news", "storage/region"},
	"feed/notify":       {"feed", "storage/news", "storage/region"},
	"cmd/kabar":         {"*"},
	"cmd/kabar/demoweb": {},
}

// keepers says which package alone may know a foreign one.
var keepers = map[string]string{
	"github.com/gocolly/colly": "crawler/fetch",
	"github.com/gorilla/feeds": "feed",
	"modernc.org/sqlite":       "storage/sqlite",
	"github.com/alecthomas":    "cmd/kabar",
}

// TestImports opens every file itself: what a tool remembers of a package may
// be older than the package.
func TestImports(t *testing.T) {
	root := filepath.Join("..", "..")
	files := 0
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if base := entry.Name(); name != root && (strings.HasPrefix(base, ".") || base == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		files++
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		checkImports(t, filepath.ToSlash(rel), name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 20 {
		t.Fatalf("only %d files found under %s", files, root)
	}
}

func checkImports(t *testing.T, rel, name string) {
	dir := path.Dir(rel)
	allowed, known := house[dir]
	if !known {
		t.Errorf("%s: package %s is not in the plan of the house", rel, dir)
		return
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		t.Error(err)
		return
	}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Error(err)
			continue
		}
		ours, isOurs := strings.CutPrefix(imported, "kabar/")
		if isOurs && ours != dir && !allows(allowed, ours) && !testMay(rel, ours) {
			t.Errorf("%s imports %s, which the plan of the house forbids", rel, ours)
		}
		for foreign, keeper := range keepers {
			if strings.HasPrefix(imported, foreign) && dir != keeper {
				t.Errorf("%s imports %s, which only %s may know", rel, imported, keeper)
			}
		}
	}
}

func allows(list []string, pkg string) bool {
	return slices.ContainsFunc(list, func(entry string) bool {
		prefix, wild := strings.CutSuffix(entry, "*")
		return entry == pkg || wild && strings.HasPrefix(pkg, prefix)
	})
}

// testMay lets tests of the readers and writers of a store run on a real one,
// and a store's tests run the contract.
func testMay(rel, pkg string) bool {
	if !strings.HasSuffix(rel, "_test.go") {
		return false
	}
	if path.Dir(rel) == "feed/notify" && pkg == "feed/web" {
		return true // what is pushed is held against what is served
	}
	return pkg == "storage" || pkg == "storage/sqlite" || pkg == "storage/storetest" || pkg == "storage/specimen"
}
