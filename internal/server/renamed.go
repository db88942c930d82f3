package server

import (
	"context"
	"errors"
	"fmt"

	"galley/internal/forge"
)

// renamed is where a post went, and who put it there.
type renamed struct {
	Path   string `json:"path"`
	Person person `json:"person"`
	Commit string `json:"commit"`
	Title  string `json:"title"`
}

// findRenamed looks where a post went that is not on a branch any more. nil
// where nobody knows: that is never worse than what was to be told anyway.
func (s *Server) findRenamed(ctx context.Context, f forge.Forge, branch, path string) *renamed {
	r, err := f.Renamed(ctx, branch, path)
	if err != nil {
		s.log.Debug("a post was not followed to its new name", "path", path, "error", err.Error())
		return nil
	}
	if r == nil || s.readable(ctx, f, branch, r.Path) != nil {
		return nil
	}
	return &renamed{r.Path, person(r.Author), r.Commit, r.Title}
}

// notThere adds to an error that a post is not there where it went. Any other
// error stays as it is.
func (s *Server) notThere(ctx context.Context, f forge.Forge, branch, path string, err error) error {
	if !errors.Is(err, forge.ErrNotFound) {
		return err
	}
	to := s.findRenamed(ctx, f, branch, path)
	if to == nil {
		return err
	}
	p := problemOf(err, "")
	p.Sentence, p.Renamed = to.sentence(path), to
	return &refusal{p, err}
}

func (to *renamed) sentence(path string) string {
	who := to.Person.Name
	if who == "" {
		who = to.Person.Login
	}
	return fmt.Sprintf("%s renamed %s to %s. Open it there and go on.", who, path, to.Path)
}
