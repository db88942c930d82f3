package local

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// Removed implements forge.Forge.
func (f *Forge) Removed(ctx context.Context, branch, folder string) ([]forge.Removal, error) {
	if folder != "" {
		if err := forge.CheckReadPath(folder); err != nil {
			return nil, err
		}
		folder += "/"
	}
	var list []forge.Removal
	err := f.read(ctx, func(r *repository) error {
		list = []forge.Removal{}
		head, err := branchCommit(r, branch)
		if err != nil {
			return err
		}
		commits, err := r.Log(&git.LogOptions{From: head.Hash, Order: git.LogOrderCommitterTime})
		if err != nil {
			return err
		}
		defer commits.Close()
		seen := map[string]bool{}
		for range maxLooked {
			c, err := commits.Next()
			if errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := removedBy(ctx, r, head, c, folder, seen, &list); err != nil || len(list) == forge.MaxRemovals {
				return err
			}
		}
		return nil
	})
	return list, err
}

// removedBy adds to a list what a commit took away in a folder. A merge takes
// nothing away that a commit before it did not.
func removedBy(ctx context.Context, r *repository, head, c *object.Commit, folder string, seen map[string]bool, list *[]forge.Removal) error {
	if c.NumParents() != 1 {
		return nil
	}
	parent, err := c.Parent(0)
	if err != nil {
		return err
	}
	deltas, err := compare(r, parent.TreeHash, c.TreeHash)
	if err != nil {
		return err
	}
	var moved map[string]bool // once for all files of the commit
	for _, d := range deltas {
		if d.new != nil || !d.old.Mode.IsFile() || seen[d.path] || !strings.HasPrefix(d.path, folder) {
			continue
		}
		seen[d.path] = true
		if there, err := entryAt(r, head.TreeHash, d.path); err != nil {
			return err
		} else if there != nil {
			continue
		}
		if moved == nil {
			if moved, err = movedBy(ctx, c); err != nil {
				return err
			}
		}
		if moved[d.path] {
			continue
		}
		title, _, _ := strings.Cut(c.Message, "\n")
		*list = append(*list, forge.Removal{
			Path: d.path, Commit: c.Hash.String(), Title: title,
			Author: forge.Person{Name: c.Author.Name, Email: c.Author.Email}, When: c.Committer.When,
		})
		if len(*list) == forge.MaxRemovals {
			return nil
		}
	}
	return nil
}

// movedBy are the paths that files had before a commit put them elsewhere.
func movedBy(ctx context.Context, c *object.Commit) (map[string]bool, error) {
	moved := map[string]bool{}
	_, err := renamed(ctx, c, func(from, to string) bool {
		if from != "" && to != "" && from != to {
			moved[from] = true
		}
		return false // all of them
	})
	return moved, err
}
