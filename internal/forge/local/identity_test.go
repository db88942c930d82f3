package local

import (
	"os"
	"path/filepath"
	"testing"

	"galley/internal/forge/forgetest"
)

// TestIdentity: a repository is the same one wherever it is moved, and another
// than its clones, its copies and others of its name.
func TestIdentity(t *testing.T) {
	needGit(t)
	ask := func(dir string) string {
		t.Helper()
		f, err := Open(dir, forgetest.Ana(), clock())
		if err != nil {
			t.Fatal(err)
		}
		info, err := f.Info(t.Context())
		if err != nil || info.ID == "" {
			t.Fatalf("Info = %+v, %v", info, err)
		}
		return info.ID
	}
	_, origin := newRepo(t)
	id := ask(origin)
	if again := ask(origin); again != id {
		t.Errorf("asked again: %s, want %s", again, id)
	}
	elsewhere := t.TempDir()
	clone := filepath.Join(elsewhere, filepath.Base(origin))
	plainGit(t, elsewhere, "clone", "-q", origin, clone)
	if other := ask(clone); other == id {
		t.Error("a clone is taken for its origin")
	}
	linked := filepath.Join(elsewhere, "linked")
	plainGit(t, origin, "worktree", "add", "-q", "-b", "linked", linked)
	if same := ask(linked); same != id {
		t.Error("a linked work tree has drafts of its own, on the same branches")
	}
	copied := filepath.Join(elsewhere, "copied")
	if err := os.CopyFS(copied, os.DirFS(clone)); err != nil {
		t.Fatal(err)
	}
	of := ask(clone)
	if ask(copied) == of || ask(clone) != of {
		t.Error("a copy is taken for what it is a copy of")
	}
	moved := filepath.Join(elsewhere, "moved")
	if err := os.Rename(clone, moved); err != nil {
		t.Fatal(err)
	}
	if same := ask(moved); same != of {
		t.Errorf("moved: %s, want %s", same, of)
	}
	link := filepath.Join(elsewhere, "link")
	if err := os.Symlink(moved, link); err == nil {
		if same := ask(link); same != of || ask(moved) != of {
			t.Error("another way to the same folder is taken for another")
		}
	}
	// What is not an id is not taken for one.
	if err := os.WriteFile(filepath.Join(moved, ".git", identityFile), []byte("x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if ask(moved) == "x" {
		t.Error("x is taken for an id")
	}
}
