package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"galley/internal/forge/github/githubtest"
)

// A writer's whole way on GitHub, in a real browser: web/e2e/github.spec.ts
// types into a post and submits it twice, through bin/galley, and what arrived
// must be one pull request that holds exactly the bytes typed.
func TestGitHubInTheBrowser(t *testing.T) {
	web := browserTests(t)
	const path = "_posts/2026-08-16-update.md"
	post := "---\r\nlayout: post\r\ntitle: Week Ending August 16, 2026\r\ndate: 2026-08-19 22:00:00 -0000\r\n---\r\n\r\nWritten on Windows.\r\n"
	g := githubtest.Start(t)
	repo := g.NewRepo(t, "notes", map[string][]byte{
		"_config.yml": []byte("title: Harbour Notes\npermalink: /:year/:year:month:day\n"),
		path:          []byte(post),
	})
	cmd := exec.Command("npx", "playwright", "test", "--project=chromium", "github.spec.ts", "--output", t.TempDir())
	cmd.Dir = web
	cmd.Env = append(os.Environ(), "GITHUB_TOKEN="+githubtest.TokenAna, "GALLEY_GITHUB_API="+g.URL,
		"GALLEY_GITHUB_REPO="+githubtest.Owner+"/"+repo.Name, "GALLEY_GITHUB_PATH="+path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var pulls []struct {
		Title string
		Head  struct{ Ref string }
	}
	g.Call(t, http.MethodGet, "/repos/"+githubtest.Owner+"/"+repo.Name+"/pulls?state=all", nil, &pulls)
	if len(pulls) != 1 {
		t.Fatalf("%d pull requests, want 1", len(pulls))
	}
	want := post + "\r\nTyped in the browser: ü, 𝄞.\r\nAnd once more.\r\n"
	if got := string(repo.Read(t, pulls[0].Head.Ref, path)); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func chromium() string {
	if name := os.Getenv("CHROMIUM"); name != "" {
		return name
	}
	if _, err := os.Stat("/usr/lib/chromium/chromium-headless-shell"); err == nil {
		return "/usr/lib/chromium/chromium-headless-shell"
	}
	return "/usr/bin/chromium"
}

// browserTests is the folder of the tests in a browser. Without what they need the
// test is skipped, but not in CI.
func browserTests(t *testing.T) string {
	t.Helper()
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
	return web
}
