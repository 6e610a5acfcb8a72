package main

import (
	"net"
	"net/netip"
	"testing"
)

func TestPublic(t *testing.T) {
	nets := []network{{netip.MustParsePrefix("127.0.0.0/8")}}
	for _, c := range []struct {
		name  string
		addr  string
		flags serveFlags
		want  bool
	}{
		{"loopback", "127.0.0.1:0", serveFlags{}, false},
		{"loopback, named by itself", "127.0.0.1:0", serveFlags{BaseURL: "http://localhost:8080/"}, false},
		{"loopback, by its number", "127.0.0.1:0", serveFlags{BaseURL: "http://127.0.0.1:8080/kabar/"}, false},
		{"all addresses", "0.0.0.0:0", serveFlags{}, true},
		{"behind a proxy with a name", "127.0.0.1:0", serveFlags{BaseURL: "https://kabar.example/"}, true},
		{"behind a trusted proxy", "127.0.0.1:0", serveFlags{TrustProxy: nets}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			listener, err := net.Listen("tcp", c.addr)
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			if got := c.flags.public(listener); got != c.want {
				t.Errorf("public is %v, want %v", got, c.want)
			}
		})
	}
}
