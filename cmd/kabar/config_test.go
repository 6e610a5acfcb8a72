package main

import (
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
)

// FuzzConfig holds that every text is read or refused with the file's name,
// and that only known keys come through.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{"", "limit = 3", "limit = [1, [2]]", "[limit]\nx = 1", "a.b = 1", "limit = 2026-01-20T08:30:00+07:00", "limit = \"\"\"\nx\n", "\"\" = 1"} {
		f.Add(seed)
	}
	flags := map[string]*kong.Flag{"limit": nil}
	f.Fuzz(func(t *testing.T, text string) {
		values, err := parseConfig("kabar.toml", text, flags)
		if err != nil && !strings.HasPrefix(err.Error(), "kabar.toml") {
			t.Errorf("the error %q does not name the file", err)
		}
		for name, value := range values {
			if name != "limit" {
				t.Errorf("key %q came through", name)
			}
			switch value.(type) {
			case string, bool:
			default:
				t.Errorf("value %v is a %T", value, value)
			}
		}
	})
}

func TestReadMoment(t *testing.T) {
	wita := time.FixedZone("", 8*3600)
	now := time.Date(2026, 1, 20, 8, 30, 0, 0, wita)
	for _, c := range []struct{ text, want string }{
		{"2026-01-20", "2026-01-20T00:00:00+08:00"},
		{"2026-01-20 07:15", "2026-01-20T07:15:00+08:00"},
		{"2026-01-20T07:15:00Z", "2026-01-20T15:15:00+08:00"},
		{"1d12h", "2026-01-18T20:30:00+08:00"},
		{"2026-02-30", ""},
		{"-7d", ""},
		{"kemarin", ""},
	} {
		at, err := readMoment("--since", c.text, now, wita)
		got := ""
		if err == nil {
			got = at.In(wita).Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("%q is %q, want %q (%v)", c.text, got, c.want, err)
		}
	}
}

// TestExamples holds every command to an example in its help.
func TestExamples(t *testing.T) {
	parser, err := kong.New(&cli{}, kong.Name("kabar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Children {
		_, example, found := strings.Cut(command.Detail, "Example")
		if !found || !strings.Contains(example, "kabar "+command.Name) {
			t.Errorf("the help of kabar %s has no example", command.Name)
		}
	}
}
