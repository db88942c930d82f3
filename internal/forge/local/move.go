package local

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/format/index"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// move is the move of the branch that is checked out from one commit to another:
// the reference, then the files of the work tree, then the index. It is written
// down before any of them is changed, so that whoever comes after a process that
// was killed half-way can finish it. No order of the three would do without: a
// work tree that is behind or ahead of its branch looks like somebody's changes,
// and to commit those would undo the merge.
//
// It is kept in the Git folder as moveFile and, by a second name, as Git's lock on
// the index, which is so known as Galley's own. The first goes first when all is
// done.
type move struct {
	Galley string                 `json:"galley"` // for people who find it
	Branch plumbing.ReferenceName `json:"branch"`
	Old    string                 `json:"old"`
	New    string                 `json:"new"`
	Mark   string                 `json:"mark"` // in the names of files that are being written
}

const (
	moveFile = "galley.move"
	// indexFile is the new index until it takes the index's place.
	indexFile = "galley.index"
	moveText  = "Galley is moving a branch and its files to another commit, and finishes that when it is started again."
)

// maxMove is the size of the largest file that is read as a move, in bytes.
const maxMove = 8 << 10

// readMove reads a move; nil where a file is none.
func readMove(path string) *move {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxMove))
	m := &move{}
	if err != nil || json.Unmarshal(text, m) != nil || m.Galley == "" || !forge.IsID(m.Old) || !forge.IsID(m.New) || !isMark(m.Mark) {
		return nil
	}
	return m
}

