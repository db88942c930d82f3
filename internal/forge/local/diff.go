package local

import (
	"context"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// Diff implements forge.Forge.
func (f *Forge) Diff(ctx context.Context, number int, wanted func(path string, size int) bool) ([]forge.Change, error) {
	var changes []forge.Change
	err := f.read(ctx, func(r *repository) error {
		changes = nil
		rec, err := pull(r, number)
		if err != nil {
			return err
		}
		list, err := difference(r, rec)
		if err != nil {
			return err
		}
		for _, d := range list {
			change, err := changeOf(r, d, wanted)
			if err != nil {
				return err
			}
			changes = append(changes, change)
		}
		return nil
	})
	return changes, err
}

// changeOf is a file of a pull request, with its bytes where they are wanted.
func changeOf(r *repository, d delta, wanted func(path string, size int) bool) (forge.Change, error) {
	change := forge.Change{Path: d.path}
	size := 0
	for _, side := range []struct {
		entry *object.TreeEntry
		id    *string
	}{{d.old, &change.OldBlob}, {d.new, &change.NewBlob}} {
		if side.entry == nil || !side.entry.Mode.IsFile() {
			continue
		}
		*side.id = side.entry.Hash.String()
		n, err := r.Storer.EncodedObjectSize(side.entry.Hash)
		if err != nil {
			return change, err
		}
		size = max(size, int(n))
	}
	if wanted != nil && !wanted(d.path, size) {
		return change, nil
	}
	var err error
	if change.OldBlob != "" {
		if change.Old, err = blob(r.Storer, d.old.Hash); err != nil {
			return change, err
		}
	}
	if change.NewBlob != "" {
		change.New, err = blob(r.Storer, d.new.Hash)
	}
	return change, err
}

func changedPaths(r *repository, rec *record) ([]string, error) {
	key := [2]plumbing.Hash{plumbing.NewHash(rec.From), plumbing.NewHash(rec.Head)}
	if paths, ok := r.paths.get(key); ok && len(rec.Crossed) == 0 {
		return slices.Clone(paths), nil
	}
	list, err := difference(r, rec)
	if err != nil {
		return nil, err
	}
	paths := []string{}
	for _, d := range list {
		paths = append(paths, d.path)
	}
	if len(rec.Crossed) == 0 {
		r.paths.put(key, slices.Clone(paths), maxBases)
	}
	return paths, nil
}

// difference compares where the branch left the base with the branch's head,
// so that what others did to the base meanwhile does not show. A file of which that
// is unclear shows as a whole, unless the base has the same.
func difference(r *repository, rec *record) ([]delta, error) {
	from, err := ancestor(r, rec.left())
	if err != nil {
		return nil, err
	}
	head, err := r.CommitObject(plumbing.NewHash(rec.Head))
	if err != nil {
		return nil, err
	}
	list, err := compare(r, from, head.TreeHash)
	if err != nil || !slices.ContainsFunc(list, delta.unclear) {
		return list, err
	}
	base, err := rec.baseBefore(r)
	if err != nil || base == nil {
		return list, err
	}
	apart, err := compare(r, base.TreeHash, head.TreeHash)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(d delta) bool {
		return d.unclear() && !slices.ContainsFunc(apart, func(o delta) bool { return o.path == d.path || strings.HasPrefix(o.path, d.path+"/") })
	}), nil
}
