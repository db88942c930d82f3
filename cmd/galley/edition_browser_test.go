package main

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"

	"galley/internal/forge/github/githubtest"
)

// An edition on GitHub in a real browser: web/e2e/github-edition.spec.ts has Cam,
// who may not push, write from a fork; Ana, who may not either, go on in a copy;
// and Ben, who may, continue Cam's pull request on its own branch in the fork.
func TestEditionOnGitHubInTheBrowser(t *testing.T) {
	web := browserTests(t)
	const path, edition = "_posts/2026-08-16-update.md", "20260816"
	post := "---\nlayout: post\ntitle: Week Ending August 16, 2026\ndate: 2026-08-16 22:00:00 -0000\n---\n\nThe first line.\n"
	g := githubtest.Start(t)
	repo := g.NewRepoOf(t, githubtest.Foreign, "notes", map[string][]byte{
		"_config.yml": []byte("title: Lighthouse Notes\npermalink: /:year/:year:month:day\ngalley:\n  branch: \"{year}{mm}{dd}\"\n  sign_off: always\n"),
	})
	repo.Commit(t, edition, path, []byte(post))
	cmd := exec.Command("npx", "playwright", "test", "--project=chromium", "github-edition.spec.ts", "--output", t.TempDir())
	cmd.Dir = web
	cmd.Env = append(os.Environ(), "GALLEY_EDITION_API="+g.URL, "GALLEY_EDITION_REPO="+githubtest.Foreign+"/"+repo.Name, "GALLEY_EDITION_PATH="+path,
		"TOKEN_ANA="+githubtest.TokenAna, "TOKEN_BEN="+githubtest.TokenBen, "TOKEN_CAM="+githubtest.TokenCam)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var pulls []struct {
		Number int
		Base   struct{ Ref string }
		Head   struct {
			Ref  string
			Repo struct {
				FullName string `json:"full_name"`
			}
		}
	}
	g.Call(t, http.MethodGet, "/repos/"+githubtest.Foreign+"/"+repo.Name+"/pulls?state=all", nil, &pulls)
	want := map[string]string{
		"cam/notes": post + "Written by Cam.\nWritten by Ben.\n",
		"ana/notes": post + "Written by Cam.\nWritten by Ana.\n",
	}
	if len(pulls) != len(want) {
		t.Fatalf("%d pull requests", len(pulls))
	}
	for _, p := range pulls {
		fork := p.Head.Repo.FullName
		var file struct{ Content string }
		g.Call(t, http.MethodGet, "/repos/"+fork+"/contents/"+path+"?ref="+url.QueryEscape(p.Head.Ref), nil, &file)
		got, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(file.Content, "\n", ""))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want[fork] || p.Base.Ref != edition {
			t.Errorf("%s into %s has %q, want %q", fork, p.Base.Ref, got, want[fork])
		}
		var commits []struct{ Commit struct{ Message string } }
		g.Call(t, http.MethodGet, "/repos/"+fork+"/commits?sha="+url.QueryEscape(p.Head.Ref)+"&per_page=1", nil, &commits)
		if len(commits) == 0 || !strings.Contains(commits[0].Commit.Message, "\nSigned-off-by: ") {
			t.Errorf("%s is not signed off: %+v", fork, commits)
		}
	}
}
