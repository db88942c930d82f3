package forgetest

import (
	"slices"
	"strings"
	"testing"

	"galley/internal/forge"
)

// change is the site's post with one of its bullets written anew.
func change(old, new string) string {
	return strings.Replace(string(Site()[postA]), "* "+old, "* "+new, 1)
}

func mergeable(t *testing.T, f forge.Forge, number int) forge.Mergeable {
	t.Helper()
	pr, err := f.PullRequest(t.Context(), number)
	if err != nil {
		t.Fatalf("PullRequest: %v", err)
	}
	return pr.Mergeable
}

// testMerged: the base went on in the same lines, and the writer merged them.
func testMerged(t *testing.T, h Harness) {
	pr := submit(t, h.Forge, submission(postA, change("first", "mine"), forge.BlobID(Site()[postA])))
	if got := mergeable(t, h.Forge, pr.Number); got != forge.MergeClean {
		t.Errorf("in the beginning it is %q", got)
	}
	h.Commit(t, pr.Branch, "other.md", []byte("the branch's\n"))
	h.Commit(t, pr.Branch, "notes with a space.md", nil)
	h.Commit(t, "main", postA, []byte(change("first", "theirs")))
	h.Commit(t, "main", "main.md", []byte("main's\n"))
	if got := mergeable(t, h.Other, pr.Number); got != forge.MergeConflict {
		t.Errorf("with the same line changed it is %q", got)
	}
	before, base := h.Log(t, pr.Branch)[0].ID, h.Log(t, "main")[0].ID
	text := change("first", "theirs and mine")
	s := submission(postA, text, forge.BlobID([]byte(change("first", "mine"))))
	s.Merged = base
	var steps []string
	merged, err := h.Forge.Submit(t.Context(), s, func(s forge.Step) { steps = append(steps, s.Name) })
	if err != nil {
		t.Fatalf("Submit: %v", err)
	}
	if merged.Number != pr.Number || merged.Branch != pr.Branch || !slices.Contains(steps, "merge") {
		t.Errorf("merged into %+v by %v", merged, steps)
	}
	check := func() {
		t.Helper()
		log := h.Log(t, pr.Branch)
		if log[0].ID != merged.Head || !slices.Equal(log[0].Parents, []string{before, base}) || log[0].Name != Ana().Name {
			t.Fatalf("the commit is %+v, want the parents %s and %s", log[0], before, base)
		}
		for path, want := range map[string]string{postA: text, "other.md": "the branch's\n", "main.md": "main's\n"} {
			if got := read(t, h.Other, pr.Branch, path); string(got.Data) != want {
				t.Errorf("%s holds %q", path, got.Data)
			}
		}
	}
	check()
	if tree, err := h.Forge.Tree(t.Context(), pr.Branch); err != nil || len(tree.Entries) != len(Site())+1 {
		t.Errorf("the branch has %d files, %v", len(tree.Entries), err)
	}
	if got := mergeable(t, h.Other, pr.Number); got != forge.MergeClean {
		t.Errorf("after the merge it is %q", got)
	}
	changes, err := h.Forge.Diff(t.Context(), pr.Number, nil)
	if err != nil || len(changes) != 3 || changes[0].Path != postA || string(changes[0].Old) != change("first", "theirs") {
		t.Errorf("Diff = %+v, %v", changes, err)
	}
	// The same again, here and elsewhere, finds its commit.
	for _, f := range []forge.Forge{h.Forge, h.Other} {
		if again := submit(t, f, s); again.Head != merged.Head {
			t.Errorf("the same again gave %+v", again)
		}
	}
	check()
	// What follows is an ordinary commit.
	next := submission(postA, text+"more\n", forge.BlobID([]byte(text)))
	next.Merged = base
	if again := submit(t, h.Forge, next); len(h.Log(t, again.Branch)[0].Parents) != 1 {
		t.Errorf("merged twice: %+v", h.Log(t, again.Branch)[0])
	}
	h.MergeOutside(t, pr.Number)
	if got := read(t, h.Forge, "main", postA); string(got.Data) != text+"more\n" {
		t.Errorf("main holds %q", got.Data)
	}
}

