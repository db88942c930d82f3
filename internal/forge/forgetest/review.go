package forgetest

import (
	"strings"
	"testing"

	"galley/internal/forge"
)

const suggested = "Which one?\n\n```suggestion\n* the one\n```"

// discussion reads what was said about a pull request.
func discussion(t *testing.T, f forge.Forge, number int) forge.Discussion {
	t.Helper()
	d, err := f.Discussion(t.Context(), number)
	if err != nil {
		t.Fatalf("Discussion: %v", err)
	}
	return d
}

// edited is a pull request of Ana's that changes the seventh line of a post.
func edited(t *testing.T, h Harness) (forge.PullRequest, string) {
	t.Helper()
	text := strings.Replace(string(Site()[postA]), "* first", "* one", 1)
	return submit(t, h.Forge, submission(postA, text, forge.BlobID(Site()[postA]))), text
}

// testThreads: comments at lines, which move along with the lines that they are
// about, until these are changed.
func testThreads(t *testing.T, h Harness) {
	pr, text := edited(t, h)
	if d := discussion(t, h.Forge, pr.Number); len(d.Threads)+len(d.Comments)+len(d.Verdicts)+len(d.Asked) != 0 || d.Head != pr.Head || !d.Resolves {
		t.Fatalf("before anything was said: %+v", d)
	}
	at := forge.NewComment{Path: postA, Line: 7, Head: pr.Head, Body: suggested}
	for range 2 { // the second click says nothing more
		if err := h.Ben.Comment(t.Context(), pr.Number, at); err != nil {
			t.Fatalf("Comment: %v", err)
		}
	}
	both := forge.NewComment{Path: postA, Start: 7, Line: 8, Head: pr.Head, Body: "Both of these.\r\nReally."}
	if err := h.Ben.Comment(t.Context(), pr.Number, both); err != nil {
		t.Fatalf("Comment at two lines: %v", err)
	}
	d := discussion(t, h.Forge, pr.Number)
	if len(d.Threads) != 2 {
		t.Fatalf("%d threads: %+v", len(d.Threads), d.Threads)
	}
	first, second := d.Threads[0], d.Threads[1]
	if first.Path != postA || first.Start != 7 || first.Line != 7 || first.Lines != "* one" || first.Removed || first.Resolved || len(first.Comments) != 1 {
		t.Errorf("the first thread: %+v", first)
	}
	if c := first.Comments[0]; c.Body != suggested || !c.Author.Is(Ben()) || c.Created.IsZero() {
		t.Errorf("its comment: %+v", c)
	}
	if second.Start != 7 || second.Line != 8 || second.Lines != "* one\n* second" || second.Comments[0].Body != "Both of these.\nReally." {
		t.Errorf("the second thread: %+v", second)
	}

	for range 2 {
		if err := h.Forge.Comment(t.Context(), pr.Number, forge.NewComment{Thread: first.ID, Body: "That one."}); err != nil {
			t.Fatalf("an answer: %v", err)
		}
	}
	if got := discussion(t, h.Ben, pr.Number).Threads[0].Comments; len(got) != 2 || got[1].Body != "That one." || !got[1].Author.Is(Ana()) {
		t.Errorf("after an answer: %+v", got)
	}
	for _, resolved := range []bool{true, true, false} {
		if err := h.Forge.Resolve(t.Context(), pr.Number, first.ID, resolved); err != nil {
			t.Fatalf("Resolve: %v", err)
		}
		if got := discussion(t, h.Other, pr.Number).Threads; got[0].Resolved != resolved || got[1].Resolved {
			t.Errorf("resolved %v: %+v", resolved, got)
		}
	}

	// A line before it, then another in its place.
	h.Commit(t, pr.Branch, postA, []byte(strings.Replace(text, "## One", "Before.\n\n## One", 1)))
	moved := discussion(t, h.Forge, pr.Number)
	if got := moved.Threads[0]; moved.Head == pr.Head || got.Start != 9 || got.Line != 9 || got.Lines != "* one" {
		t.Errorf("after lines before it: %+v at %s", got, moved.Head)
	}
	h.Commit(t, pr.Branch, postA, []byte(strings.Replace(text, "* one", "* another", 1)))
	gone := discussion(t, h.Forge, pr.Number)
	if got := gone.Threads[0]; got.Start != 0 || got.Line != 0 || got.Lines != "* one" || len(got.Comments) != 2 {
		t.Errorf("after its line was changed: %+v", got)
	}
	if err := h.Forge.Resolve(t.Context(), pr.Number, first.ID, true); err != nil {
		t.Errorf("resolving what is on an earlier version: %v", err)
	}

	head := gone.Head
	for what, c := range map[string]struct {
		forge.NewComment
		kind error
	}{
		"another head":    {forge.NewComment{Path: postA, Line: 7, Head: pr.Head, Body: "x"}, forge.ErrStale},
		"no such line":    {forge.NewComment{Path: postA, Line: 4000, Head: head, Body: "x"}, forge.ErrInvalid},
		"lines backwards": {forge.NewComment{Path: postA, Start: 8, Line: 7, Head: head, Body: "x"}, forge.ErrInvalid},
		"another file":    {forge.NewComment{Path: "_config.yml", Line: 1, Head: head, Body: "x"}, forge.ErrInvalid},
		"no head":         {forge.NewComment{Path: postA, Line: 7, Body: "x"}, forge.ErrInvalid},
		"no words":        {forge.NewComment{Body: " \n"}, forge.ErrInvalid},
		"too many words":  {forge.NewComment{Body: strings.Repeat("x", 60_001)}, forge.ErrTooLarge},
		"no text":         {forge.NewComment{Body: "a\x00b"}, forge.ErrInvalid},
		"no thread":       {forge.NewComment{Thread: "4711", Body: "x"}, forge.ErrNotFound},
		"no thread's id":  {forge.NewComment{Thread: "../1", Body: "x"}, forge.ErrNotFound},
	} {
		wantError(t, what, h.Forge.Comment(t.Context(), pr.Number, c.NewComment), c.kind)
	}
	wantError(t, "a comment on nothing", h.Forge.Comment(t.Context(), 4711, forge.NewComment{Body: "x"}), forge.ErrNotFound)
	wantError(t, "resolving what is not there", h.Forge.Resolve(t.Context(), pr.Number, "4711", true), forge.ErrNotFound)
	_, err := h.Forge.Discussion(t.Context(), 4711)
	wantError(t, "the discussion of nothing", err, forge.ErrNotFound)
}

