// Package local is the forge of a Git repository on disk. It needs no server,
// no account and no Git program.
//
// # What is kept where
//
// Everything is kept in Git. Branches and commits are ordinary ones. Pull
// request N is the reference refs/galley/pulls/N: each of its states is a
// commit, whose tree has the file pull.json, and review.json once something was
// said about it, and whose parents are the state before and the head of the pull
// request's branch, so that nothing it shows is ever collected as garbage, the
// lines that a comment was about among them. Plain Git reads them:
//
//	git for-each-ref refs/galley/pulls
//	git show refs/galley/pulls/1:pull.json
//	git show refs/galley/pulls/1:review.json
//	git log --first-parent refs/galley/pulls/1
//
// A pull request whose branch was merged with plain Git shows as merged, and
// one whose branch was deleted as closed.
//
// # Many at once
//
// Several processes may work on one repository, plain Git among them. Writers
// of this package take turns by a lock on the file galley.lock in the Git
// folder, which the system gives back when a process dies, and for which nobody
// waits longer than half a minute. References are
// moved by Git's own protocol (see refs.go), which holds against plain Git too.
// Objects are only ever added. The file galley.id beside it tells the repository
// from others (see identity.go).
//
// A clone that has not all commits (git clone --depth) ends where Git says that it
// does (see storage.go).
//
// Where the branch that moves is the one that is checked out, its files are
// brought along if nobody has changed them, and otherwise the move is refused
// (see worktree.go).
//
// # Merging
//
// A merge goes file by file, by lines where both sides changed one, and follows no
// renames: a file that one side renamed and the other changed is a conflict. Where
// two branches have merged each other, what both come from is made of the newest
// commits that they have in common, as Git does (see ancestor.go). What Galley merges
// is what Git makes of it; it refuses some more.
//
// # Killed
//
// A process may be killed at any moment. Objects that nothing names do no harm.
// The lock on a reference is known as Galley's own (see lock.go), and what was to
// become of the branch that is checked out is written down first (see move.go):
// the next write, or Recover when a program starts, gives back the one and
// finishes the other.
package local

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"sort"
	"sync"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/plumbing/storer"

	"galley/internal/forge"
)

// Forge is a repository on disk. Its methods may be called concurrently.
type Forge struct {
	dirs   dirs
	person forge.Person
	clock  func() time.Time

	// mu guards repo: go-git reads its packs without a lock of its own.
	mu   sync.Mutex
	repo *repository
	id   string // see identity; "" until it is asked for

	mergeables kept[[2]plumbing.Hash, forge.Mergeable] // by base and head; mu guards it

	// turn lets one writer of this process through at a time; between processes
	// a file lock does. It is a channel so that waiting ends with the context.
	turn chan struct{}
	wait time.Duration // writeWait; tests have less

	// after is called after each change on disk that a kill could be the last of;
	// only tests set it.
	after func()
}

var _ forge.Forge = (*Forge)(nil)

// Open opens the repository whose work tree is dir, or which is dir itself
// when it is bare. The person is the author of all commits. The clock tells
// the time of commits.
func Open(dir string, person forge.Person, clock func() time.Time) (*Forge, error) {
	d, err := findDirs(dir)
	if err != nil {
		return nil, err
	}
	f := &Forge{dirs: d, person: person, clock: clock, turn: make(chan struct{}, 1), wait: writeWait}
	var said *forge.Error
	if err := f.reopen(); errors.As(err, &said) {
		return nil, err
	} else if err != nil {
		return nil, forge.Errorf(forge.ErrUnavailable, err, "The Git repository in %s cannot be opened.", dir)
	}
	return f, nil
}

// maxTrees is how many listings are kept in memory.
const maxTrees = 16

// reopen forgets what go-git remembers of packs, and what was found out from how
// far back the commits go; callers hold mu.
func (f *Forge) reopen() error {
	objects, err := f.dirs.storage()
	if err != nil {
		return err
	}
	repo, err := git.Open(objects, nil)
	if err != nil {
		return err
	}
	f.repo = &repository{Repository: repo, dirs: f.dirs, objects: objects}
	f.mergeables = kept[[2]plumbing.Hash, forge.Mergeable]{}
	return nil
}

// read runs a function on the repository. Where an object is missing it is
// tried again with the packs listed anew, as plain Git may have repacked. It may
// have fetched more, or fewer, of the commits before, too.
func (f *Forge) read(ctx context.Context, fn func(r *repository) error) error {
	if err := ctx.Err(); err != nil {
		return forge.Errorf(forge.ErrUnavailable, err, "The request was ended before it was done.")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	text, err := f.dirs.shallowText()
	if err == nil && text != f.repo.objects.text {
		err = f.reopen()
	}
	if err != nil {
		return wrap(err)
	}
	err = fn(f.repo)
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		if err := f.reopen(); err != nil {
			return wrap(err)
		}
		err = fn(f.repo)
	}
	return wrap(err)
}

// wrap makes every error one with a sentence.
func wrap(err error) error {
	var e *forge.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e), errors.Is(err, errJoin):
		return err
	case errors.Is(err, plumbing.ErrObjectNotFound):
		return forge.Errorf(forge.ErrNotFound, err, "The repository does not have that.")
	default:
		return forge.Errorf(forge.ErrUnavailable, err, "The repository on disk cannot be read or written.")
	}
}

