package github

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
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
	owner   string // of the repository, as GitHub names it today
	message forge.Message
	steps   *forge.Progress
	refused map[string]int // how often a step was refused with 422
}

// state is what a look at the repository found.
type state struct {
	base   string              // the commit at the base's head
	branch string              // the name that the submission has
	head   string              // the commit at the branch's head; base's where it is not there
	made   bool                // the branch is there
	pull   *github.PullRequest // the one that is open; nil for none
	merged *github.PullRequest // the newest that is merged; nil for none
	tree   *commitTree         // of head
	todo   []forge.FileChange  // what head does not hold yet
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
	s, message, err := s.Prepare(person)
	if err != nil {
		return forge.PullRequest{}, err
	}
	info, err := f.Info(ctx)
	if err != nil {
		return forge.PullRequest{}, err
	}
	if s.Branch == info.DefaultBranch {
		return forge.PullRequest{}, forge.Errorf(forge.ErrInvalid, nil, "Posts reach the branch %s by a pull request only.", s.Branch)
	}
	owner, _, _ := strings.Cut(info.Name, "/")
	sub := &submission{Submission: &s, owner: owner, message: message, steps: steps, refused: map[string]int{}}
	for look := 1; ; look++ {
		pr, err := f.advance(ctx, sub)
		var again *errLook
		if err == nil || !errors.As(err, &again) || look == looks || ctx.Err() != nil {
			if errors.As(err, &again) {
				err = again.cause
			}
			if code(err) == http.StatusNotFound && !errors.As(err, new(*forge.Error)) {
				// GitHub shows a repository to readers and hides it from their writing
				// requests. Working from a fork would begin here.
				err = forge.Errorf(forge.ErrForbidden, f.tokens.redact(err), "You may not write to %s/%s. Ask for write access there.", f.owner, f.repo)
			}
			return pr, f.fault(err, "")
		}
		f.log.WarnContext(ctx, "looking at a submission again", "branch", s.Branch, "look", look, "cause", f.tokens.redact(again.cause))
		select {
		case <-time.After(backoff(min(look, 4))):
		case <-ctx.Done():
		}
	}
}

