// Package forge is where posts are kept: a Git repository with branches and
// pull requests, seen as the few things that an editor of posts needs.
//
// There are two forges: forge/local works on a repository on disk and keeps
// pull requests of its own, forge/github talks to GitHub. Both pass the
// contract test of forge/forgetest. A Forge acts for one person: whose it is
// is decided where it is made, never by a request.
//
// No forge ever forces a write. Each write names the state that it started
// from, and fails with an error of this package when that state has passed.
package forge

import (
	"cmp"
	"context"
	"time"
)

// Forge is one repository, seen with one person's rights. All methods may be
// called concurrently.
type Forge interface {
	// Info says which repository this is and who is acting.
	Info(ctx context.Context) (Info, error)
	// Branches lists the branches, the default one first, the others by name.
	Branches(ctx context.Context) ([]Branch, error)
	// Tree lists every regular file on a branch, by path. Symbolic links and
	// submodules are left out. ErrNotFound when there is no such branch.
	Tree(ctx context.Context, branch string) (Tree, error)
	// Read reads one file on a branch. ErrNotFound when the branch or the file
	// is not there.
	Read(ctx context.Context, branch, path string) (File, error)
	// Blob reads a file's bytes by its blob id, as Tree gave it.
	Blob(ctx context.Context, id string) ([]byte, error)
	// History gives the commits of a branch that changed a file, merges that
	// took it over left out, newest first: those after the one that made the
	// blob since, or the last ones where that is not among them; MaxHistory at
	// most. ErrNotFound when there is no such branch.
	History(ctx context.Context, branch, path, since string) ([]Edit, error)
	// Versions lists the commits of a branch that changed a file, merges that took
	// it over left out, newest first and a page at a time. Behind the commit that
	// renamed the file, by what Git takes for a rename (see Renamed), it goes on
	// with what the file was called before. from is Next of the page before; nil
	// begins at the branch's head. A page may have few versions, or none, and yet a
	// next one. ErrNotFound when there is no such branch.
	Versions(ctx context.Context, branch, path string, from []Place) (Versions, error)
	// Version reads a file as a commit of a branch has it, by the path that it has
	// there. ErrNotFound when the commit or the file in it is not there.
	Version(ctx context.Context, branch, commit, path string) (File, error)
	// Renamed follows a file that is no longer on a branch to where it was
	// renamed to, by what Git takes for a rename in the commit that took the file
	// away: another with half of its content or more. nil where the file is there,
	// was never there or was removed. ErrNotFound when there is no such branch.
	Renamed(ctx context.Context, branch, path string) (*Rename, error)
	// Removed lists files that were taken off a branch lately and are not there now,
	// the last one first: those of a folder and all below it, "" for the
	// repository's. What was renamed is not among them. How far it looks back is the
	// forge's; MaxRemovals at most. Their texts History has. ErrNotFound when there
	// is no such branch, ErrTooLarge when its files cannot be listed.
	Removed(ctx context.Context, branch, folder string) ([]Removal, error)
	// Submit makes one commit with the given changes on the submission's
	// branch, which it makes from the base when it is not there, and opens the
	// pull request, or updates the one that is open for that branch. Submitting
	// the same thing again, or again after an answer was lost, makes neither a
	// second branch, commit nor pull request. Steps are told to progress as
	// they begin and end; it may be nil.
	Submit(ctx context.Context, s Submission, progress func(Step)) (PullRequest, error)
	// PullRequests lists the open pull requests, and the closed ones that were
	// changed lately, newest first.
	PullRequests(ctx context.Context) ([]PullRequest, error)
	// PullRequest gets one by number. ErrNotFound when there is none.
	PullRequest(ctx context.Context, number int) (PullRequest, error)
	// Diff gives the files that a pull request changes, sorted by path, with the bytes
	// of those that are wanted: of any number of files, of any size, somebody else may
	// have changed. It is asked once for each, with the size of the larger side, in
	// bytes; nil wants all.
	Diff(ctx context.Context, number int, wanted func(path string, size int) bool) ([]Change, error)
	// StartBranch makes the branch name at the head of the branch from, and with a
	// first file, nil for none, one commit further. The same again finds the branch
	// as it is now, and writes nothing. ErrInvalid for names that CheckStart refuses
	// and paths that CheckPath does, ErrForbidden for who may not push to the
	// repository itself.
	StartBranch(ctx context.Context, name, from string, first *First) (Branch, error)
	// Propose opens a pull request for a branch as it is, or finds the one that is
	// open for the same base. ErrInvalid when the branch has nothing that the base
	// lacks, ErrForbidden for who may not.
	Propose(ctx context.Context, branch, base string, m Message) (PullRequest, error)
	// Merge merges an open pull request into its base with a merge commit. head
	// is the commit that whoever merges has looked at. ErrStale when the pull
	// request's head is another, ErrConflict when Git cannot do it by itself,
	// ErrUnsupported where merging is not done from Galley.
	Merge(ctx context.Context, number int, head string) (PullRequest, error)
	// MergeAll merges several open pull requests into their base by one commit, of
	// which all are parents, and gives its id. The same again finds that commit. ErrStale
	// when the base's head or that of a pull request is another than was looked at, or
	// one is no longer open; ErrConflict when one changes another file, too; ErrForbidden
	// for who may not push to the base.
	MergeAll(ctx context.Context, o Octopus) (string, error)
	// Close closes an open pull request without merging it. Its branch stays as it
	// is. The same again changes nothing. ErrInvalid for one that is merged,
	// ErrForbidden for who may not.
	Close(ctx context.Context, number int) (PullRequest, error)
	// Deployment tells what became of a commit of the branch that the site is
	// published from: whether what publishes it is done. ErrUnsupported where
	// nothing is known that publishes.
	Deployment(ctx context.Context, commit string) (Deployment, error)
	Reviewing
}

