package github

import (
	"context"
	"errors"
	"strings"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// look finds out how far the submission is, and whether it may go on.
func (f *Forge) look(ctx context.Context, s *submission) (*state, error) {
	now := &state{}
	var err error
	if now.base, err = f.head(ctx, f.up, s.Base); err != nil {
		return nil, f.noBase(ctx, s, err)
	}
	if s.Pull != 0 {
		err = f.findContinued(ctx, s, now)
	} else {
		err = f.findOwn(ctx, s, now)
	}
	if err != nil {
		return nil, err
	}
	if s.Pull != 0 && now.merged != nil {
		return now, f.holds(ctx, s, now.merged)
	}
	if now.at != (place{}) {
		now.head, err = f.head(ctx, now.at, now.branch)
		now.made = err == nil
	}
	if !now.made && (err == nil || errors.Is(err, forge.ErrNotFound)) {
		if s.Pull != 0 {
			return nil, forge.Errorf(forge.ErrForbidden, err, "The branch of pull request %d is not there any more, so that it cannot be continued. Submit this as a pull request of your own.", s.Pull)
		}
		now.head, err = now.base, nil
	}
	if err != nil {
		return nil, err
	}
	if now.made && now.pull == nil && now.head != now.base {
		if err := f.catchUp(ctx, s, now); err != nil {
			return nil, err
		}
	}
	at := now.at
	if !now.made {
		at = f.up
	}
	if now.tree, err = f.tree(ctx, at, now.head); err != nil {
		return nil, err
	}
	if err := f.pending(ctx, s, now); err != nil {
		return nil, err
	}
	return now, f.planMerge(ctx, s, now)
}

// noBase says what became of a base that is not there: branches are renamed, the
// default one too, and deleted while somebody writes.
func (f *Forge) noBase(ctx context.Context, s *submission, err error) error {
	if !errors.Is(err, forge.ErrNotFound) {
		return err
	}
	up, late := f.repository(ctx)
	if late != nil {
		return late
	}
	if other := up.GetDefaultBranch(); other != s.Base {
		return forge.Errorf(forge.ErrNotFound, err, "There is no branch %s in %s any more: it was renamed or deleted. Choose %s, where the site is now, or another branch as the base, then submit again.", s.Base, up.GetFullName(), other)
	}
	return forge.Errorf(forge.ErrNotFound, err, "There is no branch %s in %s any more, or you may not see it. Ask the keepers of the repository, or choose another branch as the base.", s.Base, up.GetFullName())
}

// findOwn finds where the submission's own branch is, and its open pull request.
// Who may push works in the repository, all others in a fork.
func (f *Forge) findOwn(ctx context.Context, s *submission, now *state) error {
	up := placeOf(s.up)
	if !mayPush(s.up) {
		if err := f.findFork(ctx, s); err != nil {
			return err
		}
		if s.fork != nil {
			now.at = placeOf(s.fork)
		}
		return f.findPull(ctx, s, now, s.person.Login)
	}
	if !strings.EqualFold(up.owner, s.person.Login) {
		// Perhaps it was begun from a fork, before there was a right to push.
		if err := f.findPull(ctx, s, now, s.person.Login); err != nil || now.pull != nil {
			return err
		}
	}
	now.at = up
	return f.findPull(ctx, s, now, up.owner)
}

// findPull finds the submission's open pull request from an owner's repository,
// or the branch for a new one: its own, unless pull requests of that name are
// merged, closed or for another base; then the next name that has none. Whoever
// looks finds the same.
func (f *Forge) findPull(ctx context.Context, s *submission, now *state, owner string) error {
	for n := 1; ; n++ {
		now.branch = forge.NextBranch(s.Branch, n)
		list, err := f.ofBranch(ctx, owner, now.branch)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, p := range list {
			switch {
			case p.GetState() == "open" && p.GetHead().GetRepo() == nil:
				// Its fork was deleted: nobody can push to it any more.
			case p.GetState() == "open" && p.GetBase().GetRef() != s.Base:
				// What is submitted for the one base is not meant for the other.
			case p.GetState() == "open":
				now.pull, now.at = p, placeOf(p.GetHead().GetRepo())
				s.know(p.GetHead().GetRepo())
			case f.public(p).State == forge.Merged && p.GetBase().GetRef() == s.Base:
				now.merged = p
			}
		}
		if now.pull != nil {
			return nil
		}
	}
}

// findContinued finds the pull request that the submission continues, and sees
// that the person may push to its branch.
func (f *Forge) findContinued(ctx context.Context, s *submission, now *state) error {
	p, err := f.pull(ctx, s.Pull)
	if err != nil {
		return err
	}
	number := p.GetNumber()
	if base := p.GetBase().GetRef(); base != s.Base {
		return forge.Errorf(forge.ErrInvalid, nil, "Pull request %d is for %s, not for %s.", number, base, s.Base)
	}
	const copies = "Submit this as a pull request of your own."
	from := p.GetHead().GetRepo()
	switch f.public(p).State {
	case forge.Merged: // perhaps with what is submitted, and its answer came too late
		now.merged = p
		return nil
	case forge.Closed:
		return forge.Errorf(forge.ErrForbidden, nil, "Pull request %d is closed, so that it cannot be continued. %s", number, copies)
	}
	switch {
	case from == nil:
		return forge.Errorf(forge.ErrForbidden, nil, "The copy of the repository that pull request %d comes from was deleted, so that it cannot be continued. %s", number, copies)
	case from.GetID() == s.up.GetID() && p.GetHead().GetRef() == s.up.GetDefaultBranch():
		return forge.Errorf(forge.ErrInvalid, nil, "Posts reach the branch %s by a pull request only.", s.up.GetDefaultBranch())
	case s.PullBranch != "" && s.PullBranch != f.public(p).Branch:
		return forge.FromElsewhere(number, f.public(p).Branch, s.PullBranch)
	case !mayContinue(s.up, p, s.person):
		return forge.Errorf(forge.ErrForbidden, nil, "You may not push to the branch of pull request %d, which is %s's. %s", number, p.GetUser().GetLogin(), copies)
	}
	now.pull, now.at, now.branch = p, placeOf(from), p.GetHead().GetRef()
	s.know(from)
	return nil
}

// holds refuses to continue a pull request that was merged without what is
// submitted, whatever has become of its base since.
func (f *Forge) holds(ctx context.Context, s *submission, merged *github.PullRequest) error {
	tree, err := f.tree(ctx, f.up, merged.GetHead().GetSHA())
	if err != nil && !errors.Is(err, forge.ErrNotFound) {
		return err
	}
	all := err == nil && !s.Announce
	for i := 0; i < len(s.Changes) && all; i++ {
		e, err := f.find(ctx, tree, s.Changes[i].Path)
		if err != nil {
			return err
		}
		all = s.Changes[i].Holds(e.GetSHA())
	}
	if !all {
		return forge.MergedMeanwhile(s.Pull)
	}
	return nil
}

// know keeps a pull request's repository in mind where it is the person's fork.
func (s *submission) know(repo *github.Repository) {
	if repo.GetID() != s.up.GetID() && strings.EqualFold(repo.GetOwner().GetLogin(), s.person.Login) {
		s.fork = repo
	}
}

// catchUp moves a branch without work of its own, left by a submission that
// ended half-way, forward to the base. GitHub refuses should it not be forward.
func (f *Forge) catchUp(ctx context.Context, s *submission, now *state) error {
	compared, err := f.compare(ctx, now.base, now.head)
	if err != nil {
		return err
	}
	if now.ahead = compared.status != "behind"; now.ahead {
		return nil
	}
	if err := f.forward(ctx, now.at, now.branch, now.base); err != nil {
		return f.refused(s, now, s.open(ctx, "branch", err))
	}
	now.head = now.base
	return nil
}

// pending fills in what is to be written, and refuses what may not be.
func (f *Forge) pending(ctx context.Context, s *submission, now *state) error {
	var entries []forge.Entry
	for path := range now.tree.entries {
		entries = append(entries, forge.Entry{Path: path})
	}
	entries = s.Stays(entries)
	blobs := map[string]string{}
	for _, c := range s.Changes {
		e, err := f.find(ctx, now.tree, c.Path)
		if err != nil {
			return err
		}
		switch {
		case e != nil && !isFile(e):
			return forge.Errorf(forge.ErrInvalid, nil, "%s is a link to something else, so it cannot be written to.", c.Path)
		case e != nil:
			blobs[c.Path] = e.GetSHA()
		case c.Blob == "":
			if err := forge.CheckNew(entries, c.Path); err != nil {
				return err
			}
		}
	}
	todo, stale := s.Pending(func(path string) string { return blobs[path] })
	if stale == nil {
		now.todo = todo
		return nil
	}
	current, err := f.file(ctx, now.tree, stale.Path)
	if err != nil {
		return err
	}
	where := s.Base
	if now.made {
		where = now.label(s)
	}
	return forge.Stale(stale.Path, where, current)
}

// label is the branch as a pull request has it: "fork:branch" in a fork.
func (now *state) label(s *submission) string {
	if now.at == placeOf(s.up) {
		return now.branch
	}
	return now.at.owner + ":" + now.branch
}

// sameFiles tells whether the branch holds nothing that the base does not.
func (f *Forge) sameFiles(ctx context.Context, now *state) (bool, error) {
	if now.head == now.base {
		return true, nil
	}
	base, err := f.tree(ctx, f.up, now.base)
	if err != nil || len(base.entries) != len(now.tree.entries) {
		return false, err
	}
	for path, e := range base.entries {
		if !same(e, now.tree.entries[path]) {
			return false, nil
		}
	}
	return true, nil
}

// same tells whether two entries are the same file in the same mode; nil is
// none.
func same(a, b *github.TreeEntry) bool {
	return a.GetSHA() == b.GetSHA() && a.GetMode() == b.GetMode()
}