// advance looks at the repository once, and does all that is missing. An
// errLook asks to be called again.
func (f *Forge) advance(ctx context.Context, s *submission) (forge.PullRequest, error) {
	now, err := f.look(ctx, s)
	if err != nil {
		return forge.PullRequest{}, err
	}
	if len(now.todo) == 0 && now.pull == nil {
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

	if now.made {
		s.steps.Begin("branch", "Using the branch %s", now.branch)
	} else {
		s.steps.Begin("branch", "Making the branch %s", now.branch)
		_, _, err := f.client.Git.CreateRef(ctx, f.owner, f.repo, github.CreateRef{Ref: "refs/heads/" + now.branch, SHA: now.head})
		if err != nil {
			return forge.PullRequest{}, s.open(ctx, "branch", err)
		}
	}
	if len(now.todo) == 0 {
		s.steps.Begin("commit", "The branch holds this text already")
	} else {
		s.steps.Begin("commit", "Writing %s", s.Changes[0].Path)
		if now.head, err = f.commit(ctx, s, now); err != nil {
			return forge.PullRequest{}, s.open(ctx, "commit", err)
		}
	}
	pull, err := f.propose(ctx, s, now)
	if err != nil {
		return forge.PullRequest{}, s.open(ctx, "pull-request", err)
	}
	s.steps.End()
	pr := f.public(pull)
	pr.Head = now.head // the pull request learns of it a moment later
	return pr, nil
}

// open decides whether a step's failure asks for another look: where its
// outcome is not known, and where it collided.
func (s *submission) open(ctx context.Context, step string, err error) error {
	if ctx.Err() != nil {
		return err
	}
	var limit *github.RateLimitError
	var abuse *github.AbuseRateLimitError
	var known *forge.Error
	var token *tokenError
	if errors.As(err, &limit) || errors.As(err, &abuse) || errors.As(err, &known) || errors.As(err, &token) {
		return err
	}
	switch c := code(err); {
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

// look finds out how far the submission is, and whether it may go on.
func (f *Forge) look(ctx context.Context, s *submission) (*state, error) {
	now := &state{}
	var err error
	if now.base, err = f.head(ctx, s.Base); err != nil {
		return nil, err
	}
	if err := f.findPull(ctx, s, now); err != nil {
		return nil, err
	}
	now.head, err = f.head(ctx, now.branch)
	now.made = err == nil
	if errors.Is(err, forge.ErrNotFound) {
		now.head, err = now.base, nil
	}
	if err != nil {
		return nil, err
	}
	if now.made && now.pull == nil && now.head != now.base {
		if err := f.catchUp(ctx, s, now); err != nil {
			return nil, err
		}
	}
	if now.tree, err = f.tree(ctx, now.head); err != nil {
		return nil, err
	}
	return now, f.pending(ctx, s, now)
}

// findPull finds the submission's open pull request, or the branch for a new
// one: its own, unless pull requests of that name are merged or closed; then
// the next name that has none. Whoever looks finds the same.
func (f *Forge) findPull(ctx context.Context, s *submission, now *state) error {
	for n := 1; ; n++ {
		now.branch = forge.NextBranch(s.Branch, n)
		list, err := f.ofBranch(ctx, s.owner, now.branch)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, p := range list {
			switch {
			case p.GetState() == "open" && p.GetBase().GetRef() != s.Base:
				return forge.Errorf(forge.ErrInvalid, nil, "Pull request %d of the branch %s is for %s, not for %s.", p.GetNumber(), now.branch, p.GetBase().GetRef(), s.Base)
			case p.GetState() == "open":
				now.pull = p
			case f.public(p).State == forge.Merged && p.GetBase().GetRef() == s.Base:
				now.merged = p
			}
		}
		if now.pull != nil {
			return nil
		}
	}
}

// catchUp moves a branch without work of its own, left by a submission that
// ended half-way, forward to the base. GitHub refuses should it not be forward.
func (f *Forge) catchUp(ctx context.Context, s *submission, now *state) error {
	compared, _, err := f.client.Repositories.CompareCommits(ctx, f.owner, f.repo, now.base, now.head, &github.ListOptions{PerPage: 1})
	if err != nil {
		return f.fault(err, "GitHub cannot compare the branch with its base.")
	}
	if compared.GetStatus() != "behind" {
		return nil
	}
	if err := f.forward(ctx, now.branch, now.base); err != nil {
		return s.open(ctx, "branch", err)
	}
	now.head = now.base
	return nil
}

// forward moves a branch to a commit that comes after its head.
func (f *Forge) forward(ctx context.Context, branch, commit string) error {
	_, _, err := f.client.Git.UpdateRef(ctx, f.owner, f.repo, "heads/"+branch, github.UpdateRef{SHA: commit, Force: github.Ptr(false)})
	return err
}

// pending fills in what is to be written, and refuses what may not be.
func (f *Forge) pending(ctx context.Context, s *submission, now *state) error {
	var entries []forge.Entry
	for path := range now.tree.entries {
		entries = append(entries, forge.Entry{Path: path})
	}
	blobs := map[string]string{}
	for _, c := range s.Changes {
		e, err := f.find(ctx, now.tree, c.Path)
		if err != nil {
			return err
		}
		switch {
		case e != nil && !isFile(e):
			return forge.Errorf(forge.ErrInvalid, nil, "%s is a link to something else, so it cannot be written to.", c.Path)
		case e != nil:
			blobs[c.Path] = e.GetSHA()
		case c.Blob == "":
			if err := forge.CheckNew(entries, c.Path); err != nil {
				return err
			}
		}
	}
	todo, stale := s.Pending(func(path string) string { return blobs[path] })
	if stale == nil {
		now.todo = todo
		return nil
	}
	current, err := f.file(ctx, now.tree, stale.Path)
	if err != nil {
		return err
	}
	where := s.Base
	if now.made {
		where = now.branch
	}
	return forge.Stale(stale.Path, where, current)
}

// sameFiles tells whether the branch holds nothing that the base does not.
func (f *Forge) sameFiles(ctx context.Context, now *state) (bool, error) {
	if now.head == now.base {
		return true, nil
	}
	base, err := f.tree(ctx, now.base)
	if err != nil || len(base.entries) != len(now.tree.entries) {
		return false, err
	}
	for path, e := range base.entries {
		if o := now.tree.entries[path]; o.GetSHA() != e.GetSHA() || o.GetMode() != e.GetMode() {
			return false, nil
		}
	}
	return true, nil
}

// commit writes what is to be written as one commit, and gives its id. The
// author is left to GitHub, which takes the token's owner.
func (f *Forge) commit(ctx context.Context, s *submission, now *state) (string, error) {
	message := s.message.Commit()
	if len(now.todo) == 1 {
		c := now.todo[0]
		opts := &github.RepositoryContentFileOptions{Message: &message, Content: append([]byte{}, c.Data...), Branch: &now.branch}
		if c.Blob != "" {
			opts.SHA = &c.Blob
		}
		answer, _, err := f.client.Repositories.CreateFile(ctx, f.owner, f.repo, c.Path, opts)
		if err != nil {
			return "", err
		}
		return answer.Commit.GetSHA(), nil
	}

	parent, _, err := f.client.Git.GetCommit(ctx, f.owner, f.repo, now.head)
	if err != nil {
		return "", err
	}
	var entries []*github.TreeEntry
	for _, c := range now.todo {
		blob, _, err := f.client.Git.CreateBlob(ctx, f.owner, f.repo, github.Blob{
			Content: github.Ptr(encode(c.Data)), Encoding: github.Ptr("base64"),
		})
		if err != nil {
			return "", err
		}
		if blob.GetSHA() != forge.BlobID(c.Data) {
			return "", fmt.Errorf("GitHub stored %s as blob %s", c.Path, blob.GetSHA())
		}
		mode := modeFile
		if old := now.tree.entries[c.Path]; old != nil {
			mode = old.GetMode()
		}
		entries = append(entries, &github.TreeEntry{Path: &c.Path, Mode: &mode, Type: github.Ptr("blob"), SHA: blob.SHA})
	}
	tree, _, err := f.client.Git.CreateTree(ctx, f.owner, f.repo, parent.GetTree().GetSHA(), entries)
	if err != nil {
		return "", err
	}
	commit, _, err := f.client.Git.CreateCommit(ctx, f.owner, f.repo, github.Commit{
		Message: &message, Tree: tree, Parents: []*github.Commit{{SHA: &now.head}},
	}, nil)
	if err != nil {
		return "", err
	}
	return commit.GetSHA(), f.forward(ctx, now.branch, commit.GetSHA())
}

// propose opens the pull request, or brings its title and description up to
// date. An empty description leaves the one there is.
func (f *Forge) propose(ctx context.Context, s *submission, now *state) (*github.PullRequest, error) {
	if now.pull == nil {
		s.steps.Begin("pull-request", "Opening the pull request")
		pull, _, err := f.client.PullRequests.Create(ctx, f.owner, f.repo, &github.NewPullRequest{
			Title: &s.message.Title, Body: &s.message.Body, Head: &now.branch, Base: &s.Base,
		})
		return pull, err
	}
	s.steps.Begin("pull-request", "Updating pull request %d", now.pull.GetNumber())
	edit := &github.PullRequest{}
	if now.pull.GetTitle() != s.message.Title {
		edit.Title = &s.message.Title
	}
	if s.message.Body != "" && now.pull.GetBody() != s.message.Body {
		edit.Body = &s.message.Body
	}
	if edit.Title == nil && edit.Body == nil {
		return now.pull, nil
	}
	pull, _, err := f.client.PullRequests.Edit(ctx, f.owner, f.repo, now.pull.GetNumber(), edit)
	return pull, err
}

func encode(data []byte) string { return base64.StdEncoding.EncodeToString(data) }
