package local

import (
	"context"
	"errors"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// StartBranch implements forge.Forge.
func (f *Forge) StartBranch(ctx context.Context, name, from string, first *forge.First) (forge.Branch, error) {
	if err := forge.CheckStart(name); err != nil {
		return forge.Branch{}, err
	}
	var message forge.Message
	var err error
	if first != nil {
		if message, err = first.Prepare(f.person); err != nil {
			return forge.Branch{}, err
		}
	}
	var branch forge.Branch
	err = f.write(ctx, func(r *repository) error {
		base, err := branchCommit(r, from)
		if err != nil {
			return err
		}
		head, err := branchCommit(r, name)
		if errors.Is(err, forge.ErrNotFound) {
			if head = base; first != nil {
				head, err = f.firstCommit(r, from, base, *first, message)
			} else {
				err = nil
			}
			if err == nil {
				err = f.setRef(r, plumbing.NewBranchReferenceName(name), plumbing.ZeroHash, head.Hash)
			}
		}
		if err != nil {
			return moved(err, name)
		}
		branch = forge.Branch{Name: name, Head: head.Hash.String(), Default: name == defaultBranch(r)}
		return nil
	})
	return branch, err
}

// firstCommit makes the commit that adds a file to a branch's head, on no branch yet.
func (f *Forge) firstCommit(r *repository, from string, base *object.Commit, first forge.First, message forge.Message) (*object.Commit, error) {
	if there, err := entryAt(r, base.TreeHash, first.Path); err != nil {
		return nil, err
	} else if there != nil {
		return nil, first.There(from)
	}
	files, err := stored(r, []forge.FileChange{{Path: first.Path, Data: first.Data}})
	if err != nil {
		return nil, err
	}
	tree, err := putFiles(r, base.TreeHash, files)
	if err != nil {
		return nil, err
	}
	id, err := putCommit(r, signature(f.person, f.clock()), message.Commit(), tree, base.Hash)
	if err != nil {
		return nil, err
	}
	return r.CommitObject(id)
}
