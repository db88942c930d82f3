package local

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/storage/filesystem"

	"galley/internal/forge"
)

// shallow is the storage of a clone that may not have all commits (git clone
// --depth): Git keeps the ids of those whose parents it left out in a file, and
// takes them for the beginning of history, which go-git does not. Here they are
// read without their parents, so that everything which goes back through commits
// ends there.
type shallow struct {
	*filesystem.Storage
	text string // the file, as it was read
	ends map[plumbing.Hash]bool
}

func newShallow(storage *filesystem.Storage, text string) *shallow {
	s := &shallow{Storage: storage, text: text, ends: map[plumbing.Hash]bool{}}
	for id := range strings.FieldsSeq(text) {
		s.ends[plumbing.NewHash(id)] = true
	}
	return s
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

// EncodedObject is that of the storage, but for commits whose parents are left out.
func (s *shallow) EncodedObject(kind plumbing.ObjectType, id plumbing.Hash) (plumbing.EncodedObject, error) {
	o, err := s.Storage.EncodedObject(kind, id)
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

// commonBase is mergeBase for a branch and its base, of which a pull request needs
// one.
func commonBase(r *repository, base, branch string, a, b plumbing.Hash) (plumbing.Hash, error) {
	from, err := mergeBase(r, a, b)
	switch {
	case err != nil || !from.IsZero():
		return from, err
	case r.isShallow():
		return from, forge.Errorf(forge.ErrConflict, nil, "This clone of the repository does not have all commits, and none that the branches %s and %s have in common. Run git fetch --unshallow in its folder first.", base, branch)
	default:
		return from, forge.Errorf(forge.ErrConflict, nil, "The branches %s and %s have no common history.", base, branch)
	}
}

func (r *repository) isShallow() bool { return len(r.ends.ends) > 0 }
