package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kabar/storage/news"
)

// subscription is the n-th one of these tests, with a lease of an hour.
func subscription(n int) news.Subscription {
	return news.Subscription{
		Callback: fmt.Sprintf("https://pembaca.example/panggil/%d?a=1", n),
		Topic:    "https://kabar.example/feeds/all.atom",
		Asked:    "https://kabar.example:443/feeds/all.atom",
		Secret:   "rahasia",
		Client:   "192.0.2.7",
		Until:    start.Add(time.Hour).UTC(),
		Mark:     `"satu"`,
	}
}

func (f *fixture) subscribe(t *testing.T, s news.Subscription, want bool) {
	t.Helper()
	if kept, err := f.Subscribe(t.Context(), s, 2); err != nil || kept != want {
		t.Errorf("Subscribe(%s, %s) = %v, %v, want %v", s.Callback, s.Topic, kept, err, want)
	}
}

// subscriptions are those of the moment.
func (f *fixture) subscriptions(t *testing.T) []news.Subscription {
	t.Helper()
	subs, err := f.Subscriptions(t.Context(), f.now())
	must(t, err)
	return subs
}

var subscriptionTests = map[string]func(*testing.T, *fixture){
	"kept and ended": func(t *testing.T, f *fixture) {
		one, two := subscription(1), subscription(2)
		f.subscribe(t, one, true)
		f.subscribe(t, two, true)
		f.reopen(t)
		subs := f.subscriptions(t)
		if len(subs) != 2 || subs[0].ID == 0 || subs[0].ID >= subs[1].ID {
			t.Fatalf("subscriptions %+v", subs)
		}
		one.ID, two.ID = subs[0].ID, subs[1].ID
		if diff := cmp.Diff([]news.Subscription{one, two}, subs); diff != "" {
			t.Errorf("subscriptions differ (-want +got):\n%s", diff)
		}
		must(t, f.Unsubscribe(t.Context(), one.Callback, one.Topic))
		must(t, f.Unsubscribe(t.Context(), one.Callback, one.Topic))
		must(t, f.Unsubscribe(t.Context(), two.Callback, "https://kabar.example/feeds/all.rss"))
		if diff := cmp.Diff([]news.Subscription{two}, f.subscriptions(t)); diff != "" {
			t.Errorf("after one has ended (-want +got):\n%s", diff)
		}
	},
	"renewed": func(t *testing.T, f *fixture) {
		s := subscription(1)
		f.subscribe(t, s, true)
		s.ID = f.subscriptions(t)[0].ID
		must(t, f.SaveDeliveries(t.Context(), news.Subscription{ID: s.ID, Secret: s.Secret, Mark: `"dua"`, Tries: 3, NextTry: start.Add(time.Minute)}))
		s.Asked, s.Secret, s.Client, s.Until, s.Mark = s.Topic, "", "192.0.2.8", start.Add(3*time.Hour).UTC(), `"tiga"`
		f.subscribe(t, s, true)
		s.Mark = `"dua"` // what it has follows from deliveries alone
		if diff := cmp.Diff([]news.Subscription{s}, f.subscriptions(t)); diff != "" {
			t.Errorf("renewed (-want +got):\n%s", diff)
		}
		must(t, f.SaveDeliveries(t.Context(), news.Subscription{ID: s.ID, Secret: "rahasia", Mark: `"empat"`}))
		if diff := cmp.Diff([]news.Subscription{s}, f.subscriptions(t)); diff != "" {
			t.Errorf("after a delivery that was signed with the old secret (-want +got):\n%s", diff)
		}
	},
	"at most so many": func(t *testing.T, f *fixture) {
		f.subscribe(t, subscription(1), true)
		f.subscribe(t, subscription(2), true)
		f.subscribe(t, subscription(3), false)
		f.subscribe(t, subscription(2), true) // a renewal takes no room
		f.later(time.Hour)
		third := subscription(3)
		third.Until = f.now().Add(time.Hour)
		f.subscribe(t, third, true) // the leases of the others are over
		if subs := f.subscriptions(t); len(subs) != 1 || subs[0].Callback != third.Callback {
			t.Errorf("subscriptions %+v", subs)
		}
	},
	"leases end": func(t *testing.T, f *fixture) {
		f.subscribe(t, subscription(1), true)
		f.later(time.Hour - time.Millisecond)
		if n := len(f.subscriptions(t)); n != 1 {
			t.Errorf("%d subscriptions before the end of the lease", n)
		}
		f.later(time.Millisecond)
		if n := len(f.subscriptions(t)); n != 0 {
			t.Errorf("%d subscriptions after the end of the lease", n)
		}
	},
	"deliveries": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.subscribe(t, subscription(1), true)
		f.subscribe(t, subscription(2), true)
		subs := f.subscriptions(t)
		read := append(f.subscriptions(t), news.Subscription{ID: subs[1].ID + 7})
		ids := []int64{subs[0].ID, subs[1].ID, subs[1].ID + 7}
		claim := func(want ...int64) {
			t.Helper()
			got, err := f.ClaimDeliveries(ctx, read, f.now(), f.now().Add(time.Minute))
			if err != nil || !cmp.Equal(got, want) {
				t.Errorf("claimed %v, %v, want %v", got, err, want)
			}
		}
		claim(ids[0], ids[1])
		claim()
		done := subs[0]
		done.Mark = `"dua"`
		failed := subs[1]
		failed.Tries, failed.NextTry = 1, f.now().Add(10*time.Second).UTC()
		must(t, f.SaveDeliveries(ctx, done, failed, news.Subscription{ID: ids[2], Mark: "x"}))
		if diff := cmp.Diff([]news.Subscription{done, failed}, f.subscriptions(t)); diff != "" {
			t.Errorf("after deliveries (-want +got):\n%s", diff)
		}
		claim() // what was read before the delivery is not to be delivered again
		read[0].Mark = done.Mark
		claim(ids[0])
		f.later(10 * time.Second)
		claim(ids[1])
		f.later(time.Minute) // as if the process had gone
		claim(ids[0], ids[1])
		f.later(time.Hour) // nobody delivers after the lease
		claim()
	},
	"positions": func(t *testing.T, f *fixture) {
		ctx := t.Context()
		if _, err := f.Position(ctx, "ping"); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("position of nobody: %v", err)
		}
		for _, number := range []int64{7, 9, 3} {
			must(t, f.SavePosition(ctx, "ping", number))
			must(t, f.SavePosition(ctx, "other", 1))
			f.reopen(t)
			if got, err := f.Position(ctx, "ping"); err != nil || got != number {
				t.Errorf("position %d, %v, want %d", got, err, number)
			}
		}
	},
}
