package local

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"

	"galley/internal/forge"
)

// errMoved: a reference is not what it was expected to be.
var errMoved = errors.New("the reference has moved")

// setRef moves a reference from old to new, or makes it where old is the zero
// hash, or fails with errMoved.
//
// go-git's own compare-and-set takes a lock that plain Git does not look at,
// truncates the file before it writes, and cannot say "must not be there yet";
// and its listing takes lock files for references. So references are read and
// written here, and this follows Git's protocol: NAME.lock is made exclusively, with
// the new value in it, the present one is read under it, and it takes NAME's
// place by renaming. Git waits for, or fails at, the same file. As with Git, all that
// it names is on the disk before (see settle).
func (f *Forge) setRef(r *repository, name plumbing.ReferenceName, old, new plumbing.Hash) error {
	if old.IsZero() {
		if err := refConflict(r, name); err != nil {
			return err
		}
	}
	if err := r.objects.settle(); err != nil {
		return err
	}
	path := filepath.Join(f.dirs.common, filepath.FromSlash(name.String()))
	own, lock := filepath.Join(f.dirs.common, refFile), path+".lock"
	if err := writeOwn(own, []byte(new.String()+"\n")); err != nil {
		return err
	}
	defer os.Remove(own)
	f.stepped()
	ours := strings.HasPrefix(name.String(), "refs/galley/") || strings.HasPrefix(name.String(), "refs/heads/galley/")
	if err := takeLock(lock, own, ours); err != nil {
		return err
	}
	renamed := false
	defer func() {
		if !renamed { // another program may have the lock by now
			os.Remove(lock)
		}
	}()
	f.stepped()

	if _, target, err := r.loose(name); err != nil {
		return err
	} else if target != "" {
		return forge.Errorf(forge.ErrInvalid, nil, "The branch %s is another name of %s (a symbolic reference), so it is not written to. Use %[2]s.", name.Short(), target.Short())
	}
	have, err := r.reference(name)
	if err != nil {
		return err
	}
	if have != old {
		return fmt.Errorf("%s: %w", name, errMoved)
	}
	if old.IsZero() {
		// Git leaves empty folders behind where references were packed.
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			removeEmpty(path)
		}
	}
	if err := os.Rename(lock, path); err != nil {
		return err
	}
	renamed = true
	f.stepped()
	// The reference has moved, whatever becomes of the record.
	f.logRef(r, name, old, new)
	return nil
}

// refConflict finds a reference that a new one would have to be a folder of,
// or the other way round: Git can have only one of a/b and a.
func refConflict(r *repository, name plumbing.ReferenceName) error {
	refs, err := r.references("refs/")
	for ref := range refs {
		a, b := ref.String(), name.String()
		if strings.HasPrefix(a, b+"/") || strings.HasPrefix(b, a+"/") {
			return forge.Errorf(forge.ErrInvalid, nil, "The branch %s cannot be made, because there is a branch %s.", name.Short(), ref.Short())
		}
	}
	return err
}

// removeEmpty removes a folder that holds nothing but empty folders.
func removeEmpty(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if e.IsDir() {
			removeEmpty(filepath.Join(dir, e.Name()))
		}
	}
	os.Remove(dir) // fails where something is in it, as it should
}

// repository is go-git's view of the objects, and the folders of the references.
type repository struct {
	*git.Repository
	dirs    dirs
	objects *storage // what Repository reads
	// Answers that never change, as ids name what they are about.
	bases     kept[[2]plumbing.Hash, []plumbing.Hash] // of commonBases
	ancestors kept[string, plumbing.Hash]             // of ancestor, while objects.made has them
	paths     kept[[2]plumbing.Hash, []string]        // of changedPaths
	trees     kept[plumbing.Hash, []forge.Entry]      // of Tree, by commit
}

// kept remembers some answers; the zero value is empty. It forgets all of them
// when it is full, which costs asking again.
type kept[K comparable, V any] struct{ m map[K]V }

