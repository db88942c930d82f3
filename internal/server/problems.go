package server

import (
	"net/http"

	"galley/internal/diag"
	"galley/internal/forge"
	"galley/internal/lint"
	"galley/internal/post"
	"galley/internal/preview"
)

// problems answers POST /api/problems: what breaks the site's house rules in a
// text. They are not linked into the browser's module, of which they would be a
// fortieth; nobody waits for them with each letter.
func (s *Server) problems(r *http.Request) (any, error) {
	var m struct {
		Branch string `json:"branch"`
		Path   string `json:"path"`
		Text   string `json:"text"`
	}
	if err := readJSON(r, &m); err != nil {
		return nil, err
	}
	if len(m.Text) > maxPost {
		return nil, refuse(http.StatusRequestEntityTooLarge, kindTooLarge, "The post is too large to be checked: it has more than %d MB.", maxPost>>20)
	}
	if err := forge.CheckReadPath(m.Path); err != nil {
		return nil, err
	}
	f, err := s.forge(r)
	if err != nil {
		return nil, err
	}
	at, err := s.siteAt(r.Context(), f, m.Branch)
	if err != nil {
		return nil, err
	}
	src := []byte(m.Text)
	var found []diag.Diagnostic
	var e ending
	err = s.renders.run(r.Context(), &e, func() {
		c := at.site.Config()
		rules, told := lint.OfSite(c)
		found = append(rules.Check(post.Parse(src), lint.SettingsOf(c, m.Path, s.cfg.Clock())), told...)
	})
	if err != nil {
		return nil, err
	}
	return struct {
		Diagnostics []preview.Diagnostic `json:"diagnostics"`
	}{preview.Diagnostics(diag.NewIndex(src), found)}, nil
}
