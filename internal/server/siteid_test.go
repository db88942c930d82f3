package server_test

import (
	"net/http"
	"strings"
	"testing"

	"galley/internal/forge"
)

// Nothing that a page of another site asks for reads this one or writes to it,
// whatever the address; what its own pages ask for is answered.
func TestPageOfAnotherSite(t *testing.T) {
	b := newBench(t)
	b.forge.info.ID = "ID//döcs & 1"
	const mine = "ID%2F%2Fd%C3%B6cs+%26+1"
	const post = "branch=main&path=about.md"
	for _, c := range []struct{ method, target string }{
		{"GET", "/api/site"}, {"GET", "/api/posts"}, {"GET", "/api/post?" + post}, {"GET", "/api/standing?" + post},
		{"GET", "/api/bundle?" + post}, {"GET", "/api/live?path=about.md&commit=" + strings.Repeat("a", 40)},
		{"GET", "/api/file?" + post}, {"GET", "/api/lexer/go"}, {"GET", "/api/nowhere"}, {"GET", "/frame?" + post}, {"GET", "/mail?" + post},
		{"GET", "/assets/galley.css"}, {"GET", "/healthz"}, {"GET", "/auth/session"},
		{"POST", "/api/branches"}, {"POST", "/api/submit"}, {"POST", "/api/preview"}, {"POST", "/api/submissions"}, {"POST", "/api/pulls"},
		{"POST", "/api/pulls/1/merge"}, {"POST", "/api/pulls/1/close"}, {"POST", "/api/pulls/1/comments"}, {"POST", "/api/mail"},
	} {
		if c.method == "POST" {
			clear(b.forge.calls)
		}
		res := b.do(c.method, c.target, "{}", "Content-Type: application/json", "Galley-Site: OTHER")
		if got := text(t, res); res.StatusCode != http.StatusMisdirectedRequest || !strings.Contains(got, `"other-site"`) {
			t.Errorf("%s %s: %d %.200s", c.method, c.target, res.StatusCode, got)
		}
		if res.Header.Get("Galley-Site") != mine {
			t.Errorf("%s %s is of the site %q", c.method, c.target, res.Header.Get("Galley-Site"))
		}
		for method := range b.forge.calls {
			if method != "Info" {
				t.Errorf("%s %s asked the repository for %s", c.method, c.target, method)
			}
		}
	}
	if res := b.do("GET", "/api/post?"+post, "", "Galley-Site: "+mine); res.StatusCode != http.StatusOK || res.Header.Get("Galley-Site") != mine {
		t.Errorf("its own page: %d %q", res.StatusCode, res.Header.Get("Galley-Site"))
	}
	if res := b.do("GET", "/healthz", "", "Galley-Site: "+mine); res.StatusCode != http.StatusOK {
		t.Errorf("its own page, whether the server answers: %d", res.StatusCode)
	}

	// As long as nobody can tell which site it is, nothing is done for one that is named.
	b = newBench(t)
	b.forge.spoil = func(method string) error {
		if method == "Info" {
			return &forge.Error{Kind: forge.ErrUnavailable}
		}
		return nil
	}
	if res := b.do("GET", "/api/post?"+post, "", "Galley-Site: OTHER"); res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("of a site that is not known: %d", res.StatusCode)
	}
}
