package local

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
)

// shallowRepo clones a repository whose branches main and ed each have commits of
// their own, without the commits before their heads.
func shallowRepo(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	from, dir := filepath.Join(root, "from"), filepath.Join(root, "clone")
	gitRepo(t, from)
	for _, branch := range []string{"ed", "main"} {
		plainGit(t, from, "checkout", "-q", branch)
		for n := range 3 {
			write(t, from, branch+".md", fmt.Sprintln(n))
			plainGit(t, from, "add", ".")
			plainGit(t, from, "commit", "-q", "-m", fmt.Sprintf("%s %d", branch, n))
		}
	}
	plainGit(t, root, "clone", "-q", "--depth", "1", "--no-single-branch", "file://"+from, dir)
	plainGit(t, dir, "branch", "-q", "ed", "origin/ed")
	return dir
}

// TestShallow: a clone without the older commits is written to as any other, and its
// history begins where Git says that it does.
func TestShallow(t *testing.T) {
	needGit(t)
	dir := shallowRepo(t)
	f := open(t, dir)
	versions := func(path string, want int) {
		t.Helper()
		page, err := f.Versions(t.Context(), "main", path, nil)
		if err != nil || len(page.List) != want {
			t.Errorf("%s has the versions %+v, %v; want %d", path, page.List, err, want)
		}
		edits, err := f.History(t.Context(), "main", path, "")
		if err != nil || len(edits) != want {
			t.Errorf("%s has the history %+v, %v; want %d", path, edits, err, want)
		}
	}
	versions("main.md", 1)
	for range 2 { // the second is answered by the first
		if pr, err := submitOne(t, f, "main"); err != nil || pr.Number != 1 || len(pr.Paths) != 1 {
			t.Fatalf("Submit: %+v, %v", pr, err)
		}
	}
	pr, err := f.PullRequest(t.Context(), 1)
	if err != nil || pr.Mergeable != forge.MergeClean {
		t.Fatalf("PullRequest: %+v, %v", pr, err)
	}
	if _, err := f.Merge(t.Context(), pr.Number, pr.Head); err != nil {
		t.Fatal(err)
	}
	versions("_posts/one.md", 2)
	if list, err := f.Removed(t.Context(), "main", ""); err != nil || len(list) != 0 {
		t.Errorf("Removed: %v, %v", list, err)
	}
	checkRepository(t, dir)
	plainGit(t, dir, "fetch", "-q", "--unshallow")
	versions("main.md", 3) // while it is open
}

// TestShallowApart: where a clone has no commit that two branches share, nothing is
// written, and the clone can be mended while it is open.
func TestShallowApart(t *testing.T) {
	needGit(t)
	dir := shallowRepo(t)
	f := open(t, dir)
	propose := func() (forge.PullRequest, error) {
		return f.Propose(t.Context(), "ed", "main", forge.Message{Title: "Edition"})
	}
	var e *forge.Error
	if pr, err := propose(); !errors.Is(err, forge.ErrConflict) || !errors.As(err, &e) {
		t.Errorf("Propose: %+v, %v; want a sentence that is ErrConflict", pr, err)
	}
	if list, err := f.PullRequests(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("PullRequests: %+v, %v", list, err)
	}
	plainGit(t, dir, "fetch", "-q", "--unshallow")
	if pr, err := propose(); err != nil || len(pr.Paths) != 1 {
		t.Errorf("Propose: %+v, %v", pr, err)
	}
}

// TestApart: branches without a common history are not proposed to each other.
func TestApart(t *testing.T) {
	dir := t.TempDir()
	gitRepo(t, dir)
	plainGit(t, dir, "checkout", "-q", "--orphan", "other")
	plainGit(t, dir, "commit", "-q", "-m", "Begin anew")
	f := open(t, dir)
	if pr, err := f.Propose(t.Context(), "ed", "other", forge.Message{Title: "T"}); !errors.Is(err, forge.ErrConflict) {
		t.Errorf("Propose: %+v, %v; want ErrConflict", pr, err)
	}
	if list, err := f.PullRequests(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("PullRequests: %+v, %v", list, err)
	}
}

