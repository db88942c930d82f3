package forgetest

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"galley/internal/forge"
)

// submission writes one file; blob "" is for a new one.
func submission(path, data, blob string) forge.Submission {
	return forge.Submission{
		Base: "main", Title: "Write " + path, Message: "Because.",
		Changes: []forge.FileChange{{Path: path, Data: []byte(data), Blob: blob}},
	}
}

func submit(t *testing.T, f forge.Forge, s forge.Submission) forge.PullRequest {
	t.Helper()
	pr, err := f.Submit(t.Context(), s, nil)
	if err != nil {
		t.Fatalf("Submit: %v", err)
	}
	return pr
}

func read(t *testing.T, f forge.Forge, branch, path string) forge.File {
	t.Helper()
	file, err := f.Read(t.Context(), branch, path)
	if err != nil {
		t.Fatalf("Read(%s, %s): %v", branch, path, err)
	}
	return file
}

// open gives the pull requests that are open.
func open(t *testing.T, f forge.Forge) []forge.PullRequest {
	t.Helper()
	all, err := f.PullRequests(t.Context())
	if err != nil {
		t.Fatalf("PullRequests: %v", err)
	}
	return slices.DeleteFunc(all, func(p forge.PullRequest) bool { return p.State != forge.Open })
}

func branches(t *testing.T, h Harness) []string {
	t.Helper()
	if h.Branches != nil {
		return h.Branches(t)
	}
	list, err := h.Forge.Branches(t.Context())
	if err != nil {
		t.Fatalf("Branches: %v", err)
	}
	var names []string
	for _, b := range list {
		names = append(names, b.Name)
	}
	return names
}

// wantError checks an error's kind, and that it has a sentence for the writer.
func wantError(t *testing.T, what string, err, kind error) *forge.Error {
	t.Helper()
	var e *forge.Error
	if !errors.Is(err, kind) || !errors.As(err, &e) {
		t.Fatalf("%s: %v, want %v", what, err, kind)
	}
	if s := e.Sentence; len(s) < 10 || !strings.HasSuffix(s, ".") || strings.ToUpper(s[:1]) != s[:1] {
		t.Errorf("%s: the sentence is %q", what, s)
	}
	return e
}
