package forgetest

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"galley/internal/forge"
)

func testStartBranch(t *testing.T, h Harness) {
	main := h.Log(t, "main")[0].ID
	if h.Fork != "" {
		_, err := h.Forge.StartBranch(t.Context(), "20260816", "main", nil)
		wantError(t, "StartBranch without the right to push", err, forge.ErrForbidden)
		return
	}
	for _, f := range []forge.Forge{h.Forge, h.Other} {
		b, err := f.StartBranch(t.Context(), "20260816", "main", nil)
		if err != nil || b.Name != "20260816" || b.Head != main || b.Default {
			t.Errorf("StartBranch = %+v, %v, want it at %s", b, err, main)
		}
	}
	// A branch that went on is found as it is.
	h.Commit(t, "20260816", "x.md", []byte("x"))
	if b, err := h.Forge.StartBranch(t.Context(), "20260816", "main", nil); err != nil || b.Head != h.Log(t, "20260816")[0].ID {
		t.Errorf("StartBranch of one that went on = %+v, %v", b, err)
	}
	// Six at once make one.
	var group sync.WaitGroup
	for i := range 6 {
		group.Go(func() {
			f := h.Forge
			if i%2 == 1 {
				f = h.Other
			}
			if b, err := f.StartBranch(t.Context(), "edition/next", "20260816", nil); err != nil || b.Head != h.Log(t, "20260816")[0].ID {
				t.Errorf("StartBranch at once = %+v, %v", b, err)
			}
		})
	}
	group.Wait()
	before := strings.Join(branches(t, h), " ")
	if before != "main 20260816 edition/next" {
		t.Errorf("branches: %s", before)
	}
	for _, name := range []string{"", "a..b", "refs/heads/x", "-x", "@{-1}", "x.lock", "a b", "HEAD", "galley/ana/2026-01-25-new", "Galley/x", "edition"} {
		_, err := h.Forge.StartBranch(t.Context(), name, "main", nil)
		wantError(t, fmt.Sprintf("StartBranch(%q)", name), err, forge.ErrInvalid)
	}
	// One that begins with a file is one commit further, once.
	first := forge.First{Path: fresh, Data: []byte("first\r\n"), Title: "Begin\nCloses #1", SignOff: true}
	begun, err := h.Forge.StartBranch(t.Context(), "20260823", "main", &first)
	log := h.Log(t, "20260823")
	if err != nil || begun.Head != log[0].ID || log[1].ID != main || !strings.HasPrefix(log[0].Message, "Begin Closes (#1)\n\nSigned-off-by: Ana") {
		t.Fatalf("StartBranch with a file = %+v, %v, %+v", begun, err, log[0])
	}
	if got := read(t, h.Forge, "20260823", fresh); string(got.Data) != "first\r\n" {
		t.Errorf("it begins with %q", got.Data)
	}
	if got := read(t, h.Forge, "20260823", postA); string(got.Data) != string(Site()[postA]) {
		t.Errorf("beside it there is %q", got.Data)
	}
	second := forge.First{Path: fresh, Data: []byte("second"), Title: "Begin"}
	if b, err := h.Other.StartBranch(t.Context(), "20260823", "main", &second); err != nil || b.Head != begun.Head {
		t.Errorf("the second to begin it: %+v, %v", b, err)
	}
	for path, title := range map[string]string{postA: "Begin", "../x.md": "Begin", "_posts/2026-09-01-x.md": ""} {
		_, err := h.Forge.StartBranch(t.Context(), "fine", "main", &forge.First{Path: path, Title: title})
		wantError(t, fmt.Sprintf("a first file %q, %q", path, title), err, forge.ErrInvalid)
	}
	_, err = h.Forge.StartBranch(t.Context(), "fine", "a..b", nil)
	wantError(t, "StartBranch from no name", err, forge.ErrInvalid)
	_, err = h.Forge.StartBranch(t.Context(), "fine", "nope", nil)
	wantError(t, "StartBranch from a missing branch", err, forge.ErrNotFound)
	if after := strings.Join(branches(t, h), " "); after != "main 20260816 20260823 edition/next" {
		t.Errorf("refused branches are there: %s", after)
	}
}

func testTrailers(t *testing.T, h Harness) {
	s := submission(fresh, "x\n", "")
	s.Message = "Signed-off-by: Mallory <m@example.org>"
	s.SignOff = true
	s.CoAuthors = []forge.Person{
		{Name: "Ben\nSigned-off-by: Mallory <m@example.org>", Email: "ben@example.org"}, Ana(), {Name: "Ben", Email: "Ben@example.org"},
	}
	pr := submit(t, h.Forge, s)
	want := "Write " + fresh + "\n\nSigned off by: Mallory <m@example.org>\n\n" +
		"Co-authored-by: Ben Signed-off-by: Mallory mexample.org <ben@example.org>\nSigned-off-by: Ana Müller <ana@example.org>"
	if got := h.Log(t, pr.Branch)[0].Message; got != want && got != want+"\n" {
		t.Errorf("the message is %q, want %q", got, want)
	}
	if pr.Body != "Signed off by: Mallory <m@example.org>" {
		t.Errorf("the description is %q", pr.Body)
	}
	s = submission(postA, "x\n", forge.BlobID(Site()[postA]))
	s.CoAuthors = []forge.Person{{Name: "Ben", Email: "b@example.org>\nSigned-off-by: Mallory <m@example.org"}}
	pr = submit(t, h.Forge, s)
	if got := h.Log(t, pr.Branch)[0].Message; strings.Contains(got, "Mallory") || strings.Contains(got, "Co-authored-by") {
		t.Errorf("a co-author without an address: the message is %q", got)
	}
}
