package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// looks is how often a submission looks at what is there before it gives up.
// Each look costs a few requests, most of which are answered from the cache;
// each answer that leaves something open costs one.
const looks = 8

// submission is a submission under way.
type submission struct {
	*forge.Submission
	person  forge.Person
	up      *github.Repository // as GitHub names it today, with the person's rights
	fork    *github.Repository // the person's, where it is known; see findFork
	message forge.Message
	steps   *forge.Progress
	refused map[string]int // how often a step was refused with 422
}

// state is what a look at the repository found.
type state struct {
	base   string              // the commit at the base's head
	at     place               // where the branch is to be; no place where a fork is to be made first
	branch string              // the name that the submission has there
	head   string              // the commit at the branch's head; base's where it is not there
	made   bool                // the branch is there
	ahead  bool                // the branch, without a pull request yet, has commits of its own
	pull   *github.PullRequest // the one that is open; nil for none
	merged *github.PullRequest // the newest that is merged; nil for none
	tree   *commitTree         // of head
	todo   []forge.FileChange  // what head does not hold yet
	merge  *merging            // how the base is to be merged in; nil where it is not
}

// errLook: the outcome of a step is not known, or somebody was quicker.
type errLook struct{ cause error }

func (e *errLook) Error() string { return "look again: " + e.cause.Error() }
func (e *errLook) Unwrap() error { return e.cause }

// Submit implements forge.Forge.
//
// It is a loop of looking and doing the next thing that is missing, so that it
// goes on wherever another try of the same submission, here or in another
// process, came to.
func (f *Forge) Submit(ctx context.Context, s forge.Submission, progress func(forge.Step)) (forge.PullRequest, error) {
	steps := &forge.Progress{Tell: progress}
	steps.Begin("check", "Checking what is to be submitted")
	person, err := f.whoami(ctx)
	if err != nil {
		return forge.PullRequest{}, err
	}
	if s.CoAuthors, err = f.addresses(ctx, s.CoAuthors); err != nil {
		return forge.PullRequest{}, err
	}
	s, message, err := s.Prepare(person)
	if err != nil {
		return forge.PullRequest{}, err
	}
	up, err := f.repository(ctx)
	if err != nil {
		return forge.PullRequest{}, err
	}
	if up.GetArchived() {
		return forge.PullRequest{}, forge.Errorf(forge.ErrForbidden, nil, "The repository %s is archived, so nothing can be added to it.", up.GetFullName())
	}
	if s.Branch == up.GetDefaultBranch() {
		return forge.PullRequest{}, forge.Errorf(forge.ErrInvalid, nil, "Posts reach the branch %s by a pull request only.", s.Branch)
	}
	sub := &submission{Submission: &s, person: person, up: up, message: message, steps: steps, refused: map[string]int{}}
	for look := 1; ; look++ {
		pr, err := f.advance(ctx, sub)
		var again *errLook
		if err == nil || !errors.As(err, &again) || look == looks || ctx.Err() != nil {
			if errors.As(err, &again) {
				err = again.cause
			}
			return pr, f.fault(err, "")
		}
		f.log.WarnContext(ctx, "looking at a submission again", "branch", s.Branch, "look", look, "cause", f.tokens.redact(again.cause))
		select {
		case <-time.After(backoff(f.pause, min(look, 4))):
		case <-ctx.Done():
		}
	}
}

// addresses fills in the addresses of co-authors of whom only the login is
// known: those that GitHub itself gives to people who keep theirs private. Who is not
// there any more stays without one.
func (f *Forge) addresses(ctx context.Context, people []forge.Person) ([]forge.Person, error) {
	people = slices.Clone(people)
	asked := 0
	for i, p := range people {
		if p.Email != "" || !ownerName.MatchString(p.Login) || asked == forge.MaxCoAuthors {
			continue
		}
		asked++
		user, _, err := f.client.Users.Get(ctx, p.Login)
		if err != nil {
			fault := f.fault(err, "")
			if errors.Is(fault, forge.ErrNotFound) {
				continue
			}
			return nil, fault
		}
		people[i] = identity(user)
	}
	return people, nil
}

