package forgetest

import (
	"testing"

	"galley/internal/forge"
)

// testRenamed: a file is followed to its new name, and on from there.
func testRenamed(t *testing.T, h Harness) {
	const second, third = "_posts/2026-01-05-a.md", "_posts/2026-01-05-the-harbour.md"
	text := Site()[postA]
	check := func(step, path, want string) *forge.Rename {
		t.Helper()
		got, err := h.Forge.Renamed(t.Context(), "main", path)
		if err != nil || (got == nil) != (want == "") || got != nil && got.Path != want {
			t.Errorf("%s: %s was renamed: %+v, %v, want %q", step, path, got, err, want)
		}
		return got
	}
	check("at first", postA, "")
	check("never there", "_posts/2026-01-01-none.md", "")
	h.Rename(t, "main", postA, second, text)
	if r := check("renamed", postA, second); r != nil && (r.Commit != h.Log(t, "main")[0].ID || r.Title == "" || r.Author.Name == "" && r.Author.Login == "") {
		t.Errorf("renamed by %+v", r)
	}
	check("renamed", second, "")
	// What comes later hides it not.
	h.Commit(t, "main", second, append([]byte("changed"), text...))
	h.Commit(t, "main", "notes with a space.md", []byte("another file\n"))
	check("and changed", postA, second)
	h.Rename(t, "main", second, third, append([]byte("changed"), text...))
	check("twice", postA, third)
	check("twice", second, third)
	h.Commit(t, "main", third, nil)
	check("and removed", postA, "")
	// Another of its name is not what was renamed.
	h.Commit(t, "main", postA, []byte("another\n"))
	check("there again", postA, "")

	_, err := h.Forge.Renamed(t.Context(), "nope", postA)
	wantError(t, "Renamed of a missing branch", err, forge.ErrNotFound)
	_, err = h.Forge.Renamed(t.Context(), "main", "../x")
	wantError(t, "Renamed of no path", err, forge.ErrInvalid)
}
