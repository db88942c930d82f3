package local

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

func isLink(m filemode.FileMode) bool { return m == filemode.Symlink }

// walk calls fn for everything in a tree that is not a folder: files, symbolic
// links and submodules.
func walk(r *repository, id plumbing.Hash, prefix string, fn func(path string, e object.TreeEntry) error) error {
	tree, err := r.TreeObject(id)
	if err != nil {
		return err
	}
	for _, e := range tree.Entries {
		if e.Mode == filemode.Dir {
			err = walk(r, e.Hash, prefix+e.Name+"/", fn)
		} else {
			err = fn(prefix+e.Name, e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// entryAt finds what is at a path in a tree; nil when nothing is. Symbolic
// links are not followed.
func entryAt(r *repository, id plumbing.Hash, path string) (*object.TreeEntry, error) {
	for {
		tree, err := r.TreeObject(id)
		if err != nil {
			return nil, err
		}
		name, rest, deeper := strings.Cut(path, "/")
		var found *object.TreeEntry
		for i := range tree.Entries {
			if tree.Entries[i].Name == name {
				found = &tree.Entries[i]
			}
		}
		switch {
		case found == nil || !deeper:
			return found, nil
		case found.Mode != filemode.Dir:
			return nil, nil
		}
		id, path = found.Hash, rest
	}
}

// putFiles writes a tree that differs from another in some files, each given
// by path, and gives its id. An entry without a mode keeps the file's, or makes
// a plain one; one without an id takes the file out. A folder that becomes
// empty goes with its last file, as Git keeps none; its id is zero.
func putFiles(r *repository, base plumbing.Hash, files map[string]object.TreeEntry) (plumbing.Hash, error) {
	entries, err := entriesOf(r, base)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	below := map[string]map[string]object.TreeEntry{}
	for path, file := range files {
		name, rest, deeper := strings.Cut(path, "/")
		old, there := entries[name]
		switch {
		case deeper:
			if below[name] == nil {
				below[name] = map[string]object.TreeEntry{}
			}
			below[name][rest] = file
			continue
		case file.Hash.IsZero():
			delete(entries, name)
			continue
		case there && old.Mode == filemode.Dir, there && file.Mode == 0 && (!old.Mode.IsFile() || isLink(old.Mode)):
			return plumbing.ZeroHash, forge.Errorf(forge.ErrInvalid, nil, "%s is not a file in the repository.", name)
		case file.Mode == 0 && there:
			file.Mode = old.Mode
		case file.Mode == 0:
			file.Mode = filemode.Regular
		}
		entries[name] = object.TreeEntry{Name: name, Mode: file.Mode, Hash: file.Hash}
	}
	for name, files := range below {
		old, there := entries[name]
		if there && old.Mode != filemode.Dir {
			return plumbing.ZeroHash, forge.Errorf(forge.ErrInvalid, nil, "%s is not a folder in the repository.", name)
		}
		id, err := putFiles(r, old.Hash, files)
		if err != nil {
			return plumbing.ZeroHash, err
		}
		if id.IsZero() {
			delete(entries, name)
		} else {
			entries[name] = object.TreeEntry{Name: name, Mode: filemode.Dir, Hash: id}
		}
	}
	if len(entries) == 0 {
		return plumbing.ZeroHash, nil
	}
	return putTree(r, slices.Collect(maps.Values(entries)))
}

func putTree(r *repository, entries []object.TreeEntry) (plumbing.Hash, error) {
	o := r.Storer.NewEncodedObject()
	if err := encodeTree(o, entries); err != nil {
		return plumbing.ZeroHash, err
	}
	return r.Storer.SetEncodedObject(o)
}

func encodeTree(o plumbing.EncodedObject, entries []object.TreeEntry) error {
	sort.Sort(object.TreeEntrySorter(entries))
	return (&object.Tree{Entries: entries}).Encode(o)
}

func putBlob(r *repository, data []byte) (plumbing.Hash, error) {
	o := r.Storer.NewEncodedObject()
	o.SetType(plumbing.BlobObject)
	w, err := o.Writer()
	if err != nil {
		return plumbing.ZeroHash, err
	}
	if _, err := w.Write(data); err != nil {
		return plumbing.ZeroHash, err
	}
	if err := w.Close(); err != nil {
		return plumbing.ZeroHash, err
	}
	return r.Storer.SetEncodedObject(o)
}

func putCommit(r *repository, who object.Signature, message string, tree plumbing.Hash, parents ...plumbing.Hash) (plumbing.Hash, error) {
	o := r.Storer.NewEncodedObject()
	commit := &object.Commit{Author: who, Committer: who, Message: message, TreeHash: tree, ParentHashes: parents}
	if err := commit.Encode(o); err != nil {
		return plumbing.ZeroHash, err
	}
	return r.Storer.SetEncodedObject(o)
}

// signature is how a person is written into a commit: Git needs a name and an
// address, without the characters that divide them.
func signature(p forge.Person, now time.Time) object.Signature {
	clean := func(s string) string {
		s = strings.Map(func(r rune) rune {
			if r < ' ' || r == 0x7f || r == '<' || r == '>' {
				return -1
			}
			return r
		}, s)
		return strings.Trim(s, " .,:;\"'")
	}
	name, email := clean(p.Name), clean(p.Email)
	if name == "" {
		name = clean(p.Login)
	}
	if name == "" {
		name = "Somebody"
	}
	if email == "" {
		email = fmt.Sprintf("%s@localhost", strings.ReplaceAll(strings.ToLower(name), " ", "."))
	}
	return object.Signature{Name: name, Email: email, When: now}
}
