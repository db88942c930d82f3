package github

import (
	"context"
	"strings"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// maxFilePages is how many pages of a commit's files are looked at; GitHub has
// 3,000 files at most.
const maxFilePages = 30

// Renamed implements forge.Forge. GitHub says of a commit's files what they were
// called before.
func (f *Forge) Renamed(ctx context.Context, branch, path string) (*forge.Rename, error) {
	if err := forge.CheckReadPath(path); err != nil {
		return nil, err
	}
	at, head, err := f.locate(ctx, branch)
	if err != nil {
		return nil, err
	}
	return forge.FollowRenames(ctx, f, branch, path, func(path string) (*forge.Rename, error) {
		commits, _, err := f.client.Repositories.ListCommits(ctx, at.owner, at.repo, &github.CommitsListOptions{
			SHA: head, Path: path, ListOptions: github.ListOptions{PerPage: 1},
		})
		if err != nil {
			return nil, f.fault(err, f.noRepository())
		}
		if len(commits) == 0 {
			return nil, nil
		}
		c := commits[0]
		file, err := f.fileOf(ctx, at, c.GetSHA(), func(file *github.CommitFile) bool {
			return file.GetStatus() == "renamed" && file.GetPreviousFilename() == path
		})
		if err != nil || file == nil {
			return nil, err
		}
		r := &forge.Rename{Path: file.GetFilename(), Commit: c.GetSHA(), Author: authorOf(c)}
		r.Title, _, _ = strings.Cut(c.GetCommit().GetMessage(), "\n")
		return r, nil
	})
}
