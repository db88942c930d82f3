package github

import (
	"errors"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/github/githubtest"
)

// What a search finds, and releases, come through the person's own sign-in, and an
// answer that is known is asked for conditionally.
func TestFind(t *testing.T) {
	gh := githubtest.Start(t)
	repo := gh.NewRepoOf(t, githubtest.Owner, "tidewatch", map[string][]byte{"README.md": []byte("x")})
	f := newForge(t, gh, repo, githubtest.TokenAna)
	path := "/repos/" + githubtest.Owner + "/tidewatch"
	gh.Call(t, "POST", path+"/issues", map[string]any{"title": "Gates [open]", "body": "### Link\n\nhttps://x.example/", "labels": []string{"news"}}, nil)
	gh.Call(t, "POST", path+"/issues", map[string]any{"title": "Other"}, nil)
	gh.Call(t, "POST", path+"/releases", map[string]any{"tag_name": "v1.2.3", "name": "Spring"}, nil)
	for range 2 {
		list, err := f.Find(t.Context(), "repo:"+githubtest.Owner+"/tidewatch is:issue Gates")
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		if i := list[0]; i.Title != "Gates [open]" || i.Number == 0 || i.URL == "" || i.Body == "" || i.Date.IsZero() || i.Repository != githubtest.Owner+"/tidewatch" {
			t.Errorf("%+v", i)
		}
	}
	releases, err := f.Releases(t.Context(), githubtest.Owner+"/tidewatch")
	if err != nil || len(releases) != 1 || releases[0].Tag != "v1.2.3" || releases[0].URL == "" {
		t.Errorf("%+v, %v", releases, err)
	}
	if _, err := f.Releases(t.Context(), githubtest.Owner+"/nowhere"); !errors.Is(err, forge.ErrNotFound) {
		t.Error(err)
	}
	for _, wrong := range []string{"", "a", "../x/y", "a/b/c", "a/.."} {
		if _, err := f.Releases(t.Context(), wrong); !errors.Is(err, forge.ErrInvalid) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if _, err := f.Find(t.Context(), " "); !errors.Is(err, forge.ErrInvalid) {
		t.Error(err)
	}
}
