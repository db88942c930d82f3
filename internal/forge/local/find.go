package local

import (
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// findPull finds the open pull request of a submission, or an empty record and
// the branch for a new one: the submission's own, unless pull requests of that
// name are merged, closed or for another base; then the next name that has none.
func (f *Forge) findPull(r *repository, s forge.Submission) (*record, string, error) {
	records, err := pulls(r)
	if err != nil {
		return nil, "", err
	}
	for n := 1; ; n++ {
		name := forge.NextBranch(s.Branch, n)
		used := false
		for _, rec := range records {
			if rec.Branch != name {
				continue
			}
			if rec.State == forge.Open && rec.Base == s.Base {
				return rec, name, nil
			}
			used = true
		}
		if !used {
			return &record{}, name, nil
		}
	}
}

// continued finds the pull request that a submission continues: an open one, or
// a merged one, which may hold what is submitted.
func continued(r *repository, s forge.Submission) (*record, error) {
	rec, err := pull(r, s.Pull)
	if err != nil {
		return nil, err
	}
	switch {
	case rec.Base != s.Base:
		return nil, forge.Errorf(forge.ErrInvalid, nil, "Pull request %d is for %s, not for %s.", rec.Number, rec.Base, s.Base)
	case rec.State == forge.Closed:
		return nil, forge.Errorf(forge.ErrForbidden, nil, "Pull request %d is closed, or its branch is not there any more, so that it cannot be continued. Submit this as a pull request of your own.", rec.Number)
	case s.PullBranch != "" && s.PullBranch != rec.Branch && rec.State == forge.Open:
		return nil, forge.FromElsewhere(rec.Number, rec.Branch, s.PullBranch)
	case rec.Branch == defaultBranch(r):
		return nil, forge.Errorf(forge.ErrInvalid, nil, "Posts reach the branch %s by a pull request only.", rec.Branch)
	}
	return rec, nil
}

// lastMerged is the newest merged pull request of a submission's branch names;
// nil for none. It answers a submission that is made again after its merge.
func lastMerged(r *repository, s forge.Submission) (*record, error) {
	records, err := pulls(r)
	if err != nil {
		return nil, err
	}
	byName := map[string]*record{}
	for _, rec := range records {
		if rec.State == forge.Merged && rec.Base == s.Base && byName[rec.Branch] == nil {
			byName[rec.Branch] = rec
		}
	}
	var last *record
	for n := 1; n <= len(records); n++ {
		if rec := byName[forge.NextBranch(s.Branch, n)]; rec != nil {
			last = rec
		}
	}
	return last, nil
}

// pending are the changes that a commit does not hold yet. It refuses those
// whose file is not what the edit started from, and paths that the tree has no
// room for.
func pending(r *repository, s forge.Submission, head *object.Commit, where string) ([]forge.FileChange, error) {
	var entries []forge.Entry
	blobs := map[string]string{}
	odd := map[string]bool{}
	err := walk(r, head.TreeHash, "", func(path string, e object.TreeEntry) error {
		entries = append(entries, forge.Entry{Path: path})
		blobs[path] = e.Hash.String()
		odd[path] = !e.Mode.IsFile() || isLink(e.Mode)
		return nil
	})
	if err != nil {
		return nil, err
	}
	entries = s.Stays(entries)
	for _, c := range s.Changes {
		if odd[c.Path] {
			return nil, forge.Errorf(forge.ErrInvalid, nil, "%s is a link to something else, so it cannot be written to.", c.Path)
		}
		if blobs[c.Path] == "" && c.Blob == "" {
			if err := forge.CheckNew(entries, c.Path); err != nil {
				return nil, err
			}
		}
	}
	todo, stale := s.Pending(func(path string) string { return blobs[path] })
	if stale == nil {
		return todo, nil
	}
	current, err := readFile(r, head, stale.Path)
	if err != nil {
		return nil, err
	}
	return nil, forge.Stale(stale.Path, where, current)
}

// holds refuses to continue a pull request that was merged without what is
// submitted, whatever has become of its base since.
func holds(r *repository, s forge.Submission, merged *record) error {
	head, err := r.CommitObject(plumbing.NewHash(merged.Head))
	if err != nil {
		return err
	}
	for _, c := range s.Changes {
		e, err := entryAt(r, head.TreeHash, c.Path)
		if err != nil {
			return err
		}
		found := ""
		if e != nil {
			found = e.Hash.String()
		}
		if s.Announce || !c.Holds(found) {
			return forge.MergedMeanwhile(s.Pull)
		}
	}
	return nil // its answer came too late
}
