package github

import (
	"context"
	"slices"
	"strings"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// samples is how many earlier states of a folder are looked at for files that are
// not there any more, among its last hundred commits.
const samples = 8

// Removed implements forge.Forge. GitHub does not list what is gone, and to ask for
// each commit of a folder what it took away would be a request for each. So some of
// the states that the folder had are held against the one that it has: what was
// added and taken away again between two of them is not found.
func (f *Forge) Removed(ctx context.Context, branch, folder string) ([]forge.Removal, error) {
	if folder != "" {
		if err := forge.CheckReadPath(folder); err != nil {
			return nil, err
		}
	}
	at, head, err := f.locate(ctx, branch)
	if err != nil {
		return nil, err
	}
	now, err := f.tree(ctx, at, head)
	if err != nil {
		return nil, err
	}
	if now.truncated {
		// What is there and not listed would be told as taken away.
		return nil, forge.Errorf(forge.ErrTooLarge, nil, "The repository has more files than can be listed at once, so what was deleted is not found here. Look on GitHub.")
	}
	commits, _, err := f.client.Repositories.ListCommits(ctx, at.owner, at.repo, &github.CommitsListOptions{
		SHA: head, Path: folder, ListOptions: github.ListOptions{PerPage: 100},
	})
	if err != nil {
		return nil, f.fault(err, f.noRepository())
	}
	var gone []string // the last ones first
	seen := map[string]bool{}
	for _, id := range states(commits) {
		then, err := f.tree(ctx, at, id)
		if err != nil {
			return nil, err
		}
		var more []string
		for path, e := range then.entries {
			if isFile(e) && now.entries[path] == nil && !seen[path] && (folder == "" || strings.HasPrefix(path, folder+"/")) {
				seen[path] = true
				more = append(more, path)
			}
		}
		slices.Sort(more)
		gone = append(gone, more...)
	}
	list := []forge.Removal{}
	known := map[string]*github.RepositoryCommit{}
	for _, path := range gone[:min(len(gone), 2*forge.MaxRemovals)] {
		if r, err := f.removal(ctx, at, head, path, known); err != nil {
			return nil, err
		} else if r != nil {
			list = append(list, *r)
		}
	}
	slices.SortStableFunc(list, func(a, b forge.Removal) int { return b.When.Compare(a.When) })
	return list[:min(len(list), forge.MaxRemovals)], nil
}

// states are the commits whose trees are looked at, and the one before them all.
func states(commits []*github.RepositoryCommit) []string {
	var ids []string
	for i := 1; i < len(commits); i += max(1, len(commits)/samples) {
		ids = append(ids, commits[i].GetSHA())
	}
	if n := len(commits); n > 0 {
		if parents := commits[n-1].Parents; len(parents) > 0 {
			ids = append(ids, parents[0].GetSHA())
		} else if n > 1 {
			ids = append(ids, commits[n-1].GetSHA())
		}
	}
	return ids
}

// removal is how a file went that is not on a branch; nil where it was renamed.
func (f *Forge) removal(ctx context.Context, at place, head, path string, known map[string]*github.RepositoryCommit) (*forge.Removal, error) {
	commits, _, err := f.client.Repositories.ListCommits(ctx, at.owner, at.repo, &github.CommitsListOptions{
		SHA: head, Path: path, ListOptions: github.ListOptions{PerPage: 1},
	})
	if err != nil {
		return nil, f.fault(err, f.noRepository())
	}
	if len(commits) == 0 {
		return nil, nil
	}
	id := commits[0].GetSHA()
	c := known[id]
	if c == nil {
		if c, _, err = f.client.Repositories.GetCommit(ctx, at.owner, at.repo, id, &github.ListOptions{PerPage: 100}); err != nil {
			return nil, f.fault(err, f.noRepository())
		}
		known[id] = c
	}
	for _, file := range c.Files {
		if file.GetStatus() == "renamed" && file.GetPreviousFilename() == path {
			return nil, nil
		}
	}
	title, _, _ := strings.Cut(c.GetCommit().GetMessage(), "\n")
	return &forge.Removal{Path: path, Commit: id, Author: authorOf(c), Title: title, When: c.GetCommit().GetCommitter().GetDate().Time}, nil
}
