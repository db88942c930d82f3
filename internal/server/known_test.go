package server_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"galley/internal/forge"
	"galley/internal/server"
)

// TestKnown: a blob that the repository has is known, one that it has not is not, and
// what is no id is not an error.
func TestKnown(t *testing.T) {
	b := newBench(t)
	var post struct{ Blob string }
	b.get("/api/post?branch=main&path=about.md", &post)
	other := strings.Repeat("7", 40)
	var known struct{ Blobs []string }
	b.get("/api/known?blob="+other+"&blob="+post.Blob+"&blob=x", &known)
	if fmt.Sprint(known.Blobs) != fmt.Sprint([]string{post.Blob}) {
		t.Errorf("known are %v, want %s alone", known.Blobs, post.Blob)
	}
	if res := b.do("GET", "/api/known?"+strings.Repeat("blob=x&", 101), ""); res.StatusCode/100 != 4 {
		t.Errorf("of too many: %d", res.StatusCode)
	}
}

// Two folders of one repository are two sites: each knows what it has, and what a text
// of its own was before, and not what the other has.
func TestSitesOfOneRepository(t *testing.T) {
	const other = "_posts/2026-01-01-a.md"
	files := map[string]string{}
	for _, dir := range []string{"docs", "blog"} {
		files[dir+"/_config.yml"] = "title: " + dir + "\n"
		files[dir+"/about.md"] = "---\ntitle: About " + dir + "\n---\n\nWords\n"
	}
	files["blog/"+other] = "---\ntitle: A\n---\n\nWords\n"
	f := localForge(t, files)
	var ids []string
	for _, dir := range []string{"", "docs", "blog"} {
		b := newBenchOver(t, f, func(c *server.Config) { c.Folder = dir })
		var site struct{ ID, Repository string }
		b.get("/api/site", &site)
		ids = append(ids, site.ID)
		if site.Repository != ids[0] {
			t.Errorf("%q is in the repository %q, not %q", dir, site.Repository, ids[0])
		}
	}
	if ids[0] == "" || ids[0] == ids[1] || ids[1] == ids[2] || ids[0] == ids[2] {
		t.Fatalf("the sites have the ids %q", ids)
	}
	docs := newBenchOver(t, f, func(c *server.Config) { c.Folder = "docs" })
	blob := func(p string) string { return forge.BlobID([]byte(files[p])) }
	first := blob("docs/about.md")
	res := docs.post("/api/submit", submission(map[string]any{"branch": "main", "path": "about.md", "blob": first, "text": "---\ntitle: New\n---\n\nOther words\n"}))
	if end := lines(t, text(t, res)); end[len(end)-1].Error != nil {
		t.Fatal(end[len(end)-1].Error.Sentence)
	}
	docs.post("/api/pulls/1/merge", map[string]any{"head": headOf(t, f)})
	query := url.Values{"blob": {first, blob("blog/about.md"), blob("blog/" + other)}, "path": {"about.md", "about.md", other}}
	var known struct{ Blobs []string }
	docs.get("/api/known?"+query.Encode(), &known)
	if fmt.Sprint(known.Blobs) != fmt.Sprint([]string{first}) {
		t.Errorf("known in docs are %v, want %s alone", known.Blobs, first)
	}
}

// headOf is the head of the first pull request.
func headOf(t *testing.T, f forge.Forge) string {
	t.Helper()
	p, err := f.PullRequest(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return p.Head
}
