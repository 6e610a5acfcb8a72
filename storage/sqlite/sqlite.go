// Package sqlite keeps the news in one SQLite file.
package sqlite

import (
	"context"
	"errors"
	"kabar/storage/news"
	"time"
)

// Store keeps the news in one SQLite file.
type Store struct{ now func() time.Time }

// Option changes how a store is opened.
type Option func(*Store)

// WithClock gives the store another clock.
func WithClock(now func() time.Time) Option { return func(s *Store) { s.now = now } }

// AsWriter claims the writer role.
func AsWriter() Option { return func(*Store) {} }

// Open opens the store.
func Open(ctx context.Context, path string, options ...Option) (*Store, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) Backup(ctx context.Context, path string) error { return errors.ErrUnsupported }

func (s *Store) Check(ctx context.Context) ([]string, error) { return nil, errors.ErrUnsupported }

func (s *Store) Stats(ctx context.Context) (news.Stats, error) {
	return news.Stats{}, errors.ErrUnsupported
}

func (s *Store) Prune(ctx context.Context, before time.Time) error { return errors.ErrUnsupported }

func (s *Store) Close() error { return errors.ErrUnsupported }

func (s *Store) Save(ctx context.Context, articles ...news.Article) ([]news.Change, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) Article(ctx context.Context, id string) (news.Article, error) {
	return news.Article{}, errors.ErrUnsupported
}

func (s *Store) ArticleAt(ctx context.Context, address string) (news.Article, error) {
	return news.Article{}, errors.ErrUnsupported
}

func (s *Store) Articles(ctx context.Context, q news.Query) ([]news.Article, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) Versions(ctx context.Context, id string) ([]news.Version, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) MarkGone(ctx context.Context, id string, at time.Time) error {
	return errors.ErrUnsupported
}

func (s *Store) MarkBack(ctx context.Context, id string, at time.Time) error {
	return errors.ErrUnsupported
}

func (s *Store) Release(ctx context.Context, id string) error { return errors.ErrUnsupported }

func (s *Store) SetCluster(ctx context.Context, cluster string, ids []string) error {
	return errors.ErrUnsupported
}

func (s *Store) Looks(ctx context.Context, portal string, now time.Time, limit int) ([]news.Look, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) SaveLook(ctx context.Context, look news.Look) error { return errors.ErrUnsupported }

func (s *Store) Changes(ctx context.Context, after int64, limit int) ([]news.Change, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) LastChange(ctx context.Context) (int64, error) { return 0, errors.ErrUnsupported }

func (s *Store) SetPortals(ctx context.Context, portals []news.Portal) error {
	return errors.ErrUnsupported
}

func (s *Store) Portals(ctx context.Context) ([]news.Portal, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) Portal(ctx context.Context, id string) (news.Portal, error) {
	return news.Portal{}, errors.ErrUnsupported
}

func (s *Store) RemovePortal(ctx context.Context, id string, purge bool) error {
	return errors.ErrUnsupported
}

func (s *Store) SaveVisit(ctx context.Context, v news.Visit) error { return errors.ErrUnsupported }

func (s *Store) Visits(ctx context.Context, portal string, limit int) ([]news.Visit, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) Template(ctx context.Context, portal string) ([]byte, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) SaveTemplate(ctx context.Context, portal string, data []byte) error {
	return errors.ErrUnsupported
}

func (s *Store) AddLinks(ctx context.Context, links []news.Link) ([]news.Link, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) WaitingLinks(ctx context.Context, portal string, now time.Time, limit int) ([]news.Link, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) SettleLink(ctx context.Context, l news.Link, outcome news.LinkOutcome, reason string, notBefore time.Time) error {
	return errors.ErrUnsupported
}

func (s *Store) Known(ctx context.Context, addresses []string) (map[string]bool, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) KeepPage(ctx context.Context, page news.RawPage) error { return errors.ErrUnsupported }

func (s *Store) EachPage(ctx context.Context, portal string, do func(news.RawPage) error) error {
	return errors.ErrUnsupported
}

func (s *Store) Validators(ctx context.Context, url string) (news.Validators, error) {
	return news.Validators{}, errors.ErrUnsupported
}

func (s *Store) SaveValidators(ctx context.Context, url string, v news.Validators) error {
	return errors.ErrUnsupported
}

func (s *Store) NotBefore(ctx context.Context, host string) (time.Time, error) {
	return time.Time{}, errors.ErrUnsupported
}

func (s *Store) SetNotBefore(ctx context.Context, host string, t time.Time) error {
	return errors.ErrUnsupported
}

func (s *Store) Robots(ctx context.Context, origin string) (news.RobotsFile, error) {
	return news.RobotsFile{}, errors.ErrUnsupported
}

func (s *Store) SaveRobots(ctx context.Context, f news.RobotsFile) error {
	return errors.ErrUnsupported
}

func (s *Store) LogRequests(ctx context.Context, requests []news.Request) error {
	return errors.ErrUnsupported
}

func (s *Store) Requests(ctx context.Context, host string, limit int) ([]news.Request, error) {
	return nil, errors.ErrUnsupported
}

func (s *Store) OpenEvent(ctx context.Context, e news.Event) (bool, error) {
	return false, errors.ErrUnsupported
}

func (s *Store) CloseEvent(ctx context.Context, portal, cause string, at time.Time) error {
	return errors.ErrUnsupported
}

func (s *Store) AckEvent(ctx context.Context, id int64, at time.Time) error {
	return errors.ErrUnsupported
}

func (s *Store) Events(ctx context.Context, closed bool, limit int) ([]news.Event, error) {
	return nil, errors.ErrUnsupported
}
