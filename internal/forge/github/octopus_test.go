package github

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
	"galley/internal/forge/github/githubtest"
)

// octopusOf is a merge of one pull request, which a site gets for it.
func octopusOf(t *testing.T, s *site, f *Forge) forge.Octopus {
	t.Helper()
	const path = "_posts/2026-01-04-a.md"
	old := forgetest.Site()[path]
	text := []byte(strings.Replace(string(old), "* second\n", "* second\n* new\n", 1))
	pr, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "New", Changes: []forge.FileChange{{Path: path, Data: text, Blob: forge.BlobID(old)}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return forge.Octopus{Base: "main", Head: s.Head(t, "main"), Path: path, Data: text, Arms: []forge.Arm{{Number: pr.Number, Head: pr.Head}}}
}

// TestMergeAllFaults breaks each step of a merge, before and after it took effect:
// there is one merge in the end.
func TestMergeAllFaults(t *testing.T) {
	gh := githubtest.Start(t)
	for name, fault := range map[string]githubtest.Fault{
		"blob":       {Method: http.MethodPost, Path: "/git/blobs"},
		"tree":       {Method: http.MethodPost, Path: "/git/trees", Accepted: true},
		"commit":     {Method: http.MethodPost, Path: "/git/commits", Status: http.StatusBadGateway},
		"branch":     {Method: http.MethodPatch, Path: "/git/refs/heads/main", Status: http.StatusServiceUnavailable},
		"branch-end": {Method: http.MethodPatch, Path: "/git/refs/heads/main", Accepted: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, gh, "octopus-"+name)
			f := s.forge(t, nil)
			o := octopusOf(t, s, f)
			s.fail(fault)
			id, err := f.MergeAll(t.Context(), o)
			if err != nil || s.Head(t, "main") != id || s.left() != 0 {
				t.Fatalf("%q, %v; main is at %s", id, err, s.Head(t, "main"))
			}
			if p, err := f.PullRequest(t.Context(), o.Arms[0].Number); err != nil || p.State != forge.Merged {
				t.Errorf("%+v, %v", p, err)
			}
		})
	}
}

// TestMergeAllMoved: somebody pushes in the last moment. Their commit stays, and
// nothing is merged.
func TestMergeAllMoved(t *testing.T) {
	gh := githubtest.Start(t)
	s := newSite(t, gh, "octopus-moved")
	f := s.forge(t, nil)
	o := octopusOf(t, s, f)
	s.fail(githubtest.Fault{Method: http.MethodPost, Path: "/git/commits", Through: true, Before: func() { s.Commit(t, "main", "x.md", []byte("x")) }})
	_, err := f.MergeAll(t.Context(), o)
	if !errors.Is(err, forge.ErrStale) || s.left() != 0 || len(s.Log(t, "main")[0].Parents) != 1 || s.Read(t, "main", "x.md")[0] != 'x' {
		t.Errorf("%v; %+v", err, s.Log(t, "main")[0])
	}
	if p, err := f.PullRequest(t.Context(), o.Arms[0].Number); err != nil || p.State != forge.Open {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestMergeAllRefused: rules of the branch, and a right that was taken, are told.
func TestMergeAllRefused(t *testing.T) {
	gh := githubtest.Start(t)
	for name, c := range map[string]struct {
		status     int
		body, told string
	}{
		"protected": {http.StatusUnprocessableEntity, `{"message":"Repository rule violations found: Changes must be made through a pull request."}`, "Merge these pull requests on GitHub"},
		"forbidden": {http.StatusForbidden, `{"message":"Resource not accessible by integration"}`, "You may not push to the branch main"},
		"hidden":    {http.StatusNotFound, `{"message":"Not Found"}`, "You may not push to the branch main"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, gh, "octopus-"+name)
			f := s.forge(t, nil)
			o := octopusOf(t, s, f)
			s.fail(githubtest.Fault{Method: http.MethodPatch, Path: "/git/refs/heads/main", Status: c.status, Body: c.body, Header: map[string]string{"Content-Type": "application/json"}, Times: 20})
			_, err := f.MergeAll(t.Context(), o)
			s.left()
			var told *forge.Error
			if !errors.Is(err, forge.ErrForbidden) || !errors.As(err, &told) || !strings.Contains(told.Sentence, c.told) || s.Head(t, "main") != o.Head {
				t.Errorf("%v", err)
			}
		})
	}
}
