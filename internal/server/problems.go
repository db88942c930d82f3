package server

import (
	"context"
	"net/http"
	"sync"

	"galley/internal/diag"
	"galley/internal/forge"
	"galley/internal/lint"
	"galley/internal/post"
	"galley/internal/preview"
	"galley/internal/site"
)

// problems answers POST /api/problems: what breaks the site's house rules in a
// text. They are not linked into the browser's module, of which they would be a
// fortieth; nobody waits for them with each letter.
func (s *Server) problems(r *http.Request) (any, error) {
	m, err := readTyped(r)
	if err != nil {
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
	rules, told, err := at.rules.of(r.Context(), f, m.Branch, at.site)
	if err != nil {
		return nil, err
	}
	src := []byte(m.Text)
	var found []diag.Diagnostic
	var e ending
	err = s.renders.run(r.Context(), &e, func() {
		settings := lint.SettingsOf(at.site.Config(), m.Path, s.cfg.Clock())
		found = append(rules.Check(post.Parse(src), settings), told...)
	})
	if err != nil {
		return nil, err
	}
	return struct {
		Diagnostics []preview.Diagnostic `json:"diagnostics"`
	}{preview.Diagnostics(diag.NewIndex(src), found)}, nil
}

// siteRules are the house rules of a branch's site, read when they are first
// asked for: styles can be many files.
type siteRules struct {
	mu    sync.Mutex
	rules *lint.Checker
	told  []diag.Diagnostic
}

// of reads the rules; those of a branch of a fork are the default branch's.
func (r *siteRules) of(ctx context.Context, f forge.Forge, branch string, s *site.Site) (*lint.Checker, []diag.Diagnostic, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.rules != nil {
		return r.rules, r.told, nil
	}
	if forge.IsForked(branch) {
		branch = ""
	}
	files, err := forge.Snapshot(ctx, f, branch)
	if err != nil {
		return nil, nil, err
	}
	rules, told := lint.OfSite(s.Config(), files)
	if ctx.Err() != nil {
		return nil, nil, ctx.Err() // what was not read is not missing
	}
	r.rules, r.told = rules, told
	return rules, told, nil
}
