package local

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/format/index"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// moveBranch moves a branch from one commit to another. Where the branch is
// checked out, its files and the index are brought along: under Git's own lock
// on the index, only if no tracked file differs from the old commit, and never
// over a file that Git does not know. Otherwise nothing is moved, as the next
// commit there would undo the change. ErrStale when the branch is not at old. See
// move about what happens when the process is killed meanwhile.
func (f *Forge) moveBranch(r *repository, branch string, old, new *object.Commit) error {
	name := plumbing.NewBranchReferenceName(branch)
	if err := f.checkedOutElsewhere(name); err != nil {
		return err
	}
	head, err := f.dirs.headOf(f.dirs.git)
	if err != nil {
		return err
	}
	deltas, err := compare(r, old.TreeHash, new.TreeHash)
	if err != nil {
		return err
	}
	if err := checkDeltas(r, deltas); err != nil {
		return err
	}
	if f.dirs.work == "" || head != name {
		return moved(f.setRef(r, name, old.Hash, new.Hash), branch)
	}

	// What a killed process left half moved would look like somebody's changes.
	if _, err := f.recover(r); err != nil {
		return err
	}
	m, err := f.beginMove(name, old, new)
	if err != nil {
		return err
	}
	idx, err := f.index(r)
	if err == nil {
		err = f.checkClean(r, idx, old, deltas)
	}
	if err == nil {
		err = moved(f.setRef(r, name, old.Hash, new.Hash), branch)
	}
	if err != nil {
		return errors.Join(err, f.endMove())
	}
	// A file that somebody changed in this moment stays theirs, as git status shows.
	if _, err := f.follow(r, m, idx, deltas); err != nil {
		f.unlockIndex() // so that Git can be used in the folder
		return halfMoved(err, name)
	}
	return nil
}

// index reads Git's list of the files of the work tree. As in Git, a file that is
// there though a sparse checkout leaves it out is looked after.
func (f *Forge) index(r *repository) (*index.Index, error) {
	idx, err := r.Storer.Index()
	folder := filepath.Base(f.dirs.top)
	switch {
	case errors.Is(err, index.ErrUnknownExtension):
		return nil, forge.Errorf(forge.ErrUnavailable, err, "Git's index in the folder %s is split or sparse, which Galley does not read, so nothing was changed. Run git update-index --no-split-index there, or git sparse-checkout reapply --no-sparse-index.", folder)
	case errors.Is(err, index.ErrInvalidChecksum):
		return nil, forge.Errorf(forge.ErrUnavailable, err, "Git's index in the folder %s has no checksum, or not the right one, so nothing was changed. Run git config index.skipHash false && git update-index --force-write-index there.", folder)
	case err != nil:
		return nil, err
	}
	cfg, err := gitConfig(f.dirs.common, f.dirs.git)
	if err != nil || !isTrue(cfg.Raw.Section("core").Option("sparseCheckout")) {
		return idx, err
	}
	for _, e := range idx.Entries {
		if e.SkipWorktree {
			_, err := os.Lstat(f.onDisk(e.Name))
			e.SkipWorktree = err != nil
		}
	}
	return idx, nil
}

// checkClean refuses a work tree in which a tracked file is not as the commit
// has it, or an untracked one is where a file is to be written.
func (f *Forge) checkClean(r *repository, idx *index.Index, head *object.Commit, deltas []delta) error {
	tracked := map[string]bool{}
	entries := map[string]object.TreeEntry{}
	err := walk(r, head.TreeHash, "", func(path string, e object.TreeEntry) error {
		entries[path] = e
		return nil
	})
	if err != nil {
		return err
	}
	dirty := func(path string) error {
		return forge.Errorf(forge.ErrConflict, nil, "The folder %s has changes that are not committed (%s). Commit or put them aside first, so that they are not lost.", filepath.Base(f.dirs.top), path)
	}
	for _, e := range idx.Entries {
		tracked[e.Name] = true
		committed, ok := entries[e.Name]
		if !ok || committed.Hash != e.Hash || committed.Mode != e.Mode || e.Stage != 0 || e.IntentToAdd {
			return dirty(e.Name)
		}
		delete(entries, e.Name)
		if e.SkipWorktree || e.Mode == filemode.Submodule {
			continue
		}
		if same, err := f.unchanged(e); err != nil {
			return err
		} else if !same {
			if f.converted(e) {
				return forge.Errorf(forge.ErrConflict, nil, "%s in the folder %s is not byte for byte what is committed: Git converts it (line endings, or a filter such as LFS), which Galley does not do. Nothing was merged; merge with git in that folder, or let it check out another branch first.", e.Name, filepath.Base(f.dirs.top))
			}
			return dirty(e.Name)
		}
	}
	for path := range entries {
		return dirty(path) // taken out of the index
	}
	for _, d := range deltas {
		// Neither a file that Git does not know nor, in the place of one of its
		// folders, another file or a link may be there.
		for p := d.path; p != "."; p = path.Dir(p) {
			info, err := os.Lstat(f.onDisk(p))
			if err == nil && (p == d.path || !info.IsDir()) && !tracked[p] {
				return dirty(p)
			}
			if err != nil && !errors.Is(err, fs.ErrNotExist) && !f.behindFile(p) {
				return err
			}
		}
	}
	return nil
}

