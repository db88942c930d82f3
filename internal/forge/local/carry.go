package local

import (
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// merging is how a base is merged into a submission's branch: the commit of the
// base, and what is put over its files.
type merging struct {
	*object.Commit
	files map[string]object.TreeEntry
}

// planMerge sees that the text which the writer merged is still the base's, and
// plans the merge commit where the branch does not hold that commit of the base
// yet; nil where it does.
func planMerge(r *repository, s forge.Submission, base, head *object.Commit, made bool) (*merging, error) {
	if s.Merged == "" {
		return nil, nil
	}
	gone := forge.Errorf(forge.ErrStale, nil, "The branch %s does not have the version any more that you merged with. Nothing was written; compare with what is there now, and submit again.", s.Base)
	then, err := r.CommitObject(plumbing.NewHash(s.Merged))
	if err != nil {
		return nil, gone
	}
	if bases, err := commonBases(r, then.Hash, base.Hash); err != nil {
		return nil, err
	} else if !slices.Contains(bases, then.Hash) {
		return nil, gone
	}
	for _, c := range s.Changes {
		a, err := entryAt(r, then.TreeHash, c.Path)
		if err != nil {
			return nil, err
		}
		b, err := entryAt(r, base.TreeHash, c.Path)
		if err != nil {
			return nil, err
		}
		if a == nil && b == nil || a != nil && b != nil && a.Hash == b.Hash {
			continue
		}
		current, err := readFile(r, base, c.Path)
		if err != nil {
			return nil, err
		}
		return nil, forge.Stale(c.Path, s.Base, current)
	}
	if !made {
		return nil, nil // it begins at the base's head
	}
	bases, err := commonBases(r, then.Hash, head.Hash)
	if err != nil || slices.Contains(bases, then.Hash) {
		return nil, err
	}
	if len(bases) == 0 {
		return nil, forge.Errorf(forge.ErrConflict, nil, "The branch %s and the pull request's have no common history.", s.Base)
	}
	from, err := ancestor(r, bases)
	if err != nil {
		return nil, err
	}
	files, err := carry(r, s, from, head, then)
	return &merging{then, files}, err
}

// carry gives what a branch changed since the tree from, and the submission's own files,
// to be put over what the base changed since. What both changed besides is for
// a person.
func carry(r *repository, s forge.Submission, from plumbing.Hash, head, base *object.Commit) (map[string]object.TreeEntry, error) {
	files, err := stored(r, s.Changes)
	if err != nil {
		return nil, err
	}
	for path := range files { // a file's mode is the branch's
		if old, err := entryAt(r, head.TreeHash, path); err != nil {
			return nil, err
		} else if old != nil {
			files[path] = object.TreeEntry{Mode: old.Mode, Hash: files[path].Hash}
		}
	}
	mine, err := compare(r, from, head.TreeHash)
	if err != nil {
		return nil, err
	}
	theirs, err := compare(r, from, base.TreeHash)
	if err != nil {
		return nil, err
	}
	changed := map[string]*object.TreeEntry{}
	for _, d := range theirs {
		changed[d.path] = d.new
	}
	if err := checkDeltas(r, mine); err != nil {
		return nil, err
	}
	for _, d := range mine {
		if _, own := files[d.path]; own {
			continue
		}
		switch other, both := changed[d.path]; {
		case !both && d.new == nil:
			files[d.path] = object.TreeEntry{}
		case !both:
			files[d.path] = *d.new
		case other == nil && d.new == nil, other != nil && d.new != nil && other.Hash == d.new.Hash && other.Mode == d.new.Mode:
		default:
			return nil, forge.Errorf(forge.ErrConflict, nil, "Both this pull request and the branch %s changed %s, which is not what you submit here. Bring that file up to date, then submit again.", s.Base, d.path)
		}
	}
	return files, nil
}
