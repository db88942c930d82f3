package local

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sort"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// Merge implements forge.Forge.
func (f *Forge) Merge(ctx context.Context, number int, head string) (forge.PullRequest, error) {
	var pr forge.PullRequest
	// Texts are joined while nothing is locked: merging ends with errJoin where
	// some are still to be joined, and is tried again with them.
	joins := &joins{done: map[[3]plumbing.Hash]joined{}}
	err := f.tryMerge(ctx, number, head, joins, &pr)
	for tries := 0; errors.Is(err, errJoin) && tries < 5; tries++ {
		joins.work(ctx)
		err = f.tryMerge(ctx, number, head, joins, &pr)
	}
	if errors.Is(err, errJoin) {
		err = forge.Errorf(forge.ErrStale, err, "The branches kept moving while pull request %d was merged. Nothing was merged; try again.", number)
	}
	return pr, err
}

// errJoin: there are texts to join before a merge can be made.
var errJoin = errors.New("texts are to be joined first")

// joins are the texts that a merge joins, by the ids of base, ours and theirs.
type joins struct {
	// dry: nothing is written, as it is only asked whether it could be.
	dry  bool
	done map[[3]plumbing.Hash]joined
	todo map[[3]plumbing.Hash][3][]byte
}

type joined struct {
	text []byte
	err  error
}

func (j *joins) work(ctx context.Context) {
	for key, texts := range j.todo {
		text, err := mergeLines(ctx, texts[0], texts[1], texts[2])
		j.done[key] = joined{text, err}
	}
	j.todo = nil
}

func (f *Forge) tryMerge(ctx context.Context, number int, head string, joins *joins, pr *forge.PullRequest) error {
	return f.write(ctx, func(r *repository) error {
		rec, err := pull(r, number)
		if err != nil {
			return err
		}
		switch {
		case rec.State == forge.Closed:
			return forge.Errorf(forge.ErrInvalid, nil, "Pull request %d is closed, so it cannot be merged.", number)
		case rec.Head != head:
			return forge.Errorf(forge.ErrStale, nil, "Pull request %d was changed since you looked at it. Nothing was merged; look at it again, then merge.", number)
		case rec.State == forge.Merged: // a second click
		default:
			if err := f.merge(r, rec, joins); err != nil {
				return err
			}
		}
		*pr = rec.public()
		pr.Paths, err = changedPaths(r, rec)
		return err
	})
}

func (f *Forge) merge(r *repository, rec *record, joins *joins) error {
	base, err := branchCommit(r, rec.Base)
	if err != nil {
		return err
	}
	head, err := r.CommitObject(plumbing.NewHash(rec.Head)) // what was looked at, should the branch move now
	if err != nil {
		return err
	}
	bases, err := neededBases(r, rec.Base, rec.Branch, base.Hash, head.Hash)
	if err != nil {
		return err
	}
	from, err := ancestor(r, bases)
	if err != nil {
		return err
	}
	tree, conflicts, err := mergeTrees(joins, r, "", from, base.TreeHash, head.TreeHash)
	if err != nil {
		return err
	}
	if len(conflicts) > 0 {
		return forge.Errorf(forge.ErrConflict, nil, "Pull request %d and the branch %s both changed the same lines of %s. Bring the post up to date with %[2]s, then merge.", rec.Number, rec.Base, conflicts[0])
	}
	if len(joins.todo) > 0 {
		return errJoin
	}
	deltas, err := compare(r, base.TreeHash, tree)
	if err != nil {
		return err
	}
	if err := checkDeltas(r, deltas); err != nil {
		return err
	}
	message := fmt.Sprintf("Merge pull request %d from %s\n\n%s\n", rec.Number, rec.Branch, rec.Title)
	id, err := putCommit(r, signature(f.person, f.clock()), message, tree, base.Hash, head.Hash)
	if err != nil {
		return err
	}
	next, err := r.CommitObject(id)
	if err != nil {
		return err
	}
	if err := f.moveBranch(r, rec.Base, base, next); err != nil {
		return err
	}
	rec.State, rec.Head, rec.Merge = forge.Merged, head.Hash.String(), id.String()
	rec.setLeft(bases)
	return f.savePull(r, rec, "Merge")
}

// delta is a path at which two trees differ; old or new is nil where there is
// nothing.
type delta struct {
	path     string
	old, new *object.TreeEntry
	fault    string // why this must not be brought into a repository; see nameFault
}

// compare lists where two trees differ, by path. Folders that are the same are
// not looked into.
func compare(r *repository, old, new plumbing.Hash) ([]delta, error) {
	var list []delta
	err := compareTrees(r, "", "", old, new, &list)
	sort.Slice(list, func(i, j int) bool { return list[i].path < list[j].path })
	return list, err
}

