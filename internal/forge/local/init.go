package local

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// Init makes a repository with a work tree in dir, with the files of fsys as
// the first commit on the branch main, and opens it. The folder must not be
// there, or be empty. It appears at once and whole, so that an end half-way
// leaves nothing to trip over; whoever loses a race against another process
// gets an error that is fs.ErrExist, and can Open what the other made.
func Init(dir string, fsys fs.FS, person forge.Person, clock func() time.Time) (*Forge, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return nil, forge.Errorf(forge.ErrInvalid, fs.ErrExist, "The folder %s is not empty.", dir)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), ".galley-init-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	if err := os.Chmod(tmp, 0o755); err != nil {
		return nil, err
	}
	if err := initIn(tmp, fsys, person, clock); err != nil {
		return nil, err
	}
	os.Remove(dir) // an empty folder may be in the way; a full one stays
	if err := os.Rename(tmp, dir); err != nil {
		if _, there := os.Stat(dir); there == nil {
			err = errors.Join(fs.ErrExist, err)
		}
		return nil, forge.Errorf(forge.ErrUnavailable, err, "The repository %s cannot be made.", dir)
	}
	return Open(dir, person, clock)
}

// initIn makes the repository of Init in an empty folder.
func initIn(dir string, fsys fs.FS, person forge.Person, clock func() time.Time) error {
	main := plumbing.NewBranchReferenceName("main")
	if _, err := git.PlainInitWithOptions(dir, &git.PlainInitOptions{InitOptions: git.InitOptions{DefaultBranch: main}}); err != nil {
		return err
	}
	d, err := findDirs(dir)
	if err != nil {
		return err
	}
	f := &Forge{dirs: d, person: person, clock: clock}
	if err := f.reopen(); err != nil {
		return err
	}
	files := map[string]object.TreeEntry{}
	err = fs.WalkDir(fsys, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, path)
		if err != nil {
			return err
		}
		id, err := putBlob(f.repo, data)
		files[path] = object.TreeEntry{Hash: id}
		return err
	})
	if err != nil {
		return err
	}
	tree, err := putFiles(f.repo, plumbing.ZeroHash, files)
	if err == nil && tree.IsZero() {
		tree, err = putTree(f.repo, nil)
	}
	if err != nil {
		return err
	}
	id, err := putCommit(f.repo, signature(person, clock()), "Begin the site\n", tree)
	if err != nil {
		return err
	}
	if err := f.setRef(f.repo, main, plumbing.ZeroHash, id); err != nil {
		return err
	}
	idx, err := f.repo.Storer.Index()
	if err != nil {
		return err
	}
	deltas, err := compare(f.repo, plumbing.ZeroHash, tree)
	if err != nil {
		return err
	}
	if err := checkDeltas(f.repo, deltas); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, delta := range deltas {
		if err := f.bring(f.repo, root, idx, delta, rand.Text()); err != nil {
			return err
		}
	}
	return f.repo.Storer.SetIndex(idx)
}
