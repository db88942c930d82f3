package github

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// commit writes what is to be written as one commit, and gives its id; an empty
// one where nothing is. The author is left to GitHub, which takes the token's
// owner.
func (f *Forge) commit(ctx context.Context, s *submission, now *state) (string, error) {
	if len(now.todo) == 1 && !now.todo[0].Gone {
		c, message := now.todo[0], s.message.Commit()
		opts := &github.RepositoryContentFileOptions{Message: &message, Content: append([]byte{}, c.Data...), Branch: &now.branch}
		if c.Blob != "" {
			opts.SHA = &c.Blob
		}
		answer, _, err := f.client.Repositories.CreateFile(ctx, now.at.owner, now.at.repo, escaped(c.Path), opts)
		if err != nil {
			return "", err
		}
		return answer.Commit.GetSHA(), nil
	}
	parent, err := f.treeOf(ctx, now.at, now.head)
	if err != nil {
		return "", err
	}
	entries, err := f.store(ctx, s, now, now.todo, now.tree)
	if err != nil {
		return "", err
	}
	return f.extend(ctx, s, now, parent, entries, now.head)
}

// treeOf is the id of a commit's tree.
func (f *Forge) treeOf(ctx context.Context, at place, commit string) (string, error) {
	c, _, err := f.client.Git.GetCommit(ctx, at.owner, at.repo, commit)
	if err != nil {
		return "", err
	}
	return c.GetTree().GetSHA(), nil
}

// workshop is where objects are made: where the branch is, or in the repository
// itself where that is in another's fork. There GitHub lets maintainers write to
// the branch alone, and it knows the repository's objects.
func workshop(s *submission, now *state) place {
	if s.Pull != 0 && !strings.EqualFold(now.at.owner, s.person.Login) {
		return placeOf(s.up)
	}
	return now.at
}

// store stores files as blobs, and gives the entries that make one tree into one
// that has them. What is gone has an entry without an id, which GitHub takes only
// where there is something to take out.
func (f *Forge) store(ctx context.Context, s *submission, now *state, changes []forge.FileChange, onto *commitTree) ([]*github.TreeEntry, error) {
	var entries []*github.TreeEntry
	at := workshop(s, now)
	for _, c := range changes {
		old := now.tree.entries[c.Path]
		if c.Gone {
			there, err := f.find(ctx, onto, c.Path)
			if err != nil {
				return nil, err
			}
			if there != nil {
				entries = append(entries, &github.TreeEntry{Path: &c.Path, Mode: there.Mode, Type: there.Type})
			}
			continue
		}
		id := forge.BlobID(c.Data)
		if old.GetSHA() != id {
			blob, _, err := f.client.Git.CreateBlob(ctx, at.owner, at.repo, github.Blob{
				Content: github.Ptr(base64.StdEncoding.EncodeToString(c.Data)), Encoding: github.Ptr("base64"),
			})
			if err != nil {
				return nil, err
			}
			if blob.GetSHA() != id {
				return nil, fmt.Errorf("GitHub stored %s as blob %s", c.Path, blob.GetSHA())
			}
		}
		mode := modeFile
		if old != nil {
			mode = old.GetMode()
		}
		entries = append(entries, &github.TreeEntry{Path: &c.Path, Mode: &mode, Type: github.Ptr("blob"), SHA: &id})
	}
	return entries, nil
}

// extend makes a commit whose tree is another with some entries in it, and
// moves the submission's branch forward to it.
func (f *Forge) extend(ctx context.Context, s *submission, now *state, tree string, entries []*github.TreeEntry, parents ...string) (string, error) {
	at := workshop(s, now)
	if len(entries) > 0 {
		made, _, err := f.client.Git.CreateTree(ctx, at.owner, at.repo, tree, entries)
		if err != nil {
			return "", err
		}
		tree = made.GetSHA()
	}
	commit := github.Commit{Message: github.Ptr(s.message.Commit()), Tree: &github.Tree{SHA: &tree}}
	for _, id := range parents {
		commit.Parents = append(commit.Parents, &github.Commit{SHA: &id})
	}
	made, _, err := f.client.Git.CreateCommit(ctx, at.owner, at.repo, commit, nil)
	if err != nil {
		return "", err
	}
	return made.GetSHA(), f.forward(ctx, now.at, now.branch, made.GetSHA())
}

// propose opens the pull request, or brings its title and description up to
// date. An empty description leaves the one there is, and so does who continues
// another's, but for its line of sections.
func (f *Forge) propose(ctx context.Context, s *submission, now *state) (*github.PullRequest, error) {
	if now.pull == nil {
		s.steps.Begin("pull-request", "Opening the pull request")
		body := s.Describe("", s.message.Body)
		fresh := &github.NewPullRequest{Title: &s.message.Title, Body: &body, Head: github.Ptr(now.label(s)), Base: &s.Base}
		if now.at != placeOf(s.up) {
			fresh.MaintainerCanModify = github.Ptr(true)
		}
		pull, _, err := f.client.PullRequests.Create(ctx, f.up.owner, f.up.repo, fresh)
		if code(err) == http.StatusUnprocessableEntity && strings.Contains(strings.ToLower(err.Error()), "fork collab") {
			// Somebody else has to allow maintainers into that fork. It goes without.
			fresh.MaintainerCanModify = github.Ptr(false)
			pull, _, err = f.client.PullRequests.Create(ctx, f.up.owner, f.up.repo, fresh)
		}
		return pull, err
	}
	own := strings.EqualFold(now.pull.GetUser().GetLogin(), s.person.Login)
	called := ""
	if own {
		called = forge.CalledBefore(now.pull.GetTitle(), s.message.Title)
	}
	s.steps.Begin("pull-request", "Updating pull request %d%s", now.pull.GetNumber(), called)
	if len(s.Writing)+len(s.GivenBack)+len(s.Dismissed)+len(s.Restored) > 0 && now.head == now.tree.commit {
		// Somebody may have taken another section since it was looked at. Where there
		// was something to commit, it was read anew already.
		p, err := f.pull(ctx, now.pull.GetNumber())
		if err != nil {
			return nil, err
		}
		now.pull = p
	}
	edit, message := &github.PullRequest{}, ""
	if own {
		message = s.message.Body
		if now.pull.GetTitle() != s.message.Title {
			edit.Title = &s.message.Title
		}
	}
	if body := s.Describe(now.pull.GetBody(), message); body != now.pull.GetBody() {
		edit.Body = &body
	}
	if edit.Title == nil && edit.Body == nil {
		return now.pull, nil
	}
	pull, _, err := f.client.PullRequests.Edit(ctx, f.up.owner, f.up.repo, now.pull.GetNumber(), edit)
	return pull, err
}

// escaped is a path for an address. go-github puts it there as it is, where "#1"
// would end it: another file would be written.
func escaped(path string) string { return (&url.URL{Path: path}).EscapedPath() }
