package forgetest

import (
	"testing"

	"galley/internal/forge"
)

// testPropose starts an edition's branch, has a post submitted into it and
// merged, and proposes the edition.
func testPropose(t *testing.T, h Harness) {
	const edition = "20260125"
	message, err := forge.NewMessage("Edition "+edition, "All of it.")
	if err != nil {
		t.Fatal(err)
	}
	if h.Fork != "" {
		h.Commit(t, edition, fresh, []byte("The edition.\n"))
		_, err = h.Forge.Propose(t.Context(), edition, "main", message)
		wantError(t, "a branch that one may not push to", err, forge.ErrForbidden)
		return
	}
	_, err = h.Forge.Propose(t.Context(), edition, "main", message)
	wantError(t, "a branch that is not there", err, forge.ErrNotFound)
	if _, err := h.Forge.StartBranch(t.Context(), edition, "main", nil); err != nil {
		t.Fatal(err)
	}
	_, err = h.Forge.Propose(t.Context(), edition, "main", message)
	wantError(t, "a branch without anything new", err, forge.ErrInvalid)
	for _, c := range [][2]string{{"main", edition}, {edition, edition}, {"a..b", "main"}, {edition, "-x"}} {
		_, err = h.Forge.Propose(t.Context(), c[0], c[1], message)
		wantError(t, c[0]+" into "+c[1], err, forge.ErrInvalid)
	}
	s := submission(fresh, "The edition.\n", "")
	s.Base = edition
	h.MergeOutside(t, submit(t, h.Forge, s).Number)
	first, err := h.Forge.Propose(t.Context(), edition, "main", message)
	if err != nil {
		t.Fatal(err)
	}
	if first.State != forge.Open || first.Branch != edition || first.Base != "main" || first.Title != message.Title || first.Author.Login != Ana().Login && first.Author.Name != Ana().Name {
		t.Errorf("%+v", first)
	}
	again, err := h.Other.Propose(t.Context(), edition, "main", message)
	if err != nil || again.Number != first.Number {
		t.Errorf("again: %+v, %v", again, err)
	}
	diff, err := h.Forge.Diff(t.Context(), first.Number, nil)
	if err != nil || len(diff) != 1 || diff[0].Path != fresh {
		t.Errorf("%+v, %v", diff, err)
	}
	h.MergeOutside(t, first.Number)
	if got := string(read(t, h.Forge, "main", fresh).Data); got != "The edition.\n" {
		t.Errorf("main has %q", got)
	}
	_, err = h.Forge.Propose(t.Context(), edition, "main", message)
	wantError(t, "a merged edition", err, forge.ErrInvalid)
}
