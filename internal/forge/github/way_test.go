package github

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
	"galley/internal/forge/github/githubtest"
)

// way is one of the ways that a submission can take.
type way struct {
	name  string
	owner string // of the repository
	token string // whose submission it is
	// begin brings the repository to where the submission begins.
	begin func(t *testing.T, s *site) forge.Submission
	// commits is how many the branch has in the end that its base has not.
	commits int
	// steps are the writing requests, each of which faults break.
	steps []wayStep
}

type wayStep struct{ name, method, path string }

const postA = "_posts/2026-01-04-a.md"

// bullet is the site's post with its first bullet written anew.
func bullet(text string) []byte {
	return bytes.Replace(forgetest.Site()[postA], []byte("* first"), []byte("* "+text), 1)
}

func edit(text, from string) forge.Submission {
	return forge.Submission{Base: "main", Title: "Edit", Message: "Because.", Changes: []forge.FileChange{
		{Path: postA, Data: bullet(text), Blob: forge.BlobID(bullet(from))},
	}}
}

// open opens a pull request as somebody.
func (s *site) open(t *testing.T, token string, sub forge.Submission) forge.PullRequest {
	t.Helper()
	pr, err := newForge(t, s.gh, s.Repo, token).Submit(t.Context(), sub, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pr
}

// collide opens Ana's pull request, has the base changed in the same line, and
// gives the submission that merges both.
func (s *site) collide(t *testing.T) forge.Submission {
	s.open(t, githubtest.TokenAna, edit("mine", "first"))
	s.Commit(t, "main", postA, bullet("theirs"))
	sub := edit("both", "mine")
	sub.Merged = s.Head(t, "main")
	return sub
}

// ways are all of them; the simple one is what TestFaults is about.
func ways() []way {
	merge := []wayStep{
		{"blob", "POST", "/git/blobs$"}, {"tree", "POST", "/git/trees$"}, {"commit object", "POST", "/git/commits$"}, {"branch update", "PATCH", "/git/refs/"},
	}
	return []way{
		{"push", githubtest.Owner, githubtest.TokenAna, func(t *testing.T, s *site) forge.Submission { return one() }, 1, nil},
		{"several files", githubtest.Owner, githubtest.TokenAna, func(t *testing.T, s *site) forge.Submission { return two() }, 1, nil},
		{"fork", githubtest.Foreign, githubtest.TokenAna, func(t *testing.T, s *site) forge.Submission { return one() }, 1, []wayStep{
			{"fork", "POST", "/forks$"}, {"branch", "POST", "/git/refs$"}, {"commit", "PUT", "/contents/"}, {"pull request", "POST", "/pulls$"},
		}},
		{"stale fork", githubtest.Foreign, githubtest.TokenAna, func(t *testing.T, s *site) forge.Submission {
			fork := s.Fork(t, githubtest.TokenAna)
			fork.Isolate(t)
			s.Commit(t, "main", postA, bullet("theirs"))
			return edit("mine", "theirs")
		}, 1, []wayStep{{"sync", "POST", "/merge-upstream$"}}},
		{"continue", githubtest.Owner, githubtest.TokenAna, func(t *testing.T, s *site) forge.Submission {
			sub := edit("both", "theirs")
			sub.Pull = s.open(t, githubtest.TokenBen, edit("theirs", "first")).Number
			return sub
		}, 2, []wayStep{{"commit", "PUT", "/contents/"}}},
		{"continue in a fork", githubtest.Foreign, githubtest.TokenBen, func(t *testing.T, s *site) forge.Submission {
			sub := edit("both", "theirs")
			sub.Pull = s.open(t, githubtest.TokenAna, edit("theirs", "first")).Number
			return sub
		}, 2, []wayStep{{"commit", "PUT", "/contents/"}}},
		{"merge", githubtest.Owner, githubtest.TokenAna, func(t *testing.T, s *site) forge.Submission { return s.collide(t) }, 2, merge},
		{"merge in a fork", githubtest.Foreign, githubtest.TokenAna, func(t *testing.T, s *site) forge.Submission { return s.collide(t) }, 2, merge[3:]},
		{"announce", githubtest.Owner, githubtest.TokenAna, func(t *testing.T, s *site) forge.Submission {
			sub := edit("first", "first")
			sub.Announce = true
			return sub
		}, 1, []wayStep{{"commit object", "POST", "/git/commits$"}, {"branch update", "PATCH", "/git/refs/"}}},
	}
}

var wayNumber atomic.Int64

// start makes a repository for a way, with a name of its own.
func (w way) start(t *testing.T, gh *githubtest.GitHub) (*site, forge.Submission) {
	t.Helper()
	s := newSiteOf(t, gh, w.owner, fmt.Sprintf("way-%d", wayNumber.Add(1)))
	return s, w.begin(t, s)
}

// forge is a server of one's own, which knows nothing yet.
func (w way) forge(t *testing.T, s *site, client *http.Client) *Forge {
	t.Helper()
	return s.forgeOf(t, w.token, client)
}

// check sees that there are one branch, as many commits as there should be and
// one pull request, with the right bytes, and that it can be merged.
func (w way) check(t *testing.T, s *site, pr forge.PullRequest, sub forge.Submission) {
	t.Helper()
	f := w.forge(t, s, nil)
	if pr.State != forge.Open || pr.Number != 1 || s.Pulls(t) != 1 {
		t.Errorf("%d pull requests, the one is %+v", s.Pulls(t), pr)
	}
	where, branch := s.Repo, pr.Branch
	if owner, name, forked := strings.Cut(pr.Branch, ":"); forked {
		where, branch = s.Repo.Fork(t, githubtest.TokenAna), name
		if owner != "ana" || s.Branches(t) != 1 {
			t.Errorf("the branch is %s, the repository has %v", pr.Branch, s.BranchNames(t))
		}
	}
	if names := where.BranchNames(t); len(names) != 2 || !slices.Contains(names, branch) {
		t.Errorf("branches %v, want main and %s", names, branch)
	}
	have := map[string]bool{}
	for _, c := range s.Log(t, "main") {
		have[c.SHA] = true
	}
	log := where.Log(t, branch)
	fresh := slices.DeleteFunc(slices.Clone(log), func(c githubtest.Commit) bool { return have[c.SHA] })
	if len(fresh) != w.commits || len(fresh) > 0 && (fresh[0].SHA != pr.Head || fresh[0].Commit.Author.Name == "") {
		t.Errorf("%d commits, want %d; the newest is %+v, the pull request says %s", len(fresh), w.commits, log[0], pr.Head)
	}
	for _, c := range sub.Changes {
		file, err := f.Read(t.Context(), pr.Branch, c.Path)
		if err != nil || !bytes.Equal(file.Data, c.Data) {
			t.Errorf("%s holds %q, %v", c.Path, file.Data, err)
		}
	}
	if got, err := f.PullRequest(t.Context(), pr.Number); err != nil || got.Mergeable != forge.MergeClean || !got.CanPush {
		t.Errorf("it is told as %+v, %v", got, err)
	}
}