// isMark tells whether a text is one that rand.Text makes.
func isMark(s string) bool {
	return s != "" && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

func (f *Forge) moveFile() string  { return filepath.Join(f.dirs.git, moveFile) }
func (f *Forge) indexLock() string { return filepath.Join(f.dirs.git, "index.lock") }

// beginMove writes a move down and takes the lock on the index.
func (f *Forge) beginMove(name plumbing.ReferenceName, old, new *object.Commit) (*move, error) {
	m := &move{Galley: moveText, Branch: name, Old: old.Hash.String(), New: new.Hash.String(), Mark: rand.Text()}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	if err := writeOwn(f.moveFile(), append(text, '\n')); err != nil {
		return nil, err
	}
	f.stepped()
	if err := takeLock(f.indexLock(), f.moveFile(), false); err != nil {
		os.Remove(f.moveFile())
		return nil, err
	}
	f.stepped()
	return m, nil
}

// endMove says that nothing of a move is left to do.
func (f *Forge) endMove() error {
	if err := os.Remove(f.moveFile()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f.stepped()
	err := f.unlockIndex()
	f.stepped()
	return err
}

// unlockIndex gives back the lock on the index, where it is Galley's still: people
// may delete it, as Git tells them to, and Git take its own.
func (f *Forge) unlockIndex() error {
	if readMove(f.indexLock()) == nil {
		return nil
	}
	return os.Remove(f.indexLock())
}

// follow brings the work tree and the index to where the branch has moved. It
// writes no file that is neither what the old commit has nor what the new one has:
// somebody changed it meanwhile. It gives the paths of those.
func (f *Forge) follow(r *repository, m *move, idx *index.Index, deltas []delta) (left []string, err error) {
	root, err := os.OpenRoot(f.dirs.work)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	// What goes, goes first: a file may take the place of a folder.
	goes := func(d delta) bool { return d.new == nil }
	stays := func(d delta) bool { return d.new != nil }
	for _, d := range append(slices.DeleteFunc(slices.Clone(deltas), stays), slices.DeleteFunc(slices.Clone(deltas), goes)...) {
		if !d.has(idx) {
			left = append(left, d.path)
			continue
		}
		switch f.standing(idx, d) {
		case standsOpen:
			err = f.bring(r, root, idx, d, m.Mark)
		case standsDone:
			err = d.enter(idx)
		case standsChanged:
			left = append(left, d.path)
			err = d.enter(idx)
		}
		if err != nil {
			return left, err
		}
		f.stepped()
	}
	own, err := os.Create(filepath.Join(f.dirs.git, indexFile))
	if err != nil {
		return left, err
	}
	err = index.NewEncoder(own).Encode(idx)
	if err == nil {
		err = own.Sync()
	}
	if err := errors.Join(err, own.Close()); err != nil {
		return left, err
	}
	f.stepped()
	if err := os.Rename(own.Name(), filepath.Join(f.dirs.git, "index")); err != nil {
		return left, err
	}
	f.stepped()
	return left, f.endMove()
}

// has tells whether the index has at a path what one of the two commits has.
func (d delta) has(idx *index.Index) bool {
	e, err := idx.Entry(d.path)
	if err != nil {
		return true // a file that is taken out, or not yet put in
	}
	for _, have := range []*object.TreeEntry{d.old, d.new} {
		if have != nil && have.Hash == e.Hash {
			return true
		}
	}
	return false
}

// enter makes an entry of the index what the new commit has, and lets Git look for
// itself whether the file is that.
func (d delta) enter(idx *index.Index) error {
	entry, err := idx.Entry(d.path)
	switch {
	case err != nil && !errors.Is(err, index.ErrEntryNotFound):
		return err
	case d.new == nil:
		if err == nil {
			_, err = idx.Remove(d.path)
			return err
		}
		return nil
	case err != nil:
		entry = idx.Add(d.path)
	}
	*entry = index.Entry{Name: d.path, Hash: d.new.Hash, Mode: d.new.Mode, SkipWorktree: entry.SkipWorktree}
	return nil
}

// standing is how far a file of the work tree is.
type standing int

const (
	standsOpen    standing = iota // to be brought to what the new commit has; it may be that already
	standsDone                    // nothing is to be done on disk
	standsChanged                 // somebody changed it
)

func (f *Forge) standing(idx *index.Index, d delta) standing {
	submodule := func(e *object.TreeEntry) bool { return e != nil && e.Mode == filemode.Submodule }
	if submodule(d.new) || d.new == nil && submodule(d.old) {
		return standsDone // its files are not Galley's
	}
	if e, err := idx.Entry(d.path); err == nil && e.SkipWorktree {
		return standsDone
	}
	info, err := os.Lstat(f.onDisk(d.path))
	switch {
	case errors.Is(err, fs.ErrNotExist) && (d.old == nil || d.new == nil):
		return standsOpen
	case d.new == nil && err == nil && info.IsDir(), d.new == nil && err != nil && f.behindFile(d.path):
		return standsDone // a folder has taken the file's place, or a file that of its folder
	case err != nil || info.IsDir():
		return standsChanged
	}
	var data []byte
	link := info.Mode()&fs.ModeSymlink != 0
	if link {
		var target string
		target, err = os.Readlink(f.onDisk(d.path))
		data = []byte(target)
	} else if info.Mode().IsRegular() {
		data, err = os.ReadFile(f.onDisk(d.path))
	} else {
		return standsChanged
	}
	if err != nil {
		return standsChanged
	}
	id := forge.BlobID(data)
	for _, e := range []*object.TreeEntry{d.old, d.new} {
		if e != nil && e.Hash.String() == id && isLink(e.Mode) == link {
			return standsOpen
		}
	}
	return standsChanged
}

// behindFile tells whether something is at the place of a path's folder that is
// none.
func (f *Forge) behindFile(p string) bool {
	for p = path.Dir(p); p != "."; p = path.Dir(p) {
		if info, err := os.Lstat(f.onDisk(p)); err == nil {
			return !info.IsDir()
		}
	}
	return false
}

// Recover finishes what a process that was killed left half done, and gives back
// its locks. Every write does so too; this is for the start of a program. It gives
// sentences about what it left to people, who changed files meanwhile.
func (f *Forge) Recover(ctx context.Context) (notes []string, err error) {
	own := []string{filepath.Join(f.dirs.common, refFile), f.moveFile(), f.indexLock()}
	if !slices.ContainsFunc(own, func(p string) bool { _, err := os.Lstat(p); return err == nil }) {
		return nil, nil
	}
	err = f.locked(ctx, func(r *repository) error {
		notes, err = f.recover(r)
		return err
	})
	return notes, err
}

// recover is Recover for who has the turn.
func (f *Forge) recover(r *repository) (notes []string, err error) {
	if err := f.unlockReference(); err != nil || f.dirs.work == "" {
		return nil, err
	}
	m, held := readMove(f.moveFile()), readMove(f.indexLock()) != nil
	if m == nil {
		// It was not begun, or is done.
		if err := os.Remove(f.moveFile()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return nil, f.unlockIndex()
	}
	at, err := r.reference(m.Branch)
	if err != nil {
		return nil, err
	}
	if at.String() == m.Old { // nothing was changed
		return nil, f.dropMove(held)
	}
	deltas, err := f.deltasOf(r, m)
	if err != nil {
		return nil, err
	}
	if err := f.sweep(m, deltas); err != nil {
		return nil, err
	}
	head, err := f.dirs.headOf(f.dirs.git)
	if err != nil {
		return nil, err
	}
	if at.String() != m.New || head != m.Branch {
		return []string{fmt.Sprintf("Galley was ended while it brought the files of the branch %s up to date, and somebody has gone on in the folder %s since. Run git status there, and look whether the last commits have what was merged.", m.Branch.Short(), filepath.Base(f.dirs.top))}, f.dropMove(held)
	}
	if !held {
		if err := takeLock(f.indexLock(), f.moveFile(), false); err != nil {
			return nil, err
		}
	}
	idx, err := f.index(r)
	if err != nil {
		return nil, err
	}
	left, err := f.follow(r, m, idx, deltas)
	if err != nil {
		f.unlockIndex()
		return nil, halfMoved(err, m.Branch)
	}
	for _, p := range left {
		notes = append(notes, fmt.Sprintf("Galley was ended while it brought the files of the branch %s up to date. It has finished that now, but left %s as it is, because somebody changed it meanwhile: to commit it so would undo what was merged into it. Run git diff in the folder %s.", m.Branch.Short(), p, filepath.Base(f.dirs.top)))
	}
	return notes, nil
}

// dropMove forgets a move that there is nothing to do about.
func (f *Forge) dropMove(held bool) error {
	os.Remove(filepath.Join(f.dirs.git, indexFile))
	if held {
		return f.endMove()
	}
	return os.Remove(f.moveFile())
}

// deltasOf are the files of a move.
func (f *Forge) deltasOf(r *repository, m *move) ([]delta, error) {
	var trees [2]plumbing.Hash
	for i, id := range []string{m.Old, m.New} {
		commit, err := r.CommitObject(plumbing.NewHash(id))
		if err != nil {
			return nil, err
		}
		trees[i] = commit.TreeHash
	}
	deltas, err := compare(r, trees[0], trees[1])
	if err != nil {
		return nil, err
	}
	return deltas, checkDeltas(r, deltas)
}

// sweep removes what a move was about to put in place.
func (f *Forge) sweep(m *move, deltas []delta) error {
	root, err := os.OpenRoot(f.dirs.work)
	if err != nil {
		return err
	}
	defer root.Close()
	seen := map[string]bool{}
	for _, d := range deltas {
		p := path.Dir(d.path)
		if seen[p] {
			continue
		}
		seen[p] = true
		if dir, err := f.folder(root, p, false); err == nil { // else nothing was written there
			dir.Remove(tmpName(m.Mark))
			dir.Close()
		}
	}
	return nil
}

// halfMoved says that the files are behind their branch.
func halfMoved(err error, branch plumbing.ReferenceName) error {
	return forge.Errorf(forge.ErrUnavailable, err, "The branch %s has the change, but its files in the folder could not all be written. Galley tries again with the next change, and when it is started; git status there shows what is missing.", branch.Short())
}

func (f *Forge) stepped() {
	if f.after != nil {
		f.after()
	}
}
