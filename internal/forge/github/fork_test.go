package github

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"galley/internal/forge"
	"galley/internal/forge/github/githubtest"
)

// TestFork are the states in which a fork can be found, and what can become of
// it between two steps.
func TestFork(t *testing.T) {
	gh := githubtest.Start(t)
	w := ways()[slices.IndexFunc(ways(), func(w way) bool { return w.name == "fork" })]
	ana := func(t *testing.T, s *site) *githubtest.Repo { return s.Fork(t, githubtest.TokenAna) }
	// between runs something before a request of the submission.
	between := func(s *site, method, path string, do func()) {
		s.fail(githubtest.Fault{Method: method, Path: path, Through: true, Before: do})
	}
	for _, c := range []struct {
		name  string
		begin func(t *testing.T, s *site)
		want  error // nil: it ends well by itself
		says  string
		mend  func(t *testing.T, s *site) // what the sentence says to do
	}{
		{"under another name", func(t *testing.T, s *site) { ana(t, s).Rename(t, s.name+"-of-mine") }, nil, "", nil},
		{"another repository has its name", func(t *testing.T, s *site) { gh.NewOwnRepo(t, githubtest.TokenAna, s.name) }, nil, "", nil},
		{"behind", func(t *testing.T, s *site) {
			ana(t, s)
			s.Commit(t, "main", "new.md", []byte("new"))
		}, nil, "", nil},
		{"with commits of its own", func(t *testing.T, s *site) {
			ana(t, s).Commit(t, "main", "own.md", []byte("own"))
			s.Commit(t, "main", "new.md", []byte("new"))
		}, nil, "", nil},
		{"behind, and with commits of its own, and without the new ones", func(t *testing.T, s *site) {
			fork := ana(t, s)
			fork.Commit(t, "main", "own.md", []byte("own"))
			fork.Isolate(t)
			s.Commit(t, "main", "new.md", []byte("new"))
		}, forge.ErrForbidden, "Sync fork", func(t *testing.T, s *site) { ana(t, s).Delete(t) }},
		{"late", func(t *testing.T, s *site) {
			s.fail(githubtest.Fault{Method: "GET", Path: "/git/ref/heads/main", Through: true}) // the repository's own
			s.fail(githubtest.Fault{Method: "GET", Path: "/git/ref/heads/main", Status: 404, Body: `{"message":"Not Found"}`})
			s.fail(githubtest.Fault{Method: "GET", Path: "/git/ref/heads/main", Status: 409, Body: `{"message":"Git Repository is empty."}`})
		}, nil, "", nil},
		{"too late", func(t *testing.T, s *site) {
			s.fail(githubtest.Fault{Method: "GET", Path: "/git/ref/heads/main", Through: true})
			s.fail(githubtest.Fault{Method: "GET", Path: "/git/ref/heads/main", Times: 50, Status: 404, Body: `{"message":"Not Found"}`})
		}, forge.ErrUnavailable, "half a minute", func(t *testing.T, s *site) { s.left() }},
		{"archived", func(t *testing.T, s *site) { ana(t, s).Archive(true) }, forge.ErrForbidden, "archived", func(t *testing.T, s *site) { ana(t, s).Archive(false) }},
		{"archived, under another name", func(t *testing.T, s *site) {
			fork := ana(t, s)
			fork.Rename(t, s.name+"-archived")
			fork.Archive(true)
		}, forge.ErrForbidden, "archived", func(t *testing.T, s *site) { ana(t, s).Archive(false) }},
		{"forbidden", func(t *testing.T, s *site) { s.ForbidForks(true) }, forge.ErrForbidden, "does not let people make copies", func(t *testing.T, s *site) { s.ForbidForks(false) }},
		{"not for this sign-in", func(t *testing.T, s *site) {
			s.fail(githubtest.Fault{Method: "POST", Path: "/forks$", Status: 403, Body: `{"message":"Resource not accessible by integration"}`})
		}, forge.ErrForbidden, "Fork", nil},
		{"without the new commits, as GitHub says by 404", func(t *testing.T, s *site) {
			ana(t, s)
			s.Commit(t, "main", "new.md", []byte("new"))
			s.fail(githubtest.Fault{Method: "POST", Path: "/git/refs$", Status: 404, Body: `{"message":"Not Found"}`})
		}, nil, "", nil},
		{"maintainers may not be let in", func(t *testing.T, s *site) {
			s.fail(githubtest.Fault{Method: "POST", Path: "/pulls$", Status: 422, Body: `{"message":"Validation Failed","errors":[{"resource":"PullRequest","code":"custom","field":"fork_collab","message":"Fork collab can't be granted by someone without permission"}]}`})
		}, nil, "", nil},
		{"deleted before the branch", func(t *testing.T, s *site) {
			between(s, "POST", "/git/refs$", func() { ana(t, s).Delete(t) })
		}, nil, "", nil},
		{"deleted before the commit", func(t *testing.T, s *site) {
			between(s, "PUT", "/contents/", func() { ana(t, s).Delete(t) })
		}, nil, "", nil},
		{"deleted before the pull request", func(t *testing.T, s *site) {
			between(s, "POST", "/pulls$", func() { ana(t, s).Delete(t) })
		}, nil, "", nil},
		{"renamed before the commit", func(t *testing.T, s *site) {
			between(s, "PUT", "/contents/", func() { ana(t, s).Rename(t, s.name+"-renamed") })
		}, nil, "", nil},
		{"archived before the commit", func(t *testing.T, s *site) {
			between(s, "PUT", "/contents/", func() { ana(t, s).Archive(true) })
		}, forge.ErrForbidden, "archived", func(t *testing.T, s *site) { ana(t, s).Archive(false) }},
		{"the branch is deleted before the commit", func(t *testing.T, s *site) {
			between(s, "PUT", "/contents/", func() { ana(t, s).DeleteBranch(t, "galley/ana/2026-01-25-new") })
		}, nil, "", nil},
		{"the repository is archived", func(t *testing.T, s *site) { s.Archive(true) }, forge.ErrForbidden, "archived", func(t *testing.T, s *site) { s.Archive(false) }},
		{"the repository is archived before the pull request", func(t *testing.T, s *site) {
			between(s, "POST", "/pulls$", func() { s.Archive(true) })
		}, forge.ErrForbidden, "archived", func(t *testing.T, s *site) { s.Archive(false) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, sub := w.start(t, gh)
			c.begin(t, s)
			f := s.forge(t, nil)
			f.forkTime = 3 * time.Second
			pr, err := f.Submit(t.Context(), sub, nil)
			if c.want != nil {
				wantEnd(t, err, []error{c.want})
				var e *forge.Error
				if !errors.As(err, &e) || !strings.Contains(e.Sentence, c.says) {
					t.Errorf("the sentence is %q, want %q in it", e.Sentence, c.says)
				}
				if c.mend != nil {
					c.mend(t, s)
				}
				pr, err = s.forge(t, nil).Submit(t.Context(), sub, nil)
			}
			if err != nil {
				t.Fatal(err)
			}
			w.check(t, s, pr, sub)
			again, err := s.forge(t, nil).Submit(t.Context(), sub, nil)
			if err != nil || again.Head != pr.Head {
				t.Errorf("the same again: %+v, %v", again, err)
			}
		})
	}
}

