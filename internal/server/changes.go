package server

import (
	"context"
	"net/http"
	"unicode/utf8"

	"galley/internal/forge"
)

// edit is a commit that changed a post, and where.
type edit struct {
	Commit string  `json:"commit"`
	Title  string  `json:"title"`
	Person person  `json:"person"`
	Places []place `json:"places"`
}

// place is where in a post something is: a key of the front matter, or
// headings from the outermost to the one it is below.
type place struct {
	Matter bool     `json:"matter"`
	Where  []string `json:"where"`
}

// maxPlaces is how many places are told of one commit.
const maxPlaces = 50

// getChanges answers GET /api/changes: who changed a post on a branch, and
// where, since it was the given blob.
func (s *Server) getChanges(r *http.Request) (any, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	q := r.URL.Query()
	if err := s.readable(r.Context(), f, branch, q.Get("path")); err != nil {
		return nil, err
	}
	since := q.Get("blob")
	if since != "" && !forge.IsID(since) {
		return nil, refuse(http.StatusBadRequest, kindInvalid, "The request does not say since which version of the post. Reload the page.")
	}
	history, err := f.History(r.Context(), branch, q.Get("path"), since)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), mergeTime)
	defer cancel()
	edits := make([]edit, 0, len(history))
	for _, h := range history {
		e := edit{Commit: h.Commit, Title: h.Title, Person: person(h.Author), Places: []place{}}
		if max(len(h.Old), len(h.New)) <= maxPost && utf8.Valid(h.Old) && utf8.Valid(h.New) {
			m, err := s.merged(ctx, q.Get("path"), string(h.Old), string(h.Old), string(h.New))
			if err != nil {
				return nil, err
			}
			for _, p := range m.Pieces[:min(len(m.Pieces), maxPlaces)] {
				where := p.Where
				if where == nil {
					where = []string{}
				}
				e.Places = append(e.Places, place{p.Matter, where})
			}
		}
		edits = append(edits, e)
	}
	return edits, nil
}
