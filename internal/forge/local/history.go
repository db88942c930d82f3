package local

import (
	"context"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// maxLooked is how many commits are looked at for those that changed a file.
const maxLooked = 500

// History implements forge.Forge.
func (f *Forge) History(ctx context.Context, branch, path, since string) ([]forge.Edit, error) {
	if err := forge.CheckReadPath(path); err != nil {
		return nil, err
	}
	var list []forge.Edit
	err := f.read(ctx, func(r *repository) error {
		list = []forge.Edit{}
		head, err := branchCommit(r, branch)
		if err != nil {
			return err
		}
		seen := map[plumbing.Hash]bool{}
		for todo := []*object.Commit{head}; len(todo) > 0 && len(seen) < maxLooked && len(list) < forge.MaxHistory; {
			c := todo[0]
			todo = todo[1:]
			if seen[c.Hash] {
				continue
			}
			seen[c.Hash] = true
			if err := ctx.Err(); err != nil {
				return err
			}
			edit, next, err := editOf(r, c, path)
			if err != nil {
				return err
			}
			if edit != nil {
				if edit.New != nil && forge.BlobID(edit.New) == since {
					continue
				}
				list = append(list, *edit)
			}
			todo = append(todo, next...)
		}
		return nil
	})
	return list, err
}

// editOf is what a commit did to a file, and where to look further. It did
// nothing where one of its parents has the same: then there alone.
func editOf(r *repository, c *object.Commit, path string) (*forge.Edit, []*object.Commit, error) {
	file, err := readFile(r, c, path)
	if err != nil {
		return nil, nil, err
	}
	var before *forge.File
	var parents []*object.Commit
	for i := range c.NumParents() {
		parent, err := c.Parent(i)
		if err != nil {
			return nil, nil, err
		}
		had, err := readFile(r, parent, path)
		if err != nil {
			return nil, nil, err
		}
		if blobOf(had) == blobOf(file) {
			return nil, []*object.Commit{parent}, nil
		}
		if i == 0 {
			before = had
		}
		parents = append(parents, parent)
	}
	if len(parents) == 0 && file == nil {
		return nil, nil, nil
	}
	title, _, _ := strings.Cut(c.Message, "\n")
	edit := &forge.Edit{Commit: c.Hash.String(), Title: title, Author: forge.Person{Name: c.Author.Name, Email: c.Author.Email}}
	if before != nil {
		edit.Old = before.Data
	}
	if file != nil {
		edit.New = file.Data
	}
	return edit, parents, nil
}

func blobOf(f *forge.File) string {
	if f == nil {
		return ""
	}
	return f.Blob
}
