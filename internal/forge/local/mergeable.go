package local

import (
	"context"

	"github.com/go-git/go-git/v5/plumbing"

	"galley/internal/forge"
)

// mergeable tells whether Merge could merge an open pull request as it is now.
// Nothing is written, and texts are joined while others may read. The answer
// for two commits never changes, so that it is kept.
func (f *Forge) mergeable(ctx context.Context, pr forge.PullRequest) (forge.Mergeable, error) {
	joins := &joins{dry: true, done: map[[3]plumbing.Hash]joined{}}
	for {
		var answer forge.Mergeable
		err := f.read(ctx, func(r *repository) error {
			answer = ""
			base, err := branchCommit(r, pr.Base)
			if err != nil {
				return err
			}
			head, err := r.CommitObject(plumbing.NewHash(pr.Head))
			if err != nil {
				return err
			}
			key := [2]plumbing.Hash{base.Hash, head.Hash}
			if known, ok := f.mergeables.get(key); ok {
				answer = known
				return nil
			}
			bases, err := commonBases(r, base.Hash, head.Hash)
			if err != nil {
				return err
			}
			conflict := len(bases) == 0
			if !conflict {
				from, err := ancestor(r, bases)
				if err != nil {
					return err
				}
				_, conflicts, err := mergeTrees(joins, r, "", from, base.TreeHash, head.TreeHash)
				if err != nil {
					return err
				}
				conflict = len(conflicts) > 0
			}
			switch {
			case conflict:
				answer = forge.MergeConflict
			case len(joins.todo) > 0:
				return nil
			default:
				answer = forge.MergeClean
			}
			f.mergeables.put(key, answer, maxBases)
			return nil
		})
		if err != nil || answer != "" {
			return answer, err
		}
		// Each round joins what the one before has found; should the branches move
		// all the while, nobody knows.
		if ctx.Err() != nil || len(joins.todo) == 0 || len(joins.done) > maxJoins {
			return "", nil
		}
		joins.work(ctx)
	}
}

// maxJoins is how many texts are joined to tell whether a merge would work.
const maxJoins = 1000
