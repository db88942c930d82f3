package github

import (
	"net/http"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/github/githubtest"
)

// TestDeployment: deployments are told, the worst first, and a build that failed
// before anything was deployed by its name.
func TestDeployment(t *testing.T) {
	gh := githubtest.Start(t)
	s := newSite(t, gh, "deployed")
	pr := s.open(t, githubtest.TokenAna, one())
	want := func(state forge.DeploymentState, name string) {
		t.Helper()
		got, err := s.forge(t, nil).Deployment(t.Context(), pr.Head)
		if err != nil || got.State != state || got.Name != name {
			t.Errorf("Deployment = %+v, %v, want %q of %q", got, err, state, name)
		}
	}
	run := func(status, conclusion string) {
		body := map[string]any{"name": "build", "head_sha": pr.Head, "status": status}
		if conclusion != "" {
			body["conclusion"] = conclusion
		}
		gh.Call(t, http.MethodPost, "/repos/"+githubtest.Owner+"/deployed/check-runs", body, nil)
	}
	want("", "")
	run("in_progress", "")
	want(forge.DeploymentPending, "build")
	run("completed", "failure")
	want(forge.DeploymentFailed, "build")
	gh.Deploy(pr.Head, "github-pages", "queued")
	want(forge.DeploymentFailed, "build")
	gh.Deploy(pr.Head, "github-pages", "success")
	want(forge.DeploymentDone, "github-pages")
	gh.Deploy(pr.Head, "preview", "in_progress")
	gh.Deploy(pr.Head, "github-pages", "failure")
	want(forge.DeploymentFailed, "github-pages")
	if _, err := s.forge(t, nil).Deployment(t.Context(), "main"); err == nil {
		t.Error("a branch is taken for a commit")
	}
}
