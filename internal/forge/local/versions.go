package local

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// maxWalked is how many commits are looked at for one page of versions.
const maxWalked = 1000

// Versions implements forge.Forge. Git keeps no list of a file's commits: they are
// found by going back from the branch's head, the newest first.
func (f *Forge) Versions(ctx context.Context, branch, path string, from []forge.Place) (forge.Versions, error) {
	var page forge.Versions
	if err := forge.CheckReadPath(path); err != nil {
		return page, err
	}
	if err := forge.CheckPlaces(from); err != nil {
		return page, err
	}
	err := f.read(ctx, func(r *repository) error {
		page = forge.Versions{}
		head, err := branchCommit(r, branch)
		if err != nil {
			return err
		}
		w := walker{r: r, blobs: map[string]plumbing.Hash{}, seen: map[string]bool{}}
		if from == nil {
			w.add(head, path)
		}
		for _, p := range from {
			c, err := r.CommitObject(plumbing.NewHash(p.Commit))
			if err != nil {
				return err
			}
			w.add(c, p.Path)
		}
		for looked := 0; len(w.todo) > 0 && looked < maxWalked && len(page.List) < forge.VersionsPage; looked++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			v, err := w.step(ctx)
			if err != nil {
				return err
			}
			if v != nil {
				page.List = append(page.List, *v)
			}
		}
		for _, p := range w.todo[:min(len(w.todo), forge.MaxPlaces)] {
			page.Next = append(page.Next, forge.Place{Commit: p.commit.Hash.String(), Path: p.path})
		}
		return nil
	})
	return page, err
}

// Version implements forge.Forge.
func (f *Forge) Version(ctx context.Context, branch, commit, path string) (forge.File, error) {
	var file forge.File
	if err := forge.CheckReadPath(path); err != nil {
		return file, err
	}
	if !forge.IsID(commit) {
		return file, forge.Errorf(forge.ErrInvalid, nil, "%q is no commit.", commit)
	}
	err := f.read(ctx, func(r *repository) error {
		if _, err := branchCommit(r, branch); err != nil {
			return err
		}
		c, err := r.CommitObject(plumbing.NewHash(commit))
		if err != nil {
			return err
		}
		found, err := readFile(r, c, path)
		if err != nil {
			return err
		}
		if found == nil {
			return forge.Errorf(forge.ErrNotFound, nil, "There is no file %s in the commit %.10s.", path, commit)
		}
		file = *found
		return nil
	})
	return file, err
}

// walker goes back through commits for those that changed a file.
type walker struct {
	r     *repository
	todo  []walked // the newest first
	seen  map[string]bool
	blobs map[string]plumbing.Hash // by tree and path in it
}

// walked is a commit, and what the file is called there.
type walked struct {
	commit *object.Commit
	path   string
}

// add puts a commit among those that are to be looked at.
func (w *walker) add(c *object.Commit, path string) {
	if key := c.Hash.String() + path; !w.seen[key] {
		w.seen[key] = true
		at, _ := slices.BinarySearchFunc(w.todo, c, func(other walked, c *object.Commit) int {
			if other.commit.Committer.When.Before(c.Committer.When) {
				return 1
			}
			return -1 // those of one second in the order in which they came
		})
		w.todo = slices.Insert(w.todo, at, walked{c, path})
	}
}

// step looks at one commit: the version that it made, or nil. A commit did
// nothing where one of its parents has the same: then there alone it goes on.
func (w *walker) step(ctx context.Context) (*forge.Version, error) {
	at := w.todo[0]
	w.todo = w.todo[1:]
	c := at.commit
	file, err := w.blob(c.TreeHash, at.path)
	if err != nil {
		return nil, err
	}
	had := false
	var parents []*object.Commit
	for i := range c.NumParents() {
		parent, err := c.Parent(i)
		if err != nil {
			return nil, err
		}
		before, err := w.blob(parent.TreeHash, at.path)
		if err != nil {
			return nil, err
		}
		if before == file {
			w.add(parent, at.path)
			return nil, nil
		}
		had = had || !before.IsZero()
		parents = append(parents, parent)
	}
	if len(parents) == 0 && file.IsZero() {
		return nil, nil
	}
	path := at.path
	if !had && len(parents) > 0 {
		from, err := renamed(ctx, c, func(from, to string) bool { return to == at.path && from != "" })
		if err != nil {
			return nil, err
		}
		if from.From.Name != "" && forge.CheckReadPath(from.From.Name) == nil {
			path, parents = from.From.Name, parents[:1]
		}
	}
	for _, parent := range parents {
		w.add(parent, path)
	}
	title, message, _ := strings.Cut(c.Message, "\n")
	return &forge.Version{
		Commit: c.Hash.String(), Path: at.path, Title: title, Message: strings.TrimSpace(message), Time: c.Author.When,
		Author: forge.Person{Name: c.Author.Name, Email: c.Author.Email},
	}, nil
}

// blob is the id of a regular file in a tree; zero where there is none. Folders
// that many commits have as they are, are read once.
func (w *walker) blob(tree plumbing.Hash, path string) (plumbing.Hash, error) {
	key := tree.String() + path
	if id, ok := w.blobs[key]; ok {
		return id, nil
	}
	t, err := w.r.TreeObject(tree)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	name, rest, deeper := strings.Cut(path, "/")
	var id plumbing.Hash
	for _, e := range t.Entries {
		switch {
		case e.Name != name:
		case deeper:
			if id, err = w.blob(e.Hash, rest); err != nil && !errors.Is(err, plumbing.ErrObjectNotFound) {
				return plumbing.ZeroHash, err
			}
		case e.Mode.IsFile() && !isLink(e.Mode):
			id = e.Hash
		}
	}
	w.blobs[key] = id
	return id, nil
}
