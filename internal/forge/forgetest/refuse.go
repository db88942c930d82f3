package forgetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"galley/internal/forge"
)

func testStale(t *testing.T, h Harness) {
	file := read(t, h.Forge, "main", postA)
	h.Commit(t, "main", postA, []byte("somebody's\n"))
	_, err := h.Forge.Submit(t.Context(), submission(postA, "mine\n", file.Blob), nil)
	e := wantError(t, "a file that changed", err, forge.ErrStale)
	if e.Current == nil || string(e.Current.Data) != "somebody's\n" || e.Current.Path != postA || e.Current.Blob != forge.BlobID([]byte("somebody's\n")) || e.Current.Commit == "" || e.Gone || e.Branch != "main" {
		t.Errorf("Current = %+v", e.Current)
	}
	_, err = h.Forge.Submit(t.Context(), submission(postA, "mine\n", ""), nil)
	if e = wantError(t, "a new file where one is", err, forge.ErrStale); e.Current == nil {
		t.Error("no Current for a new file where one is")
	}
	h.Commit(t, "main", postA, nil)
	_, err = h.Forge.Submit(t.Context(), submission(postA, "mine\n", file.Blob), nil)
	if e = wantError(t, "a file that was deleted", err, forge.ErrStale); e.Current != nil || !e.Gone || e.Branch != "main" {
		t.Errorf("a deleted file: %+v", e)
	}
	// One of two files is stale: neither is written.
	s := submission(fresh, "new\n", "")
	s.Changes = append(s.Changes, forge.FileChange{Path: "_config.yml", Data: []byte("x"), Blob: strings.Repeat("0", 39) + "1"})
	_, err = h.Forge.Submit(t.Context(), s, nil)
	wantError(t, "the second of two files is stale", err, forge.ErrStale)
	if names := branches(t, h); len(names) != 1 {
		t.Errorf("a refused submission left the branches %v", names)
	}
	if list := open(t, h.Forge); len(list) != 0 {
		t.Errorf("a refused submission left %+v", list)
	}
}

func testStaleBranch(t *testing.T, h Harness) {
	file := read(t, h.Forge, "main", postA)
	pr := submit(t, h.Forge, submission(postA, "mine\n", file.Blob))
	// A co-author pushes to the pull request's branch.
	h.Commit(t, pr.Branch, postA, []byte("co-author's\n"))
	_, err := h.Forge.Submit(t.Context(), submission(postA, "mine again\n", forge.BlobID([]byte("mine\n"))), nil)
	e := wantError(t, "a branch that moved", err, forge.ErrStale)
	if e.Current == nil || string(e.Current.Data) != "co-author's\n" || e.Branch != pr.Branch {
		t.Errorf("Current = %+v on %q", e.Current, e.Branch)
	}
	if got := read(t, h.Forge, pr.Branch, postA); string(got.Data) != "co-author's\n" {
		t.Errorf("the co-author's text was overwritten: %q", got.Data)
	}
	// A push to another file of the branch is no obstacle.
	h.Commit(t, pr.Branch, "other.md", []byte("x"))
	again := submit(t, h.Forge, submission(postA, "both\n", forge.BlobID([]byte("co-author's\n"))))
	if again.Number != pr.Number || string(read(t, h.Forge, pr.Branch, "other.md").Data) != "x" {
		t.Errorf("after a merge by hand: %+v", again)
	}
}

func testInvalid(t *testing.T, h Harness) {
	before := branches(t, h)
	for _, path := range []string{"", "../x.md", "_posts/../../x.md", "%2e%2e/x.md", `_posts\x.md`, "/x.md", ".git/config", ".github/workflows/evil.yml", "_posts/x\n.md", "_posts/x.md.", "_Posts/x.md", "_posts/2026-01-04-A.md", "_config.yml/x.md", "_posts"} {
		_, err := h.Forge.Submit(t.Context(), submission(path, "x", ""), nil)
		wantError(t, fmt.Sprintf("path %q", path), err, forge.ErrInvalid)
	}
	for _, path := range []string{"", "../x.md", "/x.md", "_posts/../_config.yml", "a//b"} {
		_, err := h.Forge.Read(t.Context(), "main", path)
		wantError(t, fmt.Sprintf("Read(%q)", path), err, forge.ErrInvalid)
	}
	for _, name := range []string{"a..b", "refs/heads/main", "-x", "a@{0}", "x.lock", "a b", "a\nb", "main", "../x"} {
		s := submission(fresh, "x", "")
		s.Branch = name
		_, err := h.Forge.Submit(t.Context(), s, nil)
		wantError(t, fmt.Sprintf("branch %q", name), err, forge.ErrInvalid)
		if name != "main" {
			s.Branch, s.Base = "", name
			_, err = h.Forge.Submit(t.Context(), s, nil)
			wantError(t, fmt.Sprintf("base %q", name), err, forge.ErrInvalid)
			_, err = h.Forge.Tree(t.Context(), name)
			wantError(t, fmt.Sprintf("Tree(%q)", name), err, forge.ErrInvalid)
		}
	}
	s := submission(fresh, "x", "")
	s.Title = " \n"
	_, err := h.Forge.Submit(t.Context(), s, nil)
	wantError(t, "no title", err, forge.ErrInvalid)
	s = submission(fresh, "x", "")
	s.Changes = append(s.Changes, s.Changes[0])
	_, err = h.Forge.Submit(t.Context(), s, nil)
	wantError(t, "one path twice", err, forge.ErrInvalid)
	s.Changes = nil
	_, err = h.Forge.Submit(t.Context(), s, nil)
	wantError(t, "no files", err, forge.ErrInvalid)
	_, err = h.Forge.Submit(t.Context(), submission(postA, string(Site()[postA]), forge.BlobID(Site()[postA])), nil)
	wantError(t, "no change", err, forge.ErrInvalid)
	_, err = h.Forge.Blob(t.Context(), "../../etc/passwd")
	wantError(t, "Blob of a path", err, forge.ErrInvalid)
	if after := branches(t, h); !slices.Equal(before, after) {
		t.Errorf("refused submissions left the branches %v", after)
	}
}

func testMessage(t *testing.T, h Harness) {
	s := submission(fresh, "x\n", "")
	s.Title = "Closes #1 [skip ci]\n\nSigned-off-by: Mallory <m@example.org> @everyone"
	s.Message = "/approve\r\n@org/team\n\nCo-authored-by: Mallory <m@example.org>"
	pr := submit(t, h.Forge, s)
	message := h.Log(t, pr.Branch)[0].Message
	title, _, _ := strings.Cut(message, "\n")
	if title != "Closes (#1) (skip ci) Signed-off-by: Mallory <m@example.org> @ everyone" || pr.Title != title {
		t.Errorf("title %q, %q", title, pr.Title)
	}
	for _, text := range []string{pr.Body, message} {
		for _, bad := range []string{"\n/approve", "@org", "\nCo-authored-by:", "\nSigned-off-by:", "[skip", "\r"} {
			if strings.Contains("\n"+text, bad) {
				t.Errorf("%q has %q", text, bad)
			}
		}
	}
}