// testVerdicts: a review is asked for and given, and people talk.
func testVerdicts(t *testing.T, h Harness) {
	pr, text := edited(t, h)
	review := func(want forge.Review) {
		t.Helper()
		got, err := h.Other.PullRequest(t.Context(), pr.Number)
		if err != nil || got.Review != want {
			t.Errorf("the review is %q, %v, want %q", got.Review, err, want)
		}
	}
	for range 2 {
		if err := h.Forge.Comment(t.Context(), pr.Number, forge.NewComment{Body: "Please look at it."}); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Ben.Comment(t.Context(), pr.Number, forge.NewComment{Body: "I will."}); err != nil {
		t.Fatal(err)
	}
	if got := discussion(t, h.Forge, pr.Number).Comments; len(got) != 2 || got[0].Body != "Please look at it." || !got[0].Author.Is(Ana()) || got[1].Body != "I will." {
		t.Errorf("the conversation: %+v", got)
	}

	asks := h.Forge
	if h.Fork != "" {
		wantError(t, "asking without the right to", h.Forge.RequestReview(t.Context(), pr.Number, []string{"ben"}), forge.ErrForbidden)
		asks = h.Ben
	}
	for range 2 {
		if err := asks.RequestReview(t.Context(), pr.Number, []string{"ben"}); err != nil {
			t.Fatalf("RequestReview: %v", err)
		}
	}
	if got := discussion(t, h.Forge, pr.Number).Asked; len(got) != 1 || !got[0].Is(Ben()) {
		t.Errorf("asked: %+v", got)
	}
	review(forge.ReviewRequested)
	wantError(t, "asking the author", asks.RequestReview(t.Context(), pr.Number, []string{"ana"}), forge.ErrForbidden)
	wantError(t, "asking nobody", asks.RequestReview(t.Context(), pr.Number, nil), forge.ErrInvalid)
	wantError(t, "asking a line", asks.RequestReview(t.Context(), pr.Number, []string{"a\nb"}), forge.ErrInvalid)

	wantError(t, "changes without words", h.Ben.Review(t.Context(), pr.Number, forge.NewVerdict{Review: forge.ReviewChanges, Head: pr.Head}), forge.ErrInvalid)
	wantError(t, "no verdict", h.Ben.Review(t.Context(), pr.Number, forge.NewVerdict{Review: forge.ReviewRequested, Head: pr.Head}), forge.ErrInvalid)
	wantError(t, "one's own", h.Forge.Review(t.Context(), pr.Number, forge.NewVerdict{Review: forge.ReviewApproved, Head: pr.Head}), forge.ErrForbidden)
	if err := h.Ben.Review(t.Context(), pr.Number, forge.NewVerdict{Review: forge.ReviewChanges, Body: "Not that one.", Head: pr.Head}); err != nil {
		t.Fatalf("Review: %v", err)
	}
	review(forge.ReviewChanges)
	d := discussion(t, h.Forge, pr.Number)
	if len(d.Asked) != 0 || len(d.Verdicts) != 1 {
		t.Fatalf("after a review: %+v", d)
	}
	if v := d.Verdicts[0]; v.Review != forge.ReviewChanges || v.Body != "Not that one." || v.Commit != pr.Head || !v.Author.Is(Ben()) || v.Created.IsZero() {
		t.Errorf("the review: %+v", v)
	}

	h.Commit(t, pr.Branch, postA, []byte(text+"More.\n"))
	approval := forge.NewVerdict{Review: forge.ReviewApproved, Head: pr.Head}
	wantError(t, "a review of another head", h.Ben.Review(t.Context(), pr.Number, approval), forge.ErrStale)
	approval.Head = discussion(t, h.Ben, pr.Number).Head
	for range 2 {
		if err := h.Ben.Review(t.Context(), pr.Number, approval); err != nil {
			t.Fatalf("approving: %v", err)
		}
	}
	review(forge.ReviewApproved)
	if got := discussion(t, h.Forge, pr.Number).Verdicts; len(got) != 2 || got[1].Review != forge.ReviewApproved || got[1].Commit != approval.Head {
		t.Errorf("after the approval: %+v", got)
	}

	h.Commit(t, pr.Branch, postA, []byte(text+"Still more.\n"))
	review(forge.ReviewEarlier)

	h.MergeOutside(t, pr.Number)
	wantError(t, "a review of what is merged", h.Ben.Review(t.Context(), pr.Number, approval), forge.ErrInvalid)
	wantError(t, "asking for one of what is merged", asks.RequestReview(t.Context(), pr.Number, []string{"ben"}), forge.ErrInvalid)
	if err := h.Forge.Comment(t.Context(), pr.Number, forge.NewComment{Body: "Thanks."}); err != nil {
		t.Errorf("a comment on what is merged: %v", err)
	}
	if got := discussion(t, h.Forge, pr.Number); len(got.Comments) != 3 || len(got.Verdicts) != 2 {
		t.Errorf("after the merge: %+v", got)
	}
}
