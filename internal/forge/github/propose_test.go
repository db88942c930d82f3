package github

import (
	"errors"
	"net/http"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/github/githubtest"
)

// TestProposeFaults: whatever becomes of an answer, an edition gets one pull
// request, and who may not open one is told so.
func TestProposeFaults(t *testing.T) {
	gh := githubtest.Start(t)
	message, err := forge.NewMessage("Edition", "")
	if err != nil {
		t.Fatal(err)
	}
	const edition = "20260125"
	for _, c := range []struct {
		name  string
		fault githubtest.Fault
	}{
		{"the connection is cut before", githubtest.Fault{}},
		{"the connection is cut after", githubtest.Fault{Accepted: true}},
		{"502 before", githubtest.Fault{Status: http.StatusBadGateway}},
		{"502 after", githubtest.Fault{Status: http.StatusBadGateway, Accepted: true}},
		{"422 after", githubtest.Fault{Status: http.StatusUnprocessableEntity, Accepted: true, Body: `{"message":"Validation Failed"}`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, gh, "propose-"+forge.BlobID([]byte(c.name))[:8])
			s.Commit(t, edition, "_posts/2026-01-25-new.md", []byte("The edition.\n"))
			c.fault.Method, c.fault.Path = http.MethodPost, s.name+"/pulls$"
			gh.Faults.Add(c.fault)
			f := s.forge(t, http.DefaultClient)
			p, err := f.Propose(t.Context(), edition, "main", message)
			if err != nil || p.Branch != edition || s.Pulls(t) != 1 {
				t.Errorf("%+v, %v; %d pull requests", p, err, s.Pulls(t))
			}
		})
	}
	t.Run("no rights", func(t *testing.T) {
		s := newSite(t, gh, "propose-forbidden")
		s.Commit(t, edition, "_posts/2026-01-25-new.md", []byte("The edition.\n"))
		_, err := s.forgeOf(t, githubtest.TokenCam, http.DefaultClient).Propose(t.Context(), edition, "main", message)
		if !errors.Is(err, forge.ErrForbidden) || s.Pulls(t) != 0 {
			t.Errorf("%v; %d pull requests", err, s.Pulls(t))
		}
	})
}
