package server

import (
	"context"
	"errors"
	"fmt"

	"galley/internal/forge"
)

// renamed is where a post went, and who put it there.
type renamed struct {
	Path string `json:"path"`
	// Branch is where it is, once its own branch is not there any more: nobody is
	// known to have done anything then. Empty for its own.
	Branch string `json:"branch,omitempty"`
	Person person `json:"person"`
	Commit string `json:"commit"`
	Title  string `json:"title"`
}

// findRenamed looks where a post went that is not on a branch any more. nil
// where nobody knows: that is never worse than what was to be told anyway.
func (s *Server) findRenamed(ctx context.Context, f forge.Forge, branch, path string) *renamed {
	r, err := f.Renamed(ctx, branch, path)
	if errors.Is(err, forge.ErrNotFound) {
		return s.findPublished(ctx, f, branch, path)
	}
	if err != nil {
		s.log.Debug("a post was not followed to its new name", "path", path, "error", err.Error())
		return nil
	}
	if r == nil || s.readable(ctx, f, branch, r.Path) != nil {
		return nil
	}
	return &renamed{Path: r.Path, Person: person(r.Author), Commit: r.Commit, Title: r.Title}
}

// findPublished is the post on the branch that the site is published from, for one
// whose own branch is gone: most are merged before that. nil where it is not there.
func (s *Server) findPublished(ctx context.Context, f forge.Forge, branch, path string) *renamed {
	info, err := f.Info(ctx)
	if err != nil || info.DefaultBranch == branch {
		return nil
	}
	tree, err := s.trees.of(ctx, f, info.DefaultBranch)
	if err != nil || s.readable(ctx, f, info.DefaultBranch, path) != nil {
		return nil
	}
	if _, ok := find(tree, path); !ok {
		return nil
	}
	return &renamed{Path: path, Branch: info.DefaultBranch}
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
	p.Sentence, p.Renamed = to.sentence(branch, path), to
	return &refusal{p, err}
}

func (to *renamed) sentence(branch, path string) string {
	if to.Branch != "" {
		return fmt.Sprintf("There is no branch %s any more: it was merged, renamed or deleted. %s is on %s.", branch, path, to.Branch)
	}
	who := to.Person.Name
	if who == "" {
		who = to.Person.Login
	}
	return fmt.Sprintf("%s renamed %s to %s. Open it there and go on.", who, path, to.Path)
}
