package local

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

const (
	pullRefs = "refs/galley/pulls/"
	pullFile = "pull.json"
	// reviewFile is what was said about it; not there as long as nothing was.
	reviewFile = "review.json"
	// maxBases is how many merge bases and lists of paths are kept in memory.
	maxBases = 1000
)

// record is a pull request as pull.json keeps it.
type record struct {
	Number  int          `json:"number"`
	Title   string       `json:"title"`
	Body    string       `json:"body,omitempty"`
	State   forge.State  `json:"state"`
	Base    string       `json:"base"`
	Branch  string       `json:"branch"`
	Head    string       `json:"head"`              // the branch's head when this was written
	From    string       `json:"from"`              // where the branch left the base, for the diff
	Crossed []string     `json:"crossed,omitempty"` // where else, if they have merged each other
	Merge   string       `json:"merge,omitempty"`   // the merge commit
	Author  forge.Person `json:"author"`
	Created time.Time    `json:"created,omitzero"`
	Updated time.Time    `json:"updated"`

	commit plumbing.Hash // the state's own commit
	review plumbing.Hash // the blob of its reviewFile; zero for none
	stored forge.State   // as it was written, whatever became of the branches since
	onto   plumbing.Hash // the base's head, while it is open
}

func (rec *record) public() forge.PullRequest {
	return forge.PullRequest{
		Number: rec.Number, Title: rec.Title, Body: rec.Body, State: rec.State,
		Base: rec.Base, Branch: rec.Branch, Head: rec.Head, Author: rec.Author,
		URL: fmt.Sprintf("/pulls/%d", rec.Number), Created: rec.begun(), Updated: rec.Updated, Merge: rec.Merge,
		CanPush: rec.State == forge.Open,
	}
}

// begun is when it was opened; those that were opened before that was kept tell the
// last change.
func (rec *record) begun() time.Time {
	if rec.Created.IsZero() {
		return rec.Updated
	}
	return rec.Created
}

func pullRef(number int) plumbing.ReferenceName {
	return plumbing.ReferenceName(pullRefs + strconv.Itoa(number))
}

// PullRequests implements forge.Forge.
func (f *Forge) PullRequests(ctx context.Context) ([]forge.PullRequest, error) {
	var list []forge.PullRequest
	err := f.read(ctx, func(r *repository) error {
		list = nil
		records, err := pulls(r)
		if err != nil {
			return err
		}
		closed := 0
		for _, rec := range records {
			if rec.State != forge.Open {
				if closed++; closed > forge.ClosedShown {
					continue
				}
			}
			pr := rec.public()
			if pr.Paths, err = changedPaths(r, rec); err != nil {
				return err
			}
			if pr.Review, err = lastWord(r, rec); err != nil {
				return err
			}
			list = append(list, pr)
		}
		return nil
	})
	return list, err
}

// PullRequest implements forge.Forge.
func (f *Forge) PullRequest(ctx context.Context, number int) (forge.PullRequest, error) {
	var pr forge.PullRequest
	err := f.read(ctx, func(r *repository) error {
		rec, err := pull(r, number)
		if err != nil {
			return err
		}
		pr = rec.public()
		if pr.Review, err = lastWord(r, rec); err != nil {
			return err
		}
		pr.Paths, err = changedPaths(r, rec)
		return err
	})
	if err == nil && pr.State == forge.Open {
		pr.Mergeable, err = f.mergeable(ctx, pr)
	}
	return pr, err
}

// left is where the branch left the base, more than one commit if they have merged
// each other.
func (rec *record) left() []plumbing.Hash {
	list := []plumbing.Hash{plumbing.NewHash(rec.From)}
	for _, id := range rec.Crossed {
		list = append(list, plumbing.NewHash(id))
	}
	return list
}

// setLeft sets what left gives; there is one at least.
func (rec *record) setLeft(bases []plumbing.Hash) {
	rec.From, rec.Crossed = bases[0].String(), nil
	for _, id := range bases[1:] {
		rec.Crossed = append(rec.Crossed, id.String())
	}
}

// baseBefore is the head that the base has, or had when Galley merged the pull
// request; nil where nobody knows.
func (rec *record) baseBefore(r *repository) (*object.Commit, error) {
	if rec.State == forge.Open && !rec.onto.IsZero() {
		return r.CommitObject(rec.onto)
	}
	if rec.Merge == "" {
		return nil, nil
	}
	merge, err := r.CommitObject(plumbing.NewHash(rec.Merge))
	if err != nil || len(merge.ParentHashes) == 0 {
		return nil, err
	}
	return r.CommitObject(merge.ParentHashes[0])
}

