package github

import (
	"context"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// maxEnvironments is how many deployments of a commit are looked at.
const maxEnvironments = 5

// Deployment implements forge.Forge, by the commit's deployments, of which GitHub
// Pages makes one, and by its check runs, which tell of a build that failed before
// anything was deployed. A deployment that is done outweighs a check that failed: that
// one was of something else.
func (f *Forge) Deployment(ctx context.Context, commit string) (forge.Deployment, error) {
	if !forge.IsID(commit) {
		return forge.Deployment{}, forge.Errorf(forge.ErrInvalid, nil, "%q is no commit.", commit)
	}
	list, _, err := f.client.Repositories.ListDeployments(ctx, f.up.owner, f.up.repo, &github.DeploymentsListOptions{SHA: commit, ListOptions: github.ListOptions{PerPage: maxEnvironments}})
	if err != nil {
		return forge.Deployment{}, f.fault(err, f.noRepository())
	}
	worst := forge.Deployment{}
	seen := map[string]bool{}
	for _, d := range list { // the newest first
		if seen[d.GetEnvironment()] {
			continue
		}
		seen[d.GetEnvironment()] = true
		statuses, _, err := f.client.Repositories.ListDeploymentStatuses(ctx, f.up.owner, f.up.repo, d.GetID(), &github.ListOptions{PerPage: 1})
		if err != nil {
			return forge.Deployment{}, f.fault(err, f.noRepository())
		}
		one := forge.Deployment{State: forge.DeploymentPending, Name: d.GetEnvironment()}
		if len(statuses) > 0 {
			one.URL = statuses[0].GetLogURL()
			switch statuses[0].GetState() {
			case "success", "inactive": // inactive: a later one has taken its place
				one.State = forge.DeploymentDone
			case "failure", "error":
				one.State = forge.DeploymentFailed
			}
		}
		if weight(one.State) > weight(worst.State) {
			worst = one
		}
	}
	if worst.State == forge.DeploymentFailed || worst.State == forge.DeploymentDone {
		return worst, nil
	}
	runs, _, err := f.client.Checks.ListCheckRunsForRef(ctx, f.up.owner, f.up.repo, commit, &github.ListCheckRunsOptions{ListOptions: github.ListOptions{PerPage: 100}})
	if err != nil {
		// A token may have no right to ask; what is deployed is told all the same.
		f.log.WarnContext(ctx, "a deployment is told without checks", "error", f.tokens.redact(err))
		return worst, nil
	}
	for _, run := range runs.CheckRuns {
		one := forge.Deployment{Name: run.GetName(), URL: run.GetHTMLURL()}
		switch conclusion := run.GetConclusion(); {
		case run.GetStatus() != "completed":
			one.State = forge.DeploymentPending
		case conclusion == "success", conclusion == "neutral", conclusion == "skipped":
			continue
		default:
			one.State = forge.DeploymentFailed
		}
		if weight(one.State) > weight(worst.State) {
			worst = one
		}
	}
	return worst, nil
}

// weight orders states: what failed outweighs what still runs, and that what is done.
func weight(s forge.DeploymentState) int {
	switch s {
	case forge.DeploymentFailed:
		return 3
	case forge.DeploymentPending:
		return 2
	case forge.DeploymentDone:
		return 1
	}
	return 0
}
