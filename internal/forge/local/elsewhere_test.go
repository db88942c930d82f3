package local

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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

// TestSymbolicElsewhere: a work tree at another name of a branch is at that branch.
func TestSymbolicElsewhere(t *testing.T) {
	root := t.TempDir()
	dir, other := filepath.Join(root, "site"), filepath.Join(root, "other")
	gitRepo(t, dir)
	plainGit(t, dir, "symbolic-ref", "refs/heads/alias", "refs/heads/ed")
	plainGit(t, dir, "worktree", "add", "-q", other, "alias")
	refusesToMove(t, open(t, dir), "ed", other, forge.ErrConflict)
}

// TestHeadUnread: a work tree of which it is not known where it is may be anywhere.
func TestHeadUnread(t *testing.T) {
	root := t.TempDir()
	dir, other := filepath.Join(root, "site"), filepath.Join(root, "other")
	gitRepo(t, dir)
	plainGit(t, dir, "worktree", "add", "-q", other, "ed")
	f := open(t, dir)
	plainGit(t, dir, "symbolic-ref", "refs/heads/a", "refs/heads/b")
	plainGit(t, dir, "symbolic-ref", "refs/heads/b", "refs/heads/a")
	plainGit(t, dir, "worktree", "add", "-q", "--detach", filepath.Join(root, "third"), "main")
	write(t, dir, ".git/worktrees/third/HEAD", "ref: refs/heads/a\n")
	if pr, err := submitOne(t, f, "main"); !errors.Is(err, forge.ErrUnavailable) {
		t.Errorf("Submit: %+v, %v; want ErrUnavailable", pr, err)
	}
}

// TestSymbolicHead: HEAD names master, which is another name of main.
func TestSymbolicHead(t *testing.T) {
	for _, pack := range []bool{false, true} {
		dir := t.TempDir()
		gitRepo(t, dir)
		if pack { // what it was before is still in the packed references
			plainGit(t, dir, "branch", "master", "ed")
			plainGit(t, dir, "pack-refs", "--all")
		}
		plainGit(t, dir, "symbolic-ref", "refs/heads/master", "refs/heads/main")
		plainGit(t, dir, "symbolic-ref", "HEAD", "refs/heads/master")
		f := open(t, dir)
		info, err := f.Info(t.Context())
		if err != nil || info.DefaultBranch != "main" {
			t.Errorf("Info: %+v, %v; want the branch main", info, err)
		}
		branches, err := f.Branches(t.Context())
		if err != nil || len(branches) != 2 || branches[0].Name != "main" || !branches[0].Default {
			t.Errorf("Branches: %+v, %v", branches, err)
		}
		pr, err := submitOne(t, f, "main")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Merge(t.Context(), pr.Number, pr.Head); err != nil {
			t.Fatal(err)
		}
		checkRepository(t, dir) // the files came along
		if out := plainGit(t, dir, "symbolic-ref", "refs/heads/master"); out != "refs/heads/main\n" {
			t.Errorf("master is now another name of %s", out)
		}
	}
}

// TestSymbolicBranch: what is another branch's name is not written over.
func TestSymbolicBranch(t *testing.T) {
	dir := t.TempDir()
	gitRepo(t, dir)
	plainGit(t, dir, "symbolic-ref", "refs/heads/alias", "refs/heads/ed")
	plainGit(t, dir, "symbolic-ref", "refs/heads/galley/ana/one", "refs/heads/ed")
	f := open(t, dir)
	refs := plainGit(t, dir, "for-each-ref")
	if b, err := f.StartBranch(t.Context(), "alias", "main", nil); !errors.Is(err, forge.ErrInvalid) {
		t.Errorf("StartBranch: %+v, %v; want ErrInvalid", b, err)
	}
	if pr, err := submitOne(t, f, "main"); !errors.Is(err, forge.ErrInvalid) {
		t.Errorf("Submit: %+v, %v; want ErrInvalid", pr, err)
	}
	if after := plainGit(t, dir, "for-each-ref"); after != refs {
		t.Errorf("references are %s, before they were %s", after, refs)
	}
	for _, alias := range []string{"alias", "galley/ana/one"} {
		if out := plainGit(t, dir, "symbolic-ref", "refs/heads/"+alias); out != "refs/heads/ed\n" {
			t.Errorf("%s is now another name of %s", alias, out)
		}
	}
}

// TestUnderway: a branch that is being rebased or bisected counts as checked out, in
// this work tree or another.
func TestUnderway(t *testing.T) {
	needGit(t)
	for _, c := range []struct {
		branch string // the one that must not move
		args   []string
	}{
		{"ed", []string{"rebase", "other"}},
		{"ed", []string{"rebase", "--apply", "other"}},
		{"below", []string{"rebase", "--update-refs", "other"}},
		{"ed", []string{"bisect", "start", "ed", "main"}},
	} {
		for _, linked := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s linked=%v", strings.Join(c.args, " "), linked), func(t *testing.T) {
				t.Parallel()
				dir := filepath.Join(t.TempDir(), "site")
				gitRepo(t, dir)
				folder := dir
				if linked {
					folder = dir + "-linked"
					plainGit(t, dir, "worktree", "add", "-q", folder, "ed")
				} else {
					plainGit(t, dir, "checkout", "-q", "ed")
				}
				for n := range 4 {
					if n == 1 {
						plainGit(t, folder, "branch", "below")
					}
					write(t, folder, "two.md", fmt.Sprintln(n))
					plainGit(t, folder, "add", ".")
					plainGit(t, folder, "commit", "-q", "-m", "Ed")
				}
				plainGit(t, folder, "checkout", "-q", "-b", "other", "main")
				write(t, folder, "two.md", "other\n")
				plainGit(t, folder, "add", ".")
				plainGit(t, folder, "commit", "-q", "-m", "Other")
				plainGit(t, folder, "checkout", "-q", "ed")
				cmd := exec.Command("git", append([]string{"-C", folder, "-c", "user.name=Ben", "-c", "user.email=ben@example.org"}, c.args...)...)
				if out, err := cmd.CombinedOutput(); (err == nil) == (c.args[0] == "rebase") { // which stops at a conflict
					t.Fatalf("%v: %v\n%s", c.args, err, out)
				}
				refusesToMove(t, open(t, dir), c.branch, folder, forge.ErrConflict)
			})
		}
	}
}
