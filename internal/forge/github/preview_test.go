package github

import (
	"net/http"
	"testing"

	"galley/internal/forge/github/githubtest"
)

// TestPreview: a pull request tells where it is shown, as a deployment, a status or a
// check run of its head does, and never by an address that no preview has.
func TestPreview(t *testing.T) {
	gh := githubtest.Start(t)
	s := newSite(t, gh, "previewed")
	pr := s.open(t, githubtest.TokenAna, one())
	want := func(address string) {
		t.Helper()
		got, err := s.forge(t, nil).PullRequest(t.Context(), pr.Number)
		if err != nil || got.Preview != address {
			t.Errorf("Preview = %q, %v, want %q", got.Preview, err, address)
		}
	}
	run := func(conclusion, details, summary string) {
		gh.Call(t, http.MethodPost, "/repos/"+githubtest.Owner+"/previewed/check-runs", map[string]any{
			"name": "Pages", "head_sha": pr.Head, "status": "completed", "conclusion": conclusion, "details_url": details,
			"output": map[string]any{"title": "Deployed", "summary": summary},
		}, nil)
	}
	want("")
	gh.DeployAt(pr.Head, "production", "success", "https://notes.example/")
	gh.DeployAt(pr.Head, "Preview", "in_progress", "https://notes-12.example/")
	want("")
	gh.DeployAt(pr.Head, "Preview", "success", "http://notes-12.example/")
	want("")
	gh.DeployAt(pr.Head, "Preview", "success", "javascript:alert(1)")
	want("")
	gh.DeployAt(pr.Head, "Preview", "success", "https://notes-12.example/")
	want("https://notes-12.example/")
	// Who may not ask is told the rest.
	s.fail(githubtest.Fault{Method: "GET", Path: "/deployments$", Status: 403, Body: `{"message":"Resource not accessible by integration"}`})
	want("")

	run("success", "https://dash.cloudflare.com/x", "<a href='https://dash.cloudflare.com/y'>log</a> <a href='https://0a1b.notes.pages.dev'>https://0a1b.notes.pages.dev</a>")
	want("https://0a1b.notes.pages.dev")
	gh.SetTarget(pr.Head, "https://app.netlify.com/sites/notes/deploys/1")
	gh.SetStatus(pr.Head, "success")
	want("https://0a1b.notes.pages.dev")
	gh.SetTarget(pr.Head, "https://deploy-preview-1--notes.netlify.app")
	want("https://deploy-preview-1--notes.netlify.app")
	gh.SetStatus(pr.Head, "pending")
	want("https://0a1b.notes.pages.dev")
	// The same check failed since.
	run("failure", "https://broken.notes.vercel.app", "")
	want("https://notes-12.example/")
}

// TestAtService: what a status links to is a preview below known hosts alone.
func TestAtService(t *testing.T) {
	for _, c := range []struct {
		in   string
		want bool
	}{
		{"https://notes-git-x-team.vercel.app/", true},
		{"https://notes--12.org.readthedocs.build/en/12/", true},
		{"https://DEPLOY-preview-1--notes.Netlify.App/", true},
		{"https://vercel.com/team/notes/x", false},
		{"https://netlify.app.evil.example/", false},
		{"https://evilnetlify.app/", false},
		{"http://a.netlify.app/", false},
		{"", false},
	} {
		if got := atService(c.in) != ""; got != c.want {
			t.Errorf("atService(%q) is %v", c.in, got)
		}
	}
}
