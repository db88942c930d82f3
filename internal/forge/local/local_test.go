package local

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
)

// plainGit runs plain Git in a folder; tests that need it are skipped where it is
// not installed.
func plainGit(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_TERMINAL_PROMPT=0",
		"GIT_AUTHOR_NAME=Ben", "GIT_AUTHOR_EMAIL=ben@example.org", "GIT_COMMITTER_NAME=Ben", "GIT_COMMITTER_EMAIL=ben@example.org")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func needGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed; the test compares with it")
	}
}

// clock gives a time that goes on by a second each time.
func clock() func() time.Time {
	var mu sync.Mutex
	now := time.Date(2026, 8, 16, 12, 0, 0, 0, time.UTC)
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}
}

func siteFS() fstest.MapFS {
	m := fstest.MapFS{}
	for path, data := range forgetest.Site() {
		m[path] = &fstest.MapFile{Data: data}
	}
	return m
}

func newRepo(t *testing.T) (*Forge, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	f, err := Init(dir, siteFS(), forgetest.Ana(), clock())
	if err != nil {
		t.Fatal(err)
	}
	return f, dir
}

// The same contract holds for a folder of a repository.
func TestContractWithinFolder(t *testing.T) {
	needGit(t)
	const folder = "Docs/the site" // sentences begin with it
	forgetest.Run(t, func(t *testing.T) forgetest.Harness {
		t.Parallel()
		files := fstest.MapFS{"README.md": {Data: []byte("beside\n")}, "Docs/the.md": {Data: []byte("beside\n")}, "Docs/the site2/_posts/2026-01-04-a.md": {Data: []byte("beside\n")}}
		for p, file := range siteFS() {
			files[folder+"/"+p] = file
		}
		dir := filepath.Join(t.TempDir(), "site")
		f, err := Init(dir, files, forgetest.Ana(), clock())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { checkRepository(t, dir) })
		h := harness(t, dir, f)
		commit, rename := h.Commit, h.Rename
		h.Commit = func(t *testing.T, branch, path string, texts ...[]byte) { commit(t, branch, folder+"/"+path, texts...) }
		h.Rename = func(t *testing.T, branch, from, to string, data []byte) {
			rename(t, branch, folder+"/"+from, folder+"/"+to, data)
		}
		h.Folder = folder
		h.Forge, h.Other, h.Ben = forge.Within(h.Forge, folder), forge.Within(h.Other, folder), forge.Within(h.Ben, folder)
		return h
	})
}

// harness sees a repository from behind through a clone made with plain Git.
func harness(t *testing.T, dir string, f *Forge) forgetest.Harness {
	other, err := Open(dir, forgetest.Ana(), clock())
	if err != nil {
		t.Fatal(err)
	}
	ben, err := Open(dir, forgetest.Ben(), clock())
	if err != nil {
		t.Fatal(err)
	}
	clone := filepath.Join(t.TempDir(), "clone")
	fetch := func(t *testing.T) {
		t.Helper()
		if _, err := os.Stat(clone); err != nil {
			plainGit(t, t.TempDir(), "clone", "-q", dir, clone)
		}
		plainGit(t, clone, "fetch", "-q", "--prune", "origin")
	}
	checkout := func(t *testing.T, branch string) {
		t.Helper()
		fetch(t)
		start := "origin/main"
		if strings.TrimSpace(plainGit(t, clone, "branch", "-r", "--list", "origin/"+branch)) != "" {
			start = "origin/" + branch
		}
		plainGit(t, clone, "checkout", "-q", "--detach", start)
	}
	push := func(t *testing.T, branch string) {
		t.Helper()
		if bare, _ := os.Stat(filepath.Join(dir, ".git")); bare != nil {
			plainGit(t, dir, "config", "receive.denyCurrentBranch", "updateInstead")
		}
		plainGit(t, clone, "push", "-q", "origin", "HEAD:refs/heads/"+branch)
	}
	return forgetest.Harness{
		Forge: f, Other: other, Ben: ben,
		Commit: func(t *testing.T, branch, path string, texts ...[]byte) {
			t.Helper()
			checkout(t, branch)
			file := filepath.Join(clone, filepath.FromSlash(path))
			for _, data := range texts {
				if data == nil {
					plainGit(t, clone, "rm", "-q", path)
				} else {
					if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, data, 0o666)); err != nil {
						t.Fatal(err)
					}
					plainGit(t, clone, "add", path)
				}
				plainGit(t, clone, "commit", "-q", "-m", "Somebody's change")
			}
			push(t, branch)
		},
		Rename: func(t *testing.T, branch, from, to string, data []byte) {
			t.Helper()
			checkout(t, branch)
			plainGit(t, clone, "mv", from, to)
			if err := os.WriteFile(filepath.Join(clone, filepath.FromSlash(to)), data, 0o666); err != nil {
				t.Fatal(err)
			}
			plainGit(t, clone, "commit", "-q", "-a", "-m", "Somebody's name")
			push(t, branch)
		},
		Log: func(t *testing.T, branch string) []forgetest.Commit {
			t.Helper()
			var list []forgetest.Commit
			for part := range strings.SplitSeq(plainGit(t, dir, "log", "--format=%H%x01%P%x01%an%x01%ae%x01%B%x02", "refs/heads/"+branch, "--"), "\x02") {
				fields := strings.SplitN(strings.TrimPrefix(part, "\n"), "\x01", 5)
				if len(fields) == 5 {
					list = append(list, forgetest.Commit{ID: fields[0], Parents: strings.Fields(fields[1]), Name: fields[2], Email: fields[3], Message: strings.TrimSpace(fields[4])})
				}
			}
			return list
		},
		MergeOutside: func(t *testing.T, number int) {
			t.Helper()
			pr, err := f.PullRequest(t.Context(), number)
			if err != nil {
				t.Fatal(err)
			}
			checkout(t, pr.Base)
			plainGit(t, clone, "merge", "-q", "--no-ff", "-m", "Merge by hand", "origin/"+pr.Branch)
			push(t, pr.Base)
		},
		CloseOutside: func(t *testing.T, number int) {
			t.Helper()
			pr, err := f.PullRequest(t.Context(), number)
			if err != nil {
				t.Fatal(err)
			}
			plainGit(t, dir, "branch", "-q", "-D", pr.Branch)
		},
	}
}

