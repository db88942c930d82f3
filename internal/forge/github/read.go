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
	truncated bool                 // it is not all, and there is too much to list the rest
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
	t := &commitTree{at: at, commit: commit, entries: map[string]*github.TreeEntry{}}
	t.files = sync.OnceValue(t.list)
	listings := maxListings
	whole, err := f.fill(ctx, t, commit, "", &listings)
	if code(err) == http.StatusConflict { // "Git Repository is empty."
		return t, nil
	}
	if err != nil {
		return nil, f.fault(err, f.noRepository())
	}
	if whole {
		f.trees.put(t)
	}
	return t, nil
}

// What a listing is completed within where GitHub cuts it off: it lists 100,000
// entries and 7 MB at most.
const (
	maxListings = 200
	maxEntries  = 1 << 20
)

// fill adds what is in a tree, whose folder ends in a slash, to a listing. One
// that GitHub cuts off is asked for again folder by folder. It tells whether the
// answers were GitHub's own, and not of somebody in between.
func (f *Forge) fill(ctx context.Context, t *commitTree, id, folder string, listings *int) (bool, error) {
	ask := func(recursive bool) (*github.Tree, error) {
		*listings--
		answer, _, err := f.client.Git.GetTree(ctx, t.at.owner, t.at.repo, id, recursive)
		return answer, err
	}
	answer, err := ask(true)
	if err != nil {
		return false, err
	}
	own := forge.IsID(answer.GetSHA()) && answer.Entries != nil
	if answer.GetTruncated() && *listings > 0 {
		if answer, err = ask(false); err != nil {
			return false, err
		}
		own = own && forge.IsID(answer.GetSHA()) && answer.Entries != nil
		for _, e := range answer.Entries {
			if e.GetType() != "tree" || t.truncated {
				continue
			}
			if *listings <= 0 {
				t.truncated = true
				break
			}
			whole, err := f.fill(ctx, t, e.GetSHA(), folder+e.GetPath()+"/", listings)
			if err != nil {
				return false, err
			}
			own = own && whole
		}
	}
	t.truncated = t.truncated || answer.GetTruncated() || len(t.entries)+len(answer.Entries) > maxEntries
	for _, e := range answer.Entries {
		if e.GetType() != "tree" && len(t.entries) < maxEntries {
			e.Path = github.Ptr(folder + e.GetPath())
			t.entries[e.GetPath()] = e
		}
	}
	return own, nil
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
