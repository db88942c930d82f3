package github

import (
	"context"
	"errors"
	"iter"
	"maps"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// merging is how the base is merged into a submission's branch.
type merging struct {
	// entries are the pull request's own changes besides the submission's, to be
	// put over the base's tree; one without an id takes a file out.
	entries []*github.TreeEntry
	base    *commitTree // of Submission.Merged
}

// planMerge sees that the text which the writer merged is still the base's, and
// plans the merge commit where the branch does not hold that commit of the base
// yet.
func (f *Forge) planMerge(ctx context.Context, s *submission, now *state) error {
	if s.Merged == "" {
		return nil
	}
	compared, err := f.compare(ctx, s.Merged, now.base)
	switch {
	case errors.Is(err, forge.ErrNotFound), err == nil && !compared.contains():
		return forge.Errorf(forge.ErrStale, err, "The branch %s does not have the version any more that you merged with. Nothing was written; compare with what is there now, and submit again.", s.Base)
	case err != nil:
		return err
	}
	then, err := f.tree(ctx, f.up, s.Merged)
	if err != nil {
		return err
	}
	if s.Merged != now.base {
		if err := f.unmoved(ctx, s, now, then); err != nil {
			return err
		}
	}
	if !now.made {
		return nil // it begins at the base's head
	}
	if compared, err = f.compare(ctx, s.Merged, now.head); err != nil || compared.contains() {
		return err
	}
	from, err := f.ancestor(ctx, s.Merged, now.head)
	if err != nil {
		return err
	}
	now.merge, err = carry(s, from, now.tree, then)
	return err
}

// unmoved refuses a submission whose files changed on the base after the commit
// that was merged.
func (f *Forge) unmoved(ctx context.Context, s *submission, now *state, then *commitTree) error {
	base, err := f.tree(ctx, f.up, now.base)
	if err != nil {
		return err
	}
	for _, c := range s.Changes {
		a, err := f.find(ctx, then, c.Path)
		if err != nil {
			return err
		}
		b, err := f.find(ctx, base, c.Path)
		if err != nil {
			return err
		}
		if a.GetSHA() == b.GetSHA() {
			continue
		}
		current, err := f.file(ctx, base, c.Path)
		if err != nil {
			return err
		}
		return forge.Stale(c.Path, s.Base, current)
	}
	return nil
}

// carry gives what a branch changed since from, besides the submission's own
// files, to be put over what the base changed since. What both changed is for
// a person.
func carry(s *submission, from *ancestor, branch, base *commitTree) (*merging, error) {
	if !from.whole {
		return nil, forge.Errorf(forge.ErrTooLarge, nil, "This pull request has more commits than can be looked through, so %s cannot be merged in here. Merge it on GitHub.", s.Base)
	}
	if from.truncated || branch.truncated || base.truncated {
		return nil, forge.Errorf(forge.ErrTooLarge, nil, "The repository has more files than can be listed at once, so %s cannot be merged in here. Merge it on GitHub.", s.Base)
	}
	own := map[string]bool{}
	for _, c := range s.Changes {
		own[c.Path] = true
	}
	m := &merging{base: base}
	add := func(path string) error {
		was, mine, theirs := from.entries[path], branch.entries[path], base.entries[path]
		switch {
		case own[path], same(mine, theirs), same(was, mine) && !from.unclear[path]:
			return nil
		case from.unclear[path], !same(was, theirs):
			return forge.Errorf(forge.ErrConflict, nil, "Both this pull request and the branch %s changed %s, which is not what you submit here. Bring that file up to date on GitHub, then submit again.", s.Base, path)
		case mine == nil:
			m.entries = append(m.entries, &github.TreeEntry{Path: &path, Mode: was.Mode, Type: was.Type})
		default:
			m.entries = append(m.entries, &github.TreeEntry{Path: &path, Mode: mine.Mode, Type: mine.Type, SHA: mine.SHA})
		}
		return nil
	}
	for path := range branch.entries {
		if err := add(path); err != nil {
			return nil, err
		}
	}
	for _, paths := range []iter.Seq[string]{maps.Keys(from.entries), maps.Keys(from.unclear)} {
		for path := range paths {
			if branch.entries[path] != nil {
				continue
			}
			if err := add(path); err != nil {
				return nil, err
			}
		}
	}
	return m, nil
}

// mergeCommit writes the submission as a merge of the base into its branch.
func (f *Forge) mergeCommit(ctx context.Context, s *submission, now *state) (string, error) {
	tree, err := f.treeOf(ctx, f.up, s.Merged)
	if err != nil {
		return "", err
	}
	id := ""
	err = f.shared(ctx, s, now, func() error {
		entries, err := f.store(ctx, s, now, s.Changes, now.merge.base)
		if err != nil {
			return err
		}
		id, err = f.extend(ctx, s, now, tree, append(entries, now.merge.entries...), now.head, s.Merged)
		return err
	})
	return id, err
}
