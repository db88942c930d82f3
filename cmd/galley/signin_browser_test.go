package main

import (
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"galley/internal/forge/github/githubtest"
)

const browserPost = "_posts/2026-08-16-update.md"

// inTheBrowser runs web/e2e/signin.spec.ts through bin/galley, with the
// repository harbour/notes of files.
func inTheBrowser(t *testing.T, files map[string][]byte, private bool) *githubtest.Repo {
	t.Helper()
	web := browserTests(t)
	g := githubtest.Start(t)
	repo := g.NewRepo(t, "notes", files)
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
	if private {
		g.OAuth.Private()
		cmd.Env = append(cmd.Env, "GITHUB_PRIVATE=yes")
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return repo
}

// A person's whole way in a real browser, from GitHub's sign-in page to the
// merged pull request: what arrived must be one pull request of that person.
func TestSignInInTheBrowser(t *testing.T) {
	post := "---\nlayout: post\ntitle: Week Ending August 16, 2026\ndate: 2026-08-19 22:00:00 -0000\n---\n\nThe first line.\n"
	repo := inTheBrowser(t, map[string][]byte{
		"_config.yml": []byte("title: Harbour Notes\npermalink: /:year/:year:month:day\n"),
		browserPost:   []byte(post),
	}, false)
	if pulls, branches := repo.Pulls(t), repo.Branches(t); pulls != 1 || branches != 2 {
		t.Errorf("%d pull requests, %d branches", pulls, branches)
	}
	if got, want := string(repo.Read(t, "main", browserPost)), post+"Typed by who signed in."; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// What a private repository shows to its people alone is in the preview, too.
func TestPrivateInTheBrowser(t *testing.T) {
	picture, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
	if err != nil {
		t.Fatal(err)
	}
	inTheBrowser(t, map[string][]byte{
		"_config.yml": []byte("title: Harbour Notes\npermalink: /:year/:year:month:day\n"),
		browserPost: []byte("---\nlayout: post\ntitle: Week Ending August 16, 2026\ndate: 2026-08-19 22:00:00 -0000\n---\n\nThe first line.\n\n" +
			"![Lighthouse](/assets/images/lighthouse.png)\n"),
		"templates/post.html":          []byte(`<!DOCTYPE html><html lang="en"><head><title>{{.Page.Title}}</title><link rel="stylesheet" href="/assets/site.css"></head><body><main>{{.Content}}</main></body></html>`),
		"assets/site.css":              []byte("p { color: rgb(1, 2, 3) }\n"),
		"assets/images/lighthouse.png": picture,
	}, true)
}
