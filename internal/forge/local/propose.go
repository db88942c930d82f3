package local

import (
	"context"
	"slices"

	"galley/internal/forge"
)

// Propose implements forge.Forge.
func (f *Forge) Propose(ctx context.Context, branch, base string, message forge.Message) (forge.PullRequest, error) {
	if err := forge.CheckProposal(branch, base); err != nil {
		return forge.PullRequest{}, err
	}
	var pr forge.PullRequest
	err := f.write(ctx, func(r *repository) error {
		rec, err := f.proposeBranch(r, branch, base, message)
		if err != nil {
			return err
		}
		pr = rec.public()
		pr.Paths, err = changedPaths(r, rec)
		return err
	})
	return pr, err
}

// proposeBranch gives the open pull request of a branch and a base, or opens
// one.
func (f *Forge) proposeBranch(r *repository, branch, base string, message forge.Message) (*record, error) {
	if branch == defaultBranch(r) {
		return nil, forge.Errorf(forge.ErrInvalid, nil, "The site is published from the branch %s, so it is not proposed to another.", branch)
	}
	into, err := branchCommit(r, base)
	if err != nil {
		return nil, err
	}
	head, err := branchCommit(r, branch)
	if err != nil {
		return nil, err
	}
	records, err := pulls(r)
	if err != nil {
		return nil, err
	}
	for _, rec := range records {
		if rec.State == forge.Open && rec.Branch == branch && rec.Base == base {
			return rec, nil
		}
	}
	bases, err := neededBases(r, base, branch, into.Hash, head.Hash)
	if err != nil {
		return nil, err
	}
	if slices.Contains(bases, head.Hash) {
		return nil, forge.NothingOn(branch, base)
	}
	rec := &record{
		Title: message.Title, Body: message.Body, State: forge.Open, Author: f.person,
		Base: base, Branch: branch, Head: head.Hash.String(),
	}
	rec.setLeft(bases)
	return rec, f.savePull(r, rec, "Open")
}
