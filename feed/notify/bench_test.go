package notify_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kabar/feed/notify"
	"kabar/feed/web"
)

// pushed are the feeds of the readers of BenchmarkPush; every article of the
// portal is in all of them.
var pushed = []string{
	"/feeds/all.atom", "/feeds/all.rss", "/feeds/all.json",
	"/feeds/portal/solok.example.atom", "/feeds/portal/solok.example.rss", "/feeds/portal/solok.example.json",
	"/feeds/all.atom?content=summary", "/feeds/all.rss?content=summary", "/feeds/all.json?content=summary",
	"/feeds/search.atom?q=sungai",
}

// BenchmarkPush measures the time from the moment an article is stored to its
// arrival at each of 100 subscribers on loopback, over feeds of 50 and more
// articles.
//
//	go test ./feed/notify -run - -bench Push -benchtime 50x
func BenchmarkPush(b *testing.B) {
	const readers = 100
	w := newWorld(b, func(h *notify.Options, o *web.Options) { o.Fresh = 0 })
	for range 100 {
		w.tell("solok.example")
	}
	all := make([]*reader, readers)
	for i := range all {
		all[i] = newReader(b, fmt.Sprintf("/%d", i))
		w.accepted(w.request(all[i].url(), w.url(pushed[i%len(pushed)]), "hub.secret", "rahasia"))
	}
	w.subscribed(readers)
	var took []time.Duration
	for b.Loop() {
		w.tell("solok.example")
		stored := time.Now()
		for _, r := range all {
			took = append(took, r.told().at.Sub(stored))
		}
	}
	slices.Sort(took)
	for _, share := range []struct {
		name string
		of   float64
	}{{"p50-ms", .5}, {"p95-ms", .95}, {"max-ms", 1}} {
		b.ReportMetric(float64(took[int(share.of*float64(len(took)-1))].Microseconds())/1000, share.name)
	}
}
