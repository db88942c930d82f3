package local

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
)

// history makes commits.
type history struct {
	t     *testing.T
	f     *Forge
	rng   *rand.Rand
	files map[string]map[string]string // of each commit, by its id
}

// commit makes a commit of files and gives its id. Its time need not be after its
// parents': which of several bases is the newest must not matter.
func (h *history) commit(files map[string]string, parents ...string) string {
	h.t.Helper()
	var id plumbing.Hash
	err := h.f.write(h.t.Context(), func(r *repository) error {
		entries := map[string]object.TreeEntry{}
		for path, text := range files {
			blob, err := putBlob(r, []byte(text))
			if err != nil {
				return err
			}
			entries[path] = object.TreeEntry{Mode: filemode.Regular, Hash: blob}
			if strings.HasPrefix(text, "#!") {
				entries[path] = object.TreeEntry{Mode: filemode.Executable, Hash: blob}
			}
		}
		tree, err := putFiles(r, plumbing.ZeroHash, entries)
		if err != nil {
			return err
		}
		var before []plumbing.Hash
		for _, p := range parents {
			before = append(before, plumbing.NewHash(p))
		}
		who := object.Signature{Name: "Ben", Email: "ben@example.org", When: time.Unix(1_700_000_000+int64(h.rng.IntN(50)), 0).UTC()}
		id, err = putCommit(r, who, fmt.Sprintf("%d\n", len(h.files)), tree, before...)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.files[id.String()] = files
	return id.String()
}

// text is a file of ten lines, no two of which are the same.
func text(name string) string {
	var b strings.Builder
	for i := range 10 {
		fmt.Fprintf(&b, "%s line %d\n", name, i)
	}
	return b.String()
}

// change changes one file of a commit, adds one, takes one away, renames one or
// gives it another mode.
func (h *history) change(files map[string]string, renames bool) map[string]string {
	files = maps.Clone(files)
	names := slices.Sorted(maps.Keys(files))
	name := names[h.rng.IntN(len(names))]
	other := []string{"a.md", "b.md", "posts/c.md", "posts/d.md", "posts", "e/f.md", "e"}[h.rng.IntN(7)]
	free := true
	for _, n := range names {
		free = free && n != other && !strings.HasPrefix(n, other+"/") && !strings.HasPrefix(other, n+"/")
	}
	switch n := h.rng.IntN(12); {
	case n == 0 && len(names) > 2:
		delete(files, name)
	case n == 1 && free:
		files[other] = text(fmt.Sprintf("new %d", h.rng.IntN(2)))
	case n == 2 && free && renames:
		files[other] = files[name]
		delete(files, name)
	case n == 3 && strings.HasPrefix(files[name], "#!"):
		files[name] = strings.TrimPrefix(files[name], "#!\n")
	case n == 3:
		files[name] = "#!\n" + files[name]
	default:
		// Each of few lines has a mark or not, so that what one takes back is what
		// another had.
		lines := strings.SplitAfter(files[name], "\n")
		if at := []int{2, 7}[h.rng.IntN(2)]; at < len(lines)-1 && strings.HasSuffix(lines[at], "!\n") {
			lines[at] = strings.TrimSuffix(lines[at], "!\n") + "\n"
		} else if at < len(lines)-1 {
			lines[at] = strings.TrimSuffix(lines[at], "\n") + "!\n"
		}
		files[name] = strings.Join(lines, "")
	}
	return files
}

// checkout reads all files of a tree.
func checkout(t *testing.T, dir, tree string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for line := range strings.Lines(plainGit(t, dir, "ls-tree", "-r", tree)) {
		head, path, _ := strings.Cut(strings.TrimSpace(line), "\t")
		files[path] = plainGit(t, dir, "cat-file", "blob", strings.Fields(head)[2])
	}
	return files
}

// gitMerge is the tree that plain Git makes of two commits; "" for a conflict.
func gitMerge(t *testing.T, dir, ours, theirs string) string {
	t.Helper()
	cmd := exec.Command("git", "-C", dir, "merge-tree", "--write-tree", "--no-messages", ours, theirs)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		return ""
	}
	if err != nil {
		t.Fatalf("git merge-tree: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// gitPlainMerge is gitMerge without a look at what was renamed. It is by the strategy
// before ort, as Git 2.39's ort looks nevertheless.
func gitPlainMerge(t *testing.T, dir, ours, theirs string) string {
	t.Helper()
	plainGit(t, dir, "checkout", "-q", "-f", "--detach", ours)
	cmd := exec.Command("git", "-C", dir, "-c", "user.name=Ben", "-c", "user.email=ben@example.org", "merge", "-q", "-s", "recursive", "-X", "no-renames", "-m", "x", theirs)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	if cmd.Run() != nil {
		return ""
	}
	return strings.TrimSpace(plainGit(t, dir, "rev-parse", "HEAD^{tree}"))
}

// ourMerge is what Galley makes of two commits: the tree, or the paths that
// collide.
func ourMerge(t *testing.T, f *Forge, ours, theirs string) (tree string, conflicts []string) {
	t.Helper()
	joins := &joins{done: map[[3]plumbing.Hash]joined{}}
	for {
		err := f.read(t.Context(), func(r *repository) error {
			var trees []plumbing.Hash
			for _, id := range []string{ours, theirs} {
				c, err := r.CommitObject(plumbing.NewHash(id))
				if err != nil {
					return err
				}
				trees = append(trees, c.TreeHash)
			}
			bases, err := commonBases(r, plumbing.NewHash(ours), plumbing.NewHash(theirs))
			if err != nil {
				return err
			}
			from, err := ancestor(r, bases)
			if err != nil {
				return err
			}
			var id plumbing.Hash
			id, conflicts, err = mergeTrees(joins, r, "", from, trees[0], trees[1])
			tree = id.String()
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(joins.todo) == 0 {
			return tree, conflicts
		}
		joins.work(t.Context())
	}
}

// ourCarry is the tree of a submission of nothing with what is new on the base; ""
// where that is refused.
func ourCarry(t *testing.T, f *Forge, head, base string) string {
	t.Helper()
	tree := ""
	err := f.read(t.Context(), func(r *repository) error {
		bases, err := commonBases(r, plumbing.NewHash(base), plumbing.NewHash(head))
		if err != nil {
			return err
		}
		from, err := ancestor(r, bases)
		if err != nil {
			return err
		}
		mine, err := r.CommitObject(plumbing.NewHash(head))
		if err != nil {
			return err
		}
		theirs, err := r.CommitObject(plumbing.NewHash(base))
		if err != nil {
			return err
		}
		files, err := carry(r, forge.Submission{Base: "main"}, from, mine, theirs)
		if err != nil {
			return err
		}
		id, err := putFiles(r, theirs.TreeHash, files)
		tree = id.String()
		return err
	})
	if err != nil && !errors.Is(err, forge.ErrConflict) {
		t.Errorf("taking in what is new on the base: %v", err)
	}
	if err != nil {
		return ""
	}
	return tree
}

// TestMergeAsGit compares with plain Git in small histories at random, in which two
// branches merge each other again and again: whatever Galley merges is what Git
// makes of it. What Git cannot merge Galley does not, but for what it is about
// renamed files alone, which Galley does not follow.
func TestMergeAsGit(t *testing.T) {
	needGit(t)
	t.Parallel()
	const rounds = 60
	var clean, crossed, refused, notCarried int
	for seed := range rounds {
		rng := rand.New(rand.NewPCG(uint64(seed), 1))
		dir := t.TempDir()
		plainGit(t, dir, "init", "-q", "-b", "main")
		f, err := Open(dir, forge.Person{Name: "Ana", Email: "ana@example.org"}, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		h := &history{t: t, f: f, rng: rng, files: map[string]map[string]string{}}
		renames := seed%3 == 0
		root := h.commit(map[string]string{"a.md": text("a"), "b.md": text("b"), "posts/c.md": text("c")})
		heads := []string{root, root}
		for range 2 + rng.IntN(3) {
			for i := range heads {
				for range rng.IntN(3) {
					heads[i] = h.commit(h.change(h.files[heads[i]], renames), heads[i])
				}
			}
			if both := gitMerge(t, dir, heads[0], heads[1]); both != "" && heads[0] != heads[1] && rng.IntN(4) > 0 {
				files := checkout(t, dir, both)
				if len(files) > 0 {
					heads[0], heads[1] = h.commit(files, heads[0], heads[1]), h.commit(files, heads[1], heads[0])
				}
			}
		}
		for i := range heads {
			heads[i] = h.commit(h.change(h.files[heads[i]], renames), heads[i])
		}
		git := gitMerge(t, dir, heads[0], heads[1])
		plain := git
		ours, conflicts := ourMerge(t, f, heads[0], heads[1])
		bases := strings.Fields(plainGit(t, dir, "merge-base", "--all", heads[0], heads[1]))
		if len(bases) > 1 {
			crossed++
		}
		var known []string
		if err := f.read(t.Context(), func(r *repository) error {
			list, err := commonBases(r, plumbing.NewHash(heads[0]), plumbing.NewHash(heads[1]))
			for _, id := range list {
				known = append(known, id.String())
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if slices.Sort(bases); !slices.Equal(known, bases) {
			t.Errorf("seed %d: the bases are %v, not %v", seed, known, bases)
		}
		if git == "" && len(conflicts) == 0 {
			plain = gitPlainMerge(t, dir, heads[0], heads[1])
		}
		switch {
		case len(conflicts) > 0 && git != "":
			refused++
		case len(conflicts) > 0:
		case git != "" && ours != git, git == "" && ours != plain:
			t.Errorf("seed %d, %d bases: Galley made %v; Git made %v, and %v without renames", seed, len(bases),
				checkout(t, dir, ours), git, plain)
		default:
			clean++
		}
		if carried := ourCarry(t, f, heads[0], heads[1]); carried != "" && carried != git && carried != plain {
			t.Errorf("seed %d, %d bases: what is new on the base was taken in as %v; Git made %v, and %v without renames", seed, len(bases),
				checkout(t, dir, carried), git, plain)
		} else if carried == "" && len(conflicts) == 0 && ours == git {
			notCarried++
		}
		back, again := ourMerge(t, f, heads[1], heads[0])
		if back != ours || !slices.Equal(conflicts, again) {
			t.Errorf("seed %d: the other way round it is %s %v, not %s %v", seed, back, again, ours, conflicts)
		}
	}
	t.Logf("%d clean, %d with several bases, %d refused that Git merges, %d not taken in", clean, crossed, refused, notCarried)
	if clean < rounds/3 || crossed < rounds/5 {
		t.Error("too few are of the kind that this is about")
	}
}

const crossedPost, wrongLine = "_posts/2026-01-04-a.md", "wrong\n"

// crossed is a repository in which a line is written wrongly on the branch edition,
// main and edition merge each other, and edition takes the line back. The times are
// those of the commits that are merged: the edition's and main's.
func crossed(t *testing.T, times [2]int) (*Forge, string, forge.PullRequest) {
	t.Helper()
	needGit(t)
	f, dir := newRepo(t)
	old := string(forgetest.Site()[crossedPost])
	at := func(second int, args ...string) {
		t.Helper()
		t.Setenv("GIT_COMMITTER_DATE", fmt.Sprintf("2026-09-01T00:00:0%dZ", second))
		plainGit(t, dir, args...)
	}
	put := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, path), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		plainGit(t, dir, "add", "-A")
	}
	at(0, "checkout", "-q", "-b", "edition")
	put(crossedPost, old+wrongLine)
	at(times[0], "commit", "-qm", "wrong")
	at(0, "checkout", "-q", "main")
	put("readme.md", "main's\n")
	at(times[1], "commit", "-qm", "readme")
	plainGit(t, dir, "tag", "before")
	at(3, "merge", "-q", "--no-ff", "-m", "main merges", "edition")
	at(3, "checkout", "-q", "edition")
	at(3, "merge", "-q", "--no-ff", "-m", "the edition merges", "before")
	put(crossedPost, old)
	at(4, "commit", "-qm", "taken back")
	at(0, "checkout", "-q", "main")
	put("new.md", "main's\n")
	at(5, "commit", "-qm", "more")
	message, err := forge.NewMessage("Edition", "")
	if err != nil {
		t.Fatal(err)
	}
	pr, err := f.Propose(t.Context(), "edition", "main", message)
	if err != nil {
		t.Fatal(err)
	}
	return f, dir, pr
}

// TestCrossed: what a branch took back after it and main have merged each other is
// shown and merged, before and after it is merged, whichever commit is newer.
func TestCrossed(t *testing.T) {
	old := string(forgetest.Site()[crossedPost])
	for _, times := range [][2]int{{1, 2}, {2, 1}} {
		f, dir, pr := crossed(t, times)
		shown := func() {
			t.Helper()
			seen, err := f.PullRequest(t.Context(), pr.Number)
			if err != nil || !slices.Equal(seen.Paths, []string{crossedPost}) || seen.State == forge.Open && seen.Mergeable != forge.MergeClean {
				t.Errorf("%v: it is shown as %+v, %v", times, seen, err)
			}
			diff, err := f.Diff(t.Context(), pr.Number, nil)
			if err != nil || len(diff) != 1 || string(diff[0].Old) != old+wrongLine || string(diff[0].New) != old {
				t.Errorf("%v: the difference is %q, %v", times, diff, err)
			}
		}
		shown()
		if _, err := f.Merge(t.Context(), pr.Number, pr.Head); err != nil {
			t.Fatal(err)
		}
		shown()
		if got := plainGit(t, dir, "show", "main:"+crossedPost); got != old {
			t.Errorf("%v: main has %q", times, got)
		}
		checkRepository(t, dir)
	}
}

// TestCrossedCarry: it is kept, too, where another post is submitted with what is
// new on main.
func TestCrossedCarry(t *testing.T) {
	for _, times := range [][2]int{{1, 2}, {2, 1}} {
		f, dir, pr := crossed(t, times)
		if _, err := f.Submit(t.Context(), forge.Submission{
			Base: "main", Pull: pr.Number, Title: "More", Merged: strings.TrimSpace(plainGit(t, dir, "rev-parse", "main")),
			Changes: []forge.FileChange{{Path: "_posts/2026-01-11-c.md", Data: []byte("---\ntitle: C\n---\nc\n")}},
		}, nil); err != nil {
			t.Fatal(err)
		}
		if got := plainGit(t, dir, "show", "edition:"+crossedPost); got != string(forgetest.Site()[crossedPost]) {
			t.Errorf("%v: the edition has %q", times, got)
		}
	}
}

// TestCrossedUnclear: what the bases cannot be merged to is refused, and shown whole,
// while what both sides have alike is in nobody's way.
func TestCrossedUnclear(t *testing.T) {
	f, dir := newRepo(t)
	rng := rand.New(rand.NewPCG(1, 1))
	h := &history{t: t, f: f, rng: rng, files: map[string]map[string]string{}}
	needGit(t)
	root := h.commit(map[string]string{"a.md": "a\n", "b.md": "b\n", "gone.md": "gone\n"})
	one := h.commit(map[string]string{"a.md": "one\n", "b.md": "one\n", "moved.md": "gone\n"}, root)
	other := h.commit(map[string]string{"a.md": "other\n", "b.md": "other\n", "gone.md": "gone\n"}, root)
	both := map[string]string{"a.md": "both\n", "b.md": "both\n", "moved.md": "gone\n"}
	base := h.commit(both, one, other)
	taken := maps.Clone(both)
	taken["a.md"] = "other\n"
	head := h.commit(taken, h.commit(both, other, one))
	plainGit(t, dir, "update-ref", "refs/heads/edition", base)
	plainGit(t, dir, "update-ref", "refs/heads/correction", head)
	message, err := forge.NewMessage("Correction", "")
	if err != nil {
		t.Fatal(err)
	}
	pr, err := f.Propose(t.Context(), "correction", "edition", message)
	if err != nil {
		t.Fatal(err)
	}
	if seen, err := f.PullRequest(t.Context(), pr.Number); err != nil || seen.Mergeable != forge.MergeConflict || !slices.Equal(seen.Paths, []string{"a.md"}) {
		t.Errorf("it is shown as %+v, %v", seen, err)
	}
	if _, err := f.Merge(t.Context(), pr.Number, pr.Head); !errors.Is(err, forge.ErrConflict) {
		t.Errorf("merged: %v", err)
	}
	_, err = f.MergeAll(t.Context(), forge.Octopus{Base: "edition", Head: base, Path: "a.md", Data: []byte("other\n"), Arms: []forge.Arm{{Number: pr.Number, Head: pr.Head}}})
	if !errors.Is(err, forge.ErrConflict) {
		t.Errorf("merged with others: %v", err)
	}
}
