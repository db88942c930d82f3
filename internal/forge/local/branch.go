package local

import (
	"context"
	"errors"

	"github.com/go-git/go-git/v5/plumbing"

	"galley/internal/forge"
)

// StartBranch implements forge.Forge.
func (f *Forge) StartBranch(ctx context.Context, name, from string) (forge.Branch, error) {
	if err := forge.CheckStart(name); err != nil {
		return forge.Branch{}, err
	}
	var branch forge.Branch
	err := f.write(ctx, func(r *repository) error {
		base, err := branchCommit(r, from)
		if err != nil {
			return err
		}
		head, err := branchCommit(r, name)
		if errors.Is(err, forge.ErrNotFound) {
			head = base
			err = f.setRef(r, plumbing.NewBranchReferenceName(name), plumbing.ZeroHash, base.Hash)
		}
		if err != nil {
			return moved(err, name)
		}
		branch = forge.Branch{Name: name, Head: head.Hash.String(), Default: name == defaultBranch(r)}
		return nil
	})
	return branch, err
}
