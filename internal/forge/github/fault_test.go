package github

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
	"galley/internal/forge/github/githubtest"
)

// diary is a log that several may write to.
type diary struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.Write(p)
}

// site is a repository with a forge that logs all it does.
type site struct {
	*githubtest.Repo
	gh   *githubtest.GitHub
	name string
	log  *diary
}

func newSite(t *testing.T, gh *githubtest.GitHub, name string) *site {
	t.Helper()
	return newSiteOf(t, gh, githubtest.Owner, name)
}

func newSiteOf(t *testing.T, gh *githubtest.GitHub, owner, name string) *site {
	t.Helper()
	files := map[string][]byte{}
	for _, path := range []string{"_config.yml", "_posts/2026-01-04-a.md"} { // few, as the sites are many
		files[path] = forgetest.Site()[path]
	}
	s := &site{gh.NewRepoOf(t, owner, name, files), gh, name, &diary{}}
	t.Cleanup(func() {
		if strings.Contains(s.log.text.String(), "gho_Secret") {
			t.Error("the token is in the log")
		}
	})
	return s
}

func (s *site) forge(t *testing.T, client *http.Client) *Forge {
	t.Helper()
	return s.forgeOf(t, githubtest.TokenAna, client)
}

func (s *site) forgeOf(t *testing.T, token string, client *http.Client) *Forge {
	t.Helper()
	f, err := New(Config{
		Owner: s.Owner, Repo: s.name, Token: token, BaseURL: s.gh.URL, HTTPClient: client,
		Logger: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	f.pause = 5 * time.Millisecond // tests wait often
	return f
}

// fail adds a fault for this repository alone, as tests run side by side.
func (s *site) fail(f githubtest.Fault) {
	f.Path = "/" + s.name + f.Path
	s.gh.Faults.Add(f)
}

// left counts the faults that no request met.
func (s *site) left() int { return s.gh.Faults.Left("/" + s.name) }

const newPost = "_posts/2026-01-25-new.md"

func one() forge.Submission {
	return forge.Submission{Base: "main", Title: "New", Message: "Because.", Changes: []forge.FileChange{{Path: newPost, Data: []byte("new\n")}}}
}

func two() forge.Submission {
	s := one()
	s.Changes = append(s.Changes, forge.FileChange{Path: "assets/images/new.png", Data: []byte{0x89, 0, 1}})
	return s
}

// wantOne checks that there is one branch, one commit and one pull request,
// with the right bytes.
func wantOne(t *testing.T, s *site, pr forge.PullRequest, sub forge.Submission) {
	t.Helper()
	if pr.State != forge.Open || pr.Number == 0 {
		t.Errorf("the pull request is %+v", pr)
	}
	if n := s.Branches(t); n != 2 {
		t.Errorf("%d branches, want main and one", n)
	}
	if n := s.Pulls(t); n != 1 {
		t.Errorf("%d pull requests, want one", n)
	}
	if n := len(s.Log(t, pr.Branch)) - len(s.Log(t, "main")); n != 1 {
		t.Errorf("%d commits, want one", n)
	}
	if head := s.Head(t, pr.Branch); head != pr.Head {
		t.Errorf("the head is %s, the pull request says %s", head, pr.Head)
	}
	for _, c := range sub.Changes {
		file, err := s.forge(t, nil).Read(t.Context(), pr.Branch, c.Path)
		if err != nil || !bytes.Equal(file.Data, c.Data) {
			t.Errorf("%s holds %q, %v", c.Path, file.Data, err)
		}
	}
}

// noToken checks that an error does not hold the token in any form.
func noToken(t *testing.T, err error) {
	t.Helper()
	for e := err; e != nil; e = errors.Unwrap(e) {
		if strings.Contains(fmt.Sprintf("%v %+v", e, e), githubtest.TokenAna) {
			t.Errorf("the token is in the error %v", e)
		}
		var known *forge.Error
		if errors.As(e, &known) && strings.Contains(fmt.Sprint(known.Sentence, known.Err), githubtest.TokenAna) {
			t.Errorf("the token is in %q", known.Sentence)
		}
	}
}

// TestFaults breaks each step of a submission in each way. Where the outcome
// can be found out, the submission ends well by itself; where it cannot go on,
// it says why; and a second try ends well in any case, with nothing twice.
func TestFaults(t *testing.T) {
	gh := githubtest.Start(t)
	steps := map[string][]struct{ name, method, path string }{
		"one": {
			{"branch", "POST", "/git/refs$"},
			{"commit", "PUT", "/contents/"},
			{"pull request", "POST", "/pulls$"},
		},
		"two": {
			{"blob", "POST", "/git/blobs$"},
			{"tree", "POST", "/git/trees$"},
			{"commit object", "POST", "/git/commits$"},
			{"branch update", "PATCH", "/git/refs/"},
		},
	}
	echo := `{"message":"no: ` + githubtest.TokenAna + `"}`
	secondary := `{"message":"You have exceeded a secondary rate limit","documentation_url":"https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"}`
	faults := []struct {
		name  string
		fault githubtest.Fault
		kind  error // nil: it ends well by itself
		wait  time.Duration
	}{
		{"cut before", githubtest.Fault{}, nil, 0},
		{"cut after", githubtest.Fault{Accepted: true}, nil, 0},
		{"502 before", githubtest.Fault{Status: 502}, nil, 0},
		{"502 after", githubtest.Fault{Status: 502, Accepted: true}, nil, 0},
		{"500 twice", githubtest.Fault{Status: 500, Times: 2}, nil, 0},
		{"409", githubtest.Fault{Status: 409, Body: echo}, nil, 0},
		{"422 once", githubtest.Fault{Status: 422, Body: echo}, nil, 0},
		{"404 once", githubtest.Fault{Status: 404, Body: echo}, nil, 0},
		{"a page of somebody's", githubtest.Fault{Status: 200, Body: "<html>sign in to the café</html>", Header: map[string]string{"Content-Type": "text/html"}, Accepted: true}, nil, 0},
		{"401", githubtest.Fault{Status: 401, Body: echo}, forge.ErrUnauthorized, 0},
		{"403", githubtest.Fault{Status: 403, Body: echo}, forge.ErrForbidden, 0},
		{"403 archived", githubtest.Fault{Status: 403, Body: `{"message":"Repository was archived so is read-only."}`}, forge.ErrForbidden, 0},
		{"404 for good", githubtest.Fault{Status: 404, Times: 3, Body: echo}, forge.ErrForbidden, 0},
		{"403 single sign-on", githubtest.Fault{Status: 403, Body: `{"message":"Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization."}`, Header: map[string]string{"X-GitHub-SSO": "required; url=https://github.com/orgs/x/sso"}}, forge.ErrForbidden, 0},
		{"403 abuse, without a time", githubtest.Fault{Status: 403, Body: secondary}, forge.ErrRateLimited, 0},
		{"409 rules", githubtest.Fault{Status: 409, Body: `{"message":"Repository rule violations found\n\nChanges must be made through a pull request.\n\n"}`}, forge.ErrForbidden, 0},
		{"422 signatures", githubtest.Fault{Status: 422, Times: 3, Body: `{"message":"Repository rule violations found\n\nCommits must have verified signatures.\n\n"}`}, forge.ErrForbidden, 0},
		{"422 linear history", githubtest.Fault{Status: 422, Times: 3, Body: `{"message":"Repository rule violations found\n\nThis branch must not contain merge commits.\n\n"}`}, forge.ErrForbidden, 0},
		{"422 for good", githubtest.Fault{Status: 422, Times: 3, Body: echo}, forge.ErrInvalid, 0},
		{"422 protected", githubtest.Fault{Status: 422, Times: 3, Body: `{"message":"Repository rule violations found"}`}, forge.ErrForbidden, 0},
		{"413", githubtest.Fault{Status: 413, Body: echo}, forge.ErrTooLarge, 0},
		{"403 secondary limit", githubtest.Fault{Status: 403, Body: secondary, Header: map[string]string{"Retry-After": "60"}}, forge.ErrRateLimited, 59 * time.Second},
		{"429", githubtest.Fault{Status: 429, Body: `{"message":"slow down"}`, Header: map[string]string{"Retry-After": "30"}}, forge.ErrRateLimited, 29 * time.Second},
		{"429 primary limit", githubtest.Fault{Status: 429, Body: `{"message":"API rate limit exceeded"}`, Header: map[string]string{
			"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": fmt.Sprint(time.Now().Add(time.Hour).Unix())}}, forge.ErrRateLimited, 50 * time.Minute},
	}
	var number atomic.Int64
	for files, list := range steps {
		for _, step := range list {
			for _, c := range faults {
				if files == "two" && (step.name == "blob" || step.name == "tree") && c.kind != nil {
					continue // nothing that the other steps do not show
				}
				t.Run(step.name+"/"+c.name, func(t *testing.T) {
					t.Parallel()
					s := newSite(t, gh, fmt.Sprintf("fault-%d", number.Add(1)))
					sub := one()
					if files == "two" {
						sub = two()
					}
					c.fault.Method, c.fault.Path = step.method, step.path
					s.fail(c.fault)
					pr, err := s.forge(t, nil).Submit(t.Context(), sub, nil)
					if left := s.left(); left != 0 {
						t.Errorf("%d faults were not met", left)
					}
					if c.kind == nil {
						if err != nil {
							t.Fatalf("Submit: %v", err)
						}
						wantOne(t, s, pr, sub)
					} else {
						var e *forge.Error
						if !errors.Is(err, c.kind) || !errors.As(err, &e) || !strings.HasSuffix(e.Sentence, ".") {
							t.Fatalf("Submit: %v, want %v", err, c.kind)
						}
						if e.RetryAfter < c.wait || c.wait == 0 && e.RetryAfter != 0 {
							t.Errorf("RetryAfter = %v, want %v", e.RetryAfter, c.wait)
						}
						noToken(t, err)
					}
					pr, err = s.forge(t, nil).Submit(t.Context(), sub, nil)
					if err != nil {
						t.Fatalf("the second try: %v", err)
					}
					wantOne(t, s, pr, sub)
				})
			}
		}
	}
}

// TestReadingFaults: reading requests are asked again within reason.
func TestReadingFaults(t *testing.T) {
	gh := githubtest.Start(t)
	s := newSite(t, gh, "reading")
	for _, c := range []struct {
		name  string
		fault githubtest.Fault
		kind  error
	}{
		{"cut twice", githubtest.Fault{Times: 2}, nil},
		{"503 twice", githubtest.Fault{Times: 2, Status: 503}, nil},
		{"429 for a second", githubtest.Fault{Status: 429, Header: map[string]string{"Retry-After": "1"}}, nil},
		{"503 for good", githubtest.Fault{Times: 3, Status: 503}, forge.ErrUnavailable},
		{"429 for an hour", githubtest.Fault{Status: 429, Header: map[string]string{"Retry-After": "3600"}}, forge.ErrRateLimited},
		{"401", githubtest.Fault{Status: 401}, forge.ErrUnauthorized},
		{"403", githubtest.Fault{Status: 403}, forge.ErrForbidden},
		{"a page of somebody's", githubtest.Fault{Status: 200, Body: "<html>", Header: map[string]string{"Content-Type": "text/html"}}, forge.ErrUnavailable},
		{"an empty answer", githubtest.Fault{Status: 200, Body: "{}"}, forge.ErrUnavailable},
		{"another branch", githubtest.Fault{Status: 200, Body: `{"ref":"refs/heads/other","object":{"sha":"` + strings.Repeat("a", 40) + `"}}`}, forge.ErrUnavailable},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.fault.Method, c.fault.Path = "GET", "/git/ref/"
			s.fail(c.fault)
			_, err := s.forge(t, nil).Read(t.Context(), "main", "_config.yml")
			if left := s.left(); left != 0 {
				t.Errorf("%d faults were not met", left)
			}
			if !errors.Is(err, c.kind) || c.kind == nil && err != nil {
				t.Errorf("Read: %v, want %v", err, c.kind)
			}
			if _, err := s.forge(t, nil).Read(t.Context(), "main", "_config.yml"); err != nil {
				t.Errorf("the second try: %v", err)
			}
		})
	}
	t.Run("half a file", func(t *testing.T) {
		s.fail(githubtest.Fault{Method: "GET", Path: "/git/blobs/", Status: 200, Body: "title: The Har", Times: 2})
		if _, err := s.forge(t, nil).Read(t.Context(), "main", "_config.yml"); !errors.Is(err, forge.ErrUnavailable) {
			t.Errorf("Read of half a file: %v", err)
		}
	})
}

