package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"kabar/feed"
	"kabar/storage/news"

	"github.com/google/uuid"
)

// opsFeed answers with the operator's feed. It has one address in each format,
// under whatever other one it is asked for.
func (h *Handler) opsFeed(format string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h.refresh(r.Context())
		e, err := h.rendered(r.Context(), placeOf(r), spec{kind: operations, format: format})
		if err != nil {
			h.refuse(w, err)
			return
		}
		e.doc.serve(w, r, operatorAge)
	}
}

// troubles lists events as entries of the operator's feed.
func (h *Handler) troubles(ctx context.Context, c *feed.Channel) ([]news.Article, error) {
	events, err := h.opts.Store.Events(ctx, true, windowLeast)
	if err != nil {
		return nil, err
	}
	names := h.portalBook().byID
	c.Portals, c.Default = nil, feed.Full // ours, not the portals', words
	list := make([]news.Article, 0, len(events))
	for _, e := range events {
		list = append(list, eventArticle(e, ownerName(names[e.Portal], e.Portal), c.Home))
	}
	sortShown(list)
	return list, nil
}

// ownerName is the portal of an event; an event of no portal is our own.
func ownerName(p news.Portal, id string) string {
	if id == "" {
		return "Kabar sendiri"
	}
	return portalName(p, id)
}

// eventArticle dresses an event as an article. Its identity is that of the
// event, which moves on when it is acknowledged and when it is over.
func eventArticle(e news.Event, owner, home string) news.Article {
	number := strconv.FormatInt(e.ID, 10)
	name := fmt.Sprintf("kabar:event/%s/%s/%s/%d", number, e.Portal, e.Cause, e.Since.UnixMilli())
	words := troubleOf(e.Cause)
	a := news.Article{
		ID:        "urn:uuid:" + uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)).String(),
		Portal:    e.Portal,
		URL:       home + "#e" + number,
		Title:     owner + ": " + words.Name,
		Published: news.Stamp{Time: e.Since.In(feed.Zone("WIB")), Precision: news.Second, Origin: "event"},
		FirstSeen: e.Since,
		Updated:   e.Since,
	}
	if !e.Closed.IsZero() {
		a.Title = "Selesai: " + a.Title
	}
	say := func(text string) {
		if text != "" {
			a.Body = append(a.Body, news.Block{Kind: news.Paragraph, Text: text})
		}
	}
	sayTime := func(what string, t time.Time) {
		if !t.IsZero() {
			say(what + ": " + feed.TimeText(t.In(feed.Zone("WIB"))) + ".")
		}
	}
	say(words.What)
	if e.Closed.IsZero() {
		say(words.Do)
	}
	say(e.Detail)
	sayTime("Terakhir baik", e.LastGood)
	sayTime("Sudah dilihat", e.Acked)
	sayTime("Selesai", e.Closed)
	for _, t := range []time.Time{e.Acked, e.Closed} {
		if t.After(a.Updated) {
			a.Updated = t
		}
	}
	return a
}
