package portal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const full = `
name = "Kabar Contoh"
home = "https://kabar.example/" # the front page
regions = ["13.02", "13.72"]
clock = "wib"
republish = "summary"
feeds = ["https://kabar.example/feed"]

[limits]
delay = "2500ms"
backfill = "14d"

[[listing]]
url = "https://kabar.example/kategori/solok"
link = "h2.post-title a"
accept = '/\d{4}/\d{2}/.+\.html$'

[article]
title = ["h1.post-title"]
date = ["time@datetime", ".post-timestamp"]
body = ["#post-body"]
drop = [".iklan", "a[href*='@x']"]
`

func TestParseFull(t *testing.T) {
	got, err := Parse("contoh", []byte(full))
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	want := Definition{
		ID: "contoh", Name: "Kabar Contoh", Home: "https://kabar.example/",
		Regions: []string{"13.02", "13.72"}, Clock: "WIB", Republish: "summary",
		Feeds:    []string{"https://kabar.example/feed"},
		Listings: []Listing{{URL: "https://kabar.example/kategori/solok", Link: "h2.post-title a", Accept: `/\d{4}/\d{2}/.+\.html$`}},
		Article: Article{Title: []string{"h1.post-title"}, Date: []string{"time@datetime", ".post-timestamp"},
			Body: []string{"#post-body"}, Drop: []string{".iklan", "a[href*='@x']"}},
		Limits: Limits{Delay: Duration(2500 * time.Millisecond), Backfill: Duration(14 * 24 * time.Hour)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Parse (-want +got):\n%s", diff)
	}
}

func TestMistakesHavePlaces(t *testing.T) {
	head := "name = \"A\"\nhome = \"https://a.example/\"\n"
	tests := map[string]struct {
		text string
		want []string // beginnings, after the file name
	}{
		"empty file":       {"", []string{"1:1: name is missing", "1:1: home is missing"}},
		"unknown key":      {head + "regoins = []\n", []string{`3:1: unknown key "regoins"; did you mean "regions"?`}},
		"unknown far key":  {head + "colour = 1\n", []string{`3:1: unknown key "colour"; known here are name, home`}},
		"unknown in table": {head + "[limits]\n  dealy = \"2s\"\n", []string{`4:3: unknown key "dealy"; did you mean "delay"?`}},
		"unknown table":    {head + "[artikel]\ntitle = [\"h1\"]\n", []string{`3:1: unknown key "artikel"; did you mean "article"?`}},
		"home relative":    {"name = \"A\"\nhome = \"www.a.example\"\n", []string{"2:8: home must be an absolute http or https address"}},
		"home ftp":         {"name = \"A\"\nhome = 'ftp://a.example/'\n", []string{"2:8: home must be"}},
		"home password":    {"name = \"A\"\nhome = 'http://a:b@a.example/'\n", []string{"2:8: home must not hold a user name"}},
		"empty name":       {"name = \" \"\nhome = \"https://a.example/\"\n", []string{"1:8: name is empty"}},
		"name no text":     {"name = 7\nhome = \"https://a.example/\"\n", []string{"1:8: name must be a text in quotes"}},
		"region code":      {head + "regions = [\n  \"13.02\",\n  \"99.99\",\n]\n", []string{`5:3: unknown region code "99.99"`}},
		"region by name":   {head + `regions = ["Kabupaten Solok"]`, []string{`3:12: unknown region code "Kabupaten Solok"; did you mean "13.02" (Kabupaten Solok)?`}},
		"region number":    {head + `regions = [13.02]`, []string{"3:12: regions must be a text in quotes"}},
		"region twice":     {head + `regions = ["13.02", "13.02"]`, []string{"3:21: region code"}},
		"regions no list":  {head + `regions = "13.02"`, []string{"3:11: regions must be a list"}},
		"clock":            {head + `clock = "WEB"`, []string{"3:9: clock must be WIB, WITA or WIT"}},
		"republish":        {head + `republish = "all"`, []string{"3:13: republish must be one of full, summary, link"}},
		"empty selector":   {head + "[article]\ntitle = [\"h1\", \"\"]\n", []string{"4:16: article.title is empty"}},
		"bad selector":     {head + "[article]\nbody = [\"div..x\"]\n", []string{`4:9: selector "div..x" cannot be read`}},
		"pseudo element":   {head + "[article]\nbody = [\"h1::text\"]\n", []string{`4:9: selector "h1::text" cannot be read`}},
		"only attribute":   {head + "[article]\ndate = [\"@datetime\"]\n", []string{`4:9: selector "@datetime" names an attribute but no element`}},
		"long selector":    {head + "[article]\ndate = [\"" + strings.Repeat("div ", 300) + "p\"]\n", []string{"4:9: selector is longer than 1024"}},
		"bad pattern":      {head + "[[listing]]\nurl = \"https://a.example/x\"\naccept = '('\n", []string{"5:10: pattern \"(\" cannot be read"}},
		"listing no url":   {head + "[[listing]]\nlink = \"a\"\n", []string{"3:1: url is missing"}},
		"second listing":   {head + "[[listing]]\nurl = \"https://a.example/x\"\n[[listing]]\nurl = \"x\"\n", []string{"6:7: listing.url must be an absolute"}},
		"listing a table":  {head + "[listing]\nurl = \"https://a.example/x\"\n", []string{"3:1: listing must be a list of tables; write [[listing]]"}},
		"bad duration":     {head + "[limits]\ndelay = \"2 apples\"\n", []string{`4:9: limits.delay: "2 apples" is no duration`}},
		"negative":         {head + "[limits]\nbackfill = \"-3d\"\n", []string{`4:12: limits.backfill: "-3d" is negative`}},
		"zero":             {head + "[limits]\nbackfill = \"0s\"\n", []string{`4:12: limits.backfill must be more than nothing`}},
		"number":           {head + "[limits]\ndelay = 2\n", []string{"4:9: limits.delay must be a text in quotes"}},
		"syntax":           {head + "clock = WIB\n", []string{"3:"}},
		"key twice":        {head + "name = \"B\"\n", []string{"3:"}},
		"inline table":     {head + "limits = { delay = \"x\" }\n", []string{"3:20: limits.delay: \"x\" is no duration"}},
		"dotted key":       {head + "limits.delay = \"x\"\n", []string{"3:16: limits.delay: \"x\" is no duration"}},
		"many at once":     {"nmae = 'A'\nhome = 'x'\nclock = 'y'\n", []string{`1:1: unknown key "nmae"`, "1:1: name is missing", "2:8: home must", "3:9: clock must"}},
		"wide characters":  {"name = \"Å\" \nhome = \"https://a.example/\"\nfeeds = [\"ÅÅ\", \"y\"]\n", []string{"3:10: feeds must", "3:16: feeds must"}},
		"after long text":  {"name = '''\nA'''\nhome = \"\"\"\nhttps://a.example/\"\"\"\nclock = 1\n", []string{"5:9: clock must be a text"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("x", []byte(test.text))
			var mistakes Mistakes
			if !errors.As(err, &mistakes) {
				t.Fatalf("Parse(%q) = %v, want mistakes", test.text, err)
			}
			if len(mistakes) != len(test.want) {
				t.Fatalf("Parse(%q) =\n%v\nwant %d mistakes", test.text, err, len(test.want))
			}
			for i, want := range test.want {
				if got := strings.TrimPrefix(mistakes[i].String(), "x.toml:"); !strings.HasPrefix(got, want) {
					t.Errorf("Parse(%q): mistake %d is %q, want %q…", test.text, i, got, want)
				}
			}
		})
	}
}

func TestDefaults(t *testing.T) {
	tests := map[string]struct {
		d     Definition
		clock string
	}{
		"nothing":     {Definition{}, "WIB"},
		"own clock":   {Definition{Clock: "WIT", Regions: []string{"13.02"}}, "WIT"},
		"home region": {Definition{Regions: []string{"52.06"}}, "WITA"},
		"bad region":  {Definition{Regions: []string{"00"}}, "WIB"},
	}
	for name, test := range tests {
		if got := test.d.ClockName(); got != test.clock {
			t.Errorf("%s: ClockName() = %s, want %s", name, got, test.clock)
		}
		if test.d.Location() == nil {
			t.Errorf("%s: Location() is nil", name)
		}
		if test.d.Delay() != 2*time.Second || test.d.Backfill() != 720*time.Hour {
			t.Errorf("%s: limits are %v, %v", name, test.d.Delay(), test.d.Backfill())
		}
	}
}

func TestReadDirGoesOn(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{"b.toml": full, "a.toml": "name = 1", "c.txt": "x", ".hidden.toml": "x", "d.toml": full}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	definitions, errs := ReadDir(dir)
	if len(definitions) != 2 || definitions[0].ID != "b" || definitions[1].ID != "d" {
		t.Errorf("ReadDir gave %v", definitions)
	}
	if len(errs) != 1 || !strings.Contains(errs[0].Error(), filepath.Join(dir, "a.toml")+":1:8: name must be") {
		t.Errorf("ReadDir errors: %v", errs)
	}
	if _, errs := ReadDir(filepath.Join(dir, "none")); len(errs) != 1 || !errors.Is(errs[0], fs.ErrNotExist) {
		t.Errorf("ReadDir of no folder: %v", errs)
	}
}

func TestDuration(t *testing.T) {
	good := map[string]time.Duration{"30d": 720 * time.Hour, "1d12h": 36 * time.Hour, "36h": 36 * time.Hour,
		"0.5d": 12 * time.Hour, "10ms": 10 * time.Millisecond, " 2s ": 2 * time.Second}
	for text, want := range good {
		if got, err := ParseDuration(text); got != want || err != nil {
			t.Errorf("ParseDuration(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "d", "-1d", "-2s", "1", "nand", "1e99d", "2 d", "30 hari"} {
		if got, err := ParseDuration(text); err == nil {
			t.Errorf("ParseDuration(%q) = %v, want an error", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(full))
	f.Add([]byte("name = '''\n''''x'\nhome = {a = [1, {b = 2}]}\n[[listing]]\nurl=\"\\u0041\""))
	f.Add([]byte("a.b.\"c d\" = [[[[]]]]\n[x.y]\n[[x.z]]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse("x", data)
		if err != nil {
			var mistakes Mistakes
			if !errors.As(err, &mistakes) || len(mistakes) == 0 {
				t.Fatalf("Parse(%q): error %v names no mistakes", data, err)
			}
			return
		}
		again, err := Parse("x", []byte(Format(d)))
		if err != nil {
			t.Fatalf("Format(%q) cannot be parsed: %v\n%s", data, err, Format(d))
		}
		if diff := cmp.Diff(d, again); diff != "" {
			t.Fatalf("Format(%q) parses to something else:\n%s", data, diff)
		}
	})
}
