package forgetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"galley/internal/forge"
)

// versions reads a file's whole history, page by page.
func versions(t *testing.T, f forge.Forge, branch, path string) []forge.Version {
	t.Helper()
	var all []forge.Version
	var from []forge.Place
	for range 100 {
		page, err := f.Versions(t.Context(), branch, path, from)
		if err != nil {
			t.Fatalf("Versions of %s behind %d: %v", path, len(all), err)
		}
		if len(page.List) > forge.VersionsPage {
			t.Errorf("a page of %d versions", len(page.List))
		}
		all = append(all, page.List...)
		if from = page.Next; len(from) == 0 {
			return all
		}
	}
	t.Fatal("the history does not end")
	return nil
}

// testVersions: who, when and why, through a rename and a removal, without what
// others did.
func testVersions(t *testing.T, h Harness) {
	const second = "_posts/2026-01-05-a.md"
	first := Site()[postA]
	changed := append(append([]byte{}, first...), "second\n"...)
	again := append(append([]byte{}, changed...), "third\n"...)
	begun := h.Log(t, "main")[0].ID
	h.Commit(t, "main", postA, changed)
	byFirst := h.Log(t, "main")[0]
	h.Commit(t, "main", "notes with a space.md", []byte("another file\n"))
	h.Rename(t, "main", postA, second, changed)
	byRename := h.Log(t, "main")[0]
	h.Commit(t, "main", second, again)
	byLast := h.Log(t, "main")[0]

	list := versions(t, h.Forge, "main", second)
	want := []struct {
		by   Commit
		path string
		text []byte
	}{{byLast, second, again}, {byRename, second, changed}, {byFirst, postA, changed}}
	if len(list) < len(want) {
		t.Fatalf("%d versions: %+v", len(list), list)
	}
	for i, w := range want {
		v := list[i]
		title, message, _ := strings.Cut(w.by.Message, "\n")
		if v.Commit != w.by.ID || v.Path != w.path || v.Title != title || v.Message != strings.TrimSpace(message) || v.Time.IsZero() || v.Author.Name == "" && v.Author.Login == "" {
			t.Errorf("version %d: %+v, want %+v called %s", i, v, w.by, w.path)
		}
		file, err := h.Forge.Version(t.Context(), "main", v.Commit, v.Path)
		if err != nil || string(file.Data) != string(w.text) || file.Path != w.path || file.Blob != forge.BlobID(w.text) || file.Commit != v.Commit {
			t.Errorf("version %d reads %+v, %v, want %q", i, file, err, w.text)
		}
	}
	// What made the site is its first version, and there is nothing before it.
	if last := list[len(list)-1]; last.Path != postA || last.Commit == byFirst.ID {
		t.Errorf("the first version: %+v", last)
	}
	if file, err := h.Forge.Version(t.Context(), "main", begun, postA); err != nil || string(file.Data) != string(first) {
		t.Errorf("at the beginning: %q, %v", file.Data, err)
	}
	// A removal is a version without a text, and what was there before is found behind it.
	h.Commit(t, "main", second, nil)
	gone := h.Log(t, "main")[0]
	list = versions(t, h.Forge, "main", second)
	if len(list) < 4 || list[0].Commit != gone.ID || list[1].Commit != byLast.ID {
		t.Errorf("removed: %+v", list)
	}
	_, err := h.Forge.Version(t.Context(), "main", gone.ID, second)
	wantError(t, "the version of a removal", err, forge.ErrNotFound)
	if list := versions(t, h.Forge, "main", "_posts/2026-01-01-none.md"); len(list) != 0 {
		t.Errorf("a file that was never there: %+v", list)
	}

	// A merge that took it over made nothing.
	sub := submission("_posts/2026-01-11-b.md", "changed\n", forge.BlobID(Site()["_posts/2026-01-11-b.md"]))
	pr := submit(t, h.Forge, sub)
	h.Commit(t, "main", "notes with a space.md", []byte("meanwhile\n"))
	h.MergeOutside(t, pr.Number)
	list = versions(t, h.Forge, "main", "_posts/2026-01-11-b.md")
	if len(list) < 1 || list[0].Commit != pr.Head || len(list) > 2 {
		t.Errorf("merged: %+v, want %s", list, pr.Head)
	}

	_, err = h.Forge.Versions(t.Context(), "nope", postA, nil)
	wantError(t, "Versions of a missing branch", err, forge.ErrNotFound)
	_, err = h.Forge.Versions(t.Context(), "main", "../x", nil)
	wantError(t, "Versions of no path", err, forge.ErrInvalid)
	for _, from := range []forge.Place{{Commit: "main", Path: postA}, {Commit: begun, Path: "../x"}, {Commit: begun, Path: postA, Page: -1}} {
		_, err = h.Forge.Versions(t.Context(), "main", postA, []forge.Place{from})
		wantError(t, fmt.Sprintf("Versions from %+v", from), err, forge.ErrInvalid)
	}
	_, err = h.Forge.Version(t.Context(), "main", "main", postA)
	wantError(t, "the version of no commit", err, forge.ErrInvalid)
	_, err = h.Forge.Version(t.Context(), "main", strings.Repeat("1", 40), postA)
	wantError(t, "the version of a missing commit", err, forge.ErrNotFound)
	_, err = h.Forge.Version(t.Context(), "main", begun, "../x")
	wantError(t, "the version of no path", err, forge.ErrInvalid)
}

// testVersionsPaged: pages follow on one another, across a rename too.
func testVersionsPaged(t *testing.T, h Harness) {
	const second = "_posts/2026-01-05-a.md"
	begun := h.Log(t, "main")[0].ID
	var texts [][]byte
	for n := range forge.VersionsPage + 2 {
		texts = append(texts, fmt.Appendf(slices.Clone(Site()[postA]), "line %d\n", n))
	}
	h.Commit(t, "main", postA, texts...)
	h.Rename(t, "main", postA, second, texts[len(texts)-1])
	h.Commit(t, "main", second, []byte("the last\n"))
	list := versions(t, h.Forge, "main", second)
	for i, c := range h.Log(t, "main") {
		if c.ID == begun {
			break
		}
		if i >= len(list) || list[i].Commit != c.ID {
			t.Fatalf("version %d of %d is not %s", i, len(list), c.ID)
		}
	}
}