func TestContract(t *testing.T) {
	needGit(t)
	for _, bare := range []bool{false, true} {
		t.Run(fmt.Sprintf("bare=%v", bare), func(t *testing.T) {
			forgetest.Run(t, func(t *testing.T) forgetest.Harness {
				t.Parallel()
				f, dir := newRepo(t)
				if bare {
					origin := dir
					dir = filepath.Join(t.TempDir(), "bare.git")
					plainGit(t, t.TempDir(), "clone", "-q", "--bare", origin, dir)
					var err error
					if f, err = Open(dir, forgetest.Ana(), clock()); err != nil {
						t.Fatal(err)
					}
				}
				t.Cleanup(func() { checkRepository(t, dir) })
				return harness(t, dir, f)
			})
		})
	}
}

// checkRepository lets plain Git look at a repository after a test: its objects
// are whole, no lock is left, and the work tree is what HEAD says.
func checkRepository(t *testing.T, dir string) {
	t.Helper()
	if out := plainGit(t, dir, "fsck", "--strict", "--no-dangling"); strings.Contains(out, "error") || strings.Contains(out, "warning") {
		t.Errorf("git fsck: %s", out)
	}
	gitDir := dir
	if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
		gitDir = filepath.Join(dir, ".git")
		if out := plainGit(t, dir, "status", "--porcelain"); out != "" {
			t.Errorf("git status: %s", out)
		}
	}
	filepath.WalkDir(gitDir, func(path string, e fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".lock") && filepath.Base(path) != "galley.lock" {
			t.Errorf("a lock is left: %s", path)
		}
		return nil
	})
}

func TestInit(t *testing.T) {
	f, dir := newRepo(t)
	for path, want := range forgetest.Site() {
		if got, err := os.ReadFile(filepath.Join(dir, path)); err != nil || string(got) != string(want) {
			t.Errorf("%s on disk is %q, %v", path, got, err)
		}
	}
	if _, err := Init(dir, siteFS(), forgetest.Ana(), clock()); !errors.Is(err, forge.ErrInvalid) || !errors.Is(err, fs.ErrExist) {
		t.Errorf("Init over a repository: %v", err)
	}
	if tree, err := f.Tree(t.Context(), "main"); err != nil || len(tree.Entries) != len(forgetest.Site()) {
		t.Errorf("Tree = %v, %v", tree, err)
	}
	if _, err := Open(t.TempDir(), forgetest.Ana(), clock()); !errors.Is(err, forge.ErrNotFound) {
		t.Errorf("Open of a plain folder: %v", err)
	}

	empty := t.TempDir()
	var group sync.WaitGroup
	var failures [4]error
	for i := range failures {
		group.Go(func() { _, failures[i] = Init(empty, siteFS(), forgetest.Ana(), clock()) })
	}
	group.Wait()
	won := 0
	for _, err := range failures {
		if err == nil {
			won++
		} else if !errors.Is(err, fs.ErrExist) {
			t.Errorf("the loser of a race: %v", err)
		}
	}
	if won != 1 {
		t.Errorf("%d of 4 made the repository: %v", won, failures)
	}
	needGit(t)
	checkRepository(t, dir)
	checkRepository(t, empty)
	if out := plainGit(t, dir, "log", "--format=%an <%ae> %s"); out != "Ana Müller <ana@example.org> Begin the site\n" {
		t.Errorf("git log: %s", out)
	}
}

