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

// TestFormats: what Galley does not read is refused when it opens, with what to do.
func TestFormats(t *testing.T) {
	needGit(t)
	for _, c := range []struct {
		name string
		make func(t *testing.T, dir string)
		says string // "" where it opens
	}{
		{"SHA-256", func(t *testing.T, dir string) { plainGit(t, dir, "init", "-q", "--object-format=sha256") }, "--object-format=sha1"},
		{"partial clone", extension("partialClone", "origin"), "--filter"},
		{"reftable", extension("refStorage", "reftable"), "git refs migrate"},
		{"one to come", extension("toCome", "true"), "toCome"},
		{"relative work trees", extension("relativeWorktrees", "true"), ""},
		{"precious objects", extension("preciousObjects", "true"), ""},
		{"settings of a work tree", extension("worktreeConfig", "true"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "site")
			if err := os.Mkdir(dir, 0o777); err != nil {
				t.Fatal(err)
			}
			c.make(t, dir)
			_, err := Open(dir, forgetest.Ana(), clock())
			var e *forge.Error
			if c.says == "" && err != nil || c.says != "" && (!errors.As(err, &e) || !strings.Contains(e.Sentence, c.says)) {
				t.Errorf("Open: %v; want it to say %q", err, c.says)
			}
		})
	}
}

// extension makes a repository with one of Git's extensions.
func extension(name, value string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		gitRepo(t, dir)
		plainGit(t, dir, "config", "core.repositoryFormatVersion", "1")
		plainGit(t, dir, "config", "extensions."+name, value)
	}
}

// mergesOne submits and merges a change of the post into main.
func mergesOne(t *testing.T, dir string) (*Forge, error) {
	t.Helper()
	f := open(t, dir)
	pr, err := submitOne(t, f, "main")
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Merge(t.Context(), pr.Number, pr.Head)
	return f, err
}

// TestSparse: a work tree of which Git leaves out files is written to as far as it
// goes; a file that is there nevertheless is not written over.
func TestSparse(t *testing.T) {
	needGit(t)
	for _, c := range []struct {
		name, cone string
		touch      func(t *testing.T, dir string)
		ok         bool
	}{
		{"in it", "_posts", func(*testing.T, string) {}, true},
		{"out of it", "other", func(*testing.T, string) {}, true},
		{"out of it, but there", "other", func(t *testing.T, dir string) {
			if err := os.Mkdir(filepath.Join(dir, "_posts"), 0o777); err != nil {
				t.Fatal(err)
			}
			write(t, dir, "_posts/one.md", "Mine.\n")
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			gitRepo(t, dir)
			plainGit(t, dir, "sparse-checkout", "set", "--cone", c.cone)
			c.touch(t, dir)
			before := plainGit(t, dir, "status", "--porcelain")
			if _, err := mergesOne(t, dir); (err == nil) != c.ok {
				t.Errorf("Merge: %v, want ok = %v", err, c.ok)
			}
			if after := plainGit(t, dir, "status", "--porcelain"); after != before {
				t.Errorf("git status says %s, before it said %s", after, before)
			}
			if _, err := os.Stat(filepath.Join(dir, "_posts/one.md")); (err == nil) != (c.name != "out of it") {
				t.Errorf("the post: %v", err)
			}
		})
	}
}

// TestIndexUnread: an index that Galley does not read is told, and nothing is moved.
func TestIndexUnread(t *testing.T) {
	needGit(t)
	for _, c := range []struct {
		name string
		make func(t *testing.T, dir string)
		says string
	}{
		{"split", func(t *testing.T, dir string) { plainGit(t, dir, "update-index", "--split-index") }, "--no-split-index"},
		{"sparse", func(t *testing.T, dir string) {
			plainGit(t, dir, "sparse-checkout", "set", "--cone", "--sparse-index", "other")
		}, "--no-sparse-index"},
		{"without a checksum", func(t *testing.T, dir string) {
			index := filepath.Join(dir, ".git/index")
			data, err := os.ReadFile(index)
			if err != nil {
				t.Fatal(err)
			}
			clear(data[len(data)-20:]) // as index.skipHash of later Gits does
			write(t, dir, ".git/index", string(data))
		}, "index.skipHash"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			gitRepo(t, dir)
			c.make(t, dir)
			before := plainGit(t, dir, "rev-parse", "main")
			_, err := mergesOne(t, dir)
			var e *forge.Error
			if !errors.As(err, &e) || !strings.Contains(e.Sentence, c.says) {
				t.Errorf("Merge: %v; want it to say %q", err, c.says)
			}
			if after := plainGit(t, dir, "rev-parse", "main"); after != before {
				t.Errorf("main is at %s, before it was at %s", after, before)
			}
			if _, err := os.Stat(filepath.Join(dir, ".git/index.lock")); err == nil {
				t.Error("the lock on the index is left")
			}
		})
	}
}

// TestBareByWorktreeConfig: a bare repository may say that it is one in settings of
// its own, so that its HEAD checks nothing out.
func TestBareByWorktreeConfig(t *testing.T) {
	root := t.TempDir()
	from, bare, dir := filepath.Join(root, "from"), filepath.Join(root, "bare"), filepath.Join(root, "site")
	gitRepo(t, from)
	plainGit(t, root, "clone", "-q", "--bare", from, bare)
	plainGit(t, bare, "config", "extensions.worktreeConfig", "true")
	plainGit(t, bare, "config", "--unset", "core.bare")
	write(t, bare, "config.worktree", "[core]\n\tbare = true\n")
	plainGit(t, bare, "worktree", "add", "-q", dir, "ed")
	if _, err := mergesOne(t, dir); err != nil {
		t.Error(err)
	}
}
