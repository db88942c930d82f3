package forge

import (
	"context"
	"errors"
	"time"
)

// MaxHistory is how many edits of a file History tells at most.
const MaxHistory = 10

// Edit is a commit that changed a file, with the file before and after it.
type Edit struct {
	Commit string // id
	Author Person
	Title  string // the commit's first line
	// Old and New are nil where the file was not there.
	Old, New []byte
}

// Rename is a file's way to another path.
type Rename struct {
	Path   string // where the file is now
	Commit string // id of the commit that renamed it last
	Author Person // of that commit
	Title  string // that commit's first line
}

// maxRenames is how often a file is followed on.
const maxRenames = 10

// FollowRenames is what the forges' Renamed have in common. step looks at the
// commit that took a file off the branch last, and gives its rename there; nil
// for none.
func FollowRenames(ctx context.Context, f Forge, branch, path string, step func(path string) (*Rename, error)) (*Rename, error) {
	var last *Rename
	for range maxRenames {
		_, err := f.Read(ctx, branch, path)
		if err == nil {
			return last, nil
		}
		if !errors.Is(err, ErrNotFound) {
			return nil, err
		}
		if last, err = step(path); err != nil || last == nil {
			return nil, err
		}
		path = last.Path
	}
	return nil, nil
}

// MaxRemovals is how many files Removed tells at most.
const MaxRemovals = 15

// Removal is a file that was taken off a branch.
type Removal struct {
	Path   string
	Commit string // id of the commit that took it away
	Author Person // of that commit
	Title  string // that commit's first line
	When   time.Time
}
