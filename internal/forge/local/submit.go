package local

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/rogpeppe/go-internal/lockedfile"

	"galley/internal/forge"
)

// write runs a function while no other writer of Galley's works on the
// repository, in this process or another. What a killed one left is finished first,
// where it can be: what must not be done otherwise looks for itself.
func (f *Forge) write(ctx context.Context, fn func(r *repository) error) error {
	return f.locked(ctx, func(r *repository) error {
		f.recover(r)
		return fn(r)
	})
}

// locked is write, without a look at what is left.
func (f *Forge) locked(ctx context.Context, fn func(r *repository) error) error {
	unlock, err := f.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	return f.read(ctx, fn)
}

// writeWait is how long to wait for other writers. Each takes far less than a
// second; one that takes longer is stopped, or on a file system that hangs.
const writeWait = 30 * time.Second

// errBusy: other writers were at work all the while.
var errBusy = errors.New("the repository is locked")

// lock takes this process's turn, and then the lock between processes. It waits for
// both no longer than writeWait, and than the context.
func (f *Forge) lock(ctx context.Context) (unlock func(), err error) {
	wait, cancel := context.WithTimeoutCause(ctx, f.wait, errBusy)
	defer cancel()
	late := func() error {
		cause := context.Cause(wait)
		if errors.Is(cause, errBusy) {
			return forge.Errorf(forge.ErrUnavailable, cause, "Another program has been writing to the repository all the while. Nothing was written; try again, and see whether a Galley that works on the same folder hangs.")
		}
		return forge.Errorf(forge.ErrUnavailable, cause, "The request was ended before anything was written.")
	}
	select {
	case f.turn <- struct{}{}:
	case <-wait.Done():
		return nil, late()
	}
	// The system's lock knows no end of waiting. Whoever gives up leaves the turn with
	// it, so that one at most waits.
	taken := make(chan error)
	giveBack := func() {}
	go func() {
		free, err := lockedfile.MutexAt(filepath.Join(f.dirs.common, "galley.lock")).Lock()
		if err == nil {
			giveBack = free
		}
		select {
		case taken <- err:
		case <-wait.Done():
			giveBack()
			<-f.turn
		}
	}()
	select {
	case err = <-taken:
	case <-wait.Done():
		return nil, late()
	}
	if err != nil {
		<-f.turn
		return nil, forge.Errorf(forge.ErrForbidden, err, "The repository cannot be written to.")
	}
	return func() {
		giveBack()
		<-f.turn
	}, nil
}

// Submit implements forge.Forge.
func (f *Forge) Submit(ctx context.Context, s forge.Submission, progress func(forge.Step)) (forge.PullRequest, error) {
	tell, told := later(progress)
	defer told()
	steps := &forge.Progress{Tell: tell}
	steps.Begin("check", "Checking what is to be submitted")
	s, message, err := s.Prepare(f.person)
	if err != nil {
		return forge.PullRequest{}, err
	}
	var pr forge.PullRequest
	err = f.write(ctx, func(r *repository) error {
		rec, err := f.submit(r, s, message, steps)
		if err != nil {
			return err
		}
		pr = rec.public()
		pr.Paths, err = changedPaths(r, rec)
		return err
	})
	return pr, err
}

// later calls a function for each step from elsewhere and in order, so that
// whoever listens slowly, or asks the forge something, does not hold up the
// repository. The second function waits until all is told.
func later(progress func(forge.Step)) (tell func(forge.Step), told func()) {
	if progress == nil {
		return nil, func() {}
	}
	steps, done := make(chan forge.Step, 16), make(chan struct{}) // a submission has 8
	go func() {
		defer close(done)
		for s := range steps {
			progress(s)
		}
	}()
	return func(s forge.Step) { steps <- s }, func() {
		close(steps)
		<-done
	}
}

