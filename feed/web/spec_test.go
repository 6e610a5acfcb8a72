package web

import (
	"bytes"
	"net/http/httptest"
	"testing"
)

// TestAddressesAreToldApart asks what an address means and holds it against
// the address that the feed is kept under: two feeds never share one.
func TestAddressesAreToldApart(t *testing.T) {
	tests := []struct{ name, address, want string }{
		{"encoded name", "/feeds/all.atom?%63ontent=summary", "/feeds/all.atom?%63ontent=summary"},
		{"encoded filter", "/feeds/search.atom?q=banjir&%72egion=13", "/feeds/search.atom?q=banjir&%72egion=13"},
		{"encoded part", "/feeds/archive/2026-01/all.atom?%70art=2", "/feeds/archive/2026-01/all.atom?%70art=2"},
		{"first one empty", "/feeds/search.atom?q=&q=banjir&region=13", "/feeds/search.atom?region=13"},
		{"first one counts", "/feeds/search.atom?q=banjir&%71=gempa", "/feeds/search.atom?q=banjir"},
		{"semicolon", "/feeds/search.atom?q=a;b&q=banjir", "/feeds/search.atom?q=banjir"},
		{"broken encoding", "/feeds/search.atom?q=%zz&q=banjir", "/feeds/search.atom?q=banjir"},
		{"encoded ending", "/feeds/all%2Eatom?content=summary", "/feeds/all.atom?content=summary"},
		{"as written", "/feeds/search.atom?x=1&region=13&q=banjir+bandang", "/feeds/search.atom?region=13&q=banjir+bandang"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := parseSpec(httptest.NewRequest("GET", test.address, nil))
			if err != nil {
				t.Fatal(err)
			}
			if got := s.path(); got != test.want {
				t.Fatalf("kept under %s, want %s", got, test.want)
			}
			again, err := parseSpec(httptest.NewRequest("GET", s.path(), nil))
			if err != nil {
				t.Fatal(err)
			}
			s.askedPath, s.askedQuery, again.askedPath, again.askedQuery = "", "", "", ""
			if s != again {
				t.Errorf("%s means %+v, but the address it is kept under %+v", test.address, s, again)
			}
		})
	}
}

// TestEncodedQueryPoisonsNoFeed asks for a summary in a roundabout way first.
func TestEncodedQueryPoisonsNoFeed(t *testing.T) {
	store := newStore(t)
	save(t, store, story("solok.example", 0))
	server := serve(t, store, nil)
	summary := get(t, server.URL+"/feeds/all.atom?%63ontent=summary")
	whole := get(t, server.URL+"/feeds/all.atom")
	if bytes.Equal(summary.body, whole.body) || !bytes.Contains(summary.body, []byte("(ringkasan)")) || bytes.Contains(whole.body, []byte("(ringkasan)")) {
		t.Error("the feed of everything is what somebody asked for under another address")
	}
}