// Info describes a forge.
type Info struct {
	// Name is what people call the repository: "owner/name" or a folder's name.
	Name string
	// ID tells the repository, or the folder of it that the forge is [Within], from all
	// others, for what browsers keep of it: those that may have its name, and its own
	// other folders. Where the repository is renamed it stays. Empty where the name does.
	ID string
	// Repository is the ID of the whole repository, where the forge is of a folder.
	Repository string
	// Kind is "local" or "github".
	Kind string
	// DefaultBranch is the branch that the site is published from.
	DefaultBranch string
	// Person is who commits.
	Person Person
	// CanMerge tells whether Merge is supported.
	CanMerge bool
	// CanPush tells whether the person may push to the repository itself.
	// Otherwise they work from a fork of their own, which Submit makes.
	CanPush bool
}

// Person is somebody whom commits and pull requests name.
type Person struct {
	Login string // the forge's name for them; empty where there is none
	Name  string
	Email string
}

// Branch is a branch and the commit at its head.
type Branch struct {
	Name    string
	Head    string // commit id, 40 hexadecimal digits
	Default bool
}

// Tree is every file of one commit.
type Tree struct {
	Commit  string
	Entries []Entry // by path
	// Truncated is true when the forge could not list all of it.
	Truncated bool
}

// Entry is a file in a tree.
type Entry struct {
	Path string // with slashes, from the repository's root
	Blob string // Git's blob id, which names the content
	Size int    // bytes
}

// File is a file's content and its place in history.
type File struct {
	Entry
	Commit string // the head of the branch it was read at
	Data   []byte
}

// Submission is a post, or a post and its pictures, on the way to a pull
// request.
type Submission struct {
	// Base is the branch that the pull request is for.
	Base string
	// Branch is the pull request's own branch. Empty: BranchName(person, first
	// change's path), which is the same every time.
	Branch string
	// Changes are the files to write and to take out, in one commit. The first is
	// the post. A file that is moved is two of them: its new place, and the old one
	// that is Gone.
	Changes []FileChange
	// Title is the pull request's title, and the commit's first line.
	Title string
	// Message is the pull request's description, in Markdown, and the commit's. An
	// empty one leaves the description that there is.
	Message string
	// Pull continues the pull request with this number on its own branch, which
	// may be another person's and in a fork; Branch is then not used. 0: the
	// submission has a pull request of its own.
	Pull int
	// PullBranch is the branch that the text was written on, as PullRequest.Branch
	// has it, and "" for any: a pull request from another branch is not continued.
	PullBranch string
	// SignOff adds a Signed-off-by line of the person to the commit.
	SignOff bool
	// CoAuthors are named by Co-authored-by lines of the commit: those whose
	// lines a merge took over. The person themselves is left out.
	CoAuthors []Person
	// Merged is the commit of Base whose text was merged into Changes; "" for
	// none. It has to be the base's head or a commit before it. Where the branch
	// does not hold it yet, the submission's commit gets it as second parent, and
	// its tree with the pull request's own changes, so that the pull request
	// merges without a hand-made merge. ErrStale when the base has another text
	// by now, ErrConflict when another file of the pull request collides.
	Merged string
	// Announce opens the pull request though nothing changes yet, with an empty
	// commit, so that others see that somebody writes.
	Announce bool
	// Writing are sections that the pull request takes beside those that it has
	// taken, which its description says in a line; see Describe.
	Writing []string
	// GivenBack are sections that the pull request takes no longer.
	GivenBack []string
	// Dismissed are keys of material that is not to be reported, which the
	// description keeps beside those that it has, and Restored those that it keeps
	// no longer.
	Dismissed, Restored []string
}

