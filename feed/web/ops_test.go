package web

import (
	"encoding/base64"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"kabar/storage"
	"kabar/storage/news"
)

const secret = "rahasia:yang-panjang-sekali"

func basic(password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte("siapa:"+password))
}

func TestWhoSeesTheOperatorsPage(t *testing.T) {
	store := newStore(t)
	tests := []struct {
		name    string
		local   bool
		token   string
		headers []string
		want    int
	}{
		{"from this machine", true, "", nil, 200},
		{"from this machine with a token set", true, secret, nil, 200},
		{"through a proxy nobody told of", true, "", []string{"X-Forwarded-For", "203.0.113.9"}, 404},
		{"by a stranger's page", true, "", []string{"Host", "jahat.example"}, 404},
		{"through a proxy, with the token", true, secret, []string{"X-Forwarded-For", "203.0.113.9", "Authorization", "Bearer " + secret}, 200},
		{"public without a token set", false, "", nil, 404},
		{"public without a token set, empty one given", false, "", []string{"Authorization", "Bearer "}, 404},
		{"public without a token set, empty password", false, "", []string{"Authorization", basic("")}, 404},
		{"public, none given", false, secret, nil, 401},
		{"public, bearer", false, secret, []string{"Authorization", "bearer " + secret}, 200},
		{"public, password", false, secret, []string{"Authorization", basic(secret)}, 200},
		{"public, wrong bearer", false, secret, []string{"Authorization", "Bearer " + secret + "x"}, 401},
		{"public, wrong password", false, secret, []string{"Authorization", basic(secret[:5])}, 401},
		{"public, beginning of the token", false, secret, []string{"Authorization", "Bearer rahasia"}, 401},
		{"public, another scheme", false, secret, []string{"Authorization", "Digest " + secret}, 401},
		{"public, nonsense", false, secret, []string{"Authorization", "Basic %%%"}, 401},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server := serve(t, store, func(o *Options) { o.Ops, o.OpsToken = test.local, test.token })
			for _, path := range []string{"/ops", "/ops.atom", "/ops.rss", "/ops.json", "/feeds/ops.atom", "/feeds/ops.rss", "/feeds/ops.json"} {
				for range 2 { // the second time nothing comes from a cache
					a := get(t, server.URL+path, test.headers...)
					if a.StatusCode != test.want {
						t.Errorf("%s: %s, want %d", path, a.Status, test.want)
					}
					if a.StatusCode != 404 && a.Header.Get("Cache-Control") != "private, no-store" {
						t.Errorf("%s: may be kept: %q", path, a.Header.Get("Cache-Control"))
					}
					if got := len(a.Header.Values("WWW-Authenticate")); (got > 0) != (test.want == 401) {
						t.Errorf("%s: asks for the token %d times", path, got)
					}
					if strings.Contains(string(a.body), "rahasia") {
						t.Errorf("%s: the answer tells the token", path)
					}
				}
			}
			if a := get(t, server.URL+"/ops?ops_token="+secret); !test.local && a.StatusCode == 200 {
				t.Error("the token is taken from the address")
			}
		})
	}
}

func TestPublicPagesDoNotNameTheOperatorsFeed(t *testing.T) {
	server := serve(t, newStore(t), func(o *Options) { o.Ops, o.OpsToken = false, secret })
	for _, path := range []string{"/", "/feeds", "/portals", "/bot", "/opml", "/opml/13"} {
		if a := get(t, server.URL+path); strings.Contains(string(a.body), "/ops") || strings.Contains(string(a.body), "ops.atom") {
			t.Errorf("%s names the operator's feed", path)
		}
	}
}