// TestTimeout: the write was accepted, and its answer comes too late.
func TestTimeout(t *testing.T) {
	gh := githubtest.Start(t)
	for i, step := range []struct{ method, path string }{{"POST", "/git/refs$"}, {"PUT", "/contents/"}, {"POST", "/pulls$"}} {
		t.Run(step.path, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, gh, fmt.Sprintf("timeout-%d", i))
			s.fail(githubtest.Fault{Method: step.method, Path: step.path, Accepted: true, Delay: 5 * time.Second, Status: 201, Body: "{}"})
			pr, err := s.forge(t, &http.Client{Timeout: 2 * time.Second}).Submit(t.Context(), one(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if left := s.left(); left != 0 {
				t.Errorf("%d faults were not met", left)
			}
			wantOne(t, s, pr, one())
		})
	}
}

// TestMeanwhile: somebody else acts between the look and the write.
func TestMeanwhile(t *testing.T) {
	gh := githubtest.Start(t)
	branch := forge.BranchName(forgetest.Ana(), newPost)
	for i, c := range []struct {
		name  string
		sub   forge.Submission
		fault githubtest.Fault
		act   func(t *testing.T, s *site)
		check func(t *testing.T, s *site, pr forge.PullRequest, err error)
	}{
		{"the branch is deleted", one(), githubtest.Fault{Method: "PUT", Path: "/contents/"},
			func(t *testing.T, s *site) { s.DeleteBranch(t, branch) },
			func(t *testing.T, s *site, pr forge.PullRequest, err error) {
				if err != nil {
					t.Fatal(err)
				}
				wantOne(t, s, pr, one())
			}},
		{"the file is written", one(), githubtest.Fault{Method: "PUT", Path: "/contents/"},
			func(t *testing.T, s *site) { s.Commit(t, branch, newPost, []byte("Ben's\n")) },
			func(t *testing.T, s *site, pr forge.PullRequest, err error) {
				var e *forge.Error
				if !errors.Is(err, forge.ErrStale) || !errors.As(err, &e) || e.Current == nil || string(e.Current.Data) != "Ben's\n" {
					t.Fatalf("Submit: %v, want ErrStale with Ben's text", err)
				}
				if file, err := s.forge(t, nil).Read(t.Context(), branch, newPost); err != nil || string(file.Data) != "Ben's\n" {
					t.Errorf("Ben's text is now %q, %v", file.Data, err)
				}
			}},
		{"another file is written", two(), githubtest.Fault{Method: "PATCH", Path: "/git/refs/"},
			func(t *testing.T, s *site) { s.Commit(t, branch, "other.md", []byte("Ben's\n")) },
			func(t *testing.T, s *site, pr forge.PullRequest, err error) {
				if err != nil {
					t.Fatal(err)
				}
				for path, want := range map[string]string{newPost: "new\n", "other.md": "Ben's\n"} {
					if file, err := s.forge(t, nil).Read(t.Context(), branch, path); err != nil || string(file.Data) != want {
						t.Errorf("%s is %q, %v", path, file.Data, err)
					}
				}
				if n := len(s.Log(t, branch)) - len(s.Log(t, "main")); n != 2 {
					t.Errorf("%d commits, want Ben's and Ana's", n)
				}
			}},
		{"the pull request is merged", edit("more", "mine"), githubtest.Fault{Method: "PUT", Path: "/contents/"},
			func(t *testing.T, s *site) { s.Merge(t, 1) },
			func(t *testing.T, s *site, pr forge.PullRequest, err error) {
				if err != nil || pr.Number != 2 || pr.State != forge.Open || pr.Branch != "galley/ana/2026-01-04-a.2" {
					t.Fatalf("Submit: %+v, %v, want a new pull request", pr, err)
				}
				if file, err := s.forge(t, nil).Read(t.Context(), pr.Branch, postA); err != nil || !bytes.Equal(file.Data, bullet("more")) {
					t.Errorf("its text is %q, %v", file.Data, err)
				}
			}},
		{"the base moves", one(), githubtest.Fault{Method: "POST", Path: "/git/refs$"},
			func(t *testing.T, s *site) { s.Commit(t, "main", "other.md", []byte("Ben's\n")) },
			func(t *testing.T, s *site, pr forge.PullRequest, err error) {
				if err != nil || s.Branches(t) != 2 || s.Pulls(t) != 1 {
					t.Errorf("Submit: %+v, %v", pr, err)
				}
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, gh, fmt.Sprintf("meanwhile-%d", i))
			if c.sub.Changes[0].Path == postA { // more work on an open pull request
				s.open(t, githubtest.TokenAna, edit("mine", "first"))
			}
			c.fault.Through = true
			c.fault.Before = func() { c.act(t, s) }
			s.fail(c.fault)
			pr, err := s.forge(t, nil).Submit(t.Context(), c.sub, nil)
			if left := s.left(); left != 0 {
				t.Errorf("%d faults were not met", left)
			}
			c.check(t, s, pr, err)
		})
	}
}

