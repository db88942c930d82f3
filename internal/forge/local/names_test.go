package local

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
)

// odd is an entry put into a tree as no program would: a file, or a folder with
// the entry below in it.
type odd struct {
	name  string
	mode  filemode.FileMode
	data  string
	below *odd
}

func (o odd) entry(t *testing.T, r *repository) object.TreeEntry {
	t.Helper()
	e := object.TreeEntry{Name: o.name, Mode: o.mode}
	var err error
	if o.below != nil {
		e.Mode = filemode.Dir
		e.Hash, err = putTree(r, []object.TreeEntry{o.below.entry(t, r)})
	} else {
		e.Hash, err = putBlob(r, []byte(o.data))
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// oddPull makes a pull request whose branch got an odd tree behind Galley.
func oddPull(t *testing.T, f *Forge, o odd) forge.PullRequest {
	t.Helper()
	pr, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: "_posts/x.md", Data: []byte("x\n")}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := f.repo
	head, err := branchCommit(r, pr.Branch)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := r.TreeObject(head.TreeHash)
	if err != nil {
		t.Fatal(err)
	}
	id, err := putTree(r, append([]object.TreeEntry{o.entry(t, r)}, tree.Entries...))
	if err != nil {
		t.Fatal(err)
	}
	commit, err := putCommit(r, signature(f.person, f.clock()), "Odd\n", id, head.Hash)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.setRef(r, plumbing.NewBranchReferenceName(pr.Branch), head.Hash, commit); err != nil {
		t.Fatal(err)
	}
	if pr, err = f.PullRequest(t.Context(), pr.Number); err != nil {
		t.Fatal(err)
	}
	return pr
}

// everything lists the files in a folder with what they hold.
func everything(t *testing.T, dir string) map[string]string {
	t.Helper()
	m := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.Contains(path, "/.git/objects/") {
			return err
		}
		data, _ := os.ReadFile(path)
		m[path] = string(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestOddTrees: a branch may hold a tree that plain Git would not check out. It
// is refused before anything moves, and nothing is written.
func TestOddTrees(t *testing.T) {
	file := func(name string) odd { return odd{name: name, mode: filemode.Executable, data: "#!/bin/sh\n"} }
	in := func(name string, below odd) odd { return odd{name: name, below: &below} }
	link := func(name, to string) odd { return odd{name: name, mode: filemode.Symlink, data: to} }
	for name, o := range map[string]odd{
		"hook":              in(".git", in("hooks", file("post-commit"))),
		"capitals":          in(".GIT", in("hooks", file("post-commit"))),
		"below":             in("a", in(".git", file("config"))),
		"short":             in("GIT~1", file("config")),
		"HFS":               in(".g\u200cit", file("config")),
		"NTFS dots":         in(".git . .", file("config")),
		"NTFS stream":       in(".git::$INDEX_ALLOCATION", file("config")),
		"file":              file(".git"),
		"full width":        in("．git", file("config")),
		"up":                in("..", file("escaped")),
		"up twice":          in("a", in("..", in("..", file("escaped")))),
		"stay":              in(".", file("x")),
		"slash":             file("../escaped"),
		"plain slash":       file("a/b"),
		"backslash":         file(`..\escaped`),
		"link out":          link("out", "../elsewhere"),
		"absolute link":     link("out", "/etc"),
		"link to Git":       link("out", ".git/hooks"),
		"link through Git":  link("out", "a/../.Git"),
		"link out by a way": link("out", "a/../../x"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, dir := newRepo(t)
			pr := oddPull(t, f, o)
			before := everything(t, filepath.Dir(dir))
			_, err := f.Merge(t.Context(), pr.Number, pr.Head)
			if !errors.Is(err, forge.ErrInvalid) {
				t.Errorf("Merge: %v, want ErrInvalid", err)
			}
			after := everything(t, filepath.Dir(dir))
			for path, data := range after {
				if old, there := before[path]; (!there || old != data) && filepath.Base(path) != "galley.lock" {
					t.Errorf("%s was written", path)
				}
			}
			if len(after) < len(before) {
				t.Error("files are gone")
			}
		})
	}
}

// TestHarmlessNames: what only looks odd is merged.
func TestHarmlessNames(t *testing.T) {
	for _, name := range []string{".github", ".gitignore", "git", "..x", "...", "git~", "gitea~1", "ü~1"} {
		if why := nameFault(name); why != "" {
			t.Errorf("%q is refused: %s", name, why)
		}
	}
	f, dir := newRepo(t)
	pr := oddPull(t, f, odd{name: "link.md", mode: filemode.Symlink, data: "_posts/../_config.yml"})
	if _, err := f.Merge(t.Context(), pr.Number, pr.Head); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(filepath.Join(dir, "link.md")); err != nil || to != "_posts/../_config.yml" {
		t.Errorf("the link leads to %q, %v", to, err)
	}
}

// TestLinkInTheWay: a folder of the work tree that is a link, which Git does
// not see where it is ignored, is not written through.
func TestLinkInTheWay(t *testing.T) {
	for _, inside := range []bool{false, true} {
		f, dir := newRepo(t)
		outside := t.TempDir()
		if inside {
			outside = filepath.Join(dir, ".git", "hooks")
			if err := os.MkdirAll(outside, 0o777); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Symlink(outside, filepath.Join(dir, "pictures")); err != nil {
			t.Skip("no symbolic links here:", err)
		}
		pr := oddPull(t, f, odd{name: "pictures", below: &odd{name: "post-commit", mode: filemode.Executable, data: "x"}})
		if _, err := f.Merge(t.Context(), pr.Number, pr.Head); !errors.Is(err, forge.ErrConflict) {
			t.Errorf("Merge: %v, want ErrConflict", err)
		}
		// The writing itself looks too, as the link may come after the check.
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		for _, path := range []string{"pictures", ".git/hooks"} {
			if sub, err := f.folder(root, path, true); err == nil {
				sub.Close()
				t.Errorf("the folder %s was opened for writing", path)
			}
		}
		if _, err := os.Stat(filepath.Join(outside, "post-commit")); err == nil {
			t.Error("the file was written through the link")
		}
	}
}
