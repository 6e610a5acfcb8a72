package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kabar/storage"
	"kabar/storage/news"
)

// doctorCmd says what is wrong and what to do.
type doctorCmd struct {
	Thorough bool `env:"-" help:"Also look for damage in the whole database, which reads all of it."`
}

// Help is the long form of "kabar doctor --help".
func (doctorCmd) Help() string {
	return `Says in plain words what is wrong with the database, the definitions and the
portals, and what to do about it. Exit code 3 says that something is wrong.

Example:

    kabar doctor --thorough`
}

// errIll ends a command that did its work and found troubles.
type errIll string

func (e errIll) Error() string { return string(e) }
func (errIll) ExitCode() int   { return exitPartial }

// overdue is how late a portal's visit may be before it counts as missed.
const overdue = time.Hour

// Run prints the findings.
func (c *doctorCmd) Run(ctx context.Context, w *world, s *settings) error {
	store, err := s.openExisting(ctx, w)
	if err != nil {
		return err
	}
	defer store.Close()
	d := &doctor{world: w, settings: s, store: store, now: s.clock(w)()}
	for _, look := range []func(context.Context) error{d.database, d.definitions, d.portals, d.troubles, d.quarantine} {
		if err := look(ctx); err != nil {
			return err
		}
	}
	if c.Thorough {
		if err := d.damage(ctx); err != nil {
			return err
		}
	}
	if d.found == 0 {
		fmt.Fprintln(w.stdout, "All is well.")
		return nil
	}
	if d.found == 1 {
		return errIll("one thing needs a look")
	}
	return errIll(fmt.Sprintf("%d things need a look", d.found))
}

// doctor looks after one database.
type doctor struct {
	*world
	settings *settings
	store    storage.Store
	now      time.Time
	found    int
}

// ill tells one thing that is wrong.
func (d *doctor) ill(format string, args ...any) {
	d.found++
	fmt.Fprintf(d.stdout, "! "+format+"\n", args...)
}

func (d *doctor) say(format string, args ...any) { fmt.Fprintf(d.stdout, format+"\n", args...) }

// growthSpan is how far back growth is measured.
const growthSpan = 7 * 24 * time.Hour

func (d *doctor) database(ctx context.Context) error {
	stats, err := d.store.Stats(ctx)
	if err != nil {
		return err
	}
	d.say("Database %s: %s, %d articles in %d versions, %d kept pages, %d links waiting.",
		d.settings.DB, megabytes(stats.Bytes), stats.Articles, stats.Versions, stats.RawPages, stats.Waiting)
	visits, err := d.store.Visits(ctx, "", 20_000)
	if err != nil {
		return err
	}
	since, fresh := d.now, 0
	for _, v := range visits {
		if d.now.Sub(v.Ended) > growthSpan {
			break
		}
		since = v.Ended
		fresh += v.New
	}
	if days := d.now.Sub(since).Hours() / 24; days > 1 && stats.Articles > 0 {
		perDay := float64(fresh) / days
		d.say("It grows by about %.0f articles and %s a day.", perDay, megabytes(int64(perDay*float64(stats.Bytes)/float64(stats.Articles))))
	}
	return nil
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

func (d *doctor) definitions(context.Context) error {
	sound, mistakes, err := d.settings.definitions()
	if err != nil {
		d.ill("%v", err)
		return nil
	}
	d.say("Definitions: %d portals.", len(sound))
	for _, mistake := range mistakes {
		d.ill("%v", mistake)
	}
	return nil
}

func (d *doctor) portals(ctx context.Context) error {
	portals, err := d.store.Portals(ctx)
	if err != nil {
		return err
	}
	never, late := 0, 0
	for _, p := range portals {
		switch {
		case !p.Removed.IsZero():
		case p.State.LastVisit.IsZero():
			never++
		case d.now.Sub(p.State.NextDue) > overdue:
			late++
		}
	}
	if never > 0 {
		d.ill("%d portals were never visited: start \"kabar run\", or \"kabar crawl\" for one round.", never)
	}
	if late > 0 {
		d.ill("%d portals are overdue by more than an hour: is \"kabar run\" running? If it is, look at its messages.", late)
	}
	return nil
}

func (d *doctor) troubles(ctx context.Context) error {
	events, err := d.store.Events(ctx, false, 1000)
	if err != nil {
		return err
	}
	for _, e := range events {
		if e.Acked.IsZero() {
			d.ill("%s, %s since %s: %s", owner(e), e.Cause, day(e.Since), printable(e.Detail))
		}
	}
	return nil
}

func (d *doctor) quarantine(ctx context.Context) error {
	const most = 1000
	held, err := d.store.Articles(ctx, news.Query{Quarantined: true, Limit: most})
	if err != nil {
		return err
	}
	switch n := len(held); {
	case n == most:
		d.ill("%d articles or more are held back as gambling or defacement: \"kabar release\" lists them.", n)
	case n > 0:
		d.ill("%d articles are held back as gambling or defacement: \"kabar release\" lists them.", n)
	}
	return nil
}

func (d *doctor) damage(ctx context.Context) error {
	findings, err := d.store.Check(ctx)
	if err != nil && !errors.Is(err, context.Canceled) {
		d.ill("the database cannot be checked: %v; put a backup back with \"kabar restore\"", err)
		return nil
	}
	for _, finding := range findings {
		d.ill("%s", finding)
	}
	return err
}
