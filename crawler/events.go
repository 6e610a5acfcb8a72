package crawler

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"kabar/crawler/fetch"
	"kabar/storage/news"
)

// Causes of events; each says what an operator would do about it.
const (
	causeUnreachable = "unreachable" // no answer, or none that helps
	causeBlocked     = "blocked"     // the portal refuses us
	causeRobots      = "robots"      // robots.txt forbids it
	causeTLS         = "tls"         // the certificate is broken
	causeUnreadable  = "unreadable"  // the front page is no page
	causeScripted    = "scripted"    // empty without its scripts
	causeZeroLinks   = "zero-links"  // no links where there were some
	causeStale       = "stale"       // the list shows only what is long known
	causeSilent      = "silent"      // nothing new against its own rhythm
	causeRung        = "rung"        // the best source is another one
	causeTemplate    = "template"    // the pages look new
	causeFields      = "fields"      // articles come without dates
	causeHacked      = "hacked"      // foreign content in its pages
)

const (
	// patientPolls is how many polls in a row must fail before a passing
	// trouble is told.
	patientPolls = 3
	// silentAfter is how many articles must be missing in a silence. Of a
	// thousand portals that publish by chance alone, one in three thousand
	// silences is that long.
	silentAfter = 8
	// silentLeast is how long a silence lasts at least: of a new portal the
	// rhythm is known badly.
	silentLeast = 12 * time.Hour
	// staleAfter is how much older than what is stored the newest article of
	// a list must be to show that the list stands still.
	staleAfter = 7 * 24 * time.Hour
	// fieldSample is how many articles are watched for missing dates.
	fieldSample = 10
)

// tell opens and closes events by what the visit has shown. A cause about
// which the visit says nothing is left as it is.
func (v *visit) tell(ctx context.Context, state news.PortalState) error {
	open, err := v.Ledger.OpenCauses(ctx, v.portal.ID)
	if err != nil {
		return fmt.Errorf("reading the events of portal %s: %w", v.portal.ID, err)
	}
	verdicts := v.verdicts(state)
	for _, cause := range slices.Sorted(maps.Keys(verdicts)) {
		detail := verdicts[cause]
		switch {
		case detail != "":
			e := news.Event{Portal: v.portal.ID, Cause: cause, Detail: detail, Since: v.record.Started,
				LastGood: state.LastSuccess, NextTry: v.record.NextDue}
			if _, err := v.Ledger.OpenEvent(ctx, e); err != nil {
				return fmt.Errorf("telling of portal %s: %w", v.portal.ID, err)
			}
		case slices.Contains(open, cause):
			if err := v.Ledger.CloseEvent(ctx, v.portal.ID, cause, v.Now()); err != nil {
				return fmt.Errorf("telling of portal %s: %w", v.portal.ID, err)
			}
		}
	}
	return nil
}

// verdicts says for each cause that the visit can judge what is wrong; empty
// for what is right.
func (v *visit) verdicts(state news.PortalState) map[string]string {
	verdicts := make(map[string]string)
	if v.hacked != "" {
		verdicts[causeHacked] = v.hacked
	} else if v.known.Clean >= fieldSample/2 {
		verdicts[causeHacked] = ""
	}
	if v.layout != "" {
		verdicts[causeTemplate] = v.layout
	} else if v.known.Fitting >= fieldSample {
		verdicts[causeTemplate] = ""
	}
	if len(v.known.Undated) == fieldSample {
		verdicts[causeFields] = v.undated()
	}
	if !v.polled {
		return verdicts
	}
	if v.failure != nil {
		if cause, patient := causeOf(v.failure); cause != "" && (!patient || state.Failures+1 >= patientPolls) {
			verdicts[cause] = v.failure.Error()
		}
		return verdicts
	}
	for _, cause := range []string{causeUnreachable, causeBlocked, causeRobots, causeTLS, causeUnreadable, causeScripted, causeZeroLinks} {
		verdicts[cause] = ""
	}
	if v.withheld > 0 && v.read == 0 {
		verdicts[causeBlocked] = fmt.Sprintf("%d pages were withheld by challenges, refusals or log-ins; open the site in a browser, and ask the portal to let kabar in", v.withheld)
	}
	verdicts[causeRung] = v.moved
	verdicts[causeSilent] = v.silence(state)
	if !v.newest.IsZero() {
		verdicts[causeStale] = v.staleness()
	}
	return verdicts
}

// causeOf is the cause behind a failed poll. A patient one is told only when
// it stays.
func causeOf(err error) (cause string, patient bool) {
	var trouble problem
	if errors.As(err, &trouble) {
		return trouble.cause, trouble.cause == causeUnreadable
	}
	var failed *fetch.Error
	if !errors.As(err, &failed) || failed.Kind == fetch.MustWait {
		return "", false
	}
	switch failed.Kind {
	case fetch.RobotsDisallowed:
		return causeRobots, false
	case fetch.TLSFailed:
		return causeTLS, false
	case fetch.BadStatus:
		switch failed.Status {
		case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusUnavailableForLegalReasons:
			return causeBlocked, true
		}
	}
	return causeUnreachable, true
}

// silence says that a portal publishes nothing although its own rhythm, and
// what the other portals did in the same days, let expect some; so weekends
// and holidays are no silence.
func (v *visit) silence(state news.PortalState) string {
	if v.record.New > 0 || state.LastNew.IsZero() || v.Now().Sub(state.LastNew) < silentLeast {
		return ""
	}
	missing := v.planner.Expected(v.portal.ID, state.LastNew, v.Now())
	if missing < silentAfter {
		return ""
	}
	return fmt.Sprintf("nothing new since %s, where about %.0f articles were to be expected; look whether the site still publishes, and where",
		state.LastNew.Format("2006-01-02 15:04 MST"), missing)
}

// staleness says that the newest article of the list is much older than what
// the list once had.
func (v *visit) staleness() string {
	if v.newest.After(v.known.Newest) {
		v.known.Newest = v.newest
	}
	if v.known.Newest.Sub(v.newest) < staleAfter {
		return ""
	}
	return fmt.Sprintf("the newest article of %s is of %s, but it had one of %s before; look whether the list still works",
		v.known.SourceURL, v.newest.Format(time.DateOnly), v.known.Newest.Format(time.DateOnly))
}

// undated says that most articles come without a date.
func (v *visit) undated() string {
	missing := 0
	for _, is := range v.known.Undated {
		if is {
			missing++
		}
	}
	if missing < fieldSample*8/10 {
		return ""
	}
	return fmt.Sprintf("%d of the last %d articles have no date; name its place in the definition ([article] date), \"kabar explain\" shows what the page has",
		missing, fieldSample)
}

// watchFields remembers whether an article had a date.
func (k *knowledge) watchFields(a news.Article) {
	k.Undated = append(k.Undated, a.Published.IsZero())
	k.Undated = k.Undated[max(0, len(k.Undated)-fieldSample):]
}
