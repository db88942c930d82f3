package server

import (
	"context"
	"errors"
	"net/http"

	"galley/internal/forge"
)

// standing is what GET /api/standing answers: what a post is on its branch now,
// without its text.
type standing struct {
	// Blob is empty where it is not there.
	Blob string `json:"blob"`
	// Renamed is where it went then.
	Renamed *renamed `json:"renamed,omitempty"`
}

// getStanding answers GET /api/standing, which open editors ask again and again. It
// costs a forge that is far away a conditional request where nothing changed.
func (s *Server) getStanding(r *http.Request) (any, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	file := r.URL.Query().Get("path")
	if err := s.readable(r.Context(), f, branch, file); err != nil {
		return nil, err
	}
	return s.standingOf(r.Context(), f, branch, file)
}

func (s *Server) standingOf(ctx context.Context, f forge.Forge, branch, file string) (standing, error) {
	tree, err := s.trees.of(ctx, f, branch)
	if errors.Is(err, forge.ErrNotFound) {
		if to := s.findPublished(ctx, f, branch, file); to != nil {
			return standing{Renamed: to}, nil
		}
	}
	if err != nil {
		return standing{}, err
	}
	if e, ok := find(tree, file); ok {
		return standing{Blob: e.Blob}, nil
	}
	return standing{Renamed: s.findRenamed(ctx, f, branch, file)}, nil
}
