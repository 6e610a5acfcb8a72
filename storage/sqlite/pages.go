package sqlite

import (
	"context"
	"encoding/json"
	"fmt"

	"kabar/storage/news"
)

// KeepPage keeps a page as received; an older one of the same address goes.
func (s *Store) KeepPage(ctx context.Context, page news.RawPage) error {
	packed, err := pack(page.Body)
	if err != nil {
		return err
	}
	link, err := json.Marshal(page.Link)
	if err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		fetched := floor(page.Fetched)
		if fetched.IsZero() {
			fetched = t.now
		}
		return t.exec(ctx, `INSERT INTO pages (portal, url, type, fetched, link, body) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET portal = excluded.portal, type = excluded.type, fetched = excluded.fetched,
				link = excluded.link, body = excluded.body`,
			page.Portal, page.URL, page.Type, milli(fetched), string(link), packed)
	})
}

// Page finds the kept page of an address.
func (s *Store) Page(ctx context.Context, url string) (news.RawPage, error) {
	var p news.RawPage
	var packed []byte
	err := s.one(ctx, `SELECT portal, url, type, fetched, link, body FROM pages WHERE url = ?`, []any{url},
		&p.Portal, &p.URL, &p.Type, utc{&p.Fetched}, document{&p.Link}, &packed)
	if err != nil {
		return news.RawPage{}, fmt.Errorf("kept page %s: %w", url, err)
	}
	p.Body, err = unpack(packed)
	return p, err
}

// pagesAtOnce is the number of pages read from the database before they are
// handed over: do may take its time and may write, while no statement stays
// open.
const pagesAtOnce = 16

// EachPage hands over the kept pages of a portal, oldest first, until do
// returns an error. Pages kept meanwhile come at the end.
func (s *Store) EachPage(ctx context.Context, portal string, do func(news.RawPage) error) error {
	var after place
	for {
		pages, last, err := s.somePages(ctx, portal, after)
		if err != nil {
			return fmt.Errorf("reading kept pages of %s: %w", portal, err)
		}
		for _, page := range pages {
			if err := do(page); err != nil {
				return err
			}
		}
		if len(pages) < pagesAtOnce {
			return nil
		}
		after = last
	}
}

// place is where reading goes on: after this moment and number.
type place struct{ fetched, number int64 }

func (s *Store) somePages(ctx context.Context, portal string, after place) ([]news.RawPage, place, error) {
	var pages []news.RawPage
	err := s.query(ctx, func(scan func(...any) error) error {
		var p news.RawPage
		var packed []byte
		err := scan(&after.number, &after.fetched, &p.Portal, &p.URL, &p.Type, utc{&p.Fetched}, document{&p.Link}, &packed)
		if err != nil {
			return err
		}
		p.Body, err = unpack(packed)
		pages = append(pages, p)
		return err
	}, `SELECT number, fetched, portal, url, type, fetched, link, body FROM pages
		WHERE portal = ? AND (fetched, number) > (?, ?) ORDER BY fetched, number LIMIT ?`,
		portal, after.fetched, after.number, pagesAtOnce)
	return pages, after, err
}
