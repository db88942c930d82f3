package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"galley/internal/forge/github/githubtest"
)

// manyPosts makes the repository harbour/notes with so many posts, in one
// commit.
func manyPosts(t *testing.T, g *githubtest.GitHub, n int) *githubtest.Repo {
	t.Helper()
	repo := g.NewRepo(t, "notes", map[string][]byte{"_config.yml": []byte("title: Harbour Notes\npermalink: /:year/:year:month:day\n")})
	var blob, tree, commit struct{ SHA string }
	g.Call(t, http.MethodPost, "/repos/harbour/notes/git/blobs", map[string]any{"content": "---\ntitle: Week\n---\n\nText.\n", "encoding": "utf-8"}, &blob)
	head := repo.Head(t, "main")
	var first struct{ Tree struct{ SHA string } }
	g.Call(t, http.MethodGet, "/repos/harbour/notes/git/commits/"+head, nil, &first)
	var entries []any
	for i := range n {
		day := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i)
		entries = append(entries, map[string]any{"path": "_posts/" + day.Format(time.DateOnly) + "-update.md", "mode": "100644", "type": "blob", "sha": blob.SHA})
	}
	g.Call(t, http.MethodPost, "/repos/harbour/notes/git/trees", map[string]any{"base_tree": first.Tree.SHA, "tree": entries}, &tree)
	g.Call(t, http.MethodPost, "/repos/harbour/notes/git/commits", map[string]any{"message": "Posts", "tree": tree.SHA, "parents": []string{head}}, &commit)
	g.Call(t, http.MethodPatch, "/repos/harbour/notes/git/refs/heads/main", map[string]any{"sha": commit.SHA}, nil)
	return repo
}

// requests are GitHub's answers since the last call: those that count against
// the rate limit, and those that say that nothing has changed and are free.
func requests(g *githubtest.GitHub) (counted, free int) {
	for _, status := range []int{200, 404} {
		counted += g.Count(http.MethodGet, status)
	}
	return counted, g.Count(http.MethodGet, http.StatusNotModified)
}

// A desk with 5,000 posts costs GitHub as many requests as one with 50, opening
// it again costs nothing of the rate limit, and it opens as fast.
func TestManyPosts(t *testing.T) {
	type cost struct {
		first, again       int
		opened, open, post time.Duration
	}
	costs := map[int]cost{}
	for _, n := range []int{50, 5000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			g := githubtest.Start(t)
			manyPosts(t, g, n)
			c := startCopies(t, g, 1)
			v := newVisitor(t, c.url)
			v.signIn("ana", "/")
			requests(g)
			desk := func() time.Duration {
				start := time.Now()
				v.try(http.MethodGet, "/api/site", "")
				v.try(http.MethodGet, "/api/branches", "")
				v.try(http.MethodGet, "/api/pulls", "")
				took := time.Since(start)
				start = time.Now()
				resp, packed := v.do(http.MethodGet, "/api/posts", nil, "Accept-Encoding", "gzip")
				took += time.Since(start)
				unpacked, err := gzip.NewReader(strings.NewReader(packed))
				if resp.StatusCode != http.StatusOK || err != nil {
					t.Fatalf("%d %v", resp.StatusCode, err)
				}
				text, err := io.ReadAll(unpacked)
				if err != nil {
					t.Fatal(err)
				}
				var list struct{ Posts []struct{ Path string } }
				if err := json.Unmarshal(text, &list); err != nil || len(list.Posts) != n {
					t.Fatalf("%d posts, %v", len(list.Posts), err)
				}
				t.Logf("%d posts: %d KB, packed %d KB", n, len(text)>>10, len(packed)>>10)
				return took
			}
			var one cost
			one.opened = desk()
			one.first, _ = requests(g)
			one.open = desk()
			for range 4 {
				one.open = min(one.open, desk())
			}
			var free int
			if one.again, free = requests(g); one.again != 0 || free == 0 {
				t.Errorf("opening it again five times costs %d requests, %d are free", one.again, free)
			}
			start := time.Now()
			v.try(http.MethodGet, "/api/post?path=_posts/2010-01-07-update.md", "")
			one.post = time.Since(start)
			t.Logf("%d posts: %d requests at first, %v; again %v; a post %v", n, one.first, one.opened, one.open, one.post)
			costs[n] = one
		})
	}
	few, many := costs[50], costs[5000]
	// Now and then one request fewer does, with any number of posts. That is no
	// cost of theirs; it is not known which request it is.
	if many.first > few.first+1 {
		t.Errorf("the first time 5,000 posts cost %d requests, and 50 posts %d", many.first, few.first)
	}
	// Listing cannot be wholly as fast; within a quarter of a second nobody sees it.
	if many.open > few.open+250*time.Millisecond || many.post > few.post+250*time.Millisecond {
		t.Errorf("50 posts: %+v, 5,000 posts: %+v", few, many)
	}
}