// Info implements forge.Forge.
func (f *Forge) Info(ctx context.Context) (forge.Info, error) {
	info := forge.Info{Name: filepath.Base(f.dirs.top), Kind: "local", Person: f.person, CanMerge: true, CanPush: true}
	info.ID = f.identity(ctx)
	err := f.read(ctx, func(r *repository) error {
		info.DefaultBranch = defaultBranch(r)
		return nil
	})
	return info, err
}

// defaultBranch is the branch that HEAD names, by way of others where it does so, or
// main where HEAD names a commit.
func defaultBranch(r *repository) string {
	if head, err := r.dirs.headOf(r.dirs.git); err == nil && head.IsBranch() {
		return head.Short()
	}
	for _, name := range []string{"main", "master"} {
		if id, err := r.reference(plumbing.NewBranchReferenceName(name)); err == nil && !id.IsZero() {
			return name
		}
	}
	return "main"
}

// Branches implements forge.Forge.
func (f *Forge) Branches(ctx context.Context) ([]forge.Branch, error) {
	var list []forge.Branch
	err := f.read(ctx, func(r *repository) error {
		list = nil
		main := defaultBranch(r)
		refs, err := r.references("refs/heads/")
		for ref, id := range refs {
			name := ref.Short()
			list = append(list, forge.Branch{Name: name, Head: id.String(), Default: name == main})
		}
		return err
	})
	sort.Slice(list, func(i, j int) bool {
		if list[i].Default != list[j].Default {
			return list[i].Default
		}
		return list[i].Name < list[j].Name
	})
	return list, err
}

// Tree implements forge.Forge.
func (f *Forge) Tree(ctx context.Context, branch string) (forge.Tree, error) {
	var tree forge.Tree
	err := f.read(ctx, func(r *repository) error {
		tree = forge.Tree{}
		commit, err := branchCommit(r, branch)
		if err != nil {
			return err
		}
		tree.Commit = commit.Hash.String()
		if entries, ok := r.trees.get(commit.Hash); ok {
			tree.Entries = slices.Clone(entries)
			return nil
		}
		err = walk(r, commit.TreeHash, "", func(path string, e object.TreeEntry) error {
			if !e.Mode.IsFile() || isLink(e.Mode) {
				return nil
			}
			size, err := r.Storer.EncodedObjectSize(e.Hash)
			if err != nil {
				return err
			}
			tree.Entries = append(tree.Entries, forge.Entry{Path: path, Blob: e.Hash.String(), Size: int(size)})
			return nil
		})
		if err != nil {
			return err
		}
		sort.Slice(tree.Entries, func(i, j int) bool { return tree.Entries[i].Path < tree.Entries[j].Path })
		r.trees.put(commit.Hash, slices.Clone(tree.Entries), maxTrees)
		return nil
	})
	return tree, err
}

// Read implements forge.Forge.
func (f *Forge) Read(ctx context.Context, branch, path string) (forge.File, error) {
	var file forge.File
	if err := forge.CheckReadPath(path); err != nil {
		return file, err
	}
	err := f.read(ctx, func(r *repository) error {
		commit, err := branchCommit(r, branch)
		if err != nil {
			return err
		}
		found, err := readFile(r, commit, path)
		if err != nil {
			return err
		}
		if found == nil {
			return forge.Errorf(forge.ErrNotFound, nil, "There is no file %s on the branch %s.", path, branch)
		}
		file = *found
		return nil
	})
	return file, err
}

// readFile reads a regular file at a commit; nil when there is none.
func readFile(r *repository, commit *object.Commit, path string) (*forge.File, error) {
	entry, err := entryAt(r, commit.TreeHash, path)
	if err != nil || entry == nil || !entry.Mode.IsFile() || isLink(entry.Mode) {
		return nil, err
	}
	data, err := blob(r.Storer, entry.Hash)
	if err != nil {
		return nil, err
	}
	return &forge.File{
		Entry:  forge.Entry{Path: path, Blob: entry.Hash.String(), Size: len(data)},
		Commit: commit.Hash.String(),
		Data:   data,
	}, nil
}

// Blob implements forge.Forge.
func (f *Forge) Blob(ctx context.Context, id string) ([]byte, error) {
	if !forge.IsID(id) {
		return nil, forge.Errorf(forge.ErrInvalid, nil, "%q is not the id of a file.", id)
	}
	var data []byte
	err := f.read(ctx, func(r *repository) error {
		var err error
		data, err = blob(r.Storer, plumbing.NewHash(id))
		return err
	})
	return data, err
}

func blob(s storer.EncodedObjectStorer, id plumbing.Hash) ([]byte, error) {
	o, err := s.EncodedObject(plumbing.BlobObject, id)
	if err != nil {
		return nil, err
	}
	reader, err := o.Reader()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return io.ReadAll(reader)
}

// branchCommit is the commit at a branch's head.
func branchCommit(r *repository, branch string) (*object.Commit, error) {
	if err := forge.CheckBranch(branch); err != nil {
		return nil, err
	}
	id, err := r.reference(plumbing.NewBranchReferenceName(branch))
	if err != nil {
		return nil, err
	}
	if id.IsZero() {
		return nil, forge.Errorf(forge.ErrNotFound, nil, "There is no branch %s.", branch)
	}
	return r.CommitObject(id)
}