func TestPlainGitReadsPullRequests(t *testing.T) {
	needGit(t)
	f, dir := newRepo(t)
	pr, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: "_posts/x.md", Data: []byte("x\n")}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if out := plainGit(t, dir, "show", "refs/galley/pulls/1:pull.json"); !strings.Contains(out, `"branch": "galley/ana/x"`) {
		t.Errorf("pull.json: %s", out)
	}
	if out := plainGit(t, dir, "show", "--format=%an", pr.Branch+":_posts/x.md"); out != "x\n" {
		t.Errorf("git show: %q", out)
	}
	// After a deleted branch and a garbage collection the diff is still there,
	// packed references and packs notwithstanding.
	plainGit(t, dir, "branch", "-q", "-D", pr.Branch)
	plainGit(t, dir, "gc", "-q", "--prune=now")
	changes, err := f.Diff(t.Context(), pr.Number, nil)
	if err != nil || len(changes) != 1 || string(changes[0].New) != "x\n" {
		t.Errorf("Diff = %+v, %v", changes, err)
	}
	if _, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: "_posts/y.md", Data: []byte("y\n")}}}, nil); err != nil {
		t.Errorf("Submit after git gc: %v", err)
	}
	checkRepository(t, dir)
}

// TestWorkTree: a merge into the branch that is checked out brings its files
// along, or leaves everything as it is.
func TestWorkTree(t *testing.T) {
	needGit(t)
	const path = "_posts/2026-01-04-a.md"
	for _, c := range []struct {
		name  string
		touch func(t *testing.T, dir string)
		ok    bool
	}{
		{"clean", func(t *testing.T, dir string) {}, true},
		{"touched without a change", func(t *testing.T, dir string) {
			now := time.Now().Add(time.Hour)
			os.Chtimes(filepath.Join(dir, path), now, now)
		}, true},
		{"an unrelated untracked file", func(t *testing.T, dir string) { write(t, dir, "notes.txt", "x") }, true},
		{"an edited file", func(t *testing.T, dir string) { write(t, dir, path, "edited") }, false},
		{"another edited file of the same size", func(t *testing.T, dir string) { write(t, dir, "_config.yml", "title: The Harbouu\n") }, false},
		{"a deleted file", func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, path)) }, false},
		{"a staged file", func(t *testing.T, dir string) {
			write(t, dir, "staged.md", "x")
			plainGit(t, dir, "add", "staged.md")
		}, false},
		{"a staged deletion", func(t *testing.T, dir string) { plainGit(t, dir, "rm", "-q", "--cached", "_config.yml") }, false},
		{"an untracked file in the way", func(t *testing.T, dir string) { write(t, dir, "_posts/new.md", "precious") }, false},
		{"another branch", func(t *testing.T, dir string) {
			plainGit(t, dir, "checkout", "-q", "-b", "elsewhere")
			write(t, dir, path, "edited")
		}, true},
		{"checked out in another folder", func(t *testing.T, dir string) {
			plainGit(t, dir, "checkout", "-q", "-b", "elsewhere")
			plainGit(t, dir, "worktree", "add", "-q", dir+"-linked", "main")
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f, dir := newRepo(t)
			pr, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{
				{Path: path, Data: []byte("merged\n"), Blob: forge.BlobID(forgetest.Site()[path])},
				{Path: "_posts/new.md", Data: []byte("new\n")},
			}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			c.touch(t, dir)
			before := plainGit(t, dir, "rev-parse", "main") + plainGit(t, dir, "status", "--porcelain")
			_, err = f.Merge(t.Context(), pr.Number, pr.Head)
			if c.ok {
				if err != nil {
					t.Fatal(err)
				}
				if out := plainGit(t, dir, "show", "main:"+path); out != "merged\n" {
					t.Errorf("main has %q", out)
				}
				if !strings.Contains(before, "\n M") && !strings.Contains(before, "\n??") {
					checkRepository(t, dir)
				}
				return
			}
			var e *forge.Error
			if !errors.Is(err, forge.ErrConflict) || !errors.As(err, &e) || !strings.HasSuffix(e.Sentence, ".") {
				t.Errorf("Merge: %v, want ErrConflict", err)
			}
			if after := plainGit(t, dir, "rev-parse", "main") + plainGit(t, dir, "status", "--porcelain"); after != before {
				t.Errorf("a refused merge left %s, before it was %s", after, before)
			}
		})
	}
}