// testMergedStale: the base is not what was merged with.
func testMergedStale(t *testing.T, h Harness) {
	// Without a branch yet, the submission begins at the base and is no merge.
	h.Commit(t, "main", postA, []byte(change("first", "theirs")))
	s := submission(postA, change("first", "both"), forge.BlobID([]byte(change("first", "theirs"))))
	s.Merged = h.Log(t, "main")[0].ID
	pr := submit(t, h.Forge, s)
	if log := h.Log(t, pr.Branch); len(log[0].Parents) != 1 || log[0].Parents[0] != s.Merged {
		t.Errorf("the first commit is %+v", log[0])
	}
	s = submission(postA, change("first", "all"), forge.BlobID([]byte(change("first", "both"))))
	// A commit that the base does not have.
	h.Commit(t, "elsewhere", "x.md", []byte("x"))
	for _, id := range []string{h.Log(t, "elsewhere")[0].ID, strings.Repeat("1", 40)} {
		s.Merged = id
		_, err := h.Forge.Submit(t.Context(), s, nil)
		wantError(t, "merged with "+id, err, forge.ErrStale)
	}
	s.Merged = "main"
	_, err := h.Forge.Submit(t.Context(), s, nil)
	wantError(t, "merged with a name", err, forge.ErrInvalid)
	// The base moved on in the same file since.
	h.Commit(t, "main", postA, []byte(change("first", "theirs, again")))
	s.Merged = h.Log(t, "main")[0].ID
	h.Commit(t, "main", postA, []byte(change("first", "theirs, at last")))
	_, err = h.Forge.Submit(t.Context(), s, nil)
	if e := wantError(t, "a base that moved again", err, forge.ErrStale); e.Branch != "main" || e.Current == nil || string(e.Current.Data) != change("first", "theirs, at last") {
		t.Errorf("Current = %+v on %q", e.Current, e.Branch)
	}
	if log := h.Log(t, pr.Branch); log[0].ID != pr.Head {
		t.Errorf("refused submissions left %+v", log[0])
	}
	// And in another: that is no obstacle.
	s.Merged = h.Log(t, "main")[0].ID
	h.Commit(t, "main", "main.md", []byte("main's\n"))
	again := submit(t, h.Forge, s)
	if log := h.Log(t, pr.Branch); !slices.Equal(log[0].Parents, []string{pr.Head, s.Merged}) || again.Number != pr.Number {
		t.Errorf("the merge is %+v", log[0])
	}
}

// testMergedConflict: the pull request collides with its base in a file that is
// not submitted.
func testMergedConflict(t *testing.T, h Harness) {
	pr := submit(t, h.Forge, submission(postA, change("first", "mine"), forge.BlobID(Site()[postA])))
	h.Commit(t, pr.Branch, "same.md", []byte("the same\n"))
	h.Commit(t, "main", "same.md", []byte("the same\n"))
	h.Commit(t, pr.Branch, "other.md", []byte("the branch's\n"))
	h.Commit(t, "main", "other.md", []byte("main's\n"))
	s := submission(postA, change("first", "both"), forge.BlobID([]byte(change("first", "mine"))))
	s.Merged = h.Log(t, "main")[0].ID
	head := h.Log(t, pr.Branch)[0].ID
	_, err := h.Forge.Submit(t.Context(), s, nil)
	if e := wantError(t, "another file that both changed", err, forge.ErrConflict); !strings.Contains(e.Sentence, "other.md") {
		t.Errorf("the sentence is %q", e.Sentence)
	}
	if now := h.Log(t, pr.Branch)[0].ID; now != head {
		t.Error("a refused submission moved the branch")
	}
	// With that file in the submission it is the writer's to decide.
	s.Changes = append(s.Changes, forge.FileChange{Path: "other.md", Data: []byte("both\n"), Blob: forge.BlobID([]byte("the branch's\n"))})
	again := submit(t, h.Forge, s)
	if got := read(t, h.Forge, again.Branch, "other.md"); string(got.Data) != "both\n" || mergeable(t, h.Forge, pr.Number) != forge.MergeClean {
		t.Errorf("other.md holds %q", got.Data)
	}
}
