package local

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
)

// TestBranchesOfOthers: only Galley's own branches are written to, whatever is
// checked out.
func TestBranchesOfOthers(t *testing.T) {
	needGit(t)
	f, dir := newRepo(t)
	plainGit(t, dir, "checkout", "-q", "-b", "work")
	before := plainGit(t, dir, "rev-parse", "main")
	submit := func(branch, text string) error {
		_, err := f.Submit(t.Context(), forge.Submission{Base: "work", Branch: branch, Title: "T", Changes: []forge.FileChange{{Path: "_posts/x.md", Data: []byte(text)}}}, nil)
		return err
	}
	if err := submit("main", "x"); !errors.Is(err, forge.ErrInvalid) {
		t.Errorf("Submit to main: %v, want ErrInvalid", err)
	}
	if after := plainGit(t, dir, "rev-parse", "main"); after != before {
		t.Error("main has moved")
	}
	plainGit(t, dir, "branch", "-q", "somebodys", "work")
	if err := submit("somebodys", "x"); !errors.Is(err, forge.ErrInvalid) {
		t.Errorf("Submit to somebody's branch: %v, want ErrInvalid", err)
	}
	// A new branch may have any name, and is gone on with.
	for _, text := range []string{"x", "x"} {
		if err := submit("edits", text); err != nil {
			t.Errorf("Submit to a branch of its own: %v", err)
		}
	}
}

// TestLinkedToBare: the HEAD of a bare repository checks nothing out, so that a
// merge into its branch from one of its work trees is no trouble.
func TestLinkedToBare(t *testing.T) {
	needGit(t)
	_, origin := newRepo(t)
	bare := filepath.Join(t.TempDir(), "bare.git")
	plainGit(t, t.TempDir(), "clone", "-q", "--bare", origin, bare)
	dir := bare + "-linked"
	plainGit(t, bare, "worktree", "add", "-q", dir, "main")
	f, err := Open(dir, forgetest.Ana(), clock())
	if err != nil {
		t.Fatal(err)
	}
	pr, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: "_posts/x.md", Data: []byte("x\n")}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Merge(t.Context(), pr.Number, pr.Head); err != nil {
		t.Fatal(err)
	}
	if out := plainGit(t, dir, "status", "--porcelain"); out != "" {
		t.Errorf("git status: %s", out)
	}
}

// TestReflog: git reflog knows what Galley did, and how to take it back.
func TestReflog(t *testing.T) {
	needGit(t)
	for _, setting := range []string{"", "false"} {
		f, dir := newRepo(t)
		if setting != "" {
			plainGit(t, dir, "config", "core.logAllRefUpdates", setting)
		}
		before := plainGit(t, dir, "rev-parse", "main")
		pr, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "A harbour", Changes: []forge.FileChange{{Path: "_posts/x.md", Data: []byte("x\n")}}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Merge(t.Context(), pr.Number, pr.Head); err != nil {
			t.Fatal(err)
		}
		_, err = os.Stat(filepath.Join(dir, ".git", "logs", "refs", "heads", "galley"))
		if setting == "false" {
			if err == nil {
				t.Error("a log was written that the repository does not want")
			}
			continue
		}
		for ref, want := range map[string]string{"HEAD": "merge by Galley: ", "main": "merge by Galley: ", pr.Branch: "commit by Galley: A harbour"} {
			if out := plainGit(t, dir, "reflog", "-1", ref); !strings.Contains(out, want) {
				t.Errorf("git reflog %s: %q, want %q", ref, out, want)
			}
		}
		if out := plainGit(t, dir, "rev-parse", "main@{1}"); out != before {
			t.Errorf("main@{1} is %s, want %s", out, before)
		}
		checkRepository(t, dir)
	}
}

// TestConverted: where Git converts files, a refused merge says so.
func TestConverted(t *testing.T) {
	needGit(t)
	f, dir := newRepo(t)
	pr, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: "_posts/x.md", Data: []byte("x\n")}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	plainGit(t, dir, "config", "core.autocrlf", "true")
	os.Remove(filepath.Join(dir, "_config.yml"))
	plainGit(t, dir, "checkout", "--", "_config.yml")
	before := plainGit(t, dir, "rev-parse", "main")
	_, err = f.Merge(t.Context(), pr.Number, pr.Head)
	var e *forge.Error
	if !errors.Is(err, forge.ErrConflict) || !errors.As(err, &e) || !strings.Contains(e.Sentence, "line endings") {
		t.Errorf("Merge: %v, want a word about line endings", err)
	}
	if after := plainGit(t, dir, "rev-parse", "main"); after != before {
		t.Error("main has moved")
	}
}
