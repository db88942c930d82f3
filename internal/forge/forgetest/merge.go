package forgetest

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"galley/internal/forge"
)

func testDiff(t *testing.T, h Harness) {
	file := read(t, h.Forge, "main", postA)
	s := submission(postA, "edited\r\n", file.Blob)
	s.Changes = append(s.Changes, forge.FileChange{Path: fresh, Data: []byte("\ufeffnew")})
	pr := submit(t, h.Forge, s)
	// What others do to the base meanwhile does not show.
	h.Commit(t, "main", "_config.yml", []byte("title: Other\n"))
	changes, err := h.Forge.Diff(t.Context(), pr.Number, nil)
	if err != nil || len(changes) != 2 {
		t.Fatalf("Diff = %+v, %v", changes, err)
	}
	slices.SortFunc(changes, func(a, b forge.Change) int { return strings.Compare(a.Path, b.Path) })
	if c := changes[0]; c.Path != postA || string(c.Old) != string(file.Data) || string(c.New) != "edited\r\n" {
		t.Errorf("the edited file: %+v", c)
	}
	if c := changes[1]; c.Path != fresh || c.Old != nil || string(c.New) != "\ufeffnew" {
		t.Errorf("the new file: %+v", c)
	}
	if c := changes[0]; c.OldBlob != file.Blob || c.NewBlob != forge.BlobID(c.New) || changes[1].OldBlob != "" || changes[1].NewBlob != forge.BlobID(changes[1].New) {
		t.Errorf("the ids of %+v", changes)
	}
	// Of what nobody wants nothing is read.
	asked := map[string]int{}
	some, err := h.Forge.Diff(t.Context(), pr.Number, func(path string, size int) bool {
		asked[path] = size
		return path == fresh
	})
	if err != nil || len(some) != 2 || some[0].Old != nil || some[0].New != nil || some[0].OldBlob != file.Blob || string(some[1].New) != "\ufeffnew" {
		t.Errorf("the diff of one file: %+v, %v", some, err)
	}
	if want := map[string]int{postA: max(len(file.Data), len("edited\r\n")), fresh: len("\ufeffnew")}; !maps.Equal(asked, want) {
		t.Errorf("asked for %v, want %v", asked, want)
	}
	h.MergeOutside(t, pr.Number)
	if after, err := h.Forge.Diff(t.Context(), pr.Number, nil); err != nil || len(after) != 2 {
		t.Errorf("Diff after the merge = %+v, %v", after, err)
	}
}

func testMerge(t *testing.T, h Harness) {
	info, err := h.Forge.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	edit := func(old, new string) forge.Submission {
		s := submission(postA, strings.Replace(string(Site()[postA]), old, new, 1), forge.BlobID(Site()[postA]))
		s.Branch = "galley/ana/" + new
		return s
	}
	pr := submit(t, h.Forge, edit("* first", "one"))
	if !info.CanMerge {
		_, err := h.Forge.Merge(t.Context(), pr.Number, pr.Head)
		wantError(t, "Merge", err, forge.ErrUnsupported)
		return
	}
	other := submit(t, h.Forge, edit("* fourth", "four"))
	clash := submit(t, h.Forge, edit("* first", "uno"))
	// Somebody pushes after the pull request was looked at.
	moved := submit(t, h.Forge, edit("* second", "two"))
	h.Commit(t, moved.Branch, postA, []byte("not looked at\n"))
	base := h.Log(t, "main")[0].ID
	_, err = h.Forge.Merge(t.Context(), moved.Number, moved.Head)
	if e := wantError(t, "a merge of what was not looked at", err, forge.ErrStale); e.Gone {
		t.Error("a pull request that moved is said to be gone")
	}
	if now, err := h.Forge.PullRequest(t.Context(), moved.Number); err != nil || now.State != forge.Open || now.Head == moved.Head || h.Log(t, "main")[0].ID != base {
		t.Errorf("after a refused merge: %+v, %v", now, err)
	}
	for range 2 { // the second click changes nothing
		merged, err := h.Forge.Merge(t.Context(), pr.Number, pr.Head)
		if err != nil || merged.State != forge.Merged || merged.Head != pr.Head {
			t.Fatalf("Merge = %+v, %v", merged, err)
		}
	}
	log := h.Log(t, "main")
	if len(log[0].Parents) != 2 || log[0].Parents[1] != pr.Head || log[0].Name != Ana().Name || len(log[1].Parents) > 1 {
		t.Errorf("the merge commit is %+v", log[0])
	}
	// Other lines of the same file are joined.
	if merged, err := h.Other.Merge(t.Context(), other.Number, other.Head); err != nil || merged.State != forge.Merged {
		t.Fatalf("Merge of other lines = %+v, %v", merged, err)
	}
	want := strings.NewReplacer("* first", "one", "* fourth", "four").Replace(string(Site()[postA]))
	if got := read(t, h.Forge, "main", postA); string(got.Data) != want {
		t.Errorf("merged %q, want %q", got.Data, want)
	}
	// The same line is not.
	head := h.Log(t, "main")[0].ID
	_, err = h.Forge.Merge(t.Context(), clash.Number, clash.Head)
	wantError(t, "a merge of the same line", err, forge.ErrConflict)
	if now := h.Log(t, "main")[0].ID; now != head {
		t.Error("a refused merge moved the base")
	}
	h.CloseOutside(t, clash.Number)
	_, err = h.Forge.Merge(t.Context(), clash.Number, clash.Head)
	wantError(t, "a merge of a closed pull request", err, forge.ErrInvalid)
}