// compareTrees adds the differences of two folders, of which one may be the
// zero hash for none. The fault is that of the folders above.
func compareTrees(r *repository, prefix, fault string, old, new plumbing.Hash, list *[]delta) error {
	if old == new {
		return nil
	}
	sides, names, err := entriesOfAll(r, old, new)
	if err != nil {
		return err
	}
	for name := range names {
		x, inA := sides[0][name]
		y, inB := sides[1][name]
		if sameEntry(x, y) {
			continue
		}
		var below [2]plumbing.Hash
		d := delta{path: prefix + name, fault: fault}
		if d.fault == "" {
			d.fault = nameFault(name)
		}
		switch {
		case !inA:
		case x.Mode == filemode.Dir:
			below[0] = x.Hash
		default:
			d.old = &x
		}
		switch {
		case !inB:
		case y.Mode == filemode.Dir:
			below[1] = y.Hash
		default:
			d.new = &y
		}
		if d.old != nil || d.new != nil {
			*list = append(*list, d)
		}
		if err := compareTrees(r, prefix+name+"/", d.fault, below[0], below[1], list); err != nil {
			return err
		}
	}
	return nil
}

// entriesOf are the entries of one folder by name; none for the zero hash.
func entriesOf(r *repository, id plumbing.Hash) (map[string]object.TreeEntry, error) {
	m := map[string]object.TreeEntry{}
	if id.IsZero() {
		return m, nil
	}
	tree, err := r.TreeObject(id)
	if err != nil {
		return nil, err
	}
	for _, e := range tree.Entries {
		m[e.Name] = e
	}
	return m, nil
}

// entriesOfAll is entriesOf for several folders, and all names that are in them.
func entriesOfAll(r *repository, ids ...plumbing.Hash) ([]map[string]object.TreeEntry, map[string]bool, error) {
	var sides []map[string]object.TreeEntry
	names := map[string]bool{}
	for _, id := range ids {
		side, err := entriesOf(r, id)
		if err != nil {
			return nil, nil, err
		}
		for name := range side {
			names[name] = true
		}
		sides = append(sides, side)
	}
	return sides, names, nil
}

// mergeTrees joins two trees that come from a third. What only one side changed
// is taken from it; a file that both changed is joined by lines. It gives the
// paths at which that cannot be done.
func mergeTrees(joins *joins, r *repository, prefix string, base, ours, theirs plumbing.Hash) (plumbing.Hash, []string, error) {
	sides, names, err := entriesOfAll(r, base, ours, theirs)
	if err != nil {
		return plumbing.ZeroHash, nil, err
	}
	var merged []object.TreeEntry
	var conflicts []string
	for name := range names {
		o, a, b := sides[0][name], sides[1][name], sides[2][name]
		entry, bad, err := mergeEntry(joins, r, prefix+name, o, a, b)
		if err != nil {
			return plumbing.ZeroHash, nil, err
		}
		conflicts = append(conflicts, bad...)
		if !entry.Hash.IsZero() {
			entry.Name = name
			merged = append(merged, entry)
		}
	}
	sort.Strings(conflicts)
	if len(conflicts) > 0 {
		return plumbing.ZeroHash, conflicts, nil
	}
	if len(merged) == 0 && prefix != "" {
		return plumbing.ZeroHash, nil, nil // Git keeps no empty folders
	}
	if joins.dry {
		return base, nil, nil
	}
	id, err := putTree(r, merged)
	return id, nil, err
}

// mergeEntry joins one name of three trees; a zero entry means that nothing is
// there.
func mergeEntry(joins *joins, r *repository, path string, o, a, b object.TreeEntry) (object.TreeEntry, []string, error) {
	switch {
	case sameEntry(a, b), sameEntry(b, o):
		return a, nil, nil
	case sameEntry(a, o):
		return b, nil, nil
	}
	if isFolder(o) && isFolder(a) && isFolder(b) {
		id, conflicts, err := mergeTrees(joins, r, path+"/", o.Hash, a.Hash, b.Hash)
		return object.TreeEntry{Mode: filemode.Dir, Hash: id}, conflicts, err
	}
	if !isPlain(a) || !isPlain(b) || !isPlain(o) {
		return a, []string{path}, nil
	}
	key := [3]plumbing.Hash{o.Hash, a.Hash, b.Hash}
	if _, ok := joins.done[key]; !ok {
		var texts [3][]byte
		for i, e := range []object.TreeEntry{o, a, b} {
			var err error
			if texts[i], err = blob(r.Storer, e.Hash); err != nil {
				return a, nil, err
			}
		}
		if joins.todo == nil {
			joins.todo = map[[3]plumbing.Hash][3][]byte{}
		}
		joins.todo[key] = texts
		return a, nil, nil
	}
	text, err := joins.done[key].text, joins.done[key].err
	if errors.Is(err, errCollision) {
		return a, []string{path}, nil
	}
	if err != nil {
		return a, nil, err
	}
	if joins.dry {
		return a, nil, nil
	}
	id, err := putBlob(r, text)
	return object.TreeEntry{Mode: joinedMode(o, a, b), Hash: id}, nil, err
}

// isFolder tells whether an entry is a folder, or nothing.
func isFolder(e object.TreeEntry) bool { return e.Mode == filemode.Dir || e.Hash.IsZero() }

// isPlain tells whether an entry is a file that has a text of its own.
func isPlain(e object.TreeEntry) bool { return e.Mode.IsFile() && !isLink(e.Mode) }

// joinedMode is the mode of a file that two made of a third.
func joinedMode(o, a, b object.TreeEntry) filemode.FileMode {
	if a.Mode == o.Mode {
		return b.Mode
	}
	return a.Mode
}

// isBinary uses Git's rule: a NUL among the first 8,000 bytes.
func isBinary(data []byte) bool {
	return bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0
}
