package github

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// MergeAll implements forge.Forge by GitHub's Git data API: a blob, a tree, a commit
// with all parents, and the branch moved forward to it. GitHub takes each pull request
// for merged whose head its base then has. The branch moves only from the commit that
// was looked at, since the merge comes right behind that.
func (f *Forge) MergeAll(ctx context.Context, o forge.Octopus) (string, error) {
	if err := o.Check(); err != nil {
		return "", err
	}
	up, err := f.repository(ctx)
	if err != nil {
		return "", err
	}
	forbidden := func(cause error) error {
		return forge.Errorf(forge.ErrForbidden, f.tokens.redact(cause), "You may not push to the branch %s of %s, so these pull requests are for somebody who may.", o.Base, f.up)
	}
	switch {
	case up.GetArchived():
		return "", forge.Errorf(forge.ErrForbidden, nil, "The repository %s is archived, so nothing can be added to it.", up.GetFullName())
	case !mayPush(up):
		return "", forbidden(nil)
	}
	made := "" // once, however often it is looked
	refusals := &submission{refused: map[string]int{}}
	for look := 1; ; look++ {
		id, err := f.mergeAll(ctx, o, &made)
		if err == nil {
			return id, nil
		}
		var again *errLook
		if err = refusals.open(ctx, "merge", err); !errors.As(err, &again) || look == looks {
			if again != nil {
				err = again.cause
			}
			switch c := code(err); {
			case isProtected(err):
				return "", forge.Errorf(forge.ErrForbidden, f.tokens.redact(err), "The rules of the repository do not let you write to the branch %s from here. Merge these pull requests on GitHub, one after the other.", o.Base)
			case c == http.StatusNotFound, c == http.StatusForbidden && !limited(err) && !isArchived(err):
				return "", forbidden(err)
			}
			return "", f.fault(err, f.noRepository())
		}
		f.log.WarnContext(ctx, "looking at a merge again", "branch", o.Base, "look", look, "cause", f.tokens.redact(again.cause))
		select {
		case <-time.After(backoff(f.pause, min(look, 4))):
		case <-ctx.Done():
		}
	}
}

// mergeAll looks once at what is there, and does what is missing. made is the commit,
// if an earlier look made it.
func (f *Forge) mergeAll(ctx context.Context, o forge.Octopus, made *string) (string, error) {
	head, err := f.head(ctx, f.up, o.Base)
	if err != nil {
		return "", err
	}
	if head != o.Head {
		found, err := f.findOctopus(ctx, o, head)
		if err == nil && found == "" {
			err = o.Moved()
		}
		return found, err
	}
	if *made == "" {
		if *made, err = f.octopus(ctx, o); err != nil {
			return "", err
		}
	}
	return *made, f.forward(ctx, f.up, o.Base, *made)
}

// maxSince is how far back a merge is looked for that was made before.
const maxSince = 10

// findOctopus finds the merge among the last commits of its base; "" for none.
func (f *Forge) findOctopus(ctx context.Context, o forge.Octopus, head string) (string, error) {
	parents := o.Parents()
	for range maxSince {
		c, _, err := f.client.Git.GetCommit(ctx, f.up.owner, f.up.repo, head)
		if err != nil || len(c.Parents) == 0 {
			return "", err
		}
		var ids []string
		for _, p := range c.Parents {
			ids = append(ids, p.GetSHA())
		}
		if slices.Equal(ids, parents) {
			tree, err := f.tree(ctx, f.up, head)
			if err != nil {
				return "", err
			}
			e, err := f.find(ctx, tree, o.Path)
			if err != nil || e.GetSHA() != forge.BlobID(o.Data) {
				return "", err
			}
			return head, nil
		}
		if head = ids[0]; head == o.Head {
			break
		}
	}
	return "", nil
}