// TestDeletedFork: the fork of an open pull request is gone. Nobody can push to
// it any more, so that there is a new one.
func TestDeletedFork(t *testing.T) {
	gh := githubtest.Start(t)
	s := newSiteOf(t, gh, githubtest.Foreign, "deleted")
	first := s.open(t, githubtest.TokenAna, one())
	s.Fork(t, githubtest.TokenAna).Delete(t)
	sub := one()
	sub.Pull = first.Number
	_, err := s.forge(t, nil).Submit(t.Context(), sub, nil)
	wantEnd(t, err, []error{forge.ErrForbidden})
	second, err := s.forge(t, nil).Submit(t.Context(), one(), nil)
	if err != nil || second.Number == first.Number || second.State != forge.Open {
		t.Fatalf("after its fork was deleted: %+v, %v", second, err)
	}
	for _, number := range []int{first.Number, second.Number} {
		if _, err := s.forge(t, nil).Diff(t.Context(), number, nil); err != nil {
			t.Errorf("Diff of %d: %v", number, err)
		}
	}
}

// TestRights: they come and go while a writer works.
func TestRights(t *testing.T) {
	gh := githubtest.Start(t)
	s := newSiteOf(t, gh, githubtest.Foreign, "rights")
	f := s.forge(t, nil)
	first, err := f.Submit(t.Context(), one(), nil)
	if err != nil || first.Branch != "ana:galley/ana/2026-01-25-new" {
		t.Fatalf("from a fork: %+v, %v", first, err)
	}
	// Begun in a fork, it goes on there.
	s.Collaborator(t, "ana", true)
	more := one()
	more.Changes[0].Blob, more.Changes[0].Data = forge.BlobID([]byte("new\n")), []byte("more\n")
	second, err := f.Submit(t.Context(), more, nil)
	if err != nil || second.Number != first.Number || second.Branch != first.Branch || s.Pulls(t) != 1 {
		t.Fatalf("with the right to push: %+v, %v", second, err)
	}
	pushed, err := f.Submit(t.Context(), edit("mine", "first"), nil)
	if err != nil || pushed.Branch != "galley/ana/2026-01-04-a" {
		t.Fatalf("a new one with the right to push: %+v, %v", pushed, err)
	}
	// The right is taken away between the look and the write.
	sub := edit("again", "mine")
	s.fail(githubtest.Fault{Method: "PUT", Path: "/contents/", Through: true, Before: func() { s.Collaborator(t, "ana", false) }})
	_, err = f.Submit(t.Context(), sub, nil)
	sub.Pull = pushed.Number
	if err == nil {
		t.Error("written without the right to")
	}
	_, err = f.Submit(t.Context(), sub, nil)
	wantEnd(t, err, []error{forge.ErrForbidden})
	if head := s.Head(t, pushed.Branch); head != pushed.Head {
		t.Errorf("the branch moved to %s", head)
	}
	// Cam may push nowhere, and continues nobody's.
	cam := newForge(t, gh, s.Repo, githubtest.TokenCam)
	sub = more
	sub.Pull = first.Number
	sub.Changes = []forge.FileChange{{Path: newPost, Data: []byte("Cam's\n"), Blob: forge.BlobID([]byte("more\n"))}}
	_, err = cam.Submit(t.Context(), sub, nil)
	wantEnd(t, err, []error{forge.ErrForbidden})
	sub.Pull, sub.Changes[0].Blob = 0, ""
	copied, err := cam.Submit(t.Context(), sub, nil)
	if err != nil || copied.Number == first.Number || copied.Branch != "cam:galley/cam/2026-01-25-new" {
		t.Errorf("the copy is %+v, %v", copied, err)
	}
}

