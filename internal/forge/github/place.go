package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// place is a repository in which a branch is: the forge's own or a fork of it.
type place struct{ owner, repo string }

func (p place) String() string { return p.owner + "/" + p.repo }

// placeOf is where a repository is, as GitHub names it today.
func placeOf(r *github.Repository) place { return place{r.GetOwner().GetLogin(), r.GetName()} }

// repository asks about the forge's own repository, with the person's rights in
// it.
func (f *Forge) repository(ctx context.Context) (*github.Repository, error) {
	repo, _, err := f.client.Repositories.Get(ctx, f.up.owner, f.up.repo)
	if err != nil {
		return nil, f.fault(err, f.noRepository())
	}
	return repo, nil
}

// mayPush tells whether the person may push to a repository. A server that does
// not tell is believed to allow it until it refuses.
func mayPush(r *github.Repository) bool {
	push, told := r.GetPermissions()["push"]
	return (push || !told) && !r.GetArchived()
}

// mayContinue tells whether the person may push to the branch of a pull request
// of the repository up.
func mayContinue(up *github.Repository, p *github.PullRequest, person forge.Person) bool {
	from := p.GetHead().GetRepo()
	switch {
	case person.Login == "", p.GetState() != "open" || from == nil || from.GetArchived():
		return false
	case from.GetID() == up.GetID():
		return mayPush(up)
	case strings.EqualFold(from.GetOwner().GetLogin(), person.Login):
		return true
	}
	return p.GetMaintainerCanModify() && mayPush(up)
}

// head is the commit at a branch's head. ErrNotFound when there is no branch.
func (f *Forge) head(ctx context.Context, at place, branch string) (string, error) {
	if err := forge.CheckBranch(branch); err != nil {
		return "", err
	}
	missing := fmt.Sprintf("There is no branch %s in %s, or you may not see it.", branch, at)
	ref, _, err := f.client.Git.GetRef(ctx, at.owner, at.repo, "heads/"+branch)
	if code(err) == http.StatusConflict { // "Git Repository is empty."
		return "", forge.Errorf(forge.ErrNotFound, f.tokens.redact(err), "%s", missing)
	}
	if err != nil {
		return "", f.fault(err, missing)
	}
	if ref.GetRef() != "refs/heads/"+branch || !forge.IsID(ref.GetObject().GetSHA()) {
		return "", f.fault(fmt.Errorf("asked for the branch %q and got %q at %q", branch, ref.GetRef(), ref.GetObject().GetSHA()), "")
	}
	return ref.GetObject().GetSHA(), nil
}

// locate finds a branch by the name that a pull request has for it: a branch of
// the repository, or "fork:branch" for one of a fork, which is read only where
// a pull request has brought it here.
func (f *Forge) locate(ctx context.Context, name string) (place, string, error) {
	if err := forge.CheckReadBranch(name); err != nil {
		return place{}, "", err
	}
	owner, branch, forked := strings.Cut(name, ":")
	if !forked {
		head, err := f.head(ctx, f.up, name)
		return f.up, head, err
	}
	list, err := f.ofBranch(ctx, owner, branch)
	if err != nil {
		return place{}, "", err
	}
	for _, p := range list {
		if p.GetState() != "open" || p.GetHead().GetRepo() == nil {
			continue
		}
		at := placeOf(p.GetHead().GetRepo())
		head, err := f.head(ctx, at, branch)
		if errors.Is(err, forge.ErrNotFound) {
			continue
		}
		return at, head, err
	}
	for _, p := range list { // what it had last
		return f.up, p.GetHead().GetSHA(), nil
	}
	return place{}, "", forge.Errorf(forge.ErrNotFound, nil, "There is no pull request from the branch %s.", name)
}

// compared is how two commits stand to each other.
type compared struct {
	status string // of the second: "identical", "ahead", "behind" or "diverged"
}

// noHistory is what is wrong where there is nothing to compare.
const noHistory = "GitHub cannot compare the branch with its base: they have no common history."

// contains tells whether the second commit has all that the first has.
func (c compared) contains() bool { return c.status == "ahead" || c.status == "identical" }

// compare compares two commits of the repository or of forks of it, whose
// commits it can name as well.
func (f *Forge) compare(ctx context.Context, first, second string) (compared, error) {
	if first == second {
		return compared{"identical"}, nil
	}
	answer, _, err := f.client.Repositories.CompareCommits(ctx, f.up.owner, f.up.repo, first, second, &github.ListOptions{PerPage: 1})
	if err != nil {
		return compared{}, f.fault(err, noHistory)
	}
	return compared{answer.GetStatus()}, nil
}
