package local

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

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
// has checked out, whose files this one does not look after.
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
	return nil
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
	cfg, err := gitConfig(gitDir)
	return err == nil && cfg.Core.IsBare
}
