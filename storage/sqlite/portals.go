package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"kabar/storage/news"
)

// SetPortals makes the given portals the crawled ones.
func (s *Store) SetPortals(ctx context.Context, portals []news.Portal) error {
	return s.write(ctx, func(t *tx) error {
		given := make([]string, len(portals))
		for i, p := range portals {
			given[i] = p.ID
			if err := t.setPortal(ctx, p); err != nil {
				return fmt.Errorf("keeping portal %s: %w", p.ID, err)
			}
		}
		return t.removeOthers(ctx, given)
	})
}

func (t *tx) setPortal(ctx context.Context, p news.Portal) error {
	regions, err := list(p.Regions)
	if err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO portals (id, name, home, regions, clock, republish) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET name = excluded.name, home = excluded.home, regions = excluded.regions,
			clock = excluded.clock, republish = excluded.republish, removed = NULL`,
		p.ID, p.Name, p.Home, regions, p.Clock, p.Republish)
}

func (t *tx) removeOthers(ctx context.Context, given []string) error {
	var missing []string
	err := t.all(ctx, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		if !slices.Contains(given, id) {
			missing = append(missing, id)
		}
		return err
	}, `SELECT id FROM portals WHERE removed IS NULL`)
	for _, id := range missing {
		if err == nil {
			err = t.exec(ctx, `UPDATE portals SET removed = ? WHERE id = ?`, milli(t.now), id)
		}
	}
	return err
}

const portalColumns = `p.id, p.name, p.home, p.regions, p.clock, p.republish, p.removed,
	p.last_visit, p.last_success, p.last_new, p.next_due, p.failures, p.problem, p.source, p.source_url,
	coalesce((SELECT n FROM counts WHERE name = 'portal:' || p.id), 0)`

func scanPortal(scan func(...any) error) (news.Portal, error) {
	var p news.Portal
	st := &p.State
	err := scan(&p.ID, &p.Name, &p.Home, document{&p.Regions}, &p.Clock, &p.Republish, utc{&p.Removed},
		utc{&st.LastVisit}, utc{&st.LastSuccess}, utc{&st.LastNew}, utc{&st.NextDue}, &st.Failures, &st.Problem,
		&st.Source, &st.SourceURL, &st.Articles)
	return p, err
}

// Portals lists all portals by ID, removed ones too.
func (s *Store) Portals(ctx context.Context) ([]news.Portal, error) {
	var portals []news.Portal
	err := s.query(ctx, func(scan func(...any) error) error {
		p, err := scanPortal(scan)
		portals = append(portals, p)
		return err
	}, `SELECT `+portalColumns+` FROM portals p ORDER BY p.id`)
	return portals, err
}

// Portal finds a portal by its ID.
func (s *Store) Portal(ctx context.Context, id string) (news.Portal, error) {
	var found []news.Portal
	err := s.query(ctx, func(scan func(...any) error) error {
		p, err := scanPortal(scan)
		found = append(found, p)
		return err
	}, `SELECT `+portalColumns+` FROM portals p WHERE p.id = ?`, id)
	switch {
	case err != nil:
		return news.Portal{}, err
	case len(found) == 0:
		return news.Portal{}, fmt.Errorf("portal %s: %w", id, news.ErrNotFound)
	}
	return found[0], nil
}

// SaveVisit records a visit and the state it leaves.
func (s *Store) SaveVisit(ctx context.Context, v news.Visit) error {
	dropped := ""
	if len(v.Dropped) > 0 {
		data, err := json.Marshal(v.Dropped)
		if err != nil {
			return err
		}
		dropped = string(data)
	}
	return s.write(ctx, func(t *tx) error {
		n, err := t.count(ctx, `UPDATE portals SET
				last_visit = ?1,
				last_success = CASE WHEN ?2 > 0 THEN ?1 ELSE last_success END,
				last_new = CASE WHEN ?3 > 0 THEN ?1 ELSE last_new END,
				next_due = ?4,
				failures = CASE WHEN ?5 = '' THEN 0 ELSE failures + 1 END,
				problem = ?5,
				source = CASE WHEN ?6 = '' THEN source ELSE ?6 END,
				source_url = CASE WHEN ?6 = '' THEN source_url ELSE ?7 END
			WHERE id = ?8`,
			milli(v.Ended), v.Links, v.New, milli(v.NextDue), v.Problem, v.Source, v.SourceURL, v.Portal)
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("portal %s: %w", v.Portal, news.ErrNotFound)
		}
		return t.exec(ctx, `INSERT INTO visits (portal, started, ended, pages, links, new, revised, same, failed,
				dropped, problem, source, source_url, next_due)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			v.Portal, milli(v.Started), milli(v.Ended), v.Pages, v.Links, v.New, v.Revised, v.Same, v.Failed,
			dropped, v.Problem, v.Source, v.SourceURL, milli(v.NextDue))
	})
}

// Visits lists the visits at a portal, newest first; at all portals for "".
func (s *Store) Visits(ctx context.Context, portal string, limit int) ([]news.Visit, error) {
	where, args := `portal = ?`, []any{portal, limit}
	if portal == "" {
		where, args = `true`, []any{limit}
	}
	var visits []news.Visit
	err := s.query(ctx, func(scan func(...any) error) error {
		var v news.Visit
		err := scan(&v.Portal, utc{&v.Started}, utc{&v.Ended}, &v.Pages, &v.Links, &v.New, &v.Revised, &v.Same, &v.Failed,
			document{&v.Dropped}, &v.Problem, &v.Source, &v.SourceURL, utc{&v.NextDue})
		visits = append(visits, v)
		return err
	}, `SELECT portal, started, ended, pages, links, new, revised, same, failed,
			dropped, problem, source, source_url, next_due
		FROM visits WHERE `+where+` ORDER BY number DESC LIMIT ?`, args...)
	return visits, err
}

// Template is what was learned of a portal's pages.
func (s *Store) Template(ctx context.Context, portal string) ([]byte, error) {
	var data []byte
	if err := s.one(ctx, `SELECT data FROM templates WHERE portal = ?`, []any{portal}, &data); err != nil {
		return nil, fmt.Errorf("template of portal %s: %w", portal, err)
	}
	return unpack(data)
}

// SaveTemplate replaces what was learned of a portal's pages.
func (s *Store) SaveTemplate(ctx context.Context, portal string, data []byte) error {
	packed, err := pack(data)
	if err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		return t.exec(ctx, `INSERT INTO templates (portal, data) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET data = excluded.data`, portal, packed)
	})
}
