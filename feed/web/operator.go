package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"
)

// operator lets a request pass that may see what only the operator may: one
// from this machine to a server that strangers do not reach, else one with the
// token. Whoever has none is told to give it, or, where none is set, that
// there is no such page.
func (h *Handler) operator(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch {
		case h.opts.Ops && fromHere(r), hasToken(r, h.opts.OpsToken):
			next(w, r)
		case h.opts.OpsToken == "" && strings.HasPrefix(r.URL.Path, "/feeds/"):
			h.refuse(w, errNoFeed)
		case h.opts.OpsToken == "":
			fail(w, http.StatusNotFound, "Tidak ada halaman di alamat ini.")
		default:
			header := w.Header()
			header["Cache-Control"] = operatorAge
			header["Www-Authenticate"] = challenges
			fail(w, http.StatusUnauthorized, "Halaman ini untuk pengelola. Berikan ops_token sebagai kata sandi (nama pengguna bebas), atau dengan kepala \"Authorization: Bearer\".")
		}
	}
}

var (
	// operatorAge keeps what the operator sees out of every cache.
	operatorAge = []string{"private, no-store"}
	challenges  = []string{`Basic realm="Kabar", charset="UTF-8"`, `Bearer realm="Kabar"`}
)

// fromHere tells whether a request was made on this machine for this machine.
// A proxy that nobody told us of leaves traces; a page of a stranger that has a
// browser ask us names another host.
func fromHere(r *http.Request) bool {
	for _, trace := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		if r.Header.Get(trace) != "" {
			return false
		}
	}
	if !peer(r).IsLoopback() {
		return false
	}
	if address, ok := parseAddr(r.Host); ok {
		return address.IsLoopback()
	}
	host, _, _ := strings.Cut(strings.ToLower(r.Host), ":")
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// hasToken tells whether a request gives the token, as Bearer (RFC 6750) or as
// the password of whatever user (RFC 7617). How long the comparison takes says
// nothing about the token. The empty token opens nothing.
func hasToken(r *http.Request, token string) bool {
	if token == "" {
		return false
	}
	_, given, ok := r.BasicAuth()
	if !ok {
		var scheme string
		scheme, given, _ = strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return false
		}
		given = strings.TrimSpace(given)
	}
	want, got := sha256.Sum256([]byte(token)), sha256.Sum256([]byte(given))
	return subtle.ConstantTimeCompare(want[:], got[:]) == 1
}
