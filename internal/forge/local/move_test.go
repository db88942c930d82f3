package local

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
)

// killed runs a test of this package in a process of its own, which ends without
// a further word after so many changes on disk, and tells whether it came so far.
func killed(t *testing.T, test, dir string, step int) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$")
	cmd.Env = append(os.Environ(), "GALLEY_TEST_KILL="+dir, "GALLEY_TEST_STEP="+strconv.Itoa(step))
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 9 {
		return true
	}
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return false
}

// dying opens the repository that killed names; nil in the process that runs
// the tests.
func dying(t *testing.T) *Forge {
	dir := os.Getenv("GALLEY_TEST_KILL")
	if dir == "" {
		return nil
	}
	left, err := strconv.Atoi(os.Getenv("GALLEY_TEST_STEP"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(dir, forgetest.Ana(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	f.after = func() {
		if left--; left == 0 {
			os.Exit(9) // as a kill does: nothing that is deferred runs
		}
	}
	return f
}

// copied copies a repository.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "site")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

func reopened(t *testing.T, dir string) *Forge {
	t.Helper()
	f, err := Open(dir, forgetest.Ana(), clock())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// nothingLeft looks for files of Galley's own.
func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if name := e.Name(); strings.HasPrefix(name, ".galley-") || strings.HasPrefix(name, "galley.") && name != "galley.lock" {
			t.Errorf("%s is left", path)
		}
		return nil
	})
}

const edited = "_posts/2026-01-04-a.md"

// TestKilledMerge kills a process at each change on disk that merging into the
// branch that is checked out makes. Whoever comes next finds, or makes, branch,
// index and files one commit, and loses nothing that a person did meanwhile.
func TestKilledMerge(t *testing.T) {
	t.Parallel()
	if f := dying(t); f != nil {
		pr, err := f.PullRequest(t.Context(), 1)
		if err == nil {
			_, err = f.Merge(t.Context(), 1, pr.Head)
		}
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	needGit(t)
	f, dir := newRepo(t)
	must := func(errs ...error) {
		t.Helper()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	at := func(path string) string { return filepath.Join(dir, path) }
	must(os.WriteFile(at("tofolder"), []byte("y\n"), 0o666),
		os.WriteFile(at("mode.sh"), []byte("z\n"), 0o666), os.WriteFile(at("gone.md"), []byte("g\n"), 0o666), os.Symlink("gone.md", at("link")))
	plainGit(t, dir, "add", ".")
	plainGit(t, dir, "commit", "-q", "-m", "Before")
	before := strings.TrimSpace(plainGit(t, dir, "rev-parse", "main"))
	plainGit(t, dir, "checkout", "-q", "-b", "edition")
	must(os.Remove(at("tofolder")), os.MkdirAll(at("tofolder/deep"), 0o777),
		os.WriteFile(at("tofolder/deep/y.md"), []byte("y\n"), 0o666), os.Chmod(at("mode.sh"), 0o777), os.Remove(at("gone.md")), os.Remove(at("link")),
		os.Symlink("mode.sh", at("link")), os.WriteFile(at(edited), []byte("merged\n"), 0o666), os.WriteFile(at("_posts/new.md"), []byte("new\n"), 0o666))
	plainGit(t, dir, "add", "-A")
	plainGit(t, dir, "commit", "-q", "-m", "Edition")
	plainGit(t, dir, "checkout", "-q", "main")
	if _, err := f.Propose(t.Context(), "edition", "main", forge.Message{Title: "Edition"}); err != nil {
		t.Fatal(err)
	}

	type variant struct {
		name string
		act  func(dir string)
		want string // git status afterwards
	}
	begun, finished := false, false
	for step := 1; !finished; step++ {
		moved := false
		variants := []variant{
			{"a file edited", func(dir string) { write(t, dir, edited, "mine\n") }, " M " + edited + "\n"},
			{"index.lock deleted", func(dir string) { os.Remove(filepath.Join(dir, ".git/index.lock")) }, ""},
			{"a file put in the way", func(dir string) {
				if moved {
					write(t, dir, "_posts/new.md", "mine\n")
				}
			}, " M _posts/new.md\n"},
		}
		// All of them at each step would take long.
		for _, c := range []variant{{"", func(string) {}, ""}, variants[step%len(variants)]} {
			dir := copied(t, dir) // before the kill, as a copy knows no second names
			name := fmt.Sprintf("step %d, %s", step, c.name)
			finished = !killed(t, "TestKilledMerge", dir, step)
			if moved = strings.TrimSpace(plainGit(t, dir, "rev-parse", "main")) != before; begun && !moved {
				t.Fatalf("%s: the branch is back where it was", name)
			}
			begun = begun || moved
			c.act(dir)
			f := reopened(t, dir)
			open := readMove(f.moveFile()) != nil
			notes, err := f.Recover(t.Context())
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if c.want == " M _posts/new.md\n" && !moved {
				c.want = ""
			}
			if got := plainGit(t, dir, "status", "--porcelain", "-uall"); got != c.want {
				t.Errorf("%s: git status says\n%s, want\n%s", name, got, c.want)
			}
			if told := len(notes) > 0; told != (c.want != "" && moved && open) {
				t.Errorf("%s: told %q", name, notes)
			}
			nothingLeft(t, dir)
			if c.want != "" {
				if text, err := os.ReadFile(filepath.Join(dir, c.want[3:len(c.want)-1])); string(text) != "mine\n" {
					t.Errorf("%s: the person's file has %q, %v", name, text, err)
				}
				plainGit(t, dir, "checkout", "--", c.want[3:len(c.want)-1])
			}
			if !moved {
				checkRepository(t, dir)
				continue
			}
			if pr, err := f.PullRequest(t.Context(), 1); err != nil || pr.State != forge.Merged {
				t.Errorf("%s: %v, %v", name, pr.State, err)
			}
			pr, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: "_posts/x.md", Data: []byte("x")}}}, nil)
			if err == nil {
				_, err = f.Merge(t.Context(), pr.Number, pr.Head)
			}
			if err != nil {
				t.Errorf("%s: the next: %v", name, err)
			}
			if text := plainGit(t, dir, "show", "main:"+edited); text != "merged\n" {
				t.Errorf("%s: main has %q", name, text)
			}
			checkRepository(t, dir)
		}
	}
	if !begun {
		t.Error("the branch never moved")
	}
}

