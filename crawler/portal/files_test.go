package portal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kabar/storage/region"
)

func TestStarters(t *testing.T) {
	files, err := fs.Glob(starters, "starters/*")
	if err != nil || len(files) != len(Starters()) || len(files) != 5 {
		t.Fatalf("%d starter files, %d definitions: %v", len(files), len(Starters()), err)
	}
	dir := filepath.Join(t.TempDir(), "portals")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(dir, "sumbarjaya.toml")
	if err := os.WriteFile(mine, []byte("name = 'Mine'\nhome = 'http://a.example/'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := WriteStarters(dir); err != nil {
			t.Fatal(err)
		}
	}
	definitions, errs := ReadDir(dir)
	if len(definitions) != 5 || len(errs) != 0 {
		t.Fatalf("ReadDir: %d definitions, errors %v", len(definitions), errs)
	}
	for _, d := range definitions {
		switch {
		case d.ID == "sumbarjaya":
			if d.Name != "Mine" {
				t.Errorf("an existing definition was overwritten: %+v", d)
			}
		case IDFor(d.Home) != d.ID:
			t.Errorf("IDFor(%q) = %q, want %q", d.Home, IDFor(d.Home), d.ID)
		case d.Regions[0] != "13.02" || d.Clock != "WIB":
			t.Errorf("%s: %+v", d.ID, d)
		}
	}
}

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "portals")
	d, err := Parse("contoh", []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	d.Name = "Kabar \"Contoh\" \\ baru 'x'\n\u00a0 \U0001F5DE"
	path, err := Write(dir, d)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, got); diff != "" {
		t.Errorf("written and read (-want +got):\n%s", diff)
	}
	if _, err := Write(dir, d); !errors.Is(err, fs.ErrExist) {
		t.Errorf("writing over a file: %v, want fs.ErrExist", err)
	}
	if _, err := Write(dir, Definition{ID: "../x"}); err == nil {
		t.Error("an id with a path was written")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("files left: %v, %v", left, err)
	}
}

func TestIDFor(t *testing.T) {
	tests := map[string]string{
		"https://www.kabar.example/":             "kabar",
		"https://infopublik.solokkab.go.id":      "infopublik.solokkab",
		"http://127.77.1.2:8088/":                "127.77.1.2-8088",
		"https://warta.example/daerah/":          "warta-daerah",
		"https://desa.example/index.php":         "desa",
		"http://blog.contoh.blogspot.com/":       "blog.contoh",
		"":                                       "portal",
		"::":                                     "portal",
		"https://go.id/":                         "go.id",
		"https://" + strings.Repeat("a", 80):     strings.Repeat("a", 60),
		"https://www.kabar.example/Solok Raya/%": "portal",
	}
	for address, want := range tests {
		if got := IDFor(address); got != want {
			t.Errorf("IDFor(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestCatalog(t *testing.T) {
	all := Search("", "")
	if len(all) < 800 {
		t.Fatalf("the catalog holds %d candidates", len(all))
	}
	for _, c := range all {
		if _, ok := region.ByCode(c.Region); !ok {
			t.Errorf("%s: no region %q", c.URL, c.Region)
		}
		if _, err := Parse(c.Definition().ID, []byte(Format(c.Definition()))); err != nil {
			t.Errorf("%s makes a bad definition: %v", c.URL, err)
		}
		if c.Kind != "official" && c.Kind != "news" || c.Grade < "A" || c.Grade > "C" || c.Name == "" {
			t.Errorf("%+v", c)
		}
	}
	tests := map[string]struct {
		words, code string
		contains    string
	}{
		"region name":   {"kabupaten solok", "", "https://solokkab.go.id/"},
		"seat":          {"AROSUKA", "", "https://solokkab.go.id/"},
		"host":          {"infopublik", "", "https://infopublik.solokkab.go.id/"},
		"regency":       {"", "13.02", "https://solokkab.go.id/"},
		"province":      {"solok", "13", "https://solokkab.go.id/"},
		"province name": {"solok sumatera barat", "", "https://solokkab.go.id/"},
	}
	for name, test := range tests {
		found := false
		for _, c := range Search(test.words, test.code) {
			found = found || c.URL == test.contains
		}
		if !found {
			t.Errorf("%s: Search(%q, %q) does not find %s", name, test.words, test.code, test.contains)
		}
	}
	if got := Search("", "1"); len(got) != 0 {
		t.Errorf("half a code found %d", len(got))
	}
	if got := Search("solok", "52"); len(got) != 0 {
		t.Errorf("solok in Nusa Tenggara Barat found %v", got)
	}
}
