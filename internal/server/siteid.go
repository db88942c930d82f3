package server

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"galley/internal/forge"
)

// siteHeader names the site that a page works on, by the ID of [siteInfo], escaped as
// in an address. Answers name theirs by it, too, once it is known. At one address one
// site may follow another while a page is open.
const siteHeader = "Galley-Site"

// siteID is what tells a site from all others. There is one a server, so that it is
// asked for once.
func (s *Server) siteID(r *http.Request) (string, error) {
	if known := s.site.Load(); known != nil {
		return *known, nil
	}
	f, err := s.forge(r)
	if err != nil {
		return "", err
	}
	info, err := f.Info(r.Context())
	if err != nil {
		return "", err
	}
	return s.meetSite(info), nil
}

// meetSite remembers which site it is.
func (s *Server) meetSite(info forge.Info) string {
	id := cmp.Or(info.ID, info.Name)
	s.site.Store(&id)
	return id
}

// siteChecked refuses what a page of another site asks for, whatever the address:
// nothing of this site gets into its texts, and nothing of its texts into this site.
func (s *Server) siteChecked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if meant := r.Header.Get(siteHeader); meant != "" {
			id, err := s.siteID(r)
			switch {
			case err != nil && r.URL.Path != "/healthz": // which tells of the server, to whoever asks
				s.fail(w, r, err)
				return
			case err == nil && !isID(meant, id):
				w.Header().Set(siteHeader, escapedID(id))
				s.fail(w, r, refuse(http.StatusMisdirectedRequest, kindOtherSite,
					"Another site answers at this address now. Nothing was read from it or written to it. Leave this page open and start Galley for its own site again: then it goes on by itself."))
				return
			}
		}
		if known := s.site.Load(); known != nil && strings.HasPrefix(r.URL.Path, "/api/") {
			w.Header().Set(siteHeader, escapedID(*known))
		}
		next.ServeHTTP(w, r)
	})
}

// isID tells whether a header names a site.
func isID(header, id string) bool {
	named, err := url.QueryUnescape(header)
	return err == nil && named == id
}

// escapedID is an id as a header has it, whatever signs a folder's name has.
func escapedID(id string) string { return url.QueryEscape(id) }
