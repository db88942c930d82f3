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
	change, err := renamed(ctx, c, func(from, to string) bool { return from == path && to != path })
	return change.To.Name, err
}

// renamed finds a change that a commit made to its first parent, by the file's path
// before and after it; an empty one where there is none. The commit has a parent.
func renamed(ctx context.Context, c *object.Commit, wanted func(from, to string) bool) (object.Change, error) {
	parent, err := c.Parent(0)
	if err != nil {
		return object.Change{}, err
	}
	before, err := parent.Tree()
	if err != nil {
		return object.Change{}, err
	}
	after, err := c.Tree()
	if err != nil {
		return object.Change{}, err
	}
	changes, err := object.DiffTreeWithOptions(ctx, before, after, similarity)
	if err != nil {
		return object.Change{}, err
	}
	for _, change := range changes {
		if wanted(change.From.Name, change.To.Name) {
			return *change, nil
		}
	}
	return object.Change{}, nil
}
