package local

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"

	"galley/internal/forge"
)

// storage is what a repository's objects are read from, where that is more than
// go-git sees by itself.
//
// A clone may not have all commits (git clone --depth): Git keeps the ids of those
// whose parents it left out in a file, and takes them for the beginning of history.
// Here they are read without their parents, so that everything which goes back
// through commits ends there.
//
// It may borrow objects from other repositories (git clone --shared or --reference).
// go-git finds those only below the Git folder, does not know their sizes, and lists
// all packs anew for each.
type storage struct {
	*filesystem.Storage
	dirs     dirs
	borrowed []*filesystem.ObjectStorage
	text     string // the file of ends, as it was read
	ends     map[plumbing.Hash]bool
	// made are objects that are in memory alone, see ancestor; madeSize is their
	// bytes.
	made     map[plumbing.Hash]plumbing.EncodedObject
	madeSize int64
	// written are objects that may not be on the disk yet, see settle.
	written map[plumbing.Hash]bool
}

// storage opens the repository's objects, with a cache of its own.
func (d dirs) storage() (*storage, error) {
	if err := d.checkFormat(); err != nil {
		return nil, err
	}
	objects := cache.NewObjectLRUDefault()
	own, common := osfs.New(d.git), osfs.New(d.common)
	s := &storage{dirs: d, ends: map[plumbing.Hash]bool{}, written: map[plumbing.Hash]bool{}}
	if d.common != d.git {
		s.Storage = filesystem.NewStorage(dotgit.NewRepositoryFilesystem(own, common), objects)
	} else {
		s.Storage = filesystem.NewStorage(own, objects)
	}
	var err error
	if s.text, err = d.shallowText(); err != nil {
		return nil, err
	}
	for id := range strings.FieldsSeq(s.text) {
		s.ends[plumbing.NewHash(id)] = true
	}
	others, err := alternates(filepath.Join(d.common, "objects"), maxAlternates)
	for _, dir := range others {
		s.borrowed = append(s.borrowed, filesystem.NewObjectStorage(dotgit.New(osfs.New(filepath.Dir(dir))), objects))
	}
	return s, err
}

// maxAlternates is how often a repository that objects are borrowed from may borrow
// from others in turn, as in Git.
const maxAlternates = 5

// alternates are the folders of objects that another borrows from, and those that
// they do, each once.
func alternates(objects string, depth int) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(objects, "info", "alternates"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		dir := filepath.Clean(join(objects, line))
		if info, err := os.Stat(dir); err != nil || !info.IsDir() || filepath.Base(dir) != "objects" || depth == 0 {
			return nil, forge.Errorf(forge.ErrUnavailable, err, "The repository borrows objects from %s, which cannot be read. Bring that back, and run git repack -a -d && rm .git/objects/info/alternates, so that it has all by itself.", dir)
		}
		more, err := alternates(dir, depth-1)
		if err != nil {
			return nil, err
		}
		for _, dir := range append([]string{dir}, more...) {
			if !slices.Contains(found, dir) {
				found = append(found, dir)
			}
		}
	}
	return found, nil
}

// shallowText reads the list of the commits whose parents are left out; "" where a
// clone has all.
func (d dirs) shallowText() (string, error) {
	text, err := os.ReadFile(filepath.Join(d.common, "shallow"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return string(text), err
}

// EncodedObjectSize is that of the storage, or of one that it borrows from.
func (s *storage) EncodedObjectSize(id plumbing.Hash) (int64, error) {
	size, err := s.Storage.EncodedObjectSize(id)
	for _, other := range s.borrowed {
		if !errors.Is(err, plumbing.ErrObjectNotFound) {
			break
		}
		size, err = other.EncodedObjectSize(id)
	}
	return size, err
}

// SetEncodedObject is that of the storage. The object need not be on the disk yet.
func (s *storage) SetEncodedObject(o plumbing.EncodedObject) (plumbing.Hash, error) {
	id, err := s.Storage.SetEncodedObject(o)
	if err == nil {
		s.written[id] = true
	}
	return id, err
}

// settle waits until what was written is on the disk, and so are its names: a
// reference that outlived in a power cut what it names would be worth nothing. What
// another program has packed meanwhile is its to see to.
func (s *storage) settle() error {
	paths := map[string]bool{}
	for id := range s.written {
		folder := filepath.Join(s.dirs.common, "objects", id.String()[:2])
		paths[filepath.Join(folder, id.String()[2:])] = true
		paths[folder], paths[filepath.Dir(folder)] = true, true
	}
	for path := range paths {
		file, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		err = file.Sync()
		// Some systems have no such thing for a folder, or for what is not written to.
		if closed := file.Close(); closed != nil || err != nil && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
			return errors.Join(err, closed)
		}
	}
	clear(s.written)
	return nil
}

// make keeps an object in memory.
func (s *storage) make(o plumbing.EncodedObject) plumbing.Hash {
	if s.made == nil {
		s.made = map[plumbing.Hash]plumbing.EncodedObject{}
	}
	id := o.Hash()
	if s.made[id] == nil {
		s.madeSize += o.Size()
	}
	s.made[id] = o
	return id
}

// EncodedObject is that of the storage, of one that it borrows from or in memory,
// but for commits whose parents are left out.
func (s *storage) EncodedObject(kind plumbing.ObjectType, id plumbing.Hash) (plumbing.EncodedObject, error) {
	o, err := s.Storage.EncodedObject(kind, id)
	for _, other := range s.borrowed {
		if !errors.Is(err, plumbing.ErrObjectNotFound) {
			break
		}
		o, err = other.EncodedObject(kind, id)
	}
	if made := s.made[id]; made != nil && errors.Is(err, plumbing.ErrObjectNotFound) {
		return made, nil
	}
	if err != nil || !s.ends[id] || o.Type() != plumbing.CommitObject {
		return o, err
	}
	commit := &object.Commit{}
	if err := commit.Decode(o); err != nil {
		return nil, err
	}
	commit.ParentHashes = nil
	end := &end{id: id}
	return end, commit.Encode(end)
}

// end is a commit without its parents, by the id that it has with them.
type end struct {
	plumbing.MemoryObject
	id plumbing.Hash
}

func (e *end) Hash() plumbing.Hash { return e.id }
