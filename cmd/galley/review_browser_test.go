package main

import (
	"os"
	"os/exec"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/github"
	"galley/internal/forge/github/githubtest"
)

// A review on GitHub in a real browser: in web/e2e/github-review.spec.ts Ben
// comments on Ana's pull request and approves it, and Ana answers and resolves.
func TestReviewOnGitHubInTheBrowser(t *testing.T) {
	web := browserTests(t)
	const path = "_posts/2026-08-16-update.md"
	post := "---\nlayout: post\ntitle: Update\ndate: 2026-08-16 22:00:00 -0000\n---\n\nOne.\n"
	g := githubtest.Start(t)
	repo := g.NewRepo(t, "reviewed", map[string][]byte{"_config.yml": []byte("title: Harbour Notes\n"), path: []byte(post)})
	f, err := github.New(github.Config{Owner: repo.Owner, Repo: repo.Name, Token: githubtest.TokenAna, BaseURL: g.URL})
	if err != nil {
		t.Fatal(err)
	}
	pr, err := f.Submit(t.Context(), forge.Submission{Base: "main", Title: "Two", Changes: []forge.FileChange{{Path: path, Data: []byte(post + "Tow.\n"), Blob: forge.BlobID([]byte(post))}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	g.DeployAt(pr.Head, "Preview", "success", "https://notes-1.example/")
	cmd := exec.Command("npx", "playwright", "test", "--project=chromium", "github-review.spec.ts", "--output", t.TempDir())
	cmd.Dir = web
	cmd.Env = append(os.Environ(), "GALLEY_REVIEW_API="+g.URL, "GALLEY_REVIEW_REPO="+repo.Owner+"/"+repo.Name, "GALLEY_REVIEW_PATH="+path,
		"GALLEY_REVIEW_BRANCH="+pr.Branch, "TOKEN_ANA="+githubtest.TokenAna, "TOKEN_BEN="+githubtest.TokenBen)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	d, err := f.Discussion(t.Context(), pr.Number)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Threads) != 1 || !d.Threads[0].Resolved || len(d.Threads[0].Comments) != 2 || d.Threads[0].Lines != "Tow." ||
		len(d.Verdicts) != 1 || d.Verdicts[0].Review != forge.ReviewApproved {
		t.Errorf("on GitHub: %+v", d)
	}
}
