package local

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"galley/internal/forge"
)

// maxSymbolic is how many references HEAD is followed through, as in Git.
const maxSymbolic = 5

// headOf is the branch that a work tree has checked out, by its Git folder; "" when
// it is none. HEAD may name a reference that stands for another: what is committed
// there goes to the last of them.
func (d dirs) headOf(gitDir string) (plumbing.ReferenceName, error) {
	path, branch := filepath.Join(gitDir, "HEAD"), plumbing.ReferenceName("")
	for range maxSymbolic {
		text, err := readRef(path)
		if err != nil {
			return "", err
		}
		name, ok := symbolic(text)
		if !ok {
			return branch, nil
		}
		if err := name.Validate(); err != nil {
			return "", fmt.Errorf("%s: %w", path, err)
		}
		branch, path = name, filepath.Join(d.common, filepath.FromSlash(name.String()))
	}
	return "", fmt.Errorf("HEAD in %s goes through too many references", gitDir)
}

// checkedOutElsewhere refuses a branch that another work tree of the repository
// has checked out, whose files this one does not look after, or that any of them,
// this one too, comes back to when a rebase or a bisection ends there.
func (f *Forge) checkedOutElsewhere(name plumbing.ReferenceName) error {
	others, err := f.otherWorkTrees()
	if err != nil {
		return err
	}
	for _, dir := range others {
		head, err := f.dirs.headOf(dir)
		if err != nil {
			return unread(err, filepath.Join(dir, "HEAD"))
		}
		if head == name {
			return forge.Errorf(forge.ErrConflict, nil, "The branch %s is checked out in another folder of this repository. Switch that folder to another branch first.", name.Short())
		}
	}
	for _, dir := range append(others, f.dirs.git) {
		back, err := comesBack(dir)
		if err != nil {
			return unread(err, dir)
		}
		if slices.Contains(back, name) {
			return forge.Errorf(forge.ErrConflict, nil, "The branch %s is in the middle of a rebase or a bisection, which would put it back. End that first in its folder, as git status says there.", name.Short())
		}
	}
	return nil
}

// comesBack are the branches that a work tree sets, or checks out again, when what
// was begun there ends: as in Git, they count as checked out meanwhile.
func comesBack(gitDir string) ([]plumbing.ReferenceName, error) {
	var branches []plumbing.ReferenceName
	for _, file := range []string{"rebase-merge/head-name", "rebase-apply/head-name", "rebase-merge/update-refs", "BISECT_START"} {
		text, err := readRef(filepath.Join(gitDir, filepath.FromSlash(file)))
		if err != nil {
			return nil, err
		}
		// A line is a branch, or an id, which is no branch's name.
		for name := range strings.FieldsSeq(text) {
			branches = append(branches, plumbing.NewBranchReferenceName(strings.TrimPrefix(name, "refs/heads/")))
		}
	}
	return branches, nil
}

// otherWorkTrees are the Git folders of the repository's other work trees, the
// main one among them, whether or not their files are still there.
func (f *Forge) otherWorkTrees() ([]string, error) {
	linked := filepath.Join(f.dirs.common, "worktrees")
	// No pattern is matched, as the path may have brackets in it.
	entries, err := os.ReadDir(linked)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, unread(err, linked)
	}
	var dirs []string
	for _, e := range entries {
		if dir := filepath.Join(linked, e.Name()); dir != f.dirs.git {
			dirs = append(dirs, dir)
		}
	}
	// The HEAD of a bare repository checks nothing out.
	if f.dirs.git != f.dirs.common && !isBare(f.dirs.common) {
		dirs = append(dirs, f.dirs.common)
	}
	return dirs, nil
}

// unread says that it is not known what another work tree has checked out.
func unread(err error, path string) error {
	return forge.Errorf(forge.ErrUnavailable, err, "Which branches the other folders of this repository have checked out cannot be read, so none is moved. See whether %s can be read and is whole.", path)
}

// isBare tells whether a Git folder belongs to no work tree of its own.
func isBare(gitDir string) bool {
	cfg, err := gitConfig(gitDir, gitDir)
	return err == nil && cfg.Core.IsBare
}