// TestContinueMeanwhile: what is continued changes between the look and the
// write.
func TestContinueMeanwhile(t *testing.T) {
	gh := githubtest.Start(t)
	for name, owner := range map[string]string{"push": githubtest.Owner, "fork": githubtest.Foreign} {
		for _, c := range []struct {
			name string
			act  func(t *testing.T, s *site, where *githubtest.Repo, branch string, number int)
			want error
		}{
			{"merged", func(t *testing.T, s *site, where *githubtest.Repo, branch string, number int) { s.Merge(t, number) }, forge.ErrForbidden},
			{"closed", func(t *testing.T, s *site, where *githubtest.Repo, branch string, number int) { s.Close(t, number) }, forge.ErrForbidden},
			{"deleted", func(t *testing.T, s *site, where *githubtest.Repo, branch string, number int) {
				where.DeleteBranch(t, branch)
			}, forge.ErrForbidden},
			{"written to", func(t *testing.T, s *site, where *githubtest.Repo, branch string, number int) {
				where.Commit(t, branch, postA, bullet("somebody's"))
			}, forge.ErrStale},
		} {
			t.Run(name+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				s := newSiteOf(t, gh, owner, "meanwhile-"+name+"-"+strings.ReplaceAll(c.name, " ", "-"))
				pr := s.open(t, githubtest.TokenAna, edit("mine", "first"))
				where, branch := s.Repo, pr.Branch
				if _, own, forked := strings.Cut(branch, ":"); forked {
					where, branch = s.Fork(t, githubtest.TokenAna), own
				}
				sub := edit("again", "mine")
				sub.Pull = pr.Number
				s.fail(githubtest.Fault{Method: http.MethodPut, Path: "/contents/", Through: true, Before: func() { c.act(t, s, where, branch, pr.Number) }})
				_, err := s.forgeOf(t, githubtest.TokenBen, nil).Submit(t.Context(), sub, nil)
				wantEnd(t, err, []error{c.want})
				_, err = s.forgeOf(t, githubtest.TokenBen, nil).Submit(t.Context(), sub, nil)
				wantEnd(t, err, []error{c.want})
				if c.want == forge.ErrForbidden {
					// A pull request of one's own goes on from what the base has.
					sub.Pull = 0
					if c.name != "merged" {
						sub.Changes[0].Blob = forge.BlobID(bullet("first"))
					}
					if own, err := s.forgeOf(t, githubtest.TokenBen, nil).Submit(t.Context(), sub, nil); err != nil || own.Number == pr.Number || own.State != forge.Open {
						t.Errorf("the copy is %+v, %v", own, err)
					}
				}
				if c.name == "written to" {
					if file, err := s.forge(t, nil).Read(t.Context(), pr.Branch, postA); err != nil || string(file.Data) != string(bullet("somebody's")) {
						t.Errorf("somebody's text is now %q, %v", file.Data, err)
					}
				}
			})
		}
	}
}

