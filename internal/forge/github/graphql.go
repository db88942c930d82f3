package github

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"galley/internal/forge"
)

// Which threads are resolved, and resolving them, is in GitHub's GraphQL alone:
// its REST API has neither. Without it a writer would answer what is settled, and
// an editor would not see what is left, so that these three questions are asked
// there; all else is REST, whose answers have ETags and cost nothing when nothing
// has changed. Values go as variables, never into the text.
const (
	threadsQuery = `query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        nodes { id isResolved comments(first: 1) { nodes { databaseId } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`
	resolveMutation   = `mutation($thread: ID!) { resolveReviewThread(input: {threadId: $thread}) { thread { isResolved } } }`
	unresolveMutation = `mutation($thread: ID!) { unresolveReviewThread(input: {threadId: $thread}) { thread { isResolved } } }`
)

// resolution is what GraphQL tells of a thread.
type resolution struct {
	Node     string // GitHub's id for it there
	Resolved bool
}

// resolutions gives what is told of a pull request's threads, by their IDs.
func (f *Forge) resolutions(ctx context.Context, number int) (map[string]resolution, error) {
	known := map[string]resolution{}
	var after *string
	for range commentPages {
		var answer struct {
			Repository struct {
				PullRequest struct {
					ReviewThreads struct {
						Nodes []struct {
							ID         string
							IsResolved bool
							Comments   struct {
								Nodes []struct{ DatabaseID int64 }
							}
						}
						PageInfo struct {
							HasNextPage bool
							EndCursor   string
						}
					}
				}
			}
		}
		err := f.graphql(ctx, threadsQuery, map[string]any{"owner": f.up.owner, "name": f.up.repo, "number": number, "after": after}, &answer)
		if err != nil {
			return nil, err
		}
		list := answer.Repository.PullRequest.ReviewThreads
		for _, n := range list.Nodes {
			if len(n.Comments.Nodes) > 0 {
				known[strconv.FormatInt(n.Comments.Nodes[0].DatabaseID, 10)] = resolution{n.ID, n.IsResolved}
			}
		}
		if !list.PageInfo.HasNextPage {
			break
		}
		after = &list.PageInfo.EndCursor
	}
	return known, nil
}

// Resolve implements forge.Reviewing.
func (f *Forge) Resolve(ctx context.Context, number int, thread string, resolved bool) error {
	if _, err := f.pull(ctx, number); err != nil {
		return err
	}
	known, err := f.resolutions(ctx, number)
	if err != nil {
		return f.unresolved(err)
	}
	t, ok := known[thread]
	switch {
	case !ok:
		return forge.NoThread(number)
	case t.Resolved == resolved:
		return nil
	}
	mutation := resolveMutation
	if !resolved {
		mutation = unresolveMutation
	}
	return f.unresolved(f.graphql(ctx, mutation, map[string]any{"thread": t.Node}, &struct{}{}))
}

// unresolved is the error for a thread that could not be resolved.
func (f *Forge) unresolved(err error) error {
	switch c := code(err); {
	case c == http.StatusNotFound:
		return forge.Errorf(forge.ErrUnsupported, f.tokens.redact(err), "This GitHub server does not let threads be resolved from here. Do it on the pull request's page there.")
	case c == http.StatusForbidden && !limited(err):
		return forge.Errorf(forge.ErrForbidden, f.tokens.redact(err), "Your sign-in may not resolve threads. Do it on the pull request's page on GitHub.")
	}
	return f.fault(err, f.noRepository())
}

// graphql asks one question. GitHub answers faults of a question with status 200.
func (f *Forge) graphql(ctx context.Context, question string, variables map[string]any, into any) error {
	at := "graphql"
	if strings.HasSuffix(f.client.BaseURL.Path, "/v3/") { // an Enterprise server's
		at = "../graphql"
	}
	request, err := f.client.NewRequest(http.MethodPost, at, map[string]any{"query": question, "variables": variables})
	if err != nil {
		return err
	}
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Type, Message string }
	}
	if _, err := f.client.Do(ctx, request, &answer); err != nil {
		return err
	}
	if len(answer.Errors) > 0 {
		first := answer.Errors[0]
		cause := f.tokens.redact(fmt.Errorf("GraphQL: %s: %s", first.Type, first.Message))
		switch first.Type {
		case "RATE_LIMITED":
			return forge.Errorf(forge.ErrRateLimited, cause, "GitHub has had too many requests from you. Wait a minute, then try again.")
		case "FORBIDDEN", "INSUFFICIENT_SCOPES":
			return forge.Errorf(forge.ErrForbidden, cause, "GitHub lets only the author of a pull request, and those who may push to %s, resolve its threads.", f.up)
		case "NOT_FOUND":
			return forge.Errorf(forge.ErrNotFound, cause, "%s", f.noRepository())
		}
		return forge.Errorf(forge.ErrUnavailable, cause, "GitHub has a fault at the moment. Try again.")
	}
	if err := json.Unmarshal(answer.Data, into); err != nil {
		return forge.Errorf(forge.ErrUnavailable, err, "GitHub's answer makes no sense. Try again.")
	}
	return nil
}
