package server

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"galley/internal/diag"
	"galley/internal/forge"
	"galley/internal/linediff"
	"galley/internal/lint"
	"galley/internal/post"
	"galley/internal/preview"
	"galley/internal/site"
)

// problems answers POST /api/problems: what breaks the site's house rules in a
// text. They are not linked into the browser's module, of which they would be a
// fortieth; nobody waits for them with each letter.
func (s *Server) problems(r *http.Request) (any, error) {
	m, f, at, err := s.typedAt(r)
	if err != nil {
		return nil, err
	}
	rules, told, err := at.rules.of(r.Context(), f, at.site)
	if err != nil {
		return nil, err
	}
	config := at.site.Config()
	settings := lint.SettingsOf(config, m.Path, s.cfg.Clock())
	var index *postIndex
	looks, err := s.looksAtPosts(r.Context(), f, rules, config)
	if err != nil {
		return nil, err
	}
	if looks {
		if index, err = s.indexAt(r.Context(), f, m.Branch, config, indexWait); err != nil {
			s.log.WarnContext(r.Context(), "the posts cannot be compared", "error", err)
		} else if index != nil {
			settings.Memory = index.Index
		}
	}
	pending := looks && index == nil && err == nil
	src := []byte(m.Text)
	var found []diag.Diagnostic
	var e ending
	settings.Stop = e.Err
	err = s.renders.run(r.Context(), &e, func() {
		found = rules.Check(post.Parse(src), settings)
	})
	if err != nil {
		return nil, err
	}
	if found, err = s.added(r.Context(), f, m, found); err != nil {
		return nil, err
	}
	if index != nil {
		addresses, err := s.addressProblems(r.Context(), f, m, at, index)
		if err != nil {
			return nil, err
		}
		found = append(found, addresses...)
	}
	return struct {
		Diagnostics []preview.Diagnostic `json:"diagnostics"`
		// Pending: the other posts are being read, and what compares with them is
		// told when it is asked for again.
		Pending bool `json:"pending,omitempty"`
	}{s.findings(r, src, append(found, told...)), pending}, nil
}

// findings are what was found in a text as the browser takes it, in its language.
func (s *Server) findings(r *http.Request, src []byte, found []diag.Diagnostic) []preview.Diagnostic {
	out := preview.Diagnostics(diag.NewIndex(src), found)
	words := s.assets.pages.of(r).findings
	for i := range out {
		d := &out[i]
		d.Message = words.Say(d.Message)
		if d.Fix != nil {
			d.Fix.Name = words.Say(d.Fix.Name)
		}
	}
	return out
}

// looksAtPosts tells whether a text is compared with the other posts: where rules do,
// where the site has settings for Galley, or where reading posts costs no requests.
func (s *Server) looksAtPosts(ctx context.Context, f forge.Forge, rules *lint.Checker, c site.Config) (bool, error) {
	if rules.Compares() || len(c.Galley) > 0 {
		return true, nil
	}
	info, err := f.Info(ctx)
	return info.Kind == "local", err
}

const (
	// indexWait is how long the other rules wait for those that compare posts.
	indexWait = 300 * time.Millisecond
	// maxNewLines is how many lines of a post may differ for its new ones to be told
	// apart; beyond, all are new.
	maxNewLines = 2000
)

// added leaves out what compares a post with earlier ones where the post is
// published and says it already: what was reported again then is no news now.
func (s *Server) added(ctx context.Context, f forge.Forge, m typed, found []diag.Diagnostic) ([]diag.Diagnostic, error) {
	if !slices.ContainsFunc(found, lint.IsComparison) {
		return found, nil
	}
	tree, err := s.trees.of(ctx, f, "")
	if err != nil {
		return nil, err
	}
	e, ok := find(tree, m.Path)
	if !ok || e.Size > maxPost {
		return found, nil
	}
	old, err := f.Blob(ctx, e.Blob)
	if err != nil {
		return nil, err
	}
	now := strings.Split(m.Text, "\n")
	match, err := linediff.Match(ctx, strings.Split(string(old), "\n"), now, maxNewLines)
	if errors.Is(err, linediff.ErrTooDifferent) {
		return found, nil
	} else if err != nil {
		return nil, err
	}
	kept := make([]bool, len(now))
	for _, line := range match {
		if line >= 0 {
			kept[line] = true
		}
	}
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
		return lint.IsComparison(d) && kept[strings.Count(m.Text[:d.Range.Start], "\n")]
	}), nil
}

// siteRules are the house rules of a site, read when they are first asked for: styles
// can be many files.
type siteRules struct {
	mu    sync.Mutex
	tree  forge.Tree // of the site; of no use once they are read
	rules *lint.Checker
	told  []diag.Diagnostic
}

// of reads the rules at the site's own commit.
func (r *siteRules) of(ctx context.Context, f forge.Forge, s *site.Site) (*lint.Checker, []diag.Diagnostic, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.rules != nil {
		return r.rules, r.told, nil
	}
	snapshot, err := forge.Snapshot(ctx, atTree{f, r.tree}, "")
	if err != nil {
		return nil, nil, err
	}
	files := &wholeFiles{FS: snapshot}
	rules, told := lint.OfSite(s.Config(), files)
	if err := files.Err(); err != nil {
		return nil, nil, err
	}
	r.rules, r.told, r.tree = rules, told, forge.Tree{}
	return rules, told, nil
}
