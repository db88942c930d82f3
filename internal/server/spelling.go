package server

import (
	"net/http"

	"galley/internal/diag"
	"galley/internal/post"
	"galley/internal/preview"
)

// getWords answers GET /api/words: the words that are right on a branch's site though
// no dictionary has them.
func (s *Server) getWords(r *http.Request) (any, error) {
	f, _, at, err := s.siteAsked(r)
	if err != nil {
		return nil, err
	}
	rules, _, err := at.rules.of(r.Context(), f, at.site)
	if err != nil {
		return nil, err
	}
	return struct {
		Words []string `json:"words"`
	}{append([]string{}, rules.Words().List()...)}, nil
}

// prose answers POST /api/prose: what of a text is prose, whose spelling the browser
// checks where that is switched on.
func (s *Server) prose(r *http.Request) (any, error) {
	m, f, at, err := s.typedAt(r)
	if err != nil {
		return nil, err
	}
	rules, _, err := at.rules.of(r.Context(), f, at.site)
	if err != nil {
		return nil, err
	}
	src := []byte(m.Text)
	index := diag.NewIndex(src)
	spans := []preview.Span{}
	var e ending
	err = s.renders.run(r.Context(), &e, func() {
		for n, p := range rules.Words().Prose(post.Parse(src), e.Err) {
			if n%1000 == 0 && e.Err() != nil {
				return
			}
			spans = append(spans, preview.Span{From: index.UTF16(p.Start), To: index.UTF16(p.End)})
		}
	})
	if err != nil {
		return nil, err
	}
	return struct {
		Prose []preview.Span `json:"prose"`
	}{spans}, nil
}
