package github

import (
	"context"
	"strings"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// History implements forge.Forge. GitHub lists the commits that changed the
// file; what they made of it is in their trees, which are kept by their ids.
func (f *Forge) History(ctx context.Context, branch, path, since string) ([]forge.Edit, error) {
	if err := forge.CheckReadPath(path); err != nil {
		return nil, err
	}
	at, head, err := f.locate(ctx, branch)
	if err != nil {
		return nil, err
	}
	commits, _, err := f.client.Repositories.ListCommits(ctx, at.owner, at.repo, &github.CommitsListOptions{
		SHA: head, Path: path, ListOptions: github.ListOptions{PerPage: forge.MaxHistory},
	})
	if err != nil {
		return nil, f.fault(err, f.noRepository())
	}
	list := []forge.Edit{}
	for _, c := range commits[:min(len(commits), forge.MaxHistory)] {
		after, err := f.fileAt(ctx, at, c.GetSHA(), path)
		if err != nil {
			return nil, err
		}
		if after != nil && after.Blob == since {
			break
		}
		edit := forge.Edit{Commit: c.GetSHA(), Author: authorOf(c)}
		edit.Title, _, _ = strings.Cut(c.GetCommit().GetMessage(), "\n")
		same := false
		for i, parent := range c.Parents {
			before, err := f.fileAt(ctx, at, parent.GetSHA(), path)
			if err != nil {
				return nil, err
			}
			same = same || before == nil && after == nil || before != nil && after != nil && before.Blob == after.Blob
			if i == 0 && before != nil {
				edit.Old = before.Data
			}
		}
		if same {
			continue
		}
		if after != nil {
			edit.New = after.Data
		}
		list = append(list, edit)
	}
	return list, nil
}

// fileAt reads a file of a commit; nil when it is not there.
func (f *Forge) fileAt(ctx context.Context, at place, commit, path string) (*forge.File, error) {
	if !forge.IsID(commit) {
		return nil, nil
	}
	t, err := f.tree(ctx, at, commit)
	if err != nil {
		return nil, err
	}
	return f.file(ctx, t, path)
}

// authorOf is who wrote a commit: GitHub's person, where it knows them.
func authorOf(c *github.RepositoryCommit) forge.Person {
	who := c.GetCommit().GetAuthor()
	return forge.Person{Login: c.GetAuthor().GetLogin(), Name: who.GetName(), Email: who.GetEmail()}
}
