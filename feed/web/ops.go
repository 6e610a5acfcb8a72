package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"kabar/feed"
	"kabar/storage/news"
)

// Bounds of the operator's page.
const (
	opsEvents = 1000               // events that are read
	opsOver   = 7 * 24 * time.Hour // how long closed events are shown
	opsClosed = 50                 // closed events shown
	opsHeld   = 50                 // articles held back shown
	opsVisits = 50_000             // visits read: two days of a thousand portals
	opsDay    = 24 * time.Hour     // what counts as recent
	opsLate   = time.Hour          // how late a visit may be
)

// opsData is the matter of the operator's page.
type opsData struct {
	Now                              string
	Fine, Trouble, Silent, New       int // portals by state; with Late their sum is Portals
	Portals, Removed, Late           int // Late ones are also one of the others
	Articles, Waiting, Fresh, HeldAt int
	Size                             string
	Day                              tally
	Open, Closed                     []eventRow
	Rows                             []opsRow
	Held                             []heldRow
	MoreHeld                         bool
}

// eventRow is an event in words.
type eventRow struct {
	trouble
	ID                           int64
	Portal                       crumb
	Detail                       string
	Since, LastGood, Next, Ended string
	Lasted                       string
	Acked                        string // empty until a person saw it
}

// opsRow is a portal with what its last visit brought.
type opsRow struct {
	crumb
	State, Words      string
	Source            string
	Visit, Fresh, Due string
	Overdue           bool
	Last, Day         tally
}

// heldRow is an article that is held back; nothing of it is a link.
type heldRow struct{ ID, Portal, Title, Address, Evidence, Seen string }

// ops is the operator's page. It is read from the store at each request:
// events leave no changes.
func (h *Handler) ops(w http.ResponseWriter, r *http.Request) {
	at := placeOf(r)
	h.refresh(r.Context())
	release, err := h.limits.work(r.Context(), at.client)
	if err != nil {
		h.refuse(w, err)
		return
	}
	doc, err := h.buildPage(r.Context(), at, h.portalBook(), "ops", "", func(ctx context.Context, at place, b *book) (view, error) {
		data, err := h.opsData(ctx, at, b)
		return view{Title: "Keadaan", NoIndex: true, Data: data, Feeds: feedLinks(at, spec{kind: operations}, "Gangguan")}, err
	})
	release()
	if err != nil {
		h.refuse(w, err)
		return
	}
	secure(w.Header())
	doc.serve(w, r, operatorAge)
}

func (h *Handler) opsData(ctx context.Context, at place, b *book) (*opsData, error) {
	now := h.opts.Now()
	stats, err := h.opts.Store.Stats(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the sizes: %w", err)
	}
	d := &opsData{Now: shortTime(now.In(feed.Zone("WIB"))), Articles: int(stats.Articles), Waiting: int(stats.Waiting), Size: sizeText(stats.Bytes)}
	events, err := h.opts.Store.Events(ctx, true, opsEvents)
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", err)
	}
	d.putEvents(at, b, events, now)
	if err := h.putPortals(ctx, d, at, b, events, now); err != nil {
		return nil, err
	}
	return d, h.putHeld(ctx, d, b)
}

// putEvents sorts the events: open ones first, of them those that a person has
// not seen, the weightiest first; of the closed ones the last ended first.
func (d *opsData) putEvents(at place, b *book, events []news.Event, now time.Time) {
	slices.SortStableFunc(events, func(x, y news.Event) int {
		if x.Closed.IsZero() && y.Closed.IsZero() {
			return cmp.Or(cmp.Compare(acked(x), acked(y)), cmp.Compare(rank(x.Cause), rank(y.Cause)), y.Since.Compare(x.Since))
		}
		return y.Closed.Compare(x.Closed)
	})
	for _, e := range events {
		switch {
		case e.Closed.IsZero():
			d.Open = append(d.Open, eventWords(at, b, e, now))
		case now.Sub(e.Closed) <= opsOver && len(d.Closed) < opsClosed:
			d.Closed = append(d.Closed, eventWords(at, b, e, now))
		}
	}
}

func eventWords(at place, b *book, e news.Event, now time.Time) eventRow {
	p := b.byID[e.Portal]
	local := localTime(p)
	x := eventRow{
		trouble: troubleOf(e.Cause), ID: e.ID, Portal: crumb{Name: ownerName(p, e.Portal)}, Detail: feed.Line(e.Detail, 400),
		Since: local(e.Since), LastGood: local(later(e.LastGood, p.State.LastSuccess)),
		Next: local(later(e.NextTry, p.State.NextDue)), Ended: local(e.Closed), Acked: local(e.Acked),
	}
	if _, known := b.byID[e.Portal]; known {
		x.Portal.URL = at.base.path + "/portal/" + url.PathEscape(e.Portal)
	}
	end := e.Closed
	if end.IsZero() {
		end = now
	}
	x.Lasted = spanText(end.Sub(e.Since))
	return x
}

