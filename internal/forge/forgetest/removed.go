package forgetest

import (
	"testing"

	"galley/internal/forge"
)

// testRemoved: what was taken away is told, and its text is in its history; what
// was renamed or is there again is not.
func testRemoved(t *testing.T, h Harness) {
	removed := func(folder string) []forge.Removal {
		t.Helper()
		list, err := h.Forge.Removed(t.Context(), "main", folder)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := removed("_posts"); len(list) != 0 {
		t.Errorf("at first: %+v", list)
	}
	const b = "_posts/2026-01-11-b.md"
	h.Commit(t, "main", postA, nil)
	byA := h.Log(t, "main")[0].ID
	h.Commit(t, "main", "notes with a space.md", nil)
	h.Rename(t, "main", b, "_posts/2026-01-12-b.md", Site()[b])
	h.Commit(t, "main", "_posts/2026-01-18-ü.md", nil)
	h.Commit(t, "main", "_posts/2026-01-18-ü.md", []byte("again\n"))

	list := removed("_posts")
	if len(list) != 1 || list[0].Path != postA || list[0].Commit != byA || list[0].Title == "" || list[0].When.IsZero() || list[0].Author.Name == "" && list[0].Author.Login == "" {
		t.Fatalf("removed from the folder: %+v", list)
	}
	edits, err := h.Forge.History(t.Context(), "main", postA, "")
	if err != nil || len(edits) == 0 || edits[0].New != nil || string(edits[0].Old) != string(Site()[postA]) {
		t.Errorf("its history is %+v, %v", edits, err)
	}
	if list := removed(""); len(list) != 2 {
		t.Errorf("removed from all: %+v", list)
	}
	if list := removed("_post"); len(list) != 0 {
		t.Errorf("removed from a folder with half of the name: %+v", list)
	}
	_, err = h.Forge.Removed(t.Context(), "nope", "_posts")
	wantError(t, "Removed of a missing branch", err, forge.ErrNotFound)
	_, err = h.Forge.Removed(t.Context(), "main", "../x")
	wantError(t, "Removed of no folder", err, forge.ErrInvalid)
}