func (f *Forge) submit(r *repository, s forge.Submission, message forge.Message, steps *forge.Progress) (*record, error) {
	if s.Branch == defaultBranch(r) {
		return nil, forge.Errorf(forge.ErrInvalid, nil, "Posts reach the branch %s by a pull request only.", s.Branch)
	}
	base, err := branchCommit(r, s.Base)
	if err != nil {
		return nil, err
	}
	var rec *record
	branch := s.Branch
	if s.Pull != 0 {
		if rec, err = continued(r, s); err == nil {
			branch = rec.Branch
		}
	} else {
		rec, branch, err = f.findPull(r, s)
	}
	if err != nil {
		return nil, err
	}
	open := rec.Number != 0 && rec.State == forge.Open
	if s.Pull != 0 && !open {
		return rec, holds(r, s, rec)
	}
	head, err := branchCommit(r, branch)
	made := err == nil
	if errors.Is(err, forge.ErrNotFound) {
		head, made, err = base, false, nil
	}
	if err != nil {
		return nil, err
	}
	if made && !open && !strings.HasPrefix(branch, "galley/") {
		// Which branch the site is published from is not known for certain: HEAD names
		// whatever is checked out. So no branch is written to that is not Galley's own.
		return nil, forge.Errorf(forge.ErrInvalid, nil, "There is a branch %s already, and no open pull request of Galley's for it, so it is not written to. Choose another name for the branch.", branch)
	}
	if made && !open {
		// A branch without work of its own, left by a submission that ended half-way,
		// begins again at the base.
		if behind, err := head.IsAncestor(base); err != nil {
			return nil, err
		} else if behind && head.Hash != base.Hash {
			if err := f.moveBranch(r, branch, head, base); err != nil {
				return nil, err
			}
			head = base
		}
	}
	where := s.Base
	if made {
		where = branch
	}
	todo, err := pending(r, s, head, where)
	if err != nil {
		return nil, err
	}
	merge, err := planMerge(r, s, base, head, made)
	if err != nil {
		return nil, err
	}
	// Asked before anything is written, as a pull request cannot be without.
	if _, err := neededBases(r, s.Base, branch, base.Hash, head.Hash); err != nil {
		return nil, err
	}
	announce := s.Announce && !open && head.Hash == base.Hash
	if len(todo) == 0 && merge == nil && head.TreeHash == base.TreeHash {
		if open && !s.Announce && len(s.Writing)+len(s.GivenBack)+len(s.Dismissed)+len(s.Restored) == 0 {
			return rec, nil
		}
		if !open && !s.Announce {
			if last, err := lastMerged(r, s); err != nil || last != nil {
				return last, err
			}
			return nil, forge.NothingToPropose(s.Base)
		}
	}

	if made {
		steps.Begin("branch", "Using the branch %s", branch)
	} else {
		steps.Begin("branch", "Making the branch %s", branch)
		if err := f.setRef(r, plumbing.NewBranchReferenceName(branch), plumbing.ZeroHash, head.Hash); err != nil {
			return nil, moved(err, branch)
		}
	}
	changed := len(todo) > 0 || merge != nil || announce
	switch {
	case merge != nil:
		steps.Begin("merge", "Taking in what is new on %s", s.Base)
		head, err = f.commit(r, branch, head, merge.TreeHash, merge.files, message, merge.Hash)
	case !changed:
		steps.Begin("commit", "The branch holds this text already")
	default:
		if len(todo) > 0 {
			steps.Begin("commit", "%s", s.Doing())
		} else {
			steps.Begin("commit", "Announcing %s", s.Changes[0].Path)
		}
		var files map[string]object.TreeEntry
		if files, err = stored(r, todo); err == nil {
			head, err = f.commit(r, branch, head, head.TreeHash, files, message)
		}
	}
	if err != nil {
		return nil, err
	}
	return rec, f.propose(r, s, rec, branch, base, head, message, changed, steps)
}

// propose opens the pull request, or updates it where something about it is
// new.
func (f *Forge) propose(r *repository, s forge.Submission, rec *record, branch string, base, head *object.Commit, message forge.Message, changed bool, steps *forge.Progress) error {
	what := "Open"
	if rec.Number == 0 {
		steps.Begin("pull-request", "Opening the pull request")
	} else {
		what = "Update"
		if rec.Author != f.person { // whoever continues another's leaves its message
			message.Title, message.Body = rec.Title, ""
		}
		steps.Begin("pull-request", "Updating pull request %d%s", rec.Number, forge.CalledBefore(rec.Title, message.Title))
		if body := s.Describe(rec.Body, message.Body); !changed && rec.Title == message.Title && rec.Body == body {
			steps.End()
			return nil
		}
	}
	bases, err := neededBases(r, s.Base, branch, base.Hash, head.Hash)
	if err != nil {
		return err
	}
	rec.Title, rec.Body, rec.State = message.Title, s.Describe(rec.Body, message.Body), forge.Open
	rec.Base, rec.Branch, rec.Head, rec.onto = s.Base, branch, head.Hash.String(), base.Hash
	rec.setLeft(bases)
	if rec.Number == 0 {
		rec.Author = f.person
	}
	if err := f.savePull(r, rec, what); err != nil {
		return err
	}
	steps.End()
	return nil
}

// stored stores files as blobs, to be put into a tree, from which those that are
// gone are taken out.
func stored(r *repository, changes []forge.FileChange) (map[string]object.TreeEntry, error) {
	files := map[string]object.TreeEntry{}
	for _, c := range changes {
		if c.Gone {
			files[c.Path] = object.TreeEntry{}
			continue
		}
		id, err := putBlob(r, c.Data)
		if err != nil {
			return nil, err
		}
		files[c.Path] = object.TreeEntry{Hash: id}
	}
	return files, nil
}

// commit makes a commit of a tree with some files in it, and moves a branch,
// whose head is given, to it. The commit's parents are that head and others.
func (f *Forge) commit(r *repository, branch string, head *object.Commit, tree plumbing.Hash, files map[string]object.TreeEntry, message forge.Message, others ...plumbing.Hash) (*object.Commit, error) {
	var err error
	if len(files) > 0 {
		if tree, err = putFiles(r, tree, files); err != nil {
			return nil, err
		}
	}
	if tree.IsZero() {
		if tree, err = putTree(r, nil); err != nil {
			return nil, err
		}
	}
	id, err := putCommit(r, signature(f.person, f.clock()), message.Commit(), tree, append([]plumbing.Hash{head.Hash}, others...)...)
	if err != nil {
		return nil, err
	}
	next, err := r.CommitObject(id)
	if err != nil {
		return nil, err
	}
	return next, f.moveBranch(r, branch, head, next)
}

// moved turns errMoved into something to say.
func moved(err error, branch string) error {
	if errors.Is(err, errMoved) {
		return forge.Errorf(forge.ErrStale, err, "The branch %s moved at the same moment. Nothing was overwritten; submit again.", branch)
	}
	return err
}
