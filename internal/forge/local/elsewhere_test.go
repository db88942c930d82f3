package local

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
)

// gitRepo makes a repository with plain Git, with a post and the branches main,
// which is checked out, and ed.
func gitRepo(t *testing.T, dir string) {
	t.Helper()
	needGit(t)
	if err := os.MkdirAll(filepath.Join(dir, "_posts"), 0o777); err != nil {
		t.Fatal(err)
	}
	plainGit(t, dir, "init", "-q", "-b", "main")
	write(t, dir, "_posts/one.md", "One.\n")
	plainGit(t, dir, "add", ".")
	plainGit(t, dir, "commit", "-q", "-m", "Begin")
	plainGit(t, dir, "branch", "ed")
}

func open(t *testing.T, dir string) *Forge {
	t.Helper()
	f, err := Open(dir, forgetest.Ana(), clock())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// submitOne submits a change of the post to a branch.
func submitOne(t *testing.T, f *Forge, base string) (forge.PullRequest, error) {
	t.Helper()
	return f.Submit(t.Context(), forge.Submission{Base: base, Title: "T", Changes: []forge.FileChange{
		{Path: "_posts/one.md", Data: []byte("Changed.\n"), Blob: forge.BlobID([]byte("One.\n"))},
	}}, nil)
}

// refusesToMove sees that nothing is merged into a branch that a folder is at, and
// that the folder is left as it is.
func refusesToMove(t *testing.T, f *Forge, branch, folder string, kind error) {
	t.Helper()
	pr, err := submitOne(t, f, branch)
	if err != nil {
		t.Fatal(err)
	}
	state := func() string {
		return plainGit(t, folder, "rev-parse", "refs/heads/"+branch) + plainGit(t, folder, "status", "--porcelain")
	}
	before := state()
	var e *forge.Error
	if _, err := f.Merge(t.Context(), pr.Number, pr.Head); !errors.Is(err, kind) || !errors.As(err, &e) {
		t.Errorf("Merge: %v, want a sentence that is %v", err, kind)
	}
	if after := state(); after != before {
		t.Errorf("a refused merge left %s, before it was %s", after, before)
	}
}

// TestCheckedOutBesideBrackets: the path of a repository is no pattern.
func TestCheckedOutBesideBrackets(t *testing.T) {
	root := t.TempDir()
	dir, other := filepath.Join(root, "[w]"), filepath.Join(root, "other")
	gitRepo(t, dir)
	plainGit(t, dir, "worktree", "add", "-q", other, "ed")
	refusesToMove(t, open(t, dir), "ed", other, forge.ErrConflict)
}

// TestWorkTreesUnread: where it is not known what is checked out, nothing moves.
func TestWorkTreesUnread(t *testing.T) {
	dir := t.TempDir()
	gitRepo(t, dir)
	write(t, dir, ".git/worktrees", "no folder")
	f := open(t, dir)
	pr, err := submitOne(t, f, "ed")
	var e *forge.Error
	if !errors.Is(err, forge.ErrUnavailable) || !errors.As(err, &e) {
		t.Errorf("Submit: %+v, %v; want a sentence that is ErrUnavailable", pr, err)
	}
}
