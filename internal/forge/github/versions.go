package github

import (
	"context"
	"net/http"
	"strings"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// Versions implements forge.Forge. GitHub lists the commits that changed a path,
// and says of a commit's files what they were called before.
func (f *Forge) Versions(ctx context.Context, branch, path string, from []forge.Place) (forge.Versions, error) {
	var page forge.Versions
	if err := forge.CheckReadPath(path); err != nil {
		return page, err
	}
	if err := forge.CheckPlaces(from); err != nil {
		return page, err
	}
	at, head, err := f.locate(ctx, branch)
	if err != nil {
		return page, err
	}
	place := forge.Place{Commit: head, Path: path}
	if len(from) > 0 {
		place = from[0]
	}
	commits, answer, err := f.client.Repositories.ListCommits(ctx, at.owner, at.repo, &github.CommitsListOptions{
		SHA: place.Commit, Path: place.Path, ListOptions: github.ListOptions{PerPage: forge.VersionsPage, Page: place.Page + 1},
	})
	if err != nil {
		return page, f.fault(err, f.noRepository())
	}
	for _, c := range commits {
		taken, err := f.takenOver(ctx, at, c, place.Path)
		if err != nil {
			return page, err
		}
		if taken {
			continue
		}
		v := forge.Version{Commit: c.GetSHA(), Path: place.Path, Author: authorOf(c), Time: c.GetCommit().GetAuthor().GetDate().Time}
		v.Title, v.Message, _ = strings.Cut(c.GetCommit().GetMessage(), "\n")
		v.Message = strings.TrimSpace(v.Message)
		page.List = append(page.List, v)
	}
	switch {
	case answer.NextPage > 0:
		place.Page++
		page.Next = []forge.Place{place}
	case len(commits) > 0:
		before, err := f.calledBefore(ctx, at, commits[len(commits)-1], place.Path)
		if err != nil {
			return page, err
		}
		if before != nil {
			page.Next = []forge.Place{*before}
		}
	}
	return page, nil
}

// Version implements forge.Forge.
func (f *Forge) Version(ctx context.Context, branch, commit, path string) (forge.File, error) {
	if err := forge.CheckReadPath(path); err != nil {
		return forge.File{}, err
	}
	if !forge.IsID(commit) {
		return forge.File{}, forge.Errorf(forge.ErrInvalid, nil, "%q is no commit.", commit)
	}
	at, _, err := f.locate(ctx, branch)
	if err != nil {
		return forge.File{}, err
	}
	blob, err := f.blobIn(ctx, at, commit, path)
	if err != nil {
		return forge.File{}, err
	}
	if blob == "" {
		return forge.File{}, forge.Errorf(forge.ErrNotFound, nil, "There is no file %s in the commit %.10s.", path, commit)
	}
	data, err := f.blob(ctx, at, blob)
	if err != nil {
		return forge.File{}, err
	}
	return forge.File{Entry: forge.Entry{Path: path, Blob: blob, Size: len(data)}, Commit: commit, Data: data}, nil
}

// takenOver tells whether a commit is a merge that has the file of one of its
// parents.
func (f *Forge) takenOver(ctx context.Context, at place, c *github.RepositoryCommit, path string) (bool, error) {
	if len(c.Parents) < 2 {
		return false, nil
	}
	after, err := f.blobIn(ctx, at, c.GetSHA(), path)
	if err != nil {
		return false, err
	}
	for _, parent := range c.Parents {
		before, err := f.blobIn(ctx, at, parent.GetSHA(), path)
		if err != nil || before == after {
			return before == after, err
		}
	}
	return false, nil
}

// blobIn is the id of a file in a commit; "" where there is none. A commit's whole
// listing would be a long answer for one file.
func (f *Forge) blobIn(ctx context.Context, at place, commit, path string) (string, error) {
	if !forge.IsID(commit) {
		return "", nil
	}
	file, _, _, err := f.client.Repositories.GetContents(ctx, at.owner, at.repo, path, &github.RepositoryContentGetOptions{Ref: commit})
	switch {
	case code(err) == http.StatusNotFound:
		return "", nil
	case err != nil:
		return "", f.fault(err, f.noRepository())
	case file == nil || file.GetType() != "file" || !forge.IsID(file.GetSHA()):
		return "", nil
	}
	return file.GetSHA(), nil
}

// calledBefore is where a file's history goes on that a commit renamed; nil where
// it did not.
func (f *Forge) calledBefore(ctx context.Context, at place, c *github.RepositoryCommit, path string) (*forge.Place, error) {
	if len(c.Parents) == 0 {
		return nil, nil
	}
	file, err := f.fileOf(ctx, at, c.GetSHA(), func(file *github.CommitFile) bool { return file.GetFilename() == path })
	if err != nil || file == nil || file.GetStatus() != "renamed" {
		return nil, err
	}
	before := forge.Place{Commit: c.Parents[0].GetSHA(), Path: file.GetPreviousFilename()}
	if forge.CheckPlaces([]forge.Place{before}) != nil {
		return nil, nil // of a name that Galley reads nothing by
	}
	return &before, nil
}

// fileOf finds a file among those that a commit changed; nil where it is not there.
func (f *Forge) fileOf(ctx context.Context, at place, commit string, wanted func(*github.CommitFile) bool) (*github.CommitFile, error) {
	page := &github.ListOptions{PerPage: 100}
	for range maxFilePages {
		c, answer, err := f.client.Repositories.GetCommit(ctx, at.owner, at.repo, commit, page)
		if err != nil {
			return nil, f.fault(err, f.noRepository())
		}
		for _, file := range c.Files {
			if wanted(file) {
				return file, nil
			}
		}
		if page.Page = answer.NextPage; page.Page == 0 {
			break
		}
	}
	return nil, nil
}
