package github

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

const openPages = 5 // pages of 100 open ones that are asked for at most

// public is a pull request as forge has it.
func (f *Forge) public(p *github.PullRequest) forge.PullRequest {
	pr := forge.PullRequest{
		Number: p.GetNumber(), Title: p.GetTitle(), Body: p.GetBody(), State: forge.Open,
		Base: p.GetBase().GetRef(), Branch: p.GetHead().GetRef(), Head: p.GetHead().GetSHA(),
		Author: forge.Person{Login: p.GetUser().GetLogin(), Name: p.GetUser().GetName()},
		URL:    p.GetHTMLURL(), Created: p.GetCreatedAt().Time, Updated: p.GetUpdatedAt().Time,
	}
	if p.GetState() == "closed" {
		pr.State = forge.Closed
	}
	if p.GetMerged() || !p.GetMergedAt().IsZero() {
		pr.State = forge.Merged
		pr.Merge = p.GetMergeCommitSHA()
	}
	if p.GetHead().GetRepo().GetID() != p.GetBase().GetRepo().GetID() {
		pr.Branch = p.GetHead().GetLabel() // "fork:branch"; the fork may be deleted
	}
	return pr
}

// PullRequests implements forge.Forge. Paths are left out: they would cost a
// request each.
func (f *Forge) PullRequests(ctx context.Context) ([]forge.PullRequest, error) {
	up, err := f.repository(ctx)
	if err != nil {
		return nil, err
	}
	person, err := f.whoami(ctx)
	if err != nil {
		return nil, err
	}
	var list []forge.PullRequest
	opts := &github.PullRequestListOptions{State: "open", Sort: "updated", Direction: "desc", ListOptions: github.ListOptions{PerPage: 100}}
	for range openPages {
		page, resp, err := f.client.PullRequests.List(ctx, f.up.owner, f.up.repo, opts)
		if err != nil {
			return nil, f.fault(err, f.noRepository())
		}
		for _, p := range page {
			pr := f.public(p)
			// Whether maintainers may edit one is told where it is asked for alone.
			pr.CanPush = mayContinue(up, p, person)
			list = append(list, pr)
		}
		if resp.NextPage == 0 {
			break
		}
		opts.Page = resp.NextPage
	}
	closed, _, err := f.client.PullRequests.List(ctx, f.up.owner, f.up.repo, &github.PullRequestListOptions{
		State: "closed", Sort: "updated", Direction: "desc", ListOptions: github.ListOptions{PerPage: forge.ClosedShown},
	})
	if err != nil {
		return nil, f.fault(err, f.noRepository())
	}
	for _, p := range closed {
		list = append(list, f.public(p))
	}
	slices.SortStableFunc(list, forge.Newer)
	return list, nil
}

// PullRequest implements forge.Forge.
func (f *Forge) PullRequest(ctx context.Context, number int) (forge.PullRequest, error) {
	p, err := f.pull(ctx, number)
	if err != nil {
		return forge.PullRequest{}, err
	}
	pr := f.public(p)
	if pr.State != forge.Open {
		return pr, nil
	}
	up, err := f.repository(ctx)
	if err != nil {
		return forge.PullRequest{}, err
	}
	person, err := f.whoami(ctx)
	if err != nil {
		return forge.PullRequest{}, err
	}
	if pr.Head, err = f.pullHead(ctx, p); err != nil {
		return forge.PullRequest{}, err
	}
	pr.CanPush = mayContinue(up, p, person)
	f.health(ctx, p, &pr)
	return pr, nil
}

// pullHead is the head of a pull request's branch. GitHub tells pull requests
// of a push a moment later, so that an open one's own branch is asked.
func (f *Forge) pullHead(ctx context.Context, p *github.PullRequest) (string, error) {
	if p.GetState() != "open" || p.GetHead().GetRepo() == nil {
		return p.GetHead().GetSHA(), nil
	}
	head, err := f.head(ctx, placeOf(p.GetHead().GetRepo()), p.GetHead().GetRef())
	if errors.Is(err, forge.ErrNotFound) || errors.Is(err, forge.ErrInvalid) {
		return p.GetHead().GetSHA(), nil
	}
	return head, err
}

