package forgetest

import (
	"strings"
	"testing"

	"galley/internal/forge"
)

// continued submits a text to a pull request that is there.
func continued(number int, text, from string) forge.Submission {
	s := submission(postA, text, forge.BlobID([]byte(from)))
	s.Pull, s.Title, s.Message = number, "Go on", "More."
	return s
}

// testContinue: one writes on another's branch, where they may push.
func testContinue(t *testing.T, h Harness) {
	owner, other, who := h.Ben, h.Forge, Ana()
	if h.Fork != "" {
		pr := submit(t, h.Ben, submission(postA, "Ben's\n", forge.BlobID(Site()[postA])))
		if got, err := h.Forge.PullRequest(t.Context(), pr.Number); err != nil || got.CanPush {
			t.Errorf("PullRequest = %+v, %v, want no right to push", got, err)
		}
		_, err := h.Forge.Submit(t.Context(), continued(pr.Number, "both\n", "Ben's\n"), nil)
		if e := wantError(t, "a branch without the right to push", err, forge.ErrForbidden); !strings.Contains(e.Sentence, "pull request of your own") {
			t.Errorf("no copy is offered: %s", e.Sentence)
		}
		if got := read(t, h.Forge, pr.Branch, postA); string(got.Data) != "Ben's\n" {
			t.Errorf("the branch holds %q", got.Data)
		}
		owner, other, who = h.Forge, h.Ben, Ben() // who may, as maintainers may edit Ana's
	}
	first := submit(t, owner, submission(postA, "first\n", forge.BlobID(Site()[postA])))
	if got, err := other.PullRequest(t.Context(), first.Number); err != nil || !got.CanPush {
		t.Errorf("PullRequest = %+v, %v, want the right to push", got, err)
	}
	before := branches(t, h)
	s := continued(first.Number, "second\n", "first\n")
	s.PullBranch = "main"
	_, err := other.Submit(t.Context(), s, nil)
	if e := wantError(t, "a text of another branch", err, forge.ErrForbidden); !strings.Contains(e.Sentence, first.Branch) || !strings.Contains(e.Sentence, "pull request of your own") {
		t.Errorf("it is refused by %q", e.Sentence)
	}
	if got := read(t, owner, first.Branch, postA); string(got.Data) != "first\n" {
		t.Errorf("the branch holds %q", got.Data)
	}
	s.PullBranch = first.Branch
	for range 2 {
		pr := submit(t, other, s)
		if pr.Number != first.Number || pr.Branch != first.Branch || pr.Title != first.Title || pr.Body != first.Body || pr.Head == first.Head {
			t.Errorf("continued as %+v, want %+v with a new head", pr, first)
		}
		if got := read(t, owner, pr.Branch, postA); string(got.Data) != "second\n" {
			t.Errorf("the branch holds %q", got.Data)
		}
		log := h.Log(t, pr.Branch)
		if len(log) != len(h.Log(t, "main"))+2 || log[0].ID != pr.Head || log[0].Name != who.Name || log[0].Email != who.Email || !strings.HasPrefix(log[0].Message, "Go on\n\nMore.") {
			t.Errorf("the branch is %+v", log[:2])
		}
	}
	// Several files at once.
	s = continued(first.Number, "third\n", "second\n")
	s.Changes = append(s.Changes, forge.FileChange{Path: "assets/images/new.png", Data: []byte{0x89, 0}})
	if pr := submit(t, other, s); pr.Number != first.Number || string(read(t, other, pr.Branch, "assets/images/new.png").Data) != "\x89\x00" {
		t.Errorf("continued as %+v", pr)
	}
	_, err = other.Submit(t.Context(), continued(first.Number, "fourth\n", "second\n"), nil)
	if e := wantError(t, "a branch that went on", err, forge.ErrStale); e.Branch != first.Branch || e.Current == nil || string(e.Current.Data) != "third\n" {
		t.Errorf("Current = %+v on %q", e.Current, e.Branch)
	}
	s = continued(first.Number, "fourth\n", "third\n")
	h.Commit(t, "20260816", "x.md", []byte("x"))
	s.Base = "20260816"
	_, err = other.Submit(t.Context(), s, nil)
	wantError(t, "another base", err, forge.ErrInvalid)
	_, err = other.Submit(t.Context(), continued(4711, "x\n", "x\n"), nil)
	wantError(t, "a missing pull request", err, forge.ErrNotFound)
	if after := branches(t, h); len(after) != len(before)+1 { // the edition's
		t.Errorf("branches: %v", after)
	}
}

// testContinueEnded continues what was merged or closed meanwhile.
func testContinueEnded(t *testing.T, h Harness) {
	pr := submit(t, h.Forge, submission(postA, "first\n", forge.BlobID(Site()[postA])))
	s := continued(pr.Number, "second\n", "first\n")
	submit(t, h.Forge, s)
	h.MergeOutside(t, pr.Number)
	// The answer was lost, and comes again after the merge.
	if again := submit(t, h.Other, s); again.Number != pr.Number || again.State != forge.Merged {
		t.Errorf("after the merge: %+v", again)
	}
	_, err := h.Forge.Submit(t.Context(), continued(pr.Number, "third\n", "second\n"), nil)
	wantError(t, "a merged pull request", err, forge.ErrForbidden)
	// The base goes on, which has nothing to do with either.
	h.Commit(t, "main", postA, []byte("later\n"))
	if again := submit(t, h.Other, s); again.Number != pr.Number || again.State != forge.Merged {
		t.Errorf("after the merge and more: %+v", again)
	}
	_, err = h.Forge.Submit(t.Context(), continued(pr.Number, "third\n", "second\n"), nil)
	if e := wantError(t, "a merged pull request whose base went on", err, forge.ErrForbidden); !strings.Contains(e.Sentence, "merged meanwhile") {
		t.Error(e.Sentence)
	}

	pr = submit(t, h.Forge, submission(fresh, "first\n", ""))
	h.CloseOutside(t, pr.Number)
	s = submission(fresh, "second\n", forge.BlobID([]byte("first\n")))
	s.Pull = pr.Number
	_, err = h.Forge.Submit(t.Context(), s, nil)
	wantError(t, "a closed pull request", err, forge.ErrForbidden)
}