// advance looks at the repository once, and does all that is missing. An
// errLook asks to be called again.
func (f *Forge) advance(ctx context.Context, s *submission) (forge.PullRequest, error) {
	now, err := f.look(ctx, s)
	if err != nil {
		return forge.PullRequest{}, err
	}
	if s.Pull != 0 && now.merged != nil {
		return f.public(now.merged), nil // its answer came too late
	}
	announce := s.Announce && now.pull == nil && !now.ahead
	if len(now.todo) == 0 && now.pull == nil && !s.Announce {
		same, err := f.sameFiles(ctx, now)
		if err != nil {
			return forge.PullRequest{}, err
		}
		if same && now.merged != nil {
			return f.public(now.merged), nil // its answer came too late
		}
		if same {
			return forge.PullRequest{}, forge.NothingToPropose(s.Base)
		}
	}

	if now.at != placeOf(s.up) && s.Pull == 0 {
		if now.at == (place{}) {
			s.steps.Begin("fork", "Making your copy of the repository")
			if err := f.makeFork(ctx, s); err != nil {
				return forge.PullRequest{}, err
			}
			if err := f.awaitFork(ctx, s); err != nil {
				return forge.PullRequest{}, err
			}
			// What is there may be an older one, with the submission's branch in it.
			return forge.PullRequest{}, &errLook{errors.New("the fork was made")}
		}
		s.steps.Begin("fork", "Using your copy %s of the repository", now.at)
		if !now.made {
			if err := f.awaitFork(ctx, s); err != nil {
				return forge.PullRequest{}, err
			}
		}
	}
	if now.made {
		s.steps.Begin("branch", "Using the branch %s", now.branch)
	} else {
		s.steps.Begin("branch", "Making the branch %s", now.branch)
		if err := f.startOwn(ctx, s, now); err != nil {
			return forge.PullRequest{}, f.refused(s, now, s.open(ctx, "branch", err))
		}
	}
	switch {
	case now.merge != nil:
		s.steps.Begin("merge", "Taking in what is new on %s", s.Base)
		now.head, err = f.mergeCommit(ctx, s, now)
	case len(now.todo) == 0 && !announce:
		s.steps.Begin("commit", "The branch holds this text already")
	case announce && len(now.todo) == 0:
		s.steps.Begin("commit", "Announcing %s", s.Changes[0].Path)
		now.head, err = f.commit(ctx, s, now)
	default:
		s.steps.Begin("commit", "%s", s.Doing())
		now.head, err = f.commit(ctx, s, now)
	}
	if err != nil {
		return forge.PullRequest{}, f.refused(s, now, s.open(ctx, "commit", err))
	}
	if now.pull != nil && now.head != now.tree.commit {
		// It may have been merged or closed at the same moment, and nobody would see
		// what was written behind its end.
		p, err := f.pull(ctx, now.pull.GetNumber())
		if err != nil {
			return forge.PullRequest{}, err
		}
		if p.GetState() != "open" {
			return forge.PullRequest{}, &errLook{fmt.Errorf("pull request %d ended meanwhile", p.GetNumber())}
		}
		now.pull = p // somebody may have edited its description
	}
	pull, err := f.propose(ctx, s, now)
	if err != nil {
		return forge.PullRequest{}, f.refused(s, now, s.open(ctx, "pull-request", err))
	}
	s.steps.End()
	pr := f.public(pull)
	pr.Head = now.head // the pull request learns of it a moment later
	pr.CanPush = true
	return pr, nil
}

// refused says what to do where GitHub does not let the person write after
// all. It shows a repository to readers and hides it from their writing
// requests.
func (f *Forge) refused(s *submission, now *state, err error) error {
	status := code(err)
	if errors.As(err, new(*errLook)) || errors.As(err, new(*forge.Error)) || limited(err) || isArchived(err) ||
		status != http.StatusNotFound && status != http.StatusForbidden {
		return err
	}
	cause := f.tokens.redact(err)
	switch own := strings.EqualFold(now.at.owner, s.person.Login); {
	case s.Pull != 0 && !own:
		return forge.Errorf(forge.ErrForbidden, cause, "You may not push to the branch of pull request %d. Submit this as a pull request of your own.", s.Pull)
	case now.at == placeOf(s.up):
		return forge.Errorf(forge.ErrForbidden, cause, "You may not write to %s. Ask for write access there, or sign in with more rights.", now.at)
	default:
		return forge.Errorf(forge.ErrForbidden, cause, "This sign-in may not write to your copy %s of the repository. Sign in with the right to do so, then submit again.", now.at)
	}
}

// open decides whether a step's failure asks for another look: where its
// outcome is not known, and where it collided.
func (s *submission) open(ctx context.Context, step string, err error) error {
	if ctx.Err() != nil {
		return err
	}
	if limited(err) || errors.As(err, new(*forge.Error)) || errors.As(err, new(*tokenError)) {
		return err
	}
	switch c := code(err); {
	case c == http.StatusConflict && isProtected(err):
		return err
	case c == 0, c >= 500, c == http.StatusConflict, c == http.StatusRequestTimeout:
		return &errLook{err}
	case c == http.StatusUnprocessableEntity, c == http.StatusNotFound:
		// "Already exists", "not a fast-forward", "sha wasn't supplied", a branch
		// that was deleted: the next look shows what there is. One that stays the
		// same is a refusal.
		if s.refused[step]++; s.refused[step] <= 2 {
			return &errLook{err}
		}
	}
	return err
}
