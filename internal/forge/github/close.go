package github

import (
	"context"
	"fmt"
	"net/http"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// Close implements forge.Forge. An answer that was lost is found when it is asked
// for again.
func (f *Forge) Close(ctx context.Context, number int) (forge.PullRequest, error) {
	p, err := f.pull(ctx, number)
	if err != nil {
		return forge.PullRequest{}, err
	}
	switch f.public(p).State {
	case forge.Merged:
		return forge.PullRequest{}, forge.Errorf(forge.ErrInvalid, nil, "Pull request %d is merged, so it cannot be closed.", number)
	case forge.Open:
		closed := "closed"
		p, _, err = f.client.PullRequests.Edit(ctx, f.up.owner, f.up.repo, number, &github.PullRequest{State: &closed})
		if c := code(err); c == http.StatusForbidden && !limited(err) || c == http.StatusNotFound {
			return forge.PullRequest{}, forge.Errorf(forge.ErrForbidden, f.tokens.redact(err), "You may not close pull request %d. Whoever opened it may, and who may push to %s.", number, f.up)
		}
		if err != nil {
			return forge.PullRequest{}, f.fault(err, fmt.Sprintf("There is no pull request %d in %s, or you may not see it.", number, f.up))
		}
	}
	return f.public(p), nil
}