func testAfterMerge(t *testing.T, h Harness) {
	s := submission(fresh, "one\n", "")
	first := submit(t, h.Forge, s)
	h.MergeOutside(t, first.Number)
	got, err := h.Forge.PullRequest(t.Context(), first.Number)
	if err != nil || got.State != forge.Merged {
		t.Fatalf("after the merge: %+v, %v", got, err)
	}
	// The answer was lost, and comes again after the merge.
	if again := submit(t, h.Other, s); again.Number != first.Number || again.State != forge.Merged {
		t.Errorf("the same after its merge gave %+v", again)
	}
	// More work on the same post is another branch and pull request.
	s.Changes[0].Blob, s.Changes[0].Data = forge.BlobID([]byte("one\n")), []byte("two\n")
	second := submit(t, h.Forge, s)
	if second.Number == first.Number || second.State != forge.Open || second.Branch != first.Branch+".2" {
		t.Errorf("after the merge: %+v", second)
	}
	if again := submit(t, h.Other, s); again.Number != second.Number || again.Head != second.Head {
		t.Errorf("the same again gave %+v, want %+v", again, second)
	}
}

// testClose: a pull request is closed from Galley, and what was in it goes on.
func testClose(t *testing.T, h Harness) {
	s := submission(fresh, "one\n", "")
	first := submit(t, h.Forge, s)
	for range 2 { // the second click changes nothing
		got, err := h.Forge.Close(t.Context(), first.Number)
		if err != nil || got.Number != first.Number || got.State != forge.Closed || got.Title != first.Title {
			t.Fatalf("Close = %+v, %v", got, err)
		}
	}
	if got, err := h.Other.PullRequest(t.Context(), first.Number); err != nil || got.State != forge.Closed {
		t.Errorf("after closing: %+v, %v", got, err)
	}
	if log := h.Log(t, first.Branch); len(log) == 0 || log[0].ID != first.Head {
		t.Errorf("the branch of what was closed: %+v", log)
	}
	if changes, err := h.Forge.Diff(t.Context(), first.Number, nil); err != nil || len(changes) != 1 {
		t.Errorf("what was closed changes %+v, %v", changes, err)
	}
	second := submit(t, h.Forge, s)
	if second.Number == first.Number || second.State != forge.Open || second.Branch == first.Branch {
		t.Errorf("the next: %+v", second)
	}
	h.MergeOutside(t, second.Number)
	_, err := h.Forge.Close(t.Context(), second.Number)
	wantError(t, "closing what is merged", err, forge.ErrInvalid)
	_, err = h.Forge.Close(t.Context(), 4711)
	wantError(t, "closing what is not there", err, forge.ErrNotFound)
}

func testAfterClose(t *testing.T, h Harness) {
	s := submission(fresh, "one\n", "")
	first := submit(t, h.Forge, s)
	h.CloseOutside(t, first.Number)
	got, err := h.Forge.PullRequest(t.Context(), first.Number)
	if err != nil || got.State != forge.Closed {
		t.Fatalf("after closing: %+v, %v", got, err)
	}
	second := submit(t, h.Forge, s)
	if second.Number == first.Number || second.State != forge.Open || second.Branch != first.Branch+".2" {
		t.Errorf("after closing: %+v", second)
	}
	h.CloseOutside(t, second.Number)
	third := submit(t, h.Other, s)
	if third.Branch != first.Branch+".3" {
		t.Errorf("after closing twice: %+v", third)
	}
}