// busyStore has an event of each state, visits and an article held back.
func busyStore(t *testing.T) storage.Store {
	t.Helper()
	store, ctx := newStore(t), t.Context()
	for _, e := range []news.Event{
		{Portal: "solok.example", Cause: "blocked", Detail: "status 403", Since: start, LastGood: start.Add(-time.Hour)},
		{Portal: "padang.example", Cause: "silent", Detail: "nothing new", Since: start.Add(-72 * time.Hour)},
		{Portal: "papua.example", Cause: "rung", Detail: "moved", Since: start.Add(-2 * time.Hour)},
		{Cause: "storage", Detail: "disk full", Since: start.Add(-3 * time.Hour)},
		{Portal: "papua.example", Cause: "meteor", Detail: "fell", Since: start.Add(-4 * time.Hour)},
	} {
		if _, err := store.OpenEvent(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range [][2]string{{"", "storage"}, {"papua.example", "meteor"}} {
		if err := store.CloseEvent(ctx, c[0], c[1], start); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.AckEvent(ctx, 2, start); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"solok.example", "padang.example", "papua.example"} {
		v := news.Visit{Portal: id, Started: start, Ended: start.Add(time.Minute), Pages: 14, New: 3, Revised: 1, Same: 2, Failed: 2, NextDue: start.Add(2 * time.Hour),
			Dropped: map[string]int{"listing: many cards": 2, "only odd": 1, "status 404": 1, "tried again later": 5}}
		if err := store.SaveVisit(ctx, v); err != nil {
			t.Fatal(err)
		}
	}
	held := story("solok.example", 7)
	held.Quarantine, held.Title = "the text sells gambling: \"gacor\"", "Judi"
	save(t, store, held)
	return store
}

func TestOperatorsPage(t *testing.T) {
	server := serve(t, busyStore(t), nil)
	page := string(get(t, server.URL+"/ops").body)
	place := 0
	for _, want := range []string{
		"Dari 3 portal", "1 baik", "1 bermasalah", "1 sunyi", "24 jam terakhir: 9 artikel baru",
		"Ditolak portal", "Sejak 20 Jan 2026, 08.30 WIB", "kabar events ack 1", "Sumber tautan berganti",
		"acked", "Sunyi", "3 hari", "belum pernah", "Selesai dalam tujuh hari", "Penyimpanan gagal", "Kabar sendiri", "meteor",
		"gacor", "kabar release urn:uuid:",
		"42 halaman dijawab = 9 baru + 3 berubah + 6 sama + 9 bukan berita + 15 lain; 6 gagal", "halaman daftar 6", "only odd 3", "tidak ada lagi (404) 3",
	} {
		at := strings.Index(page[place:], want)
		if at < 0 {
			if want != "meteor" || !strings.Contains(page, want) { // both ended at the same moment
				t.Errorf("no %q after %.60q", want, page[place:])
			}
			continue
		}
		place += at
	}
	for _, e := range elements(t, []byte(page), "*") {
		if strings.HasPrefix(e["href"], "http") {
			t.Errorf("a link leads away: %v", e)
		}
		if e[""] == "form" && e["role"] != "search" || e["method"] != "" {
			t.Errorf("a form: %v", e)
		}
	}
}

func TestTallyAddsUp(t *testing.T) {
	var sum tally
	for _, v := range []news.Visit{
		{Pages: 10, New: 2, Same: 1, Dropped: map[string]int{"listing: x": 3, "timeout": 4, "tried again later": 9}, Failed: 4},
		{Pages: 1, Revised: 1, Dropped: map[string]int{"status 500": 1}, Failed: 1},
	} {
		sum.add(v)
		if got := sum.New + sum.Revised + sum.Same + sum.Other + sum.Lists; got != sum.Pages {
			t.Errorf("%d pages, but %d in sum: %+v", sum.Pages, got, sum)
		}
	}
	if sum.Lists != 4 || sum.Other != 3 || sum.Failed != 5 || sum.Waiting != 9 {
		t.Errorf("%+v", sum)
	}
}

func TestEventsKeepTheirIdentity(t *testing.T) {
	store := newStore(t)
	server := serve(t, store, nil)
	if _, err := store.OpenEvent(t.Context(), news.Event{Portal: "solok.example", Cause: "tls", Detail: "expired", Since: start}); err != nil {
		t.Fatal(err)
	}
	before := parseFeed(t, get(t, server.URL+"/ops.atom")).Items[0]
	if err := store.CloseEvent(t.Context(), "solok.example", "tls", start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	after := parseFeed(t, get(t, server.URL+"/feeds/ops.atom")).Items[0]
	if before.GUID != after.GUID || !after.UpdatedParsed.Equal(start.Add(time.Hour)) || before.UpdatedParsed.Equal(*after.UpdatedParsed) {
		t.Errorf("%s %s became %s %s", before.GUID, before.Updated, after.GUID, after.Updated)
	}
	if before.Title != "Kabar Solok: Sertifikat rusak" || after.Title != "Selesai: Kabar Solok: Sertifikat rusak" {
		t.Errorf("titles %q, %q", before.Title, after.Title)
	}
}

func TestPayloadsOnTheOperatorsPage(t *testing.T) {
	data, err := os.ReadFile("../testdata/payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	store := newStore(t)
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		p, err := strconv.Unquote(line)
		if err != nil {
			t.Fatal(err)
		}
		a := story("solok.example", i)
		a.Title, a.Quarantine = p, "evidence "+p
		save(t, store, a)
		if err := store.SaveVisit(t.Context(), news.Visit{Portal: "solok.example", Started: start, Ended: start, Pages: 1, Dropped: map[string]int{p: 1, "other: " + p: 1}}); err != nil {
			t.Fatal(err)
		}
	}
	a := get(t, serve(t, store, nil).URL+"/ops")
	if a.StatusCode != http.StatusOK {
		t.Fatal(a.Status)
	}
	checkPage(t, "/ops", a)
}