// putPortals says of each portal how it stands with it.
func (h *Handler) putPortals(ctx context.Context, d *opsData, at place, b *book, events []news.Event, now time.Time) error {
	visits, err := h.opts.Store.Visits(ctx, "", opsVisits)
	if err != nil {
		return fmt.Errorf("reading visits: %w", err)
	}
	last, day := make(map[string]news.Visit), make(map[string]*tally)
	for _, v := range visits {
		if _, later := last[v.Portal]; !later {
			last[v.Portal] = v
		}
		if now.Sub(v.Ended) > opsDay || v.Ended.After(now) {
			continue
		}
		if day[v.Portal] == nil {
			day[v.Portal] = new(tally)
		}
		day[v.Portal].add(v)
		d.Day.add(v)
	}
	d.Day.sorted()
	d.Fresh = d.Day.New
	causes := make(map[string][]trouble)
	for _, e := range events {
		if e.Closed.IsZero() {
			causes[e.Portal] = append(causes[e.Portal], troubleOf(e.Cause))
		}
	}
	for _, p := range b.list {
		x := opsRow{crumb: crumb{portalName(p, p.ID), at.base.path + "/portal/" + url.PathEscape(p.ID)}, Source: sourceWords(p)}
		local := localTime(p)
		x.Visit, x.Fresh, x.Due = local(p.State.LastVisit), local(p.State.LastNew), local(p.State.NextDue)
		x.State, x.Words = opsState(p, causes[p.ID])
		if v, visited := last[p.ID]; visited {
			x.Last.add(v)
			x.Last.sorted()
		}
		if t := day[p.ID]; t != nil {
			x.Day = *t
		}
		d.count(&x, p, now)
		d.Rows = append(d.Rows, x)
	}
	order := []string{"bad", "quiet", "waiting", "good", "removed"}
	slices.SortStableFunc(d.Rows, func(x, y opsRow) int {
		return cmp.Or(cmp.Compare(slices.Index(order, x.State), slices.Index(order, y.State)), strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)))
	})
	return nil
}

// count adds a portal to the summary.
func (d *opsData) count(x *opsRow, p news.Portal, now time.Time) {
	switch x.State {
	case "removed":
		d.Removed++
		return
	case "bad":
		d.Trouble++
	case "quiet":
		d.Silent++
	case "waiting":
		d.New++
	default:
		d.Fine++
	}
	d.Portals++
	if !p.State.LastVisit.IsZero() && now.Sub(p.State.NextDue) > opsLate {
		x.Overdue = true
		d.Late++
	}
}

// opsState is the state of a portal and its open troubles in words.
func opsState(p news.Portal, troubles []trouble) (state, words string) {
	var names []string
	state = "good"
	for _, t := range troubles {
		names = append(names, t.Name)
		if t.Weight == quiet && state == "good" {
			state = "quiet"
		}
		if t.Weight == heavy {
			state = "bad"
		}
	}
	slices.Sort(names)
	words = strings.Join(slices.Compact(names), ", ")
	switch {
	case !p.Removed.IsZero():
		return "removed", "tidak dirayapi lagi"
	case p.State.LastVisit.IsZero():
		return "waiting", "menunggu kunjungan pertama"
	case p.State.Problem != "" && state != "bad": // it is told only when it lasts
		return "bad", feed.Line(strings.TrimPrefix(words+"; kunjungan terakhir gagal", "; "), 200)
	case words == "":
		return state, "baik"
	}
	return state, words
}

// putHeld lists what is held back, and why.
func (h *Handler) putHeld(ctx context.Context, d *opsData, b *book) error {
	held, err := h.opts.Store.Articles(ctx, news.Query{Quarantined: true, Limit: opsHeld + 1})
	if err != nil {
		return fmt.Errorf("reading what is held back: %w", err)
	}
	d.MoreHeld = len(held) > opsHeld
	for _, a := range held[:min(len(held), opsHeld)] {
		p := b.byID[a.Portal]
		d.Held = append(d.Held, heldRow{
			ID: a.ID, Portal: portalName(p, a.Portal), Title: feed.Line(a.Title, 200), Address: feed.Line(a.URL, 300),
			Evidence: feed.Line(a.Quarantine, 400), Seen: localTime(p)(a.FirstSeen),
		})
	}
	d.HeldAt = len(d.Held)
	return nil
}

// acked orders events that a person has acknowledged after the others.
func acked(e news.Event) int {
	if e.Acked.IsZero() {
		return 0
	}
	return 1
}

// rank orders causes, the weightiest first.
func rank(cause string) int {
	return slices.Index([]gravity{heavy, quiet, light}, troubleOf(cause).Weight)
}

// localTime writes moments by a portal's clock, and nothing for the zero time.
func localTime(p news.Portal) func(time.Time) string {
	return func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return shortTime(t.In(feed.Zone(p.Clock)))
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// spanText is a length of time in words, to its largest unit: "3 hari".
func spanText(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return strconv.Itoa(int(d.Hours()/24)) + " hari"
	case d >= 2*time.Hour:
		return strconv.Itoa(int(d.Hours())) + " jam"
	default:
		return strconv.Itoa(max(int(d.Minutes()), 0)) + " menit"
	}
}

// sizeText is a number of bytes as Indonesian writes it, "41,7 MB".
func sizeText(bytes int64) string {
	return strings.Replace(fmt.Sprintf("%.1f MB", float64(bytes)/1e6), ".", ",", 1)
}
