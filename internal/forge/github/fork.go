package github

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// root is the repository that all of a network come from.
func root(r *github.Repository) int64 {
	if r.GetSource() != nil {
		return r.GetSource().GetID()
	}
	return r.GetID()
}

// findFork looks for the person's fork where it is expected: under the name
// that the submission knows already, or under the repository's own. One under
// another name is found by makeFork.
func (f *Forge) findFork(ctx context.Context, s *submission) error {
	at := place{s.person.Login, s.up.GetName()}
	if s.fork != nil {
		at = placeOf(s.fork)
	}
	s.fork = nil
	repo, _, err := f.client.Repositories.Get(ctx, at.owner, at.repo)
	switch {
	case code(err) == http.StatusNotFound:
		return nil
	case err != nil:
		return f.fault(err, "")
	case !repo.GetFork() || root(repo) != root(s.up) || !strings.EqualFold(repo.GetOwner().GetLogin(), s.person.Login):
		return nil // another repository, which happens to have that name
	}
	return f.useFork(s, repo)
}

func (f *Forge) useFork(s *submission, repo *github.Repository) error {
	if repo.GetArchived() {
		return forge.Errorf(forge.ErrForbidden, nil, "Your copy %s of the repository is archived, so nothing can be written to it. Unarchive it in its settings on GitHub, then submit again.", repo.GetFullName())
	}
	s.fork = repo
	return nil
}

// makeFork makes the person's fork. GitHub gives the one that there is when it
// is asked again, whatever it is called.
func (f *Forge) makeFork(ctx context.Context, s *submission) error {
	repo, _, err := f.client.Repositories.CreateFork(ctx, f.up.owner, f.up.repo, &github.RepositoryCreateForkOptions{})
	if errors.As(err, new(*github.AcceptedError)) {
		err = nil // it is on its way
	}
	if limited(err) {
		return err
	}
	switch c := code(err); {
	case c == http.StatusForbidden && strings.Contains(strings.ToLower(err.Error()), "disabled"):
		return forge.Errorf(forge.ErrForbidden, f.tokens.redact(err), "%s does not let people make copies (forks) of it, and you may not push to it yourself. Ask its keepers for write access.", s.up.GetFullName())
	case c == http.StatusForbidden, c == http.StatusNotFound:
		return forge.Errorf(forge.ErrForbidden, f.tokens.redact(err), "This sign-in may not make a copy of %s for you. Make one with the button “Fork” on its page on GitHub, then submit again; the copy is found by itself.", s.up.GetFullName())
	case err != nil:
		return s.open(ctx, "fork", err)
	}
	if !strings.EqualFold(repo.GetOwner().GetLogin(), s.person.Login) || repo.GetName() == "" {
		return s.open(ctx, "fork", errors.New("GitHub says that the fork is "+repo.GetFullName()))
	}
	return f.useFork(s, repo)
}

// longestPoll is the longest pause between two looks at a fork that is being
// made.
const longestPoll = 4 * time.Second

// awaitFork waits until a fork has its commits: GitHub makes it some time after
// it has said so.
func (f *Forge) awaitFork(ctx context.Context, s *submission) error {
	end := time.Now().Add(f.forkTime)
	for pause := 250 * time.Millisecond; ; pause = min(2*pause, longestPoll) {
		_, err := f.head(ctx, placeOf(s.fork), s.fork.GetDefaultBranch())
		if !errors.Is(err, forge.ErrNotFound) {
			return err
		}
		if time.Now().Add(pause).After(end) {
			return &forge.Error{
				Kind: forge.ErrUnavailable, Err: err, RetryAfter: 30 * time.Second,
				Sentence: "GitHub is still making your copy " + s.fork.GetFullName() + " of the repository. Submit again in half a minute; it goes on from there.",
			}
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// sync brings a fork's branch up to date with the repository's, forward only.
func (f *Forge) sync(ctx context.Context, s *submission, branch string) error {
	at := placeOf(s.fork)
	_, _, err := f.client.Repositories.MergeUpstream(ctx, at.owner, at.repo, &github.RepoMergeUpstreamRequest{Branch: &branch})
	if c := code(err); c == http.StatusConflict || c == http.StatusUnprocessableEntity {
		return forge.Errorf(forge.ErrForbidden, f.tokens.redact(err), "Your copy %s does not have the newest state of %s, and cannot be brought up to date by itself. Press “Sync fork” on its page on GitHub, then submit again.", s.fork.GetFullName(), branch)
	}
	return err
}