// converted tells whether a file that differs on disk seems to do so because
// Git converts it: only in its line endings, or by a filter in the attributes.
func (f *Forge) converted(e *index.Entry) bool {
	if isLink(e.Mode) {
		return false
	}
	if info, err := os.Lstat(f.onDisk(e.Name)); err != nil || !info.Mode().IsRegular() {
		return false
	}
	data, err := os.ReadFile(f.onDisk(e.Name))
	if err != nil {
		return false
	}
	if forge.BlobID(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))) == e.Hash.String() {
		return true
	}
	for _, file := range []string{f.onDisk(".gitattributes"), filepath.Join(f.dirs.common, "info", "attributes")} {
		if text, err := os.ReadFile(file); err == nil && bytes.Contains(text, []byte("filter=")) {
			return true
		}
	}
	return false
}

func (f *Forge) onDisk(path string) string {
	return filepath.Join(f.dirs.work, filepath.FromSlash(path))
}

// unchanged tells whether a file on disk has the content that the index has.
func (f *Forge) unchanged(e *index.Entry) (bool, error) {
	info, err := os.Lstat(f.onDisk(e.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	// A pipe would be waited at when it is read.
	if kind := info.Mode().Type(); isLink(e.Mode) != (kind == fs.ModeSymlink) || kind != fs.ModeSymlink && kind != 0 {
		return false, nil
	}
	// The content is compared even where size and time agree: a file changed within
	// the second in which the index was written would else pass as unchanged, and a
	// merge is rare enough to read a site for.
	var data []byte
	if isLink(e.Mode) {
		target, err := os.Readlink(f.onDisk(e.Name))
		if err != nil {
			return false, err
		}
		data = []byte(target)
	} else {
		if info.Size() != int64(e.Size) {
			return false, nil
		}
		if data, err = os.ReadFile(f.onDisk(e.Name)); err != nil {
			return false, err
		}
	}
	return forge.BlobID(data) == e.Hash.String(), nil
}

// bring makes a file of the work tree, and its entry in the index, what the new
// commit has. The mark is in the name that the file has until it is whole.
func (f *Forge) bring(r *repository, root *os.Root, idx *index.Index, d delta, mark string) error {
	if d.fault != "" {
		return fmt.Errorf("%q: %s", d.path, d.fault)
	}
	name := path.Base(d.path)
	if err := d.enter(idx); err != nil {
		return err
	}
	if d.new == nil {
		return f.remove(root, d.path)
	}
	entry, err := idx.Entry(d.path)
	if err != nil {
		return err
	}
	if d.new.Mode == filemode.Submodule || entry.SkipWorktree {
		return nil
	}
	data, err := blob(r.Storer, d.new.Hash)
	if err != nil {
		return err
	}
	dir, err := f.folder(root, path.Dir(d.path), true)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := f.writeFile(dir, name, data, d.new.Mode, tmpName(mark)); err != nil {
		return err
	}
	info, err := dir.Lstat(name)
	if err != nil {
		return err
	}
	entry.Size = uint32(info.Size())
	entry.ModifiedAt = info.ModTime()
	return nil
}

// remove takes a file out of the work tree, and the folders that it leaves
// empty.
func (f *Forge) remove(root *os.Root, file string) error {
	for p := file; p != "."; p = path.Dir(p) {
		dir, err := f.folder(root, path.Dir(p), false)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		err = dir.Remove(path.Base(p))
		dir.Close()
		if p == file && err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if p != file && err != nil { // not empty
			break
		}
	}
	return nil
}

// folder opens a folder of the work tree, and makes it where asked to. No part
// of the path may be a symbolic link, which could lead anywhere, Git's own
// folder included, nor be that folder under a name that only this file system
// knows it by.
func (f *Forge) folder(root *os.Root, p string, create bool) (*os.Root, error) {
	dir, err := root.OpenRoot(".")
	if err != nil || p == "." {
		return dir, err
	}
	for name := range strings.SplitSeq(p, "/") {
		if create {
			if err := dir.Mkdir(name, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
				dir.Close()
				return nil, err
			}
		}
		next, err := f.step(dir, name)
		dir.Close()
		if err != nil {
			return nil, err
		}
		dir = next
	}
	return dir, nil
}

// step opens a folder within another.
func (f *Forge) step(dir *os.Root, name string) (*os.Root, error) {
	seen, err := dir.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !seen.IsDir() {
		return nil, fmt.Errorf("%q is not a folder", name)
	}
	for _, own := range []string{f.dirs.git, f.dirs.common} {
		if info, err := os.Stat(own); err == nil && os.SameFile(info, seen) {
			return nil, fmt.Errorf("%q is Git's own folder", name)
		}
	}
	next, err := dir.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	// It may have been replaced between the look and the opening.
	if info, err := next.Stat("."); err != nil || !os.SameFile(info, seen) {
		next.Close()
		return nil, errors.Join(fmt.Errorf("%q was replaced meanwhile", name), err)
	}
	return next, nil
}

// tmpName is the name of a file in the work tree that is being written.
func tmpName(mark string) string { return ".galley-" + mark }

// writeFile puts a file or a symbolic link in place by renaming, so that nobody
// reads half of it.
func (f *Forge) writeFile(dir *os.Root, name string, data []byte, mode filemode.FileMode, tmpName string) error {
	defer dir.Remove(tmpName) // nothing is there after the renaming
	if isLink(mode) {
		if err := dir.Symlink(string(data), tmpName); err != nil {
			return err
		}
		f.stepped()
		return dir.Rename(tmpName, name)
	}
	perm := fs.FileMode(0o644)
	if mode == filemode.Executable {
		perm = 0o755
	}
	tmp, err := dir.OpenFile(tmpName, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	if err := errors.Join(err, tmp.Chmod(perm), tmp.Close()); err != nil {
		return err
	}
	f.stepped()
	return dir.Rename(tmpName, name)
}
