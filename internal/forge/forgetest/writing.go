package forgetest

import (
	"strings"
	"testing"

	"galley/internal/forge"
)

// testWriting: a description's line of taken sections changes without the rest,
// and the rest without it.
func testWriting(t *testing.T, h Harness) {
	s := submission(postA, string(Site()[postA]), forge.BlobID(Site()[postA]))
	s.Announce, s.Message, s.Writing = true, "A description.\n\nMore.", []string{"News"}
	first := submit(t, h.Forge, s)
	check := func(step, want string) {
		t.Helper()
		got, err := h.Forge.PullRequest(t.Context(), first.Number)
		if err != nil || got.Body != want {
			t.Errorf("%s: %q, %v, want %q", step, got.Body, err, want)
		}
	}
	check("opened", "A description.\n\nMore.\n\nWriting: News")
	if message := h.Log(t, first.Branch)[0].Message; strings.Contains(message, "Writing:") {
		t.Errorf("the commit says who writes: %q", message)
	}
	// Another browser of the same person knows nothing of the first section.
	s.Message, s.Writing = "", []string{"Misc"}
	submit(t, h.Other, s)
	check("another section", "A description.\n\nMore.\n\nWriting: News; Misc")
	// What is dismissed goes along, whatever else is described.
	s.Writing, s.Dismissed = nil, []string{"0123456789ab", "cdef01234567"}
	submit(t, h.Forge, s)
	check("dismissed", "A description.\n\nMore.\n\nWriting: News; Misc\n\n<!-- Dismissed: 0123456789ab cdef01234567 -->")
	s.Dismissed, s.Restored = nil, []string{"0123456789ab", "cdef01234567"}
	submit(t, h.Other, s)
	check("taken back", "A description.\n\nMore.\n\nWriting: News; Misc")
	text := change("first", "mine")
	next := submission(postA, text, s.Changes[0].Blob)
	next.Message = "Another."
	submit(t, h.Forge, next)
	check("another description", "Another.\n\nWriting: News; Misc")
	next = continued(first.Number, change("first", "ours"), text)
	next.Message, next.GivenBack = "Not theirs.", []string{"News"}
	other := h.Ben
	if h.Fork != "" {
		other = h.Other // who may not push does not continue another's
	}
	if pr := submit(t, other, next); h.Fork == "" && (pr.Title != first.Title || pr.Author != first.Author) {
		t.Errorf("continued as %+v, want %+v", pr, first)
	}
	if h.Fork == "" {
		check("continued", "Another.\n\nWriting: Misc")
	}
	next = submission(postA, change("first", "ours"), "")
	next.Changes[0].Earlier, next.Message, next.GivenBack = nil, "", []string{"News", "Misc"}
	submit(t, h.Forge, next)
	if got, err := h.Forge.PullRequest(t.Context(), first.Number); err != nil || strings.Contains(got.Body, "Writing:") || got.Body == "" {
		t.Errorf("given back: %q, %v", got.Body, err)
	}
}