// pulls reads all pull requests, newest first.
func pulls(r *repository) ([]*record, error) {
	refs, err := r.references(pullRefs)
	if err != nil {
		return nil, err
	}
	var numbers []int
	for ref := range refs {
		if n, err := strconv.Atoi(strings.TrimPrefix(ref.String(), pullRefs)); err == nil && n > 0 {
			numbers = append(numbers, n)
		}
	}
	records := make([]*record, 0, len(numbers))
	for _, n := range numbers {
		rec, err := pull(r, n)
		if err != nil {
			return nil, err
		}
		records = append(records, rec)
	}
	slices.SortFunc(records, func(a, b *record) int { return forge.Newer(a.public(), b.public()) })
	return records, nil
}

// pull reads one pull request, and brings what it says about its branch up to
// date with the branch.
func pull(r *repository, number int) (*record, error) {
	name := pullRef(number)
	id, err := r.reference(name)
	if err != nil {
		return nil, err
	}
	if id.IsZero() {
		return nil, forge.Errorf(forge.ErrNotFound, nil, "There is no pull request %d.", number)
	}
	commit, err := r.CommitObject(id)
	if err != nil {
		return nil, err
	}
	entry, err := entryAt(r, commit.TreeHash, pullFile)
	if err != nil {
		return nil, err
	}
	if entry == nil {
		return nil, fmt.Errorf("%s has no %s", name, pullFile)
	}
	data, err := blob(r.Storer, entry.Hash)
	if err != nil {
		return nil, err
	}
	rec := &record{commit: id}
	if err := json.Unmarshal(data, rec); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	rec.Number, rec.stored = number, rec.State
	if entry, err = entryAt(r, commit.TreeHash, reviewFile); err != nil {
		return nil, err
	} else if entry != nil {
		rec.review = entry.Hash
	}
	if rec.State != forge.Open {
		return rec, nil
	}
	return rec, rec.refresh(r)
}

// refresh looks at the branches of an open pull request: somebody may have
// pushed to, merged or deleted them with plain Git.
func (rec *record) refresh(r *repository) error {
	branch, err := r.reference(plumbing.NewBranchReferenceName(rec.Branch))
	if err != nil {
		return err
	}
	if branch.IsZero() {
		rec.State = forge.Closed
	} else {
		rec.Head = branch.String()
	}
	base, err := r.reference(plumbing.NewBranchReferenceName(rec.Base))
	if err != nil {
		return err
	}
	if base.IsZero() {
		rec.State = forge.Closed
		return nil
	}
	rec.onto = base
	bases, err := commonBases(r, base, plumbing.NewHash(rec.Head))
	switch {
	case err != nil:
		return err
	case len(bases) == 0: // the histories have nothing in common
	case bases[0].String() == rec.Head:
		rec.State = forge.Merged
	default:
		rec.setLeft(bases)
	}
	return nil
}

// savePull writes a state of a pull request. A new one has the number 0 and
// gets the next that is free.
func (f *Forge) savePull(r *repository, rec *record, what string) error {
	old := rec.commit
	fresh := rec.Number == 0
	if fresh {
		records, err := pulls(r)
		if err != nil {
			return err
		}
		for _, other := range records {
			rec.Number = max(rec.Number, other.Number)
		}
		rec.Number++
	}
	rec.Updated = f.clock().UTC().Truncate(time.Second)
	if fresh {
		rec.Created = rec.Updated
	}
	data, err := json.MarshalIndent(rec, "", "  ")
	if err != nil {
		return err
	}
	id, err := putBlob(r, append(data, '\n'))
	if err != nil {
		return err
	}
	entries := []object.TreeEntry{{Name: pullFile, Mode: filemode.Regular, Hash: id}}
	if !rec.review.IsZero() {
		entries = append(entries, object.TreeEntry{Name: reviewFile, Mode: filemode.Regular, Hash: rec.review})
	}
	tree, err := putTree(r, entries)
	if err != nil {
		return err
	}
	parents := []plumbing.Hash{plumbing.NewHash(rec.Head)}
	if !fresh {
		parents = []plumbing.Hash{old, plumbing.NewHash(rec.Head)}
	}
	message := fmt.Sprintf("%s pull request %d: %s\n", what, rec.Number, rec.Title)
	rec.commit, err = putCommit(r, signature(f.person, f.clock()), message, tree, parents...)
	if err != nil {
		return err
	}
	return f.setRef(r, pullRef(rec.Number), old, rec.commit)
}