// TestBorrowed: objects that another repository has are read there, also where that
// one borrows them in turn, in packs and out of them.
func TestBorrowed(t *testing.T) {
	needGit(t)
	for _, c := range []struct {
		name  string
		clone func(t *testing.T, root string)
	}{
		{"shared", func(t *testing.T, root string) {
			plainGit(t, root, "clone", "-q", "--shared", "from", "site")
		}},
		{"reference", func(t *testing.T, root string) {
			plainGit(t, root, "clone", "-q", "--reference", "from", "file://"+filepath.Join(root, "from"), "site")
		}},
		{"packed", func(t *testing.T, root string) {
			plainGit(t, filepath.Join(root, "from"), "gc", "-q")
			plainGit(t, root, "clone", "-q", "--shared", "from", "site")
		}},
		{"twice, by a relative path", func(t *testing.T, root string) {
			plainGit(t, root, "clone", "-q", "--shared", "from", "middle")
			plainGit(t, root, "clone", "-q", "--shared", "middle", "site")
			write(t, root, "site/.git/objects/info/alternates", "# from there\n../../../middle/.git/objects\n")
		}},
		{"in a linked work tree", func(t *testing.T, root string) {
			plainGit(t, root, "clone", "-q", "--shared", "from", "main")
			plainGit(t, filepath.Join(root, "main"), "checkout", "-q", "--detach")
			plainGit(t, filepath.Join(root, "main"), "worktree", "add", "-q", filepath.Join(root, "site"), "main")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			dir := filepath.Join(root, "site")
			gitRepo(t, filepath.Join(root, "from"))
			c.clone(t, root)
			f := open(t, dir)
			tree, err := f.Tree(t.Context(), "main")
			if err != nil || len(tree.Entries) != 1 || tree.Entries[0].Size != len("One.\n") {
				t.Errorf("Tree: %+v, %v", tree, err)
			}
			pr, err := submitOne(t, f, "main")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Merge(t.Context(), pr.Number, pr.Head); err != nil {
				t.Fatal(err)
			}
			if out := plainGit(t, dir, "show", "main:_posts/one.md") + plainGit(t, dir, "status", "--porcelain"); out != "Changed.\n" {
				t.Errorf("main has %q", out)
			}
		})
	}
}

// TestBorrowedAway: what objects were borrowed from is gone.
func TestBorrowedAway(t *testing.T) {
	needGit(t)
	root := t.TempDir()
	gitRepo(t, filepath.Join(root, "from"))
	plainGit(t, root, "clone", "-q", "--shared", "from", "site")
	if err := os.Rename(filepath.Join(root, "from"), filepath.Join(root, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	_, err := Open(filepath.Join(root, "site"), forgetest.Ana(), clock())
	var e *forge.Error
	if !errors.As(err, &e) || !strings.Contains(e.Sentence, "git repack") || !strings.Contains(e.Sentence, filepath.Join(root, "from")) {
		t.Errorf("Open: %v", err)
	}
}

// TestSettled: whenever a reference is about to move, all that was written is on the
// disk.
func TestSettled(t *testing.T) {
	f, dir := newRepo(t)
	moved := 0
	f.after = func() {
		if _, err := os.Stat(filepath.Join(dir, ".git", refFile)); err == nil {
			if moved++; len(f.repo.objects.written) > 0 {
				t.Errorf("%d objects may not be on the disk", len(f.repo.objects.written))
			}
		}
	}
	pr, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "New", Changes: []forge.FileChange{{Path: "_posts/2026-02-01-n.md", Data: []byte("n\n")}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Merge(t.Context(), pr.Number, pr.Head); err != nil {
		t.Fatal(err)
	}
	if moved < 4 {
		t.Errorf("%d references were seen", moved)
	}
}
