package server

import (
	"context"
	"net/http"
	"time"

	"galley/internal/preview"
)

// outsideTime is how long somebody waits for where links to others lead. What was
// answered until then is known the next time.
const outsideTime = 60 * time.Second

// outside answers POST /api/outside: where the links of a text to other sites lead.
// Others are asked only here, by somebody's press: nothing that one types does it.
// Answers are public, and so kept for everybody.
func (s *Server) outside(r *http.Request) (any, error) {
	m, _, at, err := s.typedAt(r)
	if err != nil {
		return nil, err
	}
	if s.outlinks == nil {
		return nil, refuse(http.StatusNotImplemented, kindUnsupported, "This Galley asks no other sites.")
	}
	ctx, cancel := context.WithTimeout(r.Context(), outsideTime)
	defer cancel()
	src := []byte(m.Text)
	found := s.outlinks.Check(ctx, src, at.site.Config().URL)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return struct {
		Diagnostics []preview.Diagnostic `json:"diagnostics"`
		// Links is how many addresses there are, and Silent those that were not
		// answered in time. Unasked could not be asked, as no names are looked up here.
		Links   int `json:"links"`
		Silent  int `json:"silent"`
		Unasked int `json:"unasked"`
	}{s.findings(r, src, found.Diagnostics), found.Links, found.Silent, found.Unasked}, nil
}