func (f *Forge) pull(ctx context.Context, number int) (*github.PullRequest, error) {
	if number <= 0 {
		return nil, forge.Errorf(forge.ErrNotFound, nil, "There is no pull request %d.", number)
	}
	p, _, err := f.client.PullRequests.Get(ctx, f.up.owner, f.up.repo, number)
	if err != nil {
		return nil, f.fault(err, fmt.Sprintf("There is no pull request %d in %s, or you may not see it.", number, f.up))
	}
	return p, nil
}

// Diff implements forge.Forge. It compares the trees of where the branch left
// the base and of the branch's head: GitHub's own list of files has neither the
// old bytes nor more than 300 files. A file of which it is unclear what it was before
// shows as a whole.
func (f *Forge) Diff(ctx context.Context, number int, wanted func(path string, size int) bool) ([]forge.Change, error) {
	p, err := f.pull(ctx, number)
	if err != nil {
		return nil, err
	}
	base := p.GetBase().GetSHA() // once merged, the base's head before
	if p.GetState() == "open" {
		if base, err = f.head(ctx, f.up, p.GetBase().GetRef()); err != nil {
			return nil, err
		}
	}
	head, err := f.pullHead(ctx, p)
	if err != nil {
		return nil, err
	}
	before, err := f.ancestor(ctx, base, head)
	if err != nil {
		return nil, err
	}
	after, err := f.tree(ctx, f.up, head)
	if err != nil {
		return nil, err
	}
	if before.truncated || after.truncated {
		return nil, forge.Errorf(forge.ErrTooLarge, nil, "The repository has more files than can be listed at once. Look at the pull request on GitHub.")
	}
	paths := map[string]bool{}
	for path, e := range before.entries {
		if n := after.entries[path]; n == nil || n.GetSHA() != e.GetSHA() || n.GetMode() != e.GetMode() {
			paths[path] = true
		}
	}
	for path := range after.entries {
		if before.entries[path] == nil && !before.unclear[path] {
			paths[path] = true
		}
	}
	if len(before.unclear) > 0 {
		onto, err := f.tree(ctx, f.up, base)
		if err != nil {
			return nil, err
		}
		for path := range before.unclear {
			if !same(onto.entries[path], after.entries[path]) {
				paths[path] = true
			}
		}
	}
	changes := []forge.Change{}
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		change := forge.Change{Path: path}
		old, new := before.entries[path], after.entries[path]
		read := wanted == nil || wanted(path, max(old.GetSize(), new.GetSize()))
		for _, side := range []struct {
			tree  *commitTree
			entry *github.TreeEntry
			id    *string
			data  *[]byte
		}{{before.commitTree, old, &change.OldBlob, &change.Old}, {after, new, &change.NewBlob, &change.New}} {
			if side.entry == nil || !isFile(side.entry) {
				continue
			}
			*side.id = side.entry.GetSHA()
			if read {
				if *side.data, err = f.blob(ctx, side.tree.at, *side.id); err != nil {
					return nil, err
				}
			}
		}
		changes = append(changes, change)
	}
	return changes, nil
}

// Merge implements forge.Forge: it is ErrUnsupported.
func (f *Forge) Merge(ctx context.Context, number int, head string) (forge.PullRequest, error) {
	return forge.PullRequest{}, forge.Errorf(forge.ErrUnsupported, nil, "Pull requests are merged on GitHub, where their reviews and checks are.")
}

// ofBranch lists the pull requests of a branch of the repository or of a fork,
// whatever their state and base. The owner of the repository is the one that
// GitHub names today: under an old name of a renamed one, the filter would find
// nothing.
func (f *Forge) ofBranch(ctx context.Context, owner, branch string) ([]*github.PullRequest, error) {
	list, _, err := f.client.PullRequests.List(ctx, f.up.owner, f.up.repo, &github.PullRequestListOptions{
		State: "all", Head: owner + ":" + branch, ListOptions: github.ListOptions{PerPage: 100},
	})
	if code(err) == http.StatusUnprocessableEntity { // a head that nobody knows
		return nil, nil
	}
	if err != nil {
		return nil, f.fault(err, f.noRepository())
	}
	var own []*github.PullRequest
	for _, p := range list {
		// GitHub ignores a filter that it cannot read, and lists everything.
		from, _, _ := strings.Cut(p.GetHead().GetLabel(), ":")
		if p.GetHead().GetRef() == branch && strings.EqualFold(from, owner) {
			own = append(own, p)
		}
	}
	return own, nil
}
