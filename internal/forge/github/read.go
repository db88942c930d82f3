package github

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// commitTree is everything in one commit: files, links and submodules.
type commitTree struct {
	at        place
	commit    string
	entries   map[string]*github.TreeEntry
	truncated bool                 // GitHub lists 100,000 entries and 7 MB at most
	files     func() []forge.Entry // the regular ones, by path; made once
}

// Modes of entries in a tree, as Git writes them.
const (
	modeFile       = "100644"
	modeExecutable = "100755"
)

func isFile(e *github.TreeEntry) bool {
	return e.GetType() == "blob" && (e.GetMode() == modeFile || e.GetMode() == modeExecutable)
}

// list sorts the regular files of a commit.
func (t *commitTree) list() []forge.Entry {
	var list []forge.Entry
	for path, e := range t.entries {
		if isFile(e) {
			list = append(list, forge.Entry{Path: path, Blob: e.GetSHA(), Size: e.GetSize()})
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Path < list[j].Path })
	return list
}

// tree lists a commit of a repository. It is asked for once, as the commit names
// it.
func (f *Forge) tree(ctx context.Context, at place, commit string) (*commitTree, error) {
	if kept := f.trees.get(at, commit); kept != nil {
		return kept, nil
	}
	answer, _, err := f.client.Git.GetTree(ctx, at.owner, at.repo, commit, true)
	if code(err) == http.StatusConflict { // "Git Repository is empty."
		t := &commitTree{at: at, commit: commit}
		t.files = t.list
		return t, nil
	}
	if err != nil {
		return nil, f.fault(err, f.noRepository())
	}
	t := &commitTree{at: at, commit: commit, entries: map[string]*github.TreeEntry{}, truncated: answer.GetTruncated()}
	for _, e := range answer.Entries {
		if e.GetType() != "tree" {
			t.entries[e.GetPath()] = e
		}
	}
	t.files = sync.OnceValue(t.list)
	if forge.IsID(answer.GetSHA()) && answer.Entries != nil { // GitHub's own, and not of somebody in between
		f.trees.put(t)
	}
	return t, nil
}

// find looks a path up in a commit; nil when nothing is there. A listing that
// was cut off is asked about by the contents API.
func (f *Forge) find(ctx context.Context, t *commitTree, path string) (*github.TreeEntry, error) {
	if e := t.entries[path]; e != nil || !t.truncated {
		return e, nil
	}
	file, _, _, err := f.client.Repositories.GetContents(ctx, t.at.owner, t.at.repo, path, &github.RepositoryContentGetOptions{Ref: t.commit})
	switch {
	case code(err) == http.StatusNotFound:
		return nil, nil
	case err != nil:
		return nil, f.fault(err, f.noRepository())
	case file == nil: // a folder
		return nil, nil
	}
	e := &github.TreeEntry{Path: &path, SHA: file.SHA, Size: file.Size, Type: github.Ptr("blob"), Mode: github.Ptr(modeFile)}
	if file.GetType() != "file" {
		e.Mode = github.Ptr("120000")
	}
	return e, nil
}

// Tree implements forge.Forge.
func (f *Forge) Tree(ctx context.Context, branch string) (forge.Tree, error) {
	at, head, err := f.locate(ctx, branch)
	if err != nil {
		return forge.Tree{}, err
	}
	t, err := f.tree(ctx, at, head)
	if err != nil {
		return forge.Tree{}, err
	}
	return forge.Tree{Commit: head, Truncated: t.truncated, Entries: slices.Clone(t.files())}, nil
}

// Read implements forge.Forge.
func (f *Forge) Read(ctx context.Context, branch, path string) (forge.File, error) {
	if err := forge.CheckReadPath(path); err != nil {
		return forge.File{}, err
	}
	at, head, err := f.locate(ctx, branch)
	if err != nil {
		return forge.File{}, err
	}
	t, err := f.tree(ctx, at, head)
	if err != nil {
		return forge.File{}, err
	}
	file, err := f.file(ctx, t, path)
	if err != nil {
		return forge.File{}, err
	}
	if file == nil {
		return forge.File{}, forge.Errorf(forge.ErrNotFound, nil, "There is no file %s on the branch %s.", path, branch)
	}
	return *file, nil
}

// file reads a regular file of a commit; nil when there is none.
func (f *Forge) file(ctx context.Context, t *commitTree, path string) (*forge.File, error) {
	e, err := f.find(ctx, t, path)
	if err != nil || e == nil || !isFile(e) {
		return nil, err
	}
	data, err := f.blob(ctx, t.at, e.GetSHA())
	if err != nil {
		return nil, err
	}
	return &forge.File{Entry: forge.Entry{Path: path, Blob: e.GetSHA(), Size: len(data)}, Commit: t.commit, Data: data}, nil
}

// Blob implements forge.Forge.
func (f *Forge) Blob(ctx context.Context, id string) ([]byte, error) {
	if !forge.IsID(id) {
		return nil, forge.Errorf(forge.ErrInvalid, nil, "%q is not the id of a file.", id)
	}
	return f.blob(ctx, f.up, id)
}

func (f *Forge) blob(ctx context.Context, at place, id string) ([]byte, error) {
	data, _, err := f.client.Git.GetBlobRaw(ctx, at.owner, at.repo, id)
	if err != nil {
		return nil, f.fault(err, "GitHub does not have that version of the file any more.")
	}
	if forge.BlobID(data) == id {
		return data, nil
	}
	// Half an answer, a page of somebody in between, or a server that does not
	// know the raw form and sends Base64 in JSON, broken into lines.
	if blob, _, err := f.client.Git.GetBlob(ctx, at.owner, at.repo, id); err == nil && blob.GetEncoding() == "base64" {
		data, err = base64.StdEncoding.DecodeString(strings.Join(strings.Fields(blob.GetContent()), ""))
		if err == nil && forge.BlobID(data) == id {
			return data, nil
		}
	}
	return nil, f.fault(errors.New("asked for blob "+id+" and got another"), "")
}
