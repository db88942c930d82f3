package forgetest

import (
	"testing"

	"galley/internal/forge"
)

func testHistory(t *testing.T, h Harness) {
	first := Site()[postA]
	second, third := append(append([]byte{}, first...), "second\n"...), append(append([]byte{}, first...), "third\n"...)
	h.Commit(t, "main", postA, second)
	h.Commit(t, "main", "notes with a space.md", []byte("another file\n"))
	h.Commit(t, "main", postA, third)
	for _, c := range []struct {
		since string
		want  int
	}{{forge.BlobID(first), 2}, {forge.BlobID(second), 1}, {forge.BlobID(third), 0}} {
		edits, err := h.Forge.History(t.Context(), "main", postA, c.since)
		if err != nil || len(edits) != c.want {
			t.Fatalf("History since %s: %d edits, %v, want %d", c.since, len(edits), err, c.want)
		}
		if c.want == 0 {
			continue
		}
		e := edits[0]
		if string(e.Old) != string(second) || string(e.New) != string(third) || e.Author.Name == "" && e.Author.Login == "" || e.Title == "" || e.Commit != h.Log(t, "main")[0].ID {
			t.Errorf("the last edit: %+v", e)
		}
	}
	// What was not there before has no text then.
	h.Commit(t, "main", fresh, []byte("new\n"))
	if edits, err := h.Forge.History(t.Context(), "main", fresh, ""); err != nil || len(edits) != 1 || edits[0].Old != nil || string(edits[0].New) != "new\n" {
		t.Errorf("a new file: %+v, %v", edits, err)
	}
	_, err := h.Forge.History(t.Context(), "nope", postA, "")
	wantError(t, "History of a missing branch", err, forge.ErrNotFound)
	_, err = h.Forge.History(t.Context(), "main", "../x", "")
	wantError(t, "History of no path", err, forge.ErrInvalid)
}
