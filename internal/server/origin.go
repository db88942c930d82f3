package server

import (
	"net/http"
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
		writes.ServeHTTP(w, r)
	})
}

func (s *Server) foreign(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, refuse(http.StatusForbidden, kindForbidden, "This request came from another site, and Galley only takes those of its own pages."))
}
