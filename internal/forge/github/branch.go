package github

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// StartBranch implements forge.Forge. GitHub refuses a reference that is there,
// so that whoever asks twice, or at the same time as another, finds it.
func (f *Forge) StartBranch(ctx context.Context, name, from string, first *forge.First) (forge.Branch, error) {
	if err := forge.CheckStart(name); err != nil {
		return forge.Branch{}, err
	}
	base, err := f.head(ctx, f.up, from)
	if err != nil {
		return forge.Branch{}, err
	}
	found, err := f.head(ctx, f.up, name)
	if err == nil {
		return forge.Branch{Name: name, Head: found}, nil
	}
	if !errors.Is(err, forge.ErrNotFound) {
		return forge.Branch{}, err
	}
	head := base
	var failed error
	if first != nil {
		if head, failed = f.firstCommit(ctx, from, base, *first); errors.Is(failed, forge.ErrInvalid) || errors.Is(failed, forge.ErrTooLarge) {
			return forge.Branch{}, failed
		}
	}
	if failed == nil {
		failed = f.createBranch(ctx, f.up, name, head)
	}
	if failed == nil {
		return forge.Branch{Name: name, Head: head}, nil
	}
	// Whatever the answer was, it counts what is there now.
	if found, err = f.head(ctx, f.up, name); err == nil {
		return forge.Branch{Name: name, Head: found}, nil
	}
	switch c := code(failed); {
	case limited(failed), isArchived(failed):
	case c == http.StatusNotFound, c == http.StatusForbidden:
		return forge.Branch{}, forge.Errorf(forge.ErrForbidden, f.tokens.redact(failed), "You may not make branches in %s. Ask somebody who may push there to start %s.", f.up, name)
	case c == http.StatusUnprocessableEntity && !isProtected(failed):
		return forge.Branch{}, forge.Errorf(forge.ErrInvalid, f.tokens.redact(failed), "GitHub does not make a branch %s: a branch of which it would be a folder may be there. Choose another name.", name)
	}
	return forge.Branch{}, f.fault(failed, f.noRepository())
}

// firstCommit makes the commit that adds a file to a branch's head, on no branch yet.
func (f *Forge) firstCommit(ctx context.Context, from, base string, first forge.First) (string, error) {
	person, err := f.whoami(ctx)
	if err != nil {
		return "", err
	}
	message, err := first.Prepare(person)
	if err != nil {
		return "", err
	}
	there, err := f.tree(ctx, f.up, base)
	if err != nil {
		return "", err
	}
	if there.entries[first.Path] != nil {
		return "", first.There(from)
	}
	blob, _, err := f.client.Git.CreateBlob(ctx, f.up.owner, f.up.repo, github.Blob{
		Content: github.Ptr(base64.StdEncoding.EncodeToString(first.Data)), Encoding: github.Ptr("base64"),
	})
	if err != nil {
		return "", err
	}
	parent, err := f.treeOf(ctx, f.up, base)
	if err != nil {
		return "", err
	}
	made, _, err := f.client.Git.CreateTree(ctx, f.up.owner, f.up.repo, parent, []*github.TreeEntry{
		{Path: &first.Path, Mode: github.Ptr(modeFile), Type: github.Ptr("blob"), SHA: blob.SHA},
	})
	if err != nil {
		return "", err
	}
	commit, _, err := f.client.Git.CreateCommit(ctx, f.up.owner, f.up.repo, github.Commit{
		Message: github.Ptr(message.Commit()), Tree: &github.Tree{SHA: made.SHA}, Parents: []*github.Commit{{SHA: &base}},
	}, nil)
	if err != nil {
		return "", err
	}
	return commit.GetSHA(), nil
}

func (f *Forge) createBranch(ctx context.Context, at place, name, commit string) error {
	_, _, err := f.client.Git.CreateRef(ctx, at.owner, at.repo, github.CreateRef{Ref: "refs/heads/" + name, SHA: commit})
	return err
}

// startOwn makes the branch of a submission. A fork shares the commits of its
// repository, so that the branch begins at the base's head wherever the fork's
// own branches are.
func (f *Forge) startOwn(ctx context.Context, s *submission, now *state) error {
	return f.shared(ctx, s, now, func() error { return f.createBranch(ctx, now.at, now.branch, now.head) })
}

// shared does something that needs the base's commits in the person's fork.
// GitHub does not always know them there (it says 404 or 422): then the fork is
// brought up to date, and it is tried again.
func (f *Forge) shared(ctx context.Context, s *submission, now *state, do func() error) error {
	err := do()
	if c := code(err); c != http.StatusUnprocessableEntity && c != http.StatusNotFound || s.fork == nil || now.at != placeOf(s.fork) ||
		strings.Contains(err.Error(), "already exists") || isProtected(err) {
		return err
	}
	branch := s.Base
	if _, missing := f.head(ctx, now.at, branch); errors.Is(missing, forge.ErrNotFound) {
		branch = s.fork.GetDefaultBranch()
	}
	if err := f.sync(ctx, s, branch); err != nil {
		return err
	}
	return do()
}

// forward moves a branch to a commit that comes after its head.
func (f *Forge) forward(ctx context.Context, at place, branch, commit string) error {
	_, _, err := f.client.Git.UpdateRef(ctx, at.owner, at.repo, "heads/"+branch, github.UpdateRef{SHA: commit, Force: github.Ptr(false)})
	return err
}
