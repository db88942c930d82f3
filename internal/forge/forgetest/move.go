package forgetest

import (
	"errors"
	"slices"
	"testing"

	"galley/internal/forge"
)

const moved = "_posts/2026-01-05-the-harbour.md"

// moving takes a file to another path, with another text.
func moving(file forge.File, to, text string) forge.Submission {
	s := submission(to, text, "")
	s.Changes = append(s.Changes, forge.FileChange{Path: file.Path, Blob: file.Blob, Gone: true})
	return s
}

// missing looks that a file is not on a branch.
func missing(t *testing.T, f forge.Forge, branch, path string) {
	t.Helper()
	if _, err := f.Read(t.Context(), branch, path); !errors.Is(err, forge.ErrNotFound) {
		t.Errorf("%s is still on %s: %v", path, branch, err)
	}
}

// testMove: a move is one commit, in which Git sees a rename.
func testMove(t *testing.T, h Harness) {
	file := read(t, h.Forge, "main", postA)
	text := string(file.Data) // not every forge under test knows a rename by half of the data
	s := moving(file, moved, text)
	pr := submit(t, h.Forge, s)
	if got := read(t, h.Other, pr.Branch, moved); string(got.Data) != text {
		t.Errorf("moved %q", got.Data)
	}
	missing(t, h.Other, pr.Branch, postA)
	if got := read(t, h.Forge, "main", postA); got.Blob != file.Blob {
		t.Error("the base was changed")
	}
	if log := h.Log(t, pr.Branch); len(log) != len(h.Log(t, "main"))+1 || log[0].ID != pr.Head {
		t.Errorf("a move is not one commit: %+v", log)
	}
	tree, err := h.Forge.Tree(t.Context(), pr.Branch)
	if err != nil || len(tree.Entries) != len(Site()) {
		t.Errorf("the branch has %d files, %v", len(tree.Entries), err)
	}
	if r, err := h.Forge.Renamed(t.Context(), pr.Branch, postA); err != nil || r == nil || r.Path != moved {
		t.Errorf("Git sees no rename: %+v, %v", r, err)
	}
	for _, f := range []forge.Forge{h.Forge, h.Other} {
		if again := submit(t, f, s); again.Number != pr.Number || again.Head != pr.Head {
			t.Errorf("the same again gave %+v, want %+v", again, pr)
		}
	}
	changes, err := h.Forge.Diff(t.Context(), pr.Number, nil)
	if err != nil || len(changes) != 2 || changes[0].Path != postA || changes[0].New != nil || changes[1].Path != moved || changes[1].Old != nil {
		t.Errorf("Diff = %+v, %v", changes, err)
	}
	// The text goes on where it is now.
	on := submission(moved, text+"and on\n", forge.BlobID([]byte(text)))
	if next := submit(t, h.Forge, on); next.Number != pr.Number || next.Head == pr.Head {
		t.Errorf("writing on gave %+v, want %+v with a new head", next, pr)
	}
	// To a name that differs in case alone, and back into a folder of that name.
	other := read(t, h.Forge, "main", "notes with a space.md")
	if pr := submit(t, h.Forge, moving(other, "Notes with a space.md", string(other.Data))); pr.State != forge.Open {
		t.Errorf("another case: %+v", pr)
	}
	third := read(t, h.Forge, "main", "_posts/2026-01-11-b.md")
	if pr := submit(t, h.Forge, moving(third, "_posts/2026-01-11-b.md/index.md", "another text\n")); string(read(t, h.Forge, pr.Branch, "_posts/2026-01-11-b.md/index.md").Data) != "another text\n" {
		t.Errorf("into a folder of its name: %+v", pr)
	}
}

