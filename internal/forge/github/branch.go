package github

import (
	"context"
	"errors"
	"net/http"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// StartBranch implements forge.Forge. GitHub refuses a reference that is there,
// so that whoever asks twice, or at the same time as another, finds it.
func (f *Forge) StartBranch(ctx context.Context, name, from string) (forge.Branch, error) {
	if err := forge.CheckStart(name); err != nil {
		return forge.Branch{}, err
	}
	base, err := f.head(ctx, from)
	if err != nil {
		return forge.Branch{}, err
	}
	found, err := f.head(ctx, name)
	if err == nil {
		return forge.Branch{Name: name, Head: found}, nil
	}
	if !errors.Is(err, forge.ErrNotFound) {
		return forge.Branch{}, err
	}
	_, _, failed := f.client.Git.CreateRef(ctx, f.owner, f.repo, github.CreateRef{Ref: "refs/heads/" + name, SHA: base})
	if failed == nil {
		return forge.Branch{Name: name, Head: base}, nil
	}
	// Whatever the answer was, it counts what is there now.
	if found, err = f.head(ctx, name); err == nil {
		return forge.Branch{Name: name, Head: found}, nil
	}
	switch code(failed) {
	case http.StatusNotFound, http.StatusForbidden:
		if !errors.As(failed, new(*github.RateLimitError)) && !errors.As(failed, new(*github.AbuseRateLimitError)) {
			return forge.Branch{}, forge.Errorf(forge.ErrForbidden, f.tokens.redact(failed), "You may not make branches in %s/%s. Ask somebody who may push there to start %s.", f.owner, f.repo, name)
		}
	case http.StatusUnprocessableEntity:
		return forge.Branch{}, forge.Errorf(forge.ErrInvalid, f.tokens.redact(failed), "GitHub does not make a branch %s: a branch of which it would be a folder may be there, or the repository's rules may be against it. Choose another name.", name)
	}
	return forge.Branch{}, f.fault(failed, f.noRepository())
}
