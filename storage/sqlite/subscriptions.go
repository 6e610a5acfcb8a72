package sqlite

import (
	"context"
	"fmt"
	"time"

	"kabar/storage/news"
)

// Subscribe keeps a subscription until its lease ends, unless there are most
// already.
func (s *Store) Subscribe(ctx context.Context, sub news.Subscription, most int) (kept bool, err error) {
	err = s.write(ctx, func(t *tx) error {
		if err := t.exec(ctx, `DELETE FROM subscriptions WHERE until <= ?`, milli(t.now)); err != nil {
			return fmt.Errorf("ending leases: %w", err)
		}
		n, err := t.count(ctx, `INSERT INTO subscriptions (callback, topic, asked, secret, client, until, mark, tries)
			SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, 0
			WHERE (SELECT count(*) FROM subscriptions WHERE callback <> ?1 OR topic <> ?2) < ?8
			ON CONFLICT (callback, topic) DO UPDATE SET asked = excluded.asked, secret = excluded.secret,
				client = excluded.client, until = excluded.until, tries = 0, next_try = NULL`,
			sub.Callback, sub.Topic, sub.Asked, sub.Secret, sub.Client, milli(sub.Until), sub.Mark, most)
		kept = n > 0
		return err
	})
	return kept && err == nil, err
}

// Unsubscribe ends a subscription; one that is not there is ended already.
func (s *Store) Unsubscribe(ctx context.Context, callback, topic string) error {
	return s.write(ctx, func(t *tx) error {
		return t.exec(ctx, `DELETE FROM subscriptions WHERE callback = ? AND topic = ?`, callback, topic)
	})
}

// Subscriptions lists those whose lease ends after now.
func (s *Store) Subscriptions(ctx context.Context, now time.Time) ([]news.Subscription, error) {
	var subs []news.Subscription
	err := s.query(ctx, func(scan func(...any) error) error {
		var sub news.Subscription
		err := scan(&sub.ID, &sub.Callback, &sub.Topic, &sub.Asked, &sub.Secret, &sub.Client, utc{&sub.Until},
			&sub.Mark, &sub.Tries, utc{&sub.NextTry})
		subs = append(subs, sub)
		return err
	}, `SELECT id, callback, topic, asked, secret, client, until, mark, tries, next_try
		FROM subscriptions WHERE until > ? ORDER BY id`, milli(now))
	return subs, err
}

// ClaimDeliveries takes subscriptions for one process to deliver to.
func (s *Store) ClaimDeliveries(ctx context.Context, subs []news.Subscription, now, until time.Time) (claimed []int64, err error) {
	err = s.write(ctx, func(t *tx) error {
		for _, sub := range subs {
			n, err := t.count(ctx, `UPDATE subscriptions SET next_try = ?
				WHERE id = ? AND mark = ? AND until > ? AND (next_try IS NULL OR next_try <= ?)`,
				milli(until), sub.ID, sub.Mark, milli(now), milli(now))
			if err != nil {
				return err
			}
			if n > 0 {
				claimed = append(claimed, sub.ID)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("claiming deliveries: %w", err)
	}
	return claimed, nil
}

// SaveDeliveries records what became of deliveries.
func (s *Store) SaveDeliveries(ctx context.Context, subs ...news.Subscription) error {
	return s.write(ctx, func(t *tx) error {
		for _, sub := range subs {
			err := t.exec(ctx, `UPDATE subscriptions SET mark = ?, tries = ?, next_try = ? WHERE id = ? AND secret = ?`,
				sub.Mark, sub.Tries, milli(sub.NextTry), sub.ID, sub.Secret)
			if err != nil {
				return fmt.Errorf("recording a delivery: %w", err)
			}
		}
		return nil
	})
}

// Position is the last change that a reader of the log has dealt with.
func (s *Store) Position(ctx context.Context, reader string) (int64, error) {
	var number int64
	err := s.one(ctx, `SELECT number FROM positions WHERE reader = ?`, []any{reader}, &number)
	return number, err
}

// SavePosition replaces the position of a reader.
func (s *Store) SavePosition(ctx context.Context, reader string, number int64) error {
	return s.write(ctx, func(t *tx) error {
		return t.exec(ctx, `INSERT INTO positions (reader, number) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET number = excluded.number`, reader, number)
	})
}
