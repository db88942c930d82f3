package github

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// maxQuery is how long a query may be, in bytes: GitHub takes 256 characters
// beside its qualifiers.
const maxQuery = 1024

// Find implements forge.Finder by GitHub's search, through the person's own
// sign-in.
func (f *Forge) Find(ctx context.Context, query string) ([]forge.Found, error) {
	if query = strings.TrimSpace(query); query == "" || len(query) > maxQuery {
		return nil, forge.Errorf(forge.ErrInvalid, nil, "A search on GitHub has a query of up to %d characters.", maxQuery)
	}
	list := []forge.Found{}
	opts := &github.SearchOptions{Sort: "updated", Order: "desc", ListOptions: github.ListOptions{PerPage: 100}}
	for len(list) < forge.MaxFound {
		page, resp, err := f.client.Search.Issues(ctx, query, opts)
		if err != nil {
			return list, f.searchFault(err, "GitHub does not understand the search “"+query+"”")
		}
		for _, i := range page.Issues {
			list = append(list, found(i))
		}
		if resp.NextPage == 0 || len(page.Issues) == 0 {
			break
		}
		opts.Page = resp.NextPage
	}
	return list[:min(len(list), forge.MaxFound)], nil
}

func found(i *github.Issue) forge.Found {
	r := forge.Found{
		Number: i.GetNumber(), Title: i.GetTitle(), Body: i.GetBody(), URL: i.GetHTMLURL(), Date: i.GetCreatedAt().Time,
		Author: forge.Person{Login: i.GetUser().GetLogin(), Name: i.GetUser().GetName()},
	}
	if _, name, ok := strings.Cut(i.GetRepositoryURL(), "/repos/"); ok {
		r.Repository = name
	}
	if !i.GetClosedAt().IsZero() {
		r.Date = i.GetClosedAt().Time
	}
	if merged := i.GetPullRequestLinks().GetMergedAt(); !merged.IsZero() {
		r.Date = merged.Time
	}
	for _, l := range i.Labels {
		r.Labels = append(r.Labels, l.GetName())
	}
	return r
}

// Releases implements forge.Finder.
func (f *Forge) Releases(ctx context.Context, repository string) ([]forge.Release, error) {
	owner, name, ok := strings.Cut(repository, "/")
	if !ok || !ownerName.MatchString(owner) || !repoName.MatchString(name) || name == "." || name == ".." {
		return nil, forge.Errorf(forge.ErrInvalid, nil, "%s is no repository on GitHub; write it as owner/name.", repository)
	}
	page, _, err := f.client.Repositories.ListReleases(ctx, owner, name, &github.ListOptions{PerPage: 50})
	if err != nil {
		return nil, f.searchFault(err, "There is no repository "+repository+" on GitHub, or you may not see it")
	}
	list := []forge.Release{}
	for _, r := range page {
		if r.GetDraft() {
			continue
		}
		list = append(list, forge.Release{Tag: r.GetTagName(), Name: r.GetName(), Body: r.GetBody(), URL: r.GetHTMLURL(), Date: r.GetPublishedAt().Time, Early: r.GetPrerelease()})
	}
	return list, nil
}

// searchFault is fault, with a sentence of its own for what was asked wrongly.
func (f *Forge) searchFault(err error, sentence string) error {
	if answer, ok := err.(*github.ErrorResponse); ok && answer.Response != nil {
		switch answer.Response.StatusCode {
		case http.StatusUnprocessableEntity, http.StatusNotFound:
			return forge.Errorf(forge.ErrNotFound, f.tokens.redact(err), "%s.", sentence)
		}
	}
	return f.fault(err, fmt.Sprintf("%s.", sentence))
}
