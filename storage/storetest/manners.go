package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kabar/storage/news"
)

var mannerTests = map[string]func(*testing.T, *fixture){
	"validators": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		const url = "https://contoh.example/feed/"
		for _, v := range []news.Validators{{}, {ETag: `W/"1"`, LastModified: "Mon, 19 Jan 2026 01:00:00 GMT"}, {ETag: `"2"`}, {}} {
			must(t, f.SaveValidators(ctx, url, v))
			f.reopen(t)
			if got, err := f.Validators(ctx, url); err != nil || got != v {
				t.Errorf("validators %+v, %v, want %+v", got, err, v)
			}
		}
	},
	"hosts": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		for _, at := range []time.Time{{}, start.Add(time.Hour).UTC(), start.Add(time.Minute).UTC(), {}} {
			must(t, f.SetNotBefore(ctx, "contoh.example", at))
			f.reopen(t)
			if got, err := f.NotBefore(ctx, "contoh.example"); err != nil || !got.Equal(at) {
				t.Errorf("not before %v, %v, want %v", got, err, at)
			}
		}
		if got, err := f.NotBefore(ctx, "unknown.example"); err != nil || !got.IsZero() {
			t.Errorf("not before of an unknown host: %v, %v", got, err)
		}
	},
	"robots": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		for _, file := range []news.RobotsFile{
			{Origin: "https://contoh.example:443", Status: 200, Body: []byte("User-agent: *\n"), Fetched: start.UTC()},
			{Origin: "https://contoh.example:443", Status: 0, Body: []byte{}, Fetched: start.Add(time.Hour).UTC()},
		} {
			must(t, f.SaveRobots(ctx, file))
			got, err := f.Robots(ctx, file.Origin)
			must(t, err)
			if got.Status != file.Status || string(got.Body) != string(file.Body) || !got.Fetched.Equal(file.Fetched) {
				t.Errorf("robots %+v, want %+v", got, file)
			}
		}
	},
	"requests": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		one := news.Request{At: start.UTC(), Host: "contoh.example", URL: "https://contoh.example/1", Status: 200, Bytes: 512, Reason: "article"}
		two := one
		two.At, two.Status, two.Error = start.Add(time.Second).UTC(), 0, "timeout"
		three := one
		three.Host = "lain.example"
		must(t, f.LogRequests(ctx, []news.Request{two, one, three}))
		must(t, f.LogRequests(ctx, nil))
		f.reopen(t)
		got, err := f.Requests(ctx, "contoh.example", 10)
		must(t, err)
		if diff := cmp.Diff([]news.Request{two, one}, got); diff != "" {
			t.Errorf("requests differ (-want +got):\n%s", diff)
		}
		if all, err := f.Requests(ctx, "", 2); err != nil || len(all) != 2 || all[0].Error != "timeout" {
			t.Errorf("requests of all: %+v, %v", all, err)
		}
	},
	"events": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		e := news.Event{Portal: "contoh", Cause: "unreachable", Detail: "no answer since morning", Since: start.UTC(),
			LastGood: start.Add(-time.Hour).UTC(), NextTry: start.Add(time.Hour).UTC()}
		open := func(e news.Event, want bool) {
			t.Helper()
			if opened, err := f.OpenEvent(ctx, e); err != nil || opened != want {
				t.Errorf("OpenEvent(%s) = %v, %v, want %v", e.Cause, opened, err, want)
			}
		}
		open(e, true)
		renewed := e
		renewed.Detail, renewed.Since, renewed.NextTry = "still no answer", start.Add(time.Minute), start.Add(2*time.Hour).UTC()
		open(renewed, false)
		tls := e
		tls.Cause, tls.Since = "tls", start.Add(time.Minute).UTC()
		open(tls, true)
		f.reopen(t)
		events, err := f.Events(ctx, false, 10)
		must(t, err)
		if len(events) != 2 || events[0].Cause != "tls" || events[1].Detail != "still no answer" ||
			!events[1].Since.Equal(start) || !events[1].NextTry.Equal(renewed.NextTry) || !events[1].LastGood.Equal(e.LastGood) {
			t.Errorf("events %+v", events)
		}
		must(t, f.AckEvent(ctx, events[0].ID, start))
		must(t, f.AckEvent(ctx, events[0].ID, start.Add(time.Hour)))
		must(t, f.CloseEvent(ctx, "contoh", "unreachable", start.Add(time.Hour)))
		must(t, f.CloseEvent(ctx, "contoh", "unreachable", start.Add(2*time.Hour)))
		must(t, f.CloseEvent(ctx, "contoh", "never opened", start))
		events, err = f.Events(ctx, false, 10)
		must(t, err)
		if len(events) != 1 || !events[0].Acked.Equal(start) {
			t.Errorf("open events %+v", events)
		}
		causes, err := f.OpenCauses(ctx, events[0].Portal)
		if err != nil || len(causes) != 1 || causes[0] != events[0].Cause {
			t.Errorf("open causes %q, %v, want that of %+v", causes, err, events[0])
		}
		events, err = f.Events(ctx, true, 10)
		must(t, err)
		if len(events) != 2 || !events[1].Closed.Equal(start.Add(time.Hour)) {
			t.Errorf("all events %+v", events)
		}
		open(e, true)
	},
}
