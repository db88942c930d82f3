package github

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/github/githubtest"
)

var long = flag.Bool("long", false, "kill servers at reading requests, too")

// TestWayFaults breaks each step of each way of a submission. It ends well by
// itself or with a sentence, and a second try ends well in any case, with
// nothing twice. The proxy fails the test should a write be forced.
func TestWayFaults(t *testing.T) {
	gh := githubtest.Start(t)
	for _, w := range ways() {
		echo := `{"message":"no: ` + w.token + `"}`
		for _, step := range w.steps {
			for _, c := range []struct {
				name  string
				fault githubtest.Fault
				kinds []error // nil: it ends well by itself
			}{
				{"cut before", githubtest.Fault{}, nil},
				{"cut after", githubtest.Fault{Accepted: true}, nil},
				{"502 after", githubtest.Fault{Status: 502, Accepted: true}, nil},
				{"409", githubtest.Fault{Status: 409, Body: echo}, []error{nil, forge.ErrForbidden}},
				{"a page of somebody's", githubtest.Fault{Status: 200, Body: "<html>sign in to the café</html>", Header: map[string]string{"Content-Type": "text/html"}, Accepted: true}, nil},
				{"401", githubtest.Fault{Status: 401, Body: echo}, []error{forge.ErrUnauthorized}},
				{"403", githubtest.Fault{Status: 403, Body: echo}, []error{forge.ErrForbidden}},
				{"403 archived", githubtest.Fault{Status: 403, Body: `{"message":"Repository was archived so is read-only."}`}, []error{forge.ErrForbidden}},
				{"404 for good", githubtest.Fault{Status: 404, Times: 6, Body: echo}, []error{forge.ErrForbidden}},
				{"422 for good", githubtest.Fault{Status: 422, Times: 6, Body: echo}, []error{forge.ErrInvalid, forge.ErrForbidden}},
				{"422 protected", githubtest.Fault{Status: 422, Times: 6, Body: `{"message":"Changes must be made through a pull request. Protected branch update failed"}`}, []error{forge.ErrForbidden}},
				{"422 workflow", githubtest.Fault{Status: 422, Times: 6, Body: `{"message":"refusing to allow an OAuth App to create or update workflow"}`}, []error{forge.ErrForbidden}},
				{"429", githubtest.Fault{Status: 429, Body: `{"message":"slow down"}`, Header: map[string]string{"Retry-After": "30"}}, []error{forge.ErrRateLimited}},
			} {
				if slices.Contains([]string{"blob", "tree", "commit object"}, step.name) && c.kinds != nil {
					continue // nothing that the other steps do not show
				}
				t.Run(w.name+"/"+step.name+"/"+c.name, func(t *testing.T) {
					t.Parallel()
					s, sub := w.start(t, gh)
					c.fault.Method, c.fault.Path = step.method, step.path
					s.fail(c.fault)
					pr, err := w.forge(t, s, nil).Submit(t.Context(), sub, nil)
					s.left() // some steps are not tried three times
					wantEnd(t, err, c.kinds)
					if err == nil {
						w.check(t, s, pr, sub)
					}
					pr, err = w.forge(t, s, nil).Submit(t.Context(), sub, nil)
					if err != nil {
						t.Fatalf("the second try: %v", err)
					}
					w.check(t, s, pr, sub)
				})
			}
		}
	}
}

// wantEnd checks that a submission ended well, or in one of the ways that it
// may, with a sentence and without the token.
func wantEnd(t *testing.T, err error, kinds []error) {
	t.Helper()
	if err == nil && (kinds == nil || kinds[0] == nil) {
		return
	}
	if text := fmt.Sprintf("%v %+v", err, err); strings.Contains(text, "gho_Secret") {
		t.Errorf("a token is in %s", text)
	}
	var e *forge.Error
	if !errors.As(err, &e) || !strings.HasSuffix(e.Sentence, ".") || len(e.Sentence) < 20 {
		t.Fatalf("Submit: %v", err)
	}
	for _, kind := range kinds {
		if kind != nil && errors.Is(err, kind) {
			return
		}
	}
	t.Fatalf("Submit: %v, want one of %v", err, kinds)
}

// mortal is a server that dies at a request: before it is sent, or before its
// answer arrives.
type mortal struct {
	kill   context.CancelFunc
	at     int // which request; 1 is the first
	after  bool
	writes bool // writing requests alone are counted
	n      int
	dead   bool
}

func (m *mortal) RoundTrip(r *http.Request) (*http.Response, error) {
	if !m.writes || r.Method != http.MethodGet {
		m.n++
	}
	if m.dead || m.n == m.at && (!m.writes || r.Method != http.MethodGet) {
		if m.after && !m.dead {
			if resp, err := http.DefaultTransport.RoundTrip(r); err == nil {
				resp.Body.Close()
			}
		}
		m.dead = true
		m.kill()
		return nil, context.Canceled
	}
	return http.DefaultTransport.RoundTrip(r)
}

// TestWayKilled kills the server at each request of each way, before and after
// it takes effect, and lets another server, which knows nothing of it, go on.
func TestWayKilled(t *testing.T) {
	gh := githubtest.Start(t)
	for _, w := range ways() {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/after %v", w.name, after), func(t *testing.T) {
				t.Parallel()
				for at := 1; ; at++ {
					s, sub := w.start(t, gh)
					ctx, kill := context.WithCancel(t.Context())
					server := &mortal{kill: kill, at: at, after: after, writes: !*long}
					w.forge(t, s, &http.Client{Transport: server}).Submit(ctx, sub, nil)
					kill()
					pr, err := w.forge(t, s, nil).Submit(t.Context(), sub, nil)
					if err != nil {
						t.Fatalf("killed at request %d: %v", at, err)
					}
					w.check(t, s, pr, sub)
					if !server.dead {
						if at == 1 {
							t.Error("there was nothing to kill it at")
						}
						return
					}
				}
			})
		}
	}
}
