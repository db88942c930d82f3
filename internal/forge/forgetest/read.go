package forgetest

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"galley/internal/forge"
)

func testInfo(t *testing.T, h Harness) {
	info, err := h.Forge.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if info.Name == "" || info.Kind == "" || info.DefaultBranch != "main" || info.CanPush != (h.Fork == "") {
		t.Errorf("Info = %+v", info)
	}
	if info.Person != Ana() {
		t.Errorf("the person is %+v, want %+v", info.Person, Ana())
	}
	h.Commit(t, "edition/b", "x.md", []byte("x"))
	h.Commit(t, "edition/a", "x.md", []byte("x"))
	list, err := h.Forge.Branches(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 3 || list[0].Name != "main" || !list[0].Default || list[1].Name != "edition/a" || list[1].Default || list[2].Name != "edition/b" {
		t.Errorf("Branches = %+v", list)
	}
	for _, b := range list {
		if log := h.Log(t, b.Name); len(log) == 0 || log[0].ID != b.Head {
			t.Errorf("the head of %s is %s, want %v", b.Name, b.Head, log)
		}
	}
}

func testRead(t *testing.T, h Harness) {
	tree, err := h.Forge.Tree(t.Context(), "main")
	if err != nil {
		t.Fatal(err)
	}
	site := Site()
	if len(tree.Entries) != len(site) || tree.Truncated || tree.Commit != h.Log(t, "main")[0].ID {
		t.Errorf("Tree = %+v", tree)
	}
	if !slices.IsSortedFunc(tree.Entries, func(a, b forge.Entry) int { return strings.Compare(a.Path, b.Path) }) {
		t.Error("the tree is not sorted by path")
	}
	for _, e := range tree.Entries {
		want := site[e.Path]
		if e.Size != len(want) || e.Blob != forge.BlobID(want) {
			t.Errorf("entry %+v, want blob %s with %d bytes", e, forge.BlobID(want), len(want))
		}
		file := read(t, h.Forge, "main", e.Path)
		if !bytes.Equal(file.Data, want) || file.Entry != e || file.Commit != tree.Commit {
			t.Errorf("Read(%s) = %+v, want %q", e.Path, file, want)
		}
		data, err := h.Forge.Blob(t.Context(), e.Blob)
		if err != nil || !bytes.Equal(data, want) {
			t.Errorf("Blob(%s) = %q, %v, want %q", e.Blob, data, err, want)
		}
	}
	fsys, err := forge.Snapshot(t.Context(), h.Forge, "main")
	if err != nil {
		t.Fatal(err)
	}
	h.Commit(t, "main", postA, []byte("changed"))
	data, err := fs.ReadFile(fsys, postA)
	if err != nil || !bytes.Equal(data, site[postA]) {
		t.Errorf("the snapshot moved on: %q, %v", data, err)
	}
	if file := read(t, h.Forge, "main", postA); string(file.Data) != "changed" {
		t.Errorf("Read after somebody's commit = %q", file.Data)
	}
}

func testMissing(t *testing.T, h Harness) {
	ctx := t.Context()
	_, err := h.Forge.Tree(ctx, "nope")
	wantError(t, "Tree of a missing branch", err, forge.ErrNotFound)
	_, err = h.Forge.Read(ctx, "nope", postA)
	wantError(t, "Read of a missing branch", err, forge.ErrNotFound)
	_, err = h.Forge.Read(ctx, "main", "_posts/nope.md")
	wantError(t, "Read of a missing file", err, forge.ErrNotFound)
	_, err = h.Forge.Read(ctx, "main", "_posts")
	wantError(t, "Read of a folder", err, forge.ErrNotFound)
	_, err = h.Forge.Blob(ctx, strings.Repeat("1", 40))
	wantError(t, "a missing blob", err, forge.ErrNotFound)
	_, err = h.Forge.PullRequest(ctx, 4711)
	wantError(t, "a missing pull request", err, forge.ErrNotFound)
	_, err = h.Forge.Diff(ctx, 4711, nil)
	wantError(t, "the diff of a missing pull request", err, forge.ErrNotFound)
	s := submission(fresh, "x", "")
	s.Base = "nope"
	_, err = h.Forge.Submit(ctx, s, nil)
	wantError(t, "Submit to a missing base", err, forge.ErrNotFound)
}

func testCancel(t *testing.T, h Harness) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.Forge.Tree(ctx, "main")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Tree: %v", err)
	}
	_, err = h.Forge.Submit(ctx, submission(fresh, "x", ""), nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Submit: %v", err)
	}
	if names := branches(t, h); len(names) != 1 {
		t.Errorf("a cancelled submission left %v", names)
	}
	// In the middle, the next try goes on.
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	h.Forge.Submit(ctx, submission(fresh, "x", ""), func(s forge.Step) {
		if s.Name == "commit" && !s.Done {
			cancel()
		}
	})
	pr := submit(t, h.Other, submission(fresh, "x", ""))
	if log := h.Log(t, pr.Branch); len(log) != len(h.Log(t, "main"))+1 || len(open(t, h.Forge)) != 1 {
		t.Errorf("after an end half-way: %+v", log)
	}
}