// TestStartBranchFaults: a branch is made once, whatever is answered.
func TestStartBranchFaults(t *testing.T) {
	gh := githubtest.Start(t)
	s := newSite(t, gh, "start")
	for i, c := range []struct {
		name  string
		fault githubtest.Fault
		want  error
	}{
		{"cut after", githubtest.Fault{Accepted: true}, nil},
		{"502 after", githubtest.Fault{Status: 502, Accepted: true}, nil},
		{"a page of somebody's", githubtest.Fault{Status: 200, Body: "<html>", Accepted: true}, nil},
		{"cut before", githubtest.Fault{}, forge.ErrUnavailable},
		{"502 before", githubtest.Fault{Status: 502}, forge.ErrUnavailable},
		{"401", githubtest.Fault{Status: 401, Body: "{}"}, forge.ErrUnauthorized},
		{"403", githubtest.Fault{Status: 403, Body: "{}"}, forge.ErrForbidden},
		{"404", githubtest.Fault{Status: 404, Body: "{}"}, forge.ErrForbidden},
		{"422", githubtest.Fault{Status: 422, Body: "{}"}, forge.ErrInvalid},
		{"422 protected", githubtest.Fault{Status: 422, Body: `{"message":"Repository rule violations found"}`}, forge.ErrForbidden},
		{"429", githubtest.Fault{Status: 429, Body: "{}", Header: map[string]string{"Retry-After": "30"}}, forge.ErrRateLimited},
		{"archived", githubtest.Fault{Status: 403, Body: `{"message":"Repository was archived so is read-only."}`}, forge.ErrForbidden},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := "edition-" + strings.Repeat("x", i+1)
			c.fault.Method, c.fault.Path = http.MethodPost, "/git/refs$"
			s.fail(c.fault)
			_, err := s.forge(t, nil).StartBranch(t.Context(), name, "main", nil)
			wantEnd(t, err, []error{c.want})
			if b, err := s.forge(t, nil).StartBranch(t.Context(), name, "main", nil); err != nil || b.Head != s.Head(t, "main") {
				t.Errorf("the second try: %+v, %v", b, err)
			}
		})
	}
}

// TestHealth: checks and reviews are told, the worst first.
func TestHealth(t *testing.T) {
	gh := githubtest.Start(t)
	s := newSite(t, gh, "health")
	pr := s.open(t, githubtest.TokenAna, one())
	want := func(checks forge.Checks, review forge.Review) {
		t.Helper()
		got, err := s.forge(t, nil).PullRequest(t.Context(), pr.Number)
		if err != nil || got.Checks != checks || got.Review != review {
			t.Errorf("PullRequest = %+v, %v, want %q and %q", got, err, checks, review)
		}
	}
	want("", "")
	gh.SetStatus(pr.Head, "success")
	want(forge.ChecksPassing, "")
	run := func(status, conclusion string) {
		body := map[string]any{"name": "build", "head_sha": pr.Head, "status": status}
		if conclusion != "" {
			body["conclusion"] = conclusion
		}
		gh.Call(t, http.MethodPost, "/repos/"+githubtest.Owner+"/health/check-runs", body, nil)
	}
	run("completed", "skipped")
	want(forge.ChecksPassing, "")
	run("in_progress", "")
	want(forge.ChecksPending, "")
	run("completed", "timed_out")
	want(forge.ChecksFailing, "")

	review := func(event string) {
		gh.Call(t, http.MethodPost, "/repos/"+githubtest.Owner+"/health/pulls/1/reviews", map[string]any{"event": event, "body": "."}, nil)
	}
	gh.Call(t, http.MethodPost, "/repos/"+githubtest.Owner+"/health/pulls/1/requested_reviewers", map[string]any{"reviewers": []string{"ben"}}, nil)
	want(forge.ChecksFailing, forge.ReviewRequested)
	review("REQUEST_CHANGES")
	want(forge.ChecksFailing, forge.ReviewChanges)
	review("COMMENT")
	want(forge.ChecksFailing, forge.ReviewChanges)
	review("APPROVE")
	want(forge.ChecksFailing, forge.ReviewApproved)
	// Who may not ask is told the rest.
	s.fail(githubtest.Fault{Method: "GET", Path: "/commits/[^/]+/check-runs", Status: 403, Body: `{"message":"Resource not accessible by personal access token"}`})
	want(forge.ChecksPassing, forge.ReviewApproved)
}
