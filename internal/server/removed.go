package server

import (
	"net/http"
	"path"
	"slices"
	"time"
	"unicode/utf8"

	"galley/internal/forge"
	"galley/internal/site"
)

// removal is a text that was taken off a branch.
type removal struct {
	Path   string `json:"path"`
	Commit string `json:"commit"`
	Title  string `json:"title"`
	Person person `json:"person"`
	When   string `json:"when"` // RFC 3339
}

// removedText is what a text was that is gone.
type removedText struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

// getRemoved answers GET /api/removed: the site's texts that were taken off a
// branch lately, of a group or of all; with a path, the text that this
// one had.
func (s *Server) getRemoved(r *http.Request) (any, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	if err := forge.CheckBranch(branch); err != nil {
		return nil, err
	}
	at, err := s.siteAt(r.Context(), f, branch)
	if err != nil {
		return nil, err
	}
	ours := func(p string) bool { return isText(at.site.Config(), p) }
	if p := r.URL.Query().Get("path"); p != "" {
		if !ours(p) {
			return nil, refuse(http.StatusNotFound, kindNotFound, "There was no post at this path, and no page.")
		}
		// Its history is found by its path on this branch alone.
		edits, err := f.History(r.Context(), branch, p, "")
		if err != nil {
			return nil, err
		}
		switch {
		case len(edits) == 0 || edits[0].New != nil || edits[0].Old == nil:
			return nil, refuse(http.StatusNotFound, kindNotFound, "%s was not deleted from %s, or longer ago than Galley looks back.", p, branch)
		case len(edits[0].Old) > maxPost || !utf8.Valid(edits[0].Old):
			return nil, refuse(http.StatusUnprocessableEntity, kindUnsupported, "%s is too large, or not UTF-8 text, so it cannot be restored here. Use git.", p)
		}
		return removedText{p, string(edits[0].Old)}, nil
	}
	group, folder := r.URL.Query().Get("group"), ""
	if config := at.site.Config(); group == dataGroup {
		folder = config.DataDir
	} else if group != "" && group != site.PagesGroup && slices.Contains(config.Groups(), group) {
		folder = path.Join(config.CollectionsDir, "_"+group)
	}
	removed, err := f.Removed(r.Context(), branch, folder)
	if err != nil {
		return nil, err
	}
	list := []removal{}
	for _, one := range removed {
		if ours(one.Path) && (group == "" || groupOf(at.site.Config(), one.Path) == group) {
			list = append(list, removal{one.Path, one.Commit, one.Title, named(one.Author), one.When.UTC().Format(time.RFC3339)})
		}
	}
	return list, nil
}
