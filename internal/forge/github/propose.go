package github

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// Propose implements forge.Forge. As Submit does, it looks again wherever an
// answer leaves open what happened.
func (f *Forge) Propose(ctx context.Context, branch, base string, message forge.Message) (forge.PullRequest, error) {
	if err := forge.CheckProposal(branch, base); err != nil {
		return forge.PullRequest{}, err
	}
	info, err := f.Info(ctx)
	if err != nil {
		return forge.PullRequest{}, err
	}
	if branch == info.DefaultBranch {
		return forge.PullRequest{}, forge.Errorf(forge.ErrInvalid, nil, "The site is published from the branch %s, so it is not proposed to another.", branch)
	}
	forbidden := func(cause error) error {
		return forge.Errorf(forge.ErrForbidden, f.tokens.redact(cause), "You may not open a pull request from the branch %s. Ask somebody who may push to %s to do it.", branch, f.up)
	}
	if !info.CanPush {
		return forge.PullRequest{}, forbidden(nil)
	}
	owner, _, _ := strings.Cut(info.Name, "/")
	refusals := &submission{refused: map[string]int{}}
	for look := 1; ; look++ {
		pr, err := f.proposeBranch(ctx, owner, branch, base, message)
		if err == nil {
			return pr, nil
		}
		var again *errLook
		if err = refusals.open(ctx, "pull-request", err); !errors.As(err, &again) || look == looks {
			if again != nil {
				err = again.cause
			}
			if c := code(err); c == http.StatusNotFound || c == http.StatusForbidden && !limited(err) {
				err = forbidden(err)
			}
			return pr, f.fault(err, f.noRepository())
		}
		select {
		case <-time.After(backoff(f.pause, min(look, 4))):
		case <-ctx.Done():
		}
	}
}

// proposeBranch gives the open pull request of a branch and a base, or opens
// one.
func (f *Forge) proposeBranch(ctx context.Context, owner, branch, base string, message forge.Message) (forge.PullRequest, error) {
	into, err := f.head(ctx, f.up, base)
	if err != nil {
		return forge.PullRequest{}, err
	}
	head, err := f.head(ctx, f.up, branch)
	if err != nil {
		return forge.PullRequest{}, err
	}
	known, err := f.ofBranch(ctx, owner, branch)
	if err != nil {
		return forge.PullRequest{}, err
	}
	for _, p := range known {
		if p.GetState() == "open" && p.GetBase().GetRef() == base {
			return f.public(p), nil
		}
	}
	compared, err := f.compare(ctx, head, into)
	if err != nil {
		return forge.PullRequest{}, err
	}
	if compared.contains() {
		return forge.PullRequest{}, forge.NothingOn(branch, base)
	}
	p, _, err := f.client.PullRequests.Create(ctx, f.up.owner, f.up.repo, &github.NewPullRequest{
		Title: &message.Title, Body: &message.Body, Head: &branch, Base: &base,
	})
	if err != nil {
		return forge.PullRequest{}, err
	}
	return f.public(p), nil
}
