package local

import (
	"context"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// MergeAll implements forge.Forge.
func (f *Forge) MergeAll(ctx context.Context, o forge.Octopus) (string, error) {
	if err := o.Check(); err != nil {
		return "", err
	}
	id := ""
	err := f.write(ctx, func(r *repository) error {
		base, err := branchCommit(r, o.Base)
		if err != nil {
			return err
		}
		if base.Hash.String() != o.Head {
			made, err := findOctopus(r, o, base)
			if made != nil {
				id = made.Hash.String()
				return nil
			}
			if err == nil {
				err = o.Moved()
			}
			return err
		}
		made, err := f.mergeAll(r, o, base)
		if err == nil {
			id = made.Hash.String()
		}
		return err
	})
	return id, err
}

// maxSince is how far back a merge is looked for that was made before.
const maxSince = 10

// findOctopus finds the merge among the last commits of its base; nil for none.
func findOctopus(r *repository, o forge.Octopus, head *object.Commit) (*object.Commit, error) {
	parents := o.Parents()
	for range maxSince {
		if len(head.ParentHashes) == 0 {
			return nil, nil
		}
		var ids []string
		for _, id := range head.ParentHashes {
			ids = append(ids, id.String())
		}
		if slices.Equal(ids, parents) {
			entry, err := entryAt(r, head.TreeHash, o.Path)
			if err != nil || entry == nil || entry.Hash.String() != forge.BlobID(o.Data) {
				return nil, err
			}
			return head, nil
		}
		if ids[0] == o.Head {
			return nil, nil
		}
		next, err := r.CommitObject(head.ParentHashes[0])
		if err != nil {
			return nil, err
		}
		head = next
	}
	return nil, nil
}

func (f *Forge) mergeAll(r *repository, o forge.Octopus, base *object.Commit) (*object.Commit, error) {
	file, err := entryAt(r, base.TreeHash, o.Path)
	if err != nil {
		return nil, err
	}
	if file == nil {
		return nil, forge.Errorf(forge.ErrNotFound, nil, "There is no file %s on the branch %s.", o.Path, o.Base)
	}
	var records []*record
	var pulls []forge.PullRequest
	for _, a := range o.Arms {
		rec, err := pull(r, a.Number)
		if err != nil {
			return nil, err
		}
		if err := o.Fits(a, rec.public()); err != nil {
			return nil, err
		}
		list, err := difference(r, rec)
		if err != nil {
			return nil, err
		}
		for _, d := range list {
			if d.path != o.Path {
				return nil, o.Strays(a.Number, d.path)
			}
			if d.unclear() {
				return nil, o.Crossed(a.Number)
			}
		}
		records, pulls = append(records, rec), append(pulls, rec.public())
	}
	message, err := o.Message(pulls, f.person)
	if err != nil {
		return nil, err
	}
	files, err := stored(r, []forge.FileChange{{Path: o.Path, Data: o.Data}})
	if err != nil {
		return nil, err
	}
	var others []plumbing.Hash
	for _, id := range o.Parents()[1:] {
		others = append(others, plumbing.NewHash(id))
	}
	made, err := f.commit(r, o.Base, base, base.TreeHash, files, message, others...)
	if err != nil {
		return nil, err
	}
	for _, rec := range records {
		rec.State, rec.Merge = forge.Merged, made.Hash.String()
		if err := f.savePull(r, rec, "Merge"); err != nil {
			return nil, err
		}
	}
	return made, nil
}