func write(t *testing.T, dir, path, data string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, path), []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestSymlink: a post's path through a link would be written elsewhere.
func TestSymlink(t *testing.T) {
	needGit(t)
	_, dir := newRepo(t)
	if err := errors.Join(os.Symlink("/etc", filepath.Join(dir, "drafts")), os.Symlink("_config.yml", filepath.Join(dir, "link.md"))); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	plainGit(t, dir, "add", ".")
	plainGit(t, dir, "commit", "-q", "-m", "Link")
	f, err := Open(dir, forgetest.Ana(), clock())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"drafts/x.md", "link.md"} {
		_, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: path, Data: []byte("x")}}}, nil)
		if !errors.Is(err, forge.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", path, err)
		}
	}
	if _, err := f.Read(t.Context(), "main", "link.md"); !errors.Is(err, forge.ErrNotFound) {
		t.Errorf("Read of a link: %v", err)
	}
}

// TestProcesses lets several processes submit to one repository while plain Git
// commits to it and packs its references.
func TestProcesses(t *testing.T) {
	if dir := os.Getenv("GALLEY_TEST_WRITER"); dir != "" {
		f, err := Open(dir, forgetest.Ana(), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 5 {
			for _, path := range []string{"_posts/shared.md", fmt.Sprintf("_posts/%s-%d.md", os.Getenv("GALLEY_TEST_NAME"), i)} {
				if _, err := f.Submit(context.Background(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: path, Data: []byte(path)}}}, nil); err != nil {
					t.Fatal(err)
				}
			}
		}
		return
	}
	needGit(t)
	f, dir := newRepo(t)
	var group sync.WaitGroup
	for i := range 3 {
		group.Go(func() {
			cmd := exec.Command(os.Args[0], "-test.run=^TestProcesses$")
			cmd.Env = append(os.Environ(), "GALLEY_TEST_WRITER="+dir, fmt.Sprintf("GALLEY_TEST_NAME=p%d", i))
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	group.Go(func() {
		for i := range 5 {
			plainGit(t, dir, "branch", "-q", fmt.Sprintf("by-hand-%d", i), "main")
			plainGit(t, dir, "pack-refs", "--all")
		}
	})
	group.Wait()
	list, err := f.PullRequests(t.Context())
	if err != nil || len(list) != 16 {
		t.Errorf("%d pull requests, %v; want 16", len(list), err)
	}
	if names, err := f.Branches(t.Context()); err != nil || len(names) != 1+5+16 {
		t.Errorf("%d branches, %v; want 22", len(names), err)
	}
	checkRepository(t, dir)
}

// TestLockBesideTidying: Git removes the folders that packing its references
// leaves empty, also while one is made for a lock.
func TestLockBesideTidying(t *testing.T) {
	root := t.TempDir()
	stop := make(chan struct{})
	var group sync.WaitGroup
	defer group.Wait()
	defer close(stop)
	group.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				os.Remove(filepath.Join(root, "a/b/c"))
				os.Remove(filepath.Join(root, "a/b"))
				os.Remove(filepath.Join(root, "a"))
			}
		}
	})
	path, from := filepath.Join(root, "a/b/c/name.lock"), filepath.Join(root, "own")
	if err := writeOwn(from, nil); err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		if err := takeLock(path, from, false); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLockedReference: another program holds a branch's lock.
func TestLockedReference(t *testing.T) {
	f, dir := newRepo(t)
	lock := filepath.Join(dir, ".git/refs/heads/galley/ana/x.lock")
	if err := errors.Join(os.MkdirAll(filepath.Dir(lock), 0o777), os.WriteFile(lock, nil, 0o666)); err != nil {
		t.Fatal(err)
	}
	done := time.AfterFunc(200*time.Millisecond, func() { os.Remove(lock) })
	defer done.Stop()
	if _, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: "_posts/x.md", Data: []byte("x")}}}, nil); err != nil {
		t.Errorf("a lock that is given back: %v", err)
	}
}

// TestBranchFolder: Git cannot have a branch within another.
func TestBranchFolder(t *testing.T) {
	needGit(t)
	for _, pack := range []bool{false, true} {
		f, dir := newRepo(t)
		plainGit(t, dir, "branch", "galley", "main")
		if pack {
			plainGit(t, dir, "pack-refs", "--all")
		}
		_, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: "_posts/x.md", Data: []byte("x")}}}, nil)
		if err == nil {
			t.Errorf("packed %v: a branch below a branch was made", pack)
		}
		checkRepository(t, dir)
	}
}
