package server

import (
	"net/http"
	"net/url"
	"strings"
)

// sameOrigin refuses what pages of other sites send: every write, and every
// read of the API, which they could not see the answer of but could make the
// server work for. A preview frame counts as another site, its origin being
// opaque.
func (s *Server) sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(s.foreign))
	writes := protection.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") || r.URL.Path == "/auth/session" {
			switch r.Header.Get("Sec-Fetch-Site") {
			case "", "same-origin", "none":
			default:
				s.foreign(w, r)
				return
			}
		}
		if foreignOrigin(r) {
			s.foreign(w, r)
			return
		}
		writes.ServeHTTP(w, r)
	})
}

// foreignOrigin tells whether a request to write or to the API names another
// origin than the server's while its browser does not say that it comes from the
// server's pages. "none" says that a person asked for it, by the address bar
// say, and that has no origin.
func foreignOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || r.Method == http.MethodOptions || r.Header.Get("Sec-Fetch-Site") == "same-origin" {
		return false
	}
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	if reads && !strings.HasPrefix(r.URL.Path, "/api/") && !strings.HasPrefix(r.URL.Path, "/auth/") {
		return false
	}
	u, err := url.Parse(origin)
	return err != nil || u.Host == "" || !strings.EqualFold(u.Host, r.Host)
}

func (s *Server) foreign(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, refuse(http.StatusForbidden, kindForbidden, "This request came from another site, and Galley only takes those of its own pages."))
}