// testMoveStale: what somebody changed, took away or put there meanwhile is told,
// and nothing is written.
func testMoveStale(t *testing.T, h Harness) {
	file := read(t, h.Forge, "main", postA)
	h.Commit(t, "main", moved, []byte("somebody's\n"))
	stale(t, h, moving(file, moved, string(file.Data)), "somebody's\n")
	h.Commit(t, "main", moved, nil)

	h.Commit(t, "main", postA, []byte("changed\n"))
	stale(t, h, moving(file, moved, string(file.Data)), "changed\n")
	h.Commit(t, "main", postA, nil)
	stale(t, h, moving(file, moved, string(file.Data)), "")
	if list := open(t, h.Forge); len(list) != 0 {
		t.Errorf("pull requests: %+v", list)
	}

	other := read(t, h.Forge, "main", "_posts/2026-01-11-b.md")
	for _, gone := range []forge.FileChange{
		{Path: other.Path, Gone: true},
		{Path: other.Path, Blob: "main", Gone: true},
		{Path: other.Path, Blob: other.Blob, Data: []byte("x"), Gone: true},
		{Path: "../x.md", Blob: other.Blob, Gone: true},
		{Path: moved, Blob: other.Blob, Gone: true},
	} {
		s := submission(moved, "x\n", "")
		s.Changes = append(s.Changes, gone)
		_, err := h.Forge.Submit(t.Context(), s, nil)
		wantError(t, "a move without its file", err, forge.ErrInvalid)
	}
}

// stale submits what must not be written, as the branch has something else; "" for
// nothing.
func stale(t *testing.T, h Harness, s forge.Submission, current string) {
	t.Helper()
	_, err := h.Forge.Submit(t.Context(), s, nil)
	wantError(t, "a stale submission", err, forge.ErrStale)
	var told *forge.Error
	if !errors.As(err, &told) || told.Gone != (current == "") || current != "" && (told.Current == nil || string(told.Current.Data) != current) {
		t.Errorf("told %+v, want %q", told, current)
	}
}

// testDelete: a file is taken out, and what is gone already is not proposed. It
// is put back as a new one.
func testDelete(t *testing.T, h Harness) {
	file := read(t, h.Forge, "main", postA)
	s := submission(postA, "", file.Blob)
	s.Changes[0].Data, s.Changes[0].Gone = nil, true
	pr := submit(t, h.Forge, s)
	missing(t, h.Other, pr.Branch, postA)
	if log := h.Log(t, pr.Branch); len(log) != len(h.Log(t, "main"))+1 || log[0].Name != Ana().Name {
		t.Errorf("a deletion is not one commit of Ana's: %+v", log)
	}
	if again := submit(t, h.Other, s); again.Number != pr.Number || again.Head != pr.Head {
		t.Errorf("the same again gave %+v, want %+v", again, pr)
	}
	tree, err := h.Forge.Tree(t.Context(), pr.Branch)
	if err != nil || len(tree.Entries) != len(Site())-1 {
		t.Errorf("the branch has %d files, %v", len(tree.Entries), err)
	}
	h.MergeOutside(t, pr.Number)
	missing(t, h.Forge, "main", postA)

	back := submit(t, h.Forge, submission(postA, string(file.Data), ""))
	if back.Number == pr.Number || !slices.ContainsFunc(h.Log(t, back.Branch), func(c Commit) bool { return c.ID == back.Head }) {
		t.Errorf("put back by %+v", back)
	}
	if got := read(t, h.Forge, back.Branch, postA); got.Blob != file.Blob {
		t.Errorf("put back %q", got.Data)
	}

	changed := read(t, h.Forge, "main", "_posts/2026-01-11-b.md")
	h.Commit(t, "main", changed.Path, []byte("changed\n"))
	late := submission(changed.Path, "", changed.Blob)
	late.Changes[0].Data, late.Changes[0].Gone = nil, true
	stale(t, h, late, "changed\n")
	h.Commit(t, "main", changed.Path, nil)
	if _, err := h.Forge.Submit(t.Context(), late, nil); !errors.Is(err, forge.ErrInvalid) {
		t.Errorf("taking out what is gone: %v", err)
	}
}