// TestKilledSubmit kills a process at each change on disk of a submission. The same
// submission again goes on at once, and makes one pull request.
func TestKilledSubmit(t *testing.T) {
	t.Parallel()
	sub := forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: "_posts/x.md", Data: []byte("x")}}}
	if f := dying(t); f != nil {
		if _, err := f.Submit(t.Context(), sub, nil); err != nil {
			t.Fatal(err)
		}
		return
	}
	needGit(t)
	_, origin := newRepo(t)
	locks := 0
	for step, on := 1, true; on; step++ {
		dir := copied(t, origin)
		on = killed(t, "TestKilledSubmit", dir, step)
		filepath.WalkDir(filepath.Join(dir, ".git/refs"), func(path string, e fs.DirEntry, err error) error {
			if strings.HasSuffix(path, ".lock") {
				locks++
			}
			return nil
		})
		f := reopened(t, dir)
		began := time.Now()
		if _, err := f.Submit(t.Context(), sub, nil); err != nil {
			t.Errorf("step %d: %v", step, err)
		}
		if took := time.Since(began); took >= lockWait {
			t.Errorf("step %d: %v until a lock was given back", step, took)
		}
		if list, err := f.PullRequests(t.Context()); err != nil || len(list) != 1 {
			t.Errorf("step %d: %d pull requests, %v", step, len(list), err)
		}
		nothingLeft(t, dir)
		checkRepository(t, dir)
	}
	if locks < 3 { // the branch made, the branch moved, the pull request
		t.Errorf("%d locks on references were met", locks)
	}
}

// TestLockOfOthers: a lock that is not known to be Galley's stays, and is named
// whole, save for an old one where only Galley writes.
func TestLockOfOthers(t *testing.T) {
	for _, c := range []struct {
		lock  string
		old   bool
		heals bool
	}{
		{"index.lock", true, false},
		{"refs/heads/main.lock", true, false},
		{"refs/galley/pulls/2.lock", false, false},
		{"refs/galley/pulls/2.lock", true, true},
		{"refs/heads/galley/ana/y.lock", false, false},
		{"refs/heads/galley/ana/y.lock", true, true},
	} {
		t.Run(fmt.Sprintf("%s old=%v", strings.ReplaceAll(c.lock, "/", " "), c.old), func(t *testing.T) {
			t.Parallel()
			f, dir := newRepo(t)
			submit := func(path string) (forge.PullRequest, error) {
				return f.Submit(t.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: path, Data: []byte("x\n")}}}, nil)
			}
			pr, err := submit("_posts/x.md")
			if err != nil {
				t.Fatal(err)
			}
			lock := filepath.Join(dir, ".git", filepath.FromSlash(c.lock))
			if err := errors.Join(os.MkdirAll(filepath.Dir(lock), 0o777), os.WriteFile(lock, []byte("somebody's"), 0o666)); err != nil {
				t.Fatal(err)
			}
			if c.old {
				hour := time.Now().Add(-time.Hour)
				if err := os.Chtimes(lock, hour, hour); err != nil {
					t.Fatal(err)
				}
			}
			if notes, err := f.Recover(t.Context()); err != nil || notes != nil {
				t.Errorf("Recover: %v, %v", notes, err)
			}
			if strings.Contains(c.lock, "galley") {
				_, err = submit("_posts/y.md")
			} else {
				_, err = f.Merge(t.Context(), pr.Number, pr.Head)
			}
			text, _ := os.ReadFile(lock)
			if c.heals {
				if err != nil || text != nil {
					t.Errorf("%v, and the lock has %q", err, text)
				}
				return
			}
			var e *forge.Error
			if !errors.As(err, &e) || !strings.Contains(e.Sentence, lock) || string(text) != "somebody's" {
				t.Errorf("%v, and the lock has %q; want a sentence with %s", err, text, lock)
			}
			os.Remove(lock)
			nothingLeft(t, dir)
		})
	}
}
