package github

import (
	"context"
	"sync"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
	"galley/internal/guard"
)

// health fills in what GitHub knows about an open pull request besides itself.
// A token may have no right to ask, and a page without these is better than
// none: what cannot be had is left out.
func (f *Forge) health(ctx context.Context, p *github.PullRequest, pr *forge.PullRequest) {
	if p.Mergeable != nil {
		pr.Mergeable = forge.MergeConflict
		if p.GetMergeable() {
			pr.Mergeable = forge.MergeClean
		}
	}
	var status *github.CombinedStatus
	var runs *github.ListCheckRunsResults
	var reviews []*github.PullRequestReview
	var deployments []*github.Deployment
	page := github.ListOptions{PerPage: 100}
	var group sync.WaitGroup
	without := func(part string, err error) {
		f.log.WarnContext(ctx, "a pull request is told without a part", "pull", pr.Number, "part", part, "error", f.tokens.redact(err))
	}
	for what, ask := range map[string]func() (err error){
		"status": func() (err error) {
			status, _, err = f.client.Repositories.GetCombinedStatus(ctx, f.up.owner, f.up.repo, pr.Head, &page)
			return err
		},
		"checks": func() (err error) {
			runs, _, err = f.client.Checks.ListCheckRunsForRef(ctx, f.up.owner, f.up.repo, pr.Head, &github.ListCheckRunsOptions{ListOptions: page})
			return err
		},
		"deployments": func() (err error) {
			deployments, _, err = f.client.Repositories.ListDeployments(ctx, f.up.owner, f.up.repo, &github.DeploymentsListOptions{SHA: pr.Head, ListOptions: github.ListOptions{PerPage: 30}})
			return err
		},
		"reviews": func() (err error) {
			reviews, _, err = f.client.PullRequests.ListReviews(ctx, f.up.owner, f.up.repo, pr.Number, &page)
			return err
		},
	} {
		group.Go(func() {
			if err := guard.Work(ask)(); err != nil {
				without(what, err)
			}
		})
	}
	group.Wait()
	pr.Checks = checks(status, runs)
	var err error
	if pr.Preview, err = f.preview(ctx, status, runs, deployments); err != nil {
		without("preview", err)
	}
	pr.Review = forge.LastWord(verdictsOf(reviews), pr.Head, len(p.RequestedReviewers)+len(p.RequestedTeams) > 0)
}

// checks joins the statuses and the check runs of a commit. One that fails
// outweighs those that still run, and these outweigh those that passed.
func checks(status *github.CombinedStatus, runs *github.ListCheckRunsResults) forge.Checks {
	var passing, pending, failing bool
	if status.GetTotalCount() > 0 { // without any GitHub says "pending"
		switch status.GetState() {
		case "success":
			passing = true
		case "pending":
			pending = true
		default:
			failing = true
		}
	}
	if runs != nil {
		for _, run := range runs.CheckRuns {
			switch {
			case run.GetStatus() != "completed":
				pending = true
			case run.GetConclusion() == "success", run.GetConclusion() == "neutral", run.GetConclusion() == "skipped":
				passing = true
			default:
				failing = true
			}
		}
	}
	switch {
	case failing:
		return forge.ChecksFailing
	case pending:
		return forge.ChecksPending
	case passing:
		return forge.ChecksPassing
	}
	return ""
}
