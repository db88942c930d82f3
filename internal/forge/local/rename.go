package local

import (
	"context"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// similarity says what a rename is, as Git does by default: half of the content
// stays, and a commit that adds or removes more files than the limit is looked
// through for files that were not changed at all.
var similarity = &object.DiffTreeOptions{DetectRenames: true, RenameScore: 50, RenameLimit: 400}

// Renamed implements forge.Forge.
func (f *Forge) Renamed(ctx context.Context, branch, path string) (*forge.Rename, error) {
	return forge.FollowRenames(ctx, f, branch, path, func(path string) (*forge.Rename, error) {
		edits, err := f.History(ctx, branch, path, "")
		if err != nil || len(edits) == 0 || edits[0].New != nil {
			return nil, err
		}
		e := edits[0]
		var to string
		err = f.read(ctx, func(r *repository) error {
			to, err = renamedIn(ctx, r, plumbing.NewHash(e.Commit), path)
			return err
		})
		if err != nil || to == "" {
			return nil, err
		}
		return &forge.Rename{Path: to, Commit: e.Commit, Author: e.Author, Title: e.Title}, nil
	})
}

// renamedIn is the path that a file got by a commit; "" where it got none.
func renamedIn(ctx context.Context, r *repository, commit plumbing.Hash, path string) (string, error) {
	c, err := r.CommitObject(commit)
	if err != nil {
		return "", err
	}
	parent, err := c.Parent(0)
	if err != nil {
		return "", err
	}
	before, err := parent.Tree()
	if err != nil {
		return "", err
	}
	after, err := c.Tree()
	if err != nil {
		return "", err
	}
	changes, err := object.DiffTreeWithOptions(ctx, before, after, similarity)
	if err != nil {
		return "", err
	}
	for _, change := range changes {
		if change.From.Name == path && change.To.Name != path {
			return change.To.Name, nil
		}
	}
	return "", nil
}