// FileChange is one file to write or to take out, and what it replaces.
type FileChange struct {
	Path string
	Data []byte
	// Gone takes the file out. It needs Blob, and has no Data.
	Gone bool
	// Blob is the blob id that the edit started from: the file's id on the
	// submission's branch, or on its base when that branch is not there yet.
	// Empty for a file that is new. Anything else found there is ErrStale.
	Blob string
	// Earlier are the blob ids that the same writer submitted before from the
	// same edit: finding one of them is not stale, since it is their own.
	Earlier []string
}

// Holds tells whether a file is what it is to become: blob is the id of what is
// there, "" for nothing.
func (c FileChange) Holds(blob string) bool {
	if c.Gone {
		return blob == ""
	}
	return blob == BlobID(c.Data)
}

// PullRequest is a pull request.
type PullRequest struct {
	Number int
	Title  string
	Body   string
	State  State
	Base   string // branch
	Branch string // branch, "fork:branch" when it is in another repository
	Head   string // commit id at the branch's head; after a merge, the last one it had
	Author Person
	// URL is where people look at it. Local ones have an address within Galley,
	// "/pulls/N".
	URL     string
	Created time.Time
	Updated time.Time
	// Merge is the commit by which it was merged into its base; "" while it was not,
	// and where the forge does not tell.
	Merge string
	// Paths are the files it changes, where the forge tells; nil where asking
	// would cost a request for each pull request.
	Paths []string
	// The rest is told by PullRequest, and by PullRequests only where it costs no
	// request for each pull request.

	// Checks is what the tests of its head say.
	Checks Checks
	// Review is how far its review is.
	Review Review
	// CanPush tells whether the person may push to its branch: Submission.Pull
	// continues it.
	CanPush bool
	// Mergeable is whether it can be merged into its base as it stands.
	Mergeable Mergeable
	// Preview is where a service shows the site as the head has it, an address that
	// [PreviewURL] gave; "" where nobody says.
	Preview string
}

// ClosedShown is how many pull requests that are no longer open PullRequests
// lists.
const ClosedShown = 30

// Newer compares two pull requests for slices.SortFunc: the one changed last
// comes first.
func Newer(a, b PullRequest) int {
	return cmp.Or(b.Updated.Compare(a.Updated), cmp.Compare(b.Number, a.Number))
}

// Checks is what the tests of a pull request's head say; "" when there are none
// or nobody asked.
type Checks string

// The states of checks. One that fails outweighs those that still run.
const (
	ChecksPending Checks = "pending"
	ChecksPassing Checks = "passing"
	ChecksFailing Checks = "failing"
)

// Review is how far the review of a pull request is; "" when nobody was asked
// and nobody has answered, or nobody looked.
type Review string

// The states of a review. One that asks for changes outweighs approvals.
const (
	ReviewRequested Review = "requested"
	ReviewApproved  Review = "approved"
	ReviewChanges   Review = "changes"
	ReviewEarlier   Review = "earlier" // what was approved is not the head any more
)

// Mergeable is whether a pull request can be merged as it stands; "" when
// nobody knows yet.
type Mergeable string

// Whether a pull request can be merged.
const (
	MergeClean    Mergeable = "clean"
	MergeConflict Mergeable = "conflict"
)

// State is whether a pull request is open.
type State string

// A pull request's states.
const (
	Open   State = "open"
	Merged State = "merged"
	Closed State = "closed"
)

// Change is a file that a pull request changes.
type Change struct {
	Path string
	// OldBlob and NewBlob are its ids; empty where it is not there on that side.
	OldBlob, NewBlob string
	// Old and New are its bytes; nil where it is not there, or was not wanted.
	Old, New []byte
}

// Step is one step of a submission, told as it begins and as it ends.
type Step struct {
	// Name is "check", "fork" (for who works from one), "branch", "merge" (where
	// the base is merged in), "commit" or "pull-request".
	Name string
	// Text says it to the writer: "Making the branch galley/2026-08-16-update".
	Text string
	Done bool
}
