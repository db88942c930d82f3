package local

import (
	"context"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// A merge compares both sides with what they come from. Where two branches have
// merged each other there are several newest commits that they have in common, and
// none of them is that: against one alone a text that was corrected after it and
// taken back since looks as if nothing had been done to it, and the other side's
// would be taken without a word.
//
// So these commits are merged first, as Git's recursive and ort do, with what they
// come from in turn, file by file and by lines. That was chosen over taking a file
// only where all of them have the same: files that many write are different in all
// of them, and each such merge would be a person's to make. Where the bases cannot
// be merged, an entry stands there that is like no other (see unclear), so that the
// merge above is refused at that path unless both sides have the same there. Git
// goes on with texts full of conflict marks instead, and merges some more.
//
// Nothing is followed where it was renamed. A file that only one base has may be one
// that the other has by its old name, with what was done to it; so new files are
// unclear where a base has taken any away.

// commonBases are the newest commits that two have in common, none of which is
// before another: several where they have merged each other, none where they have
// no common history. The order is always the same. It walks the history, and never
// changes for two commits, so that it is kept.
func commonBases(r *repository, a, b plumbing.Hash) ([]plumbing.Hash, error) {
	if a == b {
		return []plumbing.Hash{a}, nil
	}
	key := [2]plumbing.Hash{a, b}
	if bases, ok := r.bases.get(key); ok {
		return bases, nil
	}
	ca, err := r.CommitObject(a)
	if err != nil {
		return nil, err
	}
	cb, err := r.CommitObject(b)
	if err != nil {
		return nil, err
	}
	commits, err := ca.MergeBase(cb)
	if err != nil {
		return nil, err
	}
	var bases []plumbing.Hash
	for _, c := range commits {
		bases = append(bases, c.Hash)
	}
	slices.SortFunc(bases, func(x, y plumbing.Hash) int { return strings.Compare(x.String(), y.String()) })
	r.bases.put(key, bases, maxBases)
	return bases, nil
}

// neededBases are commonBases for a branch and its base, of which a pull request
// needs one at least.
func neededBases(r *repository, base, branch string, a, b plumbing.Hash) ([]plumbing.Hash, error) {
	bases, err := commonBases(r, a, b)
	switch {
	case err != nil || len(bases) > 0:
		return bases, err
	case len(r.objects.ends) > 0:
		return nil, forge.Errorf(forge.ErrConflict, nil, "This clone of the repository does not have all commits, and none that the branches %s and %s have in common. Run git fetch --unshallow in its folder first.", base, branch)
	default:
		return nil, forge.Errorf(forge.ErrConflict, nil, "The branches %s and %s have no common history.", base, branch)
	}
}

const (
	// maxCrossed is how often branches may have merged each other, one time after
	// the other, before all is unclear that the newest bases have differently.
	maxCrossed = 20
	// maxMade is how many bytes of merged bases are kept in memory.
	maxMade = 32 << 20
	// maxJoined is how many bytes of texts are joined by lines for merged bases,
	// while nobody else reads; what is beyond is unclear.
	maxJoined = 8 << 20
)

// unclear stands in the tree of an ancestor where nobody can tell what was there:
// neither a file nor a folder, and the same as nothing that a repository has. Should
// somebody make a submodule of just this id, it is theirs alone that is not merged.
func unclear() object.TreeEntry {
	return object.TreeEntry{Mode: filemode.Submodule, Hash: plumbing.ComputeHash(plumbing.AnyObject, []byte("unclear"))}
}

func (d delta) unclear() bool {
	return d.old != nil && sameEntry(*d.old, unclear())
}

func sameEntry(x, y object.TreeEntry) bool { return x.Hash == y.Hash && x.Mode == y.Mode }

// ancestor is the tree that a merge of two sides with these bases, of which there is
// one at least, compares with. Where there are several it is in memory alone, and
// must be used before the lock that it was made under is given back.
func ancestor(r *repository, bases []plumbing.Hash) (plumbing.Hash, error) {
	if r.objects.madeSize > maxMade {
		r.objects.made, r.objects.madeSize, r.ancestors = nil, 0, kept[string, plumbing.Hash]{}
	}
	return ancestorWithin(r, bases, &bound{levels: maxCrossed, bytes: maxJoined})
}

// bound is what may still be spent on one ancestor.
type bound struct{ levels, bytes int }

func ancestorWithin(r *repository, bases []plumbing.Hash, left *bound) (plumbing.Hash, error) {
	var trees []plumbing.Hash
	key := ""
	for _, id := range bases {
		c, err := r.CommitObject(id)
		if err != nil {
			return plumbing.ZeroHash, err
		}
		trees, key = append(trees, c.TreeHash), key+id.String()
	}
	if len(bases) == 1 {
		return trees[0], nil
	}
	if tree, ok := r.ancestors.get(key); ok {
		return tree, nil
	}
	// With nothing below, and nothing new taken, only what all have alike is clear.
	b := &basis{r: r, strict: true, left: left}
	below := plumbing.ZeroHash
	if left.levels--; len(bases) == 2 && left.levels >= 0 {
		older, err := commonBases(r, bases[0], bases[1])
		if err != nil {
			return plumbing.ZeroHash, err
		}
		if len(older) > 0 {
			if below, err = ancestorWithin(r, older, left); err != nil {
				return plumbing.ZeroHash, err
			}
			if b.strict, err = takesAway(r, below, trees); err != nil {
				return plumbing.ZeroHash, err
			}
		}
	}
	tree := trees[0]
	for _, next := range trees[1:] {
		var err error
		if tree, err = b.merge(below, tree, next); err != nil {
			return plumbing.ZeroHash, err
		}
	}
	r.ancestors.put(key, tree, maxBases)
	return tree, nil
}

// takesAway tells whether one of the trees lacks a file of another.
func takesAway(r *repository, from plumbing.Hash, trees []plumbing.Hash) (bool, error) {
	for _, tree := range trees {
		deltas, err := compare(r, from, tree)
		if err != nil || slices.ContainsFunc(deltas, func(d delta) bool { return d.new == nil }) {
			return true, err
		}
	}
	return false, nil
}

// basis merges bases into one tree, in memory.
type basis struct {
	r      *repository
	strict bool // a file that only one side has is unclear
	left   *bound
}

// merge joins the trees of two bases that come from a third; zero for an empty one.
func (b *basis) merge(from, one, other plumbing.Hash) (plumbing.Hash, error) {
	sides, names, err := entriesOfAll(b.r, from, one, other)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	var merged []object.TreeEntry
	for name := range names {
		e, err := b.entry(sides[0][name], sides[1][name], sides[2][name])
		if err != nil {
			return plumbing.ZeroHash, err
		}
		if !e.Hash.IsZero() {
			e.Name = name
			merged = append(merged, e)
		}
	}
	if len(merged) == 0 {
		return plumbing.ZeroHash, nil
	}
	o := &plumbing.MemoryObject{}
	if err := encodeTree(o, merged); err != nil {
		return plumbing.ZeroHash, err
	}
	return b.r.objects.make(o), nil
}

// entry joins one name of three trees; a zero entry means that nothing is there.
func (b *basis) entry(from, one, other object.TreeEntry) (object.TreeEntry, error) {
	switch {
	case sameEntry(one, other):
		return one, nil
	case isFolder(from) && isFolder(one) && isFolder(other):
		id, err := b.merge(from.Hash, one.Hash, other.Hash)
		return object.TreeEntry{Mode: filemode.Dir, Hash: id}, err
	case b.strict && from.Hash.IsZero():
		return unclear(), nil
	case sameEntry(other, from):
		return one, nil
	case sameEntry(one, from):
		return other, nil
	case isPlain(from) && isPlain(one) && isPlain(other):
		return b.join(from, one, other)
	}
	return unclear(), nil
}

// join joins three files by lines.
func (b *basis) join(from, one, other object.TreeEntry) (object.TreeEntry, error) {
	var texts [3][]byte
	for i, e := range []object.TreeEntry{from, one, other} {
		var err error
		if texts[i], err = blob(b.r.Storer, e.Hash); err != nil {
			return unclear(), err
		}
		b.left.bytes -= len(texts[i])
	}
	if b.left.bytes < 0 {
		return unclear(), nil
	}
	// It is bounded by what is left, and others may be waiting for what comes of it.
	text, err := mergeLines(context.Background(), texts[0], texts[1], texts[2])
	if err != nil {
		return unclear(), nil
	}
	o := &plumbing.MemoryObject{}
	o.SetType(plumbing.BlobObject)
	if _, err := o.Write(text); err != nil {
		return unclear(), err
	}
	return object.TreeEntry{Mode: joinedMode(from, one, other), Hash: b.r.objects.make(o)}, nil
}
