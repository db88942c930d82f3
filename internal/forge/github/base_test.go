package github

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/github/githubtest"
)

// sentenceOf is what the writer is told; "" where it is nothing.
func sentenceOf(err error) string {
	var e *forge.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Sentence
}

// TestBaseGoes: the branch that a submission is for is renamed or deleted while
// one writes, or between two steps.
func TestBaseGoes(t *testing.T) {
	gh := githubtest.Start(t)
	for i, step := range []struct{ name, method, path string }{
		{"before", "", ""}, {"before the branch", "POST", "/git/refs$"}, {"before the commit", "PUT", "/contents/"}, {"before the pull request", "POST", "/pulls$"},
	} {
		for _, renamed := range []bool{true, false} {
			name := "base-" + strconv.Itoa(i) + "-" + strconv.FormatBool(renamed)
			t.Run(step.name+"/renamed="+strconv.FormatBool(renamed), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, gh, name)
				head := s.Head(t, "main")
				gone := func() {
					s.Branch(t, "trunk", head)
					s.SetDefault(t, "trunk")
					s.DeleteBranch(t, "main")
					if !renamed { // deleted, and the site is somewhere else
						s.Branch(t, "archive", head)
					}
				}
				if step.method == "" {
					gone()
				} else {
					s.fail(githubtest.Fault{Method: step.method, Path: step.path, Through: true, Before: gone})
				}
				_, err := s.forge(t, nil).Submit(t.Context(), one(), nil)
				wantEnd(t, err, []error{forge.ErrNotFound})
				if said := sentenceOf(err); !strings.Contains(said, "Choose trunk") {
					t.Errorf("it is said: %s", said)
				}
				if n := s.Pulls(t); n != 0 {
					t.Errorf("%d pull requests", n)
				}
				// What the sentence says to do.
				sub := one()
				if sub.Base = "trunk"; !renamed {
					s.Branch(t, "main", head)
					sub.Base = "main"
				}
				pr, err := s.forge(t, nil).Submit(t.Context(), sub, nil)
				if err != nil {
					t.Fatal(err)
				}
				if file, err := s.forge(t, nil).Read(t.Context(), pr.Branch, newPost); err != nil || string(file.Data) != "new\n" || s.Pulls(t) != 1 || pr.Base != sub.Base {
					t.Errorf("%+v with %q, %v", pr, file.Data, err)
				}
			})
		}
	}
}

// TestSingleSignOn: an organization that asks for its own sign-in is named, when
// one reads too.
func TestSingleSignOn(t *testing.T) {
	gh := githubtest.Start(t)
	s := newSite(t, gh, "sso")
	s.fail(githubtest.Fault{Method: "GET", Path: "/git/ref/", Status: 403,
		Header: map[string]string{"X-GitHub-SSO": "required; url=https://github.com/orgs/x/sso?authorization_request=abc"},
		Body:   `{"message":"Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization."}`})
	_, err := s.forge(t, nil).Read(t.Context(), "main", postA)
	wantEnd(t, err, []error{forge.ErrForbidden})
	if said := sentenceOf(err); !strings.Contains(said, "SAML") || !strings.Contains(said, s.Owner+"/sso") || strings.Contains(said, "abc") {
		t.Errorf("it is said: %s", said)
	}
}