// octopus makes the merge commit, which no branch has yet, and gives its id.
func (f *Forge) octopus(ctx context.Context, o forge.Octopus) (string, error) {
	base, err := f.tree(ctx, f.up, o.Head)
	if err != nil {
		return "", err
	}
	file, err := f.find(ctx, base, o.Path)
	if err != nil {
		return "", err
	}
	if file == nil || !isFile(file) {
		return "", forge.Errorf(forge.ErrNotFound, nil, "There is no file %s on the branch %s.", o.Path, o.Base)
	}
	pulls := make([]forge.PullRequest, len(o.Arms))
	for i, a := range o.Arms {
		if pulls[i], err = f.arm(ctx, o, a, base); err != nil {
			return "", err
		}
	}
	person, err := f.whoami(ctx)
	if err != nil {
		return "", err
	}
	message, err := o.Message(pulls, person)
	if err != nil {
		return "", err
	}
	blob, _, err := f.client.Git.CreateBlob(ctx, f.up.owner, f.up.repo, github.Blob{
		Content: github.Ptr(base64.StdEncoding.EncodeToString(o.Data)), Encoding: github.Ptr("base64"),
	})
	if err != nil {
		return "", err
	}
	if blob.GetSHA() != forge.BlobID(o.Data) {
		return "", fmt.Errorf("GitHub stored %s as blob %s", o.Path, blob.GetSHA())
	}
	from, err := f.treeOf(ctx, f.up, o.Head)
	if err != nil {
		return "", err
	}
	tree, _, err := f.client.Git.CreateTree(ctx, f.up.owner, f.up.repo, from, []*github.TreeEntry{
		{Path: &o.Path, Mode: github.Ptr(file.GetMode()), Type: github.Ptr("blob"), SHA: blob.SHA},
	})
	if err != nil {
		return "", err
	}
	commit := github.Commit{Message: github.Ptr(message.Commit()), Tree: &github.Tree{SHA: tree.SHA}}
	for _, id := range o.Parents() {
		commit.Parents = append(commit.Parents, &github.Commit{SHA: &id})
	}
	made, _, err := f.client.Git.CreateCommit(ctx, f.up.owner, f.up.repo, commit, nil)
	return made.GetSHA(), err
}

// arm sees that a pull request may be one of the merge's; base lists its head.
func (f *Forge) arm(ctx context.Context, o forge.Octopus, a forge.Arm, base *commitTree) (forge.PullRequest, error) {
	p, err := f.pull(ctx, a.Number)
	if err != nil {
		return forge.PullRequest{}, err
	}
	pr := f.public(p)
	if pr.Head, err = f.pullHead(ctx, p); err != nil {
		return pr, err
	}
	if err := o.Fits(a, pr); err != nil {
		return pr, err
	}
	before, err := f.ancestor(ctx, o.Head, a.Head)
	if err != nil {
		return pr, err
	}
	after, err := f.tree(ctx, f.up, a.Head)
	if err != nil {
		return pr, err
	}
	if !before.whole {
		return pr, forge.Errorf(forge.ErrTooLarge, nil, "Pull request %d has more commits than can be looked through. Merge it on GitHub.", a.Number)
	}
	if before.truncated || after.truncated {
		return pr, forge.Errorf(forge.ErrTooLarge, nil, "The repository has more files than can be listed at once. Merge pull request %d on GitHub.", a.Number)
	}
	if before.unclear[o.Path] {
		return pr, o.Crossed(a.Number)
	}
	for path := range before.unclear {
		if !same(base.entries[path], after.entries[path]) {
			return pr, o.Strays(a.Number, path)
		}
	}
	for path, e := range before.entries {
		if path != o.Path && !same(e, after.entries[path]) {
			return pr, o.Strays(a.Number, path)
		}
	}
	for path := range after.entries {
		if path != o.Path && before.entries[path] == nil && !before.unclear[path] {
			return pr, o.Strays(a.Number, path)
		}
	}
	return pr, nil
}
