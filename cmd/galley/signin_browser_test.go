package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"galley/internal/forge/github/githubtest"
)

// A person's whole way in a real browser, from GitHub's sign-in page to the
// merged pull request: web/e2e/signin.spec.ts walks it through bin/galley, and
// what arrived must be one pull request of one commit by that person.
func TestSignInInTheBrowser(t *testing.T) {
	web, err := filepath.Abs("../../web")
	if err != nil {
		t.Fatal(err)
	}
	for _, need := range []string{filepath.Join(web, "../bin/galley"), chromium()} {
		if _, err := os.Stat(need); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatal(err)
			}
			t.Skipf("%v; make test builds and installs what this test needs", err)
		}
	}
	const path = "_posts/2026-08-16-update.md"
	post := "---\nlayout: post\ntitle: Week Ending August 16, 2026\ndate: 2026-08-19 22:00:00 -0000\n---\n\nThe first line.\n"
	g := githubtest.Start(t)
	repo := g.NewRepo(t, "notes", map[string][]byte{
		"_config.yml": []byte("title: Harbour Notes\npermalink: /:year/:year:month:day\n"),
		path:          []byte(post),
	})
	control := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/expire":
			g.OAuth.Expire()
		case "/revoke":
			g.OAuth.Revoke()
		case "/revoke-in-the-middle":
			g.Faults.Add(githubtest.Fault{
				Method: http.MethodPut, Path: "/contents/", Before: g.OAuth.Revoke, Status: http.StatusUnauthorized,
				Header: map[string]string{"Content-Type": "application/json"}, Body: `{"message":"Bad credentials"}`,
			})
		case "/merge":
			repo.Merge(t, 1)
		case "/secrets":
			_, _ = io.WriteString(w, strings.Join(append(g.OAuth.Secrets(), githubtest.ClientSecret, testKey), "\n"))
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer control.Close()
	cmd := exec.Command("npx", "playwright", "test", "--project=chromium", "signin.spec.ts", "--output", t.TempDir())
	cmd.Dir = web
	cmd.Env = append(os.Environ(), "GITHUB_TOKEN=", "GITHUB_ADDRESS="+g.URL, "GITHUB_CONTROL="+control.URL,
		"GITHUB_REPOSITORY_NAME="+githubtest.Owner+"/"+repo.Name,
		"GALLEY_CLIENT_ID="+githubtest.ClientID, "GALLEY_CLIENT_SECRET="+githubtest.ClientSecret, "GALLEY_KEYS="+testKey)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if pulls, branches := repo.Pulls(t), repo.Branches(t); pulls != 1 || branches != 2 {
		t.Errorf("%d pull requests, %d branches", pulls, branches)
	}
	if got, want := string(repo.Read(t, "main", path)), post+"Typed by who signed in."; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
