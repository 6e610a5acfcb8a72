package main

import (
	"errors"
	"strings"
	"time"

	"kabar/crawler/indodate"
)

type datesCmd struct {
	JSONLines bool `name:"json-lines" help:"Read and write one JSON object a line." required:""`
}

// Help is the long form of "kabar dates --help".
func (c *datesCmd) Help() string {
	return `Reads dates as Indonesian pages write them. In: {"id","raw","site_tz","ref"};
site_tz is the zone of the site (Asia/Makassar, WITA or +08:00) for times without
one, ref the moment of reading (RFC 3339) for relative words and dates without a
year. Out: {"id","date","precision","flags"}, with "reject" and an empty date
when the text gives none. A time without any zone has no offset.

Example:

    echo '{"id":"1","raw":"Jum\u0027at, 9 Okt 2020 | 20.19 WIB"}' | kabar dates --json-lines`
}

type dateLine struct {
	ID     string `json:"id"`
	Raw    string `json:"raw"`
	SiteTZ string `json:"site_tz"`
	Ref    string `json:"ref"`
}

type dateAnswer struct {
	ID        string   `json:"id"`
	Date      string   `json:"date"`
	Precision string   `json:"precision,omitempty"`
	End       string   `json:"end,omitempty"`
	Flags     []string `json:"flags,omitempty"`
	Reject    string   `json:"reject,omitempty"`
}

// Run answers the lines on standard input.
func (c *datesCmd) Run(w *world) error {
	return eachLine(w, func(in dateLine) (any, error) { return readDateLine(in), nil })
}

func readDateLine(in dateLine) dateAnswer {
	context := indodate.Context{Zone: siteZone(in.SiteTZ)}
	if ref, err := time.Parse(time.RFC3339, in.Ref); err == nil {
		context.Ref = ref
	}
	r, err := indodate.Read(in.Raw, context)
	if err != nil {
		why := err.Error()
		if refused := (*indodate.Refused)(nil); errors.As(err, &refused) {
			why = refused.Why
		}
		return dateAnswer{ID: in.ID, Reject: why}
	}
	answer := dateAnswer{ID: in.ID, Date: r.Stamp.Text(), Precision: string(r.Stamp.Precision), Flags: r.Flags}
	if r.Stamp.HasClock() && !r.Zoned && context.Zone == nil && context.Ref.IsZero() {
		answer.Date = r.Stamp.Time.Format("2006-01-02T15:04:05")
		answer.Flags = append(answer.Flags, "no-zone")
	}
	if !r.End.IsZero() {
		answer.End = r.End.Format(time.DateOnly)
	}
	return answer
}

// siteZone is the zone that a name means; nil when it means none. The
// Indonesian ones are known without a zone database on the machine.
func siteZone(name string) *time.Location {
	switch strings.ToUpper(name) {
	case "":
		return nil
	case "WIB", "ASIA/JAKARTA", "ASIA/PONTIANAK":
		return time.FixedZone("", 7*3600)
	case "WITA", "ASIA/MAKASSAR", "ASIA/UJUNG_PANDANG":
		return time.FixedZone("", 8*3600)
	case "WIT", "ASIA/JAYAPURA":
		return time.FixedZone("", 9*3600)
	}
	if at, err := time.Parse("-07:00", name); err == nil {
		return at.Location()
	}
	if loc, err := time.LoadLocation(name); err == nil && !strings.EqualFold(name, "local") {
		return loc
	}
	return nil
}
