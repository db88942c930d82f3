package server

import (
	"net/http"
	"time"
)

type bundle struct {
	Version string            `json:"version"`
	Now     string            `json:"now"`
	Files   map[string]string `json:"files"`
}

// getBundle answers GET /api/bundle.
func (s *Server) getBundle(r *http.Request) (any, error) {
	f, err := s.forge(r)
	if err != nil {
		return nil, err
	}
	branch, err := branchOf(r, f)
	if err != nil {
		return nil, err
	}
	at, err := s.siteAt(r.Context(), f, branch)
	if err != nil {
		return nil, err
	}
	return bundle{at.version, s.cfg.Clock().UTC().Format(time.RFC3339), at.files}, nil
}

// lexer answers GET /api/lexer/NAME. The address names no version, so that
// browsers ask whether their copy still is the right one.
func (s *Server) lexer(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	var xml []byte
	var err error
	if s.cfg.LexerXML != nil && len(name) <= 64 {
		xml, err = s.cfg.LexerXML(name)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if xml == nil {
		s.fail(w, r, refuse(http.StatusNotFound, kindNotFound, "Galley knows no language of this name."))
		return
	}
	s.cached(w, r, "", "application/xml", xml)
}
