package github

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// previewHosts is where services that build a site for each pull request show it.
// A status or a check run links to anything (mostly to a log), so that its link is a
// preview only below one of these; a deployment says itself where it is.
var previewHosts = []string{
	".netlify.app", ".vercel.app", ".pages.dev", ".workers.dev", ".readthedocs.build", ".onrender.com", ".amplifyapp.com",
	".azurestaticapps.net", ".web.app", ".firebaseapp.com", ".surge.sh", ".fly.dev", ".herokuapp.com",
}

// production finds the environments in which no pull request is shown.
var production = regexp.MustCompile(`(?i)^(?:production|prod|live|github-pages)\b`)

// linked finds the addresses in what a check run says, in Markdown or HTML.
var linked = regexp.MustCompile(`https://[^\s"'<>()\[\]` + "`" + `]+`)

// preview is where a commit is shown, "" where nobody says: as a status or a check
// run that succeeded names it, or else a deployment. Only in the last case is more
// asked than the list.
func (f *Forge) preview(ctx context.Context, status *github.CombinedStatus, runs *github.ListCheckRunsResults, deployments []*github.Deployment) (string, error) {
	if status != nil {
		for _, one := range status.Statuses {
			if address := atService(one.GetTargetURL()); address != "" && one.GetState() == "success" {
				return address, nil
			}
		}
	}
	if runs != nil {
		for _, run := range runs.CheckRuns {
			if run.GetConclusion() != "success" {
				continue
			}
			// Cloudflare's leads to its own pages, and says in words where the preview is.
			said := linked.FindAllString(cut(run.GetOutput().GetSummary(), maxSaid), -1)
			for _, link := range append([]string{run.GetDetailsURL()}, said...) {
				if address := atService(strings.TrimRight(link, ".,;:*_")); address != "" {
					return address, nil
				}
			}
		}
	}
	seen := map[string]bool{}
	for _, d := range deployments { // the newest first
		if environment := d.GetEnvironment(); production.MatchString(environment) || seen[environment] {
			continue
		}
		if seen[d.GetEnvironment()] = true; len(seen) > maxEnvironments {
			break
		}
		statuses, _, err := f.client.Repositories.ListDeploymentStatuses(ctx, f.up.owner, f.up.repo, d.GetID(), &github.ListOptions{PerPage: 1})
		if err != nil {
			return "", err
		}
		if len(statuses) > 0 && statuses[0].GetState() == "success" {
			if address := forge.PreviewURL(statuses[0].GetEnvironmentURL()); address != "" {
				return address, nil
			}
		}
	}
	return "", nil
}

// maxSaid is how much of a check run's words is looked at, in bytes.
const maxSaid = 20_000

func cut(text string, n int) string {
	return text[:min(n, len(text))]
}

// atService is an address if it is a preview's at a known service, or else "".
func atService(address string) string {
	address = forge.PreviewURL(address)
	u, err := url.Parse(address)
	if address == "" || err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if !slices.ContainsFunc(previewHosts, func(end string) bool { return strings.HasSuffix(host, end) }) {
		return ""
	}
	return address
}