// TestKilled ends a submission at the beginning and the end of each step, and
// lets another server go on.
func TestKilled(t *testing.T) {
	gh := githubtest.Start(t)
	number := 0
	for _, name := range []string{"check", "branch", "commit", "pull-request"} {
		for _, done := range []bool{false, true} {
			number++
			s := newSite(t, gh, fmt.Sprintf("killed-%d", number))
			ctx, kill := context.WithCancel(t.Context())
			s.forge(t, nil).Submit(ctx, one(), func(step forge.Step) {
				if step.Name == name && step.Done == done {
					kill()
				}
			})
			kill()
			pr, err := s.forge(t, nil).Submit(t.Context(), one(), nil)
			if err != nil {
				t.Fatalf("%s %v: %v", name, done, err)
			}
			wantOne(t, s, pr, one())
		}
	}
}

// TestLeftBranch: a submission ended after it made its branch, and the base has
// moved on since.
func TestLeftBranch(t *testing.T) {
	gh := githubtest.Start(t)
	s := newSite(t, gh, "left")
	ctx, kill := context.WithCancel(t.Context())
	s.forge(t, nil).Submit(ctx, one(), func(step forge.Step) {
		if step.Name == "commit" {
			kill()
		}
	})
	kill()
	s.Commit(t, "main", "_posts/2026-01-04-a.md", []byte("Ben's\n"))
	sub := one()
	sub.Changes = append(sub.Changes, forge.FileChange{Path: "_posts/2026-01-04-a.md", Data: []byte("Ana's\n"), Blob: forge.BlobID([]byte("Ben's\n"))})
	pr, err := s.forge(t, nil).Submit(t.Context(), sub, nil)
	if err != nil {
		t.Fatal(err)
	}
	wantOne(t, s, pr, sub)
}