func (k *kept[K, V]) get(key K) (V, bool) {
	v, ok := k.m[key]
	return v, ok
}

func (k *kept[K, V]) put(key K, v V, limit int) {
	if k.m == nil || len(k.m) >= limit {
		k.m = map[K]V{}
	}
	k.m[key] = v
}

// reference gives the id that a reference holds; zero when it is not there, or
// stands for another.
func (r *repository) reference(name plumbing.ReferenceName) (plumbing.Hash, error) {
	id, target, err := r.loose(name)
	if err != nil || !id.IsZero() || target != "" {
		return id, err
	}
	packed, err := r.packed(name.String())
	if err != nil {
		return plumbing.ZeroHash, err
	}
	if id = packed[name]; id.IsZero() {
		// It may have been packed between the two looks, or unpacked.
		id, _, err = r.loose(name)
	}
	return id, err
}

// references gives all references whose names begin with prefix, but for those that
// stand for others.
func (r *repository) references(prefix string) (map[plumbing.ReferenceName]plumbing.Hash, error) {
	// Packed ones are read last, so that one that is packed meanwhile is found.
	loose := map[plumbing.ReferenceName]plumbing.Hash{}
	root := filepath.Join(r.dirs.common, filepath.FromSlash(strings.TrimSuffix(prefix, "/")))
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case e.IsDir() || strings.HasSuffix(path, ".lock"):
			return nil
		}
		rel, err := filepath.Rel(r.dirs.common, path)
		if err != nil {
			return err
		}
		name := plumbing.ReferenceName(filepath.ToSlash(rel))
		id, target, err := r.loose(name)
		if !id.IsZero() || target != "" {
			loose[name] = id
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	all, err := r.packed(prefix)
	maps.Copy(all, loose)
	// One that stands for another may have been packed when it did not.
	maps.DeleteFunc(all, func(_ plumbing.ReferenceName, id plumbing.Hash) bool { return id.IsZero() })
	return all, err
}

// loose reads a reference's own file: the id that it holds, or the name of another
// that it stands for, which no branch of a site does; neither where there is none.
func (r *repository) loose(name plumbing.ReferenceName) (plumbing.Hash, plumbing.ReferenceName, error) {
	text, err := readRef(filepath.Join(r.dirs.common, filepath.FromSlash(name.String())))
	if err != nil || text == "" {
		return plumbing.ZeroHash, "", err
	}
	if target, ok := symbolic(text); ok {
		return plumbing.ZeroHash, target, nil
	}
	if !forge.IsID(text) {
		return plumbing.ZeroHash, "", fmt.Errorf("%s does not hold the id of a commit", name)
	}
	return plumbing.NewHash(text), "", nil
}

// readRef reads the file of a reference, or of something about one; "" where there is
// none.
func readRef(path string) (string, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return "", nil
	}
	if err != nil {
		if info, stat := os.Stat(path); stat == nil && info.IsDir() {
			return "", nil
		}
	}
	return strings.TrimSpace(string(text)), err
}

// symbolic is the name of the reference that another stands for, by the text of its
// file.
func symbolic(text string) (plumbing.ReferenceName, bool) {
	name, ok := strings.CutPrefix(text, "ref:")
	return plumbing.ReferenceName(strings.TrimSpace(name)), ok
}

// packed reads the references that Git keeps in one file.
func (r *repository) packed(prefix string) (map[plumbing.ReferenceName]plumbing.Hash, error) {
	found := map[plumbing.ReferenceName]plumbing.Hash{}
	text, err := os.ReadFile(filepath.Join(r.dirs.common, "packed-refs"))
	if errors.Is(err, fs.ErrNotExist) {
		return found, nil
	}
	for line := range strings.Lines(string(text)) {
		id, name, ok := strings.Cut(strings.TrimSpace(line), " ")
		if ok && forge.IsID(id) && strings.HasPrefix(name, prefix) {
			found[plumbing.ReferenceName(name)] = plumbing.NewHash(id)
		}
	}
	return found, err
}
