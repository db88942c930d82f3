package forgetest

import (
	"slices"
	"strings"
	"testing"

	"galley/internal/forge"
)

// testMergeAll: several pull requests, one of them a colleague's, become one commit of
// their base, which is an edition's branch that has gone on.
func testMergeAll(t *testing.T, h Harness) {
	const edition = "20260104"
	h.Commit(t, edition, "other.md", []byte("beside\n"))
	text := string(Site()[postA])
	add := func(f forge.Forge, branch, behind, line string) forge.PullRequest {
		s := submission(postA, strings.Replace(text, behind, behind+line, 1), forge.BlobID([]byte(text)))
		s.Base, s.Branch, s.Title = edition, branch, "Add "+strings.TrimSpace(line)
		return submit(t, f, s)
	}
	one := add(h.Ben, "galley/ben/one", "* second\n", "* from Ben\n")
	two := add(h.Forge, "galley/ana/two", "* third\n", "* from Ana\n")
	wide := submission(postA, strings.Replace(text, "* first\n", "* first\n* wide\n", 1), forge.BlobID([]byte(text)))
	wide.Base, wide.Branch = edition, "galley/ana/wide"
	wide.Changes = append(wide.Changes, forge.FileChange{Path: "wide.md", Data: []byte("wide\n")})
	stray := submit(t, h.Forge, wide)
	h.Commit(t, edition, postA, []byte(strings.Replace(text, "* fourth", "* fourth, changed", 1)))
	merged := strings.NewReplacer("* second\n", "* second\n* from Ben\n", "* third\n", "* third\n* from Ana\n", "* fourth", "* fourth, changed").Replace(text)
	o := forge.Octopus{
		Base: edition, Head: h.Log(t, edition)[0].ID, Path: postA, Data: []byte(merged),
		Arms: []forge.Arm{{Number: one.Number, Head: one.Head}, {Number: two.Number, Head: two.Head}},
	}
	refused := func(what string, kind error, change func(*forge.Octopus)) {
		t.Helper()
		bad := o
		bad.Arms = slices.Clone(o.Arms)
		change(&bad)
		_, err := h.Forge.MergeAll(t.Context(), bad)
		wantError(t, what, err, kind)
		if now := h.Log(t, edition)[0].ID; now != o.Head {
			t.Errorf("%s moved the branch", what)
		}
	}
	if h.Fork != "" {
		refused("a merge without the right to push", forge.ErrForbidden, func(*forge.Octopus) {})
		return
	}
	refused("no pull request", forge.ErrInvalid, func(o *forge.Octopus) { o.Arms = nil })
	refused("one twice", forge.ErrInvalid, func(o *forge.Octopus) { o.Arms[1] = o.Arms[0] })
	refused("a base by name", forge.ErrInvalid, func(o *forge.Octopus) { o.Head = edition })
	refused("another base", forge.ErrInvalid, func(o *forge.Octopus) { o.Base, o.Head = "main", h.Log(t, "main")[0].ID })
	refused("a file that is not there", forge.ErrNotFound, func(o *forge.Octopus) { o.Path = fresh })
	refused("another file", forge.ErrConflict, func(o *forge.Octopus) { o.Path = "other.md" })
	refused("a pull request that is not there", forge.ErrNotFound, func(o *forge.Octopus) { o.Arms[1].Number = 4711 })
	refused("a pull request as it was before", forge.ErrStale, func(o *forge.Octopus) { o.Arms[1].Head = one.Head })
	refused("a base as it was before", forge.ErrStale, func(o *forge.Octopus) { o.Head = h.Log(t, edition)[1].ID })
	refused("one that changes another file, too", forge.ErrConflict, func(o *forge.Octopus) {
		o.Arms[1] = forge.Arm{Number: stray.Number, Head: stray.Head}
	})
	h.CloseOutside(t, stray.Number)
	refused("a closed one", forge.ErrStale, func(o *forge.Octopus) {
		o.Arms[1] = forge.Arm{Number: stray.Number, Head: stray.Head}
	})

	id, err := h.Forge.MergeAll(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	check := func() {
		t.Helper()
		i := slices.IndexFunc(h.Log(t, edition), func(c Commit) bool { return c.ID == id })
		if i < 0 {
			t.Fatalf("the branch has no commit %s", id)
		}
		c := h.Log(t, edition)[i]
		if !slices.Equal(c.Parents, []string{o.Head, one.Head, two.Head}) || c.Name != Ana().Name || !strings.Contains(c.Message, "Add * from Ben (") {
			t.Errorf("the commit is %+v", c)
		}
		if got := read(t, h.Other, edition, postA); string(got.Data) != merged {
			t.Errorf("the branch has %q", got.Data)
		}
		for _, number := range []int{one.Number, two.Number} {
			if p, err := h.Other.PullRequest(t.Context(), number); err != nil || p.State != forge.Merged || p.Merge != id {
				t.Errorf("pull request %d is %+v, %v", number, p, err)
			}
		}
	}
	check()
	if log := h.Log(t, edition); log[0].ID != id || string(read(t, h.Forge, edition, "other.md").Data) != "beside\n" {
		t.Errorf("the branch is at %+v", log[0])
	}
	// Those who wrote are in the branch's history.
	if log := h.Log(t, edition); !slices.ContainsFunc(log, func(c Commit) bool { return c.ID == one.Head && c.Name == Ben().Name }) {
		t.Error("Ben's commit is not in the branch")
	}
	// The same again, elsewhere and after others wrote, is that commit.
	h.Commit(t, edition, "other.md", []byte("more\n"))
	head := h.Log(t, edition)[0].ID
	for _, f := range []forge.Forge{h.Forge, h.Other} {
		if again, err := f.MergeAll(t.Context(), o); err != nil || again != id {
			t.Errorf("the same again: %s, %v", again, err)
		}
	}
	check()
	if h.Log(t, edition)[0].ID != head {
		t.Error("the same again moved the branch")
	}
	// What was merged is not merged again from there.
	o.Head = head
	_, err = h.Forge.MergeAll(t.Context(), o)
	wantError(t, "what is merged already", err, forge.ErrStale)
}
